"""The sourcing audit: its counts add up, it says what they are of, and it judges nothing."""

from __future__ import annotations

from dataclasses import replace

from onrecord.labels.terms import tone_of
from onrecord.model import Corpus, Report
from onrecord.render.pages.audit import AuditView, draft_audit
from onrecord.render.views.site import Site
from onrecord.render.views.speaking_time import find_shares
from tests.support.fictional import fictional_corpus, fictional_figures, fictional_pair


def audit(corpus: Corpus) -> AuditView:
    (draft,) = draft_audit(Site(corpus, fictional_figures()))
    view = draft.body().view
    assert isinstance(view, AuditView)
    return view


def mute(report: Report) -> Report:
    return replace(report, quotes=(), claims=(), relations=(), moments=(), comparisons=())


def test_every_counted_quote_is_somewhere_and_the_whole_is_theirs() -> None:
    for corpus in (fictional_corpus(), fictional_pair()):
        view = audit(corpus)
        site = Site(corpus, fictional_figures())
        speakers = find_shares(quote for facts in site.facts for quote in facts.quotes)
        assert view.words == speakers[0].of_words
        assert view.quotes + view.set_aside == sum(len(report.quotes) for report in corpus.reports)
        for shares in (view.identified, view.types, [one.share for one in view.heard]):
            assert sum(share.words for share in shares) >= view.words
            assert sum(share.direct + share.mixed + share.indirect for share in shares) >= view.quotes
        assert sum(tone.count for tone in view.tones) <= view.quotes


def test_the_loudest_stand_first() -> None:
    words = [one.share.words for one in audit(fictional_pair()).heard]
    assert words == sorted(words, reverse=True) and len(words) > 1


def test_a_party_of_two_articles_is_one_source() -> None:
    one, two = audit(fictional_corpus()), audit(fictional_pair())
    assert [heard.party.name for heard in one.heard if heard.party.key] == [heard.party.name for heard in two.heard if heard.party.key]


def test_where_the_first_voice_stands() -> None:
    first, second = audit(fictional_pair()).openings
    assert first.quote is not None and first.quote.id == "q1" and first.percent.endswith("%")
    assert second.page != first.page


def test_nobody_heard_is_said() -> None:
    corpus = fictional_corpus()
    view = audit(replace(corpus, reports=tuple(map(mute, corpus.reports))))
    assert (view.heard, view.words, view.identified) == ((), 0, ())
    assert view.openings[0].quote is None
    assert len(view.silent) == len([actor for actor in corpus.actors if actor.type not in ("place", "narrator")])


def test_verbs_that_hint_at_the_truth_show_their_sentences() -> None:
    corpus = fictional_corpus()
    report = corpus.reports[0]
    quotes = tuple(replace(quote, cue=replace(quote.cue, lemma="claim") if quote.cue else None, negated=False) for quote in report.quotes)
    tones = {tone.tone: tone for tone in audit(replace(corpus, reports=(replace(report, quotes=quotes),))).tones}
    assert tones["neutral"].count == 0 and tones["neutral"].verbs == ()
    (row,) = tones["distancing"].verbs
    assert row.verb == "claim" and len(row.quotes) == tones["distancing"].count > 0


def test_no_verb_has_two_tones() -> None:
    assert [tone_of(lemma) for lemma in ("say", "allege", "note", "warn")] == ["neutral", "distancing", "endorsing", "other"]
