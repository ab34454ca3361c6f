"""The annotated article: its text, with notes beside the blocks that they are about."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import accumulate, groupby
from typing import TypeVar

from onrecord.corpus.lock import OldLink
from onrecord.corrections.suggestions import offer_for_claim, offer_for_quote, offer_for_undecided
from onrecord.labels.terms import collapse, headline, how_much_is_shown, plural
from onrecord.model import Article, Block, CorpusActor, Notice, Report, Span, UndecidedMention
from onrecord.render.engine.links import Link, mention_anchor, role_anchor, undecided_anchor
from onrecord.render.views.annotated_text import LEAVES, AnnotatedCopy, Annotation, DeadLink, OldNote, annotate, find_old_links
from onrecord.render.views.facts import ClaimFact, Facts, QuoteFact
from onrecord.render.views.linked_data import article_nodes
from onrecord.render.views.parties import Parties, PartyView
from onrecord.render.views.site import NOTHING_OFFERED, Body, Offer, Offering, PagePlan, Site
from onrecord.render.views.speaking_time import SpeakingAxis, draw_axis
from onrecord.text.anchors import Ground

Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class UndecidedNote:
    """Words that may mean one of several actors."""

    id: str
    number: int
    text: str
    candidates: tuple[PartyView, ...]
    why: str
    link: Link
    offer: Offer | None
    """A way to say who is meant; None where there is none."""


@dataclass(frozen=True, slots=True)
class Heard:
    """A speaker of the article, in the strip under the headline."""

    number: int
    """From 1, in the order in which they first speak; the number of its switch, up to :data:`MOST_SWITCHES`."""
    party: PartyView
    quotes: int
    """How many quotes count as said; of a speaker who has no other, those found with low confidence."""
    unsure: bool
    """Whether the program is unsure of all of them."""


MOST_SWITCHES = 24
"""How many speakers of an article have a switch. The style sheet has a rule for each; more are heard in transcripts alone."""


@dataclass(frozen=True, slots=True)
class Notes:
    """The notes on one top-level block. They are drawn beside it and beside the blocks after it that have no notes of their own; where
    they need more room than their block has, the notes on the next one float on below them."""

    row: int
    """The block's place in the article, from 1."""
    rows: int
    """How many blocks the notes stand beside."""
    quiet_rows: int
    """How many while claims are hidden. There are more, because a block with claims alone has no notes then."""
    quotes: tuple[QuoteFact, ...]
    undecided: tuple[UndecidedNote, ...]
    claims: tuple[ClaimFact, ...]
    notices: tuple[Notice, ...]
    old: tuple[OldNote, ...]

    @property
    def only_claims(self) -> bool:
        """Whether there is nothing here but claims, which are hidden until a reader asks for them."""
        return not (self.quotes or self.undecided or self.notices or self.old)


@dataclass(frozen=True, slots=True)
class CopyNote:
    """Another article with much of this one's text."""

    says: str
    """How much they share: "The same text as"."""
    name: str
    """The other's headline, and its outlet."""
    link: Link


