"""The MkDocs plugin: articles of the project become pages of its site."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack
from functools import partial
from logging import INFO, WARNING
from os import environ
from pathlib import Path
from threading import RLock, Thread
from typing import Any, Literal, TypeVar

import click
from jinja2 import Environment
from mkdocs.config import base
from mkdocs.config import config_options as c
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.contrib.search import SearchPlugin
from mkdocs.contrib.search.search_index import SearchIndex
from mkdocs.exceptions import PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin, event_priority, get_plugin_logger
from mkdocs.structure.files import File, Files, file_sort_key
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page as MkDocsPage
from mkdocs.utils import nest_paths
from mkdocs.utils.templates import TemplateContext
from watchdog.events import FileSystemEvent, FileSystemEventHandler

from onrecord.article import article_ids
from onrecord.article.folder import told_own
from onrecord.assembly.site import NO_INPUTS, Inputs, gather_corpus, read_articles, render_site, try_alone
from onrecord.corpus.lock import DEFAULT_LOCK, NO_LOCK, Lock, load_lock, new_addresses
from onrecord.corrections.reading import DEFAULT_CORRECTIONS, NO_CORRECTIONS, Corrections, load_corrections
from onrecord.errors import ArticleError, ArticleFault, OneLine, OnrecordError, OptionsError, notes_told
from onrecord.faults import defect, nothing_instead, without_faulty
from onrecord.gazetteer import NO_GAZETTEER, Gazetteer, load_gazetteer
from onrecord.manifest import marked
from onrecord.memory import NO_MEMORY, Memory
from onrecord.mkdocs.desk import Desk, Ledger, Shown, is_loopback
from onrecord.mkdocs.inputs import InputPaths, article_files, mkdocs_log, take_inputs, told_left_out
from onrecord.mkdocs.pages import NO_DATE, Backing, RenderedPage, ready, take_dates, users_pages
from onrecord.mkdocs.preview import ARTICLES, LastGood, OnDemand, Preview, with_banner
from onrecord.model import Corpus, Notice, Report
from onrecord.options import DEFAULT_MODEL, LONGEST, SHIPPED, TEXT_MODES, default_attribution
from onrecord.render.engine.links import UrlStyle, broken_links
from onrecord.render.head import without_markup, without_open_graph
from onrecord.render.site import Page, Pages
from onrecord.render.views.assets import SCRIPT, STYLE, Asset
from onrecord.render.views.site import checked_suggest
from onrecord.reports.cache import ReportCache, default_cache
from onrecord.reports.extraction import Reader, Reporter, cores
from onrecord.reports.reading import find_reports

T = TypeVar("T")

log = get_plugin_logger(__name__)
log.logger.addFilter(OneLine())

DEFAULT_ARTICLES = "articles"
"""The folder of articles in ``docs_dir``, unless the project names others."""


# Built-in themes load a highlighter from a CDN, and Material its fonts. A reader of a report should not be reported to third parties.
THIRD_PARTY = {"highlightjs": False, "font": False}


class Paths(c.ListOfPaths):
    """One path or a list of them, relative to ``mkdocs.yml``; each must exist."""

    def run_validation(self, value: object) -> list[str]:
        return super().run_validation([value] if isinstance(value, str) else value)


class OnrecordConfig(base.Config):
    """The options under ``plugins: - onrecord:`` in ``mkdocs.yml``."""

    articles = Paths()
    """Articles, or folders of them; ``docs_dir/articles`` when not given."""
    reports = Paths()
    """Reports that ``onrecord extract`` wrote, in place of articles."""
    model = c.Type(str, default=DEFAULT_MODEL)
    """An installed English spaCy pipeline, or a path to one, relative to ``mkdocs.yml``."""
    attribution = c.Optional(c.Type(str))
    """``trained``, ``rules``, or the path of a classifier of one's own, relative to ``mkdocs.yml``."""
    actors = c.Optional(c.File(exists=True))
    """A file that describes actors, relative to ``mkdocs.yml``."""
    corrections = c.Optional(c.File(exists=True))
    """The editors' corrections, relative to ``mkdocs.yml``; when not given, ``corrections.yml`` beside it if that exists."""
    lock = c.Optional(c.File(exists=True))
    """The published addresses, relative to ``mkdocs.yml``; when not given, ``onrecord.lock`` beside it if that exists."""
    cache = c.Type(bool, default=True)
    """Whether reports are kept on disk, so that an article is read once."""
    text = c.Choice(TEXT_MODES, default="full")
    """How much of an article's text the site shows; an article's own front matter may ask for less."""
    longest = c.Type(int, default=LONGEST)
    """The most characters of an article; a longer one is reported, and left out."""
    templates = c.Optional(c.Dir(exists=True))
    """A folder whose files replace shipped templates of the same name, relative to ``mkdocs.yml``."""
    strict_notices = c.Type(bool, default=False)
    """Whether a notice on an article (a quotation mark that is never closed) is a warning, at which ``--strict`` fails."""
    review = c.Type(bool, default=False)
    """Whether the site has the review queue; ``mkdocs serve`` always has it."""
    suggest = c.Optional(c.Type(str))
    """Where readers send corrections: an address with the places ``{title}`` and ``{entry}``; no such link where it is not given."""
    third_party = c.Type(bool, default=False)
    """Whether the theme may fetch fonts and scripts from other hosts, where it has an option for that."""


