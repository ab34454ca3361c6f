"""The annotated copy of an article: its blocks, cut so that every annotation can be an element around its words; and notes for published
links that are no longer made.

Annotations overlap freely: a claim begins in one quote and ends in another, a mention lies in both. HTML elements only nest. So the text is
cut at every edge of an annotation into pieces, and each piece lists the annotations over it. From the outside in: a block has runs (the
text under the same quotations), a run has strands (under the same link), a strand has pieces.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby, pairwise, repeat

from onrecord.corpus.lock import OldLink
from onrecord.labels.terms import collapse, count_words
from onrecord.model import Article, Block, BlockKind, Mark, MarkKind, Span, Withheld
from onrecord.render.engine.links import Link
from onrecord.render.views.facts import Facts


@dataclass(frozen=True, slots=True)
class Annotation:
    """Something marked in the text, such as a quote, a claim or a mention: one or more spans under one id."""

    id: str
    spans: tuple[Span, ...]
    classes: str
    """CSS classes of its pieces, separated by spaces."""
    anchor: bool = True
    """Whether the id is an address on the page; if so it is the id of the element of the first piece."""
    around: bool = False
    """Whether one element stands around all its pieces in a block, as for a quotation; else each piece is marked by itself."""
    link: Link | None = None
    """Where its words lead. Where several annotations with a link overlap, the shortest one's is used."""
    note: str = ""
    """The number of the note that explains it, drawn after the last piece; empty for none."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Words between two edges, so that the same annotations are over all of them."""

    text: str
    classes: str
    ids: str
    """Ids of the annotations over it, separated by spaces."""
    anchors: tuple[str, ...]
    marks: frozenset[MarkKind]


@dataclass(frozen=True, slots=True)
class Gap:
    """A stretch of the text that is withheld."""

    words: int
    anchors: tuple[str, ...]
    """Ids of the annotations that begin in it, so that links to them lead here."""


@dataclass(frozen=True, slots=True)
class Strand:
    """Neighbouring pieces under one link, or under none; or an image, a line break or a gap, none of which has words."""

    pieces: tuple[Piece, ...] = ()
    link: Link | None = None
    source: Mark | None = None
    """The article's own link over these pieces, or the image or break in their stead."""
    notes: tuple[Annotation, ...] = ()
    """Annotations with a note that end here."""
    withheld: Gap | None = None


@dataclass(frozen=True, slots=True)
class Run:
    """Neighbouring strands inside the same quotations."""

    strands: tuple[Strand, ...]
    classes: str = ""
    anchors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AnnotatedBlock:
    """A block of the article: a leaf with its runs, or a container with its blocks."""

    block: Block
    level: int = 0
    """The level at which a heading is shown, 1 to 6."""
    runs: tuple[Run, ...] = ()
    blocks: tuple[AnnotatedBlock, ...] = ()
    gap: tuple[Run, ...] = ()
    """What stands in the text between this leaf and the next, such as the blank line. It is kept, so that the copy without its tags is
    exactly the article's text."""


@dataclass(frozen=True, slots=True)
class AnnotatedCopy:
    """The annotated copy of a whole article."""

    lead: tuple[Run, ...]
    """What stands in the text before the first leaf."""
    blocks: tuple[AnnotatedBlock, ...]


def annotate(article: Article, annotations: Sequence[Annotation], *, title_first: bool = False) -> AnnotatedCopy:
    """The article's blocks with the annotations around their words.

    Headings are shown from level 2 on and never skip one, so that the page's outline stays whole; with ``title_first`` the first is
    the title of the page, at level 1.
    """
    layers = _Layers(article.text, tuple(annotations), article.withheld)
    starts = [leaf.start for leaf in article.leaves() if leaf.kind in LEAVES] + [len(article.text)]
    return AnnotatedCopy(
        tuple(layers.runs(Span(0, starts[0]))), tuple(_blocks(article.blocks, layers, iter(starts[1:]), _Outline(title_first)))
    )


LEAVES: frozenset[BlockKind] = frozenset({"heading", "paragraph", "code", "cell", "rule"})


