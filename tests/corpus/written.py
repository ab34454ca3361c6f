"""Reports made from who stands in which paragraph, so that a case of joining fits on a line."""

from __future__ import annotations

from dataclasses import dataclass

from onrecord.model import SCHEMA_VERSION, Actor, ActorType, Alias, Article, Block, Corpus, Mention, Meta, Provenance, Report, Role, Span
from onrecord.text.addresses import slugify


@dataclass(frozen=True, slots=True)
class Who:
    """An actor of an article to be written."""

    name: str
    type: ActorType = "person"
    roles: tuple[str, ...] = ()
    of: str = ""
    """The name of the actor to whom the roles belong."""
    aliases: tuple[str, ...] = ()
    given: str = ""
    id: str = ""


def report_of(id: str, *paragraphs: tuple[Who | str, ...], date: str = "") -> Report:
    """A report on an article whose paragraphs name these and nothing else; a bare name is a person's."""
    text = ""
    blocks: list[Block] = []
    places: dict[str, tuple[Who, list[Mention]]] = {}
    for paragraph in paragraphs:
        start = len(text)
        for one in paragraph:
            who = Who(one) if isinstance(one, str) else one
            found = places.setdefault(who.id or slugify(who.name), (who, []))
            found[1].append(Mention(len(text), len(text) + len(who.name), "named"))
            text += who.name + " "
        blocks.append(Block("paragraph", start, len(text), len(blocks) + 1))
        text += "\n"
    ids = {who.name: id for id, (who, _) in places.items()}
    actors = tuple(
        Actor(
            actor_id,
            who.name,
            who.type,
            tuple(mentions),
            tuple(Alias(name, 1) for name in who.aliases),
            tuple(Role(role, Span(0, 1), ids.get(who.of)) for role in who.roles),
            who.given,
        )
        for actor_id, (who, mentions) in places.items()
    )
    article = Article(id, text, tuple(blocks), Meta(date=date))
    return Report(SCHEMA_VERSION, Provenance("0", "3", "m", "1"), article, actors)


def joined(corpus: Corpus) -> set[frozenset[tuple[str, str]]]:
    """Who is one with whom: sets of article and actor, of those in more than one article."""
    return {frozenset((one.article, one.actor) for one in actor.members) for actor in corpus.actors if len(actor.members) > 1}


def whys(corpus: Corpus, name: str) -> list[str]:
    """The reasons of the members of the actor of that name in most articles."""
    return [member.why for member in max((one for one in corpus.actors if one.name == name), key=lambda one: len(one.members)).members]
