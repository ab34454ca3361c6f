"""The nouns of onrecord, as plain frozen values that can be written to JSON and read back.

Every offset in this module is a half-open range of Unicode code points of ``Article.text``. Terms follow
the field: source, cue and content from attribution corpora (PARC 3.0, Pareti 2016; PolNeAR, Newell et al. 2018),
mention and coreference from MUC and OntoNotes, relation classes from the PLOVER event ontology, polarity and
modality after FactBank (Saurí & Pustejovsky 2009).

This module imports the standard library and names of choices alone: what extracts a report and what renders it meet here and nowhere else.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, Literal

from onrecord.options import TextMode

SCHEMA_VERSION = "1.2"
"""Version of the report's JSON layout; the first number grows when a reader of the old layout would break."""

AGREED = " agreed"
"""What the rule of a quote ends with that the accurate reader found as well as the rules."""
AUTHOR = "author"
"""The id of the narrator: the article's own voice. No other actor may have it."""

IdKind = Literal["actor", "quote", "claim", "relation", "comparison", "source", "article", "page"]
"""The kinds of ids. ``page`` is the id of an actor across articles, because each such actor has one page."""

# To Python and in JSON an id is mere text. What it is the id of is said by these names, and read by structures/traversal.py, which renames
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


# --- review --------------------------------------------------------------------------------------------------------

Review = Literal["machine", "confirmed", "corrected", "added"]
"""Who stands behind an item: ``machine``: the program alone; ``confirmed``: an editor too; ``corrected``: an editor changed it;
``added``: only an editor found it."""


@dataclass(frozen=True, slots=True)
class Source:
    """What a verdict rests on."""

    url: str
    """http or https."""
    title: str = ""
    """What the page is called; empty where the person gave none."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a person found who checked a claim. The program never gives one."""

    text: str
    """In a word or two: "half true"."""
    by: str
    """Who checked the claim."""
    date: str
    """When they did, ISO 8601."""
    sources: tuple[Source, ...]
    """At least one."""
    summary: str = ""
    """What they found, in a sentence or more; may be empty."""


# --- parties -------------------------------------------------------------------------------------------------------

ActorType = Literal[
    "person",
    "organization",
    "state",
    "armed_force",
    "armed_group",
    "coalition",
    "media",
    "described_group",
    "place",
    "narrator",
]
MentionKind = Literal["named", "nominal", "modifier", "pronoun"]
"""By a name ("Ryan Dillon"); by a noun ("the colonel"); by a word before a noun ("Pentagon spokesman"); by a pronoun ("he")."""


@dataclass(frozen=True, slots=True, order=True)
class Mention(Span):
    """A place where the text refers to an actor."""

    kind: MentionKind
    """What kind of words refer to the actor."""
    why: str = ""
    """How the program joined it to its actor, for a reader: "surname of Ryan Dillon"."""


@dataclass(frozen=True, slots=True)
class Alias:
    """One way in which the text names an actor, and how often."""

    name: str
    """The words, as the text first has them."""
    count: int
    """How many mentions use them."""


@dataclass(frozen=True, slots=True)
class Role:
    """A title, rank or office as stated, with the words that state it: "Pentagon spokesman"."""

    text: str
    """The role: "spokesman"."""
    evidence: Span
    """The words of the text that state it."""
    affiliation: ActorId | None = None
    """The id of the actor that the role belongs to ("Pentagon"), where the text names one."""


@dataclass(frozen=True, slots=True)
class Actor:
    """A party: whatever the text treats as acting, speaking or being acted upon."""

    id: ActorId
    """Made of the name: ``ryan-dillon``."""
    name: str
    """The fullest name that the text gives."""
    type: ActorType
    """What kind of party it is."""
    mentions: tuple[Mention, ...]
    """Every place where the text refers to it, in text order."""
    aliases: tuple[Alias, ...] = ()
    """Named and nominal forms, most frequent first."""
    roles: tuple[Role, ...] = ()
    """In text order."""
    given: str = ""
    """The name of the entry of the user's ``actors.yml`` that says who this is; empty where none does."""
    status: Review = "machine"
    """Who stands behind it."""
    hidden: bool = False
    """Whether an editor decided that it has no page of its own."""


