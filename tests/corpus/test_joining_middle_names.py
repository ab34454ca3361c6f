from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from onrecord.corpus.identity import middles_agree
from onrecord.corpus.joining import MiddleNames

MIDDLES = st.lists(st.sampled_from(["j", "james", "jo", "h", "henry", "w"]), max_size=3).map(tuple)


@given(st.sets(MIDDLES), MIDDLES)
def test_those_that_agree_are_found_and_no_others(names: set[tuple[str, ...]], name: tuple[str, ...]) -> None:
    found = list(MiddleNames.of(sorted(names)).agreeing(name))
    assert sorted(found) == sorted(other for other in names if middles_agree(name, other))
