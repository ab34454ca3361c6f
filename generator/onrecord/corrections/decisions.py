"""What an editor decides beside a note of a served page, as entries for ``corrections.yml``; and the text of that file with these.

A page sends back the entry that its note offers, so that a decision names its words and their sentence as every entry does: where the
article was edited meanwhile, these no longer stand, and nothing is written.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Annotated, Literal

from msgspec import Meta, Struct

from onrecord.corrections.actors import PartyType
from onrecord.corrections.correction import Correction, Located, actor_at, actors_at, describe_actor, describe_quote, locate, quotes_at
from onrecord.corrections.quotes_and_claims import why_marks_contradict
from onrecord.corrections.reading import DEFAULT_CORRECTIONS, Corrections, parse_corrections
from onrecord.corrections.suggestions import Fields, anchor_for, entry_id, entry_text, mentions_by_fullness, naming_mention
from onrecord.errors import CorrectionsError
from onrecord.model import Actor, Corpus, Member, Quote, QuoteKind, Report, Span
from onrecord.text.anchors import Ground, Missing
from onrecord.text.typography import normalise
from onrecord.text.yaml_document import YamlText, read_document

Choice = Literal["right", "wrong", "speaker", "words", "same", "no-party"]
"""What can be chosen: it is as the program says; there is no such quote or claim, or two actors are not one; another speaks; other words
are said; the actor is another one; the actor is nobody."""
_UNKNOWN = "unknown"
_KINDS: tuple[QuoteKind, ...] = ("direct", "mixed", "indirect")
_DELETES = {"confirm-quote": "delete-quote", "confirm-claim": "delete-claim", "same": "apart"}
"""What says that an entry which is offered is wrong."""


class Piece(Struct, frozen=True, forbid_unknown_fields=True):
    """Words that an editor selected in an article."""

    start: int
    end: int
    words: Annotated[str, Meta(max_length=5_000)]
    """What the page shows there: an offset alone could mean other words by now."""


class Decision(Struct, frozen=True, forbid_unknown_fields=True):
    """What a page sends when an editor has chosen."""

    choice: Choice
    offer: Annotated[str, Meta(max_length=50_000)]
    """The entry that the note offers."""
    actor: Annotated[str, Meta(max_length=200)] = ""
    """For ``speaker`` and ``same``, who is chosen: the id of an actor of the article, or ``unknown``."""
    name: Annotated[str, Meta(max_length=200)] = ""
    """The same in the words of the article, or, for ``same``, as an actor of the site is called."""
    type: PartyType = "person"
    """What somebody is whom the program does not know."""
    pieces: Annotated[tuple[Piece, ...], Meta(max_length=20)] = ()
    """For ``words``, those that are said."""


@dataclass(frozen=True, slots=True)
class _Beside:
    """A decision, with what the note that it was made beside is about."""

    decision: Decision
    offered: Correction
    located: Located
    report: Report
    corpus: Corpus

    @property
    def anchor(self) -> Fields:
        """The keys of an entry on the same words."""
        kept = {"words": self.offered.words, "before": self.offered.before, "after": self.offered.after, "sentence": self.offered.sentence}
        return {key: list(value) if isinstance(value, tuple) else value for key, value in kept.items() if value}

    @property
    def quote(self) -> Quote | None:
        found = quotes_at(self.report, self.located.spans) if self.offered.action == "confirm-quote" else []
        return found[0] if len(found) == 1 else None

    @property
    def actor(self) -> Actor | None:
        """Whom the note is about: an actor, or the speaker of a quote."""
        if self.quote is not None:
            return next((one for one in self.report.actors if one.id == self.quote.speaker.actor), None)
        return actor_at(self.report, self.located.own_span)

    def fields(self, action: str, anchor: Fields, was: str, **more: object) -> Fields:
        """An entry of its own beside the one that is offered."""
        id = entry_id(f"{self.offered.id[:60]}-{action}")
        return {"action": action, "id": id, "article": self.offered.article, **anchor, **({"was": was} if was else {}), **more}


def entries_for(decision: Decision, corpus: Corpus) -> tuple[Fields, ...]:
    """The entries that say what an editor decided, as their keys; ``corpus`` is what the page shows.

    Raises :class:`CorrectionsError` where the page is older than the article, or where what was chosen cannot be told from other words.
    """
    beside = _beside(decision, corpus)
    if decision.choice == "right":
        return (_as_offered(decision.offer, beside.offered, beside.offered.action),)
    if decision.choice == "wrong":
        if beside.offered.action not in _DELETES:
            raise _refusal("there is nothing here that could be deleted; choose another answer")
        return (_as_offered(decision.offer, beside.offered, _DELETES[beside.offered.action]),)
    if decision.choice == "speaker":
        return tuple(_speaker(beside))
    if decision.choice == "words":
        return tuple(_words(beside))
    return (_same(beside) if decision.choice == "same" else _no_party(beside),)


def _refusal(why: str) -> CorrectionsError:
    return CorrectionsError(f"{DEFAULT_CORRECTIONS}: nothing was written: {why}")


def _beside(decision: Decision, corpus: Corpus) -> _Beside:
    # A page may send anything; what is no entry is told as in a file.
    (offered, *more) = parse_corrections(f"corrections:\n{decision.offer}\n").entries or (None,)
    reports = {report.article.id: report for report in corpus.reports}
    if offered is None or more or offered.article not in reports:
        raise _refusal("the page sent no entry of an article that is shown here; load it again")
    located = locate(offered, {id: Ground(reports[id].article) for id in _articles(offered) if id in reports})
    if isinstance(located, Missing):
        raise _refusal(f"the page is older than the article ({located.why}); load it again")
    report = reports[offered.article]
    _, says = offered.describe(report, located)
    if offered.confirms and normalise(offered.was) != normalise(says):
        raise _refusal(f"the page is older than what is found now ({says or 'nothing'}); load it again")
    return _Beside(decision, offered, located, report, corpus)


def _articles(entry: Correction) -> set[str]:
    return {entry.article, *(one.article for one in entry.others if one.article)}


def _as_offered(offer: str, offered: Correction, action: str) -> Fields:
    """The entry that the note offers, with another action where it is wrong."""
    as_written = read_document(YamlText(f"corrections:\n{offer}\n", DEFAULT_CORRECTIONS, CorrectionsError)).places["corrections[0]"].value
    id = offered.id if action == offered.action else entry_id(f"{offered.id[:60]}-{action}")
    return {**as_written, "action": action, "id": id}


def _speaker(beside: _Beside) -> Iterator[Fields]:
    """The speaker of a quote; with the actor whom the program does not know, where it is one."""
    quote, decision = beside.quote, beside.decision
    if quote is None:
        raise _refusal("this is no quote, which alone has a speaker")
    was = describe_quote(beside.report, quote)
    if decision.actor == _UNKNOWN:
        yield beside.fields("speaker", beside.anchor, was, speaker=_UNKNOWN)
        return
    place, is_new = _named(beside)
    if is_new:
        yield beside.fields("add-actor", place, "", type=decision.type)
    yield beside.fields("speaker", beside.anchor, was, speaker=place)


def _named(beside: _Beside) -> tuple[Fields, bool]:
    """The words that name who was chosen, and whether the program does not know that these name somebody."""
    decision, report = beside.decision, beside.report
    actor = _chosen(decision, report)
    if actor is not None:
        return place_of(report, beside.located.ground, actor), False
    wanted = decision.name.strip()
    if not wanted:
        raise _refusal("nobody was chosen; choose a speaker, or type a name that stands in the article")
    inside = ""
    for span in _occurrences(wanted, report.article.text):
        known = actors_at(report, span)
        touched = [one for one in report.actors if any(mention.overlaps(span) for mention in one.mentions)]
        anchor = anchor_for(beside.located.ground, [span]) if known or not touched else None
        if anchor is not None and len(known) <= 1:
            return anchor, not known
        inside = inside or (touched[0].name if touched else "")
    why = (
        f"stands only in the name of {inside}; choose that one"
        if inside
        else "does not stand there so that it can be told from other words"
    )
    raise _refusal(f"{wanted!r} {why}. A speaker is named by words of the article")


def _chosen(decision: Decision, report: Report) -> Actor | None:
    """The actor of the article with the id that was chosen, or the only one with the name that was typed."""
    if decision.actor:
        return next((one for one in report.actors if one.id == decision.actor), None)
    wanted = normalise(decision.name).casefold()
    called = [one for one in report.actors if wanted in {normalise(name).casefold() for name in _names(one)}] if wanted else []
    return called[0] if len(called) == 1 else None


def _names(actor: Actor) -> Iterator[str]:
    yield actor.name
    yield from (alias.name for alias in actor.aliases)


def _occurrences(words: str, text: str) -> Iterator[Span]:
    """Where words stand, as whole words."""
    for found in re.finditer(rf"(?<!\w){re.escape(words)}(?!\w)", text):
        yield Span(found.start(), found.end())


def place_of(report: Report, ground: Ground, actor: Actor) -> Fields:
    """The words and sentence that name an actor: its fullest name that can be told from other words. Raises :class:`CorrectionsError`."""
    for mention in mentions_by_fullness(report, actor):
        anchor = anchor_for(ground, [mention])
        if anchor is not None:
            return anchor
    raise _refusal(f"no name of {actor.name} stands in a sentence that is there once; write the entry by hand")


def _words(beside: _Beside) -> Iterator[Fields]:
    """Other words for a quote: it is deleted, and another is added in its place, of the kind that the article's quotation marks say."""
    quote, report = beside.quote, beside.report
    if quote is None:
        raise _refusal("this is no quote, which alone has words")
    content = [_content(report, piece) for piece in beside.decision.pieces]
    anchor = anchor_for(beside.located.ground, content) if content else None
    if anchor is None:
        raise _refusal("the words that were selected cannot be told from the same words elsewhere, or there are none; select others")
    if content == [_without_marks(report, span.start, span.end) for span in quote.content]:
        raise _refusal("these are the words that it has already; select others")
    kind = next(one for one in _KINDS if not why_marks_contradict(report.article, content, one))
    actor = beside.actor
    speaker = place_of(report, beside.located.ground, actor) if actor else _UNKNOWN
    yield beside.fields("delete-quote", beside.anchor, describe_quote(report, quote))
    yield beside.fields("add-quote", anchor, "", kind=kind, speaker=speaker)


