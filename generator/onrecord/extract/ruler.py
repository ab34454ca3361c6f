"""spaCy's attribute ruler and rule lemmatizer with a cache: the same annotations in a fraction of the time.

The two take a quarter of a small pipeline's time, because they work out for every token anew what they said of others like it. What
patterns of one token say depends on the token's lower form, tag and arc alone; a lemma depends on form, part of speech and morphology.
Patterns of several tokens are sought where one may begin.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any, cast

import numpy
from spacy.attrs import DEP, IS_SPACE, LEMMA, LOWER, MORPH, ORTH, POS, TAG  # type: ignore[import-not-found]  # compiled, and without stubs
from spacy.lang.en.lemmatizer import EnglishLemmatizer
from spacy.language import Language
from spacy.matcher import Matcher
from spacy.pipeline import AttributeRuler
from spacy.tokens import Doc, Token
from spacy.vocab import Vocab

RULER, LEMMATIZER = "attribute_ruler", "lemmatizer"
"""The names that pipelines give to the two."""

Numbers = numpy.ndarray[Any, Any]

_SETTABLE = (POS, MORPH, LEMMA, TAG, DEP)
"""The attributes that a rule may set."""
_KEY_ATTRIBUTES = frozenset({"LOWER", "TAG", "DEP", "IS_SPACE"})
"""The attributes that a pattern may ask for: those by which answers are cached."""
_MOST_CACHED = 200_000
"""How many forms, and how many lemmas, are kept: an archive has no end of rare words."""


def cache_annotations(nlp: Language) -> None:
    """Replaces a pipeline's ruler and lemmatizer by ones that cache what they say, where their answers depend on the token alone."""
    ruler = nlp.get_pipe(RULER) if RULER in nlp.pipe_names else None
    if type(ruler) is AttributeRuler and _can_be_cached(ruler):
        nlp.add_pipe("onrecord_ruler", after=RULER)
        nlp.disable_pipe(RULER)
    lemmatizer = nlp.get_pipe(LEMMATIZER) if LEMMATIZER in nlp.pipe_names else None
    if type(lemmatizer) is EnglishLemmatizer and lemmatizer.mode == "rule" and not lemmatizer.overwrite:
        nlp.add_pipe("onrecord_lemmatizer", after=LEMMATIZER)
        nlp.disable_pipe(LEMMATIZER)


@Language.factory("onrecord_ruler")
def _make_ruler(nlp: Language, name: str) -> CachedRuler:
    return CachedRuler(cast(AttributeRuler, nlp.get_pipe(RULER)))


@Language.factory("onrecord_lemmatizer")
def _make_lemmatizer(nlp: Language, name: str) -> CachedLemmatizer:
    return CachedLemmatizer(cast(EnglishLemmatizer, nlp.get_pipe(LEMMATIZER)))


def _can_be_cached(ruler: AttributeRuler) -> bool:
    """Whether all rules ask and set only attributes that the cache has; if not, the pipeline keeps its own ruler."""
    return all(
        set(rule["attrs"]) <= {"POS", "MORPH", "LEMMA", "TAG", "DEP"} and all(_asks_only_keys(pattern[0]) for pattern in rule["patterns"])
        for rule in _rules(ruler)
    )


def _rules(ruler: AttributeRuler) -> list[dict[str, Any]]:
    return cast(list[dict[str, Any]], ruler.patterns)


def _asks_only_keys(asked: Mapping[str, Any]) -> bool:
    """Whether it asks only what the memory is keyed by; of a lower form, only which one it is, not which it is not."""
    lower = asked.get("LOWER", "")
    return asked.keys() <= _KEY_ATTRIBUTES and (isinstance(lower, str) or lower.keys() <= {"IN", "REGEX"})


