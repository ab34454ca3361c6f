"""The Jinja environment: where templates are sought, and how text becomes safe to print."""

from __future__ import annotations

import traceback
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from jinja2 import ChoiceLoader, Environment, FileSystemLoader, PrefixLoader, StrictUndefined, TemplateError, TemplateSyntaxError
from markupsafe import Markup, escape

from onrecord.errors import OptionsError
from onrecord.render.words import shown_date
from onrecord.resources import templates_dir

# HTML gives these back unchanged, and no builder that reads the page as Markdown or as a template of its own gets to act on them:
# line breaks and tabs (Markdown ends a block, or expands them), braces (Liquid, Jinja and Hugo expand them), other control characters.
_ENTITIES = {code: f"&#{code};" for code in (*range(1, 32), ord("{"), ord("}"))}


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
    env.filters["shown_date"] = shown_date
    env.filters["in_element"] = in_element
    env.extend(overrides=tuple(map(str, overrides)))
    return env


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
    return Markup(_escaped(text).replace(Markup("&#34;"), Markup('"')).replace(Markup("&#39;"), Markup("'")))


_NAME = 100
"""Characters of a string that is likely to be printed again."""


def _escaped(value: object) -> Markup:
    return Markup(str(escape(value)).translate(_ENTITIES))


@lru_cache(maxsize=20_000)
def _kept(text: str) -> Markup:
    """As :func:`_escaped`: names, headlines and labels stand on hundreds of pages."""
    return _escaped(text)
