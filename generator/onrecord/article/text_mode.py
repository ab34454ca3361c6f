"""How much of an article may be shown, as the article itself says it: read with goodwill, also where front matter is hidden."""

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
"""The keys that say it; in a record, where ``text`` is the article, the latter."""

# Letters of other scripts that look like those of the keys and of the modes (Unicode's confusables, as far as these go).
_ALIKE = str.maketrans(
    "тτţеεєҽ℮хχ×ҳмμоοσօԁɗпոռɴсϲрρѕłӏιіıυսƒ",
    "ttteeeeexxxxmmooooddnnnnccppslliiiuuf",
)
_LONGEST = 40
"""Characters that a message repeats of a key or a value."""
_SHORT = 4
"""Letters of a key that becomes another word ("next", "test") with another letter in it."""
_LESS: dict[str, TextMode] = {
    **dict.fromkeys(("none", "no", "not", "never", "nothing", "hide", "hidden", "withheld", "false", "off", "null", "nil", "~"), "none"),
    **dict.fromkeys(("excerpts", "excerpt"), "excerpts"),
}
"""What people write where they want less to be shown."""
_AROUND = re.compile(r"^(?:[!&]\S*\s+)*|\s#.*$")
"""What stands around a value in YAML: tags, anchors and comments."""
_WORD = re.compile(r"\w+|~")
_LOOKED_AT = 200
"""Characters of a key or a value that are looked at: aliases may give one without end to a thousand others."""


def fold(word: str) -> str:
    """A key or a value, or the beginning of one without end, without case, marks that cannot be seen, and differences between kinds of
    letters.

    >>> fold(" Ｔext-Mode​ ")
    'text_mode'
    """
    seen = "".join(one for one in unicodedata.normalize("NFKC", word[:_LOOKED_AT]) if unicodedata.category(one) != "Cf")
    return re.sub(r"[\s_-]+", "_", seen.casefold().strip()).strip("_")


def looks(word: str) -> str:
    """What a word looks like on a screen, in plain letters.

    >>> looks("tехt"), looks("téxt")
    ('text', 'text')
    """
    letters = (one for one in unicodedata.normalize("NFKD", fold(word)) if unicodedata.category(one) != "Mn")
    return "".join(letters).translate(_ALIKE)


def is_mode_key(key: str) -> bool:
    """Whether a key is one that says how much may be shown, in whatever case."""
    return fold(key).replace("_", "") in _KEYS


def looks_like_mode_key(key: str) -> bool:
    """Whether a reader would take it for one, and it is none."""
    return looks(key).replace("_", "") in _KEYS and not is_mode_key(key)


_KEYS = frozenset(key.replace("_", "") for key in MODE_KEYS)


def is_nearly_mode_key(key: str, value: str) -> bool:
    """Whether it is such a key but for one letter, and what it says is how such a key shows less."""
    return fold(value) in TEXT_MODES[1:] and _is_nearly(key)


def slip(key: str) -> str:
    """What is noted of keys that are nearly the mode key ``key``, before they are named."""
    return f"taken for {key}, which it nearly is, so that less is shown; write {key}, or give it another name"


def may_be_mode_key(key: str) -> bool:
    """Whether it is such a key, looks like one, or is one but for a letter, and so may say how much may be shown."""
    return looks(key).replace("_", "") in _KEYS or _is_nearly(key)


def _is_nearly(key: str) -> bool:
    return any(_is_slip(looks(key).replace("_", ""), known) for known in _KEYS)


def _is_slip(word: str, known: str) -> bool:
    """Whether one letter is missing, too many, or in the place of the next; in a key that is not short, also another."""
    short, long = sorted((word, known), key=len)
    if len(long) - len(short) > 1:
        return False
    first = next((at for at, (one, two) in enumerate(zip(short, long, strict=False)) if one != two), len(short))
    if len(short) < len(long):
        return short[first:] == long[first + 1 :]
    swapped = word[:first] + word[first : first + 2][::-1] + word[first + 2 :]
    return known in (word, swapped) or (len(known) > _SHORT and word[first + 1 :] == known[first + 1 :])


def mode_of(written: str, place: str, key: str) -> TextMode:
    """The mode that a value means. Raises :class:`ArticleError` for any other."""
    for mode in TEXT_MODES:
        if fold(written) == mode:
            return mode
    said = f"{written[:_LONGEST]!r} is no way to show a text" if written else "does not say how much of the text may be shown"
    raise ArticleError(f"{place}: {key} {said}; write {', '.join(TEXT_MODES[:-1])} or none")


