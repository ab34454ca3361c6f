"""Files that lie among articles and are not read: they are named, so that nobody takes them for published, or looks for them in vain."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from onrecord.article.folder import Folder
from onrecord.article.read import FORMATS

_MOST_TOLD = 20
"""Files that are named one by one; of a folder of pictures nobody wants to read hundreds of lines."""


def told_unread(files: Sequence[Path], why: Callable[[Path], str] | None = None) -> Iterator[str]:
    """A line for each of the files, which says ``why``, and one for how many more there are."""
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
    """What is wrong with a file that is none by its name."""
    return f"articles end in {', '.join(FORMATS)}; convert it, or move it out of the folder"


def unread_in(folders: Iterable[Folder], read: Iterable[Path], names: Iterable[str] = ()) -> tuple[Path, ...]:
    """The user's files in these folders that are not among those that are ``read``, nor have one of the ``names``; each once."""
    known, named = {file.absolute() for file in read}, set(names)
    found = {file.absolute(): file for folder in folders for file in folder.files if file.name not in named}
    return tuple(file for place, file in found.items() if place not in known)


def told_own(folder: Folder) -> Iterator[str]:
    """A line for the pages of a report in a folder, and one for the files of a project."""
    if folder.site:
        more = f", and {len(folder.site) - 1:,} more files" if len(folder.site) > 1 else ""
        yield f"{folder.site[0]}{more}: of a report that onrecord made, and no article; left out"
    if folder.project:
        yield f"{', '.join(map(str, folder.project))}: of a project, and no article; left out"
