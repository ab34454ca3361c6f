from __future__ import annotations

import pytest
from archive import GUIDE, Figures, Row, load_archive, visible, with_archive


def test_the_guide_has_the_saved_table() -> None:
    text = GUIDE.read_text(encoding="utf-8")
    assert with_archive(text, load_archive()) == text


def test_a_table_has_each_measure_with_what_it_is_to_stay_under() -> None:
    figures = Figures(500, (Row("CPU", 0.4139, "", 0.4), Row("memory", 112.4, "MB", 400)))
    page = with_archive(GUIDE.read_text(encoding="utf-8"), figures)
    assert "on 100, 500 and 1,000 made-up" in page
    assert "| CPU | 0.41 | 0.4 |\n| memory | 112 MB | 400 MB |\n" in page


def test_a_page_without_a_place_is_refused() -> None:
    with pytest.raises(ValueError, match="no line"):
        with_archive("# Words", load_archive())


def test_only_what_is_seen_is_text() -> None:
    assert visible("<p title='x'>A &amp; B<script>no()</script></p>") == "A & B"
