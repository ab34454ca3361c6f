"""YAML front matter: what an article's file says about the article."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import yaml
from frontmatter.default_handlers import YAMLHandler

from onrecord.addresses import is_web_address
from onrecord.article.publication import is_zero
from onrecord.article.text_mode import MODE_KEYS, is_nearly_mode_key, looks_like_mode_key, mode_of, plain, refuse_unread
from onrecord.characters import whole
from onrecord.errors import ArticleError
from onrecord.model import Meta
from onrecord.notes import note
from onrecord.options import TEXT_MODES, TextMode

LONGEST = 150_000
"""Characters of front matter: a hundred times what any says. YAML takes its time."""
_MOST_TOLD = 5
"""Keys that one message names."""
_UNSEEN = "\u00ad\u200b-\u200f\u2060-\u2064\ufeff"
"""Characters without a shape of their own, for a class of an expression."""
_OPENING = re.compile(rf"(?:\s|[{_UNSEEN}])*(?=-{{3}})")
_NAMED = re.compile(r"^[ \t]*(?:\? )?([^\n:]{1,80}):", re.MULTILINE)
"""A line that gives a key."""
_MERGE = "<<"

_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8}){0,3}")
"""BCP 47, as far as anybody needs it for an article."""

KEYS = {
    "title": ("title",),
    "byline": ("byline", "author", "authors"),
    "outlet": ("outlet",),
    "date": ("date",),
    "url": ("url", "source", "source_url", "canonical"),
    "text": MODE_KEYS,
    "lang": ("lang",),
}
"""The fields of :class:`Meta`, and the keys that give them, in any case: the first one that is there counts, and of ``text`` what shows
least. Other keys are left alone."""
_KNOWN = {key.replace("_", ""): key for keys in KEYS.values() for key in keys}
_SHOWN = 40
"""Characters that a message repeats of a key."""


@dataclass(frozen=True, slots=True)
class _Entry:
    """What stands at a key, and where."""

    key: str
    """As this program writes it."""
    values: tuple[str, ...]
    place: str
    """``file:line``."""
    written: str = ""
    """The key as it stands there."""


def split_front_matter(place: str, text: str) -> tuple[Meta, str, int]:
    """The front matter, the text after it, and the line on which that begins (from 1). ``place`` is what messages call the file.

    Blanks, blank lines and what cannot be seen may stand before it. Keys that are not read, and those that stand there twice, are told in
    the log. Raises :class:`ArticleError` where the front matter cannot be read, says something of a known key that cannot be, or stands
    where nobody reads it and says that the text should not be shown.
    """
    found = _find(place, text)
    if found is None:
        refuse_unread(text, place)
        return Meta(), text, 1
    front, body, line = found
    if len(front) > LONGEST:
        raise ArticleError(f"{place}:{line}: the front matter has {len(front):,} characters, of which the limit is {LONGEST:,}; shorten it")
    # Both parts begin with the end of their line of dashes, so that a line of the first has the file's number.
    return _meta(_entries(place, front, line - 1)), body, line + front.count("\n")


def _find(place: str, text: str) -> tuple[str, str, int] | None:
    """What stands between two lines of dashes, what after, and the line of the first; none where a line of dashes is a Markdown rule."""
    opening = _OPENING.match(text)
    begin = opening.end() if opening else 0
    handler = YAMLHandler(fm_boundary=_boundary(begin - text.rfind("\n", 0, begin) - 1))
    content, line = text[begin:], text.count("\n", 0, begin) + 1
    if not handler.detect(content):
        return None
    try:
        front, body = handler.split(content)
    except ValueError:  # there is no second line of dashes
        if re.match(r".*\n[\w-]+:\s", content):
            raise ArticleError(f"{place}:{line}: the front matter is never closed; put --- on a line after it") from None
        return None
    # Behind blank lines it may as well be a text between two rules.
    return (front, body, line) if begin == 0 or any(map(_is_read, _NAMED.findall(front))) else None


def _boundary(indent: int) -> re.Pattern[str]:
    """A line of dashes that is indented no further than the first."""
    return re.compile(rf"^[^\S\n]{{0,{indent}}}-{{3,}}(?:[^\S\n]|[{_UNSEEN}])*$", re.MULTILINE)


def _is_read(key: str) -> bool:
    """Whether a key is known, or a reader would take it for one that says how much may be shown."""
    return plain(key.strip("\"'")).replace("_", "") in _KNOWN or looks_like_mode_key(key)


def _entries(place: str, front: str, before: int) -> list[_Entry]:
    """The known keys' entries, in their order; ``before`` are lines of the file. YAML is read as a tree of nodes: no value of any type is
    made, whatever tags it has."""
    try:
        root = yaml.compose(front, Loader=yaml.BaseLoader)
    except yaml.YAMLError as error:
        raise _broken(place, front, before, error) from error
    except RecursionError as error:
        raise ArticleError(f"{place}:{before + 2}: the front matter is nested too deeply; write one key: value a line") from error
    if root is None:
        return []
    if not isinstance(root, yaml.MappingNode):
        line = before + root.start_mark.line + 1
        raise ArticleError(f"{place}:{line}: the front matter is not a list of keys; write it as key: value, one a line")
    found, unknown = [], list[str]()
    for key, value in root.value:
        if isinstance(key, yaml.ScalarNode):
            entry = _entry(key, value, f"{place}:{before + key.start_mark.line + 1}")
            found += [entry] if entry else []
            unknown += [] if entry else [str(key.value)]
    _tell(place, found, unknown)
    return found


def _entry(key: yaml.ScalarNode, value: yaml.Node, place: str) -> _Entry | None:
    """What stands at a known key; none at any other. Raises :class:`ArticleError` where it may be meant to be known."""
    written, known = str(key.value), _KNOWN.get(plain(key.value).replace("_", ""))
    if written == _MERGE:
        raise ArticleError(f"{place}: << takes keys from elsewhere, which is not read; write each key where it belongs")
    if known is None and looks_like_mode_key(written):
        raise ArticleError(f"{place}: {written[:_SHOWN]!r} only looks like {MODE_KEYS[0]}; write it in plain letters")
    if known is None and isinstance(value, yaml.ScalarNode) and is_nearly_mode_key(written, value.value):
        note("%s: %r is taken for %s, which it nearly is", place, written[:_SHOWN], MODE_KEYS[0])
        known = MODE_KEYS[0]
    return _Entry(known, _scalars(known, value, place), place, written) if known else None


def _tell(place: str, found: Sequence[_Entry], unknown: Sequence[str]) -> None:
    """Says which keys stand there twice, and which are not read."""
    often = Counter(entry.key for entry in found)
    for entry in {entry.key: entry for entry in found if often[entry.key] > 1}.values():
        holds = "the one that shows least" if entry.key in MODE_KEYS else "the last"
        note("%s: %s stands in the front matter %d times; %s holds", entry.place, entry.key, often[entry.key], holds)
    if unknown:
        names = ", ".join(repr(name[:_SHOWN]) for name in tuple(dict.fromkeys(unknown))[:_MOST_TOLD])
        more = f" and {len(set(unknown)) - _MOST_TOLD} more" if len(set(unknown)) > _MOST_TOLD else ""
        note("%s: keys of the front matter that are not read: %s%s", place, names, more)


def _broken(place: str, front: str, before: int, error: yaml.YAMLError) -> ArticleError:
    line, problem = 2, "it is not YAML"
    if isinstance(error, yaml.MarkedYAMLError) and error.problem_mark:
        line, problem = error.problem_mark.line + 1, error.problem or problem
    elif isinstance(error, yaml.reader.ReaderError):
        line, problem = front.count("\n", 0, error.position) + 1, "a character that YAML does not allow"
    return ArticleError(f"{place}:{before + line}: broken front matter: {problem}; mend the YAML, or put the value in quotation marks")


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
    return _meta([_Entry(key, values, place) for key, values in given.items()])


def _meta(given: Iterable[_Entry]) -> Meta:
    found = list(given)
    entries = {entry.key: entry for entry in found}

    def first(field: str) -> _Entry | None:
        return next((entries[key] for key in KEYS[field] if key in entries), None)

    def text(field: str) -> str:
        entry = first(field)
        return ", ".join(entry.values) if entry else ""

    place, mode, lang = _url(first("url")), _text_mode(found), _lang(first("lang"))
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


def _text_mode(entries: Iterable[_Entry]) -> TextMode:
    """The mode of those that are given that shows least."""
    given = (mode_of(", ".join(entry.values), entry.place, entry.written or entry.key) for entry in entries if entry.key in MODE_KEYS)
    return max(given, key=TEXT_MODES.index, default="full")


def _url(entry: _Entry | None) -> str:
    if entry is None or not entry.values:
        return ""
    if not is_web_address(entry.values[0]):
        raise ArticleError(f"{entry.place}: {entry.key} {entry.values[0]!r} is no web address; write it as https://...")
    return entry.values[0]
