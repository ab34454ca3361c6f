"""The ``onrecord`` command.

Modules that take long to import (spaCy, MkDocs) are imported inside the commands, so that ``--help`` answers at once.
"""

from __future__ import annotations

import signal

import click

from onrecord import __version__
from onrecord.cli import build, doctor, extract, project
from onrecord.cli.group import Group, Terminated, complain, debug_option, example
from onrecord.errors import notes_told

__all__ = ["main"]


@click.group(
    "onrecord", cls=Group, epilog=example("onrecord build article.txt --open", "onrecord serve articles/", "onrecord show article.txt")
)
@debug_option
@click.version_option(__version__, prog_name="onrecord")
@click.pass_context
def main(ctx: click.Context) -> None:
    """Who said what, and where the article says so: a report site from news articles.

    Articles are .md, .txt, .html, .docx, .pdf or .eml files, or folders of them; - is text on standard input.
    """
    ctx.with_resource(notes_told(complain))
    # A plain kill raises an exception, as Ctrl-C does, so that temporary folders are removed on the way out.
    before = signal.signal(signal.SIGTERM, _end)
    ctx.call_on_close(lambda: signal.signal(signal.SIGTERM, before))


def _end(*_: object) -> None:
    raise Terminated


# In the order in which people come to need them, which help keeps.
for _command in (
    *(build.build, build.serve, extract.show, project.new, extract.fetch),
    *(project.corrections_group, project.check, project.lock, extract.diff),
    *(build.export, build.pages, extract.extract, extract.schema),
    *(project.train, doctor.cache, doctor.doctor),
):
    main.add_command(_command)
