"""What a site of an archive costs: CPU, memory, bytes and time to reload, as ratios in one run.

    python benchmarks/archive.py WORK_DIR --articles 40       # a quick look: three minutes of CPU
    python benchmarks/archive.py WORK_DIR --articles 700 --save   # 1,000, 5,000 and 10,000 pages; half an hour of CPU

The articles are made up (``synthetic.py``), the same in every run. There are so many of them, a fifth of them, and twice as many, for
memory alone. They are extracted once into a cache in WORK_DIR, which is not counted; a later run finds them there. Every command runs in a
process of its own, whose CPU seconds and peak memory the system reports: of plain MkDocs on the pages that ``onrecord pages`` writes, and
of MkDocs with this plugin on the articles, both with the search index of titles and the pages outside of the navigation.

With ``--save`` the table goes to ``benchmarks/figures/archive.json`` and into the guide.
"""

from __future__ import annotations

import argparse
import gzip
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from pathlib import Path

import msgspec
from rich.console import Console
from rich.table import Table
from synthetic import write_archive

FIGURES = Path(__file__).parent / "figures" / "archive.json"
GUIDE = Path(__file__).parents[1] / "site" / "docs" / "guide" / "archives.md"
_BEGIN, _END = "<!-- archive: written by benchmarks/archive.py --save -->", "<!-- end of archive -->"
_SEARCH = "site_name: Archive\ntheme: mkdocs\nplugins:\n  - search:\n      indexing: titles\n"
_OURS = _SEARCH + "  - onrecord:\n      articles: in\n"
_PLAIN = _SEARCH + "nav:\n  - index.md\nvalidation:\n  nav:\n    omitted_files: ignore\n"


# What an editor waits for: from a saved edit until the browser, which MkDocs told to reload, has the new page. In the middle of several.
_SERVE = """
import re, socket, statistics, subprocess, sys, time, urllib.request
from pathlib import Path
with socket.socket() as free:
    free.bind(("127.0.0.1", 0))
    host = f"127.0.0.1:{free.getsockname()[1]}"
log = Path("serve.log")
with log.open("w") as out:
    server = subprocess.Popen([sys.executable, "-m", "mkdocs", "serve", "--dev-addr", host], stdout=out, stderr=out)
def get(path):
    with urllib.request.urlopen(f"http://{host}/{path}") as answer:
        return answer.read().decode()
try:
    while "Serving on" not in log.read_text():
        assert server.poll() is None, log.read_text()
        time.sleep(0.1)
    article = min(Path("in").iterdir())
    text = article.read_text()
    page = get(f"articles/{article.stem}/")
    time.sleep(5)  # as long as somebody reads, while the pipeline is loaded
    took = []
    for edit in ("early", "late", "lost", "sold", "found"):
        epoch = int(re.search(r"livereload\\((\\d+)", page)[1])
        article.write_text(f"{text}\\n\\nThe mayor said that the ferry was {edit}.\\n")
        began = time.perf_counter()
        while int(get(f"livereload/{epoch}/1")) <= epoch:
            pass
        page = get(f"articles/{article.stem}/")
        took.append(time.perf_counter() - began)
        assert f"ferry was {edit}" in re.sub("<[^>]*>", "", page)
finally:
    server.send_signal(2)
    server.wait()
print(statistics.median(took))
"""


@dataclass(frozen=True, slots=True)
class Cost:
    """What a process took."""

    cpu: float
    """In seconds."""
    memory: float
    """The most at once, in MB."""
    said: str
    """On standard output."""


@dataclass(frozen=True, slots=True)
class Row:
    """A measure of the table."""

    what: str
    value: float
    unit: str
    reach: float
    """What it is to stay under."""

    def __str__(self) -> str:
        return " ".join(filter(None, [shown(self.value), self.unit]))


@dataclass(frozen=True, slots=True)
class Figures:
    """What was saved."""

    articles: int
    rows: tuple[Row, ...]


def shown(value: float) -> str:
    """Two digits behind the point at most, and no more than the measure bears.

    >>> shown(0.4139), shown(5.26), shown(112.4)
    ('0.41', '5.3', '112')
    """
    return f"{value:.0f}" if value >= 100 else f"{value:.1f}" if value >= 1 else f"{value:.2f}"


def load_archive(file: Path = FIGURES) -> Figures:
    """What was saved. Raises :class:`FileNotFoundError`, :class:`msgspec.DecodeError`."""
    return msgspec.json.decode(file.read_bytes(), type=Figures)


def with_archive(page: str, figures: Figures) -> str:
    """A page with the table. Raises :class:`ValueError` when it has no place for it."""
    before, there, rest = page.partition(_BEGIN)
    if not there:
        raise ValueError(f"the page has no line {_BEGIN}; put it where the table belongs")
    lines = [
        f"Measured on {figures.articles // 5:,}, {figures.articles:,} and {2 * figures.articles:,} made-up articles:",
        "",
        "| what | measured | to stay under |",
        "| --- | --- | --- |",
        *(f"| {row.what} | {row} | {' '.join(filter(None, [f'{row.reach:g}', row.unit]))} |" for row in figures.rows),
    ]
    table = "\n".join(lines)
    return f"{before}{_BEGIN}\n\n{table}\n\n{_END}{rest.partition(_END)[2]}"


