"""``onrecord cache``."""

from __future__ import annotations

import click

from onrecord.cli.group import Group, example, say


@click.group(cls=Group, epilog=example("onrecord cache info"))
def cache() -> None:
    """The reports that are kept on disk.

    They are in your cache folder, or where the environment variable ONRECORD_CACHE says. An article that was read before by the same
    pipeline and version is not read again.
    """


@cache.command("info")
def cache_info() -> None:
    """Say where the cache is, and what it holds."""
    from onrecord.cache import ReportCache, default_cache

    kept = ReportCache(default_cache())
    say(f"{kept.folder}: {kept.usage()}")


@cache.command("clear")
def cache_clear() -> None:
    """Remove every report from the cache."""
    from onrecord.cache import ReportCache, default_cache

    kept = ReportCache(default_cache())
    say(f"{kept.folder}: removed {kept.clear()}")
