"""Taking withheld words out of a report, so that nobody can tell from what is left what they were.

Each withheld word becomes one character, and what stands between two of them one blank. All offsets are moved to the masked text: of "Lee
said that the quay is unsafe." with only "Lee" shown is left "Lee ▒ ▒ ▒ ▒ ▒ ▒", and what began at character 14 begins at 8. So the number
and the order of words, what lies within what, and links still hold, but the length of a word does not.

Nothing that is decided here depends on a withheld word: what stays is decided by what is shown. Otherwise the decision itself would tell
something about the word.
"""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any, TypeVar, get_args

from onrecord.model import (
    WITHHELD,
    Actor,
    ActorType,
    Article,
    Block,
    ClaimKind,
    Comparison,
    ComparisonKind,
    CorrectionStatus,
    Mention,
    Modality,
    Notice,
    Outcome,
    Quote,
    QuoteKind,
    Relation,
    Report,
    Role,
    Span,
    UndecidedMention,
    Withheld,
)
from onrecord.model.traversal import rebuild, values_in, with_ids, with_place
from onrecord.text.ids import Seals, Worded, edition_of, worded_in

Value = TypeVar("Value")
Place = TypeVar("Place", Mention, UndecidedMention)

WORD = re.compile(rf"[\w{WITHHELD}]+(?:['’‑-]\w+|(?<=\d)[.,]\d+)*")
"""A word: "al-Abadi’s" is one, and so is "4.2"."""
_BLANK, _BREAK = " ", "\n\n"
"""What stands for all that is between two words: within a block, and between two blocks."""


def masked(text: str) -> str:
    """The text with every word withheld. Only the number of words is left.

    >>> masked("“Shut it,” he didn't say.")
    '▒ ▒ ▒ ▒ ▒'
    """
    return _BLANK.join(WITHHELD for _ in WORD.finditer(text))


def cut_quotes(message: str, names: Iterable[str] = ()) -> str:
    """A message of the program without the words that it quotes: all from the first quotation mark to the last is cut, because quoted words
    may hold quotation marks themselves. A quoted name among ``names`` that comes first is kept.

    >>> cut_quotes("“Lee” is the surname of Ann Lee, and the role “head of the “Quay” board”", ["Lee"])
    '“Lee” is the surname of Ann Lee, and the role “[…]”'
    """
    known, at = frozenset(names), 0
    while (start := message.find("“", at)) >= 0 and message[start + 1 : message.find("”", start)] in known:
        at = message.find("”", start) + 1
    last = message.rfind("”") + 1
    if start < 0 and last <= at:
        return message
    begin = start if start >= 0 else message.find("“")
    return f"{message[: max(begin, 0)]}“[…]”{message[max(last, begin) :] if last > begin else ''}"


# --- the text ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Mask:
    """An article's text with the withheld words masked, and a map from offsets in the whole text to offsets in this one.

    The text is cut into stretches: each is shown, or is a word or a part of one, or stands between words.
    """

    text: str
    starts: tuple[int, ...]
    """Where the stretches begin in the whole text; last, its length."""
    places: tuple[int, ...]
    """Where the same stretches begin in the masked text; last, its length."""
    is_shown: tuple[bool, ...]

    @classmethod
    def of(cls, article: Article, shown: Sequence[Span], edges: Iterable[int]) -> Mask:
        """The mask over all but what is ``shown``. Words are also cut at the ``edges``, where findings begin and end, so that findings that
        begin at different places in one word still do."""
        text, starts, places, kinds, at = [], [], [], [], 0
        for start, words, is_shown in _stretches(article, shown, sorted(set(edges))):
            text.append(words)
            starts.append(start)
            places.append(at)
            kinds.append(is_shown)
            at += len(words)
        return cls("".join(text), (*starts, len(article.text)), (*places, at), (*kinds, True))

    def span(self, span: Span) -> Span:
        """The span in the masked text. A word of which it holds a part is taken whole."""
        return Span(self._place(span.start, up=False), self._place(span.end, up=True))

    def _place(self, at: int, *, up: bool) -> int:
        # A report from elsewhere may have offsets outside of its text; it is refused later, with a message.
        at = min(max(at, 0), self.starts[-1])
        number = bisect_right(self.starts, at) - 1
        into = at - self.starts[number]
        return self.places[number] + into if into == 0 or self.is_shown[number] else self.places[number + up]


