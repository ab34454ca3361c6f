"""Text and YAML as nobody writes them by hand, for properties: what a program, an accident or an attacker may leave in a file."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import strategies as st

_PIECES = (
    *("\x00", "\x01", "\x07", "\x1b", "\x7f", "\x85", "\u2028", "\ufeff", "\u00ad", "\u200b", "\ufffe", "\U0010ffff"),  # controls
    *("\ud800", "\udfff", "\ud83d\ude00"),  # surrogates
    *("\u202e", "\u202c", "\u2066", "\u2069", "\u200f"),  # bidi
    *("e\u0301", "ß", "İ", "ǆ", "ﬁ", "𝕊", "👩‍👧", "\u0300"),  # longer or shorter in another case or form
    *("“", "”", '"', "'", "’", "…", "—", "--", "\u00a0", "\t", "\r", "\n", " "),
    *("<script>", "</p>", "&amp;", "&#xD800;", "{{ x }}", "{% raw %}", "](javascript:x)", "[a]: x", "`", "*", "_", "|", "#"),
    *("0000-00-00", "9999-99-99", "2020-01-01T25:00", "1e400", "-0", "0x_", ".inf", "1" * 400, "1:2:3", "~", "null", "yes"),
    *("&a", "*a", "!!python/object:os.system", "!", "<<", "? ", ": ", "- ", "---", "...", "%YAML 9.9", ">-", "|2"),
)
TEXTS = st.lists(st.one_of(st.sampled_from(_PIECES), st.text(max_size=5), st.sampled_from(["Lee", "said", "quay"])), max_size=8).map(
    "".join
)
"""Short texts of such pieces, lone surrogates among them."""

WRITABLE = TEXTS.map(lambda text: text.encode("utf-8", "replace").decode())
"""The same as a file in UTF-8 can hold it."""

_SCALARS = st.one_of(TEXTS, st.none(), st.booleans(), st.integers(-(10**40), 10**40), st.floats())


def values(keys: st.SearchStrategy[str], words: st.SearchStrategy[Any] = _SCALARS) -> st.SearchStrategy[Any]:
    """Lists and mappings of such values within one another, with these keys and others."""
    names = st.one_of(keys, TEXTS)
    return st.recursive(words, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(names, inner, max_size=4), max_leaves=8)


@st.composite
def yaml_of(draw: st.DrawFn, value: Any) -> str:
    """A value as YAML: JSON, which is YAML, with a line doubled, an anchor, an alias or a tag put in, or cut short."""
    text = json.dumps(value, ensure_ascii=draw(st.booleans()), indent=draw(st.sampled_from([None, 0, 1])))
    for _ in range(draw(st.integers(0, 2))):
        at = draw(st.integers(0, len(text)))
        change = draw(st.sampled_from(["put in", "put in", "doubled", "cut"]))
        if change == "put in":
            text = text[:at] + draw(st.sampled_from(_PIECES)) + text[at:]
        elif change == "doubled":
            text = text[:at] + text[max(0, at - 40) :]
        else:
            text = text[:at]
    return text
