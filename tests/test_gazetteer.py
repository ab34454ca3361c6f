"""The user's file of actors: what it may say, and what is said of what it may not."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.errors import ActorsError
from onrecord.gazetteer import NO_GAZETTEER, Gazetteer, KnownActor, gazetteer_schema, load_gazetteer
from tests.support.hostile_text import TEXTS, values, yaml_of

FULL = """\
actors:
  - name: Ilse Brandt
    type: person
    aliases: [Mayor Brandt, "I. Brandt"]
    links:
      - Q42
      - https://brandt.example/about
    not: [Ilse Brandt-Lee]
  - name: Harbour Authority
    aliases:
"""


def load(tmp_path: Path, text: str | bytes) -> Gazetteer:
    file = tmp_path / "actors.yml"
    file.write_bytes(text if isinstance(text, bytes) else text.encode(errors="surrogatepass"))
    return load_gazetteer(file)


def test_a_full_file(tmp_path: Path) -> None:
    links = ("https://www.wikidata.org/wiki/Q42", "https://brandt.example/about")
    brandt = KnownActor("Ilse Brandt", "person", ("Mayor Brandt", "I. Brandt"), links, ("Ilse Brandt-Lee",))
    gazetteer = load(tmp_path, FULL)
    assert gazetteer.entries == (brandt, KnownActor("Harbour Authority"))
    assert gazetteer.find("the  HARBOUR authority") == (KnownActor("Harbour Authority"),)
    assert gazetteer.find("mayor brandt") == (brandt,)
    assert gazetteer.entry("Mayor Brandt") is None
    assert gazetteer.excludes("Ilse Brandt", ["Ilse Brandt-Lee"]) and not gazetteer.excludes("Ilse Brandt", ["Ilse Brandt"])
    jsonschema.Draft202012Validator(gazetteer_schema()).validate(yaml.safe_load(FULL))


@pytest.mark.parametrize("text", ["", "# nothing yet\n", "actors:\n", "actors: []\n", "\ufeffactors: []\n"])
def test_a_file_that_says_nothing(tmp_path: Path, text: str) -> None:
    assert load(tmp_path, text) == NO_GAZETTEER
    jsonschema.Draft202012Validator(gazetteer_schema()).validate(yaml.safe_load(text))


def test_a_name_goes_before_an_alias_and_two_entries_may_share_one() -> None:
    one, other = KnownActor("Jo Smith", aliases=("Smith",)), KnownActor("Kim Smith", aliases=("Smith", "Jo Smith"))
    gazetteer = Gazetteer((one, other))
    assert gazetteer.find("Smith") == (one, other)
    assert gazetteer.find("Jo Smith") == (one,)


BAD = {
    "- a\n": ":1: the file must begin with actors:; write actors: and below it a list of entries",
    "people: []\n": ":1: there is no key 'people'; the only one is actors",
    "actors: Jo\n": ":1: expected a list, got text at actors; write a list, each item on a line that begins with -",
    "actors:\n- Jo Smith\n": ":2: entry number 1: expected keys and values, got text; write it as - name: Ada Brook",
    "actors:\n- type: person\n": ":2: entry number 1: it lacks the key 'name'; add name: and the full name",
    "actors:\n- name: Jo\n  nmae: Jo\n": ":3: entry 'Jo': there is no key 'nmae'; use name, type, aliases, links, not",
    "actors:\n- name: Jo\n  name: Jo\n": ":3: 'name' is given twice; keep one",
    "actors:\n- name:\n": ":2: entry number 1: it lacks the key 'name'; add name: and the full name",
    "actors:\n- name: [Jo]\n": ":2: entry number 1: expected text, got a list at name; write the words, in quotation marks",
    "actors:\n- name: '...'\n": ":2: '...' is no name; give one of letters, at most 200 of them",
    "actors:\n- name: Jo\n  type: human\n": ":3: entry 'Jo': 'human' cannot stand at type; use one of person, organization, state,",
    "actors:\n- name: Jo\n  type: narrator\n": ":3: entry 'Jo': 'narrator' cannot stand at type",
    "actors:\n- name: Jo\n  aliases: Joey\n": ":3: entry 'Jo': expected a list, got text at aliases; write a list, each item on a line",
    "actors:\n- name: Jo\n  aliases: [{a: b}]\n": ":3: entry 'Jo': expected text, got keys and values at aliases[0]; write the words",
    "actors:\n- name: Jo\n  links: ['javascript:alert(1)']\n": ":3: link 'javascript:alert(1)' is neither a web address nor a Wikidata id",
    "actors:\n- name: Jo\n  links: [Q4x]\n": ":3: link 'Q4x' is neither a web address nor a Wikidata id; write https://... or, say, Q42",
    "actors:\n- name: Jo Smith\n- name: the JO  smith\n": ":3: 'the JO smith' is named on line 2 too; make them one entry",
    "actors:\n- name: Jo\n  type: person\n bad\n": ":4: broken YAML: ",
    "actors: [\n": "broken YAML: ",
    "actors:\n- name: a\x00b\n": ":2: a character that YAML does not allow; take it out",
    "[" * 5000: ":1: nested too deeply; write at most 30 lists and keys within one another",
    "actors:\n- name: &jo Jo\n- name: Kim\n  aliases: [*jo]\n": ":4: an alias (*jo); write the value out: each entry stands for itself",
    "actors:\n- name: !!python/name:os.system Jo\n": ":2: a tag (tag:yaml.org,2002:python/name:os.system); take it out",
    "actors:\n- [a]: Jo\n": ":2: a key that is no word; write a name and a colon",
    "actors: []\nactors: []\n": ":2: 'actors' is given twice; keep one",
    "actors: []\n---\nactors: []\n": ":2: a second document; keep all in one, without ---",
    b"actors:\n- name: J\xf6\n": ": byte 17 is not UTF-8; save the file as UTF-8",
}


@pytest.mark.parametrize("text", BAD, ids=range(len(BAD)))
def test_what_is_wrong_is_told_with_its_line_and_mend(tmp_path: Path, text: str | bytes) -> None:
    with pytest.raises(ActorsError) as caught:
        load(tmp_path, text)
    message = str(caught.value)
    assert message.startswith(f"{tmp_path / 'actors.yml'}:")
    assert BAD[text] in message
    assert "; " in message and "\n" not in message


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(ActorsError, match="cannot be read"):
        load_gazetteer(tmp_path / "none.yml")


@pytest.mark.parametrize("nothing", ["", " ~", " null"])
def test_a_key_with_nothing_behind_it_is_not_given(tmp_path: Path, nothing: str) -> None:
    text = f"actors:\n- name: Jo\n  type:{nothing}\n  aliases:{nothing}\n"
    assert load(tmp_path, text).entries == (KnownActor("Jo"),)
    jsonschema.Draft202012Validator(gazetteer_schema()).validate(yaml.safe_load(text.replace(f"  type:{nothing}\n", "")))


def test_halves_of_a_character_as_json_writes_them_are_joined(tmp_path: Path) -> None:
    assert load(tmp_path, '{"actors": [{"name": "Jo \\ud83d\\ude00"}]}').entries == (KnownActor("Jo \U0001f600"),)


names = st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "Zs")), min_size=1, max_size=20)
fields: dict[str, Any] = {
    "aliases": st.lists(names, max_size=2),
    "not": st.lists(names, max_size=2),
    "type": st.sampled_from(["person", "state"]),
}


@given(st.lists(st.fixed_dictionaries({"name": names}, optional=fields), max_size=3))
def test_any_names_are_taken_or_refused_in_one_line(tmp_path_factory: pytest.TempPathFactory, entries: list[dict[str, Any]]) -> None:
    text = yaml.safe_dump({"actors": entries}, allow_unicode=True)
    try:
        gazetteer = load(tmp_path_factory.mktemp("any"), text)
    except ActorsError as error:
        assert "\n" not in str(error) and "; " in str(error)
    else:
        assert [entry.name for entry in gazetteer.entries] == [" ".join(entry["name"].split()) for entry in entries]
        assert all(gazetteer.find(entry.name) == (entry,) for entry in gazetteer.entries)


@settings(max_examples=60)
@given(st.data())
def test_any_yaml_is_taken_or_refused_in_one_line(tmp_path_factory: pytest.TempPathFactory, data: st.DataObject) -> None:
    entry = st.fixed_dictionaries({"name": TEXTS}, optional={key: values(st.just(key)) for key in ("type", "aliases", "links", "not")})
    value = data.draw(
        st.one_of(values(st.sampled_from(["actors", "name"])), st.fixed_dictionaries({"actors": st.lists(entry, max_size=3)}))
    )
    text = data.draw(yaml_of(value)).encode(errors="replace").decode()
    try:
        found = load(tmp_path_factory.mktemp("any"), text)
    except ActorsError as error:
        assert len(str(error).splitlines()) == 1 and str(error).encode()
    else:
        assert [name.encode().decode() for name in found.names()] == list(found.names())


def test_half_a_character_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ActorsError, match=r":2: half a character \(a lone surrogate\); write the whole one"):
        load(tmp_path, 'actors:\n- name: "Lee \\ud800"\n')
