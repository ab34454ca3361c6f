"""What a name names, a person, a body, a place or no party at all: judged by learned weights from all its uses in the article.

A recogniser labels each use by itself and is often wrong; a verb, a title, "who", an age, a pronoun that follows tell as much. The weights
are those of a logistic regression over features of closed classes: labels, arcs, lemmas, shapes of words. No name is among them.
``benchmarks/name_types.py`` learns them, and says what cross-validation by document says of them.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, cached_property
from importlib.resources import files
from typing import Literal

import msgspec

from onrecord.extract.actors.mention import Chunk, is_rank, is_title, rank_start
from onrecord.extract.actors.word_lists import capitals, demonyms, is_given_name, name_key, shape, states, words
from onrecord.extract.tokens import Doc, Token, reporting_verbs

NameType = Literal["person", "organization", "place", "other"]
TYPES: tuple[NameType, ...] = ("person", "organization", "place", "other")
"""What a name may be; "other" is a work, an event, a product, a word with a capital: no party."""

_PRONOUNS = {
    **dict.fromkeys(("he", "him", "his", "himself", "she", "her", "hers", "herself"), "he or she"),
    **dict.fromkeys(("it", "its", "itself"), "it"),
    **dict.fromkeys(("they", "them", "their", "themselves"), "they"),
}
_REACH = 25
"""Tokens after a name among which a pronoun is looked for."""
MOST_USES = 12
"""Uses of one name that are looked at: more tell nothing new."""


class TypeWeights(msgspec.Struct, frozen=True):
    """A multinomial logistic regression: the intercepts of the types, and for each feature one weight for each type, in their order."""

    types: tuple[NameType, ...]
    intercepts: tuple[float, ...]
    weights: Mapping[str, tuple[float, ...]]

    def judge(self, features: Mapping[str, float]) -> Mapping[NameType, float]:
        """How likely each type is; they add up to one."""
        scores = list(self.intercepts)
        for name, value in features.items():
            for place, weight in enumerate(self.weights.get(name, ())):
                scores[place] += value * weight
        most = max(scores)
        odds = [math.exp(score - most) for score in scores]
        return {kind: one / sum(odds) for kind, one in zip(self.types, odds, strict=True)}


@cache
def type_weights() -> TypeWeights:
    """The weights that ship."""
    return msgspec.json.decode(files("onrecord.extract").joinpath("data", "name_types.json").read_bytes(), type=TypeWeights)


class Names:
    """The names of an article with their uses, and which words are parts of longer names: what the features of one name rest on."""

    def __init__(self, doc: Doc, chunks: Sequence[Chunk]) -> None:
        self.doc = doc
        self.uses: dict[str, list[Chunk]] = {}
        self._people_begin: set[str] = set()
        self._people_end: set[str] = set()
        self._bodies: set[str] = set()
        self._events: set[str] = set()
        for chunk in chunks:
            self.uses.setdefault(name_key(chunk.text(doc)), []).append(chunk)
            if chunk.end - chunk.start > 1:
                self._note_parts(chunk)

    def _note_parts(self, chunk: Chunk) -> None:
        first, last = self.doc[chunk.start].lower_, self.doc[chunk.end - 1].lower_
        if first in words("shapes.txt", "event") and shape(chunk.text(self.doc)) is None:
            self._events |= {last, name_key(chunk.text(self.doc))}
            return
        body = shape(chunk.text(self.doc)) is not None
        if body or chunk.label == "ORG":
            self._bodies |= {first, last}
        if not body and (chunk.label == "PERSON" or is_given_name(first)):
            self._people_begin.add(first)
            self._people_end.add(last)

    @cached_property
    def is_of_game(self) -> bool:
        """Whether the article is about a game with players, whose clubs buy people."""
        return any(token.lemma_ == "club" or token.lemma_ in words("games.txt", "player") for token in self.doc)

    def is_event(self, key: str) -> bool:
        """Whether a name is a storm's or an operation's, whole ("Storm Agatha") or by its own part alone ("Agatha")."""
        return key in self._events

    def is_surname(self, key: str) -> bool:
        """Whether a name of one word ends the full name of somebody in the article."""
        return key in self._people_end

    def is_family(self, key: str) -> bool:
        """Whether a name of one word is the plural of somebody's surname in the article: "the Dunns"."""
        return any(key.endswith(ending) and key.removesuffix(ending) in self._people_end for ending in ("s", "es"))

    def features(self, key: str) -> Mapping[str, float]:
        """The features of a name, by its key: of the name itself 1, of its uses the share of them that have it."""
        uses = self.uses[key][:MOST_USES]
        found = dict.fromkeys(self._of_name(key, uses[0]), 1.0)
        counts = Counter(feature for use in uses for feature in dict.fromkeys(_of_use(self.doc, use)))
        return found | {feature: count / len(uses) for feature, count in counts.items()}

    def _of_name(self, key: str, use: Chunk) -> Iterator[str]:
        text, several = use.text(self.doc), use.end - use.start > 1
        first, last = self.doc[use.start], self.doc[use.end - 1]
        yield f"words {min(use.end - use.start, 4)}"
        yield f"uses {min(len(self.uses[key]), 4)}"
        yield f"shape {shape(text)}"
        if several and last.lower_ in words("games.txt", "club"):
            yield "ends as clubs do"
        if several and last.tag_ == "NNPS":
            yield "ends in a plural"
        yield from _of_words(self.doc, use)
        if is_given_name(first.text):
            yield "given name first" if several else "given name alone"
        if last.lower_ in words("surnames.txt", "surname"):
            yield "usual surname last" if several else "usual surname alone"
        if not several and key in self._people_end:
            yield "surname of a person"
        if not several and key in self._people_begin:
            yield "given name of a person"
        if not several and key in self._bodies:
            yield "part of a body"
        yield from _of_letters(text)
        if key in capitals():
            yield "capital"
        if last.lower_ in demonyms():
            yield "ends in a nationality"


