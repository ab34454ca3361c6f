"""Word documents, PDF and mail: their text, what they say of themselves, and what cannot be read."""

from __future__ import annotations

import logging
import zipfile
from collections.abc import Sequence
from io import BytesIO
from textwrap import wrap

import pytest
from pypdf import PdfWriter

from onrecord.article import parse_article
from onrecord.article.documents import MOST_PAGES, PrintedPage, in_columns, joined_lines
from onrecord.article.read import decode_raw
from onrecord.errors import ArticleError
from onrecord.model import Article
from tests.article.test_text_files_markdown import outline

SAID = "Tomas Reed said that the ferries would run until midnight."


def read(name: str, data: bytes) -> Article:
    return parse_article(decode_raw(name, data))


# --- .docx ---------------------------------------------------------------------------------------------------------

NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
STYLES = {"Title": "Title", "Heading2": "heading 2"}


def run(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def paragraph(inside: str, style: str = "") -> str:
    named = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{named}{inside}</w:p>"


def docx(*body: str) -> bytes:
    """A document with these paragraphs."""
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    styles = "".join(f'<w:style w:type="paragraph" w:styleId="{id}"><w:name w:val="{name}"/></w:style>' for id, name in STYLES.items())
    parts = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        f'<Override PartName="/word/document.xml" ContentType="{kind}.document.main+xml"/></Types>',
        "_rels/.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="r1" Type="{office}/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/_rels/document.xml.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="r2" Type="{office}/hyperlink" Target="https://a.example/x" TargetMode="External"/>'
        f'<Relationship Id="r3" Type="{office}/styles" Target="styles.xml"/></Relationships>',
        "word/styles.xml": f"<w:styles {NAMESPACES}>{styles}</w:styles>",
        "word/document.xml": f"<w:document {NAMESPACES}><w:body>{''.join(body)}</w:body></w:document>",
    }
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in parts.items():
            file.writestr(name, content)
    return packed.getvalue()


def test_a_document_keeps_its_structure() -> None:
    link = f'<w:hyperlink r:id="r2">{run("the report")}</w:hyperlink>'
    cells = "".join(f"<w:tc>{paragraph(run(text))}</w:tc>" for text in ("2020", "12 ships"))
    article = read(
        "a.docx",
        docx(
            paragraph(run("Bridge to close"), "Title"),
            paragraph(run("Ferries"), "Heading2"),
            paragraph(run("It was ") + run("very", "<w:i/>") + run(" late, says ") + link + run(" &lt;b&gt;.")),
            f"<w:tbl><w:tr>{cells}</w:tr></w:tbl>",
        ),
    )
    assert [outline(article.text, block) for block in article.blocks] == [
        "heading1('Bridge to close')",
        "heading2('Ferries')",
        "paragraph('It was very late, says the report <b>.')",
        "table(row(cell('2020'), cell('12 ships')))",
    ]
    assert [(mark.kind, mark.of(article.text), mark.href) for block in article.blocks for mark in block.marks] == [
        ("emphasis", "very", ""),
        ("link", "the report", "https://a.example/x"),
    ]
    assert (article.meta.title, article.meta.byline, article.meta.date) == ("Bridge to close", "", "")


def test_what_was_inserted_counts_and_what_was_deleted_does_not() -> None:
    changed = f'<w:ins w:id="1">{run("not ")}</w:ins><w:del w:id="2"><w:r><w:delText>never </w:delText></w:r></w:del>'
    assert read("a.docx", docx(paragraph(run("It is ") + changed + run("safe.")))).text == "It is not safe."


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"text", "is no .docx file, or is protected"),
        (b"\xd0\xcf\x11\xe0" * 200, "is no .docx file, or is protected"),
        (docx(), "the article (is empty|has no text)"),
        (docx(paragraph("")), "the article (is empty|has no text)"),
        (docx("<w:p"), "cannot be read as .docx"),
    ],
)
def test_a_document_that_cannot_be_read_is_told_in_a_line(data: bytes, why: str) -> None:
    with pytest.raises(ArticleError, match=why) as raised:
        read("a.docx", data)
    assert "\n" not in str(raised.value) and str(raised.value).startswith("a.docx: ")


def test_a_document_that_unpacks_to_a_mountain_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("onrecord.article.documents.LARGEST_UNPACKED", 1000)
    with pytest.raises(ArticleError, match="more than 1,000 bytes unpacked"):
        read("a.docx", docx(paragraph(run("a" * 5000))))


