"""Extraction that says in an article's words what it does, quick enough for a cluster in a test."""

from __future__ import annotations

import os
import resource
import signal
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import spacy
from spacy.language import Language

from onrecord.model import SCHEMA_VERSION, Article, Provenance, Report
from onrecord.reports.entries import Entry, LineEntry


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
        case "hungry":
            refused_memory()
        case "endless":
            held = [bytearray(b"x" * 20_000_000)]
            while True:
                held.append(bytearray(held[0]))
                time.sleep(0.02)
        case "slow":
            time.sleep(0.2)
    return Report(SCHEMA_VERSION, Provenance("0", "0", "toy", "0"), article)


def refused_memory() -> None:
    """Asks for more memory than the process may have."""
    before = resource.getrlimit(resource.RLIMIT_AS)
    in_use = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (in_use + 50_000_000, before[1]))
    try:
        bytearray(200_000_000)
    finally:
        resource.setrlimit(resource.RLIMIT_AS, before)


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
