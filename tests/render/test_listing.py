"""Indexes in pages, and the pages of their facets: every item is somewhere, counts add up, and every page is linked."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import replace
from functools import cache

import pytest

from onrecord.model import (
    SCHEMA_VERSION,
    Actor,
    Article,
    Block,
    Claim,
    Corpus,
    CorpusActor,
    Cue,
    Member,
    Mention,
    Meta,
    Namesakes,
    Outcome,
    Provenance,
    Quote,
    Relation,
    Report,
    Source,
    Span,
    Speaker,
    Verdict,
)
from onrecord.render.engine.environment import make_environment
from onrecord.render.engine.links import PAGE_SIZE, Link, Urls, broken_links, in_pages, numbered_page
from onrecord.render.lists.findings import draft_quote_index
from onrecord.render.lists.listing import Listing, Value, name_values
from onrecord.render.site import Page, render_pages
from onrecord.render.views.site import PagePlan, Site
from tests.render.pagecheck import assert_well_made, by_class, by_path, read_page, words
from tests.support.fictional import fictional_corpus, fictional_figures, fictional_pair, fictional_report

HOSTILE = ("../../etc/passwd", "SAY", "say", "Say", "", "con", "index", "<b>&", "x" * 300, "說" * 300, "\ud800", "say-", "none")
VERBS = (*HOSTILE, *(f"verb{n:02}" for n in range(20)))


def one_of_many(n: int) -> Report:
    """A report with a speaker, a quote, a claim and a relation; every fifth has no known speaker."""
    text = f"“Line {n}.” Person {n % 40} said to Town {n}."
    who, town = f"p{n % 40}", f"t{n}"
    said, cue = Span(0, text.index("”") + 1), text.index("said")
    name, end = text.index("Person"), text.index("Town")
    speaker = Speaker(who, Span(name, cue - 1)) if n % 5 else Speaker(None, Span(name, cue - 1))
    verb = VERBS[n % len(VERBS)].encode(errors="replace").decode()
    return Report(
        SCHEMA_VERSION,
        Provenance("0", "3", "m", "1"),
        Article(
            f"a{n}",
            text,
            (Block("paragraph", 0, len(text), 1),),
            Meta(f"Story {n}", "", ("The Herald", "the herald", "")[n % 3], f"{2020 + n % 5}-{1 + n % 12:02}-07" if n % 11 else ""),
        ),
        (
            Actor(who, f"Person {n % 40}", "person", (Mention(name, cue - 1, "named"),)),
            Actor(town, f"Town {n}", "organization", (Mention(end, len(text) - 1, "named"),)),
        ),
        quotes=(
            Quote(
                "q1", "direct", (said,), speaker, "r", "low" if n % 7 == 0 else "high", Cue(cue, cue + 4, verb), (Span(1, said.end - 1),)
            ),
        ),
        claims=(Claim("c1", (said,), who if n % 5 else None, "event", "-" if n % 6 == 0 else "+", "asserted", "r", "q1"),),
        relations=(Relation("r1", who, town, "tell", "CONSULT", Span(cue, cue + 4), "+", "asserted", ("c1",), "r"),),
    )


@cache
def many(count: int) -> Corpus:
    reports = tuple(one_of_many(n) for n in range(count))
    members: defaultdict[str, list[tuple[Actor, Member]]] = defaultdict(list)
    for report in reports:
        for actor in report.actors:
            members[actor.id].append((actor, Member(report.article.id, actor.id)))
    actors = tuple(CorpusActor(id, own[0][0].name, own[0][0].type, tuple(member for _, member in own)) for id, own in members.items())
    apart = tuple(Namesakes((f"t{n}", f"t{n + 1}"), "made up") for n in range(count - 1))
    return Corpus(reports, actors, apart)


def site_of(corpus: Corpus) -> Site:
    return Site(corpus, fictional_figures())


def listings(drafts: list[PagePlan]) -> list[Listing[object]]:
    found = (getattr(draft.body().view, "listing", None) for draft in drafts)
    return [one for one in found if isinstance(one, Listing)]


@pytest.mark.parametrize(
    ("count", "pages"),
    [(0, [0]), (1, [1]), (PAGE_SIZE, [PAGE_SIZE]), (PAGE_SIZE + 1, [PAGE_SIZE, 1]), (2 * PAGE_SIZE, [PAGE_SIZE, PAGE_SIZE])],
)
def test_a_list_is_cut_into_pages(count: int, pages: list[int]) -> None:
    sheets = list(in_pages(range(count), "quotes/index"))
    assert [len(sheet.items) for sheet in sheets] == pages
    assert [item for sheet in sheets for item in sheet.items] == list(range(count))
    assert [sheet.here.page for sheet in sheets] == ["quotes/index", "quotes/page/2"][: len(pages)]
    assert [sheet.next for sheet in sheets] == [sheet.here for sheet in sheets[1:]] + [None]
    assert [sheet.previous for sheet in sheets] == [None] + [sheet.here for sheet in sheets[:-1]]


def test_a_pager_names_the_ends_and_what_is_near() -> None:
    sheets = list(in_pages(range(40 * PAGE_SIZE), "quotes/index"))
    assert [(one.number, one.after_gap) for one in sheets[19].steps] == [
        (1, False), (18, True), (19, False), (20, False), (21, False), (22, False), (40, True),
    ]  # fmt: skip
    assert [one.number for one in sheets[0].steps] == [1, 2, 3, 40]
    assert (sheets[2].first, sheets[2].last, sheets[2].total) == (2 * PAGE_SIZE + 1, 3 * PAGE_SIZE, 40 * PAGE_SIZE)


def test_names_of_values_are_safe_and_differ_where_case_does_not_count() -> None:
    names = name_values([Value(verb, verb) for verb in VERBS] + [Value("fixed", "", name="none")])
    assert len(names) == len(VERBS) + 1
    assert len({name.casefold() for name in names.values()}) == len(names)
    assert names["fixed"] == "none" and names["none"] != "none"
    assert names["say"] == "say" and names["SAY"].startswith("say-")
    for name in names.values():
        assert name and len(name.encode()) < 200
        assert not set(name) & set('/\\<>:"|?*. \n') and name.isprintable()


def test_names_of_values_do_not_depend_on_their_order() -> None:
    values = [Value(verb, verb) for verb in VERBS]
    assert name_values(values) == name_values(reversed(values))


@pytest.mark.parametrize("corpus", [fictional_corpus(), fictional_pair()])
def test_kinds_and_verbs_add_up_to_all_quotes(corpus: Corpus) -> None:
    site = site_of(corpus)
    first = listings(list(draft_quote_index(site)))[0]
    shelves = {shelf.facet.name: shelf for shelf in first.shelves}
    for name in ("kind", "verb"):
        assert sum(choice.count for choice in shelves[name].choices) == first.total == len(site.quotes)
    assert {choice.value.label: choice.count for choice in shelves["kind"].choices} == Counter(
        "Not said" if quote.standing else {"direct": "Direct quotes", "mixed": "Partly quoted", "indirect": "Reported speech"}[quote.kind]
        for quote in site.quotes
    )


def test_the_unknown_speaker_has_a_page_that_the_index_and_the_home_page_lead_to() -> None:
    found = render(fictional_corpus())
    page = found["quotes/speaker/unknown"]
    assert (
        words(by_class(read_page(page), "orx-standfirst")[0])
        == "1 of 6 quotes: the text has words for the speaker and no name, or neither."
    )
    assert {link.anchor for link in page.links if link.page == "articles/quay"} >= {"q5"}
    for path in ("index", "quotes/index"):
        assert Link("quotes/speaker/unknown") in found[path].links


def test_a_speaker_with_a_page_is_not_listed_again() -> None:
    found = render(fictional_corpus())
    assert Link("actors/brandt", "says") in found["quotes/index"].links
    assert not [path for path in found if path.startswith("quotes/speaker/") and "unknown" not in path and "undecided" not in path]


def reviewed() -> Corpus:
    """An article of which people have confirmed a quote and checked a claim; a correction of another quote is held."""
    report = fictional_report()
    held = Outcome("x", "speaker", "drifted", True, "Held.", "q2")
    verdict = Verdict("true", "B. Checker", "2024-03-06", (Source("https://b.example/log", "Harbour log"),))
    quotes = (replace(report.quotes[0], status="confirmed"), *report.quotes[1:])
    claims = (replace(report.claims[0], verdict=verdict, status="confirmed"), *report.claims[1:])
    return replace(fictional_corpus(), reports=(replace(report, corrections=(held,), quotes=quotes, claims=claims),))


def test_a_held_correction_is_a_status() -> None:
    found = render(reviewed())
    for status, id, count in (("held", "q2", 1), ("confirmed", "q1", 1), ("machine", "q2", 5)):
        page = found[f"quotes/status/{status}"]
        assert id in {link.anchor for link in page.links}
        assert words(by_class(read_page(page), "orx-standfirst")[0]).startswith(f"{count} of 6 quotes: ")


def test_the_home_page_says_what_people_have_looked_at() -> None:
    assert "reviewed by nobody. No claim on this site has been checked." in words(read_page(render(fictional_corpus())["index"]))
    found = render(reviewed())
    assert "people have looked at 2 of 14 quotes and claims. 1 of 8 claims was checked by people." in words(read_page(found["index"]))
    assert words(by_class(read_page(found["claims/checked/yes"]), "orx-standfirst")[0]).startswith("1 of 8 claims: ")


def test_one_article_has_no_pager_and_no_table_of_articles() -> None:
    found = render(fictional_corpus())
    assert not [path for path in found if "/page/" in path or path.startswith("articles/by/")]
    assert all("orx-pager" not in page.html for page in found.values())


# --- many articles ---------------------------------------------------------------------------------------------------

COUNT = PAGE_SIZE + 41


def render(corpus: Corpus) -> dict[str, Page]:
    pages = render_pages(corpus, env=make_environment(), urls=Urls("file"), figures=fictional_figures())
    return by_path(pages)


def test_every_facet_sorts_something() -> None:
    corpora = (reviewed(), fictional_pair(), many(PAGE_SIZE + 1))
    sections = [render_pages(corpus, env=make_environment(), urls=Urls(), figures=fictional_figures()) for corpus in corpora]
    paths = {section.index for pages in sections for section in pages.sections}
    shown = listings([plan for pages in sections for plan in pages.drafts() if plan.path in paths])
    wanted = {(listing.index.title, facet.title) for listing in shown for facet in listing.index.facets}
    missed = wanted - {(listing.index.title, shelf.facet.title) for listing in shown for shelf in listing.shelves}
    told = ", ".join(f"{facet} of {index}" for index, facet in sorted(missed))
    assert not missed, f"{told}: tells nothing apart in any test; give what tests/support makes two values of it, or say always=True"
    assert {index for index, _ in wanted} == {"Actors", "Articles", "Quotes", "Claims", "Relations"}


@pytest.fixture(scope="module")
def archive() -> dict[str, Page]:
    return render(many(COUNT))


def test_in_an_archive_no_link_is_broken_and_every_page_can_be_reached(archive: dict[str, Page]) -> None:
    assert broken_links(archive.values()) == ()
    todo = [path for path, page in archive.items() if page.in_nav]
    reached = set(todo)
    while todo:
        new = {link.page for link in archive[todo.pop()].links} - reached
        reached |= new
        todo += new
    assert set(archive) == reached
    assert len({path.casefold() for path in archive}) == len(archive)


def test_no_page_of_an_archive_lists_more_than_a_page_holds(archive: dict[str, Page]) -> None:
    for path, page in archive.items():
        if path.split("/")[0] in ("index", "actors", "quotes", "claims", "relations", "articles"):
            # The home page has the table of its voices too.
            assert page.html.count("<tr") <= PAGE_SIZE + 1 + 31 * (path == "index"), path


@pytest.mark.parametrize("index", ["quotes", "claims", "relations"])
def test_the_pages_of_an_index_list_every_item_once(archive: dict[str, Page], index: str) -> None:
    paths = [numbered_page(f"{index}/index", number) for number in (1, 2)]
    assert numbered_page(f"{index}/index", 3) not in archive
    listed = Counter(link.page for path in paths for link in archive[path].links if link.anchor in ("q1", "c1", "r1"))
    assert set(listed) == {f"articles/a{n}" for n in range(COUNT)}
    first, second = (read_page(archive[path]) for path in paths)
    assert words(by_class(first, "orx-pager")[0]).startswith(f"Page 1 of 2: 1–{PAGE_SIZE} of {COUNT} {index}")
    assert words(by_class(second, "orx-pager")[0]).startswith(f"Page 2 of 2: {PAGE_SIZE + 1}–{COUNT} of {COUNT} {index}")
    assert [one.get("rel") for one in first.iter("a") if one.get("rel") in ("next", "prev")] == ["next", "next"]
    assert [one.get("rel") for one in second.iter("a") if one.get("rel") in ("next", "prev")] == ["prev", "prev"]
    assert "from Story 0 to Story 199" in words(first) or index == "claims"


def test_what_most_of_a_long_list_have_is_counted_and_not_listed_again(archive: dict[str, Page]) -> None:
    affirmed = sum(n % 6 != 0 for n in range(COUNT))
    (facets,) = by_class(read_page(archive["claims/index"]), "orx-facets")
    shown = {words(one).rpartition(" ")[0]: one for one in facets.iter("li")}
    assert {f"Statements {COUNT},", f"Affirmed {affirmed},", "Negated"} <= set(shown) and affirmed > 0.8 * COUNT
    assert "claims/polarity/negated" in archive and "claims/polarity/affirmed" not in archive and "claims/kind/statements" not in archive
    assert any(path.startswith("quotes/kind/") for path in archive), "of the kinds of quotes each is looked for"


def test_what_most_of_a_short_list_have_is_listed() -> None:
    found = render(fictional_corpus())
    assert "claims/polarity/affirmed" in found
    (facets,) = by_class(read_page(found["claims/index"]), "orx-facets")
    assert ", most" not in words(facets)


def test_the_ways_to_sort_a_list_stand_on_its_first_page(archive: dict[str, Page]) -> None:
    for index in ("quotes", "claims"):
        first, second = (read_page(archive[numbered_page(f"{index}/index", number)]) for number in (1, 2))
        assert by_class(first, "orx-facets") and not by_class(second, "orx-facets")
        (kicker,) = by_class(second, "orx-kicker")
        assert words(kicker) == f"All {index}" and Link(f"{index}/index") in archive[numbered_page(f"{index}/index", 2)].links


def test_pages_of_an_archive_are_well_made(archive: dict[str, Page]) -> None:
    for path in (
        *("index", "articles/page/2", "articles/by/month/index", "actors/by/perhaps/page/2", "actors/by/letter/t"),
        *("quotes/page/2", "quotes/verb/index", "quotes/verb/say", "claims/asserter/unknown"),
        *("relations/page/2", "relations/article/index"),
    ):
        assert_well_made(archive[path])
    titles = Counter(page.title for path, page in archive.items() if not path.startswith(("articles/a", "actors/")))
    assert max(titles.values()) == 1


def test_the_home_page_of_an_archive_draws_the_loudest_voices_and_leads_to_all(archive: dict[str, Page]) -> None:
    (figure,) = by_class(read_page(archive["index"]), "orx-voices")
    assert len(by_class(figure, "orx-bar")) == 10
    assert Link("actors/by/voice/heard") in archive["index"].links


def test_the_audit_of_an_archive_shows_some_and_leads_to_all() -> None:
    report = fictional_report()
    cue = report.quotes[1].cue
    assert cue is not None
    told = tuple(replace(report.quotes[1], id=f"q{n}", cue=replace(cue, lemma="claim")) for n in range(25))
    found = render(
        replace(fictional_corpus(), reports=(replace(report, quotes=told, claims=(), relations=(), comparisons=(), moments=()),))
    )
    audit = found["sourcing/index"]
    assert Link("quotes/verb/claim") in audit.links and Link("actors/ledger", "passed-on") in audit.links
    assert len({link for link in audit.links if link.page == "articles/quay"}) == 10
    assert "claim 25" in words(read_page(audit)) and broken_links(found.values()) == ()


def test_the_audit_of_an_archive_lists_no_more_than_a_page_holds(archive: dict[str, Page]) -> None:
    root = read_page(archive["sourcing/index"])
    assert f"All {COUNT + 8} that are never heard" in words(root)
    assert f"These are {PAGE_SIZE} of {COUNT} articles" in words(root)
    assert len(by_class(root, "orx-columns")[0]) == PAGE_SIZE


def test_the_table_of_articles_is_newest_first_and_sorted_by_outlet_and_period(archive: dict[str, Page]) -> None:
    sheets = [read_page(archive[numbered_page("index", number)]) for number in range(1, COUNT // 20 + 2)]
    dates = [words(cell) for page in sheets for cell in page.iter("td") if cell.get("data-label") == "Date"]
    assert len(dates) == COUNT
    given = [date for date in dates if date != "not given"]
    assert given == sorted(given, reverse=True) == dates[: len(given)]
    years = {path: int(words(by_class(read_page(page), "orx-standfirst")[0]).split()[0]) for path, page in archive.items()
             if path.startswith("articles/by/year/") and "/page/" not in path}  # fmt: skip
    assert set(years) == {f"articles/by/year/{name}" for name in ("2020", "2021", "2022", "2023", "2024", "not-given")}
    assert sum(years.values()) == COUNT
    assert Link("articles/by/outlet/the-herald") in archive["index"].links
    assert "articles/by/month/index" in archive


@pytest.mark.parametrize(("outlet", "date", "columns"), [("", "", []), ("The Herald", "", ["Outlet"]), ("", "2024-05-01", ["Date"])])
def test_the_table_of_articles_has_no_column_that_no_article_fills(outlet: str, date: str, columns: list[str]) -> None:
    bare = [replace(one.article, meta=replace(one.article.meta, outlet="", date="")) for one in many(21).reports]
    # One article of the site is enough for the column; on the pages without it the others say that theirs is not given.
    bare[3] = replace(bare[3], meta=replace(bare[3].meta, outlet=outlet, date=date))
    reports = tuple(replace(one, article=article) for one, article in zip(many(21).reports, bare, strict=True))
    pages = render(replace(many(21), reports=reports))
    for page in map(pages.__getitem__, ("index", numbered_page("index", 2))):
        table = by_class(read_page(page), "orx-table")[-1]
        assert [words(head) for head in table.iter("th") if words(head) in ("Outlet", "Date")] == columns
        assert {cell.get("data-label") for cell in table.iter("td")} & {"Outlet", "Date"} == set(columns)
        assert all(len(row) == 5 + len(columns) for row in table.iter("tr"))


def test_the_home_page_of_an_archive_counts_what_needs_a_human_eye_and_lists_no_articles_there() -> None:
    report = fictional_report()
    reports = tuple(replace(report, article=replace(report.article, id=f"n{n}")) for n in range(3))
    found = render(Corpus(reports, ()))
    (eye,) = by_class(read_page(found["index"]), "orx-eye")
    assert "3 mentions that may mean more than one actor in 3 articles" in words(eye)
    assert "6 notices about how the text was read in 3 articles" in words(eye)
    assert len(list(eye.iter("li"))) == 5
    assert {f"articles/n{n}" for n in range(3)} <= {link.page for link in found["articles/by/doubt/notices"].links}


def test_lists_too_long_for_an_actors_page_have_pages_of_their_own() -> None:
    report = fictional_report()
    said = tuple(replace(report.quotes[0], id=f"q{n}") for n in range(PAGE_SIZE + 3))
    found = render(
        replace(fictional_corpus(), reports=(replace(report, quotes=said, claims=(), relations=(), comparisons=(), moments=()),))
    )
    actor, first, second = (found[f"actors/brandt{path}"] for path in ("", "/reported", "/reported/page/2"))
    assert "actors/brandt/direct" not in found and broken_links(found.values()) == ()
    ids = [{link.anchor for link in page.links if link.page == "articles/quay" and link.anchor.startswith("q")} for page in (first, second)]
    assert ids[0] | ids[1] == {quote.id for quote in said} and not ids[0] & ids[1]
    assert Link("actors/brandt/reported") in actor.links
    assert f"All {PAGE_SIZE + 3}: As reported" in words(read_page(actor))
    for page in (actor, first, second):
        assert page.html.count("<tr") <= PAGE_SIZE + 20
        assert_well_made(page)
