"""A toy of the program, so that corrections meet reports of any text without a model: it knows four names and two ways to quote.

Like the program, it finds what it finds by itself each time: after an edit of the text it may say something else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from onrecord.corrections.correction import Correction
from onrecord.corrections.reading import parse_corrections
from onrecord.model import (
    SCHEMA_VERSION,
    Actor,
    Alias,
    Article,
    Block,
    Claim,
    Cue,
    Mention,
    Provenance,
    Quote,
    Reference,
    Relation,
    Report,
    Role,
    Span,
    Speaker,
    UndecidedMention,
)

PEOPLE = ("Ada Lee", "Ben Reed", "Cora Moss", "Dan Reed")
_NAME = "|".join([*PEOPLE, "Lee", "Moss", "Reed", "Harbour Board", "She", "she", "He", "he"])
_MENTION = re.compile(rf"\b(?:{_NAME})\b")
_DIRECT = re.compile(rf"“([^“”]+),?” (said|told)(?: the Ledger)? ?({_NAME})?")
_INDIRECT = re.compile(rf"\b({_NAME}) (said|told)(?: the Ledger)? that ([^.“”]+)\.")
_ALONE = re.compile(r"(?:(?<=\n\n)|\A)“([^“”]+)”(?=\n\n|\Z)")
_MET = re.compile(rf"\b({_NAME}) met ({_NAME})\b")
_SENTENCE = re.compile(r"[^.“”\n]+\.")


def article(text: str, id: str = "quay") -> Article:
    """An article of paragraphs that blank lines part."""
    spans = [Span(match.start(), match.end()) for match in re.finditer(r"[^\n]+(?:\n[^\n]+)*", text)]
    return Article(id, text, tuple(Block("paragraph", span.start, span.end, 1) for span in spans), file=f"{id}.txt")


def report(text: str, id: str = "quay") -> Report:
    """What the toy has to say of a text."""
    actors, undecided = _actors(text)
    quotes = tuple(_quotes(text, actors, undecided))
    claims = tuple(_claims(text, quotes, actors))
    provenance = Provenance("0", "3", "toy", "1")
    relations = tuple(_relations(text, actors, claims))
    return Report(SCHEMA_VERSION, provenance, article(text, id), actors, undecided, quotes, claims, relations)


def _actors(text: str) -> tuple[tuple[Actor, ...], tuple[UndecidedMention, ...]]:
    """A surname is whoever has it in the text; a pronoun is whoever was named last."""
    present = [name for name in (*PEOPLE, "Harbour Board") if name in text]
    mentions: dict[str, list[Mention]] = {name: [] for name in present}
    undecided = []
    last: str | None = None
    for match in _MENTION.finditer(text):
        word = match[0]
        if word.lower() in ("he", "she"):
            if last:
                mentions[last].append(Mention(match.start(), match.end(), "pronoun", "named last"))
            continue
        fitting = [name for name in present if name == word] or [name for name in present if name.split()[-1] == word]
        if len(fitting) == 1:
            last = fitting[0]
            mentions[last].append(Mention(match.start(), match.end(), "named", "name"))
        elif fitting:
            undecided.append(UndecidedMention(match.start(), match.end(), "named", tuple(map(_id, fitting)), "two fit"))
    return tuple(_actor(text, name, mentions[name]) for name in present), tuple(undecided)


def _actor(text: str, name: str, mentions: list[Mention]) -> Actor:
    words = [mention.of(text) for mention in mentions if mention.kind == "named"]
    aliases = sorted({word: words.count(word) for word in words}.items(), key=lambda pair: (-pair[1], pair[0]))
    places = (one.start() for one in re.finditer(name, text) if text[: one.start()].endswith("Mayor "))
    roles = [Role("Mayor", Span(place - 6, place - 1)) for place in places]
    kind = "organization" if name == "Harbour Board" else "person"
    return Actor(_id(name), name, kind, tuple(mentions), tuple(Alias(*one) for one in aliases), tuple(roles))  # type: ignore[arg-type]


def _id(name: str) -> str:
    return name.lower().replace(" ", "-")


def _at(actors: tuple[Actor, ...], span: Span | None) -> str | None:
    found = (actor.id for actor in actors for one in actor.mentions if span and (one.start, one.end) == (span.start, span.end))
    return next(found, None)


def _quotes(text: str, actors: tuple[Actor, ...], undecided: tuple[UndecidedMention, ...]) -> Iterator[Quote]:
    found: list[tuple[int, str, Span, Span | None, Cue | None, bool]] = []
    for match in _DIRECT.finditer(text):
        source = Span(*match.span(3)) if match[3] else None
        content = Span(match.start(), match.start() + match[0].index("”") + 1)
        found.append((match.start(), "direct", content, source, Cue(*match.span(2), "say"), "the Ledger" in match[0]))
    found += [
        (one.start(), "indirect", Span(*one.span(3)), Span(*one.span(1)), Cue(*one.span(2), "say"), "the Ledger" in one[0])
        for one in _INDIRECT.finditer(text)
    ]
    found += [(match.start(), "direct", Span(*match.span()), None, None, False) for match in _ALONE.finditer(text)]
    before: Quote | None = None
    for number, (_, kind, content, source, cue, told) in enumerate(sorted(found, key=lambda one: one[0]), 1):
        doubt = [one.candidates for one in undecided if source and (one.start, one.end) == (source.start, source.end)]
        speaker = Speaker(_at(actors, source), source, doubt[0] if doubt else ())
        outlet = Reference("ledger", source) if told else None
        if cue is None and before is not None:
            speaker = before.speaker
        if before is not None and outlet is None and before.outlet and before.speaker.actor == speaker.actor:
            outlet = Reference("ledger")
        inner = (Span(content.start + 1, content.end - 1),) if kind == "direct" else ()
        before = Quote(f"q{number}", kind, (content,), speaker, "toy", "high", cue, inner, None, outlet)  # type: ignore[arg-type]
        yield before


def _claims(text: str, quotes: tuple[Quote, ...], actors: tuple[Actor, ...]) -> Iterator[Claim]:
    spans: list[tuple[Span, Quote | None]] = [
        (quote.quoted_parts[0] if quote.quoted_parts else quote.content[0], quote) for quote in quotes
    ]
    for match in _SENTENCE.finditer(text):
        lead = len(match[0]) - len(match[0].lstrip())
        span = Span(match.start() + lead, match.end() - 1)
        if len(span) > 3 and not any(span.overlaps(part) for quote in quotes for part in quote.content):
            spans.append((span, None))
    for number, (span, quote) in enumerate(sorted(spans, key=lambda pair: pair[0]), 1):
        about = dict.fromkeys(id for _, id in sorted((one, actor.id) for actor in actors for one in actor.mentions if span.contains(one)))
        asserter = quote.speaker.actor if quote else "author"
        polarity = "-" if " not " in f" {span.of(text)} " else "+"
        via = "ledger" if quote and quote.outlet else None
        yield Claim(f"c{number}", (span,), asserter, "event", polarity, "asserted", "toy", quote.id if quote else None, via, tuple(about))  # type: ignore[arg-type]


def _relations(text: str, actors: tuple[Actor, ...], claims: tuple[Claim, ...]) -> Iterator[Relation]:
    for number, match in enumerate(_MET.finditer(text), 1):
        ends = [_at(actors, Span(*match.span(group))) for group in (1, 2)]
        resting = tuple(claim.id for claim in claims if claim.spans[0].contains(Span(*match.span())))
        trigger = Span(match.end(1) + 1, match.end(1) + 4)
        if ends[0] and ends[1] and ends[0] != ends[1] and resting:
            yield Relation(f"r{number}", ends[0], ends[1], "met", "CONSULT", trigger, "+", "asserted", resting, "toy")


def entries(yaml: str) -> tuple[Correction, ...]:
    """The entries of a file."""
    return parse_corrections(yaml).entries
