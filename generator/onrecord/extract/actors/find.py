"""Finds the actors of an article: who is in it, by what names, of what type, in what roles, and where."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Collection, Iterator, Mapping, Sequence

from onrecord.extract.actor_lookup import ResolvedActors
from onrecord.extract.actors.antecedents import Context
from onrecord.extract.actors.coreference import resolve_pronouns
from onrecord.extract.actors.described_parties import find_groups, find_unnamed, type_of_noun
from onrecord.extract.actors.descriptions import AmbiguousDescription, add_descriptions
from onrecord.extract.actors.forms import BODIES, Join, find_forms
from onrecord.extract.actors.mention import FoundMention, is_rank, plural_of_surname, surname
from onrecord.extract.actors.merging import LOCATIVE, Merged, merge_names
from onrecord.extract.actors.name_evidence import is_told
from onrecord.extract.actors.names import find_names
from onrecord.extract.actors.party import Party, find_roles, gender_of_titles, is_role, party_of
from onrecord.extract.actors.ranking import Judge
from onrecord.extract.actors.sources import find_named_sources, find_speaking
from onrecord.extract.actors.word_lists import (
    capitals,
    federated_states,
    gender_of_name,
    is_inert,
    known_parties,
    name_key,
    shape,
    states,
    words,
)
from onrecord.extract.attributions.attribution import Attribution
from onrecord.extract.attributions.circumstances import is_quoting
from onrecord.extract.language import Analysis
from onrecord.extract.tokens import Doc, Token, is_listed
from onrecord.model import AUTHOR, Actor, ActorType, Alias, Mention, Notice, Role, Span, UndecidedMention
from onrecord.text.addresses import slugify

_REPORTING = frozenset({"report", "write", "publish", "reveal"})
_ACTING = frozenset({"nsubj", "agent"})
# Places do these too: "Riverton lies on the coast".
_IDLE_VERBS = frozenset({"be", "have", "become", "remain", "see", "experience", "lie", "contain", "include", "face"})


def type_by_use(doc: Doc, party: Party, attributions: tuple[Attribution, ...], analysis: Analysis) -> ActorType:
    """The type of a party, given all its mentions: what its names say, unless its use in the article says otherwise."""
    if (
        party.named
        and party.type == "organization"
        and party.name not in known_parties()
        and _is_outlet(doc, party, attributions, analysis)
    ):
        return "media"
    if party.named and party.type in ("organization", "person", "place") and any(_is_quoted_in(doc[i]) for i in party.heads):
        return "media" if not is_inert(name_key(party.name)) and not gender_of_name(party.name) else party.type
    # A place does nothing: "Riverton sued" is a body or a person that the recogniser mistook, or a capital for its state.
    if party.type == "place" and not is_inert(name_key(party.name)) and party.named and any(_acts(doc[i]) for i in party.heads):
        return _type_of_acting_place(doc, party)
    if party.type == "place" and party.named and any(_has_state_office(doc[i], _OF_STATES) for i in party.heads):
        return "state"
    # A firm has ambassadors too, as it says, but no army.
    unknown = party.type == "organization" and " " not in party.name and party.name not in known_parties()
    if unknown and party.named and any(_has_state_office(doc[i], _OF_STATES_ALONE) for i in party.heads):
        return "state"
    if party.type == "state" and party.named and all(_only_lies_there(doc[i]) for i in party.heads):
        return "place"
    return party.type


_OF_STATES_ALONE = frozenset({"army", "embassy", "navy"})
_OF_STATES = _OF_STATES_ALONE | {"ambassador"}
_STATE_MINISTRIES = frozenset({"defence", "defense", "foreign"})


def _has_state_office(token: Token, nouns: frozenset[str]) -> bool:
    """Whether a place has what only states have: an army, an ambassador, a foreign minister (Montevideo Convention, 1933, article 1)."""
    noun = token.head
    if token.dep_ == "pobj" and noun.lower_ == "of":
        noun = noun.head
    elif token.dep_ != "poss":
        return False
    foreign = noun.lemma_ in ("minister", "ministry") and any(child.lower_ in _STATE_MINISTRIES for child in noun.lefts)
    return foreign or noun.lemma_ in nouns


_WITHIN = frozenset({"across", "around", "in", "inside", "near", "outside", "throughout", "within"})


def _only_lies_there(token: Token) -> bool:
    """Whether a word only says where something is: "shops in Norland and Sweden"."""
    while token.dep_ == "conj" and token.head.i < token.i:
        token = token.head
    return token.dep_ == "pobj" and token.head.lower_ in _WITHIN


def _type_of_acting_place(doc: Doc, party: Party) -> ActorType:
    """The type of what a recogniser took for a place, but the text makes the agent of a verb."""
    if name_key(party.name) in federated_states():
        return "state"
    if any(_is_location(doc[i]) for i in party.heads) or name_key(party.name) in capitals():
        return "state" if name_key(party.name) in capitals().keys() | states().keys() else "place"
    in_dateline = any(doc[i].text.isupper() for i in party.heads)
    return "person" if gender_of_name(party.name) and not in_dateline else "organization"


def _is_location(token: Token) -> bool:
    """Whether a word stands where places do: "in Riverton"."""
    return token.dep_ == "pobj" and token.head.lower_ in LOCATIVE


def _is_outlet(doc: Doc, party: Party, attributions: tuple[Attribution, ...], analysis: Analysis) -> bool:
    """Whether a body is used as a news outlet: it reports that something is so, or others tell it things and it has the article of a paper.

    Who is told something may be anybody ("told Kern"), and firms report results: neither by itself makes an outlet.
    """
    # The police are told things too, and report them; so are an exchange and an academy.
    if set(party.name.lower().split()) & words("shapes.txt", "public") or shape(party.name) == "organization":
        return False
    told = {token.i for attribution in attributions if attribution.addressee for token in analysis.tokens(attribution.addressee.head)}
    reports = any(_reports(doc[i]) for i in party.heads)
    return reports or any((is_told(doc[i]) or i in told) and _is_like_outlet(doc[i]) for i in party.heads)


def _is_like_outlet(token: Token) -> bool:
    """Whether a name looks like an outlet's: with "the" before it, in capitals, beside the word for one, or with a capital inside."""
    nouns = {child.lower_ for child in token.children if child.dep_ in ("compound", "appos", "amod")}
    article = any(child.lower_ == "the" for child in token.lefts)
    return (
        article
        or token.text.isupper()
        or any(letter.isupper() for letter in token.text[1:])
        or bool(nouns & words("groups.txt", "reporting"))
    )


