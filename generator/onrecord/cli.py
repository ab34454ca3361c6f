"""The ``onrecord`` command.

What is heavy (spaCy, MkDocs) is imported inside of the commands, so that ``--help`` answers at once.
"""

from __future__ import annotations

import json
import logging
import signal
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, fields
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from onrecord import __version__
from onrecord.errors import OnrecordError, OptionsError
from onrecord.options import DEFAULT_ATTRIBUTION, DEFAULT_MODEL, RULES, TRAINED

if TYPE_CHECKING:
    from onrecord.corrections.reading import Corrections
    from onrecord.gather import Reading
    from onrecord.gazetteer import Gazetteer
    from onrecord.model import Corpus, Report
    from onrecord.reporting import Reporter

DEFAULT_TITLE = "On the record"
"""The title of a site that is about more than one article, or about one without a title."""


class Group(click.Group):
    """Commands whose errors are one line and exit code 2, when the input is at fault."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except OnrecordError as error:
            complain(error)
        except click.UsageError as error:
            command = error.ctx.command_path if error.ctx else "onrecord"
            complain(f"{error.format_message().rstrip('.')}; see {command} --help")
        raise click.exceptions.Exit(2)


def complain(problem: object) -> None:
    """One line on standard error."""
    click.echo(f"onrecord: {' '.join(str(problem).split())}", err=True)


def example(*lines: str) -> str:
    """The epilog of a command's help: ``\\b`` keeps click from joining the lines."""
    return "\b\nExample:\n" + "\n".join(f"  {line}" for line in lines)


def _existing_folder(ctx: click.Context, param: click.Parameter, folder: Path | None) -> Path | None:
    if folder and not folder.is_dir():
        raise OptionsError(f"{folder}: no such folder; name one that holds your templates")
    return folder


def _attribution(ctx: click.Context, param: click.Parameter, chosen: str) -> str:
    if chosen in (TRAINED, RULES):
        return chosen
    if not Path(chosen).is_file():
        raise OptionsError(f"attribution {chosen}: no such file; say {TRAINED} or {RULES}, or name a classifier that onrecord train made")
    return str(Path(chosen).resolve())


articles_argument = click.argument("paths", metavar="ARTICLE...", nargs=-1, required=True, type=click.Path(path_type=Path))
out_option = click.option("--out", metavar="DIR", required=True, type=click.Path(path_type=Path), help="The folder to write.")
model_option = click.option(
    "--model", metavar="NAME_OR_PATH", default=DEFAULT_MODEL, show_default=True, help="An English spaCy pipeline with a parser and NER."
)
attribution_option = click.option(
    "--attribution",
    metavar="trained|rules|FILE",
    default=DEFAULT_ATTRIBUTION,
    callback=_attribution,
    show_default=True,
    help="How quotes get their speakers: by the trained classifier, by rates alone, or by a classifier of your own.",
)
templates_option = click.option(
    "--templates",
    metavar="DIR",
    type=click.Path(path_type=Path),
    callback=_existing_folder,
    help="A folder whose files replace shipped templates of the same name.",
)
actors_option = click.option(
    "--actors",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="Who exists, in YAML: names, aliases, types and links, which settle what a text cannot. onrecord schema actors describes it.",
)
corrections_option = click.option(
    "--corrections",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="What the editors know better, in YAML. onrecord corrections init makes one, onrecord schema corrections describes it.",
)
jobs_option = click.option(
    "--jobs",
    metavar="N",
    type=click.IntRange(min=1),
    help="The most processes to use. [default: one for each core, where that pays]",
)
cache_option = click.option(
    "--cache/--no-cache",
    default=True,
    show_default=True,
    help="Keep reports on disk, so that an article is read once. onrecord cache info says where.",
)
strict_option = click.option("--strict", is_flag=True, help="Fail when any article is bad; otherwise it is reported, and left out.")


