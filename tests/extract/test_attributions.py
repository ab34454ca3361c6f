"""Attributions, case by case: ``tests/cases/attributions*.yaml``."""

from __future__ import annotations

import ast
import inspect
from collections.abc import Callable, Mapping
from itertools import pairwise
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from spacy.language import Language

from onrecord.article.read import RawArticle, parse_article
from onrecord.extract.accurate.judge import judge_for
from onrecord.extract.actor_lookup import ResolvedActors
from onrecord.extract.attributions import candidates, continuing, layout
from onrecord.extract.attributions.attribution import Attribution
from onrecord.extract.attributions.cues import COMMUNICATION, POOLED, Cues, load_cues
from onrecord.extract.attributions.find import find_attributions
from onrecord.extract.attributions.judges import load_classifier
from onrecord.extract.attributions.quotes import find_quotes
from onrecord.extract.language import Analysis, analyse
from onrecord.labels.terms import MEANINGS
from onrecord.model import Actor, ArticleFormat, Mention, Meta, Span
from onrecord.options import TRAINED
from tests.extract.staging import CASES, case_id, read_cases


def analysis_of(nlp: Language, text: str, format: ArticleFormat = "txt") -> Analysis:
    return analyse(nlp, parse_article(RawArticle("case", f"case.{format}", format, text, Meta())))


def written(text: str, found: Attribution) -> list[str]:
    """An attribution as the cases write it."""

    def words(span: Span | None) -> str:
        return "-" if span is None else span.of(text)

    fields = [found.kind, words(found.source), words(found.cue), " ~ ".join(span.of(text) for span in found.content)]
    flags = {"negated": found.negated, "supposed": found.conditional, "stance": found.stance, "goes on": found.continues is not None}
    return fields + [name for name, holds in flags.items() if holds] + ([f"to {words(found.addressee.span)}"] if found.addressee else [])


AROUND: Mapping[str, Callable[[str, Attribution], list[str]]] = {
    "settings": lambda text, found: [span.of(text) for span in found.setting],
    "others": lambda text, found: [other.head.of(text) for other in found.others],
    "issuers": lambda text, found: [] if found.issuer is None else [found.issuer.head.of(text)],
    "outlets": lambda text, found: [name.head.of(text) for name in found.outlets],
}
"""What a case may ask beside its quotes: for each quote, in order, the words around its cue."""


@pytest.mark.parametrize("case", [case for path in sorted(CASES.glob("attributions*.yaml")) for case in read_cases(path.name)], ids=case_id)
def test_case(nlp: Language, case: Mapping[str, Any]) -> None:
    analysis = analysis_of(nlp, case["text"], case.get("format", "txt"))
    text = analysis.article.text
    attributions, _ = find_attributions(analysis, judge_for(TRAINED))
    assert [written(text, one) for one in attributions] == [[part.strip() for part in line.split("|")] for line in case["quotes"]]
    for key, read in AROUND.items():
        if key in case:
            assert [read(text, one) for one in attributions] == case[key]


def test_a_mark_that_never_closes_leaves_a_notice(nlp: Language) -> None:
    text = "“The bridge is unsafe and must be closed, the mayor said.\nNobody else spoke."
    attributions, notices = find_attributions(analysis_of(nlp, text), judge_for(TRAINED))
    assert [(notice.code, notice.span) for notice in notices] == [("unclosed-quote", Span(0, 57))]
    assert all(one.confidence == "low" for one in attributions if one.kind != "indirect")


def test_settings_say_when_and_where(nlp: Language) -> None:
    text = "“We are not happy with the deal,” Lee said Tuesday during a meeting in Northfield."
    (found,), _ = find_attributions(analysis_of(nlp, text), judge_for(TRAINED))
    assert [span.of(text) for span in found.setting] == ["Tuesday", "during a meeting in Northfield"]


