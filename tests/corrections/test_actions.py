"""A new action: a step that is missed is named."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from onrecord.corrections.correction import Correction
from onrecord.corrections.reading import ACTIONS


def actions_below(one: type[Correction]) -> Iterator[type[Correction]]:
    for subclass in one.__subclasses__():
        if subclass.__struct_config__.tag != subclass.__name__:
            yield subclass
        yield from actions_below(subclass)


def test_every_action_is_in_the_list() -> None:
    missed = {one.__name__ for one in actions_below(Correction)} - {one.__name__ for one in ACTIONS}
    assert not missed, f"name {', '.join(sorted(missed))} in ACTIONS of corrections/reading.py"


@pytest.mark.parametrize("action", ACTIONS, ids=lambda one: one.__name__)
def test_every_action_says_what_is_done_with_it(action: type[Correction]) -> None:
    for method in ("apply", "describe", "lacks", "confirm"):
        given = getattr(action, method) is not getattr(Correction, method)
        assert given, f"{action.__name__} in {action.__module__} lacks the method {method}: see Correction in corrections/correction.py"
