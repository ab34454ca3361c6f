"""The Jinja environment: where templates are looked for, and how text is escaped."""

from __future__ import annotations

import re
import traceback
from collections.abc import Mapping, Sequence
from functools import lru_cache
from keyword import iskeyword
from pathlib import Path
from types import CodeType

from jinja2 import (
    BytecodeCache,
    ChoiceLoader,
    Environment,
    FileSystemLoader,
    PrefixLoader,
    StrictUndefined,
    TemplateError,
    TemplateSyntaxError,
    nodes,
)
from jinja2.bccache import Bucket
from jinja2.compiler import CodeGenerator, Frame
from markupsafe import Markup, escape

from onrecord.errors import OptionsError
from onrecord.labels.terms import shown_date
from onrecord.resources import templates_dir

# Characters that are written as entities besides those that every escape covers. A browser shows them unchanged, but a site builder that
# reads the page as Markdown or as a template cannot act on them: line breaks and tabs (Markdown ends a block, or expands them), braces
# (Liquid, Jinja and Hugo expand them), other control characters.
_ENTITIES = {code: f"&#{code};" for code in (*range(1, 32), ord("{"), ord("}"))}
_SPECIAL = re.compile("[\x01-\x1f{}]")


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
        bytecode_cache=_Compiled(),
    )
    env.code_generator_class = _Plain if overrides else _Shipped
    env.filters["shown_date"] = shown_date
    env.filters["in_element"] = in_element
    env.extend(overrides=tuple(map(str, overrides)))
    return env


def environment_of_site(env: Environment, names: Mapping[str, object]) -> Environment:
    """The environment with names that every template knows, those too that another imports: these are then carried out once for all pages
    of a site, instead of once for each page."""
    own = env.overlay()
    own.globals = {**env.globals, **names}
    return own


class _Compiled(BytecodeCache):
    """The code of templates, in memory: the environments of several sites have the same templates, and each is compiled once."""

    def __init__(self) -> None:
        self._code: dict[str, CodeType] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        bucket.code = self._code.get(f"{bucket.key} {bucket.checksum}")

    def dump_bytecode(self, bucket: Bucket) -> None:
        if bucket.code is not None:
            self._code[f"{bucket.key} {bucket.checksum}"] = bucket.code


class _Plain(CodeGenerator):
    """Generates templates that call and print without detours, of which a page has thousands.

    Jinja asks of whatever is called, in four places, whether it wants the context, which nothing of ours does; and it escapes what
    ``finalize`` returns, which is escaped already.
    """

    def visit_Call(self, node: nodes.Call, frame: Frame, forward_caller: bool = False) -> None:
        """Writes ``called(argument, name=argument)``. Calls that hand on more than that are left to Jinja."""
        if forward_caller or node.dyn_args or node.dyn_kwargs or any(map(iskeyword, (one.key for one in node.kwargs))):
            super().visit_Call(node, frame, forward_caller=forward_caller)
            return
        self.visit(node.node, frame)
        self.write("(")
        for argument in node.args:
            self.visit(argument, frame)
            self.write(", ")
        for named in node.kwargs:
            self.write(f"{named.key}=")
            self.visit(named.value, frame)
            self.write(", ")
        self.write(")")

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: object) -> None:
        # A macro returns markup, which is printed as it is.
        self.write("(printed if (printed := " if isinstance(node, nodes.Call) else "environment.finalize(")

    def _output_child_post(self, node: nodes.Expr, frame: Frame, finalize: object) -> None:
        self.write(").__class__ is Markup else environment.finalize(printed))" if isinstance(node, nodes.Call) else ")")


class _Shipped(_Plain):
    """Generates templates that take attributes as Python does. Jinja looks for an item of that name, too, and has a message for what is
    neither; that is of use where templates are a user's own."""

    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:
        """Writes ``node.name``."""
        self.visit(node.node, frame)
        self.write(f".{node.attr}")


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
    # A subclass of str may be equal to a plain text and print as another.
    if type(value) is str:
        return _kept(value) if len(value) <= _NAME else _escaped(value)
    return value if isinstance(value, Markup) else _escaped(value)


def in_element(text: str) -> Markup:
    """The text escaped for the content of an element. Quotation marks stay as they are there: an entry for ``corrections.yml`` has dozens.

    >>> in_element('was: "<b>"')
    Markup('was: "&lt;b&gt;"')
    """
    return Markup(str(_escaped(text)).replace("&#34;", '"').replace("&#39;", "'"))


_NAME = 100
"""Strings of at most so many characters are likely names, labels or headlines, and to be printed again."""


def _escaped(value: object) -> Markup:
    html = escape(value)
    if not _SPECIAL.search(html):
        return html
    # Translating by a table takes six times as long as searching first, and hardly any text has other control characters.
    plain = str(html).replace("\n", "&#10;").replace("{", "&#123;").replace("}", "&#125;")
    return Markup(plain.translate(_ENTITIES) if _SPECIAL.search(plain) else plain)


@lru_cache(maxsize=20_000)
def _kept(text: str) -> Markup:
    """As :func:`_escaped`, with a memory: names, headlines and labels stand on hundreds of pages."""
    return _escaped(text)
