"""A correction never lands on other words: random articles, random entries, random edits.

The articles are lists of sentences, and edits change the lists. So the tests know by themselves which sentences an edited article has,
and ask nothing of the code that is to find them.
"""

from __future__ import annotations

import json
import unicodedata
from dataclasses import replace
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.corrections.apply import apply_corrections, uncorrected
from onrecord.corrections.correction import Correction, describe_actor, describe_claim, describe_quote
from onrecord.corrections.reading import parse_corrections
from onrecord.corrections.suggestions import anchor_for, naming_mention
from onrecord.model import Report, Span
from onrecord.reports.json import encode_report
from onrecord.text.anchors import Ground
from tests.corrections.toy import report

Paragraphs = list[list[str]]

SENTENCES = st.sampled_from(
    [
        "Mayor Ada Lee met Ben Reed on Monday.",
        "Ben Reed met Cora Moss.",
        "Cora Moss said that the quay will fall.",
        "She told the Ledger that it cost 40 million.",
        "He said that nobody was hurt.",
        "“It will not fall,” said Lee.",
        "“We will pay 40 million — or so…” said Ben Reed.",
        "Ada Lee said that Reed will pay.",
        "“Nobody's crane fell,” said Moss.",
        "The Harbour Board will pay.",
        "Lee left.",
        "“They all knew.”",
        "Dan Reed said that it’s over.",
    ]
)
ARTICLES = st.lists(st.lists(SENTENCES, min_size=1, max_size=4), min_size=1, max_size=4)


def text_of(paragraphs: Paragraphs) -> str:
    return "\n\n".join(" ".join(paragraph) for paragraph in paragraphs if paragraph)


def plain(text: str) -> str:
    """White space and typography forgiven, written anew: not the code under test."""
    for marks, one in (("“”„", '"'), ("‘’", "'"), ("—–", "-")):
        for mark in marks:
            text = text.replace(mark, one)
    return " ".join(unicodedata.normalize("NFC", text).replace("…", "...").replace("--", "-").split())


def times(paragraphs: Paragraphs, guard: str) -> int:
    """How often some whole sentences of the article, one after another, read so."""
    sentences = [plain(sentence) for paragraph in paragraphs for sentence in paragraph]
    places = range(len(sentences))
    return sum(plain(guard) == " ".join(sentences[first : last + 1]) for first in places for last in places[first:])


# --- edits ----------------------------------------------------------------------------------------------------------------


@st.composite
def edited(draw: st.DrawFn, paragraphs: Paragraphs) -> Paragraphs:
    """The article after some edits of one sort or another."""
    result = [list(paragraph) for paragraph in paragraphs]
    for _ in range(draw(st.integers(0, 4))):
        row = draw(st.integers(0, len(result) - 1))
        if not result[row]:
            continue
        place = draw(st.integers(0, len(result[row]) - 1))
        draw(st.sampled_from([retyped, moved, doubled, negated, renumbered, swapped, dropped, joined]))(draw, result, row, place)
    return result


def retyped(draw: st.DrawFn, article: Paragraphs, row: int, place: int) -> None:
    pairs = [("“", '"'), ("”", '"'), ("’", "'"), ("—", "--"), ("…", "..."), (" ", "\u00a0"), (" ", "  ")]
    article[row][place] = article[row][place].replace(*draw(st.sampled_from(pairs)))


def moved(draw: st.DrawFn, article: Paragraphs, row: int, place: int) -> None:
    sentence = article[row].pop(place)
    target = article[draw(st.integers(0, len(article) - 1))]
    target.insert(draw(st.integers(0, len(target))), sentence)


def doubled(draw: st.DrawFn, article: Paragraphs, row: int, place: int) -> None:
    target = article[draw(st.integers(0, len(article) - 1))]
    target.insert(draw(st.integers(0, len(target))), article[row][place])


def negated(draw: st.DrawFn, article: Paragraphs, row: int, place: int) -> None:
    change = draw(st.sampled_from([("will", "will not"), ("said", "never said"), ("met", "did not meet"), ("will not", "will")]))
    article[row][place] = article[row][place].replace(*change)


def renumbered(draw: st.DrawFn, article: Paragraphs, row: int, place: int) -> None:
    article[row][place] = article[row][place].replace("40", draw(st.sampled_from(["400", "4", "41"])))


