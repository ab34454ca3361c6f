"""Finds what is between quotation marks, or set off: as a block quote, or as the post of a social network that an article shows whole.

Newsrooms mix straight and curly marks, turn them the wrong way round, use apostrophes as marks and forget closing ones. So each mark is
first read for what it may do where it is (open, close, or both), and then marks are paired within a paragraph. Whose words a post is, is
said by the line that it is signed with.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain, pairwise
from typing import Literal

from onrecord.model import Article, Block, Span

_MARK = re.compile(r"``|''|[\"\u201c\u201d\u201e\u201f\u00ab\u00bb\u2018\u2019\u201a\u201b\u2039\u203a']")
_OPENS = "\u201c\u201e\u201f\u00ab\u2018\u201a\u201b\u2039``"
_SINGLE = "\u2018\u2019\u201a\u201b\u2039\u203a'"
_LOW = "\u201e\u201a"
_RAISED = "\u201c\u2018"
"""The marks that close a low one: „so“, ‚so‘."""
_STRAIGHT = ('"', "''")
_BEFORE_OPENING = " \t\u00a0\n(\u2014\u2013-[/:\u2026"
_AFTER_CLOSING = " \t\u00a0\n.,;:!?)\u2014\u2013-]/\u2026"
_BEFORE_CLOSING = ".,!?;\u2026\u2014\u2013-"
"""What ends a quoted sentence before its closing mark."""
_ELIDED = re.compile(r"(?:\d\ds?|em|tis|twas|til|till|cause|bout|n|round|nuff|cos)\b", re.IGNORECASE)
"""Words that may begin with an apostrophe, which opens no quotation: "'90s", "'em" (The Chicago Manual of Style, 17th edition, 6.117)."""
# A name and a colon at the beginning of a paragraph: "Ann Lee: ".
_LABEL = re.compile(r"[A-Z][\w.'\u2019-]*+(?: [A-Z][\w.'\u2019-]*+){0,4} ?:\s*+")
_ELISION = 3
"""Fewer letters than these between single marks are no quotation but an elision: "rock 'n' roll"."""

MarkStyle = Literal["double", "single", "turn", "block", "post"]
"""A turn of a transcript (:mod:`onrecord.extract.transcript`), a block quote and a post have no marks, but give the very words."""


@dataclass(frozen=True, slots=True)
class Quotation:
    """A stretch of a paragraph inside quotation marks."""

    span: Span
    """With its marks."""
    inner: Span
    """Without them, and without white space at the edges."""
    style: MarkStyle
    closed: bool = True
    """Whether a closing mark was found; otherwise the quotation ends with its paragraph, or before the next opening mark."""
    runs_on: bool = False
    """Whether it has no closing mark because it goes on in the next paragraph."""
    continues: bool = False
    """Whether it goes on with a quotation from the paragraph before."""


@dataclass(frozen=True, slots=True)
class _Mark:
    span: Span
    glyph: str
    style: MarkStyle
    may_open: bool
    may_close: bool
    possessive: bool = False
    """Whether it may also be the apostrophe of a plural: "the players' union"."""
    number: bool = False
    """Whether it comes after a digit, as the sign for inches does: 12"."""


def find_quotations(text: str, paragraphs: Iterable[Span]) -> tuple[Quotation, ...]:
    """The outermost quotations of each paragraph, in text order. Titles of works in quotation marks are left out.

    >>> [q.inner.of("He said “yes” and left.") for q in find_quotations("He said “yes” and left.", [Span(0, 23)])]
    ['yes']
    """
    spans = tuple(without_edges(text, paragraph) for paragraph in paragraphs)
    found: list[list[Quotation]] = [_in_paragraph(text, paragraph) for paragraph in spans]
    for (before, after), (_, second) in zip(pairwise(found), pairwise(spans), strict=True):
        if before and after and _goes_on(before[-1], after[0], second):
            before[-1] = replace(before[-1], runs_on=True)
            after[0] = replace(after[0], continues=True)
    return tuple(
        quotation
        for paragraph, quotations in zip(spans, found, strict=True)
        for quotation in quotations
        if not (_is_title(quotation.inner.of(text)) and not _is_labelled(text, paragraph, quotation)) and not _is_lone_apostrophe(quotation)
    )


