"""What of an article may be shown: the same report with the text that others have rights in taken out of it.

It is done here, once, on plain values: pages, tables and files are made from what is left, so that none of them can show more. How it is
taken out is in :mod:`onrecord.text.masking`: counts, order and links hold, lengths do not. Names of actors, reporting verbs and
what the article says of itself (headline, byline, outlet, date) stay: they are facts about it. So does what editors wrote in their own
words.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from itertools import filterfalse

from onrecord.corpus.lock import LockedLink, OldAddresses, OldLink
from onrecord.corpus.sourcing import find_sources
from onrecord.labels.terms import collapse
from onrecord.memory import NO_MEMORY, Memory
from onrecord.model import AUTHOR, Article, Block, Copy, Corpus, CorpusActor, KnownSource, Repeat, Report, Span, Withheld
from onrecord.model.grouping import join_neighbours
from onrecord.options import TEXT_MODES, TextMode
from onrecord.text.anchors import find_sentences
from onrecord.text.ids import items_of, seal
from onrecord.text.masking import Masker, bare_outcome, cut_quotes, mask


def stricter(one: TextMode, other: TextMode) -> TextMode:
    """The mode of the two that shows less."""
    return max(one, other, key=TEXT_MODES.index)


def withhold(report: Report, text: TextMode = "full", salt: str = "") -> Report:
    """The report with no more of its article's text than ``text``, and what the article's own front matter asks for, allow.

    What is withheld already stays so, and is masked where it only says that it is. Ids of what is withheld from now on are made with the
    ``salt`` of a lock; without one they count.
    """
    withheld = _withheld(report, text)
    if withheld is None:
        return report
    less = mask(report, withheld, salt)
    return report if less == report else less


def withhold_corpus(corpus: Corpus, text: TextMode = "full", memory: Memory = NO_MEMORY, salt: str = "") -> Corpus:
    """The corpus with every report treated so, and without words of theirs in what it says across articles."""
    reports = tuple(memory.recall("withheld", report, (text, salt), partial(withhold, report, text, salt)) for report in corpus.reports)
    silent = {report.article.id for report in reports if report.article.withheld}
    if not silent:
        return corpus
    names = {actor.name for actor in corpus.actors}
    touched = {actor.id for actor in corpus.actors if any(member.article in silent for member in actor.members)}
    is_shown_alike = partial(_is_shown_alike, {report.article.id: _shown_words(report) for report in reports})
    repeats = _repeats(corpus.repeats, corpus.reports, reports)
    return Corpus(
        reports=reports,
        actors=tuple(_unquoted_actor(actor, names) if actor.id in touched else actor for actor in corpus.actors),
        namesakes=tuple(
            replace(one, why=cut_quotes(one.why, names)) if touched.intersection(one.actors) else one for one in corpus.namesakes
        ),
        corrections=tuple(bare_outcome(one) for one in corpus.corrections),
        copies=tuple(filter(is_shown_alike, corpus.copies)),
        repeats=tuple(filter(is_shown_alike, repeats)),
        untold_repeats=(*_repeats(corpus.untold_repeats, corpus.reports, reports), *filterfalse(is_shown_alike, repeats)),
    )


def _shown_words(report: Report) -> str | None:
    """What is shown of an article of which some is withheld; none of one that is shown whole."""
    article = report.article
    return collapse(" ".join(span.of(article.text) for span in article.withheld.shown)) if article.withheld else None


def _is_shown_alike(shown: Mapping[str, str | None], one: Copy | Repeat) -> bool:
    """Whether a copy or a repeat may be told of without giving away withheld words: the same is ``shown`` of both articles. That a hidden
    sentence equals a shown one would tell its words. Of an article that is not here, nobody can say."""
    return one.article in shown and one.other in shown and shown[one.article] == shown[one.other]


def _unquoted_actor(actor: CorpusActor, names: set[str]) -> CorpusActor:
    """The actor without quoted words of articles in the reasons for its members; names of actors stay."""
    return replace(actor, members=tuple(replace(one, why=cut_quotes(one.why, names)) for one in actor.members))


def _repeats(repeats: Sequence[Repeat], before: Iterable[Report], now: Iterable[Report]) -> tuple[Repeat, ...]:
    """The same repeats by the ids that their quotes have by now."""
    if not repeats:
        return ()
    ids = dict(pair for one, other in zip(before, now, strict=True) for pair in _same_quotes(one, other))
    return tuple(
        replace(one, quote=ids[one.article, one.quote], other_quote=ids.get((one.other, one.other_quote), one.other_quote))
        for one in repeats
    )


def _same_quotes(before: Report, now: Report) -> Iterator[tuple[tuple[str, str], str]]:
    for one, other in zip(before.quotes, now.quotes, strict=True):
        yield (before.article.id, one.id), other.id


# --- addresses that were published ---------------------------------------------------------------------------------


def withhold_addresses(old: OldAddresses, corpus: Corpus, text: TextMode = "full", salt: str = "") -> OldAddresses:
    """The old addresses of a corpus with all of its words, as a site in this mode may tell of them: those whose words it shows, and, with
    the ``salt`` of a lock, the others by ids that say nothing of them."""
    if not old.links:
        return old
    links = {}
    for report in corpus.reports:
        found = old.links.get(report.article.id, ())
        withheld = _withheld(report, text) if found else None
        if withheld is not None:
            found = tuple(sorted(_without_words(report, withheld, found, salt), key=lambda one: one.link.id))
        if found:
            links[report.article.id] = found
    return OldAddresses(links, old.actors)


def _without_words(report: Report, withheld: Withheld, found: Iterable[OldLink], salt: str) -> Iterator[OldLink]:
    masker = Masker.of(report, withheld, salt)
    made = {masker.seals.now(one.id) for one in items_of(report)}
    for one in found:
        link, is_shown = one.link, masker.shows(*one.spans)
        if not is_shown:
            link = LockedLink(link.article, seal(salt, link.article, link.id) if salt else "", ())
        if link.id and link.id not in made:
            yield OldLink(link, tuple(map(masker.span, one.spans)), tuple(map(masker.seals.now, one.now)), one.several)


# --- what is shown -------------------------------------------------------------------------------------------------


def _withheld(report: Report, text: TextMode) -> Withheld | None:
    """How much of the article's text may be shown, and where; none where all of it may."""
    before = report.article.withheld
    # The strictest of three wins: the site's option, the article's own front matter, and what was withheld before.
    mode = stricter(stricter(text, report.article.meta.text), before.mode if before else "full")
    if mode == "full":
        return None
    shown = tuple(join_neighbours(sorted(before.shown), _touch) if before else _excerpts(report)) if mode == "excerpts" else ()
    if before:
        return replace(before, mode=mode, shown=shown, shown_sentences=before.shown_sentences if shown else 0)
    analysed = _sentences(report.article)
    overlapping = sum(any(one.overlaps(span) for one in _neighbours(shown, span)) for span in analysed)
    return Withheld(mode, shown, len(analysed), overlapping, tuple(_sources(report)))


