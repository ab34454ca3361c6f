"""Which files of a project are inputs of the plugin, so that MkDocs does not publish them as they are; and which messages of MkDocs are
dropped because they are not true of articles."""

from __future__ import annotations

import logging
import os
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from os.path import normpath, realpath
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, set_exclusions

from onrecord.article import find_articles
from onrecord.article.folder import Folder, RealPaths, folder_at, told_unread, unread_in, why_no_article
from onrecord.article.read import FORMATS
from onrecord.corpus.lock import DEFAULT_LOCK
from onrecord.corrections.reading import DEFAULT_CORRECTIONS
from onrecord.errors import ArticleError, OneLine
from onrecord.reports.entries import RECORDS
from onrecord.reports.storage import ERRORS, REPORTS

_Excluded = Callable[[Path], bool]
_OF_EDITORS = (DEFAULT_LOCK, DEFAULT_CORRECTIONS)
"""Files of editors that may lie among articles and are none."""


class InputPaths:
    """The files and folders that the options name, and the usual folder of articles. Paths are compared with links followed, so that it
    does not matter by which way MkDocs has found a file."""

    def __init__(self, articles: Sequence[Path], usual: Path, *, others: Sequence[Path] = (), styling: Iterable[Path] = ()) -> None:
        """``articles`` are files and folders, as messages name them, and ``usual`` is the folder of a project that names none: nobody means
        what lies there to be published as it is. ``others`` are files of other kinds, and folders of reports; ``styling``, files of what
        the site looks like, which stay wherever they lie."""
        self.articles = tuple(articles)
        self.real = RealPaths()
        """They stay true for one build, as long as these inputs are used."""
        self.folders = _each_once(path for path in (*articles, usual) if path.is_dir())
        self._styling = frozenset(normpath(path) for path in styling)
        self._others = frozenset(map(realpath, others))
        self._named = self._others.union(map(realpath, articles))
        self._reports = frozenset(realpath(path / table) for path in others for table in (REPORTS, ERRORS))
        self._closed = frozenset(map(realpath, self.folders))
        self._known: dict[Path, bool] = {}
        self._looked: dict[Path, Folder] = {}

    def looked_into(self) -> list[Folder]:
        """The folders of articles, with the files in them."""
        return [self.look(folder) for folder in self.folders]

    def look(self, folder: Path) -> Folder:
        """The files in a folder of articles, which is read once. Raises :class:`ArticleError` where it cannot be read."""
        if folder not in self._looked:
            self._looked[folder] = folder_at(folder)
        return self._looked[folder]

    def lies_among_articles(self, place: Path) -> bool:
        """Whether a file or folder lies in a folder of articles, by its own path or by that of a link that leads to it."""
        if place not in self._known:
            self._known[place] = _lies_in(self.real(place), self._closed) or (
                place.parent != place and self.lies_among_articles(place.parent)
            )
        return self._known[place]

    def leads_out(self, place: Path) -> bool:
        """Whether the real path of a file lies in no folder of articles, because a link leads out of it."""
        return not _lies_in(self.real(place), self._closed)

    def names(self, place: Path) -> bool:
        """Whether it is one of the files that the options name besides articles, or a file in a folder of reports that they name."""
        real = self.real(place)
        return real in self._others or (_lies_in(real, self._reports) and real.lower().endswith(RECORDS))

    def takes(self, file: File) -> bool:
        """Whether a file is an input of the plugin, and must not be published by MkDocs."""
        place = file.abs_src_path
        if not place or self.leaves(Path(place)):
            return False
        real = self.real(place)
        return real in self._named or _lies_in(real, self._reports) or self.lies_among_articles(Path(place))

    def leaves(self, path: Path) -> bool:
        """Whether a file is published as it is though it lies among articles: the configuration names it as a style sheet, a script or a
        logo, and it is no article."""
        named = normpath(path.absolute()) in self._styling
        return named and not self.real(path).lower().endswith((*FORMATS, *RECORDS)) and not self.names(path)


def _each_once(folders: Iterable[Path]) -> tuple[Path, ...]:
    found: dict[str, Path] = {}
    for folder in folders:
        found.setdefault(realpath(folder), folder)
    return tuple(found.values())


def _lies_in(real: str, folders: frozenset[str]) -> bool:
    return real in folders or any(str(above) in folders for above in Path(real).parents) if folders else False


def take_inputs(files: Files, inputs: InputPaths) -> list[File]:
    """Removes from MkDocs's files the inputs of the plugin and whatever else lies among articles, and returns them."""
    taken = [file for file in files if inputs.takes(file)]
    for file in taken:
        files.remove(file)
    return taken


