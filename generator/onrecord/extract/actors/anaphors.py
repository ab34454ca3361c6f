"""What may stand for an actor named elsewhere: the pronouns of an article, without those that only fill a place."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from onrecord.extract.language import Analysis
from onrecord.extract.tokens import Token

AnaphorKind = Literal["he", "she", "it", "they", "I", "we", "relative", "person", "body"]
"""A pronoun by its paradigm; or a description, of a person or of a body."""

_PARADIGMS: tuple[tuple[AnaphorKind, str], ...] = (
    ("he", "he him his himself"),
    ("she", "she her hers herself"),
    ("it", "it its itself"),
    ("they", "they them their theirs themselves"),
    ("I", "i me my mine myself"),
    ("we", "we us our ours ourselves"),
)
FORMS = {form: kind for kind, forms in _PARADIGMS for form in forms.split()}
"""The paradigm of each form of a pronoun."""
_OTHER_GENDER: dict[AnaphorKind, AnaphorKind] = {"he": "she", "she": "he"}
_EXPLETIVE_VERBS = frozenset({"rain", "snow", "happen", "seem", "appear", "turn", "take"})  # "it turned out", "it took an hour"
_EXTRAPOSED = frozenset({"ccomp", "xcomp", "advcl", "csubj", "acl", "relcl"})


@dataclass(frozen=True, slots=True)
class Anaphor:
    """A pronoun, or a definite description, that may stand for an actor; ``token`` counts in the article's Doc."""

    token: int
    kind: AnaphorKind
    possessive: bool
    reflexive: bool
    subject: bool
    """Whether it is the subject of its clause."""
    antecedent: int | None = None
    """For a relative pronoun: the head word that its clause modifies."""


def find_pronouns(analysis: Analysis) -> tuple[Anaphor, ...]:
    """Every pronoun that may stand for an actor, in text order; an expletive "it" is none."""
    return tuple(found for paragraph in analysis.paragraphs for token in paragraph.tokens for found in _pronoun(token))


def _pronoun(token: Token) -> Iterator[Anaphor]:
    kind = FORMS.get(token.lower_)
    relative = token.lower_ in ("who", "whom", "whose", "which", "that")
    if not (kind or relative) or _is_in_title(token) or _is_either(token):
        return
    if relative and (antecedent := _antecedent(token)) is not None:
        yield Anaphor(token.i, "relative", token.lower_ == "whose", False, token.dep_ in ("nsubj", "nsubjpass"), antecedent.i)
    # "US" in capitals is the country.
    elif kind is None or token.pos_ not in ("PRON", "DET") or (token.text.isupper() and len(token) > 1 and token.lower_ == "us"):
        return
    elif kind != "it" or not _is_expletive(token):
        possessive = token.tag_ == "PRP$" or token.dep_ == "poss"
        yield Anaphor(token.i, kind, possessive, token.lower_.endswith(("self", "selves")), token.dep_ in ("nsubj", "nsubjpass"))


def _is_in_title(token: Token) -> bool:
    """A capital in the middle of a sentence: a word of a title or a name, as in "the Mother and Me class"."""
    return token.text.istitle() and len(token) > 1 and token.i > token.sent.start and not token.nbor(-1).is_punct


def _is_either(token: Token) -> bool:
    """Whether a pronoun is one of a pair that means anybody: "he or she", "his / her" (Quirk et al. 1985, 6.56)."""
    pair = _OTHER_GENDER.get(FORMS.get(token.lower_, "I"))
    words = token.doc
    return pair is not None and any(
        0 <= token.i + 2 * step < len(words)
        and words[token.i + step].lower_ in ("or", "/")
        and FORMS.get(words[token.i + 2 * step].lower_) == pair
        for step in (-1, 1)
    )


def _antecedent(token: Token) -> Token | None:
    """What a relative pronoun refers to: the noun that its clause modifies; none for a question or a conjunction "that"."""
    if token.tag_ not in ("WP", "WDT", "WP$") or token.dep_ not in ("nsubj", "nsubjpass", "dobj", "pobj", "poss", "dative"):
        return None
    verb = token.head
    for _ in range(4):
        if verb.dep_ == "relcl":
            return verb.head if verb.head.i < token.i else None
        verb = verb.head
    return None


def _is_expletive(token: Token) -> bool:
    """Whether "it" stands for no thing: "it rained", "it is clear that", "it took an hour to"."""
    verb = token.head
    # As an object "it" always stands for something: "they closed it".
    if token.dep_ not in ("nsubj", "nsubjpass", "expl") or verb.pos_ not in ("VERB", "AUX"):
        return token.dep_ == "expl"
    after = [child for child in verb.children if child.i > verb.i]
    extraposed = any(child.dep_ in _EXTRAPOSED for child in after)
    predicate = next((child for child in after if child.dep_ in ("acomp", "attr")), None)
    if predicate is not None:
        inner = any(child.dep_ in _EXTRAPOSED for child in predicate.children)
        timed = predicate.ent_type_ in ("DATE", "TIME") or predicate.lower_ in (
            "time",
            "clear",
            "true",
            "possible",
            "likely",
            "unclear",
            "important",
        )
        return extraposed or inner or timed
    # "It turned out that ...", "it rained"; but "it took the money" has an object, and is somebody.
    return (verb.lemma_ in _EXPLETIVE_VERBS and (extraposed or len(after) < 2)) or (token.dep_ == "nsubjpass" and extraposed)
