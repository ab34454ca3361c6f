"""The files in a folder and below it, sorted into articles, files that this program wrote, files of a project, and files that are not read.

Nothing that a user may have meant as an article is passed over in silence; and nothing that the program wrote is read as an article, which
would publish a report on a report.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence, Set
from dataclasses import dataclass
from functools import partial
from os.path import realpath
from pathlib import Path
from typing import Literal

from onrecord.article.read import FORMATS, mend_of, named_article
from onrecord.errors import ArticleError, OutputError
from onrecord.manifest import is_marked, is_written, written_above, written_in

PROJECT = ("mkdocs.yml", "actors.yml")
"""Files that go with articles and are none, wherever they lie."""
BESIDE_MKDOCS = ("lock.txt", "requirements.txt")
"""Text files that are no articles if they lie beside a ``mkdocs.yml``: they say what a project installs."""
_SYSTEM = ("thumbs.db", "desktop.ini")
"""Hidden files that Windows leaves in folders."""

# What browsers and Word add to the name of a page for the folder of its pictures, in the languages that Windows lists for connected files.
_OF_PAGES = (
    *(
        "_files",
        ".files",
        "-files",
        "_file",
        "-filer",
        "_filer",
        "_archivos",
        "_arquivos",
        "_ficheiros",
        "_bestanden",
        "_bylos",
        "-Dateien",
    ),
    *("_datoteke", "_dosyalar", "_elemei", "_failid", "_fails", "_fajlovi", "_fichiers", "_fitxategiak", "_fitxers", "_pliki", "_soubory"),
    *("_tiedostot",),
)

Kind = Literal["user", "written", "site", "project"]
"""Whose a file is; see the fields of :class:`Folder`."""


@dataclass(frozen=True, slots=True)
class Folder:
    """The files in a folder and below it. Hidden files are left out, and so is everything behind a link to a folder."""

    name: Path
    """The folder as the user named it, for messages."""
    files: tuple[Path, ...] = ()
    """Files of the user, sorted: articles, and files that nobody reads."""
    written: tuple[Path, ...] = ()
    """Files that this program wrote, by a manifest, and folders that it wrote as a whole; also files that the caller leaves out."""
    site: tuple[Path, ...] = ()
    """Files of a site that this program made and that is in no manifest, such as a copy. They are known by the mark in the pages."""
    project: tuple[Path, ...] = ()
    """Files of a project, which are no articles by their names; and folders that a browser saved beside a page, each as a whole."""
    problems: tuple[ArticleError, ...] = ()
    """One for each folder below that cannot be read."""

    def articles(self) -> tuple[Path, ...]:
        """The user's files that are articles by their names and lie in the folder."""
        return tuple(path for path in self.files if path.suffix.lower() in FORMATS and self.holds(path))

    def holds(self, path: Path) -> bool:
        """Whether a path is a regular file that lies in the folder. A link that leads out of it could publish any file of the machine."""
        try:
            # What is no link lies where it was found: to follow its path step by step takes longer than all else.
            return path.is_file() and (not path.is_symlink() or Path(realpath(path)).is_relative_to(realpath(self.name)))
        except OSError:  # it is a link to where nobody may look
            return False

    def no_article(self) -> ArticleError:
        """The error for a folder without an article."""
        if self.problems:
            return self.problems[0]
        if self.site or any(path.suffix.lower() in FORMATS or path.is_dir() for path in self.written):
            return ArticleError(f"{self.name}: holds only what onrecord wrote, and no article; name the folder of the articles")
        return ArticleError(f"{self.name}: no article in this folder; put {', '.join(FORMATS)} files in it")


