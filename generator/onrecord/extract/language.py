"""The linguistic analysis of an article by a spaCy pipeline; and telling which articles are not in English, and so are not analysed."""

from __future__ import annotations

import re
import sys
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import spacy
from py3langid.langid import MODEL_FILE, LanguageIdentifier
from spacy.lang.en.lemmatizer import EnglishLemmatizer
from spacy.language import Language
from spacy.tokenizer import Tokenizer  # type: ignore[import-not-found]  # compiled, and without stubs
from spacy.tokens import Doc as ParsedDoc
from spacy.util import compile_infix_regex, compile_prefix_regex, compile_suffix_regex

from onrecord.errors import ModelError
from onrecord.extract.ruler import remember
from onrecord.extract.tokens import Doc, Token, TokenSpan, reporting_verbs
from onrecord.extract.transcript import Turn, dateline_end, find_answers, find_turns, with_turns
from onrecord.gazetteer import NO_GAZETTEER, Gazetteer
from onrecord.model import Article, Block, Notice, Span
from onrecord.text.quotation_marks import Quotation, find_block_quotations, find_posts, find_quotations, outside, without_edges

NEEDED_PIPES = ("parser", "ner")
"""What a pipeline must set, beside lemmas and tags: without sentences, arcs and names there is nothing to go on."""


def load_pipeline(model: str) -> Language:
    """The spaCy pipeline of that name or path. Raises :class:`ModelError` when it is not there or cannot do the work."""
    try:
        nlp = spacy.load(model)
    except (OSError, ImportError, ValueError) as error:
        what = "no pipeline in that folder" if Path(model).exists() else "no such pipeline is installed"
        raise ModelError(f"model {model}: {what}; install one with pip, or name another with --model") from error
    if nlp.lang != "en":
        raise ModelError(f"model {model}: its language is {nlp.lang!r}, not English; name an English pipeline with --model")
    missing = [name for name in NEEDED_PIPES if name not in nlp.pipe_names]
    if missing:
        raise ModelError(f"model {model}: it lacks {' and '.join(missing)}; name a pipeline that has both with --model")
    _split_marks(nlp)
    _split_contractions(nlp)
    _teach_reporting_verbs(nlp)
    remember(nlp)
    nlp.add_pipe(APPOSITIONS)
    nlp.max_length = sys.maxsize  # how long an article may be is decided where it is read
    return nlp


_PREFIXES = ("\u2015", r"-(?=[A-Z][a-z])")
_SUFFIXES = (r"(?<=\dm)\.",)
"""The stop behind millions, which spaCy takes for that of an initial, ``m.``, so that the sentence goes on: "It lost £38m. Shares fell"."""
_INFIXES = (
    r"[.,!?:\u2026](?=[\"\u201c\u201d\u2019\u00bb][\w\u2010-\u2015-])",
    r"(?<=[.,!?:\u2026])[\"\u201c\u201d\u2019\u00bb](?=[\w\u2010-\u2015-])",
    r"(?<=[\"\u201d\u2019\u00bb])[\u2010-\u2015-]+",
)
"""A dash or a mark without a space, where a quotation meets its speaker's name: ``”―Ann Lee``, ``,”Lee said``, ``Lee:"``. spaCy's
own rules leave these one word."""


def _split_marks(nlp: Language) -> None:
    """Has a pipeline's tokenizer split off the dashes and marks of :data:`_PREFIXES` and :data:`_INFIXES`."""
    if isinstance(nlp.tokenizer, Tokenizer):
        nlp.tokenizer.prefix_search = compile_prefix_regex([*(nlp.Defaults.prefixes or ()), *_PREFIXES]).search
        nlp.tokenizer.rules = {word: parts for word, parts in dict(nlp.tokenizer.rules or {}).items() if word != "m."}
        nlp.tokenizer.suffix_search = compile_suffix_regex([*(nlp.Defaults.suffixes or ()), *_SUFFIXES]).search
        nlp.tokenizer.infix_finditer = compile_infix_regex([*(nlp.Defaults.infixes or ()), *_INFIXES]).finditer


def _split_contractions(nlp: Language) -> None:
    """Has a pipeline's tokenizer know contractions also with the mark that opens a quotation, as typesetters put it: "shouldn\u2018t"."""
    if isinstance(nlp.tokenizer, Tokenizer):
        for word, parts in dict(nlp.tokenizer.rules or {}).items():
            turned = word.replace("\u2019", "\u2018")
            if re.fullmatch(r"\w+\u2018\w+", turned):
                nlp.tokenizer.add_special_case(turned, [{key: _turned(value) for key, value in part.items()} for part in parts])


def _turned(value: str) -> str:
    return value.replace("\u2019", "\u2018")


