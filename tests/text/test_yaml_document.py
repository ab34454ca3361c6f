"""The reader of YAML: whatever a text holds is read as text, or refused in one line; with libyaml and without."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from onrecord.errors import ActorsError
from onrecord.text import yaml_document
from onrecord.text.yaml_document import DEEPEST, Document, Place, YamlText, compose, read_document
from tests.support.hostile_text import TEXTS, values, yaml_of

LOADERS = {"libyaml": yaml.CBaseLoader, "Python": yaml.BaseLoader}


@pytest.fixture(params=LOADERS)
def loader(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setattr(yaml_document, "_LOADER", LOADERS[request.param])
    return str(request.param)


def source(text: str) -> YamlText:
    return YamlText(text, "a.yml", ActorsError)


def refused(text: str, read: Callable[[YamlText], object] = read_document) -> str:
    with pytest.raises(ActorsError) as raised:
        read(source(text))
    return str(raised.value)


def read_or_refused(text: str) -> None:
    for reader in (compose, read_document):
        try:
            reader(source(text))
        except ActorsError as refusal:
            said = str(refusal)
            assert len(said.splitlines()) == 1 and said.startswith("a.yml:") and "; " in said, said
            said.encode()


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("", None),
        ("# nothing", None),
        ("~", None),
        ("a: yes\nb: 012\nc: 2024-03-05\nd: 'null'", {"a": "yes", "b": "012", "c": "2024-03-05", "d": "null"}),
        ("a:\nb: ~\nc: null\nd: ''\ne: [~]", {"d": "", "e": ["~"]}),
        ("a: [{b: c}, d]", {"a": [{"b": "c"}, "d"]}),
        ('"\\ud83d\\ude00": "\\ud83d\\ude00"', {"\U0001f600": "\U0001f600"}),
        ("a: >-\n  b\n  c\n", {"a": "b c"}),
        ("? a\n: b", {"a": "b"}),
    ],
)
@pytest.mark.usefixtures("loader")
def test_every_value_is_text(text: str, value: object) -> None:
    assert read_document(source(text)).value == value


BAD = {
    "a: b\nc: *a": "2: an alias (*a); write the value out: each entry stands for itself",
    "a: &a b\nc:\n- x\n- *a": "4: an alias (*a)",
    "a: b\nc: !x d": "2: a tag (!x); take it out: every value is text",
    "a: b\n---\nc: d": "2: a second document; keep all in one, without ---",
    "a: b\na: c": "2: 'a' is given twice; keep one",
    "a: b\n? [c]\n: d": "2: a key that is no word; write a name and a colon",
    "a: b\n? {c: d}\n: e": "2: a key that is no word",
    "a: b\n'': c": "2: a key that is no word",
    '"\\N": a': "1: a key that is no word",
    '"\x85": a': "2: broken YAML: mapping values are not allowed",
    "ä: ö\nb: \x07\nc: d": "2: a character that YAML does not allow; take it out",
    "ä: ö\nb: \ud800\n": "2: a character that YAML does not allow; take it out",
    'a: b\nc: "\\ud800"': "2: half a character (a lone surrogate); write the whole one",
    'a: "\\U00110000"': "1: broken YAML: ",
    "%YAML 1." + "1" * 5_000 + "\n---\na: b": "1: broken YAML: ",
    "a: b\nc: " + "[" * 75_000: "2: nested too deeply; write at most 30 lists and keys within one another",
    "- " * 75_000: "1: nested too deeply",
}


@pytest.mark.parametrize("text", BAD, ids=range(len(BAD)))
@pytest.mark.usefixtures("loader")
def test_what_cannot_be_read_is_told_with_line_and_mend(text: str) -> None:
    said = refused(text)
    assert said.startswith(f"a.yml:{BAD[text]}") and len(said.splitlines()) == 1 and "; " in said


@pytest.mark.usefixtures("loader")
def test_a_tree_may_have_what_other_systems_write() -> None:
    root = compose(source("a: &a !x [b]\nc: *a\na: d\n? [e]\n: f"))
    assert isinstance(root, yaml.MappingNode)
    assert [value.value for _, value in root.value[2:]] == ["d", "f"]
    assert root.value[0][1] is root.value[1][1]
    assert refused("a: *b", compose) == "a.yml:1: broken YAML: an alias (*b) of nothing; mend it, or put the value in quotation marks"


def test_as_deep_as_may_be_is_read() -> None:
    assert refused("[" * (DEEPEST + 2) + "]" * (DEEPEST + 2)).startswith("a.yml:1: nested too deeply")
    assert read_document(source("[" * DEEPEST + "x" + "]" * DEEPEST)).value


def test_lines_are_those_of_the_file() -> None:
    part = YamlText("\na:\n- b: c\n  d:\n    e: f", "a.md", ActorsError, first_line=3)
    places = read_document(part).places
    assert {path: place.line for path, place in places.items()} == {"": 4, "a": 4, "a[0]": 5, "a[0].b": 5, "a[0].d": 6, "a[0].d.e": 7}
    assert str(read_document(part).refusal("a[0].d", "no", "yes")) == "a.md:6: no; yes"


# --- whatever stands there --------------------------------------------------------------------------------------------

WORDS = st.text(st.characters(codec="utf-8", exclude_characters="\x7f"), max_size=8)  # which JSON does not escape, and YAML does not allow
PLAIN = st.recursive(
    WORDS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORDS.filter(str.strip), inner, max_size=3), max_leaves=8
)


@settings(max_examples=100)
@given(PLAIN)
def test_json_is_read_as_what_it_says_where_it_says_it(value: Any) -> None:
    text = json.dumps(value)
    document = read_document(source(text))
    assert document.value == value
    assert all(json.loads(text[place.start : place.end]) == at for place, at in texts_of(document, value, ""))


def texts_of(document: Document, value: Any, path: str) -> Iterator[tuple[Place, str]]:
    """The texts within a value, with the places that the document has for them."""
    if isinstance(value, str):
        yield document.places[path], value
    elif isinstance(value, list):
        for number, one in enumerate(value):
            yield from texts_of(document, one, f"{path}[{number}]")


@settings(max_examples=60)
@given(st.data())
def test_any_yaml_is_read_or_refused_in_one_line(data: st.DataObject) -> None:
    read_or_refused(data.draw(yaml_of(data.draw(values(st.sampled_from(["actors", "name"]))))))


@settings(max_examples=60)
@given(TEXTS, TEXTS)
@example('{"\x85": 1}', "")
@example('{"\u2028": 1}', "")
@example('{"a\\nb": "\\ud83d\\ude00\\Uffffffff"}', "")
@example("? |\n  a\n  b\n: c", "")
def test_any_text_is_read_or_refused_in_one_line(one: str, other: str) -> None:
    read_or_refused(one + other)
    read_or_refused(f"a:\n- {one}: {other}\n- {other}")
