"""The words of a report taken out of it, by what its article shows: the same report, from which nobody can tell what they were.

Each word that is withheld is one character, each stretch between words one blank, and all places in the text are counted in what is left:
"Lee said that the quay is unsafe." of which only "Lee" is shown becomes "Lee ▒ ▒ ▒ ▒ ▒ ▒", and what began at character 14 begins at 8. So
the number of words, their order, what lies within what, and links hold, and no length of a word does.

Nothing that is decided here depends on a word that is withheld: what stays is decided by what is shown.
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
from onrecord.permalinks.naming import Seals, Worded, edition_of, worded_in
from onrecord.structures.traversal import rebuild, values_in, with_ids, with_place

Value = TypeVar("Value")
Place = TypeVar("Place", Mention, UndecidedMention)

WORD = re.compile(rf"[\w{WITHHELD}]+(?:['’‑-]\w+|(?<=\d)[.,]\d+)*")
"""A word; "al-Abadi’s" is one, and so is "4.2"."""
_BLANK, _BREAK = " ", "\n\n"
"""What stands for a stretch without words: within a block, and between two."""


def masked(text: str) -> str:
    """The text with every word withheld: of as many words, and of a length that says no more.

    >>> masked("“Shut it,” he didn't say.")
    '▒ ▒ ▒ ▒ ▒'
    """
    return _BLANK.join(WITHHELD for _ in WORD.finditer(text))


def cut_quotes(message: str, names: Iterable[str] = ()) -> str:
    """A message of the program without what it has in quotation marks, from the first of them to the last, unless that is a name.

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
    """An article's text with what is withheld masked, and where its places are by then."""

    text: str
    starts: tuple[int, ...]
    """Where the stretches of the whole text begin: each is shown, or a word or less, or what stands between words; then its end."""
    places: tuple[int, ...]
    """Where the same begin in the masked one."""
    is_shown: tuple[bool, ...]

    @classmethod
    def of(cls, article: Article, shown: Sequence[Span], edges: Iterable[int]) -> Mask:
        """The mask over all but what is ``shown``; every one of the ``edges`` keeps a place of its own."""
        text, starts, places, kinds, at = [], [], [], [], 0
        for start, words, is_shown in _stretches(article, shown, sorted(set(edges))):
            text.append(words)
            starts.append(start)
            places.append(at)
            kinds.append(is_shown)
            at += len(words)
        return cls("".join(text), (*starts, len(article.text)), (*places, at), (*kinds, True))

    def span(self, span: Span) -> Span:
        """Where the words of a span are; of words that it has a part of, the whole."""
        return Span(self._place(span.start, up=False), self._place(span.end, up=True))

    def _place(self, at: int, *, up: bool) -> int:
        at = min(max(at, 0), self.starts[-1])
        number = bisect_right(self.starts, at) - 1
        into = at - self.starts[number]
        return self.places[number] + into if into == 0 or self.is_shown[number] else self.places[number + up]


def _stretches(article: Article, shown: Sequence[Span], edges: Sequence[int]) -> Iterator[tuple[int, str, bool]]:
    """Where each stretch begins, what stands there now, and whether it is shown."""
    blank, at = _blanks(article), 0
    for span in (*shown, Span(len(article.text), len(article.text))):
        for start, end, is_word in _hidden(article.text, Span(at, span.start)):
            yield from ((piece, WITHHELD if is_word else blank(piece), False) for piece in _cut(start, end, edges))
        if len(span) > 0:
            yield span.start, span.of(article.text), True
        at = max(at, span.end)


def _hidden(text: str, within: Span) -> Iterator[tuple[int, int, bool]]:
    """Words, and what stands between them."""
    at = within.start
    for word in WORD.finditer(text, within.start, within.end):
        yield at, word.start(), False
        yield word.start(), word.end(), True
        at = word.end()
    yield at, within.end, False


def _cut(start: int, end: int, edges: Sequence[int]) -> Iterator[int]:
    """Where the pieces of a stretch begin that is cut at every edge in it."""
    if start < end:
        yield start
        yield from edges[bisect_right(edges, start) : bisect_left(edges, end)]