_INITIALS = re.compile(r"(?:[A-Z]\.)+")


def _of_words(doc: Doc, use: Chunk) -> Iterator[str]:
    """What the words of a name show: initials, a trade or a nationality in it, the endings that words of one language or one kind have."""
    first, last = doc[use.start], doc[use.end - 1]
    # The ending of "Bank of America" is the country's.
    if last.is_alpha and not last.text.isupper() and not any(token.is_lower for token in doc[use.start : use.end]):
        yield f"last ends {min(use.end - use.start, 2)} {last.lower_[-3:]}"
        if use.end - use.start > 1:  # of one word two letters say too little, since firms take theirs from people
            yield f"last ends {last.lower_[-2:]}"
            yield f"first ends {first.lower_[-2:]}"
    if use.end - use.start > 1:
        if _INITIALS.fullmatch(first.text):
            yield "initials first"
        if any(_INITIALS.fullmatch(doc[i].text) for i in range(use.start + 1, use.end - 1)):
            yield "initial inside"
        if last.lower_ in words("shapes.txt", "dropped") - words("shapes.txt", "no_brand"):
            yield "ends in a trade"
        if first.lower_ in demonyms():
            yield "begins with a nationality"
        if first.lower_ in states() or first.lower_ in capitals():
            yield "begins with a place"


def _of_letters(text: str) -> Iterator[str]:
    """What the letters of a name show."""
    if text.isupper():
        yield "capitals" if len(text) < 6 or "-" in text else "many capitals"
    elif any(_is_brand(word) for word in text.split()):
        yield "capital inside"
    if any(letter.isdigit() for letter in text):
        yield "digit"
    for mark in ("&", "-", "'", "’", ".", " of ", " and ", " the "):
        if mark in text:
            yield f"has {mark.strip()}"


_BRAND = re.compile(r"^(?!(?:Ma?c|O['’]|D[eiu]|L[ae]|V[ao]n|Fitz|Al|El|Ben|St)[A-Z])[A-Za-z]*[a-z][A-Z][A-Za-z]*$")
"""A word with a capital inside, as firms and products have it; not "McNair", "DeVito", "LeBron"."""


def _is_brand(word: str) -> bool:
    return _BRAND.match(word) is not None


