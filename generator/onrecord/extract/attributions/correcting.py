"""Corrects a draft before it is believed: whose words they are, and where they begin and end."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import takewhile

from onrecord.extract.attributions.attribution import Draft, Scene, covers, token_span
from onrecord.extract.attributions.candidates import half_according, source_according
from onrecord.extract.attributions.circumstances import is_condition, is_told, repeated_source, retold_verb
from onrecord.extract.attributions.cues import (
    CONVENTIONS,
    OTHERS_WORDS,
    agent_of,
    content_from_that,
    is_heard,
    is_passive_participle,
    is_second_verb,
    subject_of,
)
from onrecord.extract.attributions.layout import inverted_speaker
from onrecord.extract.attributions.reported import content_tokens
from onrecord.extract.tokens import FINITE, Token, is_age, lemma_of, reporting_verbs, speech_words
from onrecord.model import Span

_SPOKEN_IN = ("in", "with", "by", "through", "via", "on", "to", "into")
"""Prepositions before a noun of saying with which the subject says it: "replied with a claim". "Amid claims" are others'."""
_AGE = 6
"""Tokens of "the 24-year-old"."""
_TOGETHER = frozenset({"council", "crew", "government", "management", "opposition", "parliament", "police", "staff", "union"})
"""Collective nouns that speak without an article in headlines and wire copy (Quirk et al. 1985, 5.108), and so are no half of a title."""
_ADVISING = frozenset({"advise", "caution", "warn"})
"""Verbs of advising whose listener stands before a preposition: "warned owners **against** it" (Levin 1993, 37.9)."""
_REJECTING = frozenset(
    [
        "challenge",
        "contest",
        "deny",
        "deride",
        "disavow",
        "dismiss",
        "dispute",
        "doubt",
        "laugh",
        "mock",
        "question",
        "rebut",
        "refute",
        "reject",
        "repudiate",
        "ridicule",
        "scoff",
        "scorn",
    ]
)
"""Verbs of rejecting and mocking: VerbNet 3.4, 77.2 and 33, and FrameNet's frame Judgment_communication."""
_IDEAS = frozenset({"accusation", "boast", "idea", "insinuation", "myth", "notion", "rumor", "rumour", "story", "theory", "thought"})
"""Nouns for what somebody says or thinks beside those of the list: WordNet 3.1, hyponyms of "idea" and "account"."""
_LONGEST_TITLE = 6
"""Words of the second of two titles before a name."""
_STOPS = (".", "!", "?", "\u201d", '"')


def others_words(scene: Scene, draft: Draft) -> Draft | None:
    """The draft of somebody else's words in marks that a draft holds: "rejected **Lee's claim that it 'was rotten'**" has Lee's words, and
    with no owner nobody's that are known. None where the marks are the source's own, "rejected her claim as 'rotten'".

    Marks are those of the voice that the nearest noun or verb of saying names (Pareti 2016, nested attributions)."""
    cue = scene.words[draft.cue[0]] if draft.cue else None
    if cue is None or cue.pos_ != "VERB" or not draft.quotations:
        return None
    marks = draft.quotations[0].span.start
    clauses = ((noun, that) for noun in content_tokens(scene, draft) if noun.idx < marks and (that := _that_clause(noun, cue)) is not None)
    noun, that = next(clauses, (None, None))
    if noun is None or that is None or that.idx > marks:
        return None
    owner = next((child for child in noun.children if child.dep_ == "poss"), None)
    if lemma_of(cue) not in _REJECTING and (owner is None or owner.pos_ != "PROPN"):
        return None
    content = _trimmed(scene.text, Span(that.idx, draft.content[-1].end))
    said = Draft(OTHERS_WORDS, lemma_of(noun), (content,), (noun.i,), None if owner is None else owner.i, head=noun.idx)
    return replace(said, quotations=draft.quotations, score=draft.score, agreed=draft.agreed)


def _that_clause(noun: Token, cue: Token) -> Token | None:
    """The "that" of the clause of a noun of saying or thinking which a verb governs."""
    governed = noun.head == cue or (noun.dep_ == "pobj" and noun.head.head == cue)
    if not governed or noun.pos_ != "NOUN" or not (lemma_of(noun) in speech_words("noun") or lemma_of(noun) in _IDEAS):
        return None
    clauses = (child for child in noun.rights if child.dep_ in ("acl", "relcl", "ccomp"))
    return next((one for clause in clauses for one in clause.lefts if one.lower_ == "that" and one.dep_ == "mark"), None)


