"""Whether a report that comes from elsewhere keeps to what our own keep to, as far as a page would trust it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from datetime import datetime
from functools import cache
from itertools import chain
from typing import Any

from onrecord.addresses import is_web_address, safe_href
from onrecord.file_names import is_id
from onrecord.masking import unmasked
from onrecord.model import AUTHOR, Block, Findings, Mark, Meta, Moment, Report, Source, Span

_LONGEST = 200
"""Characters that a message repeats of a value."""
_WHEN = re.compile(r"[0-9]{4}(?:-W[0-9]{2}|-[0-9]{2}(?:-[0-9]{2})?)?")


def unsound(report: Report) -> str:
    """What is wrong with the first thing that is; empty where nothing is.

    An article's id is the name of files. Addresses become links. What counts in the text must be in it, and ids must lead to something.
    """
    if not is_id(report.article.id):
        return f"the article's id {report.article.id[:_LONGEST]!r} cannot be the name of a page"
    if report.article.text and not report.article.blocks:
        return "its text stands in no block"
    parts: list[Report | Findings] = [report, report.machine] if report.machine else [report]
    # Last, for it takes the report apart, and only what is sound otherwise can be.
    return next(chain(_doubtful(report, len(report.article.text)), chain.from_iterable(map(_loose, parts))), "") or unmasked(report)


def _doubtful(value: object, length: int) -> Iterator[str]:
    """What is wrong in a value with its spans and addresses, at any depth."""
    if isinstance(value, tuple):
        for one in value:
            yield from _doubtful(one, length)
        return
    if isinstance(value, Span | Block) and not 0 <= value.start <= value.end <= length:
        yield f"characters {value.start} to {value.end} are not in the article's text"
    if isinstance(value, Mark) and value.href != safe_href(value.href):
        yield f"{value.href[:_LONGEST]!r} is no address to link to"
    if isinstance(value, Source | Meta) and value.url and not is_web_address(value.url):
        yield f"{value.url[:_LONGEST]!r} is no web address"
    if isinstance(value, Meta) and value.date and not _is_date(value.date):
        yield f"{value.date[:_LONGEST]!r} is no date"
    if isinstance(value, Moment) and not _is_when(value.value):
        yield f"{value.value[:_LONGEST]!r} is no date"
    kind: Any = type(value)
    for name in _nested(kind):
        yield from _doubtful(getattr(value, name), length)


def _is_date(written: str) -> bool:
    try:
        datetime.fromisoformat(written)
    except ValueError:
        return False
    return True


def _is_when(written: str) -> bool:
    """Whether it is a day, week, month or year that there is."""
    if not _WHEN.fullmatch(written):
        return False
    return _is_date(f"{written}-1" if "W" in written else f"{written}-01-01"[:10])


@cache
def _nested(kind: type) -> tuple[str, ...]:
    """The fields of a dataclass that can hold more than text and numbers."""
    plain = ("str", "int", "bool", "float")
    return tuple(one.name for one in fields(kind) if str(one.type) not in plain) if is_dataclass(kind) else ()


def _loose(found: Report | Findings) -> Iterator[str]:
    """References that lead to nothing, and findings without any words."""
    actors = {AUTHOR, *(one.id for one in found.actors)}
    quotes, claims = {one.id for one in found.quotes}, {one.id for one in found.claims}
    for named, known in ((_actors_named(found), actors), (_quotes_named(found), quotes), (_claims_named(found), claims)):
        yield from (f"{id[:_LONGEST]!r} is the id of nothing in it" for id in named if id is not None and id not in known)
    wordless = chain((one.id for one in found.quotes if not one.content), (one.id for one in found.claims if not one.spans))
    yield from (f"{id[:_LONGEST]!r} has no words" for id in wordless)


def _actors_named(found: Report | Findings) -> Iterator[str | None]:
    for actor in found.actors:
        yield from (role.affiliation for role in actor.roles)
    for mention in found.undecided:
        yield from mention.candidates
    for quote in found.quotes:
        yield from (quote.speaker.actor, *quote.speaker.candidates, *quote.speaker.others)
        yield from (one.actor for one in (quote.addressee, quote.outlet, quote.runner_up) if one is not None)
    for claim in found.claims:
        yield from (claim.asserter, claim.via, *claim.about, *claim.others)
    for relation in found.relations:
        yield from (relation.source, relation.target)


def _quotes_named(found: Report | Findings) -> Iterator[str | None]:
    yield from (one.quote for one in found.claims)
    yield from (one.quote for one in found.moments)


def _claims_named(found: Report | Findings) -> Iterator[str | None]:
    yield from (one.parent for one in found.claims)
    yield from (id for one in found.relations for id in one.claims)
    yield from (one.claim for one in found.moments)
    yield from (id for one in found.comparisons for id in (one.first, one.second))