def _stretches(article: Article, shown: Sequence[Span], edges: Sequence[int]) -> Iterator[tuple[int, str, bool]]:
    """For each stretch where it begins in the whole text, what replaces it, and whether it is shown."""
    blank, at = _blanks(article), 0
    for span in (*shown, Span(len(article.text), len(article.text))):
        for start, end, is_word in _hidden(article.text, Span(at, span.start)):
            yield from ((piece, WITHHELD if is_word else blank(piece), False) for piece in _cut(start, end, edges))
        if len(span) > 0:
            yield span.start, span.of(article.text), True
        at = max(at, span.end)


def _hidden(text: str, within: Span) -> Iterator[tuple[int, int, bool]]:
    """The start and end of each withheld word and of what stands between words, with whether it is a word."""
    at = within.start
    for word in WORD.finditer(text, within.start, within.end):
        yield at, word.start(), False
        yield word.start(), word.end(), True
        at = word.end()
    yield at, within.end, False


def _cut(start: int, end: int, edges: Sequence[int]) -> Iterator[int]:
    """Where the pieces of a stretch begin when it is cut at every edge inside it; nothing for an empty one."""
    if start < end:
        yield start
        yield from edges[bisect_right(edges, start) : bisect_left(edges, end)]


def _blanks(article: Article) -> Callable[[int], str]:
    """A function from the beginning of a stretch without words to what replaces it: a blank line between blocks, else one blank."""
    leaves = sorted((leaf.start, leaf.end) for leaf in article.leaves() if leaf.end > leaf.start)

    def blank(start: int) -> str:
        before = bisect_right(leaves, (start, len(article.text))) - 1
        return _BLANK if not leaves or (before >= 0 and start < leaves[before][1]) else _BREAK

    return blank


# --- the report ----------------------------------------------------------------------------------------------------

_OUTCOMES: dict[CorrectionStatus, str] = {
    "applied": "Applied.",
    "redundant": "The program says so itself by now; the entry may go.",
    "conflict": "Held: another entry says the opposite, or the article does.",
    "ambiguous": "Held: its words or its sentence stand more than once.",
    "context changed": "Held: its words stand, but a sentence that it rests on does not.",
    "drifted": "The text stands, but the program says something else than when this was decided.",
    "orphan": "Held: its words are gone.",
}
"""The message for each status of a correction, without any words of the article."""
_COMPARISONS: dict[ComparisonKind, str] = {
    "agrees": "both say it",
    "conflicts": "they cannot both be so",
    "differs": "one says it, the other negates it, of something else or in part",
}
"""The reason for each kind of comparison, without the words of the claims."""
_DESCRIPTIONS = (
    *(word.replace("_", " ") for kind in (QuoteKind, ClaimKind, Modality, ActorType) for word in get_args(kind)),
    "negated unknown undecided or and the article no page",
)
"""Words that the program itself uses to describe an item to an editor. They tell nothing about the text."""
_PARTICLE = 3
"""The most letters of a small word that may stand in a name: "van", "of", "the"."""


def bare_outcome(outcome: Outcome) -> Outcome:
    """The outcome of a correction with a message that has no words of the article."""
    return replace(outcome, message=_OUTCOMES[outcome.status])


def mask(report: Report, withheld: Withheld, salt: str = "") -> Report:
    """The report without the words of its article that ``withheld`` does not show; its spans are offsets in the masked text.

    Items whose words are withheld get new ids, since an id made of words would tell them: with a ``salt`` ids made with it, else numbers in
    the order of the report.
    """
    return Masker.of(report, withheld, salt).report(report)


def unmasked(report: Report) -> str:
    """Why a report that claims to be withheld is not properly masked; empty where it is, or where it does not claim to be.

    The check is to mask it once more: a report that is masked already does not change.
    """
    withheld = report.article.withheld
    if withheld is None:
        return ""
    if withheld.mode == "none" and withheld.shown:
        return "it says that its text is not shown, and shows some"
    if any(one.end > other.start for one, other in pairwise(withheld.shown)):
        return "what it shows of its text is not in order"
    again = mask(report, withheld)
    if again == report:
        return ""
    where = "its text" if again.article.text != report.article.text else "what it says of its text"
    return f"it says that it is withheld, and {where} is not masked as it must be"


