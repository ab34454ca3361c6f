"""Turns attributions into the quotes of a report: the words that name a source become the actor who speaks, and so for addressee and
outlet."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from itertools import takewhile

from onrecord.extract.actor_lookup import ResolvedActors
from onrecord.extract.attributions.attribution import Attribution, Phrase
from onrecord.extract.attributions.cues import ANSWER
from onrecord.extract.language import Analysis
from onrecord.extract.tokens import Token, lemma_of
from onrecord.model import AUTHOR, Confidence, Quote, Reference, Span, Speaker


def find_quotes(analysis: Analysis, attributions: Sequence[Attribution], resolved: ResolvedActors) -> tuple[Quote, ...]:
    """The quotes of an article in text order, ids counted from ``q1``."""
    answers = _interviewee(analysis, attributions, resolved)
    called = _called(analysis.article.text, resolved)
    speakers: list[Speaker] = []
    runners_up: list[Reference | None] = []
    for attribution in attributions:
        speaker = _speaker(attribution, speakers, resolved)
        if speaker.actor is None and not speaker.candidates and attribution.source is not None:
            speaker = replace(speaker, actor=called.get(attribution.source.of(analysis.article.text)))
        if answers is not None and _is_answer(analysis.article.text, attribution):
            speaker = replace(speaker, actor=answers, candidates=())
        runners_up.append(_runner_up(attribution, speaker, resolved))
        speakers.append(_without_guess(attribution, speaker, runners_up[-1]))
    # Share prompts and the like, which are analysed and do not count: "'Tell us what you think,' ..."
    soft = [leaf.span for leaf in analysis.article.leaves() if leaf.boilerplate == "soft"]
    media = frozenset(actor.id for actor in resolved.actors if actor.type == "media")
    quotes = [
        replace(_quote(f"q{n}", attribution, speaker, resolved, soft, media), runner_up=runner_up)
        for n, (attribution, speaker, runner_up) in enumerate(zip(attributions, speakers, runners_up, strict=True), start=1)
    ]
    return tuple(_inherit_outlets(quotes, resolved))


def _called(text: str, resolved: ResolvedActors) -> dict[str, str]:
    """The id of the actor who alone goes by each name, word by word. At the start of a sentence the tagger may take a name for a verb, so
    that it is no mention there."""
    named = {(mention.of(text), actor.id) for actor in resolved.actors for mention in actor.mentions if mention.kind == "named"}
    many = Counter(name for name, _ in named)
    return {name: actor for name, actor in named if many[name] == 1}


def _speaker(attribution: Attribution, earlier: Sequence[Speaker], resolved: ResolvedActors) -> Speaker:
    """The source's actor; for a quote that goes on without a source, the speaker of the quote that it continues. Of "Lee or Reed said" it
    is not known which of them spoke."""
    if attribution.source is None and attribution.continues is not None and attribution.continues < len(earlier):
        return earlier[attribution.continues]
    speaker = resolved.speaker(attribution.source, attribution.source_head)
    if speaker.actor is None and not speaker.candidates and attribution.issuer is not None:
        speaker = resolved.speaker(attribution.source, attribution.issuer.head)  # nobody but its author speaks in a letter
    if attribution.alternatives and speaker.actor is not None:
        either = _actors(attribution.alternatives, resolved)
        candidates = tuple(dict.fromkeys((speaker.actor, *(actor for actor in either if actor is not None))))
        return Speaker(None, speaker.mention, candidates if len(candidates) > 1 else ())
    heard = _actors(attribution.others, resolved)
    return replace(speaker, others=tuple(dict.fromkeys(actor for actor in heard if actor is not None and actor != speaker.actor)))


def _runner_up(attribution: Attribution, speaker: Speaker, resolved: ResolvedActors) -> Reference | None:
    """The source that was nearly chosen, if that is somebody else."""
    found = _reference(attribution.runner_up, resolved)
    return None if found is not None and found.actor is not None and found.actor in (speaker.actor, *speaker.others) else found


def _without_guess(attribution: Attribution, speaker: Speaker, runner_up: Reference | None) -> Speaker:
    """The speaker; undecided where confidence is low and another source was close, or unknown where that one is no known actor."""
    if attribution.confidence != "low" or runner_up is None or speaker.actor is None:
        return speaker
    return Speaker(None, speaker.mention, () if runner_up.actor is None else (speaker.actor, runner_up.actor))


def _quote(
    id: str, attribution: Attribution, speaker: Speaker, resolved: ResolvedActors, soft: Sequence[Span], media: Collection[str]
) -> Quote:
    addressee = _reference(attribution.addressee, resolved)
    return Quote(
        id=id,
        kind=attribution.kind,
        content=attribution.content,
        speaker=speaker,
        rule=attribution.rule,
        confidence=_confidence(attribution, speaker, resolved),
        cue=attribution.cue,
        quoted_parts=attribution.quoted_parts,
        addressee=addressee,
        outlet=_outlet(attribution, addressee, resolved, media),
        setting=attribution.setting,
        negated=attribution.negated,
        conditional=attribution.conditional,
        stance=attribution.stance,
        boilerplate=any(block.contains(span) for block in soft for span in attribution.content),
        score=None if attribution.score is None else round(attribution.score, 3),
    )


def _confidence(attribution: Attribution, speaker: Speaker, resolved: ResolvedActors) -> Confidence:
    """The attribution's, but no more than medium where nobody is known to have said it, or not all who said it together."""
    known = speaker.actor is not None and None not in _actors(attribution.others, resolved)
    return "medium" if attribution.confidence == "high" and not known else attribution.confidence


