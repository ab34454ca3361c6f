"""The attack with scripts sees what it is there to see, and a little of it is part of the tests."""

from __future__ import annotations

from pathlib import Path

import pytest
from attack_scripts import _look_at, attack_scripts
from attempts import Limit, Tally
from playwright.sync_api import Browser

from onrecord.reports.json import encode_report
from tests.support.reports import full_report

pytestmark = pytest.mark.browser


@pytest.mark.parametrize(
    ("page", "told"),
    [
        ("<script>alert(1)</script>", "a script ran: 1"),
        ("<img src=x onerror=alert(1)>", "a script ran: 1"),
        ("<p onclick=alert(1)>x</p>", "P onclick"),
        ("<a href='java\tscript:alert(1)'>x</a>", "a link to javascript:"),
        ("<img src=http://127.0.0.1:9/pixel.png>", "fetched http://127.0.0.1:9/pixel.png"),
        ("<base href=/x/>", "BASE"),
        ("<iframe srcdoc='x'></iframe>", "IFRAME"),
    ],
)
def test_what_runs_or_could_run_is_seen(browser: Browser, tmp_path: Path, capsys: pytest.CaptureFixture[str], page: str, told: str) -> None:
    (tmp_path / "bad.html").write_text(f"<!DOCTYPE html><title>x</title><p>Words.</p>{page}")
    (tmp_path / "good.html").write_text("<!DOCTYPE html><title>x</title><p>&lt;script&gt;alert(1)&lt;/script&gt; <a href='/x'>x</a></p>")
    tally = Tally()
    _look_at(browser, tmp_path, "pages", "test", tally)
    assert told in capsys.readouterr().out
    assert (tally.kinds["pages"].tried, tally.failed) == (2, 1)


def test_nothing_runs_under_another_theme(browser: Browser, tmp_path: Path) -> None:
    tally = attack_scripts([encode_report(full_report())], tmp_path, 8, Limit.of(0, None), 1, browser=browser, each=1)
    assert tally.failed == 0, str(tally)
    assert all(one.tried > 20 for one in tally.kinds.values())
