"""The entries that a reader may want for a quote, a claim or a mention, ready to be copied into ``corrections.yml``."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence

from onrecord.corrections.anchors import Ground, find_words
from onrecord.corrections.entries import Anchor
from onrecord.corrections.located import describe_actor, describe_claim, describe_quote, describe_undecided
from onrecord.corrections.typography import normalise
from onrecord.model import AUTHOR, Actor, Claim, Mention, Quote, Report, Span, UndecidedMention

Fields = Mapping[str, object]


def offer_for_quote(report: Report, ground: Ground, quote: Quote) -> str:
    """Entries that confirm a quote, fix its speaker or kind, or delete it; empty where its words cannot be told from others.

    The first stands as it is; the others are comments.
    """
    beside = [span for span in (quote.cue, quote.speaker.mention) if span is not None and _is_near(quote, span)]
    anchor = anchor_for(ground, quote.content, beside)
    if anchor is None:
        return ""
    was = describe_quote(report, quote)
    named = _naming(report, ground, quote.speaker.actor, quote.speaker.mention, anchor)
    base = {"article": report.article.id, **anchor}
    known = {**base, **({"antecedent": named} if named else {}), "was": was}
    name = f"{report.article.id}-{quote.id}"
    speaker = _who_else(report, ground, quote) or {"words": "the name of who speaks", "sentence": "the whole sentence with that name"}
    return _alternatives(
        {"action": "confirm-quote", "id": _id(name, "confirm"), **known},
        {"action": "speaker", "id": _id(name, "speaker"), **base, "was": was, "speaker": speaker},
        {"action": "kind", "id": _id(name, "kind"), **base, "was": was, "kind": "direct, mixed or indirect"},
        {"action": "delete-quote", "id": _id(name, "delete"), **base, "was": was},
    )


def _who_else(report: Report, ground: Ground, quote: Quote) -> dict[str, object] | None:
    """The words that name another who may have spoken, where the program saw one."""
    seen = [*quote.speaker.candidates, *([quote.runner_up.actor] if quote.runner_up and quote.runner_up.actor else [])]
    places = (_place_of(report, ground, actor) for id in seen for actor in report.actors if actor.id == id)
    return next((place for place in places if place), None)


def _is_near(quote: Quote, span: Span) -> bool:
    """Whether words belong to the quote's own report, and not to an earlier one that it goes on from."""
    return quote.cue is not None or any(part.contains(span) for part in quote.content)


def offer_for_claim(report: Report, ground: Ground, claim: Claim) -> str:
    """Entries that give a verdict on a claim, confirm it or delete it; empty where its words cannot be told from others."""
    quote = next((one for one in report.quotes if one.id == claim.quote), None)
    beside = [span for span in (quote.cue, quote.speaker.mention) if span is not None and _is_near(quote, span)] if quote else []
    anchor = anchor_for(ground, claim.spans, beside)
    if anchor is None:
        return ""
    named = _naming(report, ground, claim.asserter, quote.speaker.mention if quote else None, anchor)
    known = {
        "article": report.article.id,
        **anchor,
        **({"antecedent": named} if named else {}),
        "was": describe_claim(report, claim),
    }
    name = f"{report.article.id}-{claim.id}"
    verdict = {"verdict": "true, false, or in your words", "by": "your name", "date": "2026-03-14"}
    sources = [{"url": "https://example.org/what-it-rests-on", "title": "what it is"}]
    return _alternatives(
        {"action": "confirm-claim", "id": _id(name, "confirm"), **known},
        {"action": "verdict", "id": _id(name, "verdict"), **known, **verdict, "sources": sources},
        {"action": "delete-claim", "id": _id(name, "delete"), **known},
    )


def offer_for_actor(report: Report, ground: Ground, actor: Actor) -> str:
    """Entries that confirm an actor, rename, retype or hide it, join it with another or part it; empty where it has no name in the text."""
    named = naming_mention(report, actor)
    anchor = anchor_for(ground, [named]) if named else None
    if anchor is None:
        return ""
    known = {"article": report.article.id, **anchor, "was": describe_actor(actor)}
    bare = {"article": report.article.id, **anchor}
    other = {"words": "words that mention the other", "sentence": "the whole sentence with these words"}
    name = f"{report.article.id}-{actor.id}"
    return _alternatives(
        {"action": "confirm-actor", "id": _id(name, "confirm"), **known},
        {"action": "rename", "id": _id(name, "rename"), **known, "name": actor.name},
        {"action": "retype", "id": _id(name, "retype"), **known, "type": actor.type},
        {"action": "visibility", "id": _id(name, "page"), **known, "page": "hidden"},
        {"action": "merge", "id": _id(name, "merge"), **bare, "into": other},
        {"action": "same", "id": _id(name, "same"), **bare, "with": {"article": "another article’s id", **other}},
        {"action": "apart", "id": _id(name, "apart"), **bare, "with": {"article": "another article’s id", **other}},
    )


