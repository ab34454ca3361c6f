"""The annotated article as one piece of HTML for a notebook: it has no script and no address, and needs no style sheet."""

from __future__ import annotations

from functools import cache

from jinja2 import Environment

from onrecord.corpus.withholding import withhold
from onrecord.labels.passages import annotated_stretches, quote_notes
from onrecord.labels.summary import summarise
from onrecord.labels.terms import headline, how_much_is_shown, kind_label, shown_date
from onrecord.model import Article, Corpus, Report
from onrecord.render.engine.environment import make_environment

_LOOKS = {
    "quoted": "background: #fff3bf; color: #1c1c1c; border-bottom: 2px solid #b08900",
    "reported": "border-bottom: 2px dotted #7a8aa0",
}
"""Very words have a ground of their own; what is reported is underlined alone, so that neither is taken for the other without colours."""
_BADGE = "font-size: .7em; font-weight: bold; padding: 0 .35em"
_FOUND_BY = "A program found this; check it against the article."


def notebook_html(report: Report) -> str:
    """The annotated article of a report. It shows no more of the text than the article's own front matter allows, since notebooks are
    published."""
    report = withhold(report)
    notes = quote_notes(report)
    article = report.article
    return (
        _environment()
        .get_template("notebook/report.html")
        .render(
            title=headline(article),
            meta=_published(article),
            stretches=tuple(annotated_stretches(report)),
            notes=notes,
            by_quote={note.quote.id: note for note in notes},
            summary=summarise(Corpus((report,), ())),
            shown=how_much_is_shown(article),
            notices=report.notices,
            looks=_LOOKS,
            kind_label=kind_label,
            badge=_BADGE,
            found_by=_FOUND_BY,
        )
    )


def _published(article: Article) -> str:
    """Who published it and when, as far as the article says."""
    meta = article.meta
    return ", ".join(filter(None, (meta.byline, meta.outlet, shown_date(meta.date) if meta.date else "")))


@cache
def _environment() -> Environment:
    """Kept, because compiling a template takes longer than filling it."""
    return make_environment()
