"""Of two readings of one thing one holds; contents that nest or keep apart both do."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from spacy.language import Language

from onrecord.extract.attributions.attribution import Draft
from onrecord.extract.attributions.cues import detachable_phrases, sentence_after, sentence_before, subtree, tokens_before, tokens_from
from onrecord.extract.attributions.judges import resolve_conflicts
from onrecord.extract.tokens import Doc
from onrecord.model import Span
from onrecord.text.quotation_marks import Quotation


def draft(start: int, end: int, *, score: float, cue: int, quotations: tuple[Quotation, ...] = ()) -> Draft:
    return Draft("complement", "say", (Span(start, end),), (cue,), score=score, quotations=quotations)


MARKED = Quotation(Span(10, 30), Span(11, 29), "double", closed=True)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (draft(10, 50, score=0.9, cue=1), draft(100, 150, score=0.8, cue=1)),
        (draft(10, 50, score=0.9, cue=1), draft(12, 50, score=0.8, cue=2)),
        (draft(10, 50, score=0.9, cue=1), draft(40, 90, score=0.8, cue=2)),
        (draft(10, 30, score=0.9, cue=1, quotations=(MARKED,)), draft(10, 30, score=0.8, cue=2, quotations=(MARKED,))),
    ],
    ids=["one cue", "alike", "crossing", "one quotation"],
)
def test_of_rivals_the_likelier_holds(one: Draft, other: Draft) -> None:
    assert list(resolve_conflicts([other, one])) == list(resolve_conflicts([one, other])) == [one]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (draft(10, 50, score=0.8, cue=1), draft(60, 90, score=0.9, cue=2)),
        (draft(10, 100, score=0.8, cue=1), draft(80, 100, score=0.9, cue=2)),
    ],
    ids=["apart", "nested"],
)
def test_what_nests_or_keeps_apart_stays(one: Draft, other: Draft) -> None:
    assert list(resolve_conflicts([other, one])) == [one, other]


@given(st.lists(st.tuples(st.integers(0, 600), st.integers(1, 200), st.integers(0, 5), st.floats(0, 1)), max_size=12))
def test_no_two_that_stay_cross_or_share_a_cue(given: list[tuple[int, int, int, float]]) -> None:
    kept = list(resolve_conflicts(draft(start, start + length, score=score, cue=cue) for start, length, cue, score in given))
    assert len({one.cue for one in kept}) == len(kept)
    spans = [one.content[0] for one in kept]
    assert all(not a.overlaps(b) or a.contains(b) or b.contains(a) for a in spans for b in spans)
    assert bool(kept) == bool(given)


def parsed(nlp: Language, text: str) -> Doc:
    return Doc(text, [(0, nlp(text))])


def test_the_extents_of_an_argument(nlp: Language) -> None:
    doc = parsed(nlp, "Lee said that the bridge was old, which the council denied, on Monday.")
    said, root = doc[1], doc[5]
    assert (said.text, root.text, root.dep_) == ("said", "was", "ccomp")

    def words(tokens: tuple[int, ...]) -> str:
        return " ".join(doc[i].text for i in tokens)

    whole = subtree(root)
    assert words(whole).startswith("that the bridge was old") and doc[whole[-1]].text not in (",", ".")
    cuts = list(detachable_phrases(root))
    assert cuts and all(words(tokens_before(whole, cut)) in words(whole) and len(tokens_before(whole, cut)) < len(whole) for cut in cuts)
    assert words(tokens_from(root, said)) == "that the bridge was old , which the council denied , on Monday"
    assert tokens_from(doc[0], said) == ()
    assert words(sentence_after(said, doc[0])) == words(tokens_from(root, said))
    assert words(sentence_before(said, doc[0])) == ""


def test_the_sentence_before_a_cue(nlp: Language) -> None:
    doc = parsed(nlp, "The bridge is old, Lee said.")
    said, lee = doc[6], doc[5]
    assert (said.text, lee.text) == ("said", "Lee")
    assert " ".join(doc[i].text for i in sentence_before(said, lee)) == "The bridge is old"
