"""Actors across articles: joined and kept apart by an editor."""

from __future__ import annotations

import json
from typing import Any

from onrecord.corpus import build_corpus
from onrecord.corrections.apply import apply_across, apply_corrections
from onrecord.corrections.reading import parse_corrections
from onrecord.corrections.suggestions import anchor_for
from onrecord.model import Corpus, Span
from onrecord.text.anchors import Ground
from tests.corrections.toy import report

TEXTS = {
    "one": "Ada Lee met Ben Reed. The quay is old.",
    "two": "Ada Lee left. Cora Moss came.",
    "three": "Ben Reed left. Then Ada Lee met Cora Moss.",
}


def anchor(article: str, words: str) -> Any:
    text = TEXTS[article]
    start = text.index(words)
    return {"article": article, **(anchor_for(Ground(report(text).article), [Span(start, start + len(words))]) or {})}


def entry(action: str, id: str, one: tuple[str, str], other: tuple[str, str]) -> dict[str, Any]:
    return {"action": action, "id": id, **anchor(*one), "with": anchor(*other)}


def across(*written: dict[str, Any], texts: dict[str, str] = TEXTS) -> Corpus:
    entries = parse_corrections(json.dumps({"corrections": written})).entries
    reports = [apply_corrections(report(text, id), entries) for id, text in texts.items()]
    return apply_across(build_corpus(reports), entries)


def members(corpus: Corpus) -> set[frozenset[tuple[str, str]]]:
    return {frozenset((member.article, member.actor) for member in actor.members) for actor in corpus.actors}


def status(corpus: Corpus) -> list[tuple[str, bool]]:
    return [(outcome.status, outcome.held) for outcome in corpus.corrections]


def test_without_entries_nothing_changes() -> None:
    assert across() == build_corpus([report(text, id) for id, text in TEXTS.items()])


def test_two_are_one_by_an_editors_word() -> None:
    corpus = across(entry("same", "a", ("one", "Ada Lee"), ("two", "Cora Moss")))
    assert status(corpus) == [("applied", False)]
    joined = next(group for group in members(corpus) if ("two", "cora-moss") in group)
    assert ("one", "ada-lee") in joined
    assert len({actor.id for actor in corpus.actors}) == len(corpus.actors)


def test_what_is_one_already_is_redundant() -> None:
    before = build_corpus([report(text, id) for id, text in TEXTS.items()])
    lee = next(actor for actor in before.actors if actor.name == "Ada Lee")
    pair = [member.article for member in lee.members]
    if len(pair) > 1:
        assert status(across(entry("same", "a", (pair[0], "Ada Lee"), (pair[1], "Ada Lee")))) == [("redundant", False)]
    assert status(across(entry("apart", "a", ("one", "Ben Reed"), ("two", "Cora Moss")))) == [("redundant", False)]


def test_two_that_the_program_joined_are_parted_and_others_keep_their_ids() -> None:
    same = entry("same", "a", ("one", "Ada Lee"), ("two", "Ada Lee"))
    whole = across(same)
    assert any({("one", "ada-lee"), ("two", "ada-lee")} <= group for group in members(whole))
    parted = apply_across(
        build_corpus([report("Ada Lee left.", "one"), report("Ada Lee came.", "two")]),
        parse_corrections(
            json.dumps(
                {
                    "corrections": [
                        {
                            "action": "apart",
                            "id": "a",
                            "article": "one",
                            "words": "Ada Lee",
                            "sentence": "Ada Lee left.",
                            "with": {"article": "two", "words": "Ada Lee", "sentence": "Ada Lee came."},
                        }
                    ]
                }
            )
        ).entries,
    )
    assert frozenset({("one", "ada-lee")}) in members(parted) and frozenset({("two", "ada-lee")}) in members(parted)
    assert len({actor.id for actor in parted.actors}) == 2


def test_same_and_apart_wait_together() -> None:
    corpus = across(
        entry("same", "a", ("one", "Ada Lee"), ("two", "Cora Moss")),
        entry("same", "b", ("two", "Cora Moss"), ("three", "Ben Reed")),
        entry("apart", "c", ("three", "Ben Reed"), ("one", "Ada Lee")),
    )
    assert status(corpus) == [("conflict", True)] * 3
    assert members(corpus) == members(across())


def test_an_edit_of_either_article_holds_the_entry() -> None:
    written = entry("same", "a", ("one", "Ada Lee"), ("two", "Cora Moss"))
    changed = {**TEXTS, "two": "Ada Lee left. Cora Moss never came."}
    assert status(across(written, texts=changed)) == [("context changed", True)]
    assert status(across(written, texts={"one": TEXTS["one"]})) == [("orphan", True)]


def test_an_entry_on_an_article_that_is_not_here_is_held() -> None:
    corpus = across({"action": "rename", "id": "a", **anchor("one", "Ada Lee"), "article": "pier", "name": "X"})
    assert status(corpus) == [("orphan", True)]
    assert "no article here has the id pier" in corpus.corrections[0].message


def test_a_hidden_actor_has_no_page_in_any_article() -> None:
    corpus = across({"action": "visibility", "id": "a", **anchor("two", "Cora Moss"), "page": "hidden"})
    assert not any(("two", "cora-moss") in group for group in members(corpus))
