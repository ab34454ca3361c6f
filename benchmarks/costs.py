"""What extraction costs: the figures that ``speed.py`` and ``cluster.py`` save, and the words that the guide makes of them.

``benchmarks/figures/costs.json`` is written by these two with ``--save`` and by nothing else. It keeps every pair or round that was
measured; what is shown is the median of them, which one disturbance by other work does not move.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

import msgspec

FILE = Path(__file__).parent / "figures" / "costs.json"
_GUIDES = Path(__file__).parents[1] / "site" / "docs" / "guide"
GUIDE, ACCURACY = _GUIDES / "archives.md", _GUIDES / "accuracy.md"

_HOUR, _DAY = 3600, 86_400
_MILLION = 1_000_000
_MASSES = (_MILLION, 100 * _MILLION)
"""Articles of the archives that the guide has sums for."""


@dataclass(frozen=True, slots=True)
class Speed:
    """Whole extraction against the bare pipeline, in CPU."""

    articles: int
    words: int
    ratios: Sequence[float]
    """Of each pair: the bare pipeline's CPU seconds of ours."""


@dataclass(frozen=True, slots=True)
class Processes:
    """Several processes against one, by the clock."""

    jobs: int
    articles: int
    words: int
    whole: Sequence[float]
    """Of each pair: how many times as fast the whole command was, its start included."""
    later: Sequence[float]
    """The same, from the first reports on."""


@dataclass(frozen=True, slots=True)
class Cluster:
    """Extraction on a worker of Dask against extraction without."""

    articles: int
    words: int
    alone: Sequence[float]
    """Of each round: CPU seconds of an article in one process that has begun."""
    dask: Sequence[float]
    """Of each round: how many times as many CPU seconds a worker and the command took for an article."""
    loading: Sequence[float]
    """Of each round: CPU seconds to load the pipeline."""
    memory: float
    """MB of a worker at its peak."""
    parquet: float
    """Bytes of an article."""


@dataclass(frozen=True, slots=True)
class Costs:
    """All that was saved."""

    speed: Speed
    processes: Processes
    cluster: Cluster


def load_costs(file: Path = FILE) -> Costs:
    """What was saved. Raises :class:`FileNotFoundError`, :class:`msgspec.DecodeError`."""
    return msgspec.json.decode(file.read_bytes(), type=Costs)


def save_costs(costs: Costs) -> None:
    """Writes the figures, and the words of the guide."""
    FILE.write_bytes(msgspec.json.format(msgspec.json.encode(costs), indent=1) + b"\n")
    for page in pages_with_costs():
        page.write_text(with_costs(page.read_text(encoding="utf-8"), costs), encoding="utf-8")


def pages_with_costs() -> tuple[Path, ...]:
    """The pages that say any of it."""
    return tuple(page for page in (ACCURACY, GUIDE) if "written by benchmarks, with --save" in page.read_text(encoding="utf-8"))


def with_costs(page: str, costs: Costs) -> str:
    """A page with the words on these figures wherever it has a place for them. Raises :class:`ValueError` when it has none."""
    found = False
    for name, text in (("speed", speed_text), ("processes", processes_text), ("cluster", cluster_text)):
        begin, end = f"<!-- {name}: written by benchmarks, with --save -->", f"<!-- end of {name} -->"
        before, there, rest = page.partition(begin)
        if there:
            found = True
            page = f"{before}{begin}\n\n{text(costs)}\n\n{end}{rest.partition(end)[2]}"
    if not found:
        raise ValueError("the page has no place for figures of costs")
    return page


def speed_text(costs: Costs) -> str:
    """A sentence."""
    speed = costs.speed
    return (
        f"Extraction runs at {median(speed.ratios):.2f} of the speed of the bare spaCy pipeline on the same text "
        f"(`python benchmarks/speed.py FOLDER`, {_median_of(len(speed.ratios), 'pair')}, from {min(speed.ratios):.2f} to "
        f"{max(speed.ratios):.2f}, on {speed.articles} articles, {speed.words:,} words)."
    )


def processes_text(costs: Costs) -> str:
    """A sentence or two."""
    found = costs.processes
    return (
        f"{'Two' if found.jobs == 2 else found.jobs} processes extract {median(found.whole):.2f} times as fast as one by the clock: the "
        f"whole command on {found.articles} articles of {found.words // found.articles} words on average, start included, and "
        f"{median(found.later):.2f} times\nonce they have begun, which is what counts in an archive (`python benchmarks/speed.py FOLDER "
        f"--jobs {found.jobs}`, {_median_of(len(found.whole), 'pair')})."
    )


def cluster_text(costs: Costs) -> str:
    """What was measured on a cluster, with a table of sums for larger archives."""
    found = costs.cluster
    alone, dask, loading = median(found.alone), median(found.dask), median(found.loading)
    worker = alone * dask
    rows = (
        ("", "measured", *(f"{count // _MILLION:,} million articles" for count in _MASSES)),
        ("---",) * 4,
        ("extraction in one process", f"{alone:.2f} CPU s an article", *(_cpu(alone * count) for count in _MASSES)),
        ("on a worker, all of Dask's own work included", f"{dask:.2f} times that", *(_cpu(worker * count) for count in _MASSES)),
        *((f"by the clock, with {cores:,} cores", "", *(_clock(worker * n / cores + loading) for n in _MASSES)) for cores in (8, 1000)),
        ("reports as Parquet", f"{_size(found.parquet)} an article", *(_size(found.parquet * count) for count in _MASSES)),
        ("memory", f"{found.memory:.0f} MB a worker, at its peak", "the same", "the same"),
    )
    table = "\n".join(_line(row) for row in rows)
    return (
        f"Measured by `python benchmarks/cluster.py FOLDER` on {found.articles} news articles of {found.words // found.articles} words on "
        f"average: {_median_of(len(found.alone), 'round')}, in which an\narticle took {_range(found.alone)} CPU s in one process, and "
        f"{_range(found.dask)} times as many on a worker. Measure on your machines before you rent a hundred.\n\n"
        f"{table}\n\n"
        f"The pipeline costs each worker {loading:.1f} CPU s to load, once."
    )


def _line(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |".replace("|  |", "| |")


def _median_of(count: int, what: str) -> str:
    return f"median of {count} {what}s" if count > 1 else f"one {what}"


def _range(values: Sequence[float]) -> str:
    return f"{min(values):.2f} to {max(values):.2f}"


def _cpu(seconds: float) -> str:
    return f"{_short(seconds / _HOUR)} CPU hours"


def _clock(seconds: float) -> str:
    for unit, size in (("days", _DAY), ("hours", _HOUR)):
        if seconds >= 2 * size:
            return f"{_short(seconds / size)} {unit}"
    return f"{_short(seconds / 60)} minutes"


def _size(size: float) -> str:
    """In the largest unit of which there is a half."""
    for unit, bytes_ in (("TB", 1e12), ("GB", 1e9), ("MB", 1e6)):
        if size >= bytes_ / 2:
            return f"{_short(size / bytes_)} {unit}"
    return f"{_short(size / 1e3)} kB"


def _short(value: float) -> str:
    """Three digits at most that are not 0: what was measured bears no more.

    >>> _short(14287.2), _short(21.04), _short(9.46), _short(0.947)
    ('14,300', '21', '9.5', '0.95')
    """
    if value >= 100:
        places = len(str(int(value))) - 3
        return f"{round(value, -places):,.0f}"
    return f"{value:.0f}" if value >= 10 else f"{value:.1f}" if value >= 1 else f"{value:.2f}"
