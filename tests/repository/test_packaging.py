"""The wheel as a user gets it: built through the sdist, looked into, and imported away from the checkout."""

from __future__ import annotations

import os
import re
import runpy
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from onrecord.resources import templates_dir

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("dist")
    # Without another option, build makes the sdist and then the wheel from that.
    command = [sys.executable, "-m", "build", "--no-isolation", "--outdir", str(out), str(ROOT)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return next(out.glob("*.whl"))


@pytest.fixture(scope="module")
def unpacked(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("unpacked")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder)
    return folder


def files_below(folder: Path) -> set[str]:
    found = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    return {path for path in found if "__pycache__" not in path}


def test_the_wheel_has_one_top_level_name(unpacked: Path) -> None:
    names = sorted(path.name for path in unpacked.iterdir())
    assert [re.sub(r"-\d+(\.\d+)*", "-VERSION", name) for name in names] == ["onrecord", "onrecord-VERSION.dist-info"]


def test_the_wheel_holds_every_template(unpacked: Path) -> None:
    assert files_below(unpacked / "onrecord" / "templates") == files_below(ROOT / "templates") != set()


def test_the_wheel_holds_all_of_the_package_and_says_that_it_is_typed(unpacked: Path) -> None:
    packed = {path for path in files_below(unpacked / "onrecord") if not path.startswith("templates/")}
    assert packed == files_below(ROOT / "generator" / "onrecord")
    assert "py.typed" in packed


def test_the_wheel_names_its_doors(unpacked: Path) -> None:
    (info,) = unpacked.glob("*.dist-info")
    points = (info / "entry_points.txt").read_text(encoding="utf-8")
    for line in (
        "onrecord = onrecord.cli:main",
        "onrecord = onrecord.mkdocs.plugin:OnrecordPlugin",
        "onrecord = onrecord.resources:THEME",
        "onrecord = onrecord.library.component:make_component",
    ):
        assert line in points
    assert (info / "licenses" / "LICENSE").is_file()


def test_an_index_shows_no_link_that_leads_nowhere(unpacked: Path) -> None:
    (info,) = unpacked.glob("*.dist-info")
    shown = (info / "METADATA").read_text(encoding="utf-8").partition("\n\n")[2]
    assert "Who said what, and where the article says so." in shown and "Start in five minutes" in shown
    assert [link for link in re.findall(r"\]\(([^)]*)\)", shown) if not link.startswith("https://")] == []


def test_links_lead_to_the_repository_once_one_is_named() -> None:
    shown = runpy.run_path(str(ROOT / ".ci/readme.py"))["shown_outside"]
    text = "![A page](.github/a.png)\n\nSee [start](site/docs/guide/index.md) and [spaCy](https://spacy.io)."
    assert shown(text, None) == "See start and [spaCy](https://spacy.io)."
    there = "See [start](https://code.example/onrecord/blob/main/site/docs/guide/index.md) and [spaCy](https://spacy.io)."
    assert shown(text, "https://code.example/onrecord/") == there


def test_the_wheel_says_for_which_python_it_was_tried(unpacked: Path) -> None:
    (info,) = unpacked.glob("*.dist-info")
    told = set(re.findall(r"Python :: (3\.\d+)", (info / "METADATA").read_text(encoding="utf-8")))
    workflow = (ROOT / ".github/workflows/ci.yml").read_text(encoding="utf-8")
    assert told == set(re.findall(r'"(3\.\d+)"', workflow.partition("matrix:")[2].partition("steps:")[0]))


def test_the_unpacked_wheel_finds_its_own_templates(unpacked: Path, tmp_path: Path) -> None:
    code = "import onrecord.resources as r; print(r.__file__, r.templates_dir(), r.THEME.__file__, sep='\\n')"
    environment = {**os.environ, "PYTHONPATH": str(unpacked)}
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, env=environment, capture_output=True, text=True, check=True)
    assert all(Path(line).is_relative_to(unpacked / "onrecord") for line in done.stdout.splitlines())


def test_a_checkout_finds_its_templates_beside_the_generator() -> None:
    assert templates_dir() == ROOT / "templates"
