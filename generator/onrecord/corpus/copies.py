"""Articles that are copies of one another: one text in two files, wire copy under several mastheads, a later edition.

Articles are compared by whole sentences, which such copies keep: an index leads from each sentence to the articles that have it. A sentence
that many articles have ("Sign up for our newsletter to get the news.") is the outlet's own, and tells nothing; leaving it out also keeps
the work in proportion to the text, not to the pairs of articles. Readers are told of a copy, and totals count what it quotes once.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from hashlib import blake2b

from onrecord.memory import NO_MEMORY, Memory
from onrecord.model import Article, Copy, Repeat, Report, Span

_ENDS = re.compile(r"(?<=[.!?…\"”’»)])\s+")
_FEWEST_WORDS = 6
"""Words of a sentence that shows something by standing in two articles: "He did not comment." stands in many."""
_FEWEST_SENTENCES = 3
"""Sentences that two articles must have in common, however short they are."""
_MOST_ARTICLES = 20
"""A sentence that more articles have is the outlet's own, and shows no copy."""
_COPY_SHARE = 0.5
"""Share of an article's sentences that another must have to be called its copy. Reports of one event by two writers share their
quotations, and stay far below."""
_MOST_COPIES = 5
"""Copies that are listed for an article: of more, those with the largest share."""


def find_copies(articles: Iterable[Article], memory: Memory = NO_MEMORY) -> tuple[Copy, ...]:
    """For each article, in their order, those that have half of its sentences or more, the closest first."""
    kept: list[tuple[str, frozenset[bytes]]] = []
    having: dict[bytes, list[int]] = {}
    for place, article in enumerate(articles):
        sentences = memory.recall("sentences", article, None, lambda article=article: frozenset(_sentences(article)))  # type: ignore[misc]
        kept.append((article.id, sentences))
        for sentence in sentences:
            having.setdefault(sentence, []).append(place)
    return tuple(copy for place in range(len(kept)) for copy in _copies_of(place, kept, having))


def _copies_of(place: int, kept: list[tuple[str, frozenset[bytes]]], having: dict[bytes, list[int]]) -> Iterator[Copy]:
    id, sentences = kept[place]
    shared = Counter(
        other for sentence in sentences if len(having[sentence]) <= _MOST_ARTICLES for other in having[sentence] if other != place
    )
    alike = [(count, other) for other, count in shared.items() if count >= max(_FEWEST_SENTENCES, _COPY_SHARE * len(sentences))]
    for count, other in sorted(alike, key=lambda one: (-one[0], one[1]))[:_MOST_COPIES]:
        yield Copy(id, kept[other][0], 100 * count // len(sentences), sentences == kept[other][1])


def find_repeats(reports: Sequence[Report], copies: Iterable[Copy]) -> tuple[Repeat, ...]:
    """The quotes that an article has in common with one before it of which it is a copy, or which is one of it; in the order of the
    articles. What is quoted twice in one of them is in common only as often as the other quotes it."""
    places = {report.article.id: place for place, report in enumerate(reports)}
    before: dict[int, set[int]] = {}
    for copy in copies:
        first, later = sorted((places[copy.article], places[copy.other]))
        before.setdefault(later, set()).add(first)
    said = {place: _quotes_by_words(reports[place]) for place in {*before, *(first for firsts in before.values() for first in firsts)}}
    found: dict[tuple[int, str], tuple[int, str]] = {}
    for later in sorted(before):
        for first in sorted(before[later]):
            for words, quote in said[later].items():
                # A quote repeats the earliest article that has it: of a chain of copies all lead to the first.
                if words in said[first] and (later, quote) not in found:
                    same = first, said[first][words]
                    found[later, quote] = found.get(same, same)
    ids = [report.article.id for report in reports]
    return tuple(Repeat(ids[later], quote, ids[first], other) for (later, quote), (first, other) in found.items())


def _quotes_by_words(report: Report) -> Mapping[tuple[str, int], str]:
    """The ids of quotes, by their words, however they are set, and by how many quotes of the same words stand before."""
    counts: Counter[str] = Counter()
    found = {}
    for quote in sorted(report.quotes, key=lambda quote: min(quote.content, default=Span(0, 0))):
        words = _words(" ".join(span.of(report.article.text) for span in quote.content))
        if words:
            found[words, counts[words]] = quote.id
            counts[words] += 1
    return found


def _words(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))


def _sentences(article: Article) -> Iterator[bytes]:
    """Digests of the longer sentences, however they are set: without case, marks and blanks."""
    for block in article.paragraphs():
        for sentence in _ENDS.split(block.span.of(article.text)):
            words = _words(sentence)
            if words.count(" ") + 1 >= _FEWEST_WORDS:
                yield blake2b(words.encode(errors="surrogatepass"), digest_size=8).digest()
