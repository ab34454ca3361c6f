"""Joins a quotation to its cue by where they stand, for quotations that the parse joins to nothing.

Parsers are taught on whole sentences, and cut those that a quotation interrupts in odd places. The conventions of newspapers are steadier:
a speaker and a verb after a comma and a mark, a name and a colon before one. Each function here knows one of these layouts.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import dropwhile, takewhile

from onrecord.extract.attributions.attribution import Draft, Scene
from onrecord.extract.attributions.candidates import cue_words
from onrecord.extract.attributions.cues import IN_WORDS, SENDER, UNCLOSED, subject_of
from onrecord.extract.tokens import Token, lemma_of, reporting_verbs
from onrecord.model import Span
from onrecord.text.quotation_marks import Quotation, next_signature

_CONTENT_ARCS = ("ccomp", "xcomp", "parataxis", "dobj")
"""A verb with one of these has its content beside it already."""


def block_quote_after(scene: Scene, quotation: Quotation) -> Iterator[Draft]:
    """A block quote after a sentence that ends in a verb of communication without content: what was said is still to come."""
    if quotation.style != "block" or quotation.continues or scene.before is None:
        return
    # The last sentence of the paragraph before: "This is what she wrote:".
    *_, sentence = scene.before.paragraph.sents
    verb = sentence.root
    source = subject_of(verb)
    complete = any(child.dep_ in _CONTENT_ARCS or scene.before.quotation_at(child.idx) is not None for child in verb.children)
    if source is not None and not complete and verb.lemma_.lower() in reporting_verbs():
        lemma = verb.lemma_.lower()
        yield Draft("paragraph before", lemma, (quotation.span,), cue_words(verb), source.i, quotations=(quotation,))


def cue_in_unclosed(scene: Scene, quotation: Quotation) -> Iterator[Draft]:
    """``"Shall we close it? asked Mayor Lee.``: a closing mark that was forgotten before the cue that ends the paragraph."""
    if quotation.closed or quotation.style not in ("double", "single"):
        return
    words = list(scene.doc.char_span(quotation.inner.start, quotation.inner.end, alignment_mode="expand") or ())
    end = len(words) - (words[-1].text in _STOPS) if words else 0
    at = next((n for n in range(end - 1, 1, -1) if words[n].text in (",", "?", "!")), None)
    window = words[at + 1 : end] if at is not None else []
    pair = _verb_and_speaker(window)
    if (
        at is None
        or pair is None
        or len(pair.phrase) + 1 != len(window)
        or not window[0].is_lower
        or _lemma(pair.verb) not in reporting_verbs()
    ):
        return
    said = Span(quotation.span.start, words[at].idx + len(words[at]))
    spoken = replace(quotation, span=said, inner=Span(quotation.inner.start, said.end), runs_on=False)
    yield _draft_pair(scene, UNCLOSED, pair, spoken)


_SENT_FROM = re.compile(
    r"\s*(?:from|by|a (?:message|note|letter|word) from)\s+(?:(?:the )?(?:desk|office|pen) of )?(?=[A-Z])", re.IGNORECASE
)
"""How a line begins that says whose message follows."""


def sender_before(scene: Scene, quotation: Quotation) -> Iterator[Draft]:
    """``From the desk of Ann Lee, Harbour Board.``: a line without a verb that says whose words the next paragraph gives."""
    if scene.before is None or not is_alone(scene, quotation):
        return
    block = scene.before.paragraph.block
    if scene.text[block.start : block.end].rstrip().endswith(":"):
        return  # which :func:`label_before` reads
    begin = _SENT_FROM.match(scene.text, block.start, block.end)
    words = [token for token in scene.before.tokens_in(begin.end(), block.end) if not token.is_space] if begin else []
    name = list(takewhile(lambda token: token.text not in (",", ".", "(", "|"), words))
    head = _phrase_head(name)
    if head is not None and head.pos_ == "PROPN" and len(words) <= _LONGEST_SIGNATURE and not any(one.tag_ in _FINITE for one in words):
        yield Draft(SENDER, "", (quotation.span,), (), head.i, quotations=(quotation,), named=_words_span(name))


