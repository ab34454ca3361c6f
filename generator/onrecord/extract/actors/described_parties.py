"""Finds parties without a name: groups, bodies and people that a role or a description alone introduces."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

from onrecord.extract.actors.mention import FoundMention, is_title, words_span
from onrecord.extract.actors.party import Party, find_ages, gender_of_noun, is_years_old, role_from, role_start
from onrecord.extract.actors.word_lists import demonyms, trades, words
from onrecord.extract.language import Analysis
from onrecord.extract.tokens import SUBJECTS, Token, is_age
from onrecord.model import ActorType

_DEFINITE = frozenset({"the", "this", "that", "these", "those"})
_QUANTIFIERS = frozenset(
    [
        "all",
        "any",
        "each",
        "every",
        "either",
        "neither",
        "no",
        "some",
        "many",
        "most",
        "few",
        "several",
        "much",
        "more",
        "less",
        "fewer",
        "enough",
        "both",
        "half",
        "other",
        "another",
        "such",
        "various",
        "certain",
        "numerous",
        "countless",
        "what",
        "which",
        "whatever",
        "whichever",
    ]
)
_PREMODIFIERS = frozenset(
    {"amod", "compound", "nmod", "nummod", "npadvmod", "advmod", "det", "poss", "case", "punct", "quantmod", "predet"}
)
_NOT_DISTINGUISHING = frozenset(
    [
        "so-called",
        "own",
        "same",
        "former",
        "late",
        "new",
        "old",
        "first",
        "last",
        "next",
        "early",
        "recent",
        "current",
        "then",
        "more",
        "most",
        "-",
        "'",
        "``",
        "''",
    ]
)
_LONGEST_TAIL = 12
"""Tokens of an "of" phrase or a participle clause that still count as part of the phrase before them."""
_TYPES: tuple[ActorType, ...] = ("coalition", "armed_force", "armed_group", "organization", "described_group")


def find_groups(analysis: Analysis, names: tuple[FoundMention, ...]) -> tuple[FoundMention, ...]:
    """Every description of a party or a role holder, in text order."""
    taken = {token.i for mention in names for token in analysis.tokens(mention.span)}
    return tuple(
        found
        for paragraph in analysis.paragraphs
        for token in paragraph.tokens
        if token.i not in taken and (found := _description(token)) is not None
    )


def _description(head: Token) -> FoundMention | None:
    """The mention of a party that a noun makes with the words before it, if it makes one."""
    kind = type_of_noun(head)
    if kind is None:
        return None
    before = list(_words_before(head))
    if _is_modifier(head):
        # "Coalition forces" mentions the coalition; "police car" mentions no police in particular.
        return _modifier(head, kind) if kind == "coalition" else None
    plural = head.tag_ in ("NNS", "NNPS") or head.lemma_.lower() in ("police", "staff")  # plural without an ending
    definite = any(token.lower_ in _DEFINITE or token.dep_ == "poss" for token in before)
    # "Some officials", "no officials", "one of the officials": a quantity, which is no party that could come back.
    if any(token.lower_ in _QUANTIFIERS and token.dep_ != "advmod" for token in before) or _is_partitive(head):
        return None
    # "His lawyers": whose they are, is resolved later than this.
    if any(token.tag_ == "PRP$" or token.lower_ == "of" for token in before):
        return None  # "of": a part of a group ("two of the mayor's aides"), read as one phrase
    # "A company" is new to the text each time; people whom "a" introduces are found by find_unnamed.
    if not plural and any(token.lower_ in ("a", "an", "one") for token in before):
        return None
    # "As mayor", "chief negotiator": a role without article is no mention.
    if not plural and not definite and kind in ("person", "described_group"):
        return None
    start = before[0].i if before else head.i
    core = words_span(head.doc, start, head.i + 1)
    name = " ".join(head.doc[start : head.i + 1].text.split())
    return FoundMention(
        span=words_span(head.doc, start, _end(head)),
        core=core,
        head=head.i,
        kind="nominal",
        name=name,
        type=kind,
        modifiers=frozenset(_distinguishing(before)),
        definite=definite,
    )


def type_of_noun(token: Token) -> ActorType | None:
    """The type of actor that a common noun makes; ``person`` for one human being; none for other nouns."""
    if token.pos_ == "PROPN" and _is_office(token):
        return "person"
    if token.pos_ != "NOUN" or token.ent_type_ in ("DATE", "TIME", "MONEY", "PERCENT"):
        return None
    lemma = token.lemma_.lower()
    plural = token.tag_ == "NNS"
    for kind in _TYPES:
        # "Companies" are several, so a group; "police" is in the list as it stands.
        if plural and kind == "organization" and token.lower_ not in words("groups.txt", kind) and lemma in words("groups.txt", kind):
            return "described_group"
        if lemma in words("groups.txt", kind) or token.lower_ in words("groups.txt", kind):
            return kind
    if any(lemma in words("people.txt", section) for section in ("role", "people")):
        return "described_group" if token.tag_ == "NNS" else "person"
    return None


def _is_office(token: Token) -> bool:
    """Whether a capital is that of an office with "the", and no part of a name: "the Prime Minister", not "the President Hotel"."""
    after = token.nbor() if token.i + 1 < len(token.doc) else token
    named = after.i > token.i and after.pos_ == "PROPN" and after.text[0].isupper()
    lemma = token.lower_
    office = lemma in words("titles.txt", "office") or lemma in words("people.txt", "role")
    return office and token.dep_ not in ("compound", "nmod") and not named and any(child.lower_ == "the" for child in token.lefts)


def _words_before(head: Token) -> Iterator[Token]:
    """The tokens of the noun phrase that stand before its head, in text order."""
    start = head.i
    for child in sorted(head.lefts, key=lambda token: -token.i):
        if child.dep_ not in _PREMODIFIERS or child.text in ('"', "“", "”", ",", "(", ")", "—", "–", ":", ";"):
            break
        start = child.left_edge.i
    # Marks at the beginning are no part of the phrase.
    while start < head.i and head.doc[start].text in ('"', "“", "”", ",", "-", "—"):
        start += 1
    return iter(head.doc[start : head.i])


def _end(head: Token) -> int:
    """Where the phrase ends: after an "of" phrase or a participle clause that belongs to the head, not after a relative clause."""
    end = head.i + 1
    for child in head.rights:
        if (
            is_of_verb(head)
            or child.left_edge.i != end
            or not (child.dep_ == "prep" and child.lower_ == "of")
            or child.right_edge.i - end > _LONGEST_TAIL
        ):
            break
        end = child.right_edge.i + 1
    after = head.doc[end] if end < len(head.doc) else head
    # The parser often hangs a participle on a noun further up; it belongs to the one that it follows.
    if after.dep_ == "acl" and after.tag_ in ("VBN", "VBD", "VBG") and (after.head == head or after.head.is_ancestor(head)):
        end = after.right_edge.i + 1 if after.right_edge.i - end <= _LONGEST_TAIL else end
    return int(end)


_OF_VERBS = frozenset(
    {"accuse", "acquit", "assure", "clear", "convict", "deprive", "inform", "notify", "remind", "rob", "strip", "suspect", "warn"}
)
"""Verbs that take somebody and "of" what (Quirk et al. 1985, 16.56: ditransitive prepositional verbs)."""


def is_of_verb(head: Token) -> bool:
    """Whether "of" behind a noun belongs to the verb above it: "accused the government of delay"."""
    return head.dep_ == "dobj" and head.head.lemma_ in _OF_VERBS


def _is_modifier(head: Token) -> bool:
    """Whether a noun only modifies another or is the first part of a hyphenated word: "**coalition** forces", "**army**-backed"."""
    return head.dep_ in ("compound", "nmod", "npadvmod") or (
        head.i + 1 < len(head.doc) and head.nbor().text == "-" and not head.whitespace_
    )


def _modifier(head: Token, kind: ActorType) -> FoundMention:
    span = words_span(head.doc, head.i, head.i + 1)
    return FoundMention(
        span=span, core=span, head=head.i, kind="modifier", name=head.lower_, type=kind, modifiers=frozenset(), definite=True
    )


def _is_partitive(head: Token) -> bool:
    """Whether the phrase is the whole of a quantity ("one of the soldiers"), or only what a group is made of ("a coalition of leaders")."""
    if head.dep_ != "pobj" or head.head.lower_ != "of":
        return False
    whole = head.head.head
    made = not any(head.lefts) and any(whole.lemma_ in words("groups.txt", kind) for kind in _TYPES)
    return made or whole.lower_ in (_QUANTIFIERS | {"one", "two", "three", "none"})


def _distinguishing(before: list[Token]) -> Iterator[str]:
    """The words that tell a description from others with its noun; adjectives of nationality as the name of the state."""
    for token in before:
        lower = token.lower_
        if (
            token.is_punct
            or token.dep_ == "det"
            or token.tag_ in ("POS", "CD")
            or lower in _DEFINITE
            or lower in _NOT_DISTINGUISHING
            or token.dep_ == "advmod"
        ):
            continue
        yield demonyms().get(lower, lower).lower() if token.text[0].isupper() else lower


_UNDERGOING = frozenset(
    {
        "be",
        "become",
        "experience",
        "face",
        "fear",
        "feel",
        "get",
        "have",
        "lack",
        "lose",
        "love",
        "need",
        "receive",
        "see",
        "suffer",
        "want",
    }
    | {"appear", "belong", "consist", "die", "drop", "exist", "fall", "grow", "happen", "include", "live", "occur", "outnumber", "remain"}
    | {"rise", "seem", "sit", "sleep", "stand", "stay", "undergo", "know", "hope", "like", "think", "believe", "expect", "prefer"}
)
"""Verbs whose subject is or feels something, or undergoes it (states and non-agentive events: Quirk et al. 1985, 4.28-35 and 10.18-24)."""
_ARTICLES = frozenset({"a", "an"})
_OPEN = frozenset({"may", "might", "would", "could", "should", "must", "can", "will", "to"})
"""Helping verbs of what has not happened, or need not have (Quirk et al. 1985, 4.49)."""
_STAGES_OF_LIFE = frozenset({"boy", "girl", "grandmother", "grandfather", "man", "pensioner", "teenager", "toddler", "woman", "youngster"})
"""Nouns for somebody of an age and sex and no more (WordNet 3.0, hyponyms of "adult" and "juvenile")."""
_LATELY = 10
"""Of the unnamed people found so far so many are looked at, those introduced last."""
_PREMODIFIERS_OF_PERSON = frozenset({"det", "amod", "compound", "nmod", "nummod", "npadvmod", "advmod", "poss", "case", "punct"})


def find_unnamed(
    analysis: Analysis, parties: list[Party], decided: Collection[int], sources: Collection[int], *, ends: Collection[int] = ()
) -> list[Party]:
    """A party for each person whom "a" or "an" introduces and who says or does something, with each "the" that means them later.

    ``decided`` are the heads of descriptions that mean, or may mean, someone named. Each introduction is someone of their own: two
    unnamed officials may be one, but nothing says so.
    """
    taken = {i for party in parties for i in party.heads} | set(decided)
    named = {role.lemma for party in parties for role in party.roles}
    found: list[Party] = []
    by_lemma: dict[str, list[Party]] = {}
    aged = _by_age(analysis, parties)
    for paragraph in analysis.paragraphs:
        for token in paragraph.tokens:
            aged_alone = is_age(token) and token.i not in taken
            if aged_alone and (meant := _gone_on_about(token, found)) is not None:
                meant.add(_mention_of_age(token), f"whom the sentence before is about: {meant.name}")
            if token.i in taken or token.tag_ != "NN" or not _is_person(token) or _bears_a_name(token, taken):
                continue
            # In text order: "the driver" can only mean a driver who was introduced before.
            if (named_with_age := _of_age(token, aged)) is not None:
                named_with_age.add(mention_of_person(token), f"of the age of {named_with_age.name}, the only one here")
            elif _is_introduced(token, speaks=token.i in sources):
                found.append(party_of_person(token))
                by_lemma.setdefault(found[-1].lemma, []).append(found[-1])
            elif token.lemma_.lower() not in named and (meant := _introduced_before(token, by_lemma)) is not None:
                meant.add(mention_of_person(token), f"the one {meant.lemma} of the article")
            elif (meant := _gone_on_about(token, found)) is not None:
                meant.add(mention_of_person(token), f"whom the sentence before is about: {meant.name}")
    return [party for party in found if _is_actor(analysis, party, {*sources, *ends})]


def _is_actor(analysis: Analysis, party: Party, taking_part: Collection[int]) -> bool:
    """Whether a person without a name says or does something, is acted on, or comes back: "a driver" who is merely hit by a tree needs no
    page. ``taking_part`` are the heads of sources and of the ends of acts."""
    heads = [analysis.doc[i] for i in sorted(party.heads)]
    comes_back = len(heads) > 1 and any(does_something(head) or undergoes(head) for head in heads)
    if party.lemma in words("people.txt", "generic"):
        return comes_back
    return comes_back or any(head.i in taking_part or does_something(head) for head in heads)


def _gone_on_about(noun: Token, found: Sequence[Party]) -> Party | None:
    """The unnamed person whom the sentence before is about, where a subject goes on with nothing but an age: "A woman was hurt. The
    42-year-old"."""
    subject = noun.dep_ in SUBJECTS and _is_narrated(noun.head) and any(child.lower_ == "the" for child in noun.lefts)
    if not subject or (noun.lemma_.lower() not in _STAGES_OF_LIFE and not is_age(noun)) or not found:
        return None
    before = noun.doc[max(noun.sent.start - 1, 0)]
    before = noun.doc[max(before.i - 1, 0)] if before.is_space else before
    about = [child for child in before.sent.root.children if child.dep_ in SUBJECTS]
    meant = next((party for party in found[-_LATELY:] if len(about) == 1 and about[0].i in party.heads), None)
    gender = gender_of_noun(noun.lemma_)
    return meant if meant is not None and not (gender and meant.gender and gender != meant.gender) else None


