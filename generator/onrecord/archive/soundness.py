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
from onrecord.model import AUTHOR, Block, Mark, Meta, Moment, Report, Source, Span

_LONGEST = 200
"""Characters that a message repeats of a value."""
_WHEN = re.compile(r"[0-9]{4}(?:-W[0-9]{2}|-[0-9]{2}(?:-[0-9]{2})?)?")


def unsound(report: Report) -> str:
    """What is wrong with the first thing that is; empty where nothing is.

    An article's id is the name of files. Addresses become links. What counts in the text must be in it, and ids must lead to something.
    """
    if not is_id(report.article.id):
        return f"the article's id {report.article.id[:_LONGEST]!r} cannot be the name of a page"
    return next(chain(_doubtful(report, len(report.article.text)), _dangling(report)), "")


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
    if isinstance(value, Moment) and not _WHEN.fullmatch(value.value):
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


@cache
def _nested(kind: type) -> tuple[str, ...]:
    """The fields of a dataclass that can hold more than text and numbers."""
    plain = ("str", "int", "bool", "float")
    return tuple(one.name for one in fields(kind) if str(one.type) not in plain) if is_dataclass(kind) else ()


def _dangling(report: Report) -> Iterator[str]:
    """References that lead to nothing."""
    actors = {AUTHOR, *(one.id for one in report.actors)}
    quotes, claims = {one.id for one in report.quotes}, {one.id for one in report.claims}
    named = [(one.speaker.actor, actors) for one in report.quotes]
    named += [(one.quote, quotes) for one in report.claims]
    named += [(id, claims) for one in report.relations for id in one.claims]
    yield from (f"{id[:_LONGEST]!r} is the id of nothing in it" for id, known in named if id is not None and id not in known)
