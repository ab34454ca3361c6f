"""``onrecord corrections``, and ``onrecord check``, which is one of its commands too."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from onrecord.cli.group import CORRECTIONS, Group, ReadingOptions, example, reads_articles, say
from onrecord.cli.reading import LeftOut, corpus_of, inputs_of, read
from onrecord.errors import OptionsError

if TYPE_CHECKING:
    from onrecord.assembly.site import Inputs
    from onrecord.corrections.reading import Corrections
    from onrecord.model import Corpus


@click.group("corrections", cls=Group, epilog=example("onrecord corrections init", "onrecord corrections check articles/ --strict"))
def corrections_group() -> None:
    """Work with the editors' corrections.

    They are in corrections.yml unless --corrections names another file. A correction applies only while the words and the sentences that it
    rests on stand unchanged, exactly once; otherwise it is held.
    """


@corrections_group.command(epilog=example("onrecord corrections init"))
@click.argument("file", type=click.Path(path_type=Path), default=CORRECTIONS)
def init(file: Path) -> None:
    """Begin a file of corrections."""
    from onrecord.assembly.write import replaced_file
    from onrecord.corrections.apply import STARTER
    from onrecord.errors import OutputError

    if file.exists():
        raise OutputError(f"{file}: is there already; name another, or add entries to it")
    with replaced_file(file) as place:
        place.write_text(STARTER, encoding="utf-8")
    say(file)


@click.command(epilog=example("onrecord check articles/ --strict  # in CI: exit code 2 while anything is held"))
@reads_articles
def check(options: ReadingOptions) -> None:
    """Tell what becomes of each correction.

    With --strict, fail when one is held, or when an article is bad.
    """
    from onrecord.corrections.apply import outcome_lines, outcomes_of

    left_out = LeftOut(options.strict)
    corrections, corpus = _corrected_corpus(options, left_out)
    for line in outcome_lines(corrections, corpus):
        say(line)
    if options.strict and any(outcome.held for outcome in outcomes_of(corpus)):
        raise click.exceptions.Exit(2)
    left_out.finish()


corrections_group.add_command(check)


@corrections_group.command(epilog=example("onrecord corrections rebase articles/", "onrecord corrections rebase articles/ --write"))
@click.option("--write", is_flag=True, help="Write the file; otherwise only what would change is shown.")
@reads_articles
def rebase(options: ReadingOptions, write: bool) -> None:
    """Show the sentences that changed, for entries whose words stand exactly once.

    Read the difference before you write it: the words stand, but what is said with them may have turned into its opposite.
    """
    from onrecord.assembly.write import replaced_file
    from onrecord.corrections.suggestions import rebase as moved_guards

    inputs, left_out = _inputs_with_corrections(options), LeftOut(options.strict)
    file = options.corrections or CORRECTIONS
    found = moved_guards(inputs.corrections, read(options, left_out, inputs.lock).articles)
    if found.diff:
        for line in found.diff.split("\n"):
            say(line)
    if write and found.moved:
        with replaced_file(file) as place:
            place.write_bytes(found.text.encode())
    say(f"{len(found.moved)} {'moved' if write else 'to move'}; {len(found.left)} left for you: {', '.join(found.left) or 'none'}")
    left_out.finish()


@corrections_group.command(epilog=example("onrecord corrections explain who-said-unsafe articles/"))
@click.argument("id")
@reads_articles
def explain(options: ReadingOptions, id: str) -> None:
    """Tell all about one correction, by its ID."""
    from onrecord.corrections.apply import outcome_details

    left_out = LeftOut(options.strict)
    corrections, corpus = _corrected_corpus(options, left_out)
    lines = list(outcome_details(corrections, corpus, id))
    if not lines:
        raise OptionsError(f"{corrections.file}: no entry has the id {id}; name one that is there")
    for line in lines:
        say(line)
    left_out.finish()


def _corrected_corpus(options: ReadingOptions, left_out: LeftOut) -> tuple[Corrections, Corpus]:
    """The corrections of a command, and the corpus that they were applied to."""
    inputs = _inputs_with_corrections(options)
    return inputs.corrections, corpus_of(options, inputs, left_out)


def _inputs_with_corrections(options: ReadingOptions) -> Inputs:
    """The inputs of a command about corrections. It fails where there is no file of them, while other commands go on without."""
    return inputs_of(replace(options, corrections=options.corrections or CORRECTIONS))
