"""What tests of several modules share: the pipeline, and the built site of the first article."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from functools import cache, partialmethod
from pathlib import Path
from typing import TypeAlias

import pytest
from filelock import FileLock
from hypothesis import HealthCheck, settings
from jinja2 import Environment, FileSystemBytecodeCache
from spacy.language import Language

from onrecord.extract import language
from onrecord.options import DEFAULT_MODEL

SLOW_FIXTURES = {"browser", "built_site", "themed_site", "validator", "long_site", "archive_site"}
"""What is built or run by other processes."""
MadeOnce: TypeAlias = Callable[[str, Callable[[Path], object]], Path]
ROOT = Path(__file__).resolve().parents[1]

# A busy machine must not fail a property, nor may chance: the examples are the same each time, and how long one takes is not what these
# tests are about. To look for more: pytest --hypothesis-profile=default.
settings.register_profile("onrecord", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("onrecord")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Marks as slow what needs a site that is built or a browser; what is slow by itself is marked where it stands."""
    for item in items:
        if not SLOW_FIXTURES.isdisjoint(getattr(item, "fixturenames", ())):
            item.add_marker("slow")


@pytest.fixture(scope="session", autouse=True)
def own_cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Reports that the user has kept are not what these tests are about, nor are theirs the user's."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ONRECORD_CACHE", str(tmp_path_factory.mktemp("cache")))
        yield


@pytest.fixture(scope="session", autouse=True)
def loaded_once() -> Iterator[None]:
    """A model is loaded once for all commands that tests call, as it is for all articles of one command."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(language, "load_pipeline", cache(language.load_pipeline))
        yield


@pytest.fixture(scope="session", autouse=True)
def compiled_once(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Templates are compiled once for all sites that tests render: a site of two articles takes .1 CPU seconds, and took .4.

    A template that differs, by name or by content, is compiled anew.
    """
    kept = FileSystemBytecodeCache(str(tmp_path_factory.mktemp("compiled")))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Environment, "__init__", partialmethod(Environment.__init__, bytecode_cache=kept))
        yield


@pytest.fixture(scope="session")
def nlp() -> Language:
    """The default pipeline."""
    return language.load_pipeline(DEFAULT_MODEL)


@pytest.fixture(scope="session")
def made_once(tmp_path_factory: pytest.TempPathFactory) -> MadeOnce:
    """Gives a folder of that name, filled once however many workers there are: who asks first fills it, and the others wait."""
    own = tmp_path_factory.getbasetemp()
    shared = own.parent if "PYTEST_XDIST_WORKER" in os.environ else own

    def make(name: str, fill: Callable[[Path], object]) -> Path:
        folder = shared / name
        with FileLock(f"{folder}.lock"):
            if not folder.is_dir():
                fresh = tmp_path_factory.mktemp(name)
                fill(fresh)
                fresh.rename(folder)
        return folder

    return make


@pytest.fixture(scope="session")
def built_site(made_once: MadeOnce) -> Path:
    """The folder of the site in ``site/``, built strictly in a process of its own."""
    return made_once("built-site", _build) / "public"


def _build(folder: Path) -> None:
    build_with_mkdocs(ROOT / "site/mkdocs.yml", folder / "public", "--strict")


def build_with_mkdocs(config: Path, out: Path, *options: str) -> None:
    """Builds a site in a process of its own."""
    command = [sys.executable, "-m", "mkdocs", "build", "--quiet", *options, "-f", str(config), "-d", str(out)]
    done = subprocess.run(command, capture_output=True, text=True, env=os.environ | {"NO_MKDOCS_2_WARNING": "1"})
    assert done.returncode == 0, done.stderr
