"""A verb that is added to the list of reporting verbs, as CONTRIBUTING says, reports; one that is not listed does not."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from spacy.language import Language
from spacy.pipeline import Lemmatizer
from spacy.tokens import Doc

from onrecord.article.read import RawArticle, parse_article
from onrecord.extract import tokens
from onrecord.extract.accurate.judge import judge_for
from onrecord.extract.attributions.cues import load_cues
from onrecord.extract.attributions.find import find_attributions
from onrecord.extract.language import analyse, load_pipeline
from onrecord.model import Meta
from onrecord.options import DEFAULT_MODEL, RULES, TRAINED


@pytest.fixture
def listed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The list with one more verb, which nobody has ever used."""
    own = tmp_path / "reporting_verbs.txt"
    own.write_text(tokens.REPORTING_VERBS.read_text(encoding="utf-8").rstrip() + " blorb\n", encoding="utf-8")
    monkeypatch.setattr(tokens, "REPORTING_VERBS", own)
    _forget()
    yield
    monkeypatch.undo()
    _forget()


def _forget() -> None:
    tokens.reporting_verbs.cache_clear()
    load_cues.cache_clear()


def reported(text: str, judge: str) -> list[tuple[str, str]]:
    """The source and the lemma of the cue of each attribution."""
    analysis = analyse(load_pipeline(DEFAULT_MODEL), parse_article(RawArticle("case", "case.txt", "txt", text, Meta())))
    found, _ = find_attributions(analysis, judge_for(judge))
    return [(one.source.of(text), one.cue.lemma) for one in found if one.source is not None and one.cue is not None]


@pytest.mark.usefixtures("listed")
@pytest.mark.parametrize(
    "text", ["Lee blorbed that the bridge was old.", "“The bridge is old,” Lee blorbs.", "The bridge, Lee blorbed, is old."]
)
def test_a_listed_verb_reports(text: str) -> None:
    assert reported(text, TRAINED) == [("Lee", "blorb")]


@pytest.mark.parametrize("judge", [TRAINED, RULES])
def test_a_verb_that_is_not_listed_reports_nothing(judge: str) -> None:
    assert reported("Lee blorbed that the bridge was old.", judge) == []


LINE = re.compile(r"#.*|[0-9.]+ [^:]+:( [a-z-]+)+")


def test_every_line_of_the_list_is_a_class_with_its_verbs() -> None:
    lines = enumerate(tokens.REPORTING_VERBS.read_text(encoding="utf-8").splitlines(), 1)
    odd = [f"reporting_verbs.txt:{number}: {line}" for number, line in lines if not LINE.fullmatch(line)]
    assert not odd, f"{odd[0]}: is not read; write the verb in small letters behind the colon of its class"


def test_every_verb_of_the_list_is_a_lemma(nlp: Language) -> None:
    """In a text it is looked for by its lemma, so that "said" would never be found."""
    lemmatizer = nlp.get_pipe("lemmatizer")
    assert isinstance(lemmatizer, Lemmatizer)
    known = lemmatizer.lookups.get_table("lemma_index")["verb"]
    lemmas = {verb: lemmatizer.rule_lemmatize(Doc(nlp.vocab, words=[verb], pos=["VERB"])[0])[0] for verb in tokens.reporting_verbs()}
    forms = [f"write {lemma} for {verb}" for verb, lemma in lemmas.items() if lemma != verb and lemma in known]
    assert not forms, f"reporting_verbs.txt: {'; '.join(sorted(forms))}"
