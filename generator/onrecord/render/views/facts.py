"""Quotes, claims and relations as pages print them: with words in place of spans, names in place of ids, and a link to the place in the
text."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import TypeVar

from onrecord.labels.quote_words import Part, Segment, find_parts, quote_segments
from onrecord.labels.reliability import odds
from onrecord.labels.terms import (
    CLAIM_LABELS,
    COMPARISON_LABELS,
    COMPARISON_VERBS,
    CONFIDENCE_WORDS,
    collapse,
    count_words,
    headline,
    kind_label,
    open_at_source,
    plural,
    rule_meaning,
    rule_name,
    shown_cue,
    shown_words,
    standing,
    without_lone_marks,
)
from onrecord.memory import NO_MEMORY, Memory
from onrecord.model import (
    WITHHELD,
    Article,
    Claim,
    ClaimKind,
    Comparison,
    ComparisonKind,
    Corpus,
    Modality,
    Polarity,
    Quote,
    QuoteKind,
    Relation,
    Report,
    Span,
)
from onrecord.render.engine.links import Link, article_page
from onrecord.render.views.parties import UNKNOWN, Parties, PartyView, ReviewFact, review
from onrecord.reports.figures import Figures

Item = TypeVar("Item", Quote, Claim)


@dataclass(frozen=True, slots=True)
class QuoteFact:
    """A quote as a page prints it."""

    id: str
    number: int
    """Its place among the article's quotes, from 1: the number of its note."""
    kind: QuoteKind
    label: str
    """The kind in words."""
    segments: tuple[Segment, ...]
    """Its words, cut into what is inside quotation marks and what is not."""
    speaker: PartyView
    others: tuple[PartyView, ...]
    """Who speaks together with the speaker."""
    part: Part
    """Where in the article it stands: "headline", "caption", "block quote"; empty in running text."""
    cue: str
    """The words that signal the attribution: "told"; empty where it has no cue."""
    verb: str
    """The cue's lemma: "tell"; empty where it has no cue."""
    addressee: PartyView | None
    outlet: PartyView | None
    setting: str
    """When and where it was said, in the words of the text."""
    standing: str
    """Why it does not count as said: it is negated, or only supposed. Empty for a plain attribution."""
    rule: str
    """The rule's name."""
    why: str
    """What the rule looks for."""
    confidence: str
    odds: str
    """How often quotes found by this rule are right, in words; empty where that was not measured."""
    score: str
    """The model's score from 0 to 1, with two digits; empty where it gave none."""
    runner_up: PartyView | None
    """Who else may be meant; None if nobody, or if it is one of the speaker's candidates, who are shown anyway."""
    link: Link
    """Its place in the annotated article."""
    source_url: str
    """An address that opens the original article at its words; empty where that cannot be made."""
    headline: str
    date: str
    """When its article was published; empty where that is not given."""
    article: Link
    quoted_words: int
    """How many of its words are inside quotation marks."""
    words: int
    """How many words it has."""
    repeated: bool
    """Whether an earlier article, of which this one is a copy, quotes the same words. Shares and totals over articles count them once."""
    quote: Quote
    review: ReviewFact
    about: tuple[PartyView, ...] = ()
    """The parties with a page whom its words mention, without those who speak."""

    @property
    def counted(self) -> bool:
        """Whether it counts as said."""
        return self.quote.counts_as_said

    @property
    def boilerplate(self) -> bool:
        """Whether it stands in a share or comment prompt."""
        return self.quote.boilerplate

    @property
    def outlet_carried(self) -> bool:
        """Whether the outlet is not named here, but taken over from the same speaker's quote before."""
        return self.quote.outlet is not None and self.quote.outlet.mention is None

    @property
    def unsure(self) -> bool:
        """Whether it was found with low confidence and no editor has confirmed it."""
        return self.quote.confidence == "low" and self.quote.status == "machine"

    @property
    def fairly_sure(self) -> bool:
        """Whether it was found with medium confidence and no editor has confirmed it."""
        return self.quote.confidence == "medium" and self.quote.status == "machine"

    @property
    def quotable(self) -> bool:
        """Whether it can stand by itself: fewer words say nothing alone, more are nothing to begin with."""
        return _SHORTEST <= self.words <= _LONGEST


_SHORTEST, _LONGEST = 6, 40
"""Words of a quote that can stand by itself."""


@dataclass(frozen=True, slots=True)
class Compared:
    """Another claim about the same event, as it is named beside a claim: "conflicts with Reed"."""

    label: str
    asserter: PartyView
    link: Link
    why: str


