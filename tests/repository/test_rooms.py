"""The rooms of the house: packages import one another one way only, and no call asks its reader to count arguments."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import onrecord

PACKAGE = Path(onrecord.__file__).parent
MOST_ARGUMENTS = 6
"""Positional ones, of one call: of more nobody can tell which is which."""
MOST_LINES = 700
"""Of a module: a longer one has more than one subject."""
MOST_LINES_OF_FUNCTION = 40
"""Of a function with its signature and docstring, as a screen shows them."""
MOST_LOOSE = 8
"""Modules in no room: whoever is new reads their names one by one."""


@dataclass(frozen=True, slots=True)
class Import:
    """A line that imports something of another room."""

    room: str
    of: str
    place: str

    def __str__(self) -> str:
        return f"{self.place} imports {self.of}"


@cache
def trees() -> Mapping[str, ast.Module]:
    """Every module of the package by its path, each file read once."""
    paths = (path for path in sorted(PACKAGE.rglob("*.py")) if "templates" not in path.parts)
    return {path.relative_to(PACKAGE).as_posix(): ast.parse(path.read_text(encoding="utf-8")) for path in paths}


@cache
def rooms() -> frozenset[str]:
    """Packages by their names below ``onrecord``, and each module that is in none."""
    return frozenset(path.rpartition("/")[0].replace("/", ".") or path.removesuffix(".py") for path in trees())


def room_of(name: str) -> str:
    """The innermost room that something is in, given as ``onrecord.corpus.identity.name_of``."""
    parts = name.split(".")[1:]
    return next((room for end in range(len(parts), 0, -1) if (room := ".".join(parts[:end])) in rooms()), "")


def imports() -> Iterator[Import]:
    """What rooms import of others. A room within another counts as part of it: it may share what that one has."""
    for path, tree in trees().items():
        room = room_of("onrecord." + path.removesuffix(".py").replace("/", "."))
        for node in ast.walk(tree):
            if isinstance(node, ast.ImportFrom) and (node.module or "").partition(".")[0] == "onrecord":
                for of in {room_of(f"{node.module}.{alias.name}") for alias in node.names} - {"", room}:
                    if not (f"{of}.".startswith(f"{room}.") or f"{room}.".startswith(f"{of}.")):
                        yield Import(room, of, f"{path}:{node.lineno}")


def paths_to(arrows: Mapping[str, Mapping[str, Import]], start: str, end: str) -> list[Import]:
    """The shortest way from one room to another, as the lines that go it; empty where none does."""
    ways: dict[str, list[Import]] = {start: []}
    for room in (todo := [start]):
        for of, line in arrows.get(room, {}).items():
            if of == end:
                return [*ways[room], line]
            if of not in ways:
                ways[of] = [*ways[room], line]
                todo.append(of)
    return []


def test_no_package_imports_one_that_imports_it() -> None:
    arrows: dict[str, dict[str, Import]] = {}
    for one in imports():
        arrows.setdefault(one.room, {}).setdefault(one.of, one)
    cycles = {frozenset(line.room for line in way): way for room in sorted(arrows) if (way := paths_to(arrows, room, room))}
    told = [f"{' -> '.join((*(line.room for line in way), way[0].room))}: {'; '.join(map(str, way))}" for way in cycles.values()]
    assert told == [], "\n".join(told)


def test_no_module_has_more_than_one_subject() -> None:
    long = {path: lines for path in trees() if (lines := len((PACKAGE / path).read_text(encoding="utf-8").splitlines())) > MOST_LINES}
    assert not long, f"{long}: of more than {MOST_LINES} lines; part them by what they are about"


def test_few_modules_are_in_no_room() -> None:
    loose = [path for path in trees() if "/" not in path and not path.startswith("__")]
    assert len(loose) <= MOST_LOOSE, f"{loose}: more than {MOST_LOOSE}; a module belongs in the room that it serves"


def test_no_call_has_seven_positional_arguments() -> None:
    calls = ((path, node) for path, tree in trees().items() for node in ast.walk(tree) if isinstance(node, ast.Call))
    told = [
        f"{path}:{node.lineno}: a call with seven or more positional arguments, {ast.unparse(node.func)}; name them"
        for path, node in calls
        if len(node.args) > MOST_ARGUMENTS
    ]
    assert told == [], "\n".join(told)


def test_the_stages_never_go_through_a_set_in_its_own_order() -> None:
    """Python orders a set anew in each process: a sum of weights in that order gave one name another type one time in three."""
    stages = ((path, node) for path, tree in trees().items() if path.startswith("extract/") for node in ast.walk(tree))
    gone_through = [(path, node.iter) for path, node in stages if isinstance(node, (ast.For, ast.comprehension))]
    assert len(gone_through) > 100
    assert [f"{path}:{through.lineno}" for path, through in gone_through if makes_a_set(through)] == []


def makes_a_set(node: ast.expr) -> bool:
    called = node.func if isinstance(node, ast.Call) else None
    return isinstance(node, (ast.Set, ast.SetComp)) or (isinstance(called, ast.Name) and called.id in ("set", "frozenset"))


def test_a_function_fits_a_screen() -> None:
    functions = ((path, node) for path, tree in trees().items() for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))
    told = [
        f"{path}:{node.lineno}: {node.name} has over {MOST_LINES_OF_FUNCTION} lines; name a part of it"
        for path, node in functions
        if (node.end_lineno or node.lineno) - node.lineno >= MOST_LINES_OF_FUNCTION
    ]
    assert told == [], "\n".join(told)
