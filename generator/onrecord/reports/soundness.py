"""Checks of a report that somebody else may have made, before it is shown.

The types of its fields were checked when it was decoded. Here it is checked that its ids lead somewhere, its spans lie in its text, its
addresses can be linked to, its blocks are in order, and that it does not have more of anything than a text of its length can have. Such a
report may be damaged, or made to attack the site: to smuggle in a link, or to exhaust memory or the stack.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import fields
from datetime import date, datetime
from itertools import chain, pairwise
from typing import Any

from onrecord.article.layout import MAX_NESTING
from onrecord.article.publication import is_placeholder, today
from onrecord.model import (
    AUTHOR,
    Alias,
    Article,
    Block,
    BlockKind,
    Claim,
    Findings,
    IdKind,
    Mark,
    Meta,
    Moment,
    Quote,
    Report,
    Source,
    Span,
    Verdict,
    Withheld,
)
from onrecord.model.traversal import inner_fields, references
from onrecord.text.addresses import LONGEST_ID, is_id, is_web_address, safe_href
from onrecord.text.masking import unmasked

_ID = re.compile(rf"\w[\w.~-]{{0,{LONGEST_ID}}}")
"""What an id must look like, so that it can be the id of an element and the name of a file."""


def wrong_ids(found: Report | Findings) -> Iterator[str]:
    """What is wrong with ids: they lead to nothing or to several things; claims are part of or compared with themselves; findings have no
    words. Each fault is a text that ends a sentence, as do those of the functions below."""
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
    """Ids that cannot be an address; and the id of the narrator where another actor has it, or another id where the narrator does."""
    named = (found.actors, found.quotes, found.claims, found.relations, found.comparisons)
    yield from (f"{_shown(one.id)} is no id" for group in named for one in group if not _ID.fullmatch(one.id))
    yield from (
        f"{_shown(one.id)} is the narrator, or has its id" for one in found.actors if (one.id == AUTHOR) != (one.type == "narrator")
    )


def _shared(found: Report | Findings) -> Iterator[str]:
    """Ids that more than one actor has; and ids that more than one of the other findings has, which share the page of the article."""
    items = [one.id for group in (found.quotes, found.claims, found.relations, found.comparisons) for one in group]
    for ids in ([one.id for one in found.actors], items):
        yield from (id for id, count in Counter(ids).items() if count > 1)


def _circular(claims: tuple[Claim, ...]) -> Iterator[str]:
    """The id of one claim of each circle of claims that are part of one another."""
    parents = {one.id: one.parent for one in claims}
    done: set[str | None] = {None}  # claims from which it is known where their parents lead
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
_PER_THOUSAND, _IN_ANY_CASE = 500, 100
"""How many findings of any kind there may be for each thousand characters of text, and how many in any case. Our own reports on news have
36 mentions for a thousand characters, 27 references from claims to actors, and 18 claims; where words are withheld, every other character
is one."""
_TIMES = 20
"""How many times as long as the text all spans of one kind of finding may be together. Words of a quote inside a quote count for each; our
own reports on news come to 1.4."""
_LONGEST_NAME, _LONGEST_MESSAGE = 2_000, 20_000
"""The most characters of a name, and of a message or a reason."""


def oversized(article: Article, parts: Iterable[Report | Findings]) -> Iterator[str]:
    """What there is too much of for a text of this length."""
    size = len(article.text)
    for found in parts:
        yield from (f"it has {count:,} {what}, too many for {size:,} characters" for what, count in _counts(found) if count > _most(size))
        yield from (
            f"its {name} repeat the text too often" for name in _KINDS if _words(getattr(found, name)) > _TIMES * (size + _IN_ANY_CASE)
        )
        yield from (f"{text[:_SHOWN]!r}... is too long for a name" for text in _names(found) if len(text) > _LONGEST_NAME)
        yield from (f"{text[:_SHOWN]!r}... is too long for a reason" for text in _reasons(found) if len(text) > _LONGEST_MESSAGE)
    yield from (f"{text[:_SHOWN]!r}... is too long for a name" for text in _of_article(article) if len(text) > _LONGEST_NAME)


_SHOWN = 60
"""How many characters a message repeats of a text that is too long."""


def _most(size: int) -> int:
    return _IN_ANY_CASE + size * _PER_THOUSAND // 1000


def _counts(found: Report | Findings) -> Iterator[tuple[str, int]]:
    """The number of everything that a page may list, each with what it is called in a message."""
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


def disordered(found: Report | Findings) -> Iterator[str]:
    """Findings whose spans overlap, or are in another order than the text."""
    parts = [*((one.id, one.content) for one in found.quotes), *((one.id, one.spans) for one in found.claims)]
    yield from (f"the parts of {id!r} overlap, or are out of order" for id, spans in parts if not _apart(spans))
    yield from (f"the mentions of {one.id!r} are out of order" for one in found.actors if not _in_order(one.mentions))
    if not _in_order(found.moments):
        yield "its moments are out of order"
    if isinstance(found, Report) and found.article.withheld is not None and not _apart(found.article.withheld.shown):
        yield "what it shows of its text overlaps, or is out of order"


def _apart(spans: Sequence[Span]) -> bool:
    return all(one.end <= other.start for one, other in pairwise(spans))


def _in_order(spans: Sequence[Span]) -> bool:
    return all(one.start <= other.start for one, other in pairwise(spans))


DEEPEST = MAX_NESTING + 10
"""How deep blocks may be nested: as deep as our parser goes, and deeper by the rows and cells of a table in the last place."""
_LEAVES: frozenset[BlockKind] = frozenset({"heading", "paragraph", "code", "cell", "rule"})
_FIRST_NUMBER = 999_999_999
"""The largest number that an ordered list may begin with (CommonMark 0.31, section 5.3)."""
_LEVELS: dict[BlockKind, range] = {"heading": range(1, 7), "ordered_list": range(_FIRST_NUMBER + 1), "cell": range(2)}
_NO_LEVEL = range(1)
_LINES = range(1, 10**9)
_MARK = "\ufeff"
"""A byte order mark. It stays in the text of a file that begins with one, and belongs to no block."""


def wrong_blocks(article: Article) -> Iterator[str]:
    """What is wrong with the blocks of an article. Where they are nested too deep, that is the last fault: to look further could exhaust
    the stack."""
    if article.text and not article.blocks:
        yield "its text stands in no block"
    blocks: list[Block] = []
    for block, depth in _in_text_order(article.blocks):
        if depth > DEEPEST:
            yield f"its blocks stand more than {DEEPEST} deep in one another"
            return
        blocks.append(block)
    yield from (
        f"a block of kind {one.kind}, characters {one.start} to {one.end}, {wrong}" for one in blocks for wrong in _wrong_blocks(one)
    )
    yield from _disordered([one for one in blocks if one.kind in _LEAVES], article.text)


def _in_text_order(blocks: tuple[Block, ...]) -> Iterator[tuple[Block, int]]:
    """Every block with its depth, from 1. Without recursion, because blocks may have been nested to exhaust the stack."""
    waiting = [(block, 1) for block in reversed(blocks)]
    while waiting:
        block, depth = waiting.pop()
        yield block, depth
        waiting += [(child, depth + 1) for child in reversed(block.children)]


def _wrong_blocks(block: Block) -> Iterator[str]:
    """What is wrong with a block and with what it holds."""
    if block.kind in _LEAVES and block.children:
        yield "holds other blocks"
    if block.kind not in _LEAVES and not block.children and block.start != block.end:
        yield "holds no block for its words"
    if block.kind not in _LEAVES and block.marks:
        yield "has marks, which only a block of text can have"
    if block.kind == "rule" and block.start != block.end:
        yield "is not empty"
    if block.level not in _LEVELS.get(block.kind, _NO_LEVEL):
        yield "has a level that it cannot have"
    if block.line not in _LINES:
        yield "begins on no line of a file"
    if any(not _holds(block, one) for one in block.children):
        yield "holds a block that reaches beyond it"
    if any(not _covers(block, one) for one in block.marks):
        yield "has a mark that does not stand in it"


def _holds(block: Block, child: Block) -> bool:
    """Whether a child lies in its block. An empty child need not: it stands where the text before it ends, perhaps before its block."""
    return child.start == child.end or block.span.contains(child.span)


def _covers(block: Block, mark: Mark) -> bool:
    """Whether a mark lies in its block, and covers text; only an image and a break may cover none."""
    return block.span.contains(mark) and (mark.start < mark.end or mark.kind in ("image", "break"))


def _disordered(leaves: list[Block], text: str) -> Iterator[str]:
    """Leaves that overlap or are in another order than the text, and words that are in no leaf."""
    yield from (
        f"the blocks at characters {one.start} to {one.end} and {other.start} to {other.end} overlap, or are out of order"
        for one, other in pairwise(leaves)
        if other.start < one.end
    )
    edges = [0, *(edge for leaf in leaves for edge in (leaf.start, leaf.end)), len(text)]
    gaps = zip(edges[::2], edges[1::2], strict=True)
    yield from (f"characters {start} to {end} stand in no block" for start, end in gaps if text[start:end].replace(_MARK, "").strip())


_LONGEST = 200
"""How many characters of a value a message repeats."""
_PUBLISHED = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}(?:T.+)?")
"""A date of publication as the program writes it. Pages cut the day out of it and sort dates as text, so that no other form will do."""
_WHEN = re.compile(r"[0-9]{4}(?:-W[0-9]{2}|-[0-9]{2}(?:-[0-9]{2})?)?")


def unsound(report: Report, now: date | None = None) -> str:
    """The first fault of a report, as a text for a message; empty where it has none.

    ``now`` is the day on which the report is read, today by default: "1970-01-01" or a day in the future is no date of publication.
    """
    if not is_id(report.article.id):
        return f"the article's id {report.article.id[:_LONGEST]!r} cannot be the name of a page"
    return next(chain(_unpublished(report.article.meta.date, now or today()), _wrong(report)), "")


def _unpublished(written: str, now: date) -> Iterator[str]:
    """What is wrong with a date of publication."""
    if written and not (_PUBLISHED.fullmatch(written) and _is_date(written)):
        yield f"its date {written[:_LONGEST]!r} is none, or not written as 2017-08-31"
    elif is_placeholder(written, now):
        yield f"its date {written[:_LONGEST]!r} stands for none"


def _wrong(report: Report) -> Iterator[str]:
    """All faults but those of id and date. Blocks come first, since the checks after them walk down the blocks by recursion."""
    yield from wrong_blocks(report.article)
    parts: list[Report | Findings] = [report, report.machine] if report.machine else [report]
    yield from _doubtful(report, len(report.article.text))
    yield from oversized(report.article, parts)
    yield from chain.from_iterable(map(wrong_ids, parts))
    yield from chain.from_iterable(map(disordered, parts))
    # Last, because it masks the report as a test, which only works with a report that is sound otherwise.
    yield from filter(None, [unmasked(report)])


def _doubtful(value: object, length: int) -> Iterator[str]:
    """What is wrong with single values anywhere in a report, on a text of this length."""
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
    """Whether it is an existing day, week, month or year: "2017-W35", not "2017-02-30"."""
    if not _WHEN.fullmatch(written):
        return False
    return _is_date(f"{written}-1" if "W" in written else f"{written}-01-01"[:10])  # its first day
