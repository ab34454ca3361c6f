"""Which names of an article are one body's: acronyms, short names, clipped words. Each step says what it would join.

And places that stand for their teams: "England beat Wales" names two sides, no countries. It is the commonest metonymy of place names in
news (Markert and Nissim, "SemEval-2007 Task 08: Metonymy Resolution"): whoever plays is a team. It holds in an article about a game only,
and of a place only that the article itself lets play.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence, Set

from onrecord.extract.actors.forms import BODIES, MOST_ALIKE, Form, Join, endings
from onrecord.extract.actors.mention import Chunk
from onrecord.extract.actors.word_lists import known_parties, words
from onrecord.extract.tokens import Doc, Token

_OF_WORDS = frozenset({"of", "for", "the", "and", "on", "in", "&", "at", "to", "de", "-"})


def join_known_names(doc: Doc, forms: tuple[Form, ...]) -> Iterator[Join]:
    """Names that texts use for the same party without saying so: "ISIS" and "Islamic State"."""
    first: dict[str, Form] = {}
    for form in forms:
        known = known_parties().get(form.name)
        if known is None and form.name.lower() in words("groups.txt", "side"):
            known = known_parties().get(f"{form.name}s")  # "Conservative voters", of the Conservatives
        if known is None:
            continue
        # The form that the article uses first gets the others.
        main = first.setdefault(known.name, form)
        if main is not form:
            yield Join(form.key, (main.key,), f"“{form.name}” is another name of {main.name}")


def join_acronyms(doc: Doc, forms: tuple[Form, ...]) -> Iterator[Join]:
    """An acronym to the one name whose initials it is ("HA", Harbor Authority), or before which it stands in brackets, whatever its
    letters."""
    long = [form for form in forms if " " in form.name and form.type in (*BODIES, "described_group", None)]
    by_initials: dict[str, list[Form]] = {}
    by_end: dict[int, list[Form]] = {}
    for form in long:
        for initials in dict.fromkeys(_initials(form.name)):
            by_initials.setdefault(initials, []).append(form)
        for mention in form.mentions:
            by_end.setdefault(mention.core.end, []).append(form)
    for form in forms:
        letters = form.name.replace(".", "")
        if (
            not (2 <= len(letters) <= 7 and letters.isalpha() and sum(map(str.isupper, letters)) >= 2)
            or form.type == "state"
            or form.gender
        ):
            continue
        if form.type == "person" and not (letters.isupper() and len(letters) > 2):
            continue  # a recogniser may take "HAT" for somebody, but nobody signs with two letters where a body has them
        before = {other.key: other for end in _before_brackets(doc, form) for other in by_end.get(end, ()) if other is not form}
        bracketed = list(before.values())
        found = bracketed or by_initials.get(letters.upper(), [])
        if found:
            how = "stands in brackets after" if bracketed else "initials of"
            yield Join(form.key, tuple(other.key for other in found), f"“{form.name}” {how} {found[0].name}")


def _before_brackets(doc: Doc, short: Form) -> Iterator[int]:
    """Where the words end before the brackets in which a form stands: "the Harbor Authority (HA)"."""
    for mention in short.mentions:
        opening = mention.head - 1
        while opening > 0 and doc[opening].text in ("“", '"', "'", "the"):
            opening -= 1
        if opening > 0 and doc[opening].text == "(":
            yield doc[opening - 1].idx + len(doc[opening - 1])


def _initials(name: str) -> tuple[str, str]:
    """The initials of a name with its small words and without: "Department of Trade" gives "DOT" and "DT"."""
    parts = [part for part in name.replace("-", " ").split() if part[0].isalnum()]
    return "".join(part[0] for part in parts).upper(), "".join(part[0] for part in parts if part.lower() not in _OF_WORDS).upper()


def join_short_names(doc: Doc, forms: tuple[Form, ...]) -> Iterator[Join]:
    """The short name of a body to the one longer name of which it is the head or the proper part: "The Times", "the Church"."""
    longer = _LongerNames(form for form in forms if form.type in BODIES or (form.type is None and " " in form.name))
    sides = find_opponents(doc, ((form.key, mention.head) for form in forms for mention in form.mentions))
    for form in forms:
        if form.type == "state" or form.gender:
            continue
        # What was taken for a person or a people may still be a firm, but then the rest must be a legal form: "Acme" of "Acme Inc.".
        doubtful = form.type in ("person", "described_group") and form.key not in _heads()
        shortens = is_brand if doubtful else _shortens
        fits = {
            other.key: other
            for other in longer.than(form)
            if shortens(form, other)
            or (form.type != "described_group" and _is_head_with_article(doc, form, other))  # nobody's surname has "the" each time
            or (not doubtful and _is_last_of_side(form, other, sides))
        }
        # A name that shortens a name which shortens another is no second candidate: the longest is meant.
        found = [other for other in fits.values() if not any(third.key in fits and _shortens(other, third) for third in longer.than(other))]
        if found:
            yield Join(form.key, tuple(other.key for other in found), f"short for {found[0].name}")


class _LongerNames:
    """An index of the names of bodies by the words that they begin or end with, to find the longer ones that a short name may stand for."""

    def __init__(self, bodies: Iterable[Form]) -> None:
        self._by_part: dict[str, dict[str, Form]] = {}
        for body in bodies:
            for part in (*_beginnings(body.key), *endings(body.key)):
                self._by_part.setdefault(part, {})[body.key] = body

    def than(self, form: Form) -> Iterable[Form]:
        """The bodies whose names have a form's words and more, at their beginning or end."""
        return self._by_part.get(form.key, {}).values()