@dataclass(frozen=True, slots=True)
class How:
    """What is read, and how: the options that every command has which reads articles."""

    paths: tuple[Path, ...]
    model: str
    attribution: str
    actors: Path | None
    corrections: Path | None
    jobs: int | None
    cache: bool
    strict: bool


def reads_articles(command: Callable[..., None]) -> Callable[..., None]:
    """Gives a command the options that say what is read and how, as one argument ``how``."""

    @wraps(command)
    def with_how(**given: Any) -> None:
        how = How(**{field.name: given.pop(field.name) for field in fields(How)})
        command(how=how, **given)

    reading = (strict_option, cache_option, jobs_option, corrections_option, actors_option, attribution_option, model_option)
    for option in (*reading, articles_argument):
        with_how = option(with_how)
    return with_how


@click.group("onrecord", cls=Group, epilog=example("onrecord build article.txt --out report"))
@click.version_option(__version__, prog_name="onrecord")
@click.pass_context
def main(ctx: click.Context) -> None:
    """Who said what, and where the article says so: a report site from news articles.

    Articles are .md, .txt or .html files, or folders of them.
    """
    # A plain kill ends as an interrupt does, and leaves no temporary folder behind.
    before = signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    ctx.call_on_close(lambda: signal.signal(signal.SIGTERM, before))


@main.command(epilog=example("onrecord build article.txt --out report", "onrecord build articles/ --out report --title 'Harbour files'"))
@out_option
@click.option("--title", help="The title of the site. [default: the title of a single article]")
@templates_option
@reads_articles
def build(how: How, out: Path, title: str | None, templates: Path | None) -> None:
    """Build a finished site.

    It needs no configuration file, and opens from disk or from any folder of a web server. DIR is replaced as a whole when all
    is done; a folder with anything else in it is refused.
    """
    from onrecord.render.inert import inert
    from onrecord.write import replaced_folder

    with replaced_folder(out) as folder:
        reporter = _reporter(how)
        reading = _read(how)
        reports = _report(reading, reporter, how, _gazetteer(how.actors))
        options: dict[str, Any] = {"articles": [str(file.resolve()) for file in reading.files], "model": how.model}
        options |= {"attribution": how.attribution, "cache": how.cache}
        if how.actors:
            options["actors"] = str(how.actors.resolve())
        if how.corrections:
            _corrections(how.corrections)  # a bad file is told of before MkDocs begins
            options["corrections"] = str(how.corrections.resolve())
        if templates:
            options["templates"] = str(templates.resolve())
        _run_mkdocs(folder, inert(title or _title(reports)), options, reporter=reporter, strict=how.strict)


@main.command(epilog=example("onrecord extract articles/ -o reports.jsonl", "onrecord extract article.txt -o - | jq .quotes"))
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
        corrections = _corrections(how.corrections)
        reports = correct_reports(_report(_read(how), _reporter(how), how, _gazetteer(how.actors)), corrections)
        content = b"".join(encode_report(report) + b"\n" for report in reports)
        if file is None:
            sys.stdout.buffer.write(content)
        else:
            file.write_bytes(content)


@main.command(
    epilog=example("onrecord train polnear/train --out trained", "onrecord build article.txt --attribution trained/classifier.json")
)
@click.argument("data", metavar="DATA_DIR", type=click.Path(path_type=Path))
@click.option(
    "--out", metavar="DIR", required=True, type=click.Path(path_type=Path), help="The folder to write classifier.json and cues.json to."
)
@model_option
def train(data: Path, out: Path, model: str) -> None:
    """Train the classifier of attributions.

    DATA_DIR holds text/NAME.txt and attributions/NAME_XXXX.ann, as PolNeAR has them. Needs pip install onrecord[train]. The same articles
    give the same classifier.
    """
    from onrecord.extract.language import load_pipeline
    from onrecord.train import teach_from

    with _progress_of("Parsing") as progress:
        trained = teach_from(data, load_pipeline(model), progress)
    trained.write(out)
    click.echo(f"{out / trained.CLASSIFIER}: taught by {trained.articles} articles", err=True)