def _is_person(noun: Token) -> bool:
    """Whether a noun means one human being: by what they are, or by a trade."""
    return type_of_noun(noun) == "person" or is_trade(noun)


def is_trade(noun: Token) -> bool:
    """Whether a noun means somebody by a trade, and nothing else that the lists of parties know: "novelist"."""
    return type_of_noun(noun) is None and noun.pos_ == "NOUN" and noun.lemma_.lower() in trades()


def _by_age(analysis: Analysis, parties: Sequence[Party]) -> dict[str, list[Party]]:
    """The named people by each age that the text states of them."""
    found: dict[str, list[Party]] = {}
    for party in parties:
        for age in find_ages(analysis.doc, party) if party.named and party.type == "person" else ():
            found.setdefault(age, []).append(party)
    return found


def _of_age(noun: Token, aged: Mapping[str, Sequence[Party]]) -> Party | None:
    """The one named person of the age with which "a" introduces somebody: "A 34-year-old man was held. Tom Lee, 34, ..."."""
    ages = [token.doc[token.i - 4].text for child in noun.lefts for token in child.subtree if is_years_old(token)]
    found = aged.get(ages[0], ()) if len(ages) == 1 and any(child.lower_ in _ARTICLES for child in noun.lefts) else ()
    gender = gender_of_noun(noun.lemma_)
    theirs = (found[0].gender or found[0].name_gender) if len(found) == 1 else ""
    return found[0] if len(found) == 1 and not (gender and theirs and gender != theirs) else None


