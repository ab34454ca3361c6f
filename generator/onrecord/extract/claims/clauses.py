"""The clauses of an article that say something: one for each predicate that stands by itself, and those within it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby, pairwise

from onrecord.extract.actor_lookup import ActorLookup
from onrecord.extract.actors.word_lists import claim_words
from onrecord.extract.affiliations import affiliations_of
from onrecord.extract.claims.asserters import PREDICATES, SUBJECTS, Voices, denier, has_subject, is_finite, is_inverted
from onrecord.extract.language import Analysis
from onrecord.extract.tokens import FINITE, Token, lemma_of, reporting_verbs, roots, speech_words

DASHES = (";", "—", "–", "--", ":")
AUTHORS, NOBODY = -1, -2
"""Voices without a quote: the article's own, and that of words of which nobody knows whose they are."""
INTRODUCTION = "introduction"
"""The rule of a clause that only introduces a quote, and is no claim."""
CONTENT = ("NOUN", "PROPN", "PRON", "VERB", "AUX", "ADJ", "NUM")
RELATIVE = ("WDT", "WP", "WP$", "WRB")


@dataclass(frozen=True, slots=True)
class Clause:
    """A predicate and its words, as far as one voice speaks them."""

    head: Token
    tokens: tuple[Token, ...]
    """In text order, outer punctuation and conjunctions left out; with gaps where another voice or a cue cuts in."""
    voice: int
    """The index of its quote; :data:`AUTHORS`, or :data:`NOBODY` for words in quotation marks that nothing attributes."""
    rule: str
    is_question: bool = False
    trailing: tuple[Token, ...] = ()
    """A relative clause at its end that is a claim of its own."""


def main_clauses(analysis: Analysis, voices: Voices) -> Iterator[Clause]:
    """Every clause that stands by itself, in text order within its sentence.

    Commands and fragments are here only as far as they have a predicate; questions are, with their flag, for what they presuppose; and
    what introduces a quote is, by the rule :data:`INTRODUCTION`, for what it says by the way.
    """
    for paragraph in analysis.paragraphs:
        for sent in paragraph.sents:
            tokens = [token for token in sent if token.dep_ and not token.is_space]
            for voice, unit in divide_by_voice(tokens, voices):
                yield from clauses_of_voice(unit, voice, voices)


def divide_by_voice(tokens: list[Token], voices: Voices) -> Iterator[tuple[int, list[Token]]]:
    """A sentence's tokens, divided among its voices."""
    # groupby needs the tokens of a voice side by side; each voice keeps its text order.
    keyed = sorted(tokens, key=lambda token: (voices.of[token.i], token.i))
    for voice, unit in groupby(keyed, key=lambda token: voices.of[token.i]):
        yield voice, list(unit)


def clauses_of_voice(unit: list[Token], voice: int, voices: Voices) -> Iterator[Clause]:
    """The clauses of what one voice says in one sentence."""
    heads = clause_heads(unit, voices)
    for head, segment in zip(heads, segments(unit, heads), strict=True):
        if head.i in voices.cues:
            yield Clause(head, tuple(segment), voice, INTRODUCTION)
            continue
        introducing = introducing_words(segment, head, voices)
        if introducing:
            yield Clause(head, tuple(token for token in segment if token.i in introducing), voice, INTRODUCTION)
        words = [*shared_subject(head, voices), *trim_clause([token for token in segment if token.i not in introducing])]
        own, trailing = without_trailing_relative(words, head)
        if says_something(own):
            yield Clause(head, tuple(own), voice, "clause", any(token.text == "?" for token in segment), tuple(trailing))


def without_trailing_relative(words: list[Token], head: Token) -> tuple[list[Token], list[Token]]:
    """The words up to a non-restrictive relative clause that ends them, and that clause: it is said by the way, and may be true where the
    rest is not (Quirk et al. 1985, 17.22)."""
    for place, token in enumerate(words):
        if token.dep_ == "relcl" and words[-1].i <= token.right_edge.i and (relative := relative_words(token)):
            start = relative[0].i
            # The head of the clause may stand behind it where the parser errs.
            if head.i < start and place:
                return trim_clause([word for word in words if word.i < start]), [word for word in words if word.i >= start]
    return words, []


