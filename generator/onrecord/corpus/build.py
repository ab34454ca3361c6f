"""From the reports of single articles to a corpus: which actors of different articles are one, which may be, and why.

A wrong join puts one person's words on another's page, and costs more than a missed one. How much a name tells decides what else is asked
for: "Varnhaven Harbour Board" is one body wherever it stands, an "Ann Lee" of two articles is one only if they also share a role, say, and
a "Lee" needs such a sign and no second Lee. Actors that may be one and are not joined have pages of their own, which say so.

Also: articles that are copies of one another (one text in two files, wire copy under several mastheads, a later edition). They are compared
by whole sentences, which such copies keep: an index leads from each sentence to the articles that have it. A sentence that many articles
have ("Sign up for our newsletter to get the news.") is the outlet's own, and tells nothing; leaving it out also keeps the work in
proportion to the text, not to the pairs of articles. Readers are told of a copy, and totals count what it quotes once.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from hashlib import blake2b

from onrecord.corpus.identity import (
    ALONG,
    BELONGS,
    BESIDE,
    GIVEN,
    LONG,
    NOUN,
    NOUN_BESIDE,
    OFFICE,
    TOGETHER,
    Appearance,
    Claimant,
    Sign,
    appearances,
    assign_ids,
    is_acronym,
    middles_agree,
    signs_of,
)
from onrecord.corpus.joining import Group, GroupMember, ShortName, contradiction, find_full_names, join_namesakes
from onrecord.corpus.lock import NO_LOCK, Lock, published_ids
from onrecord.gazetteer import NO_GAZETTEER, Gazetteer
from onrecord.memory import NO_MEMORY, Memory
from onrecord.model import AUTHOR, ActorType, Article, Copy, Corpus, CorpusActor, Member, Namesakes, Repeat, Report, Span
from onrecord.text.names import name_words

# Neither has a page: the narrator of each article is another voice, and a mere place does nothing.
_WITHOUT_PAGE = ("narrator", "place")
_MOST_CANDIDATES = 3
"""A surname that more people have than so many is nobody's in particular: nothing is said of who it may be."""


@dataclass(frozen=True, slots=True)
class _Draft:
    """An actor across articles while it is put together: its full name, and short names that were found to be its."""

    group: Group
    shorts: tuple[ShortName, ...] = ()

    @property
    def appearances(self) -> tuple[Appearance, ...]:
        return tuple(seen.appearance for group in (self.group, *(short.group for short in self.shorts)) for seen in group.members)


def build_corpus(
    reports: Iterable[Report], gazetteer: Gazetteer = NO_GAZETTEER, lock: Lock = NO_LOCK, memory: Memory = NO_MEMORY
) -> Corpus:
    """The corpus of the reports, in their order, with the actors across them and those that may be one.

    Bodies and states are one by a name that no other has. People of one full name, and bodies of a name that many have, are one
    where the articles also share a role, whose it is, a middle name, or two others beside whom they stand, and where their roles
    do not contradict one another. A surname or an acronym alone asks for such a sign too, and for no second who fits. An entry
    of ``gazetteer`` that extraction found in an article decides before all of these. Pages that ``lock`` has keep their ids.
    ``memory`` is of the corpus as it was before some articles changed.
    """
    kept = tuple(reports)
    present = [one for report in kept for one in memory.recall("appearances", report, None, partial(_page_worthy, report))]
    gazetteer = memory.recall("gazetteer", None, gazetteer.entries, lambda: gazetteer)
    fulls, shorts, unnamed = _grouped_by_name(_with_shared_acronyms(present), gazetteer, memory)
    decided = find_full_names(shorts, fulls, gazetteer, memory)
    joined: dict[int, list[ShortName]] = {}
    for short in decided:
        if short.joined is not None:
            joined.setdefault(short.joined, []).append(short)
    drafts = [
        *(_Draft(full, tuple(joined.get(place, ()))) for place, full in enumerate(fulls)),
        *(_Draft(short.group) for short in decided if short.joined is None),
        *(_Draft(_single_group(appearance)) for appearance in unnamed),
    ]
    actors = _actors(kept, drafts, gazetteer, _labels_of(present), lock)
    ids = {(member.article, member.actor): actor.id for actor in actors for member in actor.members}
    namesakes = tuple(_namesakes(fulls, decided, gazetteer, lambda group: ids[group.first.article, group.first.actor.id]))
    copies = find_copies((report.article for report in kept), memory)
    return Corpus(kept, actors, namesakes, copies=copies, repeats=find_repeats(kept, copies))


