"""Our pages and files in the form that MkDocs wants: pages with their HTML ready, and a real file behind each."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime
from filecmp import cmp
from functools import cached_property
from io import FileIO
from os import SEEK_END, environ
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.pages import Page as MkDocsPage
from mkdocs.structure.toc import get_toc
from mkdocs.utils import get_build_date

from onrecord.assembly.folders import room_for, temporary_workshop
from onrecord.render.head import head_tags, without_markup
from onrecord.render.site import Heading, Page, outline

NO_DATE = datetime.fromtimestamp(0, UTC)
"""The date that stands in for the time of the build, so that two builds of the same articles give the same bytes."""
_NO_DATE = f"{NO_DATE:%Y-%m-%d}"


class Backing:
    """Real files behind those that we give to MkDocs, in a temporary folder. Some plugins fail on files that exist in memory only, and an
    archive would not fit there."""

    def __init__(self) -> None:
        self._kept = ExitStack()
        self._folder: Path | None = None
        self._folders: set[Path] = set()
        self._written: set[Path] = set()
        self._aside: FileIO | None = None
        self._source: str | None = None
        self._latest: tuple[int | None, str] = None, ""

    def begin(self) -> None:
        """Forgets what was put aside for the site before."""
        self._latest = None, ""
        if self._aside is not None:
            self._aside.truncate(0)

    def close(self) -> None:
        """Removes the files."""
        self._kept.close()
        self._folder = self._aside = self._source = None
        self._folders.clear()
        self._written.clear()

    def file(self, src_uri: str, config: MkDocsConfig) -> File:
        """A file of MkDocs, whose content has yet to be written."""
        return _file(src_uri, self._place(f"files/{src_uri}"), config)

    def page_file(self, src_uri: str, config: MkDocsConfig) -> File:
        """A file of MkDocs for a page, which was no Markdown before: all of them have one and the same empty source, for to open a file for
        each takes longer than to write its content where that of others is."""
        if self._source is None:
            place = self._place("page.md")
            with room_for(place):
                place.touch()
            self._source = str(place)
        return _file(src_uri, self._source, config)

    def write(self, file: File, chunks: Iterable[bytes]) -> None:
        """Writes the content of a file. One whose content did not change keeps its time of modification, by which ``--dirty`` knows that
        it need not be built again."""
        place = Path(str(file.abs_src_path))
        known = place in self._written
        fresh = place.with_name(f"{place.name}.new") if known else place
        if place.parent not in self._folders:
            place.parent.mkdir(parents=True, exist_ok=True)
            self._folders.add(place.parent)
        with room_for(fresh), fresh.open("wb") as out:
            out.writelines(chunks)
        if known and cmp(fresh, place, shallow=False):
            fresh.unlink()
        elif known:
            fresh.replace(place)
        self._written.add(place)

    def put_aside(self, text: str) -> Callable[[], str]:
        """What gives a text back; all of them lie in one file. The latest is remembered, for MkDocs asks for a page several times."""
        content, place = text.encode(), self._place("aside")
        size = len(content)
        aside = self._aside = self._aside or self._kept.enter_context(place.open("w+b", buffering=0))
        with room_for(place):
            start = aside.seek(0, SEEK_END)
            aside.write(content)

        def read() -> str:
            if self._latest[0] != start:
                aside.seek(start)
                self._latest = start, aside.read(size).decode()
            return self._latest[1]

        return read

    def keep(self, dest_uri: str, page: Path) -> None:
        """Keeps a copy of a finished page of the site, for :meth:`kept`."""
        place = self._place(f"kept/{dest_uri}")
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(page, place)

    def kept(self, dest_uri: str) -> str | None:
        """The copy of a finished page; None if none was kept."""
        place = self._place(f"kept/{dest_uri}")
        return place.read_text(encoding="utf-8") if place.is_file() else None

    def _place(self, path: str) -> Path:
        if self._folder is None:
            self._folder = self._kept.enter_context(temporary_workshop())
        return self._folder / path


def _file(src_uri: str, source: Path | str, config: MkDocsConfig) -> File:
    return File.generated(config, src_uri, abs_src_path=str(source), inclusion=InclusionLevel.NOT_IN_NAV)


@dataclass(frozen=True, slots=True)
class Ready:
    """What is known of a page once it is rendered. HTML and head are read from disk when they are needed."""

    html: Callable[[], str]
    head: Callable[[], str]
    headings: tuple[Heading, ...]
    description: str
    repeats: bool
    date: str
    links: dict[File, dict[str, str]]
    """Its links to anchors on pages that the user wrote in place of ours. MkDocs checks them like the links of the user's own pages; links
    between our pages are checked by us."""


def ready(page: Page, file: File, own: Mapping[str, File], config: MkDocsConfig, backing: Backing) -> Ready:
    """Writes the content and the head of a rendered page to disk, and returns what is known of it. ``own`` are :func:`users_pages`."""
    assert file.page is not None, "a file of ours has its page from the start"
    tags = head_tags(page, site_name=config.site_name, url=file.page.canonical_url or "")
    return Ready(
        html=backing.put_aside(page.html),
        head=backing.put_aside(tags),
        headings=page.headings,
        description=without_markup(page.description),
        repeats=page.repeats,
        date=page.meta.date if page.meta else "",
        links=_links_to(own, page) if own else {},
    )


class RenderedPage(MkDocsPage):
    """A page whose HTML is ready in a file. MkDocs does not run Markdown on it, and it is not held in memory while others are made."""

    def __init__(self, file: File, config: MkDocsConfig, *, title: str, make: Callable[[], Ready]) -> None:
        """``make`` renders the page. It is called once, when more of it is needed than title and address."""
        self._altered: str | None = None
        self._make = make
        super().__init__(title, file, config)
        if "SOURCE_DATE_EPOCH" not in environ:
            self.update_date = _NO_DATE

    @cached_property
    def ready(self) -> Ready:
        """The rendered page."""
        made = self._make()
        del self._make  # it may hold the page
        return made

    @property
    def content(self) -> str:
        """The HTML in the file, or what a plugin has set in its place."""
        return self.ready.html() if self._altered is None else self._altered

    @content.setter
    def content(self, value: str | None) -> None:
        self._altered = None if value is None or value == self.ready.html() else value

    @property
    def present_anchor_ids(self) -> set[str]:  # type: ignore[override]  # nobody but MkDocs's own render() sets it
        """The ids that the user's own pages may link to."""
        return set(outline(self.content)[0])

    def read_source(self, config: MkDocsConfig) -> None:
        self.markdown = ""
        self.links_to_anchors = self.ready.links
        # Material's search leaves out pages that say so; that of MkDocs ignores the key.
        self.meta = {"description": self.ready.description, **({"search": {"exclude": True}} if self.ready.repeats else {})}
        if self.ready.date:
            self.meta["date"] = datetime.fromisoformat(self.ready.date)  # feeds go by it

    def render(self, config: MkDocsConfig, files: Files) -> None:
        self.toc = get_toc(toc_tokens(self.ready.headings))


