"""What can have happened to an article before it reaches an archive: each mutation makes a damaged file of a sound text.

All of it is drawn from a seeded generator, so that a finding can be had again.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass

MARKS = "\"'“”„‟«»‘’‚‛‹›`"
"""Quotation marks, apostrophes among them."""
CONTROLS = "\x01\x07\x08\x0b\x0c\x1b\x1c\x1f\x7f\x85\u2028\u2029\ufeff\u00ad\u200b"
"""Control characters, odd line ends, and characters that nobody sees."""
BIDI = "\u202a\u202b\u202d\u202e\u202c\u2066\u2067\u2069\u200e\u200f\u061c"
ASTRAL = "😀👩‍👩‍👧‍👦🏴󠁧󠁢󠁥󠁮󠁧󠁿𝕊𐍈e\u0301\u0301Z͑ͫ̓"
TAGS = (
    "<p>|</p>|<div>|</div>|<b>|</i>|<script>alert(1)</script>|<!--|-->|<![CDATA[|<a href='javascript:alert(1)'>|</a>|<table>|<td>|<ul>|"
    "<li>|<blockquote>|&lt;|&#xD800;|&#0;|&unknown;|<br>|<img src=x onerror=alert(1)>|<h1>|</html>|<body>|<svg/onload=alert(1)>|"
    "<base href='//x'>"
)
MARKDOWN = "# |> |- |1. |* |**|__|~~|`|```\n|[|](|)|![|<|>|| |---\n|===\n|\\|    |\t|[a]: x\n|{{|}}|{% raw %}|---\n"

DATES = (
    "0001-01-01",
    "0001-01-01T00:00:00+14:00",
    "0000-00-00",
    "0017-08-31",
    "1969-12-31T23:59:60Z",
    "9999-12-31",
    "9999-12-31T23:59:59-14:00",
    "2024-02-30",
    "2024-W53-7",
    "20240305",
    "2024-060",
    "5 March 2024",
    "-1",
    "1e9",
    "99999-01-01",
    "2024-03-05T25:00",
    "",
)
"""What systems write for a date, or for none."""
_RECKONED = " It happened 20 years ago. It happens tomorrow. She said on Tuesday that it ended last week, in 1312 and in the year 12000. "

Text = Callable[[random.Random, str], str]
"""A damaged text of a text."""


@dataclass(frozen=True, slots=True)
class Mutation:
    """One kind of damage."""

    name: str
    make: Callable[[random.Random, str], bytes]
    suffix: str = ".txt"
    heavy: bool = False
    """Whether its files are so long that a run has only a few."""


def _sprinkled(pieces: str | list[str], share: float) -> Text:
    """Puts one of the pieces before so large a share of the characters."""

    def make(rng: random.Random, text: str) -> str:
        return "".join(rng.choice(pieces) + c if rng.random() < share else c for c in text)

    return make


def _marks(change: Callable[[random.Random, str], str]) -> Text:
    def make(rng: random.Random, text: str) -> str:
        return "".join(change(rng, c) if c in MARKS and rng.random() < 0.5 else c for c in text)

    return make


def _encoded(make: Text) -> Callable[[random.Random, str], bytes]:
    return lambda rng, text: make(rng, text).encode("utf-8", "surrogatepass")


def _mojibake(rng: random.Random, text: str) -> str:
    """UTF-8 that was read as something else, once or twice."""
    for _ in range(rng.randint(1, 2)):
        text = text.encode().decode(rng.choice(["latin-1", "cp437", "mac-roman"]))
    return text


def _other_encoding(rng: random.Random, text: str) -> bytes:
    return text.encode(rng.choice(["utf-16", "utf-16-le", "cp1252", "utf-7", "utf-32", "cp037"]), "replace")


def _broken_bytes(rng: random.Random, text: str) -> bytes:
    data = bytearray(text.encode())
    for _ in range(rng.randint(1, 20)):
        data[rng.randrange(len(data))] = rng.randrange(256)
    return bytes(data)


def _zip_like(rng: random.Random, text: str) -> bytes:
    return b"PK\x03\x04" + rng.randbytes(2000) + text.encode()


def _one_paragraph(rng: random.Random, text: str) -> str:
    words = text.split()
    return " ".join((words * (50_000 // max(1, len(words)) + 1))[:50_000])


def _many_quotes(rng: random.Random, text: str) -> str:
    """Ten thousand of them, in paragraphs of up to fifty."""
    said = ["“No,” he said.", "Lee told Reed: “It is over.”", "“Yes”, they said, “and no.”", '"We can," said Ann Lee.', "‘Go,’ she said."]
    quotes = [rng.choice(said) for _ in range(10_000)]
    return "\n\n".join(" ".join(quotes[at : at + 50]) for at in range(0, len(quotes), 50))


def _many_paragraphs(rng: random.Random, text: str) -> str:
    words = text.split()
    return "\n\n".join(" ".join(rng.sample(words, min(4, len(words)))) for _ in range(5_000))


def _nested(rng: random.Random, text: str) -> str:
    depth = rng.choice([5, 20, 36, 60, 2000])
    prefix = [rng.choice(["> ", "- ", "1. "]) for _ in range(depth)]
    lines = text.split("\n")[:40]
    return "\n\n".join("".join(prefix[: rng.randint(0, depth)]) + line for line in lines)


def _nested_html(rng: random.Random, text: str) -> str:
    depth = rng.choice([10, 100, 1000, 5000])
    tag = rng.choice(["div", "blockquote", "ul><li", "table><tr><td", "b", "a href=x"])
    return "<article>" + f"<{tag}>" * depth + "".join(f"<p>{line}</p>" for line in text.split("\n")) + "</article>"


def _soup(rng: random.Random, text: str) -> str:
    paragraphs = "".join(f"<p>{line}</p>" for line in text.split("\n"))
    return "<html><body><article>" + _sprinkled(TAGS.split("|"), 0.01)(rng, paragraphs)


def _surrogates(rng: random.Random, text: str) -> str:
    return _sprinkled(["\ud800", "\udfff", "\ud83d"], 0.001)(rng, text)


def _front_matter(rng: random.Random, text: str) -> str:
    keys = ["title", "date", "author", "url", "lang", "outlet", "tags", "a b"]
    values = ["x", "2020-01-01", "[a, b]", "{a: b}", "!!python/object:os.system x", "&a [*a]", "'", "|\n  x", "~", "\u202e", "1e9"]
    lines = [f"{rng.choice(keys)}: {rng.choice(values)}" for _ in range(rng.randint(0, 2))]
    return "---\n" + "\n".join(lines) + rng.choice(["\n---\n", "\n", "\n----\n"]) + text


def _dated(rng: random.Random, text: str) -> str:
    """A date that is none, in front of words that are reckoned from it."""
    words = text.replace("\n", f"{_RECKONED}\n", 1)
    return f"---\ntitle: The ferry\ndate: {rng.choice(DATES)}\n---\n\n{words}"


def _text_modes(rng: random.Random, text: str) -> str:
    """Front matter that asks for less of the text, in ways that may be overlooked."""
    modes = [
        "text: none",
        "Text: none",
        "text : none",
        "text: NONE",
        "text: excerpts",
        "text: full",
        "text: [none]",
        "text:\n  none",
        "text: ''",
    ]
    lines = "\n".join(rng.sample(modes, rng.choice([1, 2])))
    return f"{rng.choice(['', '', chr(10), ' '])}---\n{lines}\n---\n\n{text}"


def _joined(rng: random.Random, text: str) -> str:
    """Blanks lost here and there, as between the cells of a layout."""
    return "".join(c for c in text if not c.isspace() or rng.random() > 0.15)


def _shuffled(rng: random.Random, text: str) -> str:
    lines = text.split("\n")
    rng.shuffle(lines)
    return "\n".join(line[rng.randint(0, 30) :] if rng.random() < 0.3 else line for line in lines)


def _line_ends(rng: random.Random, text: str) -> str:
    return "".join(rng.choice(["\r", "\r\n", "\n", "\x0b", "\u2028", "\x85"]) if c in " \n" and rng.random() < 0.05 else c for c in text)


def _cased(rng: random.Random, text: str) -> str:
    return rng.choice([str.upper, str.lower, str.title, str.swapcase])(text)


def _stuttered(rng: random.Random, text: str) -> str:
    """A word that some loop has printed a thousand times, or that has no end."""
    word = rng.choice(text.split())
    run = rng.choice([f"{word} " * 1000, word * 2000, "." * 20_000, "-" * 20_000, '"' * 5_000, "(" * 5_000, "'" * 5_000, "9" * 20_000])
    at = rng.randrange(len(text))
    return text[:at] + run + text[at:]


MUTATIONS: tuple[Mutation, ...] = (
    Mutation("marks dropped", _encoded(_marks(lambda rng, c: ""))),
    Mutation("marks doubled", _encoded(_marks(lambda rng, c: c + c))),
    Mutation("marks swapped", _encoded(_marks(lambda rng, c: rng.choice(MARKS)))),
    Mutation("marks anywhere", _encoded(_sprinkled(MARKS, 0.02))),
    Mutation("read in a wrong encoding", _encoded(_mojibake)),
    Mutation("written in another encoding", _other_encoding),
    Mutation("bytes broken", _broken_bytes),
    Mutation("zip-like garbage", _zip_like),
    Mutation("control characters", _encoded(_sprinkled(CONTROLS, 0.01))),
    Mutation("bidi overrides", _encoded(_sprinkled(BIDI, 0.02))),
    Mutation("emoji and combining marks", _encoded(_sprinkled(list(ASTRAL), 0.02))),
    Mutation("surrogates", _encoded(_surrogates), ".md"),
    Mutation("odd line ends", _encoded(_line_ends)),
    Mutation("all in one case", _encoded(_cased)),
    Mutation("words run together", _encoded(_joined)),
    Mutation("paragraphs shuffled and cut", _encoded(_shuffled)),
    Mutation("a run without end", _encoded(_stuttered)),
    Mutation("Markdown anywhere", _encoded(_sprinkled(MARKDOWN.split("|"), 0.02)), ".md"),
    Mutation("front matter garbage", _encoded(_front_matter), ".md"),
    Mutation("odd dates", _encoded(_dated), ".md"),
    Mutation("odd text modes", _encoded(_text_modes), ".md"),
    Mutation("deep nesting in Markdown", _encoded(_nested), ".md"),
    Mutation("deep nesting in HTML", _encoded(_nested_html), ".html"),
    Mutation("HTML soup", _encoded(_soup), ".html"),
    Mutation("HTML soup in Markdown", _encoded(_soup), ".md"),
    Mutation("a paragraph of 50,000 words", _encoded(_one_paragraph), heavy=True),
    Mutation("10,000 quotes", _encoded(_many_quotes), heavy=True),
    Mutation("5,000 paragraphs", _encoded(_many_paragraphs), heavy=True),
)
