"""The page of an actor: the best of what is known first, the way to all of it, and nothing that is empty."""

from __future__ import annotations

from dataclasses import replace

from onrecord.corpus import build_corpus
from onrecord.model import Moment, Report
from onrecord.render.engine.environment import make_environment
from onrecord.render.engine.links import Link, Urls, broken_links
from onrecord.render.site import Page, render_pages
from tests.render.pagecheck import assert_well_made, by_class, by_path, read_page, words
from tests.render.test_pictures import two_voices
from tests.support.fictional import fictional_figures, fictional_report


def pages_of(*reports: Report) -> dict[str, Page]:
    # Nothing repeats anything: these are no copies, though all are made from one.
    corpus = replace(build_corpus(reports), repeats=(), untold_repeats=())
    pages = by_path(render_pages(corpus, env=make_environment(), urls=Urls(), figures=fictional_figures()))
    assert broken_links(pages.values()) == ()
    return pages


def page_of(name: str, pages: dict[str, Page]) -> Page:
    (page,) = (page for page in pages.values() if page.about is not None and page.about.name == name)
    assert_well_made(page)
    return page


def with_quotes(count: int, **changes: object) -> Report:
    """A report in which Brandt is heard so often; the first of these quotes has the changes."""
    report = fictional_report()
    said = [replace(report.quotes[0], id=f"q{number}", runner_up=None) for number in range(count)]
    said[0] = replace(said[0], **changes)  # type: ignore[arg-type]
    return replace(report, quotes=tuple(said), claims=(), relations=(), comparisons=(), moments=())


def listed(page: Page) -> list[str]:
    return [link.anchor for link in page.links if link.page == "articles/quay" and link.anchor.startswith("q")]


def test_a_short_list_stands_whole_and_of_a_longer_one_the_best() -> None:
    assert len(listed(page_of("Ilse Brandt", pages_of(with_quotes(8))))) == 8
    pages = pages_of(with_quotes(9, confidence="low"))
    page = page_of("Ilse Brandt", pages)
    # The first was found with low confidence, and so others go before it.
    assert listed(page) == ["q1", "q2", "q3", "q4", "q5"]
    (rest,) = (link for link in page.links if link.page.endswith("/reported"))
    assert listed(pages[rest.page]) == [f"q{number}" for number in range(9)]


def test_contents_name_each_part_that_is_there_with_its_number() -> None:
    page = page_of("Ilse Brandt", pages_of(fictional_report()))
    (contents,) = by_class(read_page(page), "orx-contents")
    named = [(one.get("href") or "").removeprefix("#") for one in contents.iter("a")]
    assert named[-1] == "mentions" and set(named) <= page.anchors
    headings = {heading.id for heading in page.headings} - {"top", "says", "across"}
    assert headings == set(named)


def test_who_is_mentioned_once_has_a_short_page_without_anything_empty() -> None:
    report = fictional_report()
    council = next(one for one in report.actors if one.id == "council")
    once = replace(council, mentions=council.mentions[:1], roles=(), aliases=())
    others = tuple(one for one in report.actors if one.id != "council")
    alone = replace(report, actors=(*others, once), undecided=(), claims=(), relations=(), comparisons=(), moments=())
    root = read_page(page_of(council.name, pages_of(alone)))
    assert [words(one) for one in root.iter("h2")] == ["Mention"]
    assert [words(one) for one in root.iter("dt")] == ["Heard", "Mentioned"] and "never" in words(root)


def test_the_head_says_whom_they_talk_about_and_who_talks_about_them() -> None:
    pages = pages_of(two_voices())
    head = {words(row[0]): words(row[1]) for row in by_class(read_page(page_of("Ilse Brandt", pages)), "orx-infobox")[0]}
    assert head["Talks about"] == head["Talked about by"] == "Per Askov 1"
    assert Link("articles/quay", "q4") in page_of("Ilse Brandt", pages).links


def test_what_was_said_stands_by_date_and_says_where_the_date_is_from() -> None:
    later, undated = (fictional_report(name) for name in ("later", "undated"))
    first = replace(fictional_report(), moments=(Moment(0, 3, "2024-03-04", inferred=True, quote="q1"),))
    later = replace(later, article=replace(later.article, meta=replace(later.article.meta, date="2024-05-01")), moments=())
    undated = replace(undated, article=replace(undated.article, meta=replace(undated.article.meta, date="")), moments=())
    root = read_page(page_of("Ilse Brandt", pages_of(first, later, undated)))
    (section,) = (one for one in root.iter("section") if one.get("aria-labelledby") == "dates")
    rows = [(cell.get("data-sort"), words(cell)) for cell in section.iter("td") if cell.get("data-label") == "When"]
    assert [value for value, _ in rows] == ["2024-03-04", "2024-03-05", "2024-05-01", "2024-05-01"]
    assert ["inferred from" in told for _, told in rows] == [True, False, False, False]
    assert ["the day of the article" in told for _, told in rows] == [False, True, True, True]
    # One date alone is no timeline.
    assert "dates" not in page_of("Ilse Brandt", pages_of(later)).anchors


def test_words_of_uncertain_quotes_are_counted_nowhere_and_the_page_says_so() -> None:
    low = page_of("Ilse Brandt", pages_of(with_quotes(3, confidence="low")))
    sure = page_of("Ilse Brandt", pages_of(with_quotes(2)))
    said, counted = (next(row for row in map(words, read_page(page).iter("div")) if row.startswith("Heard")) for page in (low, sure))
    count = counted.removeprefix("Heard2 quotes, ")
    assert said == f"Heard3 quotes, 1 of them uncertain, {count} without that one"


def test_what_is_named_here_by_nothing_but_the_name_begins_with_the_verb() -> None:
    report = with_quotes(1)
    (quote,) = report.quotes
    bare = replace(report, quotes=(replace(quote, speaker=replace(quote.speaker, mention=None)),))
    begins = [
        words(by_class(read_page(page_of("Ilse Brandt", pages_of(one))), "orx-said-by")[0]).partition(" ")[0] for one in (report, bare)
    ]
    assert begins == ["named", "told"]