_UNFINISHED = (",", "?", "!", "\u2026", "\u2014", "\u2013", "-")
"""What a quotation ends with whose sentence goes on after its marks."""
_DASHES = ("-", "--", "\u2013", "\u2014", "\u2015")
_SIGNATURE = re.compile(
    r"[^\S\n]*(?P<line>(?:\n[^\S\n]*)*)(?:-{1,2}|[\u2013-\u2015])[^\S\n]*(?P<rest>(?P<name>[A-Z](?:[^\n,;(]{0,80}[^\W_])?)"
    r"[^\n]{0,120})(?:\n|\Z)"
)
"""What follows a quotation that is signed: a dash and a name with a capital letter, at the same line or the next that is not empty."""
_STATEMENTS = frozenset({"statement", "message", "tweet", "email", "letter", "comment", "reply", "response", "post", "note"})
"""Nouns for words that somebody gives out: the text nouns of FrameNet's frames Statement and Text."""
_LONGEST_SIGNATURE = 12
"""Words of a signature: a name, an office, a place, a date."""
_LABEL_WORDS = frozenset({"from", "more", "and", "but", "then", "also", "again", "here", "by", "another"})
"""What may stand before the name of a label: "More from Ann Lee:"."""
_FINITE = ("VBD", "VBP", "VBZ")
_NOT_SPEAKERS = ("WDT", "DT", "WP$", "PRP$")
"""Words that only point back at what was told: "which", "that"."""
_PHRASE_TAGS = ("DET", "ADJ", "NOUN", "PROPN", "PRON", "NUM", "PART", "ADP", "SYM", "VERB")
"""What a noun phrase is made of. A verb among these is a participle, or a noun that the tagger took for one."""
_STOPS = (".", "!", "?", ";")
_WINDOW = 40
"""Words of a window in which a cue is sought; longer sentences hardly ever hold it further from its quotation."""


def turn(scene: Scene, quotation: Quotation) -> Iterator[Draft]:
    """``BROOK: We will not.``: a turn of a transcript, whose speaker is its label."""
    if quotation.style == "turn":
        label = scene.doc.char_span(scene.paragraph.block.start, quotation.span.start, alignment_mode="contract")
        name = list(takewhile(lambda token: token.text not in ("(", "[", ":"), label or ()))
        head = next((token for token in reversed(name) if token.text[0].isalpha()), None)
        # The colon does the work of a cue, so that readers are shown why.
        colon = next((token for token in label or () if token.text == ":"), None)
        if head is not None:
            cue = (colon.i,) if colon is not None else ()
            yield Draft(
                "turn", ":", (quotation.span,), cue, head.i, quotations=(quotation,), named=_words_span([t for t in name if t.i <= head.i])
            )


def signed_post(scene: Scene, quotation: Quotation) -> Iterator[Draft]:
    """An embedded post, which is its author's: ``We will not. — Dana Whit (@danawhit) November 18, 2019``."""
    if quotation.continues:
        return
    signature = next_signature(scene.text, quotation.span.end)
    tokens = () if signature is None else scene.doc.char_span(signature.name.start, signature.name.end, alignment_mode="expand") or ()
    head = _phrase_head(list(tokens)) or next(iter(reversed(tokens)), None)
    if signature is not None and head is not None:
        yield Draft("post", "", (quotation.span,), (), head.i, quotations=(quotation,), named=signature.name)


def cue_at_once_after(scene: Scene, quotation: Quotation) -> Iterator[Draft]:
    """``"...," Mayor Lee of Northfield said``, ``"...," said Lee``: nothing but the speaker and a verb, whatever the parser made of it.

    The quotation begins its sentence and does not end it; after a question or an exclamation, where a new sentence may begin, only
    a verb of communication will do, or one that has nothing else to go with.
    """
    ending = scene.text[quotation.inner.end - 1]
    if ending not in _UNFINISHED or not _begins_sentence(scene, quotation):
        return
    window = _until_stop(scene.tokens_in(quotation.span.end, scene.next_start(quotation.span.end)))
    pair = _speaker_and_verb(window) or _verb_and_speaker(window)
    if pair is None:
        return
    # "'Why?' Lee asked." ends with the verb, but "'Why?' Lee bought it." is another sentence.
    alone = pair.verb.i > pair.speaker.i and all(token.pos_ in ("ADV", "ADP", "PART") for token in window if token.i > pair.verb.i)
    if ending not in "?!" or alone or _lemma(pair.verb) in reporting_verbs():
        yield _draft_pair(scene, "after apposition" if pair.apposition else "at once after", pair, quotation)