def _beginnings(key: str) -> Iterator[str]:
    """What is left of a name without its last words, the longest first."""
    while key:
        key = key.rpartition(" ")[0]
        yield key


def is_brand(form: Form, other: Form) -> bool:
    """Whether one word that the recogniser took for a person or a people is a firm's name without its trade or legal form."""
    first, _, rest = other.key.partition(" ")
    firm = words("shapes.txt", "dropped") - words("shapes.txt", "no_brand")
    return form.key == first and all(part.strip(".,") in firm for part in rest.split())


def _shortens(form: Form, other: Form) -> bool:
    """Whether the first name is a short way to say the second: "Harbor" for "Harbor Ltd.", "the Church" for "the Church of Riverton"."""
    short, long = form.key.split(), other.key.split()
    if len(short) >= len(long):
        return False
    alone = len(short) == 1 and short[0] in _heads()
    if long[: len(short)] == short:
        rest = long[len(short) :]
        generic = all(part.strip(".,") in words("shapes.txt", "dropped") for part in rest)
        return generic or (rest[0] in ("of", "for") and (len(short) > 1 or alone))
    if long[-len(short) :] == short:
        before = long[: -len(short)]
        if before[-1] in _OF_WORDS:
            # "Church of Saint Anne" is called "Saint Anne"; "Department of Trade" is not called "Trade".
            return before[0] == "church" and form.type == other.type
        return len(short) > 1 or alone or is_club(other.key) or before == ["team"]
    return False


def _is_head_with_article(doc: Doc, form: Form, other: Form) -> bool:
    """Whether one word that always has "the" before it is the last of a body's name that has it too: "the Front" for "the Harbor Liberation
    Front". Names that the program knows have short forms of their own: "the House" is not the White House."""
    known = form.name in known_parties() or other.name in known_parties()
    last = other.key.removesuffix(f" {form.key}") if " " not in form.key else other.key
    if known or last == other.key or last.split()[-1] in _OF_WORDS or form.type == "place":
        return False
    return all(mention.head and doc[mention.head - 1].lower_ == "the" for mention in form.mentions) and _has_article(doc, other)


def _is_last_of_side(form: Form, other: Form, sides: Collection[str]) -> bool:
    """Whether one word is the last of the name of a side that a club played against: "Vale" for "Castle Vale"."""
    return other.key in sides and " " not in form.key and other.key.endswith(f" {form.key}")


def _heads() -> frozenset[str]:
    """Generic head words that alone, with "the" and a capital, shorten a name: "the Church", "The Times"."""
    return words("shapes.txt", "organization") | words("shapes.txt", "media")


def join_variants(doc: Doc, forms: tuple[Form, ...]) -> Iterator[Join]:
    """A body's name in clipped words ("Lib Dems"), without the ending of its site's address, or with its first word spelt out."""
    bodies = [form for form in forms if form.type not in ("person", "state", "place") or form.type is None]
    longer = _Variants(bodies)
    for form in forms:
        if form.gender or form.type == "state":
            continue
        fits = [
            other for other in longer.of(form, is_person=form.type == "person" and not _has_article(doc, form)) if other.key != form.key
        ]
        # Of "Lib Dems" and "Liberal Democrats" the longest is meant by "Lib Dem".
        found = [other for other in fits if not any(len(third.key) > len(other.key) and is_clipped(other.key, third.key) for third in fits)]
        if found:
            yield Join(form.key, tuple(dict.fromkeys(other.key for other in found)), f"“{form.name}” is short for {found[0].name}")


def _has_article(doc: Doc, form: Form) -> bool:
    """Whether "the" stands before a name somewhere, as before nobody's surname: "the Spurs"."""
    return any(
        mention.span.start < mention.core.start or any(child.lower_ == "the" for child in doc[mention.head].lefts)
        for mention in form.mentions
    )


