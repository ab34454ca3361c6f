"""From an article's file or text to the view of its report, and from reports to a finished site."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, fields
from datetime import date as Date
from functools import cache as kept
from functools import partial
from os import PathLike
from pathlib import Path

from onrecord.article import article_ids, load_article, parse_article
from onrecord.article.publication import today
from onrecord.article.read import parse_record
from onrecord.errors import ArticleError, OutputError, ReportsError
from onrecord.faults import Tell, at_article, refuse
from onrecord.gazetteer import NO_GAZETTEER, load_gazetteer
from onrecord.library.views import ReportView
from onrecord.model import Article, Report
from onrecord.options import DEFAULT_MODEL, LONGEST, TextMode, default_attribution
from onrecord.reports.cache import ReportCache, default_cache
from onrecord.reports.extraction import Reader, Reporter
from onrecord.reports.reading import find_reports

Place = str | PathLike[str]
"""A path."""


@dataclass(frozen=True, kw_only=True)
class Pipeline:
    """Reads articles, and loads what it needs for that once, with the first of them.

    Make one and keep it where many articles are read. Whatever is wrong with the input raises an :class:`onrecord.errors.OnrecordError`
    whose message is one line with the place and the mend.
    """

    model: str = DEFAULT_MODEL
    """An installed English spaCy pipeline with a parser and NER, by name or path."""
    attribution: str | None = None
    """How quotes get their speakers: ``accurate``, ``trained``, ``rules``, or the path of what ``onrecord train`` made; without it, the
    most accurate that is installed."""
    actors: Place | None = None
    """An ``actors.yml``, which says who exists."""
    cache: bool | Place = False
    """Whether reports are kept on disk, so that an article is read once: in the folder that the commands use, or in this one."""
    jobs: int = 1
    """The most processes for :meth:`read_all`. With more than one a script needs the usual ``if __name__ == "__main__":``."""
    longest: int = LONGEST
    """The most characters of an article."""
    _reporter: Reporter = field(init=False, repr=False, compare=False)
    _reader: Reader = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        folder = default_cache() if self.cache is True else Path(self.cache) if self.cache else None
        gazetteer = load_gazetteer(Path(self.actors)) if self.actors is not None else NO_GAZETTEER
        # The class is frozen, so that fields which follow from others are set this way, once.
        object.__setattr__(self, "_reporter", Reporter(jobs=self.jobs, cache=ReportCache(folder) if folder else None))
        object.__setattr__(self, "_reader", Reader(self.model, self.attribution or default_attribution(), gazetteer))

    def __reduce__(self) -> tuple[partial[Pipeline], tuple[()]]:
        """Another process makes its own: what was loaded cannot be sent there."""
        chosen = {one.name: getattr(self, one.name) for one in fields(self) if one.init}
        return partial(Pipeline, **chosen), ()

    def read(self, path: Place) -> ReportView:
        """The report on the article in a file."""
        return self._report(_load(Path(path), self.longest))

    def analyse(
        self,
        text: str,
        *,
        title: str = "",
        date: str | Date = "",
        byline: str = "",
        outlet: str = "",
        url: str = "",
        lang: str = "",
        id: str = "text",
    ) -> ReportView:
        """The report on an article that is plain text. Its text stays as it is, so that offsets count in it; blank lines part paragraphs.

        What else is known of the article is given by name, as in front matter; nothing of it is guessed.
        """
        given = {"title": title, "date": date, "byline": byline, "outlet": outlet, "url": url, "lang": lang}
        record = {"id": id, "text": text, **{name: value for name, value in given.items() if value}}
        return self._report(parse_article(parse_record(record, id), longest=self.longest, now=today()))

    def read_all(self, paths: Iterable[Place], *, on_error: Tell = refuse) -> Iterator[ReportView]:
        """The reports on the articles in these files, in their order, each made when it is asked for.

        An article that cannot be read raises its error; where ``on_error`` is given it is called with the error instead, and the others are
        read. Files of one stem get ids of their own.
        """
        for report in self._reporter.reports(self._articles([Path(path) for path in paths], on_error), self._reader, on_error):
            yield ReportView(report)

    def _articles(self, files: list[Path], tell: Tell) -> Iterator[Article]:
        for file, id in zip(files, article_ids(files), strict=True):
            try:
                yield _load(file, self.longest, id)
            except ArticleError as problem:
                tell(problem)

    def _report(self, article: Article) -> ReportView:
        (report,) = self._reporter.reports([article], self._reader)
        return ReportView(report)


def _load(path: Path, longest: int, id: str | None = None) -> Article:
    if path.is_dir():
        raise ArticleError(f"{path}: is a folder; give its files to onrecord.Pipeline().read_all")
    with at_article("reading", str(path), id or path.stem):
        return load_article(path, id=id, longest=longest)


@kept
def _usual() -> Pipeline:
    """The pipeline with all defaults, loaded once."""
    return Pipeline()


def read(path: Place) -> ReportView:
    """The report on the article in a ``.md``, ``.txt`` or ``.html`` file. The first call loads what is needed, which takes seconds."""
    return _usual().read(path)


def analyse(
    text: str,
    *,
    title: str = "",
    date: str | Date = "",
    byline: str = "",
    outlet: str = "",
    url: str = "",
    lang: str = "",
    id: str = "text",
) -> ReportView:
    """The report on an article that is plain text; see :meth:`Pipeline.analyse`."""
    return _usual().analyse(text, title=title, date=date, byline=byline, outlet=outlet, url=url, lang=lang, id=id)


def load(*paths: Place) -> tuple[ReportView, ...]:
    """The reports in files that ``onrecord extract`` wrote, or in folders of its parts. Raises :class:`ReportsError` for anything else."""
    names = [str(path) for path in paths]
    found = find_reports(names)
    if found is None:
        raise ReportsError(f"{', '.join(names) or 'load()'}: no reports there; name what onrecord extract wrote, or read articles")
    return tuple(ReportView(report) for report in found)


def build(
    reports: Iterable[ReportView | Report],
    folder: Place,
    *,
    title: str | None = None,
    text: TextMode = "full",
    review: bool = False,
) -> Path:
    """Builds a finished site in a folder, as ``onrecord build`` does, and returns its first page.

    Of what is in the folder, the files are replaced that an earlier build wrote, in one step when all is done. ``title`` is by default that
    of a single article; ``text`` says how much of each article is shown; ``review`` adds the review queue, for editors. Raises
    :class:`onrecord.errors.OutputError` where the folder holds something else, or cannot be written to.
    """
    from mkdocs.exceptions import Abort

    from onrecord.assembly.mkdocs_run import SiteOptions, write_site
    from onrecord.assembly.site import gather_corpus
    from onrecord.assembly.write import replaced_folder

    plain = [one.value if isinstance(one, ReportView) else one for one in reports]
    if not plain:
        raise OutputError(f"{folder}: no report to build a site of; give at least one")
    told: list[str] = []
    with replaced_folder(Path(folder), "build") as fresh:
        try:
            write_site(fresh, gather_corpus(plain), SiteOptions(title=title or "", text=text, review=review), told.append)
        except Abort as stop:
            raise OutputError(f"{folder}: MkDocs stopped ({'; '.join(told) or stop}); mend that, and build again") from stop
    return Path(folder) / "index.html"
