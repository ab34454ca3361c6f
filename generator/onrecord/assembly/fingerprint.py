"""The fingerprint of a site: a digest of all that it is made from. A build whose fingerprint is that of the last one has nothing to do."""

from __future__ import annotations

import hashlib
import importlib.metadata
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import msgspec

from onrecord.manifest import has_marker, read_manifest
from onrecord.model import Report
from onrecord.options import TextMode
from onrecord.reports.cache import default_cache, own_secret
from onrecord.reports.json import encode_report
from onrecord.resources import templates_dir

FINGERPRINT = ".onrecord-stamp"
"""The file with the fingerprint, in the folder of a site."""

_BUILDERS = ("mkdocs", "jinja2")
"""Packages besides this one whose versions decide what a page looks like."""


def fingerprint_of(reports: Sequence[Report], *, files: Iterable[Path], options: Sequence[str], text: TextMode = "none") -> str:
    """A digest of the reports, of the content of further ``files`` and folders, of the options, and of the files of this program and its
    templates. Its version alone would not do, because a checkout changes while its version does not.

    The fingerprint is published with the site. So where any text is withheld (by ``text``, or by an article's own wish), a secret of this
    machine goes into the digest: without it anybody could try likely words until the digest fits.
    """
    digest = hashlib.sha256(msgspec.json.encode([list(options), text, [importlib.metadata.version(name) for name in _BUILDERS]]))
    if text != "full" or any(one.article.withheld or one.article.meta.text != "full" for one in reports):
        digest.update(own_secret(default_cache()))
    for report in reports:
        digest.update(encode_report(report))
    for place in (Path(__file__).parents[1], templates_dir(), *files):
        digest.update(_content_of(place))
    return digest.hexdigest()


def write_fingerprint(folder: Path, fingerprint: str) -> None:
    """Writes the fingerprint into a finished folder, for :func:`is_current`."""
    (folder / FINGERPRINT).write_text(f"{fingerprint}\n", encoding="utf-8")


def is_current(folder: Path, fingerprint: str) -> bool:
    """Whether the folder was finished with this fingerprint and still has all files of its manifest. Other files in it do not matter; that
    nobody changed a file of the manifest, :func:`onrecord.assembly.write.replaced_folder` has checked before."""
    file = folder / FINGERPRINT
    if not file.is_file() or file.read_text(encoding="utf-8") != f"{fingerprint}\n":
        return False
    manifest = read_manifest(folder)
    return manifest is not None and all((folder / name).is_file() for name in manifest.files)


def _content_of(place: Path) -> bytes:
    inside = sorted(_files_in(place)) if place.is_dir() else [place]
    digests = [(path.relative_to(place).as_posix(), hashlib.sha256(path.read_bytes()).hexdigest()) for path in inside]
    return msgspec.json.encode(digests)


def _files_in(folder: Path) -> Iterator[Path]:
    """All files in a folder that a site may be made from. Left out are compiled modules, and folders that this program wrote: a site may be
    built inside the folder of the user's templates."""
    for path in folder.iterdir():
        if path.is_dir():
            yield from () if path.is_symlink() or has_marker(path) else _files_in(path)
        elif path.is_file() and path.suffix != ".pyc":
            yield path