@main.command(epilog=example("onrecord pages articles/ --out docs", "mkdocs build  # with a mkdocs.yml beside docs/, and no plugin"))
@out_option
@click.option(
    "--urls",
    "style",
    type=click.Choice(["directory", "file"]),
    default="directory",
    show_default=True,
    help="How the site builder names pages: actors/ann/ or actors/ann.html. MkDocs does the first unless use_directory_urls is false.",
)
@templates_option
@reads_articles
def pages(how: How, out: Path, style: Any, templates: Path | None) -> None:
    """Write the pages as Markdown files.

    Any site builder can take them: each is YAML front matter and one block of HTML. Links between them fit the addresses that --urls names.
    """
    from onrecord.gather import render_site
    from onrecord.render.links import Urls
    from onrecord.write import replaced_folder, write_pages

    with replaced_folder(out) as folder:
        gazetteer, corrections = _gazetteer(how.actors), _corrections(how.corrections)
        reports = _report(_read(how), _reporter(how), how, gazetteer)
        site = render_site(reports, style=style, templates=templates, gazetteer=gazetteer, corrections=corrections)
        write_pages(folder, *site, urls=Urls(style))


@main.command(epilog=example("onrecord export articles/ --out data", "onrecord export article.txt --out data --tei"))
@out_option
@click.option("--tei", is_flag=True, help="Also each article as TEI, with what is said marked up.")
@reads_articles
def export(how: How, out: Path, tei: bool) -> None:
    """Write the findings as data.

    Tables as CSV and JSON lines with a Frictionless data package, edges for Gephi, and for each article its report and W3C Web Annotations:
    the files that a site has under downloads/.
    """
    from onrecord.gather import gather_exports
    from onrecord.write import replaced_folder, write_exports

    with replaced_folder(out) as folder:
        gazetteer, corrections = _gazetteer(how.actors), _corrections(how.corrections)
        reports = _report(_read(how), _reporter(how), how, gazetteer)
        write_exports(folder, gather_exports(reports, gazetteer=gazetteer, corrections=corrections, with_tei=tei))


@main.command(epilog=example("onrecord schema > report.schema.json", "onrecord schema actors > actors.schema.json"))
@click.argument("what", type=click.Choice(["report", "corpus", "actors", "corrections"]), default="report")
def schema(what: str) -> None:
    """Print a JSON Schema.

    Of a report (the default), of a site's corpus.json, or of the files that --actors and --corrections take.
    """
    from onrecord.corrections.entries import corrections_schema
    from onrecord.gazetteer import gazetteer_schema
    from onrecord.report_json import corpus_schema, report_schema

    schemas = {"report": report_schema, "corpus": corpus_schema, "actors": gazetteer_schema, "corrections": corrections_schema}
    click.echo(json.dumps(schemas[what](), indent=2, ensure_ascii=False))


@main.group(cls=Group, epilog=example("onrecord cache info"))
def cache() -> None:
    """The reports that are kept on disk.

    They are in your cache folder, or where the environment variable ONRECORD_CACHE says. An article that was read before by the same
    pipeline and version is not read again.
    """


@cache.command("info")
def cache_info() -> None:
    """Say where the cache is, and what it holds."""
    from onrecord.cache import ReportCache, default_cache

    kept = ReportCache(default_cache())
    click.echo(f"{kept.folder}: {kept.usage()}")


@cache.command("clear")
def cache_clear() -> None:
    """Remove every report from the cache."""
    from onrecord.cache import ReportCache, default_cache

    kept = ReportCache(default_cache())
    click.echo(f"{kept.folder}: removed {kept.clear()}")


@main.command(epilog=example("onrecord new my-report", "cd my-report && mkdocs serve"))
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
def new(folder: Path) -> None:
    """Lay out a MkDocs project.

    It holds mkdocs.yml, an article, and a workflow that publishes the site on GitHub Pages.
    """
    from onrecord.scaffold import project_files
    from onrecord.write import new_folder, write_files

    files = project_files()
    with new_folder(folder) as fresh:
        write_files(fresh, files)
    for name in files:
        click.echo(folder / name)


