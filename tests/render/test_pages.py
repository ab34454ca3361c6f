"""Every kind of page, from a report made by hand."""

from __future__ import annotations

import inspect
import os
import pkgutil
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache
from importlib import import_module
from pathlib import Path
from types import ModuleType

import pytest

import onrecord.render.lists
import onrecord.render.pages
from onrecord.corpus import build_corpus
from onrecord.labels.terms import OF_RELATIONS, rule_meaning
from onrecord.model import Actor, Article, Block, Corpus, CorpusActor, Mark, Member, Mention, Meta, Provenance, Report, Span
from onrecord.render.engine.environment import make_environment
from onrecord.render.engine.links import Link, Urls, broken_links
from onrecord.render.site import Page, render_pages
from onrecord.render.views.assets import render_assets
from onrecord.reports.figures import PUBLISHED, load_figures
from onrecord.reports.json import decode_report
from tests.corpus.written import Who, report_of
from tests.render.pagecheck import assert_well_made, by_class, by_id, by_path, read_page, words
from tests.support.fictional import fictional_corpus, fictional_figures, fictional_pair, fictional_report
from tests.support.reports import full_report

SNAPSHOT = Path(__file__).parent / "snapshots" / "article.html"


@cache
def pages_by_name(name: str) -> dict[str, Page]:
    return pages_of(CORPORA[name])


def pages_of(corpus: Corpus, *overrides: Path) -> dict[str, Page]:
    pages = render_pages(corpus, env=make_environment(overrides), urls=Urls("directory"), figures=fictional_figures())
    return by_path(pages)


@pytest.fixture(scope="module")
def pages() -> dict[str, Page]:
    return pages_by_name("one article")


def bare_report(text: str = "") -> Report:
    """A report in which nothing was found."""
    blocks = (Block("paragraph", 0, len(text), 1),) if text else ()
    return Report("1.0", Provenance("0", "3", "m", "1"), Article("bare", text, blocks))


def corpus_of_full_report() -> Corpus:
    report = full_report()
    return Corpus((report,), tuple(CorpusActor(one.id, one.name, one.type, (Member("quay", one.id),)) for one in report.actors))


CORPORA = {
    "one article": fictional_corpus(),
    "two articles": fictional_pair(),
    "every field filled": corpus_of_full_report(),
    "nothing found": Corpus((bare_report("A line."),), ()),
    "no text": Corpus((bare_report(),), ()),
}


@pytest.mark.parametrize("name", CORPORA)
def test_every_page_is_well_made_and_every_link_leads_somewhere(name: str) -> None:
    found = pages_by_name(name)
    for page in found.values():
        assert_well_made(page)
    assert broken_links(found.values()) == ()


def drafts_in(package: ModuleType) -> Iterator[Callable[..., object]]:
    """What makes pages of a site, of the modules of a package."""
    for module in pkgutil.iter_modules(package.__path__, f"{package.__name__}."):
        for name, made in vars(import_module(module.name)).items():
            if name.startswith("draft_") and list(inspect.signature(made).parameters) == ["site"]:
                yield made


def test_every_page_is_of_a_section() -> None:
    pages = render_pages(fictional_corpus(), env=make_environment(), urls=Urls(), figures=fictional_figures(), for_review=True)
    makers = {maker for section in pages.sections for maker in section.makers}
    missed = {
        made.__name__ for package in (onrecord.render.pages, onrecord.render.lists) for made in drafts_in(package) if made not in makers
    }
    assert not missed, f"name {', '.join(sorted(missed))} in a Section of _SECTIONS in render/site.py"


@pytest.mark.parametrize("name", CORPORA)
def test_the_text_of_the_annotated_copy_is_the_articles(name: str) -> None:
    found = pages_by_name(name)
    for report in CORPORA[name].reports:
        copy = by_id(read_page(found[f"articles/{report.article.id}"]), "text")
        assert "".join(copy.itertext()) == report.article.text


def test_two_renderings_are_the_same_to_the_byte() -> None:
    assert pages_of(fictional_pair()) == pages_of(fictional_pair())


