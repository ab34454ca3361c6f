"""The tokens of an article as plain values: what the pipeline said of each, in one tree over all parsed pieces; lemmas as the lists have
them.

Names are spaCy's (``dep_``, ``head``, ``char_span``), so that whoever knows spaCy can read the rules. spaCy's own objects are views into
C arrays that are made anew at each access; these are made once, and a walk through the tree costs attribute look-ups only.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Literal, overload

from spacy.tokens import Doc as ParsedDoc
from spacy.tokens import Token as ParsedToken

GAP = "gap"
"""The arc of a token of text that is not analysed."""


class _Unparsed:
    """The attributes of a token of text that is not analysed: all empty."""

    whitespace_ = lemma_ = tag_ = pos_ = ent_type_ = ent_iob_ = ""
    dep_ = GAP
    is_alpha = is_punct = is_quote = is_stop = like_num = False

    def __init__(self, text: str) -> None:
        self.is_space = text.isspace()


class Token:
    """A word or mark, with its place in the tree of its sentence."""

    __slots__ = (
        "children",
        "dep_",
        "doc",
        "ent_iob_",
        "ent_type_",
        "head",
        "i",
        "idx",
        "is_alpha",
        "is_punct",
        "is_quote",
        "is_sent_start",
        "is_space",
        "is_stop",
        "known_lemma",
        "left_edge",
        "lefts",
        "lemma_",
        "like_num",
        "lower_",
        "pos_",
        "right_edge",
        "rights",
        "sent",
        "tag_",
        "text",
        "whitespace_",
    )

    doc: Doc
    head: Token
    """The token that this one hangs on; the root of a sentence hangs on itself."""
    children: tuple[Token, ...]
    """The tokens that hang on this one, in text order."""
    lefts: tuple[Token, ...]
    rights: tuple[Token, ...]
    left_edge: Token
    """The first token of the subtree."""
    right_edge: Token
    sent: TokenSpan
    is_sent_start: bool

    known_lemma: str | None
    """What :func:`lemma_of` said of it, once it was asked."""

    def __init__(self, i: int, idx: int, text: str, analysed: ParsedToken | _Unparsed) -> None:
        self.i = i
        self.idx = idx
        self.text = text
        self.lower_ = text.lower()
        self.whitespace_: str = analysed.whitespace_
        self.lemma_: str = analysed.lemma_
        self.tag_: str = analysed.tag_
        self.pos_: str = analysed.pos_
        self.dep_: str = analysed.dep_
        self.ent_type_: str = analysed.ent_type_
        self.ent_iob_: str = analysed.ent_iob_
        self.is_alpha: bool = analysed.is_alpha
        self.is_punct: bool = analysed.is_punct
        self.is_quote: bool = analysed.is_quote
        self.is_space: bool = analysed.is_space
        self.is_stop: bool = analysed.is_stop
        self.like_num: bool = analysed.like_num
        self.known_lemma = None

    def __len__(self) -> int:
        return len(self.text)

    def __bool__(self) -> bool:
        # A token is always somebody; without this an empty one would be falsy by its length.
        return True

    def __repr__(self) -> str:
        return f"{self.text}/{self.i}"

    @property
    def text_with_ws(self) -> str:
        return self.text + self.whitespace_

    @property
    def is_lower(self) -> bool:
        return self.text.islower()

    @property
    def ancestors(self) -> Iterator[Token]:
        """The tokens above this one, the nearest first."""
        at = self
        while at.head is not at:
            at = at.head
            yield at

    @property
    def subtree(self) -> tuple[Token, ...]:
        """This token and all that hang on it, from left to right by arc."""
        found: list[Token] = []
        # A stack in place of recursion, which a deep tree would exhaust.
        waiting: list[tuple[Token, bool]] = [(self, False)]
        while waiting:
            token, opened = waiting.pop()
            if opened or not token.children:
                found.append(token)
                continue
            waiting.extend((right, False) for right in reversed(token.rights))
            waiting.append((token, True))
            waiting.extend((left, False) for left in reversed(token.lefts))
        return tuple(found)

    @property
    def conjuncts(self) -> tuple[Token, ...]:
        """The tokens that are coordinated with this one, without it."""
        first = self
        while first.dep_ == "conj" and first.head is not first:
            first = first.head
        found = [first]
        for token in found:
            found.extend(right for right in token.rights if right.dep_ == "conj")
        return tuple(token for token in found if token is not self)

    def is_ancestor(self, other: Token) -> bool:
        """Whether another token hangs on this one, near or far."""
        return any(above is self for above in other.ancestors)

    def nbor(self, distance: int = 1) -> Token:
        """The token so many places on. Raises :class:`IndexError` outside the text."""
        if self.i + distance < 0:
            raise IndexError(f"no token stands {-distance} before the one at {self.i}")
        return self.doc.words[self.i + distance]


class TokenSpan(Sequence[Token]):
    """Tokens that follow one another."""

    __slots__ = ("doc", "end", "start")

    def __init__(self, doc: Doc, start: int, end: int) -> None:
        self.doc = doc
        self.start = start
        # An end before the start would make a span of negative length.
        self.end = max(start, end)

    def __len__(self) -> int:
        return self.end - self.start

    def __iter__(self) -> Iterator[Token]:
        return iter(self.doc.words[self.start : self.end])

    @overload
    def __getitem__(self, at: int) -> Token: ...
    @overload
    def __getitem__(self, at: slice) -> TokenSpan: ...
    def __getitem__(self, at: int | slice) -> Token | TokenSpan:
        if isinstance(at, slice):
            start, end, _ = at.indices(len(self))
            return TokenSpan(self.doc, self.start + start, self.start + end)
        return self.doc.words[range(self.start, self.end)[at]]

    def __contains__(self, token: object) -> bool:
        return isinstance(token, Token) and token.doc is self.doc and self.start <= token.i < self.end

    def __repr__(self) -> str:
        return repr(self.text)

    @property
    def start_char(self) -> int:
        return self.doc.words[self.start].idx if self.start < len(self.doc) else len(self.doc.text)

    @property
    def end_char(self) -> int:
        """Where the last token ends, in characters; where an empty span starts."""
        if self.end == self.start:
            return self.start_char
        last = self.doc.words[self.end - 1]
        return last.idx + len(last)

    @property
    def text(self) -> str:
        if self.end == self.start:
            return ""
        words = self.doc.words
        first, last = words[self.start], words[self.end - 1]
        return self.doc.text[first.idx : last.idx + len(last.text)]

    @property
    def root(self) -> Token:
        """The token with the fewest arcs above it, of several the first; a mark only where there is nothing else.

        Raises :class:`ValueError` where there are no tokens.
        """
        if self.end == self.start + 1:
            return self.doc.words[self.start]
        tops = (token for token in self if token.head is token or not self.start <= token.head.i < self.end)
        return min(tops, key=lambda token: (_is_bare_mark(token), sum(1 for _ in token.ancestors), token.i))


def _is_bare_mark(token: Token) -> bool:
    """Whether a token is a mark or space on which nothing hangs."""
    return (token.is_punct or token.is_space) and not token.children and token.head is not token


class Name(TokenSpan):
    """A name that the pipeline found."""

    __slots__ = ("label_",)

    def __init__(self, doc: Doc, start: int, end: int, label: str) -> None:
        super().__init__(doc, start, end)
        self.label_ = label


class Doc(Sequence[Token]):
    """All tokens of a text: those of its parsed parts, and one for each gap between them, which is a sentence of its own."""

    __slots__ = ("_starts", "ents", "text", "words")

    def __init__(self, text: str, parts: Iterable[tuple[int, ParsedDoc]]) -> None:
        """``parts`` are pieces of the text, each with where it begins, in text order."""
        self.text = text
        self.words: list[Token] = []
        at = 0
        for start, parsed in parts:
            self._add_gap(at, start)
            first = len(self.words)
            self.words.extend(Token(first + token.i, start + token.idx, token.text, token) for token in parsed)
            for token in parsed:
                self.words[first + token.i].head = self.words[first + token.head.i]
            at = start + len(parsed.text)
        self._add_gap(at, len(text))
        self._starts = [token.idx for token in self.words]
        _link_tree(self)
        self.ents = tuple(_names(self))

    def _add_gap(self, start: int, end: int) -> None:
        if start < end:
            text = self.text[start:end]
            gap = Token(len(self.words), start, text, _Unparsed(text))
            gap.head = gap
            self.words.append(gap)

    def __len__(self) -> int:
        return len(self.words)

    def __iter__(self) -> Iterator[Token]:
        return iter(self.words)

    @overload
    def __getitem__(self, at: int) -> Token: ...
    @overload
    def __getitem__(self, at: slice) -> TokenSpan: ...
    def __getitem__(self, at: int | slice) -> Token | TokenSpan:
        if isinstance(at, slice):
            start, end, _ = at.indices(len(self.words))
            return TokenSpan(self, start, end)
        return self.words[at]

    def char_span(self, start: int, end: int, *, alignment_mode: Literal["contract", "expand"]) -> TokenSpan | None:
        """The tokens that lie wholly between two characters, or that touch what is between them; None where there are none."""
        first, last = self._at(start), self._at(end - 1)
        if first < 0 or last < 0:
            return None
        opening, closing = self.words[first], self.words[last]
        if alignment_mode == "contract":
            first += opening.idx < start
            last -= end < closing.idx + len(closing.text)
            return TokenSpan(self, first, last + 1) if first <= last else None
        first += start == opening.idx + len(opening.text)  # in the space after a token
        return TokenSpan(self, first, last + 1)

    def _at(self, character: int) -> int:
        """The token that a character is part of, or of the space after it; -1 outside the text."""
        return bisect_right(self._starts, character) - 1 if character < len(self.text) else -1


def _link_tree(doc: Doc) -> None:
    """Sets what follows from the heads: the children, edges and sentence of each token."""
    children: list[list[Token]] = [[] for _ in doc.words]
    order = []
    for token in doc.words:
        token.doc, token.left_edge, token.right_edge = doc, token, token
        if token.head is token:
            order.append(token)
        else:
            children[token.head.i].append(token)
    for token in order:
        hanging = children[token.i]
        # The list grows while it is walked: heads come before what hangs on them, from the roots down.
        order.extend(hanging)
        token.children = tuple(hanging)
        token.lefts = tuple([child for child in hanging if child.i < token.i]) if hanging else ()
        token.rights = token.children[len(token.lefts) :]
    starts = {token.i for token in _set_edges(order)}
    bounds = [*sorted(starts), len(doc.words)]
    for start, end in pairwise(bounds):
        sentence = TokenSpan(doc, start, end)
        for token in sentence:
            token.sent, token.is_sent_start = sentence, token.i == start


def _set_edges(order: Sequence[Token]) -> Iterator[Token]:
    """Sets the edges of tokens that stand after their heads in an order; yields the first token of each tree."""
    # From the leaves up, so that each head gets the edges of whole subtrees.
    for token in reversed(order):
        head = token.head
        if head is token:
            yield token.left_edge
            continue
        if token.left_edge.i < head.left_edge.i:
            head.left_edge = token.left_edge
        if token.right_edge.i > head.right_edge.i:
            head.right_edge = token.right_edge


def _names(doc: Doc) -> Iterator[Name]:
    start = 0
    while start < len(doc.words):
        end = start + 1
        if doc.words[start].ent_iob_ == "B":
            while end < len(doc.words) and doc.words[end].ent_iob_ == "I":
                end += 1
            yield Name(doc, start, end, doc.words[start].ent_type_)
        start = end


FINITE = frozenset({"VBD", "VBP", "VBZ", "MD"})
"""The tags of finite verbs (Penn Treebank)."""
SUBJECTS = ("nsubj", "nsubjpass")
"""The arcs of subjects that are noun phrases (ClearNLP)."""
REPORTING_VERBS = Path(__file__).parent / "data" / "reporting_verbs.txt"
SPEECH_WORDS = Path(__file__).parent / "data" / "speech_words.txt"

SHORT_STEM = re.compile(r"[^aeiou]*[aeiou][^aeiouwxy]")
"""A one-syllable stem that doubles its last letter before "-ed" and "-ing": "wag", "wagged"."""


@cache
def reporting_verbs() -> frozenset[str]:
    """The lemmas of the verbs with which somebody says or judges something, as ``data/reporting_verbs.txt`` lists them.

    Whatever asks whether a verb reports asks this list: the judges of attributions, the names (no "Stated Brook:" is one) and the pronouns
    (whoever says something is no thing). So a verb is added there and nowhere else.
    """
    return frozenset(lemma for _, lemmas in _classes(REPORTING_VERBS) for lemma in lemmas)


@cache
def judging_verbs() -> frozenset[str]:
    """The lemmas of verbs that judge their object for what it is or did: class 33 of ``data/reporting_verbs.txt``, and a few more."""
    listed = (lemmas for name, lemmas in _classes(REPORTING_VERBS) if name.startswith("33 "))
    return speech_words("judging") | frozenset(lemma for lemmas in listed for lemma in lemmas)


@cache
def speech_words(kind: str) -> frozenset[str]:
    """The lemmas of a kind in ``data/speech_words.txt``: "stand", "noun", "support", ... Raises :class:`KeyError` for a kind that has
    none."""
    found = frozenset(lemma for name, lemmas in _classes(SPEECH_WORDS) if name.partition(",")[0] == kind for lemma in lemmas)
    if not found:
        raise KeyError(kind)
    return found


def _classes(path: Path) -> Iterator[tuple[str, list[str]]]:
    """The name and the words of each line of a list that has not begun with "#"."""
    for line in path.read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            name, _, lemmas = line.partition(": ")
            yield name, lemmas.split()


def roots(tokens: Sequence[Token]) -> list[Token]:
    """The tokens whose head is not among these, in text order; punctuation left out."""
    inside = {token.i for token in tokens}
    return [token for token in tokens if not token.is_punct and (token.head.i == token.i or token.head.i not in inside)]


_SIBILANTS = ("s", "x", "z", "h", "o")
"""Stems that take "-es" themselves: "boxes", "goes" (Quirk et al. 1985, 3.5)."""


def is_to_infinitive(verb: Token) -> bool:
    return verb.tag_ == "VB" and any(child.tag_ == "TO" for child in verb.lefts)


def is_listed(apposed: Token) -> bool:
    """Whether what the parser takes for an apposition to one noun is the second of a list: "the council, **Acme** and Lee said". One is not
    two, so that a list is what is left (Quirk et al. 1985, 17.65); "the council, Acme, and Lee" may be either, and stays an apposition."""
    first = apposed.left_edge
    if first.i == 0 or first.nbor(-1).text != ",":
        return False  # "the law firm Harker and Wells"
    joining = (child for child in apposed.children if child.dep_ == "cc" and child.lower_ == "and")
    return any(child.dep_ == "conj" for child in apposed.children) and any(token.nbor(-1).text != "," for token in joining)


def lemma_of(token: Token) -> str:
    """A word's lemma in lower case.

    The models' rules take "waged" to "wag" and "hoped" and "hopes" to "hop", of which it would be "wagged", "hopped" and "hops": they get
    their "e" back.
    """
    if token.known_lemma is None:
        token.known_lemma = _lemma_with_e(token)
    return token.known_lemma


def _lemma_with_e(token: Token) -> str:
    lemma = token.lemma_.lower()
    bare = (f"{lemma}ed", f"{lemma}ing", *(() if lemma.endswith(_SIBILANTS) else (f"{lemma}es",)))
    if token.lower_ in bare and SHORT_STEM.fullmatch(lemma):
        return f"{lemma}e"
    return lemma


def compound_lemma(token: Token) -> str:
    """The lemma with what a hyphen joins to its left: "cease-fire"."""
    doc, before = token.doc, token.i - 1
    if before >= 1 and doc[before].text == "-" and not doc[before].whitespace_ and not doc[before - 1].whitespace_:
        return f"{doc[before - 1].lower_}-{lemma_of(token)}"
    return lemma_of(token)


_AGE_WORDS = 5
"""Tokens of "the 24-year-old" before its last."""


def is_age(token: Token) -> bool:
    """Whether a token ends an age that stands for whoever has it: "the 24-year-old said"."""
    if token.lower_ != "old" or token.i < _AGE_WORDS or token.doc[token.i - _AGE_WORDS].lower_ != "the":
        return False
    # Parsers tie an age to whatever noun comes, even over a verb: "told reporters".
    before_verb = token.i + 1 < len(token.doc) and token.nbor().tag_ in ("VBD", "VBZ")
    before_noun = token.head.pos_ == "NOUN" or token.dep_ in ("compound", "nmod")
    hyphened = [one.lower_ for one in token.doc[token.i - 3 : token.i]] == ["-", "year", "-"]
    return (before_verb or not before_noun) and hyphened and token.doc[token.i - 4].like_num