# --- corrections ---------------------------------------------------------------------------------------------------

CORRECTIONS = Path("corrections.yml")
"""Where these commands look for corrections unless --corrections says otherwise."""


@main.group("corrections", cls=Group, epilog=example("onrecord corrections init", "onrecord corrections check articles/ --strict"))
def corrections_group() -> None:
    """Work with the editors' corrections, in corrections.yml unless --corrections names another file.

    A correction applies only while the words and the sentences that it rests on stand unchanged, exactly once; otherwise it is held.
    """


@corrections_group.command(epilog=example("onrecord corrections init"))
@click.argument("file", type=click.Path(path_type=Path), default=CORRECTIONS)
def init(file: Path) -> None:
    """Begin a file of corrections."""
    from onrecord.corrections.telling import STARTER
    from onrecord.errors import OutputError
    from onrecord.write import replaced_file

    if file.exists():
        raise OutputError(f"{file}: is there already; name another, or add entries to it")
    with replaced_file(file) as place:
        place.write_text(STARTER, encoding="utf-8")
    click.echo(file)


@click.command(epilog=example("onrecord check articles/ --strict  # in CI: exit code 2 while anything is held"))
@reads_articles
def check(how: How) -> None:
    """Tell what becomes of each correction.

    With --strict, fail when one is held, or when an article is bad.
    """
    from onrecord.corrections.telling import outcomes_of, tell

    corrections, corpus = _judged(how)
    for line in tell(corrections, corpus):
        click.echo(line)
    if how.strict and any(outcome.held for outcome in outcomes_of(corpus)):
        raise click.exceptions.Exit(2)


main.add_command(check)
corrections_group.add_command(check)


@corrections_group.command(epilog=example("onrecord corrections rebase articles/", "onrecord corrections rebase articles/ --write"))
@click.option("--write", is_flag=True, help="Write the file; otherwise only what would change is shown.")
@reads_articles
def rebase(how: How, write: bool) -> None:
    """Show the sentences that changed, for entries whose words stand exactly once.

    Read the difference before you write it: the words stand, but what is said with them may have turned into its opposite.
    """
    from onrecord.corrections.rebase import rebase as moved_guards
    from onrecord.write import replaced_file

    file = how.corrections or CORRECTIONS
    found = moved_guards(_corrections(file), _read(how).articles)
    if found.diff:
        click.echo(found.diff)
    if write and found.moved:
        with replaced_file(file) as place:
            place.write_bytes(found.text.encode())
    click.echo(f"{len(found.moved)} {'moved' if write else 'to move'}; {len(found.left)} left for you: {', '.join(found.left) or 'none'}")


@corrections_group.command(epilog=example("onrecord corrections explain who-said-unsafe articles/"))
@click.argument("id")
@reads_articles
def explain(how: How, id: str) -> None:
    """Tell all about one correction, by its ID."""
    from onrecord.corrections.telling import explain as told

    corrections, corpus = _judged(how)
    lines = list(told(corrections, corpus, id))
    if not lines:
        raise OptionsError(f"{corrections.file}: no entry has the id {id}; name one that is there")
    for line in lines:
        click.echo(line)


# --- what commands share -------------------------------------------------------------------------------------------


def _read(how: How) -> Reading:
    """The articles that can be read; one line for each that cannot, which is fatal when ``strict`` or when there is no other."""
    from onrecord.article import find_articles
    from onrecord.gather import read_articles

    reading = read_articles(find_articles(how.paths))
    for problem in reading.problems:
        complain(problem)
    if reading.problems and (how.strict or not reading.articles):
        raise click.exceptions.Exit(2)
    return reading


def _reporter(how: How) -> Reporter:
    from onrecord.cache import ReportCache, default_cache
    from onrecord.reporting import Reporter, cores

    return Reporter(jobs=how.jobs or cores(), cache=ReportCache(default_cache()) if how.cache else None)


