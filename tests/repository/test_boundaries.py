"""The layers and what they may know of: models left of the report, templates and MkDocs right of it."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec

import pytest

from tests.repository.test_rooms import trees

# What belongs to one side of the house only.
HEAVY = (
    "spacy",
    "jinja2",
    "mkdocs",
    "rich",
    "click",
    "trafilatura",
    "dask",
    "distributed",
    "pyarrow",
    "fsspec",
    "torch",
    "onnxruntime",
    "tokenizers",
)

needs_fork = pytest.mark.skipif(sys.platform == "win32", reason="cannot copy a process")
needs_process = pytest.mark.slow
"""Another interpreter is started, to see what it loads."""


@dataclass(frozen=True, slots=True)
class Layer:
    """Modules that may know the same things."""

    modules: tuple[str, ...]
    """Below ``onrecord``; a package stands for all that is in it."""
    may: tuple[str, ...]
    """Heavy packages that they may import."""
    may_not: tuple[str, ...] = ()
    """Modules of our own that they may not reach, in however many steps."""


NOT_YET = ("article", "extract", "render", "reports.pipeline")
"""What comes after the values that all share."""

LAYERS = {
    "values": Layer(("model", "errors", "faults", "options", "resources", "memory", "manifest", "__init__"), (), NOT_YET),
    "words": Layer(("text", "gazetteer"), (), NOT_YET),
    "labels": Layer(("labels",), (), NOT_YET),
    "article": Layer(("article",), ("trafilatura",), ("extract", "render", "reports")),
    "extract": Layer(("extract",), ("spacy", "onnxruntime", "tokenizers"), ("render", "reports")),
    # pyarrow comes by pandas, which scikit-learn looks for.
    "train": Layer(("train",), ("pyarrow", "spacy", "trafilatura", "torch", "onnxruntime", "tokenizers"), ("render", "reports")),
    "corrections": Layer(("corrections",), (), ("render", "reports.pipeline", "article")),
    "corpus": Layer(("corpus",), (), ("extract", "render", "article")),
    "pipeline": Layer(("reports.pipeline", "reports.__init__"), ("spacy", "onnxruntime", "tokenizers"), ("render",)),
    "reports on disk": Layer(("reports.json", "reports.figures", "reports.cache"), (), NOT_YET),
    "archive": Layer(
        ("reports.dask", "reports.entries", "reports.fetch", "reports.reading", "reports.soundness", "reports.storage"),
        ("spacy", "trafilatura", "dask", "distributed", "pyarrow", "fsspec", "onnxruntime", "tokenizers"),
        ("render", "assembly", "corpus"),
    ),
    "pages and files": Layer(("render", "export"), ("jinja2",), ("extract", "reports.pipeline", "article")),
    "joints": Layer(("reports.extraction", "assembly", "library"), HEAVY, ("cli", "mkdocs")),
    "plugin": Layer(("mkdocs",), HEAVY, ("cli",)),
    "command line": Layer(("cli", "__main__"), HEAVY, ("mkdocs",)),
}


@cache
def modules() -> list[str]:
    """Every module of the package, named below ``onrecord``."""
    return [path.removesuffix(".py").replace("/", ".") for path in trees()]


def belongs(module: str, name: str) -> bool:
    return module == name or module.startswith(f"{name}.")


@cache
def modules_of(layer: Layer) -> list[str]:
    return [module for module in modules() if any(belongs(module, name) for name in layer.modules)]


def qualified(module: str) -> str:
    return ".".join(["onrecord", *(part for part in module.split(".") if part != "__init__")])


@cache
def imports_of(module: str) -> frozenset[str]:
    """Full names of all that a module imports, anywhere in it; each module is parsed once."""
    names: set[str] = set()
    for node in ast.walk(trees()[f"{module.replace('.', '/')}.py"]):
        if isinstance(node, ast.Import):
            names.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{module} has a relative import; write the full name"
            names.update({node.module or "", *(f"{node.module}.{alias.name}" for alias in node.names)})
    return frozenset(names)


def reached_from(starts: list[str]) -> set[str]:
    """All modules and packages that the modules import, in however many steps through our own."""
    ours = {qualified(module): module for module in modules()}
    found: set[str] = set()
    todo = list(starts)
    while todo:
        for name in imports_of(todo.pop()):
            if name not in found:
                found.add(name)
                if name in ours:
                    todo.append(ours[name])
    return found


IMPORT_AND_TELL = """
import os, sys

