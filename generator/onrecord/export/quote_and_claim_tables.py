"""The tables of quotes, of corrections, of claims, and of comparisons between claims."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, get_args

from onrecord.export.table import ARTICLE, MODALITY, POLARITY, STATUS, Column, Row, Scope, Table
from onrecord.labels.quote_words import Part, find_parts
from onrecord.model import (
    Claim,
    ClaimKind,
    Comparison,
    ComparisonKind,
    Confidence,
    CorrectionStatus,
    Outcome,
    Quote,
    QuoteKind,
    Reference,
    Review,
    Span,
)

Known = Literal["known", "undecided", "unknown"]
"""Whether the program knows who speaks, hesitates between several, or does not know."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A quote with the part of the article in which it begins."""

    quote: Quote
    part: Part

    @property
    def status(self) -> Review:
        return self.quote.status


def joined(scope: Scope, spans: tuple[Span, ...]) -> str | None:
    """The exact words of several spans, with " … " between them; None where any of them is withheld."""
    shown = scope.several(spans)
    return " … ".join(shown) if len(shown) == len(spans) else None


def ranges(spans: tuple[Span, ...]) -> list[list[int]]:
    """The start and end of each span."""
    return [[span.start, span.end] for span in spans]


def start_of(spans: tuple[Span, ...]) -> int | None:
    """The smallest start of some spans; None for no spans."""
    return min((span.start for span in spans), default=None)


def end_of(spans: tuple[Span, ...]) -> int | None:
    """The largest end of some spans; None for no spans."""
    return max((span.end for span in spans), default=None)


def _quotes(scope: Scope) -> Iterator[Placed]:
    parts = find_parts(scope.report.article, scope.report.quotes)
    return (Placed(quote, parts[quote.id]) for quote in scope.report.quotes)


def _known(quote: Quote) -> Known:
    return "known" if quote.speaker.actor is not None else "undecided" if quote.speaker.candidates else "unknown"


def _actor(reference: Reference | None) -> str | None:
    return reference.actor if reference else None


def _name(row: Row[Placed], reference: Reference | None) -> str | None:
    """The name of the actor who is meant; where there is none, the words of the text."""
    if reference is None:
        return None
    return row.scope.name(reference.actor) or (row.scope.words(reference.mention) if reference.mention else None)