def _blanks(article: Article) -> Callable[[int], str]:
    """What stands for a stretch without words, by where it begins."""
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
"""What became of a correction, without any words of the article."""
_COMPARISONS: dict[ComparisonKind, str] = {
    "agrees": "both say it",
    "conflicts": "they cannot both be so",
    "differs": "one says it, the other negates it, of something else or in part",
}
"""Where two claims meet or part, without their words."""
_DESCRIPTIONS = (
    *(word.replace("_", " ") for kind in (QuoteKind, ClaimKind, Modality, ActorType) for word in get_args(kind)),
    "negated unknown undecided or and the article no page",
)
"""Words in which the program tells an editor what it says of an item, names aside."""
_PARTICLE = 3
"""Letters of a small word that may stand in a name: "van", "of the"."""


def bare_outcome(outcome: Outcome) -> Outcome:
    """What became of a correction, told without words of the article."""
    return replace(outcome, message=_OUTCOMES[outcome.status])


def mask(report: Report, withheld: Withheld, salt: str = "") -> Report:
    """The report with nothing of its article's text but what ``withheld`` says is shown, in places of the text as it is.

    Items that are withheld from now on have ids with this salt, or ones that count.
    """
    return Hand.of(report, withheld, salt).report(report)


def unmasked(report: Report) -> str:
    """Why a report that says of itself that it is withheld is not; empty where it is, or where it does not say so."""
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
class Hand:
    """What it takes to take out of a report what is withheld of its article: what is shown, where places are by then, and new ids."""

    article: Article
    withheld: Withheld
    mask: Mask
    seen: frozenset[str]
    """Words that are shown: in the text, in names and in what the article says of itself."""
    seals: Seals
    edition: str

    @classmethod
    def of(cls, report: Report, withheld: Withheld, salt: str = "") -> Hand:
        """The hand that leaves what ``withheld`` says is shown."""
        article = report.article
        over = Mask.of(article, withheld.shown, _edges(replace(report, article=replace(article, withheld=withheld))))
        seals = _seals(report, withheld, salt)
        return cls(article, withheld, over, _seen(report, withheld), seals, _edition(article, withheld, over.text, salt))

    def report(self, report: Report) -> Report:
        """The whole report."""
        article = replace(report.article, withheld=self.withheld)
        masked = rebuild(replace(report, article=article), self._without)
        return replace(masked, article=replace(masked.article, text=self.mask.text))

    def span(self, span: Span) -> Span:
        """Where the words of a span are in what is left of the text."""
        return self.mask.span(span)

    def _without(self, value: Value) -> Value:
        """A value without words of its own that are withheld, with new ids and in its new place; what is in it stays, and is next."""
        take = _TAKEN.get(type(value))
        bare = take(self, value) if take else value
        return with_place(with_ids(bare, self.seals.rename), self.mask.span)

    def shows(self, *spans: Span) -> bool:
        """Whether all from the first to the last of these words is shown."""
        return shows(self.withheld, spans)

    def knows(self, text: str, *besides: str) -> bool:
        """Whether a text has no words but those that are shown."""
        return self.seen.issuperset(_words([text])) or (self.seen | frozenset(_words(besides))).issuperset(_words([text]))


def shows(withheld: Withheld, spans: Sequence[Span]) -> bool:
    """Whether all from the first to the last of some words is shown."""
    return bool(spans) and withheld.shows(Span(min(one.start for one in spans), max(one.end for one in spans)))


def _article(hand: Hand, article: Article) -> Article:
    return replace(article, sha256="")


def _withheld(hand: Hand, withheld: Withheld) -> Withheld:
    return replace(withheld, edition=hand.edition)


def _block(hand: Hand, block: Block) -> Block:
    """A block that names and counts nothing of what is withheld any more: addresses and labels of marks have words, lines tell lengths, and
    a list may begin with a year. Where a block has no words, none of its marks stands beside words that are shown."""
    marks = tuple(mark if block.start < block.end and hand.shows(mark) else replace(mark, href="", label="") for mark in block.marks)
    return replace(block, line=1, level=_level(hand, block), marks=marks)


def _level(hand: Hand, block: Block) -> int:
    """A heading's level and that of a table's head are structure; the first number of a list is written in the text."""
    is_known = block.kind != "ordered_list" or (block.start < block.end and hand.shows(block.span))
    return block.level if is_known else 1


