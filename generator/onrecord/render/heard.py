"""Where in an article its actors are heard and where they are only mentioned, on one axis from its beginning to its end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from onrecord.render.facts import Facts, QuoteFact
from onrecord.render.parties import WITHOUT_PAGE, Parties, Party
from onrecord.render.words import plural

MOST_HEARD, MOST_SILENT = 10, 4


@dataclass(frozen=True, slots=True)
class Stretch:
    """Words of a quote, in hundredths of the article."""

    x: str
    width: str
    quoted: bool
    """Whether the quote has words in quotation marks."""


@dataclass(frozen=True, slots=True)
class Row:
    """One actor on the axis."""

    party: Party
    quotes: int
    mentions: int
    stretches: tuple[Stretch, ...]
    ticks: tuple[str, ...]
    """Where the mentions stand, in hundredths of the article."""
    where: str
    """The row in words: "heard 3 times, from 51 % to 60 %"."""


@dataclass(frozen=True, slots=True)
class Axis:
    """What ``partials/heard.html`` prints."""

    rows: tuple[Row, ...]
    finding: str
    """What the picture shows, in a sentence or two."""
    left_out: int
    """Further actors that are heard and found no room."""


def find_heard(facts: Facts, parties: Parties) -> Axis | None:
    """Those with most words in the order in which they are heard, then of the silent those with most mentions.

    None where fewer than two are heard, which needs no picture.
    """
    report, length = facts.report, max(1, len(facts.report.article.text))
    quotes: dict[str, list[QuoteFact]] = {}
    for quote in facts.quotes:
        for party in (quote.speaker, *quote.others) if quote.counted else ():
            if party.key:
                quotes.setdefault(party.key, []).append(quote)
    ticks: dict[str, set[int]] = {}
    found: dict[str, Party] = {}
    for actor in report.actors:
        party = parties.party(report, actor.id)
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
    return Axis((*shown, *silent[:MOST_SILENT]), _finding(heard, silent), max(0, len(heard) - MOST_HEARD))


def _row(party: Party, quotes: Sequence[QuoteFact], starts: Sequence[int], length: int) -> Row:
    spans = sorted((span, quote.kind != "indirect") for quote in quotes for span in quote.quote.content)
    stretches = tuple(Stretch(_at(span.start, length), _at(len(span), length), quoted) for span, quoted in spans)
    return Row(party, len(quotes), len(starts), stretches, tuple(_at(start, length) for start in starts), _where(quotes, length))


def _where(quotes: Sequence[QuoteFact], length: int) -> str:
    if not quotes:
        return "never heard"
    first = min(span.start for quote in quotes for span in quote.quote.content)
    last = max(span.end for quote in quotes for span in quote.quote.content)
    return f"{100 * first / length:.0f} % to {100 * last / length:.0f} %"


def _finding(heard: Sequence[Row], silent: Sequence[Row]) -> str:
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
