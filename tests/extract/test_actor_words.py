from __future__ import annotations

from importlib.resources import files

import pytest

from onrecord.extract.actors import word_lists
from onrecord.extract.actors.mention import given_name, name_parts, surname

LISTS = ("aliases.txt", "demonyms.txt", "given_names.txt", "groups.txt", "nicknames.txt", "people.txt", "shapes.txt", "titles.txt")


@pytest.mark.parametrize("name", LISTS)
def test_every_list_states_its_source(name: str) -> None:
    head = files("onrecord.extract").joinpath("data", name).read_text(encoding="utf-8").split("\n\n")[0]
    assert head.startswith("# ") and "Source:" in head


def test_states_by_any_of_their_names() -> None:
    assert {word_lists.states()[key] for key in ("u.s.", "usa", "america", "united states of america")} == {"United States"}
    assert word_lists.states()["bahamas"] == "Bahamas"
    assert "riverton" not in word_lists.states()


def test_demonyms_of_states() -> None:
    found = {word: word_lists.demonyms().get(word) for word in ("lebanese", "iraqi", "russians", "american", "saudi", "indian", "kurdish")}
    assert found == {
        "lebanese": "Lebanon",
        "iraqi": "Iraq",
        "russians": "Russia",
        "american": "United States",
        "saudi": "Saudi Arabia",
        "indian": "India",
        "kurdish": None,
    }


def test_other_names_of_one_party() -> None:
    known = word_lists.known_parties()
    assert known["ISIS"] is known["Daesh"] and known["ISIS"].type == "armed_group"
    assert "isis" not in known and known["U.N."].name == "United Nations"


def test_a_section_that_is_not_there() -> None:
    with pytest.raises(KeyError):
        word_lists.words("titles.txt", "nicknames")


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("Hassan al-Rashid", ("hassan", "al-rashid")),
        ("Robert van der Berg Jr.", ("robert", "van der berg")),
        ("Van Dorn", ("van", "dorn")),
        ("Brook", ("brook",)),
        ("Jr.", ()),
    ],
)
def test_parts_of_a_name(name: str, parts: tuple[str, ...]) -> None:
    assert name_parts(name) == parts
    assert surname(name) == (parts[-1] if len(parts) > 1 else "")
    assert given_name(name) == (parts[0] if len(parts) > 1 else "")


def test_a_given_name_is_evidence_only_where_it_is_one_sided() -> None:
    assert (word_lists.gender_of_name("Mary"), word_lists.gender_of_name("John"), word_lists.gender_of_name("Jordan")) == ("f", "m", "")
