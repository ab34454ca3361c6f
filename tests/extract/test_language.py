"""The analysis: one Doc over the whole article, and pipelines that cannot do the work."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
import spacy
from spacy.language import Language

from onrecord.article import parse_article
from onrecord.article.read import RawArticle
from onrecord.errors import ModelError
from onrecord.extract.language import analyse, load_pipeline
from onrecord.model import Article, Block, Meta, Span

TEXT = "The bridge fell\n\nAdvertisement - story continues below\n\nNobody was hurt. Ann Lee saw it.\n"
BLOCKS = (
    Block("paragraph", 0, 15, 1),
    Block("paragraph", 17, 54, 3, boilerplate="strict"),
    Block("paragraph", 56, 88, 5),
)


def test_the_doc_is_the_article_and_offsets_count_in_it(nlp: Language) -> None:
    analysis = analyse(nlp, Article("x", TEXT, BLOCKS))
    assert analysis.doc.text == TEXT
    assert [TEXT[paragraph.block.start : paragraph.block.end] for paragraph in analysis.paragraphs] == [
        paragraph.tokens.text for paragraph in analysis.paragraphs
    ]
    assert analysis.tokens(Span(73, 80)).text == "Ann Lee"


def test_sentences_never_run_over_paragraphs_or_advertisements(nlp: Language) -> None:
    analysis = analyse(nlp, Article("x", TEXT, BLOCKS))
    assert [sentence.text for paragraph in analysis.paragraphs for sentence in paragraph.sents] == [
        "The bridge fell",
        "Nobody was hurt.",
        "Ann Lee saw it.",
    ]


def test_what_is_left_out_is_not_analysed(nlp: Language) -> None:
    analysis = analyse(nlp, Article("x", TEXT, BLOCKS))
    advertisement = analysis.tokens(Span(17, 54))
    assert [(token.dep_, token.tag_, token.ent_type_) for token in advertisement] == [("gap", "", "")]
    with pytest.raises(LookupError):
        analysis.paragraph_of(advertisement[0])


def test_each_paragraph_is_parsed_as_if_it_stood_alone(nlp: Language) -> None:
    analysis = analyse(nlp, Article("x", TEXT, BLOCKS))
    alone = nlp("Nobody was hurt. Ann Lee saw it.")
    joined = analysis.paragraphs[1].tokens
    assert [(t.text, t.dep_, t.head.text, t.lemma_, t.ent_type_) for t in joined] == [
        (t.text, t.dep_, t.head.text, t.lemma_, t.ent_type_) for t in alone
    ]


def test_an_article_with_nothing_to_analyse(nlp: Language) -> None:
    analysis = analyse(nlp, Article("x", TEXT, BLOCKS[1:2]))
    assert (analysis.doc.text, analysis.paragraphs) == (TEXT, ())


def pipeline(folder: Path, language: str, *components: str) -> str:
    nlp = spacy.blank(language)
    for component in components:
        nlp.add_pipe(component)
    nlp.to_disk(folder)
    return str(folder)


def test_a_pipeline_that_is_not_there() -> None:
    with pytest.raises(
        ModelError, match=r"^model no_such_model: no such pipeline is installed; install one with pip, or name another with --model$"
    ):
        load_pipeline("no_such_model")


def test_a_folder_that_holds_no_pipeline(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="no pipeline in that folder"):
        load_pipeline(str(tmp_path))


def test_a_pipeline_that_lacks_what_is_needed(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="it lacks parser and ner; name a pipeline that has both with --model"):
        load_pipeline(pipeline(tmp_path, "en", "sentencizer"))


def test_a_pipeline_of_another_language(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="its language is 'de', not English"):
        load_pipeline(pipeline(tmp_path, "de"))


def test_a_run_without_end_is_left_out_and_the_words_around_it_are_read(nlp: Language) -> None:
    run = "(" * 3000
    text = f"Ann Lee said that {run} it was over.\n\n{run}\n\nReed left."
    began = time.process_time()
    analysis = analyse(nlp, parse_article(RawArticle("a", "a.txt", "txt", text, Meta())))
    assert time.process_time() - began < 1
    assert "".join(token.text_with_ws for token in analysis.doc) == text
    assert [paragraph.tokens[0].text for paragraph in analysis.paragraphs] == ["Ann", "Reed"]


def longest_sentence(nlp: Language, text: str) -> int:
    analysis = analyse(nlp, parse_article(RawArticle("a", "a.txt", "txt", text, Meta())))
    assert analysis.doc.text == text
    return max(len(sentence.text) for paragraph in analysis.paragraphs for sentence in paragraph.sents)


@pytest.mark.parametrize("words", ["Ada said that ", "Mr. Brook said that ", "no, ", "“No,” ", "x" * 190 + " "])
def test_no_sentence_is_without_end(nlp: Language, words: str) -> None:
    assert longest_sentence(nlp, words * 2000) <= 5000


def test_a_long_paragraph_is_cut_between_sentences(nlp: Language) -> None:
    sentence = "Ada Brook said on Monday that the ferry would stop. "
    analysis = analyse(nlp, parse_article(RawArticle("a", "a.txt", "txt", sentence * 300, Meta())))
    assert {one.text.strip() for paragraph in analysis.paragraphs for one in paragraph.sents} == {sentence.strip()}
