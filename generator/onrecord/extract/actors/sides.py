"""Places that stand for their teams: "England beat Wales" names two sides, no countries.

The commonest metonymy of place names in news (Markert and Nissim, "SemEval-2007 Task 08: Metonymy Resolution"): whoever plays is a team.
It holds in an article about a game only, and of a place only that the article itself lets play.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set

from onrecord.extract.actors.name_parts import Chunk
from onrecord.extract.actors.word_lists import words
from onrecord.extract.tokens import Doc, Token

AGAINST = frozenset({"v", "v.", "vs", "vs."})
"""What stands between the sides of a game, or of a case in court."""
_REACH = 8
"""Words after a verb within which the result stands."""
DIGITS_OF_GOALS = 2
_FACING = frozenset({"against", "by", "to", "with"})
"""Prepositions before the other side of a game."""
_FEWEST = 4
"""Uses of names as sides that make an article one about a game, if one of them at least can be nothing else."""


def find_sides(doc: Doc, uses: Mapping[str, Sequence[Chunk]], fixtures: Set[str]) -> frozenset[str]:
    """The keys of the names that the article uses for sides of a game; none where it is not about one. ``fixtures`` are the keys of those
    between which it has "v"."""
    playing = {key for key, chunks in uses.items() if any(_may_play(doc, use) for use in chunks)}
    playing |= {key for key, chunks in uses.items() if is_club(key) and any(_has_goals(doc, use) for use in chunks)}
    clubs = {key for key in playing if is_club(key) or key in fixtures}
    sure = bool(fixtures) or any(_surely_plays(doc, use) for chunks in uses.values() for use in chunks)
    counts = {key: sum(_may_play(doc, use) for use in chunks) for key, chunks in uses.items()} if sure else {}
    sides = {key for key, count in counts.items() if count} if sum(counts.values()) >= _FEWEST else set()
    return frozenset(sides | clubs)


def find_fixtures(doc: Doc) -> frozenset[str]:
    """The words between which the article has "v": "Arden v Marlow"; each is the name of a side, or a part of it."""
    at = (i for i, token in enumerate(doc) if token.lower_ in AGAINST and 0 < i < len(doc) - 1)
    return frozenset(doc[j].text for i in at for j in (i - 1, i + 1) if doc[j].text.istitle())


def find_opponents(doc: Doc, uses: Iterable[tuple[str, int]]) -> frozenset[str]:
    """The keys of the names that a club plays against, where the result stands beside the verb: "Arden Rovers beat Castle Vale 3-1". They
    are clubs too, whatever their words look like. ``uses`` has the key and the head token of each use of a name."""
    games = ((_side_of(doc[i]), key) for key, i in uses)
    by_verb: dict[int, list[str]] = {}
    for verb, key in games:
        if verb is not None and any(_is_result(doc, i) for i in range(verb + 1, min(verb + 1 + _REACH, len(doc) - 2))):
            by_verb.setdefault(verb, []).append(key)
    return frozenset(key for played in by_verb.values() if any(map(is_club, played)) for key in played if not is_club(key))


def _side_of(head: Token) -> int | None:
    """The verb of games of which a name's head is one side: its subject or object, or after "to", "with", "against", "by"; else none."""
    above = head.head
    if head.dep_ == "pobj" and above.lower_ in _FACING:
        above = above.head
    elif head.dep_ not in ("nsubj", "nsubjpass", "dobj", "dative"):
        return None
    # Parsers hang the opponent on the result as often as on the verb.
    verb = above if above.pos_ == "VERB" else above.head
    return verb.i if verb.lemma_.lower() in words("games.txt", "verb") else None


def find_grounds(doc: Doc, uses: Mapping[str, Sequence[Chunk]]) -> frozenset[str]:
    """The keys of the names that the article has only after "at" in a sentence with the result of a game: "beat Arden 3-1 at Mill Lane"."""
    return frozenset(key for key, chunks in uses.items() if not is_club(key) and all(_is_ground(doc, use) for use in chunks))


