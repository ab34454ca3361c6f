"""Learns what names are from annotated documents, and says what cross-validation by document says of it.

    D=DATA_DIR
    python benchmarks/name_types.py $D/gum-other $D/gum-news-dev $D/articles-dev --people $D/gap/gap-development.tsv          # figures
    python benchmarks/name_types.py $D/gum-other $D/gum-news-dev $D/articles-dev --people $D/gap/gap-development.tsv --save   # and weights

A folder has ``text/NAME.txt`` and ``gold/NAME.json`` with actors, their types and their mentions. A name that no annotated mention overlaps
by half is "other": a work, an event, a word with a capital. Travel guides (``voyage`` in the name) are left out: nearly all names in them
are places. The snippets of ``--people`` (GAP) add names that are all people's, at a small weight: what they show is how people are spoken
of by one name in texts that have no headline and no lead. Folds are of whole documents, so that no document says what its own names are.
Needs scikit-learn (``onrecord[train]``).
"""

from __future__ import annotations

import csv
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import click
import msgspec
import numpy
from rich.console import Console
from rich.progress import track
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold
from spacy.language import Language

from onrecord.article import load_article
from onrecord.extract.actors.mention import Chunk
from onrecord.extract.actors.name_bounds import find_chunks
from onrecord.extract.actors.name_types import TYPES, Names, NameType, TypeWeights
from onrecord.extract.language import analyse, load_pipeline
from onrecord.extract.tokens import Doc
from onrecord.model import Article, Block, Span
from onrecord.options import DEFAULT_MODEL

WEIGHTS = Path(__file__).parents[1] / "generator" / "onrecord" / "extract" / "data" / "name_types.json"
_TYPE_OF_GOLD: Mapping[str, NameType] = {
    "person": "person",
    "organization": "organization",
    "media": "organization",
    "armed_force": "organization",
    "armed_group": "organization",
    "coalition": "organization",
    "place": "place",
    "state": "place",
}
_PARTIES: tuple[NameType, ...] = ("person", "organization", "place")
_FEWEST_DOCUMENTS = 4
"""A feature of fewer documents has no weight: it would be learned by heart."""
_FOLDS = 8
_STRENGTH = 0.3
"""The inverse of the strength of the penalty; between .1 and 1 the figures differ by half a point."""


_NEWS = ("gum-news-dev", "articles-dev")
_PEOPLE = "people"
"""What the folder of the names of people is called."""


class _Mention(msgspec.Struct, frozen=True):
    start: int
    end: int
    kind: str
    head: tuple[int, int] | None = None


class _Actor(msgspec.Struct, frozen=True):
    type: str
    mentions: tuple[_Mention, ...]


class _Gold(msgspec.Struct, frozen=True):
    actors: tuple[_Actor, ...]


@dataclass(frozen=True, slots=True)
class Item:
    """A name of a document: what is seen of it, and what people say that it is."""

    folder: str
    document: str
    features: Mapping[str, float]
    type: NameType


def _weight(item: Item) -> float:
    """How much an item tells: of news twice as much as of another genre, since news is what is read. Other genres have half as many bodies
    among their names as news has, so those count for more; one more name of somebody tells little where there are thousands."""
    if item.folder == _PEOPLE:
        return 0.06
    return (2.0 if item.folder in _NEWS else 1.0) * (1.7 if item.type == "organization" else 1.0)


def read_items(nlp: Language, folders: Sequence[Path]) -> Iterator[Item]:
    """The names of all documents."""
    paths = [(folder, path) for folder in folders for path in sorted((folder / "gold").glob("*.json")) if "voyage" not in path.stem]
    for folder, path in track(paths, "Reading", console=Console(stderr=True)):
        gold = msgspec.json.decode(path.read_bytes(), type=_Gold)
        analysis = analyse(nlp, load_article(folder / "text" / f"{path.stem}.txt"))
        names = Names(analysis.doc, find_chunks(analysis))
        for key, uses in names.uses.items():
            kind = _type_of(analysis.doc, uses, gold)
            if kind is not None:
                yield Item(folder.name, path.stem, names.features(key), kind)


def read_people(nlp: Language, file: Path) -> Iterator[Item]:
    """The names of people in snippets of GAP (Webster et al. 2018)."""
    with file.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))
    for row in track(rows, "Reading", console=Console(stderr=True)):
        text = row["Text"]
        analysis = analyse(nlp, Article(row["ID"], text, (Block("paragraph", 0, len(text), 1),)))
        named = [Span(int(row[f"{one}-offset"]), int(row[f"{one}-offset"]) + len(row[one])) for one in "AB"]
        names = Names(analysis.doc, find_chunks(analysis))
        for key, uses in names.uses.items():
            if any(_span(analysis.doc, use).overlaps(one) for use in uses for one in named):
                yield Item(_PEOPLE, row["ID"], names.features(key), "person")


