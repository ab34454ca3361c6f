"""Whether a report that comes from elsewhere keeps to what our own keep to, as far as a page would trust it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime
from itertools import chain

from onrecord.addresses import is_web_address, safe_href
from onrecord.archive.blocks import wrong_blocks
from onrecord.archive.references import loose
from onrecord.archive.sizes import oversized
from onrecord.archive.words import disordered
from onrecord.article.publication import is_placeholder, today
from onrecord.file_names import is_id
from onrecord.masking import unmasked
from onrecord.model import Alias, Block, Findings, Mark, Meta, Moment, Quote, Report, Source, Span, Verdict, Withheld
from onrecord.traversal import inner_fields

_LONGEST = 200
"""Characters that a message repeats of a value."""
_PUBLISHED = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}(?:T.+)?")
"""A day of publication as an article has it once it is read: days are cut out of it, and sorted as text."""
_WHEN = re.compile(r"[0-9]{4}(?:-W[0-9]{2}|-[0-9]{2}(?:-[0-9]{2})?)?")


def unsound(report: Report, now: date | None = None) -> str:
    """What is wrong with the first thing that is; empty where nothing is.

    An article's id is the name of files. Addresses become links. What counts in the text must be in it, and ids must lead to something.
    ``now`` is the day on which it is read, as for an article; without it that is today.
    """
    if not is_id(report.article.id):
        return f"the article's id {report.article.id[:_LONGEST]!r} cannot be the name of a page"
    return next(chain(_unpublished(report.article.meta.date, now or today()), _wrong(report)), "")


def _unpublished(written: str, now: date) -> Iterator[str]:
    """What is wrong with a day of publication."""
    if written and not (_PUBLISHED.fullmatch(written) and _is_date(written)):
        yield f"its date {written[:_LONGEST]!r} is none, or not written as 2017-08-31"
    elif is_placeholder(written, now):
        yield f"its date {written[:_LONGEST]!r} stands for none"


def _wrong(report: Report) -> Iterator[str]:
    """Blocks are first: nobody may follow them down before it is known how deep they go."""
    yield from wrong_blocks(report.article)
    parts: list[Report | Findings] = [report, report.machine] if report.machine else [report]
    yield from _doubtful(report, len(report.article.text))
    yield from oversized(report.article, parts)
    yield from chain.from_iterable(map(loose, parts))
    yield from chain.from_iterable(map(disordered, parts))
    # Last, for it takes the report apart, and only what is sound otherwise can be.
    yield from filter(None, [unmasked(report)])


def _doubtful(value: object, length: int) -> Iterator[str]:
    """What is wrong in a value by itself, at any depth, on a text of this length."""
    if isinstance(value, tuple):
        for one in value:
            yield from _doubtful(one, length)
        return
    yield from chain(_misplaced(value, length), _misaddressed(value), _misdated(value), _miscounted(value, length))
    for name in inner_fields(type(value)):
        yield from _doubtful(getattr(value, name), length)


def _misplaced(value: object, length: int) -> Iterator[str]:
    if isinstance(value, Span | Block) and not 0 <= value.start <= value.end <= length:
        yield f"characters {value.start} to {value.end} are not in the article's text"
    if isinstance(value, Span) and not isinstance(value, Mark) and value.start == value.end:
        yield f"something stands at character {value.start} and has no words"


def _misaddressed(value: object) -> Iterator[str]:
    if isinstance(value, Mark) and value.href != safe_href(value.href):
        yield f"{value.href[:_LONGEST]!r} is no address to link to"
    if isinstance(value, Source | Meta) and value.url and not is_web_address(value.url):
        yield f"{value.url[:_LONGEST]!r} is no web address"


def _misdated(value: object) -> Iterator[str]:
    if isinstance(value, Verdict) and not _is_date(value.date):
        yield f"{value.date[:_LONGEST]!r} is no date"
    if isinstance(value, Moment) and not _is_when(value.value):
        yield f"{value.value[:_LONGEST]!r} is no date"


def _miscounted(value: object, length: int) -> Iterator[str]:
    if isinstance(value, Quote) and value.score is not None and not 0 <= value.score <= 1:
        yield f"{value.id[:_LONGEST]!r} has a score that is not between 0 and 1"
    if isinstance(value, Alias) and not 0 <= value.count <= length:
        yield f"{value.name[:_LONGEST]!r} cannot stand in it {value.count} times"
    if isinstance(value, Withheld) and not 0 <= value.shown_sentences <= value.sentences <= length:
        yield f"it cannot show {value.shown_sentences} of {value.sentences} sentences"


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
