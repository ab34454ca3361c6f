"""``onrecord fetch``, against a server on this machine."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from onrecord.article import load_article
from onrecord.cli import main
from onrecord.errors import ArticleError
from onrecord.reports.fetch import MOST_REDIRECTS, Fetcher

pytest.importorskip("protego")

SAID = "Tomas Reed said on Tuesday that the ferries would run until midnight, and that the fares would stay as they are for a year."
PAGE = f"<html><head><title>Größe</title></head><body><article><h1>Bridge to close</h1><p>{SAID}</p></article></body></html>"
FEED = "<rss version='2.0'><channel><item><link>/bridge</link></item><item><link>/private/a</link></item></channel></rss>"


@dataclass(frozen=True, slots=True)
class Answer:
    """What the server answers."""

    body: bytes = PAGE.encode()
    kind: str = "text/html; charset=utf-8"
    code: int = 200
    to: str = ""


@dataclass(slots=True)
class Site:
    """A server and what it answers by path; what was asked of it."""

    answers: dict[str, Answer] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    address: str = ""


@pytest.fixture
def site() -> Iterator[Site]:
    served = Site()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            served.asked.append(self.path)
            answer = served.answers.get(self.path, Answer(b"", code=404))
            self.send_response(answer.code)
            self.send_header("Content-Type", answer.kind)
            if answer.to:
                self.send_header("Location", answer.to)
            self.end_headers()
            self.wfile.write(answer.body)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    served.address = f"http://127.0.0.1:{server.server_port}"
    served.answers["/bridge"] = Answer()
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield served
    server.shutdown()
    server.server_close()


def fetch(*addresses: str) -> Result:
    return CliRunner().invoke(main, ["fetch", *addresses, "--to", "in", "--pause", "0"])


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def test_a_page_is_saved_with_its_address_and_is_an_article(site: Site) -> None:
    result = fetch(f"{site.address}/bridge")
    assert (result.exit_code, [path.name for path in Path("in").iterdir()]) == (0, ["bridge.html"])
    article = load_article("in/bridge.html")
    assert (article.meta.url, SAID in article.text) == (f"{site.address}/bridge", True)
    assert "\nretrieved: 20" in Path("in/bridge.html").read_text("utf-8")
    assert site.asked == ["/robots.txt", "/bridge"]


def test_a_page_that_is_there_is_left(site: Site) -> None:
    fetch(f"{site.address}/bridge")
    before = Path("in/bridge.html").read_bytes()
    assert "is there already" in fetch(f"{site.address}/bridge").stderr
    assert [path.read_bytes() for path in Path("in").iterdir()] == [before]


def test_two_pages_of_one_name_have_a_file_each(site: Site) -> None:
    site.answers["/old/bridge"] = Answer()
    fetch(f"{site.address}/bridge", f"{site.address}/old/bridge")
    assert sorted(path.name for path in Path("in").iterdir()) == ["bridge-2.html", "bridge.html"]


@pytest.mark.parametrize("kind", ["text/html; charset=windows-1252", "text/html"])
def test_the_encoding_that_the_server_says_counts_first(site: Site, kind: str) -> None:
    declared = PAGE.replace("<head>", "<head><meta charset=koi8-r>" if "charset" in kind else "<head><meta charset=windows-1252>")
    site.answers["/bridge"] = Answer(declared.encode("cp1252"), kind)
    fetch(f"{site.address}/bridge")
    assert "Größe" in Path("in/bridge.html").read_text("utf-8")
    assert load_article("in/bridge.html").text


def test_a_feed_stands_for_its_entries(site: Site) -> None:
    pytest.importorskip("feedparser")
    site.answers |= {
        "/feed": Answer(FEED.encode(), "application/rss+xml"),
        "/robots.txt": Answer(b"User-agent: *\nDisallow: /private", "text/plain"),
    }
    result = fetch(f"{site.address}/feed")
    assert (result.exit_code, [path.name for path in Path("in").iterdir()]) == (1, ["bridge.html"])
    assert "/private/a: the site's robots.txt does not let programs have this page" in result.stderr
    assert "/private/a" not in site.asked


def test_a_site_whose_robots_txt_fails_is_left_alone(site: Site) -> None:
    site.answers["/robots.txt"] = Answer(b"", code=503)
    assert "robots.txt cannot be had, so nobody may come in; try again later" in fetch(f"{site.address}/bridge").stderr
    assert site.asked == ["/robots.txt"]


def test_a_redirect_is_followed_to_where_robots_may_go(site: Site) -> None:
    site.answers |= {
        "/a": Answer(b"", code=302, to="/bridge"),
        "/b": Answer(b"", code=301, to="/private/x"),
        "/robots.txt": Answer(b"User-agent: *\nDisallow: /private", "text/plain"),
        "/private/x": Answer(),
    }
    fetch(f"{site.address}/a")
    assert load_article("in/bridge.html").meta.url == f"{site.address}/bridge"
    assert "robots.txt" in fetch(f"{site.address}/b").stderr and "/private/x" not in site.asked


@pytest.mark.parametrize("to", ["file:///etc/passwd", "ftp://e.example/x", "/b"])
def test_redirects_end(site: Site, to: str) -> None:
    site.answers |= {"/a": Answer(b"", code=302, to=to), "/b": Answer(b"", code=302, to="/a")}
    result = fetch(f"{site.address}/a")
    assert result.exit_code == 1 and not Path("in").exists()
    assert len(site.asked) <= 2 * MOST_REDIRECTS


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        (Answer(b"", code=404), "the server answers 404"),
        (Answer(b"%PDF", "application/pdf"), "is application/pdf, and no web page; download it"),
        (Answer(b"a" * 5000), "more than 1,000 bytes"),
    ],
)
def test_what_is_no_page_is_told_in_a_line(site: Site, answer: Answer, why: str) -> None:
    site.answers["/x"] = answer
    with pytest.raises(ArticleError, match=why) as raised:
        Fetcher(pause=0, largest=1000).fetch(f"{site.address}/x")
    assert "\n" not in str(raised.value)


@pytest.mark.parametrize("address", ["file:///etc/passwd", "ftp://e.example/x", "bridge.html", "https://", "https://a b"])
def test_only_the_web_is_asked(address: str) -> None:
    result = fetch(address)
    assert result.exit_code == 1 and "is no web address" in result.stderr


def test_a_server_that_is_silent_is_not_waited_for() -> None:
    import socket

    with socket.create_server(("127.0.0.1", 0)) as silent, pytest.raises(ArticleError):
        Fetcher(pause=0, timeout=0.2).fetch(f"http://127.0.0.1:{silent.getsockname()[1]}/x")


def test_build_says_to_fetch_a_page_first() -> None:
    result = CliRunner().invoke(main, ["build", "https://e.example/x", "--out", "out"])
    said = "https://e.example/x: pages are not read from the web; save it first: onrecord fetch https://e.example/x --to articles"
    assert (result.exit_code, result.stderr) == (2, f"onrecord: {said}\n")


def test_text_on_standard_input_is_an_article() -> None:
    result = CliRunner().invoke(main, ["extract", "-", "-o", "-", "--attribution", "rules"], input=f"{SAID}\n")
    assert '"id":"standard-input"' in result.stdout and result.exit_code == 0


def test_nothing_on_standard_input_is_told() -> None:
    result = CliRunner().invoke(main, ["extract", "-", "-o", "-"], input="")
    assert (result.exit_code, result.stderr) == (2, "onrecord: standard-input.txt: the article is empty; put its text in the file\n")
