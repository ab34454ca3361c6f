"""Sets the stage for one case: a text with its actors and quotes given, so that a stage is tested without those before it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml
from spacy.language import Language

from onrecord.extract.actor_lookup import ActorLookup, ResolvedActors, look_up
from onrecord.extract.language import Analysis, analyse
from onrecord.model import Actor, ActorType, Article, Block, Cue, Mention, Meta, Quote, QuoteKind, Reference, Role, Span, Speaker

CASES = Path(__file__).parents[1] / "cases"


def read_cases(name: str) -> list[Any]:
    """The cases of a file in ``tests/cases``: each a phenomenon, a text and what is to be found in it."""
    return list(yaml.safe_load((CASES / name).read_text(encoding="utf-8")))


def case_id(case: Mapping[str, Any]) -> str:
    return str(case["case"])


class Stage:
    """The analysis, quotes and cast of one case."""

    def __init__(self, nlp: Language, case: Mapping[str, Any]) -> None:
        self.text: str = case["text"].strip()
        block = Block("paragraph", 0, len(self.text), 1, boilerplate="soft" if case.get("soft") else None)
        self.analysis: Analysis = analyse(nlp, Article("case", self.text, (block,), Meta(date=str(case.get("published", "")))))
        self.resolved = self._cast(case.get("actors", {}), case.get("roles", ()))
        self.quotes = tuple(self._quote(number, row) for number, row in enumerate(case.get("quotes", ()), 1))

    @property
    def lookup(self) -> ActorLookup:
        return look_up(self.analysis, self.resolved)

    def _cast(self, named: Mapping[str, str], roles: Sequence[Mapping[str, str]]) -> ResolvedActors:
        """Each actor under its first name; "Doe = she = her" gives it more mentions. Its id is that first name."""
        actors: list[Actor] = []
        heads: dict[Span, str] = {}
        for names, type in named.items():
            forms = names.split(" = ")
            spans = sorted(span for form in forms for span in self._places(form))
            heads.update((self._head(span), forms[0]) for span in spans)
            mentions = tuple(Mention(span.start, span.end, "named") for span in spans)
            own = tuple(Role(row["role"], self._find(row["role"]), row["of"]) for row in roles if row["actor"] == forms[0])
            actors.append(Actor(forms[0], forms[0], _type(type), mentions, roles=own))
        return ResolvedActors(tuple(actors), heads)

    def _quote(self, number: int, row: Mapping[str, Any]) -> Quote:
        content = tuple(self._find(part) for part in row["content"].split(" ~ "))
        cue = self._find(row["cue"]) if "cue" in row else None
        return Quote(
            f"q{number}",
            _kind(row.get("kind", "indirect")),
            content,
            Speaker(row.get("speaker"), self._find(row["mention"]) if "mention" in row else None),
            "given",
            "high",
            Cue(cue.start, cue.end, row["lemma"]) if cue else None,
            addressee=Reference(row["addressee"]) if "addressee" in row else None,
            outlet=Reference(row["outlet"]) if "outlet" in row else None,
            negated=row.get("negated", False),
            conditional=row.get("conditional", False),
            setting=(self._find(row["setting"]),) if "setting" in row else (),
        )

    def _head(self, span: Span) -> Span:
        root = self.analysis.tokens(span).root
        return Span(root.idx, root.idx + len(root))

    def _places(self, form: str) -> list[Span]:
        """Where a form stands as whole words."""
        found, at = [], self.text.find(form)
        while at >= 0:
            around = self.text[at - 1 : at] + self.text[at + len(form) : at + len(form) + 1]
            if not any(character.isalnum() for character in around):
                found.append(Span(at, at + len(form)))
            at = self.text.find(form, at + 1)
        assert found, f"{form!r} is not in the text"
        return found

    def _find(self, words: str) -> Span:
        at = self.text.find(words)
        assert at >= 0, f"{words!r} is not in the text"
        return Span(at, at + len(words))


def _type(name: str) -> ActorType:
    return name  # type: ignore[return-value]


def _kind(name: str) -> QuoteKind:
    return name  # type: ignore[return-value]
