"""An article with its findings in the two forms in which scholars exchange them: as W3C Web Annotations in JSON-LD
(https://www.w3.org/TR/annotation-model/), and as TEI P5 (https://tei-c.org/guidelines/p5/), with ``<said>`` around what is ascribed to a
source.

Each annotation has two selectors for its place: the words with some text around them, and their position in Unicode code points, which is
the unit of the standard. Positions only hold for the text in the article's report.json, so that the published page is targeted by words
alone. Each quote says whether it is direct, partly quoted or reported speech, since reported speech is nobody's own words.

The text of TEI is exact: the characters of each block are those of the article, but for control characters that XML cannot hold, each of
which becomes U+FFFD, and for words that are withheld, which are gaps. ``@direct`` is false for reported speech and for what is partly
quoted, where ``<q>`` holds the part in quotation marks.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from heapq import heapify, heappop, heappush
from itertools import chain
from typing import Any
from urllib.parse import quote as percent_encoded
from xml.etree.ElementTree import Element, tostring

import msgspec

from onrecord.export.table import POLARITIES, Scope
from onrecord.model import WITHHELD, Article, Block, Claim, Mention, Quote, QuoteKind, Relation, Report, Span, Speaker, UndecidedMention

CONTEXT = "http://www.w3.org/ns/anno.jsonld"

REPORT = "report.json"
"""The file with the text that positions count in; it lies beside the annotations."""

_AROUND = 32
"""How many code points before and after the words a selector has: as many as that of Hypothesis."""

_KINDS: dict[QuoteKind, str] = {"direct": "direct quote", "mixed": "partly quoted", "indirect": "reported speech"}


def web_annotations(scope: Scope) -> bytes:
    """``annotations.jsonld`` of one article: a collection with all its annotations on one page."""
    items = list(_items(scope))
    article, provenance = scope.report.article, scope.report.provenance
    collection = {
        "@context": CONTEXT,
        "id": "",
        "type": "AnnotationCollection",
        "label": f"{article.id}: positions count Unicode code points of article.text in {REPORT}{_which_text(article)}",
        "generator": {"id": "#onrecord", "type": "Software", "name": f"onrecord {provenance.onrecord}"},
        "total": len(items),
        "first": {"id": "#page", "type": "AnnotationPage", "startIndex": 0, "items": items},
    }
    return msgspec.json.encode(collection) + b"\n"


def _which_text(article: Article) -> str:
    return ", where each word that is withheld is one" if article.withheld else f" (SHA-256 in UTF-8: {article.sha256})"


def _items(scope: Scope) -> Iterator[dict[str, Any]]:
    report = scope.report
    for actor in report.actors:
        for mention in actor.mentions:
            yield _mention(scope, mention, actor.id)
    for undecided in report.undecided:
        yield _undecided(scope, undecided)
    for quote in report.quotes:
        yield _quote(scope, quote)
    for claim in report.claims:
        yield _claim(scope, claim)
    for relation in report.relations:
        yield _relation(scope, relation)


def _mention(scope: Scope, mention: Mention, actor: str) -> dict[str, Any]:
    name = f"mention-{mention.start}-{mention.end}-{actor}"
    why = [_body("describing", mention.why)] if mention.why else []
    return _annotation(scope, name, ["identifying"], [_body("identifying", scope.name(actor)), *why], [mention])


def _undecided(scope: Scope, mention: UndecidedMention) -> dict[str, Any]:
    bodies = [_body("questioning", _between(scope, mention.candidates))]
    return _annotation(scope, f"undecided-{mention.start}-{mention.end}", ["questioning"], bodies, [mention])


def _quote(scope: Scope, quote: Quote) -> dict[str, Any]:
    bodies = [
        _body("classifying", "stance" if quote.stance else _KINDS[quote.kind]),
        _body("identifying", _speaker(scope, quote.speaker)),
        _body("describing", "; ".join(_how(quote))),
    ]
    return _annotation(scope, quote.id, ["classifying", "identifying"], bodies, quote.content)


def _how(quote: Quote) -> Iterator[str]:
    """Why a quote does not count as said, if it does not, and how it was found."""
    if quote.conditional:
        yield "supposed, not said"
    if quote.stance:
        yield "for or against it; no words are told"
    if quote.negated:
        yield "negated or denied by the words that report it"
    yield f"rule {quote.rule}"
    yield f"{quote.confidence} confidence"
    if quote.score is not None:
        yield f"score {quote.score}"


def _claim(scope: Scope, claim: Claim) -> dict[str, Any]:
    bodies = [
        _body("classifying", f"claim: {claim.kind}, {POLARITIES[claim.polarity]}, {claim.modality}; {_checked(claim)}"),
        _body("identifying", ", ".join(filter(None, map(scope.name, (claim.asserter, *claim.others)))) or "unknown speaker"),
    ]
    return _annotation(scope, claim.id, ["classifying", "identifying"], bodies, claim.spans)


def _checked(claim: Claim) -> str:
    return f"verdict of {claim.verdict.by}: {claim.verdict.text}" if claim.verdict else "not checked"


def _relation(scope: Scope, relation: Relation) -> dict[str, Any]:
    standing = f"{relation.class_}, {POLARITIES[relation.polarity]}, {relation.modality}"
    stated = f"{scope.name(relation.source)} → {relation.predicate} → {scope.name(relation.target)} ({standing})"
    return _annotation(scope, relation.id, ["linking"], [_body("linking", stated)], [relation.trigger])


def _speaker(scope: Scope, speaker: Speaker) -> str:
    if speaker.actor is not None:
        return ", ".join(filter(None, map(scope.name, (speaker.actor, *speaker.others))))
    if speaker.candidates:
        return _between(scope, speaker.candidates)
    stated = scope.words(speaker.mention) if speaker.mention is not None else None
    return stated or "unknown speaker"


def _between(scope: Scope, candidates: Sequence[str]) -> str:
    return f"undecided between {' and '.join(filter(None, map(scope.name, candidates)))}"


def _body(purpose: str, value: str | None) -> dict[str, Any]:
    return {"type": "TextualBody", "purpose": purpose, "format": "text/plain", "value": value}


def _annotation(scope: Scope, name: str, motivation: list[str], body: list[dict[str, Any]], spans: Sequence[Span]) -> dict[str, Any]:
    target = [one for span in spans for one in _targets(scope.report.article, Span(span.start, span.end))]
    return {"id": f"#{percent_encoded(name)}", "type": "Annotation", "motivation": motivation, "body": body, "target": target}


def _targets(article: Article, span: Span) -> Iterator[dict[str, Any]]:
    """The places of a span: on the page where the article was published, if it gives its address, and in the text of the report. Of
    withheld words only the position in the report is given."""
    position = {"type": "TextPositionSelector", "start": span.start, "end": span.end}
    if article.withheld is not None and WITHHELD in span.of(article.text):
        yield {"type": "SpecificResource", "source": REPORT, "selector": [position]}
        return
    words = {"type": "TextQuoteSelector", "exact": span.of(article.text), **_around(article, span)}
    if article.meta.url:
        yield {"type": "SpecificResource", "source": article.meta.url, "selector": [words]}
    yield {"type": "SpecificResource", "source": REPORT, "selector": [words, position]}


def _around(article: Article, span: Span) -> dict[str, str]:
    """The text before and after a span. It ends where text is withheld, because a selector with masked words would not be found on the
    published page."""
    start, end = max(0, span.start - _AROUND), min(len(article.text), span.end + _AROUND)
    # One shown stretch holds the whole span, or its words would not be given.
    for shown in article.withheld.shown if article.withheld else ():
        if shown.overlaps(span):
            start, end = max(start, min(shown.start, span.start)), min(end, max(shown.end, span.end))
    return {"prefix": article.text[start : span.start], "suffix": article.text[span.end : end]}


# --- TEI --------------------------------------------------------------------------------------------------------------


_NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

_GAP = re.compile(rf"{WITHHELD}+(?:\s+{WITHHELD}+)*")

_CONVENTIONS = (
    "Each ab is a block of the article; its n is where it begins, in Unicode code points of the article’s text. A said is a quote that a "
    "program found, its n the quote’s id; it is cut where it runs over blocks or crosses another, and its parts are linked by next and "
    "prev. Without who the speaker is unknown or undecided. What is negated or only supposed is no said. A gap is words that are withheld, "
    "for the rights of others."
)


_Attributes = Mapping[str, str | None]
"""Those without a value are left out."""


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
    text = _element("text", {"xml:space": "preserve"}, "\n", *_lines([_text_body(scope, people)]))
    root = _element("TEI", {"xmlns": "http://www.tei-c.org/ns/1.0"}, "\n", *_lines([_header(scope, people), text]))
    # A carriage return is written as a reference: a parser would make a line feed of it.
    document = _NOT_IN_XML.sub("\ufffd", tostring(root, encoding="unicode")).replace("\r", "&#13;")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{document}\n'.encode()


def _element(tag: str, attributes: _Attributes, *content: str | Element) -> Element:
    """An element with attributes and, in this order, text and other elements in it."""
    element = Element(tag, {name: value for name, value in attributes.items() if value})
    for part in content:
        if isinstance(part, Element):
            element.append(part)
        elif len(element):
            element[-1].tail = (element[-1].tail or "") + part
        else:
            element.text = (element.text or "") + part
    return element


def _lines(elements: Iterable[Element]) -> Iterator[str | Element]:
    """The elements, each at the end of a line."""
    for element in elements:
        yield element
        yield "\n"


def _said(report: Report) -> Iterator[tuple[int, Quote]]:
    """The quotes that count as said, with their numbers."""
    return ((number, quote) for number, quote in enumerate(report.quotes, 1) if quote.counts_as_said)


def _participants(report: Report) -> list[str]:
    """Ids of the actors who speak or are spoken to, each once, in text order."""
    spoken = [
        (quote.speaker.actor, *quote.speaker.others, quote.addressee.actor if quote.addressee else None) for _, quote in _said(report)
    ]
    return list(dict.fromkeys(actor for actors in spoken for actor in actors if actor is not None))


# --- the header ----------------------------------------------------------------------------------------------------


def _header(scope: Scope, people: Mapping[str, str]) -> Element:
    parts = [_file(scope.report), _element("encodingDesc", {}, _element("p", {}, _CONVENTIONS))]
    if people:
        parts.append(_element("profileDesc", {}, _element("particDesc", {}, *_lists(scope, people))))
    return _element("teiHeader", {}, *_lines(parts))


def _file(report: Report) -> Element:
    """What the document is called, who answers for it, and what it was made from."""
    meta = report.article.meta
    made = f"Made by onrecord {report.provenance.onrecord}. Rights in the text are its publisher’s."
    title = _element("titleStmt", {}, *_titles(report))
    publication = _element("publicationStmt", {}, _element("p", {}, made))
    origin = [_element("publisher", {}, meta.outlet), _element("date", {}, meta.date), _element("idno", {"type": "URI"}, meta.url)]
    source = _element("sourceDesc", {}, _element("bibl", {}, *_titles(report), *filter(_is_filled, origin)))
    return _element("fileDesc", {}, *_lines([title, publication]), source)


def _titles(report: Report) -> Iterator[Element]:
    meta = report.article.meta
    return filter(_is_filled, (_element("title", {}, meta.title or report.article.id), _element("author", {}, meta.byline)))


def _is_filled(element: Element) -> bool:
    return bool(element.text)


def _lists(scope: Scope, people: Mapping[str, str]) -> Iterator[Element]:
    persons = {actor: id for actor, id in people.items() if scope.actors[actor].type in ("person", "narrator")}
    groups = {actor: id for actor, id in people.items() if actor not in persons}
    for ids, tag, name in ((persons, "person", "persName"), (groups, "org", "orgName")):
        listed = [
            _element(tag, {"xml:id": id, "n": scope.key(actor)}, _element(name, {}, scope.name(actor) or "")) for actor, id in ids.items()
        ]
        if listed:
            yield _element(f"list{tag.capitalize()}", {}, *listed)


# --- the text ------------------------------------------------------------------------------------------------------


def _text_body(scope: Scope, people: Mapping[str, str]) -> Element:
    article = scope.report.article
    leaves = [leaf for leaf in article.leaves() if len(leaf.span)]
    pieces = [_nested(found) for found in _pieces(scope.report, leaves)]
    attributes = _attributes_of_parts(scope, people, chain.from_iterable(pieces))
    blocks = [
        _element("ab", _of_leaf(leaf), *_content(article, leaf.span, deque(found), attributes))
        for leaf, found in zip(leaves, pieces, strict=True)
    ]
    return _element("body", {}, "\n", *_lines(blocks or [_element("ab", {})]))


def _of_leaf(leaf: Block) -> _Attributes:
    return {"type": leaf.kind, "subtype": leaf.boilerplate and "boilerplate", "n": str(leaf.start)}


def _content(article: Article, span: Span, pieces: deque[_Piece], attributes: Mapping[_Piece, _Attributes]) -> Iterator[str | Element]:
    """The text of a span with those of the ``pieces`` that are in it, which are taken away: they nest, and stand as they open."""
    at = span.start
    while pieces and pieces[0].start < span.end:
        piece = pieces.popleft()
        inner = Span(piece.start, piece.end)
        yield from _words(article, Span(at, inner.start))
        yield _element("q" if piece.in_marks else "said", attributes.get(piece, {}), *_content(article, inner, pieces, attributes))
        at = inner.end
    yield from _words(article, Span(at, span.end))


def _words(article: Article, span: Span) -> Iterator[str | Element]:
    """The words of a span; what is withheld of them as gaps, which keep nothing but how many words there are."""
    words, at = span.of(article.text), 0
    for gap in _GAP.finditer(words) if article.withheld else ():
        yield words[at : gap.start()]
        yield _element("gap", {"reason": "withheld", "unit": "words", "quantity": str(len(gap[0].split()))})
        at = gap.end()
    yield words[at:]


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


def _attributes_of_parts(scope: Scope, people: Mapping[str, str], pieces: Iterable[_Piece]) -> dict[_Piece, _Attributes]:
    """The attributes of each part of each quote."""
    parts: dict[int, list[_Piece]] = {}
    for piece in pieces:
        if not piece.in_marks:
            parts.setdefault(piece.quote, []).append(piece)
    quotes = dict(_said(scope.report))
    return {
        piece: _of_part(scope, people, quotes[number], number, part, len(own))
        for number, own in parts.items()
        for part, piece in enumerate(own, 1)
    }


def _of_part(scope: Scope, people: Mapping[str, str], quote: Quote, number: int, part: int, of: int) -> _Attributes:
    speakers = [quote.speaker.actor, *quote.speaker.others] if quote.speaker.actor is not None else []
    addressee = quote.addressee.actor if quote.addressee else None
    return {
        "xml:id": f"said-{number}-{part}",
        "n": scope.key(quote.id),
        "direct": "true" if quote.kind == "direct" else "false",
        "who": " ".join(f"#{people[actor]}" for actor in speakers if actor is not None),
        "toWhom": f"#{people[addressee]}" if addressee is not None else None,
        "cert": quote.confidence,
        "prev": f"#said-{number}-{part - 1}" if part > 1 else None,
        "next": f"#said-{number}-{part + 1}" if part < of else None,
    }
