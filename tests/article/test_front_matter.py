from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from onrecord.article.front_matter import KEYS, nearest_key, split_front_matter
from onrecord.errors import ArticleError
from onrecord.model import Meta
from tests.support.hostile_text import TEXTS, values, yaml_of

FILE = "a.md"


def meta(front: str) -> Meta:
    return split_front_matter(FILE, f"---\n{front}\n---\nWords.")[0]


def test_all_that_an_article_may_say_of_itself() -> None:
    front = (
        "title: 'The vote: no'\ndate: 2024-03-05\nbyline: Ann Arbor\noutlet: The Ledger\nurl: https://ledger.example/a?b=c\ntags: {a: [1]}"
    )
    assert meta(front) == Meta("The vote: no", "Ann Arbor", "The Ledger", "2024-03-05", "https://ledger.example/a?b=c")


@pytest.mark.parametrize(
    ("front", "expected"),
    [
        ("author: Bo Berg", Meta(byline="Bo Berg")),
        ("authors:\n- Bo Berg\n- Ann Arbor", Meta(byline="Bo Berg, Ann Arbor")),
        ("source: http://a.example/x", Meta(url="http://a.example/x")),
        ("canonical: http://a.example/1\nsource_url: http://a.example/2", Meta(url="http://a.example/2")),
        ("date: 2024-03-05 10:30:00", Meta(date="2024-03-05T10:30:00")),
        ("date: '2024-03-05T10:30:00Z'", Meta(date="2024-03-05T10:30:00+00:00")),
        ("date: ~\ntitle: null\nurl:", Meta()),
        ("text: excerpts", Meta(text="excerpts")),
        ("text: none", Meta(text="none")),
        ("title: 'null'", Meta(title="null")),
        # Text stays text, whatever YAML 1.1 would make of it.
        ("title: yes", Meta(title="yes")),
        ("title: 12:30", Meta(title="12:30")),
        ("title: !!python/object/apply:os.system [ls]", None),
        ("title: !!python/name:os.system x", Meta(title="x")),
        ("title: >\n  folded\n  lines", Meta(title="folded lines")),
        ("", Meta()),
        ("# only a comment", Meta()),
        ("? [a, b]\n: c", Meta()),
    ],
)
def test_front_matter_is_read_as_text(front: str, expected: Meta | None) -> None:
    if expected is None:
        with pytest.raises(ArticleError):
            meta(front)
    else:
        assert meta(front) == expected


def test_aliases_are_not_multiplied() -> None:
    levels = "\n".join(f"l{n}: &l{n} [{', '.join([f'*l{n - 1}'] * 10)}]" for n in range(1, 30))
    assert meta(f"l0: &l0 [lol]\n{levels}\ntitle: T").title == "T"


@pytest.mark.parametrize(
    ("front", "wording"),
    [
        ("date: 5 March 2024", "a.md:2: date '5 March 2024' is no ISO 8601 date; write it as 2017-08-31"),
        ("title: T\nurl: javascript:alert(1)", "a.md:3: url 'javascript:alert(1)' is no web address; write it as https://..."),
        ("source: 'https://[x'", "a.md:2: source 'https://[x' is no web address; write it as https://..."),
        ("source: 'https://a b.example'", "a.md:2: source 'https://a b.example' is no web address; write it as https://..."),
        ("url: /relative", "a.md:2: url '/relative' is no web address; write it as https://..."),
        ("text: some", "a.md:2: text 'some' is no way to show a text; write full, excerpts or none"),
        ("title: [a]", "a.md:2: title must be a line of text; write it as title: text"),
        ("byline:\n- {a: b}", "a.md:2: byline must be a line of text; write it as byline: text"),
        ("- a\n- b", "a.md:2: the front matter is not a list of keys; write it as key: value, one a line"),
        (
            "title: T\nbyline: a: b",
            "a.md:3: broken YAML: mapping values are not allowed in this context; mend it, or put the value in quotation marks",
        ),
        (
            "title: \x07",
            "a.md:2: a character that YAML does not allow; take it out",
        ),
        (
            "title: T\nbyline: Ö\noutlet: *one",
            "a.md:4: broken YAML: an alias (*one) of nothing; mend it, or put the value in quotation marks",
        ),
        ("a: " + "[" * 5000, "a.md:2: nested too deeply; write at most 30 lists and keys within one another"),
    ],
)
def test_what_cannot_be_is_refused_with_its_line(front: str, wording: str) -> None:
    with pytest.raises(ArticleError) as raised:
        meta(front)
    assert str(raised.value) == wording