@dataclass(frozen=True, slots=True, order=True)
class UndecidedMention(Span):
    """A mention that fits more than one actor; the program does not choose."""

    kind: MentionKind
    """What kind of words they are."""
    candidates: tuple[ActorId, ...]
    """Ids of the actors that they fit, at least two."""
    why: str = ""
    """Why the program could not decide, for a reader."""


# --- quotes --------------------------------------------------------------------------------------------------------

QuoteKind = Literal["direct", "mixed", "indirect"]
Confidence = Literal["high", "medium", "low"]
"""How often the rule behind a finding is right, as measured; a rule of thumb of the program, no probability."""


@dataclass(frozen=True, slots=True, order=True)
class Cue(Span):
    """The words that signal an attribution: "told", "according to"."""

    lemma: str
    """Its dictionary form: "tell", "according to"."""


@dataclass(frozen=True, slots=True)
class Reference:
    """Who is meant, and the words that say so. Either may be unknown."""

    actor: ActorId | None = None
    """The actor's id; None where the words lead to no actor, or to several."""
    mention: Span | None = None
    """The words that name it; None where it is understood from elsewhere."""


@dataclass(frozen=True, slots=True)
class Speaker:
    """The source of a quote."""

    actor: ActorId | None = None
    """The actor's id; None when unknown or undecided."""
    mention: Span | None = None
    """The source as it stands beside the cue, titles and apposition included; None when nothing there names it."""
    candidates: tuple[ActorId, ...] = ()
    """Ids of the actors between whom the program could not decide; empty unless ``actor`` is None."""
    others: tuple[ActorId, ...] = ()
    """Ids of those who speak together with ``actor`` ("Lee and Reed said"), in text order."""


@dataclass(frozen=True, slots=True)
class Quote:
    """Words or a thought that the text ascribes to a source."""

    id: QuoteId
    kind: QuoteKind
    """``direct``: all of the content stands inside quotation marks; ``mixed``: part of it; ``indirect``: none."""
    content: tuple[Span, ...]
    """One span for each part, in text order; a cue may split a quote, and a quote may run over paragraphs."""
    speaker: Speaker
    """Whose words these are."""
    rule: str
    """The name of the rule that found it."""
    confidence: Confidence
    """How far the rule can be trusted."""
    cue: Cue | None = None
    """None for a quote that goes on in the next sentence without a cue of its own."""
    quoted_parts: tuple[Span, ...] = ()
    """The words inside quotation marks, without the marks. These are the only words that may ever be shown as a quotation."""
    addressee: Reference | None = None
    """To whom it was said ("told CNN"); None where the text does not say."""
    outlet: Reference | None = None
    """The outlet through which the article has it ("told CNN", "Reuters reported"); None where the text names none. An outlet without a
    mention is carried over from the same speaker's quote before."""
    setting: tuple[Span, ...] = ()
    """When and where it was said, as stated ("Tuesday", "during a news conference in Baghdad")."""
    negated: bool = False
    """The cue is negated or denies: "did not say", "denied that"."""
    conditional: bool = False
    """The text only supposes it ("if she thinks ..."): never shown as said."""
    boilerplate: bool = False
    """It stands in a share or comment prompt, and is left out of indexes."""
    score: float | None = None
    """How likely it is, by the trained model, that a reader would mark these words with this source: from 0 to 1, rounded to thousandths.
    None where a convention of layout found it, where the rules ran without the model, or where its words are withheld."""
    runner_up: Reference | None = None
    """The next best source, where two were close; otherwise None."""
    status: Review = "machine"
    """Who stands behind it."""
    stance: bool = False
    """The source is for or against the content, and no words are told ("welcomed the plan", "voted to keep it"): its kind is ``indirect``,
    and it is never shown as reported speech."""

    @property
    def counts_as_said(self) -> bool:
        """Whether somebody is heard in it: false for what is negated ("did not say"), only supposed ("if she thinks"), a mere stance
        ("welcomed it"), or a share prompt.

        Everything that counts or shows who was heard goes by this: sourcing, profiles, speaking time, networks, linked data, TEI.
        """
        return not (self.negated or self.conditional or self.stance or self.boilerplate)


