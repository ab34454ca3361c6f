"""What the benchmark tells beside the main measures: layouts, reliability, examples, the README."""

from __future__ import annotations

from dataclasses import replace
from io import StringIO
from pathlib import Path

import pytest
from attribution import figures_of, measure, show, show_examples
from examples import Change, Places, changes, encode_examples, load_examples, name_of, places
from layouts import AFTER, BEFORE, INVERTED, OTHER, SIGN, layout_of, layout_shares
from readme import PAGES, figures_text, with_figures
from reliability import by_confidence, by_score
from rich.console import Console
from scoring import Ruler, compare
from tables import example_lines

from onrecord.model import Cue, Quote, Span, Speaker
from onrecord.reports.figures import PUBLISHED, RULES, LayoutShare, Reliability, encode_figures, load_figures
from onrecord.train.gold import GoldArticle, GoldAttribution, read_gold
from tests.benchmarks.spans import ALL, QUAY, SAME, SANG, SOLD, TEXT, at, gold, shown
from tests.support.fictional import fictional_figures


@pytest.mark.parametrize(
    ("text", "source", "cue", "layout"),
    [
        ("Voss said: “It leaks.”", "Voss", "said", BEFORE),
        ("“It leaks.” Voss said.", "Voss", "said", AFTER),
        ("“It leaks.” said Voss.", "Voss", "said", INVERTED),
        ("“It leaks.” - Voss", "Voss", "", SIGN),
        ("“It leaks.” — Voss", "Voss", "—", SIGN),
        ("VOSS: “It leaks.”", "VOSS", ":", SIGN),
        ("Voss was there. “It leaks.”", "Voss", "", OTHER),
        ("Voss went; “It leaks.” was said.", "Voss", "said", OTHER),
        ("“It leaks.” it was said.", "", "said", OTHER),
    ],
)
def test_layouts(text: str, source: str, cue: str, layout: str) -> None:
    assert layout_of(text, gold("It leaks.", source, cue, text)) == layout


def test_layout_shares_count_quotes_with_content_and_source_right() -> None:
    one = compare(Ruler(TEXT), ALL, (SAME[0], SAME[1]))
    rows = {row.layout: row for row in layout_shares([(TEXT, one), (TEXT, compare(Ruler(TEXT), ALL, ()))])}
    assert rows[BEFORE] == LayoutShare(BEFORE, direct=2, direct_right=1, quoted=2, quoted_right=1)
    assert sum(row.quoted for row in rows.values()) == 2


def test_reliability_by_kind_and_score() -> None:
    quotes = (
        shown("we keep the quay.", "Voss", "said", score=0.95),
        shown("that he had ever sold it", "Nils", "denied", kind="indirect", score=0.8),
        shown("They call it", kind="indirect", score=0.84, confidence="low"),
        shown("sang", "Rolf", kind="indirect"),
    )
    one = compare(Ruler(TEXT), ALL, quotes)
    assert by_score([one]) == (
        Reliability("direct", "0.90 to 1.00", shown=1, score=0.95, content=1, both=1),
        Reliability("indirect", "0.80 to 0.90", shown=2, score=0.82, content=1, both=0),
        Reliability("indirect", "no score", shown=1, score=None, content=1, both=0),
    )
    assert [(row.kind, row.band, row.shown) for row in by_confidence([one])] == [
        ("direct", "high", 1),
        ("indirect", "high", 2),
        ("indirect", "low", 1),
    ]


def test_gains_and_losses_example_by_example(tmp_path: Path) -> None:
    before = places(compare(Ruler(TEXT), ALL, (SAME[0], shown("They call it", cue="call"))))
    after = places(compare(Ruler(TEXT), ALL, (shown("we keep the quay.", "Nils", "said"), SAME[1])))
    file = tmp_path / "examples.json"
    file.write_bytes(encode_examples({"dev": {"a1": before}, "test": {}}))
    assert load_examples(file) == {"dev": {"a1": before}, "test": {}}
    found = list(changes(["quay"], {name_of("quay"): before}, {name_of("quay"): after}))
    states = [(TEXT[change.content[0].start :].split()[0], change.before, change.after, change.gained) for change in found]
    assert states == [("we", "right", "content", False), ("that", "missed", "right", True), ("They", "extra", None, True)]
    assert list(changes(["quay"], {name_of("quay"): after}, {name_of("quay"): after})) == []


def test_an_extra_quote_is_not_taken_for_the_missed_one_of_the_same_words() -> None:
    before: Places = {"missed": ["3-9"]}
    found = list(changes(["quay"], {name_of("quay"): before}, {name_of("quay"): {**before, "extra": ["3-9"]}}))
    assert found == [Change("quay", (Span(3, 9),), None, "extra")]
    assert not found[0].gained


