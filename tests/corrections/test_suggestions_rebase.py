"""Guards that follow an edited article, once an editor has looked."""

from __future__ import annotations

from onrecord.corrections.apply import apply_corrections
from onrecord.corrections.reading import parse_corrections
from onrecord.corrections.suggestions import rebase
from tests.corrections.toy import report

FILE = """# Ours.
corrections:
  - action: delete-quote # no quote
    id: a
    article: quay
    words: it fell
    sentence: >-
      Lee said that
      it fell.
    note: kept # as is
  - {action: delete-quote, id: b, article: quay, words: gone, sentence: It is gone.}
  - {action: rename, id: c, article: quay, words: Moss, sentence: 'Moss left.', name: Cora}
"""
BEFORE = "Lee said that it fell. Moss left. It is gone."
AFTER = "Lee never said that it fell: “no”. Moss left."


def test_a_sentence_follows_its_words_and_comments_stay() -> None:
    found = rebase(parse_corrections(FILE), [report(AFTER).article])
    assert (found.moved, found.left) == (("a",), ("b",))
    new = FILE.replace(">-\n      Lee said that\n      it fell.\n", '"Lee never said that it fell: \\"no\\"."\n')
    assert found.text == new
    assert '+    sentence: "Lee never said that it fell: \\"no\\"."' in found.diff
    assert "-      Lee said that" in found.diff
    outcomes = apply_corrections(report(AFTER), parse_corrections(found.text).entries).corrections
    assert outcomes[0].status == "redundant"


def test_what_holds_is_left_alone() -> None:
    found = rebase(parse_corrections(FILE), [report(BEFORE).article])
    assert (found.text, found.diff, found.moved, found.left) == (FILE, "", (), ())


def test_words_that_stand_twice_are_left_to_the_editor() -> None:
    found = rebase(parse_corrections(FILE), [report("Moss said it fell. He knew that it fell. Moss left. It is gone.").article])
    assert (found.moved, found.left) == ((), ("a",))


def test_an_article_that_is_not_here_is_left_alone() -> None:
    assert rebase(parse_corrections(FILE), []).text == FILE


def test_line_ends_of_another_system_stay() -> None:
    text = FILE.replace("\n", "\r\n")
    found = rebase(parse_corrections(text), [report(AFTER).article])
    assert found.moved == ("a",)
    assert "# no quote\r\n" in found.text and "note: kept # as is\r\n" in found.text
