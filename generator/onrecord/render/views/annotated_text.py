"""The annotated copy of an article: its own structure, with every annotation around its words, and notes where old links led."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby, pairwise

from onrecord.labels.terms import collapse, count_words
from onrecord.model import Article, Block, BlockKind, Mark, MarkKind, Span, Withheld
from onrecord.permalinks.old_links import OldLink
from onrecord.render.engine.links import Link
from onrecord.render.views.facts import Facts


@dataclass(frozen=True, slots=True)
class Annotation:
    """Spans of the text that belong together under one id."""

    id: str
    spans: tuple[Span, ...]
    classes: str
    """CSS classes of its pieces, separated by spaces."""
    anchor: bool = True
    """Whether the id is an address on the page; it is set on the first piece."""
    around: bool = False
    """Whether its pieces stand together in one element, as a quotation's do."""
    link: Link | None = None
    """Where its words lead; of nested ones the shortest leads."""
    note: str = ""
    """The number of the note that explains it, drawn after the last piece."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Words between two edges."""

    text: str
    classes: str
    ids: str
    """Ids of the annotations over it, separated by spaces."""
    anchors: tuple[str, ...]
    marks: frozenset[MarkKind]


@dataclass(frozen=True, slots=True)
class Gap:
    """Words that are withheld."""

    words: int
    anchors: tuple[str, ...]
    """Addresses on the page of what begins there."""


@dataclass(frozen=True, slots=True)
class Strand:
    """Pieces under one link, or under none; or an image, a break or a gap, which has no words."""

    pieces: tuple[Piece, ...] = ()
    link: Link | None = None
    source: Mark | None = None
    """The article's own link over these pieces, or the image or break in their stead."""
    notes: tuple[Annotation, ...] = ()
    """Annotations with a note that end here."""
    withheld: Gap | None = None


