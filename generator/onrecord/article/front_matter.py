"""YAML front matter: title, date and so on, as a file gives them between two lines of dashes at its top.

A mistake in ``text``, which says how much of an article may be shown, must never lead to showing more. So where front matter is hidden,
misspelt or broken, and may ask for less to be shown, the article is refused.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from difflib import get_close_matches
from textwrap import dedent

import yaml
from frontmatter.default_handlers import YAMLHandler

from onrecord.article.publication import is_zero
from onrecord.article.text_mode import (
    MODE_KEYS,
    asked_by,
    fold,
    is_nearly_mode_key,
    looks_like_mode_key,
    mode_of,
    refuse_stray,
    refuse_swallowed,
    slip,
)
from onrecord.errors import ArticleError, note, note_of_many
from onrecord.model import Meta
from onrecord.options import TEXT_MODES, TextMode
from onrecord.text.addresses import is_web_address
from onrecord.text.yaml_document import YamlText, compose, is_nothing

LONGEST = 150_000
"""The most characters of front matter, a hundred times what any article has. Parsing YAML is slow."""
_UNSEEN = "\u00ad\u200b-\u200f\u2060-\u2064\ufeff"
"""Invisible characters, for use in a character class."""
_OPENING = re.compile(rf"(?:\s|[{_UNSEEN}])*(?=-{{3}})")
_NAMED = re.compile(r"(?:\? )?([^\n:]{1,80}):(.*)")
"""A line with a key."""
_CONTINUED = tuple(" \t\r#-?:]}")
"""The beginnings of lines of front matter without a key: continued values, comments, members of lists."""
_MERGE = "<<"

_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8}){0,3}")
"""A language tag by BCP 47, as far as articles need it."""

KEYS = {
    "title": ("title",),
    "byline": ("byline", "author", "authors"),
    "outlet": ("outlet",),
    "date": ("date",),
    "url": ("url", "source", "source_url", "canonical"),
    "text": MODE_KEYS,
    "lang": ("lang",),
}
"""The fields of :class:`Meta`, and the keys that give them, in capitals or small letters. If several are given for one field the first of
this list counts; of ``text`` the one that shows least. Other keys are ignored, with a note."""
RETRIEVED = "retrieved"
"""A key that says when a page was fetched. It is for people, and nothing here reads it."""
_KNOWN = {key.replace("_", ""): key for keys in KEYS.values() for key in keys}
_SHOWN = 40
"""How many characters of a key a message repeats."""
_CANNOT_BE = {"date": "no ISO 8601 date", "lang": "no code of a language", **dict.fromkeys(KEYS["url"], "no web address")}
"""What a note says about an impossible value of some keys; of other keys it says that the value is no line of text."""
_OF_OTHERS = ("source", "canonical")
"""Keys under which other systems keep other things: the name of an agency, or whether the page is the original."""
_SCHEME = re.compile(r"\s*[A-Za-z][A-Za-z0-9+.-]*:\S")
"""Matches what begins like an address: a scheme and a colon."""


@dataclass(frozen=True, slots=True)
class _Entry:
    """A known key with its value, and where it is."""

    key: str
    """The key as this program writes it."""
    values: tuple[str, ...]
    """Its text; several for a list of authors."""
    place: str
    """``file:line``."""
    written: str = ""
    """The key as the file writes it."""


def split_front_matter(place: str, text: str, *, plain: bool = False) -> tuple[Meta, str, int]:
    """What front matter says, the text after it, and the line on which that begins (from 1). ``place`` is what messages call the file.

    Blanks, blank lines and invisible characters may come before it. In ``plain`` text a line of dashes is more often a rule than it is in
    Markdown, so that there only keys that articles have make front matter. Keys that are not read or given twice are noted. Raises
    :class:`ArticleError` where the front matter cannot be read, has an impossible value for a known key, or is somewhere else in the file
    and asks for less of the text to be shown.
    """
    found = _find(place, text, plain)
    # Whatever is not read as front matter may still look like it to whoever wrote it.
    if found is None:
        refuse_stray(text, place)
        return Meta(), text, 1
    front, body, line = found
    # Both parts begin with the end of their line of dashes, so that a line of the first has the file's number.
    meta, first_line = _read(place, front, line - 1), line + front.count("\n")
    refuse_stray(body, place, known=meta.text, first_line=first_line)
    return meta, body, first_line


def _find(place: str, text: str, plain: bool) -> tuple[str, str, int] | None:
    """The text between two lines of dashes, the text after them, and the number of the first line; None where there is no front matter, or
    the dashes are a horizontal rule."""
    opening = _OPENING.match(text)
    begin = opening.end() if opening else 0
    handler = YAMLHandler(fm_boundary=_boundary(begin - text.rfind("\n", 0, begin) - 1))
    content, line = text[begin:], text.count("\n", 0, begin) + 1
    certain = begin == 0 and not plain  # elsewhere it may just as well be a text between two rules
    if not handler.detect(content):
        return None
    try:
        front, body = handler.split(content)
    except ValueError:  # there is no second line of dashes
        key = re.match(r".*\n([\w-]+):\s", content)
        if key and (certain or key[1] in _KNOWN.values()):
            raise ArticleError(f"{place}:{line}: the front matter is never closed; put --- on a line after it") from None
        return None
    return (front, body, line) if certain or _is_front_matter(front) else None


def _boundary(indent: int) -> re.Pattern[str]:
    """Matches a line of dashes that is indented no further than the first one."""
    return re.compile(rf"^[^\S\n]{{0,{indent}}}-{{3,}}(?:[^\S\n]|[{_UNSEEN}])*$", re.MULTILINE)


def _is_front_matter(text: str) -> bool:
    """Whether a text between two rules is front matter: each line has a key, and most keys are known, or one is written just like a known
    one, or one asks for less of the text to be shown. A speaker's label before a statement ("Lee: No comment.") is no such key."""
    lines = [line for line in dedent(text).split("\n") if line.strip() and not line.startswith(_CONTINUED)]
    pairs = [(pair[1].strip().strip("\"'"), pair[2]) for line in lines if (pair := _NAMED.match(line))]
    if not pairs or len(pairs) < len(lines):
        return False
    known = [fold(key).replace("_", "") in _KNOWN for key, _ in pairs]
    return 2 * sum(known) > len(known) or any(
        key in _KNOWN.values() or asked_by(key, value, empty="none") != "full" for key, value in pairs
    )


