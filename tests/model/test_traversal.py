"""The one way through a report leaves nothing out: each field of the model is an id, a place, another value, or told of here."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass, replace
from typing import Any, get_type_hints

import pytest

from onrecord import model
from onrecord.model import AUTHOR, Corpus, Findings, KnownSource, Outcome, Report, Span, traversal
from onrecord.model.traversal import inner_fields, map_ids, references, values_in, with_place
from tests.support.fictional import fictional_report

WORDS_AND_NUMBERS = """
    Alias.count Alias.name Article.file Article.sha256 Article.text Block.furniture
    Block.level Block.line Comparison.why Copy.share CorpusActor.links
    CorpusActor.name Cue.lemma  Mark.href Mark.label Member.why Mention.why Meta.byline Meta.date Meta.lang Meta.outlet
    Meta.title Meta.url Moment.value Namesakes.why Notice.code Notice.message Outcome.action Outcome.by Outcome.date Outcome.id
    Outcome.machine Outcome.message Outcome.note Outcome.now Outcome.was Provenance.attribution Provenance.model Provenance.model_version
    Provenance.onrecord Provenance.spacy Actor.given Actor.name Claim.rule Quote.rule Quote.score Relation.predicate Relation.rule
    Report.language Report.schema_version Role.text Shared.part Source.title Source.url UndecidedMention.why Verdict.by Verdict.date
    Verdict.summary Verdict.text Withheld.edition Withheld.sentences Withheld.shown_sentences
"""
"""Fields that hold text or numbers which are no id and no place in the text."""
PLACES = {
    f"{kind}.{end}"
    for kind in ("Block", "Cue", "Mark", "Mention", "Moment", "Reason", "Span", "UndecidedMention")
    for end in ("start", "end")
}


def classes() -> Iterator[type]:
    return (one for one in vars(model).values() if isinstance(one, type) and is_dataclass(one))


def test_each_field_of_the_model_is_an_id_a_place_or_known_to_be_neither() -> None:
    known = {*WORDS_AND_NUMBERS.split(), *PLACES}
    for kind in classes():
        for one in fields(kind):
            parts = list(traversal._parts(get_type_hints(kind, include_extras=True)[one.name], ""))
            if {str, int, float}.intersection(parts):
                name = f"{kind.__name__}.{one.name}"
                assert name in known, f"{name}: annotate it in model/ with what it is the id of, or say here that it is none"


def test_every_class_of_the_model_is_found_in_a_corpus() -> None:
    found: set[type] = set()
    todo: list[type] = [Corpus]
    while todo:
        kind = todo.pop()
        if kind not in found:
            found.add(kind)
            hints = get_type_hints(kind, include_extras=True)
            todo += [part for name in inner_fields(kind) for part in traversal._parts(hints[name], "") if is_dataclass(part)]
    assert set(classes()) == found


def test_ids_are_renamed_wherever_they_stand() -> None:
    report = fictional_report()
    withheld = model.Withheld("none", (), 1, 0, (KnownSource("brandt", "named"), KnownSource("~q1", "anonymous", ("q1", "q2"))))
    report = replace(
        report,
        article=replace(report.article, withheld=withheld),
        corrections=(Outcome("e", "speaker", "applied", False, "", "q1"),),
        machine=Findings(quotes=report.quotes, claims=report.claims, relations=report.relations),
    )
    renamed = map_ids(report, lambda kind, id: id if id == AUTHOR else f"{id}+")
    before, after = (sorted(set(references(one))) for one in (report, renamed))
    assert before and [(kind, id if id == AUTHOR else f"{id}+") for kind, id in before] == after
    assert renamed.article.withheld is not None
    assert [one.id for one in renamed.article.withheld.sources] == ["brandt+", "~q1+"]
    assert renamed.article.withheld.sources[1].quotes == ("q1+", "q2+")
    assert renamed.corrections[0].item == "q1+" and renamed.corrections[0].id == "e"
    assert renamed.machine is not None and renamed.machine.quotes[0].id == f"{report.quotes[0].id}+"
    assert map_ids(renamed, lambda kind, id: id.removesuffix("+")) == report


def test_all_references_of_a_report_lead_to_something_in_it() -> None:
    report = fictional_report()
    known = {
        "actor": {AUTHOR, *(one.id for one in report.actors)},
        "quote": {one.id for one in report.quotes},
        "claim": {one.id for one in report.claims},
    }
    found = [(kind, id) for part in inner_fields(Findings) for kind, id in references(getattr(report, part))]
    assert {kind for kind, _ in found} == set(known)
    assert all(id in known[kind] for kind, id in found)


def test_places_move_wherever_they_stand() -> None:
    report = fictional_report()
    moved = traversal.rebuild(report, lambda one: with_place(one, lambda span: span.shift(3)))

    def places(one: Report) -> list[tuple[int, int]]:
        return [(value.start, value.end) for value in values_in(one) if isinstance(value, Span | model.Block)]

    assert places(moved) == [(start + 3, end + 3) for start, end in places(report)]


def test_what_nothing_would_look_into_is_refused() -> None:
    @dataclass(frozen=True)
    class Odd:
        speakers: Any

    Odd.__annotations__["speakers"] = dict[str, Span]
    with pytest.raises(TypeError, match=r"Odd\.speakers is a dict"):
        list(values_in(Odd({})))
