"""What a project has of its own: its files (``onrecord new``), its editor's corrections (``corrections``, ``check``), the addresses that it
publishes (``lock``), its models (``train``)."""

from __future__ import annotations

import os
import shlex
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from onrecord.cli.group import CORRECTIONS, LOCK, Group, ReadingOptions, complain, example, model_option, reads_articles, say
from onrecord.cli.reading import LeftOut, corpus_of, found_by, inputs_of, progress_of, read
from onrecord.errors import LockError, OptionsError

if TYPE_CHECKING:
    from onrecord.assembly.site import Inputs
    from onrecord.corrections.reading import Corrections
    from onrecord.model import Corpus


@click.command(
    epilog=example("onrecord lock docs/articles", "onrecord lock docs/articles --check  # in CI: exit code 2 if that was forgotten")
)
@click.option("--check", is_flag=True, help="Write nothing; fail when an address is not locked yet.")
@click.option("--prune", is_flag=True, help="Drop addresses that are no longer made: links to them will lead to nothing, and not say so.")
@reads_articles
def lock(options: ReadingOptions, check: bool, prune: bool) -> None:
    """Lock the addresses that you publish.

    Writes onrecord.lock, or the file that --lock names and that need not be there yet, with the ids of these articles' quotes, claims,
    relations and actors and the words that they lead to. Commit it: from then on a link leads to these words, or says that they are gone.
    Addresses are added, and stay.
    """
    from onrecord.assembly.write import replaced_file
    from onrecord.corpus.lock import encode_lock, file_in_lock, new_addresses, salted, with_corpus
    from onrecord.reports.entries import FileEntry, entries_in
    from onrecord.reports.storage import is_address

    file = options.lock or LOCK
    # A lock that is not there yet is what this command makes; a broken link in its place is still an error.
    inputs = inputs_of(options, without_lock=not os.path.lexists(os.path.realpath(file)))
    old, found, left_out = inputs.lock, found_by(options), LeftOut(options.strict)
    # Adding the corpus to the lock is tried for each article, since one with an impossible name or id would make it fail.
    corpus = corpus_of(options, inputs, left_out, use=lambda corpus: with_corpus(old, corpus, {}), found=found)
    # An article that cannot be read has no addresses now, and all that it published would be dropped for a typo.
    if prune and left_out.articles:
        raise LockError(f"{file}: is not pruned while articles are left out, whose addresses would go; mend them first")
    new = new_addresses(old, corpus)
    if check:
        say(f"{file}: {new} {'address is' if new == 1 else 'addresses are'} not locked; {len(old)} are")
        if new:
            raise click.exceptions.Exit(2)
        left_out.finish()
        return
    entries = (one for one in entries_in(found, old.ids_of) if isinstance(one, FileEntry) and not is_address(one.place))
    locked = with_corpus(salted(old), corpus, {one.id: file_in_lock(Path(one.place), file) for one in entries}, prune=prune)
    with replaced_file(file) as place:
        place.write_bytes(encode_lock(locked))
    say(f"{file}: {len(locked)} addresses, {new} of them new")
    left_out.finish()


@click.command(epilog=example("onrecord new my-report", "cd my-report && mkdocs serve"))
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
def new(folder: Path) -> None:
    """Lay out a MkDocs project.

    It holds mkdocs.yml, an article, and a workflow that publishes the site on GitHub Pages. Ends with the commands to go on with.
    """
    from onrecord.assembly.project import WHEELS, project_files, requirement
    from onrecord.assembly.write import new_folder, write_files

    files = project_files()
    with new_folder(folder) as fresh:
        write_files(fresh, files)
    for name in files:
        say(folder / name)
    if requirement().startswith(f"./{WHEELS}/"):
        complain(f"{folder / WHEELS}: put the wheel there that requirements.txt names, before you publish; {folder / 'README.md'} says how")
    say("Next:")
    for command in (f"cd {shlex.quote(str(folder))}", "mkdocs serve --open", "mkdocs build --strict"):
        say(f"  {command}")


@click.command(
    epilog=example("onrecord train polnear/train --out trained", "onrecord build article.txt --attribution trained/classifier.json")
)
@click.argument("sources", metavar="DATA...", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--out", metavar="DIR", required=True, type=click.Path(path_type=Path), help="The folder to write what is taught to.")
@click.option("--accurate", is_flag=True, help="Train the accurate reader, a small transformer, instead of the classifier.")
@click.option("--actors", is_flag=True, help="Train the ranker that tells who he, she, it, they and the company are.")
@click.option("--merge", is_flag=True, help="Teach how the model in DIR and the classifier are merged, on articles that taught neither.")
@click.option("--seed", type=click.IntRange(min=0), default=1, show_default=True, help="What the accurate reader's chances follow from.")
@click.option(
    "--epochs", type=click.IntRange(min=1), default=6, show_default=True, help="How often the accurate reader reads each article."
)
@click.option("--held", type=click.IntRange(min=0), default=20, show_default=True, help="Set one article in so many aside; 0 for none.")
@click.option("--processes", "jobs", type=click.IntRange(min=1), default=1, show_default=True, help="How many train the accurate reader.")
@model_option
def train(sources: tuple[Path, ...], out: Path, accurate: bool, actors: bool, merge: bool, model: str, **choices: int) -> None:
    """Train a model of your own.

    It is the classifier of attributions, the accurate reader, or the ranker of antecedents.

    DATA is one folder that holds text/NAME.txt and attributions/NAME_XXXX.ann, as PolNeAR has them. Needs pip install onrecord[train]; with
    --accurate onrecord[train-accurate] and hours. The same articles give the same classifier. An accurate training that was stopped goes on
    where it was when it is called again, and ends with the model's files in the folder. --merge then adds how what it finds is merged with
    the rest.

    With --actors, DATA are folders that hold text/NAME.txt and gold/NAME.json with the mentions of each actor, as GUM's documents are kept,
    and tables of GAP (.tsv).
    """
    if actors:
        _train_actors(sources, out, model)
        return
    if len(sources) > 1:
        raise click.UsageError("one DATA folder at a time; only --actors takes several")
    data = sources[0]
    if accurate:
        _train_accurate(data, out, choices)
        return
    from onrecord.extract.language import load_pipeline

    if merge:
        from onrecord.train.accurate.merging import teach_merging

        with progress_of("Reading") as progress:
            articles = teach_merging(data, out, load_pipeline(model), progress)
        say(f"{out}: merged as {articles} articles teach", err=True)
        return
    from onrecord.train import teach_from

    with progress_of("Parsing") as progress:
        trained = teach_from(data, load_pipeline(model), progress)
    trained.write(out)
    say(f"{out / trained.CLASSIFIER}: taught by {trained.articles} articles", err=True)


def _train_actors(sources: tuple[Path, ...], out: Path, model: str) -> None:
    from onrecord.extract.language import load_pipeline
    from onrecord.train.antecedents import teach_antecedents

    with progress_of("Parsing") as progress:
        trained = teach_antecedents(sources, load_pipeline(model), progress)
    trained.write(out)
    say(f"{out / trained.FILE}: taught by {trained.texts} texts", err=True)


def _train_accurate(data: Path, out: Path, choices: Mapping[str, int]) -> None:
    from onrecord.train.accurate import teach_accurate
    from onrecord.train.accurate.examples import Settings

    with progress_of("Training") as progress:
        articles = teach_accurate(data, out, Settings(**choices), progress)
    say(f"{out}: taught by {articles} articles", err=True)


# --- corrections ------------------------------------------------------------------------------------------------------


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
