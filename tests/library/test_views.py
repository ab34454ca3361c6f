"""Views of a report: where each leads, and that none leads further than the report does."""

from __future__ import annotations

from dataclasses import replace

import pytest

from onrecord import ActorView, QuoteView, ReportView
from onrecord.model import AUTHOR, Quote, Span, Speaker
from onrecord.reports.json import decode_report
from tests.support.reports import full_report


@pytest.fixture
def seen() -> ReportView:
    return ReportView(full_report())


def name_of(actor: ActorView | None) -> str:
    return actor.name if actor else ""


def test_a_quote_leads_to_its_speaker_and_on_to_the_text(seen: ReportView) -> None:
    quote = seen.quotes[0]
    assert (name_of(quote.speaker), quote.source, quote.cue) == ("Ilse Brandt", "Mayor Ilse Brandt", "told")
    assert quote.speaker is not None
    assert [(one.text, one.start, one.kind) for one in quote.speaker.mentions] == [
        ("Mayor Ilse Brandt", 0, "named"),
        ("her", 78, "pronoun"),
    ]
    assert all(seen.text[one.start : one.end] == one.text for one in quote.speaker.mentions)
    assert quote.speaker.quotes == (quote,) and quote.speaker.mentions[0].actor == quote.speaker


def test_only_words_in_quotation_marks_are_quoted(seen: ReportView) -> None:
    quote = seen.quotes[0]
    assert quote.text == "the quay is “unsafe.”"
    assert quote.quoted == ("unsafe",)
    assert str(quote) == "Ilse Brandt and the Ledger (denied, only supposed, stance): the quay is “unsafe”"


def test_reported_speech_has_no_quotation_marks(seen: ReportView) -> None:
    reported = replace(seen.value.quotes[0], kind="indirect", quoted_parts=(), negated=False, conditional=False, stance=False)
    view = ReportView(replace(seen.value, quotes=(reported,)))
    assert view.quotes[0].quoted == ()
    assert str(view.quotes[0]).startswith("Ilse Brandt and the Ledger (reported): the quay is")


def test_an_undecided_speaker_is_none_and_speaks_nowhere(seen: ReportView) -> None:
    undecided = seen.quotes[1]
    assert undecided.speaker is None
    assert [one.name for one in undecided.candidates] == ["Ilse Brandt", "the Ledger"]
    assert str(undecided).startswith("undecided: Ilse Brandt or the Ledger: ")
    assert all(undecided not in actor.quotes for actor in seen.actors)


def test_a_speaker_that_nobody_knows_is_none(seen: ReportView) -> None:
    lone = Quote("q9", "direct", (Span(54, 60),), Speaker(mention=Span(78, 81)), "verb-cue", "low")
    view = ReportView(replace(seen.value, quotes=(lone,)))
    assert view.quotes[0].speaker is None and view.quotes[0].candidates == ()
    assert str(view.quotes[0]).startswith("unknown speaker (the text has: her): ")


def test_nobody_is_heard_in_what_is_denied_or_supposed(seen: ReportView) -> None:
    assert not seen.quotes[0].counts_as_said and seen.speakers == ()
    said = replace(seen.value.quotes[0], negated=False, conditional=False, stance=False, boilerplate=False)
    assert [one.name for one in ReportView(replace(seen.value, quotes=(said,))).speakers] == ["Ilse Brandt", "the Ledger"]


def test_claims_and_relations_lead_on(seen: ReportView) -> None:
    claim = seen.quotes[0].claims[0]
    assert claim.quote == seen.quotes[0] and name_of(claim.asserter) == "Ilse Brandt"
    assert (claim.kind, claim.polarity, claim.modality) == ("evaluation", "-", "probable")
    relation = seen.relations[0]
    assert (relation.source.name, relation.predicate, relation.target.name) == ("the Ledger", "meet", "Ilse Brandt")
    assert relation.claims == (seen.claims[1],)
    assert seen.claims[1].asserter is None and seen.claims[1].quote is None


def test_the_article_itself_is_no_unknown_speaker(seen: ReportView) -> None:
    told = replace(seen.value.claims[1], asserter=AUTHOR)
    asserter = ReportView(replace(seen.value, claims=(told,))).claims[0].asserter
    assert asserter is not None and asserter.type == "narrator"


def test_a_view_is_worth_what_its_value_is(seen: ReportView) -> None:
    again = ReportView(full_report())
    assert again == seen and again.quotes == seen.quotes
    assert isinstance(seen.quotes[0], QuoteView) and seen.quotes[0].value == seen.value.quotes[0]
    assert decode_report(seen.to_json()) == seen.value


def test_everything_prints_itself_in_a_line(seen: ReportView) -> None:
    things = (seen, *seen.quotes, *seen.actors, *seen.claims, *seen.relations, *seen.actors[0].mentions)
    assert all("\n" not in repr(one) and len(repr(one)) < 200 for one in things)
    assert repr(seen) == "<report on quay: 2 quotes, 0 speakers, 2 claims>"


def test_a_stance_is_no_reported_speech(seen: ReportView) -> None:
    stance = replace(
        seen.value.quotes[0], kind="indirect", quoted_parts=(), negated=False, conditional=False, boilerplate=False, stance=True
    )
    view = ReportView(replace(seen.value, quotes=(stance,)))
    assert view.quotes[0].stance and not view.quotes[0].counts_as_said and view.speakers == ()
    assert str(view.quotes[0]).startswith("Ilse Brandt and the Ledger (stance): ")
