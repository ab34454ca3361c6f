"""The turns of a transcript: which labels speak, how far a turn reaches, and who its speaker is."""

from __future__ import annotations

import pytest
from spacy.language import Language

from onrecord.article.read import RawArticle, parse_article
from onrecord.extract.transcript import Turn, find_answers, find_turns, with_turns
from onrecord.model import Meta, Span
from onrecord.reports.pipeline import build_report
from onrecord.text.quotation_marks import find_quotations
from tests.support.growth import grows_in_proportion


def paragraphs_of(text: str) -> list[Span]:
    """The lines of a text."""
    spans, start = [], 0
    for line in text.split("\n"):
        spans.append(Span(start, start + len(line)))
        start += len(line) + 1
    return spans


def turns_of(text: str) -> tuple[Turn, ...]:
    return find_turns(text, paragraphs_of(text))


LONG = "Ada Brook and Tom Reed met Hilda Penn.\n" + "BROOK: No.\nREED: Yes.\n" * 3


@pytest.mark.parametrize(
    ("phenomenon", "text", "labels"),
    [
        ("capitals that come back", "PENN: No.\nODAY: Yes.\nPENN: No.\nODAY: Yes.", ["PENN", "ODAY", "PENN", "ODAY"]),
        ("capitals of those whom the text names", "Ann Penn met Tom O'Day.\nPENN: No.\nMR. O'DAY: Yes.", ["PENN", "MR. O'DAY"]),
        (
            "names that come back and are named",
            "Penn met Reed.\nPenn: No.\nReed: Yes.\nPenn: No.\nReed: Yes.",
            ["Penn", "Reed", "Penn", "Reed"],
        ),
        ("questions and answers", "Q: Is it?\nA: No.", ["Q", "A"]),
        ("those who are not named", "HOST: Is it?\nUNIDENTIFIED MALE: No.", ["HOST", "UNIDENTIFIED MALE"]),
        ("an aside after the label", "HOST (on camera): Is it?\nREPORTER [off mic]: No.", ["HOST", "REPORTER"]),
        ("a stray mark before the label", '"HOST: Is it?\n"REPORTER: No.', ["HOST", "REPORTER"]),
        ("names that nobody has", "Pro: It is cheap.\nCon: It is old.\nPro: It is ours.\nCon: It is far.", []),
        ("one voice alone", "Ann Penn came.\nPENN: No.\nPENN: Yes.", []),
        ("notices", "UPDATE: It shut.\nUPDATE: It opened.\nWATCH: The film.\nWATCH: The fire.", []),
        ("an answer without a question", "A: It is.\nB: It is not.", []),
        (
            "who asks by a name that comes once",
            "How, Ann Penn?\nAnn Penn: I did.\nDay News: And now?\nPenn: I do.",
            ["Ann Penn", "Day News", "Penn"],
        ),
        ("a list in which nobody answers", "Ann Penn sings.\nHall: At ten.\nTickets: Who needs one?\nBar: At six.", []),
        ("numbers", "Penn met Reed.\nPenn: 547.\nReed: 46.\nPenn: 12.\nReed: 9.", []),
        ("a time", "HOST: Is it?\n10:30: It is.", []),
        ("a guest of a long one who speaks once", f"{LONG}Hilda Penn: I came late.", [*["BROOK", "REED"] * 3, "Hilda Penn"]),
        ("a line of a long one that nobody says", f"{LONG}The Venue: The hall in Northfield.", ["BROOK", "REED"] * 3),
    ],
)
def test_labels(phenomenon: str, text: str, labels: list[str]) -> None:
    assert [turn.label.of(text) for turn in turns_of(text)] == labels, phenomenon


def test_a_transcript_goes_on_in_paragraphs_without_a_label_and_ends_with_its_last_turn() -> None:
    text = "Q: Is it?\nA: No.\nIt never was.\nQ: Why?\n(Pause.)\nA: Well.\nQ: So?\nA: So.\nThey left."
    more = [[span.of(text) for span in turn.more] for turn in turns_of(text)]
    assert more == [[], ["It never was."], [], [], [], []]


def test_a_report_that_cites_a_few_turns_tells_what_is_between_them_itself() -> None:
    text = "HOST: Is it?\nHe paused.\nREPORTER: No."
    assert [turn.more for turn in turns_of(text)] == [(), ()]


