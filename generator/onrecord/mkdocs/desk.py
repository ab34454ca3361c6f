"""Where editors correct a served site: what they choose beside a note is written into ``corrections.yml``, and can be undone.

A page of another site must not be able to write, even from a browser on the same machine. So it is answered on this machine alone; the page
must have been loaded from it (``Origin``), by an address of this machine (``Host``: a name of somebody else's that leads here is refused),
and must send a token that is in the pages, which another site cannot read.
"""

from __future__ import annotations

import hmac
import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from http import HTTPStatus
from ipaddress import ip_address
from itertools import takewhile
from pathlib import Path
from secrets import token_urlsafe
from threading import Lock
from typing import TYPE_CHECKING
from urllib.parse import parse_qs

import msgspec

from onrecord.article.publication import today
from onrecord.assembly.site import Inputs, gather_corpus
from onrecord.assembly.write import replaced_file
from onrecord.corpus.lock import NO_LOCK
from onrecord.corrections.apply import outcomes_of
from onrecord.corrections.decisions import Decision, entries_for, names_elsewhere, parties_of, with_entries, without_entries
from onrecord.corrections.reading import Corrections, load_corrections, parse_corrections
from onrecord.errors import CorrectionsError, OnrecordError, OutputError, visible
from onrecord.model import Corpus, Report
from onrecord.resources import templates_dir
from onrecord.text.anchors import Ground

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

PLACE = "_onrecord/"
"""What the addresses of the desk begin with, on the site."""
_FILES = {"desk.js": "text/javascript; charset=utf-8", "desk.css": "text/css; charset=utf-8"}
_MOST = 200_000
"""Bytes that a page may send."""
_BOM = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True)
class Shown:
    """What a served site shows, and what it was made from."""

    corpus: Corpus
    machine: tuple[Report, ...]
    """The reports before any correction."""
    inputs: Inputs


@dataclass(frozen=True, slots=True)
class _Written:
    """An entry that a page has written."""

    before: bytes | None
    """The file before; None where there was none."""
    after: bytes
    said: str
    """What it says, for the editor."""


class Ledger:
    """The file of corrections, as pages write to it, and what they have written since the server was started."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self._written: list[_Written] = []
        self._writing = Lock()

    @property
    def last(self) -> str:
        """What was written last and can be undone; empty where nothing is."""
        return self._written[-1].said if self._written else ""

    def decide(self, decision: Decision, shown: Shown) -> str:
        """Writes what an editor decided, and returns what became of it, in words. Raises :class:`OnrecordError`, and then writes nothing:
        an entry that would be held helps nobody."""
        with self._writing:
            before = self.file.read_bytes() if self.file.exists() else None
            corrections = load_corrections(self.file) if before is not None else Corrections(file=str(self.file))
            entries = entries_for(decision, shown.corpus)
            text = with_entries(corrections, entries, date=today().isoformat())
            said = _what_becomes(parse_corrections(text, file=str(self.file)), len(corrections.entries), shown)
            after = (_BOM if before and before.startswith(_BOM) else b"") + text.encode()
            self._put(after)
            self._written.append(_Written(before, after, said))
            return said

    def undo(self) -> str:
        """Takes back what a page wrote last, and returns what that said. Raises :class:`CorrectionsError` where somebody has changed it."""
        with self._writing:
            if not self._written:
                raise CorrectionsError(f"{self.file}: no page has written anything since the server was started; take entries out by hand")
            last = self._written[-1]
            now = self.file.read_bytes() if self.file.exists() else b""
            if now != last.after:
                added = _between(last.before or b"", last.after).decode("utf-8", "replace")
                left = without_entries(now.decode("utf-8", "replace"), added, file=str(self.file))
                self._put(left.encode())
            elif last.before is None:
                self.file.unlink()
            else:
                self._put(last.before)
            self._written.pop()
            return last.said

    def _put(self, content: bytes) -> None:
        try:
            with replaced_file(self.file) as place:
                place.write_bytes(content)
                if self.file.exists():
                    place.chmod(self.file.stat().st_mode)
        except OSError as error:
            raise OutputError(f"{self.file}: cannot be written ({error.strerror}); allow it, or copy the entry of the note") from error


def _between(before: bytes, after: bytes) -> bytes:
    """What was put into a file at one place."""
    head = _alike(before, after)
    return after[head : len(after) - _alike(before[head:][::-1], after[head:][::-1])]


def _alike(one: bytes, other: bytes) -> int:
    """How many bytes two begin with in common."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


def _what_becomes(corrections: Corrections, known: int, shown: Shown) -> str:
    """What becomes of the entries after the first ``known``, in words. Raises :class:`CorrectionsError` where one of them would be held, or
    says what the program says already."""
    new = corrections.entries[known:]
    articles = {anchor.article or entry.article for entry in new for _, anchor in entry.anchors()}
    about = tuple(one for one in corrections.entries if one.article in articles)
    reports = [report for report in shown.machine if report.article.id in articles]
    inputs = replace(shown.inputs, corrections=replace(corrections, entries=about), lock=NO_LOCK)
    outcomes = {one.id: one for one in outcomes_of(gather_corpus(reports, inputs))}
    for entry in new:
        outcome = outcomes[entry.id]
        if outcome.held or outcome.status == "redundant":
            raise CorrectionsError(f"{corrections.file}: nothing was written: {outcome.message}")
    return " ".join(f"{entry.action}: {outcomes[entry.id].message}" for entry in new)