def article_files(inputs: InputPaths, taken: Sequence[File], config: MkDocsConfig) -> list[Path]:
    """The article files that the options stand for, without those that MkDocs excludes from the site. Raises :class:`ArticleError`."""
    excluded = _excluded(inputs, taken, config)
    articles = [path for path in find_articles(inputs.articles, inputs.look) if not excluded(path)]
    if not articles:
        named = ", ".join(map(str, inputs.articles))
        raise ArticleError(f"{named}: every article is excluded from the site; see exclude_docs and draft_docs")
    return articles


def told_left_out(
    inputs: InputPaths, taken: Sequence[File], read: Sequence[Path], config: MkDocsConfig, shown: Callable[[Path], Path]
) -> Iterator[str]:
    """A line for what lies among articles, or reports, and is neither ``read`` nor excluded nor named by another option: nothing of it is
    published. ``shown`` gives a path as messages name it."""
    excluded, folders = _excluded(inputs, taken, config), inputs.looked_into()
    yield from (str(problem) for folder in folders for problem in folder.problems)
    own = (path for folder in folders for path in (*folder.written, *folder.site, *folder.project))
    known = frozenset(map(inputs.real, (*read, *own)))
    left: dict[str, Path] = {}
    for path in (*unread_in(folders, read), *(Path(str(file.abs_src_path)) for file in taken)):
        is_known = path.name in _OF_EDITORS or _lies_in(inputs.real(path), known) or inputs.names(path)
        if not (is_known or inputs.leaves(path) or excluded(path)):
            left.setdefault(inputs.real(path), shown(path))
    yield from told_unread(tuple(left.values()), partial(_why_left_out, inputs))


def _why_left_out(inputs: InputPaths, path: Path) -> str:
    if inputs.leads_out(path) and inputs.lies_among_articles(path.absolute()):
        return "it leads out of its folder of articles; put the file itself there, or take the link away"
    if not path.is_file():
        return "it is not a regular file; put the article itself there, or take this away"
    if path.suffix.lower() not in FORMATS:
        return why_no_article(path)
    return "no option has it read as an article; name it or its folder with the option articles, or move it out of the folder"


def _excluded(inputs: InputPaths, taken: Sequence[File], config: MkDocsConfig) -> _Excluded:
    """A function that says whether MkDocs excludes a file from the site (``exclude_docs``), by the path given or by its real path."""
    known = {file.abs_src_path: file for file in taken}
    docs = tuple(dict.fromkeys((config.docs_dir, realpath(config.docs_dir))))

    def excludes(place: str) -> bool:
        file = known.get(place) or _file_at(place, docs, config)
        return file is not None and not file.inclusion.is_included()

    return lambda path: any(map(excludes, dict.fromkeys((normpath(path.absolute()), inputs.real(path)))))


def _file_at(place: str, docs: Iterable[str], config: MkDocsConfig) -> File | None:
    """MkDocs's file for a path in ``docs_dir``, made anew, because MkDocs drops one of two files with the same address. None for a path
    elsewhere. ``docs`` are the names of that folder."""
    for folder in docs:
        if _lies_in(place, frozenset((folder,))):
            file = File(os.path.relpath(place, folder), folder, config.site_dir, config.use_directory_urls)
            set_exclusions([file], config)
            return file
    return None


# MkDocs's message about two files with the same address. It is not true of articles: their pages have other addresses, and both are read.
_CONFLICT = re.compile(r"Excluding '(.*)' from the site because it conflicts with '.*'\.", re.DOTALL)


class _NoConflict(logging.Filter):
    """Drops MkDocs's message about two articles whose files it would publish at the same address."""

    def __init__(self, is_article: Callable[[str], bool]) -> None:
        super().__init__()
        self._is_article = is_article

    def filter(self, record: logging.LogRecord) -> bool:
        conflict = _CONFLICT.fullmatch(record.getMessage())
        return conflict is None or not self._is_article(conflict[1])


@contextmanager
def mkdocs_log(is_article: Callable[[str], bool]) -> Iterator[None]:
    """While the block runs, every record of MkDocs's log is one line, and messages about conflicting articles are dropped. ``is_article``
    says of a path in ``docs_dir`` whether it lies in a folder of articles.

    A filter of a logger does not see the records of loggers below it. So lines are made by filters of the handlers, and conflicts are
    dropped by the very logger that reports them, before ``--strict`` counts them.
    """
    filters: list[tuple[logging.Filterer, logging.Filter]] = [(handler, OneLine()) for handler in logging.getLogger("mkdocs").handlers]
    filters.append((logging.getLogger("mkdocs.structure.files"), _NoConflict(is_article)))
    for place, one in filters:
        place.addFilter(one)
    try:
        yield
    finally:
        for place, one in filters:
            place.removeFilter(one)
