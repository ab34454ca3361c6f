"""What the user's ``actors.yml`` settles within an article: where its names stand, of what type they are, and which of them are one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from onrecord.extract.actors.mention import name_key, words_span
from onrecord.extract.actors.name_parts import Chunk
from onrecord.extract.language import Analysis
from onrecord.gazetteer import Gazetteer, KnownActor
from onrecord.model import ActorType, Span

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