class _Variants:
    """An index of bodies by what all ways to write a name share: its first letter and number of words, or its last letters."""

    def __init__(self, bodies: Sequence[Form]) -> None:
        self._by_shape: dict[tuple[str, int], list[Form]] = {}
        self._by_end: dict[str, list[Form]] = {}
        self._by_beginning: dict[str, list[Form]] = {}
        self._by_bare: dict[str, list[Form]] = {}
        for body in bodies:
            self._by_shape.setdefault(_shape_of(body.key), []).append(body)
            self._by_end.setdefault(body.key[-3:], []).append(body)
            self._by_beginning.setdefault(body.key[:4], []).append(body)
            if (bare := without_domain(body.key)) != body.key:
                self._by_bare.setdefault(bare, []).append(body)

    def of(self, form: Form, *, is_person: bool) -> list[Form]:
        """The bodies of which a name is a variant, the first fifty of those that may be."""
        if form.single:
            cut = () if is_person else self._cut(form)
            return [*self._by_bare.get(form.key, ()), *(other for other in cut if is_cut_of_name(form.key, other.key))]
        alike = self._by_shape.get(_shape_of(form.key), ())[:MOST_ALIKE]  # clipped words often look like a person's name
        return [
            other
            for other in alike
            if (len(form.key) <= len(other.key) and is_clipped(form.key, other.key)) or is_spelt_out(form.key, other.key)
        ]

    def _cut(self, form: Form) -> list[Form]:
        """The bodies of whose name one word may be a cut, the first fifty each by its end and its beginning."""
        ending = self._by_end.get(form.key.removesuffix("s")[-3:], [])
        return [*ending[:MOST_ALIKE], *self._by_beginning.get(form.key[:4], [])[:MOST_ALIKE]]


def _shape_of(key: str) -> tuple[str, int]:
    return key[:1], key.count(" ")


def join_with_group_word(doc: Doc, forms: tuple[Form, ...]) -> Iterator[Join]:
    """A known name with a word before it that only describes it, to the name alone: "Lebanese Hezbollah"."""
    known = {form.key: form for form in forms if form.name in known_parties()}
    for form in forms:
        same = known.get(form.key.partition(" ")[2]) if form.type in BODIES and " " in form.name else None
        if same is not None and same.type == form.type:
            yield Join(form.key, (same.key,), f"{same.name} with a word that describes it")


# --- ways to write a body's name ---------------------------------------------------------------------------------------


def is_clipped(short: str, long: str) -> bool:
    """Whether a body's name is another with its words cut short, or in another number, word by word.

    >>> is_clipped("lib dems", "liberal democrats"), is_clipped("man utd", "manchester united"), is_clipped("lib dem", "lib dems")
    (True, True, True)
    >>> is_clipped("man city", "manchester united"), is_clipped("south dakota", "south dakotans")
    (False, False)
    """
    a, b = short.split(), long.split()
    return len(a) == len(b) > 1 and short != long and all(_is_word_cut(x, y) for x, y in zip(a, b, strict=True))


def _is_word_cut(short: str, long: str) -> bool:
    """Whether a word is another, or its beginning ("Lib"), or its consonants ("Utd"); the plural's "s" may go. Three letters at least are
    left out: "Dakotan" is no "Dakota" with its end cut."""
    x, y = short.rstrip(".").removesuffix("s"), long.removesuffix("s")
    if x == y or (3 <= len(x) <= len(y) - 3 and y.startswith(x)):
        return True
    letters = iter(long)
    return (
        3 <= len(short) < len(long)
        and short[0] == long[0]
        and not set(short[1:]) & set("aeiou")
        and all(letter in letters for letter in short)
    )


def is_cut_of_name(short: str, long: str) -> bool:
    """Whether one word in the plural is the end of the last word of a longer name, or the beginning of its first, as clubs' names are cut:
    "Spurs" of "Tottenham Hotspur", "Wolves" of
    "Wolverhampton Wanderers".

    >>> is_cut_of_name("spurs", "tottenham hotspur"), is_cut_of_name("towns", "north town"), is_cut_of_name("purs", "tottenham hotspur")
    (True, False, False)
    >>> is_cut_of_name("wolves", "wolverhampton wanderers"), is_cut_of_name("rovers", "rover group")
    (True, False)
    >>> is_cut_of_name("congress", "congressional budget office")
    False
    """
    first, last = long.partition(" ")[0], long.rpartition(" ")[2]
    stem = short.removesuffix("s")
    if " " not in long or not short.endswith("s") or short.endswith("ss") or len(stem) < 4:
        return False
    return (len(last) - len(stem) >= 3 and last.endswith(stem)) or (len(first) - len(stem) >= 3 and first.startswith(stem))


_DOMAIN = re.compile(r"\.(?:com|org|net|gov|edu|info|co|ac)(?:\.[a-z]{2})?$")


def without_domain(key: str) -> str:
    """A name's key without what makes it an address; as it is where it is none.

    >>> without_domain("edmunds.com"), without_domain("st. john")
    ('edmunds', 'st. john')
    """
    return _DOMAIN.sub("", key)


def is_spelt_out(short: str, long: str) -> bool:
    """Whether a name begins with a body's acronym where another spells its first word out: "EU Commission", "European Commission"."""
    acronym, _, rest = short.partition(" ")
    first, _, other_rest = long.partition(" ")
    known = known_parties().get(acronym.upper())
    return (
        bool(rest) and rest == other_rest and known is not None and known.type == "organization" and known.name.lower().split()[0] == first
    )


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
