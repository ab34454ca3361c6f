"""Who is heard in an article, how much and in what words: what the table of sourcing and a page that audits it both print.

It describes, and judges nothing. Heard is who has a quote that counts as said (:attr:`onrecord.model.Quote.counts_as_said`).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Set
from dataclasses import dataclass

from onrecord.labels.terms import collapse, count_words, shown_words
from onrecord.model import AUTHOR, Actor, Article, Identified, KnownSource, Quote, QuoteKind, Report, Span
from onrecord.model.traversal import NOBODY
from onrecord.text.names import DOCUMENTS


@dataclass(frozen=True, slots=True)
class SourcingRow:
    """A party of one article and what the article lets it say, which may be nothing."""

    id: str
    """The actor's id; without an actor, a tilde and the id of the source's first quote."""
    actor: str | None
    """Its id in the report; none where the text's words for it lead to nobody."""
    stated: str
    """These words, on one line; empty for an actor."""
    identified: Identified
    candidates: tuple[str, ...]
    """Ids between whom the program could not decide."""
    quotes: tuple[Quote, ...]
    """What it is taken to have said, in text order; what several say together counts for each of them."""
    not_said: tuple[Quote, ...]
    """More that are negated, only supposed, mere stances, or in a share prompt."""

    @property
    def set_aside(self) -> int:
        """How many quotes are not counted as said."""
        return len(self.not_said)

    def count(self, kind: QuoteKind) -> int:
        """How many of the quotes are of this kind."""
        return sum(quote.kind == kind for quote in self.quotes)

    def verbs(self) -> dict[str, int]:
        """How often each reporting verb, by its lemma, introduces this source: most frequent first."""
        counts = Counter(quote.cue.lemma for quote in self.quotes if quote.cue)
        return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))

    def first(self) -> Span | None:
        """Where it is heard first."""
        return min((span for quote in self.quotes for span in quote.content), default=None)

    def sure(self) -> tuple[Quote, ...]:
        """The quotes found with high confidence."""
        return tuple(quote for quote in self.quotes if quote.confidence == "high")


def quoted_words(article: Article, quotes: tuple[Quote, ...]) -> int:
    """How many words of these quotes stand inside quotation marks."""
    return sum(min(_count(article, quote.quoted_parts), _count(article, quote.content)) for quote in quotes)


def reported_words(article: Article, quotes: tuple[Quote, ...]) -> int:
    """How many words of these quotes paraphrase."""
    return sum(_count(article, quote.content) for quote in quotes) - quoted_words(article, quotes)


def find_sources(report: Report) -> tuple[SourcingRow, ...]:
    """Every party of the article but places, those never heard included, in the order of the report's actors; then the sources that lead to
    no actor, grouped by their words, in text order."""
    spoken: dict[str, list[Quote]] = {}
    nobody: dict[str, list[Quote]] = {}
    for quote in sorted(report.quotes, key=lambda quote: min(quote.content, default=Span(0, 0))):
        speaker = quote.speaker
        for actor in dict.fromkeys(filter(None, (speaker.actor, *speaker.others))):
            spoken.setdefault(actor, []).append(quote)
        if speaker.actor is None:
            nobody.setdefault(_group(report, quote), []).append(quote)
    known = (_source(report, actor, "", tuple(spoken.get(actor.id, ()))) for actor in _parties(report, spoken.keys()))
    unknown = (_source(report, None, _stated(report.article, group[0]), tuple(group)) for group in nobody.values())
    return (*known, *unknown)


def _parties(report: Report, speaking: Set[str]) -> Iterator[Actor]:
    """The actors that are sources or could be: all but places and the article's own voice, and these where they speak."""
    yield from (one for one in report.actors if one.id in speaking or one.type not in ("place", "narrator"))
    if AUTHOR in speaking and all(one.id != AUTHOR for one in report.actors):
        yield Actor(AUTHOR, "", "narrator", ())


def _group(report: Report, quote: Quote) -> str:
    """What quotes without a speaker are grouped by: the words and, where the program could not decide, the candidates."""
    known = next((one.id for one in _known(report) if quote.id in one.quotes), "")
    return known or "\n".join((_stated(report.article, quote).casefold(), *quote.speaker.candidates))


def _known(report: Report) -> tuple[KnownSource, ...]:
    """The sources as they were identified before the words of the article were withheld: afterwards the words are not there to tell."""
    return report.article.withheld.sources if report.article.withheld else ()


def _source(report: Report, actor: Actor | None, stated: str, quotes: tuple[Quote, ...]) -> SourcingRow:
    candidates = quotes[0].speaker.candidates if actor is None else ()
    id = actor.id if actor else NOBODY + quotes[0].id
    identified = next((one.identified for one in _known(report) if one.id == id), None) or (
        identify_actor(report.article, actor) if actor else "undecided" if candidates else _identify_stated(report.article, quotes[0])
    )
    return SourcingRow(
        id=id,
        actor=actor.id if actor else None,
        stated=stated,
        identified=identified,
        candidates=candidates,
        quotes=tuple(quote for quote in quotes if quote.counts_as_said),
        not_said=tuple(quote for quote in quotes if not quote.counts_as_said),
    )


