"""Measures who is who against people's annotation, and tells what became better and worse.

    python benchmarks/actors.py DATA_DIR/gum-news-dev       # actors, pronouns and sources, and each change against those last saved
    python benchmarks/actors.py DATA_DIR/polnear/dev        # surnames that stand alone, and joins that a person found wrong
    python benchmarks/actors.py DATA_DIR/gum-news-dev --save

A folder with ``gold/`` has GUM's documents: actors are scored by MUC, B3 and CEAFe, over named and pronoun mentions; a pronoun is right
where most names of its actor are those of the annotated one; a source is right where it covers the head word of an annotated one, or starts
in it. Any other folder has articles in ``text/``: a surname alone whose bearer is named in full elsewhere should be a person's; and
pairs of mentions that a person found wrongly joined (``figures/wrong_joins.json``, of ten articles of PolNeAR dev, some with nothing
wrong) should be apart, counted per hundred actors.

Measures and what became of each example are saved in ``figures/actors.json``, as offsets. It holds no text.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import click
import msgspec
from actor_gold import GoldActor, GoldDocument, GoldMention, lone_surnames, pronoun_group, read_documents
from clusters import score_clusters
from examples import Places, State, by_state, changes, encode_examples, load_examples, name_of
from rich.console import Console
from rich.progress import track
from spacy.language import Language
from tables import Measures, change_lines, load_measures, measure_table, save_measures

from onrecord.article import find_articles, load_article
from onrecord.extract.language import analyse, load_pipeline
from onrecord.model import Actor, Mention, Report, Span
from onrecord.options import DEFAULT_MODEL
from onrecord.reports.figures import Score, share
from onrecord.reports.pipeline import build_report

FIGURES = Path(__file__).parent / "figures"
EXAMPLES_FILE = FIGURES / "actors.json"
MEASURES_FILE = FIGURES / "actors_measures.json"
WRONG_JOINS_FILE = FIGURES / "wrong_joins.json"
_SCORED = ("named", "pronoun")

Place = tuple[str, int]
"""A mention: its document, and where its head word begins."""


@dataclass(slots=True)
class Count:
    """The sums over a folder, from which measures are made."""

    gold: list[set[Place]] = field(default_factory=list)
    shown: list[set[Place]] = field(default_factory=list)
    pronouns: Counter[str] = field(default_factory=Counter)
    pronouns_right: Counter[str] = field(default_factory=Counter)
    sources: int = 0
    sources_found: int = 0
    sources_extra: int = 0
    surnames: int = 0
    no_person: int = 0
    actors: int = 0
    wrong_joins: int = 0
    places: dict[str, Places] = field(default_factory=dict)


# --- GUM ------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Matched:
    """What is shown in a document against its gold: for each shown actor, its mentions by the head that they stand for."""

    clusters: tuple[tuple[Actor, Mapping[int, Mention]], ...]
    heads: Mapping[int, tuple[int, GoldMention]]
    """The gold actor and mention by where its head begins."""

    def meant(self, cluster: Mapping[int, Mention]) -> int | None:
        """The gold actor to which most of the names of a shown one belong."""
        votes = Counter(self.heads[head][0] for head in cluster if head in self.heads and self.heads[head][1].kind == "named")
        return votes.most_common(1)[0][0] if votes else None


def match(actors: Sequence[Actor], gold: Sequence[GoldActor]) -> Matched:
    """Each shown mention with the gold one whose head it covers, of several the one whose span fits best; each once.

    Those that cover none stand for themselves if they are names or pronouns; else they are left out.
    """
    heads = {mention.head[0]: (number, mention) for number, actor in enumerate(gold) for mention in actor.mentions}
    seen: set[int] = set()
    clusters = []
    for actor in actors:
        cluster: dict[int, Mention] = {}
        for mention in actor.mentions:
            inside = [head for head in heads if mention.start <= head < mention.end]
            at = max(inside, key=lambda head: _fit(mention, heads[head][1])) if inside else mention.start
            if at not in seen and (inside or mention.kind in _SCORED):
                seen.add(at)
                cluster[at] = mention
        if cluster:
            clusters.append((actor, cluster))
    return Matched(tuple(clusters), heads)


def _fit(mention: Mention, gold: GoldMention) -> float:
    both = min(mention.end, gold.end) - max(mention.start, gold.start)
    return both / (len(mention) + gold.end - gold.start - both)


def count_document(count: Count, report: Report, document: GoldDocument) -> None:
    """Adds what one document tells."""
    name, text = document.path.stem, report.article.text
    matched = match(report.actors, document.actors)
    count.gold += [{(name, mention.head[0]) for mention in actor.mentions} for actor in document.actors]
    count.shown += [{(name, at) for at in cluster} for _, cluster in matched.clusters]
    found: dict[int, State] = dict.fromkeys(matched.heads, "missed")
    extra: list[tuple[tuple[Span, ...], State]] = []
    for _, cluster in matched.clusters:
        meant = matched.meant(cluster)
        found |= {at: "right" if matched.heads[at][0] == meant else "content" for at in cluster if at in matched.heads}
        extra += [((Span(mention.start, mention.end),), "extra") for at, mention in cluster.items() if at not in matched.heads]
    for at, (_, mention) in matched.heads.items():
        if mention.kind == "pronoun":
            group = pronoun_group(text[slice(*mention.head)])
            count.pronouns[group] += 1
            count.pronouns_right[group] += found[at] == "right"
    marked = [((Span(*matched.heads[at][1].head),), state) for at, state in found.items()]
    count.places[name_of(name)] = by_state([*marked, *extra])
    _count_sources(count, report, document)


def _count_sources(count: Count, report: Report, document: GoldDocument) -> None:
    found: set[int] = set()
    for quote in report.quotes:
        if (mention := quote.speaker.mention) is not None:
            hits = {i for i, gold in enumerate(document.sources) if _names(mention, gold.head, gold.source)}
            found |= hits
            count.sources_extra += not hits
    count.sources += len(document.sources)
    count.sources_found += len(found)


def _names(shown: Span, head: tuple[int, int], source: Sequence[tuple[int, int]]) -> bool:
    return shown.start <= head[0] < shown.end or any(start <= shown.start < end for start, end in source)


def document_measures(count: Count) -> Measures:
    """The measures of annotated documents."""
    clusters = score_clusters(count.gold, count.shown)
    precision = share(count.sources_found, count.sources_found + count.sources_extra)
    return {
        "actors, CoNLL F": clusters.conll,
        "actors, MUC F": clusters.muc,
        "actors, B3 F": clusters.b3,
        "actors, CEAFe F": clusters.ceafe,
        "mentions found, F": clusters.mentions,
        **{f"{group}: right actor": share(count.pronouns_right[group], of) for group, of in sorted(count.pronouns.items())},
        "sources, P": precision,
        "sources, R": share(count.sources_found, count.sources),
        "sources, F": Score(precision, share(count.sources_found, count.sources)).f,
    }


# --- articles -------------------------------------------------------------------------------------------------------


def count_article(count: Count, report: Report, surnames: Sequence[Span], apart: Sequence[str]) -> None:
    """Adds what one article tells. ``apart`` are pairs of mentions that are not one actor: "10-16 204-210"."""
    name = name_of(report.article.id)
    owners = {(mention.start, mention.end): actor for actor in report.actors for mention in actor.mentions}
    states: list[tuple[tuple[Span, ...], State]] = []
    undecided = {(one.start, one.end) for one in report.undecided}
    for span in surnames:
        over = [actor.type for (start, end), actor in owners.items() if start <= span.start < end]
        person = "person" in over or any(start <= span.start < end for start, end in undecided)
        states.append(((span,), "right" if person else "content" if over else "missed"))
    count.surnames += len(states)
    count.no_person += sum(state != "right" for _, state in states)
    for pair in apart:
        one, other = (owners.get(_offsets(place)) for place in pair.split())
        count.wrong_joins += one is not None and one is other
    count.places[name] = by_state(states)


def _offsets(place: str) -> tuple[int, int]:
    start, end = map(int, place.split("-"))
    return start, end


def article_measures(count: Count) -> Measures:
    """The measures of articles without annotation."""
    measures = {"surnames alone": float(count.surnames), "surnames alone that are no person": share(count.no_person, count.surnames)}
    return measures | ({"wrong joins per 100 actors": 100 * share(count.wrong_joins, count.actors)} if count.actors else {})


def load_wrong_joins() -> dict[str, list[str]]:
    """Pairs of mentions that a person found in one actor and that are not, by the article's name as kept."""
    return msgspec.json.decode(WRONG_JOINS_FILE.read_bytes(), type=dict[str, list[str]])


