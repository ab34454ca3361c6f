"""The nouns of an article: the ids of all that is found in it, places in its text, its blocks, and what it says of itself."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, Literal

from onrecord.options import TextMode

IdKind = Literal["actor", "quote", "claim", "relation", "comparison", "source", "article", "page"]
"""The kinds of ids. ``page`` is the id of an actor across articles, because each such actor has one page."""

# To Python and in JSON an id is mere text. What it is the id of is said by these names, and read by model/traversal.py, which renames
# and checks ids in whatever fields there are: an id in a field annotated as ``str`` would be forgotten, and a test fails.
ActorId = Annotated[str, "actor"]
QuoteId = Annotated[str, "quote"]
ClaimId = Annotated[str, "claim"]
RelationId = Annotated[str, "relation"]
ComparisonId = Annotated[str, "comparison"]
ItemId = Annotated[str, "quote", "claim", "actor"]
"""The id of a quote, a claim or an actor: whatever a correction may be about."""
SourceId = Annotated[str, "source"]
"""The id of the source's actor; for a source that leads to no actor, a tilde and the id of its first quote: ``~q-3f2a``."""
ArticleId = Annotated[str, "article"]
PageId = Annotated[str, "page"]
"""The id of an actor across articles. It is the same on every page of a site, while an :data:`ActorId` holds within one article only."""


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open range of code points of ``Article.text``."""

    start: int
    """The offset of the first character, from 0."""
    end: int
    """The offset behind the last character; equal to ``start`` for an empty span."""

    def __len__(self) -> int:
        return self.end - self.start

    def overlaps(self, other: Span) -> bool:
        """Whether the two share at least one character."""
        return self.start < other.end and other.start < self.end

    def contains(self, other: Span) -> bool:
        """Whether every character of the other lies in this one."""
        return self.start <= other.start and other.end <= self.end

    def shift(self, by: int) -> Span:
        """The span that lies ``by`` characters further on; of a subclass only the span is left, without its other fields."""
        return Span(self.start + by, self.end + by)

    def of(self, text: str) -> str:
        """The characters of this span.

        >>> Span(4, 7).of("who said what")
        'sai'
        """
        return text[self.start : self.end]


# --- the article ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Notice:
    """Something a reader should know about how this article was read."""

    code: str
    """A short name, the same for the same cause: ``unclosed-quote``."""
    message: str
    """What is the matter, for a reader."""
    span: Span | None = None
    """The words that it is about; None for a notice about the article as a whole."""


MarkKind = Literal["emphasis", "strong", "strike", "code", "link", "image", "break"]


@dataclass(frozen=True, slots=True, order=True)
class Mark(Span):
    """Inline markup over a range of a block's text. An image or a break covers no text: its span is empty."""

    kind: MarkKind
    href: str = ""
    """Where a link leads or an image comes from: http, https, mailto or a relative address, never another scheme."""
    label: str = ""
    """The title of a link, the alternative text of an image."""


BlockKind = Literal["heading", "paragraph", "code", "cell", "rule", "list", "ordered_list", "item", "block_quote", "table", "row"]
"""``cell`` is a cell of a table; ``rule`` is a horizontal line between paragraphs."""
Boilerplate = Literal["strict", "soft"]
"""Text that belongs to the web page and not to the article; see :attr:`Block.boilerplate`."""


@dataclass(frozen=True, slots=True)
class Block:
    """A block of the article: either a leaf that holds text, or a container of other blocks.

    Leaves are ``heading``, ``paragraph``, ``code``, ``cell`` and ``rule`` (which is empty); they never overlap, and stand in text order.
    """

    kind: BlockKind
    start: int
    """The offset of its first character in ``Article.text``."""
    end: int
    """The offset behind its last character."""
    line: int
    """The line of the source file where the block begins, from 1. It is always 1 where text is withheld, because line numbers would tell
    how long the missing text is."""
    level: int = 0
    """Of a heading its level, 1 to 6. Of an ordered list its first number, which is 1 where any of the list is withheld. 1 for the cells
    of a table's head. Otherwise 0."""
    boilerplate: Boilerplate | None = None
    """``strict``: an advertisement or navigation line, left out of all analysis. ``soft``: a share or comment prompt, analysed
    but left out of indexes."""
    marks: tuple[Mark, ...] = ()
    """Emphasis, links and the like; of leaves only."""
    children: tuple[Block, ...] = ()
    """The blocks in a container, in text order; empty for a leaf."""
    furniture: str = ""
    """Of boilerplate what it is, in a few words: ``caption``, ``related stories``. ``embedded post`` is no boilerplate: the words of a post
    of a social network, and the line with its author. Empty of everything else."""

    @property
    def span(self) -> Span:
        """From its first character to its last."""
        return Span(self.start, self.end)

    def leaves(self) -> Iterator[Block]:
        """The leaf blocks in this one, in text order (the block itself if it is a leaf)."""
        if not self.children:
            yield self
        for child in self.children:
            yield from child.leaves()


