"""TEI: valid by the schema of the Text Encoding Initiative, and not a character of the text changed."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from trafilatura.xml import TEI_SCHEMA

from onrecord.corpus.withholding import withhold_corpus
from onrecord.export.annotated_text import tei
from onrecord.export.table import scopes
from onrecord.model import WITHHELD, Article, Block, Corpus, Quote, QuoteKind, Report, Span, Speaker
from tests.support.fictional import fictional_report
from tests.support.reports import full_report, report

TEI = "{http://www.tei-c.org/ns/1.0}"
ID = "{http://www.w3.org/XML/1998/namespace}id"

# The DTD of TEI P5's own customisation for corpora, which comes with trafilatura.
SCHEMA = etree.DTD(TEI_SCHEMA)


def document(value: Report) -> Any:
    root = etree.fromstring(tei(next(scopes(Corpus((value,), ())))))
    assert SCHEMA.validate(root), SCHEMA.error_log.filter_from_errors()
    return root


def said(value: Report) -> list[Any]:
    return list(document(value).iter(f"{TEI}said"))


def words(element: Any) -> str:
    return "".join(element.itertext())


def of_text(text: str, *quotes: Quote, cuts: tuple[int, ...] = ()) -> Report:
    """A report on a text whose blocks are parted at ``cuts``."""
    edges = sorted({0, *(min(cut, len(text)) for cut in cuts), len(text)})
    blocks = tuple(Block("paragraph", start, end, 1) for start, end in pairwise(edges))
    return replace(report(), article=Article("a", text, blocks), quotes=quotes)


def quote(number: int, *spans: Span, kind: QuoteKind = "indirect") -> Quote:
    return Quote(f"q{number}", kind, spans, Speaker(), "r", "medium")


def test_what_is_said_has_its_speaker_and_its_kind() -> None:
    root = document(fictional_report())
    names = {person.get(ID): words(person) for person in root.iter(f"{TEI}person", f"{TEI}org")}
    first, second, *_ = root.iter(f"{TEI}said")
    assert names[first.get("who").removeprefix("#")] == "Ilse Brandt"
    assert names[first.get("toWhom").removeprefix("#")] == "the Ledger"
    assert (first.get("n"), first.get("direct"), first.get("cert")) == ("quay/q1", "false", "high")
    assert (second.get("n"), second.get("direct")) == ("quay/q2", "true")


def test_parts_of_a_quote_are_linked() -> None:
    parts = [one for one in said(fictional_report()) if one.get("n") == "quay/q2"]
    assert [words(part) for part in parts] == ["“The piles are rotten,”", "“We have no choice.”"]
    assert [part.get("next") for part in parts] == [f"#{parts[1].get(ID)}", None]
    assert [part.get("prev") for part in parts] == [None, f"#{parts[0].get(ID)}"]


def test_of_what_is_partly_quoted_only_that_part_is_in_marks() -> None:
    (mixed,) = [one for one in said(fictional_report()) if one.get("n") == "quay/q4"]
    assert mixed.get("direct") == "false"
    assert [words(q) for q in mixed.iter(f"{TEI}q")] == ["a bad joke"]


def test_unknown_and_undecided_speakers_are_nobody() -> None:
    by_id = {one.get("n"): one.get("who") for one in said(fictional_report())}
    assert by_id["quay/q4"] is None
    assert by_id["quay/q5"] is None


def test_what_is_denied_supposed_or_a_share_prompt_is_not_said() -> None:
    assert {one.get("n") for one in said(fictional_report())} == {"quay/q1", "quay/q2", "quay/q4", "quay/q5"}


@pytest.mark.parametrize("value", [fictional_report(), full_report(), report()], ids=["fictional", "full", "bare"])
def test_each_block_holds_its_text(value: Report) -> None:
    blocks = list(document(value).iter(f"{TEI}ab"))
    leaves = [leaf for leaf in value.article.leaves() if leaf.end > leaf.start]
    assert [words(block) for block in blocks] == [leaf.span.of(value.article.text) for leaf in leaves]
    assert [block.get("n") for block in blocks] == [str(leaf.start) for leaf in leaves]


SPANS = st.tuples(st.integers(0, 30), st.integers(1, 12)).map(lambda pair: Span(pair[0], pair[0] + pair[1]))


@given(st.lists(st.tuples(SPANS, st.sampled_from(["direct", "mixed", "indirect"]))), st.lists(st.integers(1, 40), max_size=3))
def test_quotes_may_cross_each_other_and_blocks(found: list[tuple[Span, QuoteKind]], cuts: list[int]) -> None:
    text = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
    quotes = [replace(quote(n, span, kind=kind), quoted_parts=(Span(span.start + 1, span.end),)) for n, (span, kind) in enumerate(found, 1)]
    value = of_text(text, *quotes, cuts=tuple(cuts))
    assert "".join(words(block) for block in document(value).iter(f"{TEI}ab")) == text
    for one in quotes:
        assert "".join(words(part) for part in said(value) if part.get("n") == f"a/{one.id}") == one.content[0].of(text)


@given(st.text(min_size=1))
def test_any_text_is_kept_but_for_what_xml_cannot_hold(text: str) -> None:
    value = of_text(text, quote(1, Span(0, 1)))
    kept = "".join(words(block) for block in document(value).iter(f"{TEI}ab"))
    assert len(kept) == len(text)
    assert all(mine == theirs or mine == "\ufffd" for mine, theirs in zip(kept, text, strict=True))
    assert all(mine == theirs for mine, theirs in zip(kept, text, strict=True) if theirs >= " " and theirs not in "\ufffe\uffff")


def test_markup_in_a_text_stays_text() -> None:
    value = of_text("</ab>&amp;<said who='#x'>", quote(1, Span(0, 5)))
    value = replace(value, article=replace(value.article, meta=replace(value.article.meta, title='<b>&"', url="https://a.example/?a&b")))
    root = document(value)
    assert words(next(root.iter(f"{TEI}title"))) == '<b>&"'
    assert len(said(value)) == 1


def test_withheld_words_are_gaps_that_keep_how_many_they_are() -> None:
    corpus = withhold_corpus(Corpus((fictional_report(),), ()), "none")
    root = etree.fromstring(tei(next(scopes(corpus))))
    assert SCHEMA.validate(root), SCHEMA.error_log.filter_from_errors()
    assert WITHHELD not in words(root)
    gaps = [int(gap.get("quantity")) for gap in root.iter(f"{TEI}gap")]
    assert sum(gaps) == len(corpus.reports[0].article.text.split()) > len(gaps) > 1


def test_quotes_of_the_same_words_nest() -> None:
    value = of_text("We will pay.", *(quote(number, Span(0, 12)) for number in range(1, 201)))
    assert [words(one) for one in said(value)] == ["We will pay."] * 200


def test_the_same_report_gives_the_same_bytes() -> None:
    scope = next(scopes(Corpus((fictional_report(),), ())))
    assert tei(scope) == tei(scope)