@dataclass(frozen=True, slots=True)
class Run:
    """Strands over which the same quotations run."""

    strands: tuple[Strand, ...]
    classes: str = ""
    anchors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AnnotatedBlock:
    """A block: a leaf with its runs, or a container with its parts."""

    block: Block
    level: int = 0
    """The level at which a heading is shown, 1 to 6."""
    runs: tuple[Run, ...] = ()
    blocks: tuple[AnnotatedBlock, ...] = ()
    gap: tuple[Run, ...] = ()
    """What stands in the text between this leaf and the next."""


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
    """Levels for headings as they come: none deeper than one below the heading over it."""

    def __init__(self, title_first: bool) -> None:
        self._title_next = title_first
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
    """The annotations that reach into each stretch of the text, so that none has to look at all."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "near", {})
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
        """The text of a range, cut at every edge, in runs under the same quotations; what is withheld of it, as a gap."""
        if self.withheld is None or len(within) == 0:
            yield from self._shown_runs(within, marks)
            return
        for part, is_shown in self._parts(within, self.withheld.shown):
            here = tuple(mark for mark in marks if len(mark) > 0 or mark.start in range(part.start, part.end))
            yield from self._shown_runs(part, here) if is_shown else (self._gap(part),)

    def _parts(self, within: Span, shown: tuple[Span, ...]) -> Iterator[tuple[Span, bool]]:
        """A range, cut where it is withheld; what has no words is not worth a gap."""
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
        edges = {within.start, within.end}
        for span in [*marks, *(span for one in here for span in one.spans)]:
            edges.update(edge for edge in (span.start, span.end) if within.start < edge < within.end)
        empties: defaultdict[int, list[_Atom]] = defaultdict(list)
        for mark in marks:
            if len(mark) == 0:
                empties[mark.start].append(_empty_atom(mark, here))
        wide = tuple(mark for mark in marks if len(mark) > 0)
        covers = _cover(within, edges, [one.spans for one in here]), _cover(within, edges, [(mark,) for mark in wide])
        for (piece, over), (_, marked) in zip(*covers, strict=True):
            yield from empties[piece.start]
            yield _Atom(piece, tuple(map(here.__getitem__, over)), tuple(map(wide.__getitem__, marked)))
        yield from empties[within.end]

    def _strands(self, atoms: list[_Atom]) -> Iterator[Strand]:
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
    """A range without an edge inside, or the place of an image or a break, with everything over it."""

    span: Span
    over: tuple[Annotation, ...]
    marks: tuple[Mark, ...]

    @property
    def around(self) -> tuple[Annotation, ...]:
        return tuple(one for one in self.over if one.around)

    @property
    def noted(self) -> tuple[Annotation, ...]:
        """Annotations whose note stands right behind their words, in the midst of a sentence."""
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
"""Characters: some paragraphs."""


def _stretches(span: Span) -> range:
    return range(span.start // _STRETCH, span.end // _STRETCH + 1)


def _cover(within: Span, edges: Iterable[int], layers: Sequence[Sequence[Span]]) -> Iterator[tuple[Span, tuple[int, ...]]]:
    """The pieces between neighbouring edges, each with the numbers of the layers over it, in one sweep from left to right."""
    opening: defaultdict[int, list[int]] = defaultdict(list)
    closing: defaultdict[int, list[int]] = defaultdict(list)
    for number, spans in enumerate(layers):
        for span in spans:
            if len(span) > 0 and span.overlaps(within):
                opening[max(span.start, within.start)].append(number)
                closing[min(span.end, within.end)].append(number)
    active: dict[int, int] = {}
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
"""Characters of a published wording that a page repeats."""
_NOUNS = {"q": "quote", "c": "claim", "r": "relation"}


@dataclass(frozen=True, slots=True)
class OldNote:
    """Words that still stand where a published link leads to, and are no longer listed by themselves."""

    id: str
    noun: str
    """What they were listed as."""
    link: Link
    spans: tuple[Span, ...]
    now: tuple[tuple[str, Link], ...]
    """What they are part of now: "note 4", with its place."""


@dataclass(frozen=True, slots=True)
class DeadLink:
    """A published link whose words do not stand exactly once any more."""

    id: str
    noun: str
    words: str
    """As published; empty where they may not be shown."""
    several: bool
    """Whether they stand more than once."""


@dataclass(frozen=True, slots=True)
class OldLinks:
    """All of an article."""

    notes: tuple[OldNote, ...] = ()
    dead: tuple[DeadLink, ...] = ()

    def annotations(self) -> Iterator[Annotation]:
        """The places of those whose words stand."""
        return (Annotation(note.id, note.spans, "orx-old") for note in self.notes)


def find_old_links(facts: Facts, old: Iterable[OldLink]) -> OldLinks:
    """The published links of an article that are no longer made; of one whose text is withheld without their words."""
    found = tuple(old)
    labels = {quote.id: f"note {quote.number}" for quote in facts.quotes}
    notes = tuple(_note(facts.page.page, one, labels) for one in found if one.spans)
    return OldLinks(notes, tuple(_dead(one, show=facts.report.article.withheld is None) for one in found if not one.spans))


def _note(page: str, one: OldLink, labels: dict[str, str]) -> OldNote:
    # A claim without a quote around it has no number, and a relation is no statement that the words could be part of.
    quotes = tuple((labels[id], Link(page, id)) for id in one.now if id in labels)
    claims = tuple(("a claim", Link(page, id)) for id in one.now if id[:1] == "c")
    return OldNote(one.link.id, _noun(one), Link(page, one.link.id), one.spans, quotes or claims[:1])


def _dead(one: OldLink, *, show: bool) -> DeadLink:
    words = collapse(" … ".join(one.link.words)) if show else ""
    return DeadLink(one.link.id, _noun(one), words if len(words) <= _LONGEST else f"{words[:_LONGEST].rstrip()} …", one.several)


def _noun(one: OldLink) -> str:
    return _NOUNS[one.link.id[0]]
