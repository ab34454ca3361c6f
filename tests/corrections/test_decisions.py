"""What is chosen beside a note becomes entries that apply; and files of corrections with further entries."""

from __future__ import annotations

from typing import Any

import pytest

from onrecord.corpus import build_corpus
from onrecord.corrections.apply import apply_corrections
from onrecord.corrections.decisions import Choice, Decision, Piece, entries_for, names_elsewhere, parties_of, with_entries, without_entries
from onrecord.corrections.reading import Corrections, parse_corrections
from onrecord.corrections.suggestions import offer_for_actor, offer_for_claim, offer_for_quote
from onrecord.errors import CorrectionsError
from onrecord.model import Quote, Report
from onrecord.text.anchors import Ground
from tests.corrections.toy import report

TEXT = """Mayor Ada Lee met Ben Reed on Monday. Cora Moss came too. The pilot Zoe Hart watched.

“The quay is unsafe,” said Lee. “It costs 40 crowns,” said Reed.

The Harbour Board was silent."""


def quote(one: Report, words: str) -> Quote:
    return next(quote for quote in one.quotes if words in quote.content[0].of(one.article.text))


def offer(one: Report, words: str = "unsafe") -> str:
    return offer_for_quote(one, Ground(one.article), quote(one, words))


def decided(choice: Choice, sent: str, *, one: Report | None = None, file: str = "", **more: Any) -> tuple[Report, str]:
    """The report with what was decided, and the text of the file."""
    before = one or report(TEXT)
    corpus = build_corpus([apply_corrections(before, parse_corrections(file).entries)])
    entries = entries_for(Decision(choice, sent, **more), corpus)
    text = with_entries(parse_corrections(file), entries, date="2026-03-14")
    after = apply_corrections(before, parse_corrections(text).entries)
    assert all(not outcome.held for outcome in after.corrections), after.corrections
    return after, text


def speaker(one: Report, words: str) -> str | None:
    return quote(one, words).speaker.actor


def test_right_and_wrong() -> None:
    one = report(TEXT)
    assert quote(decided("right", offer(one))[0], "unsafe").status == "confirmed"
    assert not any("unsafe" in found.content[0].of(TEXT) for found in decided("wrong", offer(one))[0].quotes)


def test_a_claim_is_right_or_none() -> None:
    one = report(TEXT)
    claim = one.claims[0]
    sent = offer_for_claim(one, Ground(one.article), claim, next((q for q in one.quotes if q.id == claim.quote), None))
    assert decided("right", sent)[0].claims[0].status == "confirmed"
    assert len(decided("wrong", sent)[0].claims) == len(one.claims) - 1


def test_a_speaker_is_chosen_typed_or_nobody() -> None:
    one = report(TEXT)
    moss = next(actor for actor in one.actors if actor.name == "Cora Moss")
    chosen, text = decided("speaker", offer(one), actor=moss.id)
    assert speaker(chosen, "unsafe") == moss.id and quote(chosen, "unsafe").status == "corrected"
    assert 'was: "direct, Ada Lee"' in text and 'date: "2026-03-14"' in text
    assert speaker(decided("speaker", offer(one), name="Cora Moss")[0], "unsafe") == moss.id
    assert speaker(decided("speaker", offer(one), actor="unknown")[0], "unsafe") is None


def test_a_speaker_whom_the_program_does_not_know_is_added() -> None:
    after, text = decided("speaker", offer(report(TEXT)), name="Zoe Hart", type="person")
    added = next(actor for actor in after.actors if actor.name == "Zoe Hart")
    assert speaker(after, "unsafe") == added.id and text.count("- action:") == 2


@pytest.mark.parametrize(
    ("name", "why"), [("Nobody Known", "named by words of the article"), ("Mos", "named by words"), ("", "nobody was chosen")]
)
def test_a_speaker_stands_in_the_article(name: str, why: str) -> None:
    with pytest.raises(CorrectionsError, match=why):
        decided("speaker", offer(report(TEXT)), name=name)


def test_a_part_of_a_known_name_is_nobody_else() -> None:
    with pytest.raises(CorrectionsError, match="stands only in the name of Cora Moss; choose that one"):
        decided("speaker", offer(report(TEXT)), name="Cora")