def _is_quoted_in(token: Token) -> bool:
    """Whether a word is where somebody is quoted: "was quoted in **the Gazette** as saying"."""
    return token.dep_ == "pobj" and token.head.lower_ == "in" and is_quoting(token.head.head)


def _reports(token: Token) -> bool:
    """Whether a word is the source of a report that something is so: "**the Gazette** reported that"."""
    return token.dep_ == "nsubj" and token.head.lemma_ in _REPORTING and any(child.dep_ == "ccomp" for child in token.head.children)


def _acts(token: Token) -> bool:
    """Whether a word is the agent of a verb that says that somebody does something."""
    verb = token.head
    # Parsers take the dash of a dateline for a verb.
    return token.dep_ in _ACTING and verb.pos_ == "VERB" and verb.text[0].isalpha() and verb.lemma_ not in _IDLE_VERBS


_SEEKING = frozenset({"candidate", "challenger", "contender", "hopeful"})
"""Roles of those who seek an office and do not hold it."""


def find_actors(
    analysis: Analysis,
    attributions: tuple[Attribution, ...],
    judge: Judge | None = None,
    context: Context | None = None,
    *,
    ends: Collection[int] = (),
) -> ResolvedActors:
    """The actors of the article with all their mentions, and those mentions that fit more than one of them.

    Names are found and joined first, then descriptions, then pronouns; each may rest on what was joined before. ``judge`` weighs the
    candidates for pronouns; without one the trained ranker does. ``context`` is the article as an encoder has read it, if one has. ``ends``
    are the nouns at either end of an act, which are parties though no name tells them.
    """
    doc = analysis.doc
    names = find_names(analysis)
    merged, joins = merge_names(doc, find_forms(names), analysis.gazetteer)
    merged = _with_capitals(doc, merged)
    named = _named_parties(doc, merged)
    described, ambiguities, sources = _described(analysis, names, named, joins, attributions, ends=ends)
    parties = [*named, *described]
    root_parties = {group.forms[0].key: party for group, party in zip(merged, named, strict=True)}
    pronouns = resolve_pronouns(analysis, parties, _whom_undecided(joins, ambiguities, root_parties), attributions, judge, context)
    _set_types(parties, attributions, analysis)
    parties.sort(key=lambda party: (not party.named, min(party.mentions)))
    ids = _ids(parties)
    bodies = _bodies(parties)
    heads = _words_of_mentions(doc, parties, pronouns, ids)
    heads |= dict(_name_words(doc, merged, named, ids, heads))
    heads |= dict(_apposed(doc, named, ids, heads))
    root_ids = {key: ids[id(party)] for key, party in root_parties.items()}
    undecided = (*_undecided_names(doc, joins, root_ids), *_ambiguous_descriptions(doc, ambiguities, ids))
    return ResolvedActors(
        tuple(_actor(party, bodies, ids) for party in parties),
        heads,
        tuple(sorted(mention for mention, _ in undecided)),
        {head: mention.candidates for mention, head in undecided},
        tuple(_crowded(joins, root_ids)),
        {source: ids[id(party)] for source, party in sources.items()},
    )


