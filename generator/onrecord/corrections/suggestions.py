"""Entries ready to be copied into ``corrections.yml``, for the notes beside quotes, claims and actors; and old entries with the sentences
that their words stand in today."""

from __future__ import annotations

import difflib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from onrecord.corrections.correction import describe_actor, describe_claim, describe_quote, describe_undecided
from onrecord.corrections.reading import Corrections, parse_corrections
from onrecord.model import AUTHOR, WITHHELD, Actor, Article, Claim, Mention, Quote, Report, Span, UndecidedMention
from onrecord.text.anchors import Anchor, Found, Ground, find_words
from onrecord.text.typography import normalise

Fields = Mapping[str, object]

_LONGEST_SENTENCE = 2_000
"""Characters: nobody copies a longer one into a file, and no prose has it."""
_MOST_BEFORE = 8
"""Words before the words in question that tell them from others."""


def offer_for_quote(report: Report, ground: Ground, quote: Quote) -> str:
    """An entry that confirms a quote, with what to write to fix its speaker or kind or to delete it instead; empty where its words cannot
    be told from others."""
    beside = [span for span in (quote.cue, quote.speaker.mention) if span is not None and _is_near(quote, span)]
    anchor = anchor_for(ground, quote.content, beside)
    if anchor is None:
        return ""
    named = _antecedent(report, ground, quote.speaker.actor, quote.speaker.mention, anchor)
    who = _other_candidate(report, ground, quote)
    fields = {
        "action": "confirm-quote",
        "id": entry_id(f"{report.article.id}-{quote.id}"),
        "article": report.article.id,
        **anchor,
        **({"antecedent": named} if named else {}),
        "was": describe_quote(report, quote),
    }
    others = "# or delete-quote, or kind with kind: direct"
    if who is not None:
        return f"{_entry(fields, ('speaker', {'speaker': who}))}\n    {others}"
    return f"{_entry(fields)}\n    {others}, or speaker with speaker: {{words: their name, sentence: the sentence with it}}"


def _other_candidate(report: Report, ground: Ground, quote: Quote) -> dict[str, object] | None:
    """The words that name another who may have spoken, where the program saw one."""
    seen = [*quote.speaker.candidates, *([quote.runner_up.actor] if quote.runner_up and quote.runner_up.actor else [])]
    places = (_place_of(report, ground, actor) for id in seen for actor in report.actors if actor.id == id)
    return next((place for place in places if place), None)


def _is_near(quote: Quote, span: Span) -> bool:
    """Whether words belong to the quote's own report, and not to an earlier one that it goes on from."""
    return quote.cue is not None or any(part.contains(span) for part in quote.content)


def offer_for_claim(report: Report, ground: Ground, claim: Claim, quote: Quote | None) -> str:
    """An entry that confirms a claim of a quote, or of none, with what to write to give a verdict or to delete it instead; empty where its
    words cannot be told from others."""
    beside = [span for span in (quote.cue, quote.speaker.mention) if span is not None and _is_near(quote, span)] if quote else []
    anchor = anchor_for(ground, claim.spans, beside)
    if anchor is None:
        return ""
    named = _antecedent(report, ground, claim.asserter, quote.speaker.mention if quote else None, anchor)
    fields = {
        "action": "confirm-claim",
        "id": entry_id(f"{report.article.id}-{claim.id}"),
        "article": report.article.id,
        **anchor,
        **({"antecedent": named} if named else {}),
        "was": describe_claim(report, claim),
    }
    return f"{_entry(fields)}\n    # or delete-claim, or verdict with verdict:, by:, date:, sources: [{{url: https://...}}]"


def offer_for_actor(report: Report, ground: Ground, actor: Actor) -> str:
    """An entry that confirms an actor, with what to write to rename, retype or hide it, to join it with another or to part it instead;
    empty where it has no name in the text that can be told from others."""
    named = naming_mention(report, actor)
    anchor = anchor_for(ground, [named]) if named else None
    if anchor is None:
        return ""
    fields = {
        "action": "confirm-actor",
        "id": entry_id(f"{report.article.id}-{actor.id}"),
        "article": report.article.id,
        **anchor,
        "was": describe_actor(actor),
    }
    other = {"words": "words that mention the other", "sentence": "the whole sentence with these words"}
    elsewhere = {"article": "its article’s id", **other}
    instead: tuple[tuple[str, Fields], ...] = (
        ("rename", {"name": actor.name}),
        ("retype", {"type": actor.type}),
        ("visibility", {"page": "hidden"}),
        ("merge", {"into": other}),
        ("same", {"with": elsewhere}),
        ("apart", {"with": elsewhere}),
    )
    return _entry(fields, *instead)


