"""What tests of several modules share: the pipeline, and the built site of the first article."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from spacy.language import Language

from onrecord.extract import language
from onrecord.options import DEFAULT_MODEL

SLOW_FIXTURES = {"browser", "built_site"}
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


@pytest.fixture(scope="session")
def nlp() -> Language:
    """The default pipeline."""
    return language.load_pipeline(DEFAULT_MODEL)


@pytest.fixture(scope="session")
def built_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the site in ``site/``, built strictly in a process of its own."""
    target = tmp_path_factory.mktemp("site") / "public"
    command = [sys.executable, "-m", "mkdocs", "build", "--quiet", "--strict", "-f", str(ROOT / "site/mkdocs.yml"), "-d", str(target)]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return target
