"""Articles of a chosen size, made of invented people who all do the same: what grows with its square shows here."""

from __future__ import annotations

from itertools import islice, product

_SYLLABLES = ("bar", "cal", "dor", "fen", "gar", "hol", "kel", "lan", "mor", "nor", "par", "rus", "sel", "tam", "ver", "wal", "yor")
_GIVEN = ("Ada", "Bert", "Cora", "Dan", "Eva", "Finn", "Gina", "Hugh", "Ida", "Jack")


def surnames(size: int) -> list[str]:
    """So many names that nobody has."""
    return ["".join(parts).capitalize() for parts in islice(product(_SYLLABLES, repeat=3), size)]


def people(size: int) -> list[str]:
    """So many people, no two of one surname."""
    return [f"{_GIVEN[place % len(_GIVEN)]} {name}" for place, name in enumerate(surnames(size))]


def one_event(size: int) -> str:
    """So many voices, each with the same claim; every other one denies it."""
    told = [
        f"{one} said that Riverton {('closed', 'did not close')[place % 2]} the harbour bridge." for place, one in enumerate(people(size))
    ]
    return "\n\n".join(told)


def namesakes(size: int) -> str:
    """So many people of one surname, and as often the surname alone."""
    return "\n\n".join([*(f"{name} Brook said no." for name in surnames(size)), *(["Brook said yes."] * size)])


def speakers(size: int) -> str:
    return "\n\n".join(f"{one} said that the ferry would stop." for one in people(size))


def bodies(size: int) -> str:
    return "\n\n".join(f"The {name} Harbour Authority said no. The authority said yes." for name in surnames(size))


def mayors(size: int) -> str:
    return "\n\n".join(f"Mayor {one} met the press. The mayor said no." for one in people(size))


def initials(size: int) -> str:
    return "\n\n".join(f"A. {name} Brook met Ada {name} Brook." for name in surnames(size))


def chain(size: int) -> str:
    """One sentence of clauses in clauses."""
    return " said that ".join(people(size)) + " left."


def critics(size: int) -> str:
    named = people(size)
    return "\n\n".join(f"{one} criticised {other}." for one, other in zip(named, [*named[1:], named[0]], strict=True))


def long_names(size: int) -> str:
    """One stretch of capitals, which is no name, and what it would be one of."""
    return f"{' '.join(surnames(size))} said no."


def quotes(size: int) -> str:
    """Quotes of one speaker, all in one paragraph."""
    return "“The ferry will stop on Monday,” Ada Brook said. " * size


def open_quotes(size: int) -> str:
    """Quotes that run on from paragraph to paragraph."""
    return "\n\n".join(["“The ferry will stop on Monday, I hear."] * size) + "” Ada Brook said."


def paragraphs(size: int) -> str:
    """Paragraphs that are nothing but a quotation, after one with a cue."""
    return "“The ferry will stop,” Ada Brook said.\n\n" + "\n\n".join(["“The ferry will stop on Monday, and we must go.”"] * size)


CROWDS = {
    made.__name__: made
    for made in (one_event, namesakes, speakers, bodies, mayors, initials, chain, critics, long_names, quotes, open_quotes, paragraphs)
}
