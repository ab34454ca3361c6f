"""Speaking time: each speaker's share of the ascribed words, and where in an article each actor speaks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from onrecord.labels.terms import plural
from onrecord.render.views.facts import Facts, QuoteFact
from onrecord.render.views.parties import WITHOUT_PAGE, Parties, PartyView

MOST_HEARD, MOST_SILENT = 10, 4
"""How many actors who speak, and how many who are only mentioned, the axis of an article has room for."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Where words of a quote stand, in per cent of the article's length."""

    x: str
    width: str
    quoted: bool
    """Whether the quote has words in quotation marks."""


@dataclass(frozen=True, slots=True)
class AxisRow:
    """One actor on the axis."""

    party: PartyView
    quotes: int
    mentions: int
    stretches: tuple[Stretch, ...]
    ticks: tuple[str, ...]
    """Where the mentions stand, in per cent of the article's length."""
    where: str
    """From where to where the actor speaks, in words: "51 % to 60 %", or "never heard"."""


@dataclass(frozen=True, slots=True)
class SpeakingAxis:
    """A row for each actor along the length of an article: what ``partials/heard.html`` prints."""

    rows: tuple[AxisRow, ...]
    finding: str
    """What the picture shows, in a sentence or two."""
    left_out: int
    """How many more actors speak and found no room."""


def draw_axis(facts: Facts, parties: Parties) -> SpeakingAxis | None:
    """The actors with most words, in the order in which they first speak; then, of those who do not speak, the ones with most mentions.

    None where fewer than two speak, which needs no picture.
    """
    report, length = facts.report, max(1, len(facts.report.article.text))
    quotes: dict[str, list[QuoteFact]] = {}
    for quote in facts.quotes:
        for party in (quote.speaker, *quote.others) if quote.counted else ():
            if party.key:
                quotes.setdefault(party.key, []).append(quote)
    ticks: dict[str, set[int]] = {}
    found: dict[str, PartyView] = {}
    for actor in report.actors:
        party = parties.party(report, actor.id)
        # The narrator and places have no row, unless a quote is ascribed to them.
        if actor.type not in WITHOUT_PAGE or party.key in quotes:
            found.setdefault(party.key, party)
            ticks.setdefault(party.key, set()).update(mention.start for mention in actor.mentions)
    rows = [_row(party, quotes.get(key, []), sorted(ticks[key]), length) for key, party in found.items()]
    words = {key: sum(quote.words for quote in said) for key, said in quotes.items()}
    heard = sorted((row for row in rows if row.quotes), key=lambda row: (-words[row.party.key], row.party.key))
    silent = sorted((row for row in rows if not row.quotes), key=lambda row: (-row.mentions, row.party.key))
    if len(heard) < 2:
        return None
    shown = sorted(heard[:MOST_HEARD], key=lambda row: float(row.stretches[0].x))
    return SpeakingAxis((*shown, *silent[:MOST_SILENT]), _finding(heard, silent), max(0, len(heard) - MOST_HEARD))


def _row(party: PartyView, quotes: Sequence[QuoteFact], starts: Sequence[int], length: int) -> AxisRow:
    spans = sorted((span, quote.kind != "indirect") for quote in quotes for span in quote.quote.content)
    stretches = tuple(Stretch(_at(span.start, length), _at(len(span), length), quoted) for span, quoted in spans)
    return AxisRow(party, len(quotes), len(starts), stretches, tuple(_at(start, length) for start in starts), _where(quotes, length))


def _where(quotes: Sequence[QuoteFact], length: int) -> str:
    if not quotes:
        return "never heard"
    first = min(span.start for quote in quotes for span in quote.quote.content)
    last = max(span.end for quote in quotes for span in quote.quote.content)
    return f"{100 * first / length:.0f} % to {100 * last / length:.0f} %"


