"""The mask: whoever has a list of likely words cannot tell from what is left which of them were there."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.assembly.site import gather_exports, render_site
from onrecord.corpus import build_corpus
from onrecord.corpus.withholding import withhold, withhold_corpus
from onrecord.labels.terms import count_words
from onrecord.model import (
    WITHHELD,
    Alias,
    Article,
    Block,
    Findings,
    Mark,
    Mention,
    Notice,
    Outcome,
    Report,
    Role,
    Span,
    UndecidedMention,
    Withheld,
)
from onrecord.model.traversal import rebuild, with_place
from onrecord.options import TextMode
from onrecord.reports.json import encode_report
from onrecord.reports.soundness import unsound
from onrecord.text.ids import name_items
from onrecord.text.masking import Mask, Masker, cut_quotes, mask, masked, unmasked
from tests.support.fictional import fictional_report
from tests.support.reports import full_report, person
from tests.support.reports import report as of_actors

LESS: tuple[TextMode, ...] = ("excerpts", "none")
Pick = Callable[[], str]

# --- the text ------------------------------------------------------------------------------------------------------


@given(st.text())
def test_a_mask_has_as_many_words_and_is_as_long_as_these_say(text: str) -> None:
    count = count_words(text)
    assert count_words(masked(text)) == count and len(masked(text)) == max(0, 2 * count - 1)
    assert masked(masked(text)) == masked(text)


@given(st.text(), st.lists(st.integers(0, 60), max_size=8))
def test_places_keep_their_order_and_a_text_is_masked_once(text: str, edges: list[int]) -> None:
    edges = sorted({min(edge, len(text)) for edge in edges})
    article = Article("a", text, (Block("paragraph", 0, len(text), 1),))
    over = Mask.of(article, (), edges)
    assert all(one == WITHHELD or one.isspace() for one in over.text)
    places = [over.span(Span(edge, edge)).start for edge in edges]
    assert places == sorted(set(places))
    again = Mask.of(replace(article, text=over.text, blocks=(Block("paragraph", 0, len(over.text), 1),)), (), places)
    assert again.text == over.text and [again.span(Span(one, one)).start for one in places] == places


@given(st.lists(st.sampled_from(["al-Abadi’s", "4.2", "didn't", "“quay,”", "a", "U.S.", "1,000", "—", "naïve"]), min_size=1))
def test_words_of_a_part_are_counted_as_before(words: list[str]) -> None:
    text, cut = " ".join(words), len(" ".join(words[: len(words) // 2]))
    over = Mask.of(Article("a", text, (Block("paragraph", 0, len(text), 1),)), (), [cut])
    for part in (Span(0, cut), Span(cut, len(text))):
        assert count_words(over.span(part).of(over.text)) == count_words(part.of(text))


def test_what_is_shown_is_itself_and_a_part_of_a_word_is_the_whole() -> None:
    text = "Nobody spoke. She said so. Gulls did."
    article = Article("a", text, (Block("paragraph", 0, len(text), 1),))
    over = Mask.of(article, [Span(13, 26)], [])
    assert over.text == "▒ ▒  She said so. ▒ ▒ "
    assert over.span(Span(14, 17)).of(over.text) == "She"
    assert over.span(Span(9, 11)).of(over.text) == WITHHELD


def test_a_paragraph_stays_a_paragraph() -> None:
    report = fictional_report()
    less = withhold(report, "none")
    for before, after in zip(report.article.leaves(), less.article.leaves(), strict=True):
        assert count_words(before.span.of(report.article.text)) == count_words(after.span.of(less.article.text))
        assert (before.kind, len(before.marks)) == (after.kind, len(after.marks)) and after.line == 1
    assert "▒\n\n▒" in less.article.text


def numbers_of(text: str, *, shown: Sequence[Span], blocks: Sequence[Block]) -> list[int]:
    """The first numbers of lists that are left where these words are shown, and no others."""
    report = replace(of_actors(), article=Article("a", text, tuple(blocks)))
    return [block.level for block in mask(report, Withheld("excerpts", tuple(shown), 2, 1)).article.blocks]


def test_a_list_of_which_anything_is_withheld_begins_with_one() -> None:
    text = "The ferry was old. It sank."
    items = (Block("paragraph", 0, 18, 1), Block("paragraph", 19, 27, 2))
    whole = Block("ordered_list", 0, 27, 1, 1947, children=items)
    assert numbers_of(text, shown=[Span(0, 27)], blocks=[whole]) == [1947]
    assert numbers_of(text, shown=[Span(0, 18)], blocks=[whole]) == [1]
    assert numbers_of(text, shown=[], blocks=[whole]) == [1]
    alone = (replace(whole, end=18, children=items[:1]), replace(whole, start=19, children=items[1:]))
    assert numbers_of(text, shown=[Span(0, 18)], blocks=alone) == [1947, 1]


def test_of_a_block_without_words_nothing_is_shown_beside_words_that_are() -> None:
    text = "She said so."
    picture = Block("paragraph", 12, 12, 3, marks=(Mark(12, 12, "image", "secret.png", "secret"),))
    number = Block("ordered_list", 12, 12, 5, 1947, children=(Block("item", 12, 12, 5),))
    report = replace(of_actors(), article=Article("a", text, (Block("paragraph", 0, 12, 1), picture, number)))
    less = mask(report, Withheld("excerpts", (Span(0, 12),), 1, 1))
    assert less.article.text == text
    assert less.article.blocks[1].marks == (Mark(12, 12, "image"),) and less.article.blocks[2].level == 1


# --- messages ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("message", "left"),
    [
        ("nothing quoted", "nothing quoted"),
        ("and the role “mayor of Linfield”", "and the role “[…]”"),
        ("the role “head of “Quay” board”, and a paragraph with Lee", "the role “[…]”, and a paragraph with Lee"),
        ("“Lee” is the surname of Ann Lee, and the role “mayor”", "“Lee” is the surname of Ann Lee, and the role “[…]”"),
        ("the role “Lee” is secret”, and so on", "the role “[…]”, and so on"),
        ("an end ” before, “and a beginning", "an end ” before, “[…]”"),
        ("never “closed", "never “[…]”"),
        ("never opened” at all", "“[…]” at all"),
    ],
)
def test_a_message_is_cut_from_its_first_mark_to_its_last(message: str, left: str) -> None:
    assert cut_quotes(message, ["Lee"]) == left


def mayor_of(id: str) -> Report:
    """A report on an article whose mayor has a role with quotation marks in it."""
    mayor = replace(person("Ann Askov", "askov"), roles=(Role("mayor of “Linfield” and its gloxinia weather", Span(0, 5)),))
    return of_actors(mayor, id=id)


def test_a_role_with_quotation_marks_in_it_leaves_nothing_of_itself() -> None:
    corpus = build_corpus([mayor_of("one"), mayor_of("two")])
    assert any("gloxinia" in member.why for actor in corpus.actors for member in actor.members)
    less = withhold_corpus(corpus, "none")
    told = [member.why for actor in less.actors for member in actor.members] + [one.why for one in less.namesakes]
    assert any("the role “[…]”" in why for why in told)
    assert not any(word in why for why in told for word in ("gloxinia", "Linfield", "weather", "mayor"))


# --- the attacker --------------------------------------------------------------------------------------------------


def is_spared(report: Report, span: Span) -> bool:
    """Whether words say who somebody is: by them sources are told apart, which is told of every article."""
    spans: list[Span] = [mention for actor in report.actors for mention in actor.mentions]
    spans += [quote.speaker.mention for quote in report.quotes if quote.speaker.mention]
    return any(one.overlaps(span) for one in (*spans, *report.undecided))


def reworded(report: Report, mode: TextMode, pick: Pick) -> Report:
    """The report on an article that says otherwise what is withheld in a mode, and in which everything else is the same."""
    masker = hand_of(report, mode)
    text, places, at = [], [], 0
    for start, end, is_shown in zip(masker.mask.starts, (*masker.mask.starts[1:], 0), masker.mask.is_shown, strict=True):
        words = report.article.text[start:end] if end else ""
        if words and not is_shown and any(map(str.isalnum, words)) and not is_spared(report, Span(start, end)):
            words = pick().capitalize() if words[0].isupper() else pick()
        places.append(at)
        text.append(words)
        at += len(words)
    other = Mask("".join(text), masker.mask.starts, tuple(places), (True,) * len(places))
    told = otherwise_told(masker, report, pick)
    renumbered_report = replace(told, article=renumbered(masker, told.article, pick))
    moved = rebuild(renumbered_report, lambda one: with_place(one, other.span))
    return name_items(replace(moved, article=replace(moved.article, text=other.text, sha256=pick())))


def hand_of(report: Report, mode: TextMode) -> Masker:
    withheld = withhold(report, mode).article.withheld
    assert withheld is not None
    return Masker.of(report, replace(withheld, shown=tuple(shown_of(report, mode))))


def shown_of(report: Report, mode: TextMode) -> Iterator[Span]:
    """What is shown, in places of the whole text."""
    less = withhold(report, mode).article
    at = 0
    for span in less.withheld.shown if less.withheld else ():
        at = report.article.text.index(span.of(less.text), at)
        yield Span(at, at + len(span))


def renumbered(masker: Masker, article: Article, pick: Pick) -> Article:
    """The article with ordered lists that begin with another number, but for those of which every word is shown."""

    def block(one: Block) -> Block:
        level = len(pick()) * 60 if one.kind == "ordered_list" and not masker.withheld.shows(one.span) else one.level
        return replace(one, level=level, children=tuple(map(block, one.children)))

    return replace(article, blocks=tuple(map(block, article.blocks)))


def otherwise_told(masker: Masker, report: Report, pick: Pick) -> Report:
    """The report with other words where it repeats words of the text that are withheld."""

    def role(one: Role) -> Role:
        return one if masker.shows(one.evidence) else replace(one, text=" ".join(pick() for _ in range(count_words(one.text))))

    def mention(one: Mention) -> Mention:
        return one if masker.shows(one) else replace(one, why=f"“{pick()}”: {pick()}")

    def doubt(one: UndecidedMention) -> UndecidedMention:
        return one if masker.shows(one) else replace(one, why=pick())

    actors = tuple(
        replace(
            one, roles=tuple(map(role, one.roles)), mentions=tuple(map(mention, one.mentions)), aliases=(*one.aliases, Alias(pick(), 1))
        )
        for one in report.actors
    )
    relations = tuple(one if masker.shows(one.trigger) else replace(one, predicate=pick()) for one in report.relations)
    quotes = tuple(one if masker.shows(*one.content) else replace(one, score=len(pick()) / 1000) for one in report.quotes)
    notice = Notice("made-up", f"the words “{pick()}”", None)
    changed: dict[str, Any] = {"actors": actors, "relations": relations, "quotes": quotes}
    return replace(report, undecided=tuple(map(doubt, report.undecided)), notices=(*report.notices, notice), **changed)


def picker(seed: int) -> Pick:
    """Words of any length that are in no list; none is an abbreviation."""
    draw = random.Random(seed)
    return lambda: "".join(draw.choices("abdegiklmnoprstuvéöя", k=draw.randint(3, 30))) + "q"


def made_of(report: Report, mode: TextMode) -> dict[str, bytes | str]:
    """All that is written about an article, by the names of files."""
    corpus = build_corpus([report])
    pages, assets = render_site(corpus, style="file", text=mode, for_review=True)
    files: dict[str, bytes | str] = {asset.path: b"".join(asset.chunks()) for asset in assets}
    files |= {f"{page.path}.html": page.html for page in pages}
    return files | {f"data/{file.path}": b"".join(file.chunks()) for file in gather_exports([report], text=mode, with_tei=True)}


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 2**32), st.sampled_from(LESS), st.sampled_from([fictional_report, full_report]))
def test_a_withheld_report_is_the_same_whatever_the_words_were(seed: int, mode: TextMode, whole: Callable[[], Report]) -> None:
    one, other = (reworded(whole(), mode, picker(number)) for number in (seed, seed + 1))
    if mode == "none" or whole is fictional_report:
        assert one.article.text != other.article.text
    assert encode_report(withhold(one, mode)) == encode_report(withhold(other, mode))
    assert unsound(withhold(one, mode)) == ""


@pytest.mark.parametrize("mode", LESS)
def test_no_file_tells_which_of_the_likely_words_were_withheld(mode: TextMode) -> None:
    candidates = [made_of(reworded(fictional_report(), mode, picker(seed)), mode) for seed in range(3)]
    for other in candidates[1:]:
        assert other.keys() == candidates[0].keys()
        assert [name for name, content in other.items() if content != candidates[0][name]] == []
    assert len(candidates[0]) > 40


# --- reports that say that they are withheld -----------------------------------------------------------------------


def said_to_be(mode: TextMode) -> Report:
    """A report that says that it is withheld, and is not."""
    report = full_report()
    return replace(report, article=replace(report.article, withheld=Withheld(mode, (), 2, 0)))  # type: ignore[arg-type]


@pytest.mark.parametrize("mode", LESS)
def test_what_only_says_that_it_is_withheld_is_told_and_masked_all_the_same(mode: TextMode) -> None:
    assert "it says that it is withheld, and its text is not masked" in unsound(said_to_be(mode))
    less = withhold(said_to_be(mode), "full")
    assert not any(map(str.isalnum, less.article.text)) and unsound(less) == ""


def leaky(less: Report) -> Iterator[tuple[str, Report]]:
    """A withheld report with one thing in it that tells of its words."""
    article, first, last = less.article, less.actors[0], less.relations[0]
    leaf = article.blocks[0].children[0]

    def block(**changes: Any) -> Report:
        holder = replace(article.blocks[0], children=(replace(leaf, **changes),))
        return replace(less, article=replace(article, blocks=(holder,)))

    def actor(**changes: Any) -> Report:
        return replace(less, actors=(replace(first, **changes), *less.actors[1:]))

    yield "text", replace(less, article=replace(article, text="unsafe" + article.text[6:]))
    yield "length", replace(less, article=replace(article, text=article.text[:-1] + "   "))
    yield "sha256", replace(less, article=replace(article, sha256="0" * 64))
    yield "line", block(line=7)
    yield "number", replace(less, article=replace(article, blocks=(replace(article.blocks[0], kind="ordered_list", level=1947),)))
    yield "href", block(marks=(replace(leaf.marks[0], href="https://a.example/unsafe"),))
    yield "label", block(marks=(replace(leaf.marks[0], label="unsafe"),))
    yield "role", actor(roles=(replace(first.roles[0], text="unsafe"),))
    yield "alias", actor(aliases=(*first.aliases, Alias("the unsafe quay", 1)))
    yield "why", actor(mentions=(replace(first.mentions[0], why="“unsafe”"), *first.mentions[1:]))
    yield "doubt", replace(less, undecided=(replace(less.undecided[0], why="unsafe"),))
    yield "predicate", replace(less, relations=(replace(last, predicate="meet"),))
    yield "comparison", replace(less, comparisons=(replace(less.comparisons[0], why="unsafe"),))
    yield "score", replace(less, quotes=(replace(less.quotes[0], score=0.812), *less.quotes[1:]))
    yield "notice", replace(less, notices=(Notice("x", "the words “unsafe”"),))
    outcome = less.corrections[0]
    for field in ("was", "machine", "now", "message"):
        yield field, replace(less, corrections=(replace(outcome, **{field: "unsafe"}),))  # type: ignore[arg-type]
    found = less.machine or Findings()
    yield "machine", replace(less, machine=replace(found, relations=(replace(found.relations[0], predicate="meet"),)))


def test_a_withheld_report_with_anything_that_tells_is_refused() -> None:
    less = withhold(full_report(), "none")
    assert unsound(less) == "" and unmasked(full_report()) == ""
    cases: Sequence[tuple[str, Report]] = list(leaky(less))
    assert {name: unsound(report) for name, report in cases if "is not masked as it must be" not in unmasked(report)} == {}
    assert all(withhold(report, "none") != report for _, report in cases)
    assert len(cases) > 15


def test_what_is_shown_must_be_in_order_and_nothing_where_nothing_is() -> None:
    less = withhold(fictional_report(), "excerpts")
    assert less.article.withheld is not None
    mixed = replace(less.article.withheld, shown=less.article.withheld.shown[::-1])
    assert unmasked(replace(less, article=replace(less.article, withheld=mixed))) == "what it shows of its text is not in order"
    none = replace(less.article.withheld, mode="none")
    assert "shows some" in unmasked(replace(less, article=replace(less.article, withheld=none)))


def test_a_name_stays_and_what_only_looks_like_one_goes() -> None:
    report = full_report()
    aliases = (Alias("Brandt", 2), Alias("Mayor Ilse Brandt", 1), Alias("the unsafe mayor", 1), Alias("Quay Street", 1))
    report = replace(report, actors=(replace(report.actors[0], aliases=aliases), *report.actors[1:]))
    assert [one.name for one in withhold(report, "none").actors[0].aliases] == ["Brandt", "Mayor Ilse Brandt"]


def test_what_an_editor_was_told_stays_where_it_has_no_words_of_the_article() -> None:
    outcome = Outcome(
        "a", "kind", "applied", False, "“direct, Ilse Brandt” became “x”.", was="direct, Ilse Brandt", machine="rotten, direct"
    )
    told = withhold(replace(fictional_report(), corrections=(outcome,)), "none").corrections[0]
    assert (told.message, told.was, told.machine) == ("Applied.", "direct, Ilse Brandt", "")
