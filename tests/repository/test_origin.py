"""The line by which a project asks for this program: it names one thing, and no index is asked where another is known."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement

from onrecord import __version__
from onrecord.assembly.project import requirement, requirement_of

COMMIT = "0123456789abcdef0123456789abcdef01234567"
WHEEL = f"./wheels/onrecord-{__version__}-py3-none-any.whl"


@pytest.mark.parametrize(
    ("direct", "line"),
    [
        (
            {"url": "https://example.org/team/onrecord.git", "vcs_info": {"vcs": "git", "commit_id": COMMIT, "requested_revision": "main"}},
            f"onrecord @ git+https://example.org/team/onrecord.git@{COMMIT}",
        ),
        (
            {"url": "https://ann:secret@example.org/onrecord", "vcs_info": {"vcs": "git", "commit_id": COMMIT}},
            f"onrecord @ git+https://example.org/onrecord@{COMMIT}",
        ),
        (
            {"url": "ssh://git@example.org/onrecord", "vcs_info": {"vcs": "git", "commit_id": COMMIT}},
            f"onrecord @ git+ssh://git@example.org/onrecord@{COMMIT}",
        ),
        ({"url": "file:///home/ann/onrecord", "vcs_info": {"vcs": "git", "commit_id": COMMIT}}, WHEEL),
        ({"url": "https://example.org/onrecord", "vcs_info": {"vcs": "git", "commit_id": "main"}}, WHEEL),
        ({"url": "file:///no/such/folder", "dir_info": {"editable": True}}, WHEEL),
        (
            {"url": "file:///tmp/onrecord-1-py3-none-any.whl", "archive_info": {"hash": "sha256=ab12", "hashes": {"sha256": "ab12"}}},
            f"{WHEEL} --hash=sha256:ab12",
        ),
        ({"url": "file:///tmp/onrecord-1.tar.gz", "archive_info": {"hash": "sha256=ab12"}}, WHEEL),
        (
            {"url": "https://u:p@example.org/onrecord-1.tar.gz", "archive_info": {"hash": "sha256=ab12"}},
            "onrecord @ https://example.org/onrecord-1.tar.gz#sha256=ab12",
        ),
        ({"url": "https://example.org/onrecord-1.tar.gz", "archive_info": {}}, WHEEL),
        (None, f"--require-hashes\nonrecord=={__version__}"),
    ],
)
def test_it_names_one_thing(direct: dict[str, Any] | None, line: str) -> None:
    assert requirement_of(direct) == line
    if line.startswith("onrecord"):
        assert Requirement(line).url
    if "==" in line:
        assert line.startswith("--require-hashes")


def checkout(folder: Path, origin: str) -> str:
    """A repository with one commit, whose name is given."""

    def git(*args: str) -> str:
        name = ("-c", "user.name=a", "-c", "user.email=a@example.org")
        return subprocess.run(["git", "-C", str(folder), *name, *args], check=True, capture_output=True, text=True).stdout.strip()

    folder.mkdir()
    git("init")
    (folder / "inside").mkdir()
    git("commit", "--allow-empty", "-m", "one")
    git("remote", "add", "origin", origin)
    return git("rev-parse", "HEAD")


@pytest.mark.parametrize(
    ("origin", "address"),
    [
        ("https://ann:secret@example.org/onrecord.git", "https://example.org/onrecord.git"),
        ("git@example.org:team/onrecord.git", "ssh://git@example.org/team/onrecord.git"),
        ("/srv/onrecord.git", ""),
        ("http://example.org/onrecord", ""),
    ],
)
def test_a_checkout_is_its_repository_at_its_commit(tmp_path: Path, origin: str, address: str) -> None:
    commit = checkout(tmp_path / "a checkout", origin)
    said = {"url": (tmp_path / "a checkout").as_uri(), "dir_info": {"editable": True}}
    assert requirement_of(said) == (f"onrecord @ git+{address}@{commit}" if address else WHEEL)
    inside = {"url": (tmp_path / "a checkout/inside").as_uri(), "dir_info": {}}
    assert requirement_of(inside) == WHEEL, "a copy in somebody else's repository"


def test_it_is_what_pip_noted_of_this_installation(monkeypatch: pytest.MonkeyPatch) -> None:
    class Installed:
        def read_text(self, name: str) -> str | None:
            assert name == "direct_url.json"
            return json.dumps({"url": "https://example.org/onrecord", "vcs_info": {"vcs": "git", "commit_id": COMMIT}})

    monkeypatch.setattr("importlib.metadata.distribution", lambda name: Installed())
    assert requirement() == f"onrecord @ git+https://example.org/onrecord@{COMMIT}"
