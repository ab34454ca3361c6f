"""A site in each text mode, searched byte by byte for words that it must not hold.

Each sentence of the articles has words of its own that are in no dictionary, so that any of them in any file gives a leak away.
"""

from __future__ import annotations

import html
import itertools
import json
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

import pytest
from spacy.language import Language

from onrecord.article import load_article
from onrecord.assembly.site import gather_corpus, gather_exports, render_site
from onrecord.assembly.write import write_exports, write_pages
from onrecord.corpus.withholding import withhold
from onrecord.export.files import TABLES
from onrecord.model import Report
from onrecord.options import TextMode
from onrecord.render.engine.links import Urls
from onrecord.reports.cache import ReportCache, default_cache
from onrecord.reports.extraction import Reader
from onrecord.reports.json import decode_report, encode_report
from onrecord.reports.pipeline import build_report
from tests.conftest import build_with_mkdocs

HEADLINE = "Riverton council votes on the quay"

HEARD = (
    "Mayor Ann Lee told the Riverton Post on Monday that the {} {} would {} the {}.",
    "“The {} is {} and the {} must go,” said Paul Reed, the {} {} of the Harbour Board.",
    "According to Reed, 14 {} had {} the “{} {}” by 3 May 2024.",
    "The Harbour Board agreed a {} with the Riverton Council about {}.",
    "“We never {} any {},” she {}.",
)
"""Sentences that somebody is heard in, or related to somebody."""
UNHEARD = (
    "The {} of the {} stood {} for 30 years.",
    "Ann Lee crossed the {} with a {} on Tuesday.",
    "A {} {} closed the {} in 2019.",
    "His {} {} were {}, and many {} went.",
    "It {}.",
)
"""Sentences of the article alone."""

SOURCE = """---
title: {headline}
byline: Nora Field
outlet: The Riverton Post
date: 2024-05-06
url: https://post.example/quay
---

# {headline}

{first}

Advertisement - {} {} continues below

## The {} of {}

{second}

![{} {}](https://post.example/{}.png "{}")

*The {} seen from the {}.*

- A {} [with {}](https://{}.example/{} "{}") went.
- “{} and {},” he said.

| {} | {} |
| --- | --- |
| {} | {} |

    {} {{ {} }}

Tell us what you think of the {} in the comments!

“The {} were never {}, said nobody.

{third}
"""

CORRECTIONS = """corrections:
  - action: delete-quote
    id: gone
    article: one
    words: "the {same} was shut"
    sentence: "He said that the {same} was shut."
    was: "indirect, Ann Lee"
"""


def nonsense() -> Iterator[str]:
    """Words that are in no dictionary, each once; some with letters beyond ASCII."""
    for number, syllables in enumerate(itertools.product("bdfgklmnprtvz", "aeiou", "bdgkmnprtv", "aeiou")):
        yield f"{''.join(syllables)}q{'ö' if number % 5 == 0 else 'o'}x"


def filled(template: str, words: Iterator[str], **whole: str) -> str:
    parts = re.split(r"(\{\w*\})", template.replace("{{", "\0").replace("}}", "\1"))
    text = "".join((whole.get(part[1:-1]) or next(words)) if re.fullmatch(r"\{\w*\}", part) else part for part in parts)
    return text.replace("\0", "{").replace("\1", "}")


def written(words: Iterator[str]) -> str:
    """An article: its heard and unheard sentences in turn, and everything else that Markdown and the program know."""

    def paragraph(turn: int) -> str:
        pairs = zip(HEARD[turn:] + HEARD[:turn], UNHEARD, strict=True)
        return "\n\n".join(f"{filled(one, words)} {filled(other, words)}" for one, other in pairs)

    return filled(SOURCE, words, headline=HEADLINE, first=paragraph(0), second=paragraph(1), third=paragraph(3))


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory, nlp: Language) -> Path:
    """Two articles, one of which asks for nothing to be shown, and corrections; their reports are in the cache."""
    folder, words = tmp_path_factory.mktemp("modes"), nonsense()
    (folder / "docs/articles").mkdir(parents=True)
    (folder / "docs/articles/one.md").write_text(written(words), encoding="utf-8")
    quiet = written(words).replace("outlet: The", "text: none\noutlet: The")
    (folder / "docs/articles/two.md").write_text(quiet.replace(HEADLINE, "Quay closed"), encoding="utf-8")
    (folder / "corrections.yml").write_text(filled(CORRECTIONS, words, same=next(words)), encoding="utf-8")
    for file in sorted((folder / "docs/articles").iterdir()):
        report = build_report(load_article(file, id=file.stem), nlp)
        ReportCache(default_cache()).put(report, Reader().digest())
    return folder


