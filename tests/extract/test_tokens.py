"""Our tokens are spaCy's: each attribute and walk gives what its own gives."""

from __future__ import annotations

from itertools import combinations

import pytest
from spacy.language import Language
from spacy.tokens import Doc as ParsedDoc

from onrecord.extract.tokens import Doc

TEXTS = (
    "Ann Lee, the mayor, said that the bridge, the road and the old port were shut. “Nobody,” she told Port News, “was hurt.”",
    "What he wanted,  and what Reed got\tfrom the board,\nwas a report on the 12 ferries that, he said, no one had read!",
    "The ministers of France, Spain and Italy met Mr. Cole, who'd flown in from New York; isn't that 40% more than we asked for?",
    "Which bridge did the council's engineers, asked about it on Monday, say that they had been told to close?",
)
PLAIN = (
    "i",
    "idx",
    "text",
    "text_with_ws",
    "whitespace_",
    "lower_",
    "lemma_",
    "tag_",
    "pos_",
    "dep_",
    "ent_type_",
    "ent_iob_",
    "is_alpha",
    "is_lower",
    "is_punct",
    "is_quote",
    "is_sent_start",
    "is_space",
    "is_stop",
    "like_num",
)
ONE = ("head", "left_edge", "right_edge")
MANY = ("ancestors", "children", "conjuncts", "lefts", "rights", "subtree", "sent")


@pytest.fixture(scope="module", params=TEXTS)
def pair(nlp: Language, request: pytest.FixtureRequest) -> tuple[ParsedDoc, Doc]:
    parsed = nlp(request.param)
    return parsed, Doc(parsed.text, [(0, parsed)])


def test_each_token_says_what_it_says_in_spacy(pair: tuple[ParsedDoc, Doc]) -> None:
    parsed, doc = pair
    assert len(doc) == len(parsed)
    for theirs, ours in zip(parsed, doc, strict=True):
        assert len(ours) == len(theirs)
        assert {name: getattr(ours, name) for name in PLAIN} == {name: getattr(theirs, name) for name in PLAIN}
        assert {name: getattr(ours, name).i for name in ONE} == {name: getattr(theirs, name).i for name in ONE}
        assert {name: [t.i for t in getattr(ours, name)] for name in MANY} == {name: [t.i for t in getattr(theirs, name)] for name in MANY}
        assert [ours.is_ancestor(other) for other in doc] == [theirs.is_ancestor(other) for other in parsed]


def test_names_are_spacys(pair: tuple[ParsedDoc, Doc]) -> None:
    parsed, doc = pair
    assert [(name.start, name.end, name.label_) for name in doc.ents] == [(name.start, name.end, name.label_) for name in parsed.ents]


def test_each_span_is_spacys(pair: tuple[ParsedDoc, Doc]) -> None:
    parsed, doc = pair
    for start, end in combinations(range(len(doc) + 1), 2):
        theirs, ours = parsed[start:end], doc[start:end]
        assert (ours.text, ours.start_char, ours.end_char, ours.root.i) == (theirs.text, theirs.start_char, theirs.end_char, theirs.root.i)


@pytest.mark.parametrize("mode", ["contract", "expand"])
def test_characters_are_aligned_as_in_spacy(pair: tuple[ParsedDoc, Doc], mode: str) -> None:
    parsed, doc = pair
    for start, end in combinations(range(len(doc.text) + 2), 2):
        theirs = parsed.char_span(start, end, alignment_mode=mode)
        ours = doc.char_span(start, end, alignment_mode=mode)  # type: ignore[arg-type]  # one of the two
        assert [(span.start, span.end) for span in (ours,) if span is not None] == [
            (span.start, span.end) for span in (theirs,) if span is not None
        ]


def test_parts_of_spans_and_neighbours(pair: tuple[ParsedDoc, Doc]) -> None:
    _, doc = pair
    span = doc[2:9]
    assert [token.i for token in span[1:3]] == [3, 4]
    assert (span[0].i, span[-1].i, span[0].nbor(2).i, span[0].nbor(-2).i) == (2, 8, 4, 0)
    assert doc[4] in span and doc[9] not in span
    assert (len(doc[5:3]), bool(doc[5:3]), doc[5:3].text, doc[-1].i) == (0, False, "", len(doc) - 1)
    with pytest.raises(IndexError):
        doc[0].nbor(-1)
    with pytest.raises(IndexError):
        span[7]


def test_what_lies_between_parts_is_one_token_each(nlp: Language) -> None:
    text = "Lee spoke.\n\n* * *\n\nReed left.\n"
    doc = Doc(text, [(0, nlp("Lee spoke.")), (19, nlp("Reed left."))])
    assert "".join(token.text_with_ws for token in doc) == text
    assert [token.text for token in doc if token.dep_ == "gap"] == ["\n\n* * *\n\n", "\n"]
    assert [token.text for token in doc if token.is_sent_start] == ["Lee", "\n\n* * *\n\n", "Reed", "\n"]