def _named_parties(doc: Doc, merged: Sequence[Merged]) -> list[Party]:
    """The parties that go by a name, with the roles that stand beside it; families are marked."""
    named = [party_of(group) for group in merged]
    for party in named:
        _add_roles(doc, party)
    _mark_families(named)
    return named


def _set_types(parties: Sequence[Party], attributions: tuple[Attribution, ...], analysis: Analysis) -> None:
    """Sets the type of each party, after all its mentions are known, pronouns too, since it rests on how they are used."""
    for party in parties:
        party.type = (party.given and party.given.type) or type_by_use(analysis.doc, party, attributions, analysis)


def _words_of_mentions(doc: Doc, parties: Sequence[Party], pronouns: Mapping[int, Party], ids: Mapping[int, str]) -> dict[Span, str]:
    """The actor to whom the head word of each mention leads. Other words of a name, and nouns in apposition, lead to one less surely."""
    owners = [(i, party) for party in parties for i in party.heads] + list(pronouns.items())
    return {_token_span(doc, i): ids[id(party)] for i, party in owners}


def _described(
    analysis: Analysis,
    names: tuple[FoundMention, ...],
    named: list[Party],
    joins: Sequence[Join],
    attributions: tuple[Attribution, ...],
    *,
    ends: Collection[int],
) -> tuple[list[Party], tuple[AmbiguousDescription, ...], dict[Span, Party]]:
    """The parties that only descriptions mean, descriptions that fit several of the named ones, and whom sources in the text's words are.

    A description of somebody named is added to that party.
    """
    heads = _source_heads(analysis, attributions)
    # Descriptions may repeat the stated role of somebody named: "the mayor".
    groups = _without_governments(find_groups(analysis, names), named)
    described, ambiguities = add_descriptions(analysis.doc, groups, named, {*heads, *ends})
    decided = {one.mention.head for one in ambiguities} | {mention.head for join in joins for mention in join.mentions}
    described += find_unnamed(analysis, [*named, *described], decided, heads, ends=ends)
    people = {i: party for party in named if party.type == "person" for i in party.heads}
    sources = find_named_sources(analysis, attributions, people)
    held = {role.lemma for party in (*named, *described) for role in party.roles}
    described += find_speaking(analysis, attributions, _heads_taken(analysis, attributions, [*named, *described], sources) | decided, held)
    return described, ambiguities, sources


def _heads_taken(
    analysis: Analysis, attributions: Sequence[Attribution], parties: Sequence[Party], sources: Mapping[Span, Party]
) -> set[int]:
    """The head tokens that mean somebody already: of mentions, of nouns beside a name, and of sources that name somebody."""
    doc = analysis.doc
    taken = {i for party in parties for i in party.heads}
    for party in parties:
        find = _persons_described if party.type == "person" else _bodies_described if party.type in BODIES else None
        taken |= {noun.i for i in party.heads if party.named and find is not None for noun in find(doc[i])}
    named = (one.source_head for one in attributions if one.source in sources and one.source_head is not None)
    return taken | {token.i for head in named for token in analysis.tokens(head)}


