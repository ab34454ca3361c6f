"""Files of records with something amiss: Parquet of odd types and with broken bytes, JSON lines, and either of them packed.

All of it is drawn from a seeded generator, so that a finding can be had again.
"""

from __future__ import annotations

import gzip
import io
import json
import random
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pyarrow
import pyarrow.parquet

Columns = dict[str, Any]

WORDS = (
    "The ferry will stay, Mayor Ana Petrov said.",
    "“Nobody asked us,” union leader Carla Mensah told the Courier on Monday.",
    "Treasurer Bo Lind denied that the fund was empty.",
)
_NAMES = ("id", "text", "html", "markdown", "title", "date", "author", "url", "lang", "text_mode", "schema_version", "report", "x")
_NUMBERS = (0, 1, -1, 2**31 - 1, 2**53)
_FAR = (0, 10**9, 2**40, 2**61, -(2**61))


def _records(rng: random.Random, count: int = 4) -> list[dict[str, Any]]:
    return [{"id": f"n{number}", "text": rng.choice(WORDS), "title": f"Title {number}", "date": "2024-03-05"} for number in range(count)]


def _sound(rng: random.Random, **how: Any) -> bytes:
    return _written(pyarrow.Table.from_pylist(_records(rng)), **how)


def _written(table: Any, **how: Any) -> bytes:
    content = io.BytesIO()
    pyarrow.parquet.write_table(table, content, **how)
    return content.getvalue()


# --- Parquet -------------------------------------------------------------------------------------------------------

_TYPES = (
    pyarrow.null(),
    pyarrow.int8(),
    pyarrow.int64(),
    pyarrow.uint64(),
    pyarrow.float32(),
    pyarrow.float64(),
    pyarrow.bool_(),
    pyarrow.binary(),
    pyarrow.large_binary(),
    pyarrow.string(),
    pyarrow.large_string(),
    pyarrow.dictionary(pyarrow.int32(), pyarrow.string()),
    pyarrow.list_(pyarrow.string()),
    pyarrow.list_(pyarrow.list_(pyarrow.int64())),
    pyarrow.struct([("a", pyarrow.string())]),
    pyarrow.map_(pyarrow.string(), pyarrow.int64()),
    pyarrow.date32(),
    pyarrow.date64(),
    *(
        pyarrow.timestamp(unit, zone)
        for unit in ("s", "ms", "us", "ns")
        for zone in (None, "UTC", "+05:30", "Europe/Berlin", "Mars/Phobos")
    ),
    pyarrow.time32("s"),
    pyarrow.time64("ns"),
    pyarrow.duration("ns"),
    pyarrow.decimal128(20, 2),
    pyarrow.binary(4),
)


def _of_type(rng: random.Random, type: Any, count: int) -> Any:
    """A column of a type, with values that it can have, some of which nobody expects."""
    types = pyarrow.types
    if types.is_string(type) and rng.random() < 0.5:
        return _not_utf8(rng, count)
    if types.is_temporal(type):
        wide = pyarrow.int32() if type.bit_width == 32 else pyarrow.int64()
        most = 2**31 - 1 if type.bit_width == 32 else 2**52
        return pyarrow.array([max(-most, min(most, rng.choice(_FAR))) for _ in range(count)], wide).view(type)
    choices: tuple[tuple[bool, Callable[[], object]], ...] = (
        (types.is_null(type), lambda: None),
        (types.is_boolean(type), lambda: rng.random() < 0.5),
        (types.is_integer(type), lambda: rng.choice([0, 1, 100])),
        (types.is_floating(type), lambda: rng.choice([0.0, 1.5, float("nan"), float("inf")])),
        (types.is_fixed_size_binary(type), lambda: rng.randbytes(4)),
        (types.is_binary(type) or types.is_large_binary(type), lambda: rng.choice([b"\xff\xfe", WORDS[0].encode()])),
        (types.is_map(type), lambda: [("a", 1)]),
        (types.is_struct(type), lambda: {"a": rng.choice(WORDS)}),
        (types.is_nested(type), lambda: [rng.choice(WORDS)] if type.value_type == pyarrow.string() else [[1]]),
        (types.is_decimal(type), lambda: None),
    )
    make = next((make for holds, make in choices if holds), lambda: rng.choice([*WORDS, "", " ", "n1", "full", "none", "\0"]))
    return pyarrow.array([None if rng.random() < 0.2 else make() for _ in range(count)], type)


def _not_utf8(rng: random.Random, count: int) -> Any:
    raw = pyarrow.array([rng.choice([WORDS[0].encode(), b"\xff\xfe", b"\xed\xa0\x80"]) for _ in range(count)], pyarrow.binary())
    return pyarrow.Array.from_buffers(pyarrow.string(), count, raw.buffers())


def _types(rng: random.Random) -> bytes:
    """Sound columns but for one or a few, which are of any type."""
    count = rng.choice([0, 1, 3])
    columns: Columns = {"id": pyarrow.array([f"n{number}" for number in range(count)], pyarrow.string())}
    columns["text"] = pyarrow.array([rng.choice(WORDS) for _ in range(count)], pyarrow.string())
    for _ in range(rng.choice([1, 1, 3])):
        columns[rng.choice(_NAMES)] = _of_type(rng, rng.choice(_TYPES), count)
    return _written(pyarrow.table(columns))


