"""Sound articles and reports that attacks damage: made up, with something of everything that a page can show."""

from __future__ import annotations

from pathlib import Path

from synthetic import write_archive

from onrecord.article import parse_article
from onrecord.corrections.apply import apply_corrections
from onrecord.corrections.reading import parse_corrections
from onrecord.extract import language
from onrecord.options import DEFAULT_MODEL
from onrecord.reports.entries import Entry, find_entries
from onrecord.reports.json import encode_report
from onrecord.reports.pipeline import build_report

EVERYTHING = """---
title: Ferry quay to close
byline: Ada Brook
outlet: The Varnholm Courier
date: 2024-03-05
url: https://courier.example/quay
---

# Ferry quay to close

The old quay at *Varnholm* will close in **November**, harbour master Ilse Brandt told the [Courier](https://courier.example/) on Monday.
“The piles are rotten,” she said. “We have no choice.”

> “Nobody asked us,” Per Askov, leader of the Dock Union, wrote in a letter.

Askov denied that crews had been warned. Brandt said that 40 workers had been warned in May. He called the plan “a bad joke”.

## What comes next

1. Line 1 stops on 3 November.
2. Line 2 goes on, according to the Harbour Board.
   - Boats leave at eight.

---

    DEP 07:40

![The quay](/quay.png) If the board thinks that ferries are a luxury, it should say so. Repairs will cost 4.2 million crowns, a source said.
"""
_CORRECTIONS = """corrections:
  - action: rename
    id: brandt
    article: everything
    words: Ilse Brandt
    sentence: |-
      The old quay at Varnholm will close in November, harbour master Ilse Brandt told the Courier on Monday.
    name: Ilse Brandt-Lund
"""


def write_articles(folder: Path, count: int = 4) -> None:
    """Fills a folder with so many sound articles, and one with everything."""
    write_archive(folder, count)
    (folder / "everything.md").write_text(EVERYTHING, encoding="utf-8")


def sound_texts(folder: Path) -> list[str]:
    """The articles in a folder without what stands before them; made-up ones in an empty folder."""
    return [entry.raw().text for entry in _entries(folder)]


def sound_reports(folder: Path) -> list[bytes]:
    """Reports on the articles in a folder, as lines of JSON; on made-up ones in an empty folder, one of them corrected."""
    nlp, corrections = language.load_pipeline(DEFAULT_MODEL), parse_corrections(_CORRECTIONS).entries
    reports = (build_report(parse_article(entry.raw()), nlp) for entry in _entries(folder))
    return [
        encode_report(apply_corrections(report, [one for one in corrections if one.article == report.article.id])) for report in reports
    ]


def _entries(folder: Path) -> list[Entry]:
    if not any(folder.iterdir()):
        write_articles(folder)
    return list(find_entries([folder]))
