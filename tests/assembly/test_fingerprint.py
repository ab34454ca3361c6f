"""By what a build tells that nothing has changed."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from onrecord.assembly.fingerprint import fingerprint_of, is_current, write_fingerprint
from onrecord.assembly.write import replaced_folder
from tests.support.fictional import fictional_corpus


def test_a_stamp_is_of_reports_files_and_options(tmp_path: Path) -> None:
    reports = fictional_corpus().reports
    file = tmp_path / "actors.yml"
    file.write_text("one")
    before = fingerprint_of(reports, files=[file], options=["a"], text="full")
    assert before == fingerprint_of(reports, files=[file], options=["a"], text="full")
    with replaced_folder(tmp_path / "templates/site", "build") as folder:
        (folder / "page.html").write_text("made of these templates")
    inside, nothing = (
        fingerprint_of(reports, files=[place], options=[], text="full") for place in (tmp_path / "templates", empty(tmp_path))
    )
    assert inside == nothing
    others = [
        fingerprint_of(reports[:-1], files=[file], options=["a"], text="full"),
        fingerprint_of(reports, files=[], options=["a"], text="full"),
    ]
    others += [
        fingerprint_of(reports, files=[file], options=["b"], text="full"),
        fingerprint_of(reports, files=[file], options=["a"], text="none"),
    ]
    file.write_text("two")
    others.append(fingerprint_of(reports, files=[file], options=["a"], text="full"))
    assert len({before, *others}) == 6


def test_a_stamp_says_nothing_of_what_is_withheld(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither the site's mode nor the article's own leaves a digest of words that another machine could make, too."""
    reports = fictional_corpus().reports
    article = reports[0].article
    quiet = [replace(reports[0], article=replace(article, meta=replace(article.meta, text="none")))]

    def stamps(machine: str) -> list[str]:
        monkeypatch.setenv("ONRECORD_CACHE", str(tmp_path / machine))
        return [fingerprint_of(reports, files=[], options=[], text="none"), fingerprint_of(quiet, files=[], options=[], text="full")]

    here = stamps("here")
    assert here == stamps("here") and set(here).isdisjoint(stamps("there"))
    assert (tmp_path / "here/secret").stat().st_mode & 0o077 == 0
    (tmp_path / "blocked").write_text("a file")
    assert stamps("blocked") != stamps("blocked")  # nothing can be kept: the site is made anew


def empty(folder: Path) -> Path:
    (folder / "empty").mkdir()
    return folder / "empty"


def test_a_folder_is_current_while_stamp_and_files_are_the_same(tmp_path: Path) -> None:
    assert not is_current(tmp_path / "nowhere", "a")
    with replaced_folder(tmp_path / "site", "build") as folder:
        (folder / "page.html").write_text("new")
        write_fingerprint(folder, "a")
    assert is_current(tmp_path / "site", "a")
    assert not is_current(tmp_path / "site", "b")
    (tmp_path / "site/CNAME").write_text("example.org")
    assert is_current(tmp_path / "site", "a"), "what is not of the site says nothing of it"
    (tmp_path / "site/page.html").unlink()
    assert not is_current(tmp_path / "site", "a")
