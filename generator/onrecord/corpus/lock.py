"""``onrecord.lock``: the addresses that a project has published, with the words that they led to. It is committed to version control.

The file is JSON lines, sorted, with one article, link or actor in a line, so that a diff shows each by itself and two branches merge line
by line. It may come from anybody: what is in it is printed as text, or refused with an error of one line.

A published link must never come to lead to other words than it did: that would put words into the wrong mouth. So an address stays with
its words for as long as they are in the text, exactly once; after that it leads to nothing, and the page says so. Nothing is guessed.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta, Struct

from onrecord.errors import LockError, visible
from onrecord.memory import NO_MEMORY, Memory
from onrecord.model import Actor, Corpus, CorpusActor, Report, Span
from onrecord.text.addresses import LONGEST_ID, is_id, page_name, same_name
from onrecord.text.anchors import Ground, find_places, shorten
from onrecord.text.ids import Wording, digest, is_telling, items_of, new_salt, plain_parts
from onrecord.text.names import name_words
from onrecord.text.typography import normalise

DEFAULT_LOCK = "onrecord.lock"
"""The file's name, beside ``mkdocs.yml`` or where a command is run."""
_LARGEST = 1_000_000_000
"""The most bytes of a lock file: some four million links."""
_EVIDENCE = 3
"""How many articles are noted for an actor, to find it again: the first that have it."""

# Ids become names of files and ids of elements, so that none may begin with a dot or hold a slash: "../x" would lead out of the site.
# In Python "$" also matches before a line break at the end, which "(?!\n)" refuses.
ArticleId = Annotated[str, Meta(max_length=255, pattern=r"^\w[\w.~-]*$(?!\n)")]
ActorId = Annotated[str, Meta(max_length=255, pattern=r"^\w[\w-]*$(?!\n)")]
LinkId = Annotated[str, Meta(pattern=r"^[qcr][a-z2-7]{8}(-[0-9]{1,9})?$(?!\n)")]
Words = Annotated[str, Meta(max_length=5_000_000)]
Salt = Annotated[str, Meta(pattern=r"^([0-9a-f]{32})?$(?!\n)")]


class Header(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True, tag_field="kind", tag="lock"):
    """The first line."""

    version: Literal[1]
    """The version of the layout of this file."""
    salt: Salt = ""
    """A secret with which ids of withheld items are made. Without it anybody could try words until their id is that of a withheld quote.
    It is made once for a project; empty in files of earlier versions."""


class LockedArticle(Struct, frozen=True, forbid_unknown_fields=True, tag_field="kind", tag="article"):
    """An article's page."""

    id: ArticleId
    file: Annotated[str, Meta(max_length=4_000)] = ""
    """Its file, as seen from the lock's folder. By it the article keeps its id when a file of the same name is added in another folder."""


class LockedLink(Struct, frozen=True, forbid_unknown_fields=True, tag_field="kind", tag="link"):
    """A place on an article's page."""

    article: ArticleId
    id: LinkId
    words: Annotated[tuple[Words, ...], Meta(min_length=1, max_length=100_000)]
    """The words that it led to, without typography; several parts where a cue splits them."""
    sentence: Words = ""
    """The sentence around the words; empty where the words alone tell which place is meant."""


class LockedActor(Struct, frozen=True, forbid_unknown_fields=True, tag_field="kind", tag="actor"):
    """An actor's page."""

    id: ActorId
    name: Annotated[str, Meta(min_length=1, max_length=100_000)]
    articles: Annotated[tuple[ArticleId, ...], Meta(max_length=_EVIDENCE)] = ()
    """Some articles that call it by this name. It is looked for only in these, since elsewhere somebody else may have the name."""


Line = Header | LockedArticle | LockedLink | LockedActor
"""A line of the file, told apart by its key ``kind``."""