def _content(report: Report, piece: Piece) -> Span:
    """The place of selected words, without white space and quotation marks around them."""
    text = report.article.text
    if text[piece.start : piece.end] != piece.words:
        raise _refusal("the selected words do not stand there by now; load the page again")
    return _without_marks(report, piece.start, piece.end)


def _without_marks(report: Report, start: int, end: int) -> Span:
    text = report.article.text
    while start < end and _is_around(text[start]):
        start += 1
    while end > start and _is_around(text[end - 1]):
        end -= 1
    return Span(start, end)


def _is_around(character: str) -> bool:
    return character.isspace() or character == '"' or unicodedata.category(character) in ("Pi", "Pf")  # quotation marks, by Unicode


def _same(beside: _Beside) -> Fields:
    """That an actor is another one: in the article by ``merge``, whose name holds is the chosen one's, else by ``same``."""
    report, ground, decision = beside.report, beside.located.ground, beside.decision
    if beside.offered.action == "same":  # words about which the program is undecided
        chosen = _chosen(decision, report)
        if chosen is None:
            raise _refusal("nobody was chosen; choose whom the words mention")
        return beside.fields("same", beside.anchor, beside.offered.was, **{"with": place_of(report, ground, chosen)})
    actor, chosen = _who(beside), _chosen(decision, report)
    place, was = place_of(report, ground, actor), describe_actor(actor)
    if chosen is not None and chosen.id != actor.id:
        return beside.fields("merge", place, was, into=place_of(report, ground, chosen))
    elsewhere = _elsewhere(beside, actor)
    return beside.fields("same", place, was, **{"with": elsewhere})