@dataclass(frozen=True, slots=True)
class Masker:
    """Masks the values of one report: knows which words are shown, where offsets are moved, and the new ids."""

    article: Article
    withheld: Withheld
    mask: Mask
    seen: frozenset[str]
    """All words that may be shown, in small letters: those of the shown sentences, of names, and of title, byline and outlet."""
    seals: Seals
    """The new ids of withheld items."""
    edition: str
    """The short name of this version of the text, for addresses on pages."""

    @classmethod
    def of(cls, report: Report, withheld: Withheld, salt: str = "") -> Masker:
        """What masks a report according to ``withheld``."""
        article = report.article
        over = Mask.of(article, withheld.shown, _edges(replace(report, article=replace(article, withheld=withheld))))
        seals = _seals(report, withheld, salt)
        return cls(article, withheld, over, _seen(report, withheld), seals, _edition(article, withheld, over.text, salt))

    def report(self, report: Report) -> Report:
        """The report, masked. The text is replaced last, because masking single values looks up words in it."""
        article = replace(report.article, withheld=self.withheld)
        masked = rebuild(replace(report, article=article), self._without)
        return replace(masked, article=replace(masked.article, text=self.mask.text))

    def span(self, span: Span) -> Span:
        """A span of the whole text as one of the masked text."""
        return self.mask.span(span)

    def _without(self, value: Value) -> Value:
        """A value without the withheld words in its own fields, with new ids and moved spans. The values inside it are left for later
        calls."""
        take = _TAKEN.get(type(value))
        bare = take(self, value) if take else value
        return with_place(with_ids(bare, self.seals.rename), self.mask.span)

    def shows(self, *spans: Span) -> bool:
        """Whether all is shown from the first of these spans to the last."""
        return shows(self.withheld, spans)

    def knows(self, text: str, *besides: str) -> bool:
        """Whether all words of a text are shown somewhere, or are among the words of the texts ``besides``."""
        return self.seen.issuperset(_words([text])) or (self.seen | frozenset(_words(besides))).issuperset(_words([text]))


def shows(withheld: Withheld, spans: Sequence[Span]) -> bool:
    """Whether all is shown from the first of these spans to the last; False for no spans."""
    return bool(spans) and withheld.shows(Span(min(one.start for one in spans), max(one.end for one in spans)))


def _article(masker: Masker, article: Article) -> Article:
    # Anybody could try words until the digest of the text fits.
    return replace(article, sha256="")


def _withheld(masker: Masker, withheld: Withheld) -> Withheld:
    return replace(withheld, edition=masker.edition)


def _block(masker: Masker, block: Block) -> Block:
    """A block without what gives away withheld words: addresses and labels of links and images have words in them, line numbers tell how
    long the text was, and the number that a list begins with may be a year."""
    marks = tuple(mark if block.start < block.end and masker.shows(mark) else replace(mark, href="", label="") for mark in block.marks)
    return replace(block, line=1, level=_level(masker, block), marks=marks)


def _level(masker: Masker, block: Block) -> int:
    """The level of a block. Those of headings and tables are structure and stay; the first number of a list is text, and is 1 if
    withheld."""
    is_known = block.kind != "ordered_list" or (block.start < block.end and masker.shows(block.span))
    return block.level if is_known else 1


def _actor(masker: Masker, actor: Actor) -> Actor:
    """An actor with only those aliases that are names, or whose words are shown anyway. That somebody is named in an article is a fact and
    may be told; how the author describes them ("the embattled mayor") is the author's text. Whether an alias is a name is decided by the
    text's own mentions, while it can still be read."""
    # In a report that is masked already the mentions cannot be read any more; its aliases have passed this test before.
    named = [_single_spaced(one.of(masker.article.text)) for one in actor.mentions if one.kind == "named"]

    def stays(alias: str) -> bool:
        is_name = is_name_like(alias) and (masker.article.withheld is not None or any(_single_spaced(alias) in words for words in named))
        return is_name or masker.knows(alias)

    return replace(actor, aliases=tuple(alias for alias in actor.aliases if stays(alias.name)))


def is_name_like(alias: str) -> bool:
    """Whether an alias looks like a name and nothing more: all its words but particles begin with a capital letter, or in a script that
    has none.

    >>> [is_name_like(form) for form in ("IBM", "Ludwig van Beethoven", "the former mayor of Riverton")]
    [True, True, False]
    """
    return all(len(word) <= _PARTICLE or not word[0].islower() for word in WORD.findall(alias))