def _span(doc: Doc, use: Chunk) -> Span:
    return Span(doc[use.start].idx, doc[use.end - 1].idx + len(doc[use.end - 1]))


def _type_of(doc: Doc, uses: Sequence[Chunk], gold: _Gold) -> NameType | None:
    """What most uses of a name are annotated as; None for what is a party of another kind, such as a described group."""
    kinds = Counter(_type_of_use(_span(doc, use), gold) for use in uses)
    kind = kinds.most_common(1)[0][0]
    return "other" if kind == "" else _TYPE_OF_GOLD.get(kind)


def _type_of_use(span: Span, gold: _Gold) -> str:
    """The annotated type of what has its head in a use, or else overlaps it best, by half or more; empty where nothing does."""
    named = ((actor.type, mention) for actor in gold.actors for mention in actor.mentions if mention.kind in ("named", "modifier"))
    best, kind = max(((_overlap(span, mention), kind) for kind, mention in named), default=(0.0, ""))
    return kind if best >= 0.5 else ""


def _overlap(span: Span, mention: _Mention) -> float:
    if mention.head is not None and span.start <= mention.head[0] < span.end:
        return 1.0
    shared = min(span.end, mention.end) - max(span.start, mention.start)
    return shared / (max(span.end, mention.end) - min(span.start, mention.start)) if shared > 0 else 0.0


def learn(items: Sequence[Item]) -> TypeWeights:
    """The weights that explain the types of these names."""
    documents: defaultdict[str, set[str]] = defaultdict(set)
    for item in items:
        if item.folder != _PEOPLE:
            for feature in item.features:
                documents[feature].add(item.document)
    kept = {feature for feature, where in documents.items() if len(where) >= _FEWEST_DOCUMENTS}
    vectors = DictVectorizer()
    matrix = vectors.fit_transform([{name: value for name, value in item.features.items() if name in kept} for item in items])
    model = LogisticRegression(C=_STRENGTH, max_iter=500)
    model.fit(matrix, [item.type for item in items], sample_weight=[_weight(item) for item in items])
    places = [list(model.classes_).index(kind) for kind in TYPES]
    rows = numpy.round(model.coef_[places].T, 3).tolist()
    weights = {name: tuple(row) for name, row in zip(vectors.get_feature_names_out(), rows, strict=True) if any(row)}
    return TypeWeights(TYPES, tuple(numpy.round(model.intercept_[places], 3).tolist()), dict(sorted(weights.items())))


def cross_validate(items: Sequence[Item]) -> list[Mapping[NameType, float]]:
    """How likely each type of each name is by weights that were learned without its document."""
    judged: list[Mapping[NameType, float]] = [{}] * len(items)
    for known, unknown in GroupKFold(_FOLDS).split(items, groups=[item.document for item in items]):
        weights = learn([items[i] for i in known])
        for i in unknown:
            judged[i] = weights.judge(items[i].features)
    return judged


def report(items: Sequence[Item], judged: Sequence[Mapping[NameType, float]]) -> Iterator[str]:
    """The figures, a line a folder: the types of parties, and how many names of no party are told."""
    for folder in dict.fromkeys(item.folder for item in items):
        here = [(item, odds) for item, odds in zip(items, judged, strict=True) if item.folder == folder]
        parties = [item.type == max(_PARTIES, key=lambda kind: odds[kind]) for item, odds in here if item.type != "other"]
        others = [odds["other"] > max(odds[kind] for kind in _PARTIES) for item, odds in here if item.type == "other"]
        rate = f"{sum(parties)} of {len(parties)} ({100 * sum(parties) / len(parties):.1f} %)"
        yield f"{folder}: type right {rate}; no party told {sum(others)} of {len(others)}"


@click.command()
@click.argument("folders", type=click.Path(path_type=Path, exists=True), nargs=-1, required=True)
@click.option("--people", type=click.Path(path_type=Path, exists=True), help="A table of GAP, whose names are all people's.")
@click.option("--save", is_flag=True, help="Write the weights that ship, learned from all documents.")
def main(folders: tuple[Path, ...], people: Path | None, save: bool) -> None:
    """Learns what names are, and says how well."""
    nlp = load_pipeline(DEFAULT_MODEL)
    items = [*read_items(nlp, folders), *(read_people(nlp, people) if people is not None else ())]
    for line in report(items, cross_validate(items)):
        click.echo(line)
    if save:
        WEIGHTS.write_bytes(msgspec.json.format(msgspec.json.encode(learn(items)), indent=0) + b"\n")


if __name__ == "__main__":
    main()