def _blocks(blocks: Iterable[Block], layers: _Layers, next_starts: Iterator[int], outline: _Outline) -> Iterator[AnnotatedBlock]:
    for block in blocks:
        if block.kind not in LEAVES:
            yield AnnotatedBlock(block, blocks=tuple(_blocks(block.children, layers, next_starts, outline)))
            continue
        if block.kind == "heading" and layers.is_withheld(block.span):
            block = replace(block, kind="paragraph")  # it heads nothing that a reader could name
        level = outline.level(block.level) if block.kind == "heading" else 0
        gap = Span(block.end, next(next_starts))
        yield AnnotatedBlock(block, level, tuple(layers.runs(block.span, block.marks)), gap=tuple(layers.runs(gap)))


class _Outline:
    """Gives headings their levels on the page: none is more than one level below the heading over it, whatever the article has."""

    def __init__(self, title_first: bool) -> None:
        self._title_next = title_first
        # The levels, in the article, of the headings that the next one may stand under.
        self._open: list[int] = []

    def level(self, level: int) -> int:
        if self._title_next:
            self._title_next = False
            return 1
        while self._open and self._open[-1] >= level:
            self._open.pop()
        self._open.append(level)
        return min(1 + len(self._open), 6)


@dataclass(frozen=True, slots=True)
class _Layers:
    """All annotations of a text, and where each begins and ends."""

    text: str
    annotations: tuple[Annotation, ...]
    withheld: Withheld | None = None
    first: dict[str, int] = field(init=False)
    last: dict[str, int] = field(init=False)
    near: dict[int, list[int]] = field(init=False)
    """By the number of a stretch of :data:`_STRETCH` characters the indexes of the annotations that reach into it. Looking at all
    annotations for each block would take time that grows with the square of the article."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "near", {})
        # The class is frozen, so that its derived fields are set this way once.
        for number, one in enumerate(self.annotations):
            for stretch in dict.fromkeys(stretch for span in one.spans for stretch in _stretches(span)):
                self.near.setdefault(stretch, []).append(number)
        spans = [(one.id, span) for one in self.annotations for span in one.spans if len(span) > 0]
        object.__setattr__(self, "first", {})
        object.__setattr__(self, "last", {})
        for name, span in spans:
            self.first[name] = min(self.first.get(name, span.start), span.start)
            self.last[name] = max(self.last.get(name, span.end), span.end)

    def is_withheld(self, span: Span) -> bool:
        """Whether nothing of a range is shown."""
        return len(span) > 0 and self.withheld is not None and not any(one.overlaps(span) for one in self.withheld.shown)

    def runs(self, within: Span, marks: tuple[Mark, ...] = ()) -> Iterator[Run]:
        """The text of a range as runs; what is withheld of it is one gap for each stretch."""
        if self.withheld is None or len(within) == 0:
            yield from self._shown_runs(within, marks)
            return
        # An image or a break is empty and belongs to the part in which it begins.
        for part, is_shown in self._parts(within, self.withheld.shown):
            here = tuple(mark for mark in marks if len(mark) > 0 or mark.start in range(part.start, part.end))
            yield from self._shown_runs(part, here) if is_shown else (self._gap(part),)

    def _parts(self, within: Span, shown: tuple[Span, ...]) -> Iterator[tuple[Span, bool]]:
        """A range cut into what is shown and what is not, each with whether it is shown. Blanks between two shown sentences count as
        shown: a gap without words would tell nothing."""
        inside = [Span(max(one.start, within.start), min(one.end, within.end)) for one in shown if one.overlaps(within)]
        at = within.start
        for span in [*inside, Span(within.end, within.end)]:
            missing = Span(at, span.start)
            if len(missing) > 0:
                yield missing, not missing.of(self.text).strip()
            if len(span) > 0:
                yield span, True
            at = span.end

    def _gap(self, missing: Span) -> Run:
        # Notes of quotes that end in the gap are drawn behind it: their words cannot carry them.
        here = [one for one in self.annotations if missing.start <= self.first.get(one.id, -1) < missing.end]
        notes = tuple(one for one in self.annotations if one.note and missing.start < self.last.get(one.id, -1) <= missing.end)
        anchors = tuple(one.id for one in here if one.anchor)
        return Run((Strand(notes=notes, withheld=Gap(count_words(missing.of(self.text)), anchors)),))

    def _shown_runs(self, within: Span, marks: tuple[Mark, ...]) -> Iterator[Run]:
        atoms = list(self._atoms(within, marks))
        for around, group in groupby(atoms, key=lambda atom: atom.around):
            members = list(group)
            strands = tuple(self._strands(members))
            anchors = tuple(one.id for one in around if one.anchor and any(self._begins(one, atom.span) for atom in members))
            yield Run(strands, " ".join(dict.fromkeys(" ".join(one.classes for one in around).split())), anchors)

    def _atoms(self, within: Span, marks: tuple[Mark, ...]) -> Iterator[_Atom]:
        near = sorted({number for stretch in _stretches(within) for number in self.near.get(stretch, ())})
        here = [one for one in map(self.annotations.__getitem__, near) if any(span.overlaps(within) for span in one.spans)]
        # The text is cut wherever an annotation or the article's own markup begins or ends.
        edges = {within.start, within.end}
        for span in [*marks, *(span for one in here for span in one.spans)]:
            edges.update(edge for edge in (span.start, span.end) if within.start < edge < within.end)
        # Images and breaks cover no text, so that no piece could hold them: they stand between two pieces.
        empties: defaultdict[int, list[_Atom]] = defaultdict(list)
        for mark in marks:
            if len(mark) == 0:
                empties[mark.start].append(_empty_atom(mark, here))
        wide = tuple(mark for mark in marks if len(mark) > 0)
        covered = _cover(within, edges, [one.spans for one in here])
        marks_over = (over for _, over in _cover(within, edges, [(mark,) for mark in wide])) if wide else repeat(())
        for (piece, over), marked in zip(covered, marks_over, strict=False):
            yield from empties[piece.start]
            yield _Atom(piece, tuple(map(here.__getitem__, over)), tuple(map(wide.__getitem__, marked)))
        yield from empties[within.end]

    def _strands(self, atoms: list[_Atom]) -> Iterator[Strand]:
        # A strand is one link in HTML, and a note must come right behind its words: a change of either begins another strand.
        for (source, leading, _), group in groupby(atoms, key=lambda atom: (atom.source, atom.leading, atom.noted)):
            members = list(group)
            notes = tuple(one for atom in members for one in atom.over if one.note and self.last[one.id] == atom.span.end)
            pieces = tuple(self._piece(atom) for atom in members if len(atom.span) > 0)
            yield Strand(pieces, leading.link if leading else None, source, notes)

    def _piece(self, atom: _Atom) -> Piece:
        inner = [one for one in atom.over if not one.around]
        return Piece(
            atom.span.of(self.text),
            " ".join(dict.fromkeys(" ".join(one.classes for one in inner).split())),
            " ".join(one.id for one in atom.over),
            tuple(one.id for one in inner if one.anchor and self._begins(one, atom.span)),
            frozenset(mark.kind for mark in atom.marks),
        )

    def _begins(self, annotation: Annotation, piece: Span) -> bool:
        return len(piece) > 0 and self.first[annotation.id] == piece.start


@dataclass(frozen=True, slots=True)
class _Atom:
    """The smallest part of a text: a range without an edge inside, or the place of an image or a break; with everything over it."""

    span: Span
    over: tuple[Annotation, ...]
    marks: tuple[Mark, ...]

    @property
    def around(self) -> tuple[Annotation, ...]:
        return tuple(one for one in self.over if one.around)

    @property
    def noted(self) -> tuple[Annotation, ...]:
        """Annotations over it whose note stands right behind their words, in the midst of a sentence. Pieces before and after the note must
        be in different strands."""
        return tuple(one for one in self.over if one.note and not one.around)

    @property
    def source(self) -> Mark | None:
        return next((mark for mark in self.marks if mark.kind in ("link", "image", "break")), None)

    @property
    def leading(self) -> Annotation | None:
        """The shortest annotation with a link, unless the article has a link of its own here: links do not nest in HTML."""
        linked = [one for one in self.over if one.link]
        return min(linked, key=lambda one: sum(map(len, one.spans))) if linked and self.source is None else None


_STRETCH = 512
"""How many characters a stretch has: some paragraphs."""


def _stretches(span: Span) -> range:
    return range(span.start // _STRETCH, span.end // _STRETCH + 1)


def _cover(within: Span, edges: Iterable[int], layers: Sequence[Sequence[Span]]) -> Iterator[tuple[Span, tuple[int, ...]]]:
    """The pieces between neighbouring edges, each with the indexes of the ``layers`` over it. One sweep from left to right: layers are
    switched on where one of their spans begins, and off where it ends."""
    opening: defaultdict[int, list[int]] = defaultdict(list)
    closing: defaultdict[int, list[int]] = defaultdict(list)
    for number, spans in enumerate(layers):
        for span in spans:
            if len(span) > 0 and span.overlaps(within):
                opening[max(span.start, within.start)].append(number)
                closing[min(span.end, within.end)].append(number)
    active: dict[int, int] = {}  # by layer how many of its spans are open, for the spans of one layer may overlap
    for start, end in pairwise(sorted(edges)):
        for number in opening.get(start, ()):
            active[number] = active.get(number, 0) + 1
        for number in closing.get(start, ()):
            active[number] -= 1
            if not active[number]:
                del active[number]
        yield Span(start, end), tuple(sorted(active))


def _empty_atom(mark: Mark, annotations: list[Annotation]) -> _Atom:
    """An image or a break; it lies in an annotation that has words on both sides of it."""
    over = tuple(one for one in annotations if any(span.start < mark.start < span.end for span in one.spans))
    return _Atom(Span(mark.start, mark.start), over, (mark,))


_LONGEST = 300
"""How many characters of published words a page repeats."""
_NOUNS = {"q": "quote", "c": "claim", "r": "relation"}


@dataclass(frozen=True, slots=True)
class OldNote:
    """A published link to words that are still in the text, but are no longer a quote, claim or relation of their own."""

    id: str
    noun: str
    """What they were listed as: "quote"."""
    link: Link
    spans: tuple[Span, ...]
    now: tuple[tuple[str, Link], ...]
    """What the words are part of now, with its link: "note 4"."""


@dataclass(frozen=True, slots=True)
class DeadLink:
    """A published link whose words are no longer in the text, or are there several times, so that it cannot be told which were meant."""

    id: str
    noun: str
    words: str
    """The words as published; empty where the article is withheld, for then they may not be shown."""
    several: bool
    """Whether they stand more than once."""


@dataclass(frozen=True, slots=True)
class OldLinks:
    """All published links to an article that are no longer made."""

    notes: tuple[OldNote, ...] = ()
    dead: tuple[DeadLink, ...] = ()

    def annotations(self) -> Iterator[Annotation]:
        """An annotation for each link whose words are still there, so that the link leads to them."""
        return (Annotation(note.id, note.spans, "orx-old") for note in self.notes)


def find_old_links(facts: Facts, old: Iterable[OldLink]) -> OldLinks:
    """The published links of an article that are no longer made, sorted by whether their words are still there. Of an article whose text is
    withheld, the words of dead links are left out."""
    found = tuple(old)
    labels = {quote.id: f"note {quote.number}" for quote in facts.quotes}
    notes = tuple(_note(facts.page.page, one, labels) for one in found if one.spans)
    return OldLinks(notes, tuple(_dead(one, show=facts.report.article.withheld is None) for one in found if not one.spans))


def _note(page: str, one: OldLink, labels: dict[str, str]) -> OldNote:
    # A claim without a quote around it has no number, and a relation is no statement that the words could be part of.
    # Of claims one is enough: "part of a claim" says the same of all.
    quotes = tuple((labels[id], Link(page, id)) for id in one.now if id in labels)
    claims = tuple(("a claim", Link(page, id)) for id in one.now if id[:1] == "c")
    return OldNote(one.link.id, _noun(one), Link(page, one.link.id), one.spans, quotes or claims[:1])


def _dead(one: OldLink, *, show: bool) -> DeadLink:
    words = collapse(" … ".join(one.link.words)) if show else ""
    return DeadLink(one.link.id, _noun(one), words if len(words) <= _LONGEST else f"{words[:_LONGEST].rstrip()} …", one.several)


def _noun(one: OldLink) -> str:
    return _NOUNS[one.link.id[0]]
