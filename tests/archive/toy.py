"""Extraction that says in an article's words what it does, quick enough for a cluster in a test."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import spacy
from spacy.language import Language

from onrecord.archive.entries import Entry, LineEntry
from onrecord.model import SCHEMA_VERSION, Article, Provenance, Report

KILL, RAISE, SLOW = "kill", "raise", "slow"


def load(model: str) -> Language:
    """A pipeline that does nothing; the file ``model`` gets a line with the process that loaded it."""
    with Path(model).open("a") as file:
        file.write(f"{os.getpid()}\n")
    return spacy.blank("en")


def build(article: Article, nlp: Language, **how: object) -> Report:
    """An empty report, unless the article's first word is an order."""
    match article.text.split()[0]:
        case "kill":
            os.kill(os.getpid(), signal.SIGKILL)
        case "raise":
            raise ValueError("an article that\nnobody can read")
        case "slow":
            time.sleep(0.2)
    return Report(SCHEMA_VERSION, Provenance("0", "0", "toy", "0"), article)


def entries(*texts: str) -> Iterator[Entry]:
    """A record for each text."""
    return (LineEntry(f"in.jsonl:{number}", f'{{"id": "n{number}", "text": "{text}"}}'.encode()) for number, text in enumerate(texts, 1))


@dataclass
class Notes:
    """What a scheduler keeps of a diary."""

    said: object = None

    def get(self) -> object:
        return self.said

    def put(self, said: object) -> None:
        self.said = said
