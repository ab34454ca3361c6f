"""A report with something in every field, made by hand: no model is needed to test what reads reports."""

from __future__ import annotations

from dataclasses import replace

from onrecord.model import (
    SCHEMA_VERSION,
    Actor,
    Alias,
    Article,
    Block,
    Claim,
    Comparison,
    Cue,
    Findings,
    Mark,
    Mention,
    Meta,
    Moment,
    Notice,
    Outcome,
    Provenance,
    Quote,
    Reason,
    Reference,
    Relation,
    Report,
    Role,
    Shared,
    Source,
    Span,
    Speaker,
    UndecidedMention,
    Verdict,
)

TEXT = "Mayor Ilse Brandt told the Ledger Monday the quay is “unsafe.” Nine ships met her."


def article(id: str = "quay", text: str = TEXT) -> Article:
    """An article of one paragraph in a block quote."""
    leaf = Block("paragraph", 0, len(text), 1, marks=(Mark(0, min(5, len(text)), "link", "https://a.example", "T"),))
    block = Block("block_quote", 0, len(text), 1, children=(leaf,))
    meta, short = Meta("T", "B", "O", "2024-03-05", "https://a.example", lang="en"), Notice("short", "few words")
    return Article(id, text, (block,), meta, "md", f"{id}.md", "0" * 64, notices=(short,))


def person(name: str, id: str = "p", type: str = "person") -> Actor:
    """An actor of that name, mentioned once."""
    return Actor(id, name, type, (Mention(0, 1, "named"),))  # type: ignore[arg-type]


def mayor() -> Actor:
    """A person whose role tells that she is one in all articles."""
    return replace(person("Ann Askov", "askov"), roles=(Role("mayor of Linfield", Span(0, 5)),))


def report(*actors: Actor, id: str = "quay") -> Report:
    """A report of nothing but actors."""
    return Report(SCHEMA_VERSION, Provenance("0", "3", "m", "1"), article(id), actors)


def dated(made: Report, id: str, date: str = "", outlet: str = "") -> Report:
    """The report as one on another article of that day and outlet."""
    return replace(made, article=replace(made.article, id=id, file=f"{id}.md", meta=Meta(title=f"About {id}", date=date, outlet=outlet)))


def full_report() -> Report:
    """A report with something in every field."""
    said = Quote(
        "q1",
        "mixed",
        (Span(41, 62),),
        Speaker("brandt", Span(0, 17), others=("ledger",)),
        "verb-cue",
        "high",
        Cue(18, 22, "tell"),
        (Span(54, 60),),
        Reference("ledger", Span(23, 33)),
        Reference("ledger"),
        (Span(34, 40),),
        True,
        True,
        True,
        0.812,
        Reference("ledger", Span(23, 33)),
        "corrected",
        True,
    )
    unknown = Quote("q2", "direct", (Span(54, 60),), Speaker(candidates=("brandt", "ledger")), "scare", "low")
    claim = Claim(
        "c1",
        (Span(41, 62),),
        "brandt",
        "evaluation",
        "-",
        "probable",
        "content",
        "q1",
        "ledger",
        ("ledger",),
        None,
        (Span(50, 52),),
        (Span(54, 60),),
        (Reason(63, 67, "number"),),
        True,
        ("ledger",),
    )
    verdict = Verdict("half true", "B. Checker", "2024-03-06", (Source("https://b.example/log", "Harbour log"),), "Eight did.")
    inner = Claim("c2", (Span(63, 82),), None, "event", "+", "asserted", "narration", parent="c1", status="confirmed", verdict=verdict)
    relation = Relation("r1", "ledger", "brandt", "meet", "CONSULT", Span(74, 77), "+", "asserted", ("c2",), "svo", True)
    compared = Comparison(
        "k1", "conflicts", "c1", "c2", (Shared("beside", Span(54, 60), Span(74, 77)),), "made up", (Span(50, 52), Span(63, 67))
    )
    brandt = Actor(
        "brandt",
        "Ilse Brandt",
        "person",
        (Mention(0, 17, "named", "full name"), Mention(78, 81, "pronoun")),
        (Alias("Ilse Brandt", 1),),
        (Role("Mayor", Span(0, 5), "ledger"),),
        "Ilse Brandt",
    )
    undecided = (UndecidedMention(78, 81, "pronoun", ("brandt", "ledger"), "two fit"),)
    notices = (Notice("short", "few words"), Notice("unclosed-quote", "a mark never closes", Span(53, 54)))
    provenance = Provenance("0.1.0", "3.8.0", "core_web_sm", "3.8.0")
    actors = (brandt, Actor("ledger", "the Ledger", "media", (Mention(23, 33, "named"),)))
    moments = (Moment(0, 7, "2024-03-05", inferred=True, quote="q1", claim="c1"),)
    before = (replace(said, status="machine"), unknown), (claim, replace(inner, status="machine", verdict=None)), (relation,)
    found = Findings(actors, undecided, *before, moments, (compared,))
    outcomes = (
        Outcome(
            "kind-1",
            "kind",
            "applied",
            False,
            "Applied.",
            "q1",
            (Span(41, 62),),
            "indirect, x",
            "indirect, x",
            "mixed, x",
            "E",
            "2024-03-06",
            "n",
        ),
        Outcome("gone", "delete-quote", "orphan", True, "Held: its words are gone."),
    )
    return Report(
        SCHEMA_VERSION,
        provenance,
        article(),
        actors,
        undecided,
        (said, unknown),
        (claim, inner),
        (relation,),
        notices,
        moments,
        (compared,),
        outcomes,
        found,
    )