def find_articles(paths: Iterable[Path | str], look: Callable[[Path], Folder] | None = None) -> tuple[Path, ...]:
    """The article files that the paths stand for, in the order given; each file once.

    A folder stands for every article in it and below it. ``look`` returns the files of a folder, by default :func:`folder_at`. Raises
    :class:`ArticleError` for a path that does not exist, a file of another kind or of this program, and a folder that cannot be read or has
    no article.
    """
    found: dict[str, Path] = {}
    real = RealPaths()
    for path in map(Path, paths):
        for file in articles_in((look or folder_at)(path)) if path.is_dir() else (article_at(path),):
            found.setdefault(real(file), file)
    return tuple(found.values())


class RealPaths:
    """Paths with links followed, as :func:`os.path.realpath` gives them. Each folder is followed once, which of thousands of files in it
    saves most of the work; so one of these is kept no longer than folders stay where they are, as for one build."""

    def __init__(self) -> None:
        self._folders: dict[Path, Path] = {}

    def __call__(self, path: str | Path) -> str:
        """The real path of a file or folder."""
        one = Path(path)
        try:
            is_followed = one.name in ("", "..") or one.is_symlink()
        except OSError:  # nobody may look at it
            is_followed = True
        if is_followed:
            return realpath(one)
        if one.parent not in self._folders:
            self._folders[one.parent] = Path(realpath(one.parent))
        return str(self._folders[one.parent] / one.name)


def article_at(path: Path) -> Path:
    """The path of one article. Raises :class:`ArticleError` for any other path, and for a file that this program wrote."""
    if is_written(named_article(path)):
        raise ArticleError(f"{path}: is what onrecord wrote, not an article; name the articles that it was made of")
    return path


def articles_in(folder: Folder) -> tuple[Path, ...]:
    """The articles of a folder. Raises :class:`ArticleError` where it has none."""
    if articles := folder.articles():
        return articles
    raise folder.no_article()


def folder_at(name: Path, without: Iterable[Path] = ()) -> Folder:
    """The files of a folder. The files and folders ``without`` are left out, as if the program had written them. Raises
    :class:`ArticleError` where the folder cannot be read; for folders below it there are ``problems``."""
    own: _Own = (written_above(name), frozenset(Path(realpath(path)) for path in without))
    found: dict[Kind, list[Path]] = {"user": [], "written": [], "site": [], "project": []}
    problems: list[ArticleError] = []
    for path, kind in _walk(name, own, _listed(name), problems.append, in_site=False):
        found[kind].append(path)
    user, written, site, project = map(tuple, found.values())
    return Folder(name, user, written, site, project, tuple(problems))


_Own = tuple[Set[Path], ...]
"""The program's own files and folders, as sets: from manifests of folders above, and one for each folder with a manifest on the way
down."""
_Tell = Callable[[ArticleError], None]


def _listed(folder: Path) -> list[tuple[Path, bool]]:
    """The content of a folder, sorted, each with whether it is a folder. Raises :class:`ArticleError` where it cannot be read."""
    try:
        # A link to a folder may lead back here, and the walk would never end.
        shown = (path for path in sorted(folder.iterdir()) if not _is_hidden(path.name) and not _is_linked_folder(path))
        return [(path, not path.is_symlink() and path.is_dir()) for path in shown]
    except OSError as error:
        raise ArticleError(f"{folder}: cannot be read ({error.strerror}); check its permissions") from error


def _is_linked_folder(path: Path) -> bool:
    try:
        return path.is_symlink() and path.is_dir()
    except OSError:  # nobody may look at where it leads
        return False


def _is_hidden(name: str) -> bool:
    return name.startswith(".") or name.lower() in _SYSTEM


