"""Writing folders and files to disk: all of the work, or nothing, also when the program fails or is killed."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from os.path import realpath
from pathlib import Path

import yaml

from onrecord.assembly.folders import NEW, contents_of, give_manner, prefix_for, rescue, room_for, swap, workshop
from onrecord.errors import OutputError
from onrecord.export.files import ExportFile
from onrecord.manifest import FRONT_MATTER, MARKER, Manifest, manifest_of, read_manifest
from onrecord.render.engine.links import Urls
from onrecord.render.head import without_markup
from onrecord.render.site import Page
from onrecord.render.views.assets import SCRIPT, STYLE, Asset


@contextmanager
def replaced_folder(folder: Path, command: str, inputs: Iterable[Path] = ()) -> Iterator[Path]:
    """An empty folder for the block to fill. It takes the place of ``folder`` when the block ends without an error; until then, and after
    an error or an interrupt, ``folder`` is as it was.

    Files of the old folder that its manifest lists are the program's, and are gone afterwards; all other files are put into the new folder.
    Raises :class:`OutputError` where another command or somebody else wrote the folder, where somebody changed a file of the manifest,
    where a file that is kept has the name of a new one, and where one of the ``inputs`` is in the folder.
    """
    place = _place_of(folder)
    if place.parent.is_dir():
        rescue(place.parent, prefix_for(place), place)
    _refuse_inputs(folder, place, inputs)
    manifest = _manifest(folder, command)
    before = contents_of(folder, manifest)
    with _fresh_folder(folder) as fresh:
        yield fresh
        (fresh / MARKER).write_bytes(manifest_of(fresh, command).encode())
        # Two runs on one folder: the second to finish must not remove what the first has just written.
        if (read_manifest(folder) or Manifest(command, {})) != manifest:
            raise OutputError(f"{folder}: was written by another run meanwhile, and stays as that left it; run this one again")
        # Looked at once more: the block may have taken minutes, in which somebody has added files.
        now = contents_of(folder, manifest, before)
        now.keep_in(fresh)
        old = _swapped(fresh, folder)
        if old is not None:
            now.bring_late(old)


def _place_of(name: Path) -> Path:
    """Where a path leads, links followed. Raises :class:`OutputError` for links in a circle, and where the path may not be looked up."""
    place = Path(realpath(name))
    try:
        place.exists()
    except OSError as error:
        raise OutputError(f"{name}: cannot be written ({error.strerror}); name a place that can be written to") from error
    if place.is_symlink():
        raise OutputError(f"{name}: is a link that leads back to itself; name another place, or delete it")
    return place


def _manifest(folder: Path, command: str) -> Manifest:
    """The manifest of a folder that may be replaced; an empty one for a new folder. Raises :class:`OutputError` where another command wrote
    it, or somebody else."""
    if not _is_filled(folder):
        return Manifest(command, {})
    manifest = read_manifest(folder)
    if manifest is None:
        raise OutputError(f"{folder}: holds files that onrecord did not write; name another folder, or empty this one")
    if manifest.command != command:
        raise OutputError(f"{folder}: was written by onrecord {manifest.command}; name another folder, or delete this one")
    return manifest


def _refuse_inputs(name: Path, place: Path, inputs: Iterable[Path]) -> None:
    """Raises :class:`OutputError` where something that is read is, or is in, the place that is written."""
    for one in inputs:
        real = Path(realpath(one))
        if any(path.is_relative_to(place) for path in (real, Path(realpath(one.parent)) / one.name)):
            raise OutputError(f"{one}: is read, and {'is' if real == place else 'is in'} what is to be written, {name}; name another place")


@contextmanager
def new_folder(folder: Path) -> Iterator[Path]:
    """An empty folder for the block to fill, as :func:`replaced_folder`, but without a manifest: it is the user's from then on, and is
    never replaced. Raises :class:`OutputError` where ``folder`` is not empty."""
    if _is_filled(folder):
        raise OutputError(f"{folder}: is not empty; name a new folder")
    with _fresh_folder(folder) as fresh:
        yield fresh
        _swapped(fresh, folder)


def _is_filled(folder: Path) -> bool:
    if folder.exists() and not folder.is_dir():
        raise OutputError(f"{folder}: is a file, not a folder; name another folder")
    return folder.is_dir() and any(folder.iterdir())


@contextmanager
def _fresh_folder(folder: Path) -> Iterator[Path]:
    place = _place_of(folder)
    if Path.cwd().is_relative_to(place):
        # The folder is replaced, not filled: a shell in it would be left in a folder that does not exist any more.
        raise OutputError(f"{folder}: is the folder that you are in; go up and name it from there")
    with _workshop(place, folder) as made:
        # Made here rather than by tempfile, whose folders nobody but their owner may read.
        fresh = made / NEW
        fresh.mkdir()
        if place.is_dir():
            give_manner(place, fresh)
        yield fresh


def _swapped(fresh: Path, folder: Path) -> Path | None:
    """Puts ``fresh`` in the place of ``folder``. Returns where the old folder is until the workshop is removed; None if there was none."""
    try:
        return swap(fresh, _place_of(folder))
    except OSError as error:  # something is mounted there, say
        raise OutputError(f"{folder}: cannot be replaced ({error.strerror or error}); name another folder") from error


@contextmanager
def _workshop(place: Path, name: Path) -> Iterator[Path]:
    """A hidden temporary folder on the same file system as ``place``, so that a finished folder need only be renamed.

    It is made in the nearest parent folder that exists, so that an error leaves no new parent folders behind. ``name`` is what the user
    called the place, for messages.
    """
    near = next(folder for folder in place.parents if folder.exists())
    with ExitStack() as stack:
        try:
            made = stack.enter_context(workshop(near, prefix_for(place)))
        except OSError as error:
            raise OutputError(f"{name}: cannot be written ({error.strerror}); name a place that can be written to") from error
        with room_for(name):
            yield made


@contextmanager
def replaced_file(file: Path, inputs: Iterable[Path] = ()) -> Iterator[Path]:
    """A path for the block to write to. The file there takes the place of ``file`` in one step when the block ends without an error.

    Raises :class:`OutputError` when no file can be there, and when it is one of the ``inputs``.
    """
    place = _place_of(file)
    if place.exists() and not place.is_file():
        raise OutputError(f"{file}: is not a regular file; name another, or - for standard output")
    _refuse_inputs(file, place, inputs)
    with _workshop(place, file) as made:
        yield made / NEW
        place.parent.mkdir(parents=True, exist_ok=True)
        (made / NEW).replace(place)


def clear(folder: Path) -> None:
    """Empties a folder, to begin again after an attempt to fill it has failed."""
    for path in folder.iterdir():
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink()


def write_pages(folder: Path, pages: Iterable[Page], assets: Iterable[Asset], *, urls: Urls) -> None:
    """Fills a folder with pages as Markdown files, one raw HTML block each, and with their assets beside them."""
    for asset in assets:
        _write(folder / asset.path, asset.chunks())
    for page in pages:
        _write(folder / f"{page.path}.md", [markdown_page(page, urls=urls).encode()])


def write_files(folder: Path, files: Mapping[str, bytes]) -> None:
    """Fills a folder with files, by their paths in it."""
    for name, content in files.items():
        _write(folder / name, [content])


def write_exports(folder: Path, files: Iterable[ExportFile]) -> None:
    """Fills a folder with findings as data."""
    for file in files:
        _write(folder / file.path, file.chunks())


def _write(file: Path, chunks: Iterable[bytes]) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("wb") as out:
        out.writelines(chunks)


def markdown_page(page: Page, *, urls: Urls) -> str:
    """A page as Markdown: YAML front matter and one raw HTML block, which fetches style sheet and script itself.

    Site builders print titles and descriptions without escaping them, so that characters of markup are taken out here.
    """
    front = yaml.safe_dump(
        {"title": without_markup(page.title), "description": without_markup(page.description)},
        allow_unicode=True,
        sort_keys=False,
        width=10_000,
    )
    style, script = (urls.to_asset(path, start=page.path) for path in (STYLE, SCRIPT))
    head = f'<link rel="stylesheet" href="{style}">\n<script defer src="{script}"></script>'
    return f"---\n{FRONT_MATTER}\n{front}---\n\n<div>\n{head}\n{page.html}\n</div>\n"
