from __future__ import annotations

from dataclasses import replace

from claims import Gold, GoldActor, GoldClaim, GoldRelation, GoldSpan, count_reports, measure_gold

from onrecord.model import Report, Span
from tests.support.reports import full_report


def gold_of(report: Report) -> Gold:
    """The gold that a report would be right by, were its actors marked in capitals."""
    actors = tuple(
        GoldActor(actor.id.upper(), tuple(GoldSpan(mention.start, mention.end) for mention in actor.mentions)) for actor in report.actors
    )
    claims = tuple(
        GoldClaim(GoldSpan(claim.spans[0].start, claim.spans[-1].end), (claim.asserter or "author").upper(), claim.polarity, claim.modality)
        for claim in report.claims
    )
    relations = tuple(
        GoldRelation(one.source.upper(), one.target.upper(), one.polarity, GoldSpan(one.trigger.start, one.trigger.end))
        for one in report.relations
    )
    return Gold(actors, claims, relations)


def test_a_report_is_right_by_itself() -> None:
    report = full_report()
    measures, places = measure_gold(report, gold_of(report))
    assert measures == {
        "claims found": 1,
        "claims, asserter right": 1,
        "claims, polarity right": 1,
        "claims, modality right": 1,
        "claims that match nothing": 0,
        "relations found": 1,
        "relations that match nothing": 0,
    }
    assert [sum(map(len, (kept["content"], kept["missed"], kept["extra"]))) for kept in places.values()] == [0, 0]


def test_what_is_wrong_counts_as_wrong() -> None:
    report = full_report()
    first, second = report.claims
    claims = (replace(first, polarity="+", asserter="ledger"), replace(second, spans=(Span(0, 5),)))
    wrong = replace(report, claims=claims, relations=(replace(report.relations[0], polarity="-"),))
    measures, places = measure_gold(wrong, gold_of(report))
    assert measures["claims found"] == 0.5
    assert (measures["claims, polarity right"], measures["claims, asserter right"], measures["claims, modality right"]) == (0, 0, 0.5)
    assert (measures["claims that match nothing"], measures["relations that match nothing"], measures["relations found"]) == (1, 1, 0)
    of_claims, of_relations = places.values()
    assert (len(of_claims["content"]), len(of_claims["missed"]), len(of_claims["extra"])) == (1, 1, 1)
    assert (len(of_relations["missed"]), len(of_relations["extra"])) == (1, 1)


def test_reports_without_gold_are_counted() -> None:
    counted = count_reports([full_report(), replace(full_report(), claims=(), relations=(), comparisons=())])
    assert (counted["claims per article"], counted["relations per article"], counted["comparisons, conflicts per article"]) == (1, 0.5, 0.5)
