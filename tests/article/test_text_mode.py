"""How much may be shown, in whatever way an article says it: what is meant to be withheld is withheld, or refused in a line."""

from __future__ import annotations

import itertools
import logging
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.article import load_article
from onrecord.article.front_matter import LONGEST, split_front_matter
from onrecord.article.read import parse_record
from onrecord.article.text_mode import fold, is_nearly_mode_key, looks, looks_like_mode_key
from onrecord.errors import ArticleError, notes_told
from onrecord.options import TextMode

FILE = "a.md"
ORDERED = ("text: none", "Text: full", "text_mode: excerpts", "TEXT MODE: full")


def mode(front: str) -> TextMode:
    return split_front_matter(FILE, f"---\n{front}\n---\nWords.")[0].text


def refused(text: str, file: str = FILE) -> str:
    with pytest.raises(ArticleError) as raised:
        split_front_matter(file, text)
    said = str(raised.value)
    assert len(said.splitlines()) == 1 and said.startswith(f"{file}:")
    return said


# --- the strictest wins --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("order", list(itertools.permutations(ORDERED, 3)))
def test_of_several_the_one_that_shows_least_holds(order: tuple[str, ...]) -> None:
    expected = "none" if "text: none" in order else "excerpts"
    assert mode("\n".join(order)) == expected


@pytest.mark.parametrize(
    "front",
    [
        "Text: none",
        "TEXT: none",
        "text: None",
        "text: NONE",
        'text: "none "',
        "text: ' none'",
        '"text ": none',
        "text : none",
        "text-mode: none",
        "textmode: none",
        "Text Mode: none",
        "text: none # for now",
        "text: |\n  none",
        "te\u200bxt: none",
        "text: no\u200bne",
        "\ufefftext: none",
        "ｔｅｘｔ: ｎｏｎｅ",
        "? text\n: none",
        "!!str text: !!str none",
        '"t\\u0065xt": "n\\u006fne"',
        "a: &x none\ntext: *x",
        "txt: none",
        "tetx: none",
        "texte: none",
        "text: none\n...",
    ],
)
def test_it_may_be_said_in_many_ways(front: str) -> None:
    assert mode(front) == "none"


@pytest.mark.parametrize(
    "front",
    [
        "text:",
        "text: ~",
        "text: null",
        "text: no",
        "text: false",
        "text: off",
        "text: hidden",
        "text: ''",
        "text: none, please",
        "text: [none]",
        "text: {mode: none}",
        "text: nоne",
        "tехt: none",
        "téxt: full",
        "text: full\ntext: some",
        "<<: {text: none}",
        "base: &b {text: none}\n<<: *b",
        "text: none\n...\ntext: full",
        "text: none\n--- !!x\ntext: full",
        "title: T\n text: none",
        "title: T\ntext：none",
        "text:none",
        "- text: none",
        "text none",
    ],
)
def test_what_is_in_doubt_is_refused(front: str) -> None:
    refused(f"---\n{front}\n---\nWords.")


def test_a_tab_may_stand_before_the_mode() -> None:
    assert mode("text:\tnone") == "none"


# --- where it stands -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("before", ["", "\n", "\n\n", "  \n", "\ufeff", "\u200b\n", " ", "\t", "\u00a0\n", "\ufeff\n\ufeff"])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("dashes", ["---", "-----", "--- ", "---\u200b"])
def test_blanks_before_front_matter_do_not_make_it_text(before: str, newline: str, dashes: str) -> None:
    text = f"{before}{dashes}\ntitle: T\ntext: none\n{dashes}\nWords.".replace("\n", newline)
    meta, body, line = split_front_matter(FILE, text)
    assert (meta.text, meta.title, body.strip()) == ("none", "T", "Words.")
    assert line + body[: body.index("Words")].count("\n") == text[: text.index("Words")].count("\n") + 1


def test_front_matter_may_be_indented_as_a_whole() -> None:
    meta, body, _ = split_front_matter(FILE, "  ---\n  title: T\n  text: none\n  ---\nWords.")
    assert (meta.text, meta.title, body.strip()) == ("none", "T", "Words.")


