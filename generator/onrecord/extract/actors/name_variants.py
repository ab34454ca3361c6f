"""Ways to write one name: spellings of a given name, clipped words ("Lib Dems", "Man Utd"), the address of a firm's site."""

from __future__ import annotations

import re
from functools import lru_cache

from onrecord.extract.actors.name_parts import given_name, name_parts, surname
from onrecord.extract.actors.word_lists import gender_of_name, known_parties

_SHORTEST_MISSPELT = 5
"""Letters of a given name in which one letter may be wrong; in shorter ones it makes another name ("Jan", "Jon")."""
_SOUNDS = (
    (re.compile(r"ph"), "f"),
    (re.compile(r"ck|c(?=[aouklrt]|$)|q(?=u)"), "k"),
    (re.compile(r"[jy](?=$)|y|ie(?=$)"), "i"),
    (re.compile(r"w"), "v"),
    (re.compile(r"(?<=[dt])h|h(?=$)|(?<=[aeo])h(?=[lnmr])"), ""),
    (re.compile(r"(.)\1"), r"\1"),
)
"""Letters that transcriptions and neighbouring languages exchange in one name (Hanks and Hodges, A Dictionary of First Names, 1990)."""


@lru_cache(maxsize=10_000)
def _sound(given: str) -> str:
    """A given name with the letters folded that differ between spellings of one name.

    >>> _sound("viktor") == _sound("victor"), _sound("mohammed") == _sound("mohamed"), _sound("maria") == _sound("mario")
    (True, True, False)
    """
    for pattern, letter in _SOUNDS:
        given = pattern.sub(letter, given)
    return given


def is_spelt_alike(one: str, other: str) -> bool:
    """Whether two full names may be one with the given name spelt in two ways, or once misspelt.

    Two usual given names are two names ("Daniel" and "Daniela"), and an ending that tells men from women does.

    >>> is_spelt_alike("Viktor Marenko", "Victor Marenko"), is_spelt_alike("Kathryn Waters", "Katrhyn Waters")
    (True, True)
    >>> is_spelt_alike("Daniel Moss", "Daniela Moss"), is_spelt_alike("Viktor Marenko", "Viktoria Marenko")
    (False, False)
    """
    a, b = given_name(one), given_name(other)
    if not a or not b or a == b or surname(one) != surname(other) or name_parts(one)[1:] != name_parts(other)[1:]:
        return False
    genders = gender_of_name(a), gender_of_name(b)
    if all(genders) and genders[0] != genders[1]:
        return False
    if min(len(a), len(b)) > 3 and _sound(a) == _sound(b):
        return True
    inflected = a[-1] != b[-1] and {a[-1], b[-1]} & {"a", "e", "o"}
    return not all(genders) and not inflected and min(len(a), len(b)) >= _SHORTEST_MISSPELT and _differ_by_one(a, b)


def _differ_by_one(a: str, b: str) -> bool:
    """Whether one letter is left out, added or wrong, or two that stand side by side are exchanged; the first letter is right."""
    if a[0] != b[0] or abs(len(a) - len(b)) > 1:
        return False
    at = next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
    x, y = a[at:], b[at:]
    return x[1:] == y[1:] or x[1:] == y or x == y[1:] or (x[:2] == y[1::-1] and x[2:] == y[2:])


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
    """
    first, last = long.partition(" ")[0], long.rpartition(" ")[2]
    stem = short.removesuffix("s")
    if " " not in long or not short.endswith("s") or len(stem) < 4:
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
