"""What this program wrote: the list of files in a folder, with their hashes, and the mark by which its pages are known anywhere."""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from onrecord import __version__
from onrecord.errors import OutputError

MARKER = ".onrecord"
"""The file that holds the manifest, in the folder that it is of."""


DASK = "extract --engine dask"
"""The command whose files no manifest lists, since many machines write them: all that is in its folder is its own."""


class UnlistedError(OutputError):
    """A marker of an earlier version, which does not say which files are the program's."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """The files of a folder that the program may replace or remove."""

    command: str
    """What wrote the folder: ``build``, ``pages``, ``export``, ``extract --engine dask``."""
    files: Mapping[str, str]
    """By path in the folder, with slashes: the SHA-256 of its content. The marker is not among them; Dask's parts tell of themselves."""

    def encode(self) -> bytes:
        """What stands in the marker; the same for the same files."""
        said = {"onrecord": __version__, "command": self.command, "files": dict(sorted(self.files.items()))}
        return json.dumps(said, indent=0).encode() + b"\n"


def manifest_of(folder: Path, command: str) -> Manifest:
    """The manifest of a folder in which all is the program's."""
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return Manifest(command, {path.relative_to(folder).as_posix(): sha256_of(path) for path in files})


def read_manifest(folder: Path) -> Manifest | None:
    """The manifest of a folder; none where there is no marker. Raises :class:`UnlistedError` for one that says nothing of files, and
    :class:`OutputError` for one that cannot be read."""
    if not has_marker(folder):
        return None
    try:
        content = (folder / MARKER).read_bytes()
    except OSError as error:
        raise OutputError(f"{folder / MARKER}: cannot be read ({error.strerror}); check its permissions") from error
    return decode_manifest(content, str(folder))


def decode_manifest(content: bytes, folder: str) -> Manifest:
    """The manifest in a marker. Raises :class:`UnlistedError` for that of an earlier version, which has none, and names the ``folder``."""
    try:
        said = json.loads(content)
    except (ValueError, RecursionError):
        said = None
    if not _is_manifest(said):
        raise UnlistedError(
            f"{folder}: its {MARKER} does not list what onrecord wrote, as an earlier version's; name another folder, or move what is "
            "yours out of this one and delete it"
        )
    return Manifest(said["command"], said["files"])


def _is_manifest(said: Any) -> bool:
    return (
        isinstance(said, dict)
        and isinstance(said.get("command"), str)
        and isinstance(said.get("files"), dict)
        and all(isinstance(digest, str) for digest in said["files"].values())
    )


def has_marker(folder: Path) -> bool:
    """Whether this program wrote the folder, in this version or in an earlier one. A folder that cannot be entered has none."""
    marker = folder / MARKER
    try:
        return marker.is_file() and not marker.is_symlink()
    except OSError:
        return False


def sha256_of(file: Path) -> str:
    """The SHA-256 of a file's content, of which little is held at once."""
    with file.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


def written_above(folder: Path) -> frozenset[Path]:
    """The files in a folder, and below, that are listed by the manifest of it or of a folder around it: the program's own."""
    here = Path(os.path.realpath(folder))
    return frozenset(path for above in (here, *here.parents) for path in _listed(above, here) if path.is_relative_to(here))


def _listed(folder: Path, here: Path) -> Iterator[Path]:
    try:
        manifest = read_manifest(folder)
    except UnlistedError:  # all of that folder may be the program's
        yield from folder.rglob("*") if folder == here else ()
        return
    except OutputError:
        return
    yield from (folder / name for name in manifest.files) if manifest else ()


def written_in(folder: Path) -> frozenset[Path] | None:
    """The files that the manifest of this very folder lists; none where there is no marker. It is None where all of the folder is the
    program's: an earlier version wrote it, or Dask. Raises :class:`OutputError` for a marker that cannot be read."""
    try:
        manifest = read_manifest(folder)
    except UnlistedError:
        return None
    if manifest is None:
        return frozenset()
    here = Path(os.path.realpath(folder))
    return None if manifest.command == DASK else frozenset(here / name for name in manifest.files)


def is_written(file: Path) -> bool:
    """Whether the manifest of a folder around it lists the file."""
    place = Path(os.path.realpath(file))
    return any(place.relative_to(above).as_posix() in _files_of(above) for above in place.parents)


def _files_of(folder: Path) -> Mapping[str, str]:
    """What the manifest of a folder lists; nothing where there is none that says so."""
    try:
        manifest = read_manifest(folder)
    except OutputError:
        return {}
    return manifest.files if manifest else {}


FRONT_MATTER = "generator: onrecord"
"""The first line of the front matter of a page in Markdown."""
_META = '<meta name="generator" content="onrecord">'
_HEAD = re.compile(r"<head(?:\s[^<>]*)?>", re.IGNORECASE)
# Others may take the quotes away, to save room.
_MARKED = re.compile(rb"""\A---\r?\ngenerator: onrecord\r?\n|<meta\s+name=["']?generator["']?\s+content=["']?onrecord["'\s/>]""")
_LOOKED_AT = 4096
"""Bytes at the beginning of a file: the mark stands first in a page's head."""


def marked(page: str) -> str:
    """An HTML page with the mark at the beginning of its head; without a head it is as it was."""
    return _HEAD.sub(lambda head: f"{head[0]}\n{_META}", page, count=1)


def is_marked(file: Path) -> bool:
    """Whether a file begins like a page that this program made. One that cannot be read, or is no regular file, does not."""
    try:
        if not file.is_file():
            return False
        with file.open("rb") as content:
            return _MARKED.search(content.read(_LOOKED_AT)) is not None
    except (OSError, RuntimeError):  # the latter is what older Pythons say of a link to itself
        return False