def piece(words: str) -> Piece:
    start = TEXT.index(words)
    return Piece(start, start + len(words), words)


def test_other_words_are_of_the_kind_that_the_marks_say() -> None:
    after, _ = decided("words", offer(report(TEXT)), pieces=(piece("“The quay"),))
    (found,) = (one for one in after.quotes if one.status == "added")
    assert found.content[0].of(TEXT) == "The quay" and found.kind == "direct" and found.speaker.actor == speaker(report(TEXT), "unsafe")
    # Without the article's marks it is never a quotation.
    after, _ = decided("words", offer(report(TEXT)), pieces=(piece("The Harbour Board was silent"),))
    assert {one.kind for one in after.quotes if one.status == "added"} == {"indirect"}


def test_a_number_keeps_its_sign() -> None:
    text = TEXT.replace("40 crowns", "$40")
    start = text.index("$40")
    one = report(text)
    after, _ = decided("words", offer(one, "$40"), one=one, pieces=(Piece(start, start + 3, "$40"),))
    assert [found.content[0].of(text) for found in after.quotes if found.status == "added"] == ["$40"]


def test_selected_words_that_moved_are_refused() -> None:
    with pytest.raises(CorrectionsError, match="load the page again"):
        decided("words", offer(report(TEXT)), pieces=(Piece(3, 9, "unsafe"),))


def test_an_actor_is_another_or_nobody() -> None:
    one = report(TEXT)
    lee, moss = (next(actor for actor in one.actors if actor.name == name) for name in ("Ada Lee", "Cora Moss"))
    joined, _ = decided("same", offer_for_actor(one, Ground(one.article), lee), actor=moss.id)
    assert [actor.name for actor in joined.actors if actor.name in ("Ada Lee", "Cora Moss")] == ["Cora Moss"]
    hidden, _ = decided("no-party", offer_for_actor(one, Ground(one.article), lee))
    assert next(actor for actor in hidden.actors if actor.name == "Ada Lee").hidden
    # From the note of a quote it is about the speaker.
    assert next(actor for actor in decided("no-party", offer(one))[0].actors if actor.name == "Ada Lee").hidden


def test_an_actor_of_another_article_is_named_there() -> None:
    here, there = report(TEXT, "here"), report("Dan Reed spoke to Ada Lee.", "there")
    moss = next(actor for actor in here.actors if actor.name == "Cora Moss")
    sent = offer_for_actor(here, Ground(here.article), moss)
    (entry,) = entries_for(Decision("same", sent, name="dan reed"), build_corpus([here, there]))
    assert entry["action"] == "same" and entry["with"] == {
        "article": "there",
        "words": "Dan Reed",
        "sentence": "Dan Reed spoke to Ada Lee.",
    }
    with pytest.raises(CorrectionsError, match="no other actor of this site is called"):
        entries_for(Decision("same", sent, name="Cora Moss"), build_corpus([here, there]))
    with pytest.raises(CorrectionsError, match="'Dan Read'; the nearest name is 'Dan Reed'; choose one"):
        entries_for(Decision("same", sent, name="Dan Read"), build_corpus([here, there]))
    assert names_elsewhere(build_corpus([here, there]), "here") == ["Ada Lee", "Dan Reed"]


def test_a_name_that_several_actors_have_is_nobody() -> None:
    here = report(TEXT, "here")
    others = [report(f"{role} Dan Reed spoke.", role.lower()) for role in ("Chef", "Pilot")]
    corpus = build_corpus([here, *others])
    assert [actor.name for actor in corpus.actors].count("Dan Reed") == 2
    moss = next(actor for actor in here.actors if actor.name == "Cora Moss")
    with pytest.raises(CorrectionsError, match="2 actors of this site are called 'Dan Reed'; write the entry by hand"):
        entries_for(Decision("same", offer_for_actor(here, Ground(here.article), moss), name="Dan Reed"), corpus)


