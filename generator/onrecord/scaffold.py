"""Lays out a user's project."""

from __future__ import annotations

from onrecord.origin import requirement
from onrecord.resources import templates_dir


def project_files(onrecord: str | None = None) -> dict[str, bytes]:
    """The files of a new project by their paths in it, with the line filled in that names this program for pip; its own where none is
    given."""
    root = templates_dir() / "project"
    files = {file.relative_to(root).as_posix(): file.read_bytes() for file in sorted(root.rglob("*")) if file.is_file()}
    line = (onrecord or requirement()).encode()
    return {name: content.replace(b"@ONRECORD@", line) for name, content in files.items()}
