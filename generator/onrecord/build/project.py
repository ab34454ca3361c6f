"""Lays out a user's project, and names where this program was installed from."""

from __future__ import annotations

import importlib.metadata
import json
import re
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit
from urllib.request import url2pathname

from onrecord import __version__
from onrecord.resources import templates_dir

WHEELS = "wheels"
"""The folder of a project with a wheel of its own."""


def requirement() -> str:
    """The line for this installation."""
    said = importlib.metadata.distribution("onrecord").read_text("direct_url.json")
    return requirement_of(json.loads(said) if said else None)


def requirement_of(direct: Mapping[str, Any] | None) -> str:
    """The line for an installation of which pip noted this ``direct_url.json`` (PyPA specifications, "Recording the Direct URL Origin").

    A repository is named at its commit, a file by its hash. What came from an index is asked for by hash too: pip then says which it
    found. Where all that is known is a folder, a wheel is expected in the project.
    """
    if direct is None:
        return f"--require-hashes\nonrecord=={__version__}"
    url = str(direct.get("url", ""))
    if "vcs_info" in direct:
        return _at_commit(url, str(direct["vcs_info"].get("commit_id", ""))) or _wheel()
    if "archive_info" in direct:
        return _file(url, direct["archive_info"])
    folder = Path(url2pathname(urlsplit(url).path))
    inside = _git(folder, "rev-parse", "--show-prefix")
    return ("" if inside else _at_commit(_git(folder, "remote", "get-url", "origin"), _git(folder, "rev-parse", "HEAD"))) or _wheel()


def _at_commit(url: str, commit: str) -> str:
    """A repository at a commit; nothing where others could not reach it."""
    short = re.fullmatch(r"([\w.-]+@[\w.-]+):(?!//)(\S+)", url)
    url = f"ssh://{short[1]}/{short[2]}" if short else url
    parts = urlsplit(url)
    if parts.scheme not in ("https", "ssh") or not re.fullmatch(r"[0-9a-f]{40,64}", commit):
        return ""
    # Whose password it was is nobody's business; the user of ssh belongs to the address.
    host = parts.netloc if parts.scheme == "ssh" else parts.netloc.rpartition("@")[2]
    return f"onrecord @ git+{urlunsplit((parts.scheme, host, parts.path, '', ''))}@{commit}"


def _file(url: str, archive: Mapping[str, Any]) -> str:
    sha256 = archive.get("hashes", {}).get("sha256") or str(archive.get("hash", "")).removeprefix("sha256=")
    parts = urlsplit(url)
    if parts.scheme == "https" and sha256:
        return f"onrecord @ {urlunsplit((parts.scheme, parts.netloc.rpartition('@')[2], parts.path, parts.query, f'sha256={sha256}'))}"
    return _wheel(sha256 if parts.path.endswith(".whl") else "")


def _wheel(sha256: str = "") -> str:
    checked = f" --hash=sha256:{sha256}" if sha256 else ""
    return f"./{WHEELS}/onrecord-{__version__}-py3-none-any.whl{checked}"


def _git(folder: Path, *asked: str) -> str:
    """What git says of a folder; nothing where there is no git, or the folder is none of its."""
    try:
        done = subprocess.run(["git", "-C", str(folder), *asked], capture_output=True, text=True, timeout=10, check=False)
    except (OSError, subprocess.SubprocessError):
        return ""
    return done.stdout.strip() if done.returncode == 0 else ""


def project_files(onrecord: str | None = None) -> dict[str, bytes]:
    """The files of a new project by their paths in it, with the line filled in that names this program for pip; its own where none is
    given."""
    root = templates_dir() / "project"
    files = {file.relative_to(root).as_posix(): file.read_bytes() for file in sorted(root.rglob("*")) if file.is_file()}
    line = (onrecord or requirement()).encode()
    return {name: content.replace(b"@ONRECORD@", line) for name, content in files.items()}
