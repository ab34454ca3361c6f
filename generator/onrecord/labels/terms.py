"""The report's terms in a reader's words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime
from urllib.parse import quote

from onrecord.model import WITHHELD, Article, ClaimKind, ComparisonKind, Confidence, Cue, MentionKind, Modality, Polarity, QuoteKind, Span
from onrecord.permalinks.masking import WORD

KIND_LABELS: dict[QuoteKind, str] = {"direct": "Direct quote", "mixed": "Partly quoted", "indirect": "Reported speech"}
KIND_PLURALS: dict[QuoteKind, str] = {"direct": "Direct quotes", "mixed": "Partly quoted", "indirect": "Reported speech"}
KIND_MEANINGS: dict[QuoteKind, str] = {
    "direct": "the speaker’s own words, inside quotation marks in the article or in the turn of a transcript",
    "mixed": "a paraphrase with some words inside quotation marks",
    "indirect": "the article’s paraphrase of what somebody said or thought",
}
CLAIM_LABELS: dict[ClaimKind, str] = {
    "event": "Statement",
    "evaluation": "Judgement",
    "commitment": "Commitment",
    "directive": "Demand",
    "wish": "Wish",
}
CLAIM_PLURALS: dict[ClaimKind, str] = {
    "event": "Statements",
    "evaluation": "Judgements",
    "commitment": "Commitments",
    "directive": "Demands",
    "wish": "Wishes",
}
COMPARISON_LABELS: dict[ComparisonKind, str] = {"agrees": "Agreement", "conflicts": "Conflict", "differs": "Difference"}
COMPARISON_VERBS: dict[ComparisonKind, str] = {"agrees": "agrees with", "conflicts": "conflicts with", "differs": "differs from"}
MENTION_LABELS: dict[MentionKind, str] = {
    "named": "by name",
    "nominal": "by a description",
    "modifier": "as a modifier",
    "pronoun": "by a pronoun",
}
CONFIDENCE_WORDS: dict[Confidence, str] = {
    "high": "high confidence",
    "medium": "medium confidence",
    "low": "low confidence: needs a human eye",
}

MODALITY_WORDS: dict[Modality, str] = {
    "asserted": "asserted",
    "probable": "stated as probable",
    "future": "about the future",
    "conditional": "only supposed",
    "deontic": "about what ought to be or may be done",
    "presupposed": "taken for granted",
    "hoped": "hoped for",
}


def standing(polarity: Polarity, modality: Modality) -> str:
    """How a claim or a relation is presented: "asserted", "negated, stated as probable"."""
    words = MODALITY_WORDS[modality]
    return f"negated, {words}" if polarity == "-" else words


_GAP = re.compile(rf"{WITHHELD}+(?:\s+{WITHHELD}+)*")


def one_line(text: str) -> str:
    """The text with every run of white space as one space, and what is withheld of it as its number of words.

    >>> one_line("Ada  Lee said ▒▒▒▒ ▒▒▒▒▒")
    'Ada Lee said [… 2 words withheld]'
    """
    if WITHHELD in text:
        text = _GAP.sub(lambda gap: f"[… {plural(len(gap[0].split()), 'word')} withheld]", text)
    return " ".join(text.split())


def shows(article: Article, spans: Iterable[Span]) -> bool:
    """Whether nothing of these spans is withheld."""
    return not any(WITHHELD in span.of(article.text) for span in spans)


def shown_words(article: Article, span: Span) -> str:
    """The words of a span on one line; empty where any of them is withheld."""
    words = span.of(article.text)
    return "" if WITHHELD in words else one_line(words)


def shown_cue(article: Article, cue: Cue | None) -> str:
    """The words of a cue; its lemma where they are withheld."""
    return (shown_words(article, cue) or cue.lemma) if cue else ""


def how_much_is_shown(article: Article) -> str:
    """How much of an article's text is shown and why no more, for a reader; empty where all of it is."""
    withheld = article.withheld
    if withheld is None:
        return ""
    sentences = plural(withheld.sentences, "sentence")
    if withheld.mode == "none":
        return f"The text is not shown: {sentences}, withheld {_RIGHTS}"
    what = "those in which somebody is heard or related to somebody, or that a person has checked"
    count = f"The text is shown in excerpts: {withheld.shown_sentences:,} of {sentences}, {what}."
    return count if withheld.shown_sentences == withheld.sentences else f"{count} The rest is withheld, {_RIGHTS}"


