"""The judges: what they may say of a draft, and what the classifier may know of a text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
import spacy
from spacy.lang.en.stop_words import STOP_WORDS
from spacy.language import Language
from spacy.tokens import Doc

from onrecord.article.read import RawArticle, parse_article
from onrecord.extract.accurate.judge import judge_for
from onrecord.extract.actor_lookup import ResolvedActors
from onrecord.extract.attributions.find import find_attributions, propose, scenes
from onrecord.extract.attributions.judges import Classifier, load_classifier
from onrecord.extract.attributions.quotes import find_quotes
from onrecord.extract.language import Analysis, analyse
from onrecord.labels.terms import MEANINGS
from onrecord.model import Actor, Mention, Meta, Span
from onrecord.options import RULES, TRAINED

TEXT = """Lee said that the bridge was unsafe, and Brook denied it.
“We will rebuild it,” she told the council. “It is ours.”
“Nobody asked us,” said Reed, who criticised the plan to close the harbour.
"""


def analysis_of(nlp: Language, text: str) -> Analysis:
    return analyse(nlp, parse_article(RawArticle("case", "case.txt", "txt", text, Meta())))


@pytest.mark.parametrize("name", [RULES, TRAINED])
def test_scores_are_probabilities(nlp: Language, name: str) -> None:
    judge = judge_for(name)
    seen = 0
    for scene in scenes(analysis_of(nlp, TEXT)):
        proposed = propose(scene, judge.lemmas)
        scored = judge.score(scene, proposed)
        assert [draft.content for draft in scored] == [draft.content for draft in proposed]
        assert all(0 <= draft.score <= 1 for draft in scored)
        assert all(0 <= judge.settle(scene, draft).certainty <= 1 for draft in scored)
        seen += len(scored)
    assert seen > 10


@pytest.mark.parametrize("name", [RULES, TRAINED])
def test_both_judges_know_a_plain_report_from_a_deed(nlp: Language, name: str) -> None:
    text = "Lee said that the bridge was unsafe. Reed painted the door and built a house."
    (found,), _ = find_attributions(analysis_of(nlp, text), judge_for(name))
    assert [span.of(text) for span in found.content] == ["that the bridge was unsafe"]
    assert found.source is not None and found.source.of(text) == "Lee"


def test_a_source_that_is_nearly_as_likely_is_the_runner_up(nlp: Language) -> None:
    text = "Lee listened to a man saying that the bridge would close."
    (close,), _ = find_attributions(analysis_of(nlp, text), judge_for(TRAINED))
    assert close.source_head is not None and close.runner_up is not None
    assert {close.source_head.of(text), close.runner_up.head.of(text)} == {"Lee", "man"}
    (clear,), _ = find_attributions(analysis_of(nlp, "Lee said that the bridge would close."), judge_for(TRAINED))
    assert clear.runner_up is None and clear.score is not None and close.score is not None and close.score < clear.score


def test_between_two_speakers_and_uncertain_nobody_is_named(nlp: Language) -> None:
    text = "Lee listened to a man saying that the bridge would close."
    analysis = analysis_of(nlp, text)
    lee, man = (Mention(at, at + len(name), "named") for name in ("Lee", "man") for at in (text.index(name),))
    resolved = ResolvedActors(
        (Actor("lee", "Lee", "person", (lee,)), Actor("man", "man", "person", (man,))),
        {Span(lee.start, lee.end): "lee", Span(man.start, man.end): "man"},
    )
    (quote,) = find_quotes(analysis, find_attributions(analysis, judge_for(TRAINED))[0], resolved)
    assert quote.confidence == "low"
    assert quote.speaker.actor is None and set(quote.speaker.candidates) == {"lee", "man"}


# --- other pipelines ---------------------------------------------------------------------------------------------------


def _without_parse(doc: Doc) -> Doc:
    """Every arc the same, no tags, no entities."""
    for token in doc:
        token.head = doc[max(0, token.i - 1)]
        token.dep_ = "dep"
    return doc


def _coarse(doc: Doc) -> Doc:
    """Tags that are only parts of speech, and no entities, as a pipeline of another tag set gives."""
    for token in doc:
        token.tag_ = token.pos_
    doc.ents = ()
    return doc


@pytest.fixture(scope="module")
def without_parse() -> Language:
    Language.component("without_parse", func=_without_parse)
    blank = spacy.blank("en")
    blank.add_pipe("without_parse")
    return blank


@pytest.mark.parametrize("name", [RULES, TRAINED])
def test_a_pipeline_that_knows_nothing_is_survived(without_parse: Language, name: str) -> None:
    analysis = analysis_of(without_parse, TEXT)
    assert {token.dep_ for paragraph in analysis.paragraphs for token in paragraph.tokens} == {"dep"}
    attributions, _ = find_attributions(analysis, judge_for(name))
    assert all(0 <= span.start < span.end <= len(TEXT) for one in attributions for span in one.content)


def test_other_tags_and_no_entities_still_give_quotes(nlp: Language) -> None:
    Language.component("coarse", func=_coarse)
    nlp.add_pipe("coarse", last=True)
    try:
        attributions, _ = find_attributions(analysis_of(nlp, TEXT), judge_for(TRAINED))
    finally:
        nlp.remove_pipe("coarse")
    said = [one.source_head.of(TEXT) for one in attributions if one.source_head is not None]
    assert {"Lee", "she", "Reed"} <= set(said)


# --- what the shipped classifier knows -----------------------------------------------------------------------------------

SIGNS = {"", ":", "\u2014", "according to"}
"""The lemmas of drafts whose cue is a sign, none, or no single word."""
MARGINAL = {
    *("aboard", "according", "alongside", "amid", "away", "based", "compared", "concerning", "despite", "following", "given"),
    *("including", "inside", "like", "near", "outside", "past", "unlike", "v.", "wo"),
}
"""Prepositions, particles and forms of auxiliaries that spaCy's list of stop words lacks (Quirk et al. 1985, 9.7 to 9.8, 16.2, 3.39)."""
CATENATIVE = {"getting", "having", "helped"}
"""Verbs before another verb, which parsers take for auxiliaries (Quirk et al. 1985, 3.49)."""
STEPS = {"double", "single", "far", "none", "document", "noun", "past", "said", "subject", "object"}
"""What this program calls the styles of marks, and the steps of a way through the parse."""


