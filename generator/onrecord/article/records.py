"""A record of an archive (a line of a JSONL file, a row of a Parquet file) to a source, read as an article's file is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, replace
from datetime import date

from onrecord.article.front_matter import KEYS, meta_of, split_front_matter
from onrecord.article.read import Source, is_binary
from onrecord.article.text_mode import is_mode_key, looks, mode_of
from onrecord.errors import ArticleError
from onrecord.file_names import safe_id
from onrecord.model import ArticleFormat, Meta
from onrecord.options import TEXT_MODES, TextMode

ID = "id"
CONTENT: dict[str, ArticleFormat] = {"text": "txt", "markdown": "md", "html": "html"}
"""The columns that an article's words can stand in, and the format that each is read as."""
_OF_META = tuple(dict.fromkeys(key for keys in KEYS.values() for key in keys if key not in CONTENT))
_MODE = "text_mode"
COLUMNS = (ID, *CONTENT, *_OF_META)
"""Every column that is read; the metadata have the names that they have in front matter, but how much of the text may be shown stands in
``text_mode``. Other columns are left alone."""


def parse_record(record: Mapping[str, object], place: str) -> Source:
    """The source in a record that stands at ``place`` (``archive.jsonl:17``), which its messages name and its ``file``, too.

    A record has an ``id`` and one of ``text``, ``markdown`` and ``html``. Raises :class:`ArticleError`.
    """
    id = record_id(record.get(ID), place)
    column, text = _content(record, place)
    if is_binary(text):
        raise ArticleError(f"{place}: binary data, not text, in the column {column}; put the article's text there")
    meta, line = _meta(record, place), 1
    if CONTENT[column] != "txt":
        given, text, line = split_front_matter(place, text.removeprefix("\ufeff"))
        meta = _over(meta, given)
    return Source(id, place.rpartition("/")[2], CONTENT[column], text, meta, line)


def record_id(given: object, place: str) -> str:
    """The id that a record gives, made safe for an address. Raises :class:`ArticleError`."""
    if not isinstance(given, str | int) or not str(given).strip():
        raise ArticleError(f"{place}: the record has no id; give each a text or a number of its own in the column {ID}")
    return safe_id(str(given))


def _content(record: Mapping[str, object], place: str) -> tuple[str, str]:
    filled = [(column, value) for column in CONTENT if (value := record.get(column)) not in (None, "")]
    if len(filled) != 1:
        found = " and ".join(column for column, _ in filled) or "none"
        raise ArticleError(f"{place}: one of the columns {', '.join(CONTENT)} must hold the article; filled here: {found}")
    column, value = filled[0]
    if not isinstance(value, str):
        raise ArticleError(f"{place}: the column {column} holds no text; put the article's words there")
    if not value.strip().strip("\ufeff"):
        raise ArticleError(f"{place}: the article is empty; put its text in the column {column}")
    return column, value


def is_read(column: str) -> bool:
    """Whether a column says anything here: those of :data:`COLUMNS`, and ``text_mode`` in whatever spelling."""
    return column in COLUMNS or looks(column).replace("_", "") == _MODE.replace("_", "")


def _meta(record: Mapping[str, object], place: str) -> Meta:
    given = {key: _texts(key, record[key], place) for key in _OF_META if key != _MODE and record.get(key) is not None}
    return replace(meta_of(given, place), text=_text_mode(record, place))


def _text_mode(record: Mapping[str, object], place: str) -> TextMode:
    """What shows least of all that the columns say which say it."""
    modes: list[TextMode] = ["full"]
    for column, value in record.items():
        if (column in COLUMNS and column != _MODE) or not is_read(column) or value is None:
            continue
        if not is_mode_key(column):
            raise ArticleError(f"{place}: the column {column[:40]!r} only looks like {_MODE}; write it in plain letters")
        modes.append(mode_of(" ".join(_texts(_MODE, value, place)), place, column))
    return max(modes, key=TEXT_MODES.index)


def _over(meta: Meta, given: Meta) -> Meta:
    """What columns say; what they leave open, as front matter says it; and of both what shows less."""
    pairs = {one.name: getattr(meta, one.name) or getattr(given, one.name) for one in fields(Meta)}
    return Meta(**{**pairs, "text": max(meta.text, given.text, key=TEXT_MODES.index)})


def _texts(key: str, value: object, place: str) -> tuple[str, ...]:
    """The text of a column, or of each member of a list of authors."""
    texts = []
    for part in value if isinstance(value, list) and key in KEYS["byline"] else [value]:
        if isinstance(part, date):  # a date and time is a date too
            part = part.isoformat()
        if not isinstance(part, str):
            raise ArticleError(f"{place}: {key} must be a line of text; write it as text")
        texts.append(" ".join(part.split()))
    return tuple(filter(None, texts))