def _elsewhere(beside: _Beside, actor: Actor) -> Fields:
    """The words that name the actor of another article who is called as the editor typed, in capitals or not."""
    typed, others = beside.decision.name, tuple(_in_others(beside.corpus, beside.report.article.id))
    called = [member for name, member in others if _folded(name) == _folded(typed)]
    if len(called) > 1:
        raise _refusal(
            f"{len(called)} actors of this site are called {typed!r}; write the entry by hand, with words of the one that is meant"
        )
    if not called:
        near = get_close_matches(_folded(typed), dict.fromkeys(_folded(name) for name, _ in others), n=1)
        instead = next((f"; the nearest name is {name!r}" for name, _ in others if [_folded(name)] == near), "")
        raise _refusal(f"no other actor of this site is called {typed!r}{instead}; choose one, or type a name as its page has it")
    report = next(report for report in beside.corpus.reports if report.article.id == called[0].article)
    other = next(found for found in report.actors if found.id == called[0].actor)
    return {"article": report.article.id, **place_of(report, Ground(report.article), other)}


def _folded(name: str) -> str:
    return normalise(name).strip().casefold()


def _in_others(corpus: Corpus, article: str) -> Iterator[tuple[str, Member]]:
    """The name of each actor that another article has, with the actor in the first such article."""
    for actor in corpus.actors:
        elsewhere = next((member for member in actor.members if member.article != article), None)
        if elsewhere is not None:
            yield actor.name, elsewhere


