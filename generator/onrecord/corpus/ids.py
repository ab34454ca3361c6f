"""Ids of actors across articles, which are the addresses of their pages.

"Ann Lee" has the page ``actors/ann-lee``. A second Ann Lee whom nothing joins to the first has ``ann-lee-3f9a1c``: six digits of a digest
of the article in which she stands first, so that articles about others change neither.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import lru_cache

from onrecord.file_names import same_name
from onrecord.model import AUTHOR

# An actor's page stands beside the index of actors, and the narrator's id is never anybody else's.
_RESERVED = ("index", AUTHOR)
_LONGEST = 60
"""Characters of an id's name."""
_LONGEST_IN_BYTES = 180
"""The same in UTF-8, where letters take up to four: file systems take names of 255, with suffixes."""
_DIGITS = 6


@dataclass(frozen=True, slots=True)
class Claimant:
    """An actor that needs an id."""

    name: str
    distinct: bool
    """Whether its name tells it from others; what is only "the protesters" is another in every article."""
    order: tuple[str, str, str]
    """Date, article and id of its first appearance."""
    published: str = ""
    """The id that its page was published with; empty if it was not."""


def assign_ids(claimants: Iterable[Claimant], reserved: Collection[str] = ()) -> tuple[str, ...]:
    """An id for each, unique, in their order: the slug of its name, followed by a digest of its first article where others may have that
    slug.

    Of several with one telling name, the first in print has the bare slug. So an article about others changes no id. A page that was
    published keeps its id, and nobody else gets one that is ``reserved``.
    """
    wanting = list(claimants)
    ids = {i: one.published for i, one in enumerate(wanting) if one.published}
    taken = set(map(same_name, (*_RESERVED, *reserved, *ids.values())))  # slugs have one case; what was published may have another
    # All with a telling name before any other, so that a mark is never in the way of a slug.
    for i in sorted(range(len(wanting)), key=lambda i: (not wanting[i].distinct, wanting[i].order)):
        one = wanting[i]
        if one.published:
            continue
        base = _cut(slugify(one.name))
        ids[i] = base if one.distinct and base not in taken else _marked(base, one, taken)
        taken.add(ids[i])
    return tuple(ids[i] for i in range(len(wanting)))


def _cut(slug: str) -> str:
    return slug[:_LONGEST].encode(errors="surrogatepass")[:_LONGEST_IN_BYTES].decode(errors="ignore").rstrip("-")


def _marked(base: str, claimant: Claimant, taken: set[str]) -> str:
    digest = hashlib.sha256("\n".join(claimant.order[1:]).encode(errors="surrogatepass")).hexdigest()
    return next(id for digits in range(_DIGITS, len(digest) + 1) if (id := f"{base}-{digest[:digits]}") not in taken)


@lru_cache(maxsize=1 << 15)
def slugify(name: str) -> str:
    """The name in small letters and digits with hyphens, fit for an address. Letters without an ASCII base stay as they are.

    >>> slugify("Zoë Núñez-O’Hara"), slugify("Иван Петров"), slugify("…")
    ('zoe-nunez-ohara', 'иван-петров', 'actor')
    """
    # Small letters again after NFKD, which makes plain capitals of letterlike signs.
    plain = "".join(c for c in unicodedata.normalize("NFKD", name.casefold()).casefold() if not unicodedata.combining(c))
    plain = re.sub(r"['’ʼ]", "", plain)
    # NFC again, so that what only NFKD takes apart (Hangul, say) is written as everybody writes it.
    return re.sub(r"[\W_]+", "-", unicodedata.normalize("NFC", plain)).strip("-") or "actor"
