"""Every built page before html-validate, a validator of markup that others wrote; what it is and needs is pinned in ``npm/``.

Left alone: the case of ``doctype``, which HTML does not mind; the length of titles, which are headlines; ids that Markdown makes of
a user's headings; a search that answers as one types and needs no button; and regions that are no ``section``, for they hold a table or
a picture and no part of the text.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import MadeOnce

pytestmark = pytest.mark.slow

PINNED = Path(__file__).parent / "npm"


@pytest.fixture(scope="session")
def validator(made_once: MadeOnce) -> Path:
    """The program; without npm the test is skipped, or fails where ``ONRECORD_REQUIRE_NPM=1`` requires it."""
    return made_once("npm", _install) / "node_modules/.bin/html-validate"


def _install(folder: Path) -> None:
    for name in ("package.json", "package-lock.json", ".htmlvalidate.json"):
        shutil.copy(PINNED / name, folder)
    npm = shutil.which("npm")
    command = [npm or "npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--silent"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True) if npm else None
    if done is None or done.returncode != 0:
        reason = f"html-validate cannot be installed: {done.stderr.strip()[-300:] if done else 'no npm; install Node.js 20 or later'}"
        if os.environ.get("ONRECORD_REQUIRE_NPM") == "1":
            pytest.fail(reason)
        pytest.skip(reason)


def _faults(validator: Path, pages: list[Path]) -> str:
    assert pages
    command: list[str | Path] = [validator, "--config", validator.parents[2] / ".htmlvalidate.json", "--formatter", "text", *pages]
    done = subprocess.run(command, capture_output=True, text=True)
    assert not done.stderr, done.stderr
    return done.stdout


def test_pages_of_every_kind_are_well_made(validator: Path, themed_site: Callable[[str], Path]) -> None:
    assert _faults(validator, sorted(themed_site("onrecord").rglob("*.html"))) == ""


def test_the_site_of_this_repository_is_well_made(validator: Path, built_site: Path) -> None:
    assert _faults(validator, sorted(built_site.rglob("*.html"))) == ""


def test_the_validator_is_awake(validator: Path, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text('<!doctype html><html lang="en"><head><title>t</title></head><body><p id="a"><p id="a"><div></p></body></html>')
    faults = _faults(validator, [page])
    assert "no-dup-id" in faults and "close-order" in faults