def corrected(scene: Scene, draft: Draft) -> Draft:
    """The draft with what the syntax says of its source and of the edges of its content, whichever reader it is from."""
    for mend in (
        with_own_speaker,
        with_source_of_sentence,
        with_inverted_source,
        with_subject_of_relative,
        with_heard_source,
        with_repeated_source,
        with_agent,
        with_age,
        with_titled_source,
        with_infinitive,
        content_from_that,
        without_listener,
        without_answer,
        within_sentence,
        without_second_verb,
        without_governor,
        without_consequence,
        without_false_source,
        without_source,
        without_particle,
        without_other_conjunct,
        with_whole_source,
    ):
        draft = mend(scene, draft)
    return draft


def with_own_speaker(scene: Scene, draft: Draft) -> Draft:
    """What somebody said, of a draft that has the whole report for the words of whoever retells it: "'It is safe,' **Lee said**, according
    to the Post" is Lee's."""
    verb = retold_verb(scene.words[draft.cue[0]]) if draft.cue else None
    subject = None if verb is None else subject_of(verb)
    if verb is None or subject is None or not any(span.contains(token_span(verb)) for span in draft.content):
        return draft
    # What a person says that another said is that person's report, unless it is cited: "according to Reed, Lee vowed to stay".
    teller = None if draft.source is None else scene.words[draft.source]
    if not draft.quotations and teller is not None and _may_be_person(teller):
        return draft
    cut = _reporting_clause(verb, subject, scene.words[draft.cue[0]])
    halves = (half for span in draft.content for half in ((span.start, min(span.end, cut.start)), (max(span.start, cut.end), span.end)))
    sentence = Span(verb.sent.start_char, verb.sent.end_char)
    spans = (_trimmed(scene.text, Span(start, end)) for start, end in halves if start < end and sentence.contains(Span(start, end)))
    content = tuple(span for span in spans if any(map(str.isalnum, span.of(scene.text))))
    kept = tuple(one for one in draft.quotations if covers(content, (one.span,)))
    said = replace(draft, lemma=lemma_of(verb), cue=(verb.i,), head=verb.idx, content=content, quotations=kept)
    return replace(said, source=subject.i, certainty=1.0, runner_up=None) if content else draft


def _may_be_person(word: Token) -> bool:
    """Whether a word may stand for a person: a pronoun, or a name without an article, unlike "the Gazette" (Quirk et al. 1985, 5.60)."""
    is_bare = word.pos_ == "PROPN" and not any(child.dep_ == "det" for child in word.children)
    return is_bare or word.pos_ == "PRON"


def _reporting_clause(verb: Token, subject: Token, retold: Token) -> Span:
    """The speaker and the verb of a report up to its words; or, where the words stand before them, up to "according to" or their end."""
    said = next(child for child in verb.children if child.dep_ == "ccomp")
    first, last = min(subject.left_edge, verb, key=_index), max(subject.right_edge, verb, key=_index)
    if said.i > verb.i:
        return Span(first.idx, said.left_edge.idx)
    return Span(first.idx, retold.idx if retold.i > last.i else last.idx + len(last))


def with_inverted_source(scene: Scene, draft: Draft) -> Draft:
    """The draft with the speaker who stands right after a cue between two halves of its content: "The ministers' comments, **said Lee**,
    were weak" is Lee's, and so are both halves, though parsers make the comments speak."""
    cue = scene.words[draft.cue[0]] if draft.cue else None
    if cue is None or draft.named is not None or lemma_of(cue) not in reporting_verbs() or draft.content[-1].start < cue.idx:
        return draft
    speaker = inverted_speaker(cue)
    before_cue = None if draft.source is None else scene.words[draft.source]
    # "Lee, the mayor, said Reed, ..." has its speaker before the cue already, and so has what follows a speaker after it.
    if speaker is None or (before_cue is not None and (before_cue.i > cue.i or before_cue.pos_ in ("PROPN", "PRON"))):
        return draft
    before = scene.tokens_in(cue.sent.start_char, cue.idx)
    first = [token for token in before if not token.is_punct and not token.is_space]
    half = (Span(first[0].idx, first[-1].idx + len(first[-1])),) if first and draft.content[0].start > cue.idx else ()
    return replace(draft, source=speaker.i, runner_up=None, content=(*half, *draft.content))