QUOTES: Table[Placed] = Table(
    "quotes",
    "Words or a thought that an article ascribes to a source. Nothing but what stands in quoted may be shown as somebody’s words.",
    _quotes,
    (
        Column(
            "quote",
            "string",
            "The quote’s id: the article’s, a slash, and its own.",
            lambda row: row.scope.key(row.item.quote.id),
            required=True,
        ),
        ARTICLE,
        Column(
            "kind",
            "string",
            "direct: all of it stands inside quotation marks; mixed: part of it; indirect: none, it is reported speech.",
            lambda row: row.item.quote.kind,
            required=True,
            values=get_args(QuoteKind),
        ),
        Column(
            "speaker_known",
            "string",
            "Whether the program knows who speaks.",
            lambda row: _known(row.item.quote),
            required=True,
            values=get_args(Known),
        ),
        Column(
            "speaker", "string", "Who speaks; empty unless known.", lambda row: row.scope.key(row.item.quote.speaker.actor), names="actors"
        ),
        Column("speaker_name", "string", "Their name.", lambda row: row.scope.name(row.item.quote.speaker.actor)),
        Column(
            "speaker_text",
            "string",
            "The source as it stands beside the cue.",
            lambda row: row.scope.words(row.item.quote.speaker.mention) if row.item.quote.speaker.mention else None,
            verbatim=True,
        ),
        Column(
            "speaker_candidates",
            "array",
            "The actors between whom the program could not decide.",
            lambda row: row.scope.keys(row.item.quote.speaker.candidates),
        ),
        Column(
            "other_speakers", "array", "Who speaks together with the speaker.", lambda row: row.scope.keys(row.item.quote.speaker.others)
        ),
        Column(
            "runner_up",
            "string",
            "The next best source, where two were close.",
            lambda row: row.scope.key(_actor(row.item.quote.runner_up)),
            names="actors",
        ),
        Column(
            "runner_up_name", "string", "Its name, or the words for it.", lambda row: _name(row, row.item.quote.runner_up), verbatim=True
        ),
        Column("addressee", "string", "To whom it was said.", lambda row: row.scope.key(_actor(row.item.quote.addressee)), names="actors"),
        Column(
            "addressee_name",
            "string",
            "Their name, or the words for them.",
            lambda row: _name(row, row.item.quote.addressee),
            verbatim=True,
        ),
        Column(
            "outlet", "string", "Through whom the article has it.", lambda row: row.scope.key(_actor(row.item.quote.outlet)), names="actors"
        ),
        Column("outlet_name", "string", "Their name, or the words for them.", lambda row: _name(row, row.item.quote.outlet), verbatim=True),
        Column(
            "cue",
            "string",
            "The words that signal the attribution; empty where a quote goes on without any of its own.",
            lambda row: row.scope.words(row.item.quote.cue) if row.item.quote.cue else None,
            verbatim=True,
        ),
        Column("verb", "string", "The cue’s lemma.", lambda row: row.item.quote.cue.lemma if row.item.quote.cue else None),
        Column(
            "text", "string", 'Its content, parts joined by " … ".', lambda row: joined(row.scope, row.item.quote.content), verbatim=True
        ),
        Column(
            "quoted",
            "array",
            "What stands inside quotation marks, without the marks.",
            lambda row: row.scope.several(row.item.quote.quoted_parts),
            verbatim=True,
        ),
        Column("words", "integer", "How many words the content has.", lambda row: row.scope.count(row.item.quote.content), required=True),
        Column(
            "quoted_words",
            "integer",
            "How many stand inside quotation marks.",
            lambda row: row.scope.count(row.item.quote.quoted_parts),
            required=True,
        ),
        Column(
            "setting",
            "array",
            "When and where it was said, as stated.",
            lambda row: row.scope.several(row.item.quote.setting),
            verbatim=True,
        ),
        Column(
            "start",
            "integer",
            "Where it begins, in Unicode code points of the article’s text.",
            lambda row: start_of(row.item.quote.content),
        ),
        Column(
            "end", "integer", "Where it ends, in the same unit: the first character after it.", lambda row: end_of(row.item.quote.content)
        ),
        Column("spans", "array", "Start and end of each part, in the same unit.", lambda row: ranges(row.item.quote.content)),
        Column(
            "part",
            "string",
            "The part of the article that it begins in; empty in running text.",
            lambda row: row.item.part,
            values=tuple(part for part in get_args(Part) if part),
        ),
        Column(
            "negated", "boolean", "The cue is negated or denies: it was not said so.", lambda row: row.item.quote.negated, required=True
        ),
        Column("conditional", "boolean", "The text only supposes it.", lambda row: row.item.quote.conditional, required=True),
        Column(
            "stance",
            "boolean",
            "Its source is for or against it, and no words are told: no reported speech, though its kind is indirect.",
            lambda row: row.item.quote.stance,
            required=True,
        ),
        Column("boilerplate", "boolean", "It stands in a share or comment prompt.", lambda row: row.item.quote.boilerplate, required=True),
        STATUS,
        Column("rule", "string", "The rule that found it.", lambda row: row.item.quote.rule, required=True),
        Column(
            "confidence",
            "string",
            "How sure the rule is.",
            lambda row: row.item.quote.confidence,
            required=True,
            values=get_args(Confidence),
        ),
        Column(
            "score",
            "number",
            "How likely a reader would mark these words with this source, from 0 to 1; empty where the model gave no score.",
            lambda row: row.item.quote.score,
        ),
        Column(
            "repeats",
            "string",
            "The quote of the same words in an article before, of which this one is a copy; empty for most. Leave these rows out to count "
            "what was said once.",
            lambda row: row.scope.repeats.get(row.item.quote.id),
            names="quotes",
        ),
    ),
    key="quote",
)


def _outcomes(scope: Scope) -> Iterator[Outcome]:
    yield from scope.report.corrections


CORRECTIONS: Table[Outcome] = Table(
    "corrections",
    "What became of an entry of the editor’s file of corrections in one article. What the program said by itself stands beside what holds.",
    _outcomes,
    (
        Column("correction", "string", "The article’s id, a slash, the entry’s.", lambda row: row.scope.key(row.item.id), required=True),
        ARTICLE,
        Column("action", "string", "What it asks for.", lambda row: row.item.action, required=True),
        Column("status", "string", "What became of it.", lambda row: row.item.status, required=True, values=get_args(CorrectionStatus)),
        Column("held", "boolean", "Whether it changed nothing and waits for an editor.", lambda row: row.item.held, required=True),
        Column("message", "string", "The same for a reader, and why.", lambda row: row.item.message, verbatim=True),
        Column("item", "string", "The quote, claim or actor that it is about.", lambda row: row.scope.key(row.item.item or None)),
        Column("words", "string", "Its words, where they were found.", lambda row: joined(row.scope, row.item.spans), verbatim=True),
        Column("was", "string", "What the program said when the editor decided.", lambda row: row.item.was, verbatim=True),
        Column("machine", "string", "What the program says by itself now.", lambda row: row.item.machine, verbatim=True),
        Column("now", "string", "What the report says.", lambda row: row.item.now, verbatim=True),
        Column("by", "string", "Who decided.", lambda row: row.item.by),
        Column("date", "string", "When, as the entry has it.", lambda row: row.item.date),
        Column("note", "string", "Why, in their words.", lambda row: row.item.note),
    ),
    key="correction",
)


# --- claims -----------------------------------------------------------------------------------------------------------


def _verdict(claim: Claim, field: str) -> str | None:
    return getattr(claim.verdict, field) if claim.verdict else None


