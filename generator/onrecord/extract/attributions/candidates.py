"""Places where the syntax could attribute something: a cue, what it governs, and who its subject is.

A candidate is only a possibility. Whether its cue really attributes is judged by :mod:`onrecord.extract.attributions.find` with the
rates of :mod:`onrecord.extract.attributions.cues`. The frames follow the syntactic types of attribution in PARC 3.0 (Pareti 2016).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from spacy.tokens import Doc, Token

from onrecord.extract.attributions.understood import issuing_verb, reporting_verb
from onrecord.extract.language import Paragraph

Frame = Literal["complement", "parataxis", "according to", "as", "infinitive", "nominal", "object", "particle"]

SUBJECTS = ("nsubj", "nsubjpass", "csubj")
_JUDGING = frozenset(
    [
        "accuse",
        "applaud",
        "attack",
        "blame",
        "blast",
        "castigate",
        "censure",
        "chastise",
        "commend",
        "condemn",
        "congratulate",
        "convict",
        "criticise",
        "criticize",
        "denounce",
        "excoriate",
        "fault",
        "forgive",
        "honor",
        "laud",
        "mock",
        "praise",
        "punish",
        "rebuke",
        "reprimand",
        "rip",
        "ridicule",
        "scold",
        "slam",
        "suspect",
        "thank",
    ]
)
"""Verbs that judge their object for what it did: Levin (1993), class 33, with headline words for "criticise"."""
_CLAUSES = ("ccomp",)
_NOUNS = ("NOUN", "PROPN", "PRON", "NUM")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A cue with what it governs. Token indices count in the article's Doc."""

    frame: Frame
    cue: tuple[int, ...]
    """The words of the cue, in text order; the first verb or noun among them is ``head``."""
    head: int
    lemma: str
    content: tuple[int, ...]
    """The tokens of the content, in text order."""
    source: int | None
    """The head word of the source."""
    passive: bool = False


def find_candidates(doc: Doc, paragraph: Paragraph) -> Iterator[Candidate]:
    """Every candidate of a paragraph, by the order of their cues."""
    for token in paragraph.tokens:
        if token.lower_ == "according":
            yield from _according_to(token)
        elif not token.text[0].isalpha():
            continue  # the tagger takes some dashes for verbs
        elif token.pos_ in ("VERB", "AUX"):
            yield from _verb(token)
        elif token.pos_ in ("NOUN", "PROPN"):
            yield from _nominal(token)


def subject_of(verb: Token) -> Token | None:
    """The head word of a verb's understood subject: its own, or its controller's, or the noun that it modifies."""
    seen = 0
    at: Token = verb
    while seen < 12:
        seen += 1
        for child in at.children:
            if child.dep_ in SUBJECTS and child.tag_ != "EX":
                return child
            if child.dep_ == "agent" and at.tag_ == "VBN":
                return next((grand for grand in child.children if grand.dep_ == "pobj"), None)
        if at.dep_ in ("conj", "xcomp", "advcl", "parataxis", "dep", "aux") and at.head.pos_ in ("VERB", "AUX"):
            if at.dep_ in ("conj", "parataxis", "dep") and _begins_anew(at.head, at):
                return None
            if (outer := reporting_verb(at)) is not None:
                at = outer
                continue
            if at.dep_ == "xcomp" and (controller := _object(at.head)) is not None and not _participle(at):
                return controller
            at = at.head
        elif at.dep_ in ("acl", "relcl"):
            if (issuing := issuing_verb(at)) is not None:
                at = issuing
                continue
            return at.head if _participle(at) or at.dep_ == "acl" else None
        elif at.dep_ == "pcomp" and at.head.head.pos_ in ("VERB", "AUX"):
            judged = _object(at.head.head) if at.head.lower_ in ("for", "of") and at.head.head.lemma_ in _JUDGING else None
            if judged is not None:
                return judged
            at = at.head.head
        elif at.dep_ == "conj" and at.head.dep_ == "pcomp":
            at = at.head
        else:
            return None
    return None


def _begins_anew(first: Token, second: Token) -> bool:
    """A colon or semicolon between two clauses: the subject of the first is not that of the second."""
    return any(token.text in (":", ";") for token in first.doc[first.i : second.i])


def _participle(verb: Token) -> bool:
    return verb.tag_ in ("VBG", "VBN")


def _object(verb: Token) -> Token | None:
    return next((child for child in verb.children if child.dep_ in ("dobj", "dative")), None)


def subtree(head: Token, *, without: Iterable[Token] = ()) -> tuple[int, ...]:
    """The indices of a token's subtree, less the subtrees of others, without punctuation at its edges."""
    dropped = {token.i for other in without for token in other.subtree}
    kept = [token for token in head.subtree if token.i not in dropped]
    return trim(kept)


def trim(tokens: list[Token]) -> tuple[int, ...]:
    """The indices of tokens in text order, less the punctuation (quotation marks excepted) and conjunctions at the edges."""
    while tokens and (tokens[0].is_space or (tokens[0].is_punct and not tokens[0].is_quote) or tokens[0].dep_ == "cc"):
        tokens = tokens[1:]
    while tokens and (tokens[-1].is_space or (tokens[-1].is_punct and not tokens[-1].is_quote) or tokens[-1].dep_ == "cc"):
        tokens = tokens[:-1]
    return tuple(token.i for token in tokens)