def test_a_wish_to_withhold_that_is_not_read_refuses_the_document() -> None:
    with pytest.raises(ArticleError, match="stands where it is not read"):
        read("a.docx", docx(paragraph(run("text: none")), paragraph(run(SAID))))


# --- PDF -----------------------------------------------------------------------------------------------------------


def pdf(*pages: Sequence[str]) -> bytes:
    """A file with these lines on each page; they must have no brackets."""
    return drawn(*([(72.0, 720.0 - 14 * at, 12, line) for at, line in enumerate(lines)] for lines in pages))


def drawn(*pages: Sequence[tuple[float, float, int, str]]) -> bytes:
    """A file whose pages have texts at places, each with the size of its font, in the order in which they are given."""
    objects = ["<</Type/Catalog/Pages 2 0 R>>", ""]
    kids = []
    for texts in pages:
        shown = "".join(f"/F1 {size} Tf 1 0 0 1 {x} {y} Tm ({text}) Tj\n" for x, y, size, text in texts)
        stream = f"BT\n{shown}ET"
        kids.append(f"{len(objects) + 1} 0 R")
        objects.append(
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents {len(objects) + 2} 0 R"
            "/Resources<</Font<</F1<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>>>"
        )
        objects.append(f"<</Length {len(stream)}>>stream\n{stream}\nendstream")
    objects[1] = f"<</Type/Pages/Kids[{' '.join(kids)}]/Count {len(kids)}>>"
    whole, offsets = "%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        offsets.append(len(whole))
        whole += f"{number} 0 obj{content}endobj\n"
    table = "".join(f"{offset:010} 00000 n \n" for offset in offsets)
    size = f"{len(objects) + 1}"
    end = f"trailer<</Root 1 0 R/Size {size}>>\nstartxref\n{len(whole)}\n%%EOF\n"
    return f"{whole}xref\n0 {size}\n0000000000 65535 f \n{table}{end}".encode("latin-1")


LINES = [
    "The harbour bridge will close next spring, the council de-",
    "cided, after a survey found cracks in two of its piers, and",
    "in many of its well-known rivets.",
    "Tomas Reed said on Tuesday that the ferries would run until",
    "midnight, and that the well-",
    "known fares would stay as they are.",
]


def test_lines_of_pages_become_paragraphs() -> None:
    pages = [["The Gazette 1", *LINES[:3], "1"], ["The Gazette 2", *LINES[3:], "2"]]
    one = "The harbour bridge will close next spring, the council decided, after a survey found cracks in two of its piers, and in many"
    two = "Tomas Reed said on Tuesday that the ferries would run until midnight, and that the well-known fares would stay as they are."
    assert read("a.pdf", pdf(*pages)).text == f"{one} of its well-known rivets.\n\n{two}\n"


def test_running_heads_are_named(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING):
        read("a.pdf", pdf(*([f"The Gazette {number}", *LINES[number:]] for number in (1, 2, 3))))
    assert "running heads that are left out: 'The Gazette 1'" in caplog.text


def test_a_line_that_stands_on_one_page_is_no_running_head() -> None:
    text, heads = joined_lines([*map(PrintedPage, ("The Gazette\nThe bridge is unsafe.", "It will close.", "Nobody knows when."))])
    assert heads == [] and "The Gazette" in text


@pytest.mark.parametrize(
    ("pages", "text"),
    [
        (["The council met.\nIt voted."], "The council met. It voted.\n"),
        (["A co-\nOperative sale."], "A co- Operative sale.\n"),
        (["It cost 20-\n30 pounds."], "It cost 20- 30 pounds.\n"),
        (["The ferries and a long list of boats will stop on\nMonday."], "The ferries and a long list of boats will stop on Monday.\n"),
        (["The ferries stop on a page\n12", "13\nand go on upon the next."], "The ferries stop on a page and go on upon the next.\n"),
    ],
)
def test_lines_that_are_joined(pages: list[str], text: str) -> None:
    assert joined_lines([*map(PrintedPage, pages)])[0].replace("\n\n", " ") == text


