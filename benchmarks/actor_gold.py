"""What actors are measured against: the entities of GUM's news documents, and full names that settle who a surname is.

A document of GUM is ``text/NAME.txt`` beside ``gold/NAME.json``: its people, organizations and places that have a name, with the named and
pronoun mentions of each, and its attributions. GUM: Zeldes, "The GUM Corpus" (Language Resources and Evaluation 51, 2017).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import msgspec

from onrecord.extract.actors.mention import is_title
from onrecord.extract.actors.word_lists import gender_of_name
from onrecord.extract.language import Analysis
from onrecord.extract.tokens import Doc
from onrecord.model import Span

PronounGroup = Literal["he and she", "they", "I, we, it and others"]
_THIRD = frozenset({"he", "she", "him", "her", "his", "hers", "himself", "herself"})
_PLURAL = frozenset({"they", "them", "their", "theirs", "themselves"})


class GoldMention(msgspec.Struct, frozen=True):
    """A mention as people marked it, with its head word."""

    start: int
    end: int
    head: tuple[int, int]
    kind: Literal["named", "pronoun"]


class GoldActor(msgspec.Struct, frozen=True):
    """All named and pronoun mentions of one entity."""

    mentions: tuple[GoldMention, ...]


class GoldSource(msgspec.Struct, frozen=True):
    """The source of an attribution: the head word, and all its words."""

    head: tuple[int, int]
    source: tuple[tuple[int, int], ...]


class _Document(msgspec.Struct, frozen=True):
    actors: tuple[GoldActor, ...]
    attributions: tuple[GoldSource, ...]


@dataclass(frozen=True, slots=True)
class GoldDocument:
    """A document with its actors and sources."""

    path: Path
    """Of its text."""
    actors: tuple[GoldActor, ...]
    sources: tuple[GoldSource, ...]


def read_documents(folder: Path) -> Iterator[GoldDocument]:
    """The documents of a folder by name. Raises :class:`msgspec.DecodeError` for a file of another shape."""
    for path in sorted((folder / "gold").glob("*.json")):
        document = msgspec.json.decode(path.read_bytes(), type=_Document)
        yield GoldDocument(folder / "text" / f"{path.stem}.txt", document.actors, document.attributions)


def pronoun_group(word: str) -> PronounGroup:
    """The row of the table that a pronoun belongs to.

    >>> pronoun_group("Her"), pronoun_group("they"), pronoun_group("it")
    ('he and she', 'they', 'I, we, it and others')
    """
    lower = word.lower()
    return "he and she" if lower in _THIRD else "they" if lower in _PLURAL else "I, we, it and others"


def lone_surnames(analysis: Analysis) -> tuple[Span, ...]:
    """Where a surname stands alone whose bearer is named in full elsewhere in the article, in text order.

    A full name is two words or more that the recogniser calls a person's, with a usual given name for the first. The surname stands
    alone where it is a proper noun and no capital but a title's stands beside it. It says nothing of who is meant, but that it is
    a person. Surnames are left out that also end another kind of name in the article.
    """
    doc = analysis.doc
    full = [name for name in doc.ents if name.label_ == "PERSON" and len(name) > 1 and gender_of_name(name[0].text)]
    surnames = {name[-1].text for name in full if name[-1].is_alpha and name[-1].text[0].isupper() and not name[-1].text.isupper()}
    kinds: dict[str, set[str]] = defaultdict(set)
    for name in doc.ents:
        if len(name) > 1:
            kinds[name[-1].text].add(name.label_)
    sure = {surname for surname in surnames if kinds[surname] == {"PERSON"}}
    return tuple(
        Span(token.idx, token.idx + len(token))
        for token in doc
        if token.text in sure and token.pos_ == "PROPN" and not any(_capital(doc, i) for i in (token.i - 1, token.i + 1))
    )


def _capital(doc: Doc, i: int) -> bool:
    """Whether a word with a capital that is no title, or a hyphen, stands at a place."""
    if not 0 <= i < len(doc):
        return False
    opens = doc[i].is_sent_start and doc[i].pos_ not in ("PROPN", "NOUN", "ADJ")
    return doc[i].text == "-" or (doc[i].text[0].isupper() and not is_title(doc[i]) and not opens)
