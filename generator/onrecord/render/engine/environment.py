"""The Jinja environment: where templates are looked for, and how text is escaped."""

from __future__ import annotations

import re
import traceback
from collections.abc import Callable, Sequence
from functools import lru_cache
from pathlib import Path
from types import MethodType
from typing import Any

from jinja2 import ChoiceLoader, Environment, FileSystemLoader, PrefixLoader, StrictUndefined, TemplateError, TemplateSyntaxError
from jinja2.compiler import CodeGenerator, Frame
from jinja2.runtime import Context, Macro
from markupsafe import Markup, escape

from onrecord.errors import OptionsError
from onrecord.labels.terms import shown_date
from onrecord.resources import templates_dir

# Characters that are written as entities besides those that every escape covers. A browser shows them unchanged, but a site builder that
# reads the page as Markdown or as a template cannot act on them: line breaks and tabs (Markdown ends a block, or expands them), braces
# (Liquid, Jinja and Hugo expand them), other control characters.
_ENTITIES = {code: f"&#{code};" for code in (*range(1, 32), ord("{"), ord("}"))}
_CONTROL = re.compile("[\x01-\x1f]")


SHIPPED = "shipped"
"""The name under which a replaced template is still found: ``{% extends "shipped/pages/actor.html" %}`` changes single blocks of it."""


def make_environment(overrides: Sequence[Path] = ()) -> Environment:
    """An environment in which a file of the same name in one of ``overrides`` replaces a shipped template, first folder first."""
    shipped = PrefixLoader({SHIPPED: FileSystemLoader(templates_dir())})
    env = Environment(
        loader=ChoiceLoader([FileSystemLoader([*overrides, templates_dir()]), shipped]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=printable,
        auto_reload=False,  # an environment is made anew where its templates may have changed
    )
    # These two shortcuts save .41 to .51 of 5.9 CPU seconds in a build of 1,280 pages, measured in three pairs of builds with and without.
    env.context_class, env.code_generator_class = _Calling, _Printing
    env.filters["shown_date"] = shown_date
    env.filters["in_element"] = in_element
    env.extend(overrides=tuple(map(str, overrides)))
    return env


class _Calling(Context):
    """Calls macros and methods directly.

    For each call Jinja looks in four places for a decorator that asks for the context, which takes a twentieth of the time of a build. No
    method of ours has such a decorator, and of a macro it is known that it takes the evaluation context.
    """

    def call(self, called: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Any:
        """What the macro or method returns. Anything else that can be called is left to Jinja."""
        kind: type = type(called)
        if kind is not Macro and kind is not MethodType:
            return super().call(called, *args, **kwargs)
        # Jinja adds these for functions that ask for the context.
        kwargs.pop("_block_vars", None)
        kwargs.pop("_loop_vars", None)
        return called(self.eval_ctx, *args, **kwargs) if kind is Macro else called(*args, **kwargs)


class _Printing(CodeGenerator):
    """Generates templates that print what ``finalize`` returns without a second escape: ours returns escaped markup already, hundreds of
    times on a page."""

    def _output_child_pre(self, node: object, frame: Frame, finalize: object) -> None:
        self.write("environment.finalize(")

    def _output_child_post(self, node: object, frame: Frame, finalize: object) -> None:
        self.write(")")


def template_error(error: TemplateError, env: Environment) -> OptionsError:
    """An error of a template as the user's mistake, with file and line.

    Only syntax errors name their file. For others the place is that of the innermost template of the user's that was being rendered: an
    undefined name is often met in a shipped macro that the user's template called wrongly.
    """
    if isinstance(error, TemplateSyntaxError) and error.filename:
        place = f"{error.filename}:{error.lineno}"
    else:
        frames = traceback.extract_tb(error.__traceback__)
        own: tuple[str, ...] = getattr(env, "overrides", ())
        place = next((f"{frame.filename}:{frame.lineno}" for frame in reversed(frames) if frame.filename.startswith(own)), "templates")
    return OptionsError(f"{place}: {error.message}; mend this template")


def printable(value: object) -> Markup:
    """The value as escaped HTML on one line; what is markup already passes.

    >>> printable('<b> {{ x }}')
    Markup('&lt;b&gt; &#123;&#123; x &#125;&#125;')
    """
    if isinstance(value, Markup):
        return value
    # A subclass of str may be equal to a plain text and print as another.
    return _kept(value) if type(value) is str and len(value) <= _NAME else _escaped(value)


def in_element(text: str) -> Markup:
    """The text escaped for the content of an element. Quotation marks stay as they are there: an entry for ``corrections.yml`` has dozens.

    >>> in_element('was: "<b>"')
    Markup('was: "&lt;b&gt;"')
    """
    return Markup(str(_escaped(text)).replace("&#34;", '"').replace("&#39;", "'"))


_NAME = 100
"""Strings of at most so many characters are likely names, labels or headlines, and to be printed again."""


def _escaped(value: object) -> Markup:
    # Translating by a table takes six times as long as searching first, and hardly any text has control characters.
    html = str(escape(value)).replace("\n", "&#10;").replace("{", "&#123;").replace("}", "&#125;")
    return Markup(html.translate(_ENTITIES) if _CONTROL.search(html) else html)


@lru_cache(maxsize=20_000)
def _kept(text: str) -> Markup:
    """As :func:`_escaped`, with a memory: names, headlines and labels stand on hundreds of pages."""
    return _escaped(text)
