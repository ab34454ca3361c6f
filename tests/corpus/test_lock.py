"""The lock file: what it says, what it refuses, and that what is published stays."""

from __future__ import annotations

import json
import re
from pathlib import Path

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.corpus import build_corpus
from onrecord.corpus.lock import (
    NO_LOCK,
    Lock,
    encode_lock,
    file_in_lock,
    load_lock,
    lock_schema,
    new_addresses,
    parse_lock,
    salted,
    with_corpus,
)
from onrecord.errors import LockError
from onrecord.model import Corpus, CorpusActor, Member
from onrecord.text.ids import name_items
from tests.corrections.test_properties import ARTICLES, Paragraphs, edited, text_of
from tests.corrections.toy import report

FILE = Path("onrecord.lock")
HEADER = '{"kind":"lock","version":1}'
LINK = '{"kind":"link","article":"quay","id":"qaaaaaaaa","words":["the old quay is not safe"],"sentence":""}'


def corpus(text: str = "“The old quay will not fall,” said Ada Lee. Ben Reed met Cora Moss.", id: str = "quay") -> Corpus:
    return build_corpus([name_items(report(text, id))])


def parsed(*lines: str) -> Lock:
    return parse_lock("\n".join(lines).encode(), file=FILE)


def test_a_line_for_each_address_sorted() -> None:
    lock = with_corpus(NO_LOCK, corpus(), {"quay": "docs/quay.txt"})
    lines = [json.loads(line) for line in encode_lock(lock).splitlines()]
    assert lines[0] == {"kind": "lock", "version": 1}
    assert [line["id"] for line in lines if line["kind"] == "actor"] == ["ada-lee", "ben-reed", "cora-moss"]
    assert {"kind": "article", "id": "quay", "file": "docs/quay.txt"} in lines
    links = [line for line in lines if line["kind"] == "link"]
    assert [line["id"] for line in links] == sorted(line["id"] for line in links)
    quote = next(line for line in links if line["id"][0] == "q")
    assert (quote["words"], quote["sentence"]) == (["The old quay will not fall"], "")
    met = next(line for line in links if line["id"][0] == "r")
    assert (met["words"], met["sentence"]) == (["met"], "Ben Reed met Cora Moss.")


def test_it_reads_what_it_writes_and_knows_that_nothing_is_new(tmp_path: Path) -> None:
    file = tmp_path / "onrecord.lock"
    lock = with_corpus(NO_LOCK, corpus(), {"quay": "quay.txt"})
    file.write_bytes(encode_lock(lock))
    again = load_lock(file)
    assert (again.links, again.articles, again.actors) == (lock.links, lock.articles, lock.actors)
    assert (new_addresses(NO_LOCK, corpus()), new_addresses(again, corpus())) == (len(lock), 0)
    assert encode_lock(with_corpus(again, corpus(), {"quay": "quay.txt"})) == file.read_bytes()


def test_what_is_locked_stays_unless_it_is_pruned() -> None:
    lock = with_corpus(NO_LOCK, corpus(), {})
    other = corpus("Dan Reed said that the new quay will fall.")
    both, pruned = with_corpus(lock, other, {}), with_corpus(lock, other, {}, prune=True)
    assert set(lock.links["quay"]) < set(both.links["quay"]) and set(lock.actors) < set(both.actors)
    assert set(pruned.links["quay"]) == set(both.links["quay"]) - set(lock.links["quay"])
    assert set(pruned.actors) == {"dan-reed"}
    elsewhere = with_corpus(lock, corpus(id="pier"), {}, prune=True)
    assert elsewhere.links["quay"] == lock.links["quay"]  # only what was read is known to be gone


