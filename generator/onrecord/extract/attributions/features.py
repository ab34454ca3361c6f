"""What the classifier knows of a draft, and of each candidate for its source: facts of syntax and layout.

Each is a name, such as "lemma=say" or "gap=<2".

The names are the keys of the weights in ``data/classifier.json``: whoever changes one must train again.

No feature holds a word of the text but the lemma of the cue, that of a verb or noun of communication above it, and words of closed classes
(pronouns, determiners, auxiliaries, prepositions, conjunctions, particles).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from onrecord.extract.attributions.attribution import Draft, Scene
from onrecord.extract.tokens import FINITE, Token, reporting_verbs
from onrecord.text.names import DOCUMENTS

_CLOSED = ("PRON", "DET", "AUX", "ADP", "SCONJ", "CCONJ", "PART")
_CLOSED_TAGS = ("WDT", "WP", "WRB", "EX", "TO", "MD")
_NAMES = ("PERSON", "ORG", "GPE", "NORP")
_CONTENT_ARCS = ("nsubj", "nsubjpass", "mark", "det", "poss", "relcl", "acl", "aux", "neg", "advmod")
"""Arcs from the head of a content that tell what kind of content it is."""
_CUE_ARCS = ("poss", "dobj", "dative", "nsubj", "nsubjpass", "csubj", "agent", "expl")
_EMBEDDING_ARCS = ("ccomp", "xcomp", "acl", "pcomp", "parataxis")
_NOUN_ENDINGS = ("er", "or", "ist", "ian", "ant", "ent", "man", "tion", "ment", "ity", "ness", "ship", "ism", "ee", "ive", "al", "ics")
"""Endings that tell nouns for persons from nouns for things: Quirk et al. (1985), I.31-40."""
_MOST_ARCS = 8
"""How many arcs a search for a cue above goes up, and how many drafts back one for the first that a speech goes on with."""


def frame_of(draft: Draft) -> str:
    """The frame with the extent, where that is not the argument's own: the key of a draft's weights and rates."""
    return draft.frame if draft.extent == "own" else f"{draft.frame} {draft.extent}"


def bucket(number: int, bounds: tuple[int, ...]) -> str:
    """A number as the name of its range: the first bound that it is below.

    >>> bucket(4, (1, 3, 5)), bucket(9, (1, 3, 5))
    ('<5', '>=5')
    """
    return next((f"<{bound}" for bound in bounds if number < bound), f">={bounds[-1]}")


def word_class(token: Token) -> str:
    """The word itself where its class is closed ("that", "by", "would"), or else its part of speech: names and topics are never
    features."""
    return token.lower_ if token.pos_ in _CLOSED or token.tag_ in _CLOSED_TAGS else token.pos_


def noun_class(token: Token) -> str:
    """Of a noun phrase's head: a pronoun itself, the type of a name, or else the tag."""
    if token.pos_ == "PRON" or token.tag_ in _CLOSED_TAGS:
        return token.lower_
    return token.ent_type_ if token.ent_type_ in _NAMES else token.tag_


