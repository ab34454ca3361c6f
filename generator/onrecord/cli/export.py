"""``onrecord export``."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from onrecord.cli.group import example
from onrecord.cli.options import How, out_option, reads_articles, text_option
from onrecord.cli.reading import LeftOut, inputs_of, reports_of
from onrecord.options import TextMode

if TYPE_CHECKING:
    from onrecord.model import Report


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
    from onrecord.faults import without_faulty
    from onrecord.gather import gather_exports, try_alone
    from onrecord.write import clear, replaced_folder, write_exports

    left_out = LeftOut(how.strict)
    with replaced_folder(out, "export", how.inputs()) as folder:
        inputs = inputs_of(how)

        def make(reports: Sequence[Report]) -> None:
            clear(folder)
            files = gather_exports(reports, inputs, text=text, with_tei=tei)
            write_exports(folder, files)

        alone = partial(try_alone, inputs=inputs, text=text, with_pages=False)
        without_faulty(reports_of(how, inputs, left_out), make, alone, left_out)
        left_out.refuse_if_strict()
    left_out.finish()
