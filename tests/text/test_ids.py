"""Ids from words: one for the same words, and never one for others."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.corrections.apply import apply_corrections
from onrecord.model import Comparison, Moment, Report, Span
from onrecord.reports.json import encode_report
from onrecord.text.ids import name_items
from tests.corrections.test_properties import ARTICLES, SENTENCES, Paragraphs, dropped, edited, moved, plain, retyped, text_of
from tests.corrections.toy import entries, report

STORY = "Mayor Ada Lee met Ben Reed on Monday.\n\n“It will not fall down,” said Lee. Ben Reed said that the quay is unsafe."
Reading = tuple[str, str, str]
"""The letter of an item, its words and its sentence, by the lights of the tests: which do not ask the code that is tested."""


def named(text: str) -> Report:
    return name_items(report(text))


def places(one: Report) -> Iterator[tuple[str, tuple[Span, ...]]]:
    yield from ((quote.id, quote.content) for quote in one.quotes)
    yield from ((claim.id, claim.spans) for claim in one.claims)
    yield from ((relation.id, (relation.trigger,)) for relation in one.relations)


def readings(article: Paragraphs) -> list[tuple[str, Reading]]:
    """The id of everything in an article with what is read there."""
    one = named(text_of(article))
    starts, at = [], 0
    for paragraph in filter(None, article):
        for sentence in paragraph:
            starts.append((at, sentence))
            at += len(sentence) + 1
        at += 1
    found = []
    for id, spans in places(one):
        around = [sentence for start, sentence in starts if start < spans[-1].end and spans[0].start < start + len(sentence)]
        words = plain(" ".join(span.of(one.article.text) for span in spans)).strip(" \"'.,;:")
        found.append((id, (id[0], words, plain(" ".join(around)))))
    return found


# --- by example -----------------------------------------------------------------------------------------------------------


def test_an_id_is_a_letter_and_a_digest_of_the_words() -> None:
    one = named(STORY)
    assert [quote.id for quote in one.quotes] == ["q27ccm2wz", "qmt5uiu5v"]
    assert one.quotes[0].id[1:] == next(claim.id[1:] for claim in one.claims if claim.quote == one.quotes[0].id)


def test_typography_and_edges_do_not_matter() -> None:
    before, after = named(STORY), named(STORY.replace("down,”", "down”").replace(" quay", "\u00a0quay"))
    assert [quote.id for quote in before.quotes] == [quote.id for quote in after.quotes]


def test_what_the_words_say_matters() -> None:
    for change in (("will not", "will"), ("quay", "pier"), ("down,”", "down?”"), ("unsafe", "un-safe")):
        before, after = named(STORY), named(STORY.replace(*change))
        assert {quote.id for quote in before.quotes} != {quote.id for quote in after.quotes}, change


def test_everything_that_names_an_item_goes_along() -> None:
    moments = (Moment(0, 5, "2024", False, quote="q1", claim="c2"),)
    one = name_items(replace(report(STORY), moments=moments, comparisons=(Comparison("k1", "agrees", "c1", "c2", (), ""),)))
    quotes, claims = {quote.id for quote in one.quotes}, {claim.id for claim in one.claims}
    assert {claim.quote for claim in one.claims} <= {None, *quotes} and len(quotes) == 2
    assert set(one.relations[0].claims) <= claims and one.relations[0].claims
    assert one.moments[0].quote in quotes and one.moments[0].claim in claims
    assert {one.comparisons[0].first, one.comparisons[0].second} <= claims
    assert one.comparisons[0].id[0] == "k" and one.comparisons[0].id != "k1"


def test_few_words_are_told_by_their_sentence() -> None:
    """Otherwise a link to what Lee called so would lead to what Reed calls so, once Lee's words are gone."""
    lee = named("Ada Lee said that it broke.").quotes[0].id
    assert lee != named("Ben Reed said that it broke.").quotes[0].id
    long = "that the old quay broke apart"
    assert named(f"Ada Lee said {long}.").quotes[0].id == named(f"Ben Reed said {long}.").quotes[0].id  # an editor may fix the speaker


