"""Reports kept on disk, so that an article is extracted once.

The name of an entry is a digest of all that a report depends on: the article's text, blocks and metadata, the files of the pipeline and the
classifier, the version of spaCy, and the modules of this program that make reports. So an entry never goes stale: when anything changes,
another name is asked for. Entries are written under another name and moved into place, so that two processes may share a cache, and a
killed one leaves no half-written entry. Either may clear the cache while the other works.
"""

from __future__ import annotations

import hashlib
import importlib.metadata
import importlib.util
import os
import re
import secrets
import tempfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path

import msgspec
from platformdirs import user_cache_path

from onrecord import __version__
from onrecord.errors import OutputError
from onrecord.model import Article, Report
from onrecord.reports.json import decode_report, encode_report

_SUFFIX = ".report"
_READING = ("onrecord.reports.pipeline", "onrecord.reports.json")
"""The modules that make a report and encode it. They and all that they import decide what a report says."""
_IMPORT = re.compile(r"^\s*(?:from\s+(onrecord[\w.]*)\s+import\s+(\([^)]*\)|.*)|import\s+(onrecord[\w.]*))", re.MULTILINE)
_MEND = "check its permissions and the room there, or name another folder with ONRECORD_CACHE"
_LEVEL = 1
"""zlib's fastest level: a report shrinks to a sixth, in less than a thousandth of the time of extraction."""


def default_cache() -> Path:
    """The folder of the cache: ``$ONRECORD_CACHE``, or else the user's cache folder on this system."""
    chosen = os.environ.get("ONRECORD_CACHE")
    return Path(chosen) if chosen else user_cache_path("onrecord", appauthor=False)


@dataclass(frozen=True, slots=True)
class Usage:
    """What a cache holds."""

    reports: int
    size: int
    """In bytes."""

    def __str__(self) -> str:
        return f"{self.reports:,} {'report' if self.reports == 1 else 'reports'}, {self.size / 1e6:.1f} MB"


def _say_nothing(message: str) -> None:
    """Drops a message."""


