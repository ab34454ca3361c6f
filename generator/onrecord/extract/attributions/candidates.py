"""Places where the syntax could attribute something: a cue, what it governs, and who its subject is.

A candidate is only a possibility. Whether its cue really attributes, and how far its content goes, is judged by
:mod:`onrecord.extract.attributions.judges`. The frames follow the syntactic types of attribution in PARC 3.0 (Pareti 2016) and the contents
that PolNeAR's annotators marked (Newell et al. 2018): clauses, infinitives, and what is spoken of.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from onrecord.extract.attributions.circumstances import construction_of, is_quoting
from onrecord.extract.attributions.cues import (
    CONSTRUCTED,
    SUBJECTS,
    TELLING,
    agent_of,
    american,
    colon_between,
    detachable_phrases,
    is_passive_participle,
    is_second_verb,
    object_of,
    patient_of,
    reported_clause,
    reporting_verb,
    sentence_after,
    sentence_before,
    subject_of,
    subtree,
    tokens_before,
    tokens_from,
    trim,
)
from onrecord.extract.language import Paragraph
from onrecord.extract.tokens import Doc, Token, reporting_verbs

Frame = Literal[
    "complement",
    "parataxis",
    "according to",
    "as",
    "infinitive",
    "participle",
    "small clause",
    "object",
    "particle",
    "for to",
    "passive",
    "adjective",
    "copula",
    "nominal",
    "nominal infinitive",
    "nominal particle",
    "impersonal",
    "quoted as",
    "second verb",
]
Extent = Literal["own", "wide", "narrow", "before", "after"]
"""How much of the text a content takes. ``own``: the subtree of the argument. ``wide``: from there on to the end of all that the cue
governs. ``narrow``: the subtree less a phrase at its end that may be the narrator's. ``before``, ``after``: the sentence on that side of
the cue, for parses that tie it to nothing."""

_FRAME_OF_ARC: Mapping[str, Frame] = {
    "xcomp": "infinitive",
    "dobj": "object",
    "attr": "object",
    "oprd": "small clause",
    "advcl": "for to",
}
"""The frame of each arc from a verb to an argument after it."""
_PREDICATE_PREPOSITIONS = ("as", "of", "for", "to", "with", "on")
"""Prepositions that say something of an object: "described it as useless", "accused him of lying"."""
_VERBS = ("VERB", "AUX")
_ADJECTIVE_ARCS = ("acomp", "oprd", "conj", "amod", "acl", "advcl", "ROOT")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A cue with what it governs. Token indices count in the article's Doc."""

    frame: Frame
    cue: tuple[int, ...]
    """The words of the cue; its verb, noun or adjective comes first."""
    lemma: str
    content: tuple[int, ...]
    """The tokens of the content, in text order."""
    source: int | None
    """The head word of the source."""
    root: int
    """The head of the content; its arc to the cue tells what it is there."""
    extent: Extent = "own"
    cut: int | None = None
    """The head of the phrase at the end that a narrow extent leaves out."""


def find_candidates(doc: Doc, paragraph: Paragraph, *, lemmas: frozenset[str]) -> Iterator[Candidate]:
    """Every candidate of a paragraph whose cue has one of the lemmas, by the order of their cues."""
    for token in paragraph.tokens:
        if token.lower_ == "according":
            yield from _according_to_candidates(token)
        elif (find := _FINDERS.get(token.pos_)) is not None and token.text[0].isalpha():  # the tagger takes some dashes for verbs
            lemma = token.lemma_.lower()
            # The training articles are American: "criticised" is looked up as "criticize", unless it is known as it stands.
            if lemma not in lemmas:
                lemma = american(lemma)
            if lemma in lemmas:
                yield from _distinct(find(token, lemma))


def cue_words(verb: Token) -> tuple[int, ...]:
    """A verb with its particle; auxiliaries are left out."""
    return (verb.i, *(child.i for child in verb.children if child.dep_ == "prt"))  # "pointed out"


def _distinct(candidates: Iterable[Candidate]) -> Iterator[Candidate]:
    """Candidates less the empty ones, and less those with a content that an earlier one has too: one reading of a content is enough, and
    another that stands by convention."""
    seen: set[tuple[bool, tuple[int, ...]]] = set()
    for candidate in candidates:
        reading = (candidate.frame in CONSTRUCTED, candidate.content)
        if candidate.content and reading not in seen:
            seen.add(reading)
            yield candidate


