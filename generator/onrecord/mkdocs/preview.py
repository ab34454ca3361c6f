"""What ``mkdocs serve`` shows: pages are made when a browser asks for them, and while an input is broken the last good ones are shown."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from html import escape
from pathlib import Path, PurePath
from posixpath import normpath
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, TypeVar

from jinja2 import Environment
from mkdocs.commands.build import _build_page, _populate_page
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation

from onrecord.errors import ArticleError, OnrecordError
from onrecord.mkdocs.pages import Backing, Ready, RenderedPage, ready, users_pages
from onrecord.model import Corpus, Report
from onrecord.render.engine.links import article_page
from onrecord.render.head import without_markup
from onrecord.render.site import Pages, PathLookup
from onrecord.render.views.assets import Asset

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment


T = TypeVar("T")

ARTICLES = "articles"
"""The name of the reports among the inputs of a site, for messages."""

_ROOT = re.compile(r'<div class="onrecord[^"]*">')
_BANNER = re.compile(r'<p class="orx-trouble" role="alert">[^<]*</p>')


class LastGood:
    """The inputs of the last site that could be built, and the reports on its articles. They stand in while an edit has broken
    something."""

    def __init__(self) -> None:
        self._reports: dict[str, Report] = {}
        self._problems: dict[str, str] = {}
        self._read: dict[str, Any] = {}
        """The inputs of the current build, by what they are called in messages."""
        self._good: dict[str, Any] = {}
        """The inputs of the last build that succeeded."""
        self._broken: dict[str, str] = {}

    def begin(self) -> None:
        """Forgets what was wrong at the build before."""
        self._problems.clear()
        self._broken.clear()
        self._read.clear()

    def read(self, what: str, read: Callable[[], T]) -> T:
        """What ``read`` returns, noted for :meth:`keep`."""
        self._read[what] = found = read()
        return found

    def kept(self, what: str, problem: OnrecordError) -> Any:
        """The input of the last good site in place of one with a problem, which is noted for the banner. Raises the problem where there was
        no good site."""
        if what not in self._good:
            raise problem
        self._broken[what] = str(problem)
        self._read[what] = self._good[what]
        return self._good[what]

    def note(self, problem: ArticleError) -> None:
        """Notes what is wrong with an article, for the banner."""
        self._problems[problem.article] = str(problem)

    def has(self, ids: Iterable[str]) -> bool:
        """Whether there is a good report on any of these articles."""
        return any(id in self._reports for id in ids)

    def instead(self, report: Report) -> Report | None:
        """The last good report on the same article; None where there is none, or it is this very report, which then is not good."""
        last = self._reports.get(report.article.id)
        return None if last is report else last

    def completed(self, reports: Sequence[Report], ids: Iterable[str]) -> tuple[Report, ...]:
        """The reports, with the last good ones on articles that have a problem, in the order of ``ids``."""
        made = {report.article.id: report for report in reports}
        kept = {id: report for id, report in self._reports.items() if id in self._problems}
        return tuple(report for id in ids if (report := made.get(id) or kept.get(id)))

    def keep(self, reports: Sequence[Report]) -> None:
        """Notes that a site could be built from these reports and the inputs that were read."""
        self._reports = {report.article.id: report for report in reports}
        self._good = self._read | {ARTICLES: tuple(reports)}

    def banner(self) -> str:
        """What is wrong, for the top of each page; empty where nothing is."""
        return " ".join(self._lines())

    def _lines(self) -> Iterator[str]:
        for what, problem in self._broken.items():
            yield f"{problem}. The pages show the {what} as they were before."
        for id, problem in self._problems.items():
            yield f"{problem}. {'The pages show this article as it was before.' if id in self._reports else 'It is left out.'}"


def with_banner(page: str, said: str) -> str:
    """One of our pages with a banner that says what is wrong; an older banner is taken out."""
    banner = f'<p class="orx-trouble" role="alert">{escape(said, quote=False)}</p>' if said else ""
    return _ROOT.sub(lambda root: root[0] + banner, _BANNER.sub("", page), count=1)


SEARCH_INDEX = "search/search_index.json"
"""The search index of MkDocs and of Material."""


class Preview:
    """Our pages and files in a served site, made when they are asked for. The user's own pages are built by MkDocs beforehand."""

    def __init__(
        self, pages: Pages, assets: Iterable[Asset], files: Files, config: MkDocsConfig, backing: Backing, *, titles: Mapping[str, str]
    ) -> None:
        """``titles`` are those that the user's nav gives to pages, by their paths in ``docs_dir``."""
        self.files = _FilesAndOurs(files, self.find)
        self._pages = pages
        self._assets = PathLookup(assets)
        self._config = config
        self._backing = backing
        self._titles = titles
        # Addresses of the user's own files, which come before ours.
        self._taken = {file.dest_uri: file for file in files}
        self._own = users_pages(files)
        self._found: dict[str, File | None] = {}
        self._theme: tuple[Navigation, Environment] | None = None
        self._made: set[str] = set()

    @property
    def corpus(self) -> Corpus:
        """What the pages show."""
        return self._pages.corpus

    def find(self, src_uri: str) -> File | None:
        """Our file with this path in ``docs_dir``; None if there is none, or if the user wrote one for the same address."""
        if src_uri not in self._found:
            file = self._page(src_uri) if src_uri.endswith(".md") else self._asset(src_uri)
            self._found[src_uri] = None if file is None or file.dest_uri in self._taken else file
        return self._found[src_uri]

    def _page(self, src_uri: str) -> File | None:
        path = src_uri.removesuffix(".md")
        title = self._pages.title(path)
        if title is None:
            return None
        file = self._backing.page_file(src_uri, self._config)
        RenderedPage(file, self._config, title=self._titles.get(src_uri, without_markup(title)), make=partial(self._ready, path, file))
        return file

    def _ready(self, path: str, file: File) -> Ready:
        draft = self._pages.find(path)
        assert draft is not None, "every index of a section is among its drafts"
        return ready(self._pages.make(draft), file, self._own, self._config, self._backing)

    def _asset(self, src_uri: str) -> File | None:
        # What else is asked for in vain, such as an icon, need not have the index of words made.
        asset = self._assets.find(src_uri) if src_uri.startswith(("assets/", "downloads/")) else None
        if asset is None:
            return None
        file = self._backing.file(src_uri, self._config)
        self._backing.write(file, asset.chunks())
        return file

    def indexes(self) -> Iterator[File]:
        """The pages for the navigation: ours of each section, or the one that the user wrote for its address."""
        for section in self._pages.sections:
            file = self._backing.page_file(f"{section.index}.md", self._config) if section.index else None
            shown = self._taken.get(file.dest_uri) or self.find(file.src_uri) if file else None
            if shown is not None:
                yield shown

    def begin(self, nav: Navigation, env: Environment) -> None:
        """Takes what is needed to make pages. From now on they can be made."""
        self._theme = nav, env

    def end(self) -> None:
        """Removes from the site what was made on demand, since MkDocs does not always empty the site before it builds. Copies of pages are
        kept, in case they cannot be made again."""
        for dest_uri in self._made:
            place = self._place(dest_uri)
            if dest_uri.endswith(".html") and place.is_file():
                self._backing.keep(dest_uri, place)
            place.unlink(missing_ok=True)

    def make(self, dest_uri: str) -> bool:
        """Makes the page or file at a path of the site. Returns whether there is something new. Raises :class:`OnrecordError`."""
        if self._theme is None or dest_uri in self._made or not self._put(dest_uri, *self._theme):
            return False
        self._made.add(dest_uri)
        return True

    def make_as_it_was(self, dest_uri: str, said: str) -> bool:
        """Puts the page of the site before at a path, with a banner that says what is wrong. Returns whether there was one."""
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
        """Removes the search index, which has the user's pages only. It is made again, with ours, when a browser asks for it."""
        self._place(SEARCH_INDEX).unlink(missing_ok=True)

    def _put_search(self) -> bool:
        """Makes the search index of all pages. Of ours it has titles, and all words of articles, without rendering the pages."""
        indexing = [plugin for plugin in self._config.plugins.values() if hasattr(plugin, "search_index")]
        for entry in self._entries() if indexing else ():
            for plugin in indexing:
                plugin.search_index.add_entry_from_context(entry)
        for plugin in indexing:
            plugin.on_post_build(config=self._config)
        return bool(indexing)

    def _entries(self) -> Iterator[Any]:
        """Stand-ins for pages that are not made yet, with the attributes that a search plugin reads."""
        texts = {article_page(report.article.id): report.article.text for report in self._pages.corpus.reports}
        for draft in self._pages.drafts():
            file = None if draft.repeats else self.find(f"{draft.path}.md")
            if file is not None and file.page is not None and file.dest_uri not in self._made:
                content = f"<h1>{escape(str(file.page.title))}</h1><p>{escape(texts.get(draft.path, ''))}</p>"
                yield SimpleNamespace(title=file.page.title, content=content, url=file.url, toc=[], meta={})

    def _place(self, dest_uri: str) -> Path:
        return Path(self._config.site_dir, dest_uri)