def tell(modules):
    for module in modules:
        __import__(module)
    print(*sorted({name.partition(".")[0] for name in sys.modules}), flush=True)

tell(sys.argv[1:])
for line in sys.stdin:
    child = os.fork()
    if not child:
        tell(line.split())
        os._exit(0)
    assert os.waitpid(child, 0)[1] == 0, line
"""
"""Imports what it is called with, then each line of modules in a copy of itself, and prints every time what is loaded."""


def loaded_by(*imported: list[str], after: str = "") -> Iterator[set[str]]:
    """Top-level packages that a fresh interpreter has loaded after the import of ``after``, then of each list besides."""
    lines = "".join(f"{' '.join(modules)}\n" for modules in imported)
    done = subprocess.run([sys.executable, "-c", IMPORT_AND_TELL, *after.split()], input=lines, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    yield from (set(line.split()) for line in done.stdout.splitlines())


@pytest.fixture(scope="module")
def loaded() -> dict[str, set[str]]:
    """Layers, and what each loads besides what spaCy brings along, where it may know spaCy.

    That one loads Jinja for a viewer of its own, which is not our doing; and it is slow to load, so once is enough.
    """
    found: dict[str, set[str]] = {}
    has_torch = find_spec("torch") is not None

    def importable(layer: Layer) -> list[str]:
        return [qualified(module) for module in modules_of(layer) if has_torch or "torch" not in imports_of(module)]

    for after in ("", "spacy"):
        layers = {name: layer for name, layer in LAYERS.items() if layer.may != HEAVY and ("spacy" in layer.may) == (after == "spacy")}
        brought, *told = loaded_by(*map(importable, layers.values()), after=after)
        found |= {name: packages - (brought & set(HEAVY)) for name, packages in zip(layers, told, strict=True)}
    return found


def test_every_module_belongs_to_one_layer() -> None:
    homes = {module: [name for name, layer in LAYERS.items() if module in modules_of(layer)] for module in modules()}
    assert {module: names for module, names in homes.items() if len(names) != 1} == {}


@pytest.mark.parametrize("name", LAYERS)
def test_a_layer_imports_only_what_it_may_know(name: str) -> None:
    layer = LAYERS[name]
    reached = reached_from(modules_of(layer))
    assert {package for package in HEAVY if any(belongs(found, package) for found in reached)} <= set(layer.may)
    assert {found for found in reached if any(belongs(found, f"onrecord.{module}") for module in layer.may_not)} == set()


@needs_fork
@needs_process
@pytest.mark.parametrize("name", [name for name, layer in LAYERS.items() if layer.may != HEAVY])
def test_a_layer_loads_only_what_it_may_know(name: str, loaded: dict[str, set[str]]) -> None:
    assert loaded[name] & set(HEAVY) <= set(LAYERS[name].may)


@needs_fork
@needs_process
@pytest.mark.parametrize("name", ["values", "article"])
def test_what_is_slow_to_load_is_not_loaded_for_nothing(name: str, loaded: dict[str, set[str]]) -> None:
    assert not loaded[name] & {*HEAVY, "numpy", "lxml"}


@needs_process
def test_help_loads_nothing_heavy_and_no_command_knows_another() -> None:
    (loaded,) = loaded_by(after="onrecord.cli")
    assert not loaded & ({*HEAVY, "msgspec", "yaml", "numpy"} - {"click"})
    shared = {f"onrecord.cli.{name}" for name in ("group", "reading")}
    commands = [module for module in modules_of(LAYERS["command line"]) if module not in ("__main__", "cli.__init__")]
    for module in commands:
        siblings = {name for name in imports_of(module) if belongs(name, "onrecord.cli")}
        assert all(any(belongs(name, one) for one in shared) for name in siblings), module


@needs_process
def test_a_site_from_the_cache_starts_without_spacy() -> None:
    (loaded,) = loaded_by(after="onrecord.mkdocs.plugin")
    assert "spacy" not in loaded


def test_only_the_analysis_knows_spacy() -> None:
    knowing = {module for module in modules_of(LAYERS["extract"]) if any(belongs(name, "spacy") for name in imports_of(module))}
    assert knowing == {"extract.language", "extract.ruler", "extract.tokens"}


@needs_process
def test_the_nouns_need_the_standard_library_alone() -> None:
    (loaded,), (bare,) = loaded_by(after="onrecord.model onrecord.errors onrecord.options"), loaded_by()
    assert loaded - bare - sys.stdlib_module_names == {"onrecord"}