def _read(place: str, front: str, before: int) -> Meta:
    """What front matter says. ``before`` is the number of lines of the file before it."""
    root = _tree(place, front, before)
    if root is None:
        return Meta()
    meta = _meta(_entries(place, root, before))
    refuse_swallowed(front, root, place, known=meta.text, before=before)
    return meta


def _tree(place: str, front: str, before: int) -> yaml.MappingNode | None:
    source = YamlText(front, place, ArticleError, before + 1, "the front matter", LONGEST)
    root = compose(source)
    if root is not None and not isinstance(root, yaml.MappingNode):
        raise source.refusal(root.start_mark.line, "the front matter is not a list of keys", "write it as key: value, one a line")
    return root


def _entries(place: str, root: yaml.MappingNode, before: int) -> list[_Entry]:
    """The entries of known keys, in their order; notes of others."""
    found, unknown = [], list[str]()
    for key, value in root.value:
        if not isinstance(key, yaml.ScalarNode):
            continue
        at = f"{place}:{before + key.start_mark.line + 1}"
        known = _known(key, value, at)
        if known is None and key.value != RETRIEVED:
            unknown.append(str(key.value))
        elif known and (entry := _entry(known, str(key.value), value, at)):
            found.append(entry)
    _tell(place, found, unknown)
    return found


def _known(key: yaml.ScalarNode, value: yaml.Node, place: str) -> str | None:
    """The known key that a key stands for; None for any other key. Raises :class:`ArticleError` for one that only looks like ``text``: a
    reader would take it for it."""
    written, known = str(key.value), _KNOWN.get(fold(key.value).replace("_", ""))
    if written == _MERGE:
        raise ArticleError(f"{place}: << takes keys from elsewhere, which is not read; write each key where it belongs")
    if known is None and looks_like_mode_key(written):
        raise ArticleError(f"{place}: {written[:_SHOWN]!r} only looks like {MODE_KEYS[0]}; write it in plain letters")
    if known is None and isinstance(value, yaml.ScalarNode) and is_nearly_mode_key(written, value.value):
        note_of_many(place, slip(MODE_KEYS[0]), [written])
        return MODE_KEYS[0]
    return known


def _entry(known: str, written: str, value: yaml.Node, place: str) -> _Entry | None:
    """The entry of a known key. An impossible value is refused; but if the key may be another system's it is noted, and counts as not
    given."""
    said = str(value.value) if isinstance(value, yaml.ScalarNode) else None
    try:
        entry = _Entry(known, _scalars(known, value, place), place, written)
    except ArticleError:
        if not _may_be_of_others(known, written, said):
            raise
        _tell_not_given(known, written, place)
        return None
    return _usable(entry, said)


def _usable(entry: _Entry, said: str | None) -> _Entry | None:
    """The entry; None, with a note, where its value is impossible and may be meant for another system."""
    if _may_be_of_others(entry.key, entry.written, said):
        try:
            _meta([entry])
        except ArticleError:
            _tell_not_given(entry.key, f"{entry.written}: {', '.join(entry.values)}", entry.place)
            return None
    return entry


def _tell_not_given(known: str, written: str, place: str) -> None:
    note_of_many(place, f"{_CANNOT_BE.get(known, 'no line of text')}, and counts as not given", [written])


