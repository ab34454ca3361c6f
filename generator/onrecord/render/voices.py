"""Who gets to speak: words ascribed to each speaker, direct and reported."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from onrecord.render.facts import QuoteFact
from onrecord.render.parties import Party


@dataclass(frozen=True, slots=True)
class Voice:
    """One speaker's share of the words that the text ascribes to somebody."""

    party: Party
    quotes: int
    quoted_words: int
    """Words inside quotation marks."""
    reported_words: int
    """Words that paraphrase."""
    sure_words: int
    """Words of both sorts in quotes found with high confidence."""
    of_words: int
    """The denominator: the ascribed words of all speakers."""
    longest: int
    """The words of the speaker with the most, to draw bars by."""

    @property
    def words(self) -> int:
        return self.quoted_words + self.reported_words

    @property
    def percent(self) -> str:
        return percent(self.words, self.of_words)

    @property
    def quoted_width(self) -> str:
        """The length of the bar of quoted words, in hundredths of the longest bar."""
        return f"{100 * self.quoted_words / self.longest:.1f}"

    @property
    def width(self) -> str:
        """The length of the whole bar, in hundredths of the longest."""
        return f"{100 * self.words / self.longest:.1f}"


def percent(part: int, whole: int) -> str:
    """A share as whole percents; "less than 1 %" rather than nothing."""
    share = 100 * part / whole if whole else 0
    return "less than 1 %" if 0 < share < 1 else f"{share:.0f} %"


def speak_together(quotes: Iterable[QuoteFact]) -> bool:
    """Whether words count for several speakers each, so that shares add up to more than the whole."""
    return any(quote.counted and quote.others for quote in quotes)


def find_voices(quotes: Iterable[QuoteFact]) -> tuple[Voice, ...]:
    """The speakers of these quotes, most words first; what is negated, only supposed or a share prompt does not count.

    All unknown speakers stand as one, and so do all undecided ones. Words that several speak together count for each of them.
    """
    counted = [quote for quote in quotes if quote.counted]
    groups: dict[str, list[QuoteFact]] = {}
    parties: dict[str, Party] = {}
    for quote in counted:
        for party in (quote.speaker, *quote.others):
            parties.setdefault(party.key or party.state, party)
            groups.setdefault(party.key or party.state, []).append(quote)
    totals = {key: sum(quote.words for quote in group) for key, group in groups.items()}
    whole, longest = sum(quote.words for quote in counted), max(totals.values(), default=0)
    ranked = sorted(groups.items(), key=lambda item: -totals[item[0]])
    return tuple(_voice(parties[key], group, whole, longest) for key, group in ranked if totals[key])


def _voice(first: Party, quotes: list[QuoteFact], whole: int, longest: int) -> Voice:
    quoted = sum(min(quote.quoted_words, quote.words) for quote in quotes)
    words = sum(quote.words for quote in quotes)
    sure = sum(quote.words for quote in quotes if quote.quote.confidence == "high")
    party = (
        first
        if first.state in ("actor", "article")
        else Party({"unknown": "Unknown speaker", "undecided": "Undecided speaker"}[first.state], "unknown")
    )
    return Voice(
        party=party,
        quotes=len(quotes),
        quoted_words=quoted,
        reported_words=words - quoted,
        sure_words=sure,
        of_words=whole,
        longest=longest,
    )
