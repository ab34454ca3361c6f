"""``onrecord fetch``, ``extract``, ``show``, ``diff`` and ``schema``: pages of the web saved as articles; reports as JSON lines, made on
this machine, or as Parquet, made on Dask; an annotated article in the terminal; what two sets of reports differ in; what is in them."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

import click

from onrecord.cli.group import ReadingOptions, complain, debug_option, example, reads_articles, say, say_json
from onrecord.cli.reading import LeftOut, inputs_of, progress_of, reports_of, stream_reports
from onrecord.errors import ArticleError, OptionsError, ReportsError

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.text import Text

    from onrecord.corpus.differences import Differences
    from onrecord.labels.passages import Passage, QuoteNote, Stretch
    from onrecord.model import Report
    from onrecord.reports.fetch import FetchedPage, Fetcher
    from onrecord.reports.storage import Failure, Made


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
    from onrecord.errors import notes_gathered
    from onrecord.reports.dask import Job
    from onrecord.reports.entries import find_entries
    from onrecord.reports.extraction import Reader, cores
    from onrecord.reports.storage import needed

    needed("pyarrow", by="--engine dask")
    needed("distributed", by="--engine dask")
    from onrecord.reports.dask import connected, extract_parts

    inputs = inputs_of(options)
    job = Job(output, Reader(options.model, options.attribution, inputs.gazetteer), inputs.corrections.entries, options.longest)
    told = _Summary()
    with connected(scheduler, jobs=options.jobs or cores()) as client, progress_of("Making parts") as track, notes_gathered():
        for made in track(
            extract_parts(client, find_entries(options.paths, inputs.lock.ids_of, without=options.no_articles()), job, size=size)
        ):
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
        from onrecord.reports.reading import BadRecords

        self.reports = self.kept = self.failures = self._lines = 0
        self._records = BadRecords()

    def add(self, made: Made) -> None:
        self.reports += made.reports
        self.kept += made.reports if made.kept else 0
        self.failures += len(made.failures)
        for failure in made.failures:
            self._take(failure)

    def _take(self, failure: Failure) -> None:
        from onrecord.reports.reading import bad_record

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


@click.command(
    epilog=example("onrecord diff before.jsonl after.jsonl --html changes.html", "onrecord diff old-site new-site --json --exit-code")
)
@click.argument("old", metavar="OLD", type=click.Path())
@click.argument("new", metavar="NEW", type=click.Path())
@click.option("--html", "page", metavar="FILE", type=click.Path(path_type=Path), help="Also write them as a page that stands alone.")
@click.option("--json", "as_json", is_flag=True, help="Print the differences as one line of JSON.")
@click.option("--exit-code", "fails", is_flag=True, help="End with exit code 1 where they differ.")
@debug_option
def diff(old: str, new: str, page: Path | None, as_json: bool, fails: bool) -> None:
    """Compare two sets of reports.

    Prints which quotes and speakers NEW gains (+), loses (-) and changes (~). OLD and NEW are files of reports that onrecord extract wrote,
    or folders with such files, or folders that build or export wrote. Of an article that asks not to be shown, numbers stand for words.
    """
    import msgspec

    from onrecord.corpus.differences import find_differences, told_differences

    found = find_differences(reports_at(old), reports_at(new))
    if page is not None:
        _write_page(page, found, old, new)
    if as_json:
        say_json(msgspec.to_builtins(found))
    else:
        for line in told_differences(found):
            say(line)
    if fails and not found.is_empty():
        raise click.exceptions.Exit(1)


def _write_page(page: Path, found: Differences, old: str, new: str) -> None:
    from onrecord.assembly.write import replaced_file
    from onrecord.render.differences import differences_html

    with replaced_file(page, tuple(Path(place) for place in (old, new) if "://" not in place)) as file:
        file.write_text(differences_html(found, old=_called(old), new=_called(new)), encoding="utf-8", newline="")


def _called(place: str) -> str:
    """What a place is called on the page: the last part of its path, since the page may go to others."""
    return place.rstrip("/").rpartition("/")[2] or place


def reports_at(place: str) -> Iterator[Report]:
    """The reports at a place. Raises :class:`ReportsError` where there are none."""
    from onrecord.reports.reading import find_reports, saved_reports

    if "://" not in place and not Path(place).exists():
        raise ReportsError(f"{place}: no such file or folder; check the path")
    files = sorted(map(str, Path(place).glob("*.jsonl"))) if Path(place).is_dir() else []
    found = find_reports(files or [place]) or saved_reports(Path(place))
    if found is None:
        raise ReportsError(f"{place}: no reports there; make some with onrecord extract")
    return found


@click.command(epilog=example("onrecord schema > report.schema.json", "onrecord schema actors > actors.schema.json"))
@click.argument("what", metavar="WHAT", type=click.Choice(["report", "corpus", "actors", "corrections", "lock"]), default="report")
def schema(what: str) -> None:
    """Print a JSON Schema.

    WHAT is report (the default); corpus, of a site's corpus.json; or actors, corrections or lock, the files that the options of these names
    take.
    """
    from onrecord.corpus.lock import lock_schema
    from onrecord.corrections.reading import corrections_schema
    from onrecord.gazetteer import gazetteer_schema
    from onrecord.reports.json import corpus_schema, report_schema

    schemas = {
        "report": report_schema,
        "corpus": corpus_schema,
        "actors": gazetteer_schema,
        "corrections": corrections_schema,
        "lock": lock_schema,
    }
    for line in json.dumps(schemas[what](), indent=2, ensure_ascii=False).split("\n"):
        say(line)


# --- show -------------------------------------------------------------------------------------------------------------


_WIDEST = 100
"""The most columns of a text: longer lines are hard to read."""
_LOOKS = {"quoted": "bold", "reported": "underline", "plain": "", "number": "cyan", "aside": "dim"}
"""Very words are bold, what is reported is underlined, so that neither is taken for the other where there are no colours."""


@click.command(epilog=example("onrecord show article.txt", "onrecord show article.txt | less -R"))
@reads_articles
def show(options: ReadingOptions) -> None:
    """Show annotated articles in the terminal.

    Words in quotation marks are bold, reported speech is underlined; a number behind them leads to the note below that says who is heard.
    Through a pipe the text is plain. Nothing is written.
    """
    from rich.console import Console

    from onrecord.assembly.site import gather_corpus

    left_out = LeftOut(options.strict)
    inputs = inputs_of(options)
    reports = reports_of(options, inputs, left_out)
    console = Console(file=sys.stdout, highlight=False, markup=False, emoji=False)
    for report in gather_corpus(reports, inputs).reports:
        console.print(*annotated(report), sep="\n", width=min(_WIDEST, console.width))
    left_out.finish()


def annotated(report: Report) -> Iterator[RenderableType]:
    """What is printed of a report: headline and numbers, the text, the notes."""
    from onrecord.labels.passages import annotated_stretches, quote_notes
    from onrecord.labels.summary import summarise
    from onrecord.labels.terms import headline
    from onrecord.model import Corpus

    notes = quote_notes(report)
    summary = summarise(Corpus((report,), ()))
    yield _line((headline(report.article), "quoted"))
    yield _line((f"{summary.found.line()}. Look at: {summary.doubts.line()}.", "aside"))
    yield ""
    for stretch in annotated_stretches(report):
        yield _stretch(stretch, {note.quote.id: note.number for note in notes})
        yield ""
    for note in notes:
        yield _note(note)
    for notice in report.notices:
        yield _line((f"Notice: {notice.message}", "plain"))


def _line(*parts: tuple[str, str]) -> Text:
    """Words in their looks. Characters that a terminal would obey are escaped."""
    from rich.text import Text

    from onrecord.errors import visible

    return Text.assemble(*((visible(words), _LOOKS[look]) for words, look in parts))


def _stretch(stretch: Stretch, numbers: dict[str, int]) -> Text:
    parts = [part for passage in stretch.passages for part in _passage(passage, numbers)]
    if stretch.block.boilerplate:
        return _line(*((words, "aside") for words, _ in parts))
    return _line(*parts)


def _passage(passage: Passage, numbers: dict[str, int]) -> Iterator[tuple[str, str]]:
    # Lines of the article are those of its file; the terminal breaks them anew.
    words = " ".join(passage.text.split())
    before, after = (" " * edge.isspace() for edge in (passage.text[:1], passage.text[-1:]))
    if words or before:
        look = "plain" if not passage.quotes else "quoted" if passage.quoted else "reported"
        yield (f"{before}{words}{after if words else ''}", look)
    for quote in passage.ending:
        yield (f"[{numbers[quote.id]}]", "number")


def _note(note: QuoteNote) -> Text:
    from onrecord.labels.terms import kind_label

    rest: Sequence[str] = (kind_label(note.quote), *note.remarks)
    return _line((f"[{note.number}] ", "number"), (note.speaker, "quoted"), (f" · {' · '.join(rest)}", "plain"))


# --- fetch ------------------------------------------------------------------------------------------------------------


_MOST = 50
"""How many entries of a feed are fetched."""


@click.command(epilog=example("onrecord fetch https://gazette.example/bridge --to docs/articles"))
@click.argument("addresses", metavar="URL...", nargs=-1, required=True)
@click.option(
    "--to", "folder", metavar="DIR", required=True, type=click.Path(path_type=Path, file_okay=False), help="The folder to save in."
)
@click.option(
    "--pause",
    metavar="SECONDS",
    type=click.FloatRange(min=0.0),
    default=1.0,
    show_default=True,
    help="How long to wait between two requests.",
)
def fetch(addresses: tuple[str, ...], folder: Path, pause: float) -> None:
    """Save web pages as articles.

    Each page is saved with its address and the time in front matter; of a feed (RSS, Atom) the pages of its entries. Pages are fetched one
    after the other, and only where the site's robots.txt lets programs have them. A page that is there already is left as it is.
    """
    from onrecord.reports.fetch import Fetcher

    fetcher, saved, failed = Fetcher(pause=pause), _saved_in(folder), 0
    for address in addresses:
        try:
            for page in _pages(fetcher, address):
                failed += page is None
                if page is not None:
                    _save(page, folder, saved)
        except ArticleError as problem:
            complain(problem)
            failed += 1
    if failed:
        raise click.exceptions.Exit(1)


def _pages(fetcher: Fetcher, address: str) -> Iterator[FetchedPage | None]:
    """The page at an address, or those of the entries of a feed there; None for each that cannot be had."""
    from onrecord.reports.fetch import links_of

    page = fetcher.fetch(address)
    if not page.is_feed:
        yield page
        return
    for number, link in enumerate(links_of(page, address)):
        if number == _MOST:
            complain(f"{address}: has more than {_MOST} entries, and the rest is left; name their pages")
            return
        try:
            yield fetcher.fetch(link)
        except ArticleError as problem:
            complain(problem)
            yield None


def _saved_in(folder: Path) -> set[str]:
    """The addresses of the pages that were saved in a folder before."""
    from onrecord.article.front_matter import split_front_matter

    found = set()
    for path in sorted(folder.glob("*.html")) if folder.is_dir() else ():
        try:
            head = path.open(encoding="utf-8-sig", errors="replace").read(10_000)
            found.add(split_front_matter(str(path), head)[0].url)
        except (OSError, ArticleError):
            continue  # whoever reads it as an article will be told
    return found


def _save(page: FetchedPage, folder: Path, saved: set[str]) -> None:
    from onrecord.assembly.write import replaced_file

    if page.address in saved:
        say(f"{page.address}: is there already", err=True)
        return
    path = _free(folder, page.address)
    folder.mkdir(parents=True, exist_ok=True)
    now = datetime.now(UTC).replace(microsecond=0).isoformat()
    # With a byte order mark, which counts before whatever encoding the page declares: it is UTF-8 now.
    head = f"\ufeff---\nurl: {json.dumps(page.address)}\nretrieved: {now}\n---\n"
    with replaced_file(path) as made:
        made.write_text(head + page.text, encoding="utf-8", newline="")
    saved.add(page.address)
    say(f"{page.address}: saved as {path}", err=True)


def _free(folder: Path, address: str) -> Path:
    """A path for the page that no file has, named after the last part of its address."""
    from onrecord.text.addresses import shortened, slugify

    parts = urlsplit(address)
    last = next((part for part in reversed(unquote(parts.path).split("/")) if part), parts.hostname or "")
    stem = shortened(slugify(last.removesuffix(".html").removesuffix(".htm")))
    paths = (folder / f"{stem}{number}.html" for number in ("", *(f"-{one}" for one in range(2, 10_000))))
    return next(path for path in paths if not path.exists())