def _role(masker: Masker, role: Role) -> Role:
    return role if masker.shows(role.evidence) and masker.knows(role.text) else replace(role, text=masked(role.text))


def _mention(masker: Masker, mention: Place) -> Place:
    """A mention, with its reason only where all words that the reason quotes are shown."""
    quoted = re.findall("“([^”]*)”?", mention.why)
    return mention if masker.shows(mention) and all(map(masker.knows, quoted)) else replace(mention, why="")


def _quote(masker: Masker, quote: Quote) -> Quote:
    """A quote without its score, also where the quote is shown: readers look at the sentences around one, so the program could be run on
    guesses of a withheld sentence until the quote beside it has the same score."""
    return replace(quote, score=None)


def _relation(masker: Masker, relation: Relation) -> Relation:
    # The predicate is the lemma of the trigger, a word of the text; the class is the program's.
    return relation if masker.shows(relation.trigger) else replace(relation, predicate=relation.class_.lower())


def _comparison(masker: Masker, comparison: Comparison) -> Comparison:
    words = [*comparison.apart, *(span for one in comparison.shared for span in (one.first, one.second))]
    return comparison if words and all(map(masker.shows, words)) else replace(comparison, why=_COMPARISONS[comparison.kind])


def _notice(masker: Masker, notice: Notice) -> Notice:
    return replace(notice, message=cut_quotes(notice.message))


def _outcome(masker: Masker, outcome: Outcome) -> Outcome:
    was, machine, now = (one if masker.knows(one, *_DESCRIPTIONS) else "" for one in (outcome.was, outcome.machine, outcome.now))
    return replace(bare_outcome(outcome), was=was, machine=machine, now=now)


_TAKEN: Mapping[type, Callable[[Masker, Any], Any]] = {
    Article: _article,
    Withheld: _withheld,
    Block: _block,
    Actor: _actor,
    Role: _role,
    Mention: _mention,
    UndecidedMention: _mention,
    Quote: _quote,
    Relation: _relation,
    Comparison: _comparison,
    Notice: _notice,
    Outcome: _outcome,
}
"""For each kind of value that has words of the article in its own fields, the function that takes them out."""


def _seals(report: Report, withheld: Withheld, salt: str) -> Seals:
    """New ids for the items that are withheld now and were not before. Items that were withheld before have got theirs then."""
    items, before = worded_in(report), report.article.withheld

    def is_shown(item: Worded, withheld: Withheld) -> bool:
        return all(shows(withheld, part) for part in item.parts)

    fresh = [item for item in items if not is_shown(item, withheld) and (before is None or is_shown(item, before))]
    return Seals.on_items(report.article.id, fresh, {item.id for item in items} - {item.id for item in fresh}, salt)


def _edition(article: Article, withheld: Withheld, text: str, salt: str) -> str:
    """A short name of this version of the text. A report that was masked in the same way before keeps the one that it has."""
    before = article.withheld
    if before and (before.mode, before.shown) == (withheld.mode, withheld.shown) and re.fullmatch("[0-9a-z]{6}", before.edition):
        return before.edition
    return edition_of(salt, article.id, article.text) if salt else hashlib.sha256(text.encode(errors="surrogatepass")).hexdigest()[:6]


def _seen(report: Report, withheld: Withheld) -> frozenset[str]:
    """All words that may be shown; see :attr:`Masker.seen`."""
    article, meta = report.article, report.article.meta
    # Names of actors are facts and always shown, also those that a correction has replaced.
    names = (actor.name for part in (report, report.machine) if part for actor in part.actors)
    return frozenset(_words([*(span.of(article.text) for span in withheld.shown), *names, meta.title, meta.byline, meta.outlet]))


def _single_spaced(text: str) -> str:
    """The text with every run of white space as one blank."""
    return " ".join(text.split())


def _words(texts: Iterable[str]) -> Iterator[str]:
    """The words of some texts, in small letters."""
    for text in texts:
        yield from (word.casefold() for word in re.findall(r"\w+", text))


def _edges(report: Report) -> Iterator[int]:
    """All offsets at which a finding or a block of a report begins or ends."""
    return (edge for one in values_in(report) if isinstance(one, Span | Block) for edge in (one.start, one.end))