def take_dates(pages: Iterable[MkDocsPage]) -> None:
    """Replaces the dates of pages that are that of the build, unless the user has fixed the latter by ``SOURCE_DATE_EPOCH``."""
    today = get_build_date()
    for page in pages if "SOURCE_DATE_EPOCH" not in environ else ():
        if page.update_date == today:
            page.update_date = _NO_DATE


def toc_tokens(headings: Iterable[Heading]) -> list[Any]:
    """Headings nested by level, in the shape that MkDocs builds a table of contents from."""
    top: list[Any] = []
    open_: list[Any] = []
    for heading in headings:
        token = {"level": heading.level, "id": heading.id, "name": without_markup(heading.title), "children": []}
        while open_ and open_[-1]["level"] >= heading.level:
            open_.pop()
        (open_[-1]["children"] if open_ else top).append(token)
        open_.append(token)
    return top


def users_pages(files: Files) -> dict[str, File]:
    """The pages that the user wrote, by their paths in ``docs_dir`` without suffix."""
    pages = (file for file in files.documentation_pages() if file.generated_by is None)
    return {file.src_uri.removesuffix(".md"): file for file in pages if file.src_uri.endswith(".md")}


def _links_to(own: Mapping[str, File], page: Page) -> dict[File, dict[str, str]]:
    found: dict[File, dict[str, str]] = {}
    for link in page.links:
        file = own.get(link.page) if link.anchor else None
        if file is not None:
            found.setdefault(file, {})[link.anchor] = f"{file.src_uri}#{link.anchor}"
    return found
