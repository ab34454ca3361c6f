"""An article's findings as W3C Web Annotations in JSON-LD (https://www.w3.org/TR/annotation-model/).

Each annotation has two selectors for its place: the words with some text around them, and their position in Unicode code points, which is
the unit of the standard. Positions only hold for the text in the article's report.json, so that the published page is targeted by words
alone. Each quote says whether it is direct, partly quoted or reported speech, since reported speech is nobody's own words.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any
from urllib.parse import quote as percent_encoded

import msgspec

from onrecord.export.table import POLARITIES, Scope
from onrecord.model import WITHHELD, Article, Claim, Mention, Quote, QuoteKind, Relation, Span, Speaker, UndecidedMention

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