def _is_title(words: str) -> bool:
    """Whether it is the title of a work ("Gone With the Wind"): two or more words of four letters or more, all capitalised (APA Style, 7th
    edition, 6.17), and no stop at the end."""
    long = [word for word in words.split() if len(word.strip(".,;:!?\u2019'")) >= 4]
    return len(long) >= 2 and words[-1].isalnum() and all(word[0].isupper() and not word.isupper() for word in long)


def _is_labelled(text: str, paragraph: Span, quotation: Quotation) -> bool:
    """Whether only a name and a colon come before it, as in headlines. Their quotations look like titles: "Lee: ‘We Will Not Sell’"."""
    match = _LABEL.match(text, paragraph.start, quotation.span.start)
    return match is not None and match.end() == quotation.span.start


def _is_lone_apostrophe(quotation: Quotation) -> bool:
    """Whether it is an unclosed single mark, which is most likely an apostrophe, unless the quotation goes on in a neighbouring
    paragraph."""
    return quotation.style == "single" and not quotation.closed and not (quotation.runs_on or quotation.continues)


def _goes_on(before: Quotation, after: Quotation, paragraph: Span) -> bool:
    """Whether an unclosed quotation at the end of a paragraph goes on in the next one, which begins with the same kind of mark."""
    return not before.closed and before.style == after.style and after.span.start == paragraph.start


# --- marks ----------------------------------------------------------------------------------------------------------


def _read_mark(text: str, match: re.Match[str], paragraph: Span) -> _Mark | None:
    """What a mark may do, by its shape and the characters beside it; None for an apostrophe or the sign for inches."""
    glyph = match[0]
    before = text[match.start() - 1] if match.start() > paragraph.start else " "
    after = text[match.end()] if match.end() < paragraph.end else " "
    style: MarkStyle = "single" if glyph in _SINGLE else "double"
    span = Span(match.start(), match.end())
    if glyph in ("'", "\u2019"):
        return _read_apostrophe(text, span, before, after)
    if glyph == "\u2018" and ((before.isalnum() and after.isalnum()) or _ELIDED.match(text, span.end)):
        return None  # an apostrophe that a word processor took for an opening mark
    if glyph in _STRAIGHT:
        if glyph == "''" and before.isalnum() and after.isalnum():
            return None  # an apostrophe typed twice
        if glyph == '"' and before.isdigit() and _is_inch(text, match.start(), paragraph):
            return None
        may_open, may_close = _read_straight(before, after)
    else:
        # At the very beginning of a paragraph a mark opens and at its very end it closes, however it is shaped.
        first, last = span.start == paragraph.start, span.end == paragraph.end
        may_open, may_close = (first, last) if first != last else _read_shaped(glyph, before, after)
    return _Mark(span, glyph, style, may_open, may_close, number=glyph == '"' and before.isdigit())


def _read_apostrophe(text: str, span: Span, before: str, after: str) -> _Mark | None:
    """An apostrophe as a quotation mark. A straight one may open before a word, unless the word is one that begins with an apostrophe; a
    straight or curly one may close after a word. None where it does neither, as inside a word."""
    glyph = span.of(text)
    starts = glyph == "'" and (before in _BEFORE_OPENING or (not before.isalnum() and not before.isspace()))
    opens = starts and not after.isspace() and not _ELIDED.match(text, span.end)
    closes = not opens and not after.isalnum() and not before.isspace()
    possessive = closes and before in "sS" and after.isspace()
    return _Mark(span, glyph, "single", opens, closes, possessive) if opens or closes else None


def _read_straight(before: str, after: str) -> tuple[bool, bool]:
    """Whether a straight mark, which has the same shape at both ends, may open, and whether it may close."""
    opens = before in _BEFORE_OPENING or (not before.isalnum() and not before.isspace())
    closes = after in _AFTER_CLOSING or not after.isalnum()
    if after.isspace() and not before.isspace():
        opens = False
    if before.isspace() and not after.isspace():
        closes = False
    return opens or not closes, closes or not opens


def _read_shaped(glyph: str, before: str, after: str) -> tuple[bool, bool]:
    """Whether a curly or angle mark may open, and whether it may close: what its shape says, unless it is plainly turned the wrong way
    round, as in "word“ and"."""
    if glyph in _OPENS:
        ends = not before.isspace() and before not in "([/" and (after.isspace() or after in ".,;:!?)]")
        return not ends, ends or before in ".,!?"
    return before in " \t\u00a0\n([" and after.isalnum(), True


def _is_inch(text: str, at: int, paragraph: Span) -> bool:
    """Whether a mark is the sign for inches: there are feet before it, as in ``6'3"``."""
    return re.search(r"\d\s?['\u2019\u2032]\s?\d{1,2}$", text[max(paragraph.start, at - 8) : at]) is not None