def cue_after(scene: Scene, quotation: Quotation) -> Iterator[Draft]:
    """``"...," the mayor said`` and ``"...," said the mayor``."""
    text = scene.text
    window = _until_stop(scene.tokens_in(quotation.span.end, scene.next_start(quotation.span.end)))
    ending = text[quotation.inner.end - 1]
    # A full stop makes the next sentence likely to be about something else: a frame with a rate of its own.
    frame = "after stop" if ending == "." or text[quotation.span.end : quotation.span.end + 1] == "." else "after"
    for verb in _verbs(window):
        source = _subject_in(verb, window) or _inverted_subject(verb, window)
        if source is not None:
            yield _draft_with_cue(scene, frame, verb, source, quotation)


def cue_at_once_before(scene: Scene, quotation: Quotation) -> Iterator[Draft]:
    """``Lee shot back, "..."``, ``Lee told them: "..."``, ``Said Lee: "..."``: nothing else between the speaker and the quotation."""
    for window, frame in _windows_before(scene, quotation):
        # A small letter goes on with the narrator's sentence: "Lee shot back, 'bewildered', that ...".
        if window[-1].text in (",", ":") and _begins_capital(scene, quotation):
            pair = _speaker_and_last_verb(window[:-1]) or _verb_and_speaker(window[:-1])
            if pair is not None:
                yield _draft_pair(scene, f"at once {frame}", pair, quotation)


def cue_before(scene: Scene, quotation: Quotation) -> Iterator[Draft]:
    """``The mayor said: "..."``, ``told reporters, "..."``, ``he added that "..."``; a colon may end the paragraph before."""
    for window, place in _windows_before(scene, quotation):
        last = window[-1]
        frame = place if place != "before" else {",": "before comma", ":": "before colon"}.get(last.text, place)
        for verb in _nearest_first(window):
            source = _subject_in(verb, window)
            # Without a comma or colon the verb must stand right before the marks: "he added that '...'".
            if source is not None and (frame != "before" or last.i - verb.i <= 2):
                yield _draft_with_cue(scene, frame, verb, source, quotation)


def label_before(scene: Scene, quotation: Quotation) -> Iterator[Draft]:
    """``Mayor Ann Lee: "..."``, ``From the mayor of Northfield: "..."``: a name, a colon and no verb; it may be the paragraph before."""
    if quotation.style == "turn":
        return  # whose label :func:`turn` reads
    for window, _ in _windows_before(scene, quotation):
        # "More from the mayor:" and "Polls differ - Ann Lee:": what a label may begin with is taken off before its head is sought.
        name = _since_dash(window[:-1])
        if window[-1].text == ":" and 1 <= len(name) <= 12 and not any(_verbs(name)):
            name = list(dropwhile(lambda token: token.lower_ in _LABEL_WORDS or token.pos_ in ("PUNCT", "AUX"), name))
            name = list(takewhile(lambda token: token.text not in (",", "(", "[") and (token.pos_ != "ADP" or token.lower_ == "of"), name))
            head = _phrase_head(name)
            if head is not None and head.ent_type_ not in ("DATE", "TIME"):
                yield Draft("label", ":", (quotation.span,), (window[-1].i,), head.i, quotations=(quotation,), named=_words_span(name))