class _CandidateBuilder:
    """Builds the candidates of one cue, which share its words, lemma and source."""

    def __init__(self, cue: Token, lemma: str, source: Token | None, words: tuple[int, ...] | None = None) -> None:
        self._lemma = lemma
        self._source = None if source is None else source.i
        self._words = (cue.i,) if words is None else words

    def build(self, frame: Frame, content: tuple[int, ...], root: Token, extent: Extent = "own", cut: Token | None = None) -> Candidate:
        return Candidate(
            frame=frame,
            cue=self._words,
            lemma=self._lemma,
            content=content,
            source=self._source,
            root=root.i,
            extent=extent,
            cut=None if cut is None else cut.i,
        )

    def by(self, preposition: Token | None) -> _CandidateBuilder:
        """The same builder, with whoever stands after "by" for the source; itself where there is no "by"."""
        agent = None if preposition is None else next(_nouns_of(preposition), None)
        return self if agent is None else _CandidateBuilder(agent.doc[self._words[0]], self._lemma, agent, self._words)

    def whole_and_cut(self, frame: Frame, content: tuple[int, ...], root: Token) -> Iterator[Candidate]:
        """A candidate with the whole content, and one for each phrase at its end that may be the narrator's."""
        yield self.build(frame, content, root)
        for cut in detachable_phrases(root):
            yield self.build(frame, tokens_before(content, cut), root, "narrow", cut)


def _verb_candidates(verb: Token, lemma: str) -> Iterator[Candidate]:
    construction = construction_of(verb)
    complements = [child for child in verb.children if child.dep_ == "ccomp" and not _is_separated(child, verb)] or list(_told_after(verb))
    if construction is not None and not complements:
        # Parsers take the clause for an adjunct: "it was put to Reed **that he knew**".
        complements = [child for child in verb.rights if child.dep_ == "advcl" and any(_is_that(grand) for grand in child.children)]
    content = () if construction is None else _told_beside(verb, complements)
    if construction is not None and construction.frame == "quoted as" and not content:
        content = trim(verb.doc, [token.i for token in verb.subtree if token.i > verb.i])  # "quoted Lee as saying 'never again'"
    if construction is not None and content:
        root = complements[-1] if complements else verb.head
        builder = _CandidateBuilder(verb, lemma, construction.source, cue_words(verb))
        yield builder.build(construction.frame, content, root)
    elif not is_quoting(verb):
        yield from _governed(verb, lemma, complements)


def _told_after(verb: Token) -> Iterator[Token]:
    """The clause that the parser hangs on who is told it, though its "that" is a conjunction: "told a steward **that it burned**"."""
    told = (child for child in verb.rights if child.dep_ in ("dobj", "dative") and verb.lemma_.lower() in TELLING)
    yield from (
        clause for noun in told for clause in noun.rights if clause.dep_ in ("relcl", "acl") and any(map(_is_that, clause.children))
    )


def _told_beside(verb: Token, complements: Sequence[Token]) -> tuple[int, ...]:
    """The clause that a construction reports: after it, or before it and a comma, "The bridge fell, **a jury was told**"."""
    if complements:
        return tuple(sorted(i for complement in complements for i in subtree(complement)))
    if verb.head.i != verb.i and verb.head.pos_ in _VERBS and verb.dep_ in ("parataxis", "conj", "advcl") and _is_added(verb):
        return subtree(verb.head, without=verb)
    return ()


def _is_that(token: Token) -> bool:
    return token.dep_ == "mark" and token.lower_ == "that"


def _is_added(verb: Token) -> bool:
    """Whether a clause without a conjunction stands after a comma, at the end of its sentence."""
    first = verb.left_edge
    return first.i > 0 and first.nbor(-1).text == "," and verb.right_edge.i + 1 >= verb.sent.end - 1


