"""Posts of social networks that an article shows whole: whose words they are is said by the line that they are signed with."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from onrecord.model import Article, Block, Span
from onrecord.text.quotation_marks import Quotation, without_edges

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
_SIGNATURE = re.compile(
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
    found = _SIGNATURE.search(text[start : within.end])
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
        words = [without_edges(article.text, _unsigned(article.text, leaf.span)) for leaf in leaves]
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


def _unsigned(text: str, leaf: Span) -> Span:
    signature = find_signature(text, leaf)
    return leaf if signature is None else Span(leaf.start, signature.span.start)
