"""A mention as it is found, before anyone knows whose it is; and the name in it.

Of names: which tokens may be one, what the parts of a person's name are, and whether two names may be one person's.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from onrecord.extract.actors.word_lists import demonyms, full_given_names, is_given_name, name_key, titles, words
from onrecord.extract.tokens import Doc, Token, TokenSpan
from onrecord.model import ActorType, MentionKind, Span


@dataclass(frozen=True, slots=True)
class FoundMention:
    """Words that refer to someone or something. ``head`` counts in tokens of the article's Doc; spans count in characters."""

    span: Span
    """The words that a reader would point at: article, rank and group word included, possessive mark and office left out."""
    core: Span
    """The name alone, or for other kinds the same as ``span``."""
    head: int
    """The token that stands for it in the parse: "Lee" in "Mayor Ann Lee"."""
    kind: MentionKind
    name: str
    """The name, without its article; for a description its words in lower case; for a pronoun the word in lower case."""
    type: ActorType | None = None
    """What the words by themselves say about the type; none when they say nothing."""
    modifiers: frozenset[str] = frozenset()
    """For a description: the lower-case words that tell it from others of its head ("kurdish" in "Kurdish leaders")."""
    definite: bool = False
    """For a description: it has "the", "this", "that" or a possessor, and so may point back."""

    gender: str = ""
    """``m`` or ``f`` where a form of address before the name says so ("Mrs."). Evidence for joining only."""

    @property
    def key(self) -> str:
        """What two mentions of the same name share, whatever their case, marks and spacing."""
        return name_key(self.name)


def mention_of_pronoun(pronoun: Token) -> FoundMention:
    """The mention that a pronoun is."""
    span = words_span(pronoun.doc, pronoun.i, pronoun.i + 1)
    return FoundMention(span, span, pronoun.i, "pronoun", pronoun.lower_)


def words_span(doc: Doc, start: int, end: int) -> Span:
    """The characters of the tokens from ``start`` to before ``end``."""
    last = doc.words[end - 1]
    return Span(doc.words[start].idx, last.idx + len(last.text))


GENERATIONS = frozenset({"jr", "sr", "ii", "iii", "iv"})
"""What tells people of one name in a family apart."""
HONOURS = frozenset({"cbe", "esq", "frs", "kbe", "kc", "mbe", "mep", "mp", "msp", "obe", "phd", "qc"})
"""Letters after a name that mean nothing else there: honours, offices and degrees (Debrett's, "letters after the name")."""
SMALL_WORDS = frozenset({"against", "for", "in", "of", "off", "our", "the", "to", "with", "without"})
"""Small words that names of campaigns have (prepositions and determiners, Quirk et al. 1985, 5.10 and 9.7)."""
SUFFIXES = GENERATIONS | HONOURS | {"sc", "md"}
"""What stands after a surname and is none: generation, degree, honour."""


@lru_cache(maxsize=10_000)
def name_parts(name: str) -> tuple[str, ...]:
    """The parts of a name as keys, without "Jr." and the like; a surname's particles belong to its last part.

    >>> name_parts("Robert J. van der Berg Jr.")
    ('robert', 'j.', 'van der berg')
    """
    parts = [part for part in name_key(name).split() if part.strip(".,") not in SUFFIXES]
    if not parts:
        return ()
    start = len(parts) - 1
    # Never the first part: "Van Morrison" is called Van.
    while start > 1 and parts[start - 1].strip(".") in words("titles.txt", "particle"):
        start -= 1
    return (*parts[:start], " ".join(parts[start:]))


def surname(name: str) -> str:
    """The last part of a name, with its particles; empty for a name of one word."""
    parts = name_parts(name)
    return parts[-1] if len(parts) > 1 else ""


