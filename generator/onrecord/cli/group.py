"""A group of commands whose errors are one line, and how their help is written."""

from __future__ import annotations

from typing import Any

import click

from onrecord.characters import visible
from onrecord.errors import OnrecordError
from onrecord.messages import one_line


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
    say(f"onrecord: {one_line(problem)}", err=True)


def say(line: object, *, err: bool = False) -> None:
    """One line on standard output or error, whatever names stand in it."""
    click.echo(visible(str(line)), err=err)


def example(*lines: str) -> str:
    """The epilog of a command's help: ``\\b`` keeps click from joining the lines."""
    return "\b\nExample:\n" + "\n".join(f"  {line}" for line in lines)