def test_two_branches_merge_line_by_line() -> None:
    ours, theirs = (encode_lock(with_corpus(NO_LOCK, corpus(id=id), {})) for id in ("quay", "pier"))
    merged = parse_lock(ours + theirs, file=FILE)
    assert set(merged.links) == {"quay", "pier"}


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ([""], "onrecord.lock: is empty; make it with onrecord lock"),
        ([LINK], "onrecord.lock:1: a lock begins with"),
        (['{"kind":"lock","version":2}'], "onrecord.lock:1: a version that this program does not know; update onrecord"),
        ([HEADER, "<<<<<<< HEAD"], "onrecord.lock:2: a conflict between two branches"),
        ([HEADER, "", "!!python/object:os.system"], "onrecord.lock:3: not JSON: “!!python/object:os.system”"),
        ([HEADER, LINK.replace("qaaaaaaaa", "../x")], "onrecord.lock:2: Expected `str` matching regex"),
        ([HEADER, LINK.replace("qaaaaaaaa", "notes")], "onrecord.lock:2: Expected `str` matching regex"),
        ([HEADER, '{"kind":"actor","id":"../../etc","name":"A"}'], "onrecord.lock:2: Expected `str` matching regex"),
        ([HEADER, '{"kind":"article","id":"..","file":"a"}'], "onrecord.lock:2: Expected `str` matching regex"),
        ([HEADER, LINK.replace('"words"', '"word"')], "onrecord.lock:2: Object"),
        ([HEADER, LINK.replace('["the', '["<b>').replace("safe", "x"), LINK], "onrecord.lock:3: the id qaaaaaaaa is on a line before"),
        ([HEADER, "[" * 5_000], "onrecord.lock:2: "),
    ],
)
def test_what_is_no_lock_is_refused_in_one_line(lines: list[str], said: str) -> None:
    with pytest.raises(LockError) as caught:
        parsed(*lines)
    message = str(caught.value)
    assert message.startswith(said) and "\n" not in message and len(message) < 400


def test_a_file_that_is_not_there_or_no_text(tmp_path: Path) -> None:
    with pytest.raises(LockError, match=r"cannot be read .*; make one with onrecord lock"):
        load_lock(tmp_path / "onrecord.lock")
    (tmp_path / "onrecord.lock").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(LockError, match="not JSON"):
        load_lock(tmp_path / "onrecord.lock")


def test_a_salt_is_made_once_and_kept() -> None:
    lock = salted(NO_LOCK)
    assert re.fullmatch("[0-9a-f]{32}", lock.salt) and lock.salt != salted(NO_LOCK).salt
    for prune in (False, True):
        again = parse_lock(encode_lock(with_corpus(salted(lock), corpus(), {}, prune=prune)), file=FILE)
        assert again.salt == lock.salt
    assert parsed(HEADER).salt == ""
    with pytest.raises(LockError, match=r"^onrecord\.lock:1: Expected `str` matching regex"):
        parsed('{"kind":"lock","version":1,"salt":"short"}')


def test_of_two_branches_with_a_salt_each_the_first_counts() -> None:
    ours, theirs = salted(NO_LOCK), salted(NO_LOCK)
    assert parse_lock(encode_lock(ours) + encode_lock(theirs), file=FILE).salt == ours.salt
    assert parse_lock(encode_lock(NO_LOCK) + encode_lock(theirs), file=FILE).salt == theirs.salt


@settings(max_examples=50)
@given(st.binary(max_size=300))
def test_no_bytes_do_anything_but_lock_or_fail(content: bytes) -> None:
    for whole in (content, HEADER.encode() + b"\n" + content):
        try:
            parse_lock(whole, file=FILE)
        except LockError as error:
            assert "\n" not in str(error)


def test_the_schema_is_true_of_every_line() -> None:
    check = jsonschema.Draft202012Validator(lock_schema())
    for line in encode_lock(with_corpus(NO_LOCK, corpus(), {"quay": "quay.txt"})).splitlines():
        check.validate(json.loads(line))
    assert not check.is_valid({"kind": "link", "article": "quay", "id": "x"})


def test_files_are_named_from_the_locks_folder(tmp_path: Path) -> None:
    assert file_in_lock(tmp_path / "docs" / "a.md", tmp_path / "onrecord.lock") == "docs/a.md"
    assert file_in_lock(tmp_path / "a.md", tmp_path / "site" / "onrecord.lock") == "../a.md"


@settings(max_examples=50)
@given(st.data(), ARTICLES)
def test_locking_adds_and_never_takes_away(data: st.DataObject, article: Paragraphs) -> None:
    first = with_corpus(NO_LOCK, corpus(text_of(article) or "x"), {})
    again = parse_lock(encode_lock(first), file=FILE)
    assert encode_lock(again) == encode_lock(first)
    later = with_corpus(again, corpus(text_of(data.draw(edited(article))) or "x"), {})
    assert all(later.links["quay"][id] == link for id, link in first.links["quay"].items())
    assert set(first.actors) <= set(later.actors)


def test_an_actor_is_found_again_by_articles_that_call_it_so() -> None:
    reports = tuple(name_items(report(text, id)) for id, text in (("a", "Moss left."), ("b", "Cora Moss left."), ("c", "Cora Moss came.")))
    members = (Member("b", "cora-moss"), Member("c", "cora-moss"))
    lock = with_corpus(NO_LOCK, Corpus(reports, (CorpusActor("cora-moss", "Cora Moss", "person", members),)), {})
    assert lock.actors["cora-moss"].articles == ("b", "c")