_RIGHTS = "for the rights in the text may be somebody else’s. Counts and shares are of the whole."


def how_much_of_all_is_shown(articles: Sequence[Article]) -> str:
    """The same for all articles of a site."""
    if len(articles) == 1:
        return how_much_is_shown(articles[0])
    modes = Counter(article.withheld.mode if article.withheld else "full" for article in articles)
    if modes["full"] == len(articles):
        return ""
    ways = {"full": "in full", "excerpts": "in excerpts", "none": "not at all"}
    shown = enumerate_words(f"{modes[mode]:,} {way}" for mode, way in ways.items() if modes[mode])
    return f"How the texts of {len(articles):,} articles are shown: {shown}. The rest is withheld, {_RIGHTS}"


def without_lone_marks(text: str) -> str:
    """The text without double quotation marks whose other half is not in it: a claim may end inside a quote.

    >>> without_lone_marks("the “port shut under a deal"), without_lone_marks("the “port” shut")
    ('the port shut under a deal', 'the “port” shut')
    """
    for opening, closing in ("“”", "«»", '""'):
        halves = text.count(opening), text.count(closing)
        if (halves[0] % 2) if opening == closing else halves[0] != halves[1]:
            text = text.replace(opening, "").replace(closing, "")
    return text


def shown_date(date: str) -> str:
    """A date of publication for readers; still sorted by its letters.

    >>> shown_date("2026-05-02"), shown_date("2026-05-02T10:00:00+00:00"), shown_date("2026-05-02T10:00:00+02:00")
    ('2026-05-02', '2026-05-02, 10:00 UTC', '2026-05-02, 10:00 UTC+02:00')
    """
    try:
        moment = datetime.fromisoformat(date)
    except ValueError:
        return date
    if len(date) <= len("2026-05-02"):
        return date
    zone = f" {moment.tzinfo}" if moment.tzinfo else ""
    return f"{moment:%Y-%m-%d, %H:%M}{zone}"


def count_words(text: str) -> int:
    """How many words a text has, shown or withheld."""
    return len(WORD.findall(text))


def plural(count: int, one: str, many: str = "") -> str:
    """A number with its noun.

    >>> plural(1, "quote"), plural(2, "quote")
    ('1 quote', '2 quotes')
    """
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def enumerate_words(words: Iterable[str]) -> str:
    """The words as a list in a sentence.

    >>> enumerate_words(["a", "b", "c"])
    'a, b and c'
    """
    *most, last = words
    return f"{', '.join(most)} and {last}" if most else last


def headline(article: Article) -> str:
    """The article's title; if it gives none, its file's name, never an invented headline."""
    return one_line(article.meta.title) or article.file or article.id


def open_at_source(article: Article, span: Span) -> str:
    """The address of these words on the page that published them, as a text fragment; empty without an address of the article.

    A fragment would tell words that are withheld: then it is the address of the page.
    """
    words = span.of(article.text).split()
    if not words or not article.meta.url.startswith(("http://", "https://")):
        return ""
    if WITHHELD in span.of(article.text):
        return article.meta.url
    edge = 6
    parts = [words] if len(words) <= 2 * edge else [words[:edge], words[-edge:]]
    fragment = ",".join(quote(" ".join(part), safe="").replace("-", "%2D") for part in parts)
    return article.meta.url + (":~:text=" if "#" in article.meta.url else "#:~:text=") + fragment
