"""The Jinja environment: where templates are sought, and how text becomes safe to print."""

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

# HTML gives these back unchanged, and no builder that reads the page as Markdown or as a template of its own gets to act on them:
# line breaks and tabs (Markdown ends a block, or expands them), braces (Liquid, Jinja and Hugo expand them), other control characters.
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
    # Worth .41 to .51 of 5.9 CPU seconds of a build of 1,280 pages, in three pairs with and without both: a third of a millisecond a page.
    env.context_class, env.code_generator_class = _Calling, _Printing
    env.filters["shown_date"] = shown_date
    env.filters["in_element"] = in_element
    env.extend(overrides=tuple(map(str, overrides)))
    return env


class _Calling(Context):
    """What a template sees; it calls its macros and our functions at once.

    Jinja asks each first, in four places, whether it wants the context, which takes a twentieth of a site's time. No method of ours wants
    it, and a macro wants to know whether to escape.
    """

    def call(self, called: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Any:
        """The answer of a macro or a method. What else can be called, Jinja calls."""
        kind: type = type(called)
        if kind is not Macro and kind is not MethodType:
            return super().call(called, *args, **kwargs)
        kwargs.pop("_block_vars", None)
        kwargs.pop("_loop_vars", None)
        return called(self.eval_ctx, *args, **kwargs) if kind is Macro else called(*args, **kwargs)


class _Printing(CodeGenerator):
    """Jinja escapes what ``finalize`` returns. Ours returns markup, so that it is not asked again, hundreds of times on a page."""

    def _output_child_pre(self, node: object, frame: Frame, finalize: object) -> None:
        self.write("environment.finalize(")

    def _output_child_post(self, node: object, frame: Frame, finalize: object) -> None:
        self.write(")")


def template_error(error: TemplateError, env: Environment) -> OptionsError:
    """What is wrong with a template, as a user's mistake: with the file and the line of the innermost one of the user's own that was being
    rendered, since only syntax errors name theirs."""
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
    return _kept(value) if type(value) is str and len(value) <= _NAME else _escaped(value)


def in_element(text: str) -> Markup:
    """The text as what an element contains, where quotation marks are no markup: a ready correction has dozens.

    >>> in_element('was: "<b>"')
    Markup('was: "&lt;b&gt;"')
    """
    return Markup(str(_escaped(text)).replace("&#34;", '"').replace("&#39;", "'"))


_NAME = 100
"""Characters of a string that is likely to be printed again."""


def _escaped(value: object) -> Markup:
    # A table takes six times as long as asking first, and hardly any text has what only the table knows.
    html = str(escape(value)).replace("\n", "&#10;").replace("{", "&#123;").replace("}", "&#125;")
    return Markup(html.translate(_ENTITIES) if _CONTROL.search(html) else html)


@lru_cache(maxsize=20_000)
def _kept(text: str) -> Markup:
    """As :func:`_escaped`: names, headlines and labels stand on hundreds of pages."""
    return _escaped(text)