def _page_worthy(report: Report) -> tuple[Appearance, ...]:
    """The actors of a report that may have a page: all but the author and places."""
    return tuple(one for one in appearances(report) if one.actor.id != AUTHOR and one.actor.type not in _WITHOUT_PAGE)


# --- who is one -------------------------------------------------------------------------------------------------------


def _with_shared_acronyms(present: Sequence[Appearance]) -> list[Appearance]:
    """The actors, where an acronym that is short for two bodies in these articles ("HA") no longer counts as the name of one body."""
    full: dict[str, set[str]] = {}
    for appearance in present:
        for alias in appearance.actor.aliases if appearance.name.sort == "body" and not is_acronym(appearance.actor.name) else ():
            if is_acronym(alias.name):
                full.setdefault("".join(name_words(alias.name)), set()).add(appearance.name.key)

    def rated(appearance: Appearance) -> Appearance:
        is_shared = appearance.name.sort == "body" and is_acronym(appearance.actor.name) and len(full.get(appearance.name.key, ())) > 1
        return replace(appearance, name=replace(appearance.name, strength="shared")) if is_shared else appearance

    return [rated(appearance) for appearance in present]


def _grouped_by_name(
    present: Sequence[Appearance], gazetteer: Gazetteer, memory: Memory
) -> tuple[list[Group], list[Group], list[Appearance]]:
    """The groups of full names, those of short ones, and the actors without a name."""
    buckets: dict[tuple[str, str], list[Appearance]] = {}
    of_entry: dict[str, tuple[str, str]] = {}
    fulls: list[Group] = []
    shorts: list[Group] = []
    unnamed = []
    for appearance in sorted(present, key=lambda one: one.order):
        given, weak = appearance.actor.given, appearance.name.strength in ("short", "none")
        if given:
            # All of one entry go where its first goes: a surname or a description that extraction gave to the entry has no bucket of its
            # own.
            bucket = of_entry.setdefault(given, ("given", given) if weak else appearance.name.bucket)
            buckets.setdefault(bucket, []).append(appearance)
        elif appearance.name.strength == "none":
            unnamed.append(appearance)
        elif appearance.name.strength == "short" and appearance.name.sort == "person":
            shorts.append(memory.recall("short", appearance, None, partial(_single_group, appearance)))
        else:
            buckets.setdefault(appearance.name.bucket, []).append(appearance)
    for pool in buckets.values():
        same = tuple(map(id, pool))  # they live as long as the groups of them
        for group in memory.recall("joined", gazetteer, same, partial(join_namesakes, pool, gazetteer)):
            (shorts if is_acronym(group.first.actor.name) and not group.given else fulls).append(group)
    return fulls, shorts, unnamed


def _single_group(appearance: Appearance) -> Group:
    """A group of one actor."""
    return Group((GroupMember(appearance),))


# --- what is told of them ---------------------------------------------------------------------------------------------


def _actors(
    reports: Sequence[Report], drafts: Sequence[_Draft], gazetteer: Gazetteer, labels: Mapping[str, str], lock: Lock
) -> tuple[CorpusActor, ...]:
    """The actors in order of first appearance, each with its members in the order of the articles."""
    places = {(report.article.id, actor.id): place for place, (report, actor) in enumerate((r, a) for r in reports for a in r.actors)}
    published = published_ids(lock, [[(appearance.article, appearance.actor) for appearance in draft.appearances] for draft in drafts])
    ids = assign_ids((_claimant(draft, id) for draft, id in zip(drafts, published.ids, strict=True)), published.reserved)
    found = []
    for id, draft in zip(ids, drafts, strict=True):
        name, kind = _name(draft.group), _type(draft.group)
        members = sorted(_members(draft, name, labels), key=lambda member: places[member.article, member.actor])
        entry = gazetteer.entry(draft.group.given) if draft.group.given else None
        found.append(CorpusActor(id, name, kind, tuple(members), entry.links if entry else (), bool(draft.group.given)))
    return tuple(sorted(found, key=lambda actor: places[actor.members[0].article, actor.members[0].actor]))


