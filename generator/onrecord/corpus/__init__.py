"""From the reports of single articles to a corpus: which actors of different articles are one, and why."""

from onrecord.corpus.build import build_corpus

__all__ = ["build_corpus"]
