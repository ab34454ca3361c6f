"""The files of a new MkDocs project (``onrecord new``), with the line for pip that names this very installation of the program."""

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
"""The folder of a project for a wheel of this program, where pip cannot get it from anywhere else."""


def requirement() -> str:
    """The line of ``requirements.txt`` that installs the program as it is installed here."""
    said = importlib.metadata.distribution("onrecord").read_text("direct_url.json")
    return requirement_of(json.loads(said) if said else None)


def requirement_of(direct: Mapping[str, Any] | None) -> str:
    """The line for an installation with this ``direct_url.json``, in which pip notes where a package came from (PyPA specifications,
    "Recording the Direct URL Origin"); None for one from an index.

    A repository is named at its commit, and a file with its hash. For a package from an index ``--require-hashes`` is set, so that pip
    refuses it and prints the hash to add. Where only a folder is known, the line names a wheel that the user has to put into the project.
    """
    if direct is None:
        return f"--require-hashes\nonrecord=={__version__}"
    url = str(direct.get("url", ""))
    if "vcs_info" in direct:
        return _at_commit(url, str(direct["vcs_info"].get("commit_id", ""))) or _wheel()
    if "archive_info" in direct:
        return _file(url, direct["archive_info"])
    folder = Path(url2pathname(urlsplit(url).path))
    # A folder inside a larger repository cannot be installed from that repository's address.
    inside = _git(folder, "rev-parse", "--show-prefix")
    return ("" if inside else _at_commit(_git(folder, "remote", "get-url", "origin"), _git(folder, "rev-parse", "HEAD"))) or _wheel()


def _at_commit(url: str, commit: str) -> str:
    """The line for a repository at a commit; empty where the address is not one that others can reach."""
    short = re.fullmatch(r"([\w.-]+@[\w.-]+):(?!//)(\S+)", url)
    url = f"ssh://{short[1]}/{short[2]}" if short else url
    parts = urlsplit(url)
    if parts.scheme not in ("https", "ssh") or not re.fullmatch(r"[0-9a-f]{40,64}", commit):
        return ""
    # A name and password in an https address must not get into a file; the user name of ssh belongs to the address.
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
    """What git prints about a folder; empty where there is no git, or the folder is in no repository."""
    try:
        done = subprocess.run(["git", "-C", str(folder), *asked], capture_output=True, text=True, timeout=10, check=False)
    except (OSError, subprocess.SubprocessError):
        return ""
    return done.stdout.strip() if done.returncode == 0 else ""


def project_files(onrecord: str | None = None) -> dict[str, bytes]:
    """The files of a new project, by their paths in it. ``onrecord`` is the line of ``requirements.txt`` for this program; by default that
    of :func:`requirement`."""
    root = templates_dir() / "project"
    files = {file.relative_to(root).as_posix(): file.read_bytes() for file in sorted(root.rglob("*")) if file.is_file()}
    line = (onrecord or requirement()).encode()
    return {name: content.replace(b"@ONRECORD@", line) for name, content in files.items()}