@dataclass(frozen=True, slots=True)
class ClaimFact:
    """A claim as a page prints it."""

    id: str
    kind: ClaimKind
    label: str
    text: str
    asserter: PartyView
    via: PartyView | None
    about: tuple[PartyView, ...]
    polarity: Polarity
    modality: Modality
    standing: str
    hedges: str
    reasons: str
    """Why it may be worth checking: "numbers (300, two), date (Tuesday)"."""
    worth: int
    """How many such reasons there are; lists put claims with more of them first."""
    checked: bool
    """Whether a person has checked it."""
    cue: str
    rule: str
    parent: Link | None
    link: Link
    headline: str
    article: Link
    boilerplate: bool
    claim: Claim
    review: ReviewFact
    others: tuple[PartyView, ...] = ()
    """Who stands behind it together with the asserter."""
    compared: tuple[Compared, ...] = ()
    """What other voices claim of the same event."""

    @property
    def is_fact(self) -> bool:
        """Whether it presents something as so; demands and wishes do not."""
        return self.kind not in ("directive", "wish")


@dataclass(frozen=True, slots=True)
class RelationFact:
    """A relation as a page prints it."""

    number: int
    """Its place among the relations of the site, from 1: the label of its edge in the network."""
    source: PartyView
    predicate: str
    target: PartyView
    class_name: str
    standing: str
    plain: bool
    """Whether it is stated without negation and without condition."""
    symmetric: bool
    asserters: tuple[tuple[PartyView, Link], ...]
    """Who says so, each with a link to the claim."""
    sentence: str
    """The words of the first claim that states it."""
    rule: str
    link: Link
    headline: str
    article: Link
    relation: Relation


