from __future__ import annotations

import pytest

from onrecord.text.addresses import is_web_address, safe_href, slugify


@pytest.mark.parametrize(
    ("address", "is_one"),
    [
        ("https://a.example/b?c=d#e", True),
        ("http://user@a.example:80", True),
        ("HTTPS://A.example", True),
        ("https://", False),
        ("https:a", False),
        ("//a.example", False),
        ("ftp://a.example", False),
        ("javascript:alert(1)", False),
        ("https://a.example/<b>", False),
        ("https://a.example/\x0b", False),
        ("https://[a", False),
        ("", False),
    ],
)
def test_a_web_address_is_http_and_has_a_host(address: str, is_one: bool) -> None:
    assert is_web_address(address) is is_one


@pytest.mark.parametrize(
    "scheme", ["javascript", "JavaScript", "java\nscript", "\x01javascript", " vbscript", "data", "file", "blob", "x-foo+1.2"]
)
def test_no_other_scheme_is_followed(scheme: str) -> None:
    assert safe_href(f"{scheme}:alert(1)") == ""


@pytest.mark.parametrize("address", ["a.md", "../a/b:c", "?a:b", "#a:b", "/a", "//a.example", "https://a.example", "mailto:a@b.example"])
def test_web_mail_and_relative_addresses_are_kept(address: str) -> None:
    assert safe_href(address) == address


def test_an_image_does_not_come_by_mail() -> None:
    assert safe_href("mailto:a@b.example", mail=False) == ""


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("<script>alert(1)</script>", "script-alert-1-script"),
        ("../../etc/passwd", "etc-passwd"),
        ("한국 정부", "한국-정부"),
        ("Straße & Söhne", "strasse-sohne"),
        ("\u202eevil\u202c", "evil"),
    ],
)
def test_slugs(name: str, slug: str) -> None:
    assert slugify(name) == slug