def offer_for_undecided(report: Report, ground: Ground, mention: UndecidedMention) -> str:
    """An entry that decides whom words mention, as one of the candidates; empty where these or the words cannot be told from others."""
    anchor = anchor_for(ground, [mention])
    actors = [actor for id in mention.candidates for actor in report.actors if actor.id == id]
    places = [place for actor in actors if (place := _place_of(report, ground, actor))]
    if anchor is None or not places:
        return ""
    fields = {
        "action": "same",
        "id": entry_id(f"{report.article.id}-u{mention.start}"),
        "article": report.article.id,
        **anchor,
        "was": describe_undecided(report, mention),
        "with": places[0],
    }
    return _entry(fields, *(("same", {"with": place}) for place in places[1:]))


def offer_for_namesakes(one: tuple[Report, Actor], other: tuple[Report, Actor]) -> str:
    """An entry that says that the actors of two articles are one, with what to write to keep them apart instead; empty where either has no
    name in its article that can be told from others."""
    (report, actor), (elsewhere, namesake) = one, other
    places = [_place_of(report, Ground(report.article), actor), _place_of(elsewhere, Ground(elsewhere.article), namesake)]
    if not all(places):
        return ""
    article, there = report.article.id, elsewhere.article.id
    beside = {"with": {**({"article": there} if there != article else {}), **(places[1] or {})}}
    fields = {
        "action": "same",
        "id": entry_id(f"{article}-{actor.id}-{there}-{namesake.id}"),
        "article": article,
        **(places[0] or {}),
        "was": f"{describe_actor(actor)} in {article}; {describe_actor(namesake)} in {there}: two",
        **beside,
    }
    return _entry(fields, ("apart", beside))


# --- anchors --------------------------------------------------------------------------------------------------------------


def anchor_for(ground: Ground, spans: Sequence[Span], beside: Sequence[Span] = ()) -> dict[str, object] | None:
    """The keys ``words``, ``sentence`` and, where needed, ``before`` of an entry about these spans, so that they stand in the article
    exactly once; none where no such keys do, or where any of these words is withheld.

    The sentence covers the words ``beside`` too: a cue that follows in a sentence of its own must not change unseen.
    """
    text = ground.article.text
    words: list[str] = [normalise(span.of(text)) for span in spans]
    guard = ground.sentence_around([*spans, *beside])
    if not all(words) or len(guard) > _LONGEST_SENTENCE or WITHHELD in guard.of(text) or not ground.stands_once(guard):
        return None
    sentence = ground.plain_of(guard).text
    # The fewest words that make it unique, and mostly none.
    for before in _preceding_words(text, guard, spans[0]):
        shown = words if len(words) > 1 else words[0]
        anchor = Anchor(words=tuple(words), sentence=sentence, before=before)
        found = ground.find_words(anchor, guard)
        if len(found) == 1 and found[0] == tuple(Span(span.start, span.end) for span in spans):
            return {"words": shown, **({"before": before} if before else {}), "sentence": sentence}
    return None


def _preceding_words(text: str, guard: Span, span: Span) -> Iterator[str]:
    """Nothing; then ever more of the words before the span in its sentence, up to a few."""
    yield ""
    ahead = normalise(text[guard.start : span.start]).split()
    for count in range(1, min(len(ahead), _MOST_BEFORE) + 1):
        yield " ".join(ahead[-count:])


def naming_mention(report: Report, actor: Actor) -> Mention | None:
    """The mention that gives the actor's fullest name; the first of several."""
    return next(iter(mentions_by_fullness(report, actor)), None)


def mentions_by_fullness(report: Report, actor: Actor) -> list[Mention]:
    """The mentions that name an actor, or say what it is, the fullest name first."""
    named = [mention for mention in actor.mentions if mention.kind in ("named", "nominal")]
    text = report.article.text
    return sorted(named, key=lambda one: (one.kind != "named", actor.name not in one.of(text), -len(one), one.start))


def _place_of(report: Report, ground: Ground, actor: Actor) -> dict[str, object] | None:
    """The words and sentence that name an actor most fully; found once for each actor of an article, since many notes ask for it."""
    named = naming_mention(report, actor)
    if named is None:
        return None
    if (named,) not in ground.offered:
        ground.offered[(named,)] = anchor_for(ground, [named])
    return ground.offered[(named,)]


