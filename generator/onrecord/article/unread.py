"""Files that lie among articles and are not read: they are named, so that nobody takes them for published, or looks for them in vain."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from os.path import realpath
from pathlib import Path

from onrecord.article.read import FORMATS
from onrecord.manifest import has_marker, written_above

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


def files_in(folder: Path) -> Iterator[Path]:
    """Every file in a folder and below, sorted, as far as articles are looked for: no hidden one, and nothing behind a linked folder or in
    one that this program wrote."""
    for path in sorted(folder.iterdir()):
        if path.name.startswith("."):
            continue
        if path.is_dir():
            if not path.is_symlink() and not has_marker(path):
                yield from files_in(path)
        else:
            yield path


def unread_in(folders: Iterable[Path], read: Iterable[Path]) -> tuple[Path, ...]:
    """The files in these folders that are not among those that are ``read``; each once."""
    known = {file.absolute() for file in read}
    found = {file.absolute(): file for folder in folders for file in _of_the_user(folder)}
    return tuple(file for place, file in found.items() if place not in known)


def _of_the_user(folder: Path) -> Iterator[Path]:
    own = written_above(folder)
    return (file for file in files_in(folder) if Path(realpath(file)) not in own)