class _TitlesIndex(SearchIndex):
    """A search index of titles only. MkDocs's own parses the whole of every page even then, and uses nothing of it."""

    def add_entry_from_context(self, page: MkDocsPage) -> None:
        self._add_entry(title=page.title, text="", loc=page.url)


class OnrecordPlugin(BasePlugin[OnrecordConfig]):
    """Takes articles out of MkDocs's files and adds the pages of their reports.

    MkDocs keeps this object through a whole ``mkdocs serve``, because it defines ``on_startup``; with it live the spaCy
    pipeline and the reports on unchanged articles.
    """

    def __init__(self) -> None:
        self.reporter = Reporter(jobs=cores(), remember=True)
        self.rendered: tuple[Iterable[Page], Iterable[Asset]] | None = None
        """Pages and files that are rendered already, for ``onrecord build``; None where the options say what to read."""
        self._serving = False
        self._on_demand = False
        self._backing = Backing()
        self._nav: Navigation | None = None
        self._preview: Preview | None = None
        """The site that is being built, or was built last, where pages are made on demand."""
        self._shown: Preview | None = None
        """The same, from the end of its build until the next build begins: only then pages can be made."""
        self._made_from: tuple[tuple[Report, ...], Inputs] = ((), NO_INPUTS)
        """The reports before any correction, and the inputs, that the current build was made from."""
        self._own_corrections: Path | None = None
        """Where corrections are, or will be, for a command that has a project of its own."""
        self._making = RLock()
        self._memory = NO_MEMORY
        self._last_good = LastGood()
        self._docs = ""
        self._inputs: InputPaths | None = None
        """The inputs of the current build, or of the last one."""
        self._loading: Thread | None = None
        self._open = ExitStack()

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
        """Notes whether the site is served to editors. Without this method MkDocs would make a new plugin for each rebuild."""
        self._serving = command == "serve"
        self._memory = Memory() if self._serving else NO_MEMORY
        self._open.enter_context(notes_told(log.info))
        self._open.enter_context(mkdocs_log(self._is_among_articles))
        # Without live reload MkDocs does not call on_serve, so that pages could not be made on demand.
        called = click.get_current_context(silent=True)
        self._on_demand = self._serving and called is not None and bool(called.params.get("livereload"))
        self._own_corrections = called.params.get("corrections_to") if called is not None else None

    def on_serve(self, server: LiveReloadServer, *, config: MkDocsConfig, builder: Callable[..., None]) -> LiveReloadServer:
        """Puts a layer in front of the server that makes missing pages, and prepares for the first edit."""
        app = server.get_app()
        if self._on_demand and app is not None:
            made = OnDemand(app, self._make, root=server.mount_path)
            server.set_app(self._with_desk(made, server, config))
        if not self.config.reports:
            self._loading = self.reporter.load_ahead(self._model(config))  # not loaded yet if all reports came from the cache
        gc.freeze()  # most objects of now will stay, and need not be searched for garbage after each edit
        return server

    def _with_desk(self, app: OnDemand, server: LiveReloadServer, config: MkDocsConfig) -> Desk | OnDemand:
        """The application with a desk for corrections in front of it, where nobody else can reach the server."""
        file = Path(self._corrections_path(config) or self._own_corrections or _place_beside(config, DEFAULT_CORRECTIONS))
        server.observer.schedule(_Watch(file, server), str(file.parent), recursive=False)
        if not is_loopback(config.dev_addr.host):
            log.info(f"pages cannot write corrections: others can reach {config.dev_addr.host}; serve on 127.0.0.1 for that")
            return app
        return Desk(app, Ledger(_from_here(file)), self._shown_now, root=server.mount_path, port=config.dev_addr.port)

    def _shown_now(self) -> Shown | None:
        """What the site shows; None while it is being built."""
        with self._making:
            return None if self._shown is None else Shown(self._shown.corpus, *self._made_from)

    def _make(self, dest_uri: str) -> bool:
        """Makes the page or file at a path of the site; returns whether there is something new. While a site is being built it makes
        nothing: MkDocs's server then waits and asks again.

        A page that cannot be made is shown as it was in the last build. Raises :class:`OnrecordError` if there was none.
        """
        with self._making:
            if self._shown is None:
                return False
            try:
                return self._shown.make(dest_uri)
            except OnrecordError:
                raise
            except Exception as error:
                problem = defect(error)
                log.warning(f"{dest_uri}: {problem}")
                log.debug(problem.trace)
                if not self._shown.make_as_it_was(dest_uri, f"This page is shown as it was before, since {problem}."):
                    raise problem from error
                return True

    def on_shutdown(self) -> None:
        if self._loading is not None:
            self._loading.join()
        self._open.close()
        self._backing.close()

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        if not self.config.third_party:
            config.theme.update({option: value for option, value in THIRD_PARTY.items() if option in config.theme})
        config.watch.extend(self._watched(config))
        self._docs, self._inputs = config.docs_dir, self._inputs_of(config)
        return config

    def _is_among_articles(self, src_uri: str) -> bool:
        """Whether a file of MkDocs lies in a folder of articles; False before there is a configuration."""
        return self._inputs is not None and self._inputs.lies_among_articles(Path(self._docs, src_uri))

    def _inputs_of(self, config: MkDocsConfig) -> InputPaths:
        paths = [self.config.actors, self._corrections_path(config), self._lock_path(config), *self.config.reports]
        others = [Path(path) for path in (*paths, self._attribution(config)) if path and path not in SHIPPED]
        return InputPaths(self._article_paths(config), _usual(config), others=others, styling=_styling(config))

    def _watched(self, config: MkDocsConfig) -> list[str]:
        """The inputs outside of ``docs_dir``, which MkDocs has to be told to watch."""
        paths = [
            *self.config.articles,
            *self.config.reports,
            *filter(None, [self.config.actors, self._corrections_path(config), self._lock_path(config), self.config.templates]),
        ]
        return [path for path in paths if not Path(path).is_relative_to(config.docs_dir) and path not in config.watch]

    def _corrections_path(self, config: MkDocsConfig) -> str | None:
        own = str(self._own_corrections) if self._own_corrections and self._own_corrections.is_file() else None
        return self.config.corrections or own or _beside(config, DEFAULT_CORRECTIONS)

    def _lock_path(self, config: MkDocsConfig) -> str | None:
        return self.config.lock or _beside(config, DEFAULT_LOCK)

    def _gazetteer(self) -> Gazetteer:
        return load_gazetteer(_from_here(Path(self.config.actors))) if self.config.actors else NO_GAZETTEER

    def _corrections(self, config: MkDocsConfig) -> Corrections:
        path = self._corrections_path(config)
        return load_corrections(_from_here(Path(path))) if path else NO_CORRECTIONS

    def _lock(self, config: MkDocsConfig) -> Lock:
        path = self._lock_path(config)
        return load_lock(_from_here(Path(path))) if path else NO_LOCK

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        try:
            if self.rendered is not None:
                # The theme's error page and site map need the full address of the site, which is not known here. They are cleared only
                # now: a file of the theme that is no template when MkDocs collects files would be copied as it is.
                config.theme.static_templates.clear()
                files, indexes = self._with_all(files, config, *self.rendered)
            else:
                files, indexes = self._with_report(files, config)
        except OnrecordError as error:
            log.debug(getattr(error, "trace", ""))
            raise PluginError(str(error)) from error
        if config.nav is None:
            config.nav = _nav(indexes, files)
        if STYLE not in config.extra_css:
            config.extra_css.insert(0, STYLE)  # before the user's own, which may then change what ours says
        if SCRIPT not in config.extra_javascript:
            config.extra_javascript.append(SCRIPT)
        return files

    def _with_report(self, files: Files, config: MkDocsConfig) -> tuple[Files, list[File]]:
        """MkDocs's files with ours from the inputs that the options name, and the pages for the navigation."""
        self._memory.turn()
        self._last_good.begin()
        inputs = self._inputs_of(config)
        taken = take_inputs(files, inputs)
        gazetteer = self._or_as_it_was("given actors", self._gazetteer)
        corrections = self._or_as_it_was("corrections", partial(self._corrections, config))
        lock = self._or_as_it_was("locked addresses", partial(self._lock, config))
        reports = self._or_as_it_was(ARTICLES, partial(self._reports, inputs, taken, gazetteer, lock, config))
        given = Inputs(gazetteer, corrections, lock)
        shown: dict[str, Any] = {"templates": self._templates, "text": self.config.text}
        shown["for_review"] = self.config.review or self._serving
        shown |= {"title": config.site_name, "suggest": checked_suggest(self.config.suggest or "")}

        def make(reports: Sequence[Report]) -> tuple[Files, list[File]]:
            corpus = gather_corpus(reports, given, memory=self._memory)
            if not self._serving:
                gc.freeze()  # reports and corpus stay to the end of the build: to look through them for garbage takes a twentieth of it
            style: UrlStyle = "directory" if config.use_directory_urls else "file"
            # Other themes have a search of their own, over all words of all pages.
            searched = bool(config.theme.get("search"))
            made = render_site(corpus, style=style, lock=lock, memory=self._memory, with_said=searched, **shown)
            with_report = self._with_preview(files, config, *made) if self._on_demand else self._with_all(files, config, *made)
            _tell_new_addresses(lock, corpus)
            if self._serving:
                self._made_from = tuple(reports), given
                self._last_good.keep(reports)
            return with_report

        instead = self._last_good.instead if self._serving else nothing_instead
        return without_faulty(reports, make, partial(try_alone, inputs=given, **shown), self._leave_out, instead)

    def _or_as_it_was(self, what: str, read: Callable[[], T]) -> T:
        """What ``read`` returns. Where it fails under ``mkdocs serve``, what the last good site was made from, if there was one, with a
        warning: a typo in a file must not take the site away from the editor."""
        if not self._serving:
            return read()
        try:
            return self._last_good.read(what, read)
        except OnrecordError as problem:
            kept: T = self._last_good.kept(what, problem)
            log.warning(str(problem))
            return kept

    def _leave_out(self, problem: ArticleError) -> None:
        """Warns of an article that is left out, or shown as it was before."""
        log.warning(str(problem))
        if isinstance(problem, ArticleFault):
            log.debug(problem.trace)
        self._last_good.note(problem)

    def _with_preview(self, files: Files, config: MkDocsConfig, pages: Pages, assets: Iterable[Asset]) -> tuple[Files, list[File]]:
        """MkDocs's files with ours, which are made on demand, and the pages for the navigation."""
        self._preview = Preview(pages, assets, files, config, self._backing, titles=dict(_nav_titles(config.nav)))
        return self._preview.files, list(self._preview.indexes())

    def _with_all(self, given: Files, config: MkDocsConfig, pages: Iterable[Page], assets: Iterable[Asset]) -> tuple[Files, list[File]]:
        """MkDocs's files with all of ours, which are made now, and the pages for the navigation."""
        files, indexes = Files(given), list[File]()
        for asset in assets:
            if asset.path not in files.src_uris:
                file = self._backing.file(asset.path, config)
                self._backing.write(file, asset.chunks())
                _put(file, files)
        # Pages are made, added and checked in one pass, so that none is held.
        for link in broken_links(self._added(pages, files, config, indexes)):
            target = "#".join(filter(None, (link.target.page, link.target.anchor)))
            log.warning(f"{link.page}: its link to {target} leads nowhere; report this as a defect")
        return files, indexes

    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> None:
        self._nav = nav

    def on_env(self, env: Environment, *, config: MkDocsConfig, files: Files) -> None:
        take_dates(file.page for file in files.documentation_pages() if file.page is not None)
        env.auto_reload = False  # the environment is for this build only, and looking for changed templates costs three stats a page
        if self._preview is not None and self._nav is not None:
            self._preview.begin(self._nav, env)

    @event_priority(-100)  # after the search plugin has made its index
    def on_post_build(self, *, config: MkDocsConfig) -> None:
        if self._preview is not None:
            self._preview.put_off_search()
            self._shown = self._preview

    @event_priority(-100)  # after the search plugin has made its own
    def on_pre_build(self, *, config: MkDocsConfig) -> None:
        """Stops showing the site of the build before. Where MkDocs's search lists titles only, gives it an index that saves a third of the
        time of a build."""
        with self._making:
            if self._shown is not None:
                self._shown.end()
            self._preview = self._shown = None
            self._backing.begin()
        search: Any = config.plugins.get("search")
        if isinstance(search, SearchPlugin) and search.config["indexing"] == "titles":
            search.search_index = _TitlesIndex(**search.config)

    def on_page_context(self, context: TemplateContext, *, page: MkDocsPage, config: MkDocsConfig, nav: Navigation) -> TemplateContext:
        if "SOURCE_DATE_EPOCH" not in environ:
            context["build_date_utc"] = NO_DATE
        return context

    def on_post_page(self, output: str, *, page: MkDocsPage, config: MkDocsConfig) -> str:
        """The page with the mark of this program; one of ours also with OpenGraph and JSON-LD, which a theme could not write."""
        output = marked(output)
        if not isinstance(page, RenderedPage):
            return output
        head = page.ready.head()
        if 'property="og:title"' in output:  # a plugin for social cards was here
            head = without_open_graph(head)
        output = output.replace("</head>", head + "</head>", 1)
        return with_banner(output, self._last_good.banner()) if self._serving else output

    def on_post_template(self, output_content: str, *, template_name: str, config: MkDocsConfig) -> str:
        """The site map without :data:`NO_DATE`; pages of the theme, such as the error page, with the mark of this program."""
        if template_name.endswith(".html"):
            return marked(output_content)
        return output_content.replace(f"<lastmod>{NO_DATE:%Y-%m-%d}</lastmod>", "") if template_name == "sitemap.xml" else output_content

    @property
    def _templates(self) -> Path | None:
        return _from_here(Path(self.config.templates)) if self.config.templates else None

    def _article_paths(self, config: MkDocsConfig) -> list[Path]:
        """The paths of articles relative to the working folder, as messages should name them."""
        return [_from_here(Path(path)) for path in self.config.articles or [str(_usual(config))]]

    def _reports(self, inputs: InputPaths, taken: list[File], gazetteer: Gazetteer, lock: Lock, config: MkDocsConfig) -> tuple[Report, ...]:
        """The reports that the options name, or those on the articles; with a warning of each file among articles that is not read."""
        sources = [] if self.config.reports else self._sources(inputs, taken, config)
        for line in (line for folder in inputs.looked_into() for line in told_own(folder)):
            log.info(line)
        for line in told_left_out(inputs, taken, sources, config, _from_here):
            log.warning(line)
        return self._extracted(sources, gazetteer, lock, config) if sources else self._given_reports()

    def _given_reports(self) -> tuple[Report, ...]:
        """The reports that the option ``reports`` names."""
        paths = [str(_from_here(Path(path))) for path in self.config.reports]
        reports = find_reports(paths)
        if reports is None:
            raise OptionsError(
                f"{', '.join(paths)}: no reports there; name what onrecord extract wrote, or articles with the option articles"
            )
        return tuple(reports)

    def _sources(self, inputs: InputPaths, taken: list[File], config: MkDocsConfig) -> list[Path]:
        usual = _usual(config)
        if not self.config.articles and not usual.is_dir():
            raise OptionsError(f"{_from_here(usual)}: no such folder; put articles there, or name their place with the option articles")
        return article_files(inputs, taken, config)

    def _extracted(self, sources: list[Path], gazetteer: Gazetteer, lock: Lock, config: MkDocsConfig) -> tuple[Report, ...]:
        """The reports on the articles in these files."""
        ids = article_ids(sources, lock.ids_of(sources))
        reading = read_articles(sources, lock, longest=self.config.longest, memory=self._memory)
        # Of a single article nothing would be left: its own message says more than that there is no article.
        if len(sources) == 1 and reading.problems and not (self._serving and self._last_good.has(ids)):
            raise reading.problems[0]
        for problem in reading.problems:
            self._leave_out(problem)
        model = self._model(config)
        attribution = self._attribution(config)
        if self.config.cache and self.reporter.cache is None:
            self.reporter.cache = ReportCache(default_cache(), log.info)
        made = tuple(self.reporter.reports(reading.articles, Reader(model, attribution, gazetteer), self._leave_out))
        reports = self._last_good.completed(made, ids) if self._serving else made
        if not reports:
            raise ArticleError("none of the articles can be read; mend one of them")
        for report in reports:
            for notice in report.notices:
                log.log(WARNING if self.config.strict_notices else INFO, f"{report.article.file}: {_place(notice)}{notice.message}")
        return reports

    def _attribution(self, config: MkDocsConfig) -> str:
        chosen = self.config.attribution or default_attribution()
        return chosen if chosen in SHIPPED else str(Path(config.config_file_path or "").parent / chosen)

    def _model(self, config: MkDocsConfig) -> str:
        beside = Path(config.config_file_path or "").parent / self.config.model
        return str(beside) if beside.is_dir() else self.config.model

    def _added(self, pages: Iterable[Page], files: Files, config: MkDocsConfig, indexes: list[File]) -> Iterator[Page]:
        """Adds each page to MkDocs's files, unless the user has written one for the same address, and then yields it. Pages for the
        navigation are added to ``indexes``."""
        titles = dict(_nav_titles(config.nav))
        taken, own = {file.dest_uri: file for file in files.documentation_pages()}, users_pages(files)
        for page in pages:
            file = self._backing.page_file(f"{page.path}.md", config)
            if file.dest_uri not in taken:
                _put(file, files)
                make = partial(ready, page, file, own, config, self._backing)
                made = RenderedPage(file, config, title=titles.get(file.src_uri, without_markup(page.title)), make=make)
                made.links_to_anchors = made.ready.links
            if page.in_nav:
                indexes.append(taken.get(file.dest_uri, file))
            yield page


