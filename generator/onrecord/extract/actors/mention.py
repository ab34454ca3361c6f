"""A mention as it is found, before anyone knows whose it is."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from onrecord.extract.tokens import Doc
from onrecord.model import ActorType, MentionKind, Span

_QUOTES = str.maketrans("’‘ʼ", "'''")


@dataclass(frozen=True, slots=True)
class FoundMention:
    """Words that refer to someone or something. ``head`` counts in tokens of the article's Doc; spans count in characters."""

    span: Span
    """The words that a reader would point at: article, rank and group word included, possessive mark and office left out."""
    core: Span
    """The name alone, or for other kinds the same as ``span``."""
    head: int
    """The token that stands for it in the parse: "Lee" in "Mayor Ann Lee"."""
    kind: MentionKind
    name: str
    """The name, without its article; for a description its words in lower case; for a pronoun the word in lower case."""
    type: ActorType | None = None
    """What the words by themselves say about the type; none when they say nothing."""
    modifiers: frozenset[str] = frozenset()
    """For a description: the lower-case words that tell it from others of its head ("kurdish" in "Kurdish leaders")."""
    definite: bool = False
    """For a description: it has "the", "this", "that" or a possessor, and so may point back."""

    gender: str = ""
    """``m`` or ``f`` where a form of address before the name says so ("Mrs."). Evidence for joining only."""

    @property
    def key(self) -> str:
        """What two mentions of the same name share, whatever their case, marks and spacing."""
        return name_key(self.name)


@lru_cache(maxsize=10_000)
def name_key(name: str) -> str:
    """A name in the form in which names are compared.

    >>> name_key("The  Council on American - Islamic Relations")
    'council on american-islamic relations'
    >>> name_key("Brook & Sons")
    'brook and sons'
    >>> name_key("Željko Marković")
    'zeljko markovic'
    """
    folded = re.sub(r"\s*-\s*", "-", " ".join(name.translate(_QUOTES).casefold().split())).replace(" & ", " and ")
    return (folded if folded.isascii() else _without_marks(folded)).removeprefix("the ")


def _without_marks(text: str) -> str:
    """Latin letters without the marks above and below them, which texts write and leave out: "Zeljko" of "Željko"."""
    return "".join(letter for letter in unicodedata.normalize("NFD", text) if not unicodedata.combining(letter))


def words_span(doc: Doc, start: int, end: int) -> Span:
    """The characters of the tokens from ``start`` to before ``end``."""
    last = doc.words[end - 1]
    return Span(doc.words[start].idx, last.idx + len(last.text))
