from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import pytest

from onrecord.article import article_ids, find_articles, load_article, read_raw
from onrecord.article.folder import folder_at, told_own
from onrecord.article.read import FORMATS, LARGEST_FILE, parse_record
from onrecord.assembly.site import read_articles
from onrecord.errors import ArticleError
from onrecord.model import ArticleFormat
from onrecord.text.addresses import LONGEST_ID, is_id


def write(path: Path, data: bytes | str = "Words.") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return path


def message(path: Path) -> str:
    """The one line that a reader of the file gets, without the folder."""
    with pytest.raises(ArticleError) as raised:
        load_article(path)
    line = str(raised.value)
    assert "\n" not in line
    return line.replace(f"{path.parent}/", "")


def test_every_format_is_that_of_a_suffix() -> None:
    missed = set(get_args(ArticleFormat)) - set(FORMATS.values())
    assert not missed, f"give {sorted(missed)} a suffix in FORMATS of article/read.py"


# --- finding ---


def test_a_folder_stands_for_its_articles_sorted_hidden_ones_left_out(tmp_path: Path) -> None:
    for name in ("b.md", "a/z.html", "a/c.TXT", ".hidden.md", ".git/x.md", "notes.odt", "a/.b/d.md"):
        write(tmp_path / name)
    found = find_articles([tmp_path])
    assert [path.relative_to(tmp_path).as_posix() for path in found] == ["a/c.TXT", "a/z.html", "b.md"]


def test_links_that_lead_out_of_a_folder_are_not_followed(tmp_path: Path) -> None:
    outside = write(tmp_path / "outside" / "secret.md")
    inside = write(tmp_path / "in" / "a.md")
    (tmp_path / "in" / "link.md").symlink_to(outside)
    (tmp_path / "in" / "folder").symlink_to(outside.parent, target_is_directory=True)
    (tmp_path / "in" / "loop").symlink_to(tmp_path / "in", target_is_directory=True)
    assert find_articles([tmp_path / "in"]) == (inside,)


def test_files_keep_the_given_order_and_come_once(tmp_path: Path) -> None:
    one, two = write(tmp_path / "1.md"), write(tmp_path / "2.md")
    assert find_articles([two, tmp_path, str(one)]) == (two, one)


def test_what_is_no_article_is_refused_by_name(tmp_path: Path) -> None:
    for name in ("a.odt", "a.xyz", "a.MSG"):
        write(tmp_path / name)
    expected = {
        "missing.md": "missing.md: no such file or folder; check the path",
        "a.odt": "a.odt: not an article; save it as .docx",
        "a.MSG": "a.MSG: not an article; save each mail as .eml",
        "a.xyz": f"a.xyz: not an article; its name must end in {', '.join(FORMATS)}; convert or rename it",
        "": f"no article in this folder; put {', '.join(FORMATS)} files in it",
    }
    for name, wording in expected.items():
        with pytest.raises(ArticleError) as raised:
            find_articles([tmp_path / name])
        assert str(raised.value).endswith(wording)


def test_what_a_browser_saved_beside_a_page_is_no_article(tmp_path: Path) -> None:
    page = write(tmp_path / "Bridge.html")
    for name in ("Bridge_files/saved_resource.html", "Bridge-Dateien/frame.html", "Bridge_files/style.css"):
        write(tmp_path / name)
    other = write(tmp_path / "Ferry_files" / "notes.md")  # no page has this name
    folder = folder_at(tmp_path)
    assert find_articles([tmp_path]) == (page, other)
    assert list(told_own(folder)) == [
        f"{tmp_path / 'Bridge-Dateien'}, {tmp_path / 'Bridge_files'}: saved with the page of its name, and no article; left out"
    ]


def test_a_folder_that_may_not_be_read_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(folder: Path) -> Iterator[Path]:
        raise PermissionError(13, "Permission denied", str(folder))

    monkeypatch.setattr(Path, "iterdir", refuse)  # permissions do not bind the root user
    with pytest.raises(ArticleError) as raised:
        find_articles([tmp_path])
    assert str(raised.value) == f"{tmp_path}: cannot be read (Permission denied); check its permissions"


def test_a_folder_below_that_may_not_be_read_costs_itself_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    inside = write(tmp_path / "a.md")
    write(tmp_path / "sub" / "b.md")
    listed = Path.iterdir

    def refuse(folder: Path) -> Iterator[Path]:
        if folder.name == "sub":
            raise PermissionError(13, "Permission denied", str(folder))
        return listed(folder)

    monkeypatch.setattr(Path, "iterdir", refuse)
    found = folder_at(tmp_path)
    assert found.articles() == (inside,)
    assert [str(problem) for problem in found.problems] == [
        f"{tmp_path / 'sub'}: cannot be read (Permission denied); check its permissions"
    ]
    inside.unlink()
    with pytest.raises(ArticleError, match="sub: cannot be read"):
        find_articles([tmp_path])


