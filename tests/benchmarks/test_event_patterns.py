"""The table of events, made from a small dictionary of our own in PETRARCH's format."""

from __future__ import annotations

from event_patterns import Block, Event, read_blocks, read_classes, singular, written

CLASSES = """# a table
03: AGREE
031: AGREE,  , diplomatic # a comment
071: AID, , economic
087: RETREAT, disarm, military
112: ACCUSE, disapprove,
"""

DICTIONARY = """# The MIT License (MIT)
&BREAD
+LOAF
+ROLL_

---  HAND   [---]  ---
HAND {HANDS HANDING HANDED}  # somebody 1 Jan 2000
+HAND_OVER [087]
- * &BREAD             [071]    # HAND
- * {PACKED LUNCHES}   [071]    # HAND
- * TALKS              [031]    # HAND
- * TALKS              [112]    # HAND
- BAKER *              [112]    # HAND

---  SCOLD   [112]  ---
SCOLD
- * BAKER              [112]    # SCOLD
- * (FOR)              [031]    # SCOLD

---  NOD   [031]  ---
NOD
- * HEAD               [112]    # NOD
- * BEARD              [112]    # NOD
- * CAP                [112]    # NOD
- * (TO)               [112]    # NOD
"""


def blocks() -> list[Block]:
    return list(read_blocks(DICTIONARY, read_classes(CLASSES)))


def test_verbs_share_the_objects_of_their_block() -> None:
    assert blocks()[0] == Block(
        (("hand", ""), ("hand over", "")), (Event("loaf", "AID"), Event("packed_lunch", "AID"), Event("roll", "AID"))
    )


def test_a_verb_states_its_class_by_itself_where_its_patterns_do() -> None:
    assert blocks()[1].verbs == (("scold", "ACCUSE"),)


def test_a_verb_whose_patterns_lead_elsewhere_states_nothing_by_itself() -> None:
    assert blocks()[2].verbs == (("nod", ""),)


def test_the_lines_of_the_table() -> None:
    assert list(written(blocks())) == [
        "hand, hand over | AID: loaf packed_lunch roll",
        "scold | ACCUSE: baker",
        "nod | ACCUSE: beard cap head",
        "scold | ACCUSE",
    ]


def test_plurals() -> None:
    assert [singular(word) for word in ("POLICIES", "LUNCHES", "TALKS", "CRISIS", "WON_", "ACCESS")] == [
        "policy",
        "lunch",
        "talk",
        "crisis",
        "won",
        "access",
    ]
