"""Web pages with something amiss, made of a sound text: each mutation breaks a page in a way in which pages of newspapers are broken."""

from __future__ import annotations

import json
import random
import re
from html import escape

from mutations import DATES, TAGS, Mutation, Text, _encoded, _sprinkled

_ENTITIES = (
    *("&nbsp;", "&#0;", "&#xD800;", "&#x110000;", "&#99999999999;", "&bogus;", "&amp;amp;", "&lt;script&gt;"),
    *("&", "&#", "&shy;", "&rlm;", "&NotEqualTilde;"),
)


def page(text: str, *, date: str = "2024-03-05", data: str = "") -> str:
    """A page as newspapers make them, around the paragraphs of a text."""
    title, *paragraphs = [escape(one) for one in text.split("\n") if one.strip()] or ["Nothing"]
    stated = data or json.dumps({"@type": "NewsArticle", "headline": title, "datePublished": date, "author": {"name": "Ada Brook"}})
    return (
        f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{title} | The Courier</title>'
        f'<meta property="article:published_time" content="{date}"><meta name="author" content="Ada Brook">'
        f'<link rel="canonical" href="https://courier.example/quay"><script type="application/ld+json">{stated}</script></head><body>'
        f'<nav><ul><li><a href="/">Home</a></li><li><a href="/sport">Sport</a></li></ul></nav><main><article><h1>{title}</h1>'
        + "".join(f"<p>{one}</p>" for one in paragraphs)
        + '<figure><img src="/quay.png" alt="The quay"><figcaption>The quay</figcaption></figure></article></main>'
        + "<footer>© The Courier</footer></body></html>"
    )


def _damaged(pattern: str, share: float, pieces: list[str]) -> Text:
    """Replaces some of what a pattern finds."""

    def make(rng: random.Random, text: str) -> str:
        return re.sub(pattern, lambda found: rng.choice(pieces) if rng.random() < share else found[0], page(text))

    return make


def _unclosed(rng: random.Random, text: str) -> str:
    tag = rng.choice(
        ["<b>", "<div>", "<p><i>", "<table>", "<li>", "<a href=x>", "<script>", "<!--", "<svg>", "<select>", "<font>", "<template>"]
    )
    made = page(text)
    at = rng.randrange(len(made))
    return made[:at] + tag * rng.choice([1, 50, 3_000]) + made[at:]


def _odd_date(rng: random.Random, text: str) -> str:
    return page(text, date=escape(rng.choice(DATES)))


def _odd_data(rng: random.Random, text: str) -> str:
    """Structured data that is none, or that is of other types than anybody expects."""
    odd = [
        "{",
        "[[[[",
        "[" * 5_000,
        "null",
        '"x"',
        '{"@graph": null}',
        '{"@type": ["NewsArticle", 7], "headline": ["a", {"b": 1}], "author": [[["x"]]], "datePublished": 20240305}',
        '{"@type": "NewsArticle", "headline": "\\ud800 </script><script>alert(1)</script>", "url": "javascript:alert(1)"}',
        '{"@type": "NewsArticle", "author": {"name": {"name": "x"}}, "publisher": "' + "x" * 100_000 + '"}',
        '{"@type": "NewsArticle", "datePublished": "0001-01-01T00:00:00Z", "inLanguage": "xx-" }',
    ]
    return page(text, data=rng.choice(odd))


def _two_articles(rng: random.Random, text: str) -> str:
    lines = text.split("\n")
    rng.shuffle(lines)
    return page(text) * 2 + page("\n".join(lines))


def _attributes(rng: random.Random, text: str) -> str:
    odd = [
        " onclick=alert(1)",
        ' style="' + "x" * 2_000 + '"',
        ' =""',
        ' "',
        " '",
        " \0",
        ' class="' + "a " * 500 + '"',
        " hidden",
        " dir=rtl",
        "/",
    ]
    return re.sub(r"<(\w+)", lambda found: found[0] + (rng.choice(odd) if rng.random() < 0.3 else ""), page(text))


PAGES: tuple[Mutation, ...] = (
    Mutation("tags lost", _encoded(_damaged(r"</?\w+[^>]*>", 0.1, [""])), ".html"),
    Mutation("tags swapped", _encoded(_damaged(r"</?\w+[^>]*>", 0.05, TAGS.split("|"))), ".html"),
    Mutation("tags cut", _encoded(_damaged(r"</?\w+[^>]*>", 0.05, ["<", "</", "<p", "<!", "<?", "<![CDATA["])), ".html"),
    Mutation("tags unclosed", _encoded(_unclosed), ".html"),
    Mutation("tags anywhere", _encoded(lambda rng, text: _sprinkled(TAGS.split("|"), 0.01)(rng, page(text))), ".html"),
    Mutation("entities anywhere", _encoded(lambda rng, text: _sprinkled(list(_ENTITIES), 0.02)(rng, page(text))), ".html"),
    Mutation("attributes", _encoded(_attributes), ".html"),
    Mutation("odd dates of a page", _encoded(_odd_date), ".html"),
    Mutation("odd structured data", _encoded(_odd_data), ".html"),
    Mutation("several articles in a page", _encoded(_two_articles), ".html"),
    Mutation(
        "another charset", lambda rng, text: page(text).encode(rng.choice(["utf-16", "cp1252", "utf-7", "shift_jis"]), "replace"), ".htm"
    ),
    Mutation("bytes of a page broken", lambda rng, text: _broken(rng, page(text).encode()), ".html"),
    Mutation("a page cut short", _encoded(lambda rng, text: page(text)[: rng.randrange(len(page(text)))]), ".html"),
)


def _broken(rng: random.Random, data: bytes) -> bytes:
    content = bytearray(data)
    for _ in range(rng.choice([1, 20, 200])):
        content[rng.randrange(len(content))] = rng.randrange(256)
    return bytes(content)