def test_a_page_older_than_its_article_writes_nothing() -> None:
    sent = offer(report(TEXT))
    edited = report(TEXT.replace("is unsafe", "is not unsafe"))
    with pytest.raises(CorrectionsError, match="older than the article"):
        entries_for(Decision("right", sent), build_corpus([edited]))
    another = report(TEXT.replace("said Lee", "said Moss"))
    with pytest.raises(CorrectionsError, match="older than"):
        entries_for(Decision("right", sent), build_corpus([another]))


@pytest.mark.parametrize(
    "sent", ["", "x", "  - action: nothing", "  - action: rename\n    id: x", "- &a [*a]", "  - {action: confirm-quote}"]
)
def test_what_is_no_entry_is_one_line(sent: str) -> None:
    with pytest.raises(CorrectionsError) as told:
        entries_for(Decision("right", sent), build_corpus([report(TEXT)]))
    assert "\n" not in str(told.value)


def test_only_actors_that_an_entry_can_name_are_to_be_chosen() -> None:
    one = report(TEXT + "\n\nThe Harbour Board was silent.")
    assert [party["name"] for party in parties_of(one, Ground(one.article))] == ["Ada Lee", "Ben Reed", "Cora Moss"]


# --- the file -------------------------------------------------------------------------------------------------------------

FIELDS = {
    "action": "confirm-actor",
    "id": "new",
    "article": "quay",
    "words": "Ada Lee",
    "sentence": "Ada Lee spoke.",
    "was": "Ada Lee (person)",
}
OLD = """- action: rename # kept
  id: new
  article: quay
  words: Reed
  sentence: Reed left.
  name: Ben Reed
"""


def indented(by: str) -> str:
    return "".join(f"{by}{line}\n" for line in OLD.splitlines())


FILES = {
    "none": "",
    "a comment": "# ours\n",
    "nothing in it": "# ours\ncorrections:\n# more\n",
    "an empty list": "corrections: []   # none yet\n# more\n",
    "items": f"# ours\ncorrections:\n{indented('  ')}",
    "items at the margin": f"corrections:\n{OLD}",
    "items far in, without a last line end": f"corrections:\n{indented('      ').rstrip()}",
    "a comment at the end": f"corrections:\n{indented('  ')}# the end\n",
    "lines of Windows": f"corrections:\n{indented('  ')}".replace("\n", "\r\n"),
    "flow": 'corrections: [{action: rename, id: new, article: quay, words: Reed, sentence: "Reed left.", name: Ben Reed},\n] # end\n',
}


@pytest.mark.parametrize("file", FILES.values(), ids=FILES)
def test_an_entry_is_added_and_all_else_stays(file: str) -> None:
    before = parse_corrections(file)
    text = with_entries(before, [FIELDS], date="")
    after = parse_corrections(text)
    assert after.entries[:-1] == before.entries
    assert after.entries[-1].id == ("new-2" if before.entries else "new")
    for line in file.splitlines():
        kept = line.replace("[]", "").split()
        assert any(line_after.split() == kept or line in line_after for line_after in text.splitlines()) or "[" in line, line
    assert ("\r\n" in text) == ("\r\n" in file) and not text.replace("\r\n", "").count("\r")


@pytest.mark.parametrize("file", ["{corrections: []}\n", f"corrections:\n{OLD}...\n"])
def test_a_form_that_cannot_be_added_to_is_told(file: str) -> None:
    with pytest.raises(CorrectionsError, match="nothing was written"):
        with_entries(parse_corrections(file), [FIELDS], date="")


def test_an_added_block_is_taken_out_only_as_it_was_added() -> None:
    text = with_entries(parse_corrections(FILES["items"]), [FIELDS], date="")
    block = text.removeprefix(FILES["items"])
    assert without_entries(f"# later\n{text}", block, file="c.yml") == f"# later\n{FILES['items']}"
    for changed in (text.replace("Ada Lee (person)", "Ada Lee (state)"), text + block, ""):
        with pytest.raises(CorrectionsError, match="nothing was undone"):
            without_entries(changed, block, file="c.yml")


def test_a_file_that_is_not_there_begins_with_the_key() -> None:
    assert with_entries(Corrections(file="c.yml"), [FIELDS], date="").startswith("corrections:\n  - action: confirm-actor\n")
