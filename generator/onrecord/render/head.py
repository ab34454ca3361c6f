"""What a page says of itself to machines (OpenGraph, schema.org), and text made safe for templates of others that do not escape it."""

from __future__ import annotations

import html
from typing import Any

import msgspec
from markupsafe import escape

from onrecord.labels.terms import collapse
from onrecord.model import Meta
from onrecord.render.engine.links import HOME
from onrecord.render.site import Page
from onrecord.render.views.linked_data import actor_node

# HTML's escapes do not work inside a script element, and the element ends at the first "</script", even in a string. JSON's own escapes do
# work there. The last two characters end a line in old versions of JavaScript.
_JSON_ESCAPES = {mark: f"\\u{ord(mark):04x}" for mark in "<>&\u2028\u2029"}


def head_tags(page: Page, *, site_name: str, url: str) -> str:
    """Elements for the page's ``head``: OpenGraph and JSON-LD, one a line.

    ``url`` is the page's full address, empty where nobody knows it.
    """
    properties = {
        "og:title": site_name if page.path == HOME else page.title,
        "og:description": page.description,
        "og:type": "website" if page.meta is None else "article",
        "og:site_name": site_name,
        "og:url": url,
    }
    tags = [f'<meta property="{name}" content="{escape(collapse(value))}">' for name, value in properties.items() if value]
    data = msgspec.json.encode(linked_data(page, site_name=site_name, url=url)).decode()
    for mark, escaped in _JSON_ESCAPES.items():
        data = data.replace(mark, escaped)
    return "\n".join([*tags, f'<script type="application/ld+json">{data}</script>', ""])


def without_open_graph(tags: str) -> str:
    """The elements of :func:`head_tags` without OpenGraph: for a theme that writes OpenGraph elements itself, as Material's social cards
    do."""
    return "".join(line for line in tags.splitlines(keepends=True) if not line.startswith('<meta property="og:'))


def linked_data(page: Page, *, site_name: str, url: str) -> dict[str, Any]:
    """The page in the terms of schema.org. What the article does not give is left out, and so is the description, which two other elements
    of the head have already."""
    site = {"@type": "WebSite", "name": site_name}
    described = {"@type": "WebPage", "name": page.title, "url": url, "isPartOf": site}
    source = _article(page.meta) if page.meta else {}
    about = actor_node(page.about) if page.about else {}
    return {"@context": "https://schema.org", **_given(described | {"isBasedOn": source, "about": about, "hasPart": list(page.parts)})}


def _article(meta: Meta) -> dict[str, Any]:
    publisher = {"@type": "Organization", "name": meta.outlet} if meta.outlet else {}
    # A byline may name several people, or an agency: it is credited as it stands.
    stated = {"headline": meta.title, "creditText": meta.byline, "publisher": publisher, "datePublished": meta.date, "url": meta.url}
    given = _given(stated)
    return {"@type": "NewsArticle", **given} if given else {}


def _given(stated: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in stated.items() if value}


# Braces, too: MkDocs plugins for macros expand them in titles.
_MARKUP = str.maketrans({"<": "‹", ">": "›", '"': "”", "'": "’", "{": "(", "}": ")"})


def without_markup(text: str) -> str:
    """The text in one line, with characters in it that no HTML context can take for markup.

    MkDocs themes print a page's title and description as they stand, in elements and in attributes, and some undo
    escapes first (Jinja's ``striptags``); so escaping is never right for all of them, and look-alikes stand in.

    >>> without_markup('</title><script>"x"')
    '‹/title›‹script›”x”'
    >>> without_markup("AT&T"), without_markup("&lt;b>")
    ('AT&T', '&amp;lt;b›')
    """
    plain = " ".join(text.split()).translate(_MARKUP)
    # "AT&T" stays as it is, since a theme may print it unescaped; "&lt;" would become "<" in a theme that undoes escapes.
    return plain if "&" not in plain or html.unescape(plain) == plain else plain.replace("&", "&amp;")