def _teach_reporting_verbs(nlp: Language) -> None:
    """Has a pipeline's lemmatizer know the listed verbs. Of a verb that it does not know it guesses the lemma: "skeeted" is "skeete"."""
    lemmatizer = nlp.get_pipe("lemmatizer") if "lemmatizer" in nlp.pipe_names else None
    if isinstance(lemmatizer, EnglishLemmatizer) and lemmatizer.mode == "rule":
        known = lemmatizer.lookups.get_table("lemma_index")
        # As sets: it asks whether a word is known, and goes through tens of thousands of nouns for that.
        for part, listed in known.items():
            known[part] = set(listed)
        known["verb"] |= reporting_verbs()


APPOSITIONS = "onrecord_appositions"
"""What pipelines call the step that ties names to the nouns beside them."""


@Language.component(APPOSITIONS)
def _tie_apposed_names(doc: ParsedDoc) -> ParsedDoc:
    """Ties a person's name to the noun before it and a comma, "honoured by the mayor, **Ann Lee**", of which the parser makes a time or a
    measure, which are what noun phrases are adverbials of (Quirk et al. 1985, 8.52), or coordinates it with a verb."""
    for name in doc.ents:
        root, noun = name.root, doc[max(0, name.start - 2)]
        apart = name.start > 1 and doc[name.start - 1].text == "," and (name.end == len(doc) or doc[name.end].is_punct)
        astray = root.dep_ == "npadvmod" or (root.dep_ == "conj" and root.head.pos_ == "VERB")
        if name.label_ == "PERSON" and astray and apart and noun.tag_ == "NN" and noun.sent == root.sent and root not in noun.ancestors:
            root.head, root.dep_ = noun, "appos"
    return doc


