"""A corpus of fictional articles in the format of PolNeAR, made from templates, annotated as they are made."""

from __future__ import annotations

from pathlib import Path

SPEAKERS = ("Ann Lee", "Tom Reed", "Hilda Brook", "Carla Dale", "Steve Hill", "Jo Marsh", "Bo Lind", "Ana Petrov")
REPORTED = (
    "{source} said | that the bridge was unsafe and would be closed.",
    "{source} told | reporters that the harbour had lost its ships.",
)
QUOTED = ("{content} {source} said.", "{content} {source} added.")
WORDS = ("We will rebuild the bridge,", "Nobody asked the sailors,", "The harbour is not for sale,", "I have known it for years,")
PLAIN = ("{source} built a house by the river and painted the door.", "The council opened a school, and {source} saw the storm.")


def write_corpus(folder: Path, articles: int = 16) -> None:
    """Writes ``text/`` and ``attributions/`` with that many articles, each by one annotator."""
    (folder / "text").mkdir(parents=True)
    (folder / "attributions").mkdir()
    for number in range(articles):
        text, annotation = _article(number)
        (folder / "text" / f"harbour-{number:02}.txt").write_text(text, encoding="utf-8")
        (folder / "attributions" / f"harbour-{number:02}_0a1b.ann").write_text(annotation, encoding="utf-8")


def _article(number: int) -> tuple[str, str]:
    """A text of six sentences, two of which only tell what was done, and its annotation."""
    first, second = SPEAKERS[number % len(SPEAKERS)], SPEAKERS[(number + 3) % len(SPEAKERS)]
    paragraphs: list[str] = []
    marked: list[tuple[int, str, str, str]] = []
    at = 0
    for turn, (speaker, plain) in enumerate(((first, PLAIN[0]), (second, PLAIN[1]))):
        said = REPORTED[(number + turn) % 2].format(source=speaker)
        head, content = (part.strip() for part in said.split("|"))
        reported = f"{head} {content}"
        words = f"\u201c{WORDS[(number + turn) % len(WORDS)]}\u201d"
        quoted = QUOTED[(number + turn) % 2].format(content=words, source=speaker)
        for paragraph, spoken in (
            (reported, content.rstrip(".").removeprefix("reporters ")),
            (quoted, words),
            (plain.format(source=speaker), ""),
        ):
            if spoken:
                cue = next(cue for cue in ("said", "told", "added") if f" {cue}" in paragraph)
                marked.append((at, spoken, speaker, cue))
            paragraphs.append(paragraph)
            at += len(paragraph) + 1
    text = "\n".join(paragraphs) + "\n"
    return text, "".join(_event(text, n, *one) for n, one in enumerate(marked))


def _event(text: str, number: int, start: int, content: str, source: str, cue: str) -> str:
    """Three text bounds and the event that joins them, in brat's standoff format."""
    first = 3 * number + 1
    roles = {"Content": content, "Source": source, "Cue": cue}
    lines = []
    for offset, (role, words) in enumerate(roles.items()):
        begin = text.index(words, start)
        lines.append(f"T{first + offset}\t{role} {begin} {begin + len(words)}\t{words}")
    names = " ".join(f"{role}:T{first + offset}" for offset, role in enumerate(roles))
    return "\n".join([*lines, f"E{number + 1}\tAttribution:T{first + 2} {names}"]) + "\n"
