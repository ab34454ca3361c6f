"""Reports on disk, so that an article is extracted once: found by all that a report depends on, and by nothing else.

An entry's name is a digest of the article's text, blocks and metadata, and of what read it: the pipeline's files, the classifier's, the
versions of spaCy and of this program with its rules. So nothing in the cache ever has to be declared stale; what no longer fits is never
asked for. Entries are written whole and moved into place, so that two processes may share a cache, and one that was killed leaves
nothing half-written that would be found. Either may clear it while the other works.
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
"""The modules that make a report and put it on disk; with all that they import they decide what is in the cache."""
_IMPORT = re.compile(r"^\s*(?:from\s+(onrecord[\w.]*)\s+import\s+(\([^)]*\)|.*)|import\s+(onrecord[\w.]*))", re.MULTILINE)
_MEND = "check its permissions and the room there, or name another folder with ONRECORD_CACHE"
_LEVEL = 1
"""zlib's fastest: a report shrinks to a sixth, for less than a thousandth of what extraction costs."""


def default_cache() -> Path:
    """Where reports are kept when nobody says otherwise: ``$ONRECORD_CACHE``, or the user's cache folder on this system."""
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
    """Tells nobody."""


@dataclass(slots=True)
class ReportCache:
    """Reports in a folder. Where that cannot be written to, the work goes on without."""

    folder: Path
    tell: Callable[[str], None] = _say_nothing
    """Gets one line, once, when a report could not be kept; from then on none is."""
    _is_full: bool = field(default=False, repr=False)

    def get(self, article: Article, reader: str) -> Report | None:
        """The report that :meth:`put` kept for an article with this text, by this reader; none if there is none that can be read."""
        file = self._file(article, reader)
        try:
            report = decode_report(zlib.decompress(file.read_bytes()))
        except FileNotFoundError:
            return None
        except (OSError, zlib.error, msgspec.MsgspecError):
            with suppress(OSError):
                file.unlink()  # cut short by a full disk, say: made anew
            return None
        # The text is the same, but it may stand in another file.
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
        """How many reports there are, and how much room they take."""
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
        content = msgspec.json.encode(replace(article, id="", file=""))
        name = hashlib.sha256(reader.encode() + b"\0" + content).hexdigest()
        return self.folder / name[:2] / f"{name[2:]}{_SUFFIX}"

    def _shards(self) -> Iterator[Path]:
        if self.folder.is_dir():
            yield from (shard for shard in sorted(self.folder.iterdir()) if shard.is_dir() and _is_shard(shard.name))


_SECRET = "secret"
_SECRET_BYTES = 32


def own_secret(folder: Path) -> bytes:
    """Bytes that nobody knows who cannot read this folder; the same each time, unless they cannot be kept there."""
    fresh = secrets.token_bytes(_SECRET_BYTES)
    with suppress(OSError):
        _make(folder)
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
    """Writes beside the file and moves it there, or leaves nothing; only a process that is killed leaves what it had written beside."""
    with tempfile.NamedTemporaryFile(dir=file.parent, prefix=".", delete=False) as fresh:
        try:
            fresh.write(content)
            fresh.close()
            Path(fresh.name).replace(file)
        except BaseException:
            Path(fresh.name).unlink(missing_ok=True)
            raise


def _files_in(shard: Path) -> list[Path]:
    """What is there; nothing where another process removed the folder."""
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
    """A digest of what reads an article: the pipeline of this name or path, further files that were chosen, spaCy and this program.

    An installed pipeline is found without being loaded, which takes a second. One that is not there has a digest too; loading it will tell.
    """
    digest = hashlib.sha256(f"onrecord {__version__}, spacy {importlib.metadata.version('spacy')}".encode())
    package, folder = Path(__file__).parents[1], _folder_of(model)
    rules = (_named(file, package) for file in reading_files(package))
    weights = (_named(file, folder) for file in _files(folder)) if folder is not None else ()
    for name, file in (*rules, *weights, *((str(place), file) for place, file in enumerate(files))):
        digest.update(f"\0{name}\0{hashlib.sha256(file.read_bytes()).hexdigest()}".encode())
    return digest.hexdigest()


def reading_files(package: Path) -> list[Path]:
    """The files of this program, whose ``package`` is that folder, that decide what a report says.

    They are the modules to which imports lead from :data:`_READING`, and what lies in a folder ``data`` beside one of them. In a checkout
    they change while the version does not. Imports are looked for in the text, in 10 to 20 ms: to parse the modules takes 150, to import
    them would load spaCy. The whole package would need no looking, but then a change of a page would have every article read again.
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
    """The file of a module; none for the name of something else: ``from onrecord.model import Report`` may name a module or a class."""
    place = package.joinpath(*name.split(".")[1:])
    files = (place / "__init__.py", place.with_name(f"{place.name}.py"))
    return next((file for file in files if file.is_file()), None) if name else None


def _imported_by(module: Path) -> Iterator[str]:
    """Whatever of ours a module may import, by full name, wherever in it."""
    for package, names, whole in _IMPORT.findall(module.read_text(encoding="utf-8")):
        yield whole or package
        yield from (f"{package}.{name}" for name in re.findall(r"\w+", names))


def _files(folder: Path) -> list[Path]:
    return sorted(file for file in folder.rglob("*") if file.is_file() and file.suffix != ".pyc")


def _named(file: Path, folder: Path) -> tuple[str, Path]:
    return file.relative_to(folder).as_posix(), file


def _folder_of(model: str) -> Path | None:
    """Where a pipeline's files are; none for one that is not there."""
    if Path(model).is_dir():
        return Path(model)
    found = importlib.util.find_spec(model) if model.isidentifier() else None
    return Path(found.origin).parent if found is not None and found.origin else None
