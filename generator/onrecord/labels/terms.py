"""The report's terms in a reader's words: kinds, modalities, what each rule of extraction looks for, and how reporting verbs colour what
they report.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Literal
from urllib.parse import quote

from onrecord.model import (
    AGREED,
    WITHHELD,
    Article,
    ClaimKind,
    ComparisonKind,
    Confidence,
    Cue,
    MentionKind,
    Modality,
    Polarity,
    Quote,
    QuoteKind,
    Span,
)
from onrecord.text.masking import WORD

KIND_LABELS: dict[QuoteKind, str] = {"direct": "Direct quote", "mixed": "Partly quoted", "indirect": "Reported speech"}
KIND_PLURALS: dict[QuoteKind, str] = {"direct": "Direct quotes", "mixed": "Partly quoted", "indirect": "Reported speech"}
STANCE_LABEL, STANCE_PLURAL = "Stance", "Stances"
STANCE_MEANING = "who is for or against what; the article tells no words"
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
    "modifier": "before a noun",
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


def kind_label(quote: Quote) -> str:
    """What a quote is called: a stance is no reported speech, though its kind is ``indirect``."""
    return STANCE_LABEL if quote.stance else KIND_LABELS[quote.kind]


def standing(polarity: Polarity, modality: Modality) -> str:
    """How a claim or a relation is presented: "asserted", "negated, stated as probable"."""
    words = MODALITY_WORDS[modality]
    return f"negated, {words}" if polarity == "-" else words


_GAP = re.compile(rf"{WITHHELD}+(?:\s+{WITHHELD}+)*")


def collapse(text: str) -> str:
    """The text with every run of white space as one space, and what is withheld of it as its number of words.

    >>> collapse("Ada  Lee said ▒▒▒▒ ▒▒▒▒▒")
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
    return "" if WITHHELD in words else collapse(words)


def shown_cue(article: Article, cue: Cue | None) -> str:
    """The words of a cue; its lemma where they are withheld. A colon or a dash is a cue, but no word that a reader is told."""
    words = (shown_words(article, cue) or cue.lemma) if cue else ""
    return words if any(map(str.isalnum, words)) else ""


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
    """How much of the text of all articles of a site is shown and why no more, for a reader; empty where all of it is."""
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
    """A date of publication for readers, year first, so that sorting it as text sorts it by time.

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


_FIRST_WORDS = 9
"""So many words of its beginning tell an article without a headline from others."""


def headline(article: Article) -> str:
    """The article's title; if it gives none, its first words, never an invented headline. Where these are not shown, its id."""
    return collapse(article.meta.title) or _first_words(article) or f"Without a headline ({article.id})"


def _first_words(article: Article) -> str:
    """The words that an article begins with, advertisement left out; with an ellipsis where its first block goes on. Empty where they are
    withheld."""
    first = next((one for one in article.leaves() if one.boilerplate != "strict" and WORD.search(one.span.of(article.text))), None)
    words = first.span.of(article.text).split(maxsplit=_FIRST_WORDS) if first else []
    if any(WITHHELD in word for word in words[:_FIRST_WORDS]):
        return ""
    return " ".join(words) if len(words) <= _FIRST_WORDS else f"{' '.join(words[:_FIRST_WORDS]).rstrip('.,;:')} …"


def open_at_source(article: Article, span: Span) -> str:
    """The address of these words on the page that published them, as a text fragment; empty without an address of the article.

    Where any of the words are withheld it is the plain address of the page, since a text fragment consists of the words.
    """
    words = span.of(article.text).split()
    if not words or not article.meta.url.startswith(("http://", "https://")):
        return ""
    if WITHHELD in span.of(article.text):
        return article.meta.url
    edge = 6  # so many words at each end are enough to find the passage, and keep the address short
    parts = [words] if len(words) <= 2 * edge else [words[:edge], words[-edge:]]
    fragment = ",".join(quote(" ".join(part), safe="").replace("-", "%2D") for part in parts)
    return article.meta.url + (":~:text=" if "#" in article.meta.url else "#:~:text=") + fragment