def does_something(noun: Token) -> bool:
    """Whether somebody did something, in the narrator's main clause: "The jury cleared him", "Scientists unveiled a map".

    Whoever only was, had or felt something, may do it or does it as a rule, did nothing that is told.
    """
    verb, helpers = noun.head, [child.lower_ for child in noun.head.lefts if child.dep_ in ("aux", "auxpass")]
    happened = verb.tag_ == "VBD" or (verb.tag_ == "VBN" and bool({"have", "has", "had", "'ve"} & {*helpers}))
    told = noun.dep_ == "nsubj" and verb.pos_ == "VERB" and happened and _is_narrated(verb)
    return told and verb.lemma_ not in _UNDERGOING


def undergoes(noun: Token) -> bool:
    """Whether something was done to somebody, in the narrator's main clause: "Two men have been charged"."""
    verb, helpers = noun.head, {child.lower_ for child in noun.head.lefts if child.dep_ in ("aux", "auxpass")}
    return noun.dep_ == "nsubjpass" and bool(helpers & {"was", "were", "been", "got"}) and not helpers & _OPEN and _is_narrated(verb)


def _is_narrated(verb: Token) -> bool:
    """Whether a verb is that of a main clause, or joined to it."""
    while verb.dep_ == "conj" and verb.head.i < verb.i:
        verb = verb.head
    return verb.dep_ == "ROOT"