def _put(file: File, files: Files) -> None:
    """Adds a file, in place of one of the same path that MkDocs excludes from the site."""
    if file.src_uri in files.src_uris:
        files.remove(file)
    files.append(file)


def _nav(indexes: list[File], files: Files) -> list[Any]:
    """The navigation of a project that gives none: our home page and indexes, then the user's pages as MkDocs would list them."""
    own = [file for file in files.documentation_pages() if file.inclusion.is_in_nav() and file not in indexes]
    return [*(file.src_uri for file in indexes), *nest_paths(file.src_uri for file in sorted(own, key=file_sort_key))]


def _nav_titles(nav: Any) -> Iterator[tuple[str, str]]:
    """Paths and the titles that the user's nav gives them."""
    for item in nav.items() if isinstance(nav, dict) else nav or ():
        if isinstance(item, tuple) and isinstance(item[1], str):
            yield item[1], item[0]
        elif not isinstance(item, str):
            yield from _nav_titles(item[1] if isinstance(item, tuple) else item)


def _usual(config: MkDocsConfig) -> Path:
    """The folder of articles of a project that names none."""
    return Path(config.docs_dir, DEFAULT_ARTICLES)


def _styling(config: MkDocsConfig) -> Iterator[Path]:
    """The files in ``docs_dir`` that the configuration of the site names itself."""
    named = [*config.extra_css, *config.extra_javascript, config.theme.get("logo"), config.theme.get("favicon")]
    return (Path(config.docs_dir, str(path).partition("?")[0]) for path in named if path)