def _claimant(draft: _Draft, published: str) -> Claimant:
    names = {seen.appearance.actor.name for seen in draft.group.members}
    first = draft.group.first
    # A surname, a description or an acronym is another's too, and gets a mark in its id.
    telling = first.name.strength == "distinct" or (first.name.sort, first.name.strength) == ("person", "shared")
    distinct = bool(draft.group.given) or telling
    return Claimant(
        min(names, key=lambda name: (len(name_words(name)), name)) if len(names) > 1 else first.actor.name,
        distinct,
        min(w.order for w in draft.appearances),
        published,
    )


def _name(group: Group) -> str:
    """The entry's name, or the one that most articles give."""
    if group.given or len(group.members) == 1:
        return group.given or group.first.actor.name
    counts = Counter(seen.appearance.actor.name for seen in group.members)
    return min(counts, key=lambda name: (-counts[name], name))


def _type(group: Group) -> ActorType:
    """The type that most articles give, where any says more than "organization"."""
    if len(group.members) == 1:
        return group.first.actor.type
    counts = Counter(seen.appearance.actor.type for seen in group.members)
    return min(counts, key=lambda kind: (kind == "organization", -counts[kind], kind))


def _members(draft: _Draft, name: str, labels: Mapping[str, str]) -> Iterator[Member]:
    for seen in draft.group.members:
        why = _why_joined(seen, labels) or (_GIVEN_IN_FILE if seen.appearance.actor.given else "named in full here" if draft.shorts else "")
        yield Member(seen.appearance.article, seen.appearance.actor.id, why, seen.partner.article if seen.partner else "")
    for short in draft.shorts:
        assert short.sign is not None and short.partner is not None, "a short name is joined by a sign that somebody else has"
        why = _why_short(short.group, name, short.sign, labels)
        for seen in short.group.members:
            yield Member(seen.appearance.article, seen.appearance.actor.id, why, short.partner.article)


# --- who may be one ---------------------------------------------------------------------------------------------------


def _namesakes(
    fulls: Sequence[Group], decided: Sequence[ShortName], gazetteer: Gazetteer, id_of: Callable[[Group], str]
) -> Iterator[Namesakes]:
    """Actors of one name that were not joined; short names with the full ones that they may stand for; names that entries share."""
    groups: dict[str, list[Group]] = {}
    undecided = [short.group for short in decided if short.joined is None]
    for group in (*fulls, *undecided):
        if group.first.name.strength in ("distinct", "shared"):
            groups.setdefault(group.first.name.key, []).append(group)
    for same in groups.values():
        if len(same) > 1:
            yield Namesakes(tuple(map(id_of, same)), _why_apart(same))
    for short in decided:
        if short.joined is None and 0 < len(short.candidates) <= _MOST_CANDIDATES:
            yield Namesakes((id_of(short.group), *(id_of(fulls[place]) for place in short.candidates)), _why_undecided(short))
    given = {group.given: group for group in fulls if group.given}
    for group in (*fulls, *undecided) if given else ():
        entries = gazetteer.find(group.first.actor.name) if not group.given else ()
        sharing = [id_of(given[entry.name]) for entry in entries if entry.name in given]
        if len(entries) > 1 and sharing:
            yield Namesakes(
                (id_of(group), *sharing), "A name that more than one entry of actors.yml has, and nothing in the article says which."
            )


# --- reasons, in words for a reader --------------------------------------------------------------------------------------

_GIVEN_IN_FILE = "given in actors.yml"


def _labels_of(appearances: Iterable[Appearance]) -> dict[str, str]:
    """A name to show for each key by which actors are named beside others: the first in the alphabet, whatever the order of the
    articles."""
    labels: dict[str, str] = {}
    for appearance in appearances:
        name = labels.setdefault(appearance.name.key, appearance.actor.name)
        labels[appearance.name.key] = min(name, appearance.actor.name)
    return labels


