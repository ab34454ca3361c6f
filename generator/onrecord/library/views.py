"""Views of a report, in which one thing leads to another: a quote to its speaker, a speaker to the places where the text names them.

A view holds a plain value of :mod:`onrecord.model` and the view of its report, and keeps nothing else; ``value`` is the plain one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from importlib.util import find_spec
from typing import Any, Generic, Literal, TypeVar, get_args

from onrecord.errors import OptionsError
from onrecord.export.table import THE_ARTICLE, Cell, CellType, Table, scopes
from onrecord.labels.passages import who_said
from onrecord.labels.quote_words import joined_words, quote_segments
from onrecord.labels.summary import heard_in
from onrecord.labels.terms import headline, plural
from onrecord.model import (
    Actor,
    ActorType,
    Claim,
    ClaimKind,
    Confidence,
    Mention,
    MentionKind,
    Modality,
    Notice,
    Polarity,
    Quote,
    QuoteKind,
    Relation,
    RelationClass,
    Report,
    Span,
)

FrameLibrary = Literal["pandas", "polars", "pyarrow"]
"""The libraries that make data frames; of those that are installed the first is taken."""

Value = TypeVar("Value", Quote, Actor, Claim, Relation)
Worded = TypeVar("Worded", Quote, Claim)
Stated = TypeVar("Stated", Claim, Relation)


@dataclass(frozen=True)
class ReportView:
    """All that was found in one article. In a notebook it is shown as the annotated article."""

    value: Report = field(repr=False)
    """The report itself, plain and frozen."""

    @property
    def id(self) -> str:
        """The article's id: its file's stem."""
        return self.value.article.id

    @property
    def title(self) -> str:
        """The headline; where the article gives none, its file's name, or its id."""
        return headline(self.value.article)

    @property
    def text(self) -> str:
        """The article's text, in which all offsets count."""
        return self.value.article.text

    @property
    def notices(self) -> tuple[Notice, ...]:
        """What a reader should know about how the article was read."""
        return self.value.notices

    @cached_property
    def quotes(self) -> tuple[QuoteView, ...]:
        """Direct, partly quoted and reported speech, in text order."""
        return tuple(QuoteView(one, self) for one in self.value.quotes)

    @cached_property
    def actors(self) -> tuple[ActorView, ...]:
        """The parties, in order of first appearance."""
        return tuple(self._actors[one.id] for one in self.value.actors)

    @property
    def speakers(self) -> tuple[ActorView, ...]:
        """The actors who are heard: not those whose words are only denied or supposed, nor the candidates of an undecided quote."""
        heard = heard_in(self.value)
        return tuple(actor for actor in self.actors if actor.id in heard)

    @cached_property
    def claims(self) -> tuple[ClaimView, ...]:
        """What is presented as true, judged, promised or demanded, in text order."""
        return tuple(self._claims.values())

    @cached_property
    def relations(self) -> tuple[RelationView, ...]:
        """Who did what to whom, where a sentence says so."""
        return tuple(RelationView(one, self) for one in self.value.relations)

    def to_frame(self, table: str = "quotes", library: FrameLibrary | None = None) -> Any:
        """A table of ``onrecord export`` as a data frame: ``quotes``, ``actors``, ``mentions``, ``claims``, ``relations`` and so on.

        ``library`` is ``pandas``, ``polars`` or ``pyarrow``; without it, the first of these that is installed. Raises
        :class:`onrecord.errors.OptionsError` for a table that there is not, and where no such library is installed.
        """
        return _frame_of([self.value], table, library)

    def to_json(self) -> str:
        """The report as JSON, as a line of ``onrecord extract`` has it. The same report gives the same text."""
        from onrecord.reports.json import encode_report

        return encode_report(self.value).decode()

    def _repr_html_(self) -> str:
        from onrecord.render.notebook import notebook_html

        return notebook_html(self.value)

    def __repr__(self) -> str:
        counts = (plural(len(self.value.quotes), "quote"), plural(len(self.speakers), "speaker"), plural(len(self.value.claims), "claim"))
        return f"<report on {self.id}: {', '.join(counts)}>"

    @cached_property
    def _actors(self) -> dict[str, ActorView]:
        # Always with the article's own voice: nobody in the text need mention it, and its claims are not of an unknown speaker.
        return {one.id: ActorView(one, self) for one in (THE_ARTICLE, *self.value.actors)}

    @cached_property
    def _claims(self) -> dict[str, ClaimView]:
        return {one.id: ClaimView(one, self) for one in self.value.claims}

    @cached_property
    def _quotes(self) -> dict[str, QuoteView]:
        return {one.id: one for one in self.quotes}

    @cached_property
    def _quotes_of(self) -> dict[str, tuple[QuoteView, ...]]:
        """By the id of an actor the quotes that it says, alone or with others."""
        found: defaultdict[str, list[QuoteView]] = defaultdict(list)
        for quote in self.quotes:
            speaker = quote.value.speaker
            for id in (speaker.actor, *speaker.others) if speaker.actor is not None else ():
                found[id].append(quote)
        return {id: tuple(quotes) for id, quotes in found.items()}

    @cached_property
    def _claims_of(self) -> dict[str, tuple[ClaimView, ...]]:
        """By the id of an actor the claims that it stands behind, alone or with others."""
        found: defaultdict[str, list[ClaimView]] = defaultdict(list)
        for claim in self.claims:
            for id in (claim.value.asserter, *claim.value.others) if claim.value.asserter is not None else ():
                found[id].append(claim)
        return {id: tuple(claims) for id, claims in found.items()}

    @cached_property
    def _claims_in(self) -> dict[str, tuple[ClaimView, ...]]:
        """By the id of a quote the claims in it."""
        found: defaultdict[str, list[ClaimView]] = defaultdict(list)
        for claim in self.claims:
            if claim.value.quote is not None:
                found[claim.value.quote].append(claim)
        return {id: tuple(claims) for id, claims in found.items()}

    @cached_property
    def _plain_actors(self) -> dict[str, Actor]:
        return {actor.id: actor for actor in self.value.actors}

    def _several(self, ids: Iterable[str]) -> tuple[ActorView, ...]:
        return tuple(self._actors[id] for id in ids if id in self._actors)

    def _one(self, id: str | None) -> ActorView | None:
        return self._actors.get(id) if id is not None else None