def clause_heads(unit: list[Token], voices: Voices) -> list[Token]:
    """The predicates of full clauses, in text order: the roots, and what is coordinated or strung together with them."""
    inside = {token.i for token in unit}
    tops = [token for token in roots(unit) if (token.pos_ in PREDICATES or has_subject(token)) and not is_adjunct_cue(token, voices)]
    # "It would be known **had she moved**": the parser hangs the condition beside the clause that it is of.
    queue = [token for token in tops if not is_inverted(token)] or tops
    heads: list[Token] = []
    while queue:
        head = queue.pop()
        heads.append(head)
        if any(child.lower_ in claim_words().modality["hope_adverbs"] for child in head.lefts):
            continue  # "Hopefully A and B" is one wish.
        queue.extend(child for child in head.children if child.i in inside and is_full_clause(child, head, inside, voices))
    return sorted(heads, key=lambda token: token.i)


def is_adjunct_cue(token: Token, voices: Voices) -> bool:
    """Whether a cue is no predicate of its sentence: "**according** to the mayor"."""
    return token.dep_ == "prep" and token.i in voices.cues


def is_full_clause(child: Token, head: Token, inside: set[int], voices: Voices) -> bool:
    """Whether a dependent is a clause as full as its head: coordinated, or before it with a semicolon, dash or conjunction between them.

    A verb coordinated with one that introduces a quote stands by itself, without a subject of its own: "he said so and **left the room**".
    """
    if child.dep_ == "conj" and (child.i in voices.cues or (head.i in voices.cues and is_finite(child))):
        return True
    if child.dep_ == "conj" and is_finite(child) and not has_subject(child) and is_meant_otherwise(child, head):
        return True
    if not (is_finite(child) and has_subject(child)):
        return False
    if is_comment(child, head):
        return False
    if child.dep_ in ("conj", "parataxis"):
        return all(token.lower_ == "that" for token in child.lefts if token.dep_ == "mark")
    # "Asked if it was true, **she shook her head**": what a cue governs outside of its quote goes on after it.
    if child.dep_ == "ccomp" and child.i > head.i and head.i in voices.cues:
        return True
    # "It was late; nobody came": parsers take the first clause for a complement of the second.
    if child.dep_ == "ccomp" and child.i < head.i:
        between = [token for token in child.doc[child.i + 1 : head.i] if token.i in inside and token.head in (child, head)]
        if any(t.dep_ == "mark" for t in child.lefts) or is_inverted(child):
            return False
        return any(token.dep_ == "cc" or token.text in DASHES for token in between) or is_spliced(head)
    return False


def is_comment(child: Token, head: Token) -> bool:
    """Whether a clause stands by the way between the words of another (Quirk et al. 1985, 15.53): "they have, **it is thought**, left"."""
    last = child.right_edge
    if child.dep_ not in ("parataxis", "ccomp") or last.i >= head.i or not follows_comma(child):
        return False
    # The subject of the clause around it stands before it, whatever the parser hung it on.
    before = child.doc[head.left_edge.i : max(opening_of(child).i, head.left_edge.i)]
    return any(token.dep_ in (*SUBJECTS, "npadvmod") for token in before) and "," in (last.text, child.doc[last.i + 1].text)


def opening_of(clause: Token) -> Token:
    """The first word of a clause's subject, which is its first where the parser is right; or else of the clause."""
    return next((child.left_edge for child in clause.lefts if child.dep_ in SUBJECTS), clause.left_edge)


def follows_comma(clause: Token) -> bool:
    """Whether a comma stands before a clause's subject."""
    first = opening_of(clause)
    return first.i > 0 and first.doc[first.i - 1].text == ","


def is_spliced(second: Token) -> bool:
    """Whether a clause before a predicate merely stands beside it: "some stay, **some leave**"; not before a verb of saying or thinking, of
    which it is the object."""
    lemma = lemma_of(second)
    return lemma not in reporting_verbs() and lemma not in claim_words().stance["opinions"]