def _why_joined(seen: GroupMember, labels: Mapping[str, str]) -> str:
    """Why an actor is in its group: "the same full name, and the role “mayor of Riverton”"."""
    name = "the same full name" if seen.appearance.name.sort == "person" else "the same name"
    if seen.sign is None:
        return name if seen.partner else ""
    if seen.sign.rank == GIVEN:
        return _GIVEN_IN_FILE
    return f"{name}, {_sign_in_words(seen.appearance, seen.sign, labels)}"


def _why_short(short: Group, full: str, sign: Sign, labels: Mapping[str, str]) -> str:
    """Why a short name stands for a full one."""
    appearance = next(one.appearance for one in short.members if sign in signs_of(one.appearance))
    what = "surname" if appearance.name.sort == "person" else "acronym"
    return f"{_quoted(appearance.actor.name)} is the {what} of {full}, {_sign_in_words(appearance, sign, labels)}"


def _why_undecided(short: ShortName) -> str:
    """Why a short name was not joined."""
    what = "A surname" if short.group.first.name.sort == "person" else "An acronym"
    if len(short.candidates) > 1:
        return f"{what} that more than one of these may go by; nothing else in the articles says which."
    return f"{what} alone; nothing else in the articles says that they are one."


def _sign_in_words(appearance: Appearance, sign: Sign, labels: Mapping[str, str]) -> str:
    """What two articles both say of an actor besides its name."""
    if sign.rank in (OFFICE, NOUN):
        return f"and the role {_quoted(_office(appearance, sign))}"
    if sign.rank == BELONGS:
        return f"and whose the role {_quoted(next(one.text for one in appearance.offices if one.of == sign.key[0]))} is"
    if sign.rank == LONG:
        return "middle name included"
    if sign.rank == NOUN_BESIDE:
        return f"the role {_quoted(_office(appearance, sign))}, and a paragraph with {labels.get(sign.key[1], sign.key[1])}"
    if sign.rank == ALONG:
        return f"which many of the articles have, and an article with {labels.get(sign.key[0], sign.key[0])}"
    shown = " and ".join(labels.get(key, key) for key in sign.key)
    assert sign.rank in (BESIDE, TOGETHER), f"there is no sign of rank {sign.rank}"
    return f"and a paragraph with {shown}" if sign.rank == BESIDE else f"and an article with {shown}"


def _quoted(words: str) -> str:
    """Words of an article in quotation marks; those within become single ones, so that nobody takes one of them for the end.

    >>> _quoted("head of the “Quay” board")
    '“head of the ‘Quay’ board”'
    """
    return f"“{words.translate(_SINGLE)}”"


_SINGLE = str.maketrans("“”„", "‘’‚")


def _office(appearance: Appearance, sign: Sign) -> str:
    return next(one.text for one in appearance.offices if one.noun == sign.key[0] and (sign.rank != OFFICE or one.of == sign.key[1]))


def _why_apart(groups: Sequence[Group]) -> str:
    """Why groups of one name were not joined."""
    first = groups[0].first
    name = "The same full name" if first.name.sort == "person" else "The same name"
    apart = contradiction([one.appearance for group in groups for one in group.members])
    if apart and apart.question == "country":
        return f"{name}, but in articles about different countries: {apart.answers[0]} and {apart.answers[1]}."
    if apart:
        return f"{name}, but {_quoted(apart.answers[0])} in one article and {_quoted(apart.answers[1])} in another."
    articles = [article for group in groups for article in group.articles]
    if len(set(articles)) < len(articles):
        return f"{name}, but an article has two of that name."
    if len({group.first.name.sort for group in groups}) > 1:
        return "The same name, but a person in one article and something else in another."
    middles = {group.first.name.middle for group in groups}
    if not all(middles_agree(one, other) for one in middles for other in middles):
        return f"{name}, but different middle names."
    if len({group.first.actor.type for group in groups}) > 1:
        return f"{name}, but not the same type."
    if first.name.sort != "person":
        return f"{name}, which many bodies may have, and nothing else in the articles says that they are one."
    return f"{name}, and nothing else in the articles says that they are one."


# --- copies -----------------------------------------------------------------------------------------------------------


