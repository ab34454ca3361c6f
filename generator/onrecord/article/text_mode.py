"""How much of an article may be shown, as the article itself asks for by its key ``text`` (``full``, ``excerpts`` or ``none``).

To publish a text against its owner's wish is the worst that can happen here. So the key is understood in any spelling; a misspelt one is
taken for it where it asks for less; and where it is in a place that is not read, such as a comment or a nested key, the article is refused.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import dropwhile, pairwise, product, takewhile

import yaml

from onrecord.errors import ArticleError
from onrecord.options import TEXT_MODES, TextMode

MODE_KEYS = ("text", "text_mode")
"""The keys that say how much may be shown. In a record ``text`` holds the article, so that only the second one does."""

# Letters of other scripts that look like letters of the keys and modes (from Unicode's list of confusables).
_ALIKE = str.maketrans(
    "тτţеεєҽ℮хχ×ҳмμоοσօԁɗпոռɴсϲрρѕłӏιіıυսƒ",
    "ttteeeeexxxxmmooooddnnnnccppslliiiuuf",
)
_LONGEST = 40
"""How many characters of a key or a value a message repeats."""
_SHORT = 4
"""A key of so many letters becomes another word ("next", "test") if one letter is replaced, which is therefore not taken for a slip."""
_LESS: dict[str, TextMode] = {
    **dict.fromkeys(("none", "no", "not", "never", "nothing", "hide", "hidden", "withheld", "false", "off", "null", "nil", "~"), "none"),
    **dict.fromkeys(("excerpts", "excerpt"), "excerpts"),
}
"""Words that people write when they want less to be shown, and what they mean."""
_AROUND = re.compile(r"^(?:[!&]\S*\s+)*|\s#.*$")
"""What may be around a value in YAML: tags, anchors and comments."""
_WORD = re.compile(r"\w+|~")
_LOOKED_AT = 200
"""How many characters of a key or a value are looked at. By aliases of YAML one huge text can be the value of a thousand keys."""


def fold(word: str) -> str:
    """A key or a value without differences of case, width and hyphens, and without invisible characters. Only the beginning of a very long
    one.

    >>> fold(" Ｔext-Mode​ ")
    'text_mode'
    """
    seen = "".join(one for one in unicodedata.normalize("NFKC", word[:_LOOKED_AT]) if unicodedata.category(one) != "Cf")
    return re.sub(r"[\s_-]+", "_", seen.casefold().strip()).strip("_")


def looks(word: str) -> str:
    """What a word looks like on a screen, in plain Latin letters without accents.

    >>> looks("tехt"), looks("téxt")
    ('text', 'text')
    """
    letters = (one for one in unicodedata.normalize("NFKD", fold(word)) if unicodedata.category(one) != "Mn")
    return "".join(letters).translate(_ALIKE)


def is_mode_key(key: str) -> bool:
    """Whether a key is one of :data:`MODE_KEYS`, in any case and with any hyphens."""
    return fold(key).replace("_", "") in _KEYS


def looks_like_mode_key(key: str) -> bool:
    """Whether a key only looks like one of :data:`MODE_KEYS`, by letters of another script or accents."""
    return looks(key).replace("_", "") in _KEYS and not is_mode_key(key)


_KEYS = frozenset(key.replace("_", "") for key in MODE_KEYS)


def is_nearly_mode_key(key: str, value: str) -> bool:
    """Whether a key is one letter away from a mode key, and its value is a mode that shows less."""
    return fold(value) in TEXT_MODES[1:] and _is_nearly(key)


def slip(key: str) -> str:
    """The note about keys that were taken for the mode key ``key``; their names follow it."""
    return f"taken for {key}, which it nearly is, so that less is shown; write {key}, or give it another name"


def may_be_mode_key(key: str) -> bool:
    """Whether a key is a mode key, looks like one, or is one letter away from one."""
    return looks(key).replace("_", "") in _KEYS or _is_nearly(key)


def _is_nearly(key: str) -> bool:
    return any(_is_slip(looks(key).replace("_", ""), known) for known in _KEYS)


def _is_slip(word: str, known: str) -> bool:
    """Whether a word is a known key with one letter missing, one too many, or two neighbours exchanged; for a key that is not short also
    with one letter replaced."""
    short, long = sorted((word, known), key=len)
    if len(long) - len(short) > 1:
        return False
    first = next((at for at, (one, two) in enumerate(zip(short, long, strict=False)) if one != two), len(short))
    if len(short) < len(long):
        return short[first:] == long[first + 1 :]
    swapped = word[:first] + word[first : first + 2][::-1] + word[first + 2 :]
    return known in (word, swapped) or (len(known) > _SHORT and word[first + 1 :] == known[first + 1 :])


def mode_of(written: str, place: str, key: str) -> TextMode:
    """The mode that a value means. Raises :class:`ArticleError` for a value that is none: a guess might show too much."""
    for mode in TEXT_MODES:
        if fold(written) == mode:
            return mode
    said = f"{written[:_LONGEST]!r} is no way to show a text" if written else "does not say how much of the text may be shown"
    raise ArticleError(f"{place}: {key} {said}; write {', '.join(TEXT_MODES[:-1])} or none")


def asked_by(key: str, value: str, *, empty: TextMode = "full") -> TextMode:
    """The mode that a key and its value ask for in a place where they are not read; ``full`` where they ask for nothing less.

    The value must be a single word: ``Text: None of them came`` is the beginning of an article. ``empty`` is the mode that a key without a
    value asks for.
    """
    if not (is_mode_key(key) or looks_like_mode_key(key)):
        return "full"
    said = _AROUND.sub("", value.strip()[:_LOOKED_AT])
    words = [word for one in _WORD.findall(looks(said)) if (word := one.strip("_"))]
    return _LESS.get(words[0], "full") if len(words) == 1 else "full" if words else empty


def shows_less(one: TextMode, other: TextMode) -> bool:
    """Whether the first mode shows less than the second."""
    return TEXT_MODES.index(one) > TEXT_MODES.index(other)


_HEAD = 60
"""How many lines at the top of a file are searched for such keys."""
_SHOWN = 40
"""How many characters of a key a message repeats."""
_MEMBERS = 5
"""How many members of a list are looked at that is a key or a value."""
_FENCE = re.compile(r"[-−+;=~_*`‐-―⸺⸻﹘﹣－]{2}")
"""The beginning of a line of dashes that has something behind them."""
_NO_FENCE = re.compile(r"[^\W_]|[(){}\[\]]")
"""What a line of dashes cannot have: a letter, or a bracket, which may be alone on a line of a script."""
_QUOTES = re.compile(r"[\"'“”‘’]")
_COMMENT = re.compile(r"<!--(.*?)(?:-->|\Z)", re.DOTALL)
_SCRIPT = re.compile(r"<(script|style)\b.*?</\1\s*>", re.DOTALL | re.IGNORECASE)
_TAG = re.compile(r"</?[A-Za-z!?][^<>]*>")
_HEADING = re.compile(r"#{1,6}(?!\S)|#{1,6}\s")
_PAIR = re.compile(r"[^\w#]*([^:=：]{1,60})[:=：](.*)")
_BRACES = re.compile(r"[{},]")


@dataclass(frozen=True, slots=True)
class _Line:
    number: int
    text: str
    """The line without invisible characters and quotation marks."""
    indented: bool

    def is_fence(self) -> bool:
        """Whether it is a line of dashes or similar marks, or begins like one."""
        return bool(self.text) and (not _NO_FENCE.search(self.text) or bool(_FENCE.match(self.text)))

    def is_keyed(self) -> bool:
        """Whether it can be a line of front matter: a key, a continued value, a comment or a member of a list."""
        return self.indented or not self.text or self.text[0] in "#-" or bool(_PAIR.match(self.text))

    def pairs(self, *, braces: bool = False) -> Iterator[tuple[str, str]]:
        """The keys and values in the line; inside ``braces`` there may be several."""
        parts = _BRACES.split(self.text) if braces or "{" in self.text else [self.text]
        yield from ((pair[1], pair[2]) for part in parts if (pair := _PAIR.match(part)) and "#" not in pair[1])


_Asked = tuple[int, str, TextMode]
"""The number of a line, a key in it, and the mode that it asks for."""


def refuse_stray(text: str, place: str, *, known: TextMode = "full", first_line: int = 1) -> None:
    """Raises :class:`ArticleError` where the beginning of a text looks like front matter that asks for less than the mode ``known``.

    The text begins on line ``first_line`` of the file ``place``.
    """
    head = "".join(text[: _HEAD * 200].splitlines(keepends=True)[:_HEAD])
    # Some systems put front matter into an HTML comment. Scripts are left out, and tags are removed from lines.
    inside = [line for comment in _COMMENT.finditer(head) for line in _lines(comment[1], first_line + _breaks(head[: comment.start(1)]))]
    lines = _lines(_without_markup(head), first_line)
    for number, key, mode in (*_asked(inside), *_asked_at_top(lines), *_asked_between(lines)):
        if shows_less(mode, known):
            raise ArticleError(
                f"{place}:{number}: {key.strip()!r} stands where it is not read; put it between two lines of three hyphens "
                "at the top of a .txt, .md or .html file, or take it out"
            )


def refuse_swallowed(front: str, root: yaml.MappingNode, place: str, *, known: TextMode, before: int) -> None:
    """Raises :class:`ArticleError` where front matter asks for less than the mode ``known`` inside another key or its text.

    ``front`` is the front matter and ``root`` its tree; ``before`` is the number of lines of the file ``place`` before it.
    """
    for number, key, mode in (*_asked_in_tree(root, before + 1), *_asked(_lines(front, before + 1))):
        if shows_less(mode, known):
            raise ArticleError(
                f"{place}:{number}: {key.strip()[:_SHOWN]!r} stands within another key or its text, where it is not read; "
                "write it on a line of its own, at the left margin"
            )


def _asked_at_top(lines: Sequence[_Line]) -> Iterator[_Asked]:
    """What the first lines ask for, headings aside: all lines after a line of dashes or a brace; otherwise only lines that can be front
    matter, up to the first that cannot."""
    top = list(dropwhile(lambda line: not line.text or _HEADING.match(line.text), lines))
    if not top:
        return iter(())
    if top[0].is_fence() or top[0].text.startswith("{"):
        return _asked(top, braces=top[0].text.startswith("{"))
    return _asked(takewhile(lambda line: line.text and line.is_keyed(), top))


def _asked_between(lines: Sequence[_Line]) -> Iterator[_Asked]:
    """What lines between two lines of dashes ask for, if all of them can be front matter."""
    fences = [at for at, line in enumerate(lines) if line.is_fence()]
    for first, last in pairwise(fences):
        block = lines[first + 1 : last]
        if all(line.is_keyed() for line in block):
            yield from _asked(block, empty="none", slips=True)


def _asked(lines: Iterable[_Line], *, braces: bool = False, empty: TextMode = "full", slips: bool = False) -> Iterator[_Asked]:
    """What each key in the lines asks for; with ``slips`` also keys that are one letter away from a mode key."""
    for line in lines:
        for key, value in line.pairs(braces=braces):
            slip = slips and is_nearly_mode_key(key, value)
            yield line.number, key, "none" if slip else asked_by(key, value, empty=empty)


def _asked_in_tree(root: yaml.MappingNode, first_line: int) -> Iterator[_Asked]:
    """What keys of nested mappings ask for, and keys that are lists. Each node is visited once: aliases can make a tree of exponential
    size."""
    todo, seen = [root], set[int]()
    while todo:
        node = todo.pop()
        if id(node) in seen or isinstance(node, yaml.ScalarNode):
            continue
        seen.add(id(node))
        for key, value in node.value if isinstance(node, yaml.MappingNode) else ((one, one) for one in node.value):
            todo += [key, value]
            if node is not root or not isinstance(key, yaml.ScalarNode):
                yield from _asked_by_nodes(key, value, first_line)


def _asked_by_nodes(key: yaml.Node, value: yaml.Node, first_line: int) -> Iterator[_Asked]:
    for one, other in product(_scalars(key), _scalars(value)):
        yield key.start_mark.line + first_line, one, asked_by(one, other)


def _scalars(node: yaml.Node) -> Iterator[str]:
    """The text of a node, or of the first members of a list. By aliases one long list can be the value of a thousand keys."""
    nodes = [node] if isinstance(node, yaml.ScalarNode) else node.value[:_MEMBERS] if isinstance(node, yaml.SequenceNode) else ()
    yield from (str(one.value) for one in nodes if isinstance(one, yaml.ScalarNode))


def _lines(text: str, first: int) -> list[_Line]:
    return [_Line(number, _visible(line), line[:1] in (" ", "\t")) for number, line in enumerate(text.splitlines(), first)]


def _without_markup(text: str) -> str:
    """A text without comments, scripts and tags, with as many lines as before."""
    for markup in (_COMMENT, _SCRIPT, _TAG):
        text = markup.sub(_blank, text)
    return text


def _visible(line: str) -> str:
    return _QUOTES.sub("", "".join(one for one in line if unicodedata.category(one) != "Cf")).strip()


def _breaks(text: str) -> int:
    """How many line ends a text has."""
    return len(f"{text}.".splitlines()) - 1


def _blank(match: re.Match[str]) -> str:
    """The line ends of what is removed, so that lines keep their numbers."""
    return "\n" * _breaks(match[0])