def is_meant_otherwise(verb: Token, first: Token) -> bool:
    """Whether a coordinated verb has auxiliaries or a negation of its own, or another tense: each may be held true or false by itself.

    "Closed the pool and sold the land" tells one thing; "closed the pool and **may sell** the land" tells two.
    """
    own = [child for child in verb.lefts if child.dep_ in ("aux", "auxpass", "neg")]
    if verb.tag_ == "VBD" and any(child.dep_ in ("aux", "auxpass") for child in first.lefts):
        return bool(own)  # "Has closed the pool and sold the land": the tagger takes the second participle for a past tense.
    tenses = [tense for one in (first, verb) if (tense := finite_tag(one)) is not None]
    return bool(own) or (len(tenses) == 2 and (tenses[0] == "VBD") != (tenses[1] == "VBD"))


def finite_tag(verb: Token) -> str | None:
    """The tag of what carries a predicate's tense: "**were** beaten"; None under a modal, or without one."""
    words = [child for child in verb.lefts if child.dep_ in ("aux", "auxpass")]
    tag = next((word.tag_ for word in (*words, verb) if word.tag_ in FINITE), None)
    return None if tag == "MD" else tag


def segments(unit: list[Token], heads: list[Token]) -> list[list[Token]]:
    """The unit's tokens, cut before each head's clause."""
    cuts = [unit[0].i, *(clause_start(first, second) for first, second in pairwise(heads)), unit[-1].i + 1]
    return [[token for token in unit if start <= token.i < end] for start, end in pairwise(cuts)][: len(heads)]


def clause_start(first: Token, second: Token) -> int:
    """The index of the token where the second of two clauses begins: its conjunction or semicolon, else its leftmost word."""
    begin = min((child.left_edge.i for child in second.lefts if child.dep_ in SUBJECTS and child.left_edge.i > first.i), default=second.i)
    joints = [
        token.i
        for token in first.doc[first.i + 1 : begin]
        if (token.dep_ == "cc" or token.text in DASHES)
        and (token.head in (first, second) or (first.is_ancestor(second) and token.head == second.head))
    ]
    if joints:
        return joints[-1]
    return second.left_edge.i if first.i < second.left_edge.i < begin else begin


def shared_subject(head: Token, voices: Voices) -> list[Token]:
    """The subject that a verb shares with the one before it, where that one only introduces a quote; its relative clauses left out."""
    if head.dep_ != "conj" or head.head.i not in voices.cues or has_subject(head):
        return []
    nouns = [child for child in head.head.lefts if child.dep_ in SUBJECTS]
    introducing = {word.i for noun in nouns for child in noun.children if child.dep_ == "relcl" for word in child.subtree}
    return [word for noun in nouns for word in noun.subtree if word.i not in introducing]


def with_subject(verb: Token) -> Token | None:
    """The verb itself, or the first of those that it is coordinated with, where that has the subject."""
    # Eight verbs with one subject are more than a sentence has, but for hostile ones.
    for _ in range(8):
        if has_subject(verb) or verb.dep_ != "conj" or verb.head is verb:
            break
        verb = verb.head
    return verb if has_subject(verb) else None


def subject_elsewhere(head: Token) -> list[Token]:
    """The subject of a coordinated verb that stands at the first verb, of which it is another claim's."""
    first = with_subject(head)
    return [] if first is None or first is head else [word for child in first.lefts if child.dep_ in SUBJECTS for word in child.subtree]


def introducing_words(segment: list[Token], head: Token, voices: Voices) -> set[int]:
    """Words in a clause that only introduce a quote: "according to the mayor", ", who told reporters"."""
    cues = [token for token in segment if token.i in voices.cues and token != head]
    out = {part.i for cue in cues for part in words_of_introduction(cue, head, voices)}
    if any(cue.is_ancestor(head) for cue in cues):
        # A cue above the head introduces the clause, but does not swallow it.
        out -= {part.i for part in head.subtree}
    return out


def words_of_introduction(cue: Token, head: Token, voices: Voices) -> Iterator[Token]:
    """The words around a cue that go with it, and not with the predicate of the clause before it.

    Its object stays that predicate's where the parser makes it the subject of a participle, "sued **the state** alleging that ...", or
    joins it to the speaker, "Acme owns **the yard** and Lee has said ..."; and so does a noun of saying after a preposition, "spoke amid
    **claims** that ...".
    """
    start = voices.sources.get(cue.i, 0)
    noun = cue.pos_ == "NOUN" and cue.dep_ == "pobj" and head.is_ancestor(cue)
    theirs = {part.i for child in cue.lefts if child.dep_ in SUBJECTS and is_object_of(child, head, cue) for part in child.subtree}
    for word in cue.subtree:
        before = head.i < word.i < start
        if not before and word.i not in theirs and not (noun and word.i <= cue.i):
            yield word