def with_subject_of_relative(scene: Scene, draft: Draft) -> Draft:
    """The draft with the subject of its cue, where a pronoun that only opens the clause was taken for it: "a meeting at which **Lee**
    said"."""
    source = None if draft.source is None or not draft.cue else scene.words[draft.source]
    if source is None or source.tag_ not in ("WDT", "WP", "WRB") or source.dep_ != "pobj":
        return draft
    subject = subject_of(scene.words[draft.cue[0]])
    return draft if subject is None or subject == source else replace(draft, source=subject.i, runner_up=None)


def with_heard_source(scene: Scene, draft: Draft) -> Draft:
    """The draft with whoever is heard for its source, and not whoever hears: "passengers overheard **the pilot**, Lee, telling her"."""
    cue = scene.words[draft.cue[0]] if draft.cue else None
    if cue is None or draft.source is None or not is_heard(cue) or subject_of(cue.head) != scene.words[draft.source]:
        return draft
    heard = subject_of(cue)
    return draft if heard is None else replace(draft, source=heard.i, runner_up=None)


def with_repeated_source(scene: Scene, draft: Draft) -> Draft:
    """The draft with whoever is quoted for its source, not who quotes: "he quoted **Lee**: 'It is late.'" """
    cue = scene.words[draft.cue[0]] if draft.cue and draft.quotations else None
    whose = None if cue is None else repeated_source(cue)
    if cue is None or whose is None or not cue.idx < whose.idx < draft.content[0].start:
        return draft
    return replace(draft, source=whose.i, named=None, certainty=1.0, runner_up=None)


def with_agent(scene: Scene, draft: Draft) -> Draft:
    """The draft of a participle of telling or asking with its agent for its source, and none where it has none: who is told does not say
    it, "told **by her lawyer** that it was safe, Lee left"."""
    cue = scene.words[draft.cue[0]] if draft.cue else None
    if cue is None or draft.source is None or draft.quotations or not is_passive_participle(cue) or cue.dep_ != "advcl":
        return draft
    agent = agent_of(cue)
    if agent is not None:
        return replace(draft, source=agent.i, certainty=1.0, runner_up=None)
    return replace(draft, source=None, certainty=1.0, runner_up=None) if subject_of(cue) == scene.words[draft.source] else draft


def with_source_of_sentence(scene: Scene, draft: Draft) -> Draft:
    """The draft with the subject of its cue, where a reader took what stands before the sentence for it: a dateline, "LONDON, March 3 -
    **the firm** said", or the salutation of a letter, "SIR - **Mr Lee** says"."""
    cue = scene.words[draft.cue[0]] if draft.cue else None
    if cue is None or draft.source is None or draft.named is not None or draft.source >= cue.sent.start:
        return draft
    # Another paragraph's source is a layout's, and a sentence that ends says something by itself.
    between = scene.text[scene.words[draft.source].idx : cue.sent.start_char]
    subject = subject_of(cue)
    if subject is None or subject.i < cue.sent.start or "\n" in between or between.rstrip()[-1:] in _STOPS:
        return draft
    return replace(draft, source=subject.i, runner_up=None)


def with_titled_source(scene: Scene, draft: Draft) -> Draft:
    """The draft with the one person who has two titles for its source, "**author and former mayor Ann Lee**", of which parsers make two:
    neither title has an article, as that of a person who speaks beside another has (Quirk et al. 1985, 17.88)."""
    first = None if draft.source is None or draft.named is not None else scene.words[draft.source]
    name = None if first is None else _titled_name(first)
    if first is None or name is None:
        return draft
    named = Span(first.left_edge.idx, name.idx + len(name))
    return _without_words(scene, replace(draft, source=name.i, named=named, runner_up=None), named)


def _titled_name(first: Token) -> Token | None:
    """The last word of the name that follows two titles joined by "and", of which a noun is the first."""
    # "Media" is a field of work here, "media adviser", though its form is a plural.
    is_one = first.tag_ == "NN" or first.lower_ == "media"
    if not is_one or first.lower_ in _TOGETHER or any(child.i < first.i and child.pos_ not in ("ADJ", "NOUN") for child in first.children):
        return None
    after = first.doc[first.i + 1 : min(first.i + 2 + _LONGEST_TITLE, first.sent.end)]
    if len(after) < 3 or after[0].lower_ != "and":
        return None
    title = list(takewhile(lambda token: token.is_lower or token.text.isupper(), after[1:]))
    name = list(takewhile(lambda token: token.pos_ == "PROPN" and token.text.istitle(), after[1 + len(title) :]))
    is_title = bool(title) and title[-1].is_lower and all(token.pos_ in ("ADJ", "NOUN", "PROPN") for token in title)
    return name[-1] if is_title and len(name) > 1 else None


