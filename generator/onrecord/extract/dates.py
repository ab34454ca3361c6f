"""Which day, week, month or year an English expression names, and when what an article reports was said and happened."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import MAXYEAR, MINYEAR, date, timedelta
from typing import Literal

from onrecord.extract.actors.word_lists import claim_words
from onrecord.extract.language import Analysis
from onrecord.extract.tokens import Token, lemma_of
from onrecord.model import Claim, Moment, Quote, Span

Tense = Literal["past", "future", ""]
"""That of the verb that a date goes with; empty where it shows none."""

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
NUMBER_WORDS = ("a", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
"""What each number up to twelve is called, at the place that it says; "a" is one."""

_MONTH = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)\.?"
)
_WEEKDAY = r"(?P<weekday>mon|tue|wed|thu|fri|sat|sun)(?:day|sday|nesday|rsday|urday)"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>1\d{3}|20\d{2})"
_WHICH = r"(?:(?P<which>this|last|next|this past|this coming|past|coming) )?"
_PART = r"(?: (?:morning|afternoon|evening|night))?"
_ABOUT = r"(?:(?:early|earlier|late|later|mid|mid-|the|beginning of|end of|middle of|start of) ?)*"


@dataclass(frozen=True, slots=True)
class Dated:
    """The time that an expression names."""

    value: str
    """ISO 8601 at the precision that the words have: ``2017-08-29``, ``2017-W35``, ``2017-08``, ``2017``."""
    inferred: bool
    """Whether it was reckoned from the day of publication."""


def resolve(expression: str, published: date | None, tense: Tense) -> Dated | None:
    """The time that an expression names; none where it names none, or where nothing tells which.

    ``tense`` is that of the verb that the expression goes with: without one, "Tuesday" may be the last or the next.

    >>> resolve("Aug. 29, 2017", None, ""), resolve("Tuesday", date(2017, 8, 31), "past")
    (Dated(value='2017-08-29', inferred=False), Dated(value='2017-08-29', inferred=True))
    """
    words = re.sub(r"\s+", " ", expression.strip().casefold().replace("\u2019", "'")).removesuffix("'s").removeprefix("on ")
    for pattern, reckon in _STATED:
        if match := pattern.fullmatch(words):
            value = reckon(match)
            return None if value is None else Dated(value, inferred=False)
    if published is not None:
        for pattern, infer in _RELATIVE:
            if match := pattern.fullmatch(words):
                value = infer(match, published, tense)
                return None if value is None else Dated(value, inferred=True)
    return None


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _days_after(day: date, days: int) -> date | None:
    """The day so many days later, or earlier; none where the calendar ends before it."""
    try:
        return day + timedelta(days)
    except OverflowError:
        return None


def _iso_day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _iso_year(year: int) -> str | None:
    return f"{year:04}" if MINYEAR <= year <= MAXYEAR else None


def _iso_month(year: int, month: int) -> str | None:
    return f"{year:04}-{month:02}" if MINYEAR <= year <= MAXYEAR else None


def _month_of(match: re.Match[str]) -> int:
    return _MONTHS.index(match["month"][:3]) + 1


def _day_month_year(match: re.Match[str]) -> str | None:
    return _iso_day(_day(int(match["year"]), _month_of(match), int(match["day"])))


def _iso(match: re.Match[str]) -> str | None:
    return _iso_day(_day(*(int(part) for part in match.groups())))


def _month_and_year(match: re.Match[str]) -> str:
    return f"{match['year']}-{_month_of(match):02}"


def _year(match: re.Match[str]) -> str:
    return match["year"]


_STATED: Sequence[tuple[re.Pattern[str], Callable[[re.Match[str]], str | None]]] = (
    (re.compile(r"(\d{4})-(\d\d)-(\d\d)"), _iso),
    (re.compile(rf"(?:{_WEEKDAY},? )?{_MONTH} {_DAY},? {_YEAR}"), _day_month_year),
    (re.compile(rf"(?:{_WEEKDAY},? )?(?:the )?{_DAY} (?:of )?{_MONTH},? {_YEAR}"), _day_month_year),
    (re.compile(rf"{_ABOUT}{_MONTH}(?: of|,)? {_YEAR}"), _month_and_year),
    (re.compile(rf"{_ABOUT}{_YEAR}"), _year),
)


def _no_year(match: re.Match[str], published: date, tense: Tense) -> str | None:
    """ "Aug. 29": the last one or the next one."""
    # "Dec. 30" in an article of January is of the year before. A year may have no Feb. 29.
    days = [day for year in (-1, 0, 1) if (day := _day(published.year + year, _month_of(match), int(match["day"]))) is not None]
    return _iso_day(_nearest(days, published, tense))


def _nearest(days: Sequence[date], published: date, tense: Tense) -> date | None:
    if published in days:
        return published
    if tense == "past":
        return max((day for day in days if day < published), default=None)
    if tense == "future":
        return min((day for day in days if day > published), default=None)
    return None


def _named_day(match: re.Match[str], published: date, tense: Tense) -> str | None:
    """ "Tuesday", "last Tuesday", "next Tuesday"."""
    # How many days back the last such weekday lies; 0 on the day itself.
    back = (published.weekday() - _WEEKDAYS.index(match["weekday"])) % 7
    which = match["which"] or ""
    if which in ("last", "past", "this past"):
        return _iso_day(_days_after(published, -(back or 7)))  # never today
    if which in ("next", "coming", "this coming"):
        return _iso_day(_days_after(published, 7 - back))
    # On a Tuesday, "Tuesday" is today in any tense.
    if back == 0 or tense == "past":
        return _iso_day(_days_after(published, -back))
    return _iso_day(_days_after(published, 7 - back)) if tense == "future" else None


def _named_month(match: re.Match[str], published: date, tense: Tense) -> str | None:
    """ "August", "last August", "next August"."""
    month, which = _month_of(match), match["which"] or ""
    way: Tense = "past" if which in ("last", "past", "this past") else "future" if which in ("next", "coming", "this coming") else tense
    months = [(published.year + year, month) for year in (-1, 0, 1)]
    here = (published.year, published.month)
    # "In August" in an article of August is this one.
    if here in months and not which:
        found: tuple[int, int] | None = here
    elif way == "past":
        found = max((one for one in months if one < here), default=None)
    else:
        found = min((one for one in months if one > here), default=None) if way == "future" else None
    return None if found is None else _iso_month(*found)


def _today(match: re.Match[str], published: date, tense: Tense) -> str | None:
    """ "Today", "yesterday", "tomorrow night"."""
    by = {"yesterday": -1, "last night": -1, "tomorrow": 1}
    return _iso_day(_days_after(published, next((days for words, days in by.items() if match[0].startswith(words)), 0)))


def _period(match: re.Match[str], published: date, tense: Tense) -> str | None:
    """ "This week", "last month", "next year"."""
    steps = {"last": -1, "past": -1, "next": 1, "coming": 1}.get((match["which"] or "this").removeprefix("this "), 0)
    return _shifted(published, match["unit"], steps)


def _ago(match: re.Match[str], published: date, tense: Tense) -> str | None:
    """ "Three weeks ago"."""
    word = match["number"]
    number = int(word) if word.isdigit() else max(1, NUMBER_WORDS.index(word)) if word in NUMBER_WORDS else 1
    return _shifted(published, match["unit"], -number) if number <= 999 else None


def _shifted(day: date, unit: str, steps: int) -> str | None:
    """The day, week, month or year so many steps from that of a day; none where the calendar ends before it."""
    if unit == "day":
        return _iso_day(_days_after(day, steps))
    if unit == "week":
        return _iso_week(_days_after(day, 7 * steps))
    if unit == "year":
        return _iso_year(day.year + steps)
    year, month = divmod(day.year * 12 + day.month - 1 + steps, 12)
    return _iso_month(year, month + 1)


def _iso_week(day: date | None) -> str | None:
    if day is None:
        return None
    year, week, _ = day.isocalendar()
    return f"{year:04}-W{week:02}"


_RELATIVE: Sequence[tuple[re.Pattern[str], Callable[[re.Match[str], date, Tense], str | None]]] = (
    (re.compile(rf"(?:{_WEEKDAY},? )?{_MONTH} {_DAY}{_PART}"), _no_year),
    (re.compile(rf"(?:{_WEEKDAY},? )?(?:the )?{_DAY} (?:of )?{_MONTH}{_PART}"), _no_year),
    (re.compile(rf"(?:early |late )?{_WHICH}{_WEEKDAY}{_PART}"), _named_day),
    (re.compile(rf"{_ABOUT}{_WHICH}{_MONTH}"), _named_month),
    (re.compile(r"(?:earlier |later |late |early )?(?:today|tonight|this (?:morning|afternoon|evening))"), _today),
    (re.compile(r"(?:late |early )?(?:yesterday|tomorrow)(?: (?:morning|afternoon|evening|night))?|last night"), _today),
    (re.compile(rf"{_ABOUT}(?P<which>this|last|next|past|this past|this coming|coming) (?P<unit>week|month|year)"), _period),
    (
        re.compile(
            r"(?:about |some |around )?(?P<number>\d{1,3}|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve) "
            r"(?P<unit>day|week|month|year)s? ago"
        ),
        _ago,
    ),
)


_PERFECT_FORMS = frozenset(["has", "have", "had", "having", "'ve", "\u2019ve", "'d"])
_EACH = ("each", "every")
"""What makes a set of times of a date: "every Monday"."""
_PRESENT_FOR_PAST = frozenset(["say", "tell", "report", "write", "announce"])
"""Verbs that headlines and features put in the present tense for what was said before."""


_SCHEDULED = frozenset(
    [
        *(
            "air",
            "begin",
            "close",
            "convene",
            "end",
            "expire",
            "fall",
            "meet",
            "open",
            "premiere",
            "reopen",
            "resume",
            "sail",
            "start",
            "vote",
        ),
        *("come into", "go on", "go to", "kick off", "take effect", "take office", "take place"),
    ]
)
"""Verbs whose simple present with a date tells what is fixed for it (Quirk et al. 1985, 4.45: "the match **starts** on Tuesday"). Verbs of
deeds are none: under pictures, "the mayor **speaks** on Tuesday" has happened; so has whatever somebody does to somebody."""


def _is_scheduled(verb: Token) -> bool:
    lemma = lemma_of(verb)
    beside = [child for child in verb.rights if child.dep_ in ("dobj", "prt", "prep")]
    if any(f"{lemma} {child.lower_}" in _SCHEDULED for child in beside):
        return True
    return lemma in _SCHEDULED and not any(child.dep_ == "dobj" for child in beside)


def find_moments(analysis: Analysis, quotes: Sequence[Quote], claims: Sequence[Claim]) -> tuple[Moment, ...]:
    """The dates of an article that can be told, in text order.

    One in the setting of a quote says when it was said; any other, when what the smallest claim around it tells of happened, or will.
    One without a year or a date is reckoned from the article's date; without that it is left out, and so is one that may be the last or
    the next.
    """
    published = _published(analysis)
    return tuple(_moments(analysis, quotes, claims, published))


def _published(analysis: Analysis) -> date | None:
    try:
        return date.fromisoformat(analysis.article.meta.date[:10])
    except ValueError:
        return None


def _moments(analysis: Analysis, quotes: Sequence[Quote], claims: Sequence[Claim], published: date | None) -> Iterator[Moment]:
    by_cue = {token.i: quote.id for quote in reversed(quotes) if quote.cue for token in analysis.tokens(quote.cue)}
    for name in analysis.doc.ents:
        if name.label_ not in ("DATE", "TIME") or (name.start and name.doc[name.start - 1].lower_ in _EACH) or _is_title(name[0]):
            continue
        verb = _verb_of(name.root)
        dated = resolve(name.text, published, _tense_of(verb))
        if dated is None:
            continue
        span = Span(name.start_char, name.end_char)
        said = next((quote.id for quote in quotes if any(setting.overlaps(span) for setting in (*quote.setting, *_source(quote)))), None)
        said = said or _said_in(name.root, by_cue)
        told = _smallest_around(claims, span) if said is None else None
        if said is not None or told is not None:
            yield Moment(span.start, span.end, dated.value, dated.inferred, said, None if told is None else told.id)


def _source(quote: Quote) -> tuple[Span, ...]:
    """The words of a quote's source: "a **2019** paper"."""
    return () if quote.speaker.mention is None else (Span(quote.speaker.mention.start, quote.speaker.mention.end),)