@dataclass(frozen=True, slots=True)
class Lock:
    """All published addresses; an empty lock keeps none."""

    articles: Mapping[str, LockedArticle] = field(default_factory=dict)
    """Articles by id."""
    links: Mapping[str, Mapping[str, LockedLink]] = field(default_factory=dict)
    """Links by the id of their article, and then by their own."""
    actors: Mapping[str, LockedActor] = field(default_factory=dict)
    """Actors by id."""
    file: Path | None = None
    """The file that it was read from; None if there is none."""
    salt: str = ""
    """The secret with which ids of withheld items are made, 32 hexadecimal digits; empty where there is none."""

    def ids_of(self, files: Iterable[Path]) -> dict[Path, str]:
        """The ids that articles in these files were published with."""
        if self.file is None:
            return {}
        known = {one.file: one.id for one in self.articles.values() if one.file}
        return {file: known[name] for file in files if (name := file_in_lock(file, self.file)) in known}

    def __len__(self) -> int:
        return sum(map(len, self.links.values())) + len(self.articles) + len(self.actors)


NO_LOCK = Lock()
"""The lock of a project that has published nothing yet."""


def file_in_lock(article: Path, lock: Path) -> str:
    """An article's file as the lock names it: as seen from the lock's folder, with slashes on every system."""
    return visible(Path(os.path.relpath(article.resolve(), lock.resolve().parent)).as_posix())


# --- the file -------------------------------------------------------------------------------------------------------------


def load_lock(path: Path) -> Lock:
    """The lock in a file. Raises :class:`LockError`, which names file, line and mend."""
    try:
        if path.stat().st_size > _LARGEST:
            raise LockError(f"{path}: too large for a lock; take it away, and make it anew with onrecord lock")
        content = path.read_bytes()
    except OSError as error:
        raise LockError(f"{path}: cannot be read ({error.strerror}); make one with onrecord lock") from error
    return parse_lock(content, file=path)


def parse_lock(content: bytes, *, file: Path) -> Lock:
    """The lock in the content of a file. Lines may be in any order, as they are after a merge. Raises :class:`LockError`."""
    articles: dict[str, LockedArticle] = {}
    links: dict[str, dict[str, LockedLink]] = {}
    actors: dict[str, LockedActor] = {}
    named: dict[tuple[str, str], str] = {}
    salt = ""
    for number, line in _lines(content, file):
        if isinstance(line, LockedArticle | LockedActor) and (problem := _unfit(line, named)):
            raise LockError(f"{file}:{number}: {problem}; take the line out")
        if isinstance(line, LockedLink):
            # After a merge the same link may be there twice. With other words one of the two must be wrong.
            known = links.setdefault(line.article, {}).setdefault(line.id, line)
            if known.words != line.words:
                raise LockError(f"{file}:{number}: the id {line.id} is on a line before with other words; take one of the two out")
        elif isinstance(line, LockedArticle):
            articles.setdefault(line.id, line)
        elif isinstance(line, LockedActor):
            actors.setdefault(line.id, line)
        elif isinstance(line, Header):
            salt = salt or line.salt  # of two branches that were merged, each with its own, the first counts
    return Lock(articles, links, actors, file, salt)


def _unfit(line: LockedArticle | LockedActor, named: dict[tuple[str, str], str]) -> str:
    """Why an id cannot be the name of a page; empty if it can. ``named`` are the ids so far: two that a file system cannot tell apart
    ("Ann", "ann") cannot both be pages."""
    if not is_id(line.id) if isinstance(line, LockedArticle) else len(page_name(line.id).encode()) > LONGEST_ID:
        return f"the id {shorten(line.id, 40)} cannot be the name of a page"
    earlier = named.setdefault((type(line).__name__, same_name(line.id)), line.id)
    return "" if earlier == line.id else f"some file systems cannot tell the id {shorten(line.id, 40)} from {shorten(earlier, 40)}"


def _lines(content: bytes, file: Path) -> Iterator[tuple[int, Line]]:
    """The lines with their numbers; the header must be the first. Raises :class:`LockError`."""
    decoder = msgspec.json.Decoder(Line)
    begun = False
    # Not splitlines(), which also splits at characters that JSON may hold in a text.
    for number, raw in enumerate(content.removeprefix(b"\xef\xbb\xbf").split(b"\n"), 1):
        if not raw.strip():
            continue
        try:
            line = decoder.decode(raw)
        except msgspec.MsgspecError as error:
            raise LockError(f"{file}:{number}: {_explain(error, raw)}") from error
        if not begun and not isinstance(line, Header):
            raise LockError(f'{file}:{number}: a lock begins with {{"kind":"lock","version":1}}; put this line first')
        begun = True
        yield number, line
    if not begun:
        raise LockError(f"{file}: is empty; make it with onrecord lock")


