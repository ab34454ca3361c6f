"""Folders that are replaced: the temporary one in which work is done, and what of the old one is kept."""

from __future__ import annotations

import ctypes
import errno
import hashlib
import os
import re
import shutil
import stat
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from os.path import realpath
from pathlib import Path, PurePosixPath
from typing import BinaryIO, NoReturn

from onrecord.errors import OutputError, is_no_room
from onrecord.manifest import MARKER, Manifest, sha256_of

if sys.platform != "win32":
    import fcntl

_LOCK = ".onrecord-lock"
_RANDOM = re.compile("[a-z0-9_]{8}")
"""What tempfile puts after a prefix."""
NEW, _OLD = "new", "old"
"""In a workshop: the finished work, and what was in its place before. Both are there only where the one was taken and not yet replaced."""
_LONGEST_NAME = 128
"""Bytes of a place's name that stand in that of its workshop: file systems have room for 255, and more than the name has to fit in."""
_MORE_ROOM = "free some room there, or name another folder; TMPDIR names that of temporary files"


def prefix_for(place: Path) -> str:
    """The prefix of workshops in which what is to be at a place is made: of no other place in its folder, and short enough for any name."""
    name = os.fsencode(place.name)
    if len(name) <= _LONGEST_NAME:
        return f".{place.name}-"
    return f".{name[:_LONGEST_NAME].decode(errors='ignore')}-{hashlib.sha256(name).hexdigest()[:16]}-"


@contextmanager
def workshop(near: Path, prefix: str) -> Iterator[Path]:
    """An empty folder in ``near``, gone when the block ends. Those of the same prefix that a killed run left there are removed first.

    Raises :class:`OSError` where no folder can be made.
    """
    for folder in _abandoned(near, prefix):
        _remove(folder)
    folder = Path(tempfile.mkdtemp(prefix=prefix, dir=near))
    try:
        with (folder / f"{_LOCK}.new").open("wb") as lock:
            # It gets its name only when it is held: nobody may find it free before.
            if _hold(lock):
                Path(lock.name).replace(folder / _LOCK)
            yield folder
    finally:
        _remove(folder)


def _remove(folder: Path) -> None:
    """Removes a workshop, its lock last: where that is interrupted, the next run knows it again. One stays that alone has what was in a
    place."""
    if (folder / NEW).exists() and (folder / _OLD).exists():
        return
    with suppress(OSError):  # another process may be at it, too
        for path in folder.iterdir():
            if path.name != _LOCK and path.is_dir():
                shutil.rmtree(path, ignore_errors=True)
    shutil.rmtree(folder, ignore_errors=True)


def rescue(near: Path, prefix: str, place: Path) -> None:
    """Puts back what a run had taken from ``place`` when it was killed, and had not yet replaced."""
    if not place.exists():
        for folder in _abandoned(near, prefix):
            with suppress(FileNotFoundError):  # it was taken from nowhere, or somebody else has put it back just now
                (folder / _OLD).rename(place)
                return


def swap(fresh: Path, place: Path) -> Path | None:
    """Puts the folder ``fresh``, which is ``NEW`` in a workshop, in the place of another, where there is one; that comes back if it fails.

    In one step where the system can exchange two folders. Returns where the other is then, in the workshop.
    """
    place.parent.mkdir(parents=True, exist_ok=True)
    if place.exists() and _exchange(fresh, place):
        return fresh
    aside = fresh.with_name(_OLD)
    if place.exists():
        place.rename(aside)
    try:
        fresh.rename(place)
    except BaseException:
        if aside.exists():
            aside.rename(place)
        raise
    return aside if aside.exists() else None


@contextmanager
def temporary_workshop() -> Iterator[Path]:
    """A workshop where this system keeps temporary files. Raises :class:`OutputError` where there is no room for any."""
    try:
        near = Path(tempfile.gettempdir())
    except OSError as error:  # it tries them all, by writing
        raise OutputError(f"temporary files: no folder can be written to ({error.strerror}); {_MORE_ROOM}") from error
    with ExitStack() as stack:
        with room_for(near):
            folder = stack.enter_context(workshop(near, "onrecord-"))
        yield folder


@contextmanager
def room_for(place: Path) -> Iterator[None]:
    """Raises :class:`OutputError` where the work in the block ends because a disk is full or may only be read."""
    try:
        yield
    except OSError as error:
        if not is_no_room(error):
            raise
        where = error.filename or place  # that the disk is full is told of no file
        raise OutputError(f"{where}: cannot be written ({error.strerror}); {_MORE_ROOM}") from error


def _exchange(one: Path, other: Path) -> bool:
    """Whether each has taken the place of the other: Linux can do that in one step, in most file systems.

    The step is worth a call that Python does not offer. A web server may read the folder that is replaced, and ``rename`` cannot put a
    folder in the place of one that holds files: it takes two renames, between which there is no site. Who asks then gets an error, and a
    process that is killed then leaves none until the next run puts it back. Measured with 2,000 replacements while a process reads all the
    time: 36,416 of 929,334 reads found nothing, and none where folders are exchanged. A link that is turned would do the same, but then the
    folder that the user named would be a link, and folders to which it led would be left to be swept.
    """
    at_working_folder, exchange = -100, 2  # AT_FDCWD and RENAME_EXCHANGE of linux/fcntl.h and linux/fs.h
    rename = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None) if sys.platform == "linux" else None
    if rename is None:
        return False
    if rename(at_working_folder, os.fsencode(one), at_working_folder, os.fsencode(other), exchange) == 0:
        return True
    if ctypes.get_errno() in (errno.EINVAL, errno.ENOSYS):
        return False
    raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()), str(other))


def _abandoned(near: Path, prefix: str) -> list[Path]:
    """Workshops of this prefix that nobody works in any more; a folder that this program did not make has no lock."""
    try:
        found = [folder for folder in sorted(near.iterdir()) if _is_named(folder.name, prefix)]
    except PermissionError:  # a folder that may be written to, and not listed
        return []
    return [folder for folder in found if (folder / _LOCK).is_file() and _is_free(folder / _LOCK)]


def _is_named(name: str, prefix: str) -> bool:
    """Whether a folder has this prefix and no longer one: that of ``site`` begins like that of ``site-b``."""
    return name.startswith(prefix) and _RANDOM.fullmatch(name.removeprefix(prefix)) is not None


def _is_free(lock: Path) -> bool:
    try:
        with lock.open("rb") as file:
            return _hold(file)
    except OSError:
        return False  # somebody else's, or just removed


def _hold(file: BinaryIO) -> bool:
    """Whether the lock is ours from now on, until the file is closed. False where the system or the file system has no such locks."""
    if sys.platform == "win32":
        return False
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


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
