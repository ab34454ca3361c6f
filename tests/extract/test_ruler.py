"""The remembered ruler: what it sets is what spaCy's own sets, token for token."""

from __future__ import annotations

from typing import cast

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st
from spacy.language import Language
from spacy.pipeline import AttributeRuler
from spacy.tokens import Doc

from onrecord.extract.language import load_pipeline
from onrecord.extract.ruler import RememberedRuler, remember
from onrecord.options import DEFAULT_MODEL

SENTENCES = (
    "There is no plan, and there are no funds, she said; let's see what y'all do.",
    "He's gonna say it ain't so, but they've gotta go. C'mon, I dunno!",
    "Although it was late, the board has had its say: it does not, because it can't.",
    "That's what you and I said to them; who else did, if any?",
    "Nothin' will be done.  Two  spaces,\ttabs\nand line breaks stay.",
    "Her better half ran faster, having been left; the leaves were best left lying.",
    '"Wait," said 1,200 of 3.5 million men\'s wives.',
    "",
)
WORDS = [
    "there",
    "is",
    "'s",
    "let",
    "gon",
    "na",
    "got",
    "ta",
    "ai",
    "n't",
    "it",
    "you",
    "I",
    "that",
    "do",
    "had",
    "but",
    "leaves",
    "Zorn",
    "\n",
    " ",
]
TAGS = ["EX", "VBZ", "VBP", "VB", "PRP", "IN", "DT", "WDT", "RB", "CC", "NNS", "NNP", "TO", "_SP", "."]
ARCS = ["expl", "ROOT", "nsubj", "dobj", "aux", "auxpass", "mark", "det", "advmod", "conj", "dep"]


@pytest.fixture(scope="module")
def plain() -> Language:
    """The pipeline as it is installed."""
    return spacy.load(DEFAULT_MODEL)


def said(doc: Doc) -> list[tuple[str, ...]]:
    return [(token.text, token.pos_, token.lemma_, token.tag_, token.dep_, str(token.morph)) for token in doc]


@pytest.mark.parametrize("sentence", SENTENCES)
def test_a_text_is_annotated_as_by_spacy_the_first_time_and_again(plain: Language, sentence: str) -> None:
    remembering = spacy.load(DEFAULT_MODEL)
    remember(remembering)
    assert "onrecord_ruler" in remembering.pipe_names and "attribute_ruler" not in remembering.pipe_names
    expected = said(plain(sentence))
    assert said(remembering(sentence)) == expected
    assert said(remembering(sentence)) == expected


words = st.lists(st.tuples(st.sampled_from(WORDS), st.sampled_from(TAGS), st.sampled_from(ARCS)), max_size=12)


@given(words)
def test_any_words_with_any_tags_and_arcs_get_what_spacy_gives_them(plain: Language, some: list[tuple[str, str, str]]) -> None:
    def parsed() -> Doc:
        forms, tags, arcs = ([one[part] for one in some] for part in range(3))
        return Doc(plain.vocab, words=forms, tags=tags, deps=arcs, heads=[0] * len(some))

    ruler = cast(AttributeRuler, plain.get_pipe("attribute_ruler"))
    remembered = RememberedRuler(ruler)
    expected = said(ruler(parsed()))
    for _ in range(2):
        assert said(remembered(parsed())) == expected


def test_a_ruler_that_asks_for_more_is_left_as_it_is() -> None:
    nlp = spacy.blank("en")
    ruler = cast(AttributeRuler, nlp.add_pipe("attribute_ruler"))
    ruler.add([[{"SHAPE": "Xxx"}]], {"POS": "PROPN"})
    remember(nlp)
    assert nlp.pipe_names == ["attribute_ruler"]
    assert [token.pos_ for token in nlp("Ann saw")] == ["PROPN", ""]


def test_lemmas_are_spacys_own(plain: Language) -> None:
    ours = load_pipeline(DEFAULT_MODEL)
    for sentence in SENTENCES:
        assert [token.lemma_ for token in ours(sentence)] == [token.lemma_ for token in plain(sentence)]
