"""From article files to :class:`onrecord.model.Article` values. This room knows nothing of spaCy, templates or sites."""

from __future__ import annotations

from onrecord.article.folder import find_articles
from onrecord.article.read import Source, article_ids, decode_source, load_article, parse_article, read_data, read_source

__all__ = ["Source", "article_ids", "decode_source", "find_articles", "load_article", "parse_article", "read_data", "read_source"]
