from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from statistics import median

import pytest
from costs import ACCURACY, GUIDE, load_costs, pages_with_costs, with_costs

COSTS = load_costs()


def test_the_guide_says_it() -> None:
    assert {ACCURACY, GUIDE} <= set(pages_with_costs())


@pytest.mark.parametrize("page", pages_with_costs(), ids=lambda page: page.name)
def test_pages_say_what_was_saved(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    assert with_costs(text, COSTS) == text


def test_the_sums_are_those_of_the_figures() -> None:
    cluster = replace(COSTS.cluster, alone=[0.36, 0.9, 0.3], dask=[1.25, 1.0, 2.0], loading=[1.0], parquet=9460.0, memory=345.4)
    page = with_costs(GUIDE.read_text(encoding="utf-8"), replace(COSTS, cluster=cluster))
    for row in (
        "| extraction in one process | 0.36 CPU s an article | 100 CPU hours | 10,000 CPU hours |",
        "| on a worker, all of Dask's own work included | 1.25 times that | 125 CPU hours | 12,500 CPU hours |",
        "| by the clock, with 8 cores | | 16 hours | 65 days |",
        "| by the clock, with 1,000 cores | | 7.5 minutes | 13 hours |",
        "| reports as Parquet | 9.5 kB an article | 9.5 GB | 0.95 TB |",
        "| memory | 345 MB a worker, at its peak | the same | the same |",
    ):
        assert row in page
    assert "0.30 to 0.90 CPU s" in page


def test_a_median_is_what_is_shown() -> None:
    page = ACCURACY.read_text(encoding="utf-8")
    assert f"at {median(COSTS.speed.ratios):.2f} of the speed" in page
    assert "at 0.70 of the speed" in with_costs(page, replace(COSTS, speed=replace(COSTS.speed, ratios=[0.1, 0.7, 0.8])))


def test_a_page_without_a_place_is_refused() -> None:
    with pytest.raises(ValueError, match="no place"):
        with_costs("# Words", COSTS)
