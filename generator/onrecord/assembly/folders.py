"""Replacing a folder: the temporary folder (the "workshop") in which the new one is made, and the files of the old one that are kept."""

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
"""How many bytes of a folder's name go into the name of its workshop. File systems allow 255, and a prefix and a suffix have to fit in."""
_MORE_ROOM = "free some room there, or name another folder; TMPDIR names that of temporary files"


def prefix_for(place: Path) -> str:
    """The prefix of the names of workshops for a place. Each place in a folder has its own, so that a run knows the workshops that earlier
    runs for the same place have left."""
    name = os.fsencode(place.name)
    if len(name) <= _LONGEST_NAME:
        return f".{place.name}-"
    return f".{name[:_LONGEST_NAME].decode(errors='ignore')}-{hashlib.sha256(name).hexdigest()[:16]}-"


@contextmanager
def workshop(near: Path, prefix: str) -> Iterator[Path]:
    """An empty folder in ``near``, which is removed when the block ends. Workshops of the same prefix that killed runs left are removed
    first.

    Raises :class:`OSError` where no folder can be made.
    """
    for folder in _abandoned(near, prefix):
        _remove(folder)
    folder = Path(tempfile.mkdtemp(prefix=prefix, dir=near))
    try:
        with (folder / f"{_LOCK}.new").open("wb") as lock:
            # The lock file gets its name only when it is locked, so that no other run finds it unlocked and removes the folder.
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
        # The files first and the folder with its lock after them.
        for path in folder.iterdir():
            if path.name != _LOCK and path.is_dir():
                shutil.rmtree(path, ignore_errors=True)
    shutil.rmtree(folder, ignore_errors=True)


def rescue(near: Path, prefix: str, place: Path) -> None:
    """Puts back the folder that a run had moved away from ``place`` when it was killed, before it could put the new one there."""
    if not place.exists():
        for folder in _abandoned(near, prefix):
            with suppress(FileNotFoundError):  # it was taken from nowhere, or somebody else has put it back just now
                (folder / _OLD).rename(place)
                return


def swap(fresh: Path, place: Path) -> Path | None:
    """Puts the folder ``fresh``, which is ``NEW`` in a workshop, in the place of another, where there is one; that comes back if it fails.

    It is one step where the system can exchange two folders.
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
    """A workshop in the system's folder of temporary files. Raises :class:`OutputError` where there is none that can be written to."""
    try:
        near = Path(tempfile.gettempdir())
    except OSError as error:  # tempfile has tried all usual folders by writing to them
        raise OutputError(f"temporary files: no folder can be written to ({error.strerror}); {_MORE_ROOM}") from error
    with ExitStack() as stack:
        with room_for(near):
            folder = stack.enter_context(workshop(near, "onrecord-"))
        yield folder


@contextmanager
def room_for(place: Path) -> Iterator[None]:
    """Turns the error of a full or read-only disk in the block into an :class:`OutputError`."""
    try:
        yield
    except OSError as error:
        if not is_no_room(error):
            raise
        where = error.filename or place  # the error of a full disk names no file
        raise OutputError(f"{where}: cannot be written ({error.strerror}); {_MORE_ROOM}") from error


def _exchange(one: Path, other: Path) -> bool:
    """Exchanges two folders in one step, which Linux can do in most file systems. Returns False where it cannot be done.

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
    if ctypes.get_errno() in (errno.EINVAL, errno.ENOSYS):  # this file system cannot, or this kernel
        return False
    raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()), str(other))


def _abandoned(near: Path, prefix: str) -> list[Path]:
    """Workshops of this prefix whose process has ended: their lock file is not locked. A folder without one was made by somebody else."""
    try:
        found = sorted(folder for folder in near.iterdir() if _is_named(folder.name, prefix))
    except PermissionError:  # a folder that may be written to, and not listed
        return []
    return [folder for folder in found if (folder / _LOCK).is_file() and _is_free(folder / _LOCK)]


def _is_named(name: str, prefix: str) -> bool:
    """Whether a name is this prefix and a random part. A longer prefix is another place's: that of ``site-b`` begins like that of
    ``site``."""
    return name.startswith(prefix) and _RANDOM.fullmatch(name.removeprefix(prefix)) is not None


def _is_free(lock: Path) -> bool:
    try:
        with lock.open("rb") as file:
            return _hold(file)
    except OSError:
        return False  # somebody else's, or just removed


def _hold(file: BinaryIO) -> bool:
    """Locks a file until it is closed. Returns False where another process holds the lock, or the system has no such locks."""
    if sys.platform == "win32":
        return False
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


_State = tuple[int, ...]
"""What changes when somebody writes to a file: its inode number, size and times."""


@dataclass(frozen=True, slots=True)
class Contents:
    """What a folder holds, at one moment."""

    place: Path
    name: Path
    """The folder as the user named it, for messages."""
    own: Mapping[str, _State] = field(default_factory=dict)
    """The state of each file of the manifest, by its path in the folder. All are as the program wrote them."""
    kept: tuple[str, ...] = ()
    """The paths of everything else, which is kept; folders come before what they hold."""

    def keep_in(self, fresh: Path) -> None:
        """Puts all that is kept into another folder of the same file system as well. Raises :class:`OutputError` for what cannot be put
        there."""
        folders = [path for path in self.kept if self._keep(path, fresh)]
        for path in reversed(folders):  # a folder that may not be written to gets its content first
            shutil.copystat(self.place / path, fresh / path)

    def _keep(self, path: str, fresh: Path) -> bool:
        """Puts one path into another folder; returns whether it is a folder that was made there. A file is not copied, but gets a second
        name (a hard link) where the system has them."""
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
        """Puts into the new folder what somebody wrote into the ``old`` one after it was looked at and before it was replaced."""
        own = {*self.own, *_folders_of(self.own), MARKER}
        for path in _paths(old, self.name):
            known = path in own or os.path.lexists(self.place / path)
            if not known:
                with suppress(OSError):  # the new folder is in place, and an error now would say that it is not
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
    """Gives a new folder the group, mode and extended attributes of the ``old`` one that it will replace, as far as the system allows. A
    web server that could read the old folder can then read the new one."""
    with suppress(OSError):
        if sys.platform != "win32":
            os.chown(fresh, -1, old.stat().st_gid)  # first, for it takes the bit away that hands the group on
    shutil.copystat(old, fresh)
    fresh.chmod(stat.S_IMODE(old.stat().st_mode) | stat.S_IRWXU)  # it has to be filled
    os.utime(fresh)


def contents_of(name: Path, manifest: Manifest, before: Contents | None = None) -> Contents:
    """What a folder holds, sorted into the program's own files and those that are kept. A file whose state is as it was ``before`` is not
    read again.

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
    """Every path below a folder, each folder before what it holds. Links are not followed."""

    def refuse(error: OSError) -> NoReturn:
        at = name / Path(error.filename).relative_to(place)
        raise OutputError(f"{at}: cannot be read ({error.strerror}); check its permissions, or name another folder") from error

    for above, folders, files in os.walk(place, onerror=refuse):
        folders.sort()
        yield from ((Path(above) / one).relative_to(place).as_posix() for one in sorted([*folders, *files]))


def _unchanged(file: Path, name: Path, digest: str, before: _State | None) -> _State:
    """The state of a file of the manifest. Raises :class:`OutputError` where its content is no longer what the program wrote."""
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