def _explain(error: msgspec.MsgspecError, raw: bytes) -> str:
    """What is wrong with a line, and what to do: a conflict of a merge, a newer version, a wrong value, or no JSON."""
    if raw.startswith((b"<<<<<<<", b"=======", b">>>>>>>", b"|||||||")):
        return "a conflict between two branches; keep the lines of both, and take this mark out"
    if isinstance(error, msgspec.ValidationError):
        if b'"kind":"lock"' in raw and "$.salt" not in str(error):
            return "a version that this program does not know; update onrecord"
        return f"{error}; mend the line as onrecord schema lock says, or take it out"
    return f"not JSON: {shorten(raw.decode(errors='replace'), 40)}; mend the line, or take it out"


def encode_lock(lock: Lock) -> bytes:
    """The content of the file: sorted, so that the same addresses give the same bytes."""
    actors = [lock.actors[id] for id in sorted(lock.actors)]
    lines: list[Line] = [Header(1, lock.salt), *actors]
    for article in sorted({*lock.articles, *lock.links}):
        if article in lock.articles:
            lines.append(lock.articles[article])
        links = lock.links.get(article, {})
        lines += [links[id] for id in sorted(links)]
    return b"".join(msgspec.json.encode(line) + b"\n" for line in lines)


def lock_schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of one line of an ``onrecord.lock``."""
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "onrecord.lock", **msgspec.json.schema(Line)}


# --- what a corpus publishes ----------------------------------------------------------------------------------------------


def with_corpus(lock: Lock, corpus: Corpus, files: Mapping[str, str], *, prune: bool = False) -> Lock:
    """The lock with all addresses of a corpus added. ``files`` are the files of its articles, by id, as the lock names them.

    Addresses that are locked stay as they are, since somebody may have linked to them. With ``prune`` those that are no longer made are
    dropped: links of the articles of this corpus, and all actors without a page.
    """
    articles, links = dict(lock.articles), dict(lock.links)
    for report in corpus.reports:
        id = report.article.id
        articles[id] = LockedArticle(id, files.get(id) or (articles[id].file if id in articles else ""))
        made, known = {one.id: one for one in links_of(report)}, links.get(id, {})
        # A link that is locked keeps its words as they were published.
        links[id] = {one: known.get(one, link) for one, link in made.items()} | ({} if prune else dict(known))
    actors = {} if prune else dict(lock.actors)
    names = _names_in(corpus)
    actors |= {actor.id: _locked(actor, names) for actor in corpus.actors}
    return Lock(articles, links, actors, lock.file, lock.salt)


def salted(lock: Lock) -> Lock:
    """The lock with a salt: its own, or a new one where it has none."""
    return lock if lock.salt else replace(lock, salt=new_salt())


def new_addresses(lock: Lock, corpus: Corpus) -> int:
    """How many addresses of a corpus are not locked yet."""
    links = sum(one.id not in lock.links.get(report.article.id, {}) for report in corpus.reports for one in items_of(report))
    articles = sum(report.article.id not in lock.articles for report in corpus.reports)
    return links + articles + sum(actor.id not in lock.actors for actor in corpus.actors)


def links_of(report: Report) -> Iterator[LockedLink]:
    """The links to places on an article's page, as a lock has them."""
    article = report.article
    wording = Wording.of(article)
    for item in items_of(report):
        words = plain_parts(article.text, item.spans)
        # An id that is made of the words alone needs no sentence to be found again.
        alone = item.id == item.id[:1] + digest(" ".join(words))
        if words:
            yield LockedLink(article.id, item.id, words, "" if alone else wording.sentence(item.spans))


def name_key(name: str) -> str:
    """A key that different spellings of one name share: the same for "Al-Abadi" and "al Abadi"."""
    return " ".join(name_words(name))


