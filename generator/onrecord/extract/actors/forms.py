"""The different names that an article uses, each with its mentions; and what is said of two of them that may be one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from onrecord.extract.actors.mention import FoundMention
from onrecord.extract.actors.name_parts import given_name
from onrecord.extract.actors.word_lists import is_given_name, words
from onrecord.model import ActorType

BODIES = frozenset({"organization", "armed_force", "armed_group", "media", "coalition"})
"""The types of parties that are made of people and act as one; a state is treated apart."""


@dataclass(frozen=True, slots=True)
class Form:
    """One name as the article uses it, with all its mentions."""

    key: str
    """What tells it from other forms: the name's key, with "m." or "f." before it where it has a gender."""
    name: str
    """The spelling to show."""
    type: ActorType | None
    mentions: tuple[FoundMention, ...]
    gender: str = ""
    """``m`` or ``f`` for a name that is only used with "Mr.", "Mrs." and the like: "Mr. Brook" and "Mrs. Brook" are two forms."""
    single: bool = False
    """Whether it is one word, counting a surname with its particles as one."""


@dataclass(frozen=True, slots=True)
class Join:
    """A form (by its key) that one of others means. With more than one candidate nothing is joined: it is undecided."""

    form: str
    candidates: tuple[str, ...]
    why: str
    mentions: tuple[FoundMention, ...] = ()
    """Of an undecided form: those that nothing in the text before them decides."""


def find_forms(names: Sequence[FoundMention]) -> tuple[Form, ...]:
    """The different names of the article, each with its mentions, by the place where each is first used."""
    by_key: dict[tuple[str, str], list[FoundMention]] = {}
    for mention in names:
        # "Mr. Brook" and "Mrs. Brook" are kept apart; "Mr. Ada Brook" has its given name to tell.
        by_key.setdefault((mention.key, mention.gender if " " not in mention.name else ""), []).append(mention)
    longer = {ending for key, _ in by_key for ending in endings(key)}
    return tuple(
        Form(
            f"{gender}. {key}" if gender else key,
            _display(mentions),
            mentions[0].type,
            tuple(mentions),
            gender,
            _is_single(_display(mentions), is_ending=key in longer),
        )
        for (key, gender), mentions in by_key.items()
    )


def _is_single(name: str, *, is_ending: bool) -> bool:
    """Whether a name is one word, or a surname with its particles. What is a particle and a given name too ("Ben Marsh") is a particle only
    where a longer name of the article ends so (``is_ending``)."""
    *before, _ = name.lower().split()
    particles = words("titles.txt", "particle")
    called = not is_ending and bool(before) and is_given_name(before[0])
    return not given_name(name) or (all(part in particles for part in before) and not called)


def _display(mentions: Sequence[FoundMention]) -> str:
    """The spelling to show: one that is not all capitals, if there is one."""
    return min(mentions, key=lambda mention: (mention.name.isupper(), mention.name.islower())).name


MOST_ALIKE = 50
"""A full name is compared with at most so many others of its surname and given name: no text calls one person in more ways."""


def endings(key: str) -> Iterator[str]:
    """What is left of a name without its first words, the longest first."""
    while key:
        key = key.partition(" ")[2]
        yield key