def _sentences(article: Article) -> tuple[Span, ...]:
    """Every sentence of the prose that is analysed."""
    prose = sorted(leaf.span for leaf in article.paragraphs())
    return tuple(one.span for one in find_sentences(article) if any(leaf.contains(one.span) for leaf in _neighbours(prose, one.span)))


def _excerpts(report: Report) -> tuple[Span, ...]:
    """The sentences in which somebody is heard or related to somebody, or whose claim a person has checked, and the title where the text
    has it. A claim of the article's own, or a mere mention, shows no sentence: hardly one would be left out."""
    wanted = [span for quote in report.quotes for span in (*quote.content, *([quote.cue] if quote.cue else []))]
    wanted += [span for claim in report.claims if claim.asserter != AUTHOR or claim.verdict for span in claim.spans]
    wanted += [relation.trigger for relation in report.relations]
    wanted += [leaf.span for leaf in report.article.leaves() if leaf.kind == "heading" and _is_title(report.article, leaf)]
    covered = list(_united(wanted))
    shown = (span for span in _sentences(report.article) if any(one.overlaps(span) for one in _neighbours(covered, span)))
    return tuple(join_neighbours(shown, _touch))


def _touch(one: Span, other: Span) -> bool:
    return one.end == other.start


def _is_title(article: Article, leaf: Block) -> bool:
    return collapse(leaf.span.of(article.text)) == collapse(article.meta.title)


def _neighbours(spans: Sequence[Span], span: Span) -> Sequence[Span]:
    """Those of some spans that may share characters with another; they stand in order, and none overlaps the next."""
    first = bisect_right(spans, span.start, key=lambda one: one.start) - 1
    return spans[max(first, 0) : bisect_left(spans, span.end, key=lambda one: one.start)]


def _united(spans: Iterable[Span]) -> Iterator[Span]:
    """The characters of some spans, as spans in text order of which none overlaps the next."""
    end = -1
    for span in sorted(Span(one.start, one.end) for one in spans):
        if span.end > end:
            yield Span(max(span.start, end), span.end)
            end = span.end


def _sources(report: Report) -> Iterator[KnownSource]:
    for source in find_sources(report):
        quotes = () if source.actor else tuple(quote.id for quote in (*source.quotes, *source.not_said))
        yield KnownSource(source.id, source.identified, quotes)