def test_only_the_home_page_and_the_indexes_are_in_the_nav(pages: dict[str, Page]) -> None:
    shown = [path for path, page in pages.items() if page.in_nav]
    assert shown == [
        "index", "actors/index", "quotes/index", "claims/index", "relations/index", "timeline/index", "sourcing/index", "method",
        "downloads/index",
    ], "a page that is new in the nav is named here"  # fmt: skip
    assert "actors/brandt" in pages and "articles/quay" in pages


@pytest.mark.parametrize("name", CORPORA)
def test_a_page_that_is_asked_for_by_itself_is_the_one_of_the_whole_site(name: str) -> None:
    found = pages_by_name(name)
    alone = render_pages(CORPORA[name], env=make_environment(), urls=Urls("directory"), figures=fictional_figures())
    for path in sorted(found, reverse=True):
        draft = alone.find(path)
        assert draft is not None and alone.make(draft) == found[path]
    assert [alone.find(path) for path in ("", "actors", "actors/nobody", "elsewhere/index", "index/index")] == [None] * 5


@pytest.mark.parametrize("name", CORPORA)
def test_the_nav_is_known_before_any_page_is_made(name: str) -> None:
    pages = render_pages(CORPORA[name], env=make_environment(), urls=Urls("directory"), figures=fictional_figures(), for_review=True)
    made = {page.path: page.title for page in pages if page.in_nav}
    assert made == {section.index: section.title for section in pages.sections if section.index}
    folders = {section.folder for section in pages.sections}
    strangers = [draft.path for draft in pages.drafts() if draft.path.partition("/")[0] not in folders]
    assert not strangers, f"{strangers[0]}: in no folder of a Section in _SECTIONS of render/site.py, which has {sorted(folders)}"


def test_places_and_the_narrator_have_no_page(pages: dict[str, Page]) -> None:
    report = fictional_report()
    narrator = Actor("author", "author", "narrator", (Mention(0, 3, "named"),))
    corpus = Corpus(
        (replace(report, actors=(*report.actors, narrator)),),
        (*fictional_corpus().actors, CorpusActor("author", "x", "narrator", (Member("quay", "author"),))),
    )
    assert [path for path in pages_of(corpus) if path.startswith("actors/")] == [path for path in pages if path.startswith("actors/")]
    assert "actors/varnhaven" not in pages
    assert "Varnhaven" not in words(read_page(pages["actors/index"]))


# --- honesty -------------------------------------------------------------------------------------------------------


def test_only_what_the_text_has_in_quotation_marks_is_shown_in_them(pages: dict[str, Page]) -> None:
    for page in pages.values():
        root = read_page(page)
        assert all("“" not in words(one) for one in by_class(root, "orx-words-indirect"))
        if not page.path.startswith("articles/"):
            set_as_quotes = [one for one in root.iter("blockquote") if one.get("class") == "orx-said"]
            assert set_as_quotes == list(root.iter("blockquote"))
            assert page.path != "index" or all(by_class(one, "orx-words-direct") for one in set_as_quotes)
    quotes = read_page(pages["quotes/index"])
    assert {words(one) for one in by_class(quotes, "orx-words-direct")} == {"“The piles are rotten,” … “We have no choice.”"}
    assert {words(one) for one in by_class(quotes, "orx-words-mixed")} == {"the plan “a bad joke”"}


def test_reported_speech_keeps_no_quotation_marks_even_where_the_whole_paraphrase_is_in_them() -> None:
    report = fictional_report()
    sneaky = replace(report.quotes[1], kind="indirect", quoted_parts=())
    corpus = replace(fictional_corpus(), reports=(replace(report, quotes=(sneaky,)),))
    (shown,) = by_class(read_page(pages_of(corpus)["quotes/index"]), "orx-words-indirect")
    assert "“" not in words(shown) and "”" not in words(shown)


