"""A name for all that a site comes from, by which the next build tells that nothing has changed."""

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
"""The file with the stamp, in the folder of a site."""

_BUILDERS = ("mkdocs", "jinja2")
"""Packages, besides this one, whose version decides what a page looks like."""


def fingerprint_of(reports: Sequence[Report], *, files: Iterable[Path], options: Sequence[str], text: TextMode = "none") -> str:
    """A digest of the reports, of further files and folders by what is in them, of the options, and of this program with its templates: a
    checkout changes while its version does not.

    The stamp is published with the site. Where this shows no more than ``text``, or an article of it asks for less than all, the digest has
    a secret of this machine in it: without that, whoever has a list of likely words could tell which of them are withheld.
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
    """Leaves the stamp in a finished folder, for :func:`is_current`."""
    (folder / FINGERPRINT).write_text(f"{fingerprint}\n", encoding="utf-8")


def is_current(folder: Path, fingerprint: str) -> bool:
    """Whether the folder was finished with this stamp, and still has all that its manifest lists. What else is in it says nothing, and
    whether somebody changed a file :func:`onrecord.build.write.replaced_folder` looks at first."""
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
    """All files that a site may come from: neither what Python compiled nor a site, which may be built in the folder of the templates."""
    for path in folder.iterdir():
        if path.is_dir():
            yield from () if path.is_symlink() or has_marker(path) else _files_in(path)
        elif path.is_file() and path.suffix != ".pyc":
            yield path
