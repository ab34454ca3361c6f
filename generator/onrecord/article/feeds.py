"""A feed (RSS, Atom) that was saved as a file: an article for each of its entries, with what the feed says of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path

from onrecord.article.markup import text_of_html
from onrecord.article.read import Source
from onrecord.article.text_mode import refuse_stray
from onrecord.errors import ArticleError
from onrecord.messages import note_of_many, visible
from onrecord.model import Meta
from onrecord.text.addresses import is_web_address, shortened, slugify

MOST_ENTRIES = 2_000
"""The most entries of a feed that are read."""


def parse_feed(place: str, data: bytes) -> Iterator[Source | ArticleError]:
    """The entries of a feed, in their order; in place of one without words what is wrong with it. ``place`` is what messages call the
    file. Raises :class:`ArticleError` for what is no feed."""
    try:
        import feedparser
    except ImportError as error:
        raise ArticleError(f"{place}: a feed needs feedparser; run: pip install 'onrecord[documents]'") from error
    feed = feedparser.parse(data)
    if not feed.version:
        raise ArticleError(f"{place}: is no feed (RSS, Atom); name a file of articles")
    if not feed.entries:
        raise ArticleError(f"{place}: the feed has no entries; save it anew when it has some, or name its pages")
    if len(feed.entries) > MOST_ENTRIES:
        note_of_many(place, f"only the first {MOST_ENTRIES:,} entries of the feed are read", ())
    outlet = _line(feed.feed.get("title"))
    for number, entry in enumerate(feed.entries[:MOST_ENTRIES], 1):
        try:
            yield _source(entry, f"{place}:{number}", outlet)
        except ArticleError as problem:
            yield problem


def _source(entry: Mapping[str, object], place: str, outlet: str) -> Source:
    text = _words(entry)
    if not text:
        raise ArticleError(f"{place}: the entry has no words; fetch its page, and read that")
    refuse_stray(text, place)
    title, link = _line(entry.get("title")), _line(entry.get("link"))
    meta = Meta(
        title=title,
        byline=_line(entry.get("author")),
        outlet=outlet,
        date=_day(entry.get("published_parsed") or entry.get("updated_parsed")),
        url=link if is_web_address(link) else "",
    )
    number = place.rpartition(":")[2]
    return Source(shortened(slugify(title or f"entry {number}")), visible(Path(place).name), "txt", f"{text}\n", meta)


def _words(entry: Mapping[str, object]) -> str:
    """The content of an entry; its summary where it has none."""
    contents = entry.get("content")
    values = [one.get("value") for one in contents if isinstance(one, Mapping)] if isinstance(contents, list) else []
    return next((text for value in (*values, entry.get("summary")) if isinstance(value, str) and (text := text_of_html(value))), "")


def _line(value: object) -> str:
    return " ".join(text_of_html(value).split()) if isinstance(value, str) else ""


def _day(parsed: object) -> str:
    """The time that feedparser has read, which is in UTC."""
    if not isinstance(parsed, tuple) or len(parsed) < 6:
        return ""
    try:
        return datetime(*(int(part) for part in parsed[:6]), tzinfo=UTC).isoformat()  # type: ignore[misc,arg-type]
    except ValueError:
        return ""