# --- pairs ----------------------------------------------------------------------------------------------------------


def _in_paragraph(text: str, paragraph: Span) -> list[Quotation]:
    """The outermost quotations of a paragraph. Single marks inside double ones are nested, and so are double ones inside single ones."""
    marks = [mark for match in _MARK.finditer(text, paragraph.start, paragraph.end) if (mark := _read_mark(text, match, paragraph))]
    double = list(_pair_double(text, paragraph, [mark for mark in marks if mark.style == "double"]))
    outside = [mark for mark in marks if mark.style == "single" and _holder(double, mark.span.start) is None]
    single = list(_pair_single(text, paragraph, outside, double))
    kept = [quotation for quotation in double if _holder(single, quotation.span.start) is None]
    return sorted(kept + single, key=lambda quotation: quotation.span)


def _holder(quotations: list[Quotation], position: int) -> Quotation | None:
    """The quotation that holds a character; None if none does. The quotations are in text order."""
    at = bisect_right(quotations, position, key=lambda quotation: quotation.span.start) - 1
    return quotations[at] if at >= 0 and position < quotations[at].span.end else None


def _pair_double(text: str, paragraph: Span, marks: list[_Mark]) -> Iterator[Quotation]:
    """The outermost quotations in double marks. One that is never closed reaches to the next opening mark outside of it, or to the end of
    the paragraph."""
    closing = _match(_without_stray(paragraph, marks))
    opened = list(closing)
    end = paragraph.start
    for n, mark in enumerate(opened):
        if mark.span.start < end:
            continue  # inside the pair before it
        close = closing[mark]
        if close is not None:
            end = close.span.end
            quotation = _quotation(text, mark, close.span.start, end, closed=True)
        else:
            end = opened[n + 1].span.start if n + 1 < len(opened) else paragraph.end
            quotation = _quotation(text, mark, end, end, closed=False)
        if len(quotation.inner) > 0:
            yield quotation


def _match(marks: list[_Mark]) -> dict[_Mark, _Mark | None]:
    """For each opening mark, in text order, the mark that closes it, or None. A nested quotation is closed before the one around it."""
    closing: dict[_Mark, _Mark | None] = {}
    opened: list[_Mark] = []
    for n, mark in enumerate(marks):
        closes = mark.may_close or (mark.glyph in _RAISED and bool(opened) and opened[-1].glyph in _LOW)
        if opened and closes and not (mark.number and _closes_next(marks, n)):
            closing[opened.pop()] = mark
        elif mark.may_open:
            closing[mark] = None
            opened.append(mark)
    return closing


def _closes_next(marks: list[_Mark], n: int) -> bool:
    """Whether the next mark can only close. Then this one, after a number, is the sign for inches: “a 12" pipe”."""
    return n + 1 < len(marks) and marks[n + 1].may_close and not marks[n + 1].may_open


def _without_stray(paragraph: Span, marks: list[_Mark]) -> list[_Mark]:
    """The marks without a stray straight one at the start of the paragraph, which belongs to no quotation.

    Agencies put one before each paragraph that they take over from elsewhere, often without one at its end. It is told by the marks of the
    paragraph's own quotations, which are curly.
    """
    if len(marks) < 2 or marks[0].glyph != '"' or marks[0].span.start > paragraph.start:
        return marks
    if marks[1].span.start == marks[0].span.end and marks[1].glyph in _OPENS:
        last = marks[-1]
        around = last.glyph == '"' and last.span.end == paragraph.end
        return marks[1:-1] if around else marks[1:]
    unclosed = _match(marks).get(marks[0]) is None
    return marks[1:] if unclosed and all(mark.glyph not in _STRAIGHT for mark in marks[1:]) else marks


def _pair_single(text: str, paragraph: Span, marks: list[_Mark], double: list[Quotation]) -> Iterator[Quotation]:
    """Quotations in single marks. A pair around double marks must end like speech, after a stop or a mark; otherwise it is two
    apostrophes that happen to be there."""
    end = paragraph.start
    for n, mark in enumerate(marks):
        if not mark.may_open or mark.span.start < end:
            continue
        close = _single_close(text, marks, n)
        if close is not None:
            quotation = _quotation(text, mark, close.span.start, close.span.end, closed=True)
            holds = bisect_right(double, mark.span.start, key=_start) < bisect_right(double, close.span.start, key=_start)
            if len(quotation.inner) >= _ELISION and (not holds or _ends_speech(text, close)):
                yield quotation
                end = close.span.end
        elif mark.glyph != "'" and not double and mark.span.start == paragraph.start:
            quotation = _quotation(text, mark, paragraph.end, paragraph.end, closed=False)
            if len(quotation.inner) > 0:
                yield quotation
            return


