from __future__ import annotations

import gzip
import json
import random
from dataclasses import replace
from typing import Any

from onrecord.assembly.site import render_site
from onrecord.corpus import build_corpus
from onrecord.corpus.withholding import withhold_corpus
from onrecord.model import Alias, Corpus, Meta
from onrecord.render.views.assets import names_index
from tests.support.fictional import fictional_pair, fictional_report
from tests.support.reports import article, person, report


def data(corpus: Corpus) -> dict[str, list[Any]]:
    script = names_index(corpus).decode()
    assert script.startswith("onrecordNames(") and script.endswith(");\n")
    found: dict[str, list[Any]] = json.loads(script.removeprefix("onrecordNames(").removesuffix(");\n"))
    return found


def test_every_actor_with_a_page_and_every_headline_is_there() -> None:
    corpus = build_corpus(fictional_pair().reports)
    pages = tuple(render_site(corpus, style="file")[0])
    found = data(corpus)
    names = [row if isinstance(row, str) else row[0] for row in found["actors"]]
    assert sorted(names) == sorted(page.title for page in pages if page.about)
    assert sorted(row[1] for row in found["articles"]) == sorted(page.path.removeprefix("articles/") for page in pages if page.meta)


def test_a_page_is_named_unless_the_name_says_it() -> None:
    found = data(build_corpus([report(person("Per O'Hara", "a"), person("Zoë Lund", "b"))]))
    assert found["actors"] == ["Per O'Hara", ["Zoë Lund", "zoe-lund"]]


def test_other_names_are_there_and_parts_of_a_name_are_not() -> None:
    called = replace(
        person("Islamic State"), aliases=(Alias("ISIS", 3), Alias("the ISIS", 2), Alias("the State", 1), Alias("Islamic  State", 1))
    )
    assert data(build_corpus([report(called)]))["actors"] == [["Islamic State", "", "ISIS"]]


def test_what_is_withheld_is_not_there() -> None:
    whole = fictional_report()
    described = replace(whole, actors=(replace(whole.actors[0], aliases=(Alias("the rotten piles", 1),)), *whole.actors[1:]))
    corpus = build_corpus([described])
    assert "the rotten piles" in names_index(corpus).decode()
    assert "piles" not in names_index(withhold_corpus(corpus, "none")).decode()


def test_hostile_names_stay_data() -> None:
    name = '"]});alert(1)//</script>\u2028'
    assert data(build_corpus([report(person(name))]))["actors"][0][0] == name


def test_five_thousand_pages_are_less_than_a_hundred_kilobytes() -> None:
    """4,000 actors with names of random letters, which compress worse than any language's, half of them with a nickname, and 1,000
    headlines of ten words out of 5,000."""
    chance = random.Random(7)

    def word() -> str:
        return "".join(chance.choices("aeiourstlnbcdfghkmpvwyz", k=chance.randint(4, 9)))

    known, reports = [word() for _ in range(5000)], []
    for number in range(1000):
        cast = [replace(person(f"{word()} {word()}".title(), f"a{at}"), aliases=(Alias(word().title(), 1),) * (at % 2)) for at in range(4)]
        title = " ".join(chance.choices(known, k=10))
        text = replace(article(f"article-{number}"), meta=Meta(title, date=f"2026-03-{1 + number % 28:02}"))
        reports.append(replace(report(*cast), article=text))
    corpus = build_corpus(reports)
    assert len(data(corpus)["actors"]) == 4000
    assert len(gzip.compress(names_index(corpus), mtime=0)) < 100_000