@pytest.fixture(scope="module")
def reports(project: Path) -> tuple[Report, ...]:
    kept = ReportCache(default_cache())
    articles = [load_article(file, id=file.stem) for file in sorted((project / "docs/articles").iterdir())]
    return tuple(report for article in articles if (report := kept.get(article, Reader().digest())))


def built(project: Path, mode: TextMode, theme: str, folder: Path) -> Path:
    """The site in a mode, with downloads and MkDocs's search."""
    config = project / f"mkdocs-{mode}-{theme}.yml"
    options = f"text: {mode}"
    config.write_text(
        f"site_name: S\nsite_url: https://s.example/r/\ntheme: {theme}\nplugins:\n  - search\n  - onrecord:\n      {options}\n"
    )
    build_with_mkdocs(config, folder / "public")
    return folder / "public"


def words_of(text: str) -> set[str]:
    return {word.casefold() for word in re.findall(r"[^\W\d_]+q[oö]x[^\W\d_]*", text)}


def leaks(folder: Path, secret: set[str]) -> dict[str, set[str]]:
    """The files of a folder that hold any of these words: as they stand, or read as HTML, as an address or as JSON."""
    found = {}
    for file in sorted(folder.rglob("*")):
        if file.is_file() and file.suffix not in (".gz", ".woff2", ".png", ".eot", ".ttf", ".woff", ".ico"):
            text = f"{file.relative_to(folder)}\n{file.read_bytes().decode()}".casefold()
            read = {text, html.unescape(text), unquote(text), unquote(html.unescape(text)), re.sub(r"\\u([0-9a-f]{4})", _letter, text)}
            if words := {word for word in secret if any(word in one for one in read)}:
                found[str(file.relative_to(folder))] = words
    return found


def _letter(escape: re.Match[str]) -> str:
    return chr(int(escape[1], 16))


def may_be_read(report: Report, mode: TextMode) -> set[str]:
    """Words of an article that may stand somewhere: those of the sentences that are shown, of actors' names and of reporting verbs."""
    less = withhold(report, mode)
    facts = [actor.name for actor in report.actors] + [actor.id for actor in report.actors]
    facts += [alias.name for actor in less.actors for alias in actor.aliases]
    facts += [quote.cue.lemma for quote in report.quotes if quote.cue]
    return words_of(less.article.text).union(*map(words_of, facts))


def secrets(project: Path, reports: tuple[Report, ...], mode: TextMode) -> set[str]:
    """Words that no file of a site in this mode may have."""
    written = [words_of(one) for one in texts(project)]
    shown = [words_of(one) if mode == "full" else may_be_read(report, mode) for one, report in zip(texts(project), reports, strict=True)]
    shown[1] = may_be_read(reports[1], "none")
    corrected = words_of((project / "corrections.yml").read_text(encoding="utf-8"))
    return set[str]().union(*written, corrected if mode != "full" else ()) - set[str]().union(*shown)


def texts(project: Path) -> list[str]:
    return [file.read_text(encoding="utf-8") for file in sorted((project / "docs/articles").iterdir())]