class CachedRuler:
    """Sets the attributes that a ruler would set, from a cache by kind of token.

    A kind is a token's lower form (where any pattern asks for it), tag, arc and whether it is white space. Each kind is put to the ruler
    once, alone in a document; a row of ``_values`` and ``_is_set`` then holds what came of it. Patterns of several tokens are still
    matched in the text, but only in documents with a token that may begin one.
    """

    def __init__(self, ruler: AttributeRuler) -> None:
        self._ruler = ruler
        self._vocab: Vocab = ruler.vocab
        self._multi_token = Matcher(ruler.vocab)
        self._beginnings = Matcher(ruler.vocab)
        self._lower_forms: set[str] = set()
        self._lower_patterns: list[re.Pattern[str]] = []
        self._is_asked_for: dict[int, bool] = {}
        self._rows: dict[tuple[int, ...], int] = {}
        """The kinds of tokens that were met, by lower form (where a pattern asks for it), tag, arc and whether they are space; their rows
        in the tables that follow."""
        self._rules: list[list[int]] = []
        """The rules that hold for such a token by itself, in their order."""
        self._values = numpy.zeros((0, len(_SETTABLE)), dtype=numpy.uint64)
        self._is_set = numpy.zeros((0, len(_SETTABLE)), dtype=bool)
        self._may_begin = numpy.zeros(0, dtype=bool)
        """Whether a pattern of several tokens may begin there."""
        for number, rule in enumerate(_rules(ruler)):
            self._read(str(number), rule["patterns"])

    def _read(self, key: str, patterns: list[list[dict[str, Any]]]) -> None:
        longer = [pattern for pattern in patterns if len(pattern) > 1]
        if longer:
            self._multi_token.add(key, longer)
            self._beginnings.add(key, [pattern[:1] for pattern in longer])
        for lower in (pattern[0]["LOWER"] for pattern in patterns if "LOWER" in pattern[0]):
            self._lower_forms.update([lower] if isinstance(lower, str) else lower.get("IN", ()))
            self._lower_patterns += [re.compile(lower["REGEX"])] if not isinstance(lower, str) and "REGEX" in lower else []

    def __call__(self, doc: Doc) -> Doc:
        rows = [self._row_of(doc, at, asked) for at, asked in enumerate(doc.to_array([LOWER, TAG, DEP, IS_SPACE]).tolist())]
        values = numpy.where(self._is_set[rows], self._values[rows], doc.to_array(list(_SETTABLE)))
        if self._may_begin[rows].any():
            for at, rules in self._multi_token_rules(doc).items():
                row, is_set = self._row(sorted((*self._rules[rows[at]], *rules)))
                values[at][is_set] = row[is_set]
        return doc.from_array(list(_SETTABLE), cast(Any, values))

    def _multi_token_rules(self, doc: Doc) -> Mapping[int, list[int]]:
        """The rules with patterns of several tokens that hold for a token, by its place."""
        found: defaultdict[int, list[int]] = defaultdict(list)
        for key, start, end in self._multi_token(doc, allow_missing=True):
            number = int(self._vocab.strings[key])
            index = self._ruler.indices[number]
            found[start + index if index >= 0 else end + index].append(number)
        return found

    def _row_of(self, doc: Doc, at: int, asked: list[int]) -> int:
        lower = asked[0]
        named = self._is_asked_for.get(lower)
        if named is None:
            named = self._is_named(lower)
        key = (*asked,) if named else (0, *asked[1:])
        row = self._rows.get(key)
        if row is None:
            row = self._rows[key] = self._ask(doc[at])
        return row

    def _is_named(self, lower: int) -> bool:
        """Whether some pattern asks for this lower form."""
        if len(self._is_asked_for) >= _MOST_CACHED:
            self._is_asked_for.clear()
        word = self._vocab.strings[lower]
        self._is_asked_for[lower] = named = word in self._lower_forms or any(shape.search(word) for shape in self._lower_patterns)
        return named

    def _ask(self, token: Token) -> int:
        """The row of what the ruler says of such a token where it stands by itself, made now."""
        alone = Doc(self._vocab, words=[token.text], tags=[token.tag_], deps=[token.dep_], heads=[0])
        rules = [number for number, *_ in self._ruler.match(alone)]
        values, is_set = self._row(rules)
        self._rules.append(rules)
        self._values = numpy.vstack([self._values, values])
        self._is_set = numpy.vstack([self._is_set, is_set])
        self._may_begin = numpy.append(self._may_begin, bool(self._beginnings(alone, allow_missing=True)))
        return len(self._rules) - 1

    def _row(self, rules: Iterable[int]) -> tuple[Numbers, Numbers]:
        """What these rules set together, the later over the earlier, and which columns of ``_SETTABLE`` that is."""
        values, is_set = numpy.zeros(len(_SETTABLE), dtype=numpy.uint64), numpy.zeros(len(_SETTABLE), dtype=bool)
        for number in rules:
            for attribute, value in self._ruler.attrs[number].items():
                column = _SETTABLE.index(attribute)
                values[column], is_set[column] = value, True
        return values, is_set


class CachedLemmatizer:
    """Sets the lemmas that a rule lemmatizer would set, from a cache by form, part of speech and morphology."""

    def __init__(self, lemmatizer: EnglishLemmatizer) -> None:
        self._lemmatizer = lemmatizer
        self._lemmas: dict[tuple[int, int, int], int] = {}

    def __call__(self, doc: Doc) -> Doc:
        lemmas = doc.to_array([LEMMA])
        for at, (orth, pos, morph, lemma) in enumerate(doc.to_array([ORTH, POS, MORPH, LEMMA]).tolist()):
            if lemma == 0:  # none yet: the ruler sets some before
                key = orth, pos, morph
                lemmas[at] = self._lemmas[key] if key in self._lemmas else self._ask(doc, at, key)
        return doc.from_array([LEMMA], cast(Any, lemmas))

    def _ask(self, doc: Doc, at: int, key: tuple[int, int, int]) -> int:
        if len(self._lemmas) >= _MOST_CACHED:
            self._lemmas.clear()
        self._lemmas[key] = said = doc.vocab.strings.add(self._lemmatizer.lemmatize(doc[at])[0])
        return said