@dataclass(frozen=True, slots=True)
class ArticleView:
    """What ``pages/article.html`` prints."""

    facts: Facts
    copy: AnnotatedCopy
    notes: tuple[Notes, ...]
    copies: tuple[CopyNote, ...]
    """Articles that have much of this text, too."""
    heard: tuple[Heard, ...]
    """Its speakers, in the order in which they first speak, as many as have a switch."""
    more_heard: int
    """How many more there are."""
    voices: Mapping[str, str]
    """By the id of a quote the classes of those who say it."""
    entries: Mapping[str, str]
    """By the id of a quote or claim its entry for ``corrections.yml``; empty where its words cannot be told from the same words elsewhere.
    Nothing where nothing is offered."""
    offering: Offering
    dead: tuple[DeadLink, ...]
    """Published links that lead to nothing any more."""
    axis: SpeakingAxis | None
    """Where in the article each actor speaks; None where fewer than two do."""

    @property
    def article(self) -> Article:
        return self.facts.report.article

    @property
    def headline(self) -> str:
        return self.facts.headline

    @property
    def given_headline(self) -> bool:
        """Whether the article gives its title; else the headline is its first words."""
        return bool(self.article.meta.title)

    @property
    def title_in_text(self) -> bool:
        """Whether the text itself begins with the title, so that the page need not repeat it."""
        return has_title_in_text(self.article)

    @property
    def tracks(self) -> str:
        """The rows of the grid of blocks and notes, in CSS."""
        return _tracks(len(self.article.blocks), [(group.row, group.rows) for group in self.notes])

    @property
    def quiet_tracks(self) -> str:
        """The same while claims are not shown."""
        return _tracks(len(self.article.blocks), [(group.row, group.quiet_rows) for group in self.notes if not group.only_claims])

    @property
    def left_out(self) -> int:
        """How many blocks are advertisement or navigation lines."""
        return sum(leaf.boilerplate == "strict" for leaf in self.article.leaves() if leaf.kind in LEAVES)

    @property
    def notices(self) -> tuple[Notice, ...]:
        """Notices about the article as a whole; others stand beside their words."""
        return tuple(notice for notice in self.facts.report.notices if notice.span is None)

    @property
    def counts(self) -> str:
        """How many quotes and claims it has, in words."""
        return f"{plural(len(self.facts.quotes), 'quote')}, {plural(len(self.facts.claims), 'claim')}"

    @property
    def language(self) -> str:
        """The language of the text where it is not English, from which nothing is extracted; otherwise empty."""
        language = self.facts.report.language
        return "" if language.lower().startswith("en") else language

    @property
    def found(self) -> bool:
        """Whether there is anything to show beside the text itself."""
        report = self.facts.report
        return any((report.quotes, report.claims, report.relations, report.actors, report.undecided))

    @property
    def unsure(self) -> int:
        """How many quotes were found with low confidence. They are hidden until a reader asks for them."""
        return sum(quote.unsure for quote in self.facts.quotes)

    @property
    def unsure_notes(self) -> str:
        """The numbers of the notes on them: "note 1", "notes 1, 4–6". While those are hidden, it says why numbers are missing."""
        numbers = [quote.number for quote in self.facts.quotes if quote.unsure]
        return f"{'note' if len(numbers) == 1 else 'notes'} {', '.join(_ranges(numbers))}"

    @property
    def reviewed(self) -> bool:
        """Whether a person has looked at any quote or claim."""
        reviews = (*(quote.review for quote in self.facts.quotes), *(claim.review for claim in self.facts.claims))
        return any(one.reviewed for one in reviews)

    @property
    def shown(self) -> str:
        """How much of the text is shown, and why no more; empty where all of it is."""
        return how_much_is_shown(self.article)

    def offer_of(self, quote: QuoteFact) -> Offer | None:
        """A way to correct a quote."""
        return self.offering.of(f"{self.headline}, note {quote.number}", self.entries.get(quote.id, ""))

    def offer_for(self, claims: Sequence[ClaimFact]) -> Offer | None:
        """A way to correct some claims, with their entries one after the other."""
        entries = "\n".join(filter(None, (self.entries.get(claim.id, "") for claim in claims)))
        return self.offering.of(f"{self.headline}, {claims[0].id}", entries)


def _ranges(numbers: Iterable[int]) -> Iterator[str]:
    """Rising numbers, three or more in a row as a range."""
    for _, group in groupby(enumerate(numbers), key=lambda pair: pair[1] - pair[0]):
        row = [str(number) for _, number in group]
        yield from (f"{row[0]}–{row[-1]}",) if len(row) > 2 else row


def draft_articles(site: Site) -> Iterator[PagePlan]:
    """The annotated copy of every article."""
    actors = {actor.id: actor for actor in site.corpus.actors}
    copies = _copy_notes(site)
    for facts in site.facts:
        article = facts.report.article
        body = partial(_article, facts, site, copies.get(article.id, ()), actors)
        yield PagePlan(facts.page.page, "pages/article.html", facts.headline, body, meta=article.meta)


