"""A model's files: what is missing or damaged is one clear line, and nothing else is taken in its place."""

from __future__ import annotations

import builtins
import re
from pathlib import Path
from typing import Any

import pytest

from onrecord.errors import ModelError
from onrecord.extract.accurate.reader import CARD, VOCABULARY, AccurateReader, Weights
from tests.accurate.small import write_card, write_model

FILES = (VOCABULARY, "shared.onnx", "cues.onnx", "marked.onnx")
MEND = "install onrecord[accurate] anew"


@pytest.fixture
def model(tmp_path: Path) -> Path:
    return write_model(tmp_path / "model")


def refusal(folder: Path) -> str:
    """What is said when a model cannot be read: always one line."""
    with pytest.raises(ModelError) as caught:
        AccurateReader(folder)
    message = str(caught.value)
    assert "\n" not in message
    return message


def test_a_folder_without_a_model_is_told(tmp_path: Path) -> None:
    assert refusal(tmp_path / "none") == f"{tmp_path / 'none' / CARD}: cannot be read (No such file or directory); {MEND}"


@pytest.mark.parametrize("name", FILES)
def test_a_missing_file_is_told(model: Path, name: str) -> None:
    (model / name).unlink()
    assert refusal(model) == f"{model / name}: cannot be read (No such file or directory); {MEND}"


@pytest.mark.parametrize("name", FILES)
def test_a_file_that_is_damaged_or_of_another_model_is_told(model: Path, name: str) -> None:
    content = (model / name).read_bytes()
    for other in (content[:-1], content + b"\n", b""):
        (model / name).write_bytes(other)
        assert re.fullmatch(
            rf"{re.escape(str(model / name))}: is damaged or of another model \(its SHA-256 is [0-9a-f]{{64}}, and card\.json has "
            rf"[0-9a-f]{{64}}\); {re.escape(MEND)}",
            refusal(model),
        )


@pytest.mark.parametrize("name", FILES)
def test_a_file_that_the_card_does_not_name_is_not_read(model: Path, name: str) -> None:
    card = (model / CARD).read_text(encoding="utf-8")
    (model / CARD).write_text(card.replace(f'"{name}"', '"another"'), encoding="utf-8")
    assert refusal(model) == f"{model / CARD}: names no {name}; {MEND}"


@pytest.mark.parametrize("content", [b"", b"[]", b'{"layout": 1}', b"\xff"])
def test_a_broken_card_is_told(model: Path, content: bytes) -> None:
    (model / CARD).write_bytes(content)
    assert refusal(model).startswith(f"{model / CARD}: is no card of a model (")


def test_a_card_of_another_layout_is_told(model: Path) -> None:
    write_card(model, layout=99)
    assert refusal(model) == f"{model / CARD}: is of layout 99, and this version reads 2; {MEND}"


def test_a_graph_that_cannot_be_run_is_told(model: Path) -> None:
    (model / "cues.onnx").write_bytes(b"no graph")
    write_card(model)
    assert refusal(model).startswith(f"{model / 'cues.onnx'}: cannot be run (")


@pytest.mark.parametrize("package", ["onnxruntime", "tokenizers"])
def test_a_missing_package_is_told(model: Path, monkeypatch: pytest.MonkeyPatch, package: str) -> None:
    real = builtins.__import__

    def without(name: str, *args: Any, **named: Any) -> Any:
        if name.partition(".")[0] == package:
            raise ImportError(f"No module named {package!r}", name=package)
        return real(name, *args, **named)

    monkeypatch.setattr(builtins, "__import__", without)
    assert refusal(model) == f"the accurate reader needs {package}; pip install 'onrecord[accurate]'"


def test_the_card_of_a_model_says_what_it_is(model: Path) -> None:
    weights = Weights(model)
    assert weights.card.name == "small" and set(weights.card.files) == set(FILES)
    assert weights.content("cues.onnx") == (model / "cues.onnx").read_bytes()
