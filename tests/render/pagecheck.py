"""What every rendered page must be, whatever is on it."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise
from xml.etree.ElementTree import Element

import html5lib
from html5lib.html5parser import HTMLParser

from onrecord.render.site import Page

# html5lib knows HTML of 2011; what it calls errors there is allowed, or comes from characters of the text.
TOLERATED = {"illegal-codepoint-for-numeric-entity", "invalid-codepoint", "expected-doctype-but-got-start-tag"}


def read_page(page: Page) -> Element:
    """The page's one element as a browser's parser builds it."""
    return _only(html5lib.parse(_document(page), namespaceHTMLElements=False))


def _document(page: Page) -> str:
    return f"<!doctype html><title>t</title>{page.html}"


def _only(tree: Element) -> Element:
    """What the body of a page is."""
    body = tree.find("body")
    assert body is not None
    (only,) = list(body)
    return only


def by_path(pages: Iterable[Page]) -> dict[str, Page]:
    """The pages by where they live, which is another place for each."""
    found: dict[str, Page] = {}
    for page in pages:
        assert page.path not in found, f"two pages would live at {page.path}: give facets, and the values of one, names of their own"
        found[page.path] = page
    return found


def words(element: Element) -> str:
    """The element's text on one line."""
    return " ".join("".join(element.itertext()).split())


def by_id(element: Element, name: str) -> Element:
    """The element with that id."""
    (found,) = (one for one in element.iter() if one.get("id") == name)
    return found


def by_class(element: Element, name: str) -> list[Element]:
    """The elements with that class, in page order."""
    return [one for one in element.iter() if name in (one.get("class") or "").split()]


def assert_well_made(page: Page) -> None:
    """One raw HTML block that Markdown and other builders leave alone, parsed without an error, with ids given once."""
    lines = page.html.split("\n")
    assert lines[0].startswith('<div class="onrecord'), f'{page.path}: its template begins with <div class="onrecord ...">'
    assert lines[-1] == "</div>", f"{page.path}: its template ends with </div>, on a line of its own"
    assert all(line and line == line.strip(" \t") for line in lines), f"{page.path}: an empty line, or a space at the edge of one"
    assert "{" not in page.html and "}" not in page.html, f"{page.path}: a brace, which another template language would take for its own"
    parser = HTMLParser(namespaceHTMLElements=False)
    root = _only(parser.parse(_document(page)))
    assert not [error for error in parser.errors if error[1] not in TOLERATED]
    ids = [one.get("id") for one in root.iter() if one.get("id")]
    assert len(ids) == len(set(ids))
    assert frozenset(ids) == page.anchors
    assert not list(root.iter("script")) and not list(root.iter("img")) and not list(root.iter("q"))
    for one in root.iter():
        named = one.get("aria-labelledby")
        assert named is None or named in page.anchors
        address = one.get("href") or ""
        assert address.split(":")[0] not in ("javascript", "data", "vbscript")
        assert "://" not in address or one.get("rel") == "noopener noreferrer"
    levels = [heading.level for heading in page.headings]
    assert levels[0] == 1 and levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