def _with_capitals(doc: Doc, merged: Sequence[Merged]) -> tuple[Merged, ...]:
    """The parties with the names of a capital that acts given to its state, where the article names that: "Washington invaded"."""
    by_state = {states().get(name_key(group.forms[0].name), ""): group for group in merged if group.forms[0].type == "state"}
    moved = {group.forms[0].key: state for group in merged if (state := _state_of_capital(doc, group, by_state)) is not None}
    capitals_ = {id(moved[group.forms[0].key]): group for group in merged if group.forms[0].key in moved}
    joined = []
    for group in merged:
        added = capitals_[id(group)].forms if id(group) in capitals_ else ()
        forms, why = (*group.forms, *added), (*group.why, *[f"capital of {group.forms[0].name}, which acts for it"] * len(added))
        if group.forms[0].key not in moved:
            joined.append(Merged(forms, why, group.given))
    return tuple(joined)


def _state_of_capital(doc: Doc, group: Merged, by_state: Mapping[str, Merged]) -> Merged | None:
    """The state for which a name acts that is its capital's; none where the text also has things happen there."""
    state = by_state.get(capitals().get(group.forms[0].key, "?"))
    heads = [mention.head for form in group.forms for mention in form.mentions]
    if state is None or state is group or group.given is not None or any(_is_location(doc[i]) for i in heads):
        return None
    return state if any(_acts(doc[i]) for i in heads) else None


def _without_governments(groups: Sequence[FoundMention], named: Sequence[Party]) -> tuple[FoundMention, ...]:
    """The descriptions but those of a state's government, which are mentions of the state: "the Argentine government"; and "the
    government", where the article tells of that one alone whose it is."""
    states_ = {party.name.lower(): party for party in named if party.type == "state"}
    of_state = {mention.head: state for mention in groups if (state := _governed(mention, states_)) is not None}
    told = {id(state): state for state in of_state.values()}
    only = next(iter(told.values())) if len(told) == 1 else None
    owners = {i: state for state in states_.values() for i in state.heads}
    heads, left = sorted(owners), []
    for mention in groups:
        # "A concession in Bolivia. The government": whoever was named last may have one too.
        last = owners[heads[bisect_left(heads, mention.head) - 1]] if heads else None
        bare = mention.name.lower() == "the government" and last is only
        state = of_state.get(mention.head) or (only if bare else None)
        if state is not None:
            state.add(mention, f"the government of {state.name}", name=state.name)
        else:
            left.append(mention)
    return tuple(left)


def _governed(mention: FoundMention, states_: Mapping[str, Party]) -> Party | None:
    """The one state whose government a description names."""
    whose = [states_[word] for word in mention.modifiers if word in states_]
    return whose[0] if mention.name.lower().endswith(" government") and len(whose) == 1 else None


def _add_roles(doc: Doc, party: Party) -> None:
    if party.type == "person":
        party.roles = list(find_roles(doc, party))
        party.gender = gender_of_titles(doc, party)


def _mark_families(parties: Sequence[Party]) -> None:
    """Marks who is named by the plural of a surname that someone in the article has: "the Brooks", beside Ada Brook."""
    plurals = {plural_of_surname(surname(party.name)) for party in parties if party.type == "person" and surname(party.name)}
    for party in parties:
        if party.named and party.type == "described_group" and name_key(party.name) in plurals:
            party.family = party.plural = True


def _whom_undecided(
    joins: Sequence[Join], ambiguities: Sequence[AmbiguousDescription], root_parties: Mapping[str, Party]
) -> dict[int, tuple[Party, ...]]:
    """For the head of each name and of each description of a person that fits several, whom it may mean."""
    of_names = ((join, tuple(root_parties[key] for key in join.candidates if key in root_parties)) for join in joins)
    found = {mention.head: among for join, among in of_names for mention in join.mentions}
    return found | {one.mention.head: tuple(one.candidates) for one in ambiguities if one.mention.type == "person"}


def _source_heads(analysis: Analysis, attributions: tuple[Attribution, ...]) -> frozenset[int]:
    """The head words of the sources of attributions."""
    return frozenset(
        token.i for attribution in attributions if attribution.source_head for token in analysis.tokens(attribution.source_head)
    )


def _token_span(doc: Doc, i: int) -> Span:
    token = doc.words[i]
    return Span(token.idx, token.idx + len(token.text))


