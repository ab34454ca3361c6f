"""What a table is: rows drawn from one article after another, and columns that say what they hold, the same in all of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Generic, Literal, TypeAlias, TypeVar, get_args

from onrecord.export.scope import Entry, Scope
from onrecord.model import Modality, Polarity, Review

Item = TypeVar("Item")

CellType = Literal["string", "integer", "number", "boolean", "array", "object"]
"""The types of Table Schema that the tables use."""

Cell: TypeAlias = str | int | float | bool | list[Any] | dict[str, Any] | None


@dataclass(frozen=True, slots=True)
class Column(Generic[Item]):
    """A column of a table."""

    name: str
    type: CellType
    what: str
    """What it holds, in a sentence; units included."""
    of: Callable[[Entry[Item]], Cell]
    required: bool = False
    """Whether every row has a value."""
    values: tuple[str, ...] = ()
    """All values that there are, where they are few."""
    names: str = ""
    """The table whose key it holds."""
    verbatim: bool = False
    """Whether it holds words of the article, which somebody else may have rights in."""


@dataclass(frozen=True, slots=True)
class Table(Generic[Item]):
    """A table of the whole corpus, made row by row and never held."""

    name: str
    what: str
    """What a row is."""
    items: Callable[[Scope], Iterator[Item]]
    """What the rows of one article are about, in order."""
    columns: tuple[Column[Item], ...]
    key: str
    """The column that tells rows apart; empty where there is none."""
    marked: bool = True
    """Whether the CSV begins with a byte order mark, by which spreadsheets know that it is UTF-8."""

    def rows(self, scope: Scope) -> Iterator[list[Cell]]:
        """The cells of each row of one article, in the order of the columns; none where nothing is given, so that CSV and JSON say the
        same."""
        values = [column.of for column in self.columns]
        for item in self.items(scope):
            entry = Entry(scope, item)
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