def in_words_of(scene: Scene, quotation: Quotation) -> Iterator[Draft]:
    """``It is, in the words of Lee, "..."``, ``in Lee's words, "..."``, ``to quote Lee, "..."``: an adjunct that says whose words
    stand in the marks of its clause (Quirk et al. 1985, 8.125), whoever was quoted before. It may follow the marks at once."""
    before = _since_stop(scene.tokens_in(scene.last_end(quotation.span.start), quotation.span.start))
    after = [
        token for token in _until_stop(scene.tokens_in(quotation.span.end, scene.next_start(quotation.span.end))) if not token.is_punct
    ]
    found = [(word, source) for word in before if (source := _whose_words(word)) is not None]
    if not found and after and after[0].lower_ == "in":
        found = [(word, source) for word in after if (source := _whose_words(word)) is not None and word.head == after[0]]
    if not found:
        return
    word, source = found[-1]
    # "In Lee's words, it was bad, and Reed said: '...'": a verb of saying after the adjunct has marks of its own.
    reports = any(token.i > word.i and token.pos_ == "VERB" and _lemma(token) in reporting_verbs() for token in before)
    if not reports and source not in before[-1:]:
        yield Draft(IN_WORDS, lemma_of(word), (quotation.span,), (word.i,), source.i, quotations=(quotation,))


def _whose_words(word: Token) -> Token | None:
    """Whose words an adjunct announces, by its noun or verb: "in **Lee's** words", "in the words of **Lee**", "to quote **Lee**,". "In
    other words" are nobody's."""
    if word.lower_ == "words" and word.head.lower_ == "in":
        owner = next((child for child in word.lefts if child.dep_ == "poss"), None)
        of = next((child for child in word.rights if child.lower_ == "of"), None)
        is_definite = any(child.lower_ == "the" for child in word.lefts)
        return owner or (next((child for child in of.rights if child.dep_ == "pobj"), None) if of is not None and is_definite else None)
    to = next((child for child in word.lefts if child.tag_ == "TO"), None)
    whose = next((child for child in word.rights if child.dep_ == "dobj"), None)
    if word.lower_ != "quote" or to is None or whose is None or whose.right_edge.i + 1 >= len(word.doc):
        return None
    opens = to.i == to.sent.start or to.nbor(-1).text in (",", *_DASHES, *_STOPS)
    return whose if opens and whose.right_edge.nbor(1).text in (",", ":", *_DASHES) else None


def name_after(scene: Scene, quotation: Quotation) -> Iterator[Draft]:
    """``"..." — Ann Reed, the mayor``: a dash, a name, and the end of the paragraph; they may be a line of their own."""
    rest = _SIGNATURE.match(scene.text, quotation.span.end)
    # A dash on the next line signs a quotation that is set apart, and hardly one in running text.
    if rest is None or (rest["line"] and not is_alone(scene, quotation)):
        return
    tokens = scene.doc.char_span(*rest.span("rest"), alignment_mode="expand") or ()
    words = [token for token in tokens if any(character.isalnum() for character in token.text)]
    name = [token for token in words if token.idx < rest.end("name")]
    pair = any(token.pos_ in ("VERB", "AUX") and token.tag_ in _FINITE for token in words)
    head = _phrase_head(name)
    if head is not None and name[0].pos_ in ("PROPN", "NOUN") and not pair and len(words) <= _LONGEST_SIGNATURE:
        yield Draft("dash", "\u2014", (quotation.span,), (), head.i, quotations=(quotation,), named=Span(*rest.span("name")))


LAYOUTS = (
    turn,
    cue_at_once_after,
    cue_after,
    cue_at_once_before,
    cue_before,
    label_before,
    sender_before,
    in_words_of,
    cue_in_unclosed,
    name_after,
    block_quote_after,
)
"""All of them are tried on each quotation but an embedded post; of their drafts the judge chooses."""


def layouts_of(quotation: Quotation) -> tuple[Callable[[Scene, Quotation], Iterator[Draft]], ...]:
    """The layouts that a quotation may have."""
    return (signed_post,) if quotation.style == "post" else LAYOUTS


@dataclass(frozen=True, slots=True)
class _SpeakerAndVerb:
    """A speaker and a reporting verb that stand beside each other: "Mayor Lee of Northfield said"."""

    speaker: Token
    """The head of the noun phrase that names the speaker."""
    phrase: tuple[Token, ...]
    verb: Token
    apposition: bool = False
    """Whether an apposition stands between them."""


