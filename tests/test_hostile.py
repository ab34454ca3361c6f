"""An attacker's project, built: what stands in it stays text, and nothing is read or written elsewhere."""

from __future__ import annotations

import gzip
import json
import os
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

import html5lib
import markdown  # type: ignore[import-untyped]
import pytest
from click.testing import CliRunner, Result
from hostile import ACTORS, CORRECTIONS, LOCK, NAMES, REFUSED, WORDS, write_articles
from spacy.language import Language

from onrecord.cli import main
from onrecord.corpus.lock import parse_lock
from onrecord.corrections.reading import parse_corrections
from onrecord.errors import ActorsError, ArticleError, CorrectionsError, LockError, ReportsError
from onrecord.gazetteer import load_gazetteer
from onrecord.model import Mark, Meta, Moment, Report, Span
from onrecord.reports import reading
from onrecord.reports.entries import find_entries
from onrecord.reports.extraction import Reporter
from onrecord.reports.json import encode_report
from onrecord.reports.reading import find_reports
from onrecord.reports.storage import open_place
from onrecord.text.addresses import LONGEST_ID
from tests.mkdocs.test_plugin import Project
from tests.support.crawl import broken, third_parties
from tests.support.fictional import fictional_report

SECRET = "what the file outside says"
OURS = ("css/theme.css", "js/scheme.js", "js/search.js", "assets/onrecord.js", "assets/onrecord.css")
DEVICES = re.compile(r"(con|prn|aux|nul|com[1-9¹²³]|lpt[1-9¹²³])(\..*)?", re.IGNORECASE)

SCHEMES = ("javascript:", "vbscript:", "data:", "file:", "blob:", "//")


def run(*args: str) -> Result:
    return CliRunner().invoke(main, args)


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the articles, and what each command made of them."""
    folder = tmp_path_factory.mktemp("hostile")
    (folder / "outside").mkdir()
    (folder / "outside/secret.md").write_text(f"Ana Petrov said {SECRET}.\n")
    write_articles(folder / "in", folder / "outside/secret.md")
    for name, text in (("actors.yml", ACTORS), ("corrections.yml", CORRECTIONS), ("onrecord.lock", LOCK)):
        (folder / name).write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def built(project: Path) -> tuple[Path, Result]:
    """The site, and what the command said."""
    given = [part for name in ("actors", "corrections") for part in (f"--{name}", str(project / f"{name}.yml"))]
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(project)
        before = everything(project)
        done = run("build", "in", "--out", "site", "--jobs", "1", *given)
        assert done.exit_code == 1, "some are bad, and left out"
        assert everything(project) - before == {place for place in everything(project) if place.startswith("site")}
    return project / "site", done


@pytest.fixture(scope="module")
def site(built: tuple[Path, Result]) -> Path:
    return built[0]


def everything(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*")}


def pages(site: Path) -> Iterator[tuple[str, Element]]:
    """Every page, as a browser's parser builds it."""
    for file in sorted(path for path in site.rglob("*.html") if path.is_file()):
        yield file.relative_to(site).as_posix(), html5lib.parse(file.read_text(encoding="utf-8"), namespaceHTMLElements=False)


def is_outward(address: str) -> bool:
    return bool(urlsplit(address).netloc)


def assert_harmless(name: str, page: Element) -> None:
    """Only our scripts, only web addresses, nothing that a browser does by itself."""
    for one in page.iter():
        tag = str(one.tag)
        assert not {attribute for attribute in one.attrib if attribute.startswith("on") or attribute in ("srcdoc", "formaction")}, name
        assert tag not in ("iframe", "object", "embed", "base", "img", "marquee", "template", "math", "foreignObject", "use"), name
        assert tag != "form" or (one.get("role") == "search" and not is_outward(one.get("action") or "")), name
        assert tag != "meta" or one.get("http-equiv") in (None, "Content-Security-Policy"), name
        if tag == "script" and one.get("type") != "application/ld+json":
            assert not one.text and (one.get("src") or "").lstrip("./") in OURS, name
        if tag in ("a", "link", "area"):
            assert_safe_address(name, one)


def assert_safe_address(name: str, link: Element) -> None:
    address = link.get("href") or ""
    if address == "data:," and link.get("rel") == "icon":
        return
    assert urlsplit(address).scheme in ("", "http", "https"), (name, address)
    assert re.match(r"[\w.#%?-]|https?://", address), (name, address)  # so neither // nor a blank before a scheme
    assert "evil.example" not in address or urlsplit(address).scheme == "https", (name, address)
    if is_outward(address) and link.tag == "a":
        assert link.get("rel") == "noopener noreferrer", (name, address)


# --- the site ------------------------------------------------------------------------------------------------------


