"""What was found in some articles, and what of it wants a look, in numbers and in two lines."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from onrecord.labels.terms import plural
from onrecord.model import Corpus, Quote, Report


@dataclass(frozen=True, slots=True)
class Found:
    """How much was found. Share prompts are left out, as in all indexes."""

    articles: int = 0
    direct: int = 0
    mixed: int = 0
    indirect: int = 0
    speakers: int = 0
    """Actors across the articles who are heard: not those whose words are only denied or supposed."""
    claims: int = 0
    relations: int = 0
    stances: int = 0
    """Who is for or against what, without words: counted apart."""

    @property
    def quotes(self) -> int:
        """Of all kinds; stances are none."""
        return self.direct + self.mixed + self.indirect

    def line(self) -> str:
        """The numbers in words."""
        kinds = ((self.direct, "direct"), (self.mixed, "partly quoted"), (self.indirect, "reported"))
        stances = (plural(self.stances, "stance"),) if self.stances else ()
        by_kind = ", ".join(f"{count:,} {kind}" for count, kind in kinds if count)
        quotes = f"{plural(self.quotes, 'quote')}{f' ({by_kind})' if by_kind else ''}"
        rest = (*stances, plural(self.speakers, "speaker"), plural(self.claims, "claim"), plural(self.relations, "relation"))
        return f"{', '.join((quotes, *rest))} in {plural(self.articles, 'article')}"


@dataclass(frozen=True, slots=True)
class Doubts:
    """What the program itself says is in doubt. Each quote is counted once, for the most pressing reason."""

    unknown: int = 0
    """Quotes whose speaker is not known."""
    undecided: int = 0
    """Quotes that one of several may have said."""
    unsure: int = 0
    """Quotes of low confidence."""
    mentions: int = 0
    """Mentions that may mean one of several."""
    held: int = 0
    """Corrections that changed nothing and wait for an editor."""
    notices: int = 0
    """What a reader should know about how articles were read."""

    def line(self) -> str:
        """The numbers in words. That nothing is in doubt does not mean that all is right, and the line says so."""
        said = (
            (self.held, "held correction", ""),
            (self.unknown, "quote without a known speaker", "quotes without a known speaker"),
            (self.undecided, "undecided speaker", ""),
            (self.unsure, "quote of low confidence", "quotes of low confidence"),
            (self.mentions, "undecided mention", ""),
            (self.notices, "notice", ""),
        )
        told = ", ".join(plural(count, one, many) for count, one, many in said if count)
        return told or "nothing that the program doubts; what you use, check against the article"


@dataclass(frozen=True, slots=True)
class Summary:
    """What was found in some articles, and what of it wants a look."""

    found: Found
    doubts: Doubts

    def record(self) -> dict[str, dict[str, int]]:
        """The numbers by their names, for JSON."""
        return {"found": {**asdict(self.found), "quotes": self.found.quotes}, "look": asdict(self.doubts)}


def summarise(corpus: Corpus) -> Summary:
    """The summary of a corpus."""
    reports = corpus.reports
    quotes = [quote for report in reports for quote in report.quotes if not quote.boilerplate]
    kinds = [quote.kind for quote in quotes if not quote.stance]
    found = Found(
        articles=len(reports),
        direct=kinds.count("direct"),
        mixed=kinds.count("mixed"),
        indirect=kinds.count("indirect"),
        stances=sum(quote.stance for quote in quotes),
        speakers=len(_speakers(corpus)),
        claims=sum(not claim.boilerplate for report in reports for claim in report.claims),
        relations=sum(len(report.relations) for report in reports),
    )
    return Summary(found, _doubts(quotes, corpus))


def _speakers(corpus: Corpus) -> set[str]:
    """Who is heard, by the ids of actors across articles; those that are in one article alone by the article's id and their own."""
    across = {(member.article, member.actor): actor.id for actor in corpus.actors for member in actor.members}
    heard = ((report.article.id, actor) for report in corpus.reports for actor in heard_in(report))
    return {across.get(one, "/".join(one)) for one in heard}


def heard_in(report: Report) -> frozenset[str]:
    """The ids of the actors whose words or thoughts the article reports, without what is denied, only supposed, or in a share prompt."""
    said = (quote.speaker for quote in report.quotes if quote.counts_as_said)
    return frozenset(id for speaker in said if speaker.actor is not None for id in (speaker.actor, *speaker.others))


def _doubts(quotes: list[Quote], corpus: Corpus) -> Doubts:
    why = [_doubt(quote) for quote in quotes]
    outcomes = [*corpus.corrections, *(one for report in corpus.reports for one in report.corrections)]
    return Doubts(
        unknown=why.count("unknown"),
        undecided=why.count("undecided"),
        unsure=why.count("unsure"),
        mentions=sum(len(report.undecided) for report in corpus.reports),
        held=sum(outcome.held for outcome in outcomes),
        notices=sum(len(report.notices) for report in corpus.reports),
    )


def _doubt(quote: Quote) -> str:
    if quote.speaker.actor is None:
        return "undecided" if quote.speaker.candidates else "unknown"
    return "unsure" if quote.confidence == "low" and quote.status == "machine" else ""
