"""Where a published link leads after an edit: to its words, or to nothing, and never to others."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.corpus import build_corpus
from onrecord.corpus.lock import NO_LOCK, Lock, LockedActor, OldLink, gone_actors, links_of, old_links, published_ids, with_corpus
from onrecord.corrections.apply import apply_corrections
from onrecord.model import Report
from onrecord.text.anchors import Ground
from onrecord.text.ids import items_of, name_items
from tests.corrections.test_properties import ARTICLES, Paragraphs, edited, plain, text_of
from tests.corrections.toy import entries, report

SAID = "Ada Lee said that the old quay will fall."


def named(text: str, id: str = "quay") -> Report:
    return name_items(report(text, id))


def after(before: str, now: str) -> dict[str, OldLink]:
    """What became of the quotes that are no longer made, by their words."""
    found = old_links(named(now), Ground(report(now).article), links_of(named(before)))
    return {" ".join(one.link.words): one for one in found if one.link.id[0] == "q"}


def test_what_is_still_made_is_no_old_link() -> None:
    assert after(SAID, f"Ben Reed left. {SAID}") == {}


def test_words_that_stand_once_keep_their_place() -> None:
    now = "Nobody knows whether the old quay will fall, and when."
    one = after(SAID, now)["the old quay will fall"]
    assert [span.of(now) for span in one.spans] == ["the old quay will fall"]
    assert not one.several and all(id[0] == "c" for id in one.now)


def test_words_within_another_quote_are_part_of_it() -> None:
    now = "Ada Lee said that the old quay will fall down."
    one = after(SAID, now)["the old quay will fall"]
    quote = named(now).quotes[0]
    assert one.now[0] == quote.id and one.spans[0].start == quote.content[0].start


def test_words_that_stand_twice_or_otherwise_have_no_place() -> None:
    twice = after(SAID, f"{SAID} Ben Reed said that the old quay will fall.")["the old quay will fall"]
    assert (twice.spans, twice.several) == ((), True)
    for gone in ("Ada Lee said that the old quay will not fall.", "Ada Lee left.", "Ada Lee said that the old quay will fallow."):
        one = after(SAID, gone)["the old quay will fall"]
        assert (one.spans, one.several) == ((), False), gone


def test_few_words_have_a_place_only_in_their_sentence() -> None:
    before = "Ada Lee said that it broke."
    assert after(before, "Ben Reed said that it broke.")["it broke"].spans == ()
    assert after(before, "It is false that Ada Lee said that it broke.")["it broke"].spans == ()


@settings(max_examples=60)
@given(st.data(), ARTICLES)
def test_no_edit_makes_a_link_lead_to_other_words(data: st.DataObject, article: Paragraphs) -> None:
    now = text_of(data.draw(edited(article)))
    later = named(now)
    locked = {link.id: link for link in links_of(named(text_of(article)))}
    found = {one.link.id: one for one in old_links(later, Ground(later.article), locked.values())}
    made = {item.id: item.spans for item in items_of(later)}
    assert set(found) == set(locked) - set(made)  # each is accounted for, once
    for id, link in locked.items():
        spans = made.get(id) or found[id].spans
        words = [plain(span.of(now)).strip(" \"'.,;:") for span in spans]
        assert words in ([], [plain(part) for part in link.words]), (link, words)
        if id in found and words:
            assert plain(now).count(words[0]) >= 1 and (not link.sentence or plain(link.sentence) in plain(now))


# --- actors ---------------------------------------------------------------------------------------------------------------


def locked(*texts: str) -> Lock:
    return with_corpus(NO_LOCK, build_corpus([named(text, f"a{number}") for number, text in enumerate(texts)]), {})


def test_a_page_keeps_its_address_when_the_name_grows() -> None:
    lock = Lock(actors={"lee": LockedActor("lee", "Lee", ("quay",))})
    (actor,) = build_corpus([named("Ada Lee left. Lee is gone.")], lock=lock).actors
    assert (actor.id, actor.name) == ("lee", "Ada Lee")


def test_nobody_else_gets_an_address_that_was_somebody_s() -> None:
    lock = Lock(actors={"ada-lee": LockedActor("ada-lee", "Old Name", ("quay",))})
    corpus = build_corpus([named("Ada Lee left.")], lock=lock)
    assert corpus.actors[0].id.startswith("ada-lee-")
    assert [(gone.actor.id, gone.now) for gone in gone_actors(lock, corpus)] == [("ada-lee", ())]


def test_an_address_is_free_again_when_its_articles_are_gone() -> None:
    lock = Lock(actors={"ada-lee": LockedActor("ada-lee", "Ada Lee", ("gone",))})
    corpus = build_corpus([named("Ada Lee left.")], lock=lock)
    assert [actor.id for actor in corpus.actors] == ["ada-lee"]
    assert gone_actors(lock, corpus) == ()


def test_two_that_are_one_by_now_have_one_page_and_the_other_leads_there() -> None:
    actors = {id: LockedActor(id, name, ("quay",)) for id, name in (("ada-lee", "Ada Lee"), ("lee", "Lee"))}
    lock = Lock(actors=actors)
    corpus = build_corpus([named("Ada Lee left. Lee is gone.")], lock=lock)
    assert [actor.id for actor in corpus.actors] == ["ada-lee"]
    assert [(gone.actor.id, gone.now) for gone in gone_actors(lock, corpus)] == [("lee", ("ada-lee",))]


def test_one_that_is_several_by_now_is_none_of_them() -> None:
    lock = Lock(actors={"reed": LockedActor("reed", "Reed", ("quay", "pier"))})
    quay, pier = (report(f"{name} left. Reed is gone.", id) for name, id in (("Ben Reed", "quay"), ("Dan Reed", "pier")))
    corpus = build_corpus([name_items(quay), name_items(pier)], lock=lock)
    assert [(gone.actor.id, gone.now) for gone in gone_actors(lock, corpus)] == [("reed", ("ben-reed", "dan-reed"))]


def test_nothing_is_told_of_one_whom_an_editor_hid() -> None:
    text = "Ada Lee left."
    hide = "corrections: [{action: visibility, id: h, article: quay, words: Ada Lee, sentence: Ada Lee left., page: hidden}]"
    lock = with_corpus(NO_LOCK, build_corpus([named(text)]), {})
    hidden = apply_corrections(named(text), entries(hide))
    corpus = build_corpus([hidden], lock=lock)
    without = type(corpus)(corpus.reports, ())
    assert hidden.actors[0].hidden and gone_actors(lock, without) == ()


def test_without_a_lock_nothing_is_kept() -> None:
    kept = published_ids(NO_LOCK, [[("quay", actor)] for actor in named(SAID).actors])
    assert (set(kept.ids), kept.reserved) == ({""}, frozenset())
