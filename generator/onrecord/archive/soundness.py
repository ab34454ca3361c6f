"""Whether a report from elsewhere keeps to what our own keep to, as far as a page would trust it: words, blocks, fields."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from itertools import chain, pairwise

from onrecord.archive.references import loose, oversized
from onrecord.article.layout import MAX_NESTING
from onrecord.article.publication import is_placeholder, today
from onrecord.model import Alias, Article, Block, BlockKind, Findings, Mark, Meta, Moment, Quote, Report, Source, Span, Verdict, Withheld
from onrecord.permalinks.masking import unmasked
from onrecord.structures.traversal import inner_fields
from onrecord.text.addresses import is_id, is_web_address, safe_href


def disordered(found: Report | Findings) -> Iterator[str]:
    """Findings whose parts overlap or come in another order than their words do."""
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
"""How deep blocks may stand in one another: a table at the deepest place that a parser keeps has rows and cells besides."""
_LEAVES: frozenset[BlockKind] = frozenset({"heading", "paragraph", "code", "cell", "rule"})
_FIRST_NUMBER = 999_999_999
"""The largest number that an ordered list may begin with (CommonMark 0.31, section 5.3)."""
_LEVELS: dict[BlockKind, range] = {"heading": range(1, 7), "ordered_list": range(_FIRST_NUMBER + 1), "cell": range(2)}
_NO_LEVEL = range(1)
_LINES = range(1, 10**9)
_MARK = "\ufeff"
"""A byte order mark stays in the text of a file, and is nobody's word."""


def wrong_blocks(article: Article) -> Iterator[str]:
    """What is wrong with the blocks of an article, one thing after the other. What is nested too deep ends it: nothing else may follow
    blocks down there."""
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
    """Every block with its depth, from 1; by a list of what is to come, since who nested it may have meant to exhaust the stack."""
    waiting = [(block, 1) for block in reversed(blocks)]
    while waiting:
        block, depth = waiting.pop()
        yield block, depth
        waiting += [(child, depth + 1) for child in reversed(block.children)]


def _wrong_blocks(block: Block) -> Iterator[str]:
    """What is wrong with a block by itself, and with what it holds."""
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
    """An empty block stands where the text before it ends, which may be before the block that it is in."""
    return child.start == child.end or block.span.contains(child.span)


def _covers(block: Block, mark: Mark) -> bool:
    """An image and a break cover no text, everything else does."""
    return block.span.contains(mark) and (mark.start < mark.end or mark.kind in ("image", "break"))


def _disordered(leaves: list[Block], text: str) -> Iterator[str]:
    """Leaves that share words or stand in another order than their words, and words that stand in none."""
    yield from (
        f"the blocks at characters {one.start} to {one.end} and {other.start} to {other.end} overlap, or are out of order"
        for one, other in pairwise(leaves)
        if other.start < one.end
    )
    edges = [0, *(edge for leaf in leaves for edge in (leaf.start, leaf.end)), len(text)]
    gaps = zip(edges[::2], edges[1::2], strict=True)
    yield from (f"characters {start} to {end} stand in no block" for start, end in gaps if text[start:end].replace(_MARK, "").strip())


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
