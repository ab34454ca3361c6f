"""What a page says of itself in JSON-LD: the things in its scripts, and those of them that are its article.

Only what stands at the top of a script, in its graph, or as the main entity of its page is looked at: other articles within are those that
the page leads to.
"""

from __future__ import annotations

import html
import json
import re
from collections import deque
from collections.abc import Iterable, Iterator, Mapping

Thing = Mapping[str, object]
"""A JSON object with its properties."""

# Faults that browsers' consoles do not show, so that they stay: comments, and commas with nothing after them.
_FAULTS = re.compile(r'("(?:\\.|[^"\\])*(?:"|\Z))|/\*.*?(?:\*/|\Z)|//[^\n]*|,(?=\s*[,}\]])', re.DOTALL)
_MOST_NAMES = 50
"""How many authors of an article are looked at."""
_MOST = 2_000
"""How many things are looked at."""
_MOST_VALUES = 50_000
"""How many values of things are searched for those with an id."""


def parse_things(scripts: Iterable[str]) -> tuple[Thing, ...]:
    """The things in some scripts, in their order; a script that cannot be read has none."""
    things: list[Thing] = []
    for script in scripts:
        todo = [_parsed(script)]
        while todo and len(things) < _MOST:
            data = todo.pop()
            if isinstance(data, list):
                todo.extend(reversed(data))
            elif isinstance(data, dict):
                things.append(data)
                todo.extend(data[key] for key in ("mainEntity", "@graph") if key in data)
    return tuple(things)


def _parsed(script: str) -> object:
    """The data of a script; None where it is no JSON even without its common faults. A line break within a text is no fault here."""
    script = script[min((at for one in "[{" if (at := script.find(one)) >= 0), default=0) : max(map(script.rfind, "]}")) + 1]
    # The faults are only looked for where there are some: few pages have any.
    return next((data for text in _with_and_without_faults(script) if (data := _json(text)) is not None), None)


def _with_and_without_faults(script: str) -> Iterator[str]:
    yield script
    yield _FAULTS.sub(lambda match: match[1] or "", script)


def _json(text: str) -> object:
    try:
        data: object = json.loads(text, strict=False)
        return data
    except (ValueError, RecursionError):
        return None


def articles_of(things: Iterable[Thing], address: str = "") -> tuple[Thing, ...]:
    """The things that are the page's article, the surest first: articles that give the page's ``address``, other articles, and then pages,
    which often state the date and the author."""
    found = [(rank, thing) for thing in things if (rank := _rank(thing, address)) is not None]
    return tuple(thing for _, thing in sorted(found, key=lambda pair: pair[0]))


def _rank(thing: Thing, address: str) -> int | None:
    kinds = [str(kind).rpartition("/")[2] for kind in as_list(thing.get("@type"))]
    if any(kind.endswith(("Article", "Posting")) or kind == "Report" for kind in kinds):
        return 0 if address and address in _addresses(thing) else 1
    return 2 if any(kind.endswith("Page") for kind in kinds) else None


def _addresses(thing: Thing) -> set[str]:
    of = (one.get("@id") if isinstance(one, dict) else one for key in ("url", "@id", "mainEntityOfPage") for one in as_list(thing.get(key)))
    return {one for one in of if isinstance(one, str)}


def named_things(things: Iterable[Thing]) -> dict[str, Thing]:
    """The things with a name, by their ``@id``, wherever they stand; of several with one id the first."""
    found: dict[str, Thing] = {}
    todo: deque[object] = deque(things)
    looked = 0
    while todo and looked < _MOST_VALUES:
        value, looked = todo.popleft(), looked + 1
        if isinstance(value, list):
            todo.extend(value)
        elif isinstance(value, dict):
            if value.get("name") and isinstance(id := value.get("@id"), str):
                found.setdefault(id, value)
            todo.extend(value.values())
    return found


def names_in(value: object, named: Mapping[str, Thing]) -> Iterator[str]:
    """The names of the persons or organizations in a property's value; one that is only referred to by its ``@id`` is looked up among the
    things that are ``named``."""
    for part in as_list(value)[:_MOST_NAMES]:
        if isinstance(part, dict) and not part.get("name"):
            part = named.get(str(part.get("@id")), part)
        for name in as_list(part.get("name") if isinstance(part, Mapping) else part):
            yield as_text(name)


def as_list(value: object) -> list[object]:
    """The members of a property's value, which is a list or a single thing."""
    return value if isinstance(value, list) else [value]


def as_text(value: object) -> str:
    """A property's value as a line of text; empty where it is none."""
    if isinstance(value, dict):
        value = value.get("@value")
    return " ".join(value.split()) if isinstance(value, str) else ""


def plain_line(text: str) -> str:
    """The text of a value in which entities may be written twice over, on one line."""
    return " ".join(html.unescape(text).replace("\xa0", " ").split())
