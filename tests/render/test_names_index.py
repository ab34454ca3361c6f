from __future__ import annotations

import gzip
import json
import re
from dataclasses import replace
from typing import Any

from onrecord.corpus import build_corpus
from onrecord.gather import render_site
from onrecord.model import Alias, Corpus, Meta
from onrecord.render.names_index import names_index
from onrecord.withholding import withhold_corpus
from tests.fictional import fictional_pair, fictional_report
from tests.reports import article, person, report

FIRST = re.findall("[A-Z][a-z]+", "AdaBeaCoraDoraEllaFayGwenHanaInesJanaKaiaLenaMinaNoraOlgaPiaRitaSanaTessUma")
MIDDLE = [
    beginning + end
    for beginning in ("bar", "lin", "mor", "sten", "vik", "hal", "gro", "tam", "ber", "dal")
    for end in ("ko", "se", "ta", "vic", "ri")
]
LAST = ("son", "sen", "berg", "stein")


def data(corpus: Corpus) -> dict[str, list[Any]]:
    script = names_index(corpus).decode()
    assert script.startswith("onrecordNames(") and script.endswith(");\n")
    found: dict[str, list[Any]] = json.loads(script.removeprefix("onrecordNames(").removesuffix(");\n"))
    return found


def test_every_actor_with_a_page_and_every_headline_is_there() -> None:
    corpus = build_corpus(fictional_pair().reports)
    pages, _ = render_site(corpus.reports, style="file")
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


def test_five_thousand_pages_are_a_hundred_kilobytes() -> None:
    """4,000 actors, half of them with another name, and 1,000 headlines of ten words."""
    surnames = [middle + last for middle in MIDDLE for last in LAST]
    names = [f"{first} {surname.capitalize()}" for first in FIRST for surname in surnames]
    assert len(set(names)) == 4000
    reports = []
    for number in range(1000):
        some = names[4 * number : 4 * number + 4]
        cast = [replace(person(name, f"a{at}"), aliases=(Alias(surnames[(7 * number + at) % 200], 1),)) for at, name in enumerate(some)]
        title = " ".join(surnames[(number * step + step) % 200] for step in range(3, 13))
        text = replace(article(f"article-{number}"), meta=Meta(title, date=f"2026-03-{1 + number % 28:02}"))
        reports.append(replace(report(*cast), article=text))
    script = names_index(build_corpus(reports))
    assert len(data(build_corpus(reports))["actors"]) == 4000
    assert len(gzip.compress(script, mtime=0)) < 100_000