def test_a_mention_that_may_be_an_actors_is_on_its_page_and_not_counted(pages: dict[str, Page]) -> None:
    for name in ("actors/askov", "actors/council"):
        page = words(read_page(pages[name]))
        assert "may be meant here, or another; these mentions are not counted" in page
        assert "He called the plan" in page
        assert any(link.anchor.startswith("u") and link.page == "articles/quay" for link in pages[name].links)
    assert "may be meant here" not in words(read_page(pages["actors/brandt"]))


def test_unknown_and_undecided_speakers_look_so(pages: dict[str, Page]) -> None:
    root = read_page(pages["quotes/index"])
    # Facets have one entry for all of them; each quote has the article's words for who speaks.
    assert [words(one) for one in by_class(root, "orx-who-unknown")] == ["Speaker without a name", "Undecided speaker", "A source"]
    assert "in the article’s words; who that is, the program does not know" in words(root)
    assert words(by_class(root, "orx-who-undecided")[0]) == "Undecided: Per Askov or the council"
    for state in ("unknown", "undecided"):
        assert Link(f"quotes/speaker/{state}") in pages["quotes/index"].links


def test_what_is_supposed_or_denied_is_not_shown_as_said(pages: dict[str, Page]) -> None:
    root = read_page(pages["quotes/index"])
    not_said = next(section for section in root.iter("section") if section.get("aria-labelledby") == "not-said")
    assert [words(flag) for flag in by_class(not_said, "orx-flag")] == [
        "negated or denied by the words that report it",
        "supposed, not said",
    ]
    brandt = read_page(pages["actors/brandt"])
    assert "ferries are a luxury" in words(by_id(brandt, "not-said")) + words(brandt)
    assert "Heard2 quotes" in words(brandt)
    assert len(by_class(by_id(read_page(pages["articles/quay"]), "text"), "orx-notsaid")) == 2


def test_demands_never_stand_among_statements_and_no_claim_looks_checked(pages: dict[str, Page]) -> None:
    root = read_page(pages["claims/index"])
    sections = {section.get("aria-labelledby"): words(section) for section in root.iter("section")}
    assert list(sections) == ["side-by-side", "statements", "judgements", "demands"]
    assert "the council to think again" in sections["demands"]
    assert "the council to think again Per" not in sections["statements"]
    claims = len(fictional_report().claims)
    assert words(root).count("Nothing here has been checked.") == 1 and claims > 1
    assert not any("checked" in words(row) for row in root.iter("tr"))


def test_claims_stand_side_by_side_with_what_they_share_and_where_they_differ(pages: dict[str, Page]) -> None:
    (section,) = (one for one in read_page(pages["claims/index"]).iter("section") if one.get("aria-labelledby") == "side-by-side")
    _, agreement, conflict = (words(row) for row in section.iter("tr"))
    assert "The piles are rotten" in agreement and "The firm may have known" in agreement
    assert "Agreementboth say it piles, piles / ferries" in agreement
    assert "Conflictthey give another number: 4.2 million / ferries" in conflict
    assert "Conflicts with The article (c8): they give another number." in words(read_page(pages["articles/quay"]))


def test_a_claim_worth_a_look_says_why_and_never_that_it_is_true(pages: dict[str, Page]) -> None:
    shown = words(read_page(pages["claims/index"]))
    assert "Worth a look: number (4.2 million)" in shown
    assert "verified" not in shown and "says nothing about whether they are true" in shown


def test_a_note_says_how_it_was_found_how_sure_that_is_and_who_else_may_be_meant(pages: dict[str, Page]) -> None:
    root = read_page(pages["articles/quay"])
    first, second, undecided = (words(by_id(root, f"note-{name}")) for name in ("q1", "q2", "q4"))
    assert first.startswith("1 Ilse Brandt · or another · told")
    assert "or perhaps the council" in first
    # What is found with high confidence, and that nobody has looked at it, goes without saying in each note.
    assert "How sure" not in first + second and "high confidence" not in first + second and "not reviewed" not in first + second
    assert words(root).count("Found by a program, and reviewed by nobody.") == 1
    assert "uncertain" in undecided.partition("Undecided: Per Askov or the council")[2]
    # Too few of those were measured, and the candidates already name who else it may be.
    assert "low confidence: needs a human eye (score 0.32)" in undecided
    assert "such quotes" not in undecided and "perhaps" not in undecided
    assert "Undecided: Per Askov or the council" in undecided
    assert "or perhaps the council" in words(read_page(pages["quotes/index"]))


