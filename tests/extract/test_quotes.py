"""Who speaks, to whom and through which outlet: attributions joined with actors."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from spacy.language import Language

from onrecord.article.read import RawArticle, parse_article
from onrecord.extract.accurate.judge import judge_for
from onrecord.extract.actor_lookup import ResolvedActors
from onrecord.extract.attributions.find import find_attributions
from onrecord.extract.attributions.quotes import find_quotes
from onrecord.extract.language import analyse
from onrecord.model import Actor, ActorType, Mention, Meta, Quote, Span
from onrecord.options import TRAINED
from onrecord.reports.pipeline import build_report

ACTORS: Mapping[str, ActorType] = {"Lee": "person", "Reed": "person", "council": "organization", "Gazette": "media", "CNN": "media"}


def quotes_of(nlp: Language, text: str) -> tuple[Quote, ...]:
    """The quotes of a text whose actors are those above, each known by its name alone."""
    analysis = analyse(nlp, parse_article(RawArticle("case", "case.txt", "txt", text, Meta())))
    heads = {Span(at, at + len(name)): name for name in ACTORS for at in range(len(text)) if text.startswith(name, at)}
    actors = tuple(
        Actor(name, name, type, tuple(Mention(span.start, span.end, "named") for span in heads if heads[span] == name))
        for name, type in ACTORS.items()
    )
    return find_quotes(analysis, find_attributions(analysis, judge_for(TRAINED))[0], ResolvedActors(actors, heads))


@pytest.mark.parametrize(
    ("text", "others"),
    [
        ("Lee and Reed said that the bridge was unsafe.", ("Reed",)),
        ("Lee, Reed and the council said that the bridge was unsafe.", ("Reed", "council")),
        ("Lee and a neighbour said that the bridge was unsafe.", ()),
    ],
)
def test_those_who_speak_together(nlp: Language, text: str, others: tuple[str, ...]) -> None:
    (quote,) = quotes_of(nlp, text)
    assert (quote.speaker.actor, quote.speaker.others) == ("Lee", others)


def test_who_speaks_together_goes_on_together(nlp: Language) -> None:
    first, second = quotes_of(nlp, "“We will rebuild the bridge,” said Lee and Reed. “It will be done in spring.”")
    assert first.speaker == second.speaker and second.speaker.others == ("Reed",)


def test_of_two_one_of_whom_spoke_it_is_not_known_who(nlp: Language) -> None:
    either, one = quotes_of(nlp, "Lee or Reed said that the bridge was unsafe. Reed said that it was old or rotten.")
    assert (either.speaker.actor, either.speaker.candidates, either.confidence) == (None, ("Lee", "Reed"), "medium")
    assert one.speaker.actor == "Reed"


@pytest.mark.parametrize(
    ("text", "speakers", "confidence"),
    [
        ("The council, the police and the church said that the road was safe.", ["council", "police", "church"], "high"),
        ("The council and the handrail said that the road was safe.", ["council"], "medium"),
    ],
)
def test_a_list_of_sources_is_sure_where_each_is_known(nlp: Language, text: str, speakers: list[str], confidence: str) -> None:
    report = build_report(parse_article(RawArticle("case", "case.txt", "txt", text, Meta())), nlp, attribution=TRAINED)
    names = {actor.id: actor.name for actor in report.actors}
    (quote,) = report.quotes
    assert [names[one] for one in (quote.speaker.actor, *quote.speaker.others) if one is not None] == speakers
    assert quote.confidence == confidence


@pytest.mark.parametrize(
    ("text", "actor"),
    [
        ("Lee's letter said that the bridge was unsafe.", "Lee"),
        ("A statement from the council said that the bridge was unsafe.", "council"),
        ("A letter to the council said that the bridge was unsafe.", None),
        ("Lee's neighbour said that the bridge was unsafe.", None),
    ],
)
def test_the_author_speaks_in_a_document(nlp: Language, text: str, actor: str | None) -> None:
    (quote,) = quotes_of(nlp, text)
    assert quote.speaker.actor == actor


@pytest.mark.parametrize(
    ("text", "outlets"),
    [
        ("Lee told the Gazette that the bridge was unsafe. Lee added that it was old.", [("Gazette", True), ("Gazette", False)]),
        ("In an interview with the Gazette, Lee said that the bridge was unsafe.", [("Gazette", True)]),
        ("“The bridge is unsafe and old,” Lee said on CNN on Sunday.", [("CNN", True)]),
        ("Speaking on CNN, Lee said that the bridge was unsafe.", [("CNN", True)]),
        ("Speaking of CNN, Lee said that the bridge was unsafe.", [None]),
        ("Lee was quoted in the Gazette as saying that the bridge was unsafe.", [("Gazette", True)]),
        ("Lee warned the Gazette that the bridge was unsafe.", [None]),
        ("Lee told the council that the bridge was unsafe.", [None]),
        ("Lee told the Gazette that the bridge was unsafe. Lee told Reed that it was old.", [("Gazette", True), None]),
        ("Lee told the Gazette that the bridge was unsafe. Reed said that it was old.", [("Gazette", True), None]),
        ("Lee told the Gazette that the bridge was unsafe. At a rally, Lee said that it was old.", [("Gazette", True), None]),
    ],
)
def test_the_outlet_and_how_far_it_reaches(nlp: Language, text: str, outlets: list[tuple[str, bool] | None]) -> None:
    found = [quote.outlet and (quote.outlet.actor, quote.outlet.mention is not None) for quote in quotes_of(nlp, text)]
    assert found == outlets


def test_a_block_quote_goes_on_after_a_heading_in_it(nlp: Language) -> None:
    said = "Nobody asked the people of the town about the ferry.", "We will keep it for another year, whatever it costs."
    text = (
        f"Mayor Ana Petrov wrote in a letter on Monday:\n\n> {said[0]}\n>\n> ## What comes next\n>\n> {said[1]}\n\nThe council met later.\n"
    )
    report = build_report(parse_article(RawArticle("a", "a.md", "md", text, Meta())), nlp)
    (quote,) = (one for one in report.quotes if len(one.content) > 1)
    assert [span.of(report.article.text) for span in quote.content] == list(said)
    assert quote.speaker.actor == "ana-petrov"


POST = (
    "The council closed the bridge on Monday. Many people wrote about it.\n\n"
    "The bridge was never safe, and the “mayor” lied to us. — {} (@dw_1) November 18, 2019\n\n"
    "“We knew it for years, and told the council so.”\n"
)


@pytest.mark.parametrize(("name", "actor"), [("Dana Whit", "dana-whit"), ("tall glass", None)])
def test_a_post_is_its_authors_and_neither_the_articles_nor_of_who_is_named_before(nlp: Language, name: str, actor: str | None) -> None:
    article = parse_article(RawArticle("a", "a.txt", "txt", POST.format(name), Meta()))
    report = build_report(article, nlp, attribution="trained")
    quote = next(one for one in report.quotes if "never safe" in one.content[0].of(article.text))
    assert (quote.kind, quote.rule, quote.speaker.actor) == ("direct", "post", actor)
    assert quote.speaker.mention is not None and quote.speaker.mention.of(article.text) == name
    assert quote.content[0].of(article.text).endswith("lied to us.")
    assert {claim.quote for claim in report.claims if "mayor" in claim.spans[0].of(article.text)} == {quote.id}
    # A paragraph that is only a quotation goes on with no post.
    assert [one.speaker.actor for one in report.quotes if "for years" in one.content[0].of(article.text)] == [None]
