"""Temporary folders in which work is done until it is whole: swept by the next run where one was killed, and told from those still in use.

Whoever works in a folder holds a lock on a file in it. The system lets go of the lock when the process ends, however that happens, so a
folder whose lock is free is nobody's. A library of locks (filelock) would replace one call of ``flock`` and nothing of the sweep: which
folder is whose is the question here, and no one waits for a lock.
"""

from __future__ import annotations

import ctypes
import errno
import hashlib
import os
import re
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from onrecord.errors import OutputError, is_no_room

if sys.platform != "win32":
    import fcntl

_LOCK = ".onrecord-lock"
_RANDOM = re.compile("[a-z0-9_]{8}")
"""What tempfile puts after a prefix."""
_OLD = "old"
"""In a workshop: what was in the place of the finished work before."""
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
    """Removes a workshop, its lock last: where that is interrupted, the next run knows it again."""
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
    """Puts the folder ``fresh``, which is in a workshop, in the place of another, where there is one; that comes back if it fails.

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
    process that is killed then leaves none until the next run puts it back. A link that is turned would do the same, but then the folder
    that the user named would be a link, and folders to which it led would be left to be swept.
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
