"""A group of commands whose errors are one line, and how their help is written."""

from __future__ import annotations

import errno
import os
import signal
import sys
from typing import Any

import click

from onrecord.characters import visible
from onrecord.errors import OnrecordError, is_no_room
from onrecord.messages import one_line

_NOBODY_READS = 141
"""The exit code of a program that SIGPIPE ended, which not every system has."""
_DEBUG = "onrecord.debug"
"""Where a command's context keeps whether tracebacks are shown."""


class Terminated(KeyboardInterrupt):
    """The program is asked to end, by a plain kill."""


class Group(click.Group):
    """Commands whose errors are one line and exit code 2, whether the input is at fault or the program."""

    def invoke(self, ctx: click.Context) -> Any:
        from onrecord.faults import defect

        try:
            return super().invoke(ctx)
        except OnrecordError as error:
            complain(error)
        except click.UsageError as error:
            command = error.ctx.command_path if error.ctx else "onrecord"
            complain(f"{error.format_message().rstrip('.')}; see {command} --help")
        except KeyboardInterrupt as stop:  # exit codes as shells give them: 1 would say that something was written
            raise click.exceptions.Exit(128 + (signal.SIGTERM if isinstance(stop, Terminated) else signal.SIGINT)) from stop
        except (click.ClickException, click.Abort, click.exceptions.Exit):
            raise
        except Exception as error:
            if isinstance(error, OSError) and error.errno == errno.EPIPE:
                _silence()  # whoever read our output has had enough
                raise click.exceptions.Exit(_NOBODY_READS) from error
            complain(f"output: cannot be written ({error}); free some room, or name another place" if is_no_room(error) else defect(error))
        raise click.exceptions.Exit(2)


def _silence() -> None:
    """What is still to be written to standard output goes nowhere (Python's documentation of SIGPIPE)."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def complain(problem: object) -> None:
    """One line on standard error; with ``--debug`` also the traceback of what is the program's fault."""
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
    """One line on standard output or error, whatever names stand in it."""
    click.echo(visible(str(line)), err=err)


def example(*lines: str) -> str:
    """The epilog of a command's help: ``\\b`` keeps click from joining the lines."""
    return "\b\nExample:\n" + "\n".join(f"  {line}" for line in lines)
