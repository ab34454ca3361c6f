"""Facets that quotes and claims share: the article that they stand in, and what people have to say of them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeVar

from onrecord.model import Review
from onrecord.render.facets import Facet, Value, in_order_of
from onrecord.render.facts import ClaimFact, QuoteFact, RelationFact
from onrecord.render.review import STATUS_WORDS

_LABELS: dict[Review, str] = {"machine": "Not reviewed", "confirmed": "Confirmed", "corrected": "Corrected", "added": "Added"}
_STATUSES = {status: Value(status, label, STATUS_WORDS[status], name=status) for status, label in _LABELS.items()}
_HELD = Value("held", "Correction held", "a correction of it waits for an editor", name="held")


def _status(item: QuoteFact | ClaimFact) -> Iterator[Value]:
    if item.review.held:
        yield _HELD
    yield _STATUSES[item.review.state]


Reviewed = TypeVar("Reviewed", QuoteFact, ClaimFact)


def status_facet() -> Facet[Reviewed]:
    """Items by how far people have looked at them; one whose correction is held is counted there too."""
    return Facet("status", "Status", "statuses", _status, in_order_of([_HELD, *_STATUSES.values()]), most_unlisted=True)


def of_article(item: QuoteFact | ClaimFact | RelationFact) -> Iterator[Value]:
    """The article that an item stands in, whose page lists what it has."""
    yield Value(item.article.page, item.headline, page=item.article)
