"""Notes beside an article: who is heard in it, which notes float on below others, and what readers are offered."""

from __future__ import annotations

from dataclasses import replace

import pytest

from onrecord.model import Article, Block
from onrecord.render.engine.environment import make_environment
from onrecord.render.engine.links import Urls
from onrecord.render.pages.article import MOST_SWITCHES, article_view, hear
from onrecord.render.site import render_pages
from onrecord.render.views.facts import Facts
from onrecord.render.views.parties import Parties, PartyView
from onrecord.render.views.site import Site
from tests.render.pagecheck import assert_well_made, by_class, by_path, read_page, words
from tests.support.fictional import fictional_corpus, fictional_figures

HOW = "https://example.org/new?title={title}&body={entry}"


@pytest.fixture(scope="module")
def facts() -> Facts:
    return Site(fictional_corpus(), fictional_figures()).facts[0]


def test_each_speaker_is_named_once_in_the_order_of_speaking(facts: Facts) -> None:
    heard, voices = hear(facts.quotes)
    assert heard[0].party.name == "Ilse Brandt" and len({one.number for one in heard}) == len(heard)
    assert voices["q1"] == voices["q2"] == "orx-s1"


def test_speakers_whom_no_actor_stands_for_are_told_apart_by_the_articles_words(facts: Facts) -> None:
    quote = next(one for one in facts.quotes if one.counted)
    said = [replace(quote, id=name, speaker=PartyView("Unknown speaker", "unknown", stated=words)) for name, words in
            (("a", "a guard"), ("b", "A guard"), ("c", "a driver"))]  # fmt: skip
    heard, voices = hear(said)
    assert [(one.party.stated, one.quotes) for one in heard] == [("a guard", 2), ("a driver", 1)]
    assert voices == {"a": "orx-s1", "b": "orx-s1", "c": "orx-s2"}


def test_a_speaker_who_is_never_surely_heard_is_marked_so(facts: Facts) -> None:
    found = next(one for one in facts.quotes if one.counted)
    quote = replace(found, quote=replace(found.quote, confidence="low", status="machine"))
    sure = replace(quote, id="x", quote=replace(quote.quote, confidence="high"))
    assert [(one.quotes, one.unsure) for one in hear([quote])[0]] == [(1, True)]
    assert [(one.quotes, one.unsure) for one in hear([quote, sure])[0]] == [(1, False)]
    assert hear([replace(quote, quote=replace(quote.quote, negated=True))])[0] == ()


def test_the_switch_of_uncertain_quotes_says_which_numbers_it_hides(facts: Facts) -> None:
    def hidden(*numbers: int) -> str:
        low = replace(facts.quotes[0].quote, confidence="low", status="machine")
        high = replace(low, confidence="high")
        quotes = tuple(replace(facts.quotes[0], number=n, quote=low if n in numbers else high) for n in range(1, 10))
        return article_view(replace(facts, quotes=quotes), Parties.of_corpus(corpus)).unsure_notes

    corpus = fictional_corpus()
    assert hidden(3) == "note 3"
    assert hidden(1, 2, 4, 5, 6, 9) == "notes 1, 2, 4–6, 9"


def test_speakers_without_a_switch_have_no_class(facts: Facts) -> None:
    quote = facts.quotes[0]
    many = [replace(quote, id=f"n{n}", speaker=PartyView(f"Speaker {n}", key=f"{n}")) for n in range(MOST_SWITCHES + 2)]
    heard, voices = hear(many)
    assert len(heard) == MOST_SWITCHES + 2 and len(voices) == MOST_SWITCHES


def test_notes_on_a_short_paragraph_float_on_and_those_on_a_long_one_stay(facts: Facts) -> None:
    def rows(first: int) -> list[tuple[int, int]]:
        """The rows of groups of an article whose first paragraph has so many characters and three quotes, and the second one."""
        blocks = (Block("paragraph", 0, first, 1), Block("paragraph", first + 2, first + 40, 1))
        article = Article("a", "x" * (first + 40), blocks)
        starts = (0, 2, 4, first + 3)
        quotes = tuple(
            replace(
                facts.quotes[0],
                id=f"n{n}",
                quote=replace(facts.quotes[0].quote, content=(replace(facts.quotes[0].quote.content[0], start=start, end=start + 1),)),
            )
            for n, start in enumerate(starts)
        )
        report = replace(facts.report, article=article, quotes=(), claims=(), relations=(), actors=(), undecided=(), notices=())
        view = article_view(
            replace(facts, report=report, quotes=quotes, claims=(), relations=()), Site(fictional_corpus(), fictional_figures()).parties
        )
        return [(group.row, len(group.quotes)) for group in view.notes]

    assert rows(30) == [(1, 4)]
    assert rows(400) == [(1, 3), (2, 1)]


def test_a_public_site_offers_one_link_if_the_project_says_where_and_editors_the_entry() -> None:
    def site(**how: object) -> dict[str, str]:
        pages = by_path(render_pages(fictional_corpus(), env=make_environment(), urls=Urls("file"), figures=fictional_figures(), **how))  # type: ignore[arg-type]
        for path in ("articles/quay", "actors/brandt"):
            assert_well_made(pages[path])
        return {path: page.html for path, page in pages.items()}

    silent, public, editors = site(), site(suggest=HOW), site(suggest=HOW, for_review=True)
    for path in ("articles/quay", "actors/brandt"):
        assert "Suggest a correction" not in silent[path] and "corrections.yml" not in silent[path]
        assert "corrections.yml" not in public[path] and "https://example.org/new?title=Ferry%20quay" in public["articles/quay"]
        assert "corrections.yml" in editors[path] and "example.org/new" not in editors[path]
    assert "action%3A%20confirm-quote" in public["articles/quay"]
    # A public page with links is not the longer for what it does not print.
    assert len(silent["articles/quay"]) < len(public["articles/quay"])


def test_a_note_is_one_line_and_says_only_what_is_out_of_the_ordinary() -> None:
    pages = by_path(render_pages(fictional_corpus(), env=make_environment(), urls=Urls("file"), figures=fictional_figures()))
    root = read_page(pages["articles/quay"])
    lines = [words(next(note.iter("summary"))) for note in by_class(root, "orx-note") if "orx-note-direct" in (note.get("class") or "")]
    assert lines == ["2 Ilse Brandt · said"]
    assert "Not checked" not in words(root) and words(root).count("Claims are unchecked unless it says otherwise.") == 1