def test_nothing_is_said_of_accuracy_with_a_pipeline_that_was_not_measured() -> None:
    report = fictional_report()
    other = replace(report, provenance=replace(report.provenance, model_version="4.0"))
    found = pages_of(replace(fictional_corpus(), reports=(other,)))
    assert "such quotes are" not in words(read_page(found["articles/quay"]))
    method = words(read_page(found["method"]))
    assert "These are not the figures of this report." in method
    assert "this was made with a_model 4.0, which has others" in method
    assert "How often each was right" not in method


@pytest.mark.parametrize(
    ("attribution", "told", "untold"),
    [
        ("rules", "The trained judge of the program was not used", "Or perhaps"),
        ("mine.json", "what taught it is not known here (attribution: mine.json)", "taught by 840"),
    ],
)
def test_the_figures_of_the_trained_classifier_are_not_given_for_another(attribution: str, told: str, untold: str) -> None:
    report = fictional_report()
    other = replace(report, provenance=replace(report.provenance, attribution=attribution))
    found = pages_of(replace(fictional_corpus(), reports=(other,)))
    method = words(read_page(found["method"]))
    assert told in method and untold not in method
    assert f"made with a_model 3.8.0, attribution: {attribution}" in method
    assert "such quotes are" not in words(read_page(found["articles/quay"]))


def test_the_method_page_tells_which_reports_the_figures_are_of() -> None:
    report = fictional_report()
    other = replace(report, article=replace(report.article, id="other"), provenance=replace(report.provenance, attribution="rules"))
    method = words(read_page(pages_of(replace(fictional_corpus(), reports=(report, other)))["method"]))
    assert "These are not the figures of every report here." in method
    assert "For some of these reports (attribution: rules)" in method and "taught by 840" in method


def test_the_rule_of_a_quote_is_not_explained_as_that_of_a_relation() -> None:
    assert rule_meaning("passive") != rule_meaning("passive", OF_RELATIONS)
    assert "criticised by" in rule_meaning("passive")


def test_the_method_page_has_the_figures(pages: dict[str, Page]) -> None:
    page = read_page(pages["method"])
    section = next(one for one in page.iter("section") if one.get("aria-labelledby") == "measured")
    rows = [[words(cell) for cell in row if cell.tag != "th" or cell.get("scope") == "row"] for row in section.iter("tr")]
    assert "Measured on 40 articles" in words(section)
    assert [row for row in rows if row] == [
        ["Direct quotes", "100", "90", "89 %", "78 %", "70 %"],
        ["Partly quoted", "50", "40", "75 %", "50 %", "40 %"],
        ["Reported speech of six words or more", "200", "100", "65 %", "45 %", "22 %"],
        ["All of these", "350", "230", "76 %", "59 %", "39 %"],
        ["All of these, high confidence alone", "350", "89", "94 %", "90 %", "23 %"],
        ["Direct quote", "high", "50", "96 %", "94 %"],
        ["Partly quoted", "low", "19", "53 %", "26 %"],
        ["Reported speech", "high", "31", "94 %", "87 %"],
        ["Reported speech", "medium", "60", "70 %", "50 %"],
        ["Direct quote", "0.80 to 0.90", "0.85", "41", "95 %", "85 %"],
        ["Direct quote", "no score", "—", "5", "80 %", "40 %"],
        ['X said, "..."', "33", "33 %"],
    ]
    assert "Of quotes with high confidence, 90 % have words and source right" in words(section)
    assert "These are not the figures" not in words(section)


