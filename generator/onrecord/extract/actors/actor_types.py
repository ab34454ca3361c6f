"""What type an actor is, by how the article uses its names: outlets are told things and report them; states act, places do not."""

from __future__ import annotations

from onrecord.extract.actors.gazetteer import capitals, gender_of_name, known_parties, states, words
from onrecord.extract.actors.mention import name_key
from onrecord.extract.actors.merging import LOCATIVE
from onrecord.extract.actors.party import Party
from onrecord.extract.attribution import Attribution
from onrecord.extract.language import Analysis
from onrecord.extract.tokens import Doc, Token
from onrecord.model import ActorType

_REPORTING = frozenset({"report", "write", "publish", "reveal"})
_TELLING = frozenset({"tell", "inform"})
_ACTING = frozenset({"nsubj", "agent"})
_IDLE_VERBS = frozenset({"be", "have", "become", "remain", "see", "experience", "lie", "contain", "include", "face"})


def type_by_use(doc: Doc, party: Party, attributions: tuple[Attribution, ...], analysis: Analysis) -> ActorType:
    """The type of a party, given all its mentions: what its names say, unless its use in the article says otherwise."""
    if (
        party.named
        and party.type == "organization"
        and party.name not in known_parties()
        and _is_outlet(doc, party, attributions, analysis)
    ):
        return "media"
    if party.type == "place" and party.named and any(_acts(doc[i]) for i in party.heads):
        return _of_acting_place(doc, party)
    return party.type


def _of_acting_place(doc: Doc, party: Party) -> ActorType:
    """The type of what a recogniser took for a place, but the text makes the agent of a verb."""
    if any(_located(doc[i]) for i in party.heads) or name_key(party.name) in capitals():
        return "state" if name_key(party.name) in capitals() | states().keys() else "place"
    return "person" if gender_of_name(party.name) else "organization"


def _located(token: Token) -> bool:
    return token.dep_ == "pobj" and token.head.lower_ in LOCATIVE


def _is_outlet(doc: Doc, party: Party, attributions: tuple[Attribution, ...], analysis: Analysis) -> bool:
    """Whether a body is used as a news outlet: others tell it things, or it is the source of a report and no public body."""
    if set(party.name.lower().split()) & words("shapes.txt", "public"):
        return False
    told = {token.i for attribution in attributions if attribution.addressee for token in analysis.tokens(attribution.addressee.head)}
    return any(_told(doc[i]) or i in told or _reports(doc[i]) for i in party.heads)


def _told(token: Token) -> bool:
    return token.dep_ in ("dobj", "dative") and token.head.lemma_ in _TELLING and token.i - token.head.i <= 4


def _reports(token: Token) -> bool:
    if token.dep_ == "nsubj" and token.head.lemma_ in _REPORTING:
        return True
    return token.dep_ == "pobj" and token.head.lower_ == "to" and token.head.head.lower_ == "according"


def _acts(token: Token) -> bool:
    return token.dep_ in _ACTING and token.head.pos_ == "VERB" and token.head.lemma_ not in _IDLE_VERBS