def _governed(verb: Token, lemma: str, complements: Sequence[Token]) -> Iterator[Candidate]:
    source = subject_of(verb)
    patient = patient_of(verb)
    # In the passive the subject is who is talked to or about, and "by" names the source: "Reed was accused by Lee of ...".
    if patient is not None or any(child.dep_ == "auxpass" for child in verb.children) or is_passive_participle(verb):
        source = agent_of(verb)
    if source is None and is_passive_participle(verb):
        return  # "Asked whether she would go, Lee said ...": she was asked, and nobody says by whom
    builder = _CandidateBuilder(verb, lemma, source, cue_words(verb))
    if complements:
        whole = tuple(sorted(i for complement in complements for i in reported_clause(complement, verb)))
        yield from builder.whole_and_cut("complement", whole, complements[-1])
        yield builder.build("complement", tokens_from(complements[0], verb), complements[-1], "wide")
    else:
        yield from _host_clauses(builder, verb)
    yield from _second_verb(builder, verb)
    yield from _object_and_predicate(builder, verb, patient)
    yield from _complements(builder, verb)
    if patient is not None and not complements:
        yield builder.build("passive", subtree(patient), patient)
    # Where the parser cut the sentence badly, its whole side before or after the cue may be the content. For any verb that would be
    # noise.
    if source is not None and (complements or lemma in reporting_verbs()):
        root = complements[-1] if complements else verb.head
        yield builder.build("complement", sentence_before(verb, source), root, "before")
        yield builder.build("complement", sentence_after(verb, source), root, "after")


def _second_verb(builder: _CandidateBuilder, verb: Token) -> Iterator[Candidate]:
    """ "Lee said it was old **and told drivers to slow down**": what the next verb of a report governs, its listener included."""
    outer = reporting_verb(verb) if verb.dep_ == "conj" else None
    clause = next((child for child in verb.rights if child.dep_ in ("ccomp", "xcomp")), None)
    if outer is not None and clause is not None and is_second_verb(verb, outer):
        first = next((child for child in verb.rights if child.dep_ == "dobj" and child.i < clause.i), clause)
        yield builder.build("second verb", tokens_from(first, verb), clause)


def _host_clauses(builder: _CandidateBuilder, verb: Token) -> Iterator[Candidate]:
    """ "It was, officials said, late"; "it was late, as Lee said": the cue's clause stands in or beside its content."""
    if verb.head.i == verb.i:
        return
    if _as_conjunction(verb) is not None:
        yield builder.build("as", subtree(verb.head, without=verb), verb.head)
    elif verb.head.pos_ in _VERBS and (verb.dep_ == "parataxis" or (verb.dep_ == "advcl" and _is_interposed(verb))):
        host = _main_verb(verb.head)
        yield from builder.whole_and_cut("parataxis", subtree(host, without=verb), host)


def _object_and_predicate(builder: _CandidateBuilder, verb: Token, patient: Token | None) -> Iterator[Candidate]:
    """ "Called [the plan a mistake]", "accused [the mayor of lying]"; "[the mayor] was accused [of lying]"."""
    predicate = next((child for child in verb.rights if _is_predicate(child)), None)
    if predicate is None:
        return
    thing = object_of(verb)
    if thing is not None and thing.i > verb.i:
        yield builder.build("small clause", tuple(sorted({*subtree(thing), *subtree(predicate)})), predicate)
    if patient is not None:
        by = _agent_after_marks(predicate)
        said = subtree(predicate) if by is None else tokens_before(subtree(predicate), by)
        yield builder.by(by).build("passive", tuple(sorted({*subtree(patient), *said})), predicate)


def _agent_after_marks(predicate: Token) -> Token | None:
    """The "by" that the parser hangs on quoted words, though it stands after their mark: "described as 'a wrecking ball' **by** Lee"."""
    return next((token for token in predicate.subtree if token.lower_ == "by" and token.i > 0 and token.nbor(-1).is_quote), None)


def _complements(builder: _CandidateBuilder, verb: Token) -> Iterator[Candidate]:
    """ "Praised [the plan]", "promised [to go]", "called for [an inquiry]", "called [for them to go]"."""
    for child in verb.children:
        # Of arguments before the verb only an object can be content: "What she said", "which he denied".
        if child.i < verb.i and child.dep_ != "dobj":
            continue
        if child.dep_ == "prep":
            for noun in _nouns_of(child):
                yield builder.build("particle", subtree(noun), noun)
                yield builder.build("particle", tokens_from(noun, verb), noun, "wide")
            continue
        frame = _FRAME_OF_ARC.get(child.dep_)
        if frame is None or (frame == "for to" and not any(grand.lower_ == "for" for grand in child.children)):
            continue
        # "Promised to go" is an infinitive, "denied going" a participle.
        if frame == "infinitive" and not any(grand.tag_ == "TO" for grand in child.children):
            frame = "participle"
        yield from builder.whole_and_cut(frame, subtree(child), child)
        yield builder.build(frame, tokens_from(child, verb), child, "wide")


