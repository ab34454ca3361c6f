"""The measures of actors, on clusters and a document set by hand."""

from __future__ import annotations

from pathlib import Path

import pytest
from actor_gold import GoldActor, GoldDocument, GoldMention, GoldSource, lone_surnames
from actors import Count, article_measures, count_article, count_document, document_measures, load_wrong_joins
from clusters import score_clusters
from spacy.language import Language

from onrecord.extract.language import analyse
from onrecord.model import SCHEMA_VERSION, Actor, Article, Block, Mention, Provenance, Report, Span

TEXT = "Ada Brook met Tom Hale. She smiled. Brook left."


def place(words: str) -> tuple[int, int]:
    return TEXT.index(words), TEXT.index(words) + len(words)


def report(*actors: Actor) -> Report:
    return Report(SCHEMA_VERSION, Provenance("", "", "", ""), Article("case", TEXT, ()), actors)


def actor(name: str, *mentions: str) -> Actor:
    kinds = ((words, "pronoun" if words == "She" else "named") for words in mentions)
    return Actor(name, name, "person", tuple(Mention(*place(words), kind) for words, kind in kinds))  # type: ignore[arg-type]


def gold(*mentions: str) -> GoldActor:
    return GoldActor(tuple(GoldMention(*place(words), place(words), "pronoun" if words == "She" else "named") for words in mentions))


ACTORS = (gold("Ada Brook", "She", "Brook left"), gold("Tom Hale"))
DOCUMENT = GoldDocument(Path("case.txt"), ACTORS, (GoldSource(place("Ada"), (place("Ada Brook"),)),))


def measured(*actors: Actor) -> dict[str, float]:
    count = Count()
    count_document(count, report(*actors), DOCUMENT)
    return document_measures(count)


def test_what_people_marked_is_all_right() -> None:
    found = measured(actor("ada", "Ada Brook", "She", "Brook left"), actor("tom", "Tom Hale"))
    assert found["actors, CoNLL F"] == found["mentions found, F"] == found["he and she: right actor"] == 1


def test_nothing_shown_is_nothing_found() -> None:
    found = measured()
    assert found["actors, CoNLL F"] == found["mentions found, F"] == found["he and she: right actor"] == found["sources, F"] == 0


def test_a_pronoun_of_the_wrong_actor_is_wrong() -> None:
    found = measured(actor("ada", "Ada Brook", "Brook left"), actor("tom", "Tom Hale", "She"))
    assert found["he and she: right actor"] == 0 and found["mentions found, F"] == 1 and found["actors, CoNLL F"] < 1


def test_clusters_of_a_published_example() -> None:
    """Entities {a b c} and {d e f g} against {a b}, {c d} and {f g h i}: figure 1 of Pradhan et al. (2014)."""
    found = score_clusters([set("abc"), set("defg")], [set("ab"), set("cd"), set("fghi")])
    assert [round(value, 4) for value in (found.muc, found.b3, found.ceafe)] == [0.4, 0.4545, 0.52]


def test_surnames_alone_are_those_of_people_named_in_full(nlp: Language) -> None:
    text = "Mary Brook met Tom Hale. Brook left with Mr. Hale. The Brook Trust paid."
    found = lone_surnames(analyse(nlp, Article("case", text, (Block("paragraph", 0, len(text), 1),))))
    assert [span.of(text) for span in found] == ["Brook", "Hale"]


@pytest.mark.parametrize(("mentions", "wrong"), [(("Ada Brook", "Tom Hale"), 100), (("Ada Brook",), 0)])
def test_a_wrong_join_counts_as_long_as_it_stands(mentions: tuple[str, ...], wrong: float) -> None:
    count = Count(actors=1)
    count_article(count, report(actor("ada", *mentions)), [Span(*place("Brook"))], ["0-9 14-22"])
    assert article_measures(count)["wrong joins per 100 actors"] == wrong


def test_the_joins_found_wrong_are_pairs_of_offsets() -> None:
    pairs = [pair for some in load_wrong_joins().values() for pair in some]
    assert pairs and all(len(pair.replace("-", " ").split()) == 4 for pair in pairs)
