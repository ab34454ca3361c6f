"""What a web page states about its article, in JSON-LD, in meta elements, in microdata and microformats, and last in the page itself.

Nothing is guessed from the words of the article. Where two places disagree, the more specific one counts, and a notice says so.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import TYPE_CHECKING

from onrecord.article.bylines import (
    credited,
    elements_of_article,
    is_account,
    is_agency,
    is_own_site,
    joined,
    seen_byline,
    share_names,
)
from onrecord.article.markup import articles_of, as_text, named_things, names_in, parse_things, plain_line
from onrecord.article.publication import first_date, is_placeholder, parse_written_date
from onrecord.model import Meta, Notice
from onrecord.text.addresses import is_web_address
from onrecord.text.typography import letters_of

if TYPE_CHECKING:
    from lxml.html import HtmlElement


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


# Names of meta elements: Open Graph's and schema.org's, Dublin Core's, and those that Parse.ly, Sailthru and Highwire Press document, in
# the order in which they count: what says "published" comes before a mere "date".
_DATES = _words(
    "article:published_time article:published article.published og:article:published_time og:published_time datepublished published_time "
    "parsely-pub-date sailthru.date citation_publication_date publication_date publication-date publish-date publish_date published-date "
    "pub_date pubdate date_published article_date_original dc.date.issued dcterms.issued dcterms.date dc.date dc.date.created "
    "dcterms.created datecreated article.created date"
)
_AUTHORS = _words(
    "author authors article:author article.author dc.creator dcterms.creator parsely-author sailthru.author citation_author byl"
)
_OUTLETS = _words("og:site_name application-name dc.publisher dcterms.publisher citation_journal_title")
_TITLES = _words("og:title parsely-title sailthru.title twitter:title dc.title dcterms.title citation_title")

_PLATFORMS = _words("blogger hosted tumblr wix wordpress wordpresscom")
"""Systems that publish sites of others, and name themselves where a site names nobody."""
_SEPARATOR = re.compile(r"(?<!\s)\s+[-|–—:·•»]\s+|(?<!\s)\s*\|\s*")
"""Stands between a headline and the name of a site."""
_AFTER_SITE = re.compile(rf"(?<!\s):\s+|{_SEPARATOR.pattern}")
"""Stands between the name of a site and a headline."""
_LONGEST_TITLE = 1_000
"""In a longer title the name of the site is not searched for."""
_FAR = timedelta(hours=38)
"""Two dates within this time may be one day in two time zones."""


@dataclass(frozen=True, slots=True)
class Extent:
    """What a page states of the length of its article."""

    words: int = 0
    """How many words it has; 0 where that is not stated."""
    paid: bool = False
    """Whether the page says that it is not free to read."""


class WebPage:
    """The statements of a parsed page about its article."""

    def __init__(self, page: HtmlElement, saved_from: str = "") -> None:
        self._page = page
        self._saved_from = saved_from
        self._metas = dict[str, list[str]]()
        for meta in page.iter("meta"):
            name = (meta.get("property") or meta.get("name") or meta.get("itemprop") or "").strip().lower()
            if name and (content := " ".join(meta.get("content", "").split())):
                self._metas.setdefault(name, []).append(content)
        scripts = [one.text or "" for one in page.iter("script") if one.get("type", "").strip().lower() == "application/ld+json"]
        things = parse_things([*scripts, *self._metas.get("parsely-page", ())])
        self._articles = articles_of(things, self._address())
        self._named_things = named_things(things)

    def meta(self, now: date) -> Meta:
        """Title, author, outlet, date and address. Of several dates the first counts that is no placeholder on the day ``now``."""
        names = self.outlets
        return Meta(
            title=self.title,
            byline=self._byline[0],
            outlet=names[0] if names else "",
            date=self._date(now)[0],
            url=self._address() or next(filter(is_web_address, map(_unarchived, self._texts("url"))), "") or self._saved_from,
        )

    def notices(self, now: date) -> tuple[Notice, ...]:
        """What the page states in two ways."""
        found = (
            ("two-dates", "day of publication", self._date(now)),
            ("two-bylines", "author", self._byline),
        )
        return tuple(
            Notice(code, f"The page states its {what} in two ways: {one}, which is taken, and {other}.")
            for code, what, (one, other) in found
            if other
        )

    @property
    def extent(self) -> Extent:
        """How long the article is by what the page states, and whether it is free to read."""
        words = next((int(text) for thing in self._articles if (text := str(thing.get("wordCount", ""))).isdecimal() and len(text) < 7), 0)
        body = next(self._texts("articleBody"), "")
        free = next((str(thing["isAccessibleForFree"]) for thing in self._articles if "isAccessibleForFree" in thing), "")
        return Extent(max(words, len(body.split())), free.rpartition("/")[2].casefold() in ("false", "no", "0"))

    # --- title -----------------------------------------------------------------------------------------------------

    @cached_property
    def title(self) -> str:
        """The headline, without the name of the site that many pages add to it; empty where the page has none."""
        return next((title for title in map(self._headline, self.titles) if title), "")

    @property
    def titles(self) -> tuple[str, ...]:
        """Everything that the page states as its title, as it stands there."""
        stated = (*self._texts("headline"), *self._named(_TITLES), *self._headings, *self._elements("title"))
        return tuple(dict.fromkeys(filter(None, map(plain_line, stated))))

    @cached_property
    def _headings(self) -> tuple[str, ...]:
        return tuple(self._elements("h1"))

    def _elements(self, tag: str) -> Iterator[str]:
        return (" ".join(one.text_content().split()) for one in self._page.iter(tag))

    def _headline(self, title: str) -> str:
        heads = {letters_of(head) for head in self._headings}
        names = set(map(letters_of, self._site_names))
        if len(title) > _LONGEST_TITLE:
            return title
        # "The Ledger: Ferry stays", and then "Ferry stays | News | The Ledger": a part goes only where it is a name of the site, or where
        # what is left is a heading of the page.
        before, after = next(((title[: one.start()], title[one.end() :]) for one in _AFTER_SITE.finditer(title)), ("", ""))
        if after and letters_of(before) in names and letters_of(title) not in heads:
            title = after
        while len(parts := list(_SEPARATOR.finditer(title))) and letters_of(title) not in heads:
            before, after = title[: parts[-1].start()], title[parts[-1].end() :]
            if not before or not (letters_of(after) in names or letters_of(before) in heads):
                break
            title = before
        return title

    @cached_property
    def _site_names(self) -> tuple[str, ...]:
        """Names that the site goes by, its address among them."""
        host = self._host()
        return (*self.outlets, *self._named(_OUTLETS), host, *host.split(".")[:-1])

    # --- who -------------------------------------------------------------------------------------------------------

    @cached_property
    def outlets(self) -> tuple[str, ...]:
        """Names of who published the article, the surest first. An agency that somebody else publishes is none."""
        of_articles = (name for thing in self._articles for name in names_in(thing.get("publisher"), self._named_things))
        stated = tuple(dict.fromkeys(filter(None, map(_outlet, (*of_articles, *self._named(_OUTLETS))))))
        host = self._host()
        own = tuple(name for name in stated if not is_agency(name) or not host or is_own_site(name, host))
        return own if own or host else stated

    def _agencies(self) -> Iterator[str]:
        """The agencies that the page states as where it has the article from."""
        for key in ("provider", "sourceOrganization", "publisher"):
            for thing in self._articles:
                yield from (name for name in names_in(thing.get(key), self._named_things) if is_agency(name) and name not in self.outlets)

    @cached_property
    def _byline(self) -> tuple[str, str]:
        """Who wrote the article, and who else the page says did; each empty where there is nobody. What is printed above the text counts
        before what the system states; what is only the name of the site is taken where nothing else is."""
        own = set(map(letters_of, self.outlets))
        found = list(dict.fromkeys(filter(None, self._authors())))
        named = [one for one in found if letters_of(one) not in own and not is_account(one)]
        seen = seen_byline(self._page)
        is_person = seen.names and letters_of(seen.names) not in own
        if is_person and (not named or (seen.printed and not share_names(seen.names, named[0]))):
            return seen.names, next((one for one in named if not share_names(seen.names, one)), "")
        first = next(iter((*named, *self._agencies(), *found, seen.names)), "")
        return first, next((one for one in named if not share_names(first, one)), "")

    def _authors(self) -> Iterator[str]:
        for key in ("author", "creator"):
            for thing in self._articles:
                yield joined(map(credited, names_in(thing.get(key), self._named_things)))
        for name in _AUTHORS:
            yield joined(map(credited, self._metas.get(name, ())))

    # --- when ------------------------------------------------------------------------------------------------------

    def _date(self, now: date) -> tuple[str, str]:
        """The date of publication, and another one that the page states for it."""
        written = (*self._texts("datePublished"), *self._named(_DATES), *self._texts("dateCreated"), *self._texts("pub_date"))
        stated = [parsed for parsed in map(parse_written_date, written) if parsed]
        found = stated if any(not is_placeholder(one, now) for one in stated) else [*stated, *_seen_dates(self._page)]
        first = first_date(found, now)
        days = [one for one in found if not is_placeholder(one, now)]
        if not days:
            return first, ""
        # A time is more specific than its day.
        timed = next((one for one in days if len(one) > len(first) and one.startswith(first)), first)
        return timed, next((one for one in days if _apart(one, timed) > _FAR), "")

    # --- where it is stated ----------------------------------------------------------------------------------------

    def _texts(self, key: str) -> Iterator[str]:
        return (text for thing in self._articles if (text := as_text(thing.get(key))))

    def _named(self, names: Iterable[str]) -> Iterator[str]:
        return (value for name in names for value in self._metas.get(name, ()))

    def _host(self) -> str:
        return re.sub(r"^https?://(?:www\.)?([^/:]+).*", r"\1", self._address())

    def _address(self) -> str:
        links = (link.get("href", "") for link in self._page.iter("link") if "canonical" in link.get("rel", "").lower().split())
        return next(filter(is_web_address, map(_unarchived, (*links, *self._metas.get("og:url", ())))), "")


def _unarchived(address: str) -> str:
    """An address without that of the archive that holds a copy of it: "web.archive.org/web/20260313091201/https://gazette.example/x"."""
    return re.sub(r"^https?://web\.archive\.org/web/\d+(?:[a-z]{2}_)?/(?=https?://)", "", address.strip())


def _outlet(name: str) -> str:
    name = plain_line(name)
    return "" if name.startswith("@") or letters_of(name) in _PLATFORMS or is_web_address(name) else name


def _apart(one: str, other: str) -> timedelta:
    """How far two dates lie apart, time zones aside."""
    first, second = (datetime.fromisoformat(text).replace(tzinfo=None) for text in (one, other))
    return abs(first - second)


# --- in the page itself --------------------------------------------------------------------------------------------


def _seen_dates(page: HtmlElement) -> Iterator[str]:
    """The dates of publication in the page itself: marked as that, or in the only times that there are around the headline."""
    times: list[str] = []
    for element in elements_of_article(page):
        words = f"{element.get('class') or ''} {element.get('itemprop') or ''}".lower()
        marked = "pubdate" in element.attrib or re.search(r"publish|pub-?date|entry-date", words) is not None
        if element.tag != "time" and not marked:
            continue
        texts = (
            element.get("datetime"),
            element.get("content"),
            element.get("data-pubdate"),
            element.get("title"),
            " ".join(element.text_content().split())[:100],
        )
        written = next((parsed for text in texts if text and (parsed := parse_written_date(text))), "")
        if written and marked and not re.search("updated?|modified", words.replace("entry-date published updated", "")):
            yield written
        elif written and element.tag == "time" and not re.search("updat|modif", words):
            times.append(written)
    if len({one[:10] for one in times}) == 1:
        yield times[0]
