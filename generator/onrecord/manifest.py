"""How the program knows its own files, so that it never removes or overwrites anybody else's.

Each folder that it writes holds a manifest, the file ``.onrecord``: what wrote it, and each file with its hash. Each page also carries a
mark in its head, by which it is known wherever it is copied to.
"""

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
"""The command whose manifest lists no files, since many machines write them at once. Everything in its folder counts as the program's."""


class UnlistedError(OutputError):
    """A marker that does not list the program's files, as those of earlier versions do not."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """The files of a folder that the program may replace or remove."""

    command: str
    """What wrote the folder: ``build``, ``pages``, ``export``, ``extract --engine dask``."""
    files: Mapping[str, str]
    """For each file, by its path in the folder with slashes, the SHA-256 of its content. The marker itself is not among them. It is empty
    for a folder that Dask wrote: each of its parts says itself what made it."""

    def encode(self) -> bytes:
        """The content of the marker; the same files give the same bytes."""
        said = {"onrecord": __version__, "command": self.command, "files": dict(sorted(self.files.items()))}
        return json.dumps(said, indent=0).encode() + b"\n"


def manifest_of(folder: Path, command: str) -> Manifest:
    """A new manifest of a folder, in which everything was written by the program."""
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return Manifest(command, {path.relative_to(folder).as_posix(): sha256_of(path) for path in files})


def read_manifest(folder: Path) -> Manifest | None:
    """The manifest of a folder; None where there is no marker. Raises :class:`UnlistedError` for one that lists no files, and
    :class:`OutputError` for one that cannot be read."""
    if not has_marker(folder):
        return None
    try:
        content = (folder / MARKER).read_bytes()
    except OSError as error:
        raise OutputError(f"{folder / MARKER}: cannot be read ({error.strerror}); check its permissions") from error
    return decode_manifest(content, str(folder))


def decode_manifest(content: bytes, folder: str) -> Manifest:
    """The manifest in the content of a marker. Raises :class:`UnlistedError`, which names the ``folder``, where there is none in it."""
    try:
        said = json.loads(content)
    except (ValueError, RecursionError):
        said = None  # an earlier version wrote no JSON
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
        # A link is none of ours: what it leads to may list files anywhere.
        return marker.is_file() and not marker.is_symlink()
    except OSError:
        return False


def sha256_of(file: Path) -> str:
    """The SHA-256 of a file's content, in hexadecimal. The file is read in pieces, however large it is."""
    with file.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


def written_above(folder: Path) -> frozenset[Path]:
    """The program's own files in a folder and below it: those that its manifest lists, or that of any folder around it."""
    here = Path(os.path.realpath(folder))
    return frozenset(path for above in (here, *here.parents) for path in _listed(above, here) if path.is_relative_to(here))


def _listed(folder: Path, here: Path) -> Iterator[Path]:
    try:
        manifest = read_manifest(folder)
    except UnlistedError:  # an earlier version wrote the folder, and any file in it may be the program's
        yield from folder.rglob("*") if folder == here else ()
        return
    except OutputError:
        return
    yield from (folder / name for name in manifest.files) if manifest else ()


def written_in(folder: Path) -> frozenset[Path] | None:
    """The files that the manifest of this folder lists; an empty set where there is no marker. None where everything in it is the
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
    """What the manifest of a folder lists; empty where it has none, or none that can be read."""
    try:
        manifest = read_manifest(folder)
    except OutputError:
        return {}
    return manifest.files if manifest else {}


FRONT_MATTER = "generator: onrecord"
"""The first line of the front matter of a page in Markdown."""
_META = '<meta name="generator" content="onrecord">'
_HEAD = re.compile(r"<head(?:\s[^<>]*)?>", re.IGNORECASE)
# A minifier may have taken the quotation marks away.
_MARKED = re.compile(rb"""\A---\r?\ngenerator: onrecord\r?\n|<meta\s+name=["']?generator["']?\s+content=["']?onrecord["'\s/>]""")
_LOOKED_AT = 4096
"""How many bytes at the beginning of a file are searched. That is enough, for the mark stands first in a page's head."""


def marked(page: str) -> str:
    """An HTML page with the mark at the beginning of its head; a page without a head is returned as it is."""
    return _HEAD.sub(lambda head: f"{head[0]}\n{_META}", page, count=1)


def is_marked(file: Path) -> bool:
    """Whether a file has the mark of a page that this program made. False for one that cannot be read, or is no regular file."""
    try:
        if not file.is_file():
            return False
        with file.open("rb") as content:
            return _MARKED.search(content.read(_LOOKED_AT)) is not None
    except (OSError, RuntimeError):  # the latter is what older Pythons say of a link to itself
        return False
