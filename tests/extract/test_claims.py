from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from spacy.language import Language

from onrecord.extract.actors.word_lists import claim_words
from onrecord.extract.claims.find import find_claims
from onrecord.model import Claim
from tests.extract.staging import Stage, case_id, read_cases


def show(claim: Claim, text: str) -> str:
    words = " ~ ".join(span.of(text) for span in claim.spans)
    notes = f" (via {claim.via})" * bool(claim.via) + " (boilerplate)" * claim.boilerplate
    return f"{claim.asserter or 'nobody'} {claim.kind} {claim.polarity} {claim.modality}: {words}{notes}"


def claims_in(nlp: Language, **case: Any) -> tuple[str, tuple[Claim, ...]]:
    stage = Stage(nlp, case)
    return stage.text, find_claims(stage.analysis, stage.quotes, stage.lookup)


@pytest.mark.parametrize("case", read_cases("claims.yaml"), ids=case_id)
def test_case(case: Mapping[str, Any], nlp: Language) -> None:
    text, claims = claims_in(nlp, **case)
    assert [show(claim, text) for claim in claims] == case["claims"]


def test_a_claim_within_a_claim_names_its_parent(nlp: Language) -> None:
    _, claims = claims_in(nlp, text="Doe, who won the seat in May, opened the bridge.")
    assert [(claim.id, claim.parent, claim.rule) for claim in claims] == [("c1", None, "clause"), ("c2", "c1", "non-restrictive")]


def test_about_names_the_actors_in_text_order(nlp: Language) -> None:
    _, claims = claims_in(nlp, text="Smith met Doe, and Smith left.", actors={"Doe": "person", "Smith": "person"})
    assert claims[0].about == ("Smith", "Doe")


def test_hedges_and_evaluative_words_are_marked(nlp: Language) -> None:
    text, claims = claims_in(nlp, text="The so-called experts probably wasted roughly 600 crowns on a ridiculous statue.")
    assert [span.of(text) for span in claims[0].hedges] == ["probably", "roughly"]
    assert [span.of(text) for span in claims[0].evaluative] == ["so-called", "ridiculous"]


def test_plain_words_are_not_marked(nlp: Language) -> None:
    _, claims = claims_in(nlp, text="The experts spent the money on a statue.")
    assert claims[0].hedges == claims[0].evaluative == claims[0].check_worthy == ()


def test_reasons_to_check_are_shown_with_their_words(nlp: Language) -> None:
    text, claims = claims_in(nlp, text="The city spent 40 million crowns in 2014, more than any other town.")
    found = [(reason.kind, reason.of(text)) for reason in claims[0].check_worthy]
    assert ("date", "2014") in found
    assert ("comparison", "more") in found
    assert any(kind == "number" and "40" in words for kind, words in found)


def test_a_directive_has_no_reason_to_be_checked(nlp: Language) -> None:
    _, claims = claims_in(nlp, text="The city should spend 40 million crowns.")
    assert claims[0].check_worthy == ()


def test_a_quote_is_named_by_its_claims(nlp: Language) -> None:
    quote = {"speaker": "Doe", "cue": "said", "lemma": "say", "content": "the bridge was unsafe"}
    _, claims = claims_in(nlp, text="Doe said the bridge was unsafe.", actors={"Doe": "person"}, quotes=[quote])
    assert [claim.quote for claim in claims] == ["q1"]


def test_an_empty_article_has_no_claims(nlp: Language) -> None:
    assert claims_in(nlp, text="") == ("", ())


def test_word_lists_are_lower_case_lemmas() -> None:
    words = claim_words()
    sections = (words.hedges, words.modality, words.polarity, words.presupposed, words.stance, words.evaluative)
    listed = [word for section in sections for words in section.lists.values() for word in words]
    assert listed and all(word == word.lower().strip() for word in listed)


@pytest.mark.parametrize(
    ("text", "evaluative"),
    [
        ("Doe will consider the ruling.", []),
        ("Doe considers the ruling a farce.", ["considers", "farce"]),
        ("Doe presented the best actress award.", []),
        ("Doe has the right to a fair trial.", []),
        ("The trial was not fair.", ["fair"]),
        ("The quay is closed right now.", []),
        ("It was the best plan.", ["best"]),
    ],
)
def test_a_word_is_marked_only_where_it_judges(nlp: Language, text: str, evaluative: list[str]) -> None:
    _, claims = claims_in(nlp, text=text)
    assert [span.of(text) for claim in claims for span in claim.evaluative] == evaluative


def test_a_second_verb_is_about_its_subject_too(nlp: Language) -> None:
    _, claims = claims_in(nlp, text="Acme was sold in May and may be closed.", actors={"Acme": "organization"})
    assert [claim.about for claim in claims] == [("Acme",), ("Acme",)]
