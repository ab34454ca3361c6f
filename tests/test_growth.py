"""Nothing in the way from text to page takes time out of proportion to the text, however it was made."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache, partial
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from pkgutil import walk_packages
from types import ModuleType

import pytest
from spacy.language import Language

import onrecord
from onrecord.article import parse_article
from onrecord.article.boilerplate import find_boilerplate
from onrecord.article.folder import folder_at
from onrecord.article.read import RawArticle
from onrecord.assembly.write import replaced_folder
from onrecord.corpus import build_corpus
from onrecord.corpus.sourcing import find_sources
from onrecord.corpus.withholding import withhold
from onrecord.errors import ArticleError
from onrecord.export.annotated_text import tei, web_annotations
from onrecord.export.table import scopes
from onrecord.extract.accurate.judge import judge_for
from onrecord.extract.attributions.find import find_attributions
from onrecord.extract.language import analyse
from onrecord.extract.relations.comparisons import NEAREST
from onrecord.model import (
    SCHEMA_VERSION,
    Actor,
    Article,
    ArticleFormat,
    Block,
    Claim,
    Corpus,
    Mention,
    Meta,
    Provenance,
    Quote,
    Report,
    Span,
    Speaker,
)
from onrecord.options import ACCURATE, TRAINED, default_attribution
from onrecord.render.engine.environment import make_environment
from onrecord.render.engine.links import Urls
from onrecord.render.site import Page, render_pages
from onrecord.render.views.annotated_text import Annotation, annotate
from onrecord.render.views.facts import gather_facts
from onrecord.render.views.parties import Parties
from onrecord.reports.json import encode_report
from onrecord.reports.pipeline import build_report
from onrecord.text.anchors import find_sentences
from onrecord.text.masking import unmasked
from onrecord.text.quotation_marks import find_quotations
from tests.corpus.written import report_of as report_on
from tests.support.crowds import CROWDS, speakers, surnames
from tests.support.fictional import fictional_figures
from tests.support.growth import grows_in_proportion

pytestmark = pytest.mark.slow

IN_PROPORTION = 1.25
"""How much more than so many times as much a thing of so many times the size may be."""
TEXTS: dict[str, Callable[[int], str]] = {
    "dots": lambda n: "." * n,
    "dots and marks": lambda n: ".”" * n,
    "blanks": lambda n: "A." + " " * n + "b",
    "double marks": lambda n: '"' * n,
    "single marks": lambda n: "'" * n,
    "opening marks": lambda n: "“a " * n,
    "closing marks": lambda n: "a” " * n,
    "elisions": lambda n: "rock 'n' roll " * n,
    "one letter": lambda n: "a" * n,
    "brackets": lambda n: "[" * n + "](b)" * n,
    "pictures": lambda n: "![" * n + "](b)" * n,
    "stars": lambda n: "*a **b _c " * n,
    "entities": lambda n: "&amp" * n,
    "lists in lists": lambda n: "- " * n + "a",
    "quotes in quotes": lambda n: "> " * n + "a",
    "lines": lambda n: "said Lee\n" * n,
}


def article_of(text: str, kind: ArticleFormat = "txt") -> Article:
    return parse_article(RawArticle("a", f"a.{kind}", kind, text, Meta()))


def test_looking_through_folders_that_we_wrote(tmp_path: Path) -> None:
    def look(size: int) -> None:
        top = tmp_path / str(size)
        if not top.exists():
            for number in range(size):
                with replaced_folder(top / f"site{number}", "pages") as fresh:
                    (fresh / "index.md").write_text("Ours.")
                (top / f"site{number}" / "mine.txt").write_text("Words.")
        assert len(folder_at(top).articles()) == size

    look(20)
    look(160)  # made before anything is measured
    assert grows_in_proportion(look, 20)


@pytest.mark.parametrize("name", TEXTS)
@pytest.mark.parametrize("kind", ["txt", "md"])
def test_reading(name: str, kind: ArticleFormat) -> None:
    def read(size: int) -> None:
        try:
            article_of(TEXTS[name](size), kind)
        except ArticleError as refusal:
            assert "deep" in str(refusal)

    assert grows_in_proportion(read, 250)


@pytest.mark.parametrize("name", TEXTS)
def test_quotation_marks_and_sentences(name: str) -> None:
    def scan(size: int) -> None:
        text = TEXTS[name](size)
        find_quotations(text, [Span(0, len(text))])
        find_sentences(Article("a", text, (Block("paragraph", 0, len(text), 1),)))

    assert grows_in_proportion(scan, 1000)


def test_the_annotated_copy_of_many_blocks_and_of_one_long_one() -> None:
    def copy(size: int, block: int) -> None:
        text = "She said no. " * size
        blocks = tuple(Block("paragraph", at, min(at + block, len(text)), 1) for at in range(0, len(text), block))
        annotate(Article("a", text, blocks), [Annotation(f"q{at}", (Span(at, at + 12),), "q") for at in range(0, len(text), 13)])

    assert grows_in_proportion(lambda size: copy(size, 13), 100)
    assert grows_in_proportion(lambda size: copy(size, 10**6), 100)


def report_of(size: int) -> Report:
    """So many quotes and claims of one speaker, in as many blocks; every second quote is negated."""
    text = "“No,” she said. " * size
    starts = range(0, len(text), 16)
    quotes = tuple(
        Quote(f"q{at}", "direct", (Span(at, at + 5),), Speaker("ann"), "marks", "high", None, (Span(at + 1, at + 4),), negated=at % 32 == 0)
        for at in starts
    )
    claims = tuple(Claim(f"c{at}", (Span(at, at + 5),), "ann", "event", "+", "asserted", "rule", quote=f"q{at}") for at in starts)
    article = Article("a", text, tuple(Block("paragraph", at, at + 15, 1) for at in starts))
    ann = Actor("ann", "Ann", "person", (Mention(6, 9, "pronoun", "rule"),))
    return Report(SCHEMA_VERSION, Provenance("0", "3", "m", "1"), article, (ann,), quotes=quotes, claims=claims)


TOLD: dict[str, Callable[[Report], object]] = {
    "sources": find_sources,
    "TEI": lambda report: tei(next(scopes(Corpus((report,), ())))),
    "annotations": lambda report: web_annotations(next(scopes(Corpus((report,), ())))),
    "facts": lambda report: gather_facts(Corpus((report,), ()), Parties.of_corpus(Corpus((report,), ())), fictional_figures()),
    "the corpus": lambda report: build_corpus([report]),
    "nothing of the text": lambda report: withhold(report, "none"),
    "excerpts": lambda report: withhold(report, "excerpts"),
    "what is withheld already": lambda report: unmasked(withhold(report, "none")),
}


@pytest.mark.parametrize("name", TOLD)
def test_what_is_told_of_many_quotes(name: str) -> None:
    reports = {size: report_of(size) for size in (300, 2400)}
    assert grows_in_proportion(lambda size: TOLD[name](reports[size]), 300)


# --- crowds -------------------------------------------------------------------------------------------------------------


SMALL, LARGE = 50, 400
"""Sizes of crowds: what goes by pairs has sixty-four times as many of them in the large one."""


@dataclass
class Crowd:
    """The latest report on each size of a crowd: what takes seconds to make is measured in more than one way.

    The reader of these reports is not the accurate one: its network takes so long that it would hide how long the rest takes.
    """

    name: str
    nlp: Language
    made: dict[int, Report] = field(default_factory=dict)

    def build(self, size: int) -> Report:
        self.made[size] = build_report(article_of(CROWDS[self.name](size)), self.nlp, attribution=TRAINED)
        return self.made[size]

    def reports(self) -> tuple[Report, Report]:
        """Those on a small and a large crowd."""
        small, large = (self.made.get(size) or self.build(size) for size in (SMALL, LARGE))
        return small, large


@pytest.fixture(scope="module", params=CROWDS)
def crowd(request: pytest.FixtureRequest, nlp: Language) -> Crowd:
    return Crowd(str(request.param), nlp)


def pages_on(report: Report) -> Iterable[Page]:
    return render_pages(build_corpus([report]), env=make_environment(), urls=Urls("file"), figures=fictional_figures())


def test_a_report_on_a_crowd_takes_time_in_proportion(crowd: Crowd) -> None:
    assert grows_in_proportion(crowd.build, SMALL, times=LARGE // SMALL)


@pytest.mark.skipif(default_attribution() != ACCURATE, reason="its runtime is not installed")
def test_the_accurate_reader_takes_time_in_proportion(crowd: Crowd) -> None:
    analyses = {size: analyse(crowd.nlp, article_of(CROWDS[crowd.name](size))) for size in (SMALL // 2, LARGE // 2)}
    judge = judge_for(ACCURATE)

    def read(size: int) -> object:
        # A copy each time: the judge keeps what it made of the article that it read last.
        return find_attributions(replace(analyses[size], article=replace(analyses[size].article)), judge)

    assert grows_in_proportion(read, SMALL // 2, times=LARGE // SMALL)


def test_a_report_on_a_crowd_has_a_size_in_proportion(crowd: Crowd) -> None:
    small, large = (len(encode_report(report)) for report in crowd.reports())
    assert large < IN_PROPORTION * small * LARGE // SMALL


def test_the_site_of_a_crowd_has_a_size_in_proportion(crowd: Crowd) -> None:
    small, large = (sum(len(page.html) for page in pages_on(report)) for report in crowd.reports())
    assert large < IN_PROPORTION * small * LARGE // SMALL


def test_two_hundred_claims_of_one_event_make_some_comparisons_each(nlp: Language) -> None:
    report = Crowd("one_event", nlp).build(200)
    assert 0 < len(report.comparisons) <= 2 * NEAREST * len(report.claims)
    assert [notice.code for notice in report.notices] == ["comparisons"]


def test_many_namesakes_are_listed_once(nlp: Language) -> None:
    report = Crowd("namesakes", nlp).build(200)
    assert report.undecided and max(len(one.candidates) for one in report.undecided) == 10
    assert [notice.code for notice in report.notices] == ["namesakes"]


TITLE = "x" * 100_000


def test_a_title_without_end_stands_on_no_page(nlp: Language) -> None:
    article = parse_article(RawArticle("a", "a.txt", "txt", speakers(50), Meta(title=TITLE, byline=TITLE, outlet=TITLE)))
    pages = list(pages_on(build_report(article, nlp)))
    assert pages and not any("x" * 301 in page.html for page in pages)


WEB: dict[str, Callable[[int], str]] = {
    "unclosed divs": lambda n: "<div>" * n,
    "unclosed emphasis": lambda n: "<p>" + "<em>" * n,
    "unclosed rows": lambda n: "<table><tr><td>" * n,
    "lists in lists": lambda n: "<ul><li>" * n,
    "words between": lambda n: "<b>a " * n,
    "ends of nothing": lambda n: "</i>" * n,
    "tags without end": lambda n: "<a" * n,
    "attributes": lambda n: "<a b='" * n,
    "paragraphs": lambda n: "<p>Ada said no.</p>" * n,
    "lines": lambda n: "<p>" + "Ada said no.<br>" * n,
    "statements": lambda n: '<script type="application/ld+json">[]</script>' * n,
}


@pytest.mark.parametrize("name", WEB)
def test_web_pages(name: str) -> None:
    said = "<p>Ada Brook said that the ferry would stop on Monday after the council had met in the harbour hall.</p>"

    def read(size: int) -> None:
        try:
            article_of(f"<html><body><article>{said}{WEB[name](size)}{said}</article></body></html>", "html")
        except ArticleError as refusal:
            assert "article" in str(refusal)

    assert grows_in_proportion(read, 1000)


@pytest.mark.parametrize("middle", ["Ada {} Brook", "Ada {}. Brook", "Ada B. {} Brook"])
def test_namesakes_of_many_articles(middle: str) -> None:
    reports = [report_on(f"a{place}", (middle.format(name),)) for place, name in enumerate(surnames(1600))]
    assert grows_in_proportion(lambda size: build_corpus(reports[:size]), 200)


# --- regular expressions ------------------------------------------------------------------------------------------------


Sought = tuple[re.Pattern[str], bool]
"""A pattern, and whether it is sought all through a text, not at one place alone."""

SCANNING = ("search", "finditer", "findall", "sub", "subn", "split")


def modules() -> Iterator[tuple[ModuleType, str]]:
    """Every module of the package that can be loaded here, and its source. What needs PyTorch has no expressions, where that is missing."""
    for module in walk_packages(onrecord.__path__, "onrecord."):
        if module.name.startswith("onrecord.train.accurate.") and not find_spec("torch"):
            needing = Path(onrecord.__path__[0], *module.name.split(".")[1:]).with_suffix(".py")
            assert not re.search(r"^(import re$|from re )", needing.read_text(encoding="utf-8"), re.MULTILINE)
        elif module.name != "onrecord.__main__":
            loaded = import_module(module.name)
            yield loaded, Path(str(loaded.__file__)).read_text(encoding="utf-8")


def held(value: object) -> Iterator[re.Pattern[str]]:
    """The compiled patterns that a value is or has in it."""
    if isinstance(value, re.Pattern) and isinstance(value.pattern, str):
        yield value
    elif isinstance(value, tuple | list | frozenset):
        for one in value:
            yield from held(one)
    elif isinstance(value, Mapping):
        yield from held(tuple(value.values()))


def named(loaded: ModuleType, source: str) -> Iterator[tuple[str, Sought]]:
    """The patterns that a module holds under a name; of several under one name nobody can tell how they are sought."""
    for name, value in vars(loaded).items():
        for number, pattern in enumerate(held(value)):
            scans = pattern is not value or re.search(rf"\b{name}\.(?:{'|'.join(SCANNING)})\b", source) is not None
            yield f"{loaded.__name__}.{name}[{number}]", (pattern, scans)


def written(loaded: ModuleType, source: str) -> Iterator[tuple[str, Sought]]:
    """The patterns that stand where they are used: ``re.sub(r"\\s+", ...)``; those that are compiled there have a name."""
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.Call(ast.Attribute(ast.Name("re"), how), [ast.Constant(str() as pattern), *rest]) if how in (*SCANNING, *AT_ONE_PLACE):
                flags = [one for one in (*rest, *(keyword.value for keyword in node.keywords)) if isinstance(one, ast.Attribute)]
                chosen = sum(getattr(re, one.attr) for one in flags if isinstance(one.value, ast.Name) and one.value.id == "re")
                yield f"{loaded.__name__}:{node.lineno}", (re.compile(pattern, chosen), how in SCANNING)


AT_ONE_PLACE = ("match", "fullmatch")


@cache
def patterns() -> dict[str, Sought]:
    """Every pattern of the package that does not depend on what it is called with, by where it stands."""
    return dict(one for loaded, source in modules() for find in (named, written) for one in find(loaded, source))


def test_every_module_that_uses_expressions_is_looked_at() -> None:
    """But for those whose patterns are not the program's."""
    using = {loaded.__name__ for loaded, source in modules() if re.search(r"^import re$", source, re.MULTILINE)}
    seen = {re.split(r"[:\[]", name)[0] for name in patterns()}
    bare = {module for module in using if not any(name == module or name.startswith(f"{module}.") for name in seen)}
    assert bare == MADE_OF_WHAT_IS_GIVEN