class _FilesAndOurs(Files):
    """The user's files. Looked up by path, as links and the navigation do, ours are found as well, and made then."""

    def __init__(self, files: Iterable[File], ours: Callable[[str], File | None]) -> None:
        super().__init__(files)
        self._ours = ours

    def get_file_from_path(self, path: str) -> File | None:
        return super().get_file_from_path(path) or self._ours(PurePath(path).as_posix())


def _sources(dest_uri: str) -> Iterator[str]:
    """The paths in ``docs_dir`` from which a path of the site may be made.

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
    """A WSGI application in front of that of MkDocs's server: what the server does not find is made, and asked for again."""

    def __init__(self, app: WSGIApplication, make: Callable[[str], bool], *, root: str) -> None:
        """``make`` takes a path of the site and returns whether there is something new; ``root`` is the path of the site on the server."""
        self._app = app
        self._make = make
        self._root = root

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """The answer to a request; where a page cannot be made, an error page that says why."""
        # Statuses and headers of all answers to this request; the last one is sent.
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
        """Makes the file at a path; where there is none, the index of the folder with this name, to which MkDocs's server then
        redirects."""
        path = f"{path}index.html" if path.endswith("/") or not path else path
        return any(self._make(normpath(f"/{one}").lstrip("/")) for one in (path, f"{path}/index.html"))