def test_the_figures_are_by_default_those_that_are_shipped() -> None:
    rendered = render_pages(fictional_corpus(), env=make_environment(), urls=Urls("directory"))
    method = next(page for page in rendered if page.path == "method")
    shipped = load_figures()[PUBLISHED]
    row = next(row for row in read_page(method).iter("tr") if words(row).startswith("All of these, high"))
    core = shipped.sure_group("core")
    assert [words(cell) for cell in row][1:3] == [f"{core.gold:,}", f"{core.shown:,}"]
    assert f"They hold for {shipped.pipeline};" in words(read_page(method))


def test_without_a_score_none_is_explained() -> None:
    report = fictional_report()
    plain = replace(report, quotes=tuple(replace(quote, score=None) for quote in report.quotes))
    found = pages_of(replace(fictional_corpus(), reports=(plain,)))
    assert "A score between 0 and 1" not in words(read_page(found["method"]))
    assert "(score" not in words(read_page(found["articles/quay"]))


def test_share_prompts_stay_out_of_the_indexes(pages: dict[str, Page]) -> None:
    for path, page in pages.items():
        assert ("q7" in [link.anchor for link in page.links]) == (path == "articles/quay")


def test_shares_show_their_denominator_and_leave_out_what_was_not_said(pages: dict[str, Page]) -> None:
    root = read_page(pages["index"])
    (figure,) = by_class(root, "orx-voices")
    # q1 has 9 words, q2 has 8 and q5 has 6; q4 has 5, and is found with low confidence.
    assert "Of 23 words" in words(figure) and "1 quote that is uncertain does not count" in words(figure)
    assert "17 words, 74 %" in words(figure)
    assert "6 (26 %) are of speakers that the program cannot name" in words(figure)


def test_what_is_not_given_is_not_invented() -> None:
    report = bare_report("A line.")
    root = read_page(pages_of(Corpus((replace(report, article=replace(report.article, file="bare.txt")),), ()))["index"])
    assert words(by_id(root, "top")) == "A line."
    (meta,) = by_class(root, "orx-meta")
    assert [words(one) for one in meta.iter() if one.tag in ("dt", "dd")] == ["Outlet, byline, date, source", "not given"]


def test_an_article_in_which_nothing_is_found_says_so(pages: dict[str, Page]) -> None:
    bare = pages_of(Corpus((bare_report("Silence."),), ()))
    (article,) = (page for page in bare.values() if page.path.startswith("articles/"))
    assert "found no actors, quotes or claims" in words(by_class(read_page(article), "orx-notices")[0])
    assert "found no actors" not in words(read_page(pages["articles/quay"]))


def test_whom_one_told_and_through_whom_is_named_once(pages: dict[str, Page]) -> None:
    shown = words(read_page(pages["quotes/index"]))
    assert "told · to and via the Ledger" in shown
    assert "to the Ledger · via" not in shown


def test_a_claim_that_ends_inside_a_quote_has_no_lone_quotation_mark() -> None:
    report = fictional_report()
    start = report.article.text.index("He called")
    cut = replace(report.claims[0], spans=(Span(start, report.article.text.index(" joke”")),))
    corpus = replace(fictional_corpus(), reports=(replace(report, claims=(cut, *report.claims[1:])),))
    root = read_page(pages_of(corpus)["claims/index"])
    assert "He called the plan a bad" in words(root)


def test_pictures_are_never_loaded_and_only_outside_addresses_are_links(pages: dict[str, Page]) -> None:
    copy = by_id(read_page(pages["articles/quay"]), "text")
    pictures = by_class(copy, "orx-image")
    assert [(one.tag, one.get("data-label")) for one in pictures] == [
        ("a", "Picture: The quay"),
        ("span", "Picture: quay.jpg"[:9] + "without a description"),
    ]
    assert "timetable.html" not in pages["articles/quay"].html


# --- places ---------------------------------------------------------------------------------------------------------


