"""The reasons for what was joined and what was kept apart, in words for a reader."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from onrecord.corpus.evidence import ALONG, BELONGS, BESIDE, GIVEN, LONG, NOUN, NOUN_BESIDE, OFFICE, TOGETHER, Sign, Witness, signs_of
from onrecord.corpus.joining import Group, GroupMember, contradiction
from onrecord.corpus.names import middles_agree
from onrecord.corpus.short_names import Short

GIVEN_IN_FILE = "given in actors.yml"


def labels_of(witnesses: Iterable[Witness]) -> dict[str, str]:
    """A name to show for each key by which actors are named beside others: the first in the alphabet, whatever the order of the
    articles."""
    labels: dict[str, str] = {}
    for witness in witnesses:
        name = labels.setdefault(witness.name.key, witness.actor.name)
        labels[witness.name.key] = min(name, witness.actor.name)
    return labels


def why_joined(seen: GroupMember, labels: Mapping[str, str]) -> str:
    """Why an actor is in its group: "the same full name, and the role “mayor of Riverton”"."""
    name = "the same full name" if seen.witness.name.sort == "person" else "the same name"
    if seen.sign is None:
        return name if seen.partner else ""
    if seen.sign.rank == GIVEN:
        return GIVEN_IN_FILE
    return f"{name}, {sign_in_words(seen.witness, seen.sign, labels)}"


def why_short(short: Group, full: str, sign: Sign, labels: Mapping[str, str]) -> str:
    """Why a short name stands for a full one."""
    witness = next(one.witness for one in short.members if sign in signs_of(one.witness))
    what = "surname" if witness.name.sort == "person" else "acronym"
    return f"{_quoted(witness.actor.name)} is the {what} of {full}, {sign_in_words(witness, sign, labels)}"


def why_undecided(short: Short) -> str:
    """Why a short name was not joined."""
    what = "A surname" if short.group.first.name.sort == "person" else "An acronym"
    if len(short.candidates) > 1:
        return f"{what} that more than one of these may go by; nothing else in the articles says which."
    return f"{what} alone; nothing else in the articles says that they are one."


def sign_in_words(witness: Witness, sign: Sign, labels: Mapping[str, str]) -> str:
    """What two articles both say of an actor besides its name."""
    if sign.rank in (OFFICE, NOUN):
        return f"and the role {_quoted(_office(witness, sign))}"
    if sign.rank == BELONGS:
        return f"and whose the role {_quoted(next(one.text for one in witness.offices if one.of == sign.key[0]))} is"
    if sign.rank == LONG:
        return "middle name included"
    if sign.rank == NOUN_BESIDE:
        return f"the role {_quoted(_office(witness, sign))}, and a paragraph with {labels.get(sign.key[1], sign.key[1])}"
    if sign.rank == ALONG:
        return f"which many of the articles have, and an article with {labels.get(sign.key[0], sign.key[0])}"
    shown = " and ".join(labels.get(key, key) for key in sign.key)
    assert sign.rank in (BESIDE, TOGETHER), f"there is no sign of rank {sign.rank}"
    return f"and a paragraph with {shown}" if sign.rank == BESIDE else f"and an article with {shown}"


def _quoted(words: str) -> str:
    """Words of an article in quotation marks; those within become single ones, so that nobody takes one of them for the end.

    >>> _quoted("head of the “Quay” board")
    '“head of the ‘Quay’ board”'
    """
    return f"“{words.translate(_SINGLE)}”"


_SINGLE = str.maketrans("“”„", "‘’‚")


def _office(witness: Witness, sign: Sign) -> str:
    return next(one.text for one in witness.offices if one.noun == sign.key[0] and (sign.rank != OFFICE or one.of == sign.key[1]))


def why_apart(groups: Sequence[Group]) -> str:
    """Why groups of one name were not joined."""
    first = groups[0].first
    name = "The same full name" if first.name.sort == "person" else "The same name"
    apart = contradiction([one.witness for group in groups for one in group.members])
    if apart and apart.question == "country":
        return f"{name}, but in articles about different countries: {apart.answers[0]} and {apart.answers[1]}."
    if apart:
        return f"{name}, but {_quoted(apart.answers[0])} in one article and {_quoted(apart.answers[1])} in another."
    articles = [article for group in groups for article in group.articles]
    if len(set(articles)) < len(articles):
        return f"{name}, but an article has two of that name."
    if len({group.first.name.sort for group in groups}) > 1:
        return "The same name, but a person in one article and something else in another."
    middles = {group.first.name.middle for group in groups}
    if not all(middles_agree(one, other) for one in middles for other in middles):
        return f"{name}, but different middle names."
    if len({group.first.actor.type for group in groups}) > 1:
        return f"{name}, but not the same type."
    if first.name.sort != "person":
        return f"{name}, which many bodies may have, and nothing else in the articles says that they are one."
    return f"{name}, and nothing else in the articles says that they are one."
