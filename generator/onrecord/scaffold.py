"""Lays out a user's project."""

from __future__ import annotations

from onrecord import __version__
from onrecord.resources import templates_dir


def project_files() -> dict[str, bytes]:
    """The files of a new project by their paths in it, with the version of this program filled in."""
    root = templates_dir() / "project"
    files = {file.relative_to(root).as_posix(): file.read_bytes() for file in sorted(root.rglob("*")) if file.is_file()}
    return {name: content.replace(b"@VERSION@", __version__.encode()) for name, content in files.items()}
