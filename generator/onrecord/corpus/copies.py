"""Articles that are copies of one another: one text in two files, wire copy under several mastheads, a later edition.

By whole sentences, which such copies keep: an index from each sentence to the articles that have it. Sentences that many articles have are
an outlet's furniture, and say nothing; without them the work grows with the text alone, and not with the pairs of articles.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from hashlib import blake2b

from onrecord.model import Article, Copy

_ENDS = re.compile(r"(?<=[.!?…\"”’»)])\s+")
_FEWEST_WORDS = 6
"""Of a sentence that says something by standing in two articles: "He did not comment." does not."""
_FEWEST_SENTENCES = 3
_MOST_ARTICLES = 20
"""Articles that have a sentence which still tells of a copy."""
_ALIKE = 0.5
"""Share of an article's sentences from which another is told as its copy. Reports of one event by two writers share their quotations, and
stay far below."""
_MOST_TOLD = 5
"""Copies that are told of an article: of more, those with the largest share."""


def find_copies(articles: Iterable[Article]) -> tuple[Copy, ...]:
    """For each article, in their order, those that have half of its sentences or more, the closest first."""
    kept: list[tuple[str, frozenset[bytes]]] = []
    having: dict[bytes, list[int]] = {}
    for place, article in enumerate(articles):
        sentences = frozenset(_sentences(article))
        kept.append((article.id, sentences))
        for sentence in sentences:
            having.setdefault(sentence, []).append(place)
    return tuple(copy for place in range(len(kept)) for copy in _copies_of(place, kept, having))


def _copies_of(place: int, kept: list[tuple[str, frozenset[bytes]]], having: dict[bytes, list[int]]) -> Iterator[Copy]:
    id, sentences = kept[place]
    shared = Counter(
        other for sentence in sentences if len(having[sentence]) <= _MOST_ARTICLES for other in having[sentence] if other != place
    )
    alike = [(count, other) for other, count in shared.items() if count >= max(_FEWEST_SENTENCES, _ALIKE * len(sentences))]
    for count, other in sorted(alike, key=lambda one: (-one[0], one[1]))[:_MOST_TOLD]:
        yield Copy(id, kept[other][0], 100 * count // len(sentences), sentences == kept[other][1])


def _sentences(article: Article) -> Iterator[bytes]:
    """Digests of the longer sentences, however they are set: without case, marks and blanks."""
    for block in article.paragraphs():
        for sentence in _ENDS.split(block.span.of(article.text)):
            words = re.findall(r"\w+", sentence.casefold())
            if len(words) >= _FEWEST_WORDS:
                yield blake2b(" ".join(words).encode(errors="surrogatepass"), digest_size=8).digest()