def asked_by(key: str, value: str, *, empty: TextMode = "full") -> TextMode:
    """How much may be shown by a key and its value that stand where nobody reads them; ``full`` where they do not ask for less.

    The whole value has to say so, but for marks around it: ``Text: None of them came`` is the beginning of an article. ``empty`` is what a
    key without a value asks for.
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
"""Lines at the top of a file in which it is looked for."""
_SHOWN = 40
"""Characters that a message repeats of a key."""
_MEMBERS = 5
"""Of a list in the place of a key or a value, how many are looked at."""
_FENCE = re.compile(r"[-−+;=~_*`‐-―⸺⸻﹘﹣－]{2}")
"""What begins a line of dashes with something behind them."""
_NO_FENCE = re.compile(r"[^\W_]|[(){}\[\]]")
"""What no line of dashes has: a letter, or a bracket, which may stand alone on a line of a script."""
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
    """Without what cannot be seen, and without quotation marks."""
    indented: bool

    def is_fence(self) -> bool:
        """Whether it is a line of dashes or the like, or begins as one."""
        return bool(self.text) and (not _NO_FENCE.search(self.text) or bool(_FENCE.match(self.text)))

    def is_keyed(self) -> bool:
        """Whether it may stand between others that give keys."""
        return self.indented or not self.text or self.text[0] in "#-" or bool(_PAIR.match(self.text))

    def pairs(self, *, braces: bool = False) -> Iterator[tuple[str, str]]:
        """The keys and values that it gives; within ``braces`` it may give several."""
        parts = _BRACES.split(self.text) if braces or "{" in self.text else [self.text]
        yield from ((pair[1], pair[2]) for part in parts if (pair := _PAIR.match(part)) and "#" not in pair[1])


_Asked = tuple[int, str, TextMode]
"""A line's number, a key in it, and the mode that is asked for there."""


def refuse_stray(text: str, place: str, *, known: TextMode = "full", first_line: int = 1) -> None:
    """Raises :class:`ArticleError` where a text begins as if it had front matter, and that showed less than the mode that is ``known``.

    ``first_line`` is that of the text in the file ``place``.
    """
    head = "".join(text[: _HEAD * 200].splitlines(keepends=True)[:_HEAD])
    # A comment may be front matter, too; a script is none, and tags are no words of a line.
    inside = [line for comment in _COMMENT.finditer(head) for line in _lines(comment[1], first_line + _breaks(head[: comment.start(1)]))]
    lines = _lines(_without_markup(head), first_line)
    for number, key, mode in (*_asked(inside), *_asked_at_top(lines), *_asked_between(lines)):
        if shows_less(mode, known):
            raise ArticleError(
                f"{place}:{number}: {key.strip()!r} stands where it is not read; put it between two lines of three hyphens "
                "at the top of a .md or .html file, or take it out"
            )


def refuse_swallowed(front: str, root: yaml.MappingNode, place: str, *, known: TextMode, before: int) -> None:
    """Raises :class:`ArticleError` where front matter asks, below or within another key, for less than the mode that is ``known``.

    ``front`` is the front matter and ``root`` its tree; ``before`` are the lines of the file ``place`` before it.
    """
    for number, key, mode in (*_asked_in_tree(root, before + 1), *_asked(_lines(front, before + 1))):
        if shows_less(mode, known):
            raise ArticleError(
                f"{place}:{number}: {key.strip()[:_SHOWN]!r} stands within another key or its text, where it is not read; "
                "write it on a line of its own, at the left margin"
            )


def _asked_at_top(lines: Sequence[_Line]) -> Iterator[_Asked]:
    """What is asked for after a line of dashes or a brace; or else on lines that give keys, up to the first that does not."""
    top = list(dropwhile(lambda line: not line.text or _HEADING.match(line.text), lines))
    if not top:
        return iter(())
    if top[0].is_fence() or top[0].text.startswith("{"):
        return _asked(top, braces=top[0].text.startswith("{"))
    return _asked(takewhile(lambda line: line.text and line.is_keyed(), top))


def _asked_between(lines: Sequence[_Line]) -> Iterator[_Asked]:
    """What is asked for between two lines of dashes, where nothing but keys stands."""
    fences = [at for at, line in enumerate(lines) if line.is_fence()]
    for first, last in pairwise(fences):
        block = lines[first + 1 : last]
        if all(line.is_keyed() for line in block):
            yield from _asked(block, empty="none", slips=True)


def _asked(lines: Iterable[_Line], *, braces: bool = False, empty: TextMode = "full", slips: bool = False) -> Iterator[_Asked]:
    for line in lines:
        for key, value in line.pairs(braces=braces):
            slip = slips and is_nearly_mode_key(key, value)
            yield line.number, key, "none" if slip else asked_by(key, value, empty=empty)


def _asked_in_tree(root: yaml.MappingNode, first_line: int) -> Iterator[_Asked]:
    """What is asked for in mappings within front matter, and by keys that are no text. Aliases are followed once."""
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
    """The text of a node, or of the first members of a list: aliases may give one list to a thousand keys."""
    nodes = [node] if isinstance(node, yaml.ScalarNode) else node.value[:_MEMBERS] if isinstance(node, yaml.SequenceNode) else ()
    yield from (str(one.value) for one in nodes if isinstance(one, yaml.ScalarNode))


def _lines(text: str, first: int) -> list[_Line]:
    return [_Line(number, _visible(line), line[:1] in (" ", "\t")) for number, line in enumerate(text.splitlines(), first)]


def _without_markup(text: str) -> str:
    """A text without comments, scripts and tags, and with its lines as they were."""
    for markup in (_COMMENT, _SCRIPT, _TAG):
        text = markup.sub(_blank, text)
    return text


def _visible(line: str) -> str:
    return _QUOTES.sub("", "".join(one for one in line if unicodedata.category(one) != "Cf")).strip()


def _breaks(text: str) -> int:
    """How many lines end in a text."""
    return len(f"{text}.".splitlines()) - 1


def _blank(match: re.Match[str]) -> str:
    """As many line ends as stood there."""
    return "\n" * _breaks(match[0])
