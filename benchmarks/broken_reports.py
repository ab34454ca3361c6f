"""Reports from elsewhere with something amiss: each mutation changes a sound report as JSON, and may make it unreadable.

All of it is drawn from a seeded generator, so that a finding can be had again.
"""

from __future__ import annotations

import copy
import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import getitem
from typing import Any

import msgspec

Record = dict[str, Any]
Place = tuple[str | int, ...]
Change = Callable[[random.Random, Record], None]
"""Damages a report where it stands."""

LISTS = ("actors", "undecided", "quotes", "claims", "relations", "notices", "moments", "comparisons", "corrections")
NUMBERS = (-1, 0, 1, 2, 7, 10**4, 10**6, 2**31, 2**63 - 1, 10**30, -(10**9), 0.5, 1e308)
TEXTS = (
    "",
    " ",
    "\0",
    "\n",
    "x9",
    "author",
    "a b",
    "../x",
    "#",
    "%2e",
    "\"'><svg onload=alert(1)>",
    "</script><script>alert(1)</script>",
    "{{ 7*7 }}",
    "javascript:alert(1)",
    "\u202e\u2066",
    "\ufffe",
    "😀" * 50,
    "con",
    "index",
    "2024-02-31",
    "2024-W99",
    "0001-01-01",
    "9999-12-31T23:59:59+23:59",
    "x" * 300,
    "x " * 20_000,
    "▒▒▒ ▒▒",
)


def places(value: object, at: Place = ()) -> Iterator[Place]:
    """Where anything stands in some JSON."""
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in items:
        yield (*at, key)
        yield from places(inner, (*at, key))


def value_at(place: Place, record: object) -> Any:
    """What stands there."""
    return reduce(getitem, place, record)  # type: ignore[arg-type]


def _put(record: Record, place: Place, value: object) -> None:
    value_at(place[:-1], record)[place[-1]] = value


def _some(rng: random.Random, record: Record, kind: type | tuple[type, ...]) -> Place | None:
    """A place where a value of a type stands; a field is as likely as another, however many items there are."""
    found: dict[tuple[str, ...], list[Place]] = {}
    for place in places(record):
        if isinstance(value_at(place, record), kind):
            found.setdefault(tuple("*" if isinstance(key, int) else key for key in place), []).append(place)
    return rng.choice(found[rng.choice(sorted(found))]) if found else None


# --- any value -----------------------------------------------------------------------------------------------------


def _drop(rng: random.Random, record: Record) -> None:
    place = _some(rng, record, object)
    if place:
        del value_at(place[:-1], record)[place[-1]]


def _null(rng: random.Random, record: Record) -> None:
    place = _some(rng, record, object)
    if place:
        _put(record, place, rng.choice([None, None, [], {}, True, "", 0]))


def _number(rng: random.Random, record: Record) -> None:
    place = _some(rng, record, (int, float))
    if place:
        now = value_at(place, record)
        _put(record, place, rng.choice([*NUMBERS, *(now + by for by in (-100, -1, 1, 100)), -now]))


def _text(rng: random.Random, record: Record) -> None:
    place = _some(rng, record, str)
    if place:
        _put(record, place, rng.choice(TEXTS))


def _truth(rng: random.Random, record: Record) -> None:
    place = _some(rng, record, bool)
    if place:
        _put(record, place, not value_at(place, record))


def _graft(rng: random.Random, record: Record) -> None:
    """Puts a value where another of its type stands: an id of another kind, a span of elsewhere."""
    kind = rng.choice([str, str, int, dict, list])
    place, other = _some(rng, record, kind), _some(rng, record, kind)
    if place and other:
        _put(record, place, copy.deepcopy(value_at(other, record)))


