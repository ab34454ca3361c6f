"""Articles of a made-up archive: the same for the same seed and number. People, bodies and places are invented; no text is anybody's."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

_GIVEN = "Ada Bruno Carla Dario Edith Felix Greta Hugo Irma Jonas Karin Lukas Mona Nils Olga Pavel Ruth Sven Tilda Viktor".split()  # noqa: SIM905
_FIRST = "Bern Dal Fal Gar Hol Kel Lin Mar Nor Ost Per Quin Ras Sel Tor Ulm Val Wes Yar Zel".split()  # noqa: SIM905
_LAST = "berg dorf gren holm lund mark nes quist rud sen stad strom torp vik wald".split()  # noqa: SIM905
_BODY = "Council Institute Association Commission Union Foundation Agency Board".split()  # noqa: SIM905
_SUBJECT = "Harbour Bridge Water Transport Housing Forest School Market Energy Museum".split()  # noqa: SIM905
_THING = ["bridge", "ferry", "school", "market hall", "tram line", "power station", "library", "hospital", "harbour wall", "museum"]
_VERBS = "said added warned insisted explained announced argued noted".split()  # noqa: SIM905
_PARAGRAPHS = (
    "“The {thing} will cost {number} million and nobody has asked the people of {town},” {person} {verb} on Tuesday. {They} wants "
    "the {body} to publish its figures.",
    "{person}, {role} of the {body}, {verb} that the {thing} would open in spring. “We have had {number} complaints,” {they} {verb}.",
    "The {body} rejected the plan, and {person} accused the {other_body} of hiding a report about the {thing}.",
    "According to {person}, the {body} may close the {thing} if {town} does not pay. “It was a mistake,” {they} {verb}, "
    "“and we paid for it.”",
    "Residents of {town} expect a decision in June. The {other_body} has criticised the {body}, which did not reply.",
    "{person} {verb} the {thing} was unsafe. The {body} said that {number} people had used it in a week.",
)


@dataclass(frozen=True, slots=True)
class _Person:
    name: str
    role: str


def write_archive(folder: Path, count: int, *, seed: int = 1) -> None:
    """Fills a folder with so many articles of some 300 words. The first ones are the same however many there are; everybody known speaks in
    more than one, and about three in each speak nowhere else."""
    folder.mkdir(parents=True, exist_ok=True)
    for number, text in enumerate(_articles(count, seed), 1):
        (folder / f"article-{number:06}.md").write_text(text, encoding="utf-8")


def _articles(count: int, seed: int) -> Iterator[str]:
    for number in range(count):
        chance = random.Random(f"{seed} {number}")
        day = date(2024, 1, 1) + timedelta(days=number % 700)
        known = random.Random(f"{seed} known {chance.randrange(60 + number // 5)}")
        cast = [_person(known), *(_person(chance) for _ in range(3))]
        bodies = [
            f"{chance.choice(_SUBJECT)} {chance.choice(_BODY)} of {_town(chance)}",
            f"{chance.choice(_SUBJECT)} {chance.choice(_BODY)}",
        ]
        thing = chance.choice(_THING)
        head = f"---\ntitle: {_town(chance)} waits for its {thing}\noutlet: The {chance.choice(_FIRST)} Courier\ndate: {day}\n---\n"
        yield head + "\n" + "\n\n".join(_paragraph(chance, cast, bodies, thing) for _ in range(8)) + "\n"


def _paragraph(chance: random.Random, cast: list[_Person], bodies: list[str], thing: str) -> str:
    one, they = chance.choice(cast), chance.choice(["he", "she"])
    return chance.choice(_PARAGRAPHS).format(
        person=one.name,
        role=one.role,
        they=they,
        They=they.title(),
        body=bodies[0],
        other_body=bodies[1],
        thing=thing,
        town=_town(chance),
        verb=chance.choice(_VERBS),
        number=chance.randrange(3, 400),
    )


def _person(chance: random.Random) -> _Person:
    return _Person(f"{chance.choice(_GIVEN)} {_town(chance)}", chance.choice(["head", "director", "spokeswoman", "chairman"]))


def _town(chance: random.Random) -> str:
    return chance.choice(_FIRST) + chance.choice(_LAST)
