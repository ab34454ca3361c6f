"""Files of corrections, good and hostile."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from onrecord.corrections.actors import Rename
from onrecord.corrections.quotes_and_claims import FixSpeaker, GiveVerdict
from onrecord.corrections.reading import corrections_schema, load_corrections, parse_corrections
from onrecord.errors import CorrectionsError

GOOD = """# What we know better.
corrections:
  - action: rename # everybody calls her so
    id: brook
    article: quay
    words: Brook
    sentence: “Brook”  left.
    was: Brook (person)
    name: Ada Brook
  - action: speaker
    id: who
    article: quay
    words: [it fell, and broke]
    sentence: >-
      “It fell,” she said, “and
      broke.”
    speaker:
      words: Lee
      sentence: Lee came.
  - {action: verdict, id: v, article: quay, words: It fell, sentence: It fell., by: Lee, date: 2026-03-14, verdict: true,
     sources: [{url: https://a.example/x}]}
"""


def test_a_file_becomes_entries() -> None:
    with pytest.raises(CorrectionsError, match=r"x.yml:14: entry who: “it fell … and broke” does not stand in this sentence"):
        parse_corrections(GOOD, file="x.yml")
    found = parse_corrections(GOOD.replace("[it fell", "[It fell"), file="x.yml")
    rename, speaker, verdict = found.entries
    assert isinstance(rename, Rename) and isinstance(speaker, FixSpeaker) and isinstance(verdict, GiveVerdict)
    assert (rename.name, rename.action, found.line("who")) == ("Ada Brook", "rename", 10)
    assert speaker.parts == ("It fell", "and broke")
    assert verdict.verdict == "true"  # a word, as everything here


@pytest.mark.parametrize("empty", ["", "# nothing yet\n", "~", "corrections:", "corrections: []", "---\ncorrections: []\n"])
def test_a_file_may_be_empty(empty: str) -> None:
    assert parse_corrections(empty).entries == ()


ENTRY = "corrections:\n- {action: delete-quote, id: a, article: quay, words: fell, sentence: It fell.}\n"
FLOW = ENTRY.split("\n")[1].removeprefix("- ")
BAD = {
    "entries: []": "1: there is no key 'entries'; the only one is corrections",
    "- a\n- b": "1: the file must begin with corrections:; write corrections: and below it a list of entries",
    "corrections: none": "1: expected a list, got text at corrections",
    ENTRY.replace("delete-quote", "drop"): "2: entry 'a': 'drop' cannot stand at action; see the values",
    ENTRY.replace("action: delete-quote, ", ""): "2: entry 'a': it lacks the key 'action'; add action:",
    ENTRY.replace("id: a", "id: A b"): "2: entry 'A b': 'A b' cannot stand at id; use small letters, digits and hyphens",
    ENTRY.replace("id: a, ", ""): "2: entry number 1: it lacks the key 'id'",
    ENTRY.replace("words: fell", "words: {a: b}"): "2: entry 'a': expected text or a list, got keys and values at words",
    ENTRY.replace("words: fell", "words: []"): "2: entry 'a': expected .* at words; make it longer or shorter",
    ENTRY.replace("words: fell", "words: ' '"): "2: entry a: empty words",
    ENTRY.replace("words: fell", "words: rose"): "2: entry a: “rose” does not stand in this sentence; copy both from the article",
    ENTRY.replace("words: fell", "words: ell"): "2: entry a: “ell” does not stand in this sentence",
    ENTRY.replace("It fell", "It fell and fell"): "2: entry a: “fell” stands in this sentence 2 times; add before: or after:",
    ENTRY.replace("article: quay, ", ""): "2: entry a: it does not say in which article",
    ENTRY.replace("}", ", note: x, note: y}"): "2: 'note' is given twice; keep one",
    ENTRY.replace("}", ", spaeker: y}"): "2: entry 'a': there is no key 'spaeker'; take it out",
    ENTRY.replace("}", ", date: 14 March}"): "2: entry 'a': '14 March' cannot stand at date; write the day as 2026-03-14",
    ENTRY.replace("}", ", date: 2026-02-30}"): "2: entry a: there is no day 2026-02-30",
    ENTRY.replace("}", ", antecedent: {words: Lee, sentence: Lee., article: pier}}"): "2: entry a: antecedent is of another article",
    ENTRY + ENTRY.split("\n")[1]: "3: the id a is taken by the entry on line 2",
    f"corrections: [{FLOW}, {FLOW}]": "1: the id a is taken by the entry on line 1; give each entry its own",
    f"corrections: [{FLOW}, {FLOW.replace('fell', 'rose')}]": "1: the id a is taken by the entry on line 1",
    f"corrections: [{FLOW}, {FLOW.replace('id: a', 'id: b')}]": "1: entry b: says the same as a, but for its id; keep one",
    ENTRY + ENTRY.split("\n")[1].replace("id: a", "id: b"): "3: entry b: says the same as a, but for its id; keep one",
    ENTRY.replace("delete-quote", "confirm-quote"): "2: entry 'a': it lacks the key 'was'",
    ENTRY.replace("delete-quote", "verdict"): "2: entry 'a': it lacks the key 'by'",
    ENTRY.replace("delete-quote", "rename").replace(
        "}", ", name: '…'}"
    ): "2: entry 'a': '…' cannot stand at name; write a name with letters",
    ENTRY.replace("delete-quote", "kind").replace("}", ", kind: loud}"): "2: entry 'a': 'loud' cannot stand at kind",
    "corrections: [": "[12]: broken YAML: .*; mend it, or put the value in quotation marks",
    "corrections:\n- a: *x": "2: (broken YAML|an alias)",
    "a: &a [x]\nb: *a": r"2: an alias \(\*a\); write the value out",
    "corrections: !!python/object/apply:os.system [ls]": "1: a tag .*; take it out",
    "a: 1\n---\nb: 2": "2: a second document",
    "? [a, b]\n: c": "1: a key that is no word; write a name and a colon",
    "a: 1\n? {a: b}\n: c": "2: a key that is no word",
    "a: 1\n'': c": "2: a key that is no word",
    "? |\n  a\n  b\n: c": "1: there is no key 'a b'",
    '"a` - at `$.x": 1': r"1: there is no key 'a` - at `\$.x'",
    '"\\N": 1': "1: a key that is no word",
    '"x": 1\n"x` - at `$.y[0].z": 2\n"y[0].z": 3': "1: there is no key 'x'",
    '"x` - at `$.y[0].z": 2\n"y[0].z": 3': "1: .*there is no key 'x",
    "matching regex: 1": "1: there is no key 'matching regex'; the only one is corrections",
    '"\x85": 1': "2: broken YAML",
    "corrections: ['\\ud800']".replace("'", '"'): "1: half a character",
    "[" * 40 + "]" * 40: "1: nested too deeply; write at most 30 lists",
    "corrections: \x00": "1: a character that YAML does not allow",
}


@pytest.mark.parametrize("text", BAD)
def test_a_bad_file_is_one_line_with_place_and_mend(text: str) -> None:
    with pytest.raises(CorrectionsError) as raised:
        parse_corrections(text, file="c.yml")
    message = str(raised.value)
    assert re.match(f"c.yml:{BAD[text]}", message), message
    assert "\n" not in message and "; " in message


def test_a_bomb_of_aliases_does_not_go_off() -> None:
    lines = ["a0: &a0 [lol, lol]", *(f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]" for n in range(1, 60))]
    with pytest.raises(CorrectionsError, match="2: an alias"):
        parse_corrections("\n".join(lines))


def test_a_verdict_needs_a_source_on_the_web() -> None:
    bad = GOOD.replace("[it fell", "[It fell").replace("https://a.example/x", "javascript:alert(1)")
    with pytest.raises(CorrectionsError, match=r"entry 'v': .* at sources\[0\].url; write an address that begins with http"):
        parse_corrections(bad)


def test_a_huge_file_is_refused_at_once() -> None:
    with pytest.raises(CorrectionsError, match=r"yml:1: the file has 4,000,001 characters, of which the limit is 4,000,000; shorten it"):
        parse_corrections("#" * 4_000_001)


def test_a_huge_value_is_refused() -> None:
    with pytest.raises(CorrectionsError, match=r"entry 'a': .* at note; make it longer or shorter"):
        parse_corrections(ENTRY.replace("}", f", note: {'x' * 2001}}}"))


def test_a_file_that_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(CorrectionsError, match=r"gone\.yml: cannot be read"):
        load_corrections(tmp_path / "gone.yml")
    (tmp_path / "latin.yml").write_bytes("corrections: [é]".encode("latin-1"))
    with pytest.raises(CorrectionsError, match=r"latin\.yml: byte 14 is not UTF-8"):
        load_corrections(tmp_path / "latin.yml")
    (tmp_path / "marked.yml").write_bytes(b"\xef\xbb\xbf" + ENTRY.encode())
    assert len(load_corrections(tmp_path / "marked.yml").entries) == 1


@given(st.text(alphabet=st.sampled_from("abc:-[]{}&*!|>'\"#%@`,? \n\t\x07é"), max_size=60))
def test_any_text_is_read_or_refused_in_one_line(text: str) -> None:
    try:
        parse_corrections(f"corrections:\n{text}")
    except CorrectionsError as error:
        assert "\n" not in str(error)


def test_the_schema_agrees_with_the_reader() -> None:
    schema = corrections_schema()
    Draft202012Validator.check_schema(schema)
    validator = Draft202012Validator(schema)
    entry = {"action": "delete-quote", "id": "a", "article": "quay", "words": "fell", "sentence": "It fell."}
    assert validator.is_valid({"corrections": [entry]})
    assert not validator.is_valid({"corrections": [{**entry, "spaeker": "x"}]})
    assert not validator.is_valid({"corrections": [{**entry, "action": "drop"}]})
    assert parse_corrections(json.dumps({"corrections": [entry]})).entries