def _is_separated(clause: Token, verb: Token) -> bool:
    """Whether a colon or semicolon shows that a clause is no complement of a verb, though the parser says so: a label ("Update: Lee
    said"), a sentence before the verb, or a clause after the verb's own object."""
    doc, last = clause.doc, clause.right_edge
    if clause.i > verb.i:
        # "Lee welcomed the plan: it would save money" gives a reason of the narrator's; "Lee said: it would" reports.
        return object_of(verb) is not None and colon_between(verb, clause)
    return last.text in (":", ";") or (last.i < verb.i and doc[last.i + 1].text in (":", ";"))


def _is_interposed(verb: Token) -> bool:
    """Whether an adverbial clause has a subject and no subordinator, as ", officials said," has and ", when officials said it," has not."""
    return any(child.dep_ in SUBJECTS for child in verb.children) and not any(child.dep_ == "mark" for child in verb.children)


def _main_verb(verb: Token) -> Token:
    """The verb that an auxiliary helps."""
    while verb.dep_ in ("aux", "auxpass"):
        verb = verb.head
    return verb


def _as_conjunction(verb: Token) -> Token | None:
    """The "as" of "as the mayor said"."""
    if verb.dep_ != "advcl":
        return None
    return next((child for child in verb.children if child.lower_ == "as" and child.dep_ in ("mark", "advmod")), None)


def _is_predicate(child: Token) -> bool:
    return child.dep_ in ("oprd", "xcomp") or (child.dep_ == "prep" and child.lower_ in _PREDICATE_PREPOSITIONS)


def _nouns_of(preposition: Token) -> Iterator[Token]:
    return (child for child in preposition.children if child.dep_ in ("pobj", "pcomp"))


def _according_to_candidates(token: Token) -> Iterator[Candidate]:
    found = source_according(token)
    if found is None:
        return
    noun, source = found
    host = token.head
    # "According to" hangs on a noun as often as on the verb of its sentence.
    while host.pos_ not in _VERBS and host.dep_ not in ("ROOT", "conj", "ccomp") and host.head.i != host.i:
        host = host.head
    half = half_according(token)
    content = trim(token.doc, [i for i in subtree(host, without=token) if i in half and i not in source])
    if content:
        yield Candidate("according to", (token.i, source.start - 1), "according to", content, noun.i, host.i)


def _noun_after(to: Token) -> Token | None:
    """The source after "according to"; taggers take some titles before a name for verbs: "according to **engineer** Lee"."""
    after = next((child for child in to.children if child.dep_ in ("pobj", "pcomp")), None)
    if after is None or after.tag_ != "VB":
        return after if after is not None and after.dep_ == "pobj" else None
    return next((child for child in after.rights if child.dep_ == "dobj" and child.pos_ == "PROPN"), None)


def source_according(according: Token) -> tuple[Token, range] | None:
    """The head word of the source of "according to", and all of its tokens, with a title or a name that the parser leaves out of it."""
    to = next((child for child in according.children if child.lower_ == "to"), None)
    noun = None if to is None else _noun_after(to)
    return None if to is None or noun is None else (noun, range(to.i + 1, _end_with_name(noun)))


def _end_with_name(noun: Token) -> int:
    """Where a source ends, with a person's name between commas behind a noun: "the foreman**, Ned Lee**,"."""
    doc, end = noun.doc, noun.right_edge.i + 1
    last = end + 1
    while last < noun.sent.end and doc[last].ent_type_ == "PERSON" and doc[last].pos_ == "PROPN":
        last += 1
    apart = end < len(doc) and doc[end].text == "," and end + 1 < last < len(doc) and doc[last].is_punct
    return last if noun.tag_ == "NN" and apart else end