_GOVERNED = {
    "complement": "a clause that the reporting verb governs (“said that ...”)",
    "parataxis": "a reporting clause set into the sentence (“..., officials said, ...”)",
    "according to": "a sentence with “according to”",
    "as": "a clause with “as” (“as the mayor said”)",
    "infinitive": "an infinitive after a verb that reports (“promised to ...”)",
    "participle": "a participle after a verb that reports (“denied taking ...”)",
    "small clause": "what a verb says that something is (“called the plan a mistake”)",
    "object": "the object of a verb of speech or thought (“confirmed the plan”), or of one of praise and blame",
    "particle": "the object of a preposition after a verb that reports (“called for ...”)",
    "for to": "what a verb asks somebody to do (“called for them to go”)",
    "passive": "the subject of a verb in the passive (“the plan was criticised by ...”)",
    "adjective": "what an adjective of speech or thought governs (“confident that ...”)",
    "copula": "what a noun for words or thoughts is said to be (“her view is that ...”)",
    "nominal": "a noun with its clause (“the claim that ...”)",
    "nominal infinitive": "a noun with its infinitive (“the promise to ...”)",
    "second verb": "the next verb of who was just reported (“said it was old and told drivers to ...”)",
    "nominal particle": "a noun with its preposition (“her criticism of ...”)",
}
MEANINGS: dict[str, str] = {
    **_GOVERNED,
    **{f"{rule} quoted": f"{meaning}, with quotation marks in it" for rule, meaning in _GOVERNED.items()},
    "at once after": "quotation marks, and right after them the speaker and a verb, or a verb and the speaker",
    "after apposition": "quotation marks, and right after them the speaker, who the speaker is, and a verb",
    "after": "quotation marks, then the speaker and the reporting verb",
    "after stop": "quotation marks and a full stop, then the speaker and the reporting verb",
    "at once before": "the speaker and a verb, a comma or a colon, then quotation marks",
    "at once paragraph before": "the paragraph before ends with the speaker, a verb and a colon",
    "before": "the speaker and the reporting verb right before the quotation marks",
    "before comma": "the speaker and the reporting verb, a comma, then quotation marks",
    "before colon": "the speaker and the reporting verb, a colon, then quotation marks",
    "paragraph before": "the paragraph before ends with the speaker, the reporting verb and a colon",
    "label": "a name, a colon, then quotation marks",
    "dash": "quotation marks, a dash, then a name",
    "same sentence": "a further part of the quotation before it in the sentence",
    "next sentence": "quotation marks right after another quote, with no other speaker named: the same speaker goes on",
    "turn": "the turn of a transcript: a name and a colon begin the paragraph",
    "post": "an embedded post, and the name that it is signed with",
    "next paragraph": "a paragraph that is only a quotation, after one that ends with the speaker and the reporting verb",
    "new paragraph": "a paragraph that is only a quotation, after one with a quote: the same speaker is likely to go on",
    "after report": "a paragraph that is only a quotation, after one that ends with a report of the speaker's: the same speaker goes on",
    "answer": "an answer of an interview, whose lead says who talks",
    "sender": "a paragraph that is only a quotation, after a line that says whose message it is (“From the desk of ...”)",
    "before cue": "a quotation mark that is never closed, and a reporting verb and a speaker at the end of its paragraph",
    "beat before": "quotation marks right after a sentence in which somebody nods, shrugs, laughs or the like",
    "in words of": "a phrase that says whose words the quotation is in (“in the words of ...”, “to quote ...”)",
    "talk before": "quotation marks right after a sentence that says that somebody speaks, and not what",
    "impersonal": "a report that names no source (“it was reported that ...”, “the court heard that ...”)",
    "impersonal quoted": "a report that names no source, with quotation marks in it",
    "quoted as": "somebody who is quoted by others (“was quoted as saying that ...”)",
    "quoted as quoted": "somebody who is quoted by others, with quotation marks in it",
    "run on": "the paragraph before left its quotation mark open: the same speaker goes on",
    "model": "the accurate reader alone, a small transformer; no rule found it",
    "unattributed": "a sentence in quotation marks; the text names no speaker near it",
    "verdict": "the next paragraph says whose words these are: \u201cthat was the verdict of\u201d",
    "clause": "a main clause or one joined to it",
    "non-restrictive": "a relative clause after a comma, which asserts by itself",
    "temporal": "a clause of time, which takes for granted that it happened (“after it closed”)",
    "concessive": "a clause of concession, which takes for granted that it is so (“although it closed”)",
    "factive": "a clause after a verb that takes it for granted (“realised that ...”)",
    "reduced-relative": "a participle that tells of two parties (“soldiers held by ...”)",
    "second-relative": "the second verb of such a clause, meant otherwise than the first",
    "affiliation": "a name with what its bearer is of a party, where words introduce a quote (“said Acme chairman ...”)",
    "hedged-modifier": "a participle before its noun, with a hedge (“likely ...”)",
    "opinion-gerund": "a participle clause that a question takes for granted",
    "command": "a command or demand",
    "by hand": "an editor found it, and not the program",
}
"""What each rule of quotes and claims looks for, by its name. Rules whose findings are never shown by themselves ("... inside" a
quotation) are left out."""
OF_RELATIONS: dict[str, str] = {
    "verb": "a verb with both parties",
    "passive": "a passive verb with both parties",
    "event noun": "a noun for an event with both parties (“an attack on ...”)",
    "adjective": "an adjective that says it of its subject (“critical of ...”)",
    "between": "a noun with “between” and both parties",
    "addressee": "a reporting verb with speaker and addressee",
    "role": "a stated role that names another party",
    "affiliation": "a name with the party to which its bearer belongs (“Doe of Acme”, “Doe, a lawyer at Acme”)",
    "event": "a verb with an object that says what is done, and both parties (“lifted the ban on ...”)",
    "intent": "a verb of promising, refusing or threatening, with what is intended and both parties",
    "reciprocal": "a verb with several parties who do it to one another (“Doe and Smith met”)",
}
"""What each rule of relations looks for. It is a table of its own, since some of these rules have the name of a rule of quotes."""


