"""What a cue makes of its content, case by case: ``tests/cases/manners.yaml``."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from spacy.language import Language

from onrecord.article.read import RawArticle, parse_article
from onrecord.extract.accurate.finding import Finding
from onrecord.extract.accurate.merging import proposals
from onrecord.extract.attributions.find import scenes
from onrecord.extract.attributions.paragraph import Draft, Scene
from onrecord.extract.attributions.reported import corrected, manner_of
from onrecord.extract.language import analyse
from onrecord.model import Meta, Span
from tests.extract.staging import case_id, read_cases


def span_of(text: str, words: str) -> Span:
    start = text.index(words)
    return Span(start, start + len(words))


def proposed(nlp: Language, text: str, *, cue: str, source: str, content: str) -> tuple[Scene, Draft]:
    """What the second reader alone proposes in a text of one paragraph."""
    (scene,) = scenes(analyse(nlp, parse_article(RawArticle("case", "case.txt", "txt", text, Meta()))))
    spans = (span_of(text, content),)
    sure = Finding(span_of(text, cue), spans, span_of(text, source), chance=1.0, valid=1.0, content_chance=1.0, source_chance=1.0)
    (proposal,) = proposals(scene, [], [sure])
    return scene, proposal.merged


@pytest.mark.parametrize("case", read_cases("manners.yaml"), ids=case_id)
def test_case(case: Mapping[str, str], nlp: Language) -> None:
    scene, draft = proposed(nlp, case["text"], cue=case["cue"], source=case["source"], content=case["content"])
    assert manner_of(scene, draft) == case["manner"]


@pytest.mark.parametrize(
    ("text", "teller", "said"),
    [
        ("The pier is safe, Lee said on Monday, according to the Gazette.", "the Gazette", "Lee: The pier is safe"),
        ("Lee said that the pier is safe, according to the Gazette.", "the Gazette", "Lee: that the pier is safe"),
        ("“It is safe,” Lee said, according to Paul Marsh.", "Paul Marsh", "Lee: “It is safe,”"),
        # A person's report, a deed and a finding are whose report they are.
        ("Lee said that the pier is safe, according to Paul Marsh.", "Paul Marsh", "Marsh: Lee said that the pier is safe"),
        ("Lee closed the pier, according to the Gazette.", "the Gazette", "Gazette: Lee closed the pier"),
        ("Most said that they felt safe, according to the Gazette.", "the Gazette", "Gazette: Most said that they felt safe"),
    ],
)
def test_what_somebody_said_is_not_the_papers_that_retells_it(nlp: Language, text: str, teller: str, said: str) -> None:
    scene, draft = proposed(nlp, text, cue="according to", source=teller, content=text[: text.index(", according")])
    found = corrected(scene, draft)
    assert found.source is not None
    assert f"{scene.words[found.source].text}: {' ~ '.join(span.of(text) for span in found.content)}" == said