def _draft_pair(scene: Scene, frame: str, pair: _SpeakerAndVerb, quotation: Quotation) -> Draft:
    """A draft with the source as the parser has it, where parse and layout agree on who speaks; or else with the words that the layout
    shows."""
    subject = subject_of(pair.verb)
    agrees = subject is not None and (subject == pair.speaker or (subject in pair.phrase and subject.is_ancestor(pair.speaker)))
    source, named = (subject, None) if agrees and subject is not None else (pair.speaker, _words_span(list(pair.phrase)))
    return replace(_draft_with_cue(scene, frame, pair.verb, source, quotation), named=named)


def _draft_with_cue(scene: Scene, frame: str, verb: Token, source: Token, quotation: Quotation) -> Draft:
    return Draft(frame, _lemma(verb), (quotation.span,), cue_words(verb), source.i, quotations=(quotation,))


def _lemma(verb: Token) -> str:
    """A verb's lemma, also where the tagger took it for a noun or a name: "Lee counters", "Stated Lee"."""
    if verb.pos_ in ("VERB", "AUX"):
        return verb.lemma_.lower()
    # The lemmatizer leaves what was tagged a noun or name as it is, so the ending of a verb is taken off here.
    stems = (verb.lower_.removesuffix(ending) for ending in ("", "s", "d", "ed"))
    return next((stem for stem in stems if stem in reporting_verbs()), verb.lemma_.lower())


def _verbs(window: list[Token]) -> Iterator[Token]:
    """The verbs among tokens; dashes are left out, which the tagger sometimes takes for verbs."""
    return (t for t in window if t.text[0].isalpha() and (t.pos_ == "VERB" or (t.pos_ == "AUX" and t.dep_ == "ROOT")))


def _begins_sentence(scene: Scene, quotation: Quotation) -> bool:
    """Nothing of its sentence stands before it: the paragraph begins, or a stop, a colon, a dash or another quotation comes first."""
    start = quotation.span.start
    # Eight characters are more than marks and spaces ever take.
    before = scene.text[max(scene.paragraph.block.start, start - 8) : start].rstrip()[-1:]
    return not before.isalnum() and before not in (",", ")", "'", "\u2019")


def _speaker_and_verb(window: list[Token]) -> _SpeakerAndVerb | None:
    """The head of the noun phrase with which a window begins, the verb after it, and whether an apposition stands between them."""
    at = _phrase_end(window)
    phrase = window[:at]
    head = _phrase_head(phrase)
    if head is None:
        return None
    # "Lee, the mayor of Northfield, said": on to the closing mark behind which a reporting verb stands.
    apposition = at < len(window) and window[at].text in (",", "(", "\u2014", "-", "--")
    if apposition:
        closing = {"(": ")"}.get(window[at].text, window[at].text)
        ends = [n for n in range(at + 1, len(window) - 1) if window[n].text == closing]
        at = next((n + 1 for n in ends if _reporting_verb_at(window, n + 1) is not None), len(window))
    verb = _reporting_verb_at(window, at)
    return None if verb is None else _SpeakerAndVerb(head, tuple(phrase), verb, apposition)


def _phrase_end(window: list[Token]) -> int:
    """Where the noun phrase ends with which a window begins: before the first verb, adverb or comma."""
    for n, token in enumerate(window):
        # Nothing follows a pronoun in its phrase: "he bridges" is a verb, whatever the tagger says.
        if token.is_punct or _is_reporting_form(window, n) or token.pos_ not in _PHRASE_TAGS or (n > 0 and window[n - 1].pos_ == "PRON"):
            return n
    return len(window)


def _phrase_head(phrase: list[Token]) -> Token | None:
    """The last noun before a preposition: "Lee" in "Mayor Ann Lee of the town"."""
    if not phrase or phrase[0].pos_ == "ADP":
        return None
    core = list(takewhile(lambda token: token.pos_ != "ADP", phrase))
    if core[-1].tag_ in _NOT_SPEAKERS:
        return None  # "which", "that"
    return next((token for token in reversed(core) if token.pos_ in ("PROPN", "NOUN", "PRON", "NUM", "ADJ")), None)