def offer_for_undecided(report: Report, ground: Ground, mention: UndecidedMention) -> str:
    """Entries that decide whom words mention: one for each candidate whom the text names."""
    anchor = anchor_for(ground, [mention])
    if anchor is None:
        return ""
    base = {"article": report.article.id, **anchor, "was": describe_undecided(report, mention)}
    actors = [actor for id in mention.candidates for actor in report.actors if actor.id == id]
    named = [(actor, place) for actor in actors if (place := _place_of(report, ground, actor))]
    name = f"{report.article.id}-u{mention.start}"
    return _alternatives(*({"action": "same", "id": _id(name, actor.id), **base, "with": place} for actor, place in named))


# --- anchors --------------------------------------------------------------------------------------------------------------


def anchor_for(ground: Ground, spans: Sequence[Span], beside: Sequence[Span] = ()) -> dict[str, object] | None:
    """Words, sentence and, where need be, what stands before them, so that they hold exactly once; none where nothing does.

    The sentence covers the words ``beside`` too: a cue that follows in a sentence of its own must not change unseen.
    """
    text = ground.article.text
    words: list[str] = [normalise(span.of(text)) for span in spans]
    guard = ground.sentence_around([*spans, *beside])
    sentence = normalise(guard.of(text))
    if not all(words) or not sentence or len(list(ground.guards(sentence))) != 1 or ground.times(sentence) != 1:
        return None
    for before in _befores(text, guard, spans[0]):
        shown = words if len(words) > 1 else words[0]
        anchor = Anchor(words=tuple(words), sentence=sentence, before=before)
        found = find_words(anchor, guard.of(text))
        if len(found) == 1 and [span.shift(guard.start) for span in found[0]] == [Span(span.start, span.end) for span in spans]:
            return {"words": shown, **({"before": before} if before else {}), "sentence": sentence}
    return None


def _befores(text: str, guard: Span, span: Span) -> Iterator[str]:
    """Nothing; then ever more of the words before the span in its sentence."""
    yield ""
    ahead = normalise(text[guard.start : span.start]).split()
    for count in range(1, len(ahead) + 1):
        yield " ".join(ahead[-count:])


def naming_mention(report: Report, actor: Actor) -> Mention | None:
    """The mention that gives the actor's fullest name; the first of several."""
    named = [mention for mention in actor.mentions if mention.kind in ("named", "nominal")]
    return max(named, key=lambda one: (one.kind == "named", actor.name in one.of(report.article.text), len(one), -one.start), default=None)


def _place_of(report: Report, ground: Ground, actor: Actor) -> dict[str, object] | None:
    named = naming_mention(report, actor)
    return anchor_for(ground, [named]) if named else None


def _naming(report: Report, ground: Ground, actor: str | None, beside: Span | None, anchor: Fields) -> dict[str, object] | None:
    """The words that name somebody in full, where those beside the item do not."""
    known = next((one for one in report.actors if one.id == actor and actor != AUTHOR), None)
    if known is None:
        return None
    place = _place_of(report, ground, known)
    here = place is not None and place["sentence"] == anchor["sentence"] and beside is not None
    return None if here else place


# --- YAML -----------------------------------------------------------------------------------------------------------------


def _id(name: str, what: str) -> str:
    """An id for an entry, as the file allows it."""
    plain = "".join(c if c.isascii() and (c.isalnum()) else "-" for c in f"{name}-{what}".lower())
    return "-".join(part for part in plain.split("-") if part)[-80:].lstrip("-")


def _alternatives(*entries: Fields) -> str:
    """The entries as items of the list ``corrections``; all but the first are comments."""
    blocks = ["\n".join(_item(entry)) for entry in entries]
    others = ["\n".join(f"# {line}" for line in block.split("\n")) for block in blocks[1:]]
    return "\n".join([*blocks[:1], *(["# Or instead:"] if others else []), *others])


def _item(entry: Fields) -> Iterator[str]:
    lines = list(_lines(entry, 4))
    yield f"  - {lines[0].lstrip()}"
    yield from lines[1:]


def _lines(fields: Fields, indent: int) -> Iterator[str]:
    for key, value in fields.items():
        if isinstance(value, Mapping):
            yield f"{' ' * indent}{key}:"
            yield from _lines(value, indent + 2)
        elif isinstance(value, list) and value and isinstance(value[0], Mapping):
            yield f"{' ' * indent}{key}:"
            for one in value:
                first, *rest = _lines(one, indent + 4)
                yield f"{' ' * (indent + 2)}- {first.lstrip()}"
                yield from rest
        else:
            yield f"{' ' * indent}{key}: {value if key in ('action', 'id') else json.dumps(value, ensure_ascii=False)}"
