"""Whether a report from elsewhere is of a size that its text can have: pages repeat what a report says, some of it many times."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import fields
from typing import Any

from onrecord.model import Article, Findings, Report, Span
from onrecord.traversal import inner_fields

_KINDS = tuple(one.name for one in fields(Findings))
_A_THOUSAND, _FEW = 500, 100
"""Of anything there may be so many for each thousand characters of text, and so many in any case. Our own reports on news have 36 mentions
for a thousand characters, 27 references from claims to actors, and 18 claims; where words are withheld, every other character is one."""
_TIMES = 20
"""How many times as long as the text the words may be, all together, in which findings of one kind stand. Words of a quote in a quote
count for each; our own reports on news come to 1.4."""
_NAME, _SENTENCE = 2_000, 20_000
"""Characters of what names something, and of what tells something."""


def oversized(article: Article, parts: Iterable[Report | Findings]) -> Iterator[str]:
    """What there is too much of for a text of this length."""
    size = len(article.text)
    for found in parts:
        yield from (f"it has {count:,} {what}, too many for {size:,} characters" for what, count in _counts(found) if count > _most(size))
        yield from (f"its {name} repeat the text too often" for name in _KINDS if _words(getattr(found, name)) > _TIMES * (size + _FEW))
        yield from (f"{text[:_SHOWN]!r}... is too long for a name" for text in _names(found) if len(text) > _NAME)
        yield from (f"{text[:_SHOWN]!r}... is too long for a reason" for text in _reasons(found) if len(text) > _SENTENCE)
    yield from (f"{text[:_SHOWN]!r}... is too long for a name" for text in _of_article(article) if len(text) > _NAME)


_SHOWN = 60
"""Characters of what is too long that a message repeats."""


def _most(size: int) -> int:
    return _FEW + size * _A_THOUSAND // 1000


def _counts(found: Report | Findings) -> Iterator[tuple[str, int]]:
    """How many there are of everything that a page may list."""
    yield from ((name, len(getattr(found, name))) for name in _KINDS)
    yield "mentions", sum(len(one.mentions) for one in found.actors)
    yield "aliases", sum(len(one.aliases) for one in found.actors)
    yield "roles", sum(len(one.roles) for one in found.actors)
    yield "actors that mentions may mean", sum(len(one.candidates) for one in found.undecided)
    yield "speakers", sum(len(one.speaker.candidates) + len(one.speaker.others) for one in found.quotes)
    yield "actors in claims", sum(len(one.about) + len(one.others) for one in found.claims)
    yield "claims under relations", sum(len(one.claims) for one in found.relations)
    if isinstance(found, Report):
        yield "notices", len(found.notices)


def _words(items: tuple[object, ...]) -> int:
    """The length of all spans in these items."""
    total, waiting = 0, list[Any](items)
    while waiting:
        one = waiting.pop()
        if isinstance(one, Span):
            total += max(0, one.end - one.start)
        elif isinstance(one, tuple):
            waiting += one
        else:
            waiting += [getattr(one, name) for name in inner_fields(type(one))]
    return total


def _names(found: Report | Findings) -> Iterator[str]:
    for actor in found.actors:
        yield from (actor.name, actor.given, *(one.name for one in actor.aliases), *(one.text for one in actor.roles))
    for quote in found.quotes:
        yield from (quote.rule, quote.cue.lemma if quote.cue else "")
    yield from (one.rule for one in found.claims)
    for relation in found.relations:
        yield from (relation.rule, relation.predicate)


def _reasons(found: Report | Findings) -> Iterator[str]:
    yield from (one.why for actor in found.actors for one in actor.mentions)
    yield from (one.why for one in found.undecided)
    yield from (one.why for one in found.comparisons)
    if isinstance(found, Report):
        yield from (one.message for one in found.notices)
        yield from (one.message for one in found.corrections)


def _of_article(article: Article) -> tuple[str, ...]:
    meta = article.meta
    return article.file, meta.title, meta.byline, meta.outlet, meta.lang