def with_infinitive(scene: Scene, draft: Draft) -> Draft:
    """The draft with the verb of the infinitive that its cue governs, where a reader has only the object of it: "refused **to blame** the
    keeper"."""
    root = None if draft.root is None or not draft.cue or draft.quotations else scene.words[draft.root]
    first = draft.content[0]
    if root is None or root.dep_ != "xcomp" or root.head.i != draft.cue[0] or not root.idx < first.start:
        return draft
    start = next((child for child in root.lefts if child.tag_ == "TO" and child.i > root.head.i), None)
    whole = start is not None and not any(map(str.isalnum, scene.text[root.idx + len(root) : first.start]))
    return replace(draft, content=(Span(start.idx, first.end), *draft.content[1:])) if start is not None and whole else draft


def without_listener(scene: Scene, draft: Draft) -> Draft:
    """The draft with a content that begins after who is warned: "warned **owners** against feeding grapes to dogs"."""
    cue = scene.words[draft.cue[0]] if draft.cue else None
    if cue is None or draft.quotations or lemma_of(cue) not in _ADVISING:
        return draft
    first = draft.content[0]
    opposed = next((child for child in cue.rights if child.dep_ == "prep" and child.lower_ == "against"), None)
    if opposed is not None and not any(map(str.isalnum, scene.text[cue.idx + len(cue) : opposed.idx])) and opposed.idx < first.start:
        # What one warns against is the opposite of what one says: "warned **against saying** that it is safe".
        return replace(draft, content=(Span(opposed.idx, first.end), *draft.content[1:]))
    told = next((child for child in cue.rights if child.dep_ in ("dobj", "dative")), None)
    about = next((child for child in cue.rights if child.dep_ == "prep" and child.lower_ in ("about", "against", "of")), None)
    if told is None or about is None or not first.contains(token_span(told)) or not told.i < about.i or not about.idx < first.end:
        return draft
    return replace(draft, content=(Span(about.idx, first.end), *draft.content[1:]))


def without_answer(scene: Scene, draft: Draft) -> Draft:
    """The draft with a content that ends before what whoever is asked does: "Asked if it was true, **Lee shook her head**"."""
    cue = scene.words[draft.cue[0]] if draft.cue else None
    if cue is None or draft.quotations or cue.tag_ != "VBN" or cue.i != cue.sent.start:
        return draft
    if draft.source is not None and agent_of(cue) is None:
        return draft
    last = draft.content[-1]
    window = scene.tokens_in(last.start, last.end)
    # The parser makes the main clause the object of "asked", or "asked" an adjunct of it.
    main = next((token for token in reversed(window) if token.dep_ in ("ccomp", "ROOT") and token.tag_ in FINITE), None)
    if main is None or any(child.dep_ == "mark" for child in main.lefts):
        return draft
    subject = next((child for child in main.lefts if child.dep_ in ("nsubj", "nsubjpass")), None)
    if subject is None or subject.left_edge.i <= window[0].i + 1 or subject.left_edge.nbor(-1).text != ",":
        return draft
    end = subject.left_edge.nbor(-1).idx
    return replace(draft, content=(*draft.content[:-1], Span(last.start, end)))


_SENTENCE_END = re.compile(r"(?:\b[a-z]{4,}|\d[\d.,]*[a-z]{0,2}|[%)\]])[.!?]\s+(?=[A-Z])")
"""The end of a sentence: not behind a capital or a short word, which may be an abbreviation."""


def within_sentence(scene: Scene, draft: Draft) -> Draft:
    """The draft with a content without marks that ends with its sentence, or begins with it before a cue: what follows "She said it was
    shut. **He would not go**" is the article's. Of PolNeAR's indirect contents one in three hundred is longer."""
    if draft.quotations or not draft.cue or draft.frame in CONVENTIONS:
        return draft
    cue = scene.words[draft.cue[0]].idx
    spans = tuple(_in_one_sentence(scene.text, span, before=span.end <= cue) for span in draft.content)
    return draft if spans == draft.content else replace(draft, content=spans)


