"""The candidates for the source of a cue: nouns and pronouns near it, and what the classifier knows of each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from onrecord.extract.attributions.features import bucket, noun_class
from onrecord.extract.attributions.paragraph import Draft, Scene
from onrecord.extract.tokens import Token, reporting_verbs
from onrecord.text.names import DOCUMENTS

_BEFORE, _AFTER = 25, 12
"""How many words before and after a cue are searched for its source, where its sentence does not reach so far."""
_MOST_WORDS = 30
"""How far from the cue the search ends in any case: sentences may be of any length."""
_NOMINAL = ("NOUN", "PROPN", "PRON")
_MEASURES = ("DATE", "TIME", "MONEY", "PERCENT")
_DISTANCES = (2, 3, 5, 8, 13, 21)
_SHARED_SUBJECT_ARCS = ("ccomp", "conj", "relcl", "xcomp", "advcl")
"""Arcs through which a verb may share the subject of the verb above it, so that the search for subjects goes on past it."""
_MOST_ARCS = 10


@dataclass(frozen=True, slots=True)
class SourceCandidate:
    """A candidate for the source of a cue."""

    source: int | None
    """The index of its head word; none for the candidate that the text names nobody."""


NOBODY = SourceCandidate(None)
"""The candidate that the text names no source: "it was said that ..."."""


def source_candidates(scene: Scene, draft: Draft) -> Iterator[SourceCandidate]:
    """The source that the rule names, and every noun and pronoun near the cue, outside quotations and the content, in text order."""
    cue = scene.words[draft.cue[0]]
    paragraph, sent = scene.tokens_around(cue.i), cue.sent
    # The cue's sentence and the words around it, but nothing of another paragraph.
    first = max(paragraph.start, min(sent.start, cue.i - _BEFORE), cue.i - _MOST_WORDS)
    last = min(paragraph.end, max(sent.end, cue.i + _AFTER), cue.i + _MOST_WORDS + 1)
    for token in scene.words[first:last]:
        if token.i == draft.source or (token.i != cue.i and _may_be_source(scene, draft, token)):
            yield SourceCandidate(token.i)


def _may_be_source(scene: Scene, draft: Draft, token: Token) -> bool:
    """Whether a word is the head of a noun phrase outside the content and quotations, and no date or sum."""
    if token.pos_ not in _NOMINAL and token.tag_ not in ("WDT", "WP"):
        return False
    if token.dep_ == "compound" or token.ent_type_ in _MEASURES:  # "Harbour" in "the Harbour Board" is no head of a phrase
        return False
    return not any(span.start <= token.idx < span.end for span in draft.content) and scene.quotation_at(token.idx) is None


def candidate_features(scene: Scene, draft: Draft, candidates: Sequence[SourceCandidate]) -> list[tuple[tuple[str, ...], list[str]]]:
    """For each of the options for one draft, the keys of its weights, and its features."""
    frame = draft.frame.split(" ")[0]
    cue = scene.words[draft.cue[0]]
    paths, sentence = _paths(cue), (cue.sent.start, cue.sent.end)
    result: list[tuple[tuple[str, ...], list[str]]] = []
    for candidate in candidates:
        if candidate.source is None:
            result.append((("nobody",), list(_nobody_features(scene, draft, frame))))
            continue
        named = "named by rule" if candidate.source == draft.source else "other"
        names = _word_features(scene, draft, scene.words[candidate.source], cue, paths, sentence)
        result.append(((named, frame), [named, f"{named} {draft.frame}", *names]))
    return result


def _nobody_features(scene: Scene, draft: Draft, frame: str) -> Iterator[str]:
    yield "nobody"
    yield f"nobody {draft.frame}"
    yield f"nobody lemma={draft.lemma}"
    if draft.source is None:
        yield "rule names nobody"
        yield f"rule names nobody {frame}"
    else:
        source = scene.words[draft.source]
        yield f"rule names={noun_class(source)}"
        yield f"rule names arc={source.dep_}"


def _word_features(
    scene: Scene, draft: Draft, token: Token, cue: Token, paths: Mapping[int, list[str]], sentence: tuple[int, int]
) -> Iterator[str]:
    side = "before" if token.i < cue.i else "after"
    yield side
    yield f"distance={side} {bucket(abs(token.i - cue.i), _DISTANCES)}"
    tie = _tie(token, cue)
    yield f"tie={tie}"
    yield f"tie={tie} {token.dep_}"
    yield f"tie={tie} {token.dep_} cue={cue.dep_}"
    if token.right_edge.i + 1 == cue.i:
        yield "next to cue"
    if token.i + 1 == cue.i:
        yield "right before cue"
    if token.left_edge.i - 1 == cue.i:
        yield "right after cue"
    between = [t.pos_ for t in scene.words[min(token.i, cue.i) + 1 : max(token.i, cue.i)]]
    yield f"nouns between={bucket(sum([pos in _NOMINAL for pos in between]), _DISTANCES)}"
    yield f"verbs between={min(3, between.count('VERB'))}"
    yield f"same sentence={sentence[0] <= token.i < sentence[1]}"
    comma = cue.i > 0 and scene.words[cue.i - 1].text == ","
    for path in paths.get(token.i, ["-"]):
        yield f"path={path}"
        yield f"path={path} {cue.tag_} comma={comma}"
    yield f"cue={cue.tag_}"
    yield f"communication={cue.lemma_.lower() in reporting_verbs()}"
    yield f"kind={noun_class(token)}"
    yield f"arc={token.dep_}"
    yield f"head={token.head.pos_}"
    if token.head.pos_ == "ADP":
        yield f"prep={token.head.lower_}"
    if any(span.start <= token.idx < span.end for span in draft.content):
        yield "in content"
    for child in token.children:
        if child.dep_ in ("det", "poss", "appos", "relcl"):
            yield f"has {child.dep_}"


def _tie(token: Token, cue: Token) -> str:
    """How the parse ties a word to a cue: above it, its own dependent, a sister, farther below, up by another branch, or not at all."""
    if token.is_ancestor(cue):
        return "over"
    if token.head.i == cue.i:
        return "own"
    if token.head.i == cue.head.i:
        return "beside"
    if cue.is_ancestor(token):
        return "under"
    return "up" if token.head.is_ancestor(cue) else "far"


def _paths(cue: Token) -> dict[int, list[str]]:
    """The ways up the parse from a cue to words that may be its implicit subject, by word: "ccomp said subject" leads to the subject of a
    reporting verb whose complement the cue is in."""
    found: defaultdict[int, list[str]] = defaultdict(list)
    at, past_noun = cue, ""
    for _ in range(_MOST_ARCS):
        above = at.head
        if above.i == at.i:
            break
        if above.pos_ in ("VERB", "AUX"):
            said = " said" if above.lemma_.lower() in reporting_verbs() else ""
            for child in above.children:
                if child.i == cue.i or child.is_ancestor(cue):
                    continue
                if child.dep_ in ("nsubj", "nsubjpass"):
                    found[child.i].append(f"{at.dep_}{past_noun}{said} subject")
                elif child.dep_ in ("dobj", "dative"):
                    found[child.i].append(f"{at.dep_} object")
            # A verb with a subject of its own, which is not shared from further up, ends the search.
            if above.dep_ not in _SHARED_SUBJECT_ARCS and any(child.dep_ in ("nsubj", "nsubjpass") for child in above.children):
                break
        elif above.pos_ in _NOMINAL:
            found[above.i].append(f"{at.dep_} of{' document' if above.lemma_.lower() in DOCUMENTS else ''}")
            past_noun = " past noun"
        at = above
    return found