def _finding(heard: Sequence[AxisRow], silent: Sequence[AxisRow]) -> str:
    first = min(heard, key=lambda row: min(float(one.x) for one in row.stretches))
    last = max(heard, key=lambda row: max(float(one.x) + float(one.width) for one in row.stretches))
    said = f"{first.party.name} is heard first"
    said += f", and {last.party.name} last." if last is not first else ", and last too."
    if silent:
        most = silent[0]
        said += f" {most.party.name}, with {plural(most.mentions, 'mention')}, is never heard."
    return said


def _at(offset: int, length: int) -> str:
    return f"{100 * offset / length:.1f}"


@dataclass(frozen=True, slots=True, kw_only=True)
class WordBar:
    """Words as a bar of a chart: those in quotation marks, and behind them those that paraphrase."""

    quoted_words: int
    """Words inside quotation marks."""
    reported_words: int
    """Words that paraphrase."""
    longest: int = 1
    """How many words the longest bar of the chart has."""

    @property
    def words(self) -> int:
        return self.quoted_words + self.reported_words

    @property
    def quoted_width(self) -> str:
        """The length of the bar of words in quotation marks, in per cent of the longest bar."""
        return width(self.quoted_words, self.longest)

    @property
    def width(self) -> str:
        """The length of the whole bar, in per cent of the longest."""
        return width(self.words, self.longest)


@dataclass(frozen=True, slots=True, kw_only=True)
class SpeakingShare(WordBar):
    """One speaker's share of the words that the text ascribes to somebody."""

    party: PartyView
    quotes: int
    sure_words: int
    """Words inside and outside of quotation marks in quotes found with high confidence."""
    of_words: int
    """The denominator: the words ascribed to all speakers together."""

    @property
    def percent(self) -> str:
        return percent(self.words, self.of_words)


def width(part: int, longest: int) -> str:
    """The length of a bar in per cent of the longest, with a digit behind the point, as SVG has it."""
    return f"{100 * part / longest if longest else 0:.1f}"


def percent(part: int, whole: int) -> str:
    """A share in whole per cent: "12 %", or "less than 1 %" where it would be rounded to nothing."""
    share = 100 * part / whole if whole else 0
    return "less than 1 %" if 0 < share < 1 else f"{share:.0f} %"


def speak_together(quotes: Iterable[QuoteFact]) -> bool:
    """Whether words count for several speakers each, so that shares add up to more than the whole."""
    return any(quote.counted and quote.others for quote in quotes)


def find_shares(quotes: Iterable[QuoteFact]) -> tuple[SpeakingShare, ...]:
    """The speaking time of each speaker of these quotes, most words first. Quotes that are negated, only supposed or in a share prompt do
    not count.

    All speakers without a name stand as one, and so do all undecided ones. Words that several speak together count for each of them.
    """
    counted = [quote for quote in quotes if quote.counted]
    groups: dict[str, list[QuoteFact]] = {}
    parties: dict[str, PartyView] = {}
    for quote in counted:
        for party in (quote.speaker, *quote.others):
            parties.setdefault(party.key or party.state, party)
            groups.setdefault(party.key or party.state, []).append(quote)
    totals = {key: sum(quote.words for quote in group) for key, group in groups.items()}
    whole, longest = sum(quote.words for quote in counted), max(totals.values(), default=0)
    ranked = sorted(groups.items(), key=lambda item: -totals[item[0]])
    return tuple(_share(parties[key], group, whole, longest) for key, group in ranked if totals[key])


def _share(first: PartyView, quotes: list[QuoteFact], whole: int, longest: int) -> SpeakingShare:
    # Quotation marks may reach beyond the content of a quote.
    quoted = sum(min(quote.quoted_words, quote.words) for quote in quotes)
    words = sum(quote.words for quote in quotes)
    sure = sum(quote.words for quote in quotes if quote.quote.confidence == "high")
    party = (
        first
        if first.state in ("actor", "article")
        else PartyView({"unknown": "Speakers without a name", "undecided": "Undecided speaker"}[first.state], "unknown")
    )
    return SpeakingShare(
        party=party,
        quotes=len(quotes),
        quoted_words=quoted,
        reported_words=words - quoted,
        sure_words=sure,
        of_words=whole,
        longest=longest,
    )