class FeatureReader:
    """Reads the features of the drafts of one scene; what several drafts of one cue share is read once."""

    def __init__(self, scene: Scene) -> None:
        self._scene = scene
        self._cues: dict[int, list[str]] = {}
        self._roots: dict[tuple[int, str], list[str]] = {}
        self._sources: dict[tuple[int, int], list[str]] = {}

    def features(self, draft: Draft) -> list[str]:
        """The features of a draft, each once."""
        names = [*_lemma_features(draft), *self._content(draft)]
        if draft.cue:
            cue = self._scene.words[draft.cue[0]]
            if cue.i not in self._cues:
                self._cues[cue.i] = list(_cue_features(cue))
            names += self._cues[cue.i]
            names += self._source(draft, cue)
        if draft.quotations:
            names += self._marks(draft)
        if draft.continues is not None:
            names += self._continuing(draft, draft.continues)
        return list(dict.fromkeys(names))

    def _content(self, draft: Draft) -> Iterator[str]:
        doc, words = self._scene.doc, self._scene.words
        yield f"length={bucket(sum(map(len, draft.content)), (12, 30, 60, 120, 250))}"
        yield f"parts={min(3, len(draft.content))}"
        if draft.cut is not None:
            yield from _cut_features(words[draft.cut], draft.root)
        if draft.root is not None:
            root = draft.root, draft.lemma
            if root not in self._roots:
                self._roots[root] = list(_root_features(words[draft.root], draft.lemma))
            yield from self._roots[root]
        tokens = doc.char_span(draft.content[0].start, draft.content[-1].end, alignment_mode="expand")
        if tokens is None:
            return
        first, end = tokens[0], tokens[-1].i + 1
        yield f"first={word_class(first)}"
        if end < len(words):
            yield f"next={words[end].text[:1] if words[end].is_punct else word_class(words[end])}"
        if draft.cue:
            yield "after cue" if first.i > draft.cue[0] else "before cue"
            gap = first.i - draft.cue[-1] - 1
            if gap >= 0:
                yield f"gap={bucket(gap, (1, 2, 3, 5, 9))}"
            if gap > 0:
                yield f"gap end={word_class(words[first.i - 1])}"

    def _source(self, draft: Draft, cue: Token) -> Iterator[str]:
        if draft.source is None:
            yield "source=none"
            return
        source = self._scene.words[draft.source]
        pair = source.i, cue.i
        if pair not in self._sources:
            self._sources[pair] = list(_source_features(source, cue))
        yield from self._sources[pair]
        if any(span.start <= source.idx < span.end for span in draft.content):
            yield "source in content"

    def _marks(self, draft: Draft) -> Iterator[str]:
        text = self._scene.text
        first, last = draft.quotations[0], draft.quotations[-1]
        yield f"quotations={min(3, len(draft.quotations))}"
        yield f"style={first.style}"
        inside = sum(len(quotation.span) for quotation in draft.quotations)
        # How much of the content stands inside marks, in percent.
        yield f"share={bucket(100 * inside // max(1, sum(map(len, draft.content))), (20, 50, 80, 98))}"
        yield f"quoted words={bucket(len(first.inner.of(text).split()), (2, 3, 5, 8, 15))}"
        before = text[max(0, first.span.start - 12) : first.span.start].rstrip()[-1:]
        yield f"before marks={_character_class(before)}"
        yield f"begins={'A' if text[first.inner.start].isupper() else 'a'}"
        yield f"ends={_character_class(text[last.inner.end - 1])}"
        yield f"after marks={_character_class(text[last.span.end : last.span.end + 1])}"
        if not first.closed:
            yield "unclosed"

    def _continuing(self, draft: Draft, before: Draft) -> Iterator[str]:
        doc, text = self._scene.doc, self._scene.text
        root, depth = before, 0
        while root.continues is not None and depth < _MOST_ARCS:
            root, depth = root.continues, depth + 1
        yield f"depth={min(3, depth)}"
        yield f"goes on with={before.frame}"
        yield f"root={root.frame}"
        yield f"root source={'none' if root.source is None else noun_class(doc[root.source])}"
        end = before.content[-1].end
        if before.quotations:
            last = before.quotations[-1]
            end = last.span.end
            yield f"before closed={last.closed}"
            yield f"before ends={_character_class(text[last.inner.end - 1])}"
        between = doc.char_span(end, draft.quotations[0].span.start, alignment_mode="contract")
        words = [token for token in between or () if not token.is_space]
        verbs = [token for token in words if token.pos_ == "VERB"]
        yield f"between={bucket(len(words), (1, 3, 5, 8, 15, 30))}"
        yield f"cue between={any(token.i in root.cue for token in words)}"
        yield f"stops between={bucket(sum(token.text in '.!?' for token in words), (1, 2, 3))}"
        yield f"names between={bucket(sum(token.ent_type_ == 'PERSON' and token.ent_iob_ == 'B' for token in words), (1, 2, 3))}"
        yield f"verbs between={bucket(len(verbs), (1, 2, 3))}"
        yield f"talk between={sum(token.lemma_.lower() in reporting_verbs() for token in verbs) > 1}"
        rest = text[draft.quotations[-1].span.end : self._scene.paragraph.block.end]
        yield f"ends paragraph={not rest.strip(' .,')}"


def _lemma_features(draft: Draft) -> Iterator[str]:
    yield "any"
    yield f"lemma={draft.lemma}"
    yield f"lemma={draft.lemma} {'quoted' if draft.quotations else 'plain'}"
    if draft.lemma in reporting_verbs():
        yield "communication"


def _cut_features(cut: Token, root: int | None) -> Iterator[str]:
    yield f"cut={cut.dep_}"
    yield f"cut tag={cut.tag_}"
    yield f"cut first={word_class(cut.left_edge)}"
    yield f"cut depth={bucket(cut.head.i - (root or 0), (1, 5, 15))}"
    yield f"cut length={bucket(cut.right_edge.i - cut.left_edge.i, (5, 10, 20))}"