def test_every_quote_leads_to_its_words_and_shows_its_cue_and_rule(pages: dict[str, Page]) -> None:
    report = fictional_report()
    listed = {link.anchor for link in pages["quotes/index"].links if link.page == "articles/quay"}
    assert {quote.id for quote in report.quotes if not quote.boilerplate} <= listed
    copy = by_id(read_page(pages["articles/quay"]), "text")
    for quote in report.quotes:
        assert words(by_id(copy, quote.id)).startswith(quote.content[0].of(report.article.text)[:10])
    item = next(one for one in by_class(read_page(pages["quotes/index"]), "orx-item") if "rotten" in words(one))
    assert "said · via the Ledger (as in the quote before)" in words(item) and "around cue" not in words(item)
    assert "around cue" in words(by_id(read_page(pages["articles/quay"]), "note-q2"))


def test_open_at_source_carries_the_words_in_the_address(pages: dict[str, Page]) -> None:
    hrefs = [one.get("href") or "" for one in read_page(pages["quotes/index"]).iter("a")]
    assert "https://ledger.example/quay?id=7#:~:text=ferries%20are%20a%20luxury" in hrefs


def test_a_broken_link_is_detected(pages: dict[str, Page]) -> None:
    page = replace(pages["index"], links=(Link("actors/nobody"), Link("articles/quay", "q99"), Link("articles/quay", "q1")))
    broken = broken_links([page, replace(pages["articles/quay"], links=())])
    assert [one.target for one in broken] == [Link("actors/nobody"), Link("articles/quay", "q99")]


# --- templates and files ---------------------------------------------------------------------------------------------


def test_a_users_template_of_the_same_name_goes_before_ours() -> None:
    found = pages_of(fictional_corpus(), Path(__file__).parent / "overrides")
    assert "Corrections: desk@ledger.example" in words(read_page(found["index"]))
    assert "Who gets to speak" in words(read_page(found["index"]))
    for page in found.values():
        assert_well_made(page)


def test_a_users_style_sheet_goes_before_ours(tmp_path: Path) -> None:
    (tmp_path / "assets").mkdir()
    (tmp_path / "assets" / "onrecord.css").write_text("/* mine */")
    assets = {one.path: b"".join(one.chunks()) for one in render_assets(fictional_corpus(), env=make_environment([tmp_path]))}
    assert assets["assets/onrecord.css"] == b"/* mine */"
    assert b"function" in assets["assets/onrecord.js"]


def test_the_downloads_are_there_and_as_large_as_the_page_says() -> None:
    corpus = fictional_pair()
    assets = {one.path: b"".join(one.chunks()) for one in render_assets(corpus, env=make_environment())}
    for report in corpus.reports:
        assert decode_report(assets[f"downloads/{report.article.id}/report.json"]) == report
    page = read_page(pages_of(corpus)["downloads/index"])
    hrefs = [str(one.get("href")) for one in page.iter("a")]
    assert sorted(f"downloads/{href}" for href in hrefs) == sorted(path for path in assets if path.startswith("downloads/"))
    assert {"tables/quotes.csv", "tables/quotes.jsonl", "tables/datapackage.json", "second/annotations.jsonld"} <= set(hrefs)
    sizes = [int(size) for size in re.findall(r", (\d+) bytes</span>", pages_of(corpus)["downloads/index"].html)]
    assert sizes == [len(assets[f"downloads/{href}"]) for href in hrefs if len(assets[f"downloads/{href}"]) < 1000] != []


def test_the_annotated_article_looks_as_it_did() -> None:
    """Run with ``UPDATE_SNAPSHOTS=1`` to rewrite the file, and read the difference before committing it."""
    html = pages_of(fictional_corpus())["articles/quay"].html + "\n"
    if os.environ.get("UPDATE_SNAPSHOTS"):
        SNAPSHOT.parent.mkdir(exist_ok=True)
        SNAPSHOT.write_text(html, encoding="utf-8", newline="")
    assert html == SNAPSHOT.read_text(encoding="utf-8"), "if the change is meant: UPDATE_SNAPSHOTS=1 pytest tests/render"


# --- hostile text ---------------------------------------------------------------------------------------------------

HOSTILE = "<script>alert(1)</script> [x](javascript:alert(1)) {{ 7*7 }} {% raw %} \"' onload=x </div> & \u202e👩‍👧\n\n    code `x`"