def _bears_a_name(noun: Token, taken: Collection[int]) -> bool:
    """Whether a name stands beside the noun that is, or may be, the person's: in apposition, or as what the noun is a part of."""
    after = noun.nbor() if noun.i + 1 < len(noun.doc) else noun
    apposed = noun.dep_ in ("appos", "compound", "nmod") or any(child.dep_ == "appos" for child in noun.rights)
    return apposed or (after.i in taken and after.text[:1].isupper()) or after.pos_ == "PROPN" or is_title(after)


def _is_introduced(noun: Token, *, speaks: bool) -> bool:
    """Whether "a" or "an" introduces one person of whom something is told: not any of their kind ("a good judge says", "a judge would
    say"), nor what somebody else is ("she is a judge")."""
    generic = noun.lemma_.lower() in words("people.txt", "generic")
    if (generic and not (does_something(noun) or undergoes(noun))) or not any(child.lower_ in _ARTICLES for child in noun.lefts):
        return False
    if noun.dep_ in ("dobj", "dative", "agent"):
        return True
    if noun.dep_ == "pobj":
        # "With a driver" may introduce one; a source after a preposition only as "according to a driver".
        return not speaks or (noun.head.lower_ == "to" and noun.head.head.lower_ == "according")
    verb = noun.head
    helpers = [child for child in verb.lefts if child.dep_ in ("aux", "auxpass")]
    # Only what happened has a certain somebody in it: "a driver said", not "a driver says", "a driver would say".
    past = verb.tag_ == "VBD" or any(child.lower_ in ("had", "has", "was", "did", "'d") for child in helpers)
    return noun.dep_ in ("nsubj", "nsubjpass") and past and not any(child.tag_ == "MD" for child in helpers)


