"""The options that commands share."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields
from functools import wraps
from pathlib import Path
from typing import Any

import click

from onrecord.cli.group import debug_option
from onrecord.errors import ArticleError, OptionsError
from onrecord.options import DEFAULT_ATTRIBUTION, DEFAULT_MODEL, LONGEST, RULES, TEXT_MODES, TRAINED


def _existing_folder(ctx: click.Context, param: click.Parameter, folder: Path | None) -> Path | None:
    if folder and not folder.is_dir():
        raise OptionsError(f"{folder}: no such folder; name one that holds your templates")
    return folder


CORRECTIONS, LOCK = Path("corrections.yml"), Path("onrecord.lock")
"""What is read where a command is run, if it is there and no option names another; the plugin does the same beside ``mkdocs.yml``."""


def _attribution(ctx: click.Context, param: click.Parameter, chosen: str) -> str:
    if chosen in (TRAINED, RULES):
        return chosen
    if not Path(chosen).is_file():
        raise OptionsError(f"attribution {chosen}: no such file; say {TRAINED} or {RULES}, or name a classifier that onrecord train made")
    return str(Path(chosen).resolve())


def _within_reach(ctx: click.Context, param: click.Parameter, paths: tuple[str, ...]) -> tuple[str, ...]:
    for path in (path for path in paths if "://" not in path):
        try:
            Path(path).exists()
        except OSError as error:  # where nobody may look
            raise ArticleError(f"{path}: cannot be read ({error.strerror}); check its permissions") from error
    return paths


articles_argument = click.argument("paths", metavar="ARTICLE...", nargs=-1, required=True, callback=_within_reach)
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
class How:
    """What is read, and how: the options that every command has which reads articles."""

    paths: tuple[str, ...]
    """Paths of this machine, or addresses."""
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
    """What is written, a file or a folder of this machine; see :meth:`no_articles`."""
    templates: Path | None = None

    def inputs(self) -> tuple[Path, ...]:
        """All files and folders of this machine that are read: none may be in what is written."""
        return (*(path for path in map(Path, self.paths) if path.exists()), *self.beside_articles())

    def beside_articles(self) -> tuple[Path, ...]:
        """The files and folders that are read for something else than articles: they are none, even where they lie among them."""
        named = (Path(name) for name in (self.attribution, self.model) if name not in (TRAINED, RULES))
        return (*(path for path in named if path.exists()), *filter(None, (self.actors, self.corrections, self.lock, self.templates)))

    def no_articles(self) -> tuple[Path, ...]:
        """What is no article wherever it lies: what is read for something else, and the file that is written. Of a folder that is written
        its manifest says what is ours."""
        return (*self.beside_articles(), *(out for out in (self.out,) if out and not out.is_dir()))


def reads_articles(command: Callable[..., None]) -> Callable[..., None]:
    """Gives a command the options that say what is read and how, as one argument ``how``."""

    @wraps(command)
    def with_how(**given: Any) -> None:
        written = str(given.get("out") or given.get("output") or "-")
        out = None if written == "-" or "://" in written else Path(written)
        found = {field.name: given.pop(field.name) for field in fields(How) if field.name not in ("out", "templates")}
        found["corrections"] = found["corrections"] or (CORRECTIONS if CORRECTIONS.is_file() else None)
        how = How(**found, out=out, templates=given.get("templates"))
        command(how=how, **given)

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
    for option in (*reading, articles_argument):
        with_how = option(with_how)
    return with_how
