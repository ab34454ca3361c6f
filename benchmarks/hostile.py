"""What an attacker would hand in: articles, front matter, and the files beside them."""

from __future__ import annotations

import io
import os
import zipfile
from pathlib import Path

SCRIPTS = (
    "javascript:",
    "JaVaScRiPt:",
    "java\tscript:",
    " javascript:",
    "\x01javascript:",
    "vbscript:",
    "data:text/html,",
    "file:///",
    "blob:",
)
"""Schemes that no page may link to, written as browsers still read them."""
BREAKOUTS = (
    "</script><script>alert(1)</script>",
    "'\"><img src=x onerror=alert(1)>",
    "</title></style></textarea></noscript></template><svg onload=alert(1)>",
    "<!--<script>alert(1)//-->]]>",
    "{{ 7*7 }} {% include '/etc/passwd' %} {#x#} ${7*7} {!/etc/passwd!}",
    '--8<-- "/etc/passwd"',
    "<base href=//evil.example/><meta http-equiv=refresh content=0;url=//evil.example>",
    "=HYPERLINK(1) \u2028 \u2029 \u202e \u2066 \ufeff \x7f",
)
"""What ends one context and opens another, in each language that a page passes through."""
TITLE = " ".join(BREAKOUTS)

NAMES = (
    f"{'n' * 250}.md",
    f"{'n' * 249}m.md",
    f"{'說' * 82}.md",
    "CON.md",
    "con.x.md",
    "nul.txt",
    "aux.txt",
    "trailing.. .md",
    "€ ¿.md",
    "👩‍👧.md",
    "e\u0301.md",
    "\u00e9.md",
    "A.md",
    "a.md",
    "index.md",
    "README.md",
    "index.html.md",
    "corpus.json.md",
    "tables.md",
    "quotes.md",
    "search.md",
    "page.md",
    "by.md",
    "_layout.md",
    "~x.md",
    "50%25.md",
    "a#b?c&d=e.md",
    "%2e%2e%2fx.md",
    "back\\slash.md",
    "new\nline.md",
    "'\"><svg onload=alert(1)>.md",
    "{{ 7*7 }}.md",
)
"""Names of files that some system takes for something else."""
BAD_BYTES = b"latin-\xe9\xff.md"
"""A name that is not in UTF-8."""

WORDS = '"We keep the ferry," Mayor Ana Petrov said on Tuesday. Treasurer Bo Lind told reporters that the fund was empty.\n'

MARKDOWN = "\n\n".join(
    [
        "# <script>alert(1)</script>",
        WORDS,
        *(f"Ana Petrov said [the link{n}]({scheme}alert(1)) “works <{scheme}alert(1)>.”" for n, scheme in enumerate(SCRIPTS)),
        *(f'“{one}” said Ana Petrov. ![{one}](javascript:alert(1) "t") Bo Lind rejected {one}.' for one in BREAKOUTS),
        "[a]: javascript:alert(1) '\" onmouseover=alert(1) x=\"'",
        '[b](//evil.example/x) [c](https://a.example/"onclick=alert(1)) [d](&#106;avascript:alert(1)) [e][a] <javascript:alert(1)>',
        '<iframe srcdoc="<script>alert(1)</script>"></iframe><form action=//evil.example><button formaction=javascript:x>x</button></form>',
        "![x](https://evil.example/pixel.png) ![y](//evil.example/p.png) ![z](data:image/svg+xml,<svg onload=alert(1)>)",
        '--8<-- "/etc/passwd"',
        "Dr {{ config }} {% raw %} Smith-<b>Jones</b>, leader of the <Onclick=alert(1)> Party, said: “{{ 7*7 }}.”",
    ]
)
HTML = f"""<?xml version="1.0"?>
<!DOCTYPE html [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">
<!ENTITY secret SYSTEM "SECRET">]>
<html><head><meta charset=utf-8><title>{TITLE}</title>
<link rel=canonical href="javascript:alert(1)"><base href="//evil.example/">
<script type="application/ld+json">
{{"@type": "NewsArticle", "headline": "\\ud800 \\u0000 <\\/script><script>alert(1)", "url": "data:x"}}</script>
</head><body><article><h1>The ferry &c; &secret;</h1>
<p>{WORDS} &c; &secret; &#xD800; &#0;</p><p onclick=alert(1)>The council met on Monday and talked until the evening about
<a href="jav&#x09;ascript:alert(1)">the fund</a>, <a href="//evil.example/">the <svg onload=alert(1)>boats</a> and the people who
take them every day. <img src=x onerror=alert(1)> Ana Petrov said that nobody had asked her.</p>
<iframe src="javascript:alert(1)"></iframe><xi:include href="SECRET" parse="text"/><object data="SECRET"></object>
</article></body></html>"""