def test_an_outlet_is_carried_over_to_the_speakers_next_quote_and_no_further(nlp: Language) -> None:
    text = "Reed told the Gazette that the bridge was unsafe. Reed added that it was old. Lee said that it was new."
    analysis = analysis_of(nlp, text)
    reed, lee, gazette = (
        tuple(Mention(at, at + len(name), "named") for at in range(len(text)) if text.startswith(name, at))
        for name in ("Reed", "Lee", "Gazette")
    )
    actors = (Actor("reed", "Reed", "person", reed), Actor("lee", "Lee", "person", lee), Actor("gazette", "Gazette", "media", gazette))
    resolved = ResolvedActors(actors, {Span(m.start, m.end): actor.id for actor in actors for m in actor.mentions})
    quotes = find_quotes(analysis, find_attributions(analysis, judge_for(TRAINED))[0], resolved)
    outlets = [(quote.speaker.actor, quote.outlet and (quote.outlet.actor, quote.outlet.mention is not None)) for quote in quotes]
    assert outlets == [("reed", ("gazette", True)), ("reed", ("gazette", False)), ("lee", None)]


def test_a_rare_lemma_has_the_rate_of_its_kind() -> None:
    cues = Cues({"complement": {"say": (90, 100), COMMUNICATION: (8, 10), POOLED: (0, 98)}})
    assert cues.rate("complement", "say") > cues.rate("complement", "bellow") > 0.6 > 0.1 > cues.rate("complement", "paint")
    assert cues.rate("no such frame", "say") == 0.0


def test_the_shipped_rates_are_rates() -> None:
    cues = load_cues()
    assert 0.8 < cues.rate("complement", "say") < 1
    assert cues.rate("complement", "make") < 0.2


MARKS = "“”„\"'’‘«»`"


@given(st.text(alphabet=st.sampled_from(MARKS + "ab .,\n6\u202e\U0001f600e\u0301"), max_size=120))
def test_hostile_marks_give_spans_inside_the_text(nlp: Language, text: str) -> None:
    """Whatever the marks do, every span lies in the text, contents are in order, and what is quoted is in the content."""
    if not text.strip():
        return
    attributions, notices = find_attributions(analysis_of(nlp, text), judge_for(TRAINED))
    for one in attributions:
        assert all(0 <= span.start < span.end <= len(text) for span in (*one.content, *one.quoted_parts))
        assert all(a.end <= b.start for a, b in pairwise(one.content))
        assert all(any(span.contains(part) for span in one.content) for part in one.quoted_parts)
        assert one.quoted_parts or one.kind == "indirect"
    assert all(notice.span is not None and 0 <= notice.span.start < notice.span.end <= len(text) for notice in notices)


def frames_in_code() -> set[str]:
    """The frames of candidates, with and without quotation marks, and every name that a draft of the other modules is made with."""
    modules = (continuing, layout, layout)
    drafted = {
        node.args[0].value
        for module in modules
        for node in ast.walk(ast.parse(inspect.getsource(module)))
        if isinstance(node, ast.Call) and node.args and isinstance(node.func, ast.Name) and node.func.id == "Draft"
        if isinstance(node.args[0], ast.Constant)
    }
    governed = set(get_args(candidates.Frame))
    return {*drafted, *governed, *(f"{frame} quoted" for frame in governed), *load_classifier().conventions}


def test_every_rule_has_a_meaning_for_readers() -> None:
    """A page that could only print a rule's name could not say why. The extent after a frame in the table is on no page."""
    extents = get_args(candidates.Extent)
    tabled = {
        next((frame.removesuffix(f" {e}") for e in extents if frame.endswith(f" {e}") and frame not in MEANINGS), frame)
        for frame in load_cues().frames
    }
    frames = {frame for frame in tabled | frames_in_code() if not frame.endswith(" inside")}
    assert {"complement", "new paragraph", "small clause quoted", "turn", "dash"} <= frames
    assert frames <= set(MEANINGS), frames - set(MEANINGS)
