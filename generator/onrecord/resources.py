"""Where the package keeps its templates and its MkDocs theme."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace


def templates_dir() -> Path:
    """The folder of the shipped templates: inside the package in a wheel, beside ``generator/`` in a checkout.

    Neither ``PackageLoader`` nor ``importlib.resources`` finds them in an editable install, hence this function.
    """
    package = Path(__file__).resolve().parent
    installed = package / "templates"
    return installed if installed.is_dir() else package.parents[1] / "templates"


# MkDocs asks what a theme's entry point loads for nothing but ``__file__``, and takes its folder for the theme's.
THEME = SimpleNamespace(__file__=str(templates_dir() / "theme" / "main.html"))