@dataclass(frozen=True, slots=True)
class Meta:
    """What the article says of itself; an empty string is "not given". Nothing here is ever guessed."""

    title: str = ""
    """The headline."""
    byline: str = ""
    """Who wrote it, as printed: a person, several, or an agency."""
    outlet: str = ""
    """The newspaper, broadcaster or site that published it."""
    date: str = ""
    """Date of publication, ISO 8601 (``2017-08-31``, or with a time)."""
    url: str = ""
    """Where the article was published: http or https."""
    text: TextMode = "full"
    """How much of the text the article allows to be shown. A site may show less, and never shows more."""
    lang: str = ""
    """The language, as BCP 47 writes it: ``en``, ``pt-BR``."""


WITHHELD = "▒"
"""Stands in the text for each word that is withheld; for two parts of one word, where an annotation begins or ends inside it."""

Identified = Literal["named", "role only", "anonymous", "collective", "document", "undecided", "unstated"]
"""How a reader can tell who a source is: by a name; by a role alone ("a spokesman"); not, because the source is kept back ("a source");
as a group ("officials"); it is a document; it may be one of several; the text does not say."""


@dataclass(frozen=True, slots=True)
class KnownSource:
    """How the text identifies a source, found while it could be read."""

    id: SourceId
    """The actor's id; without an actor, a tilde and the id of the source's first quote."""
    identified: Identified
    """How the whole text identifies it."""
    quotes: tuple[QuoteId, ...] = ()
    """Ids of its quotes; given only for a source that leads to no actor, since the quotes of an actor name it."""


@dataclass(frozen=True, slots=True)
class Withheld:
    """What became of an article's text for the rights of others."""

    mode: Literal["excerpts", "none"]
    """``excerpts``: sentences with findings are shown. ``none``: no sentence is."""
    shown: tuple[Span, ...]
    """The sentences that are still in the text, in text order; neighbouring sentences are one span. Everywhere else each word is one
    :data:`WITHHELD`, words are parted by one blank, and blocks by a blank line. So the number and the order of words hold, and every offset
    of the report counts in this masked text."""
    sentences: int
    """How many sentences the whole article has, advertisements not counted."""
    shown_sentences: int
    """How many of them are shown."""
    sources: tuple[KnownSource, ...] = ()
    """How the sources are identified. It is kept here because nobody could find it out from what is left of the text."""
    edition: str = ""
    """A short name of this version of the text, for addresses on pages. With a lock file it is made of the whole text and a secret salt, so
    that it gives no word away; without one it is made of what is left."""

    def shows(self, span: Span) -> bool:
        """Whether all of a span is shown."""
        near = bisect_right(self.shown, span.start, key=lambda one: one.start) - 1  # the last that begins at or before the span
        return near >= 0 and self.shown[near].contains(span)


ArticleFormat = Literal["md", "txt", "html", "docx", "pdf", "eml"]


@dataclass(frozen=True, slots=True)
class Article:
    """A parsed article. ``text`` never changes after parsing: every span of the report counts in it."""

    id: ArticleId
    """The file's stem, made unique within a corpus."""
    text: str
    """All blocks' text, without markup, parted by blank lines."""
    blocks: tuple[Block, ...]
    """Top-level blocks in text order."""
    meta: Meta = Meta()
    """Title, date and so on, as the article gives them."""
    format: ArticleFormat = "txt"
    """What kind of file it was read from."""
    file: str = ""
    """The file's name, without its folder."""
    sha256: str = ""
    """The SHA-256 of ``text`` in UTF-8, in hexadecimal, so that a reader can tell whether offsets belong to the text at hand. Empty where
    some of it is withheld: anybody could try words until the digest fits."""
    withheld: Withheld | None = None
    """What was masked in the text; None where the whole text is here."""
    notices: tuple[Notice, ...] = ()
    """What a reader should know of how the file was read. The notices of its report begin with these."""

    def leaves(self) -> Iterator[Block]:
        """Every leaf block, in text order."""
        for block in self.blocks:
            yield from block.leaves()

    def paragraphs(self) -> Iterator[Block]:
        """The leaf blocks whose text is analysed: prose that is not an advertisement or navigation line."""
        for leaf in self.leaves():
            if leaf.kind in ("heading", "paragraph", "cell") and leaf.boilerplate != "strict" and leaf.end > leaf.start:
                yield leaf