def half_according(according: Token) -> range:
    """The tokens among which the content of "according to" stands: one of two coordinated clauses, or all of its sentence.

    It belongs to the clause in or after which it stands (Quirk et al. 1985, 8.1 and 13.56). "He left and, **according to Lee**, once said
    it": only the second half is Lee's. "It leaks, **according to Lee**, and they have left": only the first is.
    """
    before = [token for token in according.doc[max(0, according.i - 2) : according.i] if not token.is_punct]
    if before and _joins(before[-1]):
        return range(according.i, according.sent.end)
    found = source_according(according)
    after = max(according.right_edge.i + 1, 0 if found is None else found[1].stop)
    joining = next((token for token in according.doc[after : min(after + 2, according.sent.end)] if not token.is_punct), None)
    if joining is not None and _joins(joining) and _opens_clause(joining, according):
        return range(according.sent.start, joining.i)
    return range(according.sent.start, according.sent.end)


def _joins(conjunction: Token) -> bool:
    return conjunction.dep_ == "cc" and conjunction.lower_ in ("and", "but")


def _opens_clause(conjunction: Token, according: Token) -> bool:
    """Whether a clause with a subject of its own follows a conjunction, and what it is joined with stands before "according to"."""
    host = conjunction.head
    second = next((child for child in host.rights if child.dep_ == "conj" and child.i > conjunction.i), None)
    return host.i < according.i and second is not None and any(child.dep_ in SUBJECTS for child in second.lefts)


def _adjective_candidates(adjective: Token, lemma: str) -> Iterator[Candidate]:
    """ "Lee was confident that it would hold": the clause or phrase that an adjective governs."""
    if adjective.dep_ not in _ADJECTIVE_ARCS:
        return
    copula = adjective.head if adjective.dep_ in ("acomp", "oprd") else None
    # "An official confident that it would hold".
    described = adjective.head if adjective.dep_ == "amod" else None
    builder = _CandidateBuilder(adjective, lemma, subject_of(copula or adjective) or described)
    # Parsers hang the clause on the adjective or on "was".
    for governor in (adjective,) if copula is None else (adjective, copula):
        for child in governor.children:
            if child.i > adjective.i and child.dep_ in ("ccomp", "xcomp"):
                yield builder.build("adjective", subtree(child), child)
            elif child.i > adjective.i and child.dep_ == "prep" and governor.i == adjective.i:
                yield from (builder.build("adjective", subtree(noun), noun) for noun in _nouns_of(child))


def _noun_candidates(noun: Token, lemma: str) -> Iterator[Candidate]:
    """ "The claim that he lied": a noun with a clause or a phrase for its content."""
    owner = _owner_of(noun)
    builder = _CandidateBuilder(noun, lemma, owner)
    for child in noun.children:
        # "The claim that he lied"; but "the claim that he made" has no mark, and says nothing of what was claimed.
        if child.dep_ in ("acl", "ccomp", "relcl") and any(map(_is_that, child.children)):
            yield builder.build("nominal", subtree(child), child)
        elif child.dep_ == "acl" and any(c.tag_ == "TO" for c in child.children):
            yield builder.build("nominal infinitive", subtree(child), child)
        # "Talk of war", "a call for calm"; "by" and "from" name whose it is.
        elif child.dep_ == "prep" and child.lower_ not in ("by", "from"):
            yield from (builder.build("nominal particle", subtree(grand), grand) for grand in _nouns_of(child) if grand != owner)
    # "The hope is that ..."
    if noun.dep_ in ("nsubj", "attr") and noun.head.lemma_ == "be":
        for child in noun.head.rights:
            if child.dep_ in ("ccomp", "xcomp", "attr", "acomp") and child.i != noun.i:
                yield builder.build("copula", subtree(child), child)


def _owner_of(noun: Token) -> Token | None:
    """Whose claim it is: the possessor, the agent, or the subject of the verb that the noun is an object of."""
    for child in noun.children:
        if child.dep_ == "poss":
            return child
        if child.dep_ == "prep" and child.lower_ in ("by", "from"):
            return next(_nouns_of(child), None)
    if noun.dep_ in ("dobj", "attr") and noun.head.pos_ in _VERBS:
        return subject_of(noun.head)
    if noun.dep_ == "pobj" and noun.head.dep_ == "prep" and noun.head.head.pos_ == "VERB":
        return subject_of(noun.head.head)
    return None


_FINDERS: Mapping[str, Callable[[Token, str], Iterator[Candidate]]] = {
    **dict.fromkeys(_VERBS, _verb_candidates),
    **dict.fromkeys(("NOUN", "PROPN"), _noun_candidates),
    "ADJ": _adjective_candidates,
}
"""Which candidates a cue has, by its part of speech."""