def _may_be_of_others(known: str, written: str, said: str | None) -> bool:
    """Whether a key may be meant for another system: it is written in another case (``Date``), or it is a ``source`` that is no address."""
    if known in MODE_KEYS:
        return False
    return known != written or (known in _OF_OTHERS and not _SCHEME.match(said or ""))


def _tell(place: str, found: Sequence[_Entry], unknown: Sequence[str]) -> None:
    """Notes which keys are given twice, and which are not read."""
    often = Counter(entry.key for entry in found)
    for entry in {entry.key: entry for entry in found if often[entry.key] > 1}.values():
        holds = "the one that shows least" if entry.key in MODE_KEYS else "the last"
        note("%s: %s stands in the front matter %d times; %s holds", entry.place, entry.key, often[entry.key], holds)
    if unknown:
        names = tuple(map(_with_nearest, dict.fromkeys(unknown)))
        note_of_many(place, "keys of the front matter that are not read", names, frozenset(unknown))


# What Hugo, Jekyll, Pelican and Dublin Core call what this program calls otherwise.
_ELSEWHERE = {
    **dict.fromkeys(("headline", "name"), "title"),
    **dict.fromkeys(("creator", "writer", "by", "contributor"), "byline"),
    **dict.fromkeys(("publisher", "publication", "site", "newspaper", "site_name"), "outlet"),
    **dict.fromkeys(("published", "publishdate", "pubdate", "datepublished", "created", "issued", "day"), "date"),
    **dict.fromkeys(("link", "permalink", "href", "address"), "url"),
    **dict.fromkeys(("language", "locale"), "lang"),
}
_NEAR = 0.75
"""How much of two keys must be the same for one to be a slip of the other, as :mod:`difflib` counts it."""


def _with_nearest(name: str) -> str:
    key = nearest_key(name)
    return f"{name[: _SHOWN // 2]} ({key}?)" if key else name


def nearest_key(name: str) -> str:
    """The key that one which is not read may stand for; empty where it is like none.

    >>> [nearest_key(name) for name in ("titel", "pub_date", "layout")]
    ['title', 'date', '']
    """
    folded = fold(name[:_SHOWN]).replace("_", "")
    found = get_close_matches(folded, _KNOWN, 1, _NEAR) if folded not in _ELSEWHERE else []
    return _ELSEWHERE.get(folded) or next((_KNOWN[one] for one in found if _KNOWN[one] not in MODE_KEYS), "")


def _scalars(key: str, node: yaml.Node, place: str) -> tuple[str, ...]:
    """The text of a value; of a list of authors the text of each."""
    parts: list[yaml.Node] = node.value if isinstance(node, yaml.SequenceNode) and key in KEYS["byline"] else [node]
    scalars = [part for part in parts if isinstance(part, yaml.ScalarNode)]
    if len(scalars) < len(parts):
        raise ArticleError(f"{place}: {key} must be a line of text; write it as {key}: text")
    return tuple(filter(None, (" ".join(part.value.split()) for part in scalars if not is_nothing(part))))


def meta_of(given: Mapping[str, tuple[str, ...]], place: str) -> Meta:
    """The metadata from known keys with their texts, for records, which have no YAML.

    Raises :class:`ArticleError`, whose message begins with ``place``, for an impossible value.
    """
    entries = (_usable(_Entry(key, values, place, key), " ".join(values)) for key, values in given.items())
    return _meta(filter(None, entries))


def _meta(given: Iterable[_Entry]) -> Meta:
    found = list(given)
    entries = {entry.key: entry for entry in found}

    def first(field: str) -> _Entry | None:
        return next((entries[key] for key in KEYS[field] if key in entries), None)

    def text(field: str) -> str:
        entry = first(field)
        return ", ".join(entry.values) if entry else ""

    return Meta(
        url=_url(first("url")),  # first of all, then text and lang: of several entries that are wrong, the message is about this one
        text=_text_mode(found),
        lang=_lang(first("lang")),
        title=text("title"),
        byline=text("byline"),
        outlet=text("outlet"),
        date=_date(first("date")),
    )


def _date(entry: _Entry | None) -> str:
    """The date in ISO 8601, as written, but with a T between date and time."""
    if entry is None or not entry.values:
        return ""
    written = entry.values[0]
    if is_zero(written):
        return written  # kept for now, and left out with a notice when the article is parsed
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
    """The mode that shows least of those that are given."""
    given = (mode_of(", ".join(entry.values), entry.place, entry.written or entry.key) for entry in entries if entry.key in MODE_KEYS)
    return max(given, key=TEXT_MODES.index, default="full")


def _url(entry: _Entry | None) -> str:
    if entry is None or not entry.values:
        return ""
    if not is_web_address(entry.values[0]):
        raise ArticleError(f"{entry.place}: {entry.key} {entry.values[0]!r} is no web address; write it as https://...")
    return entry.values[0]