def names_elsewhere(corpus: Corpus, article: str) -> list[str]:
    """What the actors of other articles are called, each name once, by the alphabet: whom an actor of this one can be the same as."""
    return sorted({name for name, _ in _in_others(corpus, article)}, key=str.casefold)


def _no_party(beside: _Beside) -> Fields:
    actor = _who(beside)
    return beside.fields("visibility", place_of(beside.report, beside.located.ground, actor), describe_actor(actor), page="hidden")


def _who(beside: _Beside) -> Actor:
    actor = beside.actor
    if actor is None or naming_mention(beside.report, actor) is None:
        raise _refusal("no actor with a name stands here")
    return actor


# --- the file -------------------------------------------------------------------------------------------------------------


def with_entries(corrections: Corrections, entries: Sequence[Fields], *, date: str) -> str:
    """The text of a file with further entries at the end of its list; all else stays as it is, comments and order included.

    An id that is taken gets a number. Raises :class:`CorrectionsError` where the file has a form to which nothing can be added so, or where
    the entries do not stand beside those that are there.
    """
    own = list(_with_ids(entries, {one.id for one in corrections.entries}, date))
    text = _added(corrections, own)
    try:
        found = parse_corrections(text, file=corrections.file).entries
    except CorrectionsError as error:
        raise CorrectionsError(f"{corrections.file}: nothing was written: {error}") from error
    if found[: len(corrections.entries)] != corrections.entries or len(found) != len(corrections.entries) + len(own):
        raise CorrectionsError(f"{corrections.file}: nothing was written: the list cannot be added to as it stands; write it as - items")
    return text


def _with_ids(entries: Iterable[Fields], taken: set[str], date: str) -> Iterator[Fields]:
    for entry in entries:
        id = str(entry["id"])
        free = id if id not in taken else next(f"{id[:70]}-{n}" for n in range(2, len(taken) + 3) if f"{id[:70]}-{n}" not in taken)
        taken.add(free)
        yield {**entry, "id": free, **({"date": date} if date else {})}


def _added(corrections: Corrections, entries: Sequence[Fields]) -> str:
    text, place = corrections.text, corrections.places.get("corrections")
    # A list in brackets gets its entries as JSON, which is YAML, too; an empty one gives way to a list of items, as people write it.
    flow = place is not None and text[place.start : place.start + 1] == "["
    if flow and place is not None and corrections.entries:
        inside = text[place.start + 1 : place.end - 1].rstrip()
        between = "" if inside.endswith(",") else ","
        return text[: place.end - 1] + between + ", ".join(map(_flow, entries)) + text[place.end - 1 :]
    if flow and place is not None:
        text = text[: place.start].rstrip(" ") + text[place.end :]
    newline = "\r\n" if "\r\n" in text else "\n"
    head = "" if corrections.places.get("") and _KEY.search(text) else f"corrections:{newline}"
    block = "\n".join(entry_text(entry, _indent(corrections)) for entry in entries).replace("\n", newline)
    return f"{text}{newline if text and not text.endswith(newline) else ''}{head}{block}{newline}"


_KEY = re.compile(r"^corrections\s*:", re.M)


def _flow(entry: Fields) -> str:
    return json.dumps(entry, ensure_ascii=False)


def _indent(corrections: Corrections) -> int:
    """The column of the hyphens in the list; two where it is empty."""
    first = corrections.places.get("corrections[0]")
    if first is None or not corrections.entries:
        return 2
    dash = corrections.text.rfind("-", 0, first.start)
    return dash - (corrections.text.rfind("\n", 0, dash) + 1)


def without_entries(text: str, added: str, *, file: str) -> str:
    """The text of a file without a block that was added to it, where that still stands there once, unchanged. Raises
    :class:`CorrectionsError`."""
    if not added.strip() or text.count(added) != 1:
        raise CorrectionsError(f"{file}: nothing was undone: the entry was changed since the page wrote it; take it out by hand")
    left = text.replace(added, "")
    parse_corrections(left, file=file)
    return left


def parties_of(report: Report, ground: Ground) -> Iterator[Mapping[str, str]]:
    """The actors of an article who can be chosen, in the order of the text: those with a name that can be told from other words."""
    for actor in report.actors:
        if any(anchor_for(ground, [mention]) for mention in mentions_by_fullness(report, actor)):
            yield {"id": actor.id, "name": actor.name, "type": actor.type.replace("_", " ")}
