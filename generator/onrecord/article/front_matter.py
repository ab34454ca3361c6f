"""YAML front matter: what an article's file says about the article."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

import yaml
from frontmatter.default_handlers import YAMLHandler

from onrecord.addresses import is_web_address
from onrecord.article.publication import is_zero
from onrecord.characters import whole
from onrecord.errors import ArticleError
from onrecord.model import Meta
from onrecord.options import TEXT_MODES, TextMode

_BOUNDARY = re.compile(r"^-{3,}[ \t\r]*$", re.MULTILINE)

_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8}){0,3}")
"""BCP 47, as far as anybody needs it for an article."""

KEYS = {
    "title": ("title",),
    "byline": ("byline", "author", "authors"),
    "outlet": ("outlet",),
    "date": ("date",),
    "url": ("url", "source", "source_url", "canonical"),
    "text": ("text", "text_mode"),
    "lang": ("lang",),
}
"""The fields of :class:`Meta`, and the keys that give them: the first one that is there counts. Other keys are left alone."""


@dataclass(frozen=True, slots=True)
class _Entry:
    """What stands at a key, and where."""

    key: str
    values: tuple[str, ...]
    place: str
    """``file:line``."""


def split_front_matter(place: str, text: str) -> tuple[Meta, str, int]:
    """The front matter, the text after it, and the line on which that begins (from 1). ``place`` is what messages call the file.

    Raises :class:`ArticleError` where the front matter cannot be read, or says something of a known key that cannot be.
    """
    handler = YAMLHandler(fm_boundary=_BOUNDARY)
    if not handler.detect(text):
        return Meta(), text, 1
    try:
        front, body = handler.split(text)
    except ValueError:  # one line of dashes only
        if re.match(r".*\n[\w-]+:\s", text):
            raise ArticleError(f"{place}:1: the front matter is never closed; put --- on a line after it") from None
        return Meta(), text, 1  # the line of dashes is a Markdown rule
    # Both parts begin with the end of their line of dashes, so that a line of the first has the file's number.
    return _meta(_entries(place, front)), body, front.count("\n") + 1


def _entries(place: str, front: str) -> dict[str, _Entry]:
    """The known keys' entries. YAML is read as a tree of nodes: no value of any type is made, whatever tags it has."""
    try:
        root = yaml.compose(front, Loader=yaml.BaseLoader)
    except yaml.YAMLError as error:
        raise _broken(place, front, error) from error
    except RecursionError as error:
        raise ArticleError(f"{place}:2: the front matter is nested too deeply; write one key: value a line") from error
    if root is None:
        return {}
    if not isinstance(root, yaml.MappingNode):
        line = root.start_mark.line + 1
        raise ArticleError(f"{place}:{line}: the front matter is not a list of keys; write it as key: value, one a line")
    known = {key for keys in KEYS.values() for key in keys}
    found = {}
    for key, value in root.value:
        if isinstance(key, yaml.ScalarNode) and key.value in known:
            line = f"{place}:{key.start_mark.line + 1}"
            found[str(key.value)] = _Entry(key.value, _scalars(key.value, value, line), line)
    return found


def _broken(place: str, front: str, error: yaml.YAMLError) -> ArticleError:
    line, problem = 2, "it is not YAML"
    if isinstance(error, yaml.MarkedYAMLError) and error.problem_mark:
        line, problem = error.problem_mark.line + 1, error.problem or problem
    elif isinstance(error, yaml.reader.ReaderError):
        line, problem = front.count("\n", 0, error.position) + 1, "a character that YAML does not allow"
    return ArticleError(f"{place}:{line}: broken front matter: {problem}; mend the YAML, or put the value in quotation marks")


def _scalars(key: str, node: yaml.Node, place: str) -> tuple[str, ...]:
    """The text at a key; of a list (of authors, say), the text of each member."""
    parts: list[yaml.Node] = node.value if isinstance(node, yaml.SequenceNode) and key in KEYS["byline"] else [node]
    scalars = [part for part in parts if isinstance(part, yaml.ScalarNode)]
    if len(scalars) < len(parts):
        raise ArticleError(f"{place}: {key} must be a line of text; write it as {key}: text")
    texts = ("" if part.style is None and part.value in ("~", "null") else _line(key, part.value, place) for part in scalars)
    return tuple(filter(None, texts))


def _line(key: str, value: str, place: str) -> str:
    try:
        return " ".join(whole(value).split())
    except ValueError as error:
        raise ArticleError(f"{place}: {key} has half a character (a lone surrogate); write the whole one") from error


def meta_of(given: Mapping[str, tuple[str, ...]], place: str) -> Meta:
    """What known keys give, each as one text or more, from where no YAML is. Raises :class:`ArticleError` that begins with ``place``."""
    return _meta({key: _Entry(key, values, place) for key, values in given.items()})


def _meta(entries: dict[str, _Entry]) -> Meta:
    def first(field: str) -> _Entry | None:
        return next((entries[key] for key in KEYS[field] if key in entries), None)

    def text(field: str) -> str:
        entry = first(field)
        return ", ".join(entry.values) if entry else ""

    place, mode, lang = _url(first("url")), _text_mode(first("text")), _lang(first("lang"))
    return Meta(text("title"), text("byline"), text("outlet"), _date(first("date")), place, mode, lang)


def _date(entry: _Entry | None) -> str:
    """ISO 8601, as written but for the T between date and time."""
    if entry is None or not entry.values:
        return ""
    written = entry.values[0]
    if is_zero(written):
        return written
    try:
        parsed = datetime.fromisoformat(written)
    except ValueError:
        raise ArticleError(f"{entry.place}: date {written!r} is no ISO 8601 date; write it as 2017-08-31") from None
    return parsed.date().isoformat() if ":" not in written and "T" not in written else parsed.isoformat()


def _lang(entry: _Entry | None) -> str:
    if entry is None or not entry.values:
        return ""
    if not _LANGUAGE.fullmatch(entry.values[0]):
        raise ArticleError(f"{entry.place}: {entry.key} {entry.values[0]!r} is no code of a language; write it as en or pt-BR")
    return entry.values[0]


def _text_mode(entry: _Entry | None) -> TextMode:
    if entry is None or not entry.values:
        return "full"
    for mode in TEXT_MODES:
        if entry.values[0] == mode:
            return mode
    raise ArticleError(f"{entry.place}: text {entry.values[0]!r} is no way to show a text; write {', '.join(TEXT_MODES[:-1])} or none")


def _url(entry: _Entry | None) -> str:
    if entry is None or not entry.values:
        return ""
    if not is_web_address(entry.values[0]):
        raise ArticleError(f"{entry.place}: {entry.key} {entry.values[0]!r} is no web address; write it as https://...")
    return entry.values[0]