def is_object_of(noun: Token, head: Token, cue: Token) -> bool:
    """Whether what the parser makes the subject of a participle is the object of the verb before it: "sued **the state** alleging"
    (Huddleston & Pullum 2002, 14.5.3); who is heard or seen saying something is not."""
    return (
        cue.tag_ == "VBG"
        and cue.dep_ == "ccomp"
        and head == cue.head
        and head.i < noun.i
        and lemma_of(head) not in speech_words("perceiving")
    )


def says_something(tokens: Iterable[Token]) -> bool:
    """Whether there is a word of content among the tokens, so that they can be shown; not if they end inside a word."""
    words = list(tokens)
    if not words or _cuts_word(words[-1]):
        return False
    return any(token.pos_ in CONTENT and any(character.isalnum() for character in token.text) for token in words)


def _cuts_word(last: Token) -> bool:
    doc, after = last.doc, last.i + 1
    hyphen = after + 1 < len(doc) and not last.whitespace_ and doc[after].text == "-" and not doc[after].whitespace_
    return hyphen and doc[after + 1].is_alpha


def trim_clause(tokens: list[Token]) -> list[Token]:
    """The tokens without punctuation, conjunctions and complementisers at either end."""
    start, end = 0, len(tokens)
    while start < end and is_edge(tokens[start]):
        start += 1
    while end > start and is_edge(tokens[end - 1]):
        end -= 1
    return tokens[start:end]


def is_edge(token: Token) -> bool:
    if token.is_punct and token.text not in ("%", "$"):
        return True
    return token.dep_ == "cc" or (token.lower_ == "that" and token.dep_ in ("mark", "dobj") and token.tag_ in ("IN", "WDT"))


Rule = Callable[[Token, ActorLookup], "list[Token] | None"]


def sub_clauses(clause: Clause, voices: Voices, lookup: ActorLookup) -> Iterator[Clause]:
    """The claims within a clause, in text order of their predicates. Of a question only what it presupposes."""
    rules = PRESUPPOSING if clause.is_question or clause.rule == "command" else SUBCLAUSES
    if clause.rule == INTRODUCTION:
        rules = (*SUBCLAUSES, ("affiliation", affiliation))
    for token in (*clause.tokens, *clause.trailing):
        if token == clause.head or token.i in voices.cues:
            continue
        for name, rule in rules:
            words = rule(token, lookup)
            if words:
                # Only words of the clause's own voice: a quote inside it is somebody else's claim.
                kept = trim_clause([word for word in words if voices.of[word.i] == max(clause.voice, AUTHORS)])
                if says_something(kept):
                    yield Clause(token, tuple(kept), clause.voice, name)
                break  # A predicate makes one claim.


def non_restrictive(token: Token, lookup: ActorLookup) -> list[Token] | None:
    """A relative clause set off by a comma: "Ms. Doe, **who won the seat in May**, ..."."""
    return relative_words(token)


def relative_words(token: Token) -> list[Token] | None:
    """The words of the non-restrictive relative clause whose predicate a token is."""
    if token.dep_ != "relcl" or not is_finite(token):
        return None
    words = list(token.subtree)
    before = words[0].i - 1
    if before < 0 or not (token.doc[before].text in (",", "—", "–", "(") or is_dash(token.doc[before])):
        return None
    # Within three words: "who", "some of whom".
    relative = next((word for word in words[:3] if word.tag_ in RELATIVE), None)
    # "That" is restrictive even after a comma; "where" and "when" modify the clause.
    if relative is None or relative.tag_ == "WRB" or relative.lower_ == "that":
        return None
    words = without_other_claims(words, token)
    closing = {"(": ")"}.get(token.doc[before].text, token.doc[before].text)
    end = next((word.i for word in words if word.i > token.i and word.text == closing), None) if closing != "," else None
    return words if end is None else [word for word in words if word.i < end]