def _said_in(date: Token, by_cue: Mapping[int, str]) -> str | None:
    """The quote whose source a participle with a date is about: "according to a study **published on Monday**"."""
    verb = _verb_of(date)
    return by_cue.get(verb.head.head.i) if verb is not None and verb.dep_ == "acl" else None


def _is_title(first: Token) -> bool:
    """Whether a word for a day is written as a name within a sentence, which "today" never is: "told Field Notes **Today**"."""
    return (
        first.lower_ in ("today", "tomorrow", "tonight", "yesterday")
        and not first.is_lower
        and not first.is_sent_start
        and first.text[1:].islower()
    )


def _smallest_around(claims: Sequence[Claim], span: Span) -> Claim | None:
    """The shortest claim that holds a span: a date is about the innermost of nested claims."""
    around = [claim for claim in claims if any(part.contains(span) for part in claim.spans)]
    return min(around, key=lambda claim: sum(map(len, claim.spans)), default=None)


def _verb_of(token: Token) -> Token | None:
    """The verb whose clause a date stands in."""
    return next((above for above in (token, *token.ancestors) if above.pos_ in ("VERB", "AUX")), None)


def _tense_of(verb: Token | None) -> Tense:
    """Past, future, or neither, as the verb and its auxiliaries show."""
    at = verb
    while at is not None:
        helpers = [child for child in at.children if child.dep_ in ("aux", "auxpass")]
        if at.tag_ == "VBN" and not helpers and any(child.dep_ == "nsubj" for child in at.children):
            return "past"  # a past tense that the tagger took for a participle
        if at.tag_ == "VBD" or any(child.tag_ == "VBD" or child.lower_ in _PERFECT_FORMS for child in helpers):
            return "past"
        if any(child.tag_ in ("MD", "TO") for child in helpers):
            return "future"  # modal verbs and infinitives look ahead (Quirk et al. 1985, 4.41-4.48)
        if at.tag_ == "VBN" and at.dep_ == "acl" and not helpers:
            return "future" if lemma_of(at) in claim_words().modality["future_verbs"] else "past"  # "a study published on Monday"
        if at.tag_ == "VBG" and any(child.lemma_ == "be" for child in helpers):
            return "future"  # "is meeting on Tuesday"
        if at.tag_ in ("VBP", "VBZ"):
            return "past" if at.lemma_.lower() in _PRESENT_FOR_PAST else "future" if _is_scheduled(at) else ""
        at = _verb_of(at.head) if at.head is not at else None  # a participle has the tense of its clause
    return ""