_ENDS = re.compile(r"(?<=[.!?…\"”’»)])\s+")
_FEWEST_WORDS = 6
"""Words of a sentence that shows something by standing in two articles: "He did not comment." stands in many."""
_FEWEST_SENTENCES = 3
"""Sentences that two articles must have in common, however short they are."""
_MOST_ARTICLES = 20
"""A sentence that more articles have is the outlet's own, and shows no copy."""
_COPY_SHARE = 0.5
"""Share of an article's sentences that another must have to be called its copy. Reports of one event by two writers share their
quotations, and stay far below."""
_MOST_COPIES = 5
"""Copies that are listed for an article: of more, those with the largest share."""


def find_copies(articles: Iterable[Article], memory: Memory = NO_MEMORY) -> tuple[Copy, ...]:
    """For each article, in their order, those that have half of its sentences or more, the closest first."""
    kept: list[tuple[str, frozenset[bytes]]] = []
    having: dict[bytes, list[int]] = {}
    for place, article in enumerate(articles):
        sentences = memory.recall("sentences", article, None, lambda article=article: frozenset(_sentences(article)))  # type: ignore[misc]
        kept.append((article.id, sentences))
        for sentence in sentences:
            having.setdefault(sentence, []).append(place)
    return tuple(copy for place in range(len(kept)) for copy in _copies_of(place, kept, having))


def _copies_of(place: int, kept: list[tuple[str, frozenset[bytes]]], having: dict[bytes, list[int]]) -> Iterator[Copy]:
    id, sentences = kept[place]
    shared = Counter(
        other for sentence in sentences if len(having[sentence]) <= _MOST_ARTICLES for other in having[sentence] if other != place
    )
    alike = [(count, other) for other, count in shared.items() if count >= max(_FEWEST_SENTENCES, _COPY_SHARE * len(sentences))]
    for count, other in sorted(alike, key=lambda one: (-one[0], one[1]))[:_MOST_COPIES]:
        yield Copy(id, kept[other][0], 100 * count // len(sentences), sentences == kept[other][1])


def find_repeats(reports: Sequence[Report], copies: Iterable[Copy]) -> tuple[Repeat, ...]:
    """The quotes that an article has in common with one before it of which it is a copy, or which is one of it; in the order of the
    articles. What is quoted twice in one of them is in common only as often as the other quotes it."""
    places = {report.article.id: place for place, report in enumerate(reports)}
    before: dict[int, set[int]] = {}
    for copy in copies:
        first, later = sorted((places[copy.article], places[copy.other]))
        before.setdefault(later, set()).add(first)
    said = {place: _quotes_by_words(reports[place]) for place in {*before, *(first for firsts in before.values() for first in firsts)}}
    found: dict[tuple[int, str], tuple[int, str]] = {}
    for later in sorted(before):
        for first in sorted(before[later]):
            for words, quote in said[later].items():
                # A quote repeats the earliest article that has it: of a chain of copies all lead to the first.
                if words in said[first] and (later, quote) not in found:
                    same = first, said[first][words]
                    found[later, quote] = found.get(same, same)
    ids = [report.article.id for report in reports]
    return tuple(Repeat(ids[later], quote, ids[first], other) for (later, quote), (first, other) in found.items())


def _quotes_by_words(report: Report) -> Mapping[tuple[str, int], str]:
    """The ids of quotes, by their words, however they are set, and by how many quotes of the same words stand before."""
    counts: Counter[str] = Counter()
    found = {}
    for quote in sorted(report.quotes, key=lambda quote: min(quote.content, default=Span(0, 0))):
        words = _words(" ".join(span.of(report.article.text) for span in quote.content))
        if words:
            found[words, counts[words]] = quote.id
            counts[words] += 1
    return found


def _words(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))


def _sentences(article: Article) -> Iterator[bytes]:
    """Digests of the longer sentences, however they are set: without case, marks and blanks."""
    for block in article.paragraphs():
        for sentence in _ENDS.split(block.span.of(article.text)):
            words = _words(sentence)
            if words.count(" ") + 1 >= _FEWEST_WORDS:
                yield blake2b(words.encode(errors="surrogatepass"), digest_size=8).digest()