def test_the_same_words_in_two_sentences_do_not_take_one_another_s_id() -> None:
    lee, reed = "Ada Lee said that the old quay broke.", "Ben Reed said that the old quay broke."
    before, after = named(f"{lee} {reed}"), named(f"{reed} Cora Moss said that it is new. {lee}")
    assert [before.quotes[0].id, before.quotes[1].id] == [after.quotes[2].id, after.quotes[0].id]
    assert named(lee).quotes[0].id not in {quote.id for quote in before.quotes}  # good for one of one only


def test_what_reads_the_same_is_counted_and_marked_so() -> None:
    one = named("Ada Lee said that the old quay broke. " * 3)
    first = one.quotes[0].id.removesuffix("-1")
    assert [quote.id for quote in one.quotes] == [f"{first}-{number}" for number in (1, 2, 3)]


def test_what_an_editor_adds_has_an_id_from_its_words_and_changes_no_other() -> None:
    text = f"{STORY} Cora Moss came by in the end."
    machine = named(text)
    add = """corrections:
    - {action: add-quote, id: e, article: quay, words: came by in the end, sentence: Cora Moss came by in the end., kind: indirect,
       speaker: unknown}
    - {action: add-claim, id: f, article: quay, words: came by in the end, sentence: Cora Moss came by in the end., kind: event}
    """
    corrected = apply_corrections(machine, entries(add))
    quote, claim = ([one for one in items if one.status == "added"] for items in (corrected.quotes, corrected.claims))
    assert (quote[0].id[1:], quote[0].id[0], claim[0].id[0], claim[0].quote) == (claim[0].id[1:], "q", "c", quote[0].id)  # type: ignore[union-attr]
    assert {outcome.item for outcome in corrected.corrections} == {quote[0].id, claim[0].id}
    kept = {id for id, _ in places(machine)}
    assert {id for id, _ in places(corrected)} == kept | {quote[0].id, claim[0].id}


# --- properties -----------------------------------------------------------------------------------------------------------


@st.composite
def changed_elsewhere(draw: st.DrawFn) -> tuple[Paragraphs, Paragraphs]:
    """An article before and after sentences were put in, moved, retyped and taken out."""
    before = draw(ARTICLES)
    after = [list(paragraph) for paragraph in before]
    for _ in range(draw(st.integers(1, 4))):
        row = draw(st.integers(0, len(after) - 1))
        edit = draw(st.sampled_from([moved, dropped, retyped, None]))
        if edit is None:
            after[row].insert(draw(st.integers(0, len(after[row]))), draw(SENTENCES))
        elif after[row]:
            edit(draw, after, row, draw(st.integers(0, len(after[row]) - 1)))
    return before, after


@settings(max_examples=60)
@given(changed_elsewhere())
def test_an_edit_elsewhere_changes_no_id(story: tuple[Paragraphs, Paragraphs]) -> None:
    before, after = map(readings, story)
    # What is said in the same words twice is known by its sentence; what reads the same twice is counted.
    often = [Counter(reading[:2] for _, reading in side) for side in (before, after)]
    now = {reading: id for id, reading in after}
    for id, reading in before:
        if all(count[reading[:2]] == 1 for count in often) and reading in now:
            assert now[reading] == id, reading


@settings(max_examples=60)
@given(st.data(), ARTICLES)
def test_an_id_never_means_other_words(data: st.DataObject, article: Paragraphs) -> None:
    after = data.draw(edited(article))
    meant: dict[str, tuple[str, str]] = {}
    for side in (article, after):
        found = readings(side)
        assert len({id for id, _ in found}) == len(found)
        for id, (letter, words, _) in found:
            assert meant.setdefault(id, (letter, words)) == (letter, words)


@settings(max_examples=50)
@given(ARTICLES)
def test_the_same_article_has_the_same_ids_and_naming_twice_is_naming_once(article: Paragraphs) -> None:
    once = named(text_of(article))
    assert encode_report(once) == encode_report(named(text_of(article)))
    assert [id for id, _ in places(name_items(once))] == [id for id, _ in places(once)]