@dataclass(frozen=True, slots=True)
class Analysis:
    """An article with its linguistic analysis. Lives in ``extract/`` only.

    ``doc.text == article.text``. Text that is not analysed (line breaks between blocks, code, advertisements) is in the
    Doc as tokens without tags or names, each a sentence of its own, so that offsets hold and sentences do not run over it.
    """

    article: Article
    doc: Doc
    paragraphs: tuple[Paragraph, ...]
    quotations: tuple[Quotation, ...]
    """What stands inside quotation marks, the turns of a transcript and block quotes: every stage that asks sees the same."""
    turns: tuple[Turn, ...] = ()
    """The paragraphs of a transcript, with their labels."""
    gazetteer: Gazetteer = NO_GAZETTEER
    """Who the user says exists."""
    torn: tuple[Span, ...] = ()
    """Of sentences that are too long to be parsed whole, what follows the first piece: parsed without it, so that nobody knows whose words
    they are."""

    def paragraph_of(self, token: Token) -> Paragraph:
        """The paragraph that holds a token. Raises :class:`LookupError` for a token of text that is not analysed."""
        at = bisect_right(self.paragraphs, token.i, key=lambda paragraph: paragraph.tokens.start) - 1
        if at >= 0 and token.i < self.paragraphs[at].tokens.end:
            return self.paragraphs[at]
        raise LookupError(f"token {token.i} is in no paragraph")

    def transcript(self) -> frozenset[int]:
        """The tokens from the first turn of a transcript to the last, by their index: also of paragraphs without a label between turns."""
        if not self.turns:
            return frozenset()
        first, last = self.turns[0].label.start, self.turns[-1].words.end
        between = (paragraph for paragraph in self.paragraphs if first <= paragraph.block.end and paragraph.block.start < last)
        return frozenset(token.i for paragraph in between for token in paragraph.tokens)

    def tokens(self, span: Span) -> TokenSpan:
        """The tokens that a span touches; an empty token span where it touches none."""
        found = self.doc.char_span(span.start, span.end, alignment_mode="expand")
        return found if found is not None else self.doc[0:0]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A block of prose and its tokens."""

    block: Block
    tokens: TokenSpan

    @property
    def sents(self) -> Iterator[TokenSpan]:
        at = self.tokens.start
        while at < self.tokens.end:
            sentence = self.tokens.doc[at].sent
            yield sentence
            at = sentence.end


_UNBROKEN_RUN = re.compile(r"\S{200,}")
"""No word has so many characters, and hardly an address. spaCy's tokenizer takes one mark at a time off such a run, each time from all of
it: four thousand brackets in a row cost it four seconds."""


_LONGEST_PIECE = 5_000
"""Characters that are parsed as one; hardly a paragraph is longer."""
_LONGEST_SENTENCE = 2_500
"""Characters, some four hundred words: one of clauses in clauses without end costs the square of its length, in everything that walks its
tree and on every page, since each clause has all the words of the next."""
_SENTENCE_END = re.compile(r"(?<=[a-z]{4})[.!?\u2026][\"\u201d\u2019\u00bb)]*\s+(?=\W?[A-Z])")
# The first is surely the end of a sentence; the second may be an abbreviation, and is used only where a cut is needed anyway.
_PERHAPS_END = re.compile(r"[.!?;\u2026][\"\u201d\u2019\u00bb)]*\s+")


def _pieces(text: str, span: Span) -> Iterator[tuple[Span, Span | None]]:
    """A stretch of text in pieces of bounded length, each up to the end of a sentence; within one that is too long, up to a mark or a
    word. With the first piece of such a sentence comes the rest of it."""
    start = last = span.start
    for end in (*(found.end() for found in _SENTENCE_END.finditer(text, span.start, span.end)), span.end):
        # The sentence does not fit into the piece any more: it begins the next one.
        if end - start > _LONGEST_PIECE and start < last:
            yield Span(start, last), None
            start = last
        sentence = last
        while end - last > _LONGEST_SENTENCE:
            is_first = last == sentence
            last = _cut_point(text, last, last + _LONGEST_SENTENCE)
            yield Span(start, last), Span(last, end) if is_first else None
            start = last
        last = end
    if start < span.end:
        yield Span(start, span.end), None


def _cut_point(text: str, start: int, end: int) -> int:
    """Where a stretch of text is best cut in two."""
    marks = [found.end() for found in _PERHAPS_END.finditer(text, start, end)]
    return marks[-1] if marks else text.rfind(" ", start, end) + 1 or end


def _parsed_parts(text: str, block: Block) -> Iterator[Span]:
    """The parts of a block that are parsed, each by itself: a dateline and what follows it, but for runs without end, which stay in the
    Doc as tokens of no kind."""
    start = dateline_end(text, block.span)
    if block.start < start:
        yield Span(block.start, start)
    for run in _UNBROKEN_RUN.finditer(text, block.start, block.end):
        if start < run.start():
            yield Span(start, run.start())
        start = run.end()
    if start < block.end:
        yield Span(start, block.end)


def analyse(nlp: Language, article: Article) -> Analysis:
    """Parses each paragraph by itself and joins the results to one Doc.

    Parsing across blank lines joins sentences that the writer kept apart, which cost five points of F on
    reported speech when it was measured.
    """
    text = article.text
    blocks = list(article.paragraphs())
    pieces = [piece for block in blocks for stretch in _parsed_parts(text, block) for piece in _pieces(text, stretch)]
    parsed = nlp.pipe(piece.of(text) for piece, _ in pieces)
    doc = Doc(text, ((piece.start, part) for (piece, _), part in zip(pieces, parsed, strict=True)))
    assert "".join(token.text_with_ws for token in doc) == text
    _name_modals(doc)
    _lower_nouns(doc)
    within = ((block, doc.char_span(block.start, block.end, alignment_mode="contract")) for block in blocks)
    paragraphs = tuple(Paragraph(block, tokens) for block, tokens in within if tokens)
    spans = [block.span for block in blocks]
    turns = find_turns(text, spans)
    answers = () if turns else find_answers(text, spans, frozenset(block.span for block in blocks if _is_set_apart(text, block)))
    posts = find_posts(article)
    marked = outside(with_turns(text, find_quotations(text, spans), turns, answers), posts)
    block_quotations = find_block_quotations(article, marked)
    quotations = tuple(sorted((*marked, *posts, *block_quotations), key=lambda quotation: quotation.span))
    return Analysis(article, doc, paragraphs, quotations, turns, torn=tuple(torn for _, torn in pieces if torn))


def _is_set_apart(text: str, block: Block) -> bool:
    """Whether a block is a heading, or printed in bold or italics from its first word to its last."""
    words = without_edges(text, block.span)
    return block.kind == "heading" or any(mark.kind in ("strong", "emphasis") and mark.contains(words) for mark in block.marks)


def _name_modals(doc: Doc) -> None:
    """Makes subjects of what the tagger takes for modal verbs but are names: "May said", "Will was late".

    A modal verb is followed by a bare form, never by one that is finite itself or a participle (Quirk et al., A Comprehensive Grammar of
    the English Language, 1985, 3.21).
    """
    for token in doc:
        if "aux" in token.dep_ and token.text in ("May", "Will") and token.head.i > token.i and token.i + 1 < len(doc):
            finite = doc[token.i + 1].tag_ in ("VBD", "VBN", "VBZ") and not any(
                child.dep_ in ("nsubj", "nsubjpass") for child in token.head.children
            )
            if finite:
                token.tag_, token.pos_, token.dep_, token.lemma_ = "NNP", "PROPN", "nsubj", token.text


def _lower_nouns(doc: Doc) -> None:
    """Makes common nouns of what the tagger takes for names without a capital, where the recogniser sees no name: "the parish council"."""
    for token in doc:
        if token.tag_ == "NNP" and token.text.islower() and token.is_alpha and not token.ent_type_:
            token.tag_, token.pos_ = "NN", "NOUN"


def torn_sentences(analysis: Analysis) -> Iterator[Notice]:
    """A notice on each sentence that was read in pieces."""
    for torn in analysis.torn:
        yield Notice(
            "long-sentence",
            f"This sentence is too long to be read whole: the {len(torn):,} characters that follow here are read without what comes before "
            "them, and whose statements they hold is left open.",
            Span(torn.start, torn.start + 1),
        )


def char_span(tokens: TokenSpan) -> Span:
    """The characters of a token span."""
    return Span(tokens.start_char, tokens.end_char)


ENGLISH = "en"

# Function words of English (the most frequent of the Brown corpus, Francis & Kučera 1982) that are no words of another language in Latin
# script: no "was" (German), "is" (Dutch), "on" (French), "of" (Dutch), "in", "a", "to" (Czech), "he" (Finnish dialects), "for" (Danish).
_FUNCTION_WORDS = frozenset(
    [
        *(
            "the",
            "and",
            "that",
            "with",
            "from",
            "have",
            "has",
            "had",
            "been",
            "would",
            "which",
            "this",
            "their",
            "they",
            "who",
            "his",
            "her",
        ),
        *("her", "she", "were", "said", "not", "but", "about", "after", "will", "what", "when"),
    ]
)
_ENGLISH_SHARE = 0.1
"""Share of such words from which a text is taken for English without asking the identifier: so are 916 of PolNeAR's 924 articles."""
_SAMPLE = 3_000
"""Characters that the identifier sees."""
_LEAST_LIKELIHOOD = 0.01
"""Likelihood of English under which a text is taken for another language. PolNeAR's least is .93, a list of
English names has .09; our samples of sixteen languages, of two or three sentences, have less than a millionth."""
_FEWEST_LETTERS = 40
"""Letters: in a shorter text a few foreign names would decide, so it counts as English."""

