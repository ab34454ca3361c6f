"""A fictional article and its report, by hand: every kind of item that a page can show, without a model."""

from __future__ import annotations

import hashlib
from dataclasses import replace

from onrecord.model import (
    SCHEMA_VERSION,
    Actor,
    Alias,
    Article,
    Block,
    BlockKind,
    Boilerplate,
    Claim,
    Comparison,
    Corpus,
    CorpusActor,
    Cue,
    Mark,
    Member,
    Mention,
    Meta,
    Moment,
    Notice,
    Provenance,
    Quote,
    Reason,
    Reference,
    Relation,
    Report,
    Role,
    Shared,
    Span,
    Speaker,
    UndecidedMention,
)
from onrecord.reports.figures import Figures, LayoutShare, Reliability, Tally

TITLE = "Ferry quay to close for winter"
OPENING = (
    "The old quay at Varnhaven will close in November, harbour master Ilse Brandt told the Ledger on Monday. "
    "“The piles are rotten,” she said. “We have no choice.”"
)
AD = "Advertisement - story continues below"
UNION = (
    "Dock union leader Per Askov denied that crews had been warned. He called the plan “a bad joke” and asked the council to think again."
)
SOURCE = "Repairs will cost 4.2 million crowns, a source said. The firm may have known, according to Askov or Lund."
SUPPOSED = "If Brandt thinks that ferries are a luxury, she should say so."
ITEMS = ("Line 1 stops on 3 November.", "Line 2 goes on, see the timetable.")
CELLS = ("Line", "Fate", "1", "stops", "2", "goes on")
CODE = "DEP 07:40  {{ quay }}\n    ARR 08:15"
PROMPT = "Tell us what you think of Brandt and the quay!"


def fictional_report(id: str = "quay") -> Report:
    """The report."""
    text, blocks = _lay_out()
    meta = Meta(TITLE, "Nora Field", "The Varnhaven Ledger", "2024-03-05", "https://ledger.example/quay?id=7")
    article = Article(id, text, blocks, meta, "md", f"{id}.md", hashlib.sha256(text.encode()).hexdigest())
    actors = (_brandt(text), _askov(text), _ledger(text), _council(text), _place(text))
    undecided = (UndecidedMention(*_ends(text, "He called", 2), "pronoun", ("askov", "council"), "two actors fit"),)
    notices = (Notice("unclosed-quote", "A quotation mark never closes.", at(text, "a source")), Notice("short", "The article is short."))
    provenance = Provenance("0.1.0", "3.8.0", "a_model", "3.8.0")
    return Report(
        SCHEMA_VERSION,
        provenance,
        article,
        actors,
        undecided,
        _quotes(text),
        _claims(text),
        _relations(text),
        notices,
        _moments(text),
        _comparisons(text),
    )


def fictional_corpus() -> Corpus:
    """A site of one article."""
    return _corpus(fictional_report())


def fictional_pair() -> Corpus:
    """A site of two articles with the same actors, the second without any data on itself."""
    second = fictional_report("second")
    return _corpus(fictional_report(), replace(second, article=replace(second.article, meta=Meta())))


def fictional_figures() -> Figures:
    """Figures of the pipeline that the report names, chosen so that no two shares are the same."""
    return Figures(
        40,
        "a_model 3.8.0",
        classes={
            "direct": Tally(100, 90, 80, 70, 80, 70),
            "mixed": Tally(50, 40, 30, 20, 30, 20),
            "claim": Tally(200, 100, 65, 45, 65, 45),
        },
        sure={"direct": Tally(100, 50, 48, 47, 48, 47), "mixed": Tally(50, 9, 8, 7, 8, 7), "claim": Tally(200, 30, 28, 26, 28, 26)},
        layouts=(LayoutShare('X said, "..."', 33, 11, 60, 20), LayoutShare("other", 0, 0, 7, 1)),
        by_score=(
            Reliability("direct", "0.80 to 0.90", 41, 0.853, 39, 35),
            Reliability("direct", "no score", 5, None, 4, 2),
        ),
        by_confidence=(
            Reliability("direct", "high", 50, 0.912, 48, 47),
            Reliability("mixed", "low", 19, 0.41, 10, 5),
            Reliability("indirect", "high", 31, 0.84, 29, 27),
            Reliability("indirect", "medium", 60, 0.7, 42, 30),
        ),
    )


def at(text: str, words: str) -> Span:
    """Where the words first stand."""
    start = text.index(words)
    return Span(start, start + len(words))


def _corpus(*reports: Report) -> Corpus:
    actors = tuple(
        CorpusActor(actor.id, actor.name, actor.type, tuple(Member(report.article.id, actor.id) for report in reports))
        for actor in reports[0].actors
    )
    return Corpus(reports, actors)


