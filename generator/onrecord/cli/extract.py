"""``onrecord extract``."""

from __future__ import annotations

import sys
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path

import click

from onrecord.cli.group import example
from onrecord.cli.options import How, reads_articles
from onrecord.cli.reading import corrections_in, gazetteer_in, read, report_on, reporter_for


@click.command(epilog=example("onrecord extract articles/ -o reports.jsonl", "onrecord extract article.txt -o - | jq .quotes"))
@click.option("-o", "--output", metavar="FILE", required=True, help="The file to write, one report a line; - is standard output.")
@reads_articles
def extract(how: How, output: str) -> None:
    """Extract reports as JSON lines.

    `onrecord schema` describes a line.
    """
    from onrecord.gather import correct_reports
    from onrecord.report_json import encode_report
    from onrecord.write import replaced_file

    # Entered before the work is done, so that a place that cannot be written to is told at once.
    place: AbstractContextManager[Path | None] = nullcontext() if output == "-" else replaced_file(Path(output))
    with place as file:
        corrections = corrections_in(how.corrections)
        reports = correct_reports(report_on(read(how), reporter_for(how), how, gazetteer_in(how.actors)), corrections)
        content = b"".join(encode_report(report) + b"\n" for report in reports)
        if file is None:
            sys.stdout.buffer.write(content)
        else:
            file.write_bytes(content)
