"""Finds the turns of an interview or debate ("Q:", "BROOK:"), and the dateline that a news story begins with."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from itertools import pairwise, takewhile

from onrecord.model import Span
from onrecord.text.quotation_marks import Quotation, without_edges

_LABEL = re.compile(
    r"\s*[\"\u201c]?(?P<label>[A-Z][\w.'\u2019-]*(?: [A-Z][\w.'\u2019-]*){0,4})(?: (?:\([^()\n]{1,40}\)|\[[^\[\]\n]{1,40}\]))?:(?=\s)"
)
"""One to five words with capitals, perhaps with "(on camera)", and a colon at the start of a paragraph; wire copy may put a mark before."""
_WORD = re.compile(r"\b\w+(?:['\u2019-]\w+)*\b(?!:)(?<!['\u2019]s)")
_TRANSCRIPT_TURNS = 6
"""From so many turns on, if they are a third of its paragraphs, an article is a whole transcript: three questions and their answers."""
_INTERVIEW_TURNS = 3
"""So many labels, if they are two thirds of its paragraphs, make an article an interview: two answers and a question between them."""
_INTERVIEW_QUESTIONS = 3
"""So many questions to "you" make an article without labels an interview."""
_ASKS_YOU = re.compile(r"\b(?:you|your|yours|yourself)\b[^\n]*\?\s*\Z", re.IGNORECASE)
_FIRST_PERSON = re.compile(r"\b(?:I|my|me|myself|we|our|us)\b")
_QUESTION_LABELS = frozenset({"q", "a", "question", "answer"})
_UNNAMED_ROLES = frozenset({"anchor", "audience", "host", "interviewer", "moderator", "reporter", "female", "male", "voice"})
"""The last words of labels of those who are not named, as broadcasters' transcripts have them ("UNIDENTIFIED MALE")."""
_NOTICE_WORDS = frozenset(
    [
        "analysis",
        "breaking",
        "caption",
        "correction",
        "editor",
        "exclusive",
        "here",
        "listen",
        "more",
        "note",
        "photo",
        "read",
        "related",
        "update",
        "updated",
        "video",
        "warning",
        "watch",
    ]
)
"""Words of labels that newsrooms put before notices and links; none of them speaks."""


@dataclass(frozen=True, slots=True)
class Turn:
    """A paragraph of a transcript."""

    label: Span
    """The name of who speaks."""
    words: Span
    """What stands after the label, to the end of the paragraph."""
    by_name: bool = False
    """Whether the label is a name, not "Q" or "HOST"."""
    more: tuple[Span, ...] = ()
    """The paragraphs that go on with it, without a label of their own."""


def find_turns(text: str, paragraphs: Iterable[Span]) -> tuple[Turn, ...]:
    """The paragraphs that begin with the label of somebody who speaks, in text order.

    A label in capitals speaks if it comes back, names somebody whom the text names elsewhere, or is a usual one ("Q", "HOST"). Any other
    must come back and name somebody; in a long transcript, a name in full need not. So "Venue:" and "Update:" are none; and one voice alone
    makes no transcript.

    >>> text = "Q: Is it safe? \\nA: No."
    >>> [(turn.label.of(text), turn.words.of(text)) for turn in find_turns(text, [Span(0, 15), Span(16, 22)])]
    [('Q', 'Is it safe?'), ('A', 'No.')]
    """
    spans = tuple(paragraphs)
    turns = [turn for paragraph in spans if (turn := _read_turn(text, paragraph)) is not None]
    counts = Counter(_key(text, turn) for turn in turns)
    if len(counts) < 2:
        return ()
    words = frozenset(_WORD.findall(text))
    voices = Counter(_surname(_key(text, turn)) for turn in turns)
    speaks = {key: _is_speaker(words, key, voices[_surname(key)], counts) for key in counts}
    speaks |= dict.fromkeys(_exchanging(text, turns, words), True)
    if _is_interview(text, turns, speaks, len(spans)):
        speaks |= {key: _is_name(key) for key in counts if not speaks[key]}
    if sum(counts[key] for key in counts if speaks[key]) >= _TRANSCRIPT_TURNS:
        speaks |= {key: _is_speaker_once(words, key) for key in counts if not speaks[key]}
    kept = tuple(turn for turn in turns if speaks[_key(text, turn)])
    return tuple(_with_unlabelled(text, kept, spans)) if len({_key(text, turn) for turn in kept}) >= 2 else ()


def _exchanging(text: str, turns: Sequence[Turn], words_of_text: Set[str]) -> Iterator[str]:
    """The labels of two turns of which one asks and the next answers in the first person, each by the full name of somebody whom the text
    names elsewhere: "**Ann Lee**: Is it safe?", "**Tom Reed**: I think so." Each may stand once; profiles below names ask nothing."""
    for asked, answered in pairwise(turns):
        keys = (_key(text, asked), _key(text, answered))
        is_question = asked.words.of(text).rstrip().endswith("?") and _FIRST_PERSON.search(answered.words.of(text))
        if is_question and keys[0] != keys[1] and all(_is_speaker_once(words_of_text, key) for key in keys):
            yield from keys