@dataclass(frozen=True, repr=False)
class _Finding(Generic[Value]):
    """What was found in an article, and leads on from there."""

    value: Value
    """The same, plain and frozen."""
    report: ReportView
    """The report that it is in."""

    @property
    def id(self) -> str:
        """Its id in the report. It is made of words or a name, so that it stays while these stay."""
        return self.value.id


class _WordedFinding(_Finding[Worded]):
    """What stands somewhere in the text, in one piece or in several."""

    @property
    def spans(self) -> tuple[Span, ...]:
        """Where its words stand, as half-open ranges of code points of the text."""
        return self.value.content if isinstance(self.value, Quote) else self.value.spans

    @property
    def text(self) -> str:
        """Its words in the article, marks and all, with " … " between parts that other words split. Those of a quote are a quotation only
        where :attr:`QuoteView.quoted` has them."""
        return " … ".join(span.of(self.report.text) for span in self.spans)

    def __str__(self) -> str:
        return self.text


class _StatedFinding(_Finding[Stated]):
    """What the text says to be so, not to be so, or perhaps to be so."""

    @property
    def polarity(self) -> Polarity:
        """``+``: said to be so; ``-``: said not to be so."""
        return self.value.polarity

    @property
    def modality(self) -> Modality:
        """How it is put: ``asserted``, ``probable``, ``future`` and so on."""
        return self.value.modality


