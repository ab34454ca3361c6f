from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from spacy.language import Language

from onrecord.extract.claims.find import find_claims
from onrecord.extract.relations.comparisons import find_comparisons
from onrecord.model import Claim, Comparison
from tests.extract.staging import Stage, case_id, read_cases


def comparisons_in(nlp: Language, case: Mapping[str, Any]) -> tuple[str, tuple[Claim, ...], tuple[Comparison, ...]]:
    stage = Stage(nlp, case)
    claims = find_claims(stage.analysis, stage.quotes, stage.lookup)
    return stage.text, claims, find_comparisons(stage.analysis, claims, stage.lookup)[0]


def show(one: Comparison, text: str, claims: tuple[Claim, ...]) -> str:
    words = {claim.id: " ~ ".join(span.of(text) for span in claim.spans) for claim in claims}
    return f"{one.kind}: {words[one.first]} | {words[one.second]} = {', '.join(shared.first.of(text) for shared in one.shared)}"


@pytest.mark.parametrize("case", read_cases("comparisons.yaml"), ids=case_id)
def test_case(case: Mapping[str, Any], nlp: Language) -> None:
    text, claims, found = comparisons_in(nlp, case)
    assert [show(one, text, claims) for one in found] == case["comparisons"]


def test_the_numbers_in_which_two_claims_differ_are_pointed_at(nlp: Language) -> None:
    case = next(case for case in read_cases("comparisons.yaml") if case["case"] == "two numbers of the same thing")
    text, _, (one,) = comparisons_in(nlp, case)
    assert (one.id, one.why, [span.of(text) for span in one.apart]) == ("k1", "they give another number", ["12", "20"])


def test_shared_words_lie_in_their_claims(nlp: Language) -> None:
    for case in read_cases("comparisons.yaml"):
        _, claims, found = comparisons_in(nlp, case)
        spans = {claim.id: claim.spans for claim in claims}
        for one in found:
            for shared in one.shared:
                assert any(span.contains(shared.first) for span in spans[one.first])
                assert any(span.contains(shared.second) for span in spans[one.second])
