"""``onrecord lock``."""

from __future__ import annotations

import os
from pathlib import Path

import click

from onrecord.cli.group import example, say
from onrecord.cli.options import LOCK, How, reads_articles
from onrecord.cli.reading import LeftOut, corpus_of, found_by, inputs_of
from onrecord.errors import LockError


@click.command(
    epilog=example("onrecord lock docs/articles", "onrecord lock docs/articles --check  # in CI: exit code 2 if that was forgotten")
)
@click.option("--check", is_flag=True, help="Write nothing; fail when an address is not locked yet.")
@click.option("--prune", is_flag=True, help="Drop addresses that are no longer made: links to them will lead to nothing, and not say so.")
@reads_articles
def lock(how: How, check: bool, prune: bool) -> None:
    """Lock the addresses that you publish.

    Writes onrecord.lock, or the file that --lock names and that need not be there yet, with the ids of these articles' quotes, claims,
    relations and actors and the words that they lead to. Commit it: from then on a link leads to these words, or says that they are gone.
    Addresses are added, and stay.
    """
    from onrecord.archive.entries import FileEntry, entries_in
    from onrecord.archive.places import is_address
    from onrecord.permalinks.lock import encode_lock, file_in_lock, new_addresses, salted, with_corpus
    from onrecord.write import replaced_file

    file = how.lock or LOCK
    inputs = inputs_of(how, without_lock=not os.path.lexists(os.path.realpath(file)))
    old, found, left_out = inputs.lock, found_by(how), LeftOut(how.strict)
    corpus = corpus_of(how, inputs, left_out, use=lambda corpus: with_corpus(old, corpus, {}), found=found)
    if prune and left_out.articles:
        raise LockError(f"{file}: is not pruned while articles are left out, whose addresses would go; mend them first")
    new = new_addresses(old, corpus)
    if check:
        say(f"{file}: {new} {'address is' if new == 1 else 'addresses are'} not locked; {len(old)} are")
        if new:
            raise click.exceptions.Exit(2)
        left_out.finish()
        return
    entries = (one for one in entries_in(found, old) if isinstance(one, FileEntry) and not is_address(one.place))
    locked = with_corpus(salted(old), corpus, {one.id: file_in_lock(Path(one.place), file) for one in entries}, prune=prune)
    with replaced_file(file) as place:
        place.write_bytes(encode_lock(locked))
    say(f"{file}: {len(locked)} addresses, {new} of them new")
    left_out.finish()