def _of_use(doc: Doc, use: Chunk) -> Iterator[str]:
    """What one use shows of a name."""
    head = doc[use.start : use.end].root
    yield f"label {use.label}"
    if use.doubtful:
        yield "doubtful"
    yield f"tag {head.tag_}"
    yield f"arc {head.dep_}"
    if doc[use.start].is_sent_start:
        yield "opens a sentence"
    yield from _of_neighbours(doc, use)
    yield from _of_clause(head)
    if _is_plain(doc, use):
        yield "plain"
        if head.dep_ == "nsubj" and head.head.lemma_ in reporting_verbs():
            yield "plain and says"
    yield from _of_nouns(doc, use, head)
    if head.dep_ in ("nsubj", "nsubjpass"):
        yield f"then {_pronoun_after(doc, use.end)}"
    else:
        yield f"elsewhere then {_pronoun_after(doc, use.end)}"


_MOST_PLAIN = 3


def _is_plain(doc: Doc, use: Chunk) -> bool:
    """Whether a name looks as people's full names do and is no more: two or three words in letters, without an article, a generic word, a
    trade or a plural. What such a name does tells more than what a longer one does: "Kerrin Dask told the council"."""
    named = [token for token in doc[use.start : use.end] if token.text != "-"]
    if not 1 < len(named) <= _MOST_PLAIN or not all(token.text[:1].isupper() and token.is_alpha for token in named):
        return False
    article = use.start > 0 and doc[use.start - 1].pos_ == "DET"
    generic = shape(use.text(doc)) is not None or named[-1].lower_ in words("shapes.txt", "dropped")
    last = named[-1].lower_
    plural = named[-1].tag_ == "NNPS" or (last.endswith("s") and not last.endswith("ss") and last not in words("surnames.txt", "surname"))
    return not (article or generic or plural or last in words("games.txt", "club") or use.text(doc).isupper())


def _of_neighbours(doc: Doc, use: Chunk) -> Iterator[str]:
    """The words beside a name, those of closed classes as they are; titles before it, an age after it."""
    before = doc[use.start - 1] if use.start else None
    after = doc[use.end] if use.end < len(doc) else None
    if before is not None:
        yield f"before {before.lower_ if before.pos_ in ('DET', 'ADP', 'PUNCT', 'CCONJ', 'PRON', 'PART') else before.pos_}"
        if before.text == "The" and not before.is_sent_start:
            yield "article of its own"
        if rank_start(doc, use.start) < use.start:
            yield "ranked"
        elif is_title(before):
            yield "titled"
    if after is not None:
        yield f"after {after.lower_ if after.pos_ in ('DET', 'ADP', 'PUNCT', 'CCONJ', 'PRON', 'PART') else after.pos_}"
        if after.text == "," and use.end + 1 < len(doc) and _is_age(doc[use.end + 1]):
            yield "aged"


def _is_age(token: Token) -> bool:
    return token.text.isdigit() and len(token.text) == 2


def _of_clause(head: Token) -> Iterator[str]:
    """The verb or preposition that governs a name, and the clauses that hang on the name."""
    above = head.head
    if head.dep_ == "pobj":
        yield f"object of {above.lower_}"
        yield f"object of {above.lower_} under {above.head.lemma_.lower()}"
        yield from (f"object of {above.lower_} under [{section}]" for section in _sections(above.head.lemma_.lower()))
    elif head.dep_ in ("nsubj", "nsubjpass", "dobj", "dative", "agent") and above.pos_ in ("VERB", "AUX"):
        yield f"{head.dep_} of {above.lemma_.lower()}"
        if above.lemma_ in reporting_verbs():
            yield f"{head.dep_} of [reporting]"
        if above.lemma_ in ("be", "become"):
            yield from (
                f"is [{section}]"
                for child in above.rights
                if child.dep_ == "attr" and head.dep_ == "nsubj"
                for section in _sections(child.lemma_.lower())
            )
        if is_plural_to_verb(head):
            yield "plural to its verb"
        if head.dep_ == "nsubj" and (clause := next((child for child in above.children if child.dep_ == "ccomp"), None)) is not None:
            yield "subject of a verb with a clause"
            yield from (f"says {_PRONOUNS[word.lower_]}" for word in clause.lefts if word.lower_ in _PRONOUNS and not _is_idle(word))
    for child in head.children:
        if child.dep_ == "relcl":
            yield from (f"relative {word.lower_}" for word in child.lefts if word.lower_ in ("who", "which", "where", "that", "whose"))
        elif child.dep_ in ("conj", "prep"):
            yield f"{child.dep_} {child.lower_ if child.dep_ == 'prep' else child.ent_type_}"
            if child.dep_ == "conj" and is_given_name(child.doc[child.left_edge.i].text):
                yield "conj given name"
    if head.dep_ == "conj":
        yield f"after conj {above.ent_type_}"
        if is_given_name(above.text) or (above.i and is_given_name(above.nbor(-1).text)):
            yield "after conj given name"