def test_no_page_has_markup_script_or_an_address_of_an_articles_making(site: Path) -> None:
    found = dict(pages(site))
    assert len([name for name in found if name.startswith("articles/")]) > len(NAMES)
    for name, page in found.items():
        assert_harmless(name, page)
    assert not third_parties(site)


def test_every_page_has_a_strict_policy(site: Path) -> None:
    for name, page in pages(site):
        (policy,) = (one.get("content") or "" for one in page.iter("meta") if one.get("http-equiv") == "Content-Security-Policy")
        rules = dict(rule.strip().split(" ", 1) for rule in policy.split(";") if rule.strip())
        assert rules["default-src"] == "'none'" and rules["script-src"] == "'self'", name
        assert "unsafe-inline" not in rules["script-src"] and rules["base-uri"] == "'none'" and rules["form-action"] == "'self'", name


def test_every_link_of_an_odd_name_leads_somewhere(site: Path) -> None:
    assert broken(site, index=False) == []


def test_data_in_pages_is_json_and_ends_where_it_should(site: Path) -> None:
    for name, page in pages(site):
        for one in page.iter("script"):
            if one.get("type") == "application/ld+json":
                json.loads(one.text or "")
                assert not re.search(r"[<>\u2028\u2029]", one.text or ""), name


def test_each_bad_article_costs_itself_alone(built: tuple[Path, Result]) -> None:
    site, done = built
    told = [line for line in done.stderr.splitlines() if line.startswith("onrecord: ")]
    unread = [line for line in told if "is not read, and not published" in line]
    assert [line.split(": ")[1] for line in unread] == ["in/link.md", "in/pipe.md", "in/round.md"]
    noticed = [line for line in told if line.startswith("onrecord: read as UTF-8, and not in the encoding that the page declares")]
    assert len(noticed) == 1
    assert len(told) - len(unread) - len(noticed) == REFUSED, done.stderr
    assert len(list(site.glob("articles/*.html"))) == len(NAMES) + 1 + 6  # the name in other bytes, markup and front matter
    assert "Traceback" not in done.output


def test_what_lies_outside_is_in_no_file(site: Path) -> None:
    assert_nothing_leaked(site)


def assert_nothing_leaked(site: Path) -> None:
    passwd = Path("/etc/passwd").read_text(encoding="utf-8").splitlines()[0]
    for file in site.rglob("*"):
        if file.is_file():
            content = file.read_bytes()
            assert SECRET.encode() not in content and passwd.encode() not in content, file


def test_names_of_files_can_be_copied_anywhere(site: Path) -> None:
    """To a disk that knows no case, to Windows, and to a web server that leaves out what begins with an underscore or a dot."""
    names = {name for name in everything(site) if not name.startswith(".onrecord")}
    assert len({name.casefold() for name in names}) == len(names)
    for part in {part for name in names for part in name.split("/")}:
        assert re.fullmatch(r"[\w.~-]+", part) and part[0] not in "._" and part[-1] not in ". ", part
        assert not DEVICES.fullmatch(part), part
        assert len(part.encode()) <= LONGEST_ID + len(".html.new")