def _ends(text: str, words: str, length: int) -> tuple[int, int]:
    start = text.index(words)
    return start, start + length


def _lay_out() -> tuple[str, tuple[Block, ...]]:
    blocks: list[Block] = []
    text = ""
    line = 1

    def leaf(kind: BlockKind, words: str, *, level: int = 0, boilerplate: Boilerplate | None = None, marks: tuple[Mark, ...] = ()) -> Block:
        nonlocal text, line
        start = len(text)
        text += words + "\n"
        line += 1
        return Block(
            kind,
            start,
            start + len(words),
            line,
            level,
            boilerplate,
            tuple(replace(m, start=m.start + start, end=m.end + start) for m in marks),
        )

    def holder(kind: BlockKind, *children: Block, level: int = 0) -> Block:
        return Block(kind, children[0].start, children[-1].end, children[0].line, level, children=children)

    blocks.append(leaf("heading", TITLE, level=1))
    blocks.append(leaf("paragraph", OPENING, marks=(Mark(4, 12, "strong"), Mark(*_ends(OPENING, "rotten", 6), "emphasis"))))
    blocks.append(leaf("paragraph", AD, boilerplate="strict"))
    blocks.append(leaf("heading", "What the union says", level=3))
    blocks.append(
        holder("block_quote", leaf("paragraph", UNION, marks=(Mark(0, 17, "link", "https://union.example/?a=1&b=2", "The union"),)))
    )
    blocks.append(
        leaf(
            "paragraph",
            SOURCE,
            marks=(Mark(0, 0, "image", "https://pictures.example/quay.jpg", "The quay"), Mark(8, 8, "image", "quay.jpg")),
        )
    )
    blocks.append(leaf("paragraph", SUPPOSED, marks=(Mark(3, 9, "link", "sums.html"), Mark(12, 12, "break"))))
    blocks.append(leaf("rule", ""))
    timetable = Mark(*_ends(ITEMS[1], "timetable", 9), "link", "../timetable.html")
    first, second = holder("item", leaf("paragraph", ITEMS[0])), holder("item", leaf("paragraph", ITEMS[1], marks=(timetable,)))
    blocks.append(holder("ordered_list", first, second, level=3))
    rows = [holder("row", *(leaf("cell", cell, level=int(row == 0)) for cell in CELLS[2 * row : 2 * row + 2])) for row in range(3)]
    blocks.append(holder("table", *rows))
    blocks.append(leaf("code", CODE))
    blocks.append(leaf("paragraph", PROMPT, boilerplate="soft"))
    return text, tuple(blocks)


def _brandt(text: str) -> Actor:
    mentions = (
        Mention(*_ends(text, "harbour master Ilse Brandt", 26), "named", "full name"),
        Mention(*_ends(text, "she said", 3), "pronoun", "nearest woman named"),
        Mention(*_ends(text, "Brandt thinks", 6), "named", "surname of Ilse Brandt"),
        Mention(*_ends(text, "Brandt and the quay", 6), "named", "surname of Ilse Brandt"),
    )
    roles = (Role("harbour master", at(text, "harbour master"), "ledger"),)
    return Actor("brandt", "Ilse Brandt", "person", mentions, (Alias("Brandt", 2), Alias("Ilse Brandt", 1)), roles)


def _askov(text: str) -> Actor:
    return Actor(
        "askov",
        "Per Askov",
        "person",
        (Mention(*_ends(text, "Dock union leader Per Askov", 27), "named"), Mention(*_ends(text, "Askov or Lund", 5), "named")),
    )


def _ledger(text: str) -> Actor:
    return Actor("ledger", "the Ledger", "media", (Mention(*_ends(text, "the Ledger on", 10), "named"),))


def _council(text: str) -> Actor:
    return Actor("council", "the council", "organization", (Mention(*_ends(text, "the council", 11), "nominal"),))


def _place(text: str) -> Actor:
    return Actor("varnhaven", "Varnhaven", "place", (Mention(*_ends(text, "Varnhaven", 9), "named"),))


def _moments(text: str) -> tuple[Moment, ...]:
    november, monday, third = (at(text, words) for words in ("November", "Monday", "3 November"))
    return (
        Moment(november.start, november.end, "2024-11", inferred=True, claim="c1"),
        Moment(monday.start, monday.end, "2024-03-04", inferred=True, quote="q1"),
        Moment(third.start, third.end, "2024-11-03", inferred=True, claim="c1"),
    )


