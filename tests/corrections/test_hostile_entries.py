"""Whatever a file of corrections holds: it is read or refused in one line, and no entry that is read can spoil a report."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from typing import Any

import yaml
from fuzz import spans_in
from hypothesis import example, given, settings
from hypothesis import strategies as st

from onrecord.corrections.apply import apply_corrections
from onrecord.corrections.reading import Corrections, parse_corrections
from onrecord.corrections.suggestions import offer_for_actor, offer_for_claim, offer_for_quote
from onrecord.errors import CorrectionsError
from onrecord.model import Report
from onrecord.reports.json import decode_report, encode_report
from onrecord.text.anchors import Ground
from tests.corrections.toy import report
from tests.support.hostile_text import TEXTS, values, yaml_of

STORY = "Mayor Ada Lee met Ben Reed.\n\nBen Reed said that the quay will fall. “It will not,” said Lee. She said that it cost 40 million."
MACHINE = report(STORY)


def offered(one: Report) -> Iterator[dict[str, Any]]:
    """Entries as the pages offer them."""
    ground, quotes = Ground(one.article), {quote.id: quote for quote in one.quotes}
    found = [
        *(offer_for_quote(one, ground, quote) for quote in one.quotes),
        *(offer_for_claim(one, ground, claim, quotes.get(claim.quote or "")) for claim in one.claims),
        *(offer_for_actor(one, ground, actor) for actor in one.actors),
    ]
    for text in filter(None, found):
        yield from yaml.load(text, Loader=yaml.BaseLoader)


OFFERED = list(offered(MACHINE))
MORE_KEYS = ("corrections", "speaker", "into", "with", "to", "mentions", "others", "sources", "url")
KEYS = st.sampled_from(sorted({*MORE_KEYS, *(key for entry in OFFERED for key in entry)}))
ACTIONS = st.sampled_from(
    [
        "speaker",
        "kind",
        "rename",
        "retype",
        "merge",
        "split",
        "same",
        "apart",
        "add-quote",
        "add-claim",
        "add-actor",
        "delete-claim",
        "verdict",
    ]
)


@st.composite
def spoilt(draw: st.DrawFn) -> list[dict[str, Any]]:
    """Sound entries, some of whose values are others, gone, or those of another entry."""
    entries = [copy.deepcopy(draw(st.sampled_from(OFFERED))) for _ in range(draw(st.integers(1, 3)))]
    for number, entry in enumerate(entries):
        entry["id"] = f"e{number}"
        for _ in range(draw(st.integers(0, 3))):
            key = draw(st.one_of(KEYS, st.sampled_from(sorted(entry)))) if entry else "id"
            change = draw(st.sampled_from(["value", "text", "action", "another's", "gone", "put in"]))
            if change == "value":
                entry[key] = draw(values(KEYS))
            elif change == "text":
                entry[key] = draw(TEXTS)
            elif change == "action":
                entry["action"] = draw(ACTIONS)
            elif change == "another's":
                entry[key] = copy.deepcopy(draw(st.sampled_from(OFFERED)).get(draw(KEYS), entry.get(key, "")))
            elif change == "gone":
                entry.pop(key, None)
            elif isinstance(entry.get("words"), str):
                entry["words"] = entry["words"] + draw(TEXTS)
    return entries


def read(text: str) -> Corrections | None:
    try:
        return parse_corrections(text)
    except CorrectionsError as refusal:
        said = str(refusal)
        assert len(said.splitlines()) == 1 and said.startswith("corrections.yml:"), said
        said.encode()
        return None


@settings(max_examples=100)
@given(st.data())
def test_any_yaml_is_read_or_refused_in_one_line(data: st.DataObject) -> None:
    value = data.draw(st.one_of(values(KEYS), st.fixed_dictionaries({"corrections": st.lists(values(KEYS), max_size=3)})))
    read(data.draw(yaml_of(value)))


@settings(max_examples=60)
@given(TEXTS, TEXTS)
@example("", 'corrections: ["\\ud800"]')
@example("", "corrections: [\ud800]")
@example("", '{"\x85": 1}')
@example("", '{"\u2028": 1}')
@example("", '{"a\\nb": 1}')
@example("", '{"\\N": 1}')
def test_any_text_is_read_or_refused_in_one_line(one: str, other: str) -> None:
    read(one + other)
    read(f"corrections:\n- {one}: {other}\n- {other}")


@settings(max_examples=150)
@given(st.data())
def test_entries_that_are_read_leave_a_sound_report(data: st.DataObject) -> None:
    found = read(data.draw(yaml_of({"corrections": data.draw(spoilt())})))
    if found is None:
        return
    corrected = apply_corrections(MACHINE, [entry for entry in found.entries if entry.article == "quay"])
    size = len(STORY)
    assert all(0 <= span.start <= span.end <= size for span in spans_in(corrected))
    assert corrected.article.text == STORY
    assert decode_report(encode_report(corrected)) == corrected