# ISO 639-1 codes that a reader may not know, by the languages of the most news sites.
NAMES = {
    "ar": "Arabic",
    "bg": "Bulgarian",
    "bn": "Bengali",
    "cs": "Czech",
    "da": "Danish",
    "de": "German",
    "el": "Greek",
    "es": "Spanish",
    "fa": "Persian",
    "fi": "Finnish",
    "fr": "French",
    "he": "Hebrew",
    "hi": "Hindi",
    "hr": "Croatian",
    "hu": "Hungarian",
    "id": "Indonesian",
    "it": "Italian",
    "ja": "Japanese",
    "ko": "Korean",
    "lt": "Lithuanian",
    "nb": "Norwegian",
    "nl": "Dutch",
    "no": "Norwegian",
    "pl": "Polish",
    "pt": "Portuguese",
    "ro": "Romanian",
    "ru": "Russian",
    "sk": "Slovak",
    "sr": "Serbian",
    "sv": "Swedish",
    "sw": "Swahili",
    "th": "Thai",
    "tr": "Turkish",
    "uk": "Ukrainian",
    "ur": "Urdu",
    "vi": "Vietnamese",
    "zh": "Chinese",
}


def language_of(article: Article) -> str:
    """The code of the language that the article is in: as its front matter says, or else as its words tell; English where they are few."""
    if article.meta.lang:
        return article.meta.lang
    words = article.text.casefold().split()
    # The cheap test first: for most articles the identifier need not be loaded.
    if sum(word in _FUNCTION_WORDS for word in words) >= _ENGLISH_SHARE * len(words):
        return ENGLISH
    sample = " ".join(block.span.of(article.text) for block in article.paragraphs())[:_SAMPLE]
    if sum(map(str.isalpha, sample)) < _FEWEST_LETTERS:
        return ENGLISH
    (language, _), *_ = ranked = _identifier().rank(sample)
    return str(language) if dict(ranked)[ENGLISH] < _LEAST_LIKELIHOOD else ENGLISH


def is_english(language: str) -> bool:
    """Whether a code is that of English, in whichever country: "en", "en-GB"; "eng", as ISO 639-2 has it."""
    return language.lower().split("-")[0] in (ENGLISH, "eng")


def not_english(article: Article, language: str) -> Notice:
    """What a reader is told of an article in another language."""
    name = NAMES.get(language.lower().split("-")[0], f"the language {language}")
    says = "its front matter says" if article.meta.lang else "it seems"
    mend = "" if article.meta.lang else " If it is in English, say lang: en in its front matter."
    return Notice("not-english", f"This text is in {name}, {says}. Only English is analysed, so nothing was extracted.{mend}")


@cache
def _identifier() -> LanguageIdentifier:
    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
