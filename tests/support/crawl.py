"""A crawler of built sites: follows every internal link of every page, anchors included."""

from __future__ import annotations

from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

HOST = "http://site.test"


class _References(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.ids: set[str] = set()
        self.links: list[str] = []
        self.requests: list[str] = []
        """What a browser fetches by itself: scripts, style sheets, images."""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        self.ids.update(value for name, value in values.items() if name == "id" or (tag == "a" and name == "name"))
        if "href" in values:
            self.links.append(values["href"])
        if tag == "link" and "canonical" not in values.get("rel", ""):
            self.requests.append(values.get("href", ""))
        if "src" in values:
            self.links.append(values["src"])
            self.requests.append(values["src"])


def _read(file: Path) -> _References:
    page = _References()
    page.feed(file.read_text(encoding="utf-8"))
    page.close()
    return page


def broken(site: Path, *, base: str = "/", index: bool = True, skip: tuple[str, ...] = ()) -> list[str]:
    """Every reference that leads nowhere when ``site`` is served at ``base``; ``index``: whether a folder is its index.html."""
    pages = {file: _read(file) for file in sorted(site.rglob("*.html")) if file.is_file() and file.name not in skip}
    assert pages, f"no page in {site}"
    return [
        f"{file.relative_to(site)}: {link}" for file, page in pages.items() for link in _broken_links(file, page, pages, site, base, index)
    ]


def _broken_links(file: Path, page: _References, pages: dict[Path, _References], site: Path, base: str, index: bool) -> Iterator[str]:
    here = f"{HOST}{base}{file.relative_to(site).as_posix()}"
    for link in page.links:
        url = urlsplit(urljoin(here, link))
        if f"{url.scheme}://{url.netloc}" != HOST:
            continue
        path = unquote(url.path)
        target = site / path.removeprefix(base) if path.startswith(base) else None
        if target is not None and index and (path.endswith("/")):
            target = target / "index.html"
        known = target is not None and target.is_file()
        anchors = pages[target].ids if target in pages else set()
        if not known or (url.fragment and unquote(url.fragment) not in anchors | {"__top"}):
            yield link


def third_parties(site: Path) -> set[str]:
    """Every address on another host that a browser would fetch by itself."""
    pages = (_read(file) for file in sorted(site.rglob("*.html")) if file.is_file())
    return {link for page in pages for link in page.requests if urlsplit(link).netloc}
