"""The options that commands share, and a group of commands that prints every error as one line."""

from __future__ import annotations

import errno
import json
import os
import signal
import sys
from collections.abc import Callable
from dataclasses import dataclass, fields
from functools import wraps
from pathlib import Path
from typing import Any

import click

from onrecord.errors import ArticleError, OnrecordError, OptionsError, is_no_room, one_line, visible
from onrecord.options import DEFAULT_MODEL, LONGEST, SHIPPED, TEXT_MODES, default_attribution

_NOBODY_READS = 141
"""The exit code that shells give to a program ended by SIGPIPE: 128 + 13. Not every system has the signal, so that its number is written
out."""
_DEBUG = "onrecord.debug"
"""The key in a command's context under which it is kept whether tracebacks are shown."""


class Terminated(KeyboardInterrupt):
    """The program was asked to end by a plain kill (SIGTERM)."""


class Group(click.Group):
    """Commands that print any error as one line and end with exit code 2, whether the input is at fault or the program."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Their names, in the order in which they were added."""
        return list(self.commands)

    def invoke(self, ctx: click.Context) -> Any:
        from onrecord.faults import defect

        try:
            return super().invoke(ctx)
        except OnrecordError as error:
            complain(error)
        except click.exceptions.NoArgsIsHelpError:  # its message is the help
            raise
        except click.UsageError as error:
            command = error.ctx.command_path if error.ctx else "onrecord"
            # click would print the usage, the hint and the error on three lines.
            complain(f"{error.format_message().rstrip('.')}; see {command} --help")
        except KeyboardInterrupt as stop:  # exit codes as shells give them: 1 would say that something was written
            raise click.exceptions.Exit(128 + (signal.SIGTERM if isinstance(stop, Terminated) else signal.SIGINT)) from stop
        except (click.ClickException, click.Abort, click.exceptions.Exit):
            raise
        except Exception as error:
            if isinstance(error, OSError) and error.errno == errno.EPIPE:
                _silence()  # whoever read our output has stopped reading, as "head" does
                raise click.exceptions.Exit(_NOBODY_READS) from error
            complain(f"output: cannot be written ({error}); free some room, or name another place" if is_no_room(error) else defect(error))
        raise click.exceptions.Exit(2)


def _silence() -> None:
    """Sends what is still to be written to standard output nowhere. Otherwise Python prints an error when it flushes the output at its end;
    see its documentation of SIGPIPE."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def complain(problem: object) -> None:
    """Prints a problem as one line on standard error; with ``--debug`` also the traceback of a defect of the program."""
    say(f"onrecord: {one_line(problem)}", err=True)
    context = click.get_current_context(silent=True)
    if context is not None and context.meta.get(_DEBUG):
        click.echo(getattr(problem, "trace", ""), err=True, nl=False)


def _set_debug(ctx: click.Context, param: click.Parameter, wanted: bool) -> None:
    ctx.meta[_DEBUG] = wanted or ctx.meta.get(_DEBUG, False)


debug_option = click.option(
    "--debug", is_flag=True, expose_value=False, callback=_set_debug, help="Show the traceback where the program itself fails."
)


def say(line: object, *, err: bool = False) -> None:
    """Prints a line on standard output, or on standard error. Control characters in it, as names of files may have, are escaped."""
    click.echo(visible(str(line)), err=err)


def say_json(value: object) -> None:
    """Prints a value for machines: JSON in one line of ASCII, so that nothing in it moves a cursor either."""
    click.echo(json.dumps(value))


def example(*lines: str) -> str:
    """Examples for the end of a command's help. ``\\b`` tells click not to join the lines."""
    return "\b\nExample:\n" + "\n".join(f"  {line}" for line in lines)


def _existing_folder(ctx: click.Context, param: click.Parameter, folder: Path | None) -> Path | None:
    if folder and not folder.is_dir():
        raise OptionsError(f"{folder}: no such folder; name one that holds your templates")
    return folder


CORRECTIONS, LOCK = Path("corrections.yml"), Path("onrecord.lock")
"""Files that are read from the folder where a command is run, if they exist and no option names others. The plugin reads them from the
folder of ``mkdocs.yml``."""


def _attribution(ctx: click.Context, param: click.Parameter, chosen: str) -> str:
    """The choice, with what the user taught as an absolute path: workers have another working folder."""
    if chosen in SHIPPED:
        return chosen
    if not Path(chosen).exists():
        names = f"{', '.join(SHIPPED[:-1])} or {SHIPPED[-1]}"
        raise OptionsError(f"attribution {chosen}: no such file or folder; say {names}, or name what onrecord train made")
    return str(Path(chosen).resolve())


def _within_reach(ctx: click.Context, param: click.Parameter, paths: tuple[str, ...]) -> tuple[str, ...]:
    """The paths. Raises :class:`ArticleError` for one in a folder that may not be entered, which would look like one that is not there, and
    for a page of the web."""
    for path in paths:
        _refuse_page(path)
        if "://" in path:
            continue
        try:
            Path(path).exists()
        except OSError as error:  # where nobody may look
            raise ArticleError(f"{path}: cannot be read ({error.strerror}); check its permissions") from error
    return paths


