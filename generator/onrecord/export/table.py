"""What a table is. It has columns, each with a function that makes a cell, and a function that lists what its rows are about in one
article. Rows are made article by article, so that a table of a whole archive is never in memory."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, Literal, TypeAlias, TypeVar, get_args

from onrecord.labels.terms import count_words
from onrecord.model import AUTHOR, WITHHELD, Actor, Corpus, CorpusActor, Modality, Polarity, Report, Review, Span

Item = TypeVar("Item", covariant=True)

THE_ARTICLE = Actor(AUTHOR, "The article", "narrator", ())
"""The actor for the article's own voice, in reports that have none because nothing in the text mentions it."""


@dataclass(frozen=True, slots=True)
class Scope:
    """One article as the tables need it: its report, and what the corpus adds to it."""

    report: Report
    actors: Mapping[str, Actor]
    """The actors of the report by id, always with the article's own voice."""
    across: Mapping[tuple[str, str], CorpusActor]
    """The actors across articles, by the ids of an article and of an actor in it. Places and the article's voice have none."""
    copies: tuple[str, ...] = ()
    """Ids of other articles of the corpus that have much of its text."""
    repeats: Mapping[str, str] = field(default_factory=dict)
    """By the id of each quote that an earlier copy of this article has, the key of the first such quote in the corpus."""

    def key(self, id: str | None) -> str | None:
        """An id of this article as a key that is unique in the corpus: "quay/q1"; None for None."""
        return None if id is None else f"{self.report.article.id}/{id}"

    def keys(self, ids: Iterable[str]) -> list[str]:
        """The keys of several ids, in their order."""
        return [f"{self.report.article.id}/{id}" for id in ids]

    def name(self, actor: str | None) -> str | None:
        """The actor's name across articles, or else in this one; None for None."""
        if actor is None:
            return None
        merged = self.across.get((self.report.article.id, actor))
        return merged.name if merged else self.actors[actor].name

    def node(self, actor: str) -> str:
        """The actor's id across articles; if it has none, its key in this one."""
        merged = self.across.get((self.report.article.id, actor))
        return merged.id if merged else f"{self.report.article.id}/{actor}"

    def words(self, span: Span) -> str | None:
        """The exact words of a span; None where any of them is withheld."""
        words = span.of(self.report.article.text)
        return None if WITHHELD in words and self.report.article.withheld else words

    def several(self, spans: Iterable[Span]) -> list[str]:
        """The exact words of each span; spans with withheld words are left out."""
        return [words for words in map(self.words, spans) if words is not None]

    def count(self, spans: Iterable[Span]) -> int:
        """How many words the spans have, shown or withheld."""
        return sum(count_words(span.of(self.report.article.text)) for span in spans)


@dataclass(frozen=True, slots=True)
class Row(Generic[Item]):
    """What a row of a table is about, with the article that it is from."""

    scope: Scope
    item: Item


def scopes(corpus: Corpus) -> Iterator[Scope]:
    """The scope of every article of a corpus, in its order."""
    across = {(member.article, member.actor): actor for actor in corpus.actors for member in actor.members}
    here = {report.article.id for report in corpus.reports}  # a corpus that is a cut of an archive may name articles of other cuts
    copies: dict[str, list[str]] = {}
    for copy in corpus.copies:
        copies.setdefault(copy.article, []).extend([copy.other] if copy.other in here else [])
    repeats: dict[str, dict[str, str]] = {}
    for one in corpus.repeats:
        repeats.setdefault(one.article, {}).update({one.quote: f"{one.other}/{one.other_quote}"} if one.other in here else {})
    for report in corpus.reports:
        id = report.article.id
        actors = {actor.id: actor for actor in report.actors}
        actors.setdefault(AUTHOR, THE_ARTICLE)
        yield Scope(report, actors, across, tuple(copies.get(id, ())), repeats.get(id, {}))


Subject = TypeVar("Subject")

CellType = Literal["string", "integer", "number", "boolean", "array", "object"]
"""The types of Table Schema that the tables use."""

Cell: TypeAlias = str | int | float | bool | list[Any] | dict[str, Any] | None
"""The value of a cell; None for an empty one."""
Cells: TypeAlias = Sequence[Cell]
"""Of one row, in the order of the columns."""


@dataclass(frozen=True, slots=True)
class Column(Generic[Subject]):
    """A column of a table."""

    name: str
    type: CellType
    what: str
    """What it holds, in a sentence, with units. It is published in the data package."""
    of: Callable[[Row[Subject]], Cell]
    """Makes the cell of a row."""
    required: bool = False
    """Whether every row has a value."""
    values: tuple[str, ...] = ()
    """All possible values, where they are few."""
    names: str = ""
    """The table whose key it holds; empty for a column that refers to no table."""
    verbatim: bool = False
    """Whether it holds words of the article, in which somebody else may have rights."""


@dataclass(frozen=True, slots=True)
class Table(Generic[Subject]):
    """A table over a whole corpus, made row by row."""

    name: str
    what: str
    """What a row is, in a sentence."""
    items: Callable[[Scope], Iterator[Subject]]
    """What the rows of one article are about, in their order: its quotes, for the table of quotes."""
    columns: tuple[Column[Subject], ...]
    key: str
    """The name of the column whose value is different in each row."""
    marked: bool = True
    """Whether the CSV begins with a byte order mark, by which spreadsheets know that it is UTF-8."""

    def rows(self, scopes: Iterable[Scope]) -> Iterator[Cells]:
        """Each row of these articles; a cell is none where nothing is given, so that CSV and JSON say the same."""
        values = [column.of for column in self.columns]
        for scope in scopes:
            for item in self.items(scope):
                entry = Row(scope, item)
                yield [None if (value := of(entry)) == "" else value for of in values]


# Polarities in words: a spreadsheet would take + and - for the beginning of a formula.
POLARITIES: dict[Polarity, str] = {"+": "positive", "-": "negative"}

ARTICLE: Column[Any] = Column("article", "string", "The article.", lambda row: row.scope.report.article.id, required=True, names="articles")
STATUS: Column[Any] = Column(
    "status",
    "string",
    "What a person has made of it: machine (nothing), confirmed, corrected or added.",
    lambda row: row.item.status,
    required=True,
    values=get_args(Review),
)
POLARITY: Column[Any] = Column(
    "polarity",
    "string",
    "Whether it is negated.",
    lambda row: POLARITIES[row.item.polarity],
    required=True,
    values=tuple(POLARITIES.values()),
)
MODALITY: Column[Any] = Column(
    "modality", "string", "How it is presented.", lambda row: row.item.modality, required=True, values=get_args(Modality)
)