def _quotes(text: str) -> tuple[Quote, ...]:
    brandt, she = Speaker("brandt", at(text, "harbour master Ilse Brandt")), Speaker("brandt", Span(*_ends(text, "she said", 3)))
    askov = Speaker("askov", at(text, "Dock union leader Per Askov"))
    ledger = Reference("ledger", at(text, "the Ledger"))
    warned, joke = at(text, "crews had been warned"), at(text, "the plan “a bad joke”")
    return (
        Quote(
            "q1",
            "indirect",
            (at(text, "The old quay at Varnhaven will close in November"),),
            brandt,
            "cue-after",
            "high",
            _cue(text, "told", "tell"),
            (),
            ledger,
            ledger,
            (at(text, "on Monday"),),
            score=0.874,
            runner_up=Reference("council", at(text, "the council")),
        ),
        Quote(
            "q2",
            "direct",
            (at(text, "“The piles are rotten,”"), at(text, "“We have no choice.”")),
            she,
            "around-cue",
            "high",
            _cue(text, "said", "say"),
            (at(text, "The piles are rotten,"), at(text, "We have no choice.")),
            None,
            Reference("ledger"),
        ),
        Quote("q3", "indirect", (warned,), askov, "that-clause", "medium", _cue(text, "denied", "deny"), negated=True),
        Quote(
            "q4",
            "mixed",
            (joke,),
            Speaker(candidates=("askov", "council")),
            "object",
            "low",
            _cue(text, "called", "call"),
            (at(text, "a bad joke"),),
            score=0.316,
            runner_up=Reference("council", at(text, "the council")),
        ),
        Quote(
            "q5",
            "indirect",
            (at(text, "Repairs will cost 4.2 million crowns"),),
            Speaker(None, at(text, "a source")),
            "cue-after",
            "medium",
            Cue(*_ends(text, "said. The firm", 4), "say"),
        ),
        Quote(
            "q6",
            "indirect",
            (at(text, "ferries are a luxury"),),
            Speaker("brandt", Span(*_ends(text, "Brandt thinks", 6))),
            "condition",
            "medium",
            _cue(text, "thinks", "think"),
            conditional=True,
        ),
        Quote("q7", "indirect", (at(text, "Brandt and the quay"),), Speaker(), "prompt", "low", boilerplate=True),
    )


def _cue(text: str, words: str, lemma: str) -> Cue:
    span = at(text, words)
    return Cue(span.start, span.end, lemma)


def _claims(text: str) -> tuple[Claim, ...]:
    november = at(text, "November")
    cost, number = at(text, "Repairs will cost 4.2 million crowns"), at(text, "4.2 million")
    return (
        Claim(
            "c1",
            (at(text, "The old quay at Varnhaven will close in November"),),
            "brandt",
            "event",
            "+",
            "future",
            "content",
            "q1",
            "ledger",
            ("varnhaven",),
            check_worthy=(Reason(november.start, november.end, "date"),),
        ),
        Claim("c2", (at(text, "The piles are rotten"),), "brandt", "evaluation", "+", "asserted", "content", "q2"),
        Claim("c3", (at(text, "crews had been warned"),), "askov", "event", "-", "asserted", "content", "q3"),
        Claim("c4", (at(text, "the council to think again"),), "askov", "directive", "+", "deontic", "object-control", about=("council",)),
        Claim("c5", (cost,), None, "event", "+", "future", "content", "q5", check_worthy=(Reason(number.start, number.end, "number"),)),
        Claim(
            "c6",
            (at(text, "The firm may have known"),),
            "author",
            "event",
            "+",
            "probable",
            "narration",
            parent="c5",
            hedges=(at(text, "may"),),
        ),
        Claim(
            "c7",
            (at(text, "asked the council to think again"),),
            "author",
            "event",
            "+",
            "asserted",
            "narration",
            about=("askov", "council"),
        ),
        Claim("c8", (at(text, "ferries are a luxury"),), "author", "evaluation", "+", "conditional", "narration", about=("brandt",)),
    )


def _comparisons(text: str) -> tuple[Comparison, ...]:
    piles, ferries, four = at(text, "piles"), at(text, "ferries"), at(text, "4.2 million")
    return (
        Comparison("k1", "agrees", "c2", "c6", (Shared("acting", piles, piles), Shared("beside", piles, ferries)), "both say it"),
        Comparison("k2", "conflicts", "c5", "c8", (Shared("act", ferries, ferries),), "they give another number", (four, ferries)),
    )


def _relations(text: str) -> tuple[Relation, ...]:
    return (
        Relation("r1", "brandt", "ledger", "told", "CONSULT", at(text, "told"), "+", "asserted", ("c1",), "reporting"),
        Relation("r2", "askov", "council", "asked", "REQUEST", at(text, "asked"), "+", "asserted", ("c7",), "verb"),
        Relation("r3", "brandt", "askov", "warned", "THREATEN", at(text, "warned"), "-", "asserted", ("c3",), "verb"),
        Relation("r4", "askov", "brandt", "agrees", "AGREE", at(text, "thinks"), "+", "conditional", ("c8",), "verb", True),
    )