def test_hostile_text_in_every_field_stays_text() -> None:
    found = pages_of(hostile_corpus())
    for page in found.values():
        assert_well_made(page)
    assert broken_links(found.values()) == ()
    assert words(by_id(read_page(found["actors/brandt"]), "top")) == " ".join(HOSTILE.split())
    assert "".join(by_id(read_page(found["articles/quay"]), "text").itertext()) == hostile_corpus().reports[0].article.text


def hostile_corpus() -> Corpus:
    report = fictional_report()
    shift = len(HOSTILE) + 1
    text = HOSTILE + "\n" + report.article.text
    quotes = tuple(
        replace(
            quote,
            content=tuple(span.shift(shift) for span in quote.content),
            quoted_parts=(),
            rule=HOSTILE,
            setting=(),
            cue=None,
            speaker=replace(quote.speaker, mention=None),
        )
        for quote in report.quotes
    )
    actors = tuple(
        replace(
            actor,
            name=HOSTILE,
            roles=tuple(replace(role, text=HOSTILE, evidence=role.evidence.shift(shift)) for role in actor.roles),
            aliases=tuple(replace(alias, name=HOSTILE) for alias in actor.aliases),
            mentions=tuple(replace(one, start=one.start + shift, end=one.end + shift, why=HOSTILE) for one in actor.mentions),
        )
        for actor in report.actors
    )
    article = replace(
        report.article,
        text=text,
        file=HOSTILE,
        blocks=(
            Block("paragraph", 0, len(HOSTILE), 1, marks=(Mark(0, 8, "link", "javascript:alert(1)"),)),
            Block("paragraph", shift, len(text), 2),
        ),
        meta=Meta(HOSTILE, HOSTILE, HOSTILE, HOSTILE, 'https://a.example/"><script>'),
    )
    hostile = replace(
        report,
        article=article,
        actors=actors,
        quotes=quotes,
        undecided=(),
        claims=tuple(
            replace(one, spans=tuple(span.shift(shift) for span in one.spans), rule=HOSTILE, hedges=(), check_worthy=())
            for one in report.claims
        ),
        relations=tuple(replace(one, trigger=one.trigger.shift(shift), predicate=HOSTILE, rule=HOSTILE) for one in report.relations),
        comparisons=tuple(replace(one, why=HOSTILE) for one in report.comparisons),
        notices=tuple(replace(one, message=HOSTILE, span=None) for one in report.notices),
        provenance=Provenance(HOSTILE, HOSTILE, HOSTILE, HOSTILE),
    )
    corpus = fictional_corpus()
    return Corpus((hostile,), tuple(replace(actor, name=HOSTILE) for actor in corpus.actors))


def test_an_actor_page_says_why_its_actors_are_one_and_who_else_it_may_be() -> None:
    smith = Who("Jo Smith", roles=("mayor",))
    corpus = build_corpus([report_of("a", (smith,)), report_of("b", (smith,)), report_of("c", ("Jo Smith",))])
    pages = pages_of(corpus)
    (page,) = (pages[f"actors/{actor.id}"] for actor in corpus.actors if len(actor.members) == 2)
    text = " ".join(words(read_page(page)).split())
    assert "Jo Smith is one actor in 2 articles" in text
    assert "the same full name, and the role “mayor”, as in" in text
    assert "nothing else in the articles says that they are one." in text
    for listed in (page, pages["actors/index"]):
        assert {f"actors/{actor.id}" for actor in corpus.actors} - {page.path} <= {link.page for link in listed.links}
    assert "1 name that may stand for one actor or for several" in words(read_page(pages["index"]))


def test_of_a_name_that_many_have_a_page_lists_a_few() -> None:
    corpus = build_corpus(report_of(f"a{n:02}", ("Jo Smith",)) for n in range(20))
    pages = pages_of(corpus)
    for actor in corpus.actors:
        assert "and 11 more" in words(read_page(pages[f"actors/{actor.id}"]))
    assert "and 12 more" in words(read_page(pages["actors/index"]))
