"""What a site of an archive costs: CPU, memory and bytes, as ratios in one run.

    python benchmarks/archive.py WORK_DIR                    # 100 and 500 articles, some minutes
    python benchmarks/archive.py WORK_DIR --articles 40      # a quick look: two minutes of CPU
    python benchmarks/archive.py WORK_DIR --articles 1000 --save   # the table in benchmarks/figures/archive.json

The articles are made up (``synthetic.py``), the same in every run. They are extracted once into a cache in WORK_DIR, which is not counted;
a later run finds them there. Every command runs in a process of its own, whose CPU seconds and peak memory the system reports: of plain
MkDocs on the pages that ``onrecord pages`` writes, and of MkDocs with this plugin on the articles, both with the search index of titles
and the pages outside of the navigation.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import msgspec
from rich.console import Console
from rich.table import Table
from synthetic import write_archive

FIGURES = Path(__file__).parent / "figures" / "archive.json"
_SEARCH = "site_name: Archive\ntheme: mkdocs\nplugins:\n  - search:\n      indexing: titles\n"
_OURS = _SEARCH + "  - onrecord:\n      articles: in\n"
_PLAIN = _SEARCH + "nav:\n  - index.md\nvalidation:\n  nav:\n    omitted_files: ignore\n"


@dataclass(frozen=True, slots=True)
class Cost:
    """What a process took."""

    cpu: float
    """In seconds."""
    memory: float
    """The most at once, in MB."""


@dataclass(frozen=True, slots=True)
class Row:
    """A measure of the table, with what it is to stay under."""

    what: str
    value: float
    limit: float
    unit: str = ""


def run(*command: str, folder: Path, cache: Path) -> Cost:
    """What a command takes, with the processes that it starts. Raises :class:`subprocess.CalledProcessError` when it fails."""
    environment = {**os.environ, "ONRECORD_CACHE": str(cache), "OMP_NUM_THREADS": "1", "NO_MKDOCS_2_WARNING": "1"}
    process = subprocess.Popen([sys.executable, *command], cwd=folder, env=environment, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    return Cost(usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1000)


@dataclass(frozen=True, slots=True)
class Archive:
    """A project with so many articles, and what its site costs."""

    pages: int
    ours: Cost
    again: Cost
    """Of ``onrecord build`` on a site of the same articles."""
    first: Cost
    """Of ``onrecord build`` where there is no site."""
    plain: Cost
    size: int
    """Bytes of the pages of the site."""


def measure(work: Path, count: int) -> Archive:
    """Builds the site of so many articles in both ways, and again without a change."""
    project, cache = work / f"{count}", work / "cache"
    shutil.rmtree(project, ignore_errors=True)
    write_archive(project / "in", count)
    (project / "docs").mkdir()
    (project / "mkdocs.yml").write_text(_OURS)
    run("-m", "onrecord", "extract", "in", "-o", "reports.jsonl", folder=project, cache=cache)
    ours = run("-m", "mkdocs", "build", "-q", folder=project, cache=cache)
    run("-m", "onrecord", "pages", "in", "--out", "plain/docs", folder=project, cache=cache)
    (project / "plain/mkdocs.yml").write_text(_PLAIN)
    plain = run("-m", "mkdocs", "build", "-q", folder=project / "plain", cache=cache)
    build = ("-m", "onrecord", "build", "in", "--out", "site-again")
    first, again = (run(*build, folder=project, cache=cache) for _ in range(2))
    pages = [file.stat().st_size for file in (project / "site").rglob("*.html")]
    return Archive(len(pages), ours, again, first, plain, sum(pages))


def rows(small: Archive, large: Archive, work: Path) -> list[Row]:
    """The table."""
    # Importing the plugin imports spaCy, which a build with everything in the cache loads no model of.
    imports = run("-c", "import onrecord.plugin", folder=work, cache=work / "cache")
    return [
        Row(f"CPU of {large.pages:,} pages, of plain MkDocs on the same pages as Markdown", large.ours.cpu / large.plain.cpu, 0.4),
        Row(
            f"CPU of a page of {large.pages:,}, of a page of {small.pages:,}",
            large.ours.cpu / large.pages / (small.ours.cpu / small.pages),
            1.06,
        ),
        Row("CPU of a page", 1000 * large.ours.cpu / large.pages, float("inf"), "ms"),
        Row(f"peak memory of {large.pages:,} pages, beside spaCy", large.ours.memory - imports.memory, 400, "MB"),
        Row("bytes of a page, with the theme's", large.size / large.pages / 1000, float("inf"), "kB"),
        Row("CPU of onrecord build without a change, of the first", large.again.cpu / large.first.cpu, 0.1),
    ]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("work", type=Path)
    parser.add_argument("--articles", type=int, default=500, help="of the larger archive; the smaller has a fifth")
    parser.add_argument("--save", action="store_true", help="write the table to benchmarks/figures/archive.json")
    given = parser.parse_args()
    given.work.mkdir(parents=True, exist_ok=True)
    work = given.work.resolve()
    small, large = (measure(work, count) for count in (given.articles // 5, given.articles))
    found = rows(small, large, work)
    table = Table("", "measured", "at most", title=f"{given.articles // 5:,} and {given.articles:,} articles")
    for row in found:
        table.add_row(row.what, f"{row.value:.2f} {row.unit}", "" if row.limit == float("inf") else f"{row.limit} {row.unit}")
    Console().print(table)
    if given.save:
        saved = {"articles": given.articles, "rows": {row.what: round(row.value, 3) for row in found}}
        FIGURES.write_bytes(msgspec.json.format(msgspec.json.encode(saved), indent=1) + b"\n")


if __name__ == "__main__":
    main()