@dataclass(slots=True)
class ReportCache:
    """Reports in a folder. If it cannot be written to, the program works without a cache."""

    folder: Path
    tell: Callable[[str], None] = _say_nothing
    """Called with one line when a report could not be kept for the first time; after that no report is kept."""
    _is_full: bool = field(default=False, repr=False)

    def get(self, article: Article, reader: str) -> Report | None:
        """The report that was kept for an article with this content, made by the reader with this digest; None if there is none."""
        file = self._file(article, reader)
        try:
            report = decode_report(zlib.decompress(file.read_bytes()))
        except FileNotFoundError:
            return None
        except (OSError, zlib.error, msgspec.MsgspecError):
            with suppress(OSError):
                file.unlink()  # cut short by a full disk, say: made anew
            return None
        # The content is the same, but the file and the id may be others.
        return replace(report, article=article)

    def put(self, report: Report, reader: str) -> None:
        """Keeps a report, unless the folder cannot be written to."""
        if self._is_full:
            return
        file, content = self._file(report.article, reader), zlib.compress(encode_report(report), _LEVEL)
        try:
            _make(file.parent)
            with suppress(FileNotFoundError):  # another process cleared the cache between two of these steps, and would have this, too
                _put(file, content)
        except OSError as error:
            self._is_full = True
            self.tell(f"{self.folder}: the cache cannot be written to ({error.strerror}), and is done without; {_MEND}")

    def usage(self) -> Usage:
        """How many reports there are, and how many bytes they take."""
        with self._in_one_line():
            sizes = [size for shard in self._shards() for size in _sizes(shard)]
        return Usage(len(sizes), sum(sizes))

    def clear(self) -> Usage:
        """Removes every report, and what a killed process left behind; returns what was there. Other files stay. Raises
        :class:`OutputError` where something cannot be removed."""
        before = self.usage()
        with self._in_one_line():
            for shard in self._shards():
                for file in _files_in(shard):
                    if file.suffix == _SUFFIX or file.name.startswith("."):
                        file.unlink(missing_ok=True)
                with suppress(OSError):  # holds another file, or gets a report just now
                    shard.rmdir()
        return before

    @contextmanager
    def _in_one_line(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            raise OutputError(f"{error.filename or self.folder}: is of the cache, and fails ({error.strerror}); {_MEND}") from error

    def _file(self, article: Article, reader: str) -> Path:
        # The id and the file do not decide what is found: a renamed article is not extracted again.
        content = msgspec.json.encode(replace(article, id="", file=""))
        name = hashlib.sha256(reader.encode() + b"\0" + content).hexdigest()
        return self.folder / name[:2] / f"{name[2:]}{_SUFFIX}"

    def _shards(self) -> Iterator[Path]:
        if self.folder.is_dir():
            yield from (shard for shard in sorted(self.folder.iterdir()) if shard.is_dir() and _is_shard(shard.name))


_SECRET = "secret"
_SECRET_BYTES = 32


def own_secret(folder: Path) -> bytes:
    """A secret that only those know who can read the folder. It is made once and kept there; if it cannot be kept, it is new each time."""
    fresh = secrets.token_bytes(_SECRET_BYTES)
    with suppress(OSError):
        _make(folder)
        # Two processes may both write one; the one that is read back counts for both.
        if not (folder / _SECRET).is_file():
            _put(folder / _SECRET, fresh)
        kept = (folder / _SECRET).read_bytes()
        if len(kept) == _SECRET_BYTES:
            return kept
    return fresh


def _is_shard(name: str) -> bool:
    return len(name) == 2 and all(character in "0123456789abcdef" for character in name)


def _make(shard: Path) -> None:
    try:
        shard.mkdir(parents=True, exist_ok=True)
    except FileExistsError:
        if shard.is_file():  # otherwise another process removed the folder while it was looked at
            raise


def _put(file: Path, content: bytes) -> None:
    """Writes a file under another name and moves it into place. Only a process that is killed leaves anything else behind."""
    with tempfile.NamedTemporaryFile(dir=file.parent, prefix=".", delete=False) as fresh:
        try:
            fresh.write(content)
            fresh.close()
            Path(fresh.name).replace(file)
        except BaseException:
            Path(fresh.name).unlink(missing_ok=True)
            raise


def _files_in(shard: Path) -> list[Path]:
    """The files in a folder; none where another process has just removed it."""
    try:
        return list(shard.iterdir())
    except FileNotFoundError:
        return []


def _sizes(shard: Path) -> Iterator[int]:
    for file in _files_in(shard):
        if file.suffix == _SUFFIX:
            with suppress(FileNotFoundError):
                yield file.stat().st_size


@cache
def reader_of(model: str, *files: Path) -> str:
    """A digest of what reads an article: the pipeline of this name or path, further ``files`` (a classifier), spaCy and this program.

    The files of an installed pipeline are found without loading it, which would take a second. A pipeline that is not installed has a
    digest, too; the error comes when it is loaded.
    """
    digest = hashlib.sha256(f"onrecord {__version__}, spacy {importlib.metadata.version('spacy')}".encode())
    package, folder = Path(__file__).parents[1], _folder_of(model)
    rules = (_named(file, package) for file in reading_files(package))
    weights = (_named(file, folder) for file in _files(folder)) if folder is not None else ()
    for name, file in (*rules, *weights, *((str(place), file) for place, file in enumerate(files))):
        digest.update(f"\0{name}\0{hashlib.sha256(file.read_bytes()).hexdigest()}".encode())
    return digest.hexdigest()


def reading_files(package: Path) -> list[Path]:
    """The files of this program that decide what a report says; ``package`` is the folder of the program.

    They are the modules of :data:`_READING`, all that these import directly or indirectly, and the files in folders ``data`` beside them.
    The version alone would not do, since a checkout changes while its version does not; all files of the program would do, but then each
    change of a page would have every article read again. Imports are found by a regular expression in 10 to 20 ms. Parsing the modules
    takes 150 ms, and importing them would load spaCy.
    """
    found: dict[str, Path] = {}
    waiting = list(_READING)
    while waiting:
        name = waiting.pop()
        file = _module_at(package, name)
        if file is None or name in found:
            continue
        found[name] = file
        waiting += [*_imported_by(file), name.rpartition(".")[0]]  # Python imports the packages around a module, too
    data = (file for folder in {file.parent / "data" for file in found.values()} for file in _files(folder))
    return sorted({*found.values(), *data})


def _module_at(package: Path, name: str) -> Path | None:
    """The file of a module; None if the name is not that of a module: ``onrecord.model.Report`` is a class."""
    place = package.joinpath(*name.split(".")[1:])
    files = (place / "__init__.py", place.with_name(f"{place.name}.py"))
    return next((file for file in files if file.is_file()), None) if name else None


def _imported_by(module: Path) -> Iterator[str]:
    """The full names of all that a module imports from this program, at its top or in a function. Some are names of classes."""
    for package, names, whole in _IMPORT.findall(module.read_text(encoding="utf-8")):
        yield whole or package
        yield from (f"{package}.{name}" for name in re.findall(r"\w+", names))


def _files(folder: Path) -> list[Path]:
    return sorted(file for file in folder.rglob("*") if file.is_file() and file.suffix != ".pyc")


def _named(file: Path, folder: Path) -> tuple[str, Path]:
    return file.relative_to(folder).as_posix(), file


def _folder_of(model: str) -> Path | None:
    """The folder of a pipeline's files; None for one that is not installed."""
    if Path(model).is_dir():
        return Path(model)
    found = importlib.util.find_spec(model) if model.isidentifier() else None
    return Path(found.origin).parent if found is not None and found.origin else None