def _antecedent(report: Report, ground: Ground, actor: str | None, beside: Span | None, anchor: Fields) -> dict[str, object] | None:
    """The words that name somebody in full, where those beside the item do not."""
    known = next((one for one in report.actors if one.id == actor and actor != AUTHOR), None)
    if known is None:
        return None
    place = _place_of(report, ground, known)
    # A name in the same sentence needs no second anchor.
    here = place is not None and place["sentence"] == anchor["sentence"] and beside is not None
    return None if here else place


# --- YAML -----------------------------------------------------------------------------------------------------------------


def entry_id(name: str) -> str:
    """An id for an entry, as the file allows it."""
    plain = "".join(c if c.isascii() and c.isalnum() else "-" for c in name.lower())
    return "-".join(part for part in plain.split("-") if part)[-80:].lstrip("-")


def _entry(fields: Fields, *instead: tuple[str, Fields]) -> str:
    """The entry as an item of the list ``corrections``; other actions, with the keys that they need, as comments."""
    comments = [
        f"    # or instead: action: {action}" + "".join(f"\n    #{line[3:]}" for line in _lines(more, 4)) for action, more in instead
    ]
    return "\n".join([entry_text(fields, 2), *comments])


def entry_text(fields: Fields, indent: int) -> str:
    """An entry as an item of a list whose hyphens stand in the column ``indent``, without a line end."""
    first, *rest = _lines(fields, indent + 2)
    return "\n".join([f"{' ' * indent}- {first.lstrip()}", *rest])


def _lines(fields: Fields, indent: int) -> Iterator[str]:
    for key, value in fields.items():
        if isinstance(value, Mapping):
            yield f"{' ' * indent}{key}:"
            yield from _lines(value, indent + 2)
        else:
            yield f"{' ' * indent}{key}: {value if key in ('action', 'id') else json.dumps(value, ensure_ascii=False)}"


@dataclass(frozen=True, slots=True)
class Rebased:
    """A file of corrections with the sentences of today."""

    text: str
    moved: tuple[str, ...]
    """Ids of entries with a new sentence."""
    left: tuple[str, ...]
    """Ids of entries that do not hold and were left alone: their words are gone, or stand more than once."""
    diff: str
    """What changed, as a unified diff; empty where nothing did."""


def rebase(corrections: Corrections, articles: Iterable[Article]) -> Rebased:
    """The file with a new sentence for each anchor whose sentence is gone and whose words stand exactly once; comments stay."""
    grounds = {article.id: Ground(article) for article in articles}
    edits: list[tuple[int, int, str]] = []
    moved: list[str] = []
    left: list[str] = []
    for number, entry in enumerate(corrections.entries):
        for path, anchor in entry.anchors():
            ground = grounds.get(anchor.article or entry.article)
            if ground is None or isinstance(ground.locate(anchor), Found):
                continue
            sentence = _sentence_today(ground, anchor)
            # An entry may be in both lists: one of its anchors was moved, and another is gone.
            (left if sentence is None else moved).append(entry.id)
            if sentence is not None:
                place = corrections.places[".".join(filter(None, (f"corrections[{number}]", path, "sentence")))]
                raw = corrections.text[place.start : place.end]
                # A block scalar (| or >) ends with its line.
                edits.append((place.start, place.end, json.dumps(sentence, ensure_ascii=False) + ("\n" if raw.endswith("\n") else "")))
    text = _edited(corrections.text, edits)
    # Checked before anybody writes it: a file that was read before must be readable after.
    parse_corrections(text, file=corrections.file)
    diff = "\n".join(_diff(corrections, text))
    return Rebased(text, tuple(dict.fromkeys(moved)), tuple(dict.fromkeys(left)), diff)


def _sentence_today(ground: Ground, anchor: Anchor) -> str | None:
    """The sentence around the words, where both stand exactly once."""
    spans = ground.place_of_words(anchor)
    if spans is None:
        return None
    guard = ground.sentence_around(spans)
    sentence = normalise(guard.of(ground.article.text))
    stands_once = ground.times(sentence) == 1 and len(list(ground.guards(sentence))) == 1
    return sentence if stands_once and len(find_words(anchor, sentence)) == 1 else None


def _edited(text: str, edits: list[tuple[int, int, str]]) -> str:
    for start, end, words in sorted(edits, reverse=True):
        text = text[:start] + words + text[end:]
    return text


def _diff(corrections: Corrections, text: str) -> Iterator[str]:
    before, after = corrections.text.splitlines(), text.splitlines()
    return difflib.unified_diff(before, after, corrections.file, f"{corrections.file} (rebased)", lineterm="", n=4)