def is_dash(token: Token) -> bool:
    """Whether a hyphen stands for a dash: with a blank on both sides."""
    return token.text == "-" and bool(token.whitespace_) and token.i > 0 and bool(token.doc[token.i - 1].whitespace_)


def without_other_claims(words: list[Token], first: Token) -> list[Token]:
    """The words up to the first coordinated verb that is a claim of its own."""
    others = [child.left_edge.i for child in first.rights if child.dep_ == "conj" and is_own_conjunct(child)]
    return [word for word in words if word.i < others[0]] if others else words


def is_own_conjunct(verb: Token) -> bool:
    return verb.dep_ == "conj" and is_finite(verb) and (is_meant_otherwise(verb, verb.head) or has_subject(verb))


def second_relative(token: Token, lookup: ActorLookup) -> list[Token] | None:
    """The second verb of a relative clause, meant otherwise than the first: "who won in May but **may resign**"; and of an adverbial clause
    the second clause: "because they left and **nobody will return**"."""
    if is_own_conjunct(token) and (relative_words(token.head) or (has_subject(token) and concessive(token.head, lookup))):
        return without_other_claims(list(token.subtree), token)
    return None


def refuted(token: Token, lookup: ActorLookup) -> list[Token] | None:
    """What somebody denies, or rejects as a report, where no quote holds it: "she dismissed claims that **the bridge was unsafe**"."""
    if token.dep_ not in ("acl", "ccomp", "relcl") or not (is_finite(token) and has_subject(token)) or denier(token) is None:
        return None
    words = list(token.subtree)
    after = token.head.i + 1  # The parser hangs "that" on either verb.
    that = token.doc[after].lower_ == "that"
    if words[0].i < after or not (that or token.dep_ == "ccomp"):
        return None
    # "Denied it was so, **insisting** that ...": what is insisted on is not denied.
    more = next(
        (child.left_edge.i for child in token.rights if child.tag_ == "VBG" and lemma_of(child) in reporting_verbs()), words[-1].i + 1
    )
    return [word for word in words if word.i < more and (word.i > after or not that)]


def shell(token: Token, lookup: ActorLookup) -> list[Token] | None:
    """What a noun like "problem" or "fact" announces with a copula: "the truth is that **nobody came**" (Schmid 2000)."""
    if token.dep_ != "ccomp" or token.i < token.head.i or lemma_of(token.head) != "be" or not (is_finite(token) and has_subject(token)):
        return None
    nouns = [child for child in token.head.lefts if child.dep_ == "nsubj"]
    return list(token.subtree) if any(lemma_of(noun) in claim_words().presupposed["shells"] for noun in nouns) else None


def temporal(token: Token, lookup: ActorLookup) -> list[Token] | None:
    """What a clause of time takes for granted, where a party acts in it: "after **the council closed the pool**"."""
    # "Will close it after the vote passes" leaves open whether it passes.
    return subordinate(token, lookup, "temporal") if token.dep_ == "advcl" and is_settled(token.head) else None


def concessive(token: Token, lookup: ActorLookup) -> list[Token] | None:
    """What a clause of concession or cause asserts, where a party acts in it: "although **the council closed the pool**"."""
    return subordinate(token, lookup, "asserting")


def subordinate(token: Token, lookup: ActorLookup, marks: str) -> list[Token] | None:
    """The words of a finite adverbial clause after its subordinator, if that is in the list and a party is its subject."""
    if token.dep_ != "advcl" or not is_finite(token) or not (lookup.has_subject(token) or has_subject(token)):
        return None
    mark = next(
        (child for child in token.lefts if child.dep_ in ("mark", "advmod") and child.lower_ in claim_words().presupposed[marks]), None
    )
    if mark is None or any(child.dep_ == "aux" and child.tag_ == "MD" for child in token.lefts):
        return None
    if marks == "temporal" and mark.lower_ == "since" and not is_past(token):
        return None  # It gives a reason, which is not taken for granted.
    words = without_other_claims(list(token.subtree), token) if marks == "asserting" else list(token.subtree)
    return [word for word in words if word.i > mark.i]


def is_past(token: Token) -> bool:
    return token.tag_ in ("VBD", "VBN") and not any(child.tag_ in ("VBP", "VBZ") for child in token.lefts)