def _root_features(root: Token, lemma: str) -> Iterator[str]:
    yield f"root={root.dep_}"
    yield f"root tag={root.tag_}"
    yield f"root arc={root.dep_}>{root.head.pos_}"
    if root.head.pos_ == "ADP":
        yield f"prep={root.head.lower_}"
        yield f"prep={root.head.lower_} lemma={lemma}"
    if root.ent_type_:
        yield f"root name={root.ent_type_}"
    finite = root.tag_ in FINITE
    for child in root.children:
        finite = finite or child.tag_ in FINITE
        if child.dep_ in _CONTENT_ARCS:
            yield f"has {child.dep_}"
            if child.dep_ in ("mark", "det", "aux", "advmod") and (child.pos_ in _CLOSED or child.tag_ == "WRB"):
                yield f"{child.dep_}={child.lower_}"
        if child.dep_ == "nsubj":
            yield f"content subject={word_class(child)}"
    if root.pos_ in ("NOUN", "PROPN", "PRON"):
        yield f"content head={word_class(root)}"
    yield f"finite={finite}"


def _source_features(source: Token, cue: Token) -> Iterator[str]:
    yield f"source={noun_class(source)}"
    yield f"source arc={source.dep_}"
    yield f"source own={source.head.i == cue.i}"
    yield f"source distance={'before' if source.i < cue.i else 'after'} {bucket(abs(source.i - cue.i), (2, 4, 8, 16))}"
    for child in source.children:
        if child.dep_ == "det":
            yield f"source det={child.lower_}"
        elif child.dep_ == "poss":
            yield "source poss"
    if source.pos_ == "NOUN":
        noun = source.lemma_.lower()
        yield f"source ending={next((ending for ending in _NOUN_ENDINGS if noun.endswith(ending)), '-')}"


def _cue_features(cue: Token) -> Iterator[str]:
    yield f"cue tag={cue.tag_}"
    yield f"cue arc={cue.dep_}"
    yield f"cue head={cue.head.pos_ if cue.head.i != cue.i else 'none'}"
    yield from _embedding_features(cue)
    for child in cue.children:
        if child.dep_ == "neg":
            yield "cue neg"
        elif child.dep_ in ("aux", "auxpass"):
            yield f"cue aux={word_class(child)}"
        elif child.dep_ in ("mark", "prt", "det"):
            yield f"cue {child.dep_}={child.lower_}"
        elif child.dep_ in _CUE_ARCS:
            yield f"cue {child.dep_}"
            if child.i > cue.i and child.dep_ in ("dobj", "dative"):
                yield f"cue {child.dep_}={noun_class(child)}"
        elif child.dep_ == "advmod" and child.tag_ == "WRB":
            yield f"cue when={child.lower_}"
        elif child.dep_ == "prep" and child.i > cue.i:
            yield f"cue prep={child.lower_}"


def _embedding_features(cue: Token) -> Iterator[str]:
    """The verb or noun of communication in whose content the cue stands."""
    at = cue
    for _ in range(_MOST_ARCS):
        above = at.head
        if above.i == at.i:
            return
        if at.dep_ in _EMBEDDING_ARCS:
            lemma = above.lemma_.lower()
            if lemma in reporting_verbs() or lemma == "accord":
                yield "under"
                yield f"under={lemma}"
                yield f"under arc={at.dep_}"
                return
        at = above


def _character_class(character: str) -> str:
    return "a" if character.isalnum() else character


_BEFORE, _AFTER = 25, 12
"""How many words before and after a cue are searched for its source, where its sentence does not reach so far."""
_MOST_WORDS = 30
"""How far from the cue the search ends in any case: sentences may be of any length."""
_NOMINAL = ("NOUN", "PROPN", "PRON")
_MEASURES = ("DATE", "TIME", "MONEY", "PERCENT")
_DISTANCES = (2, 3, 5, 8, 13, 21)
_SHARED_SUBJECT_ARCS = ("ccomp", "conj", "relcl", "xcomp", "advcl")
"""Arcs through which a verb may share the subject of the verb above it, so that the search for subjects goes on past it."""
_MOST_ARCS_TO_SUBJECT = 10
"""How many arcs a search for an implicit subject goes up: a bound, for sentences may be of any depth."""


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


def own_subject(scene: Scene, draft: Draft) -> Token | None:
    """The noun that the rule names as source, where it is the subject of the cue itself: "“Welcome,” said a **voice**". Nobody of a
    sentence before speaks there."""
    source = None if draft.source is None else scene.words[draft.source]
    if source is None or source.pos_ not in ("NOUN", "PROPN", "NUM") or source.dep_ != "nsubj":
        return None
    return source if source.head.i in draft.cue else None


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
    for _ in range(_MOST_ARCS_TO_SUBJECT):
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