def swapped(draw: st.DrawFn, article: Paragraphs, row: int, place: int) -> None:
    one, other = draw(st.sampled_from([("Lee", "Moss"), ("Ben", "Dan"), ("She", "He"), ("Reed", "Lee")]))
    article[row][place] = article[row][place].replace(one, "\0").replace(other, one).replace("\0", other)


def dropped(draw: st.DrawFn, article: Paragraphs, row: int, place: int) -> None:
    article[row].pop(place)


def joined(draw: st.DrawFn, article: Paragraphs, row: int, place: int) -> None:
    sentence = article[row][place]
    article[row][place] = draw(st.sampled_from([f"It is false that {sentence}", sentence[:-1] + ", a liar said."]))


# --- entries --------------------------------------------------------------------------------------------------------------


@st.composite
def written(draw: st.DrawFn, one: Report) -> tuple[Correction, ...]:
    """Entries on what the report has, anchored as the pages offer it."""
    ground = Ground(one.article)
    names = {actor.id: anchor_for(ground, [mention]) for actor in one.actors if (mention := naming_mention(one, actor))}
    named = [anchor for anchor in names.values() if anchor]
    offered: list[dict[str, Any]] = []
    for quote in one.quotes:
        anchor = anchor_for(ground, quote.content, [span for span in (quote.cue, quote.speaker.mention) if span and quote.cue])
        antecedent = names.get(quote.speaker.actor or "")
        known: dict[str, Any] = {"was": describe_quote(one, quote), **({"antecedent": antecedent} if antecedent else {})}
        if anchor:
            offered += [{"action": "speaker", **anchor, **known, "speaker": name} for name in [*named, "unknown"]]
            offered += [{"action": action, **anchor, **known} for action in ("delete-quote", "confirm-quote")]
            offered.append({"action": "kind", **anchor, **known, "kind": "indirect"})
    for claim in one.claims:
        anchor = anchor_for(ground, claim.spans)
        source = {"url": "https://a.example/"}
        if anchor:
            of_claim: dict[str, Any] = {**anchor, "was": describe_claim(one, claim)}
            offered += [{"action": action, **of_claim} for action in ("delete-claim", "confirm-claim")]
            offered.append({"action": "verdict", **of_claim, "verdict": "false", "by": "X", "date": "2026-03-14", "sources": [source]})
            offered.append({"action": "add-quote", **anchor, "kind": "indirect", "speaker": "unknown"})
    for actor in one.actors:
        here = names.get(actor.id)
        if here:
            of_actor: dict[str, Any] = {**here, "was": describe_actor(actor)}
            offered += [{"action": "rename", **of_actor, "name": "N"}, {"action": "retype", **of_actor, "type": "state"}]
            offered += [{"action": "visibility", **of_actor, "page": "hidden"}, {"action": "confirm-actor", **of_actor}]
            offered += [{"action": "merge", **here, "into": other} for other in named if other != here]
            offered += [{"action": action, **here, "with": other} for other in named if other != here for action in ("same", "apart")]
            offered += [{"action": "split", **here, "name": "S"}] + [
                {"action": "split", **here, "to": other} for other in named if other != here
            ]
    chosen = draw(st.lists(st.sampled_from(offered), max_size=5)) if offered else []
    once = {json.dumps(one, sort_keys=True): one for one in chosen}.values()  # the same decision twice is refused
    entries = [{**one, "article": "quay", "id": f"e{number}"} for number, one in enumerate(once)]
    return parse_corrections(json.dumps({"corrections": entries})).entries


@st.composite
def stories(draw: st.DrawFn) -> tuple[Paragraphs, tuple[Correction, ...]]:
    paragraphs = draw(ARTICLES)
    return paragraphs, draw(written(report(text_of(paragraphs))))


# --- properties -----------------------------------------------------------------------------------------------------------


@settings(max_examples=100)
@given(st.data(), stories())
def test_what_is_applied_stands_unchanged_exactly_once(data: st.DataObject, story: tuple[Paragraphs, tuple[Correction, ...]]) -> None:
    paragraphs, entries = story
    after = data.draw(edited(paragraphs))
    text = text_of(after)
    corrected = apply_corrections(report(text), entries)
    by_id = {entry.id: entry for entry in entries}
    assert [outcome.id for outcome in corrected.corrections] == sorted(by_id)
    for outcome in corrected.corrections:
        entry = by_id[outcome.id]
        counts = [times(after, anchor.sentence) for _, anchor in entry.anchors()]
        if not outcome.held:
            assert counts == [1] * len(counts), (outcome, counts)
            assert [plain(span.of(text)) for span in outcome.spans] == [plain(part) for part in entry.parts]
        if counts != [1] * len(counts):
            assert outcome.held and outcome.status in ("ambiguous", "context changed", "orphan")
        elif all(plain(text).count(plain(anchor.sentence)) == 1 for _, anchor in entry.anchors()):
            assert outcome.status not in ("ambiguous", "context changed", "orphan")
        else:  # it stands within a longer sentence too
            assert outcome.status == "ambiguous"