def _beside(config: MkDocsConfig, name: str) -> str | None:
    """The path of a file beside ``mkdocs.yml``; None if there is no such file."""
    file = _place_beside(config, name)
    return str(file) if file.is_file() else None


def _place_beside(config: MkDocsConfig, name: str) -> Path:
    return Path(config.config_file_path or "").parent / name


class _Watch(FileSystemEventHandler):
    """Has the site made anew when a file changes that may not be there yet. MkDocs watches files that are there, and a file that is taken
    away it watches no more."""

    def __init__(self, file: Path, server: LiveReloadServer) -> None:
        self._name = file.name
        self._server = server

    def on_any_event(self, event: FileSystemEvent) -> None:
        if self._name in {Path(str(path)).name for path in (event.src_path, event.dest_path) if path}:
            with self._server._rebuild_cond:
                self._server._want_rebuild = True
                self._server._rebuild_cond.notify_all()


def _tell_new_addresses(lock: Lock, corpus: Corpus) -> None:
    new = new_addresses(lock, corpus) if lock.file else 0
    if new:
        log.info(f"{lock.file}: {new} {'address is' if new == 1 else 'addresses are'} not locked yet; onrecord lock adds them")


def _place(notice: Notice) -> str:
    return f"character {notice.span.start}: " if notice.span else ""


def _from_here(path: Path) -> Path:
    return path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path
