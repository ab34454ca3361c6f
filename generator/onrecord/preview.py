"""What ``mkdocs serve`` shows: each page and file of the report is made when a browser asks for it.

An editor looks at a few pages of an archive after each correction, and does not wait for all the others.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from html import escape
from pathlib import Path, PurePath
from posixpath import normpath
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from jinja2 import Environment
from mkdocs.commands.build import _build_page, _populate_page
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation

from onrecord.errors import OnrecordError
from onrecord.last_good import with_banner
from onrecord.mkdocs_pages import Backing, Ready, RenderedPage, ready
from onrecord.render.assets import Asset
from onrecord.render.inert import inert
from onrecord.render.links import article_page
from onrecord.render.pages import Pages
from onrecord.render.sought import Sought

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

SEARCH_INDEX = "search/search_index.json"
"""What the search of MkDocs and that of Material look in."""


class Preview:
    """The pages and files of a report among the user's own, which MkDocs builds at once."""

    def __init__(
        self, pages: Pages, assets: Iterable[Asset], files: Files, config: MkDocsConfig, backing: Backing, *, titles: Mapping[str, str]
    ) -> None:
        """``titles`` are those that the user's nav gives to pages, by their paths in ``docs_dir``."""
        self.files = _FilesAndOurs(files, self.find)
        self._pages = pages
        self._assets = Sought(assets)
        self._config = config
        self._backing = backing
        self._titles = titles
        self._taken = {file.dest_uri: file for file in files}
        self._found: dict[str, File | None] = {}
        self._theme: tuple[Navigation, Environment] | None = None
        self._made: set[str] = set()

    def find(self, src_uri: str) -> File | None:
        """Our file of this path in ``docs_dir``; none if there is none, or if the user wrote another for its address."""
        if src_uri not in self._found:
            file = self._page(src_uri) if src_uri.endswith(".md") else self._asset(src_uri)
            self._found[src_uri] = None if file is None or file.dest_uri in self._taken else file
        return self._found[src_uri]

    def _page(self, src_uri: str) -> File | None:
        path = src_uri.removesuffix(".md")
        title = self._pages.title(path)
        if title is None:
            return None
        file = self._backing.file(src_uri, self._config)
        RenderedPage(file, self._config, title=self._titles.get(src_uri, inert(title)), make=partial(self._ready, path, file))
        return file

    def _ready(self, path: str, file: File) -> Ready:
        draft = self._pages.find(path)
        assert draft is not None, "every index of a section is among its drafts"
        return ready(self._pages.make(draft), file, self.files, self._config, self._backing)

    def _asset(self, src_uri: str) -> File | None:
        asset = self._assets.find(src_uri)
        if asset is None:
            return None
        file = self._backing.file(src_uri, self._config)
        self._backing.write(file, asset.chunks())
        return file

    def indexes(self) -> Iterator[File]:
        """What stands in the navigation: our page of each section, or the one that the user wrote for its address."""
        for section in self._pages.sections:
            file = self._backing.file(f"{section.index}.md", self._config) if section.index else None
            shown = self._taken.get(file.dest_uri) or self.find(file.src_uri) if file else None
            if shown is not None:
                yield shown

    def begin(self, nav: Navigation, env: Environment) -> None:
        """From now on pages can be made: MkDocs has all that it takes."""
        self._theme = nav, env

    def end(self) -> None:
        """Takes what was made out of the site: MkDocs itself leaves it there when it builds only what changed. Pages are kept, in case they
        cannot be made again."""
        for dest_uri in self._made:
            place = self._place(dest_uri)
            if dest_uri.endswith(".html") and place.is_file():
                self._backing.keep(dest_uri, place)
            place.unlink(missing_ok=True)

    def make(self, dest_uri: str) -> bool:
        """Puts what belongs there at a path of the site; tells whether there is more now than before. Raises :class:`OnrecordError`."""
        if self._theme is None or dest_uri in self._made or not self._put(dest_uri, *self._theme):
            return False
        self._made.add(dest_uri)
        return True

    def make_as_it_was(self, dest_uri: str, said: str) -> bool:
        """Puts the page there that the site before had, with what is ``said`` above it; tells whether there was one."""
        page = self._backing.kept(dest_uri)
        if page is None:
            return False
        place = self._place(dest_uri)
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(with_banner(page, said), encoding="utf-8")
        self._made.add(dest_uri)
        return True

    def _put(self, dest_uri: str, nav: Navigation, env: Environment) -> bool:
        if dest_uri == SEARCH_INDEX:
            return self._put_search()
        file = next((file for path in _sources(dest_uri) if (file := self.find(path)) and file.dest_uri == dest_uri), None)
        if file is None:
            return False
        if file.page is None:
            file.copy_file()
        else:
            _populate_page(file.page, self._config, self.files)
            _build_page(file.page, self._config, self.files.documentation_pages(), nav, env)
        return True

    def put_off_search(self) -> None:
        """Takes the search index away, which knows the user's pages alone, until a browser asks for it."""
        self._place(SEARCH_INDEX).unlink(missing_ok=True)

    def _put_search(self) -> bool:
        """The search index with all pages: with their titles, and the copies of articles with all their words."""
        indexing = [plugin for plugin in self._config.plugins.values() if hasattr(plugin, "search_index")]
        for entry in self._entries() if indexing else ():
            for plugin in indexing:
                plugin.search_index.add_entry_from_context(entry)
        for plugin in indexing:
            plugin.on_post_build(config=self._config)
        return bool(indexing)

    def _entries(self) -> Iterator[Any]:
        """Pages that are not made yet, with as much of them as a search plugin looks at."""
        texts = {article_page(report.article.id): report.article.text for report in self._pages.corpus.reports}
        for draft in self._pages.drafts():
            file = None if draft.repeats else self.find(f"{draft.path}.md")
            if file is not None and file.page is not None and file.dest_uri not in self._made:
                content = f"<h1>{escape(str(file.page.title))}</h1><p>{escape(texts.get(draft.path, ''))}</p>"
                yield SimpleNamespace(title=file.page.title, content=content, url=file.url, toc=[], meta={})

    def _place(self, dest_uri: str) -> Path:
        return Path(self._config.site_dir, dest_uri)


