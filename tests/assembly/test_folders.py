"""A folder that is written again: only what the program wrote and nobody changed is replaced, and all else is kept, or refused."""

from __future__ import annotations

import os
import shutil
import socket
import stat
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import onrecord.assembly.folders
import onrecord.assembly.write
from onrecord.assembly.folders import prefix_for, swap
from onrecord.assembly.write import replaced_file, replaced_folder
from onrecord.errors import OutputError
from onrecord.manifest import MARKER, has_marker, read_manifest, sha256_of
from tests.support.growth import grows_in_proportion

OLD = {"index.html": "old", "articles/a.html": "old a", "actors/ann.html": "ann"}
NEW = {"index.html": "new", "articles/a.html": "new a", "articles/b.html": "new b"}


def write(folder: Path, files: Mapping[str, str], command: str = "build") -> None:
    with replaced_folder(folder, command) as fresh:
        put(fresh, files)


def put(folder: Path, files: Mapping[str, str]) -> None:
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(content, encoding="utf-8")


def held(folder: Path) -> dict[str, str]:
    """Everything in a folder: the content of files, where links lead, and that a folder is one."""

    def said(path: Path) -> str:
        if path.is_symlink():
            return f"-> {path.readlink()}"
        return "a folder" if path.is_dir() else path.read_text(encoding="utf-8", errors="surrogateescape")

    return {path.relative_to(folder).as_posix(): said(path) for path in folder.rglob("*") if path.name != MARKER}


def files_in(folder: Path) -> dict[str, str]:
    return {path: said for path, said in held(folder).items() if said != "a folder"}


@pytest.fixture
def site(tmp_path: Path) -> Path:
    write(tmp_path / "site", OLD)
    return tmp_path / "site"


def test_the_manifest_has_each_file_with_its_hash(site: Path) -> None:
    manifest = read_manifest(site)
    assert manifest is not None and manifest.command == "build"
    assert manifest.files == {name: sha256_of(site / name) for name in OLD}
    before = (site / MARKER).read_bytes()
    write(site, OLD)
    assert (site / MARKER).read_bytes() == before


def test_what_is_not_the_programs_stays(site: Path) -> None:
    foreign = {"CNAME": "example.org", ".git/objects/ab/cd": "a commit", "in/source.txt": "the article", "actors/notes.txt": "mine"}
    put(site, foreign)
    (site / "empty").mkdir()
    (site / "out").symlink_to("../elsewhere")
    (site / "here").symlink_to("in")
    secret = site / ".git"
    secret.chmod(0o700)
    number = (site / "CNAME").stat().st_ino
    write(site, NEW)
    assert files_in(site) == NEW | foreign | {"out": "-> ../elsewhere", "here": "-> in"}
    assert (site / "empty").is_dir() and secret.stat().st_mode & 0o777 == 0o700
    assert (site / "CNAME").stat().st_ino == number, "a second name for the same file, so that it is never away"
    write(site, OLD)
    assert files_in(site) == OLD | foreign | {"out": "-> ../elsewhere", "here": "-> in"}