def _article(facts: Facts, site: Site, copies: Iterable[CopyNote], actors: Mapping[str, CorpusActor]) -> Body:
    view = article_view(facts, site.parties, site.old.links.get(facts.report.article.id, ()), copies, site.offering)
    return Body(view, f"{view.headline}, annotated: {view.counts}.", article_nodes(facts, actors))


def _copy_notes(site: Site) -> dict[str, list[CopyNote]]:
    """By the id of an article, the others that have much of its text."""
    facts = {one.report.article.id: one for one in site.facts}
    notes: dict[str, list[CopyNote]] = {}
    for copy in site.corpus.copies:
        other = facts.get(copy.other)
        if other is None:
            continue  # it is on another site of the archive
        article = other.report.article
        says = "The same text as" if copy.same else f"Shares {copy.share} % of its sentences with"
        name = f"{headline(article)} ({article.meta.outlet or article.id})"
        notes.setdefault(copy.article, []).append(CopyNote(says, name, other.page))
    return notes


def article_view(
    facts: Facts,
    parties: Parties,
    published: Iterable[OldLink] = (),
    copies: Iterable[CopyNote] = (),
    offering: Offering = NOTHING_OFFERED,
) -> ArticleView:
    """One annotated article. ``published`` are links to it that were published and are no longer made; ``copies`` other articles that have
    much of its text; ``offering`` is what its notes offer to those who see a mistake."""
    report = facts.report
    ground = Ground(report.article)
    undecided = tuple(
        undecided_note(report, ground, parties, facts.page, number, one, offering=offering)
        for number, one in enumerate(report.undecided, len(report.quotes) + 1)
    )
    old = find_old_links(facts, published)
    heard, voices = hear(facts.quotes)
    marks = [*_annotations(facts, parties, undecided, voices), *old.annotations()]
    return ArticleView(
        facts=facts,
        copy=annotate(report.article, marks, title_first=has_title_in_text(report.article)),
        notes=_notes(facts, undecided, old.notes),
        copies=tuple(copies),
        heard=heard[:MOST_SWITCHES],
        more_heard=len(heard[MOST_SWITCHES:]),
        voices=voices,
        entries=_entries(report, ground) if offering.any else {},
        offering=offering,
        dead=old.dead,
        axis=draw_axis(facts, parties),
    )


def has_title_in_text(article: Article) -> bool:
    """Whether the text begins with a heading that is the article's title."""
    first = next((leaf for leaf in article.leaves() if leaf.kind in LEAVES), None)
    return first is not None and first.kind == "heading" and collapse(first.span.of(article.text)) == collapse(article.meta.title)


def hear(quotes: Sequence[QuoteFact]) -> tuple[tuple[Heard, ...], dict[str, str]]:
    """The speakers of an article in the order in which they first speak, and by the id of each quote the classes of its speakers ("orx-s1
    orx-s4").

    Speakers whom no actor stands for are told apart by the words that the article has for them.
    """
    said: dict[str, list[QuoteFact]] = {}
    parties: dict[str, PartyView] = {}
    for quote in quotes:
        for party in (quote.speaker, *quote.others):
            key = party.key or f"{party.state} {party.stated.casefold()}"
            parties.setdefault(key, party)
            said.setdefault(key, []).append(quote)
    numbers = {key: number for number, key in enumerate(said, 1)}
    voices: dict[str, list[str]] = {}
    for key, group in said.items():
        for quote in group if numbers[key] <= MOST_SWITCHES else ():
            voices.setdefault(quote.id, []).append(f"orx-s{numbers[key]}")
    heard = (_heard(numbers[key], parties[key], group) for key, group in said.items())
    return tuple(one for one in heard if one.quotes), {id: " ".join(classes) for id, classes in voices.items()}


def _heard(number: int, party: PartyView, quotes: Sequence[QuoteFact]) -> Heard:
    counted = [quote for quote in quotes if quote.counted]
    sure = sum(not quote.unsure for quote in counted)
    return Heard(number, party, sure or len(counted), not sure)


