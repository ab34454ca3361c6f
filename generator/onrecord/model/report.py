"""The nouns of a report: actors, quotes, claims, relations, what editors made of them, and the actors across many articles."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from onrecord.model.article import ActorId, Article, ArticleId, ClaimId, ComparisonId, ItemId, Notice, PageId, QuoteId, RelationId, Span

SCHEMA_VERSION = "1.2"
"""Version of the report's JSON layout; the first number grows when a reader of the old layout would break."""

AGREED = " agreed"
"""What the rule of a quote ends with that the accurate reader found as well as the rules."""
AUTHOR = "author"
"""The id of the narrator: the article's own voice. No other actor may have it."""


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
