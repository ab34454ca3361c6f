from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from spacy.language import Language

from onrecord.extract.actor_lookup import ResolvedActors
from onrecord.extract.actors.find import find_actors
from onrecord.extract.actors.ranking import NOBODY, Decision, Question, load_ranker
from onrecord.extract.actors.word_lists import name_key
from onrecord.extract.attributions.attribution import Attribution, Phrase
from onrecord.extract.language import analyse
from onrecord.model import AUTHOR, Article, Block, Cue, Span

CASES = Path(__file__).parents[1] / "cases"


@dataclass
class Case:
    """A case of a data file: a text, and what is expected of it, line by line."""

    name: str
    text: str = ""
    expected: list[str] = field(default_factory=list)


def cases() -> list[Case]:
    found: list[Case] = []
    for file in ("actors.txt", "coreference.txt"):
        for line in (CASES / file).read_text(encoding="utf-8").splitlines():
            if line.startswith("["):
                found.append(Case(line.strip("[]")))
            elif line[:2] in ("= ", "~ ", "? ", "! ", "> "):
                found[-1].expected.append(line)
            elif line and not line.startswith("#"):
                found[-1].text += ("\n" if found[-1].text else "") + line
    return found


def resolved_actors(nlp: Language, text: str, attributions: tuple[Attribution, ...] = ()) -> ResolvedActors:
    blocks, start = [], 0
    for number, line in enumerate(text.split("\n"), 1):
        blocks.append(Block("paragraph", start, start + len(line), number))
        start += len(line) + 1
    return find_actors(analyse(nlp, Article("case", text, tuple(blocks))), attributions)


def attributions(text: str, lines: list[str]) -> tuple[Attribution, ...]:
    return tuple(attribution(text, line, number) for number, line in enumerate(line for line in lines if line.startswith("> ")))


def attribution(text: str, line: str, number: int) -> Attribution:
    source, content, cue, addressee = (*line[2:].split(" | "), "", "")[:4]
    said, who, whom, how = (place(text, words) for words in (content, source, addressee, cue))
    marked = text[said.start] == "“"
    own = source != "^"
    return Attribution(
        "direct" if marked else "indirect",
        (said,),
        "test",
        "high",
        who if own else None,
        head(text, who) if own else None,
        Cue(how.start, how.end, lemma=cue.removesuffix("ed")) if cue else None,
        quoted_parts=(Span(said.start + 1, said.end - 1),) if marked else (),
        addressee=Phrase(whom, head(text, whom)) if addressee else None,
        continues=None if own else number - 1,
    )


def place(text: str, words: str) -> Span:
    return Span(start := max(0, text.find(words)), start + len(words))


def head(text: str, span: Span) -> Span:
    return Span(span.start + span.of(text).rfind(" ") + 1, span.end)


@pytest.mark.parametrize("case", cases(), ids=lambda case: case.name)
def test_actors_of_a_text(nlp: Language, case: Case) -> None:
    said = attributions(case.text, case.expected)
    resolved = resolved_actors(nlp, case.text, said)
    lines = {_described(actor.name, actor.type, [Span(m.start, m.end).of(case.text) for m in actor.mentions]) for actor in resolved.actors}
    names = {actor.id: actor.name for actor in resolved.actors}
    for line in case.expected:
        mark, words = line[0], line[2:]
        if mark == "=":
            assert words in lines
        elif mark == "~":
            name, _, roles = words.partition(":")
            assert [role.text for actor in resolved.actors if actor.name == name for role in actor.roles] == [
                r for r in roles.strip().split("; ") if r
            ]
        elif mark == "?":
            mention, _, candidates = words.partition(": ")
            assert [names[i] for u in resolved.undecided for i in u.candidates if u.of(case.text) == mention] == candidates.split("; ")
        elif mark == "!":
            assert words not in {Span(m.start, m.end).of(case.text) for actor in resolved.actors for m in actor.mentions}


def _described(name: str, kind: str, mentions: list[str]) -> str:
    return f"{name} ({kind}): {'; '.join(mentions)}"


_HANDED_ON = (
    "Tilda Ostlund warned the school was unsafe. The Bridge Agency of Wesholm said that 60 people had used it in a week.\n"
    "“The school will cost 286 million and nobody has asked the people of Valstad,” Tilda Zelberg insisted on Tuesday. "
    "He wants the Bridge Agency of Wesholm to publish its figures."
)
"""The second "school" becomes a mention of the first one, and is taken from the party that it was."""


@pytest.mark.parametrize("text", [*(case.text for case in cases()), _HANDED_ON])
def test_each_name_is_counted_as_often_as_it_is_mentioned(nlp: Language, text: str) -> None:
    for actor in resolved_actors(nlp, text).actors:
        assert sum(alias.count for alias in actor.aliases) == sum(mention.kind != "pronoun" for mention in actor.mentions)
        assert all(alias.count > 0 for alias in actor.aliases)


def test_every_phenomenon_has_a_case_for_and_one_against_it() -> None:
    names = [case.name for case in cases()]
    assert len(names) == len(set(names))
    assert {name[2:] for name in names if name[0] == "+"} == {name[2:] for name in names if name[0] == "-"}


