"""By what a build tells that nothing has changed."""

from __future__ import annotations

from pathlib import Path

from onrecord.stamp import is_current, put_stamp, stamp_of
from onrecord.write import replaced_folder
from tests.fictional import fictional_corpus


def test_a_stamp_is_of_reports_files_and_options(tmp_path: Path) -> None:
    reports = fictional_corpus().reports
    file = tmp_path / "actors.yml"
    file.write_text("one")
    before = stamp_of(reports, files=[file], options=["full"])
    assert before == stamp_of(reports, files=[file], options=["full"])
    with replaced_folder(tmp_path / "templates/site", "build") as folder:
        (folder / "page.html").write_text("made of these templates")
    assert stamp_of(reports, files=[tmp_path / "templates"], options=[]) == stamp_of(reports, files=[empty(tmp_path)], options=[])
    others = [stamp_of(reports[:-1], files=[file], options=["full"]), stamp_of(reports, files=[], options=["full"])]
    others.append(stamp_of(reports, files=[file], options=["none"]))
    file.write_text("two")
    others.append(stamp_of(reports, files=[file], options=["full"]))
    assert len({before, *others}) == 5


def empty(folder: Path) -> Path:
    (folder / "empty").mkdir()
    return folder / "empty"


def test_a_folder_is_current_while_stamp_and_files_are_the_same(tmp_path: Path) -> None:
    assert not is_current(tmp_path / "nowhere", "a")
    with replaced_folder(tmp_path / "site", "build") as folder:
        (folder / "page.html").write_text("new")
        put_stamp(folder, "a")
    assert is_current(tmp_path / "site", "a")
    assert not is_current(tmp_path / "site", "b")
    (tmp_path / "site/CNAME").write_text("example.org")
    assert is_current(tmp_path / "site", "a"), "what is not of the site says nothing of it"
    (tmp_path / "site/page.html").unlink()
    assert not is_current(tmp_path / "site", "a")
