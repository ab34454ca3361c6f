"""An article as TEI P5 (https://tei-c.org/guidelines/p5/), with ``<said>`` around what is ascribed to a source.

The text is exact: the characters of each block are those of the article, but for control characters that XML cannot hold, each of which
becomes U+FFFD, and for words that are withheld, which are gaps. ``@direct`` is false for reported speech and for what is partly quoted,
where ``<q>`` holds the part in quotation marks.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from heapq import heapify, heappop, heappush
from xml.sax.saxutils import escape, quoteattr

from onrecord.export.table import Scope
from onrecord.model import WITHHELD, Block, Quote, Report, Span

_NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

_GAP = re.compile(rf"{WITHHELD}+(?:\s+{WITHHELD}+)*")

_CONVENTIONS = (
    "Each ab is a block of the article; its n is where it begins, in Unicode code points of the article’s text. A said is a quote that a "
    "program found, its n the quote’s id; it is cut where it runs over blocks or crosses another, and its parts are linked by next and "
    "prev. Without who the speaker is unknown or undecided. What is negated or only supposed is no said. A gap is words that are withheld, "
    "for the rights of others."
)


@dataclass(frozen=True, slots=True, order=True)
class _Piece:
    """A part of a quote inside one block."""

    start: int
    shorter: int
    """Minus its end, so that of pieces that begin together the longest is first."""
    quote: int
    """The number of the quote in its report."""
    in_marks: bool
    """Whether it is the part of a partly quoted one that stands in quotation marks, rather than the quote."""

    @property
    def end(self) -> int:
        return -self.shorter


def tei(scope: Scope) -> bytes:
    """The article as a TEI document in UTF-8."""
    people = {actor: f"actor-{number}" for number, actor in enumerate(_participants(scope.report), 1)}
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', '<TEI xmlns="http://www.tei-c.org/ns/1.0">', *_header(scope, people)]
    lines += ['<text xml:space="preserve">', "<body>", *_body(scope, people), "</body>", "</text>", "</TEI>", ""]
    return "\n".join(lines).encode()


def _said(report: Report) -> Iterator[tuple[int, Quote]]:
    """The quotes that count as said, with their numbers in the report."""
    for number, quote in enumerate(report.quotes, 1):
        if not (quote.negated or quote.conditional or quote.boilerplate):
            yield number, quote


def _participants(report: Report) -> list[str]:
    """Ids of the actors who speak or are spoken to, each once, in text order."""
    spoken = [
        (quote.speaker.actor, *quote.speaker.others, quote.addressee.actor if quote.addressee else None) for _, quote in _said(report)
    ]
    return list(dict.fromkeys(actor for actors in spoken for actor in actors if actor is not None))


# --- the header ----------------------------------------------------------------------------------------------------


def _header(scope: Scope, people: Mapping[str, str]) -> Iterator[str]:
    report = scope.report
    meta = report.article.meta
    author = f"<author>{_text(meta.byline)}</author>" if meta.byline else ""
    title = f"<title>{_text(meta.title or report.article.id)}</title>"
    yield f"<teiHeader><fileDesc><titleStmt>{title}{author}</titleStmt>"
    made = f"Made by onrecord {report.provenance.onrecord}. Rights in the text are its publisher’s."
    yield f"<publicationStmt><p>{_text(made)}</p></publicationStmt>"
    outlet = f"<publisher>{_text(meta.outlet)}</publisher>" if meta.outlet else ""
    date = f"<date>{_text(meta.date)}</date>" if meta.date else ""
    address = f'<idno type="URI">{_text(meta.url)}</idno>' if meta.url else ""
    yield f"<sourceDesc><bibl>{title}{author}{outlet}{date}{address}</bibl></sourceDesc></fileDesc>"
    yield f"<encodingDesc><p>{_text(_CONVENTIONS)}</p></encodingDesc>"
    if people:
        yield f"<profileDesc><particDesc>{''.join(_lists(scope, people))}</particDesc></profileDesc>"
    yield "</teiHeader>"


def _lists(scope: Scope, people: Mapping[str, str]) -> Iterator[str]:
    persons = {actor: id for actor, id in people.items() if scope.actors[actor].type in ("person", "narrator")}
    groups = {actor: id for actor, id in people.items() if actor not in persons}
    for ids, tag, name in ((persons, "person", "persName"), (groups, "org", "orgName")):
        if ids:
            listed = (
                f"<{tag}{_attributes({'xml:id': id, 'n': scope.key(actor)})}><{name}>{_text(scope.name(actor) or '')}</{name}></{tag}>"
                for actor, id in ids.items()
            )
            yield f"<list{tag.capitalize()}>{''.join(listed)}</list{tag.capitalize()}>"


# --- the text ------------------------------------------------------------------------------------------------------


def _body(scope: Scope, people: Mapping[str, str]) -> Iterator[str]:
    article = scope.report.article
    leaves = [leaf for leaf in article.leaves() if len(leaf.span)]
    pieces = {leaf: _nested(found) for leaf, found in zip(leaves, _pieces(scope.report, leaves), strict=True)}
    parts: dict[int, list[_Piece]] = {}
    for found in pieces.values():
        for piece in found:
            if not piece.in_marks:
                parts.setdefault(piece.quote, []).append(piece)
    opened = _opening_tags(scope, people, parts)
    for leaf in leaves:
        words = _marked_up(article.text, leaf.span, pieces[leaf], opened)
        yield f"<ab{_leaf_attributes(leaf)}>{_with_gaps(words) if article.withheld else words}</ab>"
    if not leaves:
        yield "<ab/>"


def _with_gaps(words: str) -> str:
    """The content of a block with withheld words as gaps, which say how many words there are."""
    return _GAP.sub(lambda gap: f'<gap reason="withheld" unit="words" quantity="{len(gap[0].split())}"/>', words)


def _leaf_attributes(leaf: Block) -> str:
    return _attributes({"type": leaf.kind, "subtype": leaf.boilerplate and "boilerplate", "n": str(leaf.start)})


def _pieces(report: Report, leaves: Sequence[Block]) -> list[list[_Piece]]:
    """The pieces of quotes in each of the blocks, which are in text order."""
    found: list[list[_Piece]] = [[] for _ in leaves]
    ends = [leaf.end for leaf in leaves]
    for number, quote in _said(report):
        for spans, in_marks in ((quote.content, False), (quote.quoted_parts if quote.kind == "mixed" else (), True)):
            for span in spans:
                for place in range(bisect_right(ends, span.start), len(leaves)):
                    start, end = max(span.start, leaves[place].start), min(span.end, leaves[place].end)
                    if span.end <= leaves[place].start:
                        break
                    if start < end:
                        found[place].append(_Piece(start, -end, number, in_marks))
    return found


def _nested(pieces: Iterable[_Piece]) -> tuple[_Piece, ...]:
    """The pieces in the order in which they open, cut so that none crosses another: XML can only nest."""
    todo = list(pieces)
    heapify(todo)
    ends: list[int] = []
    found = []
    while todo:
        piece = heappop(todo)
        while ends and ends[-1] <= piece.start:
            ends.pop()
        if ends and piece.end > ends[-1]:
            heappush(todo, _Piece(ends[-1], piece.shorter, piece.quote, piece.in_marks))
            piece = _Piece(piece.start, -ends[-1], piece.quote, piece.in_marks)
        ends.append(piece.end)
        found.append(piece)
    return tuple(found)


def _opening_tags(scope: Scope, people: Mapping[str, str], parts: Mapping[int, list[_Piece]]) -> dict[_Piece, str]:
    """The tag that opens each part of each quote."""
    quotes = dict(_said(scope.report))
    return {
        piece: _opening_tag(scope, people, quotes[number], number, part, len(pieces))
        for number, pieces in parts.items()
        for part, piece in enumerate(pieces, 1)
    }


def _opening_tag(scope: Scope, people: Mapping[str, str], quote: Quote, number: int, part: int, of: int) -> str:
    speakers = [quote.speaker.actor, *quote.speaker.others] if quote.speaker.actor is not None else []
    addressee = quote.addressee.actor if quote.addressee else None
    attributes = {
        "xml:id": f"said-{number}-{part}",
        "n": scope.key(quote.id),
        "direct": "true" if quote.kind == "direct" else "false",
        "who": " ".join(f"#{people[actor]}" for actor in speakers if actor is not None),
        "toWhom": f"#{people[addressee]}" if addressee is not None else "",
        "cert": quote.confidence,
        "prev": f"#said-{number}-{part - 1}" if part > 1 else "",
        "next": f"#said-{number}-{part + 1}" if part < of else "",
    }
    return f"<said{_attributes(attributes)}>"


def _marked_up(text: str, block: Span, pieces: tuple[_Piece, ...], opened: Mapping[_Piece, str]) -> str:
    """The text of a block with its tags. ``pieces`` nest, and stand in the order in which they open."""
    out: list[str] = []
    open_: list[_Piece] = []
    at = block.start

    def close_until(end: int) -> None:
        nonlocal at
        while open_ and open_[-1].end <= end:
            piece = open_.pop()
            out.append(_text(text[at : piece.end]) + ("</q>" if piece.in_marks else "</said>"))
            at = piece.end

    for piece in pieces:
        close_until(piece.start)
        out.append(_text(text[at : piece.start]) + ("<q>" if piece.in_marks else opened[piece]))
        at = piece.start
        open_.append(piece)
    close_until(block.end)
    out.append(_text(text[at : block.end]))
    return "".join(out)


def _text(text: str) -> str:
    """The text for XML. A carriage return is written as a reference: a parser would make a line feed of it."""
    return escape(_NOT_IN_XML.sub("\ufffd", text), {"\r": "&#13;"})


def _attributes(values: Mapping[str, str | None]) -> str:
    return "".join(f" {name}={quoteattr(_NOT_IN_XML.sub(chr(0xFFFD), value))}" for name, value in values.items() if value)
