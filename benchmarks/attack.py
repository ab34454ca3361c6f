"""Attacks on the program, and what came of them.

    python benchmarks/attack.py texts    # damaged articles, as .txt and .md
    python benchmarks/attack.py pages    # damaged web pages
    python benchmarks/attack.py reports  # reports from elsewhere with something amiss
    python benchmarks/attack.py tables   # Parquet, JSON lines and gzip with something amiss
    python benchmarks/attack.py kills    # commands that are killed at any moment
    python benchmarks/attack.py scripts  # an attacker's articles and reports, in Chromium under four themes

Each makes attempts from a seeded generator: the same seed makes the same, and ``--only NUMBER`` makes one of them again. ``--count`` says
how many, ``--seconds`` for how long at most. The sound articles and reports that are damaged are made up (``sound.py``); ``--articles``
names a folder of .txt and .md files to damage in their stead. Everything is done in a temporary folder. An attempt fails where the program
ends with an error that it does not tell of in a line, writes what is out of proportion, or does not keep what the guide promises; what
failed is printed with what makes it again, then a table, whose sums ``--save`` writes into the docs. Exits with 1 on any failure.
"""

from __future__ import annotations

import os

os.environ["OMP_NUM_THREADS"] = "1"  # before numpy is loaded
os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")

import argparse
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from attempts import Limit, Tally, loaded_once
from mutations import MUTATIONS
from sound import sound_reports, sound_texts
from tried import PAGE, with_row


@dataclass(frozen=True, slots=True)
class Attack:
    """What a run needs to know."""

    work: Path
    """An empty folder."""
    articles: Path | None
    seed: int
    limit: Limit
    only: int | None

    def texts(self) -> list[str]:
        """Sound articles, without what stands before them."""
        return sound_texts(self.articles or self._folder("articles"))

    def reports(self) -> list[bytes]:
        """Sound reports, as lines of JSON."""
        return sound_reports(self.articles or self._folder("articles"))

    def _folder(self, name: str) -> Path:
        (self.work / name).mkdir(exist_ok=True)
        return self.work / name

    def place(self) -> Path:
        """Where the attempts are made."""
        return self._folder("work")


def _texts(attack: Attack) -> Tally:
    from attack_texts import attack_texts

    light = [one for one in MUTATIONS if not one.heavy and one.suffix != ".html"]
    return attack_texts(attack.texts(), light, attack.place(), attack.seed, attack.limit, attack.only)


def _pages(attack: Attack) -> Tally:
    from attack_texts import attack_texts
    from broken_pages import PAGES

    mutations = [*PAGES, *(one for one in MUTATIONS if not one.heavy and one.suffix == ".html")]
    return attack_texts(attack.texts(), mutations, attack.place(), attack.seed, attack.limit, attack.only)


def _reports(attack: Attack) -> Tally:
    from attack_reports import attack_reports

    return attack_reports(attack.reports(), attack.place(), attack.seed, attack.limit, attack.only)


def _tables(attack: Attack) -> Tally:
    from attack_tables import attack_tables

    return attack_tables(attack.place(), attack.seed, attack.limit, attack.only)


def _kills(attack: Attack) -> Tally:
    from attack_kills import attack_kills

    return attack_kills(attack.reports(), attack.place(), attack.seed, attack.limit, attack.only)


def _scripts(attack: Attack) -> Tally:
    from attack_scripts import attack_scripts

    return attack_scripts(attack.reports()[-2:], attack.place(), attack.seed, attack.limit, attack.only)


ATTACKS: dict[str, tuple[Callable[[Attack], Tally], int]] = {
    "texts": (_texts, 1_000),
    "pages": (_pages, 1_000),
    "reports": (_reports, 20_000),
    "tables": (_tables, 2_000),
    "kills": (_kills, 60),
    "scripts": (_scripts, 4),
}
"""By name, with how many attempts are made where nobody says how many; of scripts, each is a project of some hundred and fifty pages."""


def main(argv: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("attack", choices=ATTACKS)
    parser.add_argument("--articles", type=Path)
    parser.add_argument("--count", type=int)
    parser.add_argument("--seconds", type=float)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", type=int)
    parser.add_argument("--save", action="store_true", help="write what came of it into the docs")
    options = parser.parse_args(argv)
    run, count = ATTACKS[options.attack]
    limit = Limit.of(count if options.count is None else options.count, options.seconds)
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as work, loaded_once():
        tally = run(Attack(Path(work), options.articles, options.seed, limit, options.only))
    print(tally)
    if options.save:
        PAGE.write_text(with_row(PAGE.read_text(encoding="utf-8"), options.attack, tally), encoding="utf-8")
    print(f"{options.attack}: {tally.failed:,} failures with --seed {options.seed}, in {time.monotonic() - began:.0f} s")
    return int(tally.failed > 0)


if __name__ == "__main__":
    sys.exit(main())
