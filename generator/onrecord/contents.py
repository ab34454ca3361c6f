"""What a folder holds that is to be replaced, told apart: the program's own files, and everything else, which is kept."""

from __future__ import annotations

import os
import shutil
import stat
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from os.path import realpath
from pathlib import Path, PurePosixPath
from typing import NoReturn

from onrecord.errors import OutputError
from onrecord.manifest import MARKER, Manifest, sha256_of

_State = tuple[int, ...]
"""What changes when somebody writes to a file: its number, size and times."""


@dataclass(frozen=True, slots=True)
class Contents:
    """Of a folder, at one moment."""

    place: Path
    name: Path
    """As the user named the folder: it stands in messages."""
    own: Mapping[str, _State] = field(default_factory=dict)
    """The files of the manifest that are there as they were written, by their paths in the folder."""
    kept: tuple[str, ...] = ()
    """The paths of all else, folders before what they hold."""

    def keep_in(self, fresh: Path) -> None:
        """Has all that is kept stand in another folder of the same file system too. Raises :class:`OutputError` for what cannot."""
        folders = [path for path in self.kept if self._keep(path, fresh)]
        for path in reversed(folders):  # a folder that may not be written to gets its content first
            shutil.copystat(self.place / path, fresh / path)

    def _keep(self, path: str, fresh: Path) -> bool:
        """Whether it is a folder that was made; a file is not written twice, but gets a second name where the system knows such."""
        source, target = self.place / path, fresh / path
        if _is_folder(source) and _is_folder(target):
            return False
        if os.path.lexists(target):
            raise OutputError(
                f"{self.name / path}: is not onrecord's, and what is to be written has a file or folder of this name; "
                "move it away, or name another folder"
            )
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            return _second(source, target)
        except OSError as error:
            raise OutputError(f"{self.name / path}: cannot be kept ({error.strerror}); move it away, or name another folder") from error

    def bring_late(self, old: Path) -> None:
        """Has what somebody wrote into the folder since it was looked at, and before ``old`` was taken from its place, stand there too."""
        own = {*self.own, *_folders_of(self.own), MARKER}
        for path in _paths(old, self.name):
            known = path in own or os.path.lexists(self.place / path)
            if not known:
                with suppress(OSError):  # it is all too late for an error
                    _second(old / path, self.place / path)


def _second(source: Path, target: Path) -> bool:
    if source.is_symlink():
        target.symlink_to(source.readlink())
        return False
    if source.is_dir():
        target.mkdir()
        return True
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)
    return False


def give_manner(old: Path, fresh: Path) -> None:
    """Has a new folder be shared as the ``old`` one is whose place it takes: with its group, its mode and its extended attributes, as far
    as the system lets us. What is made in it from then on follows from these."""
    with suppress(OSError):
        if sys.platform != "win32":
            os.chown(fresh, -1, old.stat().st_gid)  # first, for it takes the bit away that hands the group on
    shutil.copystat(old, fresh)
    fresh.chmod(stat.S_IMODE(old.stat().st_mode) | stat.S_IRWXU)  # it has to be filled
    os.utime(fresh)


def contents_of(name: Path, manifest: Manifest, before: Contents | None = None) -> Contents:
    """What a folder holds. Files that are as they were ``before``, a moment ago, are not read again.

    Raises :class:`OutputError` for a file of the manifest that somebody changed, and for what cannot be kept: what is neither a file
    nor a folder nor a link, a folder that may not be read or written to, another file system.
    """
    place = Path(realpath(name))
    if not place.is_dir():
        return Contents(place, name)
    own_folders = _folders_of(manifest.files)
    own: dict[str, _State] = {}
    kept: list[str] = []
    for path in _paths(place, name):
        if path in manifest.files:
            own[path] = _unchanged(place / path, name / path, manifest.files[path], before.own.get(path) if before else None)
        elif path != MARKER:
            _check(place / path, name / path, place)
            kept += [] if path in own_folders and _is_folder(place / path) else [path]
    return Contents(place, name, own, tuple(kept))


def _folders_of(files: Iterable[str]) -> set[str]:
    return {parent.as_posix() for file in files for parent in PurePosixPath(file).parents}


def _paths(place: Path, name: Path) -> Iterator[str]:
    """Every path below a folder, in an order in which a folder stands before what it holds. Links are not followed."""

    def refuse(error: OSError) -> NoReturn:
        at = name / Path(error.filename).relative_to(place)
        raise OutputError(f"{at}: cannot be read ({error.strerror}); check its permissions, or name another folder") from error

    for above, folders, files in os.walk(place, onerror=refuse):
        folders.sort()
        yield from ((Path(above) / one).relative_to(place).as_posix() for one in sorted([*folders, *files]))


def _unchanged(file: Path, name: Path, digest: str, before: _State | None) -> _State:
    try:
        found = file.lstat()
        state = (found.st_ino, found.st_size, found.st_mtime_ns, found.st_ctime_ns)
        if stat.S_ISREG(found.st_mode) and (state == before or sha256_of(file) == digest):
            return state
    except OSError as error:
        raise OutputError(f"{name}: cannot be read ({error.strerror}); check its permissions, or name another folder") from error
    raise OutputError(f"{name}: was changed since onrecord wrote it; move it away if you need it, and delete it here")


def _check(path: Path, name: Path, place: Path) -> None:
    """Raises :class:`OutputError` for what cannot be kept."""
    if _is_folder(path):
        if path.stat().st_dev != place.stat().st_dev:  # renaming takes it along, and removing the old folder would empty it
            raise OutputError(f"{name}: is on another file system than the folder that it is in; name another folder")
        if not os.access(path, os.R_OK | os.W_OK | os.X_OK):
            raise OutputError(f"{name}: may not be read or written to; change its permissions, or name another folder")
    elif not (path.is_symlink() or path.is_file()):
        raise OutputError(f"{name}: is neither a file nor a folder; move it away, or name another folder")


def _is_folder(path: Path) -> bool:
    return path.is_dir() and not path.is_symlink()
