"""Encodings as browsers understand them, and never a guess."""

from __future__ import annotations

import logging

import pytest

from onrecord.article.text_files import decode
from onrecord.errors import ArticleError

HTML = "<html><head>{head}</head><body><p>{words}</p></body></html>"


def page(head: str, words: str, encoding: str) -> bytes:
    return HTML.format(head=head, words=words).encode(encoding)


@pytest.mark.parametrize(
    ("head", "words", "encoding"),
    [
        ("<meta charset=gb2312>", "镕说：“对。”", "gb18030"),  # the first sign is not in GB 2312
        ("<meta charset=GBK>", "镕说", "gb18030"),
        ("<meta charset=iso-8859-1>", "“Ja” – 5 €", "cp1252"),
        ("<meta charset=x-sjis>", "はい①", "cp932"),
        ("<meta charset=ks_c_5601-1987>", "네", "cp949"),
        ('<meta http-equiv="Content-Type" content="text/html; charset=windows-1251">', "Да", "cp1251"),
        ("<meta charset=unicode-1-1-utf-8>", "Größe", "utf-8"),
        ("<meta charset=utf-16>", "Größe", "utf-8"),
        ("<!-- <meta charset=klingon> --><meta charset=windows-1252>", "Größe", "cp1252"),
        (f"<meta name=x content={'y' * 2000}><meta charset=windows-1252>", "Größe", "cp1252"),
        ("", "Größe", "utf-8"),
    ],
)
def test_a_page_is_read_as_browsers_read_it(head: str, words: str, encoding: str) -> None:
    assert words in decode("a.html", page(head, words, encoding), "html")


@pytest.mark.parametrize("cut", range(0, 40, 3))
def test_a_declaration_that_the_window_cuts_is_none(cut: int) -> None:
    head = f'<meta name=x content="{"y" * (975 - cut)}"><meta charset="utf-8">'
    assert "Größe" in decode("a.html", page(head, "Größe", "utf-8"), "html")


def test_an_xml_declaration_counts() -> None:
    data = '<?xml version="1.0" encoding="windows-1252"?><html><p>Größe</p></html>'.encode("cp1252")
    assert "Größe" in decode("a.html", data, "html")


@pytest.mark.parametrize("declared", ["klingon", "ut", "base64", "windows-1251x", "gb2312"])
def test_utf_8_is_tried_before_giving_up(declared: str, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING):
        assert "Größe — ja" in decode("a.html", page(f"<meta charset={declared}>", "Größe — ja", "utf-8"), "html")
    assert declared in caplog.text


def test_what_is_in_no_known_encoding_is_refused() -> None:
    with pytest.raises(ArticleError, match=r"a.html: the page declares the unknown encoding 'klingon'; save it as UTF-8"):
        decode("a.html", page("<meta charset=klingon>", "Größe", "cp1252"), "html")
    with pytest.raises(ArticleError, match=r"a.html:1: byte 28 is not UTF-8; save it as UTF-8"):
        decode("a.html", page("", "öGröße", "cp1252").replace(b"\xdf", b"\x81"), "html")


def test_a_declaration_in_another_kind_of_file_is_text() -> None:
    assert "Größe" in decode("a.md", "<meta charset=klingon> Größe".encode(), "md")
