"""Finds the dateline of a news story: where it was filed, perhaps when and by which agency, and a dash.

It stands before the first sentence and is no part of it; a parser takes it for the subject, or for the beginning of what is said.
"""

from __future__ import annotations

import re

from onrecord.model import Span

_DATELINE = re.compile(
    r"\s*(?:(?P<place>[A-Z][A-Z.'\u2019-]{2,}(?: [A-Z][A-Z.'\u2019-]*){0,3})(?P<more>(?:, [\w.]{1,15}(?: [\w.]{1,15}){0,2}){0,3}"
    r"(?: ?\([^()\n]{1,40}\))?)|\([A-Z][A-Za-z.]{1,20}\))(?: ?[\u2014\u2013] ?| --? )(?=[\"\u201c\u2018']?[A-Z0-9$\u00a3\u20ac])"
)
"""A town in capitals, what tells where it is, a date and a source in brackets, each of which may be missing: The Associated Press
Stylebook, "datelines". Of an agency alone, its brackets tell."""
_DASH = re.compile(r" [\u2014\u2013-]{1,2} |[\u2014\u2013]")
_STOP = re.compile(r"[.!?](?=\s|$)")


def dateline_end(text: str, block: Span) -> int:
    """Where the first sentence of a block begins: after its dateline, or at the start of the block where it has none.

    Capitals between which and another dash the sentence goes on are no dateline, but a name with something said of it.

    >>> text = "NEWTON, Ohio (AP) \u2014 The mayor left."
    >>> text[dateline_end(text, Span(0, len(text))):]
    'The mayor left.'
    """
    match = _DATELINE.match(text, block.start, block.end)
    if match is None:
        return block.start
    stop = _STOP.search(text, match.end(), block.end)
    again = _DASH.search(text, match.end(), stop.start() if stop else block.end)
    return block.start if again is not None and match["more"] == "" else match.end()