def _claims(scope: Scope) -> Iterator[Claim]:
    yield from scope.report.claims


CLAIMS: Table[Claim] = Table(
    "claims",
    "A clause that an article presents as true, evaluates or commits somebody to. A verdict is a person’s; the program checks none.",
    _claims,
    (
        Column(
            "claim", "string", "The claim’s id: the article’s, a slash, and its own.", lambda row: row.scope.key(row.item.id), required=True
        ),
        ARTICLE,
        Column(
            "asserter",
            "string",
            "Who stands behind it; empty when the speaker is unknown or undecided.",
            lambda row: row.scope.key(row.item.asserter),
            names="actors",
        ),
        Column("asserter_name", "string", "Their name.", lambda row: row.scope.name(row.item.asserter)),
        Column(
            "other_asserters",
            "array",
            "Who stands behind it together with the asserter.",
            lambda row: row.scope.keys(row.item.others),
        ),
        Column("quote", "string", "The quote that it stands in.", lambda row: row.scope.key(row.item.quote), names="quotes"),
        Column("via", "string", "The outlet that passed it on.", lambda row: row.scope.key(row.item.via), names="actors"),
        Column("parent", "string", "The claim that it is part of.", lambda row: row.scope.key(row.item.parent), names="claims"),
        Column("about", "array", "The actors in it, in text order.", lambda row: row.scope.keys(row.item.about)),
        Column("kind", "string", "What it does.", lambda row: row.item.kind, required=True, values=get_args(ClaimKind)),
        POLARITY,
        MODALITY,
        Column("text", "string", 'Its words, parts joined by " … ".', lambda row: joined(row.scope, row.item.spans), verbatim=True),
        Column("hedges", "array", "The words that hedge it.", lambda row: row.scope.several(row.item.hedges), verbatim=True),
        Column(
            "evaluative",
            "array",
            "The words that evaluate.",
            lambda row: row.scope.several(row.item.evaluative),
            verbatim=True,
        ),
        Column(
            "check_worthy",
            "array",
            "Why it may be worth checking, with the words: a ranking hint, never a verdict.",
            lambda row: [f"{one.kind}: {words}" if (words := row.scope.words(one)) else one.kind for one in row.item.check_worthy],
            verbatim=True,
        ),
        Column("start", "integer", "Where it begins, in Unicode code points of the article’s text.", lambda row: start_of(row.item.spans)),
        Column("end", "integer", "Where it ends, in the same unit: the first character after it.", lambda row: end_of(row.item.spans)),
        Column("spans", "array", "Start and end of each part, in the same unit.", lambda row: ranges(row.item.spans)),
        Column("boilerplate", "boolean", "It stands in a share or comment prompt.", lambda row: row.item.boilerplate, required=True),
        STATUS,
        Column("rule", "string", "The rule that found it.", lambda row: row.item.rule, required=True),
        Column("verdict", "string", "What a person found who checked it; empty where nobody did.", lambda row: _verdict(row.item, "text")),
        Column("verdict_by", "string", "Who checked it.", lambda row: _verdict(row.item, "by")),
        Column("verdict_date", "string", "When, in ISO 8601.", lambda row: _verdict(row.item, "date")),
        Column("verdict_summary", "string", "Why, in that person’s words.", lambda row: _verdict(row.item, "summary")),
        Column(
            "verdict_sources",
            "array",
            "The addresses that the verdict rests on.",
            lambda row: [source.url for source in row.item.verdict.sources] if row.item.verdict else [],
        ),
    ),
    key="claim",
)


def _comparisons(scope: Scope) -> Iterator[Comparison]:
    yield from scope.report.comparisons


COMPARISONS: Table[Comparison] = Table(
    "comparisons",
    "Two claims of an article about the same event and parties, by different voices. Which of them is true it does not say.",
    _comparisons,
    (
        Column("comparison", "string", "The article’s id, a slash, and its own.", lambda row: row.scope.key(row.item.id), required=True),
        ARTICLE,
        Column(
            "kind",
            "string",
            "agrees: both say it; conflicts: both cannot be so as they stand; differs: one negates it, of something else.",
            lambda row: row.item.kind,
            required=True,
            values=get_args(ComparisonKind),
        ),
        Column(
            "first",
            "string",
            "The claim that comes first in the text.",
            lambda row: row.scope.key(row.item.first),
            required=True,
            names="claims",
        ),
        Column("second", "string", "The other claim.", lambda row: row.scope.key(row.item.second), required=True, names="claims"),
        Column("why", "string", "Where they meet or part.", lambda row: row.item.why, verbatim=True),
        Column(
            "shared",
            "array",
            "Words that mean the same: what they are in the first claim, then the words of each.",
            lambda row: [[one.part, row.scope.words(one.first), row.scope.words(one.second)] for one in row.item.shared],
            verbatim=True,
        ),
        Column(
            "apart",
            "array",
            "The words in which they differ.",
            lambda row: row.scope.several(row.item.apart),
            verbatim=True,
        ),
    ),
    key="comparison",
)
