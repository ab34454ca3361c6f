"""The annotated article: the text with its notes beside it."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import accumulate
from typing import TypeVar

from onrecord.corrections.suggestions import offer_for_claim, offer_for_quote, offer_for_undecided
from onrecord.labels.terms import collapse, headline, how_much_is_shown, plural
from onrecord.model import Article, CorpusActor, Notice, Report, Span, UndecidedMention
from onrecord.permalinks.old_links import OldLink
from onrecord.render.engine.links import Link, mention_anchor, role_anchor, undecided_anchor
from onrecord.render.pictures.speaking_time import SpeakingAxis, draw_axis
from onrecord.render.views.annotated_text import LEAVES, AnnotatedCopy, Annotation, DeadLink, OldNote, annotate, find_old_links
from onrecord.render.views.facts import ClaimFact, Facts, QuoteFact
from onrecord.render.views.linked_data import article_nodes
from onrecord.render.views.parties import Parties, PartyView
from onrecord.render.views.site import Body, PagePlan, Site
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
    offer: str
    """An entry for ``corrections.yml`` that decides; empty where the words cannot be told from others."""


@dataclass(frozen=True, slots=True)
class Notes:
    """The notes beside one top-level block, and beside those after it that have none."""

    row: int
    """The block's place in the article, from 1."""
    rows: int
    """How many blocks the notes may stand beside."""
    quiet_rows: int
    """The same while claims are not shown, and blocks with nothing else have room for notes before them."""
    quotes: tuple[QuoteFact, ...]
    undecided: tuple[UndecidedNote, ...]
    claims: tuple[ClaimFact, ...]
    notices: tuple[Notice, ...]
    old: tuple[OldNote, ...]

    @property
    def only_claims(self) -> bool:
        """Whether there is nothing here but claims, which a reader has to ask for."""
        return not (self.quotes or self.undecided or self.notices or self.old)


@dataclass(frozen=True, slots=True)
class CopyNote:
    """Another article with much of this one's text."""

    says: str
    """How much: "The same text as"."""
    name: str
    """The other's headline, and its outlet."""
    link: Link


@dataclass(frozen=True, slots=True)
class ArticleView:
    """What ``pages/article.html`` prints."""

    article: Article
    headline: str
    given_headline: bool
    title_in_text: bool
    """Whether the text itself begins with the title, so that the page need not repeat it."""
    copy: AnnotatedCopy
    tracks: str
    """The rows of the grid of blocks and notes, in CSS."""
    quiet_tracks: str
    """The same while claims are not shown."""
    notes: tuple[Notes, ...]
    left_out: int
    """How many blocks are advertisement or navigation lines."""
    notices: tuple[Notice, ...]
    """Notices about the article as a whole."""
    counts: str
    copies: tuple[CopyNote, ...]
    """Articles that have much of this text, too."""
    language: str
    """Of the text, where it is not English; otherwise empty."""
    found: bool
    """Whether there is anything to show beside the text itself."""
    offers: Mapping[str, str]
    """By the id of a quote or claim an entry for ``corrections.yml``; empty where its words cannot be told from others."""
    shown: str
    """How much of the text is shown, and why no more; empty where all of it is."""
    dead: tuple[DeadLink, ...]
    """Published links that lead to nothing any more."""
    axis: SpeakingAxis | None
    """Where each actor is heard; none where fewer than two are."""

    def offer_for(self, claims: Sequence[ClaimFact]) -> str:
        """The entries for some claims, one after the other."""
        return "\n".join(filter(None, (self.offers[claim.id] for claim in claims)))


def draft_articles(site: Site) -> Iterator[PagePlan]:
    """The annotated copy of every article."""
    actors = {actor.id: actor for actor in site.corpus.actors}
    copies = _copy_notes(site)
    for facts in site.facts:
        article = facts.report.article
        body = partial(_article, facts, site, copies.get(article.id, ()), actors)
        yield PagePlan(facts.page.page, "pages/article.html", facts.headline, body, meta=article.meta)


def _article(facts: Facts, site: Site, copies: Iterable[CopyNote], actors: Mapping[str, CorpusActor]) -> Body:
    view = article_view(facts, site.parties, site.old.links.get(facts.report.article.id, ()), copies)
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


def article_view(facts: Facts, parties: Parties, published: Iterable[OldLink] = (), copies: Iterable[CopyNote] = ()) -> ArticleView:
    """One annotated article, with the links to it that were published and are no longer made, and the other articles that have its text."""
    report = facts.report
    article = report.article
    leaves = [leaf for leaf in article.leaves() if leaf.kind in LEAVES]
    title_in_text = (
        bool(leaves) and leaves[0].kind == "heading" and collapse(leaves[0].span.of(article.text)) == collapse(article.meta.title)
    )
    ground = Ground(article)
    undecided = tuple(
        undecided_note(report, ground, parties, facts.page, number, one)
        for number, one in enumerate(report.undecided, len(report.quotes) + 1)
    )
    old = find_old_links(facts, published)
    notes = _notes(facts, undecided, old.notes)
    return ArticleView(
        article=article,
        headline=headline(article),
        given_headline=bool(article.meta.title),
        title_in_text=title_in_text,
        copy=annotate(article, [*_annotations(facts, parties, undecided), *old.annotations()], title_first=title_in_text),
        tracks=_tracks(len(article.blocks), [(group.row, group.rows) for group in notes]),
        quiet_tracks=_tracks(len(article.blocks), [(group.row, group.quiet_rows) for group in notes if not group.only_claims]),
        notes=notes,
        left_out=sum(leaf.boilerplate == "strict" for leaf in leaves),
        notices=tuple(notice for notice in report.notices if notice.span is None),
        counts=f"{plural(len(report.quotes), 'quote')}, {plural(len(report.claims), 'claim')}",
        copies=tuple(copies),
        language="" if report.language.lower().startswith("en") else report.language,
        found=any((report.quotes, report.claims, report.relations, report.actors, report.undecided)),
        offers=_offers(report, ground),
        shown=how_much_is_shown(article),
        dead=old.dead,
        axis=draw_axis(facts, parties),
    )