def _list(rng: random.Random, record: Record) -> None:
    """A list without what is in it, turned round, mixed, or with all of it many times."""
    place = _some(rng, record, list)
    if place:
        now = value_at(place, record)
        many = max(2, min(300, 20_000 // max(1, len(now))))
        mixed = rng.sample(now, len(now))
        _put(record, place, rng.choice([[], now[::-1], mixed, now * 2, now[:1] * many, now * rng.choice([3, 20])]))


# --- what reports are about ----------------------------------------------------------------------------------------


def _blocks(record: Record) -> list[Record]:
    article = record.get("article")
    blocks = article.get("blocks") if isinstance(article, dict) else None
    return [one for one in blocks if isinstance(one, dict)] if isinstance(blocks, list) else []


def _size(record: Record) -> int:
    article = record.get("article")
    text = article.get("text") if isinstance(article, dict) else None
    return len(text) if isinstance(text, str) else 0


def _any_block(rng: random.Random, record: Record) -> Record | None:
    blocks = _blocks(record)
    while blocks:
        block = rng.choice(blocks)
        inner = [one for one in block.get("children") or () if isinstance(one, dict)]
        if not inner or rng.random() < 0.4:
            return block
        blocks = inner
    return None


def _overlapping(rng: random.Random, record: Record) -> None:
    block = _any_block(rng, record)
    if block:
        block.update(rng.choice([{"start": 0}, {"end": _size(record)}, {"start": 0, "end": _size(record)}]))


def _all_of_the_text(rng: random.Random, record: Record) -> None:
    """Many blocks, each of which has the whole text."""
    blocks = _blocks(record)
    if blocks:
        leaf = {**rng.choice(blocks), "start": 0, "end": _size(record), "kind": "paragraph", "children": [], "marks": []}
        record["article"]["blocks"] = [leaf] * rng.choice([2, 20, 200])


def _nested(rng: random.Random, record: Record) -> None:
    blocks = _blocks(record)
    if blocks:
        depth = rng.choice([2, 10, 38, 45, 100, 150, 190])
        inner: list[Record] = blocks
        start, end = blocks[0].get("start", 0), blocks[-1].get("end", 0)
        for _ in range(depth):
            kind = rng.choice(["block_quote", "list", "item", "table", "row"])
            inner = [{"kind": kind, "start": start, "end": end, "line": 1, "children": inner}]
        record["article"]["blocks"] = inner


def _kinds(rng: random.Random, record: Record) -> None:
    block = _any_block(rng, record)
    if block:
        block["kind"] = rng.choice(
            ["heading", "paragraph", "code", "cell", "rule", "list", "ordered_list", "item", "block_quote", "table", "row"]
        )
        block["level"] = rng.choice([-1, 0, 1, 6, 7, 10**12])


def _marks(rng: random.Random, record: Record) -> None:
    block = _any_block(rng, record)
    if block:
        size = _size(record)
        kinds = ["emphasis", "strong", "strike", "code", "link", "image", "break"]
        many = rng.choice([1, 3, 100, 5_000])
        block["marks"] = [
            {
                "start": rng.randint(0, size),
                "end": rng.randint(0, size),
                "kind": rng.choice(kinds),
                "href": rng.choice(["", "/x", "https://a.example"]),
            }
            for _ in range(many)
        ]


def _found(rng: random.Random, record: Record) -> Record:
    """The findings that hold, or those of the program alone."""
    machine = record.get("machine")
    return machine if isinstance(machine, dict) and rng.random() < 0.3 else record


def _items(found: Record, name: str) -> list[Record]:
    items = found.get(name)
    return [one for one in items if isinstance(one, dict)] if isinstance(items, list) else []


def _same_ids(rng: random.Random, record: Record) -> None:
    found = _found(rng, record)
    items = [one for name in ("actors", "quotes", "claims", "relations", "comparisons") for one in _items(found, name)]
    if len(items) > 1:
        one, other = rng.sample(items, 2)
        one["id"] = other.get("id")


def _circle(rng: random.Random, record: Record) -> None:
    claims = _items(_found(rng, record), "claims")
    ring = rng.sample(claims, min(len(claims), rng.choice([1, 2, 3, 30])))
    for one, next_one in zip(ring, [*ring[1:], *ring[:1]], strict=True):
        one["parent"] = next_one.get("id")


def _chain(rng: random.Random, record: Record) -> None:
    """Each claim a part of the one before."""
    claims = _items(_found(rng, record), "claims")
    if claims:
        one = claims[0]
        many = [{**one, "id": f"x{number}", "parent": f"x{number - 1}" if number else None} for number in range(rng.choice([50, 1_500]))]
        record["claims"] = [*claims, *many]


def _compared(rng: random.Random, record: Record) -> None:
    """Claims that are compared with themselves, or all with all."""
    found = _found(rng, record)
    ids = [one.get("id") for one in _items(found, "claims")]
    if ids:
        pairs = [(id, id) for id in ids[:3]] if rng.random() < 0.5 else [(one, other) for one in ids for other in ids][:3_000]
        shared = [{"part": "act", "first": {"start": 0, "end": 1}, "second": {"start": 0, "end": 1}}]
        found["comparisons"] = [
            {"id": f"k{number}", "kind": "agrees", "first": one, "second": other, "shared": shared, "why": "x"}
            for number, (one, other) in enumerate(pairs)
        ]


def _everywhere(rng: random.Random, record: Record) -> None:
    """Many items of a kind, each with an id of its own and with all of the text for its words."""
    found, name = (
        _found(rng, record),
        rng.choice(["quotes", "claims", "actors", "relations", "moments", "undecided", "notices", "corrections"]),
    )
    items = _items(found, name)
    if items:
        one, all_of_it = rng.choice(items), {"start": 0, "end": _size(record)}
        words: Record = {"quotes": {"content": [all_of_it]}, "claims": {"spans": [all_of_it]}}.get(name, {})
        more = [{**one, **words, **({"id": f"x{number}"} if "id" in one else {})} for number in range(rng.choice([20, 200, 2_000]))]
        found[name] = [*items, *more]


def _references(rng: random.Random, record: Record) -> None:
    """Lists of actors that have all of them, many times."""
    found = _found(rng, record)
    ids = [one.get("id") for one in _items(found, "actors")] * rng.choice([1, 2, 50])
    for one in _items(found, "claims"):
        one[rng.choice(["about", "others"])] = ids
    for one in _items(found, "quotes"):
        if isinstance(speaker := one.get("speaker"), dict):
            speaker.update(rng.choice([{"others": ids}, {"candidates": ids, "actor": None}, {"candidates": ids}]))
    for one in _items(found, "undecided"):
        one["candidates"] = ids


def _words(rng: random.Random, record: Record) -> None:
    """Words of an item that are out of order, empty, or over one another."""
    found = _found(rng, record)
    items = [(one, "content") for one in _items(found, "quotes")] + [(one, "spans") for one in _items(found, "claims")]
    if items:
        item, name = rng.choice(items)
        size = _size(record)
        places = sorted(rng.randint(0, size) for _ in range(6))
        pairs = [places[:2], places[2:4], places[4:]]
        if rng.random() < 0.5:
            rng.shuffle(pairs)
        item[name] = [{"start": start, "end": rng.choice([start, end])} for start, end in pairs] * rng.choice([1, 1, 2, 300])


def _actors(rng: random.Random, record: Record) -> None:
    found = _found(rng, record)
    for one in _items(found, "actors"):
        if rng.random() < 0.5:
            one.update(
                rng.choice(
                    [
                        {"name": "x " * 5_000},
                        {"name": ""},
                        {"mentions": []},
                        {"aliases": [{"name": f"n{number}", "count": -number} for number in range(3_000)]},
                        {"aliases": [{"name": "", "count": 10**9}]},
                        {"roles": [{"text": "", "evidence": {"start": 0, "end": 0}}] * 500},
                        {"roles": [{"text": "mayor " * 2_000, "evidence": {"start": 0, "end": 1}}]},
                        {"hidden": True},
                        {"given": "x" * 5_000},
                        {"type": "narrator"},
                        {"id": "author"},
                    ]
                )
            )


def _withheld(rng: random.Random, record: Record) -> None:
    article = record.get("article")
    if isinstance(article, dict):
        size = _size(record)
        shown = [{"start": rng.randint(-1, size), "end": rng.randint(0, size + 1)} for _ in range(rng.choice([0, 1, 3, 2_000]))]
        ids = ["~q1", "brandt", "", "x9", "~"]
        sources = [
            {"id": rng.choice(ids), "identified": "named", "quotes": rng.choice([[], ["q1"], ["x9"]])}
            for _ in range(rng.choice([0, 2, 500]))
        ]
        count = rng.choice([0, 3, -1, 10**12])
        article["withheld"] = {
            "mode": "excerpts",
            "shown": shown,
            "sentences": count,
            "shown_sentences": count + rng.choice([-1, 0, 1]),
            "sources": sources,
        }


def _several(rng: random.Random, record: Record) -> None:
    for _ in range(rng.randint(2, 5)):
        rng.choice(CHANGES)(rng, record)


CHANGES: tuple[Change, ...] = (
    _drop,
    _null,
    _number,
    _text,
    _truth,
    _graft,
    _list,
    _overlapping,
    _all_of_the_text,
    _nested,
    _kinds,
    _marks,
    _same_ids,
    _circle,
    _chain,
    _compared,
    _everywhere,
    _references,
    _words,
    _actors,
    _withheld,
)


# --- lines ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Mutation:
    """One kind of damage to the line that a report stands in."""

    name: str
    make: Callable[[random.Random, Record], bytes]


def _changed(change: Change) -> Callable[[random.Random, Record], bytes]:
    def make(rng: random.Random, record: Record) -> bytes:
        change(rng, record)
        return msgspec.json.encode(record)

    return make


def _deeper(rng: random.Random, record: Record) -> bytes:
    """Nested so deep that whoever follows it by calling itself runs out of stack."""
    size, depth = _size(record), rng.choice([300, 900, 3_000, 100_000])
    opening = b'{"kind":"block_quote","start":0,"end":%d,"line":1,"children":[' % size
    blocks = opening * depth + msgspec.json.encode(_blocks(record))[1:-1] + b"]}" * depth
    if isinstance(record.get("article"), dict):
        record["article"]["blocks"] = ["HERE"]
    return msgspec.json.encode(record).replace(b'["HERE"]', b"[" + blocks + b"]")


def _bytes(rng: random.Random, record: Record) -> bytes:
    line = bytearray(msgspec.json.encode(record))
    for _ in range(rng.randint(1, 5)):
        line[rng.randrange(len(line))] = rng.randrange(256)
    return bytes(line).replace(b"\n", b" ")


def _cut(rng: random.Random, record: Record) -> bytes:
    line = msgspec.json.encode(record)
    return line[: rng.randrange(len(line))]


def _twice(rng: random.Random, record: Record) -> bytes:
    """Keys that stand twice, and numbers that JSON has and Python has not."""
    line = msgspec.json.encode(record)
    extra = rng.choice(
        [b'"article":{},', b'"quotes":null,', b'"schema_version":"1.0",', b'"x":1e999,', b'"x":NaN,', b'"x":-0,', b'"machine":{},']
    )
    return b"{" + extra + line[1:]


MUTATIONS: tuple[Mutation, ...] = (
    *(Mutation(change.__name__.strip("_").replace("_", " "), _changed(change)) for change in (*CHANGES, _several)),
    Mutation("deeper", _deeper),
    Mutation("bytes", _bytes),
    Mutation("cut", _cut),
    Mutation("twice", _twice),
)


def mutant(reports: Sequence[bytes], seed: int, number: int) -> tuple[Mutation, bytes]:
    """The mutation of this number, and the line that it makes of one of the reports, whose article then has an id of its own."""
    rng = random.Random(f"{seed} {number}")
    mutation = MUTATIONS[number % len(MUTATIONS)]
    record = msgspec.json.decode(rng.choice(reports))
    record["article"]["id"] = f"m{number}"
    return mutation, mutation.make(rng, record)