class Desk:
    """A WSGI application in front of that of the site: it answers what pages send, and gives them what they need for that."""

    def __init__(self, app: WSGIApplication, ledger: Ledger, shown: Callable[[], Shown | None], *, root: str, port: int) -> None:
        """``shown`` gives None while a site is being built; ``root`` is the path of the site on the server, ``port`` that of the server."""
        self._app = app
        self._ledger = ledger
        self._shown = shown
        self._root = root
        self._token = token_urlsafe()
        names = ("127.0.0.1", "localhost", "[::1]")
        self._hosts = {f"{name}:{port}" for name in names} | (set(names) if port == 80 else set())  # browsers leave the usual one out

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        path = environ["PATH_INFO"].removeprefix(self._root)
        if environ["PATH_INFO"].startswith(self._root + PLACE):
            return self._answer(path.removeprefix(PLACE), environ, start_response)
        return self._page(environ, start_response)

    def _page(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """What the site answers; a page that was asked for by an address of this machine gets the script and the token."""
        told: list[tuple[str, list[tuple[str, str]]]] = []
        body = self._app(environ, lambda status, headers, _=None: told.append((status, headers)))  # type: ignore[arg-type]
        status, headers = told[-1]
        if self._is_here(environ) and any(name.lower() == "content-type" and "text/html" in value for name, value in headers):
            content = b"".join(body)
            body = [content.replace(b"</head>", self._head() + b"</head>", 1)] if b'class="onrecord' in content else [content]
            headers = [(name, value) for name, value in headers if name.lower() != "content-length"]
        start_response(status, headers)
        return body

    def _head(self) -> bytes:
        at = f"{self._root}{PLACE}"
        script = f'<script defer src="{at}desk.js" data-token="{self._token}" data-desk="{at}"></script>'
        return f'<link rel="stylesheet" href="{at}desk.css">{script}'.encode()

    def _answer(self, path: str, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        if path in _FILES and environ["REQUEST_METHOD"] == "GET":
            start_response("200 OK", [("Content-Type", _FILES[path]), ("Cache-Control", "no-store")])
            return [(templates_dir() / "desk" / path).read_bytes()]
        try:
            status, said = self._done(path, environ)
        except OnrecordError as error:
            status, said = HTTPStatus.CONFLICT, {"error": visible(str(error))}
        start_response(f"{status.value} {status.phrase}", [("Content-Type", "application/json"), ("Cache-Control", "no-store")])
        return [json.dumps(said, ensure_ascii=False).encode()]

    def _done(self, path: str, environ: WSGIEnvironment) -> tuple[HTTPStatus, object]:
        """Does what a page asks for. Raises :class:`OnrecordError` for what cannot be done."""
        wanted = environ["REQUEST_METHOD"], path
        writes = wanted in (("POST", "decide"), ("POST", "undo"))
        if not self._may(environ, writes=writes):
            return HTTPStatus.FORBIDDEN, {"error": "this page may not write corrections; load it again from where it is served"}
        if wanted == ("GET", "last"):
            return HTTPStatus.OK, {"last": self._ledger.last}
        if wanted == ("POST", "undo"):
            return HTTPStatus.OK, {"said": self._ledger.undo()}
        shown = self._shown() if writes or wanted == ("GET", "parties") else None
        if shown is not None and writes:
            return HTTPStatus.OK, {"said": self._ledger.decide(_decision(environ), shown)}
        if shown is not None:
            (article,) = parse_qs(environ.get("QUERY_STRING", "")).get("article", [""])[:1]
            found = [report for report in shown.corpus.reports if report.article.id == article]
            parties = [one for report in found for one in parties_of(report, Ground(report.article))]
            return HTTPStatus.OK, {"parties": parties, "names": names_elsewhere(shown.corpus, article) if found else []}
        if writes or wanted == ("GET", "parties"):
            raise CorrectionsError(f"{self._ledger.file}: nothing was written: the site is being made; try again when it is there")
        return HTTPStatus.NOT_FOUND, {"error": "the desk has no such answer"}

    def _may(self, environ: WSGIEnvironment, *, writes: bool) -> bool:
        """Whether a request comes from a page that was served here, to somebody on this machine."""
        token = environ.get("HTTP_X_ONRECORD_TOKEN", "").encode("latin-1")
        origin = environ.get("HTTP_ORIGIN", "")
        from_here = origin == f"http://{environ.get('HTTP_HOST', '')}" or (not writes and not origin)
        return self._is_here(environ) and from_here and hmac.compare_digest(token, self._token.encode())

    def _is_here(self, environ: WSGIEnvironment) -> bool:
        return environ.get("HTTP_HOST", "") in self._hosts and is_loopback(environ.get("REMOTE_ADDR", ""))


def is_loopback(host: str) -> bool:
    """Whether an address, or the name of a host, leads to this machine alone."""
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


def _decision(environ: WSGIEnvironment) -> Decision:
    size = environ.get("CONTENT_LENGTH", "")
    if not size.isascii() or not size.isdigit() or int(size) > _MOST or environ.get("CONTENT_TYPE") != "application/json":
        raise CorrectionsError("the page sent nothing that can be read; load it again")
    try:
        return msgspec.json.decode(environ["wsgi.input"].read(int(size)), type=Decision)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise CorrectionsError(f"the page sent what is no decision ({error}); load it again") from error
