"""Addresses that are put in when a page is finished, and rows that are rendered once."""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from hypothesis import given
from hypothesis import strategies as st

from onrecord.render.engine.environment import environment_of_site, make_environment, printable
from onrecord.render.engine.links import Link, LinkMarks, Rows, Urls
from onrecord.render.site import render_pages
from onrecord.resources import templates_dir
from tests.render.pagecheck import read_page, words
from tests.support.fictional import fictional_figures, fictional_pair

PATHS = st.lists(st.sampled_from(["a", "b", "page", "ü", "x y"]), min_size=1, max_size=4).map("/".join) | st.just("index")
FOLDERS = PATHS.map(lambda path: path if path == "index" else f"{path}/index")


@given(PATHS | FOLDERS, PATHS | FOLDERS, st.sampled_from(["directory", "file"]))
def test_an_address_is_the_relative_path(target: str, start: str, style: str) -> None:
    def address(page: str) -> str:
        return quote(f"{page}.html" if style == "file" else "/".join([*filter(None, page.removesuffix("index").split("/")), ""]))

    shown = Urls(style).to(Link(target), start=start)  # type: ignore[arg-type]  # one of the two styles
    here = posixpath.dirname(f"/{address(start)}")
    assert posixpath.normpath(posixpath.join(here, shown)) == (f"/{address(target)}".rstrip("/") or "/")
    assert shown.rstrip("/") == posixpath.relpath(f"/{address(target)}", here)
    assert shown.endswith("/") == (style == "directory")


def test_a_mark_becomes_the_address_as_seen_from_its_page() -> None:
    marks = LinkMarks(Urls())
    printed = f"<a href='{marks.mark(Link('actors/ann', 'at-3'))}'></a><a href='{marks.mark('assets/x.css')}'></a>"
    html, links = marks.put_in(printed * 2, start="articles/a")
    assert html == "<a href='../../actors/ann/#at-3'></a><a href='../../assets/x.css'></a>" * 2
    assert links == (Link("actors/ann", "at-3"),)
    assert "href='#at-3'" in marks.put_in(printed, start="actors/ann")[0]


def test_text_that_looks_like_a_mark_is_text() -> None:
    marks = LinkMarks(Urls())
    marks.mark(Link("actors/ann"))
    for hostile in ("\x010\x02", "\x010\x02" * 50):
        assert marks.put_in(printable(hostile), start="index") == (hostile.replace("\x01", "&#1;").replace("\x02", "&#2;"), ())


@dataclass(frozen=True, slots=True)
class Item:
    """What a row prints."""

    name: str


def test_a_row_is_rendered_once_and_escaped(tmp_path: Path) -> None:
    (tmp_path / "partials").mkdir()
    (tmp_path / "partials/rows.html").write_text("{% macro row(item, last) %}{{ count() }}{{ item.name }}{{ '.' if last }}{% endmacro %}")
    calls: list[str] = []

    def count() -> str:
        calls.append("")
        return ""

    rows = Rows(environment_of_site(make_environment([tmp_path]), {"count": count}))
    one, same = Item("<b>"), Item("<b>")
    assert [rows("row", one, last=False), rows("row", one, last=False), rows("row", one, last=True)] == [
        "&lt;b&gt;",
        "&lt;b&gt;",
        "&lt;b&gt;.",
    ]
    assert len(calls) == 2
    assert rows("row", same, last=False) == "&lt;b&gt;"
    assert len(calls) == 3, "another item is another row, whatever it is equal to"


def test_the_style_sheet_names_the_columns_of_the_long_tables_as_their_heads_do() -> None:
    style = (templates_dir() / "assets/onrecord.css").read_text()
    named: dict[str, dict[int, str]] = {}
    for table, place, name in re.findall(r'\.orx-([a-z-]+)-table td:nth-child\((\d+)\)::before { content: "([^"]+)"; }', style):
        named.setdefault(table, {})[int(place)] = name
    shown: dict[str, list[str]] = {}
    for page in render_pages(fictional_pair(), env=make_environment(), urls=Urls(), figures=fictional_figures()):
        for table in read_page(page).iter("table"):
            classes = (table.get("class") or "").split()
            if "orx-table" not in classes:
                continue  # a table of the article itself
            kinds = [
                name.removeprefix("orx-").removesuffix("-table") for name in classes if name.endswith("-table") and name != "orx-table"
            ]
            assert kinds or all(cell.get("data-label") for cell in table.iter("td")), f"{page.path}: cells without a name"
            for kind in kinds:
                heads = [words(head) for head in table.iter("th") if head.get("scope") == "col"]
                assert shown.setdefault(kind, heads) == heads
                cells = {len(list(row)) for row in table.iter("tr")}
                assert cells == {len(heads)}, f"the {kind} table has {len(heads)} columns in tables.html, but {cells} cells in rows.html"
    assert set(shown) == set(named) == {"claim", "own-claim", "relation", "actor"}, "another long table is named here"
    for kind, places in named.items():
        first = {} if 1 in places else {1: re.search(rf'\.orx-{kind}-table tbody th::before {{ content: "([^"]+)"; }}', style)[1]}  # type: ignore[index]
        told = list((first | places).values())
        assert told == shown[kind], f"assets/onrecord.css names the columns of .orx-{kind}-table {told}; its head says {shown[kind]}"
