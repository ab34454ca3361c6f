"""A component for spaCy pipelines of others: ``nlp.add_pipe("onrecord")``, and then ``doc._.quotes``.

spaCy finds it by the entry point ``spacy_factories``; where this module was imported, without.
"""

from __future__ import annotations

from functools import lru_cache

from spacy.language import Language
from spacy.tokens import Doc

from onrecord.library.pipeline import Pipeline
from onrecord.library.views import ActorView, QuoteView, ReportView
from onrecord.options import DEFAULT_MODEL
from onrecord.reports.json import decode_report

SPANS = "onrecord"
"""The key in ``doc.spans`` of the content of quotes, by which displaCy can show them; a label is the kind of a quote."""
_REPORT = "onrecord_json"
"""The extension that holds the report. It is JSON, since a Doc is written to bytes with all that it holds, also between processes."""


@Language.factory("onrecord", default_config={"model": DEFAULT_MODEL, "attribution": None})
def make_component(nlp: Language, name: str, model: str, attribution: str | None) -> OnrecordComponent:
    """The component for a pipeline. ``model`` and ``attribution`` are those of :class:`onrecord.Pipeline`."""
    return OnrecordComponent(Pipeline(model=model, attribution=attribution))


class OnrecordComponent:
    """Adds to each Doc the report on its text, by a pipeline of its own.

    The parse of the Doc is not used: paragraphs are parsed one by one here, with rules for words that quotation marks touch, and only with
    these was measured how often quotes are right. So the pipeline that it is added to may be any, also a blank one.
    """

    def __init__(self, pipeline: Pipeline) -> None:
        self._pipeline = pipeline
        _extend()

    def __call__(self, doc: Doc) -> Doc:
        """The same Doc with the report on its text; one without words stays without."""
        if doc.text.strip():
            report = self._pipeline.analyse(doc.text)
            doc._.set(_REPORT, report.to_json())
            spans = (
                (doc.char_span(span.start, span.end, one.kind, alignment_mode="expand"), one) for one in report.quotes for span in one.spans
            )
            doc.spans[SPANS] = [span for span, _ in spans if span is not None]
        return doc


def _extend() -> None:
    """Gives Docs their extensions, once. Raises :class:`ValueError` for a name that somebody else has given them, and takes none away."""
    for name, getter in (("report", _report), ("quotes", _quotes), ("actors", _actors)):
        if not (Doc.has_extension(name) and Doc.get_extension(name)[2] is getter):
            Doc.set_extension(name, getter=getter)
    if not Doc.has_extension(_REPORT):
        Doc.set_extension(_REPORT, default=None)


def _report(doc: Doc) -> ReportView | None:
    encoded = doc._.get(_REPORT)
    return _decoded(encoded) if encoded is not None else None


def _quotes(doc: Doc) -> tuple[QuoteView, ...]:
    report = _report(doc)
    return report.quotes if report is not None else ()


def _actors(doc: Doc) -> tuple[ActorView, ...]:
    report = _report(doc)
    return report.actors if report is not None else ()


@lru_cache(maxsize=16)
def _decoded(encoded: str) -> ReportView:
    """The view of a report, kept for a while, since each look at a Doc asks for it."""
    return ReportView(decode_report(encoded))
