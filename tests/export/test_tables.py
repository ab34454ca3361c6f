"""The tables: what they hold, that they agree with the report, and that validators of others accept them."""

from __future__ import annotations

import csv
import io
import json
import pkgutil
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from frictionless import Package

import onrecord.export
from onrecord.export.files import GRAPH, TABLES, VERBATIM, csv_lines, datapackage, export_files, json_lines
from onrecord.export.table import Cells, Scope, Table, scopes
from onrecord.model import Article, Claim, Copy, Corpus, CorpusActor, Member, Mention, Quote, Repeat, Report, Span, Speaker
from tests.support.fictional import at, fictional_corpus, fictional_pair, fictional_report
from tests.support.reports import full_report

ALL = (*TABLES, GRAPH)

CORPORA = {
    "one article": fictional_corpus(),
    "two articles": fictional_pair(),
    "nobody across articles": Corpus((full_report(),), ()),
    "nothing": Corpus((), ()),
}


def rows(table: Table[Any], corpus: Corpus) -> list[dict[str, Any]]:
    return [json.loads(line) for line in json_lines(table, table.rows(scopes(corpus)))]


def named(name: str, corpus: Corpus) -> list[dict[str, Any]]:
    return rows(next(table for table in ALL if table.name == name), corpus)


def write(folder: Path, corpus: Corpus) -> Package:
    for table in ALL:
        (folder / f"{table.name}.csv").write_bytes(b"".join(csv_lines(table, table.rows(scopes(corpus)))))
    (folder / "datapackage.json").write_bytes(datapackage())
    return Package(str(folder / "datapackage.json"))


def test_every_table_is_written() -> None:
    modules = (import_module(f"onrecord.export.{one.name}") for one in pkgutil.iter_modules(onrecord.export.__path__))
    there = {value.name for module in modules for value in vars(module).values() if isinstance(value, Table)}
    missed = there - {table.name for table in ALL}
    assert not missed, f"name the table {', '.join(sorted(missed))} in TABLES of export/files.py"


@pytest.mark.parametrize("table", ALL, ids=lambda table: table.name)
def test_a_column_refers_to_a_table_that_is_there(table: Table[Any]) -> None:
    columns = {column.name for column in table.columns}
    assert not table.key or table.key in columns, f"the key of {table.name}, {table.key}, is none of its columns"
    tables = {other.name for other in TABLES}
    strangers = [f"{column.name} names {column.names}" for column in table.columns if column.names and column.names not in tables]
    assert not strangers, f"{table.name}: {strangers}, which is no table; say one of {sorted(tables)}"


@pytest.mark.parametrize("name", CORPORA)
def test_frictionless_accepts_the_package(tmp_path: Path, name: str) -> None:
    report = write(tmp_path, CORPORA[name]).validate()
    assert report.valid, report.flatten(["title", "message"])
    assert len(report.tasks) == len(ALL)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("quay/q1,quay,indirect", "quay/q1,quay,hearsay"),  # no such kind
        ("quay/q1,quay,indirect,known,quay/brandt", "quay/q1,quay,indirect,known,quay/nobody"),  # no such actor
        ("quay/q2,quay,direct", "quay/q1,quay,direct"),  # the key of another
        (",31,79,", ",soon,79,"),  # no integer
    ],
)
def test_frictionless_refuses_what_is_wrong(tmp_path: Path, before: str, after: str) -> None:
    package = write(tmp_path, fictional_corpus())
    file = tmp_path / "quotes.csv"
    content = file.read_bytes().decode()
    assert before in content
    file.write_bytes(content.replace(before, after, 1).encode())
    assert not package.validate().valid


@pytest.mark.parametrize("table", ALL, ids=lambda table: table.name)
def test_csv_and_json_say_the_same(table: Table[Any]) -> None:
    corpus = fictional_pair()
    lines = b"".join(csv_lines(table, table.rows(scopes(corpus)))).decode("utf-8-sig")
    read = list(csv.DictReader(io.StringIO(lines, newline="")))
    stated = rows(table, corpus)
    assert [list(row) for row in read] == [list(row) for row in stated] == [[column.name for column in table.columns]] * len(read)
    for column in table.columns:
        for mine, theirs in zip(read, stated, strict=True):
            cell, value = mine[column.name], theirs[column.name]
            back = (None if cell == "" else cell) if column.type == "string" else json.loads(cell or "null")
            assert back == value