class _FilesAndOurs(Files):
    """The user's files; asked for one of ours by its path, as links and the nav do, it has that too."""

    def __init__(self, files: Iterable[File], ours: Callable[[str], File | None]) -> None:
        super().__init__(files)
        self._ours = ours

    def get_file_from_path(self, path: str) -> File | None:
        return super().get_file_from_path(path) or self._ours(PurePath(path).as_posix())


def _sources(dest_uri: str) -> Iterator[str]:
    """The paths in ``docs_dir`` of what may lie at a path of the site.

    >>> list(_sources("actors/ann/index.html")), list(_sources("index.html")), list(_sources("assets/names.js"))
    (['actors/ann.md', 'actors/ann/index.md'], ['index.md'], ['assets/names.js'])
    """
    if not dest_uri.endswith(".html"):
        yield dest_uri
        return
    path = dest_uri.removesuffix(".html")
    if path.endswith("/index"):
        yield path.removesuffix("/index") + ".md"
    yield f"{path}.md"


class OnDemand:
    """A WSGI application in front of MkDocs's own: what that does not find is made, and asked for again."""

    def __init__(self, app: WSGIApplication, make: Callable[[str], bool], *, root: str) -> None:
        """``make`` takes a path of the site, and tells whether there is more than before; ``root`` is the address of the site."""
        self._app = app
        self._make = make
        self._root = root

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """An answer; where something cannot be made, what is wrong."""
        told: list[tuple[str, list[tuple[str, str]]]] = []
        asked = environ["PATH_INFO"].encode("latin-1").decode("utf-8", "ignore")
        if "\0" in asked:  # no file has such a name, and MkDocs's server fails over it
            start_response("400 Bad Request", [("Content-Type", "text/plain; charset=utf-8")])
            return [b"A path with a NUL character leads nowhere."]
        while True:
            body = self._app(environ, lambda status, headers, _=None: told.append((status, headers)))  # type: ignore[arg-type]
            try:
                if not (told[-1][0].startswith("404") and asked.startswith(self._root) and self._make_any(asked.removeprefix(self._root))):
                    break
            except OnrecordError as error:
                told.append(("500 Internal Server Error", [("Content-Type", "text/plain; charset=utf-8")]))
                body = [str(error).encode()]
                break
        start_response(*told[-1])
        return body

    def _make_any(self, path: str) -> bool:
        """Makes a file, or where there is none the index of a folder, to which MkDocs then leads."""
        path = f"{path}index.html" if path.endswith("/") or not path else path
        return any(self._make(normpath(f"/{one}").lstrip("/")) for one in (path, f"{path}/index.html"))