def _name_words(
    doc: Doc, merged: Sequence[Merged], named: Sequence[Party], ids: Mapping[int, str], heads: Mapping[Span, str]
) -> Iterator[tuple[Span, str]]:
    """Every word of a name with its actor's id: parsers do not agree on which of them is the head."""
    for group, party in zip(merged, named, strict=True):
        for mention in (mention for form in group.forms for mention in form.mentions):
            found = doc.char_span(mention.core.start, mention.core.end, alignment_mode="expand")
            for token in found if found is not None else ():
                # A word inside a longer name may be the head of another actor's mention, whose it stays.
                if (span := _token_span(doc, token.i)) not in heads:
                    yield span, ids[id(party)]


def _apposed(doc: Doc, named: Sequence[Party], ids: Mapping[int, str], heads: Mapping[Span, str]) -> Iterator[tuple[Span, str]]:
    """The nouns that a name stands in apposition to, with the name's actor: "the candidate" in "the candidate, Ada Brook", "the maker" in
    "the maker, Harbor Lines"; and "the mayor" in "the mayor of Northfield, Ada Brook", where the parser ties the name to the town."""
    for party in named:
        find = _persons_described if party.type == "person" else _bodies_described if party.type in BODIES else None
        for noun in (noun for i in sorted(party.heads) if find is not None for noun in find(doc[i])):
            if (span := _token_span(doc, noun.i)) not in heads:
                yield span, ids[id(party)]


def _bodies_described(name: Token) -> Iterator[Token]:
    """The noun for a body that a body's name stands in apposition to; a person's office is none."""
    noun = name.head
    apposed = name.dep_ == "appos" and noun.i < name.i and noun.tag_ == "NN" and not is_listed(name)
    if apposed and type_of_noun(noun) != "person" and not _is_office(noun):
        yield noun


def _persons_described(name: Token) -> Iterator[Token]:
    """The nouns, one person's each, of which a name in apposition says who it is, the nearest first."""
    at = name
    while at.dep_ in ("appos", "conj") and at.head.i < at.i and (at.dep_ == "appos" or (at.i != name.i and _shares_determiner(at))):
        at = at.head
        if at.pos_ == "NOUN" or _is_office(at) or at.lower_ in ("one", "another"):
            yield at
        elif at.dep_ != "pobj":
            return  # another's name, which is nearer to the noun above it
        # "The mayor of Northfield, Ada Brook": parsers tie the name to the town, and the mayor is two arcs up.
        while at.dep_ == "pobj" and at.head.dep_ == "prep" and _is_office(at.head.head):
            at = at.head.head
            yield at


def _is_office(noun: Token) -> bool:
    return noun.tag_ in ("NN", "NNP") and (is_role(noun) or is_rank(noun))


def _shares_determiner(noun: Token) -> bool:
    """Whether a second noun has its article or possessor from the first: "her friend and colleague" is one person, "her friend and a
    colleague" are two."""
    return not any(child.dep_ in ("det", "poss") for child in noun.children)


_MOST_CANDIDATES = 10
"""So many of those whom a name may mean are listed wherever it stands: of four hundred nobody reads all, four hundred times."""


def _undecided_names(doc: Doc, joins: Sequence[Join], ids: Mapping[str, str]) -> Iterator[tuple[UndecidedMention, Span]]:
    """The mentions of the names that fit more than one actor, each with its head word."""
    for join in joins:
        fitting = [ids[key] for key in join.candidates if key in ids]
        candidates = tuple(fitting[:_MOST_CANDIDATES])
        why = (
            "fits more than one actor" if len(fitting) <= _MOST_CANDIDATES else f"fits {len(fitting):,} actors; these are the first of them"
        )
        for mention in join.mentions:
            found = UndecidedMention(mention.span.start, mention.span.end, mention.kind, candidates, why)
            yield found, _token_span(doc, mention.head)


def _crowded(joins: Sequence[Join], ids: Mapping[str, str]) -> Iterator[Notice]:
    """What a reader should know of names that fit more actors than are listed."""
    for join in joins:
        count = sum(key in ids for key in join.candidates)
        if count > _MOST_CANDIDATES:
            name, span = join.mentions[0].name, join.mentions[0].span
            listed = f"the first {_MOST_CANDIDATES} are listed wherever it stands, all of them in the list of actors"
            yield Notice("namesakes", f"“{name}” fits {count:,} actors of this article; {listed}.", span)


