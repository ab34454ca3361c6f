"""Who is heard, how much, and how a reader can tell who it is."""

from __future__ import annotations

from dataclasses import replace

import pytest

from onrecord.corpus.sourcing import SourcingRow, find_sources, identify_actor, identify_words, quoted_words, reported_words
from onrecord.model import Actor, Article, Cue, Mention, Quote, Report, Span, Speaker
from tests.support.fictional import at, fictional_report
from tests.support.reports import report


def by_id(value: Report) -> dict[str, SourcingRow]:
    return {source.id: source for source in find_sources(value)}


def test_words_quotes_verbs_and_first_place() -> None:
    value = fictional_report()
    brandt = by_id(value)["brandt"]
    assert (quoted_words(value.article, brandt.quotes), reported_words(value.article, brandt.quotes)) == (8, 9)
    assert (brandt.count("direct"), brandt.count("mixed"), brandt.count("indirect"), brandt.set_aside) == (1, 0, 1, 1)
    assert brandt.verbs() == {"say": 1, "tell": 1}
    assert brandt.first() == at(value.article.text, "The old quay at Varnhaven will close in November")


def test_who_is_mentioned_and_never_heard_is_there() -> None:
    silent = by_id(fictional_report())["ledger"]
    assert (silent.quotes, silent.first(), silent.verbs(), silent.set_aside) == ((), None, {}, 0)


def test_places_are_no_parties() -> None:
    assert "varnhaven" not in by_id(fictional_report())


def test_what_is_denied_or_supposed_is_not_heard() -> None:
    askov = by_id(fictional_report())["askov"]
    assert (askov.quotes, askov.set_aside) == ((), 1)


def test_sources_that_lead_to_nobody_stand_by_their_words() -> None:
    sources = by_id(fictional_report())
    assert (sources["~q5"].stated, sources["~q5"].identified, sources["~q5"].actor) == ("a source", "anonymous", None)
    assert (sources["~q4"].identified, sources["~q4"].candidates) == ("undecided", ("askov", "council"))
    assert (sources["~q7"].stated, sources["~q7"].identified, sources["~q7"].quotes) == ("", "unstated", ())


def test_the_same_words_are_one_source() -> None:
    value = fictional_report()
    again = replace(value.quotes[4], id="q9")
    sources = find_sources(replace(value, quotes=(*value.quotes, again)))
    assert [len(source.quotes) for source in sources if source.stated == "a source"] == [2]


def test_what_two_say_together_counts_for_both() -> None:
    value = fictional_report()
    together = replace(value.quotes[1], speaker=Speaker("brandt", None, others=("askov",)))
    sources = by_id(replace(value, quotes=(together,)))
    assert sources["brandt"].quotes == sources["askov"].quotes == (together,)


def test_verbs_are_ranked() -> None:
    value = fictional_report()
    quotes = tuple(
        Quote(f"q{i}", "indirect", (Span(i, i + 1),), Speaker("brandt"), "r", "high", Cue(0, 1, lemma))
        for i, lemma in enumerate(["warn", "add", "warn", "claim"])
    )
    assert list(by_id(replace(value, quotes=quotes))["brandt"].verbs().items()) == [("warn", 2), ("add", 1), ("claim", 1)]


@pytest.mark.parametrize(
    ("words", "identified"),
    [
        ("a source close to the mayor", "anonymous"),
        ("two people familiar with the talks", "anonymous"),
        ("an official who was not authorized to speak", "anonymous"),
        ("an unnamed diplomat", "anonymous"),
        ("officials", "collective"),
        ("Officials", "collective"),
        ("several residents of the town", "collective"),
        ("police in Leeds", "collective"),
        ("a police spokeswoman", "role only"),
        ("the boss", "role only"),
        ("the statement", "document"),
        ("the coroner’s report", "document"),
        ("court filings", "document"),
        ("The study", "document"),
        ("Studies", "document"),
        ("a recent survey of voter lists", "document"),
        ("a surveyor", "role only"),
        ("Only 52 percent of registered voters", "collective"),
        ("Mr. Odd", "named"),
        ("Ham", "named"),
        ("Polls", "document"),
        ("Scholars", "collective"),
        ("Several judges handling Freedom of Information Act lawsuits", "collective"),
        ("India and Pakistan", "named"),
        ("which", "unstated"),
        ("they", "unstated"),
        ("", "unstated"),
    ],
)
def test_what_words_say_of_a_source(words: str, identified: str) -> None:
    assert identify_words(words) == identified


def actor_of(text: str, words: str, *, type: str = "person", kind: str = "nominal") -> tuple[Article, Actor]:
    span = at(text, words)
    mention = Mention(span.start, span.end, kind)  # type: ignore[arg-type]
    return Article("a", text, ()), Actor("x", words, type, (mention,))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "words", "type", "kind", "identified"),
    [
        ("Ann Lee spoke.", "Ann Lee", "person", "named", "named"),
        ("a Pentagon spokesman said so.", "a Pentagon spokesman", "person", "nominal", "role only"),
        ("said an aide, who spoke on condition of anonymity. More.", "an aide", "person", "nominal", "anonymous"),
        ("said an aide. Anonymity was not asked for; anonymity is rare.", "an aide", "person", "nominal", "role only"),
        ("Kurdish leaders said so.", "Kurdish leaders", "described_group", "nominal", "collective"),
        ("the council met.", "the council", "organization", "nominal", "collective"),
        ("the report said so.", "the report", "organization", "nominal", "document"),
    ],
)
def test_how_an_article_identifies_an_actor(text: str, words: str, type: str, kind: str, identified: str) -> None:
    assert identify_actor(*actor_of(text, words, type=type, kind=kind)) == identified


def test_the_articles_own_voice_is_a_source_only_where_it_speaks() -> None:
    assert find_sources(report()) == ()
    asks = Quote("q", "indirect", (Span(0, 5),), Speaker("author"), "r", "high")
    (source,) = find_sources(replace(report(), quotes=(asks,)))
    assert (source.id, source.quotes) == ("author", (asks,))


def test_the_articles_own_voice_follows_all_who_are_heard_or_not_and_is_there_once() -> None:
    value = fictional_report()
    asks = Quote("q9", "indirect", (Span(0, 5),), Speaker("author"), "r", "high")
    told = replace(value, quotes=(asks, *value.quotes))
    voice = Actor("author", "The article", "narrator", ())
    ids = [source.id for source in find_sources(told)]
    known = [id for id in ids if not id.startswith("~")]
    assert known == [*(actor.id for actor in value.actors if actor.type != "place"), "author"]
    assert ids[len(known) :] == [source.id for source in find_sources(value) if source.actor is None]
    first = find_sources(replace(told, actors=(voice, *value.actors)))
    assert [source.id for source in first].count("author") == 1 and first[0].quotes == (asks,)
    assert find_sources(replace(value, actors=(voice, *value.actors))) == find_sources(value)