def _is_interview(text: str, turns: Sequence[Turn], speaks: Mapping[str, bool], paragraphs: int) -> bool:
    """Whether labels are most of an article, and one voice comes back that the text names: then whoever asks may do so once, "Daily Pages:
    And the ending?"."""
    known = {_surname(_key(text, turn)) for turn in turns if speaks[_key(text, turn)]}
    asks = any(turn.words.of(text).rstrip().endswith("?") for turn in turns)
    return len(known) == 1 and asks and len(turns) >= _INTERVIEW_TURNS and 3 * len(turns) >= 2 * paragraphs


def _surname(label: str) -> str:
    """The last word of a label, by which "Ruth Lee" and "Lee" are one voice."""
    return label.replace(".", "").lower().split()[-1]


def _is_name(label: str) -> bool:
    return not _NOTICE_WORDS.intersection(label.replace(".", "").lower().split())


def _with_unlabelled(text: str, turns: Sequence[Turn], paragraphs: Sequence[Span]) -> Iterator[Turn]:
    """Turns with the paragraphs up to the next label, if the article is a transcript rather than a report that cites one.

    What follows the last turn may be anything, and what stands in brackets is said by nobody.
    """
    starts = [paragraph.start for paragraph in paragraphs]
    places = [bisect_right(starts, turn.label.start) - 1 for turn in turns]
    whole = len(turns) >= _TRANSCRIPT_TURNS and 3 * len(turns) >= places[-1] - places[0] + 1
    for turn, place, following in zip(turns, places, (*places[1:], 0), strict=True):
        between = (without_edges(text, paragraph) for paragraph in paragraphs[place + 1 : following]) if whole else ()
        yield replace(turn, more=tuple(takewhile(lambda span: text[span.start] not in "([", between)))


def find_answers(text: str, paragraphs: Iterable[Span], set_apart: Set[Span] = frozenset()) -> tuple[tuple[Span, ...], ...]:
    """The paragraphs of each answer of an interview that is printed without labels: questions to "you", and answers in the first person.

    An article is one from three questions on that are a quarter of its paragraphs or more; what follows the paragraph after the last
    question may be anything. Whose the answers are is not told. Of paragraphs that are ``set_apart`` (in bold type, say) two questions are
    enough, one of them to "you": a list of questions and answers on a subject asks nobody.
    """
    spans = tuple(paragraphs)
    to_you = [n for n, paragraph in enumerate(spans) if _ASKS_YOU.search(paragraph.of(text)) and _begins_with_word(paragraph.of(text))]
    apart = [n for n, paragraph in enumerate(spans) if paragraph in set_apart and paragraph.of(text).rstrip().endswith("?")]
    asked, least = (apart, 2) if set(apart) & set(to_you) else (to_you, _INTERVIEW_QUESTIONS)
    if len(asked) < least or 4 * len(asked) < asked[-1] - asked[0] + 1:
        return ()
    ends = (*asked[1:], min(asked[-1] + 2, len(spans)))
    answers = [tuple(spans[question + 1 : end]) for question, end in zip(asked, ends, strict=True)]
    own = sum(any(_FIRST_PERSON.search(span.of(text)) for span in answer) for answer in answers)
    bare = all(_begins_with_word(span.of(text)) for answer in answers for span in answer)
    return tuple(answer for answer in answers if answer) if bare and 2 * own >= len(answers) else ()


def _begins_with_word(words: str) -> bool:
    """Whether a paragraph begins with a letter or digit, and not with a quotation mark: then it is a report, not an interview."""
    return words.lstrip()[:1].isalnum()


def with_turns(
    text: str,
    quotations: Sequence[Quotation],
    turns: Sequence[Turn],
    answers: Sequence[Sequence[Span]] = (),
) -> tuple[Quotation, ...]:
    """Quotations, turns and answers in text order. Marks within a turn are part of it, unless they hold all of it."""
    marked = {quotation.span.start: quotation for quotation in quotations}
    unmarked = [(turn.words, *turn.more) for turn in turns if turn.more or not _is_marked(text, turn, marked)]
    spoken = tuple(sorted((one for spans in (*unmarked, *answers) for one in _as_quotations(spans)), key=lambda quotation: quotation.span))
    return tuple(sorted((*_outside(quotations, spoken), *spoken), key=lambda quotation: quotation.span))


def _as_quotations(spans: Sequence[Span]) -> Iterator[Quotation]:
    for n, span in enumerate(spans):
        yield Quotation(span, span, "turn", runs_on=n + 1 < len(spans), continues=n > 0)


def _is_marked(text: str, turn: Turn, marked: dict[int, Quotation]) -> bool:
    """Whether quotation marks hold all that is said in a turn, so that the quotation is there already."""
    quotation = marked.get(turn.words.start)
    return quotation is not None and not any(c.isalnum() for c in text[quotation.span.end : turn.words.end])