def _actor(hand: Hand, actor: Actor) -> Actor:
    """An actor with those aliases that are shown anyway, or are names, which are no more than facts: as the text says, while it can be
    read."""
    named = [_single_spaced(one.of(hand.article.text)) for one in actor.mentions if one.kind == "named"]

    def stays(alias: str) -> bool:
        is_name = is_name_like(alias) and (hand.article.withheld is not None or any(_single_spaced(alias) in words for words in named))
        return is_name or hand.knows(alias)

    return replace(actor, aliases=tuple(alias for alias in actor.aliases if stays(alias.name)))


def is_name_like(alias: str) -> bool:
    """Whether a form in which a text has a name is no more than a name: but for particles, each of its words begins as names do.

    >>> [is_name_like(form) for form in ("IBM", "Ludwig van Beethoven", "the former mayor of Riverton")]
    [True, True, False]
    """
    return all(len(word) <= _PARTICLE or not word[0].islower() for word in WORD.findall(alias))


def _role(hand: Hand, role: Role) -> Role:
    return role if hand.shows(role.evidence) and hand.knows(role.text) else replace(role, text=masked(role.text))


def _mention(hand: Hand, mention: Place) -> Place:
    quoted = re.findall("“([^”]*)”?", mention.why)
    return mention if hand.shows(mention) and all(map(hand.knows, quoted)) else replace(mention, why="")


def _quote(hand: Hand, quote: Quote) -> Quote:
    """A score in thousandths would tell which of several wordings it is of."""
    return quote if hand.shows(*quote.content) else replace(quote, score=None)


def _relation(hand: Hand, relation: Relation) -> Relation:
    return relation if hand.shows(relation.trigger) else replace(relation, predicate=relation.class_.lower())


def _comparison(hand: Hand, comparison: Comparison) -> Comparison:
    words = [*comparison.apart, *(span for one in comparison.shared for span in (one.first, one.second))]
    return comparison if words and all(map(hand.shows, words)) else replace(comparison, why=_COMPARISONS[comparison.kind])


def _notice(hand: Hand, notice: Notice) -> Notice:
    return replace(notice, message=cut_quotes(notice.message))


def _outcome(hand: Hand, outcome: Outcome) -> Outcome:
    was, machine, now = (one if hand.knows(one, *_DESCRIPTIONS) else "" for one in (outcome.was, outcome.machine, outcome.now))
    return replace(bare_outcome(outcome), was=was, machine=machine, now=now)


_TAKEN: Mapping[type, Callable[[Hand, Any], Any]] = {
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
"""What is taken out of each kind of value that has words of its own."""


def _seals(report: Report, withheld: Withheld, salt: str) -> Seals:
    """New ids for what is withheld from now on; what was withheld before keeps those that it got then."""
    items, before = worded_in(report), report.article.withheld

    def is_shown(item: Worded, withheld: Withheld) -> bool:
        return all(shows(withheld, part) for part in item.parts)

    fresh = [item for item in items if not is_shown(item, withheld) and (before is None or is_shown(item, before))]
    return Seals.on_items(report.article.id, fresh, {item.id for item in items} - {item.id for item in fresh}, salt)


def _edition(article: Article, withheld: Withheld, text: str, salt: str) -> str:
    """A short name of the text: where it was withheld in this way before, the one that it had."""
    before = article.withheld
    if before and (before.mode, before.shown) == (withheld.mode, withheld.shown) and re.fullmatch("[0-9a-z]{6}", before.edition):
        return before.edition
    return edition_of(salt, article.id, article.text) if salt else hashlib.sha256(text.encode(errors="surrogatepass")).hexdigest()[:6]


def _seen(report: Report, withheld: Withheld) -> frozenset[str]:
    article, meta = report.article, report.article.meta
    names = (actor.name for part in (report, report.machine) if part for actor in part.actors)
    return frozenset(_words([*(span.of(article.text) for span in withheld.shown), *names, meta.title, meta.byline, meta.outlet]))


def _single_spaced(text: str) -> str:
    """The text with every run of white space as one blank."""
    return " ".join(text.split())


def _words(texts: Iterable[str]) -> Iterator[str]:
    for text in texts:
        yield from (word.casefold() for word in re.findall(r"\w+", text))


def _edges(report: Report) -> Iterator[int]:
    """Where anything in a report begins and ends."""
    return (edge for one in values_in(report) if isinstance(one, Span | Block) for edge in (one.start, one.end))