def test_dashes_within_a_value_do_not_end_front_matter() -> None:
    meta, body, _ = split_front_matter(FILE, "---\ntitle: |\n  a\n  ---\n  b\ntext: none\n---\nWords.")
    assert (meta.text, meta.title, body.strip()) == ("none", "a --- b", "Words.")


def test_lines_are_counted_from_the_top_of_the_file() -> None:
    assert refused("\n\n---\ntitle: T\ntext: some\n---\nWords.").startswith("a.md:5: text 'some' is no way")
    assert refused("\n\n---\ntitle: T\nbyline: a: b\n---\nWords.").startswith("a.md:5: broken YAML")


@pytest.mark.parametrize(
    "text",
    [
        "\n---\n\nWords.\n\n---\nMore.",
        "\n---\nShe said: no.\n---\nMore.",
        "***\nWords: no\n***",
        "-- a\nb: c",
        "\n---\nDate: Monday\n\nOutlet staff said it.\n---\nMore.",
        "\n---\nTitle fight: Moss wins.\n\nMoss won.\n---\nMore.",
        "\n---\nAuthor: I never wrote it.\nReporter: You did.\n---\nMore.",
        "\n---\nText: None of them came.\nReporter: Why?\n---\nMore.",
        "\n---\nNote: a text that has one rule.\n\nWords.",
    ],
)
def test_a_rule_after_a_blank_line_is_no_front_matter(text: str) -> None:
    assert split_front_matter(FILE, text)[1:] == (text, 1)


@pytest.mark.parametrize(
    "text",
    [
        "\n---\nDate: Monday\nText: none\n\nOutlet staff said it.\n---\nMore.",
        "---\ntext: none\n...\nWords.",
        "\n---\ntext: none\n\nWords.",
        "---\rtext: none\r---\rWords.",
        "---\u2028text: none\u2028---\u2028Words.",
        "———\ntext: none\n———\nWords.",
        "—\ntext: none\n—\nWords.",
        "–-\ntext: none\n–-\nWords.",
        '+++\ntext = "none"\n+++\nWords.',
        "--\ntext: none\n--\nWords.",
        "--- # yaml\ntext: none\n---\nWords.",
        "text: none\n\nWords.",
        "Text-Mode: None\ntitle: T\n\nWords.",
        "'text': none\n\nWords.",
        "===\ntitle: T\nTEXT: excerpts\n===\nWords.",
        "———\ntехt: none\n———\nWords.",
    ],
)
def test_what_looks_like_front_matter_and_is_none_is_refused_where_it_would_be_shown(text: str) -> None:
    refused(text)


def test_front_matter_of_plain_text_counts_between_dashes_alone(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text("---\ntext: none\n---\nWords.", encoding="utf-8")
    assert load_article(file).meta.text == "none"
    file.write_text("title: T\ntext: none\n\nWords.", encoding="utf-8")
    with pytest.raises(ArticleError, match=r"a\.txt:2: 'text' stands where it is not read"):
        load_article(file)


def test_front_matter_of_a_web_page_is_read_so_too(tmp_path: Path) -> None:
    file = tmp_path / "a.html"
    words = "<p>The old quay will fall, and nobody knows when. It has stood for years.</p>" * 4
    file.write_text(f"\n---\nText: None\ntext: full\n---\n<html><body><article>{words}</article></body></html>", encoding="utf-8")
    assert load_article(file).meta.text == "none"


UNSEEN = st.text("\u200b\u200d\u2060\ufeff\u00ad", max_size=2)
OTHERS = st.sampled_from(["title: T", "text: full", "Text: full", "text_mode: excerpts", "tags: [a]", "x: {text: full}", "# no", ""])
KEYS = st.sampled_from(["text", "Text", "TEXT", "text_mode", "Text Mode", '"text"', "ｔext"])
VALUES = st.sampled_from(["none", "None", "NONE", '"none "', "'none'", "ｎone"])
DASHES = st.sampled_from(["---", "----", "--- ", "—", "———", "+++", "--", "---\u00a0", "---\t", "--- # x", "…---"])
BLANKS = st.lists(st.sampled_from(["\n", " ", "\t", "\ufeff", "\u200b", "\r\n", "\u00a0", "\u2028"]), max_size=4).map("".join)


@st.composite
def quiet(draw: st.DrawFn) -> str:
    """A file whose author asks for nothing to be shown, in some way or another."""
    key = "".join(one + draw(UNSEEN) for one in draw(KEYS))
    value = "".join(one + draw(UNSEEN) for one in draw(VALUES))
    asked = f"{key}:{draw(st.sampled_from([' ', '  ', ' !!str ', ' &a ']))}{value}"
    lines = [*draw(st.lists(OTHERS, max_size=3)), asked, *draw(st.lists(OTHERS, max_size=3))]
    dashes = draw(DASHES)
    end = draw(st.sampled_from([dashes, "---", "...", ""]))
    newline = draw(st.sampled_from(["\n", "\r\n", "\r", "\u2028"]))
    return draw(BLANKS) + newline.join([dashes, *lines, end, "Words that nobody may read."])


@settings(max_examples=300)
@given(quiet())
def test_who_asks_for_nothing_to_be_shown_is_understood_or_told(text: str) -> None:
    try:
        meta, body, _ = split_front_matter(FILE, text)
    except ArticleError as refusal:
        assert len(str(refusal).splitlines()) == 1
        return
    assert meta.text == "none" and "none" not in fold(body)


# --- records -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "columns",
    [
        {"text_mode": "none"},
        {"Text_Mode": "none"},
        {"textMode": "None", "text_mode": "full"},
        {"text mode": " none "},
        {"text_mode": "full", "TEXT_MODE": "none"},
    ],
)
def test_a_column_says_it_in_any_case_and_the_strictest_holds(columns: dict[str, object]) -> None:
    assert parse_record({"id": "a", "text": "Words.", **columns}, "a.jsonl:1").meta.text == "none"


