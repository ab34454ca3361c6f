"""Writing: all of it, or nothing."""

from __future__ import annotations

import html
import re
from pathlib import Path

import pytest
import yaml
from markdown import markdown  # type: ignore[import-untyped]
from markdown_it import MarkdownIt

import onrecord.assembly.folders
from onrecord.assembly.write import markdown_page, new_folder, replaced_file, replaced_folder
from onrecord.errors import OutputError
from onrecord.manifest import MARKER
from onrecord.render.engine.links import Urls
from onrecord.render.head import without_markup
from onrecord.render.site import Page


def tree(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*"))


class Interrupt(BaseException):
    pass


def test_a_folder_appears_whole(tmp_path: Path) -> None:
    with replaced_folder(tmp_path / "a/b/out", "build") as fresh:
        (fresh / "page.html").write_text("new")
        assert not (tmp_path / "a").exists()
    assert tree(tmp_path) == ["a", "a/b", "a/b/out", f"a/b/out/{MARKER}", "a/b/out/page.html"]


def test_a_folder_of_ours_is_replaced_and_keeps_nothing(tmp_path: Path) -> None:
    for name in ("old.html", "new.html"):
        with replaced_folder(tmp_path / "out", "build") as fresh:
            (fresh / name).write_text(name)
    assert tree(tmp_path) == ["out", f"out/{MARKER}", "out/new.html"]


@pytest.mark.parametrize("error", [ValueError, KeyboardInterrupt, Interrupt])
def test_an_error_leaves_the_old_folder_and_nothing_else(tmp_path: Path, error: type[BaseException]) -> None:
    with replaced_folder(tmp_path / "out", "build") as fresh:
        (fresh / "old.html").write_text("old")
    with pytest.raises(error), replaced_folder(tmp_path / "out", "build") as fresh:
        (fresh / "half.html").write_text("half")
        raise error
    assert tree(tmp_path) == ["out", f"out/{MARKER}", "out/old.html"]


def test_an_error_leaves_no_parent_folder(tmp_path: Path) -> None:
    with pytest.raises(ValueError), replaced_folder(tmp_path / "a/b", "build"):
        raise ValueError
    assert tree(tmp_path) == []


def test_the_old_folder_comes_back_when_the_swap_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with replaced_folder(tmp_path / "out", "build") as fresh:
        (fresh / "old.html").write_text("old")
    moves: list[Path] = []

    def rename(path: Path, target: Path) -> Path:
        moves.append(path)
        if len(moves) == 2:
            raise OSError("the disk is full")
        return path.replace(target)

    monkeypatch.setattr(onrecord.assembly.folders, "_exchange", lambda *_: False)
    monkeypatch.setattr(Path, "rename", rename)
    with pytest.raises(OutputError, match=r"out: cannot be replaced \(the disk is full\)"), replaced_folder(tmp_path / "out", "build"):
        pass
    assert len(moves) == 3
    assert tree(tmp_path) == ["out", f"out/{MARKER}", "out/old.html"]


def test_a_folder_with_other_files_is_refused(tmp_path: Path) -> None:
    (tmp_path / "thesis.doc").write_text("years of work")
    with pytest.raises(OutputError, match="holds files that onrecord did not write"), replaced_folder(tmp_path, "build"):
        pass
    assert tree(tmp_path) == ["thesis.doc"]


def test_an_empty_folder_is_taken(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    with replaced_folder(tmp_path / "out", "build"):
        pass
    assert tree(tmp_path) == ["out", f"out/{MARKER}"]


def test_a_file_in_the_way_is_refused(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("a file")
    with pytest.raises(OutputError, match="is a file, not a folder"), replaced_folder(tmp_path / "out", "build"):
        pass
    with pytest.raises(OutputError, match="cannot be written"), replaced_folder(tmp_path / "out/deeper", "build"):
        pass
    assert (tmp_path / "out").read_text() == "a file"


def test_the_working_folder_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(OutputError, match="the folder that you are in"), replaced_folder(Path(), "build"):
        pass


def test_a_link_to_a_folder_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to("real")
    with replaced_folder(tmp_path / "link", "build") as fresh:
        (fresh / "page.html").write_text("new")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "real/page.html").is_file()


def test_the_folder_can_be_read_by_others(tmp_path: Path) -> None:
    with replaced_folder(tmp_path / "out", "build"):
        pass
    (tmp_path / "plain").mkdir()
    assert (tmp_path / "out").stat().st_mode == (tmp_path / "plain").stat().st_mode


def test_a_new_folder_is_the_users_from_then_on(tmp_path: Path) -> None:
    with new_folder(tmp_path / "project") as fresh:
        (fresh / "mkdocs.yml").write_text("site_name: mine")
    assert tree(tmp_path) == ["project", "project/mkdocs.yml"]
    with pytest.raises(OutputError, match="is not empty"), new_folder(tmp_path / "project"):
        pass
    with pytest.raises(OutputError, match="did not write"), replaced_folder(tmp_path / "project", "build"):
        pass


def test_a_file_is_replaced_in_one_move(tmp_path: Path) -> None:
    file = tmp_path / "reports.jsonl"
    with replaced_file(file) as fresh:
        fresh.write_text("old")
    with pytest.raises(KeyboardInterrupt), replaced_file(file) as fresh:
        fresh.write_text("half")
        raise KeyboardInterrupt
    assert file.read_text() == "old"
    assert tree(tmp_path) == ["reports.jsonl"]


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="is not a regular file"), replaced_file(tmp_path):
        pass


# --- pages as Markdown ---------------------------------------------------------------------------------------------

HTML = """<div class="onrecord">
<h1 id="top">A *b* _c_ [d](e)</h1>
<p>1. one<br>
# two&#10;&#10;    three</p>
<pre>x&#10;&#10;y</pre>
</div>"""


def page(*, path: str = "articles/a", title: str = "A", description: str = "") -> Page:
    return Page(path, title, HTML, description, (), frozenset(), (), False)


def body(text: str) -> str:
    return text.split("---\n", 2)[2].strip()


def test_a_page_is_one_block_that_markdown_leaves_alone() -> None:
    text = body(markdown_page(page(), urls=Urls("directory")))
    assert HTML in text
    assert markdown(text, extensions=["extra", "smarty", "toc"]) == text
    assert MarkdownIt("commonmark").render(text).strip() == text


@pytest.mark.parametrize(
    ("style", "path", "href"),
    [
        ("directory", "index", "assets/onrecord.css"),
        ("directory", "actors/index", "../assets/onrecord.css"),
        ("directory", "actors/ann", "../../assets/onrecord.css"),
        ("file", "actors/ann", "../assets/onrecord.css"),
        ("file", "method", "assets/onrecord.css"),
    ],
)
def test_each_page_fetches_its_style(style: str, path: str, href: str) -> None:
    text = markdown_page(page(path=path), urls=Urls("file" if style == "file" else "directory"))
    assert re.findall(r'<link rel="stylesheet" href="([^"]+)">', text) == [href]


@pytest.mark.parametrize(
    "title", ["Plain", "a: b # c", "'quoted' \"twice\"", "😀 and \x85 and \u2028", "---", "[x](javascript:y)", "no", "12"]
)
def test_front_matter_reads_back(title: str) -> None:
    front = yaml.safe_load(markdown_page(page(title=title, description=title), urls=Urls()).split("---\n", 1)[1].rpartition("\n---\n")[0])
    assert front == {"generator": "onrecord", "title": without_markup(title), "description": without_markup(title)}


@pytest.mark.parametrize(
    "text", ['</title><script>alert("x")</script>', "&lt;/title&gt;&lt;script&gt;", "&lt/title&gt", '" onmouseover="x', "&amp;lt;b"]
)
def test_inert_text_is_no_markup_even_when_somebody_unescapes_it(text: str) -> None:
    for shown in (without_markup(text), html.unescape(without_markup(text))):
        assert not set("<>\"'") & set(shown)


def test_inert_text_is_one_line() -> None:
    assert without_markup(" a\n\tb ") == "a b"
