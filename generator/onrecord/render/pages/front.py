"""What the front page puts first: the finding in a sentence, three pull quotes, and the parties that lead."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from onrecord.labels.terms import shows
from onrecord.render.pictures.speaking_time import SpeakingShare, percent
from onrecord.render.views.facts import Facts, QuoteFact
from onrecord.render.views.profiles import Profile

MOST_HEARD = 10
"""How many speakers the chart draws: with the finding above them they fit on the first screen."""
_PULLED = 3
"""How many pull quotes there are."""
_SHORTEST, _LONGEST = 6, 40
"""Words of a pull quote: fewer say nothing by themselves, more are no pull quote."""
_LEADING = 8
"""How many parties lead."""

_NUMBERS = (
    *("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen"),
    *("fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty"),
)
_FRACTIONS = ((20, "a fifth"), (25, "a quarter"), (33, "a third"), (50, "half"), (67, "two thirds"), (75, "three quarters"))
"""Shares in per cent that have a name. A share that is near one is called by it."""

# English auxiliaries and modals (Huddleston and Pullum 2002, 3.2.1): a name that has one is a clause.
_AUXILIARIES = frozenset(
    "am is are was were be been being has have had do does did will would shall should can could may might must ought".split()  # noqa: SIM905
)


def in_words(number: int) -> str:
    """A count as prose has it.

    >>> in_words(0), in_words(15), in_words(1204)
    ('no', 'fifteen', '1,204')
    """
    return _NUMBERS[number] if number < len(_NUMBERS) else f"{number:,}"


def share_in_words(part: int, whole: int) -> str:
    """A share as prose has it: by the name of a fraction, with "about" where it is not within half a point of it, else in per cent.

    >>> share_in_words(25, 100), share_in_words(262, 1000), share_in_words(41, 100), share_in_words(1, 1000)
    ('a quarter', 'about a quarter', '41 %', 'less than 1 %')
    """
    share = 100 * part / whole
    near = next(((name, abs(share - per_cent)) for per_cent, name in _FRACTIONS if abs(share - per_cent) <= 1.5), None)
    if near is None:
        return percent(part, whole)
    return near[0] if near[1] <= 0.5 else f"about {near[0]}"


def finding(shares: Sequence[SpeakingShare], silent: int) -> str:
    """What the site shows, in a sentence: who has most of the words, and how many are never heard. ``shares`` are those of speakers that
    the site can name, most words first; empty where there is nothing to say."""
    never = f"{in_words(silent)} {'party is' if silent == 1 else 'parties are'} mentioned and never heard" if silent else ""
    if not shares:
        return f"{never[:1].upper()}{never[1:]}." if never else ""
    first = shares[0]
    alone = len(shares) == 1 and first.words == first.of_words
    has = f"{first.party.name} has {share_in_words(first.words, first.of_words)} of the words heard"
    said = f"Only {first.party.name} is heard" if alone else has if len(shares) == 1 else f"{has}, most of all"
    return f"{said}; {never}." if never else f"{said}."


def pull_quotes(articles: Iterable[Facts], shares: Sequence[SpeakingShare]) -> tuple[QuoteFact, ...]:
    """Up to three quotes of the speakers with most words, one of each: direct ones, found with high confidence, that nobody has put in
    doubt and whose every word is shown. Of several of one speaker the longest is taken, and of those of the same length the first."""
    best: dict[str, QuoteFact] = {}
    for facts in articles:
        for quote in facts.quotes:
            kept = best.get(quote.speaker.key)
            better = kept is None or quote.words > kept.words
            if better and _can_be_pulled(quote) and shows(facts.report.article, quote.quote.content):
                best[quote.speaker.key] = quote
    return tuple(best[share.party.key] for share in shares if share.party.key in best)[:_PULLED]


def _can_be_pulled(quote: QuoteFact) -> bool:
    plain = quote.kind == "direct" and quote.counted and not quote.repeated and not quote.part and not quote.review.held
    sure = quote.quote.confidence == "high" and quote.speaker.state == "actor" and quote.runner_up is None and not quote.others
    return plain and sure and _SHORTEST <= quote.words <= _LONGEST


def leading(profiles: Iterable[Profile], quotes: Iterable[QuoteFact]) -> tuple[Profile, ...]:
    """The parties with most words and mentions. Those that may be none are left out: with one mention, with several types, or with a verb
    in the name."""
    verbs = _AUXILIARIES | {quote.cue for quote in quotes if quote.cue and quote.cue.islower() and " " not in quote.cue}
    sound = (one for one in profiles if one.mention_count > 1 and not _is_mixed(one) and not _has_verb(one.actor.name, verbs))
    return tuple(sorted(sound, key=lambda one: (-one.words, -one.mention_count))[:_LEADING])


def _is_mixed(profile: Profile) -> bool:
    return len({actor.type for _, actor in profile.members}) > 1


def _has_verb(name: str, verbs: frozenset[str]) -> bool:
    """Whether a word of a name after the first is a verb in small letters: a reporting verb of the site's own articles, or an auxiliary."""
    return any(word in verbs for word in name.split()[1:])


def named(shares: Iterable[SpeakingShare]) -> Iterator[SpeakingShare]:
    """The shares of speakers that the site can name."""
    return (share for share in shares if share.party.state == "actor")