@pytest.fixture(scope="module", params=["full", "excerpts", "none"])
def site(request: pytest.FixtureRequest, project: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[TextMode, Path]:
    mode: TextMode = request.param
    return mode, built(project, mode, "mkdocs", tmp_path_factory.mktemp(mode))


def test_the_articles_hold_what_can_leak(reports: tuple[Report, ...]) -> None:
    first = reports[0]
    assert len(first.quotes) >= 9 and first.relations and first.notices and any(actor.roles for actor in first.actors)
    assert {mark.kind for leaf in first.article.leaves() for mark in leaf.marks} >= {"link", "image", "emphasis"}
    assert len(words_of(first.article.text)) > 100


@pytest.mark.slow
def test_no_file_of_a_site_has_a_word_that_is_withheld(site: tuple[TextMode, Path], project: Path, reports: tuple[Report, ...]) -> None:
    mode, folder = site
    secret = secrets(project, reports, mode)
    assert len(secret) > 90
    assert leaks(folder, secret) == {}


@pytest.mark.slow
def test_what_is_shown_is_there(site: tuple[TextMode, Path], reports: tuple[Report, ...]) -> None:
    mode, folder = site
    page = words_of((folder / "articles/one/index.html").read_text(encoding="utf-8"))
    assert words_of(withhold(reports[0], mode).article.text) <= page
    report = decode_report((folder / "downloads/one/report.json").read_bytes())
    assert report.article.text == withhold(reports[0], mode).article.text


@pytest.mark.parametrize("mode", ["excerpts", "none"])
def test_a_sentence_of_the_article_alone_is_withheld(mode: TextMode, reports: tuple[Report, ...]) -> None:
    text = withhold(reports[0], mode).article.text
    whole = reports[0].article.text
    alone: list[str] = re.findall(r"[^.\n]+ for 30 years\.|A \w+ \w+ closed the \w+ in 2019\.", whole)
    assert len(alone) == 6
    assert not any(line in text for line in alone)
    heard = re.findall(r"Mayor Ann Lee told [^.]+\.", whole)
    assert len(heard) == 3
    assert all((line in text) == (mode == "excerpts") for line in heard)


@pytest.mark.slow
def test_the_page_says_how_much_is_shown(site: tuple[TextMode, Path]) -> None:
    mode, folder = site
    page = (folder / "articles/one/index.html").read_text(encoding="utf-8")
    said = {
        "full": None,
        "excerpts": r"The text is shown in excerpts: \d+ of \d+ sentences",
        "none": r"The text is not shown: \d+ sentences",
    }
    assert (re.search(said[mode], page) is not None) if said[mode] else "orx-shown" not in page  # type: ignore[arg-type]


OF_WORDS = ("why", "roles", "aliases", "predicate", "text", "stated", "score", "sha256", "characters")
"""Columns that words are in, or that tell of their wording or their length."""
OF_PLACES = {"start", "end", "spans", "first_start", "first_place", "mention", "quote", "claim", "relation", "claims", "moment", "source"}
"""Columns that count in the text, or have ids of what is in it."""


def test_tables_count_the_same(reports: tuple[Report, ...]) -> None:
    """Only words are missing, with their places and the ids that come from them: every number is that of the whole text."""

    def rows(mode: TextMode) -> dict[str, list[dict[str, object]]]:
        files = {file.path: b"".join(file.chunks()) for file in gather_exports(reports[:1], text=mode)}
        return {table.name: [json.loads(line) for line in files[f"tables/{table.name}.jsonl"].splitlines()] for table in TABLES}

    whole, less = rows("full"), rows("none")
    for table in TABLES:
        free = [c.name for c in table.columns if not (c.verbatim or c.name in OF_WORDS)]
        assert len(less[table.name]) == len(whole[table.name])
        pairs = list(zip(less[table.name], whole[table.name], strict=True))
        assert {name for name in free if any(one[name] != other[name] for one, other in pairs)} <= OF_PLACES


@pytest.mark.parametrize("mode", ["excerpts", "none"])
def test_pages_and_tei_leak_nothing_either(mode: TextMode, project: Path, reports: tuple[Report, ...], tmp_path: Path) -> None:
    write_exports(tmp_path / "data", gather_exports(reports, text=mode, with_tei=True))
    write_pages(tmp_path / "pages", *render_site(gather_corpus(reports), style="file", text=mode), urls=Urls("file"))
    assert leaks(tmp_path, secrets(project, reports, mode)) == {}
    assert '<gap reason="withheld"' in (tmp_path / "data/one/article.tei.xml").read_text(encoding="utf-8")


@pytest.mark.parametrize("mode", ["excerpts", "none"])
def test_a_site_can_be_made_from_reports_without_their_text(mode: TextMode, reports: tuple[Report, ...], tmp_path: Path) -> None:
    """A report.json that was taken from such a site makes the same site again, in whatever mode."""
    less = tuple(decode_report(encode_report(withhold(report, mode))) for report in reports)
    first = render_site(gather_corpus(reports[:1]), style="file", text=mode)
    again = render_site(gather_corpus(less[:1]), style="file", text="full")
    assert [page.html for page in again[0]] == [page.html for page in first[0]]
