"""The merge of the two readers' proposals: which are one, whose content and source are taken, and what is never shown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest
from spacy.language import Language

from onrecord.article import parse_article
from onrecord.article.read import RawArticle
from onrecord.extract.accurate.finding import Finding
from onrecord.extract.accurate.judge import Merger, MergeWeights, Proposal, in_scene, proposals
from onrecord.extract.attributions.attribution import Draft, Scene
from onrecord.extract.attributions.cues import MODEL_ALONE
from onrecord.extract.attributions.find import scenes, settled_drafts
from onrecord.extract.attributions.judges import Linear, TrainedJudge, load_classifier
from onrecord.extract.language import analyse
from onrecord.model import Meta, Span

BELIEVES_ALL = MergeWeights(Linear(5.0, {}), 0.5, 0.5)


def read(nlp: Language, text: str) -> tuple[Scene, list[Draft]]:
    (scene,) = scenes(analyse(nlp, parse_article(RawArticle("a", "a.txt", "txt", text, Meta()))))
    _, drafts = settled_drafts(scene, TrainedJudge(load_classifier()))
    return scene, drafts


def finding(text: str, cue: str, content: Sequence[str], source: str | None = None) -> Finding:
    """What a model would find: these words, and high chances."""

    def span(words: str) -> Span:
        return Span(text.index(words), text.index(words) + len(words))

    parts = tuple(map(span, content))
    return Finding(span(cue), parts, None if source is None else span(source), 0.9, 0.9, 0.9, 0.0 if source is None else 0.9)


def words(scene: Scene, draft: Draft) -> list[str]:
    return [span.of(scene.text) for span in draft.content]


def only(found: Sequence[Proposal]) -> Proposal:
    (one,) = found
    return one


def test_one_cue_makes_one_proposal_and_the_models_content_is_taken_of_indirect_speech(nlp: Language) -> None:
    text = "Lee said that the bridge would close on Monday, hurting shops in the old town."
    scene, drafts = read(nlp, text)
    seen = finding(text, "said", ["that the bridge would close on Monday"], "Lee")
    (one,) = (one for one in proposals(scene, drafts, [seen]) if one.finding is seen)
    assert one.draft is not None and one.merged.agreed
    assert words(scene, one.merged) == ["that the bridge would close on Monday"]


def test_contents_that_are_nearly_one_keep_the_edges_of_the_parse(nlp: Language) -> None:
    text = "Lee said that the bridge would close on Monday."
    scene, drafts = read(nlp, text)
    one = only(list(proposals(scene, drafts, [finding(text, "said", ["the bridge would close on Monday"], "Lee")])))
    assert words(scene, one.merged) == ["that the bridge would close on Monday"]


def test_between_marks_the_marks_decide(nlp: Language) -> None:
    text = "“The bridge will close on Monday,” Lee said."
    scene, drafts = read(nlp, text)
    one = only(list(proposals(scene, drafts, [finding(text, "said", ["bridge will close"], "Lee")])))
    assert words(scene, one.merged) == ["“The bridge will close on Monday,”"]


def test_half_a_pair_of_marks_is_never_shown(nlp: Language) -> None:
    text = "Critics liken the bridge to “a very old boat” in the harbour."
    scene, _ = read(nlp, text)
    one = only(list(proposals(scene, [], [finding(text, "liken", ["the bridge to “a very"], "Critics")])))
    assert words(scene, one.merged) == ["the bridge to “a very old boat”"]
    assert one.merged.frame == MODEL_ALONE and len(one.merged.quotations) == 1


def test_a_hole_in_a_content_is_filled_unless_the_cue_is_in_it(nlp: Language) -> None:
    text = "The bridge, Critics grumble, is old and part of a bid for money and too short."
    scene, _ = read(nlp, text)
    one = only(list(proposals(scene, [], [finding(text, "grumble", ["The bridge", "is old", "and too short"], "Critics")])))
    assert words(scene, one.merged) == ["The bridge", "is old and part of a bid for money and too short"]


def test_the_source_is_that_of_whoever_is_surer(nlp: Language) -> None:
    text = "Lee said that the bridge would close, and Reed left."
    scene, drafts = read(nlp, text)
    other = finding(text, "said", ["that the bridge would close"], "Reed")
    for certainty, expected in ((0.95, "Lee"), (0.5, "Reed")):
        known = [replace(draft, certainty=certainty) for draft in drafts]
        (one,) = (one for one in proposals(scene, known, [other]) if one.finding is other)
        assert one.merged.source is not None and scene.words[one.merged.source].text == expected


def test_a_missing_source_is_the_models(nlp: Language) -> None:
    text = "Lee said that the bridge would close, and Reed left."
    scene, drafts = read(nlp, text)
    other = finding(text, "said", ["that the bridge would close"], "Reed")
    without = [replace(draft, source=None) for draft in drafts]
    (given,) = (one for one in proposals(scene, without, [other]) if one.finding is other)
    assert given.merged.source is not None and scene.words[given.merged.source].text == "Reed"


def test_what_is_said_inside_quotation_marks_is_not_looked_into(nlp: Language) -> None:
    text = "“He thinks that the bridge is old,” Lee said."
    scene, drafts = read(nlp, text)
    inside = finding(text, "thinks", ["that the bridge is old"], "He")
    assert not any(one.finding is inside and one.draft is None for one in proposals(scene, drafts, [inside]))


def test_no_two_that_are_shown_are_rivals(nlp: Language) -> None:
    text = "Lee said that the bridge would close."
    scene, drafts = read(nlp, text)
    twice = [finding(text, "said", ["that the bridge would close"], "Lee"), finding(text, "said", ["the bridge would close"], "Lee")]
    shown = Merger(BELIEVES_ALL).merge(scene, drafts, twice)
    assert len(shown) == 1


@pytest.mark.parametrize(("logit", "count"), [(5.0, 1), (-5.0, 0)])
def test_what_is_not_likely_is_not_shown(nlp: Language, logit: float, count: int) -> None:
    text = "Lee said the bridge would close."
    scene, drafts = read(nlp, text)
    merger = Merger(MergeWeights(Linear(logit, {}), 0.5, 0.5))
    assert len(merger.merge(scene, drafts, [finding(text, "said", ["the bridge would close"], "Lee")])) == count


def test_a_plain_report_is_shown_and_never_sure(nlp: Language) -> None:
    scene, drafts = read(nlp, "Lee said that the bridge would close.")
    (shown,) = Merger(MergeWeights(Linear(-5.0, {}), 0.5, 0.5)).merge(scene, drafts, [])
    assert 0.55 < shown.score < 0.68


def test_a_convention_of_layout_and_what_is_longer_than_the_model_reads_stay_as_they_are(nlp: Language) -> None:
    long = "Lee said that the bridge would close, " + ", ".join(f"that pier number {n} was shut" for n in range(60)) + "."
    for text in ("LEE: “We will win.”", long):
        scene, drafts = read(nlp, text)
        kept = Merger(MergeWeights(Linear(-9.0, {}), 0.5, 0.5)).merge(scene, drafts, [])
        assert drafts and kept == drafts


def test_findings_are_of_the_paragraph_that_their_cue_stands_in(nlp: Language) -> None:
    text = "Lee said that it fell.\n\nReed said that it stands."
    one, two = scenes(analyse(nlp, parse_article(RawArticle("a", "a.txt", "txt", text, Meta()))))
    found = finding(text, "Reed said", ["that it stands"])
    assert in_scene(one, [found]) == [] and in_scene(two, [found]) == [found]