def _outside(quotations: Sequence[Quotation], spoken: Sequence[Quotation]) -> Iterator[Quotation]:
    """The quotations that none of the others overlaps, both being in text order."""
    at = 0
    for quotation in quotations:
        while at < len(spoken) and spoken[at].span.end <= quotation.span.start:
            at += 1
        if at == len(spoken) or not spoken[at].span.overlaps(quotation.span):
            yield quotation


def _read_turn(text: str, paragraph: Span) -> Turn | None:
    """The turn that a paragraph looks like, by a label at its beginning and words after it."""
    match = _LABEL.match(text, paragraph.start, paragraph.end)
    if match is None:
        return None
    words = without_edges(text, Span(match.end(), paragraph.end))
    last = match["label"].lower().split()[-1]
    by_name = last not in _QUESTION_LABELS and last not in _UNNAMED_ROLES
    return Turn(Span(*match.span("label")), words, by_name) if any(character.isalpha() for character in words.of(text)) else None


def _key(text: str, turn: Turn) -> str:
    return turn.label.of(text)


def _is_speaker(words_of_text: Set[str], label: str, count: int, counts: Counter[str]) -> bool:
    """Whether a label that stands ``count`` times is somebody's who speaks; see :func:`find_turns`."""
    words = label.replace(".", "").lower().split()
    # "READ MORE:" has the shape of a speaker's label.
    if _NOTICE_WORDS.intersection(words):
        return False
    if words[0] in _QUESTION_LABELS and len(words) == 1:
        return len(_QUESTION_LABELS.intersection(key.lower() for key in counts)) >= 2  # "Q" is one only where there is an "A"
    if _in_capitals(label):
        return count > 1 or words[-1] in _UNNAMED_ROLES or _is_named(words_of_text, words[-1])
    return count > 1 and _is_named(words_of_text, words[-1])


def _is_speaker_once(words_of_text: Set[str], label: str) -> bool:
    """Whether a label that does not come back is somebody's: "Dr Ada Brook", whom the text names elsewhere."""
    words = label.replace(".", "").lower().split()
    return len(words) > 1 and not _NOTICE_WORDS.intersection(words) and _is_named(words_of_text, words[-1])


def _in_capitals(label: str) -> bool:
    """All capitals: "PENN", "McNALLY", "MR. O'DAY"."""
    return re.sub(r"\b(?:Mc|Mac|Mr|Ms|Mrs|Dr|Sen|Rep|Gov)(?=[A-Z. ])", "", label).isupper()


def _is_named(words_of_text: Set[str], word: str) -> bool:
    """The text has the word as a name elsewhere: with a capital and no colon after it, and never without a capital."""
    return any(form in words_of_text for form in (word.capitalize(), word.title())) and word not in words_of_text


_DATELINE = re.compile(
    r"\s*(?:(?P<place>[A-Z][A-Z.'\u2019-]{2,}(?: [A-Z][A-Z.'\u2019-]*){0,3})(?P<more>(?:, [\w.]{1,15}(?: [\w.]{1,15}){0,2}){0,3}"
    r"(?: ?\([^()\n]{1,40}\))?)|\([A-Z][A-Za-z.]{1,20}\))(?: ?[\u2013-\u2015] ?| --? )(?=[\"\u201c\u2018']?[A-Z0-9$\u00a3\u20ac])"
)
"""A town in capitals, what tells where it is, a date and a source in brackets, each of which may be missing: The Associated Press
Stylebook, "datelines". Of an agency alone, its brackets tell."""
_CLOCK = re.compile(
    r"\s*(?:[01]?\d|2[0-3])[:.][0-5]\d(?: ?[ap]\.?m\.?)?"
    r"(?: (?:GMT|BST|CET|ET|EST|EDT|PT|PST|PDT))?(?: ?[:|\u2013-\u2015-])? (?=[\"\u201c\u2018']?[A-Z])"
)
"""The time of day that an entry of a live page begins with: "10.15am: Lee has left"."""
_DASH = re.compile(r" [\u2013-\u2015-]{1,2} |[\u2013-\u2015]")
_STOP = re.compile(r"[.!?](?=\s|$)")


def dateline_end(text: str, block: Span) -> int:
    """Where the first sentence of a block begins: after its dateline or time of day, or at the start of the block where it has neither.

    Capitals between which and another dash the sentence goes on are no dateline, but a name with something said of it.

    >>> text = "NEWTON, Ohio (AP) \u2014 The mayor left."
    >>> text[dateline_end(text, Span(0, len(text))):]
    'The mayor left.'
    """
    match = _DATELINE.match(text, block.start, block.end)
    if match is None:
        clock = _CLOCK.match(text, block.start, block.end)
        return block.start if clock is None else clock.end()
    stop = _STOP.search(text, match.end(), block.end)
    again = _DASH.search(text, match.end(), stop.start() if stop else block.end)
    return block.start if again is not None and match["more"] == "" else match.end()