def _verb(verb: Token) -> Iterator[Candidate]:
    complements = [child for child in verb.children if child.dep_ in _CLAUSES and not _is_apart(child, verb)]
    source = subject_of(verb)
    passive = any(child.dep_ in ("nsubjpass", "auxpass") for child in verb.children)
    if passive or _is_passive_participle(verb):
        source = _agent(verb)
    if source is None and _is_passive_participle(verb):
        return  # "Asked whether she would go, Lee said ...": she was asked, and nobody says by whom

    def candidate(frame: Frame, content: tuple[int, ...], by: Token | None = source) -> Candidate:
        return Candidate(frame, cue_words(verb), verb.i, verb.lemma_.lower(), content, None if by is None else by.i, passive)

    if complements:
        content = sorted(i for complement in complements for i in subtree(complement))
        yield candidate("complement", tuple(content))
    if verb.dep_ == "parataxis" or (verb.dep_ == "advcl" and _as(verb) is None and _interposed(verb)):
        if not complements and verb.head.pos_ in ("VERB", "AUX"):
            yield candidate("parataxis", subtree(_main_verb(verb.head), without=[verb]))
    elif _as(verb) is not None and not complements and verb.head.i != verb.i:
        yield candidate("as", subtree(verb.head, without=[verb]))
    if complements:
        return
    for child in verb.children:
        if child.dep_ == "xcomp" and any(grand.tag_ == "TO" for grand in child.children):
            yield candidate("infinitive", subtree(child))
        elif child.dep_ == "dobj" and len(list(child.subtree)) > 1:
            yield candidate("object", subtree(child))
        elif child.dep_ == "prep" and child.lower_ in ("for", "of", "about", "to", "against"):
            yield from (candidate("particle", subtree(grand)) for grand in child.children if grand.dep_ in ("pobj", "pcomp"))


def _is_apart(clause: Token, verb: Token) -> bool:
    """A colon or semicolon makes it no complement: a label or a sentence before the verb, a clause after the verb's own object."""
    doc, last = clause.doc, clause.right_edge
    if clause.i > verb.i:
        return _object(verb) is not None and _begins_anew(verb, clause)
    return last.text in (":", ";") or (last.i < verb.i and doc[last.i + 1].text in (":", ";"))


def _interposed(verb: Token) -> bool:
    """A short clause between commas: ", officials said,"."""
    return any(child.dep_ in SUBJECTS for child in verb.children) and not any(child.dep_ == "mark" for child in verb.children)


def _main_verb(verb: Token) -> Token:
    """The verb that an auxiliary helps."""
    while verb.dep_ in ("aux", "auxpass"):
        verb = verb.head
    return verb


def _as(verb: Token) -> Token | None:
    """The "as" of "as the mayor said"."""
    if verb.dep_ != "advcl":
        return None
    return next((child for child in verb.children if child.lower_ == "as" and child.dep_ in ("mark", "advmod")), None)


def _is_passive_participle(verb: Token) -> bool:
    """ "Asked about it, ...", "a report called ...": what is said is said to or of the noun, not by it."""
    return verb.tag_ == "VBN" and verb.dep_ in ("advcl", "acl") and not any(child.dep_ in (*SUBJECTS, "aux") for child in verb.children)


def _agent(verb: Token) -> Token | None:
    for child in verb.children:
        if child.dep_ == "agent":
            return next((grand for grand in child.children if grand.dep_ == "pobj"), None)
    return None


def cue_words(verb: Token) -> tuple[int, ...]:
    """A verb with its particle; auxiliaries are left out."""
    return (verb.i, *(child.i for child in verb.children if child.dep_ == "prt"))


def _according_to(token: Token) -> Iterator[Candidate]:
    to = next((child for child in token.children if child.lower_ == "to"), None)
    noun = next((child for child in to.children if child.dep_ == "pobj"), None) if to is not None else None
    if to is None or noun is None:
        return
    host = token.head
    while host.pos_ not in ("VERB", "AUX") and host.dep_ not in ("ROOT", "conj", "ccomp") and host.head.i != host.i:
        host = host.head
    yield Candidate("according to", (token.i, to.i), token.i, "according to", subtree(host, without=[token]), noun.i)


def _nominal(noun: Token) -> Iterator[Candidate]:
    """ "The claim that he lied": a noun with a clause for its content, possessed by its source."""
    for child in noun.children:
        if child.dep_ in ("acl", "ccomp", "relcl") and any(c.dep_ == "mark" and c.lower_ == "that" for c in child.children):
            owner = next((c for c in noun.children if c.dep_ == "poss"), None) or _by(noun)
            if owner is None and noun.dep_ == "dobj" and noun.head.pos_ == "VERB":
                owner = subject_of(noun.head)
            yield Candidate("nominal", (noun.i,), noun.i, noun.lemma_.lower(), subtree(child), None if owner is None else owner.i)


def _by(noun: Token) -> Token | None:
    for child in noun.children:
        if child.dep_ == "prep" and child.lower_ in ("by", "from", "of"):
            return next((grand for grand in child.children if grand.dep_ == "pobj"), None)
    return None