def _in_one_sentence(text: str, span: Span, *, before: bool) -> Span:
    """The first sentence of a span, without its stop; or the last, of one that stands before its cue."""
    ends = list(_SENTENCE_END.finditer(span.of(text)))
    if not ends:
        return span
    return (
        Span(span.start + ends[-1].end(), span.end)
        if before
        else Span(span.start, span.start + len(ends[0].group().rstrip()) - 1 + ends[0].start())
    )


def with_age(scene: Scene, draft: Draft) -> Draft:
    """The draft with the whole of a source that is an age, "**the 24-year-old** said", of which parsers make the article the subject, or
    nothing."""
    if not draft.cue or draft.named is not None:
        return draft
    cue = draft.cue[0]
    start = cue - 1 if draft.source is None else draft.source
    last = next((token for token in scene.doc[max(start, 0) : min(cue, start + _AGE)] if is_age(token)), None)
    if last is None:
        return draft
    article = scene.doc[last.i - _AGE + 1]
    return replace(draft, source=last.i, named=Span(article.idx, last.idx + len(last)))


def without_false_source(scene: Scene, draft: Draft) -> Draft:
    """The draft without a source that the syntax rules out, however near it stands: who is told, and the subject of a verb that only comes
    with a noun of saying, "**Lee** faced claims that ...", "**Lee** spoke amid claims that ..."."""
    if draft.source is None or not draft.cue or draft.named is not None:
        return draft
    cue, source = scene.words[draft.cue[0]], scene.words[draft.source]
    is_false = _is_bystander(cue, source) if cue.pos_ == "NOUN" else is_told(cue, source)
    return replace(draft, source=None, certainty=1.0, runner_up=None) if is_false else draft


def without_source(scene: Scene, draft: Draft) -> Draft:
    """The draft with a content that ends before its source, where a reader took both for one: "a wrecking ball" **by union leaders**."""
    if draft.source is None:
        return draft
    source = scene.words[draft.source]
    last = draft.content[-1]
    if not last.start < source.idx < last.end or scene.quotation_at(source.idx) is not None:
        return draft
    by = source.left_edge.nbor(-1) if source.left_edge.i > 0 else source
    start = by.idx if by.lower_ == "by" else source.left_edge.idx
    kept = scene.text[last.start : start].rstrip(" ,")
    shorter = (*draft.content[:-1], *((Span(last.start, last.start + len(kept)),) if kept else ()))
    return replace(draft, content=shorter) if shorter else draft


def without_second_verb(scene: Scene, draft: Draft) -> Draft:
    """The draft with a content that ends before the next verb of its source: "said it was shut **and called for calm**"."""
    if not draft.cue or draft.quotations:
        return draft
    cue, last = scene.words[draft.cue[0]], draft.content[-1]
    second = next((token for token in scene.tokens_in(last.start, last.end) if is_second_verb(token, cue)), None)
    if second is None:
        return draft
    before = [token for token in scene.tokens_in(last.start, second.left_edge.idx) if token.dep_ != "cc" and not token.is_punct]
    return replace(draft, content=(*draft.content[:-1], Span(last.start, before[-1].idx + len(before[-1])))) if before else draft


def without_governor(scene: Scene, draft: Draft) -> Draft:
    """The draft of a noun, or of a participle or a clause that describes one, with a content that ends before the verb that the
    noun is an argument of: "criticism of the plan **grew**", "a film showing the plan **was seen**", "Lee, who said she was ill,
    **died**"."""
    cue = scene.words[draft.cue[0]] if draft.cue else None
    if cue is None or not (cue.pos_ == "NOUN" or cue.dep_ in ("acl", "relcl")) or draft.quotations:
        return draft
    last = draft.content[-1]
    above = next((token for token in cue.ancestors if last.start < token.idx < last.end and token.pos_ in ("VERB", "AUX")), None)
    # An auxiliary may stand before it: "has grown".
    first = (
        None if above is None else min((above, *(one for one in above.lefts if one.i > cue.i and one.dep_.startswith("aux"))), key=_index)
    )
    kept = "" if first is None else scene.text[last.start : first.idx].rstrip(" ,")
    return replace(draft, content=(*draft.content[:-1], Span(last.start, last.start + len(kept)))) if kept else draft


