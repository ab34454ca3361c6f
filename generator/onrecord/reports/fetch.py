"""Fetching web pages, to be saved as articles: one at a time, slowly, and only what a site lets robots have.

Nothing else in this program asks the web for anything.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from email.message import Message
from http.client import HTTPException, HTTPResponse
from typing import IO, TYPE_CHECKING
from urllib.error import HTTPError
from urllib.parse import urljoin, urlsplit
from urllib.request import (
    HTTPDefaultErrorHandler,
    HTTPErrorProcessor,
    HTTPHandler,
    HTTPRedirectHandler,
    HTTPSHandler,
    OpenerDirector,
    ProxyHandler,
    Request,
)

from onrecord import __version__
from onrecord.article.read import LARGEST_FILE
from onrecord.article.text_files import decode
from onrecord.errors import ArticleError
from onrecord.text.addresses import is_web_address

if TYPE_CHECKING:
    from protego import Protego

AGENT = f"onrecord/{__version__}"
"""What servers are told is asking."""
MOST_REDIRECTS = 5
"""As many as RFC 9309 (2.3.1.2) asks to follow on the way to a robots.txt."""
TIMEOUT = 20.0
"""For how many seconds a server may be silent."""
_LONGEST = 120.0
"""In how many seconds a page must have come as a whole: a server that sends a byte now and then is never silent."""
_LARGEST_ROBOTS = 500_000
"""The most bytes of a robots.txt that count, as RFC 9309 (2.5) asks for at least."""
_PIECE = 65_536
"""How many bytes are read before size and time are looked at again."""
_PAGE = ("text/html", "application/xhtml+xml")
_FEED_STARTS = (b"<?xml", b"<rss", b"<feed")
_FEED = ("application/rss+xml", "application/atom+xml", "application/xml", "text/xml", "application/rdf+xml")
_EXTRA = "run: pip install 'onrecord[documents]'"


@dataclass(frozen=True, slots=True)
class FetchedPage:
    """What an address leads to."""

    address: str
    """Where it was found in the end, after redirects."""
    text: str
    is_feed: bool = False


class _Redirects(HTTPRedirectHandler):
    """Follows a few redirects, to web addresses that robots may have."""

    max_redirections = MOST_REDIRECTS
    max_repeats = 2

    def __init__(self, check: Callable[[str], None]) -> None:
        self._check = check

    def redirect_request(self, req: Request, fp: IO[bytes], code: int, msg: str, headers: Message, newurl: str) -> Request | None:
        self._check(urljoin(req.full_url, newurl))
        return super().redirect_request(req, fp, code, msg, headers, newurl)  # type: ignore[arg-type]


@dataclass(slots=True)
class Fetcher:
    """Fetches pages one after the other."""

    pause: float = 1.0
    """How many seconds to wait between two requests."""
    largest: int = LARGEST_FILE
    """The most bytes of a page."""
    timeout: float = TIMEOUT
    _robots: dict[str, Protego | None] = field(default_factory=dict)
    """The rules of each site; None for one that lets nobody in."""
    _last: float = 0.0

    def fetch(self, address: str) -> FetchedPage:
        """The page at an address. Raises :class:`ArticleError` where it cannot be had, or is no page and no feed."""
        self._check(address)
        try:
            with closing(self._open(address, _opener(self._check))) as answer:
                kind, data = answer.headers.get_content_type(), _all_of(answer, self.largest, address)
                charset, final = answer.headers.get_content_charset(""), str(answer.url)
        except HTTPError as error:
            raise ArticleError(f"{address}: the server answers {error.code} ({_brief(error)}); check the address") from error
        except (OSError, HTTPException, ValueError) as error:
            raise ArticleError(f"{address}: cannot be fetched ({_brief(error)}); try again later, or save the page in a browser") from error
        is_feed = kind in _FEED or (kind not in _PAGE and data.lstrip().startswith(_FEED_STARTS))
        if kind not in _PAGE and not is_feed:
            raise ArticleError(f"{address}: is {kind}, and no web page; download it, and name the file")
        return FetchedPage(final, decode(address, data, "html", charset).removeprefix("\ufeff"), is_feed)

    def _check(self, address: str) -> None:
        """Raises :class:`ArticleError` for what is no web address, and where robots may not go."""
        if not is_web_address(address):
            raise ArticleError(f"{address}: is no web address; write it as https://...")
        rules = self._rules(address)
        if rules is None:
            raise ArticleError(f"{address}: the site's robots.txt cannot be had, so nobody may come in; try again later")
        if not rules.can_fetch(address, AGENT):
            raise ArticleError(f"{address}: the site's robots.txt does not let programs have this page; save it in a browser")

    def _rules(self, address: str) -> Protego | None:
        parts = urlsplit(address)
        site = f"{parts.scheme}://{parts.netloc}"
        if site not in self._robots:
            self._robots[site] = self._read_rules(site)
        return self._robots[site]

    def _read_rules(self, site: str) -> Protego | None:
        """The rules in a site's robots.txt. By RFC 9309 (2.3.1) a site without one may be read, and one that fails may not."""
        try:
            from protego import Protego
        except ImportError as error:
            raise ArticleError(f"{site}: fetching needs protego; {_EXTRA}") from error
        try:
            with closing(self._open(f"{site}/robots.txt", _opener(_nowhere_else))) as answer:
                return Protego.parse(answer.read(_LARGEST_ROBOTS).decode("utf-8", "replace"))
        except HTTPError as error:
            return Protego.parse("") if error.code < 500 else None
        except (OSError, HTTPException, ValueError):
            return None

    def _open(self, address: str, opener: OpenerDirector) -> HTTPResponse:
        time.sleep(max(0.0, self._last + self.pause - time.monotonic()))
        self._last = time.monotonic()
        request = Request(address, headers={"User-Agent": AGENT, "Accept": "text/html, application/xhtml+xml, */*;q=0.5"})
        answer: HTTPResponse = opener.open(request, timeout=self.timeout)
        return answer