def _start(quotation: Quotation) -> int:
    return quotation.span.start


def _single_close(text: str, marks: list[_Mark], n: int) -> _Mark | None:
    """The mark that closes a single one: of the marks before the next opening one, the first that cannot be the apostrophe of a plural; if
    all can be, the first."""
    first: _Mark | None = None
    for at in range(n + 1, len(marks)):
        if marks[at].may_open:
            break
        if not marks[at].possessive:
            return marks[at]
        first = first or marks[at]
    return first


def _ends_speech(text: str, close: _Mark) -> bool:
    """Whether a closing mark comes after a stop, a comma or another closing mark."""
    before = text[close.span.start - 1]
    return before in _BEFORE_CLOSING or before in '\u201d\u00bb"'


def _quotation(text: str, opening: _Mark, inner_end: int, end: int, *, closed: bool) -> Quotation:
    inner = without_edges(text, Span(opening.span.end, inner_end))
    return Quotation(Span(opening.span.start, end if closed else inner.end), inner, opening.style, closed)


def without_edges(text: str, span: Span) -> Span:
    """A span without the white space at its edges."""
    words = span.of(text)
    start = span.start + len(words) - len(words.lstrip())
    return Span(start, max(start, span.start + len(words.rstrip())))


_SIGNATURE = re.compile(r"(?:^|(?<=[.!?\u2026])\s)\s*(?:-{1,2}|[\u2013-\u2015])\s*[A-Z][^!?]{0,80}\Z")
"""The end of a block quote that says whose words it is: "— Ann Lee, mayor"."""


def find_block_quotations(article: Article, marked: Sequence[Quotation]) -> tuple[Quotation, ...]:
    """A quotation for each paragraph of a block quote without quotation marks, without the signature at its end, in text order.

    A block with quotation marks in it is left out: there the marks say what is quoted. So is an embedded post.
    """
    prose = {block.span for block in article.paragraphs()}
    found: list[Quotation] = []
    for quote in chain.from_iterable(_block_quotes(block) for block in article.blocks):
        if not _has_marks(quote, marked):
            leaves = [leaf.span for leaf in quote.leaves() if leaf.kind == "paragraph" and leaf.span in prose and not leaf.furniture]
            found.extend(_quotations([span for leaf in leaves if len(span := _unsigned(article.text, leaf)) > 0]))
    return tuple(found)


def _has_marks(quote: Block, marked: Sequence[Quotation]) -> bool:
    """Whether a quotation begins in a block; the quotations are in text order."""
    at = bisect_left(marked, quote.start, key=lambda quotation: quotation.span.start)
    return at < len(marked) and marked[at].span.start < quote.end


def _block_quotes(block: Block) -> Iterator[Block]:
    """The outermost block quotes in a block."""
    if block.kind == "block_quote":
        yield block
    else:
        yield from chain.from_iterable(_block_quotes(child) for child in block.children)


def _unsigned(text: str, leaf: Span) -> Span:
    signature = _SIGNATURE.search(leaf.of(text))
    words = leaf.of(text)[: signature.start()] if signature else leaf.of(text)
    return Span(leaf.start, leaf.start + len(words.rstrip()))


def _quotations(spans: Sequence[Span]) -> Iterator[Quotation]:
    """The paragraphs of one block quote as quotations, of which each goes on with the one before."""
    last = len(spans) - 1
    return (Quotation(span, span, "block", runs_on=n < last, continues=n > 0) for n, span in enumerate(spans))


# --- posts ------------------------------------------------------------------------------------------------------------


POST = "embedded post"
"""What :attr:`onrecord.model.Block.furniture` calls the words of a post and its signature. They are analysed, unlike other furniture."""