PROSE = (
    "The harbour bridge will close next spring, the council decided on Tuesday, after a survey found cracks in two of its "
    "piers and in many of its rivets. Tomas Reed said that the ferries would run until midnight, and that the fares would "
    "stay as they are for a year. Harbour staff said that they had expected the decision, and that they would meet the "
    "council again in the summer, when the budget is drawn. Nobody in the town remembers a year in which the crossing was "
    "shut for longer than a week, and the shopkeepers along the quay fear for their trade, which has been poor since the "
    "cannery moved away."
)
Placed = list[tuple[float, float, int, str]]


def columns(words: str, number: int, *, top: float = 690, size: int = 10, gutter: float = 18, by_row: bool = True) -> Placed:
    """A text set in columns, drawn row by row or column by column. Words are divided at the ends of columns."""
    width = (512 - gutter * (number - 1)) / number
    lines = wrap(words, int(2 * width / size))
    rows = -(-len(lines) // number)
    placed = [
        (50 + at // rows * (width + gutter), top - at % rows * size * 1.2, size, line) for at, line in enumerate(_divided(lines, rows))
    ]
    return sorted(placed, key=lambda one: (-one[1], one[0])) if by_row else placed


def _divided(lines: list[str], rows: int) -> list[str]:
    for at in range(rows - 1, len(lines) - 1, rows):
        first, _, rest = lines[at + 1].partition(" ")
        if len(first) > 5 and first.isalpha() and first.islower():
            lines[at], lines[at + 1] = f"{lines[at]} {first[:3]}-", f"{first[3:]} {rest}"
    return lines


@pytest.mark.parametrize("by_row", [True, False])
@pytest.mark.parametrize(("number", "size", "gutter"), [(2, 10, 18), (2, 11, 24), (3, 9, 12), (4, 8, 12)])
def test_columns_are_read_one_after_the_other(number: int, size: int, gutter: float, by_row: bool) -> None:
    head = [(50.0, 740.0, 24, "Bridge to close next spring, says council"), (300.0, 40.0, 9, "The Gazette 12")]
    data = drawn([*head, *columns(PROSE, number, size=size, gutter=gutter, by_row=by_row)])
    text = read("a.pdf", data).text
    assert PROSE in " ".join(text.split()) and text.startswith("Bridge to close next spring, says council")


def test_a_second_headline_begins_a_second_story() -> None:
    """What is beneath it is read after all columns above it."""
    first, second = columns(PROSE, 2, top=700), columns(PROSE.replace("bridge", "tunnel"), 2, top=480)
    text = " ".join(read("a.pdf", drawn([*first, (50.0, 510.0, 18, "The tunnel, too"), *second])).text.split())
    assert text == f"{PROSE} The tunnel, too {PROSE.replace('bridge', 'tunnel')}"


def test_the_end_of_a_longer_column_is_read_before_the_next_one() -> None:
    rows = [f"{left:40}{right}" for left, right in zip(["the one goes on"] * 6, ["the other goes on"] * 6, strict=True)]
    assert (
        in_columns([*rows, "it ends here.", "", "it ends."])
        == ["the one goes on"] * 6 + ["it ends here.", "it ends."] + ["the other goes on"] * 6
    )


def test_running_heads_over_columns_are_left_out() -> None:
    pages = [
        [(50.0, 760.0, 9, f"The Gazette {number}"), *columns(PROSE.replace("bridge", what), 2, top=730)]
        for number, what in ((4, "bridge"), (5, "tunnel"), (6, "jetty"))
    ]
    text = read("a.pdf", drawn(*pages)).text
    assert "Gazette" not in text and all(what in text for what in ("bridge", "tunnel", "jetty"))


def test_a_table_is_read_row_by_row() -> None:
    """The cells of a table are no running text."""
    cells = [("Alba", "12 ships"), ("Brin", "9 ships"), ("Cove", "30 ships"), ("Dun", "4 ships"), ("Esk", "1 ship"), ("Fell", "7 ships")]
    placed = [(50.0 + 200 * at, 700.0 - 14 * row, 11, text) for row, pair in enumerate(cells) for at, text in enumerate(pair)]
    lines = " ".join(read("a.pdf", drawn(placed)).text.split())
    assert lines == " ".join(" ".join(pair) for pair in cells)


def test_a_scan_says_that_it_holds_no_text() -> None:
    with pytest.raises(ArticleError, match=r"a.pdf: its 2 pages hold no text, as those of a scan"):
        read("a.pdf", pdf([], []))


@pytest.mark.parametrize("data", [b"text", b"%PDF-1.4\n", pdf([SAID])[:200]])
def test_a_pdf_that_cannot_be_read_is_told_in_a_line(data: bytes) -> None:
    with pytest.raises(ArticleError) as raised:
        read("a.pdf", data)
    assert "\n" not in str(raised.value) and str(raised.value).startswith("a.pdf: ")


def test_a_locked_pdf_is_told_in_a_line() -> None:
    writer = PdfWriter(clone_from=BytesIO(pdf([SAID])))
    writer.encrypt("secret", algorithm="RC4-128")
    locked = BytesIO()
    writer.write(locked)
    with pytest.raises(ArticleError, match=r"^a.pdf: is protected by a password; save it without"):
        read("a.pdf", locked.getvalue())


def test_a_pdf_that_anybody_may_open_is_read_though_it_is_encrypted() -> None:
    writer = PdfWriter(clone_from=BytesIO(pdf([SAID])))
    writer.encrypt("", "owner", algorithm="RC4-128")
    locked = BytesIO()
    writer.write(locked)
    assert read("a.pdf", locked.getvalue()).text == f"{SAID}\n"


def test_a_pdf_without_pages_says_so() -> None:
    empty = BytesIO()
    PdfWriter().write(empty)
    with pytest.raises(ArticleError, match=r"^a.pdf: has no pages"):
        read("a.pdf", empty.getvalue())


def test_a_book_is_no_article() -> None:
    with pytest.raises(ArticleError, match=r"301 pages are no article"):
        read("a.pdf", pdf(*[["a"]] * (MOST_PAGES + 1)))


# --- mail ----------------------------------------------------------------------------------------------------------

HEAD = (
    "From: Harbour Board <press@harbour.example>\nTo: desk@gazette.example\nSubject: =?utf-8?q?Br=C3=BCcke?= closes\n"
    "Date: Thu, 12 Mar 2026 16:07:38 -0600\n"
)


def mail(kind: str, body: str, head: str = HEAD) -> bytes:
    return f"{head}MIME-Version: 1.0\nContent-Type: {kind}; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n{body}".encode()


def test_a_mail_says_what_it_is() -> None:
    article = read("a.eml", mail("text/plain", f"“{SAID}”\n\nMore follows.\n\n-- \nHarbour Board, Pier 1\n"))
    assert article.text == f"“{SAID}”\n\nMore follows.\n"
    meta = article.meta
    assert (meta.title, meta.byline, meta.date) == ("Brücke closes", "Harbour Board", "2026-03-12T16:07:38-06:00")


def test_lines_that_flow_are_joined() -> None:
    text = read("a.eml", mail("text/plain; format=flowed", "Tomas Reed said that the \nferries would stop.\n\nHe did.")).text
    assert text == "Tomas Reed said that the ferries would stop.\n\nHe did.\n"


def test_a_mail_in_html_alone_is_read_and_is_no_markup() -> None:
    text = read("a.eml", mail("text/html", f"<style>p {{}}</style><p>{SAID}</p><div>He &lt;b&gt; <i>did</i>.</div>")).text
    assert text == f"{SAID}\n\nHe <b> did.\n"


def test_what_is_attached_is_named(caplog: pytest.LogCaptureFixture) -> None:
    picture = 'Content-Type: image/png\nContent-Disposition: attachment; filename="a.png"'
    parts = f"--x\nContent-Type: text/plain\n\n{SAID}\n--x\n{picture}\n\nx\n--x--\n"
    with caplog.at_level(logging.WARNING):
        text = read("a.eml", f'{HEAD}MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary="x"\n\n{parts}'.encode()).text
    assert text.strip() == SAID and "what is attached to the mail is not read: 'a.png'" in caplog.text


@pytest.mark.parametrize(
    ("data", "why"), [(b"Some text.", "is no mail"), (mail("image/png", "x"), "has no text"), (mail("text/plain", " \n"), "is empty")]
)
def test_a_mail_without_words_is_told_in_a_line(data: bytes, why: str) -> None:
    with pytest.raises(ArticleError, match=why):
        read("a.eml", data)


# --- what is not installed -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(("name", "package"), [("a.docx", "mammoth"), ("a.pdf", "pypdf")])
def test_the_mend_is_named_where_a_library_is_missing(name: str, package: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, package, None)
    with pytest.raises(ArticleError) as raised:
        read(name, b"")
    assert str(raised.value) == f"{name}: .{name[2:]} needs {package}; run: pip install 'onrecord[documents]'"