@pytest.mark.parametrize(
    ("front", "expected", "told"),
    [
        ("Source: Reuters", Meta(), "a.md:2: no web address, and counts as not given: 'Source: Reuters'"),
        ("source: Reuters", Meta(), "a.md:2: no web address, and counts as not given: 'source: Reuters'"),
        ("title: T\nsource: {name: Reuters}", Meta(title="T"), "a.md:3: no web address, and counts as not given: 'source'"),
        ("Canonical: true", Meta(), "a.md:2: no web address, and counts as not given: 'Canonical: true'"),
        ("canonical: /news/x/", Meta(), "a.md:2: no web address, and counts as not given: 'canonical: /news/x/'"),
        ("URL: /news/x/", Meta(), "a.md:2: no web address, and counts as not given: 'URL: /news/x/'"),
        ("Date: March 3, 2026", Meta(), "a.md:2: no ISO 8601 date, and counts as not given: 'Date: March 3, 2026'"),
        ("Lang: English", Meta(), "a.md:2: no code of a language, and counts as not given: 'Lang: English'"),
        ("Author: {name: Ann}", Meta(), "a.md:2: no line of text, and counts as not given: 'Author'"),
    ],
)
def test_what_another_system_says_under_a_known_name_is_told_and_left(
    front: str, expected: Meta, told: str, caplog: pytest.LogCaptureFixture
) -> None:
    assert meta(front) == expected
    assert [record.getMessage() for record in caplog.records] == [told]


def test_what_another_system_says_hides_nothing_that_is_given() -> None:
    assert meta("source: Reuters\ncanonical: https://a.example/1") == Meta(url="https://a.example/1")
    assert meta("Date: 2026-03-14\nAuthor: Ann\nURL: https://a.example/1") == Meta(
        byline="Ann", date="2026-03-14", url="https://a.example/1"
    )
    assert meta("date: 2026-03-14\nDate: Monday") == Meta(date="2026-03-14")


@pytest.mark.parametrize(
    "front", ["lang: English", "author: {name: Ann}", "source: javascript:alert(1)", "source_url: Reuters", "Text: some"]
)
def test_known_keys_as_they_are_written_here_must_say_what_can_be(front: str) -> None:
    with pytest.raises(ArticleError, match=r"^a\.md:2: "):
        meta(front)


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_lines_are_counted_on_through_the_front_matter(newline: str) -> None:
    text = newline.join(["---", "", "title: T", "---", "", "Words."])
    found, body, line = split_front_matter(FILE, text)
    assert (found.title, body.strip()) == ("T", "Words.")
    # The line of the body's first character, which is that of the words once the blanks are counted.
    assert line + body[: body.index("Words")].count("\n") == 6


def test_a_rule_at_the_top_is_no_front_matter() -> None:
    assert split_front_matter(FILE, "---\n\nWords.") == (Meta(), "---\n\nWords.", 1)


def test_front_matter_that_is_never_closed_is_named() -> None:
    with pytest.raises(ArticleError) as raised:
        split_front_matter(FILE, "---\ntitle: T\n\nWords.")
    assert str(raised.value) == "a.md:1: the front matter is never closed; put --- on a line after it"


# --- whatever stands there --------------------------------------------------------------------------------------------

KNOWN = st.sampled_from(sorted(key for keys in KEYS.values() for key in keys))
WRITTEN = st.sampled_from(["{}: {}", '{}: "{}"', "{}: '{}'", "{}: |\n  {}", "{}: &a {}", "- {}: {}"])
ESCAPES = st.sampled_from(["\\ud800", "\\ud83d\\ude00", "\\0", "\\x1b[31m", "\\u202e", "\\N", "\\U0010ffff", "\\Uffffffff", "\\n"])


def read_or_refused(text: str) -> None:
    try:
        found, body, line = split_front_matter(FILE, text)
    except ArticleError as refusal:
        said = str(refusal)
        assert len(said.splitlines()) == 1 and said.startswith(f"{FILE}:"), said
        said.encode()
        return
    values = (found.title, found.byline, found.outlet, found.date, found.url, found.lang)
    assert all(" ".join(value.encode().decode().split()) == value for value in values)
    assert text.endswith(body) and 1 <= line <= text.count("\n") + 1


@settings(max_examples=80)
@given(st.lists(st.tuples(WRITTEN, KNOWN, st.one_of(TEXTS, ESCAPES)), max_size=4))
@example([('{}: "{}"', "title", "\\ud800")])
@example([('{}: "{}"', "title", "\\ud83d\\ude00\\Uffffffff")])
def test_any_lines_are_read_or_refused_in_one_line(rows: list[tuple[str, str, str]]) -> None:
    read_or_refused("---\n" + "\n".join(form.format(key, value) for form, key, value in rows) + "\n---\nWords.")


@settings(max_examples=60)
@given(st.data())
def test_any_yaml_is_read_or_refused_in_one_line(data: st.DataObject) -> None:
    read_or_refused(f"---\n{data.draw(yaml_of(data.draw(values(KNOWN))))}\n---\nWords.")


def test_halves_of_a_character_are_joined_and_one_alone_is_refused() -> None:
    assert meta('title: "\\ud83d\\ude00 T"').title == "\U0001f600 T"
    with pytest.raises(ArticleError, match=r"^a\.md:2: half a character"):
        meta('title: "\\ud83d T"')


def test_keys_that_are_not_read_are_named_with_the_nearest_that_is(caplog: pytest.LogCaptureFixture) -> None:
    split_front_matter("a.md", "---\ntitel: X\nauther: Ann\npublished: 2026-03-04\nlayout: post\n---\nWords.")
    assert "'titel (title?)', 'auther (author?)', 'published (date?)', 'layout'" in caplog.text


@pytest.mark.parametrize("key", ["tags", "layout", "slug", "category", "draft", "texts", "description"])
def test_a_key_that_is_like_none_has_no_nearest(key: str) -> None:
    assert nearest_key(key) == ""