def _entries(report: Report, ground: Ground) -> dict[str, str]:
    """By the id of each quote and claim its entry for ``corrections.yml``. Entries are made with the page and not with the facts: no
    other page prints them and those of a whole archive would fill the memory."""
    entries = {quote.id: offer_for_quote(report, ground, quote) for quote in report.quotes}
    quotes = {quote.id: quote for quote in report.quotes}
    return entries | {claim.id: offer_for_claim(report, ground, claim, quotes.get(claim.quote or "")) for claim in report.claims}


def _annotations(facts: Facts, parties: Parties, undecided: tuple[UndecidedNote, ...], voices: Mapping[str, str]) -> list[Annotation]:
    """Everything that is marked in the text. Where several begin together, the first of this list is the outermost element."""
    report = facts.report
    classes = {q.id: _quote_classes(q, voices.get(q.id, "")) for q in facts.quotes}
    quotes = [Annotation(q.id, q.quote.content, classes[q.id], around=True, note=str(q.number)) for q in facts.quotes]
    cues = [Annotation(f"{q.id}-cue", (q.quote.cue,), "orx-cue", anchor=False) for q in facts.quotes if q.quote.cue]
    claims = [Annotation(c.id, c.claim.spans, "orx-claim") for c in facts.claims]
    triggers = [Annotation(r.relation.id, (r.relation.trigger,), "orx-trigger") for r in facts.relations]
    evidence = {role.evidence.start: role.evidence for actor in report.actors for role in actor.roles}
    roles = [Annotation(role_anchor(report.article, start), (span,), "orx-role") for start, span in sorted(evidence.items())]
    doubts = [
        Annotation(note.id, (span,), "orx-undecided", note=str(note.number)) for note, span in zip(undecided, report.undecided, strict=True)
    ]
    return [*quotes, *cues, *claims, *triggers, *doubts, *roles, *_mentions(report, parties)]


def _quote_classes(quote: QuoteFact, voices: str) -> str:
    doubt = ["orx-unknown"] if quote.speaker.state in ("unknown", "undecided") else []
    marks = [*doubt, *(["orx-notsaid"] if quote.standing else []), *(["orx-unsure"] if quote.unsure else [])]
    return " ".join(["orx-quote", f"orx-{quote.kind}", *filter(None, [voices]), *marks])


def _mentions(report: Report, parties: Parties) -> Iterator[Annotation]:
    seen: set[int] = set()
    found = sorted((mention, actor.id) for actor in report.actors for mention in actor.mentions)
    for mention, actor in found:
        party = parties.party(report, actor)
        # "Iran" and "Iran's president" begin at the same character, and an id can be given only once on a page.
        name = mention_anchor(report.article, mention.start)
        first = mention.start not in seen
        seen.add(mention.start)
        classes = f"orx-mention orx-{mention.kind}"
        yield Annotation(
            name if first else f"{name}-{mention.end}", (Span(mention.start, mention.end),), classes, anchor=first, link=party.link
        )


def undecided_note(
    report: Report, ground: Ground, parties: Parties, page: Link, number: int, mention: UndecidedMention, offering: Offering
) -> UndecidedNote:
    """The note on a mention that may be of several actors, with its offer."""
    name = undecided_anchor(report.article, mention.start)
    text = collapse(mention.of(report.article.text))
    entry = offer_for_undecided(report, ground, mention) if offering.any else ""
    offer = offering.of(f"{headline(report.article)}, note {number}", entry)
    return UndecidedNote(
        id=name,
        number=number,
        text=text,
        candidates=parties.several(report, mention.candidates),
        why=mention.why,
        link=Link(page.page, name),
        offer=offer,
    )


