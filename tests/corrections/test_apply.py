"""Every action on a report, and everything that may become of an entry."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from onrecord.corrections.apply import apply_corrections
from onrecord.corrections.correction import Correction
from onrecord.corrections.reading import parse_corrections
from onrecord.corrections.suggestions import anchor_for
from onrecord.model import Actor, Claim, Outcome, Quote, Report, Span
from onrecord.reports.json import decode_report, encode_report
from onrecord.text.anchors import Ground
from tests.corrections.toy import report

TEXT = """Mayor Ada Lee met Ben Reed on Monday. Cora Moss came too.

“The quay is unsafe,” said Lee. She told the Ledger that the crane fell in 40 places.

“Nobody was hurt”

Moss said that Reed left. “The old “crane” stays,” said Ben Reed. The Harbour Board was silent."""


def at(words: str, text: str = TEXT, nth: int = 0) -> Span:
    """The place of some words."""
    start = -1
    for _ in range(nth + 1):
        start = text.index(words, start + 1)
    return Span(start, start + len(words))


def anchor(words: str, nth: int = 0) -> Any:
    """Words with their sentence, as the pages offer them."""
    found = anchor_for(Ground(report(TEXT).article), [at(words, nth=nth)])
    assert found is not None
    return found


def entry(action: str, words: str, nth: int = 0, id: str = "e", **more: Any) -> dict[str, Any]:
    """An entry as YAML has it."""
    return {"action": action, "id": id, "article": "quay", **anchor(words, nth), **more}


def read(*written: dict[str, Any]) -> tuple[Correction, ...]:
    return parse_corrections(json.dumps({"corrections": written})).entries


def corrected(*written: dict[str, Any], text: str = TEXT) -> Report:
    return apply_corrections(report(text), read(*written))


def only(one: Report) -> Outcome:
    """What became of the only entry."""
    (outcome,) = one.corrections
    return outcome


def actor(one: Report, id: str) -> Actor:
    return next(actor for actor in one.actors if actor.id == id)


def quote(one: Report, words: str) -> Quote:
    return next(quote for quote in one.quotes if words in quote.content[0].of(one.article.text))


def claim(one: Report, words: str) -> Claim:
    return next(claim for claim in one.claims if words in claim.spans[0].of(one.article.text))


UNSAFE, FELL, HURT, LEFT, STAYS = "“The quay is unsafe,”", "the crane fell in 40 places", "“Nobody was hurt”", "Reed left", "“crane”"
REED = anchor("Ben Reed")


# --- actions ------------------------------------------------------------------------------------------------------------


def test_a_fixed_speaker_takes_claims_and_what_goes_on_along() -> None:
    one = corrected(entry("speaker", FELL, was="indirect, Ada Lee", speaker=REED))
    assert (quote(one, FELL).speaker.actor, quote(one, FELL).status) == ("ben-reed", "corrected")
    assert claim(one, FELL).asserter == "ben-reed"
    assert quote(one, HURT).speaker.actor == "ben-reed"  # it has no cue of its own
    assert claim(one, "Nobody").asserter == "ben-reed"
    assert quote(one, UNSAFE).speaker.actor == "ada-lee"
    assert only(one).status == "applied"
    assert (only(one).was, only(one).machine, only(one).now) == ("indirect, Ada Lee", "indirect, Ada Lee", "indirect, Ben Reed")


def test_a_speaker_may_be_unknown() -> None:
    one = corrected(entry("speaker", UNSAFE, speaker="unknown"))
    assert quote(one, UNSAFE).speaker.actor is None
    assert claim(one, "The quay").asserter is None


def test_an_outlet_that_was_carried_over_ends_with_the_speaker() -> None:
    assert quote(report(TEXT), HURT).outlet
    one = corrected(entry("speaker", HURT, speaker=REED))
    assert quote(one, HURT).outlet is None
    assert claim(one, "Nobody").via is None
    assert quote(one, FELL).outlet


def test_a_kind_is_fixed_and_shows_as_quoted_only_what_is() -> None:
    one = corrected(entry("kind", UNSAFE, kind="indirect"))
    assert (quote(one, UNSAFE).kind, quote(one, UNSAFE).quoted_parts) == ("indirect", ())


def test_a_paraphrase_never_becomes_a_direct_quote() -> None:
    one = corrected(entry("kind", FELL, kind="direct"))
    assert quote(one, FELL).kind == "indirect"
    assert (only(one).status, only(one).held) == ("conflict", True)
    assert "quotation marks" in only(one).message


def test_a_quote_is_added() -> None:
    one = corrected(entry("add-quote", "Cora Moss came too", kind="indirect", speaker=REED))
    added = quote(one, "Cora Moss came too")
    assert (added.id, added.status, added.rule, added.speaker.actor) == ("qwbfru7dk", "added", "by hand", "ben-reed")
    assert claim(one, "Cora Moss came too").asserter == "ben-reed"
    assert claim(one, "Cora Moss came too").quote == "qwbfru7dk"
    assert [q.id for q in one.quotes if q.id != "qwbfru7dk"] == [q.id for q in report(TEXT).quotes]
    assert one.quotes[0].id == "qwbfru7dk"  # in text order
    assert only(one).now == "indirect, Ben Reed"


def test_a_deleted_quote_leaves_its_claims_to_the_article() -> None:
    one = corrected(entry("delete-quote", FELL, was="indirect, Ada Lee"))
    assert FELL not in [q.content[0].of(TEXT) for q in one.quotes]
    assert (claim(one, FELL).asserter, claim(one, FELL).quote, claim(one, FELL).via) == ("author", None, None)
    assert one.machine and any(q.content[0].of(TEXT) == FELL for q in one.machine.quotes)  # still listed, as deleted
    assert (only(one).item, only(one).machine, only(one).now) == ("q2", "indirect, Ada Lee", "")


def test_claims_are_added_and_deleted() -> None:
    one = corrected(entry("add-claim", "fell in 40 places", kind="event", polarity="-", id="a"))
    added = next(claim for claim in one.claims if claim.status == "added")
    assert (added.asserter, added.quote, added.polarity, added.status, added.via) == ("ada-lee", "q2", "-", "added", "ledger")
    one = corrected(entry("delete-claim", "Mayor Ada Lee met Ben Reed on Monday"))
    assert "r1" not in [relation.id for relation in one.relations]  # it rested on that claim alone
    assert one.machine and one.machine.relations


def test_a_verdict_names_person_day_and_sources() -> None:
    sources = [{"url": "https://a.example/log", "title": "Log"}]
    one = corrected(entry("verdict", FELL, verdict="false", by="C. Ross", date="2026-03-14", sources=sources, summary="In four."))
    verdict = claim(one, FELL).verdict
    assert verdict and (verdict.text, verdict.by, verdict.date, verdict.sources[0].url) == (
        "false",
        "C. Ross",
        "2026-03-14",
        sources[0]["url"],
    )
    assert all(other.verdict is None for other in one.claims if other.id != claim(one, FELL).id)


def test_an_actor_is_renamed_retyped_and_hidden() -> None:
    one = corrected(
        entry("rename", "Cora Moss", name="Cora T. Moss", id="a"),
        entry("retype", "Harbour Board", type="state", id="b"),
        entry("visibility", "Ben Reed", page="hidden", id="c"),
    )
    assert [o.status for o in one.corrections] == ["applied"] * 3
    assert (actor(one, "cora-moss").name, actor(one, "harbour-board").type, actor(one, "ben-reed").hidden) == (
        "Cora T. Moss",
        "state",
        True,
    )
    assert {a.id for a in one.actors if a.status == "corrected"} == {"cora-moss", "harbour-board", "ben-reed"}


def test_what_hangs_on_a_merged_actor_follows() -> None:
    one = corrected(entry("merge", "Cora Moss", into=anchor("Ada Lee")))
    assert "cora-moss" not in [a.id for a in one.actors]
    lee = actor(one, "ada-lee")
    assert len(lee.mentions) == len(actor(report(TEXT), "ada-lee").mentions) + len(actor(report(TEXT), "cora-moss").mentions)
    assert {alias.name for alias in lee.aliases} >= {"Ada Lee", "Lee", "Cora Moss", "Moss"}
    assert quote(one, LEFT).speaker.actor == "ada-lee"
    assert claim(one, "Reed left").asserter == "ada-lee"
    assert claim(one, "Cora Moss came").about == ("ada-lee",)
    assert b"cora-moss" not in encode_report(replace(one, machine=None))


def test_two_that_are_the_same_keep_the_id_of_the_first() -> None:
    one = corrected(entry("same", "Cora Moss", **{"with": anchor("Ada Lee")}))
    assert [a.id for a in one.actors] == ["ada-lee", "ben-reed", "harbour-board"]


def test_a_relation_of_one_with_itself_is_gone() -> None:
    assert report(TEXT).relations
    assert corrected(entry("merge", "Ben Reed", into=anchor("Ada Lee"))).relations == ()


def test_split_mentions_are_another_and_what_was_said_there_goes_along() -> None:
    one = corrected(entry("split", "She", mentions=[anchor("Lee", nth=1)], name="Eve Lee"))
    eve = actor(one, "added-e")
    assert (eve.name, eve.type, eve.status, [m.of(TEXT) for m in eve.mentions]) == ("Eve Lee", "person", "added", ["Lee", "She"])
    assert [m.of(TEXT) for m in actor(one, "ada-lee").mentions] == ["Ada Lee"]
    assert quote(one, UNSAFE).speaker.actor == quote(one, FELL).speaker.actor == quote(one, HURT).speaker.actor == "added-e"
    assert claim(one, FELL).asserter == "added-e"
    assert claim(one, "said Lee").about == ("added-e",)
    assert actor(one, "ada-lee").roles  # its sentence did not change hands
    assert {(alias.name, alias.count) for alias in actor(one, "ada-lee").aliases} == {("Ada Lee", 1)}


def test_a_mention_is_given_to_another_actor() -> None:
    one = corrected(entry("split", "She", to=anchor("Cora Moss")))
    assert quote(one, FELL).speaker.actor == quote(one, HURT).speaker.actor == "cora-moss"
    assert quote(one, UNSAFE).speaker.actor == "ada-lee"


def test_an_added_actor_may_speak() -> None:
    one = corrected(
        entry("add-actor", "The quay", type="organization", name="Quay Company", id="a"),
        entry("speaker", HURT, speaker=anchor("The quay"), id="b"),
    )
    assert actor(one, "added-a").name == "Quay Company"
    assert quote(one, HURT).speaker.actor == "added-a"
    assert claim(one, "The quay is unsafe").about == ("added-a",)


def test_an_undecided_mention_is_decided() -> None:
    text = TEXT + " Dan Reed spoke."
    before = report(text)
    assert before.undecided
    written = entry("same", "Reed", nth=1, **{"with": REED})
    one = apply_corrections(before, read(written))
    assert only(one).status == "applied"
    assert one.undecided == ()
    assert "Reed" in [m.of(text) for m in actor(one, "ben-reed").mentions]


def test_merging_all_candidates_decides() -> None:
    text = "Ben Reed met Dan Reed. “It fell,” said Reed."
    before = report(text)
    assert quote(before, "fell").speaker.candidates
    ground = Ground(before.article)
    ends = [anchor_for(ground, [at(name, text)]) for name in ("Dan Reed", "Ben Reed")]
    one = apply_corrections(before, read({"action": "merge", "id": "m", "article": "quay", **(ends[0] or {}), "into": ends[1]}))
    assert quote(one, "fell").speaker.actor == claim(one, "It fell").asserter == "ben-reed"
    assert one.undecided == ()
    assert len(actor(one, "ben-reed").mentions) == 3


def test_a_confirmation_counts_for_review_and_changes_nothing_else() -> None:
    one = corrected(entry("confirm-quote", UNSAFE, was="direct, Ada Lee"))
    assert (quote(one, UNSAFE).status, only(one).status) == ("confirmed", "applied")
    assert [q.status for q in one.quotes if q.id != "q1"] == ["machine"] * (len(one.quotes) - 1)
    one = corrected(
        entry("confirm-claim", FELL, was="event, asserted, Ada Lee", id="a"),
        entry("confirm-actor", "Ben Reed", was="Ben Reed (person)", id="b"),
    )
    assert (claim(one, FELL).status, actor(one, "ben-reed").status) == ("confirmed", "confirmed")


# --- what may become of an entry ------------------------------------------------------------------------------------------


DELETE = entry("delete-quote", FELL, was="indirect, Ada Lee")
SENTENCE = "She told the Ledger that the crane fell in 40 places."
EDITS = {
    "applied": TEXT.replace("“The quay is unsafe,”", "“The quay is quite unsafe,”"),
    "orphan": TEXT.replace("40 places", "400 places"),
    "context changed": TEXT.replace("She told the Ledger that", "No one denies that she told the Ledger that"),
    "ambiguous": TEXT + "\n\n" + SENTENCE,
    "redundant": TEXT.replace(" told the Ledger that ", " told  the Ledger\u00a0that "),  # the toy does not see it now
    "drifted": TEXT.replace("said Lee. She", "said Lee. Moss left. She"),  # whom the toy then takes for her
}


@pytest.mark.parametrize("status", EDITS)
def test_what_becomes_of_an_entry_after_an_edit(status: str) -> None:
    one = corrected(DELETE, text=EDITS[status])
    outcome = only(one)
    assert outcome.status == status, outcome
    assert outcome.held == (status in ("orphan", "context changed", "ambiguous"))
    words = [q.content[0].of(one.article.text) for q in one.quotes]
    assert (FELL in words) == (status in ("context changed", "ambiguous"))
    if outcome.held:
        assert outcome.message.startswith("Held: ")
        assert (one.quotes, one.claims, one.actors, one.machine) == (
            *[getattr(report(EDITS[status]), n) for n in ("quotes", "claims", "actors")],
            None,
        )


def test_a_sentence_that_stands_again_within_another_is_ambiguous() -> None:
    """No full stop parts the two, but a reader sees it twice."""
    one = corrected(DELETE, text=f"{TEXT}\n\n“As I said” {SENTENCE}")
    assert only(one).status == "ambiguous"


def test_the_sentence_that_names_the_speaker_must_stand_too() -> None:
    written = entry("confirm-quote", FELL, was="indirect, Ada Lee", antecedent=anchor("Ada Lee"))
    assert only(corrected(written)).status == "applied"
    swapped = TEXT.replace("Mayor Ada Lee met Ben Reed", "Mayor Ben Reed met Ada Lee")
    outcome = only(corrected(written, text=swapped))
    assert (outcome.status, outcome.held) == ("context changed", True)
    assert "antecedent" in outcome.message
    doubled = TEXT + "\n\nMayor Ada Lee met Ben Reed on Monday."
    assert only(corrected(written, text=doubled)).status == "ambiguous"


def test_an_antecedent_that_is_gone_is_a_changed_context() -> None:
    written = entry("confirm-quote", FELL, was="indirect, Ada Lee", antecedent=anchor("Mayor Ada Lee"))
    gone = TEXT.replace("Mayor Ada Lee met", "Lee met").replace("Ada", "Eve")
    assert only(corrected(written, text=gone)).status == "context changed"


def test_a_correction_holds_when_the_program_changes_its_mind() -> None:
    """The text stands as it did, and it is the text that the editor judged: so it is applied, and says so."""
    one = corrected(entry("speaker", UNSAFE, was="direct, unknown", speaker=REED))
    assert (only(one).status, only(one).held) == ("drifted", False)
    assert quote(one, UNSAFE).speaker.actor == "ben-reed"
    assert "the program said “direct, unknown”; now it says “direct, Ada Lee”" in only(one).message


def test_a_confirmation_does_not_pass_to_something_else() -> None:
    """What was confirmed is what the program said then; what it says now nobody has looked at."""
    one = corrected(entry("confirm-quote", UNSAFE, was="direct, Ben Reed"))
    assert (only(one).status, only(one).held, quote(one, UNSAFE).status) == ("drifted", True, "machine")


def test_what_the_program_no_longer_finds_cannot_be_changed() -> None:
    one = corrected(entry("speaker", "The quay is unsafe", speaker=REED))
    assert (only(one).status, only(one).held) == ("drifted", True)
    one = corrected(entry("rename", "the crane", name="Crane"))
    assert (only(one).status, only(one).held) == ("drifted", True)


def test_what_the_program_says_itself_is_redundant_and_reviewed() -> None:
    one = corrected(entry("speaker", UNSAFE, was="direct, unknown", speaker=anchor("Ada Lee")))
    assert (only(one).status, quote(one, UNSAFE).status) == ("redundant", "confirmed")
    redundant = [
        entry("kind", UNSAFE, kind="direct", id="a"),
        entry("rename", "Ben Reed", name="Ben Reed", id="b"),
        entry("delete-claim", "came", id="c"),
        entry("apart", "Ben Reed", id="d", **{"with": anchor("Ada Lee")}),
        entry("add-actor", "Cora Moss", type="person", id="f"),
        entry("add-quote", FELL, kind="indirect", speaker=anchor("Ada Lee"), id="g"),
        entry("add-claim", "Cora Moss came too", kind="event", id="h"),
        entry("visibility", "Ben Reed", page="shown", id="i"),
        entry("split", "She", to=anchor("Ada Lee"), id="k"),
    ]
    assert {o.id: o.status for o in corrected(*redundant).corrections} == {written["id"]: "redundant" for written in redundant}


CONTRADICTIONS = [
    (entry("rename", "Cora Moss", name="A. Moss"), entry("rename", "Moss", nth=1, name="B. Moss")),
    (entry("retype", "Harbour Board", type="state"), entry("retype", "Harbour Board", type="media")),
    (entry("speaker", UNSAFE, speaker=REED), entry("speaker", UNSAFE, speaker="unknown")),
    (entry("speaker", UNSAFE, speaker=REED), entry("delete-quote", UNSAFE)),
    (entry("speaker", UNSAFE, speaker=REED), entry("confirm-quote", UNSAFE, was="direct, Ada Lee")),
    (entry("kind", UNSAFE, kind="indirect"), entry("add-quote", UNSAFE, kind="direct", speaker=anchor("Ada Lee"))),
    (entry("merge", "Cora Moss", into=anchor("Ada Lee")), entry("apart", "Ada Lee", **{"with": anchor("Cora Moss")})),
    (entry("merge", "Cora Moss", into=anchor("Ada Lee")), entry("merge", "Ada Lee", into=anchor("Cora Moss"))),
    (entry("split", "She", name="Eve"), entry("split", "She", to=anchor("Cora Moss"))),
    (entry("add-claim", "in 40 places", kind="event"), entry("add-claim", "in 40 places", kind="wish")),
    (entry("delete-claim", FELL), entry("confirm-claim", FELL, was="event, asserted, Ada Lee")),
    (entry("visibility", "Ben Reed", page="hidden"), entry("visibility", "Ben Reed", page="shown")),
]


@pytest.mark.parametrize("pair", CONTRADICTIONS, ids=lambda pair: f"{pair[0]['action']}-{pair[1]['action']}")
def test_contradicting_entries_wait_together(pair: tuple[dict[str, Any], dict[str, Any]]) -> None:
    written = [{**pair[0], "id": "a"}, {**pair[1], "id": "b"}, entry("rename", "Harbour Board", name="Board", id="c")]
    one = corrected(*written)
    assert [(o.status, o.held) for o in one.corrections] == [("conflict", True), ("conflict", True), ("applied", False)]
    assert "contradicts b" in one.corrections[0].message
    left = corrected(written[2])
    assert (one.quotes, one.claims, one.actors, one.relations) == (left.quotes, left.claims, left.actors, left.relations)


def test_same_and_apart_contradict_over_a_third() -> None:
    one = corrected(
        entry("same", "Cora Moss", id="a", **{"with": anchor("Ada Lee")}),
        entry("same", "Ada Lee", id="b", **{"with": anchor("Ben Reed")}),
        entry("apart", "Ben Reed", id="c", **{"with": anchor("Cora Moss")}),
    )
    assert [o.status for o in one.corrections] == ["conflict"] * 3
    assert len(one.actors) == len(report(TEXT).actors)


def test_names_that_merging_sets_against_each_other_contradict() -> None:
    one = corrected(
        entry("merge", "Cora Moss", into=anchor("Ada Lee"), id="a"),
        entry("rename", "Cora Moss", name="C. Moss", id="b"),
        entry("rename", "Ada Lee", name="A. Lee", id="c"),
    )
    assert [o.status for o in one.corrections] == ["applied", "conflict", "conflict"]


def test_an_entry_on_another_article_is_none_of_this() -> None:
    one = corrected({**entry("rename", "Cora Moss", name="M"), "article": "pier"})
    assert one == report(TEXT)


def test_a_corrected_report_comes_back_from_json() -> None:
    one = corrected(entry("delete-quote", FELL), entry("merge", "Cora Moss", into=anchor("Ada Lee"), id="m"))
    assert decode_report(encode_report(one)) == one