def _names_in(corpus: Corpus) -> dict[tuple[str, str], frozenset[str]]:
    """The keys of the names of each actor, by the ids of the article and of the actor in it."""
    return {(report.article.id, actor.id): names_of(actor) for report in corpus.reports for actor in report.actors}


def names_of(actor: Actor) -> frozenset[str]:
    """The keys of all names of an actor of one article."""
    return frozenset(name_key(name) for name in (actor.name, *(alias.name for alias in actor.aliases)))


def _locked(actor: CorpusActor, names: Mapping[tuple[str, str], frozenset[str]]) -> LockedActor:
    key = name_key(actor.name)
    # Only articles that use this very name: in others the actor could not be found again by it.
    calling = [member.article for member in actor.members if key in names[member.article, member.actor]]
    return LockedActor(actor.id, actor.name, tuple(dict.fromkeys(calling))[:_EVIDENCE])


# --- old addresses ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class OldLink:
    """A published link to a place on an article's page, for which there is no quote, claim or relation any more."""

    link: LockedLink
    spans: tuple[Span, ...]
    """Where its words are; empty where they are not in the article exactly once."""
    now: tuple[str, ...]
    """Ids of the quotes and claims that these words are part of now, in text order."""
    several: bool
    """Whether the words are in the article more than once."""


def old_links(report: Report, ground: Ground, links: Iterable[LockedLink]) -> tuple[OldLink, ...]:
    """The links of an article that are no longer made, in the order of their ids. ``ground`` is the same article, ready to be searched."""
    items = list(items_of(report))
    made = {item.id for item in items}
    found = []
    for link in sorted((link for link in links if link.id not in made), key=lambda link: link.id):
        spans, several = _place(ground, link)
        now = tuple(dict.fromkeys(item.id for item in items if spans and _holds(item.spans, spans)))
        found.append(OldLink(link, spans, now, several))
    return tuple(found)


def _holds(outer: tuple[Span, ...], inner: tuple[Span, ...]) -> bool:
    """Whether the inner words lie between the first and the last of the outer ones. These may be in parts with a cue in between ("We will,"
    she said, "pay"), which the old link had in it."""
    return bool(outer) and Span(min(outer).start, max(one.end for one in outer)).contains(Span(inner[0].start, inner[-1].end))


def _place(ground: Ground, link: LockedLink) -> tuple[tuple[Span, ...], bool]:
    """Where the words of a link are, if exactly once; and whether they are there more often. A link with a sentence is looked for in that
    sentence only, which must be there exactly once, too."""
    within = Span(0, len(ground.article.text))
    sentence = normalise(link.sentence)
    # Few words without a sentence are never found: they may be anybody's.
    if sentence or not is_telling(" ".join(link.words)):
        guards, times = list(ground.guards(sentence)), ground.times(sentence)
        if len(guards) != 1 or times != 1:
            return (), times > 1
        within = guards[0]
    found = ([ground.plain.original(one.start, one.end) for one in find_places(ground.plain.text, normalise(part))] for part in link.words)
    places = [[one for one in part if within.contains(one)] for part in found]
    if not all(len(part) == 1 for part in places):
        return (), all(places)
    spans = tuple(part[0] for part in places)
    # Parts in another order are other words.
    in_order = all(before.end <= after.start for before, after in pairwise(spans))
    return (spans, False) if in_order else ((), False)


# --- actors ---------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class GoneActor:
    """An actor whose page was published and who has none any more."""

    actor: LockedActor
    now: tuple[str, ...]
    """Ids of the actors that have this name in the same articles now: one, if this actor was joined with another; several, if it was split;
    none, if nobody is called so any more."""


def gone_actors(lock: Lock, corpus: Corpus) -> tuple[GoneActor, ...]:
    """Published actors who have no page any more, in the order of their ids. Only those who were in an article of this corpus.

    An actor that an editor hid is not among them: the site does not tell that it was there.
    """
    pages = {actor.id for actor in corpus.actors}
    here = {report.article.id for report in corpus.reports}
    gone = [lock.actors[id] for id in sorted(lock.actors.keys() - pages) if not here.isdisjoint(lock.actors[id].articles)]
    if not gone:
        return ()
    called = _called(corpus)
    found = []
    for actor in gone:
        holders = {holder for article in actor.articles for holder in called.get((article, name_key(actor.name)), ())}
        # An actor that an editor hid may be this one, and nothing is told of it.
        if None not in holders:
            found.append(GoneActor(actor, tuple(one.id for one in corpus.actors if one.id in holders)))
    return tuple(found)


