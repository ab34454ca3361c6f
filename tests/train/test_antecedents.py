"""``onrecord train --actors``: what a small fictional corpus teaches, and what goes wrong."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from spacy.language import Language

from onrecord.cli import main
from onrecord.errors import TrainingError
from onrecord.extract.actors.ranking import Ranker, load_ranker
from onrecord.train.antecedents import TrainedRanker, teach_antecedents
from onrecord.train.gold import read_references
from onrecord.train.ranking import Example, forms_of

PEOPLE = (("Ann Lee", "She", "her"), ("Tom Reed", "He", "him"), ("Carla Dale", "She", "her"), ("Steve Hill", "He", "him"))


def write_documents(folder: Path, count: int = 12) -> None:
    """Writes documents in the format of GUM's: two people, of whom the subject is gone on about."""
    (folder / "text").mkdir(parents=True)
    (folder / "gold").mkdir()
    for number in range(count):
        (name, subject, _), (other, _, _) = PEOPLE[number % 4], PEOPLE[(number + 1) % 4]
        text = f"{name} met {other} at the harbour. {subject} closed the gate at noon.\n"
        at = text.index(f" {subject} ") + 1
        first = {"start": 0, "end": len(name), "kind": "named"}
        pronoun = {"start": at, "end": at + len(subject), "kind": "pronoun"}
        second = {"start": text.index(other), "end": text.index(other) + len(other), "kind": "named"}
        actors = [{"mentions": [first, pronoun]}, {"mentions": [second]}]
        (folder / "text" / f"harbour-{number:02}.txt").write_text(text, encoding="utf-8")
        (folder / "gold" / f"harbour-{number:02}.json").write_text(json.dumps({"actors": actors}), encoding="utf-8")


def write_snippets(table: Path, count: int = 8) -> None:
    """Writes snippets in the format of GAP: one pronoun, two names."""
    columns = ["ID", "Text", "Pronoun", "Pronoun-offset", "A", "A-offset", "A-coref", "B", "B-offset", "B-coref", "URL"]
    rows = ["\t".join(columns)]
    for number in range(count):
        (name, subject, _), (other, _, _) = PEOPLE[number % 4], PEOPLE[(number + 2) % 4]
        text = f"{name} wrote to {other} in May. {subject} closed the gate at noon."
        at = text.index(f" {subject} ") + 1
        values = (f"snippet-{number}", text, subject, at, name, 0, "TRUE", other, text.index(other), "FALSE", f"page-{number}")
        rows.append("\t".join(map(str, values)))
    table.write_text("\n".join(rows) + "\n", encoding="utf-8")


@pytest.fixture(scope="module")
def sources(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    folder = tmp_path_factory.mktemp("references")
    write_documents(folder / "documents")
    write_snippets(folder / "snippets.tsv")
    return [folder / "documents", folder / "snippets.tsv"]


@pytest.fixture(scope="module")
def trained(sources: list[Path], nlp: Language) -> TrainedRanker:
    return teach_antecedents(sources, nlp)


def run(*args: str) -> Result:
    return CliRunner().invoke(main, args)


def test_the_subject_is_learnt_from_texts_that_go_on_about_it(trained: TrainedRanker) -> None:
    weights = trained.ranker.weights["he"]
    assert trained.texts == 20
    assert weights.get("subject to subject", 0) > weights.get("object to subject", 0)


def test_the_same_texts_teach_the_same_bytes(sources: list[Path], trained: TrainedRanker, nlp: Language, tmp_path: Path) -> None:
    trained.write(tmp_path / "one")
    teach_antecedents(sources, nlp).write(tmp_path / "other")
    assert (tmp_path / "one" / "antecedents.json").read_bytes() == (tmp_path / "other" / "antecedents.json").read_bytes()


def test_no_weight_has_a_name_in_it(trained: TrainedRanker) -> None:
    names = {part.lower() for name, _, _ in PEOPLE for part in name.split()} | {"harbour", "gate", "noon"}
    for ranker in (trained.ranker, load_ranker()):
        features = {name for weights in ranker.weights.values() for name in weights}
        assert features and not any(set(feature.lower().split()) & names for feature in features)


def test_chances_add_up_to_one_and_every_group_has_its_least(trained: TrainedRanker) -> None:
    for ranker in (trained.ranker, load_ranker()):
        assert {key.removesuffix(" source") for key in ranker.least} == set(ranker.weights)
        assert sum(ranker.chances("he", [["subject to subject"], ["object to subject"], ["nobody"]])) == pytest.approx(1)


def test_of_two_alike_none_is_chosen() -> None:
    ranker = Ranker({"he": {}}, {"he": 0.6})
    assert ranker.chances("he", [["one"], ["other"]]) == [0.5, 0.5]


def test_each_example_is_learnt_from_with_an_encoder_and_without() -> None:
    example = Example("text", "he", False, [["back=0", "alike nouns rank=0"], ["nobody"]], frozenset({0}), known=True)
    whole, bare = forms_of(example)
    assert (whole.rows, whole.weight) == (example.rows, 0.5)
    assert (bare.rows, bare.weight) == ([["back=0"], ["nobody"]], 0.5)


def test_the_command_writes_a_file(sources: list[Path], tmp_path: Path) -> None:
    done = run("train", "--actors", *map(str, sources), "--out", str(tmp_path / "own"))
    assert done.exit_code == 0, done.output
    assert (tmp_path / "own" / "antecedents.json").exists() and "taught by 20 texts" in done.stderr


def test_other_training_takes_one_folder(tmp_path: Path) -> None:
    done = run("train", str(tmp_path / "one"), str(tmp_path / "other"), "--out", str(tmp_path / "own"))
    assert done.exit_code == 2 and "only --actors takes several" in done.stderr


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("missing.tsv", None, "cannot be read"),
        ("broken.tsv", "ID\tText\n1\tHe left.\n", "not as expected"),
        ("empty.tsv", "ID\tText\n", "no annotated text"),
    ],
)
def test_what_is_no_reference_is_told_in_a_line(tmp_path: Path, name: str, content: str | None, told: str, nlp: Language) -> None:
    file = tmp_path / name
    if content is not None:
        file.write_text(content, encoding="utf-8")
    with pytest.raises(TrainingError, match=told) as caught:
        teach_antecedents([file], nlp)
    assert str(file) in str(caught.value) and "\n" not in str(caught.value)


def test_a_document_that_is_no_json_is_told_in_a_line(tmp_path: Path) -> None:
    write_documents(tmp_path / "documents", 1)
    (tmp_path / "documents" / "gold" / "harbour-00.json").write_text("{", encoding="utf-8")
    with pytest.raises(TrainingError, match="not as expected"):
        list(read_references(tmp_path / "documents"))
