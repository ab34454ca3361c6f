"""The reader with a small model: spans are exact in the article, and the same however it is run."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from onrecord.article import load_article
from onrecord.errors import ModelError
from onrecord.extract.accurate.finding import Finding
from onrecord.extract.accurate.judge import threads_to_use
from onrecord.extract.accurate.reader import SIZE, AccurateReader, WordStates
from onrecord.model import Article, Span
from tests.accurate.small import write_model

needs_fork = pytest.mark.skipif(sys.platform == "win32", reason="cannot copy a process")


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_model(tmp_path_factory.mktemp("model"))


@pytest.fixture(scope="module")
def reader(model: Path) -> AccurateReader:
    return AccurateReader(model)


def article(folder: Path, text: str) -> Article:
    (folder / "article.txt").write_text(text, encoding="utf-8")
    return load_article(folder / "article.txt")


def told(one: Finding, text: str) -> tuple[str | None, str, list[str]]:
    return (None if one.source is None else one.source.of(text)), one.cue.of(text), [span.of(text) for span in one.content]


TEXT = "👩‍🚀 and then\n\nMia Stone warned that the ferry was old.\n\n“it will be sold,” Lee told reporters.\n"


def test_cue_content_and_source_are_spans_of_the_article(reader: AccurateReader, tmp_path: Path) -> None:
    found = reader.read(article(tmp_path, TEXT))
    assert [told(one, TEXT) for one in found] == [
        ("Mia Stone", "warned", ["that the ferry was old."]),
        ("Lee", "told", ["“it will be sold,”", "reporters."]),
    ]
    assert all(one.chance > 0.99 and one.valid > 0.99 and one.score > 0.99 for one in found)
    assert all(one.content_chance > 0.99 and one.source_chance > 0.99 for one in found)


def test_a_long_paragraph_is_read_to_its_end_and_each_cue_once(reader: AccurateReader, tmp_path: Path) -> None:
    text = "The ferry was old and then it would be sold . " * 80 + "Mia Stone said the bridge was old ."
    text += " Then the ferry was old , and it would be sold." * 80
    found = reader.read(article(tmp_path, text))
    assert [one.cue for one in found] == [Span(text.index("said"), text.index("said") + 4)]
    assert found[0].source is not None and found[0].source.of(text) == "Mia Stone"


def test_what_is_found_comes_in_text_order(reader: AccurateReader, tmp_path: Path) -> None:
    paragraphs = [f"Lee said it was old{' and then it was sold' * number}." for number in (20, 1, 30, 0, 10)]
    text = "\n\n".join(paragraphs)
    assert len(text.split()) > SIZE / 2
    found = reader.read(article(tmp_path, text))
    assert len(found) == 5 and list(found) == sorted(found, key=lambda one: one.cue)


@pytest.mark.parametrize("text", ["...\n", "123\n", "\u200b\n"])
def test_a_text_without_cues_has_no_findings(reader: AccurateReader, tmp_path: Path, text: str) -> None:
    assert reader.read(article(tmp_path, text)) == ()


def test_threads_do_not_change_what_is_found(model: Path, reader: AccurateReader, tmp_path: Path) -> None:
    read = article(tmp_path, TEXT * 20)
    assert AccurateReader(model, threads=2).read(read) == reader.read(read)


@pytest.mark.parametrize("given", ["0", "two", "", "²", "-1", "1000000"])
def test_a_number_of_threads_that_is_none_is_refused_in_one_line(given: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ONRECORD_THREADS", given)
    with pytest.raises(ModelError, match=f"^ONRECORD_THREADS={given}: is no number of threads; set it to a number from 1 to 256$"):
        threads_to_use()


def test_one_thread_is_used_unless_somebody_says_otherwise(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("ONRECORD_THREADS", raising=False)
    assert threads_to_use() == 1
    monkeypatch.setenv("ONRECORD_THREADS", "4")
    assert threads_to_use() == 4


@needs_fork
def test_a_copied_process_reads_with_a_model_that_was_loaded_before(reader: AccurateReader, tmp_path: Path) -> None:
    read = article(tmp_path, TEXT)
    expected = repr(reader.read(read))
    child = os.fork()
    if not child:
        os._exit(0 if repr(reader.read(read)) == expected else 1)
    assert os.waitpid(child, 0)[1] == 0


def test_words_of_one_kind_are_alike(reader: AccurateReader, tmp_path: Path) -> None:
    words = reader.read_closely(article(tmp_path, TEXT))[1]
    mia, stone, old, warned = (Span(TEXT.index(word), TEXT.index(word) + len(word)) for word in ("Mia", "Stone", "old", "warned"))
    assert words.likeness(mia, [stone]) == pytest.approx(1)
    assert words.likeness(mia, [old]) == pytest.approx(0)
    assert words.likeness(mia, [stone, old]) == pytest.approx(0.5**0.5, abs=1e-3)
    # "Warned" is two pieces, the second of which goes on with the word.
    assert 0 < (words.likeness(old, [warned]) or 0) < 1


def test_what_was_not_read_is_like_nothing(reader: AccurateReader, tmp_path: Path) -> None:
    words = reader.read_closely(article(tmp_path, TEXT))[1]
    mia = Span(TEXT.index("Mia"), TEXT.index("Mia") + 3)
    gap = Span(TEXT.index("\n\n"), TEXT.index("\n\n") + 1)
    assert words.likeness(gap, [mia]) is None
    assert words.likeness(mia, [gap]) is None
    assert words.likeness(mia, []) is None
    assert WordStates.of([]).likeness(mia, [mia]) is None