def _is_ground(doc: Doc, use: Chunk) -> bool:
    """Whether a use of a name stands behind "at" and the result of a game whose sides are both named before it."""
    before = doc[max(0, use.start - 2 - _REACH) : use.start]
    at = len(before) > 3 and before[-1].lower_ == "at" and before[0].sent.start == doc[use.start].sent.start
    # The other side stands before it: who "won 2-0 at Arden" may have won against Arden.
    return at and any(_is_result(doc, i) and _faces(doc, i) for i in range(before.start, use.start - 2))


def _faces(doc: Doc, result: int) -> bool:
    """Whether the opponent stands right before or behind the result of a game: "beat Arden 3-1", "lost 3-1 to Arden"."""
    before, after = doc[max(0, result - 1)], doc[result + 3 : result + 5]
    return before.text.istitle() or (len(after) > 1 and after[0].lower_ in _FACING and after[1].text.istitle())


def is_fixture(doc: Doc, chunk: Chunk) -> bool:
    """Whether a stretch sets two sides against one another: "Arden v Marlow"."""
    return any(token.lower_ in AGAINST for token in doc[chunk.start + 1 : chunk.end - 1])


def is_in_fixture(doc: Doc, use: Chunk) -> bool:
    """Whether a use stands on one side of a "v": by itself that says of nobody that they did anything."""
    return any(token.lower_ in AGAINST for token in (*doc[max(0, use.start - 1) : use.start], *doc[use.end : use.end + 1]))


def is_club(key: str) -> bool:
    """Whether a name ends as clubs' names do: "Exeter City" is one wherever it plays."""
    first, _, last = key.rpartition(" ")
    return bool(first) and last in words("games.txt", "club")


def _has_goals(doc: Doc, use: Chunk) -> bool:
    """Whether a number stands right behind a name: "Arden Town 2 Marlow 0"."""
    after = doc[use.end : use.end + 1].text
    return after.isdigit() and len(after) <= DIGITS_OF_GOALS


def _surely_plays(doc: Doc, use: Chunk) -> bool:
    """Whether a use of a name is a side's and nobody else's: "the Arden striker", or in a verb of games with the result beside it."""
    head = doc[use.start : use.end].root
    above = head.head
    if head.dep_ in ("compound", "poss", "amod", "nmod"):
        return above.pos_ == "NOUN" and above.lemma_.lower() in words("games.txt", "player")
    played = head.dep_ in ("nsubj", "nsubjpass", "dobj") and above.lemma_.lower() in words("games.txt", "verb")
    return played and any(_is_result(doc, i) for i in range(above.i + 1, min(above.i + 1 + _REACH, len(doc) - 2)))


def _may_play(doc: Doc, use: Chunk) -> bool:
    """Whether a use of a name may be a side's: a country has a captain too, faces others, and may be beaten; a player signs for it."""
    head = doc[use.start : use.end].root
    above = head.head
    if head.dep_ in ("compound", "poss", "amod", "nmod") and above.pos_ == "NOUN":
        return above.lemma_.lower() in words("games.txt", "player") | words("games.txt", "noun")
    if head.dep_ == "pobj":
        contest = above.head.lemma_.lower() in words("games.txt", "contest") | words("games.txt", "verb")
        signed = above.lower_ == "for" and above.head.lemma_.lower() == "sign"
        return signed or above.lower_ == "against" or (contest and above.lower_ in ("over", "to", "with", "by"))
    return head.dep_ in ("nsubj", "nsubjpass", "dobj") and above.lemma_.lower() in words("games.txt", "verb")


def _is_result(doc: Doc, i: int) -> bool:
    """Whether the result of a game begins at a token: "2-0"."""
    numbers = doc[i].text.isdigit() and doc[i + 2].text.isdigit() and len(doc[i]) < 4 and len(doc[i + 2]) < 4
    return numbers and doc[i + 1].text in ("-", "–") and not doc[i].whitespace_ and not doc[i + 1].whitespace_
