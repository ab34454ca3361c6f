"""Files of a report site that are no pages: style sheet, script, downloads, and what the search box of the theme looks in.

It looks in names at once, and in the words of quotes and claims by shards that are loaded on demand. No file of these is asked for before
somebody searches. All are scripts that call a function with data, for a site that is opened from disk can load scripts and nothing else.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from jinja2 import BaseLoader, Environment

from onrecord.export.files import ExportFile, export_files
from onrecord.labels.quote_words import joined_words, quote_segments, shortened
from onrecord.labels.terms import CLAIM_LABELS, KIND_LABELS, collapse, headline
from onrecord.model import WITHHELD, Actor, Claim, Corpus, CorpusActor, Quote, Report
from onrecord.render.engine.links import actor_page, article_page
from onrecord.render.views.parties import UNKNOWN, WITHOUT_PAGE, Parties
from onrecord.text.addresses import slugify

STYLE = "assets/onrecord.css"
SCRIPT = "assets/onrecord.js"


@dataclass(frozen=True, slots=True)
class Asset:
    """A file of the site that is no page."""

    path: str
    """From the root of the site, with suffix."""
    chunks: Callable[[], Iterable[bytes]]
    """Makes its content anew, in pieces: tables of a whole archive do not fit into memory."""


def download_path(file: ExportFile) -> str:
    """Where a file of findings lies on a site."""
    return f"downloads/{file.path}"


def counted(asset: Asset, sizes: dict[str, int]) -> Asset:
    """The same file, which notes its size in bytes in ``sizes`` once it has been written to its end. The page of downloads shows sizes, and
    making a file a second time to measure it would cost as much as the first."""

    def chunks() -> Iterator[bytes]:
        size = 0
        for chunk in asset.chunks():
            size += len(chunk)
            yield chunk
        sizes[asset.path] = size

    return Asset(asset.path, chunks)


def render_assets(corpus: Corpus, *, env: Environment, with_said: bool = True) -> Iterator[Asset]:
    """The style sheet, the script, every file of findings, and the names and words that the theme's search looks in: without ``with_said``
    the names alone.

    A file of the same name in an override folder replaces the style sheet or the script, as it does a template.
    """
    yield from render_looks(env=env)
    yield Asset(NAMES, lambda: [names_index(corpus)])
    for file in export_files(corpus):
        yield Asset(download_path(file), file.chunks)
    # Last, since it is made when the first of its files is asked for: the words of a whole archive take a while.
    if with_said:
        yield from (Asset(path, partial(_once, content)) for path, content in said_index(corpus))


def _once(content: bytes) -> list[bytes]:
    return [content]


def render_looks(*, env: Environment) -> Iterator[Asset]:
    """The style sheet and the script alone, for the front page of an archive."""
    for path in (STYLE, SCRIPT):
        yield Asset(path, partial(_source, env, path))


def _source(env: Environment, path: str) -> list[bytes]:
    loader = env.loader
    assert isinstance(loader, BaseLoader), "an environment of make_environment has a loader"
    return [loader.get_source(env, path)[0].encode()]


# --- names ----------------------------------------------------------------------------------------------------------------

NAMES = "assets/names.js"

_PLAIN = re.compile(r"[ .'’-]*[A-Za-z0-9][A-Za-z0-9 .'’-]*")
"""Names of whose letters search.js makes what :func:`slugify` does."""


def names_index(corpus: Corpus) -> bytes:
    """The file that the search box loads: ``onrecordNames({"actors": [...], "articles": [...]})`` in UTF-8.

    An actor is ``[name, page, alias, ...]`` and an article ``[headline, page]``, where ``page`` is the last part of the page's address.
    Actors with most mentions come first, and the newest articles. To keep the file small, ``page`` is empty where the script can make it
    from the name (see :func:`simplest_page`), and an actor with such a page and no alias is only its name: ``"Ada Lee"``.
    """
    data = {"actors": list(_actors(corpus)), "articles": list(_articles(corpus))}
    return f"onrecordNames({json.dumps(data, ensure_ascii=False, separators=(',', ':'))});\n".encode()


def _actors(corpus: Corpus) -> Iterator[str | list[str]]:
    present = _present(corpus)
    for actor in _paged(corpus, present):
        page = actor_page(actor.id).removeprefix("actors/")
        row = [actor.name, "" if page == simplest_page(actor.name) else page, *_aliases(actor, present)]
        yield row if row[1:] != [""] else actor.name


def _present(corpus: Corpus) -> dict[tuple[str, str], Actor]:
    return {(report.article.id, actor.id): actor for report in corpus.reports for actor in report.actors}


def _paged(corpus: Corpus, present: Mapping[tuple[str, str], Actor]) -> list[CorpusActor]:
    """The actors with a page, those with most mentions first."""
    paged = [actor for actor in corpus.actors if actor.type not in WITHOUT_PAGE]
    return sorted(paged, key=lambda one: (-_mentions(one, present), one.name, one.id))


def _mentions(actor: CorpusActor, present: Mapping[tuple[str, str], Actor]) -> int:
    return sum(len(present[member.article, member.actor].mentions) for member in actor.members)


def _aliases(actor: CorpusActor, present: Mapping[tuple[str, str], Actor]) -> list[str]:
    """What an actor is called besides its name. Aliases made of words of the name are left out ("Lee" for "Ada Lee"): a search for them
    finds the name."""
    members = [present[member.article, member.actor] for member in actor.members]
    called = sorted({collapse(name) for member in members for name in (member.name, *(alias.name for alias in member.aliases))})
    # "Mayor Lee" adds a word to "Ada Lee"; after it "the mayor" adds none.
    seen = _words(actor.name) | {"the"}
    found = []
    for name in called:
        if not _words(name) <= seen:
            found.append(name)
            seen |= _words(name)
    return found


def _words(name: str) -> set[str]:
    return {word.casefold() for word in re.findall(r"\w+", name)}


def _articles(corpus: Corpus) -> Iterator[list[str]]:
    for report in _newest_first(corpus):
        yield [headline(report.article), article_page(report.article.id).removeprefix("articles/")]


def _newest_first(corpus: Corpus) -> Iterable[Report]:
    # Sorting is stable, so that articles of one day stay in their order.
    return sorted(corpus.reports, key=lambda report: report.article.meta.date, reverse=True)


def simplest_page(name: str) -> str:
    """The name of a page that the script makes of an actor's name; empty for a name of which it cannot.

    >>> simplest_page("Per O'Hara-Askov Jr."), simplest_page("Zoë")
    ('per-ohara-askov-jr', '')
    """
    return slugify(name) if _PLAIN.fullmatch(name) else ""


# --- words ----------------------------------------------------------------------------------------------------------------

SAID = "assets/said/"
"""The folder of the index of words. Its files are of no use without the theme's search."""
_TOGETHER = 64
"""How many finds stand in one file: what a search shows is mostly of few articles, which stand together."""
_SHARD = 24_000
"""Characters of a shard of words, about; a dozen kilobytes when compressed. A search loads one for each word."""
_COMMON = 8
"""A word that more than one of so many quotes and claims has ("the", "said") finds nothing, and is left out."""
_FEW = 64
"""Of so few quotes and claims no word is common."""
_SHOWN = 180
"""The most characters that are shown of what is said."""
_WORD = re.compile(r"[^\W_]+")
_GAP = re.compile(rf"{WITHHELD}(?:\s*{WITHHELD})*")