def _ambiguous_descriptions(
    doc: Doc, ambiguities: Sequence[AmbiguousDescription], ids: Mapping[int, str]
) -> Iterator[tuple[UndecidedMention, Span]]:
    """The descriptions that fit several actors, each with its head word."""
    for ambiguous in ambiguities:
        span, candidates = ambiguous.mention.span, tuple(ids[id(party)] for party in ambiguous.candidates)
        yield (
            UndecidedMention(span.start, span.end, "nominal", candidates, "repeats the role of several"),
            _token_span(doc, ambiguous.mention.head),
        )


# --- the values that leave ------------------------------------------------------------------------------------------


_LONGEST = 60
"""Characters of a name that an id has."""


def _ids(parties: Sequence[Party]) -> dict[int, str]:
    """An id for each party, unique within the article: its name as a slug, numbered where two share one."""
    # The author's id is taken from the start: an actor called "author" gets "author-2".
    taken: dict[str, int] = {AUTHOR: 1}
    ids = {}
    for party in parties:
        if party.type == "narrator":
            ids[id(party)] = AUTHOR
            continue
        slug = _slug(party.name)
        taken[slug] = taken.get(slug, 0) + 1
        # Somebody may be called "Lee 2", which has the slug that the second Lee would get.
        while taken[slug] > 1 and f"{slug}-{taken[slug]}" in taken:
            taken[slug] += 1
        ids[id(party)] = slug if taken[slug] == 1 else f"{slug}-{taken[slug]}"
        taken.setdefault(ids[id(party)], 1)
    return ids


def _slug(name: str) -> str:
    """A name for the id of an actor in its article. Abbreviations and possessives are one word; another apostrophe parts words, unlike in
    ids across articles, and has to: reports and corrections that were written hold such ids.

    >>> _slug("Haider al-Abadi"), _slug("U.S. Lowe's"), _slug("Ann O'Hara")
    ('haider-al-abadi', 'us-lowes', 'ann-o-hara')
    """
    return slugify(re.sub("['’]s", "s", name), left_out=".")[:_LONGEST].rstrip("-")


def _actor(party: Party, bodies: Sequence[tuple[int, Party]], ids: Mapping[int, str]) -> Actor:
    mentions = _distinct(party.mentions)
    aliases = tuple(Alias(name, count) for name, count in sorted(party.names.items(), key=lambda item: (-item[1], item[0])))
    roles = tuple(Role(role.text, role.evidence, _affiliation(role.lemma, role.tokens, party, bodies, ids)) for role in party.roles)
    return Actor(
        id=ids[id(party)],
        name=party.name,
        type=party.type,
        mentions=mentions,
        aliases=aliases,
        roles=roles,
        given=party.given.name if party.given else "",
    )


def _distinct(mentions: Sequence[Mention]) -> tuple[Mention, ...]:
    """The mentions in text order, one for each span."""
    by_span = {(mention.start, mention.end): mention for mention in sorted(mentions, reverse=True)}
    return tuple(sorted(by_span.values()))


def _bodies(parties: Sequence[Party]) -> list[tuple[int, Party]]:
    """Those that a role may be of, by their head tokens, in text order."""
    at: dict[int, Party] = {}
    for party in parties:
        if party.type not in ("person", "narrator"):
            for i in party.heads:
                at.setdefault(i, party)
    return sorted(at.items(), key=lambda one: one[0])


def _affiliation(lemma: str, tokens: range, party: Party, bodies: Sequence[tuple[int, Party]], ids: Mapping[int, str]) -> str | None:
    """The actor that a role's own words name: "Pentagon" in "Pentagon spokesman"; the last of several.

    A "Senate candidate" is not of the Senate yet, but a candidate of a party is the party's.
    """
    first, last = (bisect_left(bodies, i, key=lambda one: one[0]) for i in (tokens.start, tokens.stop))
    # The last of several: "Ohio Senate spokesman" is of the Senate.
    other = next((body for _, body in reversed(bodies[first:last]) if body is not party), None)
    if other is None:
        return None
    seeks = lemma in _SEEKING and other.name.split()[-1].lower() in words("shapes.txt", "public") - {"party"}
    return None if seeks else ids[id(other)]