@dataclass(frozen=True, slots=True)
class ComparisonFact:
    """Two claims side by side, as a page prints them."""

    kind: ComparisonKind
    label: str
    why: str
    first: ClaimFact
    second: ClaimFact
    shared: str
    """The words that they share."""
    apart: str
    """The words in which they differ, where these can be pointed at."""


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything of one report that pages print."""

    report: Report
    headline: str
    page: Link
    quotes: tuple[QuoteFact, ...]
    claims: tuple[ClaimFact, ...]
    relations: tuple[RelationFact, ...]
    comparisons: tuple[ComparisonFact, ...]


def gather_facts(corpus: Corpus, parties: Parties, figures: Figures, memory: Memory = NO_MEMORY) -> tuple[Facts, ...]:
    """The facts of every report, in the order of the articles."""
    here = {report.article.id for report in corpus.reports}
    repeated: defaultdict[str, set[str]] = defaultdict(set)
    for one in (*corpus.repeats, *corpus.untold_repeats):
        if one.other in here:
            repeated[one.article].add(one.quote)
    gathered: list[Facts] = []
    relations = 0
    for report in corpus.reports:
        again = frozenset(repeated.get(report.article.id, ()))
        # The facts of a report depend on nothing but these: of the whole corpus only on the names of its actors and on which quotes are
        # repeats. The figures are always those that we ship.
        facts = memory.recall("facts", report, (parties.of(report), again), partial(_facts, report, parties, figures, again))
        gathered.append(_numbered(facts, relations))
        relations += len(facts.relations)
    return tuple(gathered)


def _facts(report: Report, parties: Parties, figures: Figures, repeated: frozenset[str]) -> Facts:
    """The facts of one report, with its relations numbered from 1. ``repeated`` are the ids of quotes that an earlier copy has."""
    page = Link(article_page(report.article.id))
    parts = find_parts(report.article, report.quotes)
    mentions = Mentions(report)
    ordered = _in_text_order(report.quotes, key=lambda quote: quote.content)
    quotes = tuple(
        _quote(
            report,
            parties,
            one,
            _Setting(
                number, parts[one.id], odds(figures, one, report.provenance), one.id in repeated, _about(report, parties, one, mentions)
            ),
        )
        for number, one in enumerate(ordered, 1)
    )
    claims = _claims(report, parties, page)
    stated = {claim.id: claim for claim in report.claims}
    return Facts(
        report=report,
        headline=headline(report.article),
        page=page,
        quotes=quotes,
        claims=tuple(claims.values()),
        relations=tuple(_relation(report, parties, page, number, one, stated) for number, one in enumerate(report.relations, 1)),
        comparisons=tuple(_comparison(report.article, one, claims) for one in report.comparisons),
    )


def _claims(report: Report, parties: Parties, page: Link) -> dict[str, ClaimFact]:
    """The claims by their ids, in text order. They are made twice over: a comparison shows the other claim, which has to be there first."""
    quotes = {quote.id: quote for quote in report.quotes}
    ordered = _in_text_order(report.claims, key=lambda claim: claim.spans)
    bare = {one.id: _claim(report, parties, page, one, quotes.get(one.quote or "")) for one in ordered}
    beside = _beside(report)
    return {id: replace(claim, compared=tuple(_compared(beside[id], id, bare))) if id in beside else claim for id, claim in bare.items()}


def _numbered(facts: Facts, before: int) -> Facts:
    """The facts with their relations numbered on, after so many of the articles before. Numbering is done last, so that the rest can be
    taken from memory when an article before this one changed."""
    if not before or not facts.relations:
        return facts
    return replace(facts, relations=tuple(replace(one, number=before + one.number) for one in facts.relations))


def _in_text_order(items: Sequence[Item], *, key: Callable[[Item], tuple[Span, ...]]) -> list[Item]:
    return sorted(items, key=lambda item: min(key(item), default=Span(0, 0)))


class Mentions:
    """Whom the words of an article mention, in text order."""

    def __init__(self, report: Report) -> None:
        self._found = sorted((mention.start, mention.end, actor.id) for actor in report.actors for mention in actor.mentions)
        self._starts = [start for start, _, _ in self._found]

    def within(self, spans: Iterable[Span]) -> Iterator[tuple[Span, str]]:
        """The mentions that begin in these words, each with the id of its actor."""
        for span in spans:
            for start, end, actor in self._found[bisect_left(self._starts, span.start) : bisect_left(self._starts, span.end)]:
                yield Span(start, end), actor


def _about(report: Report, parties: Parties, quote: Quote, mentions: Mentions) -> tuple[PartyView, ...]:
    """The parties with a page whom a quote mentions. What is withheld mentions nobody: that would tell what it is about."""
    speaking = {quote.speaker.actor, *quote.speaker.others}
    told = (actor for mention, actor in mentions.within(quote.content) if WITHHELD not in mention.of(report.article.text))
    actors = (actor for actor in dict.fromkeys(told) if actor not in speaking)
    return tuple(party for party in parties.several(report, actors) if party.link is not None)


@dataclass(frozen=True, slots=True)
class _Setting:
    """What is known of a quote besides itself; see :class:`QuoteFact`."""

    number: int
    part: Part
    odds: str
    repeated: bool
    about: tuple[PartyView, ...]


def _quote(report: Report, parties: Parties, quote: Quote, setting: _Setting) -> QuoteFact:
    article, text = report.article, report.article.text
    page = Link(article_page(article.id))
    speaker, runner_up = parties.speaker(report, quote.speaker), parties.reference(report, quote.runner_up)
    return QuoteFact(
        id=quote.id,
        number=setting.number,
        kind=quote.kind,
        label=kind_label(quote),
        segments=quote_segments(text, quote),
        speaker=speaker,
        others=parties.several(report, quote.speaker.others),
        part=setting.part,
        cue=shown_cue(article, quote.cue),
        verb=collapse(quote.cue.lemma) if quote.cue else "",
        addressee=parties.reference(report, quote.addressee),
        outlet=parties.reference(report, quote.outlet),
        setting=", ".join(collapse(span.of(text)) for span in quote.setting),
        # Printed beside the quote wherever it stands: nobody may take a denied statement for one that was made.
        standing=_quote_standing(quote),
        rule=rule_name(quote.rule),
        why=rule_meaning(quote.rule),
        confidence=CONFIDENCE_WORDS[quote.confidence],
        odds=setting.odds,
        score="" if quote.score is None else f"{quote.score:.2f}",
        # An undecided speaker is shown with all candidates already.
        runner_up=None if runner_up in speaker.candidates else runner_up,
        link=Link(page.page, quote.id),
        source_url=open_at_source(article, quote.content[0]) if quote.content else "",
        headline=headline(article),
        date=article.meta.date,
        article=page,
        quoted_words=sum(count_words(span.of(text)) for span in quote.quoted_parts),
        words=sum(count_words(span.of(text)) for span in quote.content),
        repeated=setting.repeated,
        quote=quote,
        review=review(report, quote.id, quote.status),
        about=setting.about,
    )


def _reasons(text: str, claim: Claim) -> str:
    """Why a claim may be worth checking, each kind of reason once with its words."""
    words: dict[str, list[str]] = {}
    for reason in claim.check_worthy:
        words.setdefault(reason.kind, []).append(collapse(reason.of(text)))
    return ", ".join(f"{kind if len(some) == 1 else f'{kind}s'} ({', '.join(some)})" for kind, some in words.items())


def _quote_standing(quote: Quote) -> str:
    reasons = ["supposed, not said"] if quote.conditional else []
    if quote.stance:
        reasons.append("for or against it; no words are told")
    if quote.negated:
        reasons.append("negated or denied by the words that report it")
    return "; ".join(reasons)


def _claim(report: Report, parties: Parties, page: Link, claim: Claim, quote: Quote | None) -> ClaimFact:
    text = report.article.text
    # A claim in a quote without a known speaker is printed with the words that the quote has for its speaker.
    asserter = parties.party(report, claim.asserter) if claim.asserter else parties.speaker(report, quote.speaker) if quote else UNKNOWN
    return ClaimFact(
        id=claim.id,
        kind=claim.kind,
        label=CLAIM_LABELS[claim.kind],
        text=without_lone_marks(" … ".join(collapse(span.of(text)) for span in claim.spans)),
        asserter=asserter,
        via=parties.party(report, claim.via) if claim.via else None,
        about=parties.several(report, dict.fromkeys(claim.about)),
        polarity=claim.polarity,
        modality=claim.modality,
        standing=standing(claim.polarity, claim.modality),
        hedges=", ".join(collapse(span.of(text)) for span in claim.hedges),
        reasons=_reasons(text, claim),
        worth=len(claim.check_worthy),
        checked=claim.verdict is not None,
        cue=shown_cue(report.article, quote.cue) if quote else "",
        rule=rule_name(claim.rule),
        parent=Link(page.page, claim.parent) if claim.parent else None,
        link=Link(page.page, claim.id),
        headline=headline(report.article),
        article=page,
        boilerplate=claim.boilerplate,
        claim=claim,
        review=review(report, claim.id, claim.status),
        others=parties.several(report, claim.others),
    )


def _beside(report: Report) -> dict[str, list[Comparison]]:
    """The comparisons of each claim, in text order."""
    beside: dict[str, list[Comparison]] = {}
    for one in report.comparisons:
        for id in (one.first, one.second):
            beside.setdefault(id, []).append(one)
    return beside


def _compared(comparisons: Iterable[Comparison], id: str, claims: Mapping[str, ClaimFact]) -> Iterator[Compared]:
    """The other claims of a claim's comparisons."""
    for one in comparisons:
        other = claims[one.second if id == one.first else one.first]
        yield Compared(COMPARISON_VERBS[one.kind], other.asserter, other.link, one.why)