def _offers(report: Report, ground: Ground) -> dict[str, str]:
    """Made for one page at a time: of a whole archive they would fill the memory, and no other page prints them."""
    offers = {quote.id: offer_for_quote(report, ground, quote) for quote in report.quotes}
    quotes = {quote.id: quote for quote in report.quotes}
    return offers | {claim.id: offer_for_claim(report, ground, claim, quotes.get(claim.quote or "")) for claim in report.claims}


def _annotations(facts: Facts, parties: Parties, undecided: tuple[UndecidedNote, ...]) -> list[Annotation]:
    report = facts.report
    quotes = [Annotation(q.id, q.quote.content, _quote_classes(q), around=True, note=str(q.number)) for q in facts.quotes]
    cues = [Annotation(f"{q.id}-cue", (q.quote.cue,), "orx-cue", anchor=False) for q in facts.quotes if q.quote.cue]
    claims = [Annotation(c.id, c.claim.spans, "orx-claim") for c in facts.claims]
    triggers = [Annotation(r.relation.id, (r.relation.trigger,), "orx-trigger") for r in facts.relations]
    evidence = {role.evidence.start: role.evidence for actor in report.actors for role in actor.roles}
    roles = [Annotation(role_anchor(report.article, start), (span,), "orx-role") for start, span in sorted(evidence.items())]
    doubts = [
        Annotation(note.id, (span,), "orx-undecided", note=str(note.number)) for note, span in zip(undecided, report.undecided, strict=True)
    ]
    return [*quotes, *cues, *claims, *triggers, *doubts, *roles, *_mentions(report, parties)]


def _quote_classes(quote: QuoteFact) -> str:
    doubt = " orx-unknown" if quote.speaker.state in ("unknown", "undecided") else ""
    return f"orx-quote orx-{quote.kind}{doubt}{'' if not quote.standing else ' orx-notsaid'}"


def _mentions(report: Report, parties: Parties) -> Iterator[Annotation]:
    seen: set[int] = set()
    found = sorted((mention, actor.id) for actor in report.actors for mention in actor.mentions)
    for mention, actor in found:
        party = parties.party(report, actor)
        # Nested mentions may begin at the same character, and an address can be given only once.
        name = mention_anchor(report.article, mention.start)
        first = mention.start not in seen
        seen.add(mention.start)
        classes = f"orx-mention orx-{mention.kind}"
        yield Annotation(
            name if first else f"{name}-{mention.end}", (Span(mention.start, mention.end),), classes, anchor=first, link=party.link
        )


def undecided_note(report: Report, ground: Ground, parties: Parties, page: Link, number: int, mention: UndecidedMention) -> UndecidedNote:
    """The note on a mention that may be of several actors, with its offer."""
    name = undecided_anchor(report.article, mention.start)
    text = collapse(mention.of(report.article.text))
    offer = offer_for_undecided(report, ground, mention)
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
    report = facts.report
    blocks = report.article.blocks
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
    after = quietly_after = len(blocks) + 1
    for place in reversed(range(len(groups))):
        group = groups[place]
        groups[place] = replace(group, rows=max(1, after - group.row), quiet_rows=max(1, quietly_after - group.row))
        after = group.row
        quietly_after = quietly_after if group.only_claims else group.row
    return tuple(groups)


def _tracks(blocks: int, groups: Sequence[tuple[int, int]]) -> str:
    """The rows of the grid, for the rows of each group of notes: the first, and how many. Notes that are higher than the blocks beside them
    make rows higher: of several, only the last.

    That one is flexible, for what spans flexible rows makes no others higher (CSS Grid Layout 2, 12.5, step 4); with a share of nothing it
    is no higher than it must be.

    >>> _tracks(5, [(2, 3)]), _tracks(2, [(1, 1)])
    ('repeat(3,auto) 0fr repeat(1,auto)', 'repeat(2,auto)')
    """
    parts, done = [], 0
    for last in (row + rows - 1 for row, rows in groups if rows > 1):
        parts += [f"repeat({last - done - 1},auto)", "0fr"]
        done = last
    return " ".join([*parts, *([f"repeat({blocks - done},auto)"] if done < blocks else [])])


def _by_row(starts: Sequence[int], items: Iterable[tuple[Span, Item]]) -> defaultdict[int, list[Item]]:
    """Items by the block that they begin in, counted from 1; what stands before the first is the first's."""
    rows: defaultdict[int, list[Item]] = defaultdict(list)
    for span, item in items:
        rows[max(1, bisect_right(starts, span.start))].append(item)
    return rows
