"""Whether the program survives damaged articles: reading, extraction, pages and exports of mutated ones, each checked.

    python benchmarks/fuzz.py FOLDER [--mutants N] [--heavy N] [--seed N] [--only NAME]

FOLDER holds articles as .txt, at any depth. Each mutant is one of them with one of the mutations of :mod:`mutations`, in turn; a file that
is refused in one line counts as survived. Checked are: no exception; every span inside its text; the article's page without its tags is the
text; links on pages lead somewhere; the report comes back from JSON. Prints each failure with what makes it again, and a table of CPU
seconds by mutation; exits with 1 on any failure.
"""

from __future__ import annotations

import os

os.environ["OMP_NUM_THREADS"] = "1"  # before numpy is loaded

import argparse
import dataclasses
import random
import sys
import tempfile
import time
import traceback
from collections import defaultdict
from collections.abc import Iterator
from html import unescape
from html.parser import HTMLParser
from pathlib import Path

from jinja2 import Environment
from mutations import MUTATIONS, Mutation
from spacy.language import Language

from onrecord.article import load_article
from onrecord.corpus import build_corpus
from onrecord.errors import ArticleError
from onrecord.export.files import export_files
from onrecord.extract.language import load_pipeline
from onrecord.model import Report, Span
from onrecord.options import DEFAULT_MODEL
from onrecord.render.engine.environment import make_environment
from onrecord.render.engine.links import Urls, article_page, broken_links
from onrecord.render.site import render_pages
from onrecord.reports.json import decode_report, encode_report
from onrecord.reports.pipeline import build_report

SLOW = 0.5
"""CPU seconds for a thousand characters that are worth a look."""


class Failure(Exception):
    """Something that must hold and does not."""


def spans_in(value: object) -> Iterator[Span]:
    """Every span anywhere in a value of the model."""
    if isinstance(value, Span):
        yield value
    if isinstance(value, tuple):
        for one in value:
            yield from spans_in(one)
    elif dataclasses.is_dataclass(value) and not isinstance(value, type):
        for field in dataclasses.fields(value):
            yield from spans_in(getattr(value, field.name))


class _Copy(HTMLParser):
    """The text of the annotated copy on an article's page, with control characters, which Python's own way with references drops."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=False)
        self._depth = 0
        self._parts: list[str] = []
        self.feed(html)
        self.close()
        self.text = "".join(self._parts)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "div" and (self._depth or ("id", "text") in attrs):
            self._depth += 1

    def handle_endtag(self, tag: str) -> None:
        self._depth -= tag == "div" and self._depth > 0

    def handle_data(self, data: str) -> None:
        if self._depth:
            self._parts.append(data)

    def handle_charref(self, name: str) -> None:
        self.handle_data(chr(int(name)))

    def handle_entityref(self, name: str) -> None:
        self.handle_data(unescape(f"&{name};"))


def check(report: Report, env: Environment) -> None:
    """Raises :class:`Failure` for what does not hold of a report, its pages and its exports."""
    size = len(report.article.text)
    for span in spans_in(report):
        if not 0 <= span.start <= span.end <= size:
            raise Failure(f"a span outside of the text: {span}")
    if decode_report(encode_report(report)) != report:
        raise Failure("another report comes back from JSON")
    corpus = build_corpus([report])
    pages = list(render_pages(corpus, env=env, urls=Urls("file")))
    for link in broken_links(pages):
        raise Failure(f"a link that leads nowhere: {link}")
    page = next(page for page in pages if page.path == article_page(report.article.id))
    if _Copy(page.html).text != report.article.text:
        raise Failure("the page without its tags is not the text")
    for file in export_files(corpus, with_tei=True):
        file.size()


@dataclasses.dataclass(slots=True)
class Outcome:
    """What became of the mutants of one mutation."""

    made: int = 0
    refused: int = 0
    failed: int = 0
    seconds: list[float] = dataclasses.field(default_factory=list)
    """CPU seconds for each thousand characters of those that were read."""


def survive(data: bytes, suffix: str, folder: Path, nlp: Language, env: Environment) -> float | None:
    """CPU seconds for each thousand characters of the article; none where it is refused. Raises what goes wrong."""
    file = folder / f"mutant{suffix}"
    file.write_bytes(data)
    began = time.process_time()
    try:
        article = load_article(file)
    except ArticleError as error:
        if "\n" in str(error) or str(file.name) not in str(error):
            raise Failure(f"a refusal that is no line with the file's name: {error!r}") from error
        return None
    check(build_report(article, nlp), env)
    return (time.process_time() - began) / len(article.text) * 1000


def draw(mutants: int, heavy: int) -> Iterator[Mutation]:
    """So many mutations, in turn; the heavy ones last."""
    light = [one for one in MUTATIONS if not one.heavy]
    long = [one for one in MUTATIONS if one.heavy]
    yield from (light[at % len(light)] for at in range(mutants))
    yield from (long[at % len(long)] for at in range(heavy))


def main(argv: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--mutants", type=int, default=100)
    parser.add_argument("--heavy", type=int, default=3)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", default="")
    options = parser.parse_args(argv)
    files = sorted(options.folder.rglob("*.txt"))
    nlp, env = load_pipeline(DEFAULT_MODEL), make_environment()
    outcomes: defaultdict[str, Outcome] = defaultdict(Outcome)
    with tempfile.TemporaryDirectory() as folder:
        for number, mutation in enumerate(draw(options.mutants, options.heavy)):
            rng = random.Random(f"{options.seed} {number}")
            file = rng.choice(files)
            data = mutation.make(rng, file.read_text(encoding="utf-8"))
            if options.only and options.only != f"{number}" and options.only != mutation.name:
                continue
            outcome = outcomes[mutation.name]
            outcome.made += 1
            try:
                cost = survive(data, mutation.suffix, Path(folder), nlp, env)
            except Exception:  # whatever it is, it is what is looked for
                outcome.failed += 1
                print(f"FAILED {number} ({mutation.name}, {file.name}, --seed {options.seed})", flush=True)
                print(traceback.format_exc(limit=-4), flush=True)
                continue
            outcome.refused += cost is None
            if cost is not None:
                outcome.seconds.append(cost)
                if cost > SLOW:
                    print(f"slow: {number} ({mutation.name}, {file.name}): {cost:.4f} s a thousand characters", flush=True)
    print("mutation | mutants | refused | failed | CPU s for 1,000 characters: median | most")
    for name, outcome in outcomes.items():
        costs = sorted(outcome.seconds) or [0.0]
        print(f"{name} | {outcome.made} | {outcome.refused} | {outcome.failed} | {costs[len(costs) // 2]:.4f} | {costs[-1]:.4f}")
    made, failed = (sum(getattr(outcome, name) for outcome in outcomes.values()) for name in ("made", "failed"))
    print(f"{made} mutants, {failed} failures")
    return int(failed > 0)


if __name__ == "__main__":
    sys.exit(main())