@pytest.mark.parametrize(
    "columns", [{"text_mode": ""}, {"text_mode": False}, {"text_mode": ["none"]}, {"tехt_mode": "none"}, {"Text_Mode": "x"}]
)
def test_a_column_in_doubt_is_refused(columns: dict[str, object]) -> None:
    with pytest.raises(ArticleError, match=r"^a\.jsonl:1: "):
        parse_record({"id": "a", "text": "Words.", **columns}, "a.jsonl:1")


@pytest.mark.parametrize(
    "columns",
    [
        {"txt_mode": "none"},
        {"text_mod": "none"},
        {"textmodes": "none"},
        {"TEXT": "none"},
        {"txt": "none"},
        {"Text": "None", "text_mode": "excerpts"},
    ],
)
@pytest.mark.parametrize("content", ["text", "markdown"])
def test_slips_in_a_column_are_read_as_in_front_matter(columns: dict[str, object], content: str) -> None:
    assert parse_record({"id": "a", content: "Words.", **columns}, "a.jsonl:1").meta.text == "none"


@pytest.mark.parametrize(
    ("columns", "said"),
    [
        ({"Text": "hidden"}, "Text 'hidden' is no way to show a text"),
        ({"TEXT": False}, "must be a line of text"),
        ({"tехt": "none"}, "only looks like text_mode"),
        ({"meta": {"text_mode": "none"}}, "'text_mode' stands within the column 'meta', where it is not read"),
        ({"meta": [{"x": {"Text": "no"}}]}, "'Text' stands within the column 'meta'"),
        ({"meta": {"text": False}}, "'text' stands within the column 'meta'"),
        ({"text_mode": "excerpts", "meta": {"text": "none"}}, "'text' stands within the column 'meta'"),
    ],
)
def test_what_is_in_doubt_in_other_columns_is_refused(columns: dict[str, object], said: str) -> None:
    with pytest.raises(ArticleError, match=rf"^a\.jsonl:1: .*{said}"):
        parse_record({"id": "a", "markdown": "Words.", **columns}, "a.jsonl:1")


@pytest.mark.parametrize(
    "columns",
    [
        {"Text": "Words that another system has under this name, and many of them."},
        {"TEXT": ["Words."]},
        {"ext": "pdf"},
        {"next": "none"},
        {"meta": {"text": "Words.", "text_mode": ""}},
        {"Text": None},
        {"TEXT": ""},
    ],
)
def test_columns_of_other_systems_are_left_alone(columns: dict[str, object]) -> None:
    assert parse_record({"id": "a", "markdown": "Words.", **columns}, "a.jsonl:1").meta.text == "full"