def party_of_person(noun: Token) -> Party:
    """A party for a person without a name, with the noun phrase that describes the person as its mention and its role."""
    role = role_from(noun.doc, role_start(noun), noun)
    party = Party(role.text, "person", False, gender=gender_of_noun(noun.lemma_), lemma=noun.lemma_.lower())
    party.modifiers = frozenset(token.lower_ for token in noun.doc[role.tokens.start : role.tokens.stop] if token.i != noun.i)
    party.roles = [role]
    party.add(mention_of_person(noun), "as described")
    return party


def mention_of_person(noun: Token) -> FoundMention:
    """The noun phrase that describes a person, as a mention."""
    start = next(_phrase_starts(noun), noun.i)
    span = words_span(noun.doc, start, max(role_from(noun.doc, role_start(noun), noun).tokens.stop, noun.i + 1))
    return FoundMention(span, span, noun.i, "nominal", noun.doc[start : noun.i + 1].text.lower(), "person")


def _mention_of_age(token: Token) -> FoundMention:
    """The words that describe somebody by an age alone: "the 42-year-old"."""
    span = words_span(token.doc, max(token.i - 5, 0), token.i + 1)
    return FoundMention(span, span, token.i, "nominal", token.doc[token.i - 4 : token.i + 1].text, "person")


def _phrase_starts(noun: Token) -> Iterator[int]:
    """Where the words before a noun begin that belong to its phrase."""
    for child in noun.lefts:
        if child.dep_ in _PREMODIFIERS_OF_PERSON and not child.is_punct:
            yield child.left_edge.i
            return


def _introduced_before(noun: Token, found: Mapping[str, Sequence[Party]]) -> Party | None:
    """The one unnamed person whom "the manager" means: the only one introduced as such, where nobody named is a manager too."""
    alike = found.get(noun.lemma_.lower(), ())
    if len(alike) != 1 or not any(child.lower_ == "the" for child in noun.lefts):
        return None
    # "The driver, who waits," goes on about the one; "the driver who waits" picks one out.
    if any(child.dep_ in ("prep", "poss") or (child.dep_ == "relcl" and noun.nbor().text != ",") for child in noun.children):
        return None
    told = {child.lower_ for child in noun.lefts if child.dep_ != "det" and not child.is_punct}
    return alike[0] if told <= alike[0].modifiers else None
