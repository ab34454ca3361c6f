"""``onrecord export``."""

from __future__ import annotations

from pathlib import Path

import click

from onrecord.cli.group import example
from onrecord.cli.options import How, out_option, reads_articles, text_option
from onrecord.cli.reading import corrections_in, gazetteer_in, lock_in, reports_of
from onrecord.options import TextMode


@click.command(epilog=example("onrecord export articles/ --out data", "onrecord export article.txt --out data --tei"))
@out_option
@click.option("--tei", is_flag=True, help="Also each article as TEI, with what is said marked up.")
@text_option
@reads_articles
def export(how: How, out: Path, tei: bool, text: TextMode) -> None:
    """Write the findings as data.

    Tables as CSV and JSON lines with a Frictionless data package, edges for Gephi, and for each article its report and W3C Web Annotations:
    the files that a site has under downloads/.
    """
    from onrecord.gather import gather_exports
    from onrecord.write import replaced_folder, write_exports

    with replaced_folder(out, "export", how.inputs()) as folder:
        gazetteer, corrections = gazetteer_in(how.actors), corrections_in(how.corrections)
        reports = reports_of(how, gazetteer)
        lock = lock_in(how.lock)
        write_exports(folder, gather_exports(reports, gazetteer=gazetteer, corrections=corrections, lock=lock, text=text, with_tei=tei))