def _stated(article: Article, quote: Quote) -> str:
    return shown_words(article, quote.speaker.mention) if quote.speaker.mention else ""


def _count(article: Article, spans: tuple[Span, ...]) -> int:
    return sum(count_words(span.of(article.text)) for span in spans)


# --- how a source is identified ------------------------------------------------------------------------------------

# A source that is kept back: the phrasings of the Associated Press's rules on anonymous sources ("News Values and Principles").
_ANONYMOUS = re.compile(
    r"\b(?:sources?|insiders?|anonymous(?:ly)?|unnamed|unidentified|anonymity|not (?:be )?(?:authori[sz]ed|identified|named)"
    r"|(?:people|persons?|officials?) (?:familiar|close)|declined to (?:be|give))\b",
    re.IGNORECASE,
)

# Personal, relative and demonstrative pronouns (Quirk et al. 1985, 6.15 to 6.24).
_PRONOUNS = frozenset(
    [
        "i",
        "you",
        "he",
        "she",
        "it",
        "we",
        "they",
        "him",
        "her",
        "us",
        "them",
        "who",
        "which",
        "what",
        "this",
        "that",
        "these",
        "those",
        "one",
    ]
)

# What ends the noun that says what a source is: prepositions and relatives ("officials in Baghdad", "a man who", "the head of").
_AFTER_HEAD = re.compile(r"(?:,|\b(?:of|in|for|from|at|on|with|by|to|about|who|which|that|close|familiar)\b)", re.IGNORECASE)

# Plurals without -s, and nouns that count what follows them (Quirk et al. 1985, 5.86 to 5.90 and 5.25).
_PLURALS = frozenset(
    ["people", "men", "women", "children", "police", "staff", "few", "many", "some", "several", "most", "others", "percent", "majority"]
)

# What is found out or decided, and what records it: hyponyms of "investigation", "judgment" and "record" in WordNet 3.1.
_FINDINGS = frozenset(
    [
        "analysis",
        "audit",
        "census",
        "complaint",
        "data",
        "document",
        "finding",
        "indictment",
        "inquiry",
        "investigation",
        "paper",
        "poll",
        "record",
        "research",
        "review",
        "ruling",
        "study",
        "survey",
        "transcript",
        "verdict",
    ]
)

_SENTENCE_END = re.compile(r"[.!?][”\"’]?\s|\n")


def identify_actor(article: Article, actor: Actor) -> Identified:
    """How the article identifies one of its actors, by all its mentions of it."""
    if actor.type == "narrator" or any(mention.kind == "named" for mention in actor.mentions):
        return "named"
    described = [mention for mention in actor.mentions if mention.kind == "nominal"]
    if any(_is_kept_anonymous(article, mention) for mention in described):
        return "anonymous"
    found = [identify_words(collapse(mention.of(article.text))) for mention in described] or [identify_words(actor.name)]
    if "document" in found:
        return "document"
    return "role only" if actor.type == "person" else "collective"


def identify_words(words: str) -> Identified:
    """How words that lead to no actor identify a source.

    >>> [identify_words(words) for words in ("a source", "Kurdish officials in Erbil", "the coroner's report", "a spokesman", "he")]
    ['anonymous', 'collective', 'document', 'role only', 'unstated']
    """
    if not words or words.casefold() in _PRONOUNS:
        return "unstated"
    if _ANONYMOUS.search(words):
        return "anonymous"
    before = _AFTER_HEAD.split(words, maxsplit=1)[0].split()
    head = before[-1] if before else words.split()[-1]
    noun = head.casefold()
    plural = _singular(noun) != noun or not _PLURALS.isdisjoint([noun, words.split()[0].casefold()])
    if _singular(noun) in DOCUMENTS | _FINDINGS:
        return "document"
    # A plural alone may have its capital from the beginning of a sentence: "Officials said".
    if head[0].isupper() and not (plural and (len(before) == 1 or before[0].casefold() in _PLURALS)):
        return "named"
    return "collective" if plural else "role only"


def _identify_stated(article: Article, quote: Quote) -> Identified:
    if quote.speaker.mention and _is_kept_anonymous(article, quote.speaker.mention):
        return "anonymous"
    return identify_words(_stated(article, quote))


def _is_kept_anonymous(article: Article, mention: Span) -> bool:
    """Whether the words of a source, or what follows in its sentence ("who spoke on condition of anonymity"), say that it stays
    anonymous."""
    end = _SENTENCE_END.search(article.text, mention.end)
    after = article.text[mention.end : end.start() if end else len(article.text)]
    return bool(_ANONYMOUS.search(mention.of(article.text))) or "anonymity" in after


def _singular(noun: str) -> str:
    """A noun without the ending of a plural, as far as letters show it."""
    if noun.endswith("ies"):
        return f"{noun[:-3]}y"
    return noun[:-1] if noun.endswith("s") and not noun.endswith(("ss", "us", "is", "'s", "’s")) else noun
