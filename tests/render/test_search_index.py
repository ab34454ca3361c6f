"""The index of words: what a search loads, and that it finds what pages show and no more."""

from __future__ import annotations

import gzip
import json
import random
from dataclasses import replace
from typing import Any

from onrecord.corpus import build_corpus
from onrecord.corpus.withholding import withhold_corpus
from onrecord.model import Corpus
from onrecord.render.views.assets import names_index, said_index, search_words
from tests.corrections import toy
from tests.support.fictional import fictional_pair, fictional_report
from tests.support.reports import dated, full_report, person, report


def parts(corpus: Corpus) -> dict[str, list[Any]]:
    """What each file of the index calls its function with."""
    found = {}
    for path, content in said_index(corpus):
        function, _, values = content.decode().partition("(")
        assert function in ("onrecordSaid", "onrecordWords", "onrecordFinds", "onrecordActors") and values.endswith(");\n")
        found[path.removeprefix("assets/said/").removesuffix(".js")] = json.loads(f"[{values.removesuffix(');' + chr(10))}]")
    return found


def finds(corpus: Corpus, word: str) -> list[list[str]]:
    """What a search for a word shows, by the files that it would load."""
    found = parts(corpus)
    firsts = found["index"][0]["firsts"]
    shard = found[f"w{max(at for at, first in enumerate(firsts) if first <= word)}"][1]
    numbers = [sum(shard.get(word, [])[: at + 1]) for at in range(len(shard.get(word, [])))]
    return [found[f"d{number // 64}"][1][number % 64] for number in numbers]


def test_a_quote_is_found_by_its_words_with_its_speaker_and_place() -> None:
    corpus = build_corpus([full_report()])
    for quote in corpus.reports[0].quotes:
        text = quote.content[0].of(corpus.reports[0].article.text)
        word = max(search_words(text), key=len)
        assert quote.id in [row[4] for row in finds(corpus, word)], word


def test_only_what_the_article_quotes_is_in_marks() -> None:
    corpus = fictional_pair()
    rows = [row for name, values in parts(corpus).items() if name.startswith("d") for row in values[1]]
    assert any("“" in row[1] for row in rows if row[0].startswith("Direct")) and any(row[0].startswith("Reported") for row in rows)
    assert not [row for row in rows if row[0].startswith("Reported") and row[1].startswith("“") and row[1].endswith("”")]


def test_the_newest_article_comes_first() -> None:
    old, new = dated(fictional_report(), "old", "2020-01-01"), dated(fictional_report(), "new", "2026-01-01")
    pages = [row[3] for row in parts(build_corpus([old, new]))["d0"][1]]
    assert pages == sorted(pages, key=["new", "old"].index)


def test_an_actor_of_several_articles_is_one_and_says_how_much_there_is() -> None:
    corpus = fictional_pair()
    names = json.loads(names_index(corpus).decode().removeprefix("onrecordNames(").removesuffix(");\n"))["actors"]
    known = parts(corpus)["a0"][1]
    assert len(known) == len(names)
    assert max(articles for _, _, articles in known) == 2 and any(quotes for _, quotes, _ in known) and any(role for role, _, _ in known)


def test_what_is_withheld_is_not_there() -> None:
    corpus = build_corpus([fictional_report()])
    assert "piles" in str(parts(corpus))
    withheld = withhold_corpus(corpus, "none")
    assert "piles" not in str(parts(withheld)) and "▒" not in str(parts(withheld))


def test_a_word_that_most_have_is_common_and_left_out() -> None:
    one = fictional_report()
    corpus = build_corpus([replace(one, article=replace(one.article, id=f"a{number}")) for number in range(60)])
    found = parts(corpus)
    common = found["index"][0]["common"]
    assert "the" in common and not any("the" in values[1] for name, values in found.items() if name.startswith("w"))


def test_words_are_compared_without_accents_case_and_apostrophes() -> None:
    assert search_words("Çelik’s CAFÉ, don't a 7 x_y") == ["celiks", "cafe", "dont", "7"]


def test_hostile_words_stay_data() -> None:
    corpus = build_corpus([report(person('"]);alert(1)//</script>\u2028'))])
    assert parts(corpus)["a0"][1][0][1:] == [0, 1]


def test_a_search_in_five_thousand_pages_loads_less_than_a_hundred_kilobytes_at_first() -> None:
    """1,000 articles of twelve quotes with fifteen words each, out of 40,000 words that are drawn as unevenly as those of any language."""
    chance = random.Random(7)
    known = ["".join(chance.choices("aeiourstlnbcdfghkmpvwyz", k=chance.randint(3, 10))) for _ in range(40_000)]
    weights = [1 / place for place in range(1, len(known) + 1)]
    reports = []
    for number in range(1000):
        words = chance.choices(known, weights, k=180)
        said = " ".join(f"“{' '.join(words[at : at + 15])},” said Ada Lee." for at in range(0, 180, 15))
        reports.append(toy.report(said, f"a{number}"))
    found = dict(said_index(build_corpus(reports)))
    assert len(gzip.compress(found["assets/said/index.js"], mtime=0)) < 20_000
    sizes = sorted(len(gzip.compress(content, mtime=0)) for content in found.values())
    assert sizes[-1] < 40_000 and len(found) > 100