def _actors(phrases: Sequence[Phrase], resolved: ResolvedActors) -> list[str | None]:
    """The id of the actor whom each phrase names; None for one that names none."""
    return [resolved.reference(one.span, one.head).actor for one in phrases]


def _reference(phrase: Phrase | None, resolved: ResolvedActors) -> Reference | None:
    return None if phrase is None else resolved.reference(phrase.span, phrase.head)


_ADVISING = frozenset({"advise", "ask", "beg", "promise", "urge", "warn"})
"""Verbs of advising, asking and promising (Levin 1993, 37.9 and 37.1; Searle 1979, directives and commissives): what is said with them is
meant for whoever is told, and not for readers."""


def _outlet(attribution: Attribution, addressee: Reference | None, resolved: ResolvedActors, media: Collection[str]) -> Reference | None:
    """The outlet that was told, or on whose pages or programme it was said; not one that was warned or asked, as parties are."""
    if attribution.cue is not None and attribution.cue.lemma in _ADVISING:
        addressee = None
    named = (resolved.reference(name.span, name.head) for name in attribution.outlets)
    return next((reference for reference in (addressee, *named) if reference is not None and reference.actor in media), None)


def _inherit_outlets(quotes: Sequence[Quote], resolved: ResolvedActors) -> list[Quote]:
    """What a speaker told an outlet holds for the same speaker's next quotes ("he added"), until another voice is heard, or
    it is said that these were spoken to somebody else or on another occasion.

    An inherited outlet has no mention, so that a reader can tell it from a stated one.
    """
    result: list[Quote] = []
    last: Quote | None = None
    for quote in quotes:
        same = last is not None and quote.speaker.actor is not None and quote.speaker.actor == last.speaker.actor
        if same and last is not None and last.outlet is not None and quote.outlet is None and quote.addressee is None and not quote.setting:
            quote = replace(quote, outlet=Reference(last.outlet.actor))
        last = quote
        result.append(quote)
    return result


# Whose the answers of an interview are, where they have no name beside them: "A:", or no label at all. The lead says who talks.

_ANSWER_LABELS = ("a", "answer")
_TALKING = frozenset({"chat", "converse", "discuss", "meet", "sit", "speak", "talk"})
"""Verbs of talking with somebody (Levin 1993, classes 37.6 and 36.3)."""


def _is_answer(text: str, attribution: Attribution) -> bool:
    """Whether a quote is an answer without the name of who gives it."""
    if attribution.rule == ANSWER:
        return True
    label = "" if attribution.source is None else attribution.source.of(text)
    return attribution.rule == "turn" and label.strip(" .:").lower() in _ANSWER_LABELS


def _interviewee(analysis: Analysis, attributions: Sequence[Attribution], resolved: ResolvedActors) -> str | None:
    """The id of the one person who answers: the only one that the lead names, less those who are only talked to. None where several are
    left, or where the article is no interview."""
    text = analysis.article.text
    turns = [one for one in attributions if one.rule in (ANSWER, "turn")]
    if not any(_is_answer(text, one) for one in turns):
        return None
    start = min(one.source.start if one.source is not None else one.content[0].start for one in turns)
    lead = list(takewhile(lambda token: token.idx < start, analysis.doc))
    persons = {actor.id for actor in resolved.actors if actor.type == "person"}
    named = {actor for token in lead if (actor := _actor(token, resolved)) in persons}
    left = named - set(_talked_to(lead, resolved)) if len(named) > 1 else named
    return next(iter(left)) if len(left) == 1 else None


def _actor(token: Token, resolved: ResolvedActors) -> str | None:
    return resolved.heads.get(Span(token.idx, token.idx + len(token)))


def _talked_to(lead: Sequence[Token], resolved: ResolvedActors) -> Iterator[str]:
    """Those with whom somebody named talks: "She spoke to **Lee**". Of "we spoke to Lee" it is Lee who answers."""
    for verb in (token for token in lead if lemma_of(token) in _TALKING):
        # In "Ann Lee talks to ..." taggers often see a noun.
        arcs = ("nsubj",) if verb.pos_ == "VERB" else ("nsubj", "compound")
        subject = next((child for child in verb.children if child.dep_ in arcs), None)
        if subject is not None and _actor(subject, resolved) not in (None, AUTHOR):
            objects = (child for prep in verb.children if prep.dep_ == "prep" and prep.lower_ in ("to", "with") for child in prep.children)
            yield from (actor for noun in objects if (actor := _actor(noun, resolved)) is not None)
