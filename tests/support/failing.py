"""Extraction that fails or dies, for processes of its own: they load this module, and so it loads little."""

from __future__ import annotations

import os
from typing import Any

from onrecord.model import Article, Report
from tests.support.fictional import fictional_report


class OddError(Exception):
    """What no part of the program expects, and what cannot be sent to another process."""

    def __init__(self, one: str, two: str) -> None:
        super().__init__(f"{one}\n{two}")


def no_pipeline(model: str) -> Any:
    return None


def raising(article: Article, nlp: object, **_: object) -> Report:
    if article.id == "a1":
        raise OddError("odd", "thing")
    return fictional_report(article.id)


def dying(article: Article, nlp: object, **_: object) -> Report:
    if article.id in ("a1", "a4"):
        os._exit(9)
    return fictional_report(article.id)