MADE_OF_WHAT_IS_GIVEN = {"onrecord.extract.ruler"}  # of the rules that a pipeline brings, for a token at a time


PUMPED = ["a", "A", "1", " ", ".", "-", "”", "'", "(", "a ", "A. ", "'s ", "Mr. ", "x, ", "\t "]
"""What is repeated without end: characters that the classes of our patterns hold, alone and in pairs with a blank."""


@pytest.mark.parametrize("pump", PUMPED)
def test_no_pattern_goes_back_and_forth_over_what_repeats_without_end(pump: str) -> None:
    found = patterns()
    assert len(found) > 60
    assert not [name for name, (pattern, scans) in found.items() if not _quick(pattern, scans, pump)]


def _quick(pattern: re.Pattern[str], scans: bool, pump: str) -> bool:
    def look(size: int) -> None:
        text = pump * size + "\0"
        for _ in pattern.finditer("\0" + text) if scans else [pattern.match(text)]:
            pass

    return grows_in_proportion(look, 200)


def _judge(word: str, size: int) -> None:
    find_boilerplate((word * size)[:size])


def test_the_longest_line_that_may_be_boilerplate_is_quickly_judged() -> None:
    """Its patterns try many ways, so they are shown only short lines; see LONGEST."""
    words = ["a ", "share ", "the ", "sign up for ", "watch the full ", "? ", "like ", "reporting by a ", "©", "read our a ", "tell us "]
    for word in words:
        assert grows_in_proportion(partial(_judge, word), 50)
