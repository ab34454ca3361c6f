"""The entries that pages offer: each can be copied as it is, and applies."""

from __future__ import annotations

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.corrections.apply import apply_corrections
from onrecord.corrections.reading import parse_corrections
from onrecord.corrections.suggestions import anchor_for, offer_for_actor, offer_for_claim, offer_for_quote, offer_for_undecided
from onrecord.model import Report, Span
from onrecord.text.anchors import Ground
from tests.corrections.test_apply import TEXT
from tests.corrections.toy import article, report


def offers(one: Report) -> list[str]:
    ground, quotes = Ground(one.article), {quote.id: quote for quote in one.quotes}
    found = [
        *(offer_for_quote(one, ground, quote) for quote in one.quotes),
        *(offer_for_claim(one, ground, claim, quotes.get(claim.quote or "")) for claim in one.claims),
        *(offer_for_actor(one, ground, actor) for actor in one.actors),
        *(offer_for_undecided(one, ground, mention) for mention in one.undecided),
    ]
    return [offer for offer in found if offer]


def test_every_offer_can_be_copied_and_applies() -> None:
    one = report(TEXT + " Dan Reed spoke.")
    written = offers(one)
    assert len(written) >= len(one.quotes) + len(one.actors)
    entries = parse_corrections("corrections:\n" + "\n".join(written)).entries
    assert len(entries) == len(written)
    outcomes = apply_corrections(one, [entry for entry in entries if entry.action.startswith("confirm")]).corrections
    assert {outcome.status for outcome in outcomes} == {"applied"}
    decided = [entry for entry in entries if entry.action == "same"]
    assert {outcome.status for outcome in apply_corrections(one, decided).corrections} == {"applied"}


def test_the_other_actions_are_ready_behind_comment_signs() -> None:
    one = report(TEXT)
    actor = offer_for_actor(one, Ground(one.article), one.actors[0])
    assert re.findall(r"or instead: action: (\S+)", actor) == ["rename", "retype", "visibility", "merge", "same", "apart"]
    rename = actor.replace("confirm-actor", "rename").replace("# name:", "name:")
    (entry,) = parse_corrections(f"corrections:\n{rename}").entries
    assert entry.action == "rename"


def test_words_that_stand_twice_in_their_sentence_come_with_what_is_before_them() -> None:
    text = "Lee met Reed, and Lee left."
    second = Span(text.rindex("Lee"), text.rindex("Lee") + 3)
    found = anchor_for(Ground(article(text)), [second])
    assert found == {"words": "Lee", "before": "and", "sentence": text}


def test_a_sentence_that_stands_twice_has_no_offer() -> None:
    assert anchor_for(Ground(article("Lee left. Moss came. Lee left.")), [Span(0, 3)]) is None


@settings(max_examples=50)
@given(st.text(alphabet=st.sampled_from("abL .\"“”'’{}#:&*-\n\\\t<é…"), min_size=1, max_size=40), st.data())
def test_any_words_are_written_so_that_they_are_read_again(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    ground = Ground(article(text))
    found = anchor_for(ground, [Span(start, end)])
    if found is not None:
        import json

        lines = "\n".join(f"    {key}: {json.dumps(value, ensure_ascii=False)}" for key, value in found.items())
        (entry,) = parse_corrections(f"corrections:\n  - action: delete-quote\n    id: a\n    article: quay\n{lines}").entries
        place = ground.locate(entry)
        assert getattr(place, "spans", None) == (Span(start, end),)