@dataclass(frozen=True, slots=True)
class _Find:
    """A quote or a claim, as the search shows it."""

    label: str
    text: str
    who: str
    page: str
    anchor: str

    @property
    def row(self) -> list[str]:
        return [self.label, shortened(self.text, _SHOWN), self.who, self.page, self.anchor]


def said_index(corpus: Corpus) -> Iterator[tuple[str, bytes]]:
    """The files of the index of words, each with its path: a table of shards, the shards, and what is found, by its number.

    ``assets/said/index.js`` calls ``onrecordSaid({"firsts": [...], "common": [...], "actors": n})``. A shard ``w3.js`` has all words from
    the fourth of ``firsts`` to before the fifth, each with the numbers of the quotes and claims that have it, every number but the first as
    its distance from the one before. ``d2.js`` has the finds from number 128 to 191, as ``[label, words, who, page, id]``, and ``a2.js``
    what is shown beside the same actors of :func:`names_index`: ``[role, quotes, articles]``. The newest article comes first.
    """
    finds = list(_finds(corpus))
    found = _places(finds)
    common = {word for word, places in found.items() if len(finds) > _FEW and len(places) * _COMMON > len(finds)}
    shards = list(_shards({word: _distances(found[word]) for word in sorted(found.keys() - common)}))
    table = {"firsts": [next(iter(shard)) for shard in shards], "common": sorted(common)}
    yield f"{SAID}index.js", _call("onrecordSaid", table)
    for number, shard in enumerate(shards):
        yield f"{SAID}w{number}.js", _call("onrecordWords", number, shard)
    for number, rows in enumerate(_together([find.row for find in finds])):
        yield f"{SAID}d{number}.js", _call("onrecordFinds", number, rows)
    for number, actors in enumerate(_together(list(_known(corpus)))):
        yield f"{SAID}a{number}.js", _call("onrecordActors", number, actors)


