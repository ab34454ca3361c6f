"""``onrecord doctor`` and ``onrecord cache``: what is installed here, whether it is whole, what to install for what; and what is kept."""

from __future__ import annotations

import importlib.metadata
import platform
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Literal

import click
from packaging.requirements import Requirement

from onrecord import __version__
from onrecord.cli.group import Group, debug_option, example, model_option, say, say_json
from onrecord.errors import OnrecordError
from onrecord.options import ACCURATE, default_attribution

_MARKS = {"ok": "+", "absent": "-", "broken": "!"}


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found out about one thing."""

    name: str
    state: Literal["ok", "absent", "broken"]
    """``absent``: an extra that is not installed, without which the rest works; ``broken``: articles cannot be read like this."""
    said: str
    """What there is, with its version; or what to do."""


@click.command(epilog=example("onrecord doctor", "onrecord doctor --json"))
@click.option("--json", "as_json", is_flag=True, help="Print all of it as one line of JSON.")
@model_option
@debug_option
def doctor(model: str, as_json: bool) -> None:
    """Say what is installed and whether it is whole.

    Versions, the language model, the weights and their hashes, the cache, and which extras are there (+), or what to install for what (-).
    Exit code 2 where something is broken (!).
    """
    findings = tuple(examine(model))
    if as_json:
        say_json([asdict(one) for one in findings])
    else:
        for one in findings:
            say(f"{_MARKS[one.state]} {one.name}: {one.said}")
    if any(one.state == "broken" for one in findings):
        raise click.exceptions.Exit(2)


def examine(model: str) -> Iterator[Finding]:
    """All findings, in the order in which they are told."""
    yield Finding("onrecord", "ok", f"{__version__}, at {Path(__file__).parents[1]}")
    yield Finding("Python", "ok", f"{platform.python_version()} on {platform.system()}")
    for package in ("spacy", "mkdocs"):
        yield Finding(package, "ok", importlib.metadata.version(package))
    yield _language_model(model)
    yield _classifier()
    yield from _accurate_reader()
    yield Finding("quotes are judged by", "ok", f"{default_attribution()}, unless --attribution says otherwise")
    yield _cache()
    yield from _extras()


def _language_model(model: str) -> Finding:
    from onrecord.extract.language import load_pipeline

    name = f"model {model}"
    try:
        nlp = load_pipeline(model)
    except OnrecordError as problem:
        return Finding(name, "broken", str(problem).removeprefix(f"{name}: "))
    return Finding(name, "ok", f"{nlp.meta['version']}, at {nlp.path}")


def _classifier() -> Finding:
    from onrecord.extract.accurate.reader import hash_of
    from onrecord.extract.attributions.judges import CLASSIFIER, load_classifier

    try:
        load_classifier()
        return Finding("classifier", "ok", f"SHA-256 {hash_of(CLASSIFIER.read_bytes())}")
    except (OnrecordError, OSError) as problem:
        return Finding("classifier", "broken", str(problem))


def _accurate_reader() -> Iterator[Finding]:
    """Each file of the accurate reader's weights is held against the hash in the card beside it."""
    from onrecord.extract.accurate.judge import SHIPPED
    from onrecord.extract.accurate.reader import Weights

    # Without its extra the reader is not used, and its files are only what they are.
    bad: Literal["absent", "broken"] = "broken" if default_attribution() == ACCURATE else "absent"
    try:
        weights = Weights(SHIPPED)
        for name, sha256 in sorted(weights.card.files.items()):
            weights.content(name)
            yield Finding(f"accurate reader, {name}", "ok", f"SHA-256 {sha256}, as its card says")
    except OnrecordError as problem:
        yield Finding("accurate reader", bad, str(problem))


def _cache() -> Finding:
    from onrecord.reports.cache import ReportCache, default_cache

    kept = ReportCache(default_cache())
    try:
        return Finding("cache", "ok", f"{kept.folder}: {kept.usage()}")
    except OnrecordError as problem:
        return Finding("cache", "broken", str(problem))


_FOR = {
    "accurate": "the accurate reader of quotes, which is the default where it is there",
    "dask": "many machines, addresses such as s3://, and Parquet",
    "documents": "articles in .docx, .pdf and .eml files, feeds, and onrecord fetch",
    "html": "the article in a web page",
    "material": "the theme Material for MkDocs",
    "train": "teaching a classifier of one's own",
    "train-accurate": "teaching an accurate reader of one's own",
}
"""What extras are for. Those of developers are left out."""


def _extras() -> Iterator[Finding]:
    asked = _asked_for()
    for extra, purpose in _FOR.items():
        packages = [one.name for one in asked if _is_of(one, extra)]
        missing = [name for name in packages if name != "onrecord" and not _is_installed(name)]
        if not packages:
            yield Finding(f"extra {extra}", "absent", f"for {purpose}: unknown to the onrecord that is installed; install that anew")
        elif missing:
            yield Finding(f"extra {extra}", "absent", f"for {purpose}: pip install 'onrecord[{extra}]' (lacks {', '.join(missing)})")
        else:
            yield Finding(f"extra {extra}", "ok", f"for {purpose}")


def _is_of(one: Requirement, extra: str) -> bool:
    """Whether an extra brings a requirement, which is not there without it."""
    return one.marker is not None and one.marker.evaluate({"extra": extra}) and not one.marker.evaluate({"extra": ""})


def _asked_for() -> list[Requirement]:
    """What the installed onrecord asks for; nothing where it runs without having been installed."""
    try:
        return [Requirement(line) for line in importlib.metadata.requires("onrecord") or []]
    except importlib.metadata.PackageNotFoundError:
        return []


def _is_installed(package: str) -> bool:
    try:
        importlib.metadata.version(package)
    except importlib.metadata.PackageNotFoundError:
        return find_spec(package.replace("-", "_")) is not None
    return True


@click.group(cls=Group, epilog=example("onrecord cache info"))
def cache() -> None:
    """The reports that are kept on disk.

    They are in your cache folder, or where the environment variable ONRECORD_CACHE says. An article that was read before by the same
    pipeline and version is not read again.
    """


@cache.command("info")
def cache_info() -> None:
    """Say where the cache is, and what it holds."""
    from onrecord.reports.cache import ReportCache, default_cache

    kept = ReportCache(default_cache())
    say(f"{kept.folder}: {kept.usage()}")


@cache.command("clear")
def cache_clear() -> None:
    """Remove every report from the cache."""
    from onrecord.reports.cache import ReportCache, default_cache

    kept = ReportCache(default_cache())
    say(f"{kept.folder}: removed {kept.clear()}")