def test_marks_within_a_turn_are_part_of_it_and_marks_around_it_are_kept() -> None:
    text = "HOST: Is it “safe” now?\nREPORTER: “No.”\nThey “left” then."
    quotations = with_turns(text, find_quotations(text, paragraphs_of(text)), turns_of(text))
    assert [(quotation.span.of(text), quotation.style) for quotation in quotations] == [
        ("Is it “safe” now?", "turn"),
        ("“No.”", "double"),
        ("“left”", "double"),
    ]


def test_the_speaker_of_a_turn_is_whom_the_text_names(nlp: Language) -> None:
    """Labels in capitals are names that recognisers miss."""
    turns = "BROOK: The bridge is old.\n\nMR. REED: I do not agree.\n\nBROOK: You never do.\n"
    text = f"The candidates for mayor, Hilda Brook and Tom Reed, met.\n\n{turns}"
    report = build_report(parse_article(RawArticle("case", "case.txt", "txt", text, Meta())), nlp)
    assert [(quote.speaker.actor, quote.kind, quote.rule) for quote in report.quotes] == [
        ("hilda-brook", "direct", "turn"),
        ("tom-reed", "direct", "turn"),
        ("hilda-brook", "direct", "turn"),
    ]


POTTER = """We met the potter Ada Brook in her shed.
When did you first throw a pot?
I was nine years old. My father showed me how to do it.
Did your town help you?
We had a hall.
It was cold there.
What will you do next?
I will fire my largest jar.
Her shed is open on Mondays."""
BRIDGE = """When did you last cross the bridge?
The council closed it on Monday for repairs.
Do you pay for it?
The town pays for it with a loan.
What will you do next?
The ferry leaves every hour."""


@pytest.mark.parametrize(
    ("phenomenon", "text", "answers"),
    [
        ("answers in the first person", POTTER, [[2], [4, 5], [7]]),
        ("questions to the reader, whom the writer answers", BRIDGE, []),
        ("two questions", "\n".join(POTTER.split("\n")[:6]), []),
        ("questions in quotation marks", POTTER.replace("What will you do next?", "“What will you do next?” I asked."), []),
    ],
)
def test_answers_of_an_interview_without_labels(phenomenon: str, text: str, answers: list[list[int]]) -> None:
    spans = paragraphs_of(text)
    assert [[spans.index(span) for span in answer] for answer in find_answers(text, spans)] == answers, phenomenon


def test_what_an_interview_answers_is_claimed_by_whom_the_lead_names(nlp: Language) -> None:
    report = build_report(parse_article(RawArticle("case", "case.txt", "txt", POTTER, Meta())), nlp)
    told = {claim.asserter for claim in report.claims if POTTER.index("I was nine") <= claim.spans[0].start < POTTER.index("Her shed is")}
    assert told == {"ada-brook"}


@pytest.mark.parametrize(
    ("phenomenon", "lead", "speaker"),
    [
        ("somebody who talks to another", "Ada Brook has a new book. She spoke to Tom Reed.", "ada-brook"),
        ("the writer talks to somebody", "We spoke to Ada Brook in her shed.", "ada-brook"),
        ("two persons, and nothing tells who answers", "Ada Brook and Tom Reed have a new book.", None),
        ("nobody is named", "The potters have a new shed.", None),
    ],
)
def test_answers_without_a_name_are_of_the_one_person_who_talks(phenomenon: str, lead: str, speaker: str | None, nlp: Language) -> None:
    text = f"{lead}\n\nQ: What is it about?\n\nA: It is about a ferry that never left.\n"
    report = build_report(parse_article(RawArticle("case", "case.txt", "txt", text, Meta())), nlp)
    assert [quote.speaker.actor for quote in report.quotes if quote.rule == "turn"] == [None, speaker], phenomenon


@pytest.mark.slow
def test_the_time_grows_with_the_length_only() -> None:
    texts = {times: "\n".join(f"VOICE{n}: Yes, we will.\nThey spoke." for n in range(times)) for times in (200, 1_600)}
    spans = {times: paragraphs_of(text) for times, text in texts.items()}
    assert grows_in_proportion(lambda times: with_turns(texts[times], (), find_turns(texts[times], spans[times])), 200)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Did your father read it?\nHe did, and I was glad.\nWhat is next?\nI am not supposed to say.", 2),
        ("What is the plan?\nThe council says that we all will pay.\nWho will pay?\nNobody knows.", 0),  # explains, and asks nobody
    ],
)
def test_two_questions_set_apart_make_an_interview_if_one_is_to_you(text: str, count: int) -> None:
    spans = list(paragraphs_of(text))
    assert len(find_answers(text, spans, frozenset(spans[::2]))) == count
    assert find_answers(text, spans) == ()
