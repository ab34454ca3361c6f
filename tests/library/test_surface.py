"""What is public: the names of ``onrecord``, and that asking for none of them costs nothing."""

from __future__ import annotations

import ast
import inspect
import pkgutil
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import onrecord
from tests.conftest import ROOT

PUBLIC = [name for name in onrecord.__all__ if not name.startswith("_")]


def test_the_types_are_those_of_what_is_there() -> None:
    stub = ast.parse(Path(onrecord.__file__).with_name("__init__.pyi").read_text(encoding="utf-8"))
    homes = {alias.name: node.module for node in stub.body if isinstance(node, ast.ImportFrom) for alias in node.names}
    found = {name: getattr(onrecord, name).__module__ for name in PUBLIC}
    assert homes == found, f"onrecord/__init__.pyi: says of {sorted(homes.items() ^ found.items())} otherwise than __init__.py"
    (listed,) = [node.value for node in stub.body if isinstance(node, ast.Assign)]
    assert sorted(ast.literal_eval(listed)) == sorted(onrecord.__all__)


def test_no_package_takes_a_public_name() -> None:
    """Python sets a package as an attribute when it is imported, so that a function of its name would be gone from then on."""
    assert not {module.name for module in pkgutil.iter_modules(onrecord.__path__)} & set(onrecord.__all__)


def test_what_there_is_not_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="has no attribute 'raed'"):
        onrecord.raed  # type: ignore[attr-defined]  # noqa: B018
    assert set(PUBLIC) <= set(dir(onrecord))


@pytest.mark.slow
def test_importing_the_package_loads_nothing_else() -> None:
    code = "import sys; before = set(sys.modules); import onrecord; print(*sorted(set(sys.modules) - before))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["onrecord"]


def told(thing: Any) -> Iterator[tuple[str, object]]:
    """A public function; or a public class with its public methods and properties."""
    yield thing.__name__, thing
    for name, member in vars(thing).items() if inspect.isclass(thing) else ():
        if not name.startswith("_") and (callable(member) or isinstance(member, property) or hasattr(member, "func")):
            yield f"{thing.__name__}.{name}", getattr(member, "func", member)


@pytest.mark.parametrize("name", PUBLIC)
def test_everything_public_says_what_it_is(name: str) -> None:
    silent = [path for path, member in told(getattr(onrecord, name)) if not inspect.getdoc(member)]
    assert silent == []


def test_the_page_lists_what_is_public() -> None:
    page = (ROOT / "site/docs/guide/library.md").read_text(encoding="utf-8")
    table = page.partition("\n| public name |")[2].split("\n\n")[0]
    shown = set(re.findall(r"^\| `(\w+)", table, re.MULTILINE))
    assert shown == set(PUBLIC), f"site/docs/guide/library.md, the table of public names: {sorted(shown ^ set(PUBLIC))}"
