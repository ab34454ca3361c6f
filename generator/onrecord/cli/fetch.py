"""``onrecord fetch``: pages of the web, saved as articles."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

import click

from onrecord.cli.group import complain, example, say
from onrecord.errors import ArticleError

if TYPE_CHECKING:
    from onrecord.archive.fetch import FetchedPage, Fetcher

_MOST = 50
"""How many entries of a feed are fetched."""


@click.command(epilog=example("onrecord fetch https://gazette.example/bridge --to docs/articles"))
@click.argument("addresses", metavar="URL...", nargs=-1, required=True)
@click.option(
    "--to", "folder", metavar="DIR", required=True, type=click.Path(path_type=Path, file_okay=False), help="The folder to save in."
)
@click.option(
    "--pause",
    metavar="SECONDS",
    type=click.FloatRange(min=0.0),
    default=1.0,
    show_default=True,
    help="How long to wait between two requests.",
)
def fetch(addresses: tuple[str, ...], folder: Path, pause: float) -> None:
    """Save web pages as articles.

    Each page is saved with its address and the time in front matter; of a feed (RSS, Atom) the pages of its entries. Pages are fetched one
    after the other, and only where the site's robots.txt lets programs have them. A page that is there already is left as it is.
    """
    from onrecord.archive.fetch import Fetcher

    fetcher, saved, failed = Fetcher(pause=pause), _saved_in(folder), 0
    for address in addresses:
        try:
            for page in _pages(fetcher, address):
                failed += page is None
                if page is not None:
                    _save(page, folder, saved)
        except ArticleError as problem:
            complain(problem)
            failed += 1
    if failed:
        raise click.exceptions.Exit(1)


def _pages(fetcher: Fetcher, address: str) -> Iterator[FetchedPage | None]:
    """The page at an address, or those of the entries of a feed there; None for each that cannot be had."""
    from onrecord.archive.fetch import links_of

    page = fetcher.fetch(address)
    if not page.is_feed:
        yield page
        return
    for number, link in enumerate(links_of(page, address)):
        if number == _MOST:
            complain(f"{address}: has more than {_MOST} entries, and the rest is left; name their pages")
            return
        try:
            yield fetcher.fetch(link)
        except ArticleError as problem:
            complain(problem)
            yield None


def _saved_in(folder: Path) -> set[str]:
    """The addresses of the pages that were saved in a folder before."""
    from onrecord.article.front_matter import split_front_matter

    found = set()
    for path in sorted(folder.glob("*.html")) if folder.is_dir() else ():
        try:
            head = path.open(encoding="utf-8-sig", errors="replace").read(10_000)
            found.add(split_front_matter(str(path), head)[0].url)
        except (OSError, ArticleError):
            continue  # whoever reads it as an article will be told
    return found


def _save(page: FetchedPage, folder: Path, saved: set[str]) -> None:
    from onrecord.assembly.write import replaced_file

    if page.address in saved:
        say(f"{page.address}: is there already", err=True)
        return
    path = _free(folder, page.address)
    folder.mkdir(parents=True, exist_ok=True)
    now = datetime.now(UTC).replace(microsecond=0).isoformat()
    # With a byte order mark, which counts before whatever encoding the page declares: it is UTF-8 now.
    head = f"\ufeff---\nurl: {json.dumps(page.address)}\nretrieved: {now}\n---\n"
    with replaced_file(path) as made:
        made.write_text(head + page.text, encoding="utf-8", newline="")
    saved.add(page.address)
    say(f"{page.address}: saved as {path}", err=True)


def _free(folder: Path, address: str) -> Path:
    """A path for the page that no file has, named after the last part of its address."""
    from onrecord.text.addresses import shortened, slugify

    parts = urlsplit(address)
    last = next((part for part in reversed(unquote(parts.path).split("/")) if part), parts.hostname or "")
    stem = shortened(slugify(last.removesuffix(".html").removesuffix(".htm")))
    paths = (folder / f"{stem}{number}.html" for number in ("", *(f"-{one}" for one in range(2, 10_000))))
    return next(path for path in paths if not path.exists())