@dataclass(frozen=True)
class Alike:
    """A context in which one word is like any pronoun, and no other is."""

    word: Span

    def likeness(self, word: Span, others: Sequence[Span]) -> float | None:
        return None if not others else 0.7 if self.word in others else 0.1


def test_an_encoder_is_heard_where_grammar_says_nothing(nlp: Language) -> None:
    text = "Ben Reed met Tom Hale at the quay. Later he closed the gate."
    spans = {name: Span(text.index(name), text.index(name) + len(name)) for name in ("Reed", "Hale")}
    chances = {}
    for name, span in spans.items():
        analysis = analyse(nlp, Article("case", text, (Block("paragraph", 0, len(text), 1),)))
        judge = Noting()
        find_actors(analysis, (), judge, Alike(span))
        chances[name] = judge.chances
    assert chances["Reed"]["Ben Reed"] > chances["Hale"]["Ben Reed"]
    assert chances["Hale"]["Tom Hale"] > chances["Reed"]["Tom Hale"]


@dataclass
class Noting:
    """A judge that keeps what the ranker thinks of each candidate of the last question."""

    chances: dict[str, float] = field(default_factory=dict)

    def decide(self, question: Question) -> Decision:
        found = load_ranker().chances("he", question.rows)
        named = zip(question.candidates, found, strict=False)
        self.chances = {one.entity.party.name: chance for one, chance in named if one.entity.party is not None}
        return NOBODY


def test_ids_are_slugs_and_unique(nlp: Language) -> None:
    resolved = resolved_actors(nlp, "José Marsh met Jose Marsh-Penn. We saw it. The Author Club met José Marsh.")
    ids = [actor.id for actor in resolved.actors]
    assert "jose-marsh" in ids and len(ids) == len(set(ids)) and AUTHOR in ids


def test_every_mention_says_why(nlp: Language) -> None:
    resolved = resolved_actors(
        nlp, "Ada Brook opened the bridge. Brook thanked the crew. She left. Kurdish leaders cheered, and they stayed."
    )
    why = [mention.why for actor in resolved.actors for mention in actor.mentions]
    assert "surname of Ada Brook" in why and all(why)


def test_a_source_is_looked_up_by_any_word_of_its_name(nlp: Language) -> None:
    text = "Ada Brook opened the bridge."
    resolved = resolved_actors(nlp, text)
    assert {resolved.speaker(Span(0, 9), head).actor for head in (Span(0, 3), Span(4, 9))} == {"ada-brook"}
    assert resolved.speaker(Span(10, 16), Span(10, 16)).actor is None
    assert resolved.speaker(None, None).actor is None


def test_a_source_is_looked_up_by_the_noun_that_its_name_is_apposed_to(nlp: Language) -> None:
    text = "The coach, Ada Brook, opened the bridge. The coach of another team left."
    resolved = resolved_actors(nlp, text)
    assert resolved.speaker(Span(0, 20), Span(4, 9)).actor == "ada-brook"
    assert resolved.speaker(Span(41, 66), Span(45, 50)).actor is None


def test_an_undecided_source_keeps_its_candidates(nlp: Language) -> None:
    text = "Ada Brook opened the bridge. Tom Brook closed the road. Brook thanked the crew."
    head = Span(text.rindex("Brook"), text.rindex("Brook") + 5)
    speaker = resolved_actors(nlp, text).speaker(head, head)
    assert speaker.actor is None and speaker.candidates == ("ada-brook", "tom-brook")


def test_a_role_names_its_affiliation(nlp: Language) -> None:
    resolved = resolved_actors(nlp, "Pentagon spokesman Eric Dunn told reporters that the port was open.")
    role = next(actor.roles[0] for actor in resolved.actors if actor.name == "Eric Dunn")
    assert (role.text, role.affiliation, role.evidence) == ("Pentagon spokesman", "pentagon", Span(0, 18))


def test_names_of_a_share_prompt_are_no_parties(nlp: Language) -> None:
    text = "Please share this on Facebook and Twitter to tell everyone."
    article = Article("case", text, (Block("paragraph", 0, len(text), 1, boilerplate="soft"),))
    assert find_actors(analyse(nlp, article), ()).actors == ()


@pytest.mark.parametrize(
    "text", ["", "— — —", "''", "He. She. It.", "\u202e\u202d ‮🙂 🙂", "[x](javascript:alert(1)) said <b>Ada</b>.", "A" * 3000]
)
def test_odd_texts_give_spans_inside_the_text(nlp: Language, text: str) -> None:
    for actor in resolved_actors(nlp, text).actors:
        assert all(0 <= mention.start < mention.end <= len(text) for mention in actor.mentions)


def test_two_runs_agree(nlp: Language) -> None:
    text = "\n".join(case.text for case in cases())
    assert resolved_actors(nlp, text) == resolved_actors(nlp, text)


def test_keys_of_names() -> None:
    assert name_key("The  Riverton - Penn ’s") == "riverton-penn 's"
