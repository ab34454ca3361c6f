"""What a cue makes of its content, case by case: ``tests/cases/manners.yaml``."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from spacy.language import Language

from onrecord.article.read import RawArticle, parse_article
from onrecord.extract.accurate.finding import Finding
from onrecord.extract.accurate.judge import proposals
from onrecord.extract.attributions.attribution import Draft, Scene
from onrecord.extract.attributions.correcting import corrected
from onrecord.extract.attributions.find import scenes
from onrecord.extract.attributions.reported import manner_of
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
    named = span_of(text, source) if source else None
    sure = Finding(span_of(text, cue), spans, named, chance=1.0, valid=1.0, content_chance=1.0, source_chance=1.0)
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


@pytest.mark.parametrize(
    ("text", "cue", "source", "content", "said"),
    [
        # The dateline and the salutation before a sentence are nobody, whatever a reader draws into a source.
        ("LONDON, March 3 - Acme said that it had sold the pier.", "said", "LONDON, March 3 - Acme", "that it had", "Acme: that it had"),
        (
            "SIR \u2013 Mr Baker claims that trams are old.",
            "claims",
            "SIR \u2013 Mr Baker",
            "that trams are old",
            "Baker: that trams are old",
        ),
        (
            "Lee assured a crowd of friends that it was over.",
            "assured",
            "Lee",
            "a crowd of friends that it was over",
            "Lee: that it was over",
        ),
        ("A vet warned owners against feeding grapes.", "warned", "A vet", "owners against feeding", "vet: against feeding"),
        ("Asked if it was true, Lee shook her head.", "Asked", "", "if it was true, Lee shook her head", "-: if it was true"),
        # A question with a clause of its own is left whole.
        ("Asked if, when it rained, it was safe.", "Asked", "", "if, when it rained, it was safe", "-: if, when it rained, it was safe"),
    ],
)
def test_what_stands_around_a_report_is_no_part_of_it(nlp: Language, text: str, cue: str, source: str, content: str, said: str) -> None:
    scene, draft = proposed(nlp, text, cue=cue, source=source, content=content)
    found = corrected(scene, draft)
    who = "-" if found.source is None else scene.words[found.source].text
    assert f"{who}: {' ~ '.join(span.of(text) for span in found.content)}" == said