# --- the command ----------------------------------------------------------------------------------------------------


def measure(folder: Path, nlp: Language) -> tuple[Measures, Count, dict[str, str]]:
    """The measures of a folder, what they come from, and the text of each article."""
    count, texts = Count(), {}
    console = Console(stderr=True)
    if (folder / "gold").is_dir():
        for document in track(list(read_documents(folder)), "extracting", console=console):
            report = build_report(load_article(document.path), nlp)
            count_document(count, report, document)
            texts[document.path.stem] = report.article.text
        return document_measures(count), count, texts
    wrong = load_wrong_joins()
    for path in track(list(find_articles([folder / "text"])), "extracting", console=console):
        article = load_article(path)
        report = build_report(article, nlp)
        kept = name_of(article.id)
        count_article(count, report, lone_surnames(analyse(nlp, article)), wrong.get(kept, ()))
        count.actors += len(report.actors) if kept in wrong else 0
        texts[article.id] = article.text
    return article_measures(count), count, texts


@click.command(help="Measure actors on DATA_DIR: GUM documents (text/ and gold/), or articles (text/).")
@click.argument("folder", metavar="DATA_DIR", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--model", default=DEFAULT_MODEL, show_default=True, help="A spaCy pipeline, by name or path.")
@click.option("--limit", default=20, show_default=True, help="How many gained and how many lost examples to print.")
@click.option("--save", "saving", is_flag=True, help="Save the measures and what became of each example.")
def main(folder: Path, model: str, limit: int, saving: bool) -> None:
    split = folder.resolve().name
    measures, count, texts = measure(folder, load_pipeline(model))
    saved = load_measures(MEASURES_FILE)
    console = Console(width=140)
    console.print(measure_table(f"{split}, {len(texts)} articles", measures, saved.get(split, {})))
    examples = load_examples(EXAMPLES_FILE)
    if split in examples:
        for line in change_lines(list(changes(sorted(texts), examples[split], count.places)), texts, limit):
            console.print(line, soft_wrap=True)
    else:
        console.print(f"\nNo examples of {split} were saved yet: what is gained and lost cannot be told.")
    if saving:
        save_measures(MEASURES_FILE, saved, split, measures)
        EXAMPLES_FILE.write_bytes(encode_examples({**examples, split: count.places}))


if __name__ == "__main__":
    main()
