"""Telling text that is not English, of which the program would find nothing but mistakes.

Most English is known by its commonest words, which costs next to nothing. What has few of them (a list of names, a headline, another
language) is shown to py3langid: naive Bayes over byte sequences for 140 languages, in the package, without a network and without chance.
"""

from __future__ import annotations

from functools import cache

from py3langid.langid import MODEL_FILE, LanguageIdentifier

from onrecord.model import Article, Notice

ENGLISH = "en"

# Function words of English (the most frequent of the Brown corpus, Francis & Kučera 1982) that are no words of another language in Latin
# script: no "was" (German), "is" (Dutch), "on" (French), "of" (Dutch), "in", "a", "to" (Czech), "he" (Finnish dialects), "for" (Danish).
_COMMON = frozenset(
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
_ENOUGH = 0.1
"""Share of such words from which a text is English without a doubt: so are 916 of PolNeAR's 924 articles."""
_SAMPLE = 3_000
"""Characters that the identifier sees."""
_HARDLY = 0.01
"""Likelihood of English under which a text is taken for another language. PolNeAR's least is .93, a list of
English names has .09; our samples of sixteen languages, of two or three sentences, have less than a millionth."""
_FEWEST = 40
"""Letters: in fewer, names decide."""

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
    if sum(word in _COMMON for word in words) >= _ENOUGH * len(words):
        return ENGLISH
    sample = " ".join(block.span.of(article.text) for block in article.paragraphs())[:_SAMPLE]
    if sum(map(str.isalpha, sample)) < _FEWEST:
        return ENGLISH
    (language, _), *_ = ranked = _identifier().rank(sample)
    return str(language) if dict(ranked)[ENGLISH] < _HARDLY else ENGLISH


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