def _names(classifier: Classifier) -> Iterator[str]:
    for model in (classifier.draft, classifier.context, classifier.source):
        for weights in model.weights.values():
            yield from weights


def _lemmas(names: Iterator[str]) -> set[str]:
    found = (match[1] for name in names for match in re.finditer(r"(?:lemma|under)=([^=]*?)(?: quoted| plain)?$", name))
    return set(found)


def test_the_classifier_knows_no_words_but_lemmas_of_cues(nlp: Language) -> None:
    """A verb that only a layout took for a cue is in no list; but it is an English verb, and so no name."""
    classifier = load_classifier()
    lemmatizer: Any = nlp.get_pipe("lemmatizer")
    verbs = set(lemmatizer.lookups.get_table("lemma_index")["verb"])
    lemmas = _lemmas(_names(classifier))
    assert "say" in lemmas
    assert lemmas - classifier.lemmas - SIGNS - verbs == set()


def test_the_rest_is_closed_classes_tags_and_arcs(nlp: Language) -> None:
    labels = {label for pipe in ("parser", "tagger", "ner") for label in nlp.pipe_labels[pipe]}
    frames = {word for rule in MEANINGS for word in rule.split()}
    known = STOP_WORDS | MARGINAL | CATENATIVE | STEPS | labels | frames
    words: set[str] = set()
    for name in _names(load_classifier()):
        feature, equals, value = name.partition("=")
        if equals and "lemma=" not in name and feature not in ("under", "inside frame", "goes on with", "source ending"):
            words |= {word for word in re.split(r"[ >]", value) if re.fullmatch(r"[a-z.'\u2019]*[a-z][a-z.'\u2019]*", word)}
    assert len(words) > 100
    odd = {word for word in words - known if word.replace("\u2019", "'") not in STOP_WORDS}
    assert odd == set()