def is_settled(head: Token) -> bool:
    """Whether a predicate is said to hold or have held: what happens "when ..." under a modal, a wish or a command may never come."""
    return not any(child.tag_ == "MD" for child in head.lefts) and not any(child.tag_ == "TO" for child in head.lefts)


def factive(token: Token, lookup: ActorLookup) -> list[Token] | None:
    """What a factive verb takes for granted: "they forgot that **the bridge was closed**"."""
    if token.dep_ != "ccomp" or lemma_of(token.head) not in claim_words().presupposed["factives"] or token.i < token.head.i:
        return None
    if not (is_finite(token) and has_subject(token)) or any(word.tag_ in RELATIVE for word in token.lefts):
        return None
    if any(child.dep_ == "mark" and child.lower_ != "that" for child in token.lefts):
        return None
    return list(token.subtree)


def reduced_relative(token: Token, lookup: ActorLookup) -> list[Token] | None:
    """A participle that says what one party did to another: "**miners arrested by the police** in May".

    The parser often hangs the participle on an earlier noun; the one right before it is meant.
    """
    if (
        token.dep_ != "acl"
        or token.tag_ not in ("VBN", "VBD")
        or not any(child.dep_ == "agent" and lookup.in_agent(child) for child in token.children)
    ):
        return None
    words = list(token.subtree)
    noun = token.doc[words[0].i - 1] if words[0].i else token
    if not lookup.actor(noun):
        return None
    return [*(word for word in noun.subtree if noun.left_edge.i <= word.i <= noun.i and word.dep_ != "det"), *words]


def hedged_modifier(token: Token, lookup: ActorLookup) -> list[Token] | None:
    """What a hedged participle in a noun phrase says by the way: "the **allegedly Dutch-funded group**"."""
    if token.dep_ != "amod" or token.tag_ != "VBN" or token.head.pos_ not in ("NOUN", "PROPN"):
        return None
    hedges = claim_words().modality["probable_adverbs"]
    hedge = next((word for word in token.doc[max(token.left_edge.i - 1, 0) : token.i] if word.lower_ in hedges), None)
    return list(token.doc[hedge.i : token.head.i + 1]) if hedge is not None else None


def opinion_gerund(token: Token, lookup: ActorLookup) -> list[Token] | None:
    """What a question of opinion takes for granted: "What do you think of **the council closing the pool**?"."""
    if token.tag_ != "VBG" or token.dep_ not in ("acl", "pcomp"):
        return None
    noun = token.head if token.dep_ == "acl" else next((child for child in token.lefts if child.dep_ in ("nsubj", "poss")), None)
    if noun is None or not lookup.actor(noun):
        return None
    verbs = [ancestor for ancestor in token.ancestors if ancestor.pos_ in PREDICATES]
    if not verbs or verbs[0].lemma_ not in claim_words().presupposed["opinion_verbs"]:
        return None
    return list(noun.doc[noun.left_edge.i : max(word.i for word in token.subtree) + 1])


def affiliation(token: Token, lookup: ActorLookup) -> list[Token] | None:
    """What the words that introduce a quote take for granted of its source: "..., said **Acme chairman Jane Doe**"."""
    found = [one for one in affiliations_of(token, lookup) if one.verb is None]
    # What owns a body is no news: "said Doe of **the county's Road Office**".
    found = [one for one in found if one.word.dep_ != "poss" or lookup.is_person(lookup.heads[token.i])]
    if not found:
        return None
    return list(token.doc[min(one.first.i for one in found) : max(one.last.i for one in found) + 1])


PRESUPPOSING: tuple[tuple[str, Rule], ...] = (
    ("temporal", temporal),
    ("factive", factive),
    ("opinion-gerund", opinion_gerund),
)
"""Rules for what is taken for granted, whatever is asserted, asked or commanded around it."""

# In this order: a predicate makes one claim, by the first rule that fits it.
SUBCLAUSES: tuple[tuple[str, Rule], ...] = (
    ("non-restrictive", non_restrictive),
    ("second-relative", second_relative),
    ("temporal", temporal),
    ("concessive", concessive),
    ("factive", factive),
    ("refuted", refuted),
    ("shell", shell),
    ("reduced-relative", reduced_relative),
    ("hedged-modifier", hedged_modifier),
)
