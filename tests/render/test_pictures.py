"""Pictures: what they count, what they leave out, and that they say in words what they show."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from onrecord.model import Corpus, CorpusActor, Member, Mention, Report
from onrecord.render.views.facts import RelationFact
from onrecord.render.views.networks import MOST_NODES, MOST_OTHERS, MOST_PAIRS, draw_network, find_talked_about
from onrecord.render.views.parties import PartyView
from onrecord.render.views.site import Site
from onrecord.render.views.speaking_time import MOST_SILENT, draw_axis
from tests.support.fictional import fictional_figures, fictional_report


def _alone(report: Report) -> Site:
    actors = tuple(CorpusActor(one.id, one.name, one.type, (Member(report.article.id, one.id),)) for one in report.actors)
    return Site(Corpus((report,), actors), fictional_figures())


def two_voices(id: str = "quay") -> Report:
    """Brandt and Askov are heard; Brandt speaks of Askov in her first quote, twice, and he of her."""
    report = fictional_report(id)
    joke = next(quote for quote in report.quotes if quote.id == "q4")
    said = tuple(
        replace(joke, speaker=replace(joke.speaker, actor="askov", candidates=())) if one is joke else one for one in report.quotes
    )
    first, last = report.quotes[0].content[0].start, joke.content[0].start
    new = {
        "askov": (Mention(first, first + 3, "pronoun"), Mention(first + 4, first + 7, "pronoun")),
        "brandt": (Mention(last, last + 1, "pronoun"), Mention(first + 8, first + 9, "pronoun")),
    }
    actors = tuple(replace(one, mentions=tuple(sorted((*one.mentions, *new.get(one.id, ()))))) for one in report.actors)
    return replace(report, quotes=said, actors=actors)


def test_the_axis_shows_each_voice_where_it_stands_in_the_text() -> None:
    site = _alone(two_voices())
    facts = site.facts[0]
    axis = draw_axis(facts, site.parties)
    assert axis is not None
    row = next(row for row in axis.rows if row.party.key == "brandt")
    length = len(facts.report.article.text)
    said = [quote for quote in facts.quotes if quote.counted and "brandt" in (quote.speaker.key, *(one.key for one in quote.others))]
    spans = sorted(span for quote in said for span in quote.quote.content)
    assert [(one.x, one.width) for one in row.stretches] == [
        (f"{100 * s.start / length:.1f}", f"{100 * len(s) / length:.1f}") for s in spans
    ]
    assert row.quotes == len(said)
    starts = [float(row.stretches[0].x) for row in axis.rows if row.stretches]
    assert starts == sorted(starts)


def test_who_is_only_mentioned_stands_below_and_is_named_as_never_heard() -> None:
    site = _alone(two_voices())
    axis = draw_axis(site.facts[0], site.parties)
    assert axis is not None
    silent = [row for row in axis.rows if not row.quotes]
    assert silent and list(axis.rows[-len(silent) :]) == silent and len(silent) <= MOST_SILENT
    assert all(row.where == "never heard" and row.ticks and not row.stretches for row in silent)
    assert f"{silent[0].party.name}, with" in axis.finding


def test_a_single_voice_needs_no_picture() -> None:
    report = fictional_report()
    report = replace(report, quotes=report.quotes[:2], claims=(), relations=(), comparisons=(), moments=())
    site = _alone(report)
    assert len({quote.speaker.key for quote in site.facts[0].quotes}) == 1
    assert draw_axis(site.facts[0], site.parties) is None
    talked_about = find_talked_about(site.talk)
    assert talked_about is None or talked_about.grid is None


def test_a_quote_counts_once_for_each_whom_it_mentions_and_never_for_who_speaks() -> None:
    site = _alone(two_voices())
    talked_about = find_talked_about(site.talk)
    assert talked_about is not None and talked_about.grid is not None
    assert [(pair.speaker.key, pair.other.key, pair.count, [quote.id for quote in pair.quotes]) for pair in talked_about.pairs] == [
        ("askov", "brandt", 1, ["q4"]),
        ("brandt", "askov", 1, ["q1"]),
    ]
    assert (talked_about.quotes, talked_about.of_quotes) == (2, 3)
    assert [cell.count for cell in talked_about.grid.cells] == [1, 1]


def test_a_crowd_of_names_stays_small_and_is_cut() -> None:
    report = fictional_report()
    quotes = [quote for quote in report.quotes if quote.speaker.actor and not (quote.negated or quote.conditional or quote.boilerplate)]
    first = quotes[0]
    inside = first.content[0]
    council = next(one for one in report.actors if one.id == "council")
    crowd = tuple(
        replace(
            council,
            id=f"crowd{number}",
            name="<b>" + "x" * 90 + str(number),
            aliases=(),
            roles=(),
            mentions=(replace(council.mentions[0], start=inside.start, end=inside.start + 3),),
        )
        for number in range(MOST_PAIRS)
    )
    other = next(one for one in report.actors if one.id not in (first.speaker.actor, "council") and one.type == "person")
    second = replace(first, id="q77", speaker=replace(first.speaker, actor=other.id))
    site = _alone(
        replace(report, actors=(*report.actors, *crowd), quotes=(first, second), claims=(), relations=(), comparisons=(), moments=())
    )
    talked_about = find_talked_about(site.talk)
    assert talked_about is not None and talked_about.grid is not None
    assert len(talked_about.grid.columns) == MOST_OTHERS and talked_about.more_others >= MOST_PAIRS - MOST_OTHERS
    assert all(len(label.name) <= 24 for label in talked_about.grid.columns)
    assert talked_about.more_pairs > 0


def _related(*pairs: tuple[str, str]) -> list[RelationFact]:
    """Relations between actors with these names."""
    (some, *_) = _alone(fictional_report()).relations
    return [
        replace(some, number=number, source=PartyView(source, "actor", key=source), target=PartyView(target, "actor", key=target))
        for number, (source, target) in enumerate(pairs, 1)
    ]


def test_every_name_of_the_network_has_a_row_of_its_own_and_a_relation() -> None:
    network = draw_network(_related(("Ann", "Ben"), ("Cyd", "Ann"), ("Dan", "Eve"), ("Fay", "Fay")))
    assert [[node.name for node in cluster.nodes] for cluster in network.clusters] == [["Ann", "Ben", "Cyd"], ["Dan", "Eve"]]
    assert [[arc.first.number for arc in cluster.arcs] for cluster in network.clusters] == [[1, 2], [3]]
    for cluster in network.clusters:
        rows = [float(node.y) for node in cluster.nodes]
        assert all(later - earlier >= 24 for earlier, later in pairwise(rows)) and rows[-1] < cluster.height


def test_a_crowd_of_relations_is_parted_around_those_with_most_and_each_is_drawn_once() -> None:
    crowd = [("Hub", f"Actor {number:02}") for number in range(30)] + [("Mayor", f"Actor {number:02}") for number in range(5)]
    relations = _related(*crowd)
    network = draw_network(relations)
    assert all(len(cluster.nodes) <= 14 for cluster in network.clusters) and network.clusters[0].nodes[0].name == "Hub"
    assert sorted(fact.number for cluster in network.clusters for arc in cluster.arcs for fact in arc.facts) == list(range(1, 36))
    numbers = [[(float(arc.x), float(arc.y)) for arc in cluster.arcs if arc.x] for cluster in network.clusters]
    assert len(numbers[0]) > 9
    assert all(abs(x - a) >= 24.9 or abs(y - b) >= 13.9 for spots in numbers for n, (x, y) in enumerate(spots) for a, b in spots[:n])


def test_a_network_without_room_for_all_says_how_many_are_left_out() -> None:
    network = draw_network(_related(*((f"a{number}", f"b{number}") for number in range(MOST_NODES))))
    shown = {node.party.key for cluster in network.clusters for node in cluster.nodes}
    assert len(shown) == MOST_NODES and network.left_out == MOST_NODES


def test_what_is_negated_has_an_arc_of_its_own() -> None:
    said, denied = _related(("Ann", "Ben"), ("Ann", "Ben"))
    (cluster,) = draw_network([said, replace(denied, plain=False)]).clusters
    assert [arc.first.plain for arc in cluster.arcs] == [True, False] and cluster.arcs[0].path != cluster.arcs[1].path
