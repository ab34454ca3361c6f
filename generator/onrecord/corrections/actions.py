"""The actions that an editor may ask for. A new one is a class in :mod:`.actors`, :mod:`.quotes` or :mod:`.claims`, named in this list."""

from __future__ import annotations

from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Any

import msgspec
from msgspec import Struct

from onrecord.corrections.actors import AddActor, Apart, ConfirmActor, Merge, Rename, Retype, Same, Split, Visibility
from onrecord.corrections.claims import AddClaim, ConfirmClaim, DeleteClaim, GiveVerdict
from onrecord.corrections.correction import Correction
from onrecord.corrections.quotes import AddQuote, ConfirmQuote, DeleteQuote, FixKind, FixSpeaker

ACTIONS: tuple[type[Correction], ...] = (
    AddActor,
    Split,
    Merge,
    Same,
    Apart,
    Rename,
    Retype,
    Visibility,
    DeleteQuote,
    AddQuote,
    FixKind,
    FixSpeaker,
    DeleteClaim,
    AddClaim,
    GiveVerdict,
    ConfirmActor,
    ConfirmQuote,
    ConfirmClaim,
)
"""In the order in which those of one stage are applied, whatever order the file has. A quote is deleted before another is added in its
place, and what is confirmed is what holds in the end."""

if TYPE_CHECKING:
    AnyAction = Correction
else:
    AnyAction = reduce(or_, ACTIONS)


class File(Struct, frozen=True, forbid_unknown_fields=True):
    """A whole ``corrections.yml``."""

    corrections: tuple[AnyAction, ...] = ()


def corrections_schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of a ``corrections.yml``, for editors that check YAML by one."""
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "onrecord corrections.yml", **msgspec.json.schema(File)}
