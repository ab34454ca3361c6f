"""From one article to its report."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from spacy.about import __version__ as spacy_version
from spacy.language import Language

from onrecord import __version__
from onrecord.extract.accurate.judge import AccurateJudge, judge_for
from onrecord.extract.actor_lookup import look_up
from onrecord.extract.actors.find import find_actors
from onrecord.extract.attributions.find import find_attributions
from onrecord.extract.attributions.quotes import find_quotes
from onrecord.extract.claims.find import find_claims
from onrecord.extract.dates import find_moments
from onrecord.extract.language import analyse, is_english, language_of, not_english, torn_sentences
from onrecord.extract.relations.comparisons import find_comparisons
from onrecord.extract.relations.find import find_ends, find_relations
from onrecord.gazetteer import NO_GAZETTEER, Gazetteer
from onrecord.model import SCHEMA_VERSION, Article, Provenance, Report
from onrecord.options import default_attribution
from onrecord.text.ids import name_items


def build_report(article: Article, nlp: Language, *, attribution: str | None = None, gazetteer: Gazetteer = NO_GAZETTEER) -> Report:
    """Everything that the program finds in one article; nothing, and a notice, where it is not in English.

    ``attribution`` is ``accurate``, ``trained``, ``rules``, or the path of a classifier of one's own, and without it the best that is
    installed; ``gazetteer`` says who exists, as far as the user gave it.

    Each stage takes values and returns values; only :mod:`onrecord.extract` sees the spaCy analysis.
    """
    attribution = attribution or default_attribution()
    made_by = Provenance(__version__, spacy_version, f"{nlp.lang}_{nlp.meta['name']}", str(nlp.meta["version"]), Path(attribution).name)
    language = language_of(article)
    if not is_english(language):
        return Report(SCHEMA_VERSION, made_by, article, notices=(*article.notices, not_english(article, language)), language=language)
    analysis = replace(analyse(nlp, article), gazetteer=gazetteer)
    # Each stage needs what those before it found: a source is an actor even without a name, a quote's speaker is an actor, who asserts a
    # claim is whoever says its quote, and a relation rests on claims. Ids come last, since they are made of the words that were found.
    judge = judge_for(attribution)
    attributions, notices = find_attributions(analysis, judge)
    context = judge.context(article) if isinstance(judge, AccurateJudge) else None
    resolved = find_actors(analysis, attributions, context=context, ends=find_ends(analysis))
    quotes = find_quotes(analysis, attributions, resolved)
    lookup = look_up(analysis, resolved)
    claims = find_claims(analysis, quotes, lookup)
    relations = find_relations(analysis, claims, quotes, lookup)
    comparisons, too_many = find_comparisons(analysis, claims, lookup)
    report = Report(
        schema_version=SCHEMA_VERSION,
        provenance=made_by,
        article=article,
        actors=resolved.actors,
        undecided=resolved.undecided,
        quotes=quotes,
        claims=claims,
        relations=relations,
        notices=(*article.notices, *torn_sentences(analysis), *notices, *resolved.notices, *too_many),
        moments=find_moments(analysis, quotes, claims),
        comparisons=comparisons,
    )
    return name_items(report)