def test_front_matter_in_a_record_of_plain_text_is_refused_as_in_a_file() -> None:
    record = {"id": "a", "text": "---\ntext: none\n---\nWords."}
    with pytest.raises(ArticleError, match=r"^a\.jsonl:1:2: 'text' stands where it is not read"):
        parse_record(record, "a.jsonl:1")
    assert parse_record(record | {"text_mode": "none"}, "a.jsonl:1").meta.text == "none"


@pytest.mark.parametrize("column", ["markdown", "html"])
def test_front_matter_in_a_record_is_no_text(column: str) -> None:
    source = parse_record({"id": "a", column: "---\ntitle: T\ntext: none\n---\nWords.", "byline": "B", "text_mode": "full"}, "a.jsonl:1")
    assert (source.meta.text, source.meta.title, source.meta.byline, source.text.strip()) == ("none", "T", "B", "Words.")
    assert source.first_line == 4


# --- what is told --------------------------------------------------------------------------------------------------


def test_keys_that_are_not_read_or_stand_there_twice_are_told(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING):
        split_front_matter(FILE, "---\ntitle: A\nTitle: B\ntext: none\ntext: full\ntags: [a]\n'lay\tout': x\n---\nWords.")
    assert [record.getMessage() for record in caplog.records] == [
        "a.md:3: title stands in the front matter 2 times; the last holds",
        "a.md:5: text stands in the front matter 2 times; the one that shows least holds",
        "a.md: keys of the front matter that are not read: 'tags', 'lay\\tout'",
    ]


def test_of_many_keys_that_are_not_read_a_few_are_told(caplog: pytest.LogCaptureFixture) -> None:
    split_front_matter(FILE, "---\n" + "\n".join(f"k{n}: v" for n in range(99)) + "\n---\nWords.")
    assert caplog.records[0].getMessage().endswith("'k0', 'k1', 'k2', 'k3', 'k4' and 94 more")


def test_a_key_that_is_nearly_one_is_taken_for_it_and_told(caplog: pytest.LogCaptureFixture) -> None:
    assert mode("txt: excerpts") == "excerpts"
    assert caplog.records[0].getMessage() == (
        "a.md:2: taken for text, which it nearly is, so that less is shown; write text, or give it another name: 'txt'"
    )
    assert mode("layout: none\nrobots: none\ntag: none") == "full"


@pytest.mark.parametrize("key", ["ttext", "teext", "ext", "tex", "etxt", "tetx", "text_mde", "texd_mode", "text_modes"])
def test_letters_that_are_missing_twice_or_swapped_are_slips(key: str) -> None:
    assert mode(f"{key}: none") == "none"


@pytest.mark.parametrize("key", ["next", "test", "tent", "exit", "contex", "Next", "team_mode"])
def test_another_word_is_no_slip(key: str) -> None:
    assert mode(f"{key}: none") == "full"


# --- its size ------------------------------------------------------------------------------------------------------


@pytest.mark.slow
def test_front_matter_has_a_limit_that_is_quickly_read() -> None:
    began = time.process_time()
    line = "k: [" + "a, " * 30 + "b]\n"
    said = refused(f"---\n{line * 20_000}---\nWords.")
    assert said == f"a.md:1: the front matter has {len(line) * 20_000 + 1:,} characters, of which the limit is {LONGEST:,}; shorten it"
    mode((line * (LONGEST // len(line)))[:-1])
    assert time.process_time() - began < 5


# --- words ---------------------------------------------------------------------------------------------------------


@given(st.text(max_size=20))
def test_no_word_breaks_it(word: str) -> None:
    assert fold(fold(word)) == fold(word)
    assert looks(word).isprintable() or not word.isprintable() or looks(word) == ""
    assert not (looks_like_mode_key(word) and fold(word).replace("_", "") == "text")
    is_nearly_mode_key(word, "none")


def test_notes_are_passed_on_in_one_line_each_while_somebody_listens() -> None:
    told: list[str] = []
    with notes_told(told.append):
        split_front_matter("a\nb.md", "---\ntitle: A\ntags: B\n---\nWords.")
    split_front_matter(FILE, "---\nother: A\n---\nWords.")
    assert told == ["a b.md: keys of the front matter that are not read: 'tags'"]
