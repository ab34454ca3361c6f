"""What MkDocs writes to its log while the plugin is at work: each message one line, and nothing that is untrue of articles."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from onrecord.messages import OneLine

# MkDocs says this of two files for one address. Articles have addresses of their own, and both are read.
_CONFLICT = re.compile(r"Excluding '(.*)' from the site because it conflicts with '.*'\.", re.DOTALL)


class _NoConflict(logging.Filter):
    """Drops what MkDocs says of two articles whose files it would publish at one address."""

    def __init__(self, is_article: Callable[[str], bool]) -> None:
        super().__init__()
        self._is_article = is_article

    def filter(self, record: logging.LogRecord) -> bool:
        conflict = _CONFLICT.fullmatch(record.getMessage())
        return conflict is None or not self._is_article(conflict[1])


@contextmanager
def mkdocs_log(is_article: Callable[[str], bool]) -> Iterator[None]:
    """Keeps MkDocs's log like this; ``is_article`` tells of a path in ``docs_dir`` whether it lies in a folder of articles.

    A filter of a logger is not asked about what loggers below it say. So the handlers make lines of that, and the logger that speaks of
    conflicts drops them itself, before ``--strict`` counts them.
    """
    filters: list[tuple[logging.Filterer, logging.Filter]] = [(handler, OneLine()) for handler in logging.getLogger("mkdocs").handlers]
    filters.append((logging.getLogger("mkdocs.structure.files"), _NoConflict(is_article)))
    for place, one in filters:
        place.addFilter(one)
    try:
        yield
    finally:
        for place, one in filters:
            place.removeFilter(one)
