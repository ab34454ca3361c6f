"""The different names that an article uses, each with its mentions; and what is said of two of them that may be one.

The first to say so is the user's ``actors.yml``: where its names stand in the article, of what type they are, and which of them are one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from onrecord.extract.actors.mention import Chunk, FoundMention, given_name, words_span
from onrecord.extract.actors.word_lists import is_given_name, name_key, words
from onrecord.extract.language import Analysis
from onrecord.gazetteer import Gazetteer, KnownActor
from onrecord.model import ActorType, Span

BODIES = frozenset({"organization", "armed_force", "armed_group", "media", "coalition"})
"""The types of parties that are made of people and act as one; a state is treated apart."""


@dataclass(frozen=True, slots=True)
class Form:
    """One name as the article uses it, with all its mentions."""

    key: str
    """What tells it from other forms: the name's key, with "m." or "f." before it where it has a gender."""
    name: str
    """The spelling to show."""
    type: ActorType | None
    mentions: tuple[FoundMention, ...]
    gender: str = ""
    """``m`` or ``f`` for a name that is only used with "Mr.", "Mrs." and the like: "Mr. Brook" and "Mrs. Brook" are two forms."""
    single: bool = False
    """Whether it is one word, counting a surname with its particles as one."""


@dataclass(frozen=True, slots=True)
class Join:
    """A form (by its key) that one of others means. With more than one candidate nothing is joined: it is undecided."""

    form: str
    candidates: tuple[str, ...]
    why: str
    mentions: tuple[FoundMention, ...] = ()
    """Of an undecided form: those that nothing in the text before them decides."""


def find_forms(names: Sequence[FoundMention]) -> tuple[Form, ...]:
    """The different names of the article, each with its mentions, by the place where each is first used."""
    by_key: dict[tuple[str, str], list[FoundMention]] = {}
    for mention in names:
        # "Mr. Brook" and "Mrs. Brook" are kept apart; "Mr. Ada Brook" has its given name to tell.
        by_key.setdefault((mention.key, mention.gender if " " not in mention.name else ""), []).append(mention)
    longer = {ending for key, _ in by_key for ending in endings(key)}
    return tuple(
        Form(
            f"{gender}. {key}" if gender else key,
            _display(mentions),
            mentions[0].type,
            tuple(mentions),
            gender,
            _is_single(_display(mentions), is_ending=key in longer),
        )
        for (key, gender), mentions in by_key.items()
    )


def _is_single(name: str, *, is_ending: bool) -> bool:
    """Whether a name is one word, or a surname with its particles. What is a particle and a given name too ("Ben Marsh") is a particle only
    where a longer name of the article ends so (``is_ending``)."""
    *before, _ = name.lower().split()
    particles = words("titles.txt", "particle")
    called = not is_ending and bool(before) and is_given_name(before[0])
    return not given_name(name) or (all(part in particles for part in before) and not called)


def _display(mentions: Sequence[FoundMention]) -> str:
    """The spelling to show: one that is not all capitals, if there is one."""
    return min(mentions, key=lambda mention: (mention.name.isupper(), mention.name.islower())).name


MOST_ALIKE = 50
"""A full name is compared with at most so many others of its surname and given name: no text calls one person in more ways."""


def endings(key: str) -> Iterator[str]:
    """What is left of a name without its first words, the longest first."""
    while key:
        key = key.partition(" ")[2]
        yield key


_FIRST_WORD = re.compile(r"\w+")


def given_chunks(analysis: Analysis, chunks: tuple[Chunk, ...]) -> tuple[Chunk, ...]:
    """The chunks and every place where a name of the gazetteer stands as written, though found in part or not at all. A longer name
    keeps its words: "Brook" is not cut out of "Brook Foundation"."""
    doc = analysis.doc
    by_first: dict[str, list[str]] = {}
    # The longest first, so that "Ada Brook" is tried before "Ada".
    for name in sorted(set(analysis.gazetteer.names()), key=lambda name: (-len(name), name)):
        if first := _FIRST_WORD.search(name):
            by_first.setdefault(first[0], []).append(name)
    if not by_first:
        return chunks
    at = {i: chunk for chunk in chunks for i in range(chunk.start, chunk.end)}
    for token in doc:
        first = _FIRST_WORD.match(token.text)
        for name in by_first.get(first[0], ()) if first else ():
            span = Span(token.idx, token.idx + len(name))
            found = doc.char_span(span.start, span.end, alignment_mode="contract") if span.of(doc.text) == name else None
            # Only whole tokens: "Lee" does not stand in "Leeds".
            if found is None or words_span(doc, found.start, found.end) != span:
                continue
            inside = {at[i] for i in range(found.start, found.end) if i in at}
            # Chunks inside the name give way to it; one that reaches beyond it, or is as long, stays.
            if all(found.start <= part.start and part.end <= found.end and part.end - part.start < len(found) for part in inside):
                chunk = Chunk(found.start, found.end)
                at.update(dict.fromkeys(range(found.start, found.end), chunk))
            break
    return tuple(sorted(set(at.values()), key=lambda chunk: chunk.start))


def given_types(gazetteer: Gazetteer, names: Iterable[str]) -> dict[str, ActorType]:
    """The types of names on which all entries that have them agree, by the keys of the names."""
    found = {}
    for name in names:
        types = {entry.type for entry in gazetteer.find(name)}
        # Entries of one name that disagree, or give no type, leave it to the votes of the text.
        if len(types) == 1 and (kind := types.pop()) is not None:
            found[name_key(name)] = kind
    return found


def known_by_name(gazetteer: Gazetteer, names: Mapping[str, str]) -> dict[str, KnownActor]:
    """The entry of each of these names (by key), where it has one: the only one of the name, or of several the only one that another of
    the names means alone."""
    found = {key: gazetteer.find(name) for key, name in names.items()}
    sole = {key: entries[0] for key, entries in found.items() if len(entries) == 1}
    present = set(sole.values())
    shared = {key: [entry for entry in entries if entry in present] for key, entries in found.items() if len(entries) > 1}
    return sole | {key: entries[0] for key, entries in shared.items() if len(entries) == 1}


def shared_names(
    gazetteer: Gazetteer, names: Mapping[str, str], entries: Mapping[str, KnownActor]
) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The names (by key) that several entries of the article have, each with a name that means one of them alone."""
    first: dict[KnownActor, str] = {}
    for key, entry in entries.items():
        first.setdefault(entry, key)
    for key, name in names.items():
        if key not in entries:
            candidates = tuple(first[entry] for entry in gazetteer.find(name) if entry in first)
            if len(candidates) > 1:
                yield key, candidates


def are_distinct(gazetteer: Gazetteer, one: KnownActor | None, other: KnownActor | None, names: Iterable[str]) -> bool:
    """Whether the user says that two parties are not one: they have two entries, or one's entry excludes a name of the other."""
    if one is not None and other is not None:
        return one != other
    entry = one or other
    return entry is not None and gazetteer.excludes(entry.name, names)