@settings(max_examples=50)
@given(stories(), st.sampled_from([("“", '"'), ("’", "'"), ("—", "--"), ("…", "..."), (" ", "\u00a0"), (" ", "\n")]))
def test_typography_holds_nothing(story: tuple[Paragraphs, tuple[Correction, ...]], change: tuple[str, str]) -> None:
    paragraphs, entries = story
    after = [[sentence.replace(*change) for sentence in paragraph] for paragraph in paragraphs]
    for outcome in apply_corrections(report(text_of(after)), entries).corrections:
        assert outcome.status not in ("ambiguous", "context changed", "orphan"), outcome


@settings(max_examples=50)
@given(st.data(), stories())
def test_order_does_not_matter_and_twice_is_once(data: st.DataObject, story: tuple[Paragraphs, tuple[Correction, ...]]) -> None:
    paragraphs, entries = story
    machine = report(text_of(paragraphs))
    once = apply_corrections(machine, entries)
    assert apply_corrections(machine, data.draw(st.permutations(entries))) == once
    assert apply_corrections(once, entries) == once
    assert encode_report(uncorrected(once)) == encode_report(machine)


@settings(max_examples=100)
@given(stories())
def test_what_no_entry_touches_stays_byte_for_byte(story: tuple[Paragraphs, tuple[Correction, ...]]) -> None:
    """Nothing changes but what entries name, and what stands in the words or has the actor that they name."""
    paragraphs, entries = story
    machine = report(text_of(paragraphs))
    corrected = apply_corrections(machine, entries)
    live = [outcome for outcome in corrected.corrections if not outcome.held]
    if not live:
        assert replace(corrected, corrections=()) == machine
        return
    spans = [span for outcome in live for span in outcome.spans]
    actors = {actor.id for actor in machine.actors if any(span.overlaps(mention) for span in spans for mention in actor.mentions)}
    actors |= {id for outcome in live for entry in entries if entry.id == outcome.id for id in named_in(machine, entry)}
    for kind in ("quotes", "claims"):
        now = {one.id: one for one in getattr(corrected, kind)}
        for one in getattr(machine, kind):
            parts = one.content if kind == "quotes" else one.spans
            if any(part.overlaps(span) for part in parts for span in spans) or hangs(machine, one, actors, spans):
                continue
            assert now[one.id] == one, (live, one)
    untouched = [actor for actor in machine.actors if actor.id not in actors]
    assert [actor for actor in corrected.actors if actor.id in {one.id for one in untouched}] == untouched


def named_in(machine: Report, entry: Correction) -> set[str]:
    """Actors whom the anchors of an entry mention."""
    ground = Ground(machine.article)
    found = [ground.locate(anchor) for _, anchor in entry.anchors()]
    spans = [span for one in found for span in getattr(one, "spans", ())]
    return {actor.id for actor in machine.actors if any(span.overlaps(mention) for span in spans for mention in actor.mentions)}


def hangs(machine: Report, one: Any, actors: set[str], spans: list[Span]) -> bool:
    """Whether a quote or a claim has to do with one of the actors, or goes on from words that were touched."""
    if set(json.loads(json.dumps([getattr(one, "about", ()), getattr(one, "asserter", None) or ""]))[0]) & actors:
        return True
    quote = one if hasattr(one, "speaker") else next((q for q in machine.quotes if q.id == one.quote), None)
    if quote is None:
        return getattr(one, "asserter", None) in actors
    before = [q for q in machine.quotes if q.content < quote.content]
    goes_on = quote.cue is None or (quote.outlet is not None and quote.outlet.mention is None)
    speakers = {quote.speaker.actor, *quote.speaker.candidates, *quote.speaker.others}
    return bool(speakers & actors) or (goes_on and any(part.overlaps(span) for q in before for part in q.content for span in spans))