def _walk(folder: Path, own: _Own, inside: Sequence[tuple[Path, bool]], tell: _Tell, *, in_site: bool) -> Iterator[tuple[Path, Kind]]:
    files = [path for path, is_folder in inside if not is_folder]
    # A folder whose index is one of our pages is a site of ours, with all below it: style sheets and data have no mark of their own.
    in_site = in_site or any(path.stem == "index" and _is_page(path, own) for path in files)
    kind_of = partial(_kind_of, own=own, in_site=in_site, in_project=any(path.name == "mkdocs.yml" for path in files))
    beside = {f"{path.stem}{end}" for path in files if path.suffix.lower() in (".html", ".htm") for end in _OF_PAGES}
    for path, is_folder in inside:
        if not is_folder:
            yield path, kind_of(path)
        elif path.name in beside:
            yield path, "project"
        else:
            yield from _below(path, own, tell, in_site=in_site)


def _below(folder: Path, own: _Own, tell: _Tell, *, in_site: bool) -> Iterator[tuple[Path, Kind]]:
    if _is_in(own, folder):
        yield folder, "written"
        return
    try:
        inside, here = _listed(folder), written_in(folder)
    except (ArticleError, OutputError) as error:
        tell(ArticleError(str(error)))
        return
    if here is None:
        yield folder, "written"
    else:
        yield from _walk(folder, (*own, here) if here else own, inside, tell, in_site=in_site)


def _kind_of(path: Path, *, own: _Own, in_site: bool, in_project: bool) -> Kind:
    if _is_in(own, path):
        return "written"
    if path.suffix.lower() in FORMATS and not (in_project and path.name in BESIDE_MKDOCS):
        return "site" if _is_page(path, own) else "user"
    if path.name in PROJECT or path.suffix.lower() in FORMATS:
        return "project"
    return "site" if in_site else "user"


def _is_page(path: Path, own: _Own) -> bool:
    """Whether a file has the mark of a page of this program, though it is in no manifest."""
    return path.suffix.lower() in (".md", ".html") and not _is_in(own, path) and is_marked(path)


def _is_in(own: _Own, path: Path) -> bool:
    return any(own) and any(Path(realpath(path)) in one for one in own)


_MOST_TOLD = 20
"""How many files are named one by one. Nobody wants to read hundreds of lines about a folder of pictures."""


def told_unread(files: Sequence[Path], why: Callable[[Path], str] | None = None) -> Iterator[str]:
    """A message for each file that is not read, with the reason by ``why``; after the first few, one for all others."""
    for file in files[:_MOST_TOLD]:
        yield f"{file}: is not read, and not published: {(why or _why)(file)}"
    if len(files) > _MOST_TOLD:
        rest = len(files) - _MOST_TOLD
        yield f"{files[_MOST_TOLD].parent}: {rest} more files in folders of articles are not read, and not published; move them out"


def _why(file: Path) -> str:
    if file.suffix.lower() in FORMATS:
        return "it is a link that leads out of the folder, or no regular file; put the file itself there, or take this one away"
    return why_no_article(file)


def why_no_article(file: Path) -> str:
    """Why a file is no article by its name, and what to do."""
    return f"{mend_of(file)}, or move it out of the folder"


def unread_in(folders: Iterable[Folder], read: Iterable[Path], names: Iterable[str] = ()) -> tuple[Path, ...]:
    """The user's files in these folders that nobody reads: not among the files ``read``, and without one of the ``names``. Each once."""
    known, named = {file.absolute() for file in read}, set(names)
    found = {file.absolute(): file for folder in folders for file in folder.files if file.name not in named}
    return tuple(file for place, file in found.items() if place not in known)


def told_own(folder: Folder) -> Iterator[str]:
    """Messages about files in a folder that are left out: one for pages of a report, and one for files of a project."""
    if folder.site:
        more = f", and {len(folder.site) - 1:,} more files" if len(folder.site) > 1 else ""
        yield f"{folder.site[0]}{more}: of a report that onrecord made, and no article; left out"
    folders = [path for path in folder.project if path.is_dir()]
    if folders:
        yield f"{', '.join(map(str, folders))}: saved with the page of its name, and no article; left out"
    if files := [path for path in folder.project if path not in folders]:
        yield f"{', '.join(map(str, files))}: of a project, and no article; left out"
