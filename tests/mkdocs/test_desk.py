"""The desk of a served site: who may write corrections, what is written, and what is undone."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any
from wsgiref.util import setup_testing_defaults

import pytest

from onrecord.assembly.site import NO_INPUTS
from onrecord.cli import main
from onrecord.corpus import build_corpus
from onrecord.corrections.suggestions import offer_for_quote
from onrecord.mkdocs.desk import Desk, Ledger, Shown, is_loopback
from onrecord.text.anchors import Ground
from tests.corrections.test_decisions import OLD, TEXT
from tests.corrections.toy import report

PAGE = b'<html><head></head><body><div class="onrecord">words</div></body></html>'
HERE = "127.0.0.1:8000"


def page(environ: Any, start_response: Callable[..., Any]) -> Iterable[bytes]:
    start_response("200 OK", [("Content-Type", "text/html"), ("Content-Length", str(len(PAGE)))])
    return [PAGE]


class Browser:
    """Asks the desk as a page does, with what a test wants otherwise."""

    def __init__(self, file: Path) -> None:
        one = report(TEXT)
        self.shown: Shown | None = Shown(build_corpus([one]), (one,), NO_INPUTS)
        self.offer = offer_for_quote(one, Ground(one.article), one.quotes[0])
        self.desk = Desk(page, Ledger(file), lambda: self.shown, root="/repo/", port=8000)
        _, found = self.ask("GET", "/repo/")
        self.token = re.findall('data-token="([^"]+)"', found)[0]

    def ask(self, method: str, path: str, sent: Any = None, **changed: str) -> tuple[str, str]:
        told: list[str] = []
        body = b"" if sent is None else json.dumps(sent).encode()
        environ: dict[str, Any] = {"REQUEST_METHOD": method, "PATH_INFO": path, "HTTP_HOST": HERE, "REMOTE_ADDR": "127.0.0.1"}
        if sent is not None:
            environ |= {"CONTENT_TYPE": "application/json", "CONTENT_LENGTH": str(len(body)), "HTTP_ORIGIN": f"http://{HERE}"}
            environ |= {"wsgi.input": io.BytesIO(body)}
        environ |= {"HTTP_X_ONRECORD_TOKEN": getattr(self, "token", "")} | changed
        setup_testing_defaults(environ)
        answer = b"".join(self.desk(environ, lambda status, headers, _=None: told.append(status)))  # type: ignore[arg-type]
        return told[-1], answer.decode()

    def decide(self, choice: str = "wrong", **changed: str) -> tuple[str, str]:
        return self.ask("POST", "/repo/_onrecord/decide", {"choice": choice, "offer": self.offer}, **changed)

    def undo(self) -> tuple[str, str]:
        return self.ask("POST", "/repo/_onrecord/undo", {})


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "corrections.yml"


@pytest.fixture
def browser(file: Path) -> Browser:
    return Browser(file)


def test_a_decision_is_written_and_undone_byte_for_byte(file: Path) -> None:
    before = b"\xef\xbb\xbf# ours\r\ncorrections:\r\n" + OLD.replace("\n", "\r\n").encode() + b"# end"
    file.write_bytes(before)
    file.chmod(0o640)
    browser = Browser(file)
    status, said = browser.decide()
    assert status == "200 OK" and "became" in said, said
    assert file.read_bytes().startswith(before) and b"action: delete-quote" in file.read_bytes()
    assert file.stat().st_mode & 0o777 == 0o640
    assert json.loads(browser.ask("GET", "/repo/_onrecord/last")[1])["last"].startswith("delete-quote: ")
    assert browser.undo()[0] == "200 OK" and file.read_bytes() == before


def test_a_file_that_was_not_there_is_not_there_after(file: Path, browser: Browser) -> None:
    assert browser.decide("right")[0] == "200 OK" and file.exists()
    assert browser.undo()[0] == "200 OK" and not file.exists()


def test_only_what_a_page_wrote_is_undone(file: Path) -> None:
    file.write_text(f"corrections:\n{OLD}")
    browser = Browser(file)
    status, said = browser.undo()
    assert status == "409 Conflict" and "no page has written anything" in said
    browser.decide()
    written = file.read_text()
    # Somebody goes on writing: only the page's own entry goes.
    file.write_text(f"# later\n{written}")
    assert browser.undo()[0] == "200 OK" and file.read_text() == f"# later\ncorrections:\n{OLD}"
    browser.decide()
    file.write_text(file.read_text().replace("action: delete-quote", "action: confirm-quote"))
    kept = file.read_text()
    status, said = browser.undo()
    assert status == "409 Conflict" and "take it out by hand" in said and file.read_text() == kept


@pytest.mark.parametrize(
    "changed",
    [
        {"HTTP_HOST": "evil.example:8000"},
        {"HTTP_HOST": "evil.example:8000", "HTTP_ORIGIN": "http://evil.example:8000"},
        {"HTTP_HOST": "127.0.0.1:8001", "HTTP_ORIGIN": "http://127.0.0.1:8001"},
        {"HTTP_ORIGIN": "http://evil.example"},
        {"HTTP_ORIGIN": "null"},
        {"HTTP_ORIGIN": ""},
        {"HTTP_X_ONRECORD_TOKEN": ""},
        {"HTTP_X_ONRECORD_TOKEN": "\xff"},
        {"REMOTE_ADDR": "192.168.0.9"},
    ],
)
def test_nobody_else_writes(file: Path, browser: Browser, changed: dict[str, str]) -> None:
    assert browser.decide(**changed)[0] == "403 Forbidden" and not file.exists()


@pytest.mark.parametrize(
    "changed",
    [
        {"CONTENT_TYPE": "text/plain"},
        {"CONTENT_LENGTH": "-1"},
        {"CONTENT_LENGTH": "9999999"},
        {"CONTENT_LENGTH": "7"},
        {"REQUEST_METHOD": "PUT"},
    ],
)
def test_what_cannot_be_read_writes_nothing(file: Path, browser: Browser, changed: dict[str, str]) -> None:
    status, said = browser.decide(**changed)
    assert status in ("409 Conflict", "404 Not Found") and json.loads(said)["error"] and not file.exists()


def test_a_page_asked_for_by_another_name_has_no_token(browser: Browser) -> None:
    assert browser.token not in browser.ask("GET", "/repo/", HTTP_HOST="evil.example:8000")[1]
    assert browser.token not in browser.ask("GET", "/repo/", REMOTE_ADDR="10.0.0.2")[1]
    assert browser.ask("GET", "/repo/", HTTP_HOST="localhost:8000")[1].count(browser.token) == 1


def test_an_entry_that_would_be_held_is_not_written(file: Path, browser: Browser) -> None:
    assert browser.decide("right")[0] == "200 OK"
    kept = file.read_bytes()
    status, said = browser.decide("wrong")
    assert status == "409 Conflict" and "it contradicts" in json.loads(said)["error"] and file.read_bytes() == kept


def test_a_broken_file_stays_as_it_is(file: Path, browser: Browser) -> None:
    file.write_text("corrections: [")
    status, said = browser.decide()
    assert status == "409 Conflict" and "broken YAML" in said and file.read_text() == "corrections: ["


def test_while_the_site_is_made_nothing_is_written(file: Path, browser: Browser) -> None:
    browser.shown = None
    status, said = browser.decide()
    assert status == "409 Conflict" and "try again" in said and not file.exists()


def test_the_names_of_other_articles_are_offered_with_the_parties(browser: Browser) -> None:
    reports = (report(TEXT), report("Dan Reed spoke to Ada Lee.", "there"))
    browser.shown = Shown(build_corpus(reports), reports, NO_INPUTS)
    assert json.loads(browser.ask("GET", "/repo/_onrecord/parties", QUERY_STRING="article=quay")[1])["names"] == ["Ada Lee", "Dan Reed"]


def test_the_parties_of_an_article_are_for_the_page_alone(browser: Browser) -> None:
    names = [one["name"] for one in json.loads(browser.ask("GET", "/repo/_onrecord/parties", QUERY_STRING="article=quay")[1])["parties"]]
    assert "Cora Moss" in names
    assert browser.ask("GET", "/repo/_onrecord/parties", QUERY_STRING="article=quay", HTTP_X_ONRECORD_TOKEN="")[0] == "403 Forbidden"
    assert json.loads(browser.ask("GET", "/repo/_onrecord/parties")[1]) == {"parties": [], "names": []}


def test_loopback_is_this_machine_alone() -> None:
    assert [host for host in ("127.0.0.1", "::1", "localhost", "0.0.0.0", "192.168.1.4", "example.org", "") if is_loopback(host)] == [
        "127.0.0.1",
        "::1",
        "localhost",
    ]


def test_a_built_site_has_no_desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from click.testing import CliRunner

    from onrecord.reports.json import encode_report

    monkeypatch.chdir(tmp_path)
    Path("reports.jsonl").write_bytes(encode_report(report(TEXT)) + b"\n")
    done = CliRunner().invoke(main, ["build", "reports.jsonl", "--out", "site", "--review"])
    assert done.exit_code == 0, done.output
    files = [path for path in Path("site").rglob("*") if path.is_file()]
    assert files and not [path for path in files if b"_onrecord" in path.read_bytes() or path.name.startswith("desk.")]