def _notes(facts: Facts, undecided: tuple[UndecidedNote, ...], old: tuple[OldNote, ...]) -> tuple[Notes, ...]:
    """The notes by the block that their words begin in."""
    report = facts.report
    blocks = report.article.blocks
    # An empty block may stand before where the block before it ends; a running maximum keeps the starts sorted for the search.
    starts = list(accumulate((block.start for block in blocks), max))
    quotes = _by_row(starts, ((q.quote.content[0], q) for q in facts.quotes if q.quote.content))
    doubts = _by_row(starts, zip(report.undecided, undecided, strict=True))
    claims = _by_row(starts, ((c.claim.spans[0], c) for c in facts.claims if c.claim.spans))
    notices = _by_row(starts, ((n.span, n) for n in report.notices if n.span))
    before = _by_row(starts, ((note.spans[0], note) for note in old))
    groups = [
        Notes(
            row=row,
            rows=1,
            quiet_rows=1,
            quotes=tuple(quotes[row]),
            undecided=tuple(doubts[row]),
            claims=tuple(claims[row]),
            notices=tuple(notices[row]),
            old=tuple(before[row]),
        )
        for row in sorted({*quotes, *doubts, *claims, *notices, *before})
    ]
    return _spread(list(_floated(groups, blocks)), len(blocks))


_LINE = 70
"""Characters of a line of the text, where notes stand beside it."""


def _floated(groups: Iterable[Notes], blocks: Sequence[Block]) -> Iterator[Notes]:
    """The groups, with those joined of which the first needs more room than there is until the second: each note is a line, and so is each
    line of the text. Else the text would be torn apart for the notes on a short paragraph."""
    # How many lines of text there are before each block, and between two blocks a little more than half a line.
    before = list(accumulate((1.6 + (block.end - block.start) // _LINE for block in blocks), initial=0.0))
    held: list[Notes] = []
    lines = 0
    for group in groups:
        if held and lines <= before[group.row - 1] - before[held[0].row - 1]:
            yield _joined(held)
            held, lines = [], 0
        held.append(group)
        lines += len(group.quotes) + len(group.undecided) + bool(group.claims) + 3 * (len(group.notices) + len(group.old))
    if held:
        yield _joined(held)


def _joined(groups: Sequence[Notes]) -> Notes:
    return replace(
        groups[0],
        quotes=tuple(note for group in groups for note in group.quotes),
        undecided=tuple(note for group in groups for note in group.undecided),
        claims=tuple(note for group in groups for note in group.claims),
        notices=tuple(note for group in groups for note in group.notices),
        old=tuple(note for group in groups for note in group.old),
    )


def _spread(groups: list[Notes], blocks: int) -> tuple[Notes, ...]:
    """The groups from the last to the first: each reaches down to the block of the next one."""
    after = quietly_after = blocks + 1
    for place in reversed(range(len(groups))):
        group = groups[place]
        groups[place] = replace(group, rows=max(1, after - group.row), quiet_rows=max(1, quietly_after - group.row))
        after = group.row
        quietly_after = quietly_after if group.only_claims else group.row
    return tuple(groups)


def _tracks(blocks: int, groups: Sequence[tuple[int, int]]) -> str:
    """``grid-template-rows`` for an article of so many blocks; ``groups`` are the first row of each group of notes and how many it spans.

    Notes that are taller than the blocks beside them would stretch all the rows that they span, and tear the text apart. So the last row of
    each span is flexible (``0fr``): a grid item that spans a flexible row stretches no others (CSS Grid Layout 2, 12.5, step 4), and with a
    share of nothing that row is no taller than it must be.

    >>> _tracks(5, [(2, 3)]), _tracks(2, [(1, 1)])
    ('repeat(3,auto) 0fr repeat(1,auto)', 'repeat(2,auto)')
    """
    parts, done = [], 0
    for last in (row + rows - 1 for row, rows in groups if rows > 1):
        parts += [f"repeat({last - done - 1},auto)", "0fr"]
        done = last
    return " ".join([*parts, *([f"repeat({blocks - done},auto)"] if done < blocks else [])])


def _by_row(starts: Sequence[int], items: Iterable[tuple[Span, Item]]) -> defaultdict[int, list[Item]]:
    """Items by the block that they begin in, counted from 1; those before the first block belong to it."""
    rows: defaultdict[int, list[Item]] = defaultdict(list)
    for span, item in items:
        rows[max(1, bisect_right(starts, span.start))].append(item)
    return rows
