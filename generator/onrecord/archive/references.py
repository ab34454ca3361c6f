"""Whether a report from elsewhere hangs together: ids, references without circles, and no more of anything than its text can have."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields
from itertools import chain
from typing import Any

from onrecord.model import AUTHOR, Article, Claim, Findings, IdKind, Report, Span
from onrecord.structures.traversal import inner_fields, references
from onrecord.text.addresses import LONGEST_ID

_LONGEST = 200
"""Characters that a message repeats of an id."""
_ID = re.compile(rf"\w[\w.~-]{{0,{LONGEST_ID}}}")
"""What an id is made of, so that it can be an address on a page."""


def loose(found: Report | Findings) -> Iterator[str]:
    """Ids that lead to nothing or to several things, claims that are part of themselves or compared with themselves, and findings without
    any words."""
    named = list(references(tuple(getattr(found, one.name) for one in fields(Findings))))
    known: Mapping[IdKind, set[str]] = {
        "actor": {AUTHOR, *(one.id for one in found.actors)},
        "quote": {one.id for one in found.quotes},
        "claim": {one.id for one in found.claims},
    }
    for kind, ids in known.items():
        yield from (f"{_shown(id)} is the id of nothing in it" for of, id in named if of == kind and id not in ids)
    yield from _misnamed(found)
    yield from (f"{_shown(id)} is the id of more than one thing" for id in _shared(found))
    yield from (f"{_shown(one.id)} compares a claim with itself" for one in found.comparisons if one.first == one.second)
    yield from (f"{_shown(id)} is part of itself" for id in _circular(found.claims))
    wordless = chain((one.id for one in found.quotes if not one.content), (one.id for one in found.claims if not one.spans))
    yield from (f"{_shown(id)} has no words" for id in wordless)


def _shown(id: str) -> str:
    return repr(id[:_LONGEST])


def _misnamed(found: Report | Findings) -> Iterator[str]:
    """Ids that cannot be an address, and the narrator's where another has it, or the narrator another."""
    named = (found.actors, found.quotes, found.claims, found.relations, found.comparisons)
    yield from (f"{_shown(one.id)} is no id" for group in named for one in group if not _ID.fullmatch(one.id))
    yield from (
        f"{_shown(one.id)} is the narrator, or has its id" for one in found.actors if (one.id == AUTHOR) != (one.type == "narrator")
    )


def _shared(found: Report | Findings) -> Iterator[str]:
    """Ids of more than one actor, or of more than one item that an article's page has an address for."""
    items = [one.id for group in (found.quotes, found.claims, found.relations, found.comparisons) for one in group]
    for ids in ([one.id for one in found.actors], items):
        yield from (id for id, count in Counter(ids).items() if count > 1)


def _circular(claims: tuple[Claim, ...]) -> Iterator[str]:
    """A claim of each circle of claims that are part of one another."""
    parents = {one.id: one.parent for one in claims}
    done: set[str | None] = {None}
    for id in parents:
        path: set[str] = set()
        step: str | None = id
        while step is not None and step not in done and step not in path:
            path.add(step)
            step = parents.get(step)
        if step in path:
            yield str(step)
        done |= path


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
