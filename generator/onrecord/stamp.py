"""A name for all that a site comes from, by which the next build tells that nothing has changed."""

from __future__ import annotations

import hashlib
import importlib.metadata
from collections.abc import Iterable, Sequence
from pathlib import Path

import msgspec

from onrecord.cache import default_cache, own_secret
from onrecord.model import Report
from onrecord.options import TextMode
from onrecord.report_json import encode_report
from onrecord.resources import templates_dir

STAMP = ".onrecord-stamp"
"""The file with the stamp, in the folder of a site."""

_BUILDERS = ("mkdocs", "jinja2")
"""Packages, besides this one, whose version decides what a page looks like."""


def stamp_of(reports: Sequence[Report], *, files: Iterable[Path], options: Sequence[str], text: TextMode = "none") -> str:
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
    for place in (Path(__file__).parent, templates_dir(), *files):
        digest.update(_content_of(place))
    return digest.hexdigest()


def put_stamp(folder: Path, stamp: str) -> None:
    """Leaves the stamp in a finished folder, for :func:`is_current`."""
    (folder / STAMP).write_text(_stamped(folder, stamp), encoding="utf-8")


def is_current(folder: Path, stamp: str) -> bool:
    """Whether the folder was finished with this stamp, and still has the same files, by name and size."""
    file = folder / STAMP
    return file.is_file() and file.read_text(encoding="utf-8") == _stamped(folder, stamp)


def _stamped(folder: Path, stamp: str) -> str:
    shown = sorted((path.relative_to(folder).as_posix(), path.stat().st_size) for path in folder.rglob("[!.]*") if path.is_file())
    return f"{stamp}\n{hashlib.sha256(msgspec.json.encode(shown)).hexdigest()}\n"


def _content_of(place: Path) -> bytes:
    inside = sorted(path for path in place.rglob("*") if path.is_file() and path.suffix != ".pyc") if place.is_dir() else [place]
    digests = [(path.relative_to(place).as_posix(), hashlib.sha256(path.read_bytes()).hexdigest()) for path in inside]
    return msgspec.json.encode(digests)