def test_ids_do_not_depend_on_who_else_is_there(project: Path, site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    long = next(name for name in NAMES if name.startswith("nnn"))
    (tmp_path / long).write_text(WORDS)
    assert run("build", long, "--out", "alone", "--jobs", "1").exit_code == 0
    (page,) = Path("alone/articles").glob("*.html")
    assert (site / "articles" / page.name).is_file()


# --- under MkDocs --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("theme", ["mkdocs", "material"])
def test_the_plugin_takes_articles_and_nothing_that_a_link_or_a_pipe_leads_to(
    theme: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, nlp: Language
) -> None:
    """MkDocs by itself follows links out of its folder and waits for pipes."""
    monkeypatch.setenv("NO_MKDOCS_2_WARNING", "1")
    monkeypatch.chdir(tmp_path)
    project = Project(tmp_path, Reporter(load=lambda model: nlp))
    (tmp_path / "docs/articles/vote.md").unlink()
    (tmp_path / "docs/articles").rmdir()
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside/secret.md").write_text(f"Ana Petrov said {SECRET}.\n")
    write_articles(tmp_path / "docs/articles", tmp_path / "outside/secret.md")
    project.build(strict=False, theme={"name": theme})
    assert_nothing_leaked(project.site)
    for name, page in pages(project.site):
        if name.startswith("articles/") and name != "articles/index.html":  # which is a page that the user wrote
            (ours,) = (one for one in page.iter() if "onrecord" in (one.get("class") or "").split())
            assert_harmless(name, ours)
        for one in page.iter():
            assert not {attribute for attribute in one.attrib if attribute.startswith("on")}, name
            assert one.tag not in ("marquee", "base", "iframe") and "evil.example" not in (one.get("src") or ""), name
            assert one.tag != "script" or one.get("type") == "application/ld+json" or "alert" not in (one.text or ""), name


# --- what other builders read --------------------------------------------------------------------------------------


def test_pages_for_other_builders_include_nothing(project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Snippets are taken in before Markdown is read, whatever stands around them; macros look for two braces."""
    monkeypatch.chdir(tmp_path)
    done = run("pages", str(project / "in/markup.md"), str(project / "in/title.md"), "--out", "pages", "--jobs", "1")
    assert done.exit_code == 0, done.output
    snippets = {"pymdownx.snippets": {"base_path": ["/"], "restrict_base_path": False, "check_paths": True}}
    for file in Path("pages").rglob("*.md"):
        text = file.read_text(encoding="utf-8")
        assert not re.search(r"\{[{%#!]", text), file
        made = markdown.markdown(text.split("---\n", 2)[2], extensions=["md_in_html", "pymdownx.snippets"], extension_configs=snippets)
        assert "root:" not in made
        for one in html5lib.parse(made, namespaceHTMLElements=False).iter():
            assert one.tag != "img" and not [name for name in one.attrib if name.startswith("on")]


def test_exports_are_well_formed_and_link_to_the_web_alone(project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert run("export", str(project / "in"), "--out", "data", "--tei", "--jobs", "1").exit_code == 1
    found = [file for file in Path("data").rglob("*") if file.is_file()]
    for file in found:
        if file.suffix == ".xml":
            for one in ElementTree.parse(file).iter():
                assert all(not value.lower().startswith(SCHEMES) for value in one.attrib.values()), file
        elif file.suffix in (".json", ".jsonld"):
            json.loads(file.read_bytes())
    assert {file.suffix for file in found} >= {".xml", ".json", ".jsonld", ".csv", ".jsonl"}


# --- reports from elsewhere ----------------------------------------------------------------------------------------

REPORT = fictional_report()
ARTICLE = REPORT.article
PATHS = ("../../etc/x", "/etc/x", "C:\\x", "..", ".", "", "a/b", "con", "nul.x", "x.", "a\nb", "x" * 300, "說" * 90, "tables", "%2e%2e")


def with_mark(href: str) -> Report:
    block = replace(ARTICLE.blocks[0], marks=(Mark(0, 1, "link", href),))
    return replace(REPORT, article=replace(ARTICLE, blocks=(block, *ARTICLE.blocks[1:])))


UNSOUND = [
    *(replace(REPORT, article=replace(ARTICLE, id=id)) for id in PATHS),
    *(with_mark(href) for href in ("javascript:alert(1)", "java\tscript:alert(1)", "data:text/html,x", "vbscript:x")),
    *(replace(REPORT, article=replace(ARTICLE, meta=Meta(url=url))) for url in ("javascript:alert(1)", "//evil.example/", 'https://a/"x')),
    replace(REPORT, article=replace(ARTICLE, meta=Meta(date="<script>"))),
    replace(REPORT, moments=(Moment(0, 1, "<script>", False),)),
    replace(REPORT, quotes=(replace(REPORT.quotes[0], content=(Span(0, 10**9),)), *REPORT.quotes[1:])),
    replace(REPORT, quotes=(replace(REPORT.quotes[0], content=(Span(-5, 3),)), *REPORT.quotes[1:])),
    replace(REPORT, quotes=(replace(REPORT.quotes[0], speaker=replace(REPORT.quotes[0].speaker, actor="../x")), *REPORT.quotes[1:])),
]


def test_a_sound_report_is_read(tmp_path: Path) -> None:
    (tmp_path / "r.jsonl").write_bytes(encode_report(REPORT) + b"\n")
    assert list(find_reports([str(tmp_path / "r.jsonl")]) or ()) == [REPORT]


@pytest.mark.parametrize("report", UNSOUND, ids=range(len(UNSOUND)))
@pytest.mark.parametrize("kind", ["jsonl", "parquet"])
def test_a_report_that_is_not_sound_is_refused_in_one_line(report: Report, kind: str, tmp_path: Path) -> None:
    file = tmp_path / f"r.{kind}"
    if kind == "jsonl":
        file.write_bytes(encode_report(report) + b"\n")
    else:
        arrow, parquet = pytest.importorskip("pyarrow"), pytest.importorskip("pyarrow.parquet")
        row = {"schema_version": report.schema_version, "report": encode_report(report).decode()}
        parquet.write_table(arrow.Table.from_pylist([row]), file)
    with pytest.raises(ReportsError) as raised:
        list(find_reports([str(file)]) or ())
    assert str(raised.value).startswith(f"{file}:1: ") and "\n" not in str(raised.value)


@pytest.mark.parametrize("id", [*PATHS, "../" * 40 + "x", 10**40, "\udc00"])
def test_records_with_any_id_are_built_inside_of_the_folder(id: str | int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("in.jsonl").write_text(json.dumps({"id": id, "text": WORDS}) + "\n" + json.dumps({"id": "good", "text": WORDS}) + "\n")
    assert run("export", "in.jsonl", "--out", "deep/down/out", "--jobs", "1").exit_code in (0, 1), "some are no ids"
    assert {path.name for path in tmp_path.iterdir()} == {"in.jsonl", "deep"}
    assert Path("deep/down/out/good/report.json").is_file()


# --- files beside the articles --------------------------------------------------------------------------------------

BOMB = "a0: &a0 [x, x]\n" + "".join(f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}, *a{n - 1}]\n" for n in range(1, 40))


@pytest.mark.parametrize(
    "text",
    [
        f"{BOMB}actors: *a39\n",
        "actors: &a\n- *a\n",
        "actors:\n- name: !!python/object/apply:os.system [x]\n",
        'actors:\n- name: "A \\ud800 Lee"\n',
        'actors:\n- name: "A \\0 Lee"\n',
        "actors:\n- name: A Lee\n  links: ['javascript:alert(1)']\n",
        "actors:\n- name: A Lee\n  links: ['//evil.example/']\n",
    ],
)
def test_a_file_of_actors_makes_nothing_but_names(text: str, tmp_path: Path) -> None:
    (tmp_path / "actors.yml").write_text(text)
    with pytest.raises(ActorsError) as raised:
        load_gazetteer(tmp_path / "actors.yml")
    assert "\n" not in str(raised.value)


@pytest.mark.parametrize(
    "entry",
    [
        "note: !!python/object/apply:os.system [x]",
        "note: &n [*n]",
        'note: "\\ud800"',
        'date: "2024-01-01\\n"',
        "verdict: {text: t, by: b, date: 2024-01-01, sources: [{url: 'javascript:alert(1)'}]}",
    ],
)
def test_a_file_of_corrections_makes_nothing_but_text(entry: str) -> None:
    start = "corrections:\n  - action: rename\n    id: r\n    article: a\n    words: Lee\n    sentence: Lee left.\n    name: Lea\n"
    with pytest.raises(CorrectionsError) as raised:
        parse_corrections(f"{start}    {entry}\n")
    assert "\n" not in str(raised.value)
    assert parse_corrections(start).entries


@pytest.mark.parametrize("kind", ["article", "actor"])
@pytest.mark.parametrize("ids", [["../x"], ["/x"], ["a/b"], ["x" * 250], ["說" * 90], ["Ann", "ann"], ["\u00c9", "\u00e9"], ["a\n"], [""]])
def test_a_lock_names_no_file_that_cannot_be(kind: str, ids: list[str]) -> None:
    lines = [{"kind": "lock", "version": 1}, *({"kind": kind, "id": id, **({"name": "n"} if kind == "actor" else {})} for id in ids)]
    with pytest.raises(LockError) as raised:
        parse_lock("\n".join(map(json.dumps, lines)).encode(), file=Path("onrecord.lock"))
    assert str(raised.value).startswith(f"onrecord.lock:{len(lines)}: ") and "\n" not in str(raised.value)


@pytest.mark.parametrize("id", ["con.x", "Nul", "tables", "corpus.json", "x."])
def test_a_lock_names_no_article_that_cannot_be(id: str) -> None:
    lines = [{"kind": "lock", "version": 1}, {"kind": "article", "id": id}]
    with pytest.raises(LockError, match="cannot be the name of a page"):
        parse_lock("\n".join(map(json.dumps, lines)).encode(), file=Path("onrecord.lock"))


# --- archives ------------------------------------------------------------------------------------------------------


def test_records_that_a_link_leads_out_to_are_not_read(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "out.jsonl").write_text('{"id": "a", "text": "Outside."}\n')
    (tmp_path / "in/linked.jsonl").symlink_to(tmp_path / "out.jsonl")
    (tmp_path / "in/own.jsonl").write_text('{"id": "b", "text": "Inside."}\n')
    assert [entry.raw().text for entry in find_entries([tmp_path / "in"])] == ["Inside."]


def test_a_pipe_of_records_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "x.jsonl")
    with pytest.raises(ArticleError, match="is not a regular file"):
        open_place(str(tmp_path / "x.jsonl"))


def test_a_packed_bomb_is_not_unpacked_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "LONGEST_REPORT", 100_000)
    (tmp_path / "r.jsonl.gz").write_bytes(gzip.compress(encode_report(REPORT) + b"\n" + b" " * 10_000_000))
    with pytest.raises(ReportsError, match="a line of more than 100,000 bytes"):
        list(find_reports([str(tmp_path / "r.jsonl.gz")]) or ())
