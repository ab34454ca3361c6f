"""What a table is, and one article as tables see it: rows drawn from one article after another, columns that say what they hold."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, Literal, TypeAlias, TypeVar, get_args

from onrecord.labels.terms import count_words
from onrecord.model import AUTHOR, WITHHELD, Actor, Corpus, CorpusActor, Modality, Polarity, Report, Review, Span

Item = TypeVar("Item", covariant=True)

THE_ARTICLE = Actor(AUTHOR, "The article", "narrator", ())
"""The article's own voice, where nothing in the text mentions it."""


@dataclass(frozen=True, slots=True)
class Scope:
    """A report and who its actors are across articles."""

    report: Report
    actors: Mapping[str, Actor]
    """By id, the article's own voice always among them."""
    across: Mapping[tuple[str, str], CorpusActor]
    """By article and actor; places and the article's voice are not there."""
    copies: tuple[str, ...] = ()
    """Other articles of the corpus that have much of its text."""
    repeats: Mapping[str, str] = field(default_factory=dict)
    """Of its quotes that a copy of it has before, the id of the first in the corpus, by their own ids."""

    def key(self, id: str | None) -> str | None:
        """The id made unique in the corpus: "quay/q1"; none for none."""
        return None if id is None else f"{self.report.article.id}/{id}"

    def keys(self, ids: Iterable[str]) -> list[str]:
        """The same for several ids, in their order."""
        return [f"{self.report.article.id}/{id}" for id in ids]

    def name(self, actor: str | None) -> str | None:
        """The actor's fullest name in any article; none for none."""
        if actor is None:
            return None
        merged = self.across.get((self.report.article.id, actor))
        return merged.name if merged else self.actors[actor].name

    def node(self, actor: str) -> str:
        """The actor's id across articles; where it has none, its id in this one."""
        merged = self.across.get((self.report.article.id, actor))
        return merged.id if merged else f"{self.report.article.id}/{actor}"

    def words(self, span: Span) -> str | None:
        """The exact words of a span; none where any of them is withheld."""
        words = span.of(self.report.article.text)
        return None if WITHHELD in words and self.report.article.withheld else words

    def several(self, spans: Iterable[Span]) -> list[str]:
        """The exact words of those spans of which nothing is withheld."""
        return [words for words in map(self.words, spans) if words is not None]

    def count(self, spans: Iterable[Span]) -> int:
        """How many words the spans have, shown or withheld."""
        return sum(count_words(span.of(self.report.article.text)) for span in spans)


@dataclass(frozen=True, slots=True)
class Row(Generic[Item]):
    """What a row of a table is about, and the article that it is from."""

    scope: Scope
    item: Item


def scopes(corpus: Corpus) -> Iterator[Scope]:
    """Every article of the corpus, in its order."""
    across = {(member.article, member.actor): actor for actor in corpus.actors for member in actor.members}
    here = {report.article.id for report in corpus.reports}
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
Cells: TypeAlias = Sequence[Cell]
"""Of one row, in the order of the columns."""


@dataclass(frozen=True, slots=True)
class Column(Generic[Subject]):
    """A column of a table."""

    name: str
    type: CellType
    what: str
    """What it holds, in a sentence; units included."""
    of: Callable[[Row[Subject]], Cell]
    required: bool = False
    """Whether every row has a value."""
    values: tuple[str, ...] = ()
    """All values that there are, where they are few."""
    names: str = ""
    """The table whose key it holds."""
    verbatim: bool = False
    """Whether it holds words of the article, which somebody else may have rights in."""


@dataclass(frozen=True, slots=True)
class Table(Generic[Subject]):
    """A table of the whole corpus, made row by row."""

    name: str
    what: str
    """What a row is."""
    items: Callable[[Scope], Iterator[Subject]]
    """What the rows of one article are about, in order."""
    columns: tuple[Column[Subject], ...]
    key: str
    """The column that tells rows apart; empty where there is none."""
    marked: bool = True
    """Whether the CSV begins with a byte order mark, by which spreadsheets know that it is UTF-8."""

    def rows(self, scopes: Iterable[Scope]) -> Iterator[Cells]:
        """Each row of these articles; a cell is none where nothing is given, so that CSV and JSON say the same."""
        values = [column.of for column in self.columns]
        for scope in scopes:
            for item in self.items(scope):
                entry = Row(scope, item)
                yield [None if (value := of(entry)) == "" else value for of in values]


# A report writes + and -, which a spreadsheet takes for the beginning of a formula.
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