def test_files_of_a_project_are_articles_elsewhere(tmp_path: Path) -> None:
    for name in ("proj/lock.txt", "proj/requirements.txt", "proj/README.md", "other/lock.txt"):
        write(tmp_path / name)
    write(tmp_path / "proj" / "mkdocs.yml", "site_name: A\n")
    found = folder_at(tmp_path)
    assert [path.relative_to(tmp_path).as_posix() for path in found.articles()] == ["other/lock.txt", "proj/README.md"]
    assert [path.name for path in found.project] == ["lock.txt", "mkdocs.yml", "requirements.txt"]


# --- naming ---


@pytest.mark.parametrize(
    ("names", "ids"),
    [
        (["GUM_news_2.b.txt", "Ärger~1-a.md"], ("GUM_news_2.b", "Ärger~1-a")),
        (["a/x.md", "b/x.md", "b/x-2.md", "c/X.txt"], ("x", "x-3", "x-2", "X-4")),
        (["Is it true?.md", "a#b%20c.md", "..md", "-.md"], ("Is-it-true", "a-b-20c", "article", "article-2")),
        (["index.md", "README.md", "a..md"], ("article-index", "article-README", "a")),
        (
            ["CON.md", "con.x.md", "aux.txt", "Lpt9.html", "console.md"],
            ("article-CON", "article-con.x", "article-aux", "article-Lpt9", "console"),
        ),
        (["tables.md", "corpus.json.md", "index.html.md"], ("article-tables", "article-corpus.json", "article-index.html")),
        (["_x.md", "x.md", "~.md", "€.md", "👩‍👧.txt"], ("x", "x-2", "article", "article-2", "article-3")),
        (["e\u0301.md", "\u00c9.md", "\u212b.md", "\u00e5.md"], ("\u00e9", "\u00c9-2", "\u00c5", "\u00e5-2")),
        (["a\\b.md", "a\nb.md", "a%2e.md", "a\udcffb.md", "a.md "], ("a-b", "a-b-2", "a-2e", "a-b-3", "a")),
    ],
)
def test_ids_are_stems_made_safe_and_unique(names: list[str], ids: tuple[str, ...]) -> None:
    assert article_ids([Path(name) for name in names]) == ids


@pytest.mark.parametrize("letter", ["x", "é", "說", "\U00020000", "e\u0301"])
def test_a_long_stem_is_cut_and_stays_what_it_is(letter: str) -> None:
    stem = letter * 250
    (alone,) = article_ids([Path(f"{stem}.md")])
    several = article_ids([Path(f"a/{stem}.md"), Path(f"{stem}y.md"), Path(f"b/{stem}.md"), Path("other.md")])
    assert several[0] == alone  # whoever else is there
    assert len(set(several)) == 4
    assert all(is_id(id) and len(id.encode()) <= LONGEST_ID for id in several)
    assert parse_record({"id": stem, "text": "Words."}, "a.jsonl:1").id == alone


def test_an_id_can_be_given(tmp_path: Path) -> None:
    path = write(tmp_path / "x.txt")
    assert load_article(path).id == "x"
    assert load_article(path, id="x-2").id == "x-2"


# --- decoding ---


@pytest.mark.parametrize(
    "text", ["One.\r\nTwo.\rThree.\n\n", "\ufeffWith a mark.", " \u2028 odd\x85 blanks \x0c", "e\u0301 and é, 👩‍👩‍👧, ‏עברית"]
)
def test_the_text_of_a_txt_file_is_the_file(tmp_path: Path, text: str) -> None:
    path = write(tmp_path / "a.txt", text)
    with path.open(encoding="utf-8", newline="") as opened:
        assert load_article(path).text == opened.read() == text


@pytest.mark.parametrize("text", ["Words.", "\r\n  Words.\r\n"])
def test_front_matter_of_a_txt_file_is_read_and_is_no_part_of_its_text(tmp_path: Path, text: str) -> None:
    ends = "\r\n" if "\r" in text else "\n"
    front = ends.join(("---", "title: The vote", "date: 2026-03-05", "tags: [quay]", "---", ""))
    article = load_article(write(tmp_path / "a.txt", front + text))
    assert (article.text, article.meta.title, article.meta.date) == (text, "The vote", "2026-03-05")
    assert article.blocks[0].line == front.count("\n") + 1 + text.count("\n", 0, text.index("Words"))


@pytest.mark.parametrize(
    "text",
    [
        "---\nThe quay is shut.\n---\nWords.",
        "---\nLee: No comment.\nReed: We shall see.\n---\nWords.",
        "---\nDate: Monday\nLee: No comment.\nReed: We shall see.\n---\nWords.",
        "---\n\nWords.\n\n---\n",
        "---\n- one\n- two\n---\nWords.",
        "----------\nFerry news\n----------\nWords.",
        "Words.\n\n---\ntitle: T\n---\nMore words.",
        "\ufeff---\nWords.",
    ],
    ids=["prose", "speakers", "speakers of a day", "rules", "list", "heading", "further down", "byte order mark"],
)
def test_a_rule_in_a_txt_file_is_its_text(tmp_path: Path, text: str) -> None:
    assert load_article(write(tmp_path / "a.txt", text)).text == text