def without_consequence(scene: Scene, draft: Draft) -> Draft:
    """The draft with a content that ends with the condition that it stands in: "had Lee said that it was safe, **they would have gone**"
    has the parser's second clause of "said" for its main clause."""
    cue = scene.words[draft.cue[0]] if draft.cue else None
    clauses = [] if cue is None else [child for child in cue.rights if child.dep_ == "ccomp"]
    if cue is None or len(clauses) < 2 or draft.quotations or not is_condition(cue):
        return draft
    end, last = clauses[-1].left_edge.idx, draft.content[-1]
    kept = scene.text[last.start : end].rstrip(" ,")
    return replace(draft, content=(*draft.content[:-1], Span(last.start, last.start + len(kept)))) if last.start < end < last.end else draft


def _index(token: Token) -> int:
    return token.i


def without_particle(scene: Scene, draft: Draft) -> Draft:
    """The draft with a content that begins after the cue's particle: "pointed **out** that it was shut"."""
    first = draft.content[0]
    words = scene.tokens_in(first.start, first.end)
    if not words or not draft.cue or words[0].dep_ != "prt" or words[0].head.i != draft.cue[0] or len(words) == 1:
        return draft
    return replace(draft, content=(Span(words[1].idx, first.end), *draft.content[1:]))


def without_other_conjunct(scene: Scene, draft: Draft) -> Draft:
    """The draft without the clause on the other side of a conjunction beside "according to": of "He had promised it **and, according to
    the Post**, broke his word" the Post says the second half, of "It leaks, **according to Lee, and** they have left" Lee the first."""
    if draft.lemma != "according to" or not draft.cue:
        return draft
    half = half_according(scene.words[draft.cue[0]])
    start, end = scene.words[half.start].idx, scene.words[half.stop - 1].idx + len(scene.words[half.stop - 1])
    if all(start <= span.start and span.end <= end for span in draft.content):
        return draft
    content = tuple(Span(max(span.start, start), min(span.end, end)) for span in draft.content if span.end > start and span.start < end)
    content = tuple(_trimmed(scene.text, span) for span in content if any(map(str.isalnum, span.of(scene.text))))
    kept = tuple(one for one in draft.quotations if start <= one.span.start < end)
    return replace(draft, content=content, quotations=kept) if content else draft


def with_whole_source(scene: Scene, draft: Draft) -> Draft:
    """The draft with all of the source of "according to", and none of it in the content: "according to the foreman**, Lee**, it fell"."""
    found = source_according(scene.words[draft.cue[0]]) if draft.lemma == "according to" and draft.cue else None
    if found is None or draft.named is not None:
        return draft
    noun, words = found
    if draft.source not in words or (words.stop == noun.right_edge.i + 1 and words.start == noun.left_edge.i):
        return draft
    named = Span(scene.words[words.start].idx, scene.words[words.stop - 1].idx + len(scene.words[words.stop - 1]))
    whole = replace(draft, source=noun.i, named=named)
    mended = _without_words(scene, whole, named)
    return draft if mended is whole and any(span.overlaps(named) for span in draft.content) else mended


def _without_words(scene: Scene, draft: Draft, words: Span) -> Draft:
    """The draft with a content that has none of some words in it; itself where nothing would be left."""
    pieces = [one for span in draft.content for one in _outside(span, words)]
    content = tuple(_trimmed(scene.text, one) for one in pieces if any(map(str.isalnum, one.of(scene.text))))
    return replace(draft, content=content) if content and content != draft.content else draft


def _outside(span: Span, cut: Span) -> Iterator[Span]:
    """What of a span stands before and after another."""
    if cut.overlaps(span):
        yield Span(span.start, max(span.start, cut.start))
        yield Span(min(span.end, cut.end), span.end)
    else:
        yield span


def _trimmed(text: str, span: Span) -> Span:
    """The span without the commas and the blanks at its ends."""
    words = span.of(text)
    return Span(span.end - len(words.lstrip(" ,")), span.start + len(words.rstrip(" ,")))


def _is_bystander(noun: Token, source: Token) -> bool:
    """Whether the source of a noun of saying is the subject of a verb that does not say it."""
    if noun.dep_ == "dobj":
        verb, says = noun.head, lemma_of(noun.head) in speech_words("support")
    elif noun.dep_ == "pobj" and noun.head.head.pos_ in ("VERB", "AUX"):
        # "Was hit by claims" is no more than what happened to whoever was hit.
        verb, says = noun.head.head, noun.head.lower_ in _SPOKEN_IN and noun.head.dep_ != "agent"
    else:
        return False
    subject = None if says else subject_of(verb)
    return subject is not None and subject == source
