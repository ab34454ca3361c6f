"""What two readings of the same articles differ in, as a page that stands alone: no script, no address, its style within."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from onrecord.corpus.differences import SAID_KINDS, ArticleDifference, ChangedQuote, Differences, HeardQuote, total
from onrecord.render.engine.environment import make_environment


@dataclass(frozen=True, slots=True)
class Run:
    """Words of a quote that are set alike."""

    before: str
    """What stands between them and the words before: a space, or dots."""
    text: str
    """The words, with quotation marks where very words begin or end."""
    quoted: bool
    changed: bool
    """Whether the other reading has them not, or not as somebody's very words."""


@dataclass(frozen=True, slots=True)
class ToldQuote:
    """A quote as it is set on the page."""

    speaker: str
    kind: str
    standing: str
    """``denied`` or ``supposed``; empty where it counts as said."""
    runs: tuple[Run, ...]
    changed: tuple[str, ...] = ()
    """What the other reading has otherwise: ``words``, ``speaker``, ``kind``, ``standing``."""


@dataclass(frozen=True, slots=True)
class ToldArticle:
    """What is gained, lost and changed in an article."""

    title: str
    state: str
    """What became of the article itself; empty where its text is the same."""
    gained: tuple[ToldQuote, ...]
    lost: tuple[ToldQuote, ...]
    changed: tuple[tuple[ToldQuote, ToldQuote], ...]
    """Each before and after."""
    speakers_gained: tuple[str, ...]
    speakers_lost: tuple[str, ...]


def differences_html(found: Differences, *, old: str, new: str) -> str:
    """The page. ``old`` and ``new`` are what the two readings are called on it."""
    told = {one.article for one in found.articles}
    return (
        make_environment()
        .get_template("differences/page.html")
        .render(
            old=old,
            new=new,
            total=total(found),
            articles=tuple(_told_article(one, found) for one in found.articles),
            # Nobody is heard in them, so that there is nothing else to say of them.
            silent_gained=tuple(id for id in found.articles_gained if id not in told),
            silent_lost=tuple(id for id in found.articles_lost if id not in told),
        )
    )


def _told_article(one: ArticleDifference, found: Differences) -> ToldArticle:
    states = (
        (one.article in found.articles_gained, "a new article"),
        (one.article in found.articles_lost, "this article is gone"),
        (one.text_changed, "its text has changed"),
    )
    return ToldArticle(
        title=one.title,
        state=next((words for is_so, words in states if is_so), ""),
        gained=tuple(_told_quote(quote) for quote in one.gained),
        lost=tuple(_told_quote(quote) for quote in one.lost),
        changed=tuple(_told_change(change) for change in one.changed),
        speakers_gained=one.speakers_gained,
        speakers_lost=one.speakers_lost,
    )


def _told_change(change: ChangedQuote) -> tuple[ToldQuote, ToldQuote]:
    before, after = _words(change.before), _words(change.after)
    shorter = min(len(before), len(after))
    first = next((n for n in range(shorter) if before[n] != after[n]), shorter)
    rest = next((n for n in range(shorter - first) if before[-1 - n] != after[-1 - n]), shorter - first)
    return (
        _told_quote(change.before, change.what, range(first, len(before) - rest)),
        _told_quote(change.after, change.what, range(first, len(after) - rest)),
    )


def _words(quote: HeardQuote) -> list[tuple[str, bool]]:
    """Each word of a quote, and whether it is one of somebody's very words."""
    return [(word, segment.quoted) for segment in quote.segments for word in segment.text.split()]


def _told_quote(quote: HeardQuote, changed: tuple[str, ...] = (), marked: range = range(0)) -> ToldQuote:
    standing = "" if quote.standing == "said" else quote.standing
    return ToldQuote(quote.speaker, SAID_KINDS[quote.kind], standing, tuple(_runs(quote, marked)), changed)


def _runs(quote: HeardQuote, marked: range) -> Iterator[Run]:
    """The words of a quote in runs; the numbers of those that differ are in ``marked``."""
    number = 0
    for position, segment in enumerate(quote.segments):
        words = segment.text.split()
        pieces = [(number + at in marked, word) for at, word in enumerate(words)]
        number += len(words)
        runs = [(changed, " ".join(word for _, word in some)) for changed, some in groupby(pieces, key=lambda piece: piece[0])]
        gap = "" if position == 0 else " … " if quote.kind == "direct" else " "
        for at, (changed, text) in enumerate(runs):
            opening, closing = "“" * (segment.quoted and at == 0), "”" * (segment.quoted and at == len(runs) - 1)
            yield Run(" " if at else gap, f"{opening}{text}{closing}", segment.quoted, changed)