_LONGEST_SIGNATURE = 240
_MOST_PARAGRAPHS = 20
"""How many paragraphs of a post are looked through for its signature."""
MONTH = r"(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\.?"
DAY_OF_WEEK = r"(?:mon|tues?|wed(?:nes)?|thur?s?|fri|sat(?:ur)?|sun)(?:day)?\b\.?"
TIME = rf"(?:(?:{MONTH}|{DAY_OF_WEEK}|[ap]\.?m\.?|(?-i:[A-Z]{{2,4}})|at|on|\d+(?:st|nd|rd|th)?)\b\.?|[\d:.,/·|–—-])"
"""A part of a date with its time, as it is printed."""
_HANDLE = r"@[\w.-]{1,60}(?:@[\w.-]{1,80})?"
_NAME = r"(?P<{}>[^\n()@]{{0,80}}?)"
# The forms are those of the markup that X (Twitter), Bluesky, Instagram, Threads and Facebook give out for embedding.
_POST_SIGNATURE = re.compile(
    rf"(?:^|(?<=\s))(?:(?:[-‐-―]{{1,2}}|â)\s*{_NAME.format('dashed')}\s*\(?(?P<handle>{_HANDLE})\)?"
    rf"|an? (?:post|photo|video|reel) (?:shared|posted) by\s+{_NAME.format('shared')}\s*(?:\({_HANDLE}\))?"
    rf"|post(?:ed)? by\s+{_NAME.format('posted')}(?=\s+on\b))"
    rf"(?P<when>(?:\s*{TIME}){{0,20}}+)\s*\Z",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Signature:
    """The line with which a post ends: "— Dana Whit (@danawhit) November 18, 2019"."""

    span: Span
    name: Span
    """The name of who wrote it; the handle where there is no name."""
    dated: bool


def find_signature(text: str, within: Span) -> Signature | None:
    """The signature in which a stretch of a text ends, if it does.

    >>> text = "It is open. — Dana Whit (@danawhit) November 18, 2019"
    >>> find_signature(text, Span(0, len(text))).name.of(text)
    'Dana Whit'
    """
    start = max(within.start, within.end - _LONGEST_SIGNATURE)
    found = _POST_SIGNATURE.search(text[start : within.end])
    if found is None:
        return None
    named = next((group for group in ("dashed", "shared", "posted", "handle") if (found[group] or "").strip(" \t,·|-")), None)
    if named is None:
        return None
    name = _lettered(text, Span(start + found.start(named), start + found.end(named)))
    return Signature(Span(start + found.start(), within.end), name, any(map(str.isdigit, found["when"])))


def next_signature(text: str, start: int) -> Signature | None:
    """The signature of the post whose words end at a place: the first that ends a paragraph from there on."""
    end = start
    for _ in range(_MOST_PARAGRAPHS):
        line = text.find("\n\n", end)
        end = len(text) if line < 0 else line
        if end > start and (found := find_signature(text, Span(start, end))):
            return found
        if line < 0:
            break
        end += 2
    return None


def outside(quotations: Iterable[Quotation], posts: Sequence[Quotation]) -> tuple[Quotation, ...]:
    """The quotations that do not stand in a post: what its author quotes is part of what the author says."""
    starts = [post.span.start for post in posts]

    def is_inside(span: Span) -> bool:
        at = bisect_right(starts, span.start) - 1
        return at >= 0 and span.start < posts[at].span.end

    return tuple(one for one in quotations if not is_inside(one.span))


def _lettered(text: str, span: Span) -> Span:
    """A span from its first letter to its last: names have pictures at their edges."""
    letters = [at for at in range(span.start, span.end) if text[at].isalnum()]
    return Span(letters[0], letters[-1] + 1) if letters else span


def find_posts(article: Article) -> tuple[Quotation, ...]:
    """The words of each embedded post, a quotation for each of its paragraphs, without the signature, in text order."""
    found: list[Quotation] = []
    for leaves in _posts(article):
        words = [without_edges(article.text, _without_signature(article.text, leaf.span)) for leaf in leaves]
        spans = [span for span in words if len(span) > 0]
        found.extend(Quotation(span, span, "post", runs_on=n + 1 < len(spans), continues=n > 0) for n, span in enumerate(spans))
    return tuple(found)


def _posts(article: Article) -> Iterator[Sequence[Block]]:
    """The leaves of each post, the last of which ends in its signature."""
    post: list[Block] = []
    for leaf in article.leaves():
        if leaf.furniture == POST and leaf.boilerplate is None:
            post.append(leaf)
            if find_signature(article.text, leaf.span) is None:
                continue
        if post:
            yield post
            post = []
    if post:
        yield post


def _without_signature(text: str, leaf: Span) -> Span:
    signature = find_signature(text, leaf)
    return leaf if signature is None else Span(leaf.start, signature.span.start)
