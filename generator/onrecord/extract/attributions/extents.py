"""How much of the text an argument takes: its subtree, less what hangs loose at its end, on to the end of what the cue governs, or a side
of the sentence. A content is offered in several extents, since where it ends is often what the parser errs on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from onrecord.extract.tokens import Doc, Token

_LOOSE = ("relcl", "acl", "appos", "conj", "prep", "ccomp", "parataxis", "npadvmod", "cc")
"""Arcs of phrases that a comma or a dash may set off from the clause that they end."""
_SETTING_OFF = (",", ";", "-", "--", "\u2013", "\u2014")
_CUTS = 2
"""More places than these to end a content are not offered."""
_OUTSIDE = ("conj", "cc", "punct", "parataxis")
"""Arcs of a cue's children that are not governed by it."""


def subtree(head: Token, *, without: Token | None = None) -> tuple[int, ...]:
    """The indices of a token's subtree, less that of another, without punctuation at its edges."""
    dropped = frozenset() if without is None else frozenset(token.i for token in without.subtree)
    return trim(head.doc, [token.i for token in head.subtree if token.i not in dropped])


def trim(doc: Doc, tokens: Sequence[int]) -> tuple[int, ...]:
    """Tokens in text order, less the punctuation and conjunctions at the edges."""
    first, last = 0, len(tokens)
    while first < last and _is_edge(doc[tokens[first]]):
        first += 1
    while first < last and _is_edge(doc[tokens[last - 1]]):
        last -= 1
    return tuple(tokens[first:last])


def _is_edge(token: Token) -> bool:
    return token.is_space or token.is_punct or token.dep_ == "cc"


def loose_ends(root: Token) -> Iterator[Token]:
    """Phrases at the end of a clause that may be the narrator's, outermost first: adverbial clauses, and what a comma sets off."""
    at, found = root, 0
    while found < _CUTS:
        last = next((child for child in reversed(list(at.rights)) if not child.is_punct), None)
        if last is None:
            return
        first = last.left_edge
        apart = first.i > 0 and first.nbor(-1).text in _SETTING_OFF
        if last.dep_ == "advcl" or (last.dep_ in _LOOSE and apart):
            found += 1
            yield last
        at = last


def until(tokens: Iterable[int], cut: Token) -> tuple[int, ...]:
    """Those tokens that stand before a phrase."""
    end = cut.left_edge.i
    return trim(cut.doc, [i for i in tokens if i < end])


def onwards(first: Token, cue: Token) -> tuple[int, ...]:
    """From the beginning of one argument to the end of all that the cue governs; nothing for an argument before the cue."""
    if first.i < cue.i:
        return ()
    end = max((child.right_edge.i for child in cue.children if child.dep_ not in _OUTSIDE), default=cue.i)
    return trim(cue.doc, [i for i in range(first.left_edge.i, end + 1) if i != cue.i])


def sentence_before(cue: Token, source: Token) -> tuple[int, ...]:
    """The sentence up to the clause of the cue: "The plan, she wrote" without the clause."""
    start = min(cue.i, source.left_edge.i if source.i < cue.i else cue.i)
    return trim(cue.doc, range(cue.sent.start, start))


def sentence_after(cue: Token, source: Token) -> tuple[int, ...]:
    """The sentence after the cue, and after a source that follows it."""
    end = max(cue.i, source.right_edge.i if source.head.i == cue.i and source.i > cue.i else cue.i)
    return trim(cue.doc, range(end + 1, cue.sent.end))