def run(*command: str, folder: Path, cache: Path) -> Cost:
    """What a command takes, with the processes that it starts. Raises :class:`subprocess.CalledProcessError` when it fails."""
    environment = {**os.environ, "ONRECORD_CACHE": str(cache), "OMP_NUM_THREADS": "1", "NO_MKDOCS_2_WARNING": "1"}
    process = subprocess.Popen([sys.executable, *command], cwd=folder, env=environment, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    said = process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    return Cost(usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1000, said)


@dataclass(frozen=True, slots=True)
class Project:
    """So many articles, extracted, with the site of them."""

    folder: Path
    cache: Path
    built: Cost

    def run(self, *command: str, inside: str = ".") -> Cost:
        """What a command takes in the project."""
        return run(*command, folder=self.folder / inside, cache=self.cache)

    def pages(self, site: str = "site") -> list[str]:
        """The HTML of every page of a site."""
        return [file.read_text(encoding="utf-8") for file in sorted((self.folder / site).rglob("*.html"))]


def build(work: Path, count: int) -> Project:
    """Extracts so many articles, unless the cache has them, and then builds their site."""
    folder, cache = work / f"{count}", work / "cache"
    shutil.rmtree(folder, ignore_errors=True)
    write_archive(folder / "in", count)
    (folder / "docs").mkdir()
    (folder / "mkdocs.yml").write_text(_OURS)
    run("-m", "onrecord", "extract", "in", "-o", "reports.jsonl", folder=folder, cache=cache)
    return Project(folder, cache, run("-m", "mkdocs", "build", "-q", folder=folder, cache=cache))


def rows(small: Project, large: Project, largest: Project) -> Iterator[Row]:
    """The table; each row when it is measured."""
    few, many, most = (len(project.pages()) for project in (small, large, largest))
    large.run("-m", "onrecord", "pages", "in", "--out", "plain/docs")
    (large.folder / "plain/mkdocs.yml").write_text(_PLAIN)
    # Other work on the machine makes CPU seconds dearer by the minute: by turns, and the cheapest of each counts.
    sites: dict[str, list[float]] = {"small": [small.built.cpu], "large": [large.built.cpu], "plain": []}
    for _ in range(2):
        sites["plain"].append(large.run("-m", "mkdocs", "build", "-q", inside="plain").cpu)
        sites["large"].append(large.run("-m", "mkdocs", "build", "-q").cpu)
        sites["small"].append(small.run("-m", "mkdocs", "build", "-q").cpu)
    cheapest = {site: min(seconds) for site, seconds in sites.items()}
    against = cheapest["large"] / cheapest["plain"]
    yield Row(f"CPU of `mkdocs build`, {many:,} pages, of plain MkDocs on the same pages as Markdown", against, "", 0.4)
    grown = cheapest["large"] / cheapest["small"] / (many / few) * 5
    yield Row(f"CPU of five times as many pages ({few:,} and {many:,}; 5 would be linear)", grown, "times", 5.3)
    yield Row(f"peak memory, {most:,} pages, with all that Python and MkDocs take", largest.built.memory, "MB", 400)
    names = gzip.compress((large.folder / "site/assets/names.js").read_bytes(), mtime=0)
    yield Row("what a browser loads to search all names and headlines, compressed", len(names) / 1000, "kB", 100)
    first, again = (large.run("-m", "onrecord", "build", "in", "--out", "site-again").cpu for _ in range(2))
    own = large.pages("site-again")
    sizes, texts = (sum(len(one.encode()) for one in some) for some in (own, map(visible, own)))
    yield Row(
        "a page of `onrecord build` beyond the text that it shows, its links and our theme included",
        (sizes - texts) / len(own) / 1000,
        "kB",
        15,
    )
    yield Row("CPU of `onrecord build` where nothing has changed, of the first", again / first, "", 0.1)
    yield Row("CPU of `onrecord --help`", large.run("-m", "onrecord", "--help").cpu, "s", 0.2)
    yield Row("from an edit to the new page under `mkdocs serve`, by the clock", float(large.run("-c", _SERVE).said), "s", 2)


def visible(page: str) -> str:
    """The text of a page without its tags, scripts and indentation."""
    return " ".join(unescape(re.sub(r"<(script|style)\b.*?</\1>|<[^>]*>", "", page, flags=re.DOTALL)).split())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("work", type=Path)
    parser.add_argument("--articles", type=int, default=700, help="of the larger archive")
    parser.add_argument("--save", action="store_true", help="write the table to benchmarks/figures/archive.json and into the guide")
    given = parser.parse_args()
    given.work.mkdir(parents=True, exist_ok=True)
    work = given.work.resolve()
    small, large, largest = (build(work, count) for count in (given.articles // 5, given.articles, 2 * given.articles))
    table = Table("", "measured", "to stay under", title=f"{given.articles:,} articles")
    found = []
    for row in rows(small, large, largest):
        table.add_row(row.what, str(row), f"{row.reach:g}")
        found.append(row)
    Console().print(table)
    if given.save:
        figures = Figures(given.articles, tuple(found))
        FIGURES.write_bytes(msgspec.json.format(msgspec.json.encode(figures), indent=1) + b"\n")
        GUIDE.write_text(with_archive(GUIDE.read_text(encoding="utf-8"), figures), encoding="utf-8")


if __name__ == "__main__":
    main()
