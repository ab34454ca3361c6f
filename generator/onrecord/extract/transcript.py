"""Finds the turns of an interview or debate that is printed as one: "Q:", "A:", "BROOK:" before what each of them says.

There are no quotation marks and no cues, but a transcript gives the very words: a turn is a quotation, whose speaker is its label.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from onrecord.extract.quotation_marks import Quotation
from onrecord.model import Span

_LABEL = re.compile(
    r"\s*[\"\u201c]?(?P<label>[A-Z][\w.'\u2019-]*(?: [A-Z][\w.'\u2019-]*){0,4})(?: (?:\([^()\n]{1,40}\)|\[[^\[\]\n]{1,40}\]))?:(?=\s)"
)
"""One to five words with capitals, perhaps with "(on camera)", and a colon at the start of a paragraph; wire copy may put a mark before."""
_ASKING = frozenset({"q", "a", "question", "answer"})
_PARTS = frozenset({"anchor", "audience", "host", "interviewer", "moderator", "reporter", "female", "male", "voice"})
"""The last words of labels of those who are not named, as broadcasters' transcripts have them ("UNIDENTIFIED MALE")."""
_NOTICES = frozenset(
    [
        "analysis",
        "breaking",
        "caption",
        "correction",
        "editor",
        "exclusive",
        "here",
        "listen",
        "more",
        "note",
        "photo",
        "read",
        "related",
        "update",
        "updated",
        "video",
        "warning",
        "watch",
    ]
)
"""Words of labels that newsrooms put before notices and links; none of them speaks."""


@dataclass(frozen=True, slots=True)
class Turn:
    """A paragraph of a transcript."""

    label: Span
    """The name of who speaks."""
    words: Span
    """What stands after the label, to the end of the paragraph."""


def find_turns(text: str, paragraphs: Iterable[Span]) -> tuple[Turn, ...]:
    """The paragraphs that begin with the label of somebody who speaks, in text order.

    A label in capitals speaks if it comes back, names somebody whom the text names elsewhere, or is a usual one ("Q", "HOST"). Any other
    must come back and name somebody. So "Venue:" and "Update:" are none; and one voice alone makes no transcript.

    >>> text = "Q: Is it safe? \\nA: No."
    >>> [(turn.label.of(text), turn.words.of(text)) for turn in find_turns(text, [Span(0, 15), Span(16, 21)])]
    [('Q', 'Is it safe?'), ('A', 'No.')]
    """
    turns = [turn for paragraph in paragraphs if (turn := _read_turn(text, paragraph)) is not None]
    counts = Counter(_key(text, turn) for turn in turns)
    if len(counts) < 2:
        return ()
    speaks = {key: _speaks(text, key, count, counts) for key, count in counts.items()}
    kept = tuple(turn for turn in turns if speaks[_key(text, turn)])
    return kept if len({_key(text, turn) for turn in kept}) >= 2 else ()


def with_turns(text: str, quotations: Sequence[Quotation], turns: Sequence[Turn]) -> tuple[Quotation, ...]:
    """Quotations and turns in text order. Marks within a turn are part of it, unless they hold all of it."""
    marked = {quotation.span.start: quotation for quotation in quotations}
    unmarked = [turn for turn in turns if not _is_marked(text, turn, marked)]
    return tuple(sorted((*_outside(quotations, unmarked), *(Quotation(t.words, t.words, "turn") for t in unmarked)), key=lambda q: q.span))


def _is_marked(text: str, turn: Turn, marked: dict[int, Quotation]) -> bool:
    quotation = marked.get(turn.words.start)
    return quotation is not None and not any(c.isalnum() for c in text[quotation.span.end : turn.words.end])


def _outside(quotations: Sequence[Quotation], turns: Sequence[Turn]) -> Iterable[Quotation]:
    """The quotations that no turn overlaps, both being in text order."""
    at = 0
    for quotation in quotations:
        while at < len(turns) and turns[at].words.end <= quotation.span.start:
            at += 1
        if at == len(turns) or not turns[at].words.overlaps(quotation.span):
            yield quotation


def _read_turn(text: str, paragraph: Span) -> Turn | None:
    match = _LABEL.match(text, paragraph.start, paragraph.end)
    if match is None:
        return None
    start, end = match.end(), paragraph.end
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Turn(Span(*match.span("label")), Span(start, end)) if any(c.isalnum() for c in text[start:end]) else None


def _key(text: str, turn: Turn) -> str:
    return turn.label.of(text)


def _speaks(text: str, label: str, count: int, counts: Counter[str]) -> bool:
    words = label.replace(".", "").lower().split()
    if _NOTICES.intersection(words):
        return False
    if words[0] in _ASKING and len(words) == 1:
        return len(_ASKING.intersection(key.lower() for key in counts)) >= 2
    if _in_capitals(label):
        return count > 1 or words[-1] in _PARTS or _is_named(text, words[-1])
    return count > 1 and _is_named(text, words[-1])


def _in_capitals(label: str) -> bool:
    """All capitals: "PENN", "McNALLY", "MR. O'DAY"."""
    return re.sub(r"\b(?:Mc|Mac|Mr|Ms|Mrs|Dr|Sen|Rep|Gov)(?=[A-Z. ])", "", label).isupper()


def _is_named(text: str, word: str) -> bool:
    """The text has the word as a name elsewhere: with a capital and no colon after it, and never without a capital."""
    name = re.escape(word.capitalize())
    return re.search(rf"\b{name}\b(?!:)", text) is not None and re.search(rf"\b{re.escape(word)}\b", text) is None