def test_without_hard_links_it_is_copied(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def none(*_: object) -> None:
        raise OSError("no hard links here")

    monkeypatch.setattr(os, "link", none)
    put(site, {"CNAME": "example.org"})
    write(site, NEW)
    assert files_in(site) == NEW | {"CNAME": "example.org"}


def a_link(site: Path) -> None:
    (site / "index.html").unlink()
    (site / "index.html").symlink_to("x")


def a_folder(site: Path) -> None:
    (site / "index.html").unlink()
    (site / "index.html").mkdir()


def a_file(site: Path) -> None:
    shutil.rmtree(site / "articles")
    put(site, {"articles": "mine"})


def pipe(site: Path) -> None:
    os.mkfifo(site / "pipe")


def listen(site: Path) -> None:
    with socket.socket(socket.AF_UNIX) as one:
        here = Path.cwd()
        os.chdir(site)  # the name of a socket may not be long
        one.bind("socket")
        os.chdir(here)


REFUSED: dict[str, tuple[Callable[[Path], object], str]] = {
    "changed": (lambda site: (site / "index.html").write_text("mine"), "site/index.html: was changed since onrecord wrote it; "),
    "a link now": (a_link, "site/index.html: was changed"),
    "a folder now": (a_folder, "site/index.html: was changed"),
    "in the way": (lambda site: put(site, {"articles/b.html": "mine"}), "site/articles/b.html: is not onrecord's, and what is to be "),
    "a folder in the way": (lambda site: put(site, {"articles/b.html/x": "mine"}), "site/articles/b.html: is not onrecord's"),
    "a link in the way": (lambda site: (site / "articles/b.html").symlink_to("x"), "site/articles/b.html: is not onrecord's"),
    "a file where a folder is": (a_file, "site/articles: is not on"),
    "a pipe": (pipe, "site/pipe: is neither a file nor a folder; "),
    "a socket": (listen, "site/socket: is neither a file nor a folder; "),
    "an earlier version": (
        lambda site: (site / MARKER).write_text("onrecord 0.1.0\n"),
        "site: its .onrecord does not list what onrecord wr",
    ),
    "no manifest": (
        lambda site: (site / MARKER).write_text('{"command": "build", "files": {"a": 1}}'),
        "site: its .onrecord does not list",
    ),
    "no marker": (lambda site: (site / MARKER).unlink(), "site: holds files that onrecord did not write; "),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_cannot_be_kept_is_refused_and_nothing_is_changed(tmp_path: Path, site: Path, case: str) -> None:
    change, said = REFUSED[case]
    change(site)
    before = sorted((str(path), path.lstat().st_ino, path.lstat().st_mtime_ns) for path in tmp_path.rglob("*"))
    with pytest.raises(OutputError) as refused:
        write(site, NEW)
    message = str(refused.value).removeprefix(f"{tmp_path}/")
    assert message.startswith(said) and "; " in message
    assert before == sorted((str(path), path.lstat().st_ino, path.lstat().st_mtime_ns) for path in tmp_path.rglob("*"))


@pytest.mark.parametrize("command", ["pages", "export", "extract --engine dask"])
def test_a_folder_of_another_command_is_refused(tmp_path: Path, command: str) -> None:
    write(tmp_path / "out", OLD, command)
    with pytest.raises(OutputError, match=f"out: was written by onrecord {command}; name another folder, or delete this one"):
        write(tmp_path / "out", NEW)
    assert files_in(tmp_path / "out") == OLD


def test_a_file_that_somebody_removed_is_written_again(site: Path) -> None:
    shutil.rmtree(site / "articles")
    write(site, OLD)
    assert files_in(site) == OLD


def test_an_edit_while_the_folder_is_made_is_seen(site: Path) -> None:
    with pytest.raises(OutputError, match="was changed"), replaced_folder(site, "build"):
        (site / "index.html").write_text("edit")
    with replaced_folder(site.parent / "other", "build"):
        put(site.parent / "other", {"late.txt": "written meanwhile"})
    assert files_in(site.parent / "other") == {"late.txt": "written meanwhile"}


@pytest.mark.parametrize("before", [OLD, {}])
def test_of_two_runs_the_first_to_end_is_not_lost(tmp_path: Path, before: dict[str, str]) -> None:
    site = tmp_path / "site"
    if before:
        write(site, before)
    with pytest.raises(OutputError, match="site: was written by another run meanwhile"), replaced_folder(site, "build") as fresh:
        put(fresh, {"index.html": "second"})
        write(site, NEW)
    assert files_in(site) == NEW


def test_what_arrives_at_the_last_moment_is_brought_along(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def late(fresh: Path, place: Path) -> Path | None:
        put(place, {"upload.txt": "just now"})
        return swap(fresh, place)

    monkeypatch.setattr(onrecord.assembly.write, "swap", late)
    write(site, NEW)
    assert files_in(site) == NEW | {"upload.txt": "just now"}


def test_what_was_taken_away_stays_where_somebody_took_its_place(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rename = Path.rename

    def renamed(path: Path, target: Path) -> Path:
        now = rename(path, target)
        if target.name == "old":
            put(site, {"theirs.txt": "just now"})
        return now

    put(site, {"CNAME": "example.org"})
    monkeypatch.setattr(onrecord.assembly.folders, "_exchange", lambda one, other: False)
    monkeypatch.setattr(Path, "rename", renamed)
    with pytest.raises(OutputError, match="site: cannot be replaced"):
        write(site, NEW)
    assert files_in(site) == {"theirs.txt": "just now"}
    (old,) = site.parent.glob(".site-*/old")
    assert files_in(old) == OLD | {"CNAME": "example.org"}


def test_an_unchanged_file_is_read_once(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []

    def counted(file: Path) -> str:
        read.append(file.name)
        return sha256_of(file)

    monkeypatch.setattr(onrecord.assembly.folders, "sha256_of", counted)
    write(site, NEW)
    assert sorted(read) == ["a.html", "ann.html", "index.html"]


def test_another_file_system_in_the_folder_is_refused(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (site / "mounted").mkdir()
    stat = Path.stat

    def elsewhere(path: Path, **options: bool) -> os.stat_result:
        found = list(stat(path, **options))
        return os.stat_result([*found[:2], found[2] + (path.name == "mounted"), *found[3:]])

    monkeypatch.setattr(Path, "stat", elsewhere)
    with pytest.raises(OutputError, match="mounted: is on another file system"):
        write(site, NEW)


@pytest.mark.parametrize("read", ["site", "site/in", "site/in/a.txt", "link/in", "site/away"])
def test_what_is_read_may_not_be_in_what_is_written(tmp_path: Path, site: Path, read: str) -> None:
    put(site, {"in/a.txt": "an article"})
    (tmp_path / "link").symlink_to("site")
    (site / "away").symlink_to("..")
    with (
        pytest.raises(OutputError, match=r"is read, and is (in )?what is to be written"),
        replaced_folder(site, "build", [tmp_path / read]),
    ):
        pass
    with pytest.raises(OutputError, match="is read, and is what"), replaced_file(site / "in/a.txt", [site / "in/a.txt"]):
        pass
    with replaced_folder(site, "build", [tmp_path, tmp_path / "other"]):
        pass


def test_a_link_is_no_marker(tmp_path: Path, site: Path) -> None:
    put(tmp_path / "mine", {"thesis.txt": "years of work"})
    (tmp_path / "mine" / MARKER).symlink_to(site / MARKER)
    assert not has_marker(tmp_path / "mine")
    with pytest.raises(OutputError, match="did not write"):
        write(tmp_path / "mine", NEW)


@pytest.mark.slow
def test_a_folder_costs_in_proportion_to_its_files(tmp_path: Path) -> None:
    def write_again(size: int) -> None:
        site = tmp_path / str(size)
        if not site.exists():
            write(site, {f"articles/a{number}.html": "an article" for number in range(size)})
            put(site, {f"kept/{number}/notes.txt": "mine" for number in range(size)})
        write(site, {f"articles/b{number}.html": "an article" for number in range(size)})
        write(site, {f"articles/a{number}.html": "an article" for number in range(size)})

    assert grows_in_proportion(write_again, 60)


@pytest.mark.skipif(sys.platform == "win32", reason="has no such modes")
def test_the_folder_is_shared_as_it_was(site: Path) -> None:
    site.chmod(0o2775)
    write(site, {"in/index.html": "new"})
    assert stat.S_IMODE(site.stat().st_mode) == 0o2775
    assert site.joinpath("in").stat().st_mode & stat.S_ISGID, "what is made in it has its group, too"
    assert time.time() - site.stat().st_mtime < 60


def test_a_name_may_be_as_long_as_the_system_has_room_for(tmp_path: Path) -> None:
    for name in ("a" * 255, "é" * 127, "a" * 254 + "b"):
        write(tmp_path / name, OLD)
        write(tmp_path / name, NEW)
        assert files_in(tmp_path / name) == NEW
    assert prefix_for(tmp_path / ("a" * 255)) != prefix_for(tmp_path / ("a" * 254 + "b"))


def test_links_to_themselves_are_refused(tmp_path: Path) -> None:
    (tmp_path / "loop").symlink_to("other")
    (tmp_path / "other").symlink_to("loop")
    with pytest.raises(OutputError, match="loop: is a link that leads back to itself; "):
        write(tmp_path / "loop", NEW)
    with pytest.raises(OutputError, match="loop: is a link that leads back to itself; "), replaced_file(tmp_path / "loop"):
        pass


# --- a process that is killed ------------------------------------------------------------------------------------------

STEPS = ("link", "unlink", "rmdir", "mkdir", "rename", "replace", "symlink")
"""What changes a folder."""


def ends_at(step: int, site: Path, *, exchange: bool) -> bool:
    """Whether a process that writes the site ends before the given step, without another word, rather than after its work."""
    child = os.fork()
    if child:
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 9
    left = step

    def counted(function: Callable[..., object]) -> Callable[..., object]:
        def call(*args: object, **options: object) -> object:
            nonlocal left
            if not left:
                os._exit(9)
            left -= 1
            return function(*args, **options)

        return call

    for name in STEPS:
        setattr(os, name, counted(getattr(os, name)))
    swapped = counted(onrecord.assembly.folders._exchange) if exchange else lambda one, other: False
    onrecord.assembly.folders._exchange = swapped  # type: ignore[assignment]
    write(site, NEW)
    os._exit(0)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs a process that ends in the midst of a call")
@pytest.mark.parametrize("exchange", [True, False])
def test_at_whichever_step_it_ends_nothing_is_lost(tmp_path: Path, exchange: bool) -> None:
    foreign = {"CNAME": "example.org", ".git/objects/ab/cd": "a commit", "actors/notes.txt": "mine"}
    step, ended = 0, True
    while ended:
        site = tmp_path / str(step) / "site"
        site.parent.mkdir()
        write(site, OLD)
        put(site, foreign)
        ended = ends_at(step, site, exchange=exchange)
        if site.exists():
            assert files_in(site) in (OLD | foreign, NEW | foreign)
        else:
            assert not exchange
        write(site, NEW)
        assert files_in(site) == NEW | foreign
        assert [path for path in tmp_path.glob(f"{step}/.*") if list(path.rglob("*.html"))] == []
        step += 1
    assert step > 15


# --- any folder -----------------------------------------------------------------------------------------------------

NAMES = st.sampled_from(["index.html", "articles", "a.html", "b.html", "actors", "mine", "CNAME", ".git", "é.txt", "a b\n"])
PATHS = st.lists(NAMES, min_size=1, max_size=3).map("/".join)
EDITS = st.tuples(st.sampled_from(["write", "remove", "folder", "link"]), PATHS)


def edit(folder: Path, kind: str, path: str) -> None:
    """What a user may do to the folder; nothing where that cannot be done."""
    place = folder / path
    try:
        if kind == "remove":
            shutil.rmtree(place) if place.is_dir() and not place.is_symlink() else place.unlink()
        elif kind == "folder":
            place.mkdir(parents=True)
        elif kind == "link":
            place.symlink_to("../nowhere/else")
        else:
            put(folder, {path: "mine"})
    except OSError:
        pass


@given(st.lists(EDITS, max_size=12), st.sampled_from([OLD, NEW, {}]))
def test_whatever_was_done_to_a_folder_nothing_of_it_is_lost(
    tmp_path_factory: pytest.TempPathFactory, edits: list[tuple[str, str]], new: dict[str, str]
) -> None:
    root = tmp_path_factory.mktemp("any")
    site = root / "site"
    write(site, OLD)
    for one in edits:
        edit(site, *one)
    before = held(site)
    try:
        write(site, new)
    except OutputError as error:
        assert held(site) == before
        assert "; " in str(error)
    else:
        after = held(site)
        own = {path for path, content in OLD.items() if before.get(path) == content}
        assert {
            path: said for path, said in before.items() if path not in own and path not in ("articles", "actors")
        }.items() <= after.items()
        assert new.items() <= after.items()
    assert [path.name for path in root.iterdir()] == ["site"]
    shutil.rmtree(root)
