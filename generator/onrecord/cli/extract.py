"""``onrecord extract``: reports as JSON lines, made on this machine, or as Parquet, made on Dask."""

from __future__ import annotations

import sys
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

import click

from onrecord.cli.group import ReadingOptions, complain, example, reads_articles, say
from onrecord.cli.reading import LeftOut, inputs_of, progress_of, stream_reports
from onrecord.errors import ArticleError, OptionsError

if TYPE_CHECKING:
    from onrecord.archive.parts import Failure, Made

_MOST_TOLD = 20
"""How many messages about articles that were set aside are printed; the table of errors has them all."""


@click.command(
    epilog=example(
        "onrecord extract articles/ -o reports.jsonl",
        "onrecord extract article.txt -o - | jq .quotes",
        "onrecord extract archive.parquet -o reports/ --engine dask",
    )
)
@click.option(
    "-o",
    "--output",
    metavar="FILE",
    required=True,
    help="The file to write, one report a line; - is standard output. With --engine dask, the folder or address to write Parquet to.",
)
@click.option(
    "--engine",
    type=click.Choice(["processes", "dask"]),
    default="processes",
    show_default=True,
    help="What runs the extraction: processes of this machine, or Dask, on many. Dask needs pip install 'onrecord[dask]'.",
)
@click.option("--scheduler", metavar="ADDRESS", help="Of a Dask cluster that runs. [default: processes that end with the command]")
@click.option(
    "--part",
    "size",
    metavar="N",
    type=click.IntRange(min=1),
    default=100,
    show_default=True,
    help="With --engine dask, articles to a part.",
)
@reads_articles
def extract(options: ReadingOptions, output: str, engine: str, scheduler: str | None, size: int) -> None:
    """Extract reports, as JSON lines or as Parquet.

    `onrecord schema` describes a line. Articles may also be records of JSONL or Parquet files, and lie at addresses such as s3://bucket/in.
    """
    if engine == "dask":
        _on_dask(options, output, scheduler, size)
    elif scheduler:
        raise OptionsError("--scheduler: is of Dask; say --engine dask, too")
    else:
        _here(options, output)


def _here(options: ReadingOptions, output: str) -> None:
    """Extracts on this machine, into a file or to standard output."""
    from onrecord.assembly.site import encode_reports
    from onrecord.assembly.write import replaced_file

    if output == "-" and sys.stdout is None:
        raise OptionsError("-: standard output is closed; open it, or name a file")
    left_out, target = LeftOut(options.strict), None if output == "-" else Path(output)
    # Entered before the work is done, so that a place that cannot be written to is told at once.
    place: AbstractContextManager[Path | None] = nullcontext() if target is None else replaced_file(target, options.inputs())
    with place as path, nullcontext(sys.stdout.buffer) if path is None else path.open("wb") as file:
        inputs, written = inputs_of(options), 0
        reports = stream_reports(options, inputs, left_out)
        # One after the other, each written when it is made: an archive need not fit into memory.
        for line in encode_reports(reports, inputs.corrections, left_out):
            file.write(line)
            written += 1
        left_out.refuse_if_strict()
        if not written:
            raise click.exceptions.Exit(2)
    left_out.finish()


def _on_dask(options: ReadingOptions, output: str, scheduler: str | None, size: int) -> None:
    """Extracts on Dask, into a folder or to an address. Parts of an earlier run that still hold are kept.

    Exit code 2 where nothing was read, or with ``--strict`` where an article was set aside. Even then all parts are written, since each is
    written as soon as it is made.
    """
    from onrecord.archive.entries import find_entries
    from onrecord.archive.storage import needed
    from onrecord.archive.worker import Job
    from onrecord.messages import notes_gathered
    from onrecord.reports.extraction import Reader, cores

    needed("pyarrow", by="--engine dask")
    needed("distributed", by="--engine dask")
    from onrecord.archive.dask import connected, extract_parts

    inputs = inputs_of(options)
    job = Job(output, Reader(options.model, options.attribution, inputs.gazetteer), inputs.corrections.entries, options.longest)
    told = _Summary()
    with connected(scheduler, jobs=options.jobs or cores()) as client, progress_of("Making parts") as track, notes_gathered():
        for made in track(extract_parts(client, find_entries(options.paths, inputs.lock, without=options.no_articles()), job, size=size)):
            told.add(made)
    told.finish()
    say(f"{output}: {told}", err=True)
    if told.failures or not told.reports:
        raise click.exceptions.Exit(2 if options.strict or not told.reports else 1)


class _Summary:
    """The numbers for the last line of the command, and messages about articles that were set aside.

    An article in its own file is told of at once. Records are told of at the end, those with the same fault together: parts are done in any
    order, so that only then it is known which is the first.
    """

    def __init__(self) -> None:
        from onrecord.archive.reports import BadRecords

        self.reports = self.kept = self.failures = self._lines = 0
        self._records = BadRecords()

    def add(self, made: Made) -> None:
        self.reports += made.reports
        self.kept += made.reports if made.kept else 0
        self.failures += len(made.failures)
        for failure in made.failures:
            self._take(failure)

    def _take(self, failure: Failure) -> None:
        from onrecord.archive.reports import bad_record

        said = failure.error if failure.kind == ArticleError.__name__ else f"{failure.kind}: {failure.error}"
        record = bad_record(failure.place, said)
        if record is not None:
            self._records.add(record)
        else:
            self._complain(said if said.startswith(failure.place) else f"{failure.place}: {said}")

    def finish(self) -> None:
        """Prints what was held back. Must be called when all parts are done."""
        for record in self._records.taken():
            self._complain(record)

    def _complain(self, problem: object) -> None:
        self._lines += 1
        if self._lines <= _MOST_TOLD:
            complain(problem)

    def __str__(self) -> str:
        aside = f"{self.failures:,} articles set aside, see errors/" if self.failures else "none set aside"
        return f"{self.reports:,} reports, {self.kept:,} of them there before; {aside}"