# --- claims --------------------------------------------------------------------------------------------------------

ClaimKind = Literal["event", "evaluation", "commitment", "directive", "wish"]
"""What happened or is so; a judgement; what the speaker will do; what somebody shall do; what somebody hopes for."""
Polarity = Literal["+", "-"]
"""``+``: said to be so; ``-``: said not to be so ("did not close")."""
Modality = Literal["asserted", "probable", "future", "conditional", "deontic", "presupposed", "hoped"]
"""How it is put: plainly; "may have"; "will"; "if"; "must"; taken for granted ("admitted that"); "hopes that"."""
ReasonKind = Literal["number", "date", "named event", "comparison"]
"""What kind of words make a claim checkable."""


@dataclass(frozen=True, slots=True, order=True)
class Reason(Span):
    """Words that make a claim worth a fact-checker's time."""

    kind: ReasonKind
    """What the words are."""


@dataclass(frozen=True, slots=True)
class Claim:
    """A clause that is presented as true, evaluated or committed to."""

    id: ClaimId
    spans: tuple[Span, ...]
    """The clause, in text order; several spans where the words of another clause or a cue stand in between."""
    asserter: ActorId | None
    """The id of the actor who stands behind it: ``author`` for the article's own voice, None when the speaker is unknown."""
    kind: ClaimKind
    polarity: Polarity
    modality: Modality
    rule: str
    """The name of the rule that found it."""
    quote: QuoteId | None = None
    """The id of the quote that it stands in; None for what the article says in its own voice."""
    via: ActorId | None = None
    """The id of the outlet that passed it on; None where the text names none."""
    about: tuple[ActorId, ...] = ()
    """Ids of the actors in it, in text order."""
    parent: ClaimId | None = None
    """The id of the claim that it is part of; None where it stands by itself."""
    hedges: tuple[Span, ...] = ()
    """Words that weaken it: "about", "reportedly"."""
    evaluative: tuple[Span, ...] = ()
    """Words that judge: "disastrous"."""
    check_worthy: tuple[Reason, ...] = ()
    """Reasons why it may be worth checking: a ranking hint, never a verdict."""
    boilerplate: bool = False
    """It stands in a share or comment prompt, and is left out of indexes."""
    others: tuple[ActorId, ...] = ()
    """Ids of those who stand behind it together with ``asserter`` ("Lee and Reed said"), in text order."""
    status: Review = "machine"
    """Who stands behind it as a finding; whether it is true is another matter, see ``verdict``."""
    verdict: Verdict | None = None
    """None for a claim that nobody has checked."""


# --- relations -----------------------------------------------------------------------------------------------------

RelationClass = Literal[
    "AGREE",
    "CONSULT",
    "SUPPORT",
    "COOPERATE",
    "AID",
    "YIELD",
    "REQUEST",
    "ACCUSE",
    "REJECT",
    "THREATEN",
    "PROTEST",
    "MOBILIZE",
    "SANCTION",
    "COERCE",
    "ASSAULT",
    "affiliated",
]


@dataclass(frozen=True, slots=True)
class Relation:
    """source actor -> predicate -> target actor, because a sentence says so. Mere co-mention is none."""

    id: RelationId
    source: ActorId
    """The id of the actor who acts: of "Iran" in "Iran threatened Israel"."""
    target: ActorId
    """The id of the actor whom the act befalls."""
    predicate: str
    """The act in words: "threaten"."""
    class_: RelationClass
    """A PLOVER event class, or ``affiliated``. It is written ``class`` in JSON."""
    trigger: Span
    """The word of the text that states the act: "threatened"."""
    polarity: Polarity
    modality: Modality
    claims: tuple[ClaimId, ...]
    """Ids of the claims that it rests on, at least one: so each edge says who asserts it."""
    rule: str
    """The name of the rule that found it."""
    symmetric: bool = False
    """Whether it holds in both directions: "met with", "agreed"."""