_PLURAL_FORMS = frozenset({"are", "have", "were", "'re", "’re", "'ve", "’ve"})


def is_plural_to_verb(subject: Token) -> bool:
    """Whether a name in the singular has a verb in the plural, as bodies' names have in British English: "Torvale have lost" (Quirk et al.
    1985, 10.36). Of a verb that has one form for both, nothing is said."""
    verb = subject.head
    before = subject.doc[max(subject.sent.start, subject.i - _REACH) : max(subject.i, verb.i)]
    # Parsers lose the first of those who are joined: "Ada Brook and the board's Tom Lake were".
    joined = any(token.lower_ in ("and", "or", "nor") for token in before)
    if subject.tag_ != "NNP" or subject.dep_ not in ("nsubj", "nsubjpass") or joined:
        return False
    helpers = [child for child in verb.lefts if child.dep_ in ("aux", "auxpass") and child.i > subject.i]
    finite = helpers[0] if helpers else verb
    return 0 < finite.i - subject.i <= 2 and finite.lower_ in _PLURAL_FORMS


def _is_idle(pronoun: Token) -> bool:
    """Whether "it" stands for nothing: "said it was cold", "said it is likely that" (Quirk et al. 1985, 6.17)."""
    verb = pronoun.head
    return pronoun.lower_ == "it" and (verb.lemma_ in ("rain", "snow", "seem", "appear") or _is_said_of_clause(verb))


def _is_said_of_clause(verb: Token) -> bool:
    return verb.lemma_ == "be" and any(child.dep_ in ("ccomp", "xcomp", "advcl") or child.lower_ in _WEATHER for child in verb.children)


_WEATHER = frozenset({"cold", "hot", "late", "early", "clear", "likely", "unlikely", "possible", "important", "time"})


def _of_nouns(doc: Doc, use: Chunk, head: Token) -> Iterator[str]:
    """The nouns that a name possesses, modifies, or stands in apposition to."""
    above = head.head
    owned = use.end < len(doc) and doc[use.end].tag_ == "POS"
    if above.pos_ in ("NOUN", "PROPN") and above.i not in range(use.start, use.end):
        lemma = above.lemma_.lower() if above.pos_ == "NOUN" else "PROPN"
        if head.dep_ in ("compound", "nmod", "amod", "poss", "appos"):
            yield f"{'poss' if owned else head.dep_} {lemma}"
            yield from (f"{'poss' if owned else head.dep_} [{section}]" for section in _sections(lemma))
    for child in head.children:
        if child.dep_ in ("appos", "compound", "amod", "attr") and child.i not in range(use.start, use.end) and child.pos_ == "NOUN":
            yield f"has {child.dep_} {child.lemma_.lower()}"
            yield from (f"has {child.dep_} [{section}]" for section in _sections(child.lemma_.lower()))


def _sections(lemma: str) -> Iterator[str]:
    """The lists that a noun is in: people by role or kin, bodies."""
    yield from (section for section in ("role", "people", "kin") if lemma in words("people.txt", section))
    if lemma in words("groups.txt", "organization"):
        yield "organization"


def _pronoun_after(doc: Doc, i: int) -> str:
    """The first pronoun after a name that may be its own, as a kind; "none" where another name comes first."""
    for token in doc[i : min(i + _REACH, len(doc))]:
        if token.is_space:
            break
        if token.lower_ in _PRONOUNS:
            return _PRONOUNS[token.lower_]
        if token.ent_type_ in ("PERSON", "ORG") and token.ent_iob_ == "B" and not is_rank(token):
            break
    return "none"
