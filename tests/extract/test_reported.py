"""What a cue makes of its content, case by case: ``tests/cases/manners.yaml``."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from spacy.language import Language

from onrecord.article.read import Source, parse_article
from onrecord.extract.accurate.finding import Finding
from onrecord.extract.accurate.merging import proposals
from onrecord.extract.attributions.find import scenes
from onrecord.extract.attributions.reported import manner_of
from onrecord.extract.language import analyse
from onrecord.model import Meta, Span
from tests.extract.staging import case_id, read_cases


def span_of(text: str, words: str) -> Span:
    start = text.index(words)
    return Span(start, start + len(words))


@pytest.mark.parametrize("case", read_cases("manners.yaml"), ids=case_id)
def test_case(case: Mapping[str, str], nlp: Language) -> None:
    text = case["text"]
    analysis = analyse(nlp, parse_article(Source("case", "case.txt", "txt", text, Meta())))
    cue, source, content = (span_of(text, case[part]) for part in ("cue", "source", "content"))
    (scene,) = scenes(analysis)
    (proposal,) = proposals(scene, [], [Finding(cue, (content,), source, chance=1.0, valid=1.0, content_chance=1.0, source_chance=1.0)])
    assert manner_of(scene, proposal.merged) == case["manner"]