# --- time ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, order=True)
class Moment(Span):
    """A date in the text, resolved, and what it is the date of: a quote's saying or what a claim tells of."""

    value: str
    """ISO 8601 at the precision of the words: ``2017-08-29``, ``2017-W35``, ``2017-08``, ``2017``."""
    inferred: bool
    """Whether it was reckoned from the day of publication ("Tuesday"); otherwise the words say it in full."""
    quote: QuoteId | None = None
    """The id of the quote that was said then; None where it is the date of something else."""
    claim: ClaimId | None = None
    """The id of the claim that tells what happened, or will happen, then; None where it is the date of something else."""


# --- comparisons ---------------------------------------------------------------------------------------------------

ComparisonKind = Literal["agrees", "conflicts", "differs"]
SharedPart = Literal["act", "acting", "undergoing", "beside"]


@dataclass(frozen=True, slots=True)
class Shared:
    """Words of two claims that mean the same: the same actor, or the same lemma."""

    part: SharedPart
    """What they are in the first claim: its act, who acts, whom or what the act befalls, or something beside these."""
    first: Span
    """The words in the first claim."""
    second: Span
    """The words in the second."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two claims about the same event and parties, by different voices. Which of them is true it does not say."""

    id: ComparisonId
    kind: ComparisonKind
    """``agrees``: both say it. ``conflicts``: they cannot both be so as they stand. ``differs``: one says it, the other negates it, of
    something else."""
    first: ClaimId
    """The id of the claim that comes first in the text."""
    second: ClaimId
    """The id of the other."""
    shared: tuple[Shared, ...]
    """What the two have in common."""
    why: str
    """What they agree on or differ in, for a reader."""
    apart: tuple[Span, ...] = ()
    """The words in which they differ, of the first claim and then of the second; empty where no single words make the difference."""


# --- corrections ---------------------------------------------------------------------------------------------------

CorrectionStatus = Literal["applied", "redundant", "conflict", "ambiguous", "context changed", "drifted", "orphan"]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of an entry of the editor's ``corrections.yml``."""

    id: str
    """The id of the entry."""
    action: str
    """What it asks for: ``speaker``, ``rename``, ``verdict``."""
    status: CorrectionStatus
    """``applied``; ``redundant``: the program says so itself; ``conflict``: another entry says the opposite, or the article does;
    ``ambiguous``: its words or its sentence stand more than once; ``context changed``: the words stand, but the sentence around them or
    the one that names who is meant does not; ``drifted``: the text stands, but the program says something else than when the editor
    decided; ``orphan``: the words are gone."""
    held: bool
    """Whether it changed nothing and waits for an editor."""
    message: str
    """The status in words, and why."""
    item: ItemId = ""
    """The id of the quote, claim or actor that it is about; empty where there is none."""
    spans: tuple[Span, ...] = ()
    """Its words in the text, where they were found."""
    was: str = ""
    """What the program said when the editor decided, as the entry has it."""
    machine: str = ""
    """What the program says by itself now; empty where it says nothing."""
    now: str = ""
    """What the report says; empty where that is nothing."""
    by: str = ""
    """Who decided, as the entry has it; empty where it does not say."""
    date: str = ""
    """When, ISO 8601; empty where the entry does not say."""
    note: str = ""
    """The editor's remark; may be empty."""


@dataclass(frozen=True, slots=True)
class Findings:
    """What the program found by itself, before any correction."""

    actors: tuple[Actor, ...] = ()
    undecided: tuple[UndecidedMention, ...] = ()
    quotes: tuple[Quote, ...] = ()
    claims: tuple[Claim, ...] = ()
    relations: tuple[Relation, ...] = ()
    moments: tuple[Moment, ...] = ()
    comparisons: tuple[Comparison, ...] = ()