def _called(corpus: Corpus) -> Mapping[tuple[str, str], set[str | None]]:
    """By article and key of a name the pages of the actors that are called so there; None stands for an actor that an editor hid."""
    pages = {(member.article, member.actor): actor.id for actor in corpus.actors for member in actor.members}
    called: dict[tuple[str, str], set[str | None]] = {}
    for report in corpus.reports:
        for actor in report.actors:
            page = pages.get((report.article.id, actor.id))
            if page is not None or actor.hidden:
                for name in names_of(actor):
                    called.setdefault((report.article.id, name), set()).add(page)
    return called


@dataclass(frozen=True, slots=True)
class Published:
    """What a lock says about the ids of actors across articles."""

    ids: tuple[str, ...]
    """For each actor the id under which its page was published; empty where it was not, or where that is not certain."""
    reserved: frozenset[str]
    """Ids that no other actor may get: their pages were about somebody in an article of this corpus."""


def published_ids(lock: Lock, actors: Sequence[Sequence[tuple[str, Actor]]]) -> Published:
    """The ids that actors across articles keep. Each actor is given as its articles' ids, with the actor that it is in each.

    An actor is taken for a published one if it is the only one with that name in the articles where the published one was. If two published
    actors were joined into one, the joined one keeps the id of the one whose name it has.
    """
    calling: dict[tuple[str, str], set[int]] = {}
    for place, members in enumerate(actors if lock.actors else ()):
        for article, actor in members:
            for name in names_of(actor):
                calling.setdefault((article, name), set()).add(place)
    here = {article for article, _ in calling}
    wanted: dict[int, list[LockedActor]] = {}
    for one in lock.actors.values():
        holders = {place for article in one.articles for place in calling.get((article, name_key(one.name)), ())}
        if len(holders) == 1:
            wanted.setdefault(holders.pop(), []).append(one)

    def id_of(place: int, members: Sequence[tuple[str, Actor]]) -> str:
        if place not in wanted:
            return ""
        names = {name_key(actor.name) for _, actor in members}
        # Of several with the right name the shortest id: the others have an article's name in it ("ann-lee", "ann-lee-vote").
        return min(wanted[place], key=lambda one: (name_key(one.name) not in names, len(one.id), one.id)).id

    ids = tuple(id_of(place, members) for place, members in enumerate(actors))
    return Published(ids, frozenset(one.id for one in lock.actors.values() if not here.isdisjoint(one.articles)))


# --- both -----------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class OldAddresses:
    """All addresses that were published and are no longer made."""

    links: Mapping[str, tuple[OldLink, ...]]
    """By the id of an article its old links; an article without any is not in it."""
    actors: tuple[GoneActor, ...]


NOTHING_OLD = OldAddresses({}, ())
"""No old addresses, as without a lock."""


def old_addresses(lock: Lock, corpus: Corpus, memory: Memory = NO_MEMORY) -> OldAddresses:
    """The addresses of a lock that a corpus no longer makes. Nothing in the corpus may be withheld yet, since words are looked for in
    it."""
    links: dict[str, tuple[OldLink, ...]] = {}
    for report in corpus.reports:
        locked = lock.links.get(report.article.id, {})
        if not locked:
            continue
        old = memory.recall(
            "old links", report, tuple(sorted(locked.values(), key=lambda link: link.id)), partial(_old_links, report, locked)
        )
        if old:
            links[report.article.id] = old
    return OldAddresses(links, gone_actors(lock, corpus))


def _old_links(report: Report, locked: Mapping[str, LockedLink]) -> tuple[OldLink, ...]:
    gone = not locked.keys() <= {item.id for item in items_of(report)}
    return tuple(old_links(report, Ground(report.article), locked.values())) if gone else ()