@pytest.mark.parametrize("table", ALL, ids=lambda table: table.name)
def test_every_column_has_a_value_somewhere_and_a_description(table: Table[Any]) -> None:
    linked = CorpusActor("ledger", "The Ledger", "media", (Member("quay", "ledger"),), ("https://ledger.example",))
    pair = fictional_pair()
    copied = replace(pair, copies=(Copy("second", "quay", 100, True),), repeats=(Repeat("second", "q1", "quay", "q1"),))
    both = [row for corpus in (copied, Corpus((full_report(),), (linked,))) for row in rows(table, corpus)]
    empty = {column.name for column in table.columns if all(row[column.name] in (None, [], {}) for row in both)}
    assert not empty, f"{table.name}: nothing has a value in {sorted(empty)}; give full_report in tests/support/reports.py one"
    unsaid = [column.name for column in table.columns if not column.what.endswith(".")]
    assert not unsaid, f"{table.name}: say in a sentence what {unsaid} hold"
    names = [column.name for column in table.columns]
    assert len(set(names)) == len(names), f"{table.name}: two columns have one name: {names}"


def test_the_package_describes_every_column() -> None:
    package = json.loads(datapackage())
    described = {resource["name"]: resource["schema"]["fields"] for resource in package["resources"]}
    assert {table.name: [column.name for column in table.columns] for table in ALL} == {
        name: [field["name"] for field in fields] for name, fields in described.items()
    }
    assert all(field["description"] for fields in described.values() for field in fields)
    assert datapackage() == datapackage()


def with_marked_text(report: Report) -> Report:
    """The report on a text of the same length without a letter of the old one."""
    return replace(report, article=replace(report.article, text="Ψ" * len(report.article.text)))


@pytest.mark.parametrize("table", ALL, ids=lambda table: table.name)
def test_words_of_the_article_stand_in_columns_that_say_so(table: Table[Any]) -> None:
    corpus = Corpus((with_marked_text(full_report()),), ())
    holding = {name for row in rows(table, corpus) for name, value in row.items() if "Ψ" in json.dumps(value, ensure_ascii=False)}
    unmarked = holding - {column.name for column in table.columns if column.verbatim}
    assert not unmarked, f"{table.name}: words of the article stand in {sorted(unmarked)}; say verbatim=True there"


def test_columns_with_words_of_the_article_are_known_to_the_package() -> None:
    package = json.loads(datapackage())
    marked = {(r["name"], f["name"]) for r in package["resources"] for f in r["schema"]["fields"] if f.get(VERBATIM)}
    assert marked == {(table.name, column.name) for table in ALL for column in table.columns if column.verbatim}
    assert {("quotes", "text"), ("quotes", "quoted"), ("claims", "text"), ("mentions", "text")} <= marked


def test_a_quote_holds_its_words_its_kind_and_how_sure_it_is() -> None:
    quotes = {row["quote"]: row for row in named("quotes", fictional_corpus())}
    direct, undecided, unknown = quotes["quay/q2"], quotes["quay/q4"], quotes["quay/q5"]
    text = fictional_corpus().reports[0].article.text
    assert [text[start:end] for start, end in direct["spans"]] == ["“The piles are rotten,”", "“We have no choice.”"]
    assert direct["quoted"] == ["The piles are rotten,", "We have no choice."]
    assert (direct["speaker"], direct["speaker_name"], direct["speaker_text"]) == ("quay/brandt", "Ilse Brandt", "she")
    assert (undecided["speaker"], undecided["speaker_known"]) == (None, "undecided")
    assert undecided["speaker_candidates"] == ["quay/askov", "quay/council"]
    assert (undecided["confidence"], undecided["score"]) == ("low", 0.316)
    assert (unknown["speaker_known"], unknown["speaker_text"]) == ("unknown", "a source")
    assert all(row["quoted"] == [] for row in quotes.values() if row["kind"] == "indirect")


def test_a_quote_says_in_which_part_of_the_article_it_begins() -> None:
    report = fictional_report()
    headline = at(report.article.text, "quay to close for winter")
    titled = replace(report.quotes[0], id="q9", content=(headline,))
    corpus = replace(fictional_corpus(), reports=(replace(report, quotes=(*report.quotes, titled)),))
    parts = {row["quote"]: row["part"] for row in named("quotes", corpus)}
    # SOURCE begins with an image, and so is a caption; UNION stands in a block quote.
    assert (parts["quay/q2"], parts["quay/q3"], parts["quay/q5"], parts["quay/q9"]) == (None, "block quote", "caption", "headline")