def _comparison(article: Article, one: Comparison, claims: Mapping[str, ClaimFact]) -> ComparisonFact:
    pairs = [(shown_words(article, words.first), shown_words(article, words.second)) for words in one.shared]
    return ComparisonFact(
        kind=one.kind,
        label=COMPARISON_LABELS[one.kind],
        why=one.why,
        first=claims[one.first],
        second=claims[one.second],
        shared=", ".join(
            first if first.casefold() == second.casefold() else f"{first} / {second}" for first, second in pairs if first and second
        )
        or plural(len(pairs), "word") + " withheld",
        apart=" / ".join(collapse(span.of(article.text)) for span in one.apart),
    )


def _relation(report: Report, parties: Parties, page: Link, number: int, relation: Relation, claims: Mapping[str, Claim]) -> RelationFact:
    resting = [claims[one] for one in relation.claims if one in claims]
    # By the asserter, so that somebody who says it twice is named once.
    asserters = {
        one.asserter: (parties.party(report, one.asserter) if one.asserter else UNKNOWN, Link(page.page, one.id)) for one in resting
    }
    return RelationFact(
        number=number,
        source=parties.party(report, relation.source),
        predicate=relation.predicate,
        target=parties.party(report, relation.target),
        class_name=relation.class_.capitalize(),
        standing=standing(relation.polarity, relation.modality),
        plain=relation.polarity == "+" and relation.modality != "conditional",
        symmetric=relation.symmetric,
        asserters=tuple(asserters.values()),
        sentence=without_lone_marks(" … ".join(collapse(span.of(report.article.text)) for span in resting[0].spans)) if resting else "",
        rule=rule_name(relation.rule),
        link=Link(page.page, relation.id),
        headline=headline(report.article),
        article=page,
        relation=relation,
    )
