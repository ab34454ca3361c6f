"""The review queue: what is in it, in which order, with which offers; and that no public site has it."""

from __future__ import annotations

from dataclasses import replace

import yaml

from onrecord.corpus import build_corpus
from onrecord.corrections.apply import apply_across
from onrecord.corrections.reading import parse_corrections
from onrecord.model import Corpus, Namesakes, Outcome
from onrecord.render.engine.environment import make_environment
from onrecord.render.engine.links import Link, Urls, broken_links
from onrecord.render.site import Page, render_pages
from tests.corrections.toy import report as toy_report
from tests.render.pagecheck import assert_well_made, by_class, read_page, words
from tests.support.fictional import fictional_corpus, fictional_figures, fictional_pair, fictional_report


def pages_of(corpus: Corpus, *, for_review: bool = True) -> dict[str, Page]:
    found = render_pages(corpus, env=make_environment(), urls=Urls("directory"), figures=fictional_figures(), for_review=for_review)
    return {page.path: page for page in found}


def test_a_public_site_has_no_trace_of_it() -> None:
    found = pages_of(fictional_pair(), for_review=False)
    assert not [path for path in found if path.startswith("review")]
    assert not [path for path, page in found.items() if any(link.page.startswith("review") for link in page.links)]
    assert all("orx-queue" not in page.html and "orx-page-review" not in page.html for page in found.values())


def test_what_is_most_pressing_stands_first_and_each_thing_once() -> None:
    report = fictional_report()
    held = Outcome("who-said-it", "speaker", "drifted", True, "Held: it drifted.", "q2", was="direct, Ann", machine="x")
    done = Outcome("fine", "kind", "applied", False, "Applied.", "q3")
    corpus = replace(fictional_corpus(), reports=(replace(report, corrections=(held, done)),))
    corpus = replace(corpus, namesakes=(Namesakes(("brandt", "askov"), "made up"),))
    found = pages_of(corpus)
    assert broken_links(found.values()) == ()
    page = found["review/index"]
    assert_well_made(page)
    root = read_page(page)
    sections = [(one.get("aria-labelledby"), len(by_class(one, "orx-queue")[0])) for one in root.iter("section")]
    # q4 is undecided and of low confidence too, and stands once; q7 is a share prompt, and stands nowhere.
    assert sections == [("held", 1), ("unknown", 1), ("undecided", 1), ("runner-up", 1), ("mentions", 1), ("perhaps", 1)]
    assert "6 things to look at" in words(root)
    assert {link.anchor for link in page.links if link.page == "articles/quay"} >= {"q1", "q2", "q4", "q5"}
    assert "onrecord corrections explain who-said-it" in words(root)
    assert "fine" not in words(root).split()
    assert Link("review/index") in found["index"].links and page.in_nav


def test_reported_speech_has_no_quotation_marks_there_either() -> None:
    root = read_page(pages_of(fictional_corpus())["review/index"])
    assert by_class(root, "orx-words-indirect")
    assert all("“" not in words(one) for one in by_class(root, "orx-words-indirect"))


def test_nothing_to_review_is_said() -> None:
    report = replace(fictional_report(), quotes=(), undecided=(), claims=(), relations=(), comparisons=(), moments=())
    root = read_page(pages_of(replace(fictional_corpus(), reports=(report,)))["review/index"])
    assert "Nothing waits for a human eye" in words(root)


def test_an_offer_for_two_of_one_name_makes_them_one() -> None:
    reports = [toy_report("Ada Lee met Ben Reed. The quay is old.", "one"), toy_report("Ada Lee left. Cora Moss came.", "two")]
    corpus = build_corpus(reports)
    apart = {name: actor.id for actor in corpus.actors for name in (f"{actor.members[0].article}/{actor.members[0].actor}",)}
    corpus = replace(corpus, namesakes=(Namesakes((apart["one/ben-reed"], apart["two/cora-moss"]), "made up"),))
    queue = read_page(pages_of(corpus)["review/index"])
    (offer,) = ["".join(code.itertext()) for code in queue.iter("code") if "action: same" in "".join(code.itertext())]
    (entry,) = parse_corrections("corrections:\n" + offer).entries
    joined = apply_across(corpus, [entry])
    assert [outcome.status for outcome in joined.corrections] == ["applied"]
    assert {("one", "ben-reed"), ("two", "cora-moss")} in [{(m.article, m.actor) for m in one.members} for one in joined.actors]
    instead = [line.lstrip().removeprefix("#").removeprefix(" or instead:") for line in offer.splitlines() if line.lstrip().startswith("#")]
    assert yaml.safe_load(instead[0]) == {"action": "apart"}