def test_offsets_count_code_points() -> None:
    text = "😀 “Yes,” she said."
    quote = Quote("q", "direct", (Span(2, 8),), Speaker(), "r", "high", quoted_parts=(Span(3, 7),))
    report = replace(full_report(), article=Article("e", text, ()), actors=(), undecided=(), quotes=(quote,), claims=(), relations=())
    (row,) = named("quotes", Corpus((report,), ()))
    assert (row["text"], row["quoted"], row["start"], row["end"]) == ("“Yes,”", ["Yes,"], 2, 8)


def test_the_article_is_an_actor_even_where_nothing_mentions_it() -> None:
    actors = {row["actor"]: row for row in named("actors", fictional_corpus())}
    assert actors["quay/author"]["type"] == "narrator"
    assert {row["asserter"] for row in named("claims", fictional_corpus())} <= {None, *actors}


def test_one_actor_in_two_articles_is_one_across_them() -> None:
    across = {row["actor"]: row["corpus_actor"] for row in named("actors", fictional_pair())}
    assert across["quay/brandt"] == across["second/brandt"] == "brandt"


def test_edges_join_actors_across_articles_and_say_what_is_denied() -> None:
    edges = named("edges", fictional_pair())
    assert {edge["Source"] for edge in edges} <= {actor.id for actor in fictional_pair().actors}
    relations = [relation for report in fictional_pair().reports for relation in report.relations]
    assert [edge["Type"] for edge in edges] == ["Undirected" if relation.symmetric else "Directed" for relation in relations]
    assert [edge["Polarity"] for edge in edges] == [{"+": "positive", "-": "negative"}[relation.polarity] for relation in relations]


def test_gephi_finds_its_columns_by_their_names() -> None:
    assert next(iter(csv_lines(GRAPH, ()))).startswith(b"Source,Target,Type,Weight,Label,")


def test_the_same_corpus_gives_the_same_bytes() -> None:
    def content(corpus: Corpus) -> list[bytes]:
        return [b"".join(written(table, table.rows(scopes(corpus)))) for table in ALL for written in (csv_lines, json_lines)]

    assert content(fictional_pair()) == content(fictional_pair())


def keys(table: str, items: Sequence[dict[str, Any]]) -> set[str]:
    return {row[table] for row in items}


def test_a_relation_names_all_who_assert_it() -> None:
    report = full_report()
    claims: tuple[Claim, ...] = (*report.claims, replace(report.claims[0], id="c3"))
    relation = replace(report.relations[0], claims=("c1", "c2", "c3"))
    (row,) = named("relations", Corpus((replace(report, claims=claims, relations=(relation,)),), ()))
    assert row["asserters"] == ["quay/brandt", "quay/ledger", None]
    assert row["claims"] == ["quay/c1", "quay/c2", "quay/c3"]


def test_two_actors_may_be_meant_by_the_same_words() -> None:
    report = full_report()
    actors = tuple(replace(actor, mentions=(Mention(0, 5, "modifier"),)) for actor in report.actors)
    mentions = named("mentions", Corpus((replace(report, actors=actors),), ()))
    assert len(keys("mention", mentions)) == len(mentions) == 3


def test_what_people_decided_stands_beside_what_the_program_said() -> None:
    corpus = Corpus((full_report(),), ())
    outcomes = named("corrections", corpus)
    assert [row["status"] for row in outcomes] == [one.status for one in full_report().corrections]
    assert any(row["machine"] and row["now"] and row["machine"] != row["now"] for row in outcomes)
    checked = [row for row in named("claims", corpus) if row["verdict"]]
    assert [(row["verdict"], row["verdict_by"], row["verdict_sources"]) for row in checked] == [
        ("half true", "B. Checker", ["https://b.example/log"])
    ]
    assert {row["status"] for row in named("quotes", corpus)} <= {"machine", "confirmed", "corrected", "added"}


def test_a_table_is_worked_out_once_for_its_two_files(monkeypatch: pytest.MonkeyPatch) -> None:
    worked_out: list[str] = []
    made = Table.rows

    def spy(table: Table[Any], scopes: Iterable[Scope]) -> Iterator[Cells]:
        worked_out.append(table.name)
        return made(table, scopes)

    monkeypatch.setattr(Table, "rows", spy)
    for file in export_files(fictional_pair()):
        b"".join(file.chunks())
    assert sorted(worked_out) == sorted(table.name for table in ALL)