def bare_surnames(name: str) -> tuple[str, ...]:
    """What stands behind particles in a name, which may be called by it alone; of two surnames the first is such too, and of a double
    surname either.

    >>> bare_surnames("Rahman bin Hamzah"), bare_surnames("Maria de la Fuente Ortega"), bare_surnames("Ada Brook")
    (('hamzah',), ('fuente',), ())
    >>> bare_surnames("Ada Brook-Marsh"), bare_surnames("Kim Dae-sung")
    (('brook', 'marsh'), ())
    """
    parts = [part.strip(".") for part in name_key(name).split()]
    particles = words("titles.txt", "particle")
    double = parts[-1].split("-") if len(parts) > 1 and not has_family_first(name) else ()
    return (
        *(part for before, part in pairwise(parts[1:]) if before in particles and part not in particles),
        *(double if len(double) > 1 else ()),
    )


def plural_of_surname(surname: str) -> str:
    """What a family is called: "the Brooks", "the Joneses".

    >>> plural_of_surname("brook"), plural_of_surname("jones")
    ('brooks', 'joneses')
    """
    return surname + ("es" if surname.endswith(("s", "x", "z", "ch", "sh")) else "s")


_NICKNAME = re.compile(r"[\"“”'‘’](\w[\w .-]*?)[\"“”'‘’] ")


def nickname(name: str) -> str:
    """What a full name has between marks, as a key; empty where it has nothing there.

    >>> nickname('Carl "Duke" Marsh'), nickname("Sean O'Hara")
    ('duke', '')
    """
    found = _NICKNAME.search(name)
    return name_key(found[1]) if found is not None and found.start() else ""


def given_name(name: str) -> str:
    """The first part of a name; empty for a name of one word."""
    parts = name_parts(name)
    return parts[0] if len(parts) > 1 else ""


_TWO_SYLLABLES = re.compile(r"\w+ [^\W\d_]+-[a-z][^\W\d_]+")


def has_family_first(name: str) -> bool:
    """Whether a name is written as Korean and Taiwanese ones are, whose first part is the family's (Revised Romanization, 2000, 3.4).

    >>> has_family_first("Kim Dae-sung"), has_family_first("Ada Lloyd-Jones")
    (True, False)
    """
    return _TWO_SYLLABLES.fullmatch(name) is not None


def generation(name: str) -> str:
    """``jr``, ``sr``, ``ii`` ... at the end of a name; empty where there is none."""
    last = name_key(name).rpartition(" ")[2].strip(".,")
    return last if last in GENERATIONS else ""


def same_full_name(one: str, other: str) -> bool:
    """Whether two full names may be one person's: "Robert J. Berg" and "Bob Berg", but not "Robert K. Berg".

    A text that has "Robert Berg" and "Robert Berg Jr." tells two people apart; one that has "Bob Berg" and "Robert Berg Jr."
    calls one by two names.

    >>> same_full_name("Robert J. Berg", "Robert Berg"), same_full_name("Robert J. Berg", "Robert K. Berg")
    (True, False)
    >>> same_full_name("Robert J. Berg Jr.", "Robert J. Berg"), same_full_name("Robert J. Berg Jr.", "Bob Berg")
    (False, True)
    """
    a, b = name_parts(one), name_parts(other)
    if len(a) < 2 or len(b) < 2 or a[-1] != b[-1]:
        return False
    if a[0] == nickname(other) or b[0] == nickname(one):
        return True
    if not may_be_called(a[0], b[0]):
        return False
    generations = {generation(one), generation(other)}
    if len(generations) > 1 and ("" not in generations or a[0] == b[0]):
        return False
    if nickname(one) or nickname(other):
        return True  # what stands between marks is no middle name that another could speak against
    return all(_may_be(x, y) for x, y in zip(a[1:-1], b[1:-1], strict=False))


def may_be_called(one: str, other: str) -> bool:
    """Whether two given names, as keys, may be one person's: equal, or one the initial or a short form of the other.

    >>> may_be_called("bill", "william"), may_be_called("bill", "robert")
    (True, False)
    """
    short = full_given_names()
    return (
        _may_be(one, other)
        or other in short.get(one, ())
        or one in short.get(other, ())
        or bool(short.get(one, frozenset()) & short.get(other, frozenset()))
    )


