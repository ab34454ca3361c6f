"""What the trained model adds to a quote: its score, and the source that was nearly chosen."""

from __future__ import annotations

import pytest
from spacy.language import Language

from onrecord.article.read import RawArticle, parse_article
from onrecord.extract.actor_lookup import ResolvedActors
from onrecord.extract.attributions.attribution import Attribution, Phrase
from onrecord.extract.attributions.quotes import find_quotes
from onrecord.extract.language import analyse
from onrecord.model import Actor, Confidence, Mention, Meta, Quote, Reference, Span, Speaker

TEXT = "Reed met Lee. “It is unsafe,” he said. Reed left."
REED, LEE, HE, REED_AGAIN = Span(0, 4), Span(9, 12), Span(30, 32), Span(39, 43)


THERE = Span(17, 19)
"""Words that stand for no actor."""


def quote_of(
    nlp: Language,
    *,
    runner_up: Span | None,
    score: float | None = 0.81249,
    confidence: Confidence = "medium",
    others: tuple[Phrase, ...] = (),
) -> Quote:
    analysis = analyse(nlp, parse_article(RawArticle("case", "case.txt", "txt", TEXT, Meta())))
    reed = Actor("reed", "Reed", "person", tuple(Mention(s.start, s.end, "named") for s in (REED, HE, REED_AGAIN)))
    lee = Actor("lee", "Lee", "person", (Mention(LEE.start, LEE.end, "named"),))
    resolved = ResolvedActors((reed, lee), {REED: "reed", HE: "reed", REED_AGAIN: "reed", LEE: "lee"})
    second = None if runner_up is None else Phrase(runner_up, runner_up)
    found = Attribution(
        "direct",
        (Span(14, 29),),
        "after",
        confidence,
        HE,
        HE,
        score=score,
        runner_up=second,
        others=others,
    )
    (quote,) = find_quotes(analysis, (found,), resolved)
    return quote


def test_a_runner_up_is_joined_to_its_actor(nlp: Language) -> None:
    quote = quote_of(nlp, runner_up=LEE)
    assert (quote.speaker.actor, quote.runner_up) == ("reed", Reference("lee", LEE))


@pytest.mark.parametrize("runner_up", [None, REED_AGAIN], ids=["none", "the speaker under another name"])
def test_there_is_no_runner_up_but_another_party(nlp: Language, runner_up: Span | None) -> None:
    assert quote_of(nlp, runner_up=runner_up).runner_up is None


def test_who_speaks_too_is_no_runner_up(nlp: Language) -> None:
    assert quote_of(nlp, runner_up=LEE, others=(Phrase(LEE, LEE),)).runner_up is None


@pytest.mark.parametrize(("score", "shown"), [(0.81249, 0.812), (0.0, 0.0), (None, None)])
def test_a_score_is_given_in_thousandths(nlp: Language, score: float | None, shown: float | None) -> None:
    assert quote_of(nlp, runner_up=None, score=score).score == shown


@pytest.mark.parametrize(
    ("runner_up", "speaker"),
    [
        (LEE, Speaker(None, HE, ("reed", "lee"))),
        (THERE, Speaker(None, HE)),
        (REED_AGAIN, Speaker("reed", HE)),
        (None, Speaker("reed", HE)),
    ],
)
def test_low_confidence_between_two_sources_is_no_guess(nlp: Language, runner_up: Span | None, speaker: Speaker) -> None:
    assert quote_of(nlp, runner_up=runner_up, confidence="low").speaker == speaker
