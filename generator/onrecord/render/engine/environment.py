"""The Jinja environment: where templates are looked for, and how text is escaped."""

from __future__ import annotations

import re
import traceback
from collections.abc import Mapping, MutableMapping, Sequence
from keyword import iskeyword
from pathlib import Path
from types import CodeType
from typing import Any

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
from jinja2.compiler import CodeGenerator, Frame, MacroRef, find_undeclared
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
    env = _Environment(
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
    env.extend(overrides=tuple(map(str, overrides)), printed=_Printed())
    return env


def environment_of_site(env: Environment, names: Mapping[str, object]) -> Environment:
    """The environment with names that every template knows, those too that another imports: these are then carried out once for all pages
    of a site, instead of once for each page."""
    own = env.overlay()
    own.globals = {**env.globals, **names}
    return own


class _Environment(Environment):
    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """The names of the environment and these. Jinja chains the two, so that later names are known, too; nobody adds any, and for each
        page and import a chain is gone through name by name."""
        return {**self.globals, **(d or {})}


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
        # A macro returns markup, which is printed as it is; most of the rest are names and words.
        self.write("(printed if (printed := " if isinstance(node, nodes.Call) else "(environment.printed[printed] if (printed := ")

    def _output_child_post(self, node: nodes.Expr, frame: Frame, finalize: object) -> None:
        if isinstance(node, nodes.Call):
            self.write(").__class__ is Markup else environment.finalize(printed))")
        else:
            self.write(").__class__ is str else environment.finalize(printed))")


_OF_JINJA = ("caller", "kwargs", "varargs")
"""Names that a macro need not declare, and which Jinja then fills in."""


class _Shipped(_Plain):
    """Generates templates whose macros are plain functions, and that take attributes as Python does. Jinja counts and sorts the arguments
    of each call, looks for an item of an attribute's name, too, and has messages for mistakes; these are of use where templates are a
    user's own."""

    def macro_body(self, node: nodes.Macro | nodes.CallBlock, frame: Frame) -> tuple[Frame, MacroRef]:
        """Writes ``def macro(name=missing)``, which returns markup. Macros that Jinja gives more than their arguments are left to it."""
        if isinstance(node, nodes.CallBlock) or find_undeclared(node.body, _OF_JINJA):
            return super().macro_body(node, frame)
        inner = frame.inner()
        inner.require_output_check = False
        inner.symbols.analyze_node(node)
        self.writeline(f"def macro({', '.join(f'{one.name}=missing' for one in node.args)}):", node)
        self.indent()
        self.buffer(inner)
        self.enter_frame(inner)
        self._take_arguments(node, inner)
        self.blockvisit(node.body, inner)
        self.writeline(f"return str.__new__(Markup, concat({inner.buffer}))")
        self.leave_frame(inner, with_python_scope=True)
        self.outdent()
        return inner, _Function(node)

    def _take_arguments(self, node: nodes.Macro, frame: Frame) -> None:
        """Gives arguments the names that Jinja has for them, and their defaults."""
        self.push_parameter_definitions(frame)
        for place, argument in enumerate(node.args, len(node.defaults) - len(node.args)):
            name = frame.symbols.ref(argument.name)
            self.writeline(f"{name} = {argument.name} if {argument.name} is not missing else ")
            if place >= 0:
                self.visit(node.defaults[place], frame)
            else:
                self.write(f"undefined(name={argument.name!r})")
            self.mark_parameter_stored(name)
        self.pop_parameter_definitions()

    def macro_def(self, macro_ref: MacroRef, frame: Frame) -> None:
        """Writes what the macro is called by."""
        if isinstance(macro_ref, _Function):
            self.write("macro")
        else:
            super().macro_def(macro_ref, frame)

    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:
        """Writes ``node.name``."""
        self.visit(node.node, frame)
        self.write(f".{node.attr}")


class _Function(MacroRef):
    """A macro that is a plain function."""


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
    return value if isinstance(value, Markup) else _escaped(value)


def in_element(text: str) -> Markup:
    """The text escaped for the content of an element. Quotation marks stay as they are there: an entry for ``corrections.yml`` has dozens.

    >>> in_element('was: "<b>"')
    Markup('was: "&lt;b&gt;"')
    """
    return Markup(str(_escaped(text)).replace("&#34;", '"').replace("&#39;", "'"))


_NAME, _MOST_NAMES = 100, 20_000
"""Strings of at most so many characters are likely names, labels or headlines, and to be printed again; and how many of them are kept."""


class _Printed(dict[str, Markup]):
    """Strings as :func:`printable` has them; names, headlines and labels, which stand on hundreds of pages, are remembered. Templates ask
    for plain strings alone: a subclass may be equal to one and print as another."""

    def __missing__(self, text: str) -> Markup:
        html = _escaped(text)
        if len(text) <= _NAME:
            if len(self) >= _MOST_NAMES:
                self.clear()
            self[text] = html
        return html


def _escaped(value: object) -> Markup:
    html = escape(value)
    if not _SPECIAL.search(html):
        return html
    # Translating by a table takes six times as long as searching first, and hardly any text has other control characters.
    plain = str(html).replace("\n", "&#10;").replace("{", "&#123;").replace("}", "&#125;")
    return Markup(plain.translate(_ENTITIES) if _SPECIAL.search(plain) else plain)