def test_gold_is_read_from_standoff_files_whatever_the_order_of_their_lines(tmp_path: Path) -> None:
    (tmp_path / "text").mkdir()
    (tmp_path / "attributions").mkdir()
    (tmp_path / "text" / "quay.txt").write_text(TEXT, encoding="utf-8")
    lines = (
        "E1\tAttribution:T2 Content:T1 Content2:T4 Source:T3 Cue:T2",
        "T1\tContent 35 40;41 44\twords",
        "T2\tCue 29 33\twords",
        "T3\tSource 0 8\twords",
        "T4\tContent 45 50\twords",
        "T5\tDiscard 90 99\twords",
        "E2\tAttribution:T2 Source:T3",
    )
    (tmp_path / "attributions" / "quay_ab12.ann").write_text("\n".join(lines), encoding="utf-8")
    (tmp_path / "attributions" / "quay_cd34.ann").write_text("", encoding="utf-8")
    attribution = GoldAttribution((Span(35, 40), Span(41, 44), Span(45, 50)), (Span(0, 8),), (Span(29, 33),))
    assert list(read_gold(tmp_path)) == [GoldArticle(tmp_path / "text" / "quay.txt", (attribution,), (Span(90, 99),))]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_a_page_has_the_figures_that_are_shipped(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    assert with_figures(text, load_figures(), PAGES[page]) == text


def test_a_readme_without_a_place_for_figures_is_refused() -> None:
    with pytest.raises(ValueError, match="has no place for figures"):
        with_figures("# onrecord", {PUBLISHED: fictional_figures()})


def test_the_table_of_the_readme() -> None:
    figures = {PUBLISHED: fictional_figures(), PUBLISHED + RULES: replace(fictional_figures(), classes=fictional_figures().sure)}
    *_, core, sure, rules = figures_text(figures).splitlines()
    assert core == "| **core**: all of these | 350 | 230 | 76.1 | 50.0 | 60.3 | 77.1 | 58.7 | 38.6 | 46.6 |"
    assert sure == "| core, high confidence alone | 350 | 89 | 94.4 | 24.0 | 38.3 | 95.2 | 89.9 | 22.9 | 36.4 |"
    assert rules == sure.replace("high confidence alone", "rules without the trained model")


def test_the_four_numbers_of_the_readme() -> None:
    place = "<!-- numbers: written by benchmarks/attribution.py --save -->\n\n<!-- end of numbers -->"
    page = with_figures(f"# onrecord\n\n{place}\n\nMore.\n", {PUBLISHED: fictional_figures()})
    assert [line.rpartition("| **")[2].partition("**")[0] for line in page.splitlines() if "| **" in line] == ["76", "59", "90", "39"]
    assert page.startswith("# onrecord\n") and page.endswith("\n\nMore.\n")
    assert with_figures(page, {PUBLISHED: fictional_figures()}) == page


def test_the_whole_measure_with_an_extraction_given() -> None:
    quotes = (
        Quote("q1", "direct", QUAY.content, Speaker("voss", QUAY.source[0]), "before", "high", Cue(29, 33, "say"), score=0.97),
        Quote("q2", "indirect", SOLD.content, Speaker(None, SOLD.source[0]), "complement", "medium", Cue(59, 65, "deny"), score=0.7),
        Quote("q3", "indirect", (at("They call it"),), Speaker(), "complement", "low"),
    )
    measured = list(measure([GoldArticle(Path("quay.txt"), ALL, ())], lambda _: (TEXT, quotes)))
    figures = figures_of(measured, "a_model 1")
    whole, sure = figures.group("all"), figures.sure_group("all")
    assert (whole.gold, whole.shown, whole.content, whole.both) == (3, 3, 2, 2)
    assert (sure.gold, sure.shown, sure.content, sure.both) == (3, 1, 1, 1)
    console = Console(width=160, record=True, file=StringIO())
    show(console, figures, replace(figures, classes=figures.sure))
    quay, sold, sang = (f"{one.content[0].start}-{one.content[0].end}" for one in ALL)
    before: Places = {"missed": [quay, sold], "right": [sang]}
    after = places(measured[0].all)
    show_examples(console, list(changes(["quay"], {name_of("quay"): before}, {name_of("quay"): after})), measured, limit=1)
    printed = console.export_text()
    assert "66.7 +33.4" in printed  # recall of all contents with its change
    assert "Gained: 2, of which 1 are shown" in printed and "Lost: 2, of which 1 are shown" in printed
    assert f"quay {QUAY.content[0].start}: missed -> right" in printed
    assert "annotated: Ida Voss, the harbour chief | we keep the quay." in printed
    assert f"quay {SANG.content[0].start}: right -> missed" in printed


def test_the_words_of_an_example_are_no_markup() -> None:
    text = "Voss said [red]it leaks[/]."
    one = compare(Ruler(text), [gold("[red]it leaks[/]", "Voss", "said", text)], [])
    lines = [line.plain for line in example_lines(Change("quay", (Span(10, 26),), "right", "missed"), text, one)]
    assert lines == ["\nquay 10: right -> missed", "    [red]it leaks[/]", "    annotated: Voss | [red]it leaks[/]"]


def test_figures_come_back(tmp_path: Path) -> None:
    file = tmp_path / "figures.json"
    assert load_figures(file) == {}
    file.write_bytes(encode_figures(load_figures()))
    assert load_figures(file) == load_figures() != {}
