"""From article files to :class:`onrecord.model.Article` values. This room knows nothing of spaCy, templates or sites."""

from __future__ import annotations

from onrecord.article.folder import find_articles
from onrecord.article.read import RawArticle, article_ids, decode_raw, load_article, parse_article, read_data, read_raw

__all__ = ["RawArticle", "article_ids", "decode_raw", "find_articles", "load_article", "parse_article", "read_data", "read_raw"]