class QuoteView(_WordedFinding[Quote]):
    """Words or a thought that the text ascribes to a source."""

    @property
    def kind(self) -> QuoteKind:
        """``direct``: all of it stands inside quotation marks; ``mixed``: part of it; ``indirect``: none, it is reported speech."""
        return self.value.kind

    @property
    def quoted(self) -> tuple[str, ...]:
        """The words inside quotation marks, without the marks: the only ones that may be shown as a quotation."""
        return tuple(span.of(self.report.text) for span in self.value.quoted_parts)

    @property
    def speaker(self) -> ActorView | None:
        """Who says it; None where that is unknown, or undecided between :attr:`candidates`. Do not choose one for it."""
        return self.report._one(self.value.speaker.actor)

    @property
    def others(self) -> tuple[ActorView, ...]:
        """Who says it together with the speaker: "Lee and Reed said"."""
        return self.report._several(self.value.speaker.others)

    @property
    def candidates(self) -> tuple[ActorView, ...]:
        """The actors between whom the program could not decide; empty where it could, and where it knows nobody."""
        return self.report._several(self.value.speaker.candidates)

    @property
    def source(self) -> str:
        """The source as it stands beside the cue: "Pentagon spokesman Eric Pahon", "he"; empty where nothing there names it."""
        mention = self.value.speaker.mention
        return mention.of(self.report.text) if mention else ""

    @property
    def cue(self) -> str:
        """The words that signal it: "told", "according to"; empty for a quote that goes on without any."""
        return self.value.cue.of(self.report.text) if self.value.cue else ""

    @property
    def confidence(self) -> Confidence:
        """How often what is found like this is right: ``high``, ``medium``, ``low``."""
        return self.value.confidence

    @property
    def score(self) -> float | None:
        """How likely words and speaker are right, from 0 to 1; None where no model judged it."""
        return self.value.score

    @property
    def negated(self) -> bool:
        """Whether the text denies it: "did not say", "denied that"."""
        return self.value.negated

    @property
    def conditional(self) -> bool:
        """Whether the text only supposes it: "if she thinks"."""
        return self.value.conditional

    @property
    def stance(self) -> bool:
        """Whether the speaker is only for or against it, and no words are told: "welcomed the plan"."""
        return self.value.stance

    @property
    def counts_as_said(self) -> bool:
        """Whether somebody is heard in it: not where it is denied, only supposed, a mere stance, or a share prompt."""
        return self.value.counts_as_said

    @property
    def addressee(self) -> ActorView | None:
        """To whom it was said; None where the text does not say, or names nobody that the program knows."""
        return self.report._one(self.value.addressee.actor) if self.value.addressee else None

    @property
    def outlet(self) -> ActorView | None:
        """The outlet through which the article has it; None where the text names none."""
        return self.report._one(self.value.outlet.actor) if self.value.outlet else None

    @property
    def claims(self) -> tuple[ClaimView, ...]:
        """What it says is so, judges, promises or demands."""
        return self.report._claims_in.get(self.id, ())

    def __str__(self) -> str:
        """Speaker, standing and words. Quotation marks stand around very words and no others."""
        said = joined_words(quote_segments(self.report.text, self.value), self.kind)
        standings = (
            (self.negated, "denied"),
            (self.conditional, "only supposed"),
            (self.stance, "stance"),
            (self.kind == "indirect" and not self.stance, "reported"),
        )
        how = ", ".join(word for is_so, word in standings if is_so)
        who = who_said(self.report.value.article, self.value, self.report._plain_actors)
        return f"{who} ({how}): {said}" if how else f"{who}: {said}"

    def __repr__(self) -> str:
        return f"<{self.kind} quote {self.id}, {self}>"


class ActorView(_Finding[Actor]):
    """A party: whoever the text treats as acting, speaking or being acted upon."""

    @property
    def name(self) -> str:
        """The fullest name that the text gives."""
        return self.value.name

    @property
    def type(self) -> ActorType:
        """What kind of party it is: ``person``, ``organization``, ``state`` and so on."""
        return self.value.type

    @property
    def aliases(self) -> tuple[str, ...]:
        """How the text names it, the most frequent first."""
        return tuple(one.name for one in self.value.aliases)

    @property
    def roles(self) -> tuple[str, ...]:
        """Titles, ranks and offices as the text states them, in text order, each once."""
        return tuple(dict.fromkeys(one.text for one in self.value.roles))

    @property
    def mentions(self) -> tuple[MentionView, ...]:
        """Every place where the text refers to it, in text order."""
        return tuple(MentionView(one, self) for one in self.value.mentions)

    @property
    def quotes(self) -> tuple[QuoteView, ...]:
        """The quotes that the text ascribes to it, alone or with others, in text order; also those that it denies, which are ``negated``.
        Not those that it only may have said."""
        return self.report._quotes_of.get(self.id, ())

    @property
    def claims(self) -> tuple[ClaimView, ...]:
        """The claims that it stands behind, alone or with others, in text order."""
        return self.report._claims_of.get(self.id, ())

    def __str__(self) -> str:
        return self.name

    def __repr__(self) -> str:
        return f"<{self.type} {self.id}: {self.name}>"


@dataclass(frozen=True, repr=False)
class MentionView:
    """A place where the text refers to an actor."""

    value: Mention
    """The mention itself, plain and frozen."""
    actor: ActorView
    """Who is meant."""

    @property
    def text(self) -> str:
        """The words."""
        return self.value.of(self.actor.report.text)

    @property
    def start(self) -> int:
        """The offset of its first character in the text, from 0."""
        return self.value.start

    @property
    def end(self) -> int:
        """The offset behind its last character."""
        return self.value.end

    @property
    def kind(self) -> MentionKind:
        """``named``, ``nominal``, ``modifier`` or ``pronoun``."""
        return self.value.kind

    @property
    def why(self) -> str:
        """How the program joined it to its actor, for a reader; may be empty."""
        return self.value.why

    def __str__(self) -> str:
        return self.text

    def __repr__(self) -> str:
        return f"<{self.kind} mention at {self.start}: {self.text}>"


