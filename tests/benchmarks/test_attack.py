"""A little of each attack, as part of the tests; ``benchmarks/attack.py`` makes as many attempts as one has time for."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest
from attack import ATTACKS, main
from attack_kills import attack_kills
from attempts import Limit, Tally
from spacy.language import Language
from tried import PAGE, with_row

from onrecord.extract import language
from onrecord.reports.json import encode_report
from tests.support.reports import dated, mayor, person, report

pytestmark = pytest.mark.slow


@pytest.mark.parametrize(("name", "count"), [("texts", 25), ("pages", 15), ("tables", 45)])
def test_an_attack_comes_to_nothing(
    name: str, count: int, nlp: Language, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    if name == "tables":
        pytest.importorskip("pyarrow")
    monkeypatch.setattr(language, "load_pipeline", lambda model: nlp)
    code = main([name, "--count", str(count), "--seed", "8"])
    told = capsys.readouterr().out
    assert code == 0, told
    assert f"| all | {count} |" in told


@pytest.mark.skipif(sys.platform == "win32", reason="has no such signal")
def test_commands_that_are_killed_leave_the_old_or_the_new(tmp_path: Path) -> None:
    reports = [encode_report(dated(report(mayor(), person(name, "b")), name, f"2024-0{month}-01")) for month, name in enumerate("ab", 1)]
    tally = attack_kills(reports, tmp_path, 8, Limit.of(2, None), commands=[["pages"]], with_users_files=False)
    assert (tally.failed, sum(one.tried for one in tally.kinds.values())) == (0, 2), str(tally)


def test_every_attack_is_in_the_docs() -> None:
    page, tally = PAGE.read_text(encoding="utf-8"), Tally(refusal="refused")
    for number in range(1_200):
        with tally.attempt(f"kind {number % 2}", f"--only {number}") as outcomes:
            outcomes.refused += number % 3 == 0
    for name in ATTACKS:
        assert f"| `python benchmarks/attack.py {name}` | 1,200 | 400 refused | 0 |" in with_row(page, name, tally)
    with pytest.raises(ValueError, match="no row for"):
        with_row(page, "nothing", tally)


def test_the_docs_have_figures_and_no_failure() -> None:
    rows = re.findall(
        r"^\| `python benchmarks/attack\.py \w+` \| ([\d,]+) \| .* \| ([\d,]+) \|$", PAGE.read_text(encoding="utf-8"), re.MULTILINE
    )
    assert len(rows) == len(ATTACKS)
    assert all(tried != "0" and failed == "0" for tried, failed in rows)
