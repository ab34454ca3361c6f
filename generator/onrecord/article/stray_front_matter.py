"""Front matter where nobody reads it, as far as it says that less of the text may be shown: such an article is refused.

It stands between other dashes than hyphens, or between none; below a heading or a comment; a second time, after front matter that is read;
in a file that can have none; in braces; or in YAML where it is no key of the article.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import dropwhile, pairwise, product, takewhile

import yaml

from onrecord.article.text_mode import asked_by, is_nearly_mode_key, shows_less
from onrecord.errors import ArticleError
from onrecord.options import TextMode

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
