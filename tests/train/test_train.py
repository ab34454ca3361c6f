"""``onrecord train``: what a small fictional corpus teaches, and what goes wrong."""

from __future__ import annotations

import builtins
import errno
import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from spacy.language import Language

from onrecord.cli import main
from onrecord.errors import ModelError, TrainingError
from onrecord.extract.attributions.judges import load_classifier
from onrecord.train import Trained, teach_from
from onrecord.train.gold import read_gold
from tests.train.annotated import write_corpus

ARTICLE = "Mia Stone said that the ferry was old and would be sold.\n\n\u201cWe will repair the ferry,\u201d Mia Stone said.\n"


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("corpus") / "train"
    write_corpus(folder)
    return folder


@pytest.fixture(scope="module")
def trained(corpus: Path, nlp: Language) -> Trained:
    return teach_from(corpus, nlp)


def run(*args: str) -> Result:
    return CliRunner().invoke(main, args)


def test_an_annotation_is_read_as_it_was_marked(corpus: Path) -> None:
    gold = next(read_gold(corpus))
    text = gold.path.read_text(encoding="utf-8")
    assert [(one.source[0].of(text), one.cue[0].of(text), one.content[0].of(text)) for one in gold.attributions] == [
        ("Ann Lee", "said", "that the bridge was unsafe and would be closed"),
        ("Ann Lee", "said", "\u201cWe will rebuild the bridge,\u201d"),
        ("Carla Dale", "told", "that the harbour had lost its ships"),
        ("Carla Dale", "added", "\u201cNobody asked the sailors,\u201d"),
    ]


def test_the_same_articles_give_the_same_bytes(corpus: Path, trained: Trained, nlp: Language, tmp_path: Path) -> None:
    trained.write(tmp_path / "one")
    teach_from(corpus, nlp).write(tmp_path / "two")
    for name in (Trained.CLASSIFIER, Trained.CUES):
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()


def test_what_was_written_is_what_was_taught(trained: Trained, tmp_path: Path) -> None:
    trained.write(tmp_path)
    assert load_classifier(tmp_path / Trained.CLASSIFIER) == trained.classifier
    rates = json.loads((tmp_path / Trained.CUES).read_bytes())
    hits, places = rates["complement"]["say"]
    assert hits == places == 16
    assert trained.articles == 16


def test_weights_tell_reports_from_deeds(trained: Trained) -> None:
    said, built = (
        trained.classifier.draft.logit((frame,), ["any", f"lemma={lemma}", f"lemma={lemma} plain"])
        for frame, lemma in (("complement", "say"), ("object", "build"))
    )
    assert said > built


def test_the_command_trains_and_its_classifier_is_used(corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("article.txt").write_text(ARTICLE, encoding="utf-8")
    done = run("train", str(corpus), "--out", "own")
    assert (done.exit_code, done.stdout) == (0, "")
    assert done.stderr == "own/classifier.json: taught by 16 articles\n"
    done = run("extract", "article.txt", "-o", "-", "--attribution", "own/classifier.json")
    assert (done.exit_code, done.stderr) == (0, "")
    (report,) = map(json.loads, done.stdout.splitlines())
    assert [quote["kind"] for quote in report["quotes"]] == ["indirect", "direct"]
    assert {quote["speaker"]["actor"] for quote in report["quotes"]} == {"mia-stone"}


BROKEN: Mapping[str, bytes] = {"not JSON": b"said", "another's JSON": b'{"lemmas": 3}', "nothing": b""}


@pytest.mark.parametrize("content", BROKEN.values(), ids=BROKEN)
def test_a_broken_classifier_is_one_line(content: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("article.txt").write_text(ARTICLE, encoding="utf-8")
    Path("broken.json").write_bytes(content)
    done = run("extract", "article.txt", "-o", "out.jsonl", "--attribution", "broken.json")
    (line,) = done.stderr.splitlines()
    assert done.exit_code == 2
    assert line.startswith("onrecord: ") and "broken.json: no classifier of attributions" in line and "onrecord train" in line
    assert not Path("out.jsonl").exists()


def test_a_classifier_that_is_not_there_is_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("article.txt").write_text(ARTICLE, encoding="utf-8")
    done = run("extract", "article.txt", "-o", "out.jsonl", "--attribution", "none.json")
    (line,) = done.stderr.splitlines()
    assert done.exit_code == 2 and line.startswith("onrecord: attribution none.json: no such file or folder; ")
    with pytest.raises(ModelError, match="cannot be read"):
        load_classifier(tmp_path / "none.json")


def _nothing(folder: Path) -> None:
    """No folder at all."""


def _without_annotations(folder: Path) -> None:
    write_corpus(folder, 1)
    for file in (folder / "attributions").iterdir():
        file.unlink()


def _without_their_folder(folder: Path) -> None:
    _without_annotations(folder)
    (folder / "attributions").rmdir()


@pytest.mark.parametrize("make", [_nothing, _without_annotations, _without_their_folder])
def test_a_corpus_that_is_none_is_one_line(make: Any, tmp_path: Path) -> None:
    make(tmp_path / "data")
    done = run("train", str(tmp_path / "data"), "--out", str(tmp_path / "own"))
    (line,) = done.stderr.splitlines()
    assert done.exit_code == 2
    assert line.startswith(f"onrecord: {tmp_path}/data: ") and "it must hold text/" in line
    assert not (tmp_path / "own").exists()


def test_a_folder_that_cannot_be_written_is_told(trained: Trained, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(TrainingError, match=r"cannot be written .*--out"):
        trained.write(tmp_path / "file" / "own")


def test_a_classifier_is_never_half_written(trained: Trained, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(path: Path, content: bytes) -> int:
        path.touch()
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    (tmp_path / trained.CLASSIFIER).write_text("of before")
    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(TrainingError, match=r"cannot be written \(No space left on device\); name another folder"):
        trained.write(tmp_path)
    assert [(file.name, file.read_text()) for file in tmp_path.iterdir()] == [(trained.CLASSIFIER, "of before")]


def test_without_the_extra_the_message_names_it(corpus: Path, nlp: Language, monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def importing(name: str, *args: Any, **kwargs: Any) -> Any:
        if name == "onrecord.train.teach":
            raise ImportError("No module named 'sklearn'", name="sklearn")
        return real(name, *args, **kwargs)

    monkeypatch.setattr(builtins, "__import__", importing)
    with pytest.raises(TrainingError, match=r"training needs sklearn; pip install 'onrecord\[train\]'"):
        teach_from(corpus, nlp)