def _call(function: str, *values: object) -> bytes:
    return f"{function}({','.join(json.dumps(one, ensure_ascii=False, separators=(',', ':')) for one in values)});\n".encode()


def _together(rows: Sequence[list[object] | list[str]]) -> Iterator[Sequence[list[object] | list[str]]]:
    for start in range(0, len(rows), _TOGETHER):
        yield rows[start : start + _TOGETHER]


def _finds(corpus: Corpus) -> Iterator[_Find]:
    """Quotes, and claims that stand in none; those without a word that may be shown are left out."""
    parties = Parties.of_corpus(corpus)
    for report in _newest_first(corpus):
        page = article_page(report.article.id).removeprefix("articles/")
        for quote in report.quotes:
            yield from _shown(_Find(_label(quote), _quoted(report, quote), parties.speaker(report, quote.speaker).name, page, quote.id))
        for claim in report.claims:
            if claim.quote is None:
                who = parties.party(report, claim.asserter).name if claim.asserter else UNKNOWN.name
                yield from _shown(_Find(CLAIM_LABELS[claim.kind], _claimed(report, claim), who, page, claim.id))


def _shown(find: _Find) -> Iterator[_Find]:
    if _WORD.search(find.text):
        yield find


def _label(quote: Quote) -> str:
    doubts = [] if quote.counts_as_said else ["not said"]
    if quote.confidence == "low" and quote.status == "machine":
        doubts.append("uncertain")
    return ", ".join([KIND_LABELS[quote.kind], *doubts])


def _quoted(report: Report, quote: Quote) -> str:
    """The words of a quote as pages print them: what the article has in quotation marks has them here, and no more."""
    return _as_shown(joined_words(quote_segments(report.article.text, quote), quote.kind))


def _claimed(report: Report, claim: Claim) -> str:
    return _as_shown(" … ".join(collapse(span.of(report.article.text)) for span in claim.spans))


def _as_shown(text: str) -> str:
    return _GAP.sub("…", text)


def search_words(text: str) -> list[str]:
    """The words of a text as the search compares them: without accents, apostrophes and case. search.js makes the same of a query.

    >>> search_words("Zoë’s “Quay” is 40 m long")
    ['zoes', 'quay', 'is', '40', 'long']
    """
    plain = "".join(one for one in unicodedata.normalize("NFKD", text) if not unicodedata.category(one).startswith("M"))
    return [word for word in _WORD.findall(re.sub("['’]", "", plain.lower())) if len(word) > 1 or word.isdigit()]


def _places(finds: Sequence[_Find]) -> dict[str, list[int]]:
    """By word the numbers of the finds that have it, upward."""
    found: dict[str, list[int]] = {}
    for number, find in enumerate(finds):
        for word in set(search_words(find.text)):
            found.setdefault(word, []).append(number)
    return found


def _distances(places: Sequence[int]) -> list[int]:
    return [place - before for before, place in zip([0, *places], places, strict=False)]


def _shards(words: Mapping[str, list[int]]) -> Iterator[dict[str, list[int]]]:
    """The words in their order, cut into pieces of about the same size."""
    shard: dict[str, list[int]] = {}
    size = 0
    for word, places in words.items():
        if size > _SHARD:
            yield shard
            shard, size = {}, 0
        shard[word] = places
        size += len(word) + 2 * len(places)
    if shard:
        yield shard


def _known(corpus: Corpus) -> Iterator[list[object]]:
    """What is shown beside the actors of the list of names, in its order."""
    present = _present(corpus)
    quotes = Counter(
        (report.article.id, actor)
        for report in corpus.reports
        for quote in report.quotes
        if quote.counts_as_said
        for actor in {quote.speaker.actor, *quote.speaker.others}
    )
    for one in _paged(corpus, present):
        members = [present[member.article, member.actor] for member in one.members]
        role = next((collapse(role.text) for member in members for role in member.roles if WITHHELD not in role.text), "")
        yield [role, sum(quotes[member.article, member.actor] for member in one.members), len({member.article for member in one.members})]