def _refuse_page(path: str) -> None:
    """Raises :class:`ArticleError` for the address of a page. Archives are read from the web, too, where fsspec can."""
    if path.lower().startswith(("http://", "https://")):
        from onrecord.reports.entries import RECORDS

        if not path.lower().endswith(RECORDS):
            raise ArticleError(f"{path}: pages are not read from the web; save it first: onrecord fetch {path} --to articles")


articles_argument = click.argument("paths", metavar="ARTICLE...", nargs=-1, required=True, callback=_within_reach)
out_option = click.option("--out", metavar="DIR", required=True, type=click.Path(path_type=Path), help="The folder to write.")
model_option = click.option(
    "--model", metavar="NAME_OR_PATH", default=DEFAULT_MODEL, show_default=True, help="An English spaCy pipeline with a parser and NER."
)
attribution_option = click.option(
    "--attribution",
    metavar="accurate|trained|rules|PATH",
    default=default_attribution,
    callback=_attribution,
    show_default="accurate, where onrecord[accurate] is installed; otherwise trained",
    help="How quotes get their speakers: by the trained classifier and a transformer, by the classifier, by rates, or by your own.",
)
templates_option = click.option(
    "--templates",
    metavar="DIR",
    type=click.Path(path_type=Path),
    callback=_existing_folder,
    help="A folder whose files replace shipped templates of the same name.",
)
text_option = click.option(
    "--text",
    type=click.Choice(TEXT_MODES),
    default="full",
    show_default=True,
    help="How much of each article's text is shown: all, the sentences in which somebody is heard or related to somebody, or nothing.",
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
    help="What the editors know better, in YAML. onrecord corrections init makes one, onrecord schema corrections describes it. "
    "[default: corrections.yml where the command is run, if it is there]",
)
lock_option = click.option(
    "--lock",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="Addresses that were published, and stay. [default: onrecord.lock where the command is run, if it is there]",
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
longest_option = click.option(
    "--longest",
    metavar="N",
    type=click.IntRange(min=1),
    default=LONGEST,
    show_default=True,
    help="The most characters of an article; a longer one is reported, and left out.",
)
strict_option = click.option(
    "--strict",
    is_flag=True,
    help="Write nothing when any article is left out, or any file in their folders is not read: exit code 2. [default: the rest is "
    "written, and the exit code is 1 when an article is left out]",
)


@dataclass(frozen=True, slots=True)
class ReadingOptions:
    """The options of every command that reads articles: what is read, and how."""

    paths: tuple[str, ...]
    """Paths on this machine, or addresses."""
    model: str
    attribution: str
    actors: Path | None
    corrections: Path | None
    lock: Path | None
    jobs: int | None
    cache: bool
    longest: int
    strict: bool
    out: Path | None = None
    """The file or folder on this machine that the command writes; None for standard output and for an address."""
    templates: Path | None = None

    def inputs(self) -> tuple[Path, ...]:
        """All files and folders on this machine that are read. None of them may lie in the folder that is written, which is replaced."""
        return (*(path for path in map(Path, self.paths) if path.exists()), *self.beside_articles())

    def beside_articles(self) -> tuple[Path, ...]:
        """The files and folders that are read for something else than articles. They are no articles, even where they lie among them."""
        named = (Path(name) for name in (self.attribution, self.model) if name not in SHIPPED)
        return (*(path for path in named if path.exists()), *filter(None, (self.actors, self.corrections, self.lock, self.templates)))

    def no_articles(self) -> tuple[Path, ...]:
        """The files and folders that are no articles wherever they lie: those that are read for something else, and the file that is
        written. A folder that is written need not be among them, because its manifest lists what is the program's."""
        return (*self.beside_articles(), *(out for out in (self.out,) if out and not out.is_dir()))


def reads_articles(command: Callable[..., None]) -> Callable[..., None]:
    """A decorator that adds these options to a command, and passes them to it as one argument ``options``."""

    @wraps(command)
    def with_options(**given: Any) -> None:
        written = str(given.get("out") or given.get("output") or "-")
        out = None if written == "-" or "://" in written else Path(written)
        found = {field.name: given.pop(field.name) for field in fields(ReadingOptions) if field.name not in ("out", "templates")}
        found["corrections"] = found["corrections"] or (CORRECTIONS if CORRECTIONS.is_file() else None)
        options = ReadingOptions(**found, out=out, templates=given.get("templates"))
        command(options=options, **given)

    reading = (
        debug_option,
        strict_option,
        longest_option,
        cache_option,
        jobs_option,
        lock_option,
        corrections_option,
        actors_option,
        attribution_option,
        model_option,
    )
    # Applied one after the other like decorators, so that help lists the last one first.
    for option in (*reading, articles_argument):
        with_options = option(with_options)
    return with_options