def front_matter(**entries: str) -> str:
    """An article whose front matter has these entries, written as YAML reads them."""
    return "---\n" + "".join(f"{key}: {value}\n" for key, value in entries.items()) + f"---\n\n{WORDS}"


def quoted(text: str) -> str:
    """The text as YAML has it in quotation marks."""
    return "'" + "".join(char for char in text if char.isprintable()).replace("'", "''") + "'"


def write_articles(folder: Path, secret: Path) -> None:
    """Fills a folder with articles that would all like to be more than text; ``secret`` is a file that none of them may show."""
    folder.mkdir()
    for name in NAMES:
        (folder / name).write_text(WORDS, encoding="utf-8")
    Path(os.fsdecode(os.fsencode(folder) + b"/" + BAD_BYTES)).write_text(WORDS)
    (folder / "markup.md").write_text(MARKDOWN, encoding="utf-8")
    (folder / "markup.txt").write_text(MARKDOWN, encoding="utf-8")
    (folder / "entities.html").write_text(HTML.replace("SECRET", secret.as_uri()), encoding="utf-8")
    front = dict.fromkeys(("title", "byline", "outlet"), quoted(TITLE))
    (folder / "front.md").write_text(front_matter(**front, url='"https://a.example/\'onclick=alert(1)"'), encoding="utf-8")
    (folder / "title.md").write_text(front_matter(**front), encoding="utf-8")
    (folder / "controls.md").write_text(front_matter(title='"NUL \\0 and \\x1b"', byline="[&a x, *a]"), encoding="utf-8")
    _write_refused(folder, secret)


REFUSED = 7 + len(SCRIPTS) + 1
"""How many of the articles are set aside: as front matter, as no text, as an address."""


def _write_refused(folder: Path, secret: Path) -> None:
    bomb = "\n".join(["a0: &a0 [x, x]", *(f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}, *a{n - 1}]" for n in range(1, 40)), "title: *a39"])
    (folder / "bomb.md").write_text(f"---\n{bomb}\n---\n\n{WORDS}")
    (folder / "object.md").write_text(front_matter(title="!!python/object/apply:os.system [touch pwned]"))
    (folder / "half.md").write_text(front_matter(title='"\\ud800"'))
    (folder / "deep.md").write_text(f"---\ntitle: {'[' * 5000}\n---\n\n{WORDS}")
    with zipfile.ZipFile(io.BytesIO(), "w", zipfile.ZIP_DEFLATED) as bombs:
        bombs.writestr("x", b"\0" * 1_000_000)
        packed: io.BytesIO = bombs.fp  # type: ignore[assignment]
        (folder / "zip.md").write_bytes(packed.getvalue())
    (folder / "seven.html").write_bytes(b"<meta charset=utf-7><article><p>+2AA- " + WORDS.encode() + b"</article>")
    (folder / "raw.html").write_bytes(b"<meta charset=unicode_escape><article><p>\\ud800 " + WORDS.encode() + b"</article>")
    for number, scheme in enumerate((*SCRIPTS, "//evil.example/")):
        (folder / f"url{number}.md").write_text(front_matter(url=f'"{scheme}alert(1)"'.replace("\t", "\\t").replace("\x01", "\\x01")))
    (folder / "link.md").symlink_to(secret)
    (folder / "linked").symlink_to(secret.parent)
    (folder / "loop").symlink_to(folder)
    (folder / "round.md").symlink_to("round.md")
    os.mkfifo(folder / "pipe.md")


ACTORS = f"""actors:
  - name: {quoted("Ana " + BREAKOUTS[1])}
    aliases: [Ana Petrov, {quoted(BREAKOUTS[0])}]
    links: ["https://a.example/'onclick=alert(1)"]
  - name: CON
    aliases: [Bo Lind]
"""
CORRECTIONS = f"""corrections:
  - action: rename
    id: r
    article: quotes
    words: Ana Petrov
    sentence: '"We keep the ferry," Mayor Ana Petrov said on Tuesday.'
    name: {quoted(BREAKOUTS[2])}
    by: {quoted(TITLE)}
    date: 2024-01-01
    note: {quoted(TITLE)}
  - action: delete-quote
    id: d
    article: quotes
    words: {quoted(BREAKOUTS[0])}
    sentence: {quoted(BREAKOUTS[0])}
    was: {quoted(TITLE)}
"""
LOCK = (
    '{"kind":"lock","version":1}\n'
    '{"kind":"link","article":"quotes","id":"qaaaaaaaa","words":["</script><svg onload=alert(1)>"]}\n'
    '{"kind":"actor","id":"con","name":"<svg onload=alert(2)>","articles":["quotes"]}\n'
)