def rule_name(rule: str) -> str:
    """A rule's name as words.

    >>> rule_name("hedged-modifier")
    'hedged modifier'
    """
    return re.sub(r"[-_\s]+", " ", rule).strip()


def rule_meaning(rule: str, meanings: Mapping[str, str] = MEANINGS) -> str:
    """What a rule looks for; for a rule that is not ours, its name.

    >>> rule_meaning("passive agreed", OF_RELATIONS)
    'a passive verb with both parties; the accurate reader found it, too'
    """
    if rule.endswith(AGREED):
        return f"{rule_meaning(rule.removesuffix(AGREED), meanings)}; the accurate reader found it, too"
    return meanings.get(rule, rule_name(rule))


Tone = Literal["neutral", "distancing", "endorsing", "other"]

TONE_MEANINGS: dict[Tone, str] = {
    "neutral": "they say that somebody said it, and no more",
    "distancing": "they leave the truth of it to the speaker, or cast doubt on it",
    "endorsing": "they take for granted that it is true",
    "other": "neither, or they tell how it was said: asked, promised, praised",
}

_NEUTRAL = frozenset(["say", "tell", "state", "write", "add", "report", "according to", "reply", "answer", "announce", "speak", "describe"])
"""Verbs that news agencies ask for, and say nothing of truth: the Reuters Handbook of Journalism and the Associated Press Stylebook, both
under "said"; Chen (2005), neutral verbal processes."""
_DISTANCING = frozenset(
    ["allege", "assert", "boast", "claim", "contend", "imply", "insinuate", "insist", "maintain", "profess", "purport", "suggest"]
)
"""Verbs by which a writer leaves the truth of a report to its source: Thompson and Ye (1991), non-factive and counter-factive; Chen
(2005), negative verbal processes."""
_ENDORSING = frozenset(
    [
        "acknowledge",
        "admit",
        "concede",
        "confess",
        "confirm",
        "demonstrate",
        "disclose",
        "discover",
        "find",
        "know",
        "learn",
        "note",
        "observe",
        "point",
        "prove",
        "realise",
        "realize",
        "recall",
        "recognise",
        "recognize",
        "remember",
        "reveal",
        "show",
    ]
)
"""Factive and semi-factive verbs, whose complement is presupposed: Kiparsky and Kiparsky (1970), Hooper (1975), as collected by Recasens
et al. (2013); "point" is "point out"."""


def tone_of(lemma: str) -> Tone:
    """The tone of a reporting verb.

    >>> tone_of("say"), tone_of("claim"), tone_of("reveal"), tone_of("promise")
    ('neutral', 'distancing', 'endorsing', 'other')
    """
    if lemma in _NEUTRAL:
        return "neutral"
    return "distancing" if lemma in _DISTANCING else "endorsing" if lemma in _ENDORSING else "other"