def _reporting_verb_at(window: list[Token], at: int) -> Token | None:
    """The finite verb at a place of a window, after any auxiliaries, adverbs and "not": "has **since said**"."""
    while at < len(window) and (window[at].pos_ in ("ADV", "AUX") or window[at].dep_ == "neg") and not _is_reporting_form(window, at):
        at += 1
    return window[at] if at < len(window) and _is_reporting_form(window, at) else None


def _is_reporting_form(window: list[Token], at: int) -> bool:
    """Whether a word may be a reporting verb here: a finite verb, or a form of a verb of communication that the tagger takes for a noun
    and no noun follows ("Lee **counters**")."""
    token = window[at]
    if token.pos_ == "VERB" and token.text[0].isalpha():
        return token.tag_ in _FINITE or (token.tag_ == "VBN" and at > 0 and window[at - 1].pos_ != "DET")
    alone = at + 1 == len(window) or window[at + 1].pos_ not in ("NOUN", "PROPN")
    return at > 0 and alone and token.pos_ in ("NOUN", "PROPN") and token.is_lower and _lemma(token) in reporting_verbs()


def _windows_before(scene: Scene, quotation: Quotation) -> Iterator[tuple[list[Token], str]]:
    """What stands before a quotation in its sentence; where it opens its paragraph, the end of the one before, if a colon ends that."""
    window = _since_stop(scene.tokens_in(scene.last_end(quotation.span.start), quotation.span.start))
    if window:
        yield window, "before"
    elif scene.before is not None and not scene.text[scene.paragraph.block.start : quotation.span.start].strip():
        block = scene.before.paragraph.block
        window = _since_stop(scene.before.tokens_in(scene.before.last_end(block.end), block.end))
        if window and window[-1].text == ":":
            yield window, "paragraph before"


def _nearest_first(window: list[Token]) -> Iterator[Token]:
    return reversed(list(_verbs(window)))


def is_alone(scene: Scene, quotation: Quotation) -> bool:
    """Nothing but the quotation stands in its paragraph."""
    if len(scene.quotations) > 1:
        return False
    block = scene.paragraph.block
    around = scene.text[block.start : quotation.span.start] + scene.text[quotation.span.end : block.end]
    return not any(character.isalnum() for character in around)


def _begins_capital(scene: Scene, quotation: Quotation) -> bool:
    """A quotation that begins with a capital letter is a sentence of its own."""
    return next((character.isupper() for character in quotation.inner.of(scene.text) if character.isalnum()), False)


def _speaker_and_last_verb(window: list[Token]) -> _SpeakerAndVerb | None:
    """A noun phrase and a verb at the end of a window, with at most a particle, an adverb, a pronoun, or "a statement" after the verb."""
    stated = bool(window) and window[-1].lemma_.lower() in _STATEMENTS
    # From the mark backwards, over few words: "Lee shot back,"; "Lee said in a short written statement:" needs more of them.
    for at in range(len(window) - 1, max(-1, len(window) - (8 if stated else 4)), -1):
        if at > 0 and window[at].pos_ == "VERB" and _is_reporting_form(window, at):
            if not (stated or window[at].dep_ in ("ROOT", "conj", "ccomp", "parataxis") or _lemma(window[at]) in reporting_verbs()):
                return None  # "where they live:"
            before = next((n for n in range(at - 1, -1, -1) if window[n].pos_ not in ("ADV", "AUX") and window[n].dep_ != "neg"), None)
            if before is None or window[before].pos_ not in ("PROPN", "NOUN", "PRON") or window[before].tag_ in _NOT_SPEAKERS:
                return None
            return _SpeakerAndVerb(window[before], tuple(_last_phrase(window[: before + 1])), window[at])
        if window[at].pos_ not in (_PHRASE_TAGS if stated else ("ADP", "ADV", "PRON", "PART")):
            return None
    return None


