"""One way through a report: all values in it, the ids that these have of one another, and the same report with others in their place.

Ids are text, and places in the text are spans, wherever they stand. Which field holds which is read from the annotations in
:mod:`onrecord.model`, once for each class, and nowhere written down a second time: whoever adds ``lawyer: ActorId | None`` to a quote has
it renamed when actors are, checked when a report comes from elsewhere, and masked when its text is withheld.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields, is_dataclass, replace
from functools import cache, partial
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

from onrecord.model.article import Block, IdKind, Span

T = TypeVar("T")
Rename = Callable[[IdKind, str], str]
"""The id by now of what had this one; an id that is unknown stays as it is."""
Inner = Callable[[type], tuple[str, ...]]
"""The fields of a class to go down into."""
NOBODY = "~"
"""Stands in the id of a source before that of its first quote, where the source leads to no actor: ``~qaaaaaaaa``.
Ids of actors are made of letters, digits and hyphens, so that none begins with it."""


def inner_fields(kind: type) -> tuple[str, ...]:
    """The fields of a class of the model that hold other values of the model, one or many; none of any other class."""
    return _fields(kind).inner


def values_in(value: object, inner: Inner = inner_fields) -> Iterator[object]:
    """Every value of the model in a value, at any depth: itself first, each before what is in it, in the order of their fields."""
    if isinstance(value, tuple):
        for one in value:
            yield from values_in(one, inner)
    elif value is not None:
        yield value
        for name in inner(type(value)):
            yield from values_in(getattr(value, name), inner)


def rebuild(value: T, change: Callable[[Any], Any], inner: Inner = inner_fields) -> T:
    """The value where ``change`` was made to every value of the model in it.

    A value is changed before what is in it: so ``change`` sees a quote with its spans as they were, and may decide by them.
    """
    if isinstance(value, tuple):
        return tuple(rebuild(one, change, inner) for one in value)  # type: ignore[return-value]
    if value is None:
        return value
    changed = change(value)
    below = {name: rebuild(getattr(changed, name), change, inner) for name in inner(type(changed))}
    return replace(changed, **below) if below else changed  # type: ignore[no-any-return]


# --- ids ---------------------------------------------------------------------------------------------------------------


def map_ids(value: T, rename: Rename) -> T:
    """The value with other ids, in every field that holds one.

    >>> from onrecord.model import Speaker
    >>> map_ids(Speaker("lee", others=("reed",)), lambda kind, id: f"{kind}-{id}").others
    ('actor-reed',)
    """
    return rebuild(value, partial(with_ids, rename=rename), _leading_to_ids)


def references(value: object) -> Iterator[tuple[IdKind, str]]:
    """Every id by which something in the value speaks of something else, and what it is the id of (once for each kind of thing that it may
    be); in the order of the fields."""
    for one in values_in(value, _leading_to_ids):
        for name, kinds in _ids_in(type(one)).items():
            if name != "id" or kinds == ("source",):  # otherwise it is the value's own
                yield from ((kind, id) for id in _several(getattr(one, name)) for kind in kinds)


def with_ids(value: T, rename: Rename) -> T:
    """The value with other ids in its own fields alone; what is in it stays."""
    changes: dict[str, Any] = {}
    for name, kinds in _ids_in(type(value)).items():
        held = getattr(value, name)
        ids = _several(held)
        now = tuple([_renamed(id, kinds, rename) for id in ids])
        if now != ids:
            changes[name] = now if isinstance(held, tuple) else now[0]
    return replace(value, **changes) if changes else value  # type: ignore[type-var]


def _ids_in(kind: type) -> dict[str, tuple[IdKind, ...]]:
    return _fields(kind).ids


def _several(ids: str | tuple[str, ...] | None) -> tuple[str, ...]:
    return () if ids is None else (ids,) if isinstance(ids, str) else ids


def _renamed(id: str, kinds: tuple[IdKind, ...], rename: Rename) -> str:
    if kinds == ("source",):
        return NOBODY + rename("quote", id.removeprefix(NOBODY)) if id.startswith(NOBODY) else rename("actor", id)
    return next((now for kind in kinds if (now := rename(kind, id)) != id), id)


# --- places ------------------------------------------------------------------------------------------------------------


def with_place(value: T, move: Callable[[Span], Span]) -> T:
    """The value elsewhere in the text, where it is a span or a block; any other as it is."""
    if not isinstance(value, Span | Block):
        return value
    now = move(Span(value.start, value.end))
    return replace(value, start=now.start, end=now.end)


# --- what classes hold -------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Fields:
    """What the fields of a class hold, by their names."""

    ids: dict[str, tuple[IdKind, ...]]
    """An id or several, and what these may be ids of."""
    inner: tuple[str, ...]
    """Other values of the model, one or many."""


@cache
def _fields(kind: type) -> _Fields:
    if not is_dataclass(kind):
        return _Fields({}, ())
    hints = get_type_hints(kind, include_extras=True)
    held = {one.name: list(_parts(hints[one.name], f"{kind.__name__}.{one.name}")) for one in fields(kind)}
    ids = {name: tuple(one for part in parts if isinstance(part, tuple) for one in part) for name, parts in held.items()}
    inner = (name for name, parts in held.items() if any(is_dataclass(part) for part in parts))
    return _Fields({name: kinds for name, kinds in ids.items() if kinds}, tuple(inner))


def _parts(hint: Any, place: str) -> Iterator[type | tuple[IdKind, ...]]:
    """What an annotation is made of: classes, and what ids are of. Raises :class:`TypeError` for what nothing here would go into."""
    origin = get_origin(hint)
    if origin is Annotated:
        yield tuple(hint.__metadata__)
    elif origin in (tuple, Union, UnionType):
        for one in get_args(hint):
            yield from _parts(one, place)
    elif is_dataclass(hint) or hint in (str, int, float, bool, NoneType):
        yield hint
    elif origin is not Literal and hint is not Ellipsis:
        raise TypeError(f"{place} is a {hint}: the model holds values, words, numbers and tuples of them")


@cache
def _leading_to_ids(kind: type) -> tuple[str, ...]:
    """The fields in which an id can be, at any depth: others need not be looked into, as most of an article's blocks and spans."""
    return tuple(name for name in inner_fields(kind) if any(_fields(below).ids for below in _below(kind, name)))


def _below(kind: type, name: str) -> set[type]:
    """All classes of which there can be a value in a field, at any depth."""
    found: set[type] = set()
    todo = [(kind, name)]
    while todo:
        holder, field = todo.pop()
        hint = get_type_hints(holder, include_extras=True)[field]
        fresh = {part for part in _parts(hint, field) if isinstance(part, type) and is_dataclass(part)} - found
        found |= fresh
        todo += [(one, inner) for one in fresh for inner in inner_fields(one)]
    return found