def _report(reading: Reading, reporter: Reporter, how: How, gazetteer: Gazetteer) -> tuple[Report, ...]:
    from onrecord.reporting import Reader

    reports = reporter.reports(reading.articles, Reader(how.model, how.attribution, gazetteer))
    with _progress_of("Reading articles") as track:
        return tuple(track(reports, len(reading.articles)))


def _gazetteer(actors: Path | None) -> Gazetteer:
    """What the file says, or nothing. Raises :class:`onrecord.errors.ActorsError`."""
    from onrecord.gazetteer import NO_GAZETTEER, load_gazetteer

    return load_gazetteer(actors) if actors else NO_GAZETTEER


def _corrections(file: Path | None) -> Corrections:
    """What the file says, or nothing. Raises :class:`onrecord.errors.CorrectionsError`."""
    from onrecord.corrections.reading import NO_CORRECTIONS, load_corrections

    return load_corrections(file) if file else NO_CORRECTIONS


def _judged(how: How) -> tuple[Corrections, Corpus]:
    """A file of corrections, and the corpus that it was applied to."""
    from onrecord.gather import gather_corpus

    corrections = _corrections(how.corrections or CORRECTIONS)
    gazetteer = _gazetteer(how.actors)
    reports = _report(_read(how), _reporter(how), how, gazetteer)
    return corrections, gather_corpus(reports, gazetteer=gazetteer, corrections=corrections)


@contextmanager
def _progress_of(what: str) -> Iterator[Callable[..., Iterable[Any]]]:
    """A function that shows a progress bar on standard error, if that is a terminal, while items are taken, of so many."""
    from rich.console import Console
    from rich.progress import Progress

    console = Console(stderr=True)
    with Progress(console=console, transient=True, disable=not console.is_terminal) as progress:
        yield lambda items, total=None: progress.track(items, total, description=what)


def _title(reports: Sequence[Report]) -> str:
    return (reports[0].article.meta.title if len(reports) == 1 else "") or DEFAULT_TITLE


def _run_mkdocs(site: Path, title: str, options: dict[str, Any], *, reporter: Reporter, strict: bool) -> None:
    """MkDocs's own build, in this process, of a project that exists only for this."""
    from mkdocs.commands.build import build
    from mkdocs.config import load_config
    from mkdocs.exceptions import Abort

    with tempfile.TemporaryDirectory(prefix="onrecord-") as project, _mkdocs_in_one_line():
        (Path(project) / "docs").mkdir()
        (Path(project) / "mkdocs.yml").touch()
        try:
            config = load_config(
                f"{project}/mkdocs.yml",
                site_name=title,
                site_dir=str(site),
                theme="onrecord",
                use_directory_urls=False,  # so that links work from disk, where no server adds index.html
                plugins=[{"onrecord": options}],
                strict=strict,
            )
            # The error page and the site map hold full addresses, and nobody knows where this site will be.
            config.theme.static_templates.clear()
            plugin: Any = config.plugins["onrecord"]
            plugin.reporter = reporter  # what is extracted already is found there
            plugin.on_startup(command="build", dirty=False)
            try:
                build(config)
            finally:
                plugin.on_shutdown()
        except Abort as abort:
            raise click.exceptions.Exit(2) from abort


@contextmanager
def _mkdocs_in_one_line() -> Iterator[None]:
    """MkDocs's warnings and errors as lines of ours, and nothing else of what it has to tell."""
    log, lines = logging.getLogger("mkdocs"), _Lines(logging.WARNING)
    before = log.propagate
    log.addHandler(lines)
    log.propagate = False
    try:
        yield
    finally:
        log.removeHandler(lines)
        log.propagate = before


class _Lines(logging.Handler):
    """Log records as lines of ours."""

    def emit(self, record: logging.LogRecord) -> None:
        complain(record.getMessage().removeprefix("onrecord: "))