class ClaimView(_WordedFinding[Claim], _StatedFinding[Claim]):
    """A clause that is presented as true, evaluated or committed to. The program says of none whether it is true."""

    @property
    def kind(self) -> ClaimKind:
        """``event``, ``evaluation``, ``commitment``, ``directive`` or ``wish``."""
        return self.value.kind

    @property
    def asserter(self) -> ActorView | None:
        """Who stands behind it; None where the speaker is not known. The article's own voice is an actor, too, of the type
        ``narrator``."""
        return self.report._one(self.value.asserter)

    @property
    def quote(self) -> QuoteView | None:
        """The quote that it is part of; None where nobody is quoted with it."""
        return self.report._quotes.get(self.value.quote) if self.value.quote is not None else None

    @property
    def about(self) -> tuple[ActorView, ...]:
        """The actors in it, in text order."""
        return self.report._several(self.value.about)

    def __repr__(self) -> str:
        return f"<{self.kind} {self.id}, {self.polarity} {self.modality}: {self.text}>"


class RelationView(_StatedFinding[Relation]):
    """One actor does something to another, because a sentence says so."""

    @property
    def source(self) -> ActorView:
        """Who acts."""
        return self.report._actors[self.value.source]

    @property
    def target(self) -> ActorView:
        """Whom the act befalls."""
        return self.report._actors[self.value.target]

    @property
    def predicate(self) -> str:
        """The act in words: "threaten"."""
        return self.value.predicate

    @property
    def kind(self) -> RelationClass:
        """A class of the PLOVER event ontology, or ``affiliated``."""
        return self.value.class_

    @property
    def claims(self) -> tuple[ClaimView, ...]:
        """The claims that it rests on, at least one: so each says who asserts it."""
        return tuple(self.report._claims[id] for id in self.value.claims)

    def __str__(self) -> str:
        standing = "" if (self.polarity, self.modality) == ("+", "asserted") else f" ({self.polarity} {self.modality})"
        return f"{self.source.name} – {self.predicate}{standing} – {self.target.name}"

    def __repr__(self) -> str:
        return f"<{self.kind} {self.id}: {self}>"


# --- data frames ----------------------------------------------------------------------------------------------------


def _frame_of(reports: Sequence[Report], table: str, library: FrameLibrary | None = None) -> Any:
    """A table over these reports as a data frame, with the columns of ``onrecord export`` and their types. A cell with nothing in it is
    missing (None, NA or null), whatever its type; lists and objects stay what they are.

    Raises :class:`OptionsError` for a table that there is not, and where the library is not installed.
    """
    # Here and not above: whoever only reads articles needs neither tables nor templates.
    from onrecord.assembly.site import gather_corpus
    from onrecord.export.files import TABLES

    found = {one.name: one for one in TABLES}
    if table not in found:
        raise OptionsError(f"to_frame({table!r}): no such table; name one of {', '.join(found)}")
    chosen = found[table]
    rows = list(chosen.rows(scopes(gather_corpus(reports))))
    columns = {column.name: [row[number] for row in rows] for number, column in enumerate(chosen.columns)}
    return _MAKERS[_library(library)](columns, chosen)


def _library(wanted: FrameLibrary | None) -> FrameLibrary:
    names: tuple[FrameLibrary, ...] = get_args(FrameLibrary)
    if wanted is not None and wanted not in names:
        raise OptionsError(f"to_frame: makes no frames of {wanted!r}; name one of {', '.join(names)}")
    there = [name for name in ((wanted,) if wanted else names) if find_spec(name) is not None]
    if not there:
        asked = wanted or " or ".join(names)
        raise OptionsError(f"to_frame: needs {asked}, which is not installed; pip install {wanted or names[0]}")
    return there[0]


_Columns = Mapping[str, list[Cell]]

_PANDAS: dict[CellType, str] = {"string": "string", "integer": "Int64", "number": "Float64", "boolean": "boolean"}
"""The types of pandas that can be missing. Others would make whole numbers fractions where one of them is."""


def _pandas(columns: _Columns, table: Table[Any]) -> Any:
    import pandas

    types = {column.name: _PANDAS.get(column.type, "object") for column in table.columns}
    return pandas.DataFrame({name: pandas.Series(cells, dtype=types[name]) for name, cells in columns.items()})


def _polars(columns: _Columns, table: Table[Any]) -> Any:
    import polars

    named = {"string": polars.String, "integer": polars.Int64, "number": polars.Float64, "boolean": polars.Boolean}
    types = {column.name: named.get(column.type) for column in table.columns}
    return polars.DataFrame([polars.Series(name, cells, dtype=types[name], strict=False) for name, cells in columns.items()])


def _pyarrow(columns: _Columns, table: Table[Any]) -> Any:
    import pyarrow

    named = {"string": pyarrow.string(), "integer": pyarrow.int64(), "number": pyarrow.float64(), "boolean": pyarrow.bool_()}
    types = {column.name: named.get(column.type) for column in table.columns}
    return pyarrow.table({name: pyarrow.array(cells, type=types[name]) for name, cells in columns.items()})


_MAKERS: dict[FrameLibrary, Callable[[_Columns, Table[Any]], Any]] = {"pandas": _pandas, "polars": _polars, "pyarrow": _pyarrow}