def test_keys_in_capitals_are_front_matter_of_a_txt_file_where_most_are_known(tmp_path: Path) -> None:
    article = load_article(write(tmp_path / "a.txt", "---\nTitle: The vote\nAuthor: Ann Lee\nSection: News\n---\nWords."))
    assert (article.text, article.meta.title, article.meta.byline) == ("Words.", "The vote", "Ann Lee")


def test_front_matter_of_a_txt_file_that_is_no_yaml_is_named(tmp_path: Path) -> None:
    assert message(write(tmp_path / "a.txt", "---\ntitle: Vote: no\n---\nWords.")).startswith("a.txt:2: ")


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig"])
def test_a_byte_order_mark_says_the_encoding(tmp_path: Path, encoding: str) -> None:
    assert load_article(write(tmp_path / "a.md", "Prüfung “ja”".encode(encoding))).text == "Prüfung “ja”"


def test_an_html_page_may_declare_its_encoding(tmp_path: Path) -> None:
    page = "<html><head><meta charset=windows-1252></head><body><p>“Prüfung” €</p></body></html>"
    assert "“Prüfung” €" in read_raw(write(tmp_path / "a.html", page.encode("cp1252"))).text
    assert "“Prüfung” €" in read_raw(write(tmp_path / "b.html", page.encode("utf-8-sig"))).text


@pytest.mark.parametrize(
    ("name", "data", "wording"),
    [
        ("e.txt", b"", "e.txt: the article is empty; put its text in the file"),
        ("e.txt", b"\xef\xbb\xbf \r\n\t", "e.txt: the article is empty; put its text in the file"),
        ("e.md", b"---\ntitle: T\n---\n\n", "e.md: the article is empty; put its text in the file"),
        ("e.md", b"[a]: http://b.example\n", "e.md: the article has no text; put its words in the file"),
        ("b.txt", b"a\0b", "b.txt: binary data, not text; save the article as plain text in UTF-8"),
        ("b.md", b"\x89PNG\r\n\x1a\n\0\0", "b.md: binary data, not text; save the article as plain text in UTF-8"),
        ("b.md", b"\x01\x02\x03 a", "b.md: binary data, not text; save the article as plain text in UTF-8"),
        ("b.txt", b"\xff\xfe\0\0a\0\0\0", "b.txt: binary data, not text; save the article as plain text in UTF-8"),
        ("l.txt", "One.\n“Größe”".encode("cp1252"), "l.txt:2: byte 5 is not UTF-8; save it as UTF-8"),
        ("s.txt", b"a \xed\xa0\x80", "s.txt:1: byte 2 is not UTF-8; save it as UTF-8"),
        ("u.txt", b"\xff\xfea\0b", "u.txt:1: byte 4 is not UTF-16; save it as UTF-8"),
        ("h.html", b"<meta charset='klingon'><p>\xff", "h.html: the page declares the unknown encoding 'klingon'; save it as UTF-8"),
        ("h.html", b"<meta charset='base64'><p>\xff", "h.html: the page declares the unknown encoding 'base64'; save it as UTF-8"),
    ],
)
def test_what_is_not_certainly_text_is_refused(tmp_path: Path, name: str, data: bytes, wording: str) -> None:
    assert message(write(tmp_path / name, data)) == wording


def test_a_stray_control_character_does_not_make_text_binary(tmp_path: Path) -> None:
    assert load_article(write(tmp_path / "a.txt", "A bell \x07 rang in the long hall.")).text == "A bell \x07 rang in the long hall."


def test_a_folder_with_an_article_s_name_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.md").mkdir()
    assert message(tmp_path / "a.md") == "a.md: is not a regular file; name a file with the article's text"


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    write(tmp_path / "in" / "a.md")
    os.mkfifo(tmp_path / "in" / "pipe.md")
    assert message(tmp_path / "in" / "pipe.md") == "pipe.md: is not a regular file; name a file with the article's text"
    assert find_articles([tmp_path / "in"]) == (tmp_path / "in" / "a.md",)


def test_a_file_beyond_any_article_is_refused(tmp_path: Path) -> None:
    file = write(tmp_path / "a.txt", b"x" * (LARGEST_FILE + 1))
    assert message(file) == "a.txt: more than 20,000,000 bytes, which is no article; save its text alone"


def test_an_article_over_the_limit_is_refused_and_the_limit_can_be_raised(tmp_path: Path) -> None:
    file = write(tmp_path / "a.md", "word " * 100)
    with pytest.raises(ArticleError, match=r"^a\.md: 500 characters are too many for an article, of which the limit is 400; split it .*"):
        load_article(file, longest=400)
    assert load_article(file, longest=500).text


def test_one_article_over_the_limit_does_not_cost_the_rest(tmp_path: Path) -> None:
    files = [write(tmp_path / "long.txt", "word " * 100), write(tmp_path / "short.txt", "A word.")]
    reading = read_articles(files, longest=100)
    assert [article.id for article in reading.articles] == ["short"]
    assert "500 characters" in str(reading.problems[0])