# --- the report ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Provenance:
    """What made the report."""

    onrecord: str
    """The version of this program."""
    spacy: str
    """The version of spaCy."""
    model: str
    """The name of the spaCy pipeline: ``en_core_web_sm``."""
    model_version: str
    """The version of that pipeline."""
    attribution: str = "trained"
    """How attributions were judged: ``trained`` by the classifier that we ship, by ``rules`` alone, or the name of the file of another
    classifier."""


@dataclass(frozen=True, slots=True)
class Report:
    """All that the program has to say of one article."""

    schema_version: str
    """:data:`SCHEMA_VERSION` when the report was made."""
    provenance: Provenance
    article: Article
    actors: tuple[Actor, ...] = ()
    """In order of first appearance, the narrator among them."""
    undecided: tuple[UndecidedMention, ...] = ()
    """In text order."""
    quotes: tuple[Quote, ...] = ()
    claims: tuple[Claim, ...] = ()
    relations: tuple[Relation, ...] = ()
    notices: tuple[Notice, ...] = ()
    """What a reader should know about how the article was read and analysed."""
    moments: tuple[Moment, ...] = ()
    """In text order."""
    comparisons: tuple[Comparison, ...] = ()
    corrections: tuple[Outcome, ...] = ()
    """What became of the editor's entries on this article, in the order of their ids."""
    machine: Findings | None = None
    """What the program found by itself. None where no correction changed any of it. What they deleted is here and no longer above."""
    language: str = "en"
    """The language of the text, as BCP 47 writes it. Nothing is extracted from a text that is not in English."""


# --- many articles -------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Member:
    """An actor of one article."""

    article: ArticleId
    actor: ActorId
    why: str = ""
    """Why it is the same actor as in the other articles, for a reader; empty where there is no other article."""
    like: ArticleId = ""
    """The id of another article for which ``why`` holds, too; empty where there is none to name."""


@dataclass(frozen=True, slots=True)
class CorpusActor:
    """One actor across articles: it has one page."""

    id: PageId
    """Made from its name, and where others may share that, from the article too. So adding an article about others does not change it."""
    name: str
    """The name that its page is headed with."""
    type: ActorType
    members: tuple[Member, ...]
    """The actors of single articles that are this one, in the order of the articles."""
    links: tuple[str, ...] = ()
    """Addresses of pages elsewhere that are about this actor, as the user gave them."""
    given: bool = False
    """Whether the user's ``actors.yml`` says who this is."""


@dataclass(frozen=True, slots=True)
class Namesakes:
    """Actors that may be one, and that the program does not join."""

    actors: tuple[PageId, ...]
    """Ids of the actors, at least two."""
    why: str
    """What speaks for joining them, and what is missing or speaks against it."""


@dataclass(frozen=True, slots=True)
class Copy:
    """An article much of whose text stands in another, too."""

    article: ArticleId
    other: ArticleId
    """The id of the article that has its text, too."""
    share: int
    """How many of the article's sentences the other has, in per cent."""
    same: bool
    """Whether the two have all their sentences in common."""


@dataclass(frozen=True, slots=True)
class Repeat:
    """A quote whose words a copy of its article quotes before it."""

    article: ArticleId
    quote: QuoteId
    other: ArticleId
    """The id of the first article of the corpus that has it."""
    other_quote: QuoteId
    """The id of the quote there."""


@dataclass(frozen=True, slots=True)
class Corpus:
    """Reports in the order of their articles, and the actors across them."""

    reports: tuple[Report, ...]
    actors: tuple[CorpusActor, ...]
    """In order of first appearance."""
    namesakes: tuple[Namesakes, ...] = ()
    corrections: tuple[Outcome, ...] = ()
    """What became of the editor's entries about several articles, and of those on articles that are not here, in the order of their ids."""
    copies: tuple[Copy, ...] = ()
    """In the order of the articles. Pages and tables list both articles in full: nothing is left out for being a copy."""
    repeats: tuple[Repeat, ...] = ()
    """In the order of the articles. Lists still have these quotes; shares and totals over articles count only the first of each."""
    untold_repeats: tuple[Repeat, ...] = ()
    """Further repeats, of words that are withheld. Totals leave them out as well; nothing else may use them, because naming a repeat would
    tell what the withheld words are."""
