"""From the reports of single articles to a corpus: which actors of different articles are one, and why."""

from onrecord.corpus.build import build_corpus
from onrecord.corpus.names import slugify

__all__ = ["build_corpus", "slugify"]