def _last_phrase(window: list[Token]) -> list[Token]:
    """The words at the end of a window that one noun phrase can hold."""
    phrase = list(takewhile(lambda token: token.pos_ in ("DET", "ADJ", "NOUN", "PROPN", "PRON", "NUM", "PART"), reversed(window)))
    return phrase[::-1] or window[-1:]


def _since_dash(window: list[Token]) -> list[Token]:
    """What follows the last dash: "Polls differ - Ann Lee"."""
    for n in range(len(window) - 1, -1, -1):
        if window[n].text in _DASHES and (n == 0 or window[n - 1].whitespace_):
            return window[n + 1 :]
    return window


def _verb_and_speaker(window: list[Token]) -> _SpeakerAndVerb | None:
    """``said Ann Lee``: a finite verb, then at once a noun phrase."""
    if len(window) < 2 or not (_is_reporting_form(window, 0) or (window[0].is_sent_start and _lemma(window[0]) in reporting_verbs())):
        return None
    # "Said later the mayor of Northfield".
    start = 2 if window[1].pos_ == "ADV" and window[1].is_lower else 1
    rest = window[start:]
    phrase = rest[: _phrase_end(rest)]
    head = _phrase_head(phrase)
    return None if head is None or head.ent_type_ in ("DATE", "TIME") else _SpeakerAndVerb(head, tuple(phrase), window[0])


def _words_span(tokens: list[Token]) -> Span:
    """The words of some neighbouring tokens, without marks and dashes at their start."""
    first = next((token for token in tokens if any(c.isalnum() for c in token.text)), tokens[0])
    start = first.idx + next((n for n, c in enumerate(first.text) if c.isalnum()), 0)
    return Span(start, max(start, tokens[-1].idx + len(tokens[-1])))


def inverted_speaker(verb: Token) -> Token | None:
    """The speaker right after a verb that stands between commas in its content: "The plan, **said Lee of the board**, is old"
    (Quirk et al. 1985, 18.20)."""
    before = verb.nbor(-1).text if verb.i > verb.sent.start else ""
    window = list(takewhile(lambda token: token.text not in (",", ";", "."), verb.doc[verb.i : verb.i + _WINDOW]))
    closed = verb.doc[verb.i + len(window) : verb.i + len(window) + 1].text == ","
    pair = _verb_and_speaker(window) if before == "," and closed and verb.tag_ in _FINITE else None
    # Only a name: "the board, which met, called the test, ..." has a noun there that is told of.
    return pair.speaker if pair is not None and pair.speaker.pos_ == "PROPN" else None


def _until_stop(tokens: list[Token]) -> list[Token]:
    """The tokens up to the first full stop. One that comes first is the quotation's own, left outside the marks as the British do."""
    for n, token in enumerate(tokens[:_WINDOW]):
        if token.text in _STOPS and n > 0:
            return tokens[:n]
    return tokens[:_WINDOW]


def _since_stop(tokens: list[Token]) -> list[Token]:
    """The tokens after the last full stop."""
    tokens = [token for token in tokens if not token.is_space]
    for n in range(len(tokens) - 1, max(-1, len(tokens) - _WINDOW), -1):
        if tokens[n].text in _STOPS:
            return tokens[n + 1 :]
    return tokens[-_WINDOW:]


def _subject_in(verb: Token, window: list[Token]) -> Token | None:
    """The verb's subject, if that stands in the window too: one beyond the quotation belongs to another report."""
    source = subject_of(verb)
    return source if source is not None and window[0].i <= source.i <= window[-1].i else None


def _inverted_subject(verb: Token, window: list[Token]) -> Token | None:
    """The subject after a verb right beside the quotation, "said Ann Lee", which parsers sometimes take for its object."""
    # Farther from the marks an object is an object: "'Yes,' she said, and called Lee".
    if verb.i - window[0].i > 2:
        return None
    return next(
        (
            child
            for child in verb.children
            if child.i > verb.i
            and child.dep_ in ("dobj", "attr", "oprd", "dep", "npadvmod")
            and child.pos_ in ("PROPN", "NOUN", "PRON")
            and child.ent_type_ not in ("DATE", "TIME")
        ),
        None,
    )
