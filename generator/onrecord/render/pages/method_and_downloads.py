"""Two pages: how the report was made and where it goes wrong, and the findings as files."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from itertools import islice
from pathlib import PurePath

from onrecord.export.files import ExportFile, article_files, corpus_files
from onrecord.export.table import scopes
from onrecord.labels.reliability import Measured, measured
from onrecord.labels.terms import MEANINGS, OF_RELATIONS, headline, rule_meaning, rule_name
from onrecord.model import Provenance, Report
from onrecord.render.engine.links import DOWNLOADS, METHOD, Link, Sheet, article_page, in_pages
from onrecord.render.views.assets import download_path
from onrecord.render.views.parties import OutcomeFact, all_outcomes
from onrecord.render.views.site import Body, PagePlan, Site
from onrecord.reports.figures import pipeline_of


@dataclass(frozen=True, slots=True)
class RuleCount:
    """How often a rule fired."""

    stage: str
    rule: str
    meaning: str
    count: int


@dataclass(frozen=True, slots=True)
class Text:
    """What was read of one article."""

    headline: str
    page: Link
    report: Report


@dataclass(frozen=True, slots=True)
class MethodView:
    """What ``pages/method.html`` prints."""

    provenances: tuple[Provenance, ...]
    """What made the reports; more than one only where reports of different versions were put together."""
    single: bool
    rules: tuple[RuleCount, ...]
    measured: Measured
    other_pipelines: tuple[str, ...]
    """Pipelines that made some of these reports and for which nothing was measured."""
    all_other: bool
    """Whether the measured figures hold for none of these reports."""
    judges: tuple[str, ...]
    """How quotes were judged: "trained", "rules" or the name of the file of a classifier."""
    scored: bool
    """Whether any quote has a score."""
    corrections: tuple[OutcomeFact, ...]
    """What became of the editor's corrections, those that wait for an editor first."""
    texts: Sheet[Text]


@dataclass(frozen=True, slots=True)
class TextsView:
    """What ``pages/texts.html`` prints: a page of the list of texts other than the first, which is on the method page."""

    texts: Sheet[Text]
    method: Link


@dataclass(frozen=True, slots=True)
class Download:
    """A file that can be taken away."""

    path: str
    name: str
    format: str
    size: str


@dataclass(frozen=True, slots=True)
class DownloadRow:
    """What can be taken away in one or several forms: a table of all articles, or what was found in one article."""

    name: str
    """What it is called: "quotes", or the headline of an article."""
    what: str
    """What it holds; empty for an article, where it is the same for each."""
    files: tuple[Download, ...]


@dataclass(frozen=True, slots=True)
class DownloadsView:
    """What ``pages/downloads.html`` prints."""

    whole: tuple[DownloadRow, ...]
    """What is about all articles; on the first page only."""
    sheet: Sheet[DownloadRow]
    """The articles."""


def draft_method(site: Site) -> Iterator[PagePlan]:
    """How the report was made, and where it goes wrong."""
    first, *more = in_pages(site.corpus.reports, METHOD)
    yield PagePlan(METHOD, "pages/method.html", "Method", partial(_method, site, _texts(first)))
    for sheet in more:
        title = sheet.numbered("Method: texts")
        told = f"{title}: {sheet.first:,} to {sheet.last:,} of {sheet.total:,}, with what tells each from any other."
        yield PagePlan(sheet.here.page, "pages/texts.html", title, Body(TextsView(_texts(sheet), Link(METHOD)), told).itself)


def _texts(sheet: Sheet[Report]) -> Sheet[Text]:
    return sheet.of(Text(headline(report.article), Link(article_page(report.article.id)), report) for report in sheet.items)


def _method(site: Site, texts: Sheet[Text]) -> Body:
    provenances = tuple(dict.fromkeys(facts.report.provenance for facts in site.facts))
    counts = Counter(
        (stage, rule)
        for facts in site.facts
        for stage, found in (
            ("Quotes", [quote.rule for quote in facts.report.quotes]),
            ("Claims", [claim.rule for claim in facts.report.claims]),
            ("Relations", [relation.rule for relation in facts.report.relations]),
        )
        for rule in found
    )
    stages = ("Quotes", "Claims", "Relations")
    ranked = sorted(counts.items(), key=lambda item: (stages.index(item[0][0]), -item[1], item[0][1]))
    pipelines = dict.fromkeys(pipeline_of(one) for one in provenances)
    others = tuple(name for name in pipelines if name != site.figures.pipeline)
    view = MethodView(
        provenances=provenances,
        single=site.single,
        rules=tuple(
            RuleCount(stage, rule_name(rule), rule_meaning(rule, OF_RELATIONS if stage == "Relations" else MEANINGS), count)
            for (stage, rule), count in ranked
        ),
        measured=measured(site.figures),
        other_pipelines=others,
        all_other=len(others) == len(pipelines),
        judges=tuple(dict.fromkeys(one.attribution for one in provenances)),
        scored=any(quote.score is not None for facts in site.facts for quote in facts.report.quotes),
        corrections=all_outcomes(site.corpus),
        texts=texts,
    )
    return Body(view, "How this report was made, by which versions and rules, and where it goes wrong.")


def draft_downloads(site: Site) -> Iterator[PagePlan]:
    """The findings as files."""
    for sheet in in_pages(site.corpus.reports, DOWNLOADS):
        yield PagePlan(sheet.here.page, "pages/downloads.html", sheet.numbered("Downloads"), partial(_downloads_page, site, sheet))


def _downloads_page(site: Site, sheet: Sheet[Report]) -> Body:
    # A scope is cheap and has to be made in order, since it knows what came before it; its tables are made for this page alone.
    here = islice(scopes(site.corpus), sheet.first - 1, sheet.last)
    articles = (DownloadRow(headline(scope.report.article), "", _downloads(article_files(scope), site.sizes)) for scope in here)
    whole = tuple(_rows(corpus_files(site.corpus), site.sizes)) if sheet.number == 1 else ()
    part = f" Articles {sheet.first:,} to {sheet.last:,} of {sheet.total:,}." if sheet.pages > 1 else ""
    return Body(DownloadsView(whole, sheet.of(articles)), f"All findings as data: tables, JSON with its schema, and annotations.{part}")


def _rows(files: Iterable[ExportFile], sizes: Mapping[str, int]) -> Iterator[DownloadRow]:
    """The files, those of one table in one row."""
    forms: dict[str, list[ExportFile]] = {}
    for file in files:
        forms.setdefault(PurePath(file.name).stem, []).append(file)
    for name, some in forms.items():
        yield DownloadRow(name, some[0].what, _downloads(some, sizes))


def _downloads(files: Iterable[ExportFile], sizes: Mapping[str, int]) -> tuple[Download, ...]:
    return tuple(_download(one, download_path(one), sizes) for one in files)


def _download(file: ExportFile, path: str, sizes: Mapping[str, int]) -> Download:
    return Download(path, file.name, file.format, _size(sizes[path] if path in sizes else file.size()))


def _size(count: int) -> str:
    """A number of bytes for a reader: "812 bytes", "14.2 kB"."""
    return f"{count} bytes" if count < 1000 else f"{count / 1000:.1f} kB" if count < 1_000_000 else f"{count / 1_000_000:.1f} MB"