def names_called(name: str) -> frozenset[str]:
    """A given name, and those that it may be short for: two that may be one person's have one of these in common, unless one is an initial.

    >>> "william" in names_called("bill"), names_called("ada")
    (True, frozenset({'ada'}))
    """
    return frozenset({name.strip("."), name, *full_given_names().get(name, ())})


def is_initial(name: str) -> bool:
    """Whether a part of a name is one letter: "J."."""
    return len(name.strip(".")) == 1


def initial_key(name: str) -> str:
    """The key that all given names with one initial share, for an index: "j-" of "james" and "jo". No name is written so."""
    return f"{name[:1]}-"


def _may_be(one: str, other: str) -> bool:
    """Whether the two are the same part: equal, or one the initial of the other."""
    x, y = one.strip("."), other.strip(".")
    return x == y or (len(x) == 1 and y.startswith(x)) or (len(y) == 1 and x.startswith(y))


_HEADS = frozenset({"nsubj", "nsubjpass", "dobj", "dative", "pobj", "attr", "agent", "appos"})
"""The places of a noun phrase's head, where no other noun follows that a word of nationality might describe."""


DATELINE = "DATELINE"
"""The label of a town in a dateline."""


@dataclass(frozen=True, slots=True)
class Chunk:
    """Tokens that may be a name, and the label that a recogniser gave them (none for a run of proper nouns)."""

    start: int
    end: int
    label: str = ""
    doubtful: bool = False
    """Whether nothing but its capital says that it is a name at all."""

    def text(self, doc: Doc) -> str:
        return TokenSpan(doc, self.start, self.end).text


def is_rank(token: Token) -> bool:
    """Whether a word is a rank or a form of address: part of a person's mention, but not of the name."""
    word = token.lower_.rstrip(".")
    return word in words("titles.txt", "rank") or word in words("titles.txt", "courtesy")


def is_inhabitant(token: Token) -> bool:
    """Whether a word of nationality means one person ("the Swede"), not a state or its people ("the British", "the Swedish army").

    Words in -sh, -ch, -ese and -ss have no such singular, "Czech" apart: with an article they are plural (Quirk et al., A Comprehensive
    Grammar of the English Language, 1985, 5.57).
    """
    lower = token.lower_
    plural = lower.endswith(("sh", "ch", "ese", "ss")) and lower != "czech"
    if lower not in demonyms() or plural or token.tag_ in ("NNS", "NNPS") or lower[:-1] in demonyms():
        return False
    article = token.i > 0 and token.nbor(-1).lower_ in ("the", "a", "an") and token.nbor(-1).head == token
    return article and token.dep_ in _HEADS and token.pos_ in ("NOUN", "PROPN")


def has_given_name(doc: Doc, chunk: Chunk) -> bool:
    """Whether the first word is a usual given name and the last no plural: "Olive Marsh", not "Charlotte Panthers"."""
    several = chunk.end - chunk.start > 1
    return several and doc[chunk.end - 1].tag_ not in ("NNS", "NNPS") and is_given_name(doc[chunk.start].text)


def is_title(token: Token) -> bool:
    """Whether a word may stand before a person's name without being part of it: "Mayor", "Dr"."""
    return token.lower_.rstrip(".") in titles()


def calls_body(noun: Token) -> bool:
    """Whether a noun is one that right before a name says that a body bears it: "band", "charity"."""
    called = words("groups.txt", "called")
    return noun.lower_ in called or (noun.tag_ in ("NN", "NNP") and noun.lemma_.lower() in called)


def rank_start(doc: Doc, i: int) -> int:
    """Where the ranks and forms of address begin that stand before token ``i``; ``i`` itself where there are none."""
    while i > 0:
        # The tokeniser cuts the full stop from some abbreviations ("Col.") and not from others ("Gen.").
        at = i - 2 if doc[i - 1].text == "." and i > 1 and not doc[i - 2].whitespace_ else i - 1
        if not (doc[at].text[:1].isupper() and is_rank(doc[at])):
            return i
        i = at
    return i