def _opener(check: Callable[[str], None]) -> OpenerDirector:
    """What opens http and https, and nothing else."""
    # Not urllib's build_opener(), which also opens file:, ftp: and data: addresses: a page could lead to a file of this machine.
    opener = OpenerDirector()
    for handler in (ProxyHandler(), HTTPHandler(), HTTPSHandler(), HTTPDefaultErrorHandler(), _Redirects(check), HTTPErrorProcessor()):
        opener.add_handler(handler)
    return opener


def _nowhere_else(address: str) -> None:
    """Lets a robots.txt be anywhere on the web."""
    if not is_web_address(address):
        raise ArticleError(f"{address}: is no web address; write it as https://...")


def _all_of(answer: HTTPResponse, largest: int, address: str) -> bytes:
    until, pieces, length = time.monotonic() + _LONGEST, list[bytes](), 0
    while piece := answer.read1(_PIECE):
        pieces.append(piece)
        length += len(piece)
        if length > largest:
            raise ArticleError(f"{address}: more than {largest:,} bytes, which is no article; save its text alone")
        if time.monotonic() > until:
            raise ArticleError(f"{address}: has not come in {_LONGEST:.0f} seconds; try again later, or save the page in a browser")
    return b"".join(pieces)


def _brief(error: Exception) -> str:
    reason = getattr(error, "reason", None) or error
    return " ".join(str(getattr(reason, "strerror", None) or reason).split()) or type(error).__name__


def links_of(feed: FetchedPage, place: str) -> Iterator[str]:
    """The addresses of a feed's entries, in its order, each once. Raises :class:`ArticleError` for what is no feed, or has none."""
    try:
        import feedparser
    except ImportError as error:
        raise ArticleError(f"{place}: a feed needs feedparser; {_EXTRA}") from error
    # The text is decoded already, whatever encoding its first line names; a header outweighs that line.
    entries = feedparser.parse(feed.text.encode(), response_headers={"content-type": "application/xml; charset=utf-8"}).entries
    links = dict.fromkeys(urljoin(feed.address, str(entry.get("link", ""))) for entry in entries if entry.get("link"))
    if not links:
        raise ArticleError(f"{place}: a feed without an entry that leads to a page; name the pages themselves")
    yield from links