def _missing(rng: random.Random) -> bytes:
    kept = rng.sample(["id", "text", "title", "date"], rng.randint(0, 3))
    rows = pyarrow.Table.from_pylist(_records(rng, 2)).slice(0, rng.choice([0, 2]))
    return _written(rows.select(kept) if kept else pyarrow.table({}))


def _packing(rng: random.Random) -> bytes:
    """Sound, in each way that Parquet packs and encodes."""
    return _sound(
        rng,
        compression=rng.choice(["none", "snappy", "gzip", "brotli", "lz4", "zstd"]),
        version=rng.choice(["1.0", "2.4", "2.6"]),
        row_group_size=rng.choice([1, 2, 100]),
        data_page_version=rng.choice(["1.0", "2.0"]),
        use_dictionary=rng.random() < 0.5,
    )


def _broken(rng: random.Random) -> bytes:
    content = bytearray(_sound(rng))
    for _ in range(rng.choice([1, 5, 50])):
        content[rng.randrange(len(content))] = rng.randrange(256)
    return bytes(content)


def _footer(rng: random.Random) -> bytes:
    content = bytearray(_sound(rng))
    for _ in range(rng.choice([1, 5])):
        content[rng.randrange(len(content) - 600, len(content))] = rng.randrange(256)
    return bytes(content)


def _cut(rng: random.Random) -> bytes:
    content = _sound(rng)
    start = rng.choice([0, 0, rng.randrange(len(content))])
    return content[start : rng.randrange(start, len(content))]


# --- JSON lines ----------------------------------------------------------------------------------------------------


def _lines(rng: random.Random) -> bytes:
    return "".join(json.dumps(record) + "\n" for record in _records(rng)).encode()


def _odd_lines(rng: random.Random) -> bytes:
    return rng.choice(
        [
            b"",
            b"\n \r\n",
            b"\xef\xbb\xbf" + _lines(rng),
            _lines(rng).replace(b"\n", b"\r"),
            _lines(rng).decode().encode(rng.choice(["utf-16", "utf-32", "utf-16-be"])),
            b"[" + _lines(rng).strip().replace(b"\n", b",") + b"]",
            b'{"id":"a","text":"x","y":' + b"[" * rng.choice([500, 100_000]) + b"\n" + _lines(rng),
            b'{"id":' + rng.choice([b"1" + b"0" * 5_000, b"1e400", b"NaN", b"-0", b"null", b"true", b"[]"]) + b',"text":"x"}\n',
            b'{"id":"a","text":"x","text":"y","text_mode":"none","text_mode":"full"}\n',
            b'{"id":"a","text":"\\ud800"}\n' + _lines(rng),
            b"\0" * 1_000 + b"\n" + _lines(rng),
            b'{"id":"a","text":"' + b"x" * 3_000_000 + b'"}\n',
            b'{"id":"a","text":"x","date":"0001-01-01"}\n{"id":"b","text":"x","date":"9999-12-31T23:59:59-12:00"}\n',
        ]
    )


def _broken_lines(rng: random.Random) -> bytes:
    content = bytearray(_lines(rng))
    for _ in range(rng.choice([1, 5, 50])):
        content[rng.randrange(len(content))] = rng.randrange(256)
    return bytes(content)


def _packed(rng: random.Random) -> bytes:
    content = gzip.compress(rng.choice([_lines, _odd_lines])(rng))
    at = rng.randrange(len(content))
    return rng.choice(
        [
            content,
            content[:at],
            content + b"garbage",
            content + content,
            content[:at] + bytes([rng.randrange(256)]) + content[at + 1 :],
            _lines(rng),
            b"",
            gzip.compress(b"\n" * 150_000_000, 9) if rng.random() < 0.05 else content,
        ]
    )


@dataclass(frozen=True, slots=True)
class Mutation:
    """One kind of damage."""

    name: str
    make: Callable[[random.Random], bytes]
    suffix: str


MUTATIONS: tuple[Mutation, ...] = (
    Mutation("columns of any type", _types, ".parquet"),
    Mutation("columns missing", _missing, ".parquet"),
    Mutation("packed in another way", _packing, ".parquet"),
    Mutation("bytes broken", _broken, ".parquet"),
    Mutation("footer broken", _footer, ".parquet"),
    Mutation("cut", _cut, ".parquet"),
    Mutation("odd JSON lines", _odd_lines, ".jsonl"),
    Mutation("JSON lines broken", _broken_lines, ".jsonl"),
    Mutation("gzip", _packed, ".jsonl.gz"),
)


def mutant(seed: int, number: int) -> tuple[Mutation, bytes]:
    """The mutation of this number, and the file that it makes."""
    mutation = MUTATIONS[number % len(MUTATIONS)]
    return mutation, mutation.make(random.Random(f"{seed} {number}"))
