"""Every page of a report site, from a corpus. Pages are planned first, and each is rendered only when it is asked for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from html import unescape
from itertools import chain
from operator import methodcaller
from types import MappingProxyType
from typing import Generic, Protocol, TypeVar

from jinja2 import Environment, TemplateError

from onrecord.corpus.lock import NOTHING_OLD, OldAddresses
from onrecord.memory import NO_MEMORY, Memory
from onrecord.model import Corpus, CorpusActor, Meta
from onrecord.render.engine.environment import environment_of_site, template_error
from onrecord.render.engine.links import (
    ACTORS,
    AUDIT,
    CLAIMS,
    DOWNLOADS,
    HOME,
    METHOD,
    QUOTES,
    RELATIONS,
    REVIEW,
    TIMELINE,
    Link,
    LinkMarks,
    Rows,
    Urls,
)
from onrecord.render.lists.articles import draft_article_index
from onrecord.render.lists.findings import draft_actor_index, draft_claim_index, draft_quote_index, draft_relations
from onrecord.render.pages.actor import draft_actors, draft_gone_actors
from onrecord.render.pages.article import draft_articles
from onrecord.render.pages.audit import draft_audit
from onrecord.render.pages.home import draft_home
from onrecord.render.pages.method_and_downloads import draft_downloads, draft_method
from onrecord.render.pages.review_queue import draft_review
from onrecord.render.pages.timeline import draft_timeline
from onrecord.render.views.linked_data import Node
from onrecord.render.views.site import Elsewhere, PagePlan, Section, Site
from onrecord.reports.figures import Figures, figures_of, load_figures


class _Placed(Protocol):
    @property
    def path(self) -> str: ...


Placed = TypeVar("Placed", bound=_Placed)


class PathLookup(Generic[Placed]):
    """Finds things by path in a sequence that is made as it is read. What was passed is kept, so that the next search goes on from there
    and nothing is made twice."""

    def __init__(self, every: Iterable[Placed]) -> None:
        self._rest = iter(every)
        self._seen: dict[str, Placed] = {}

    def find(self, path: str) -> Placed | None:
        """The one with this path; None if there is none, which is only known when all have been read."""
        while path not in self._seen:
            one = next(self._rest, None)
            if one is None:
                return None
            self._seen[one.path] = one
        return self._seen[path]


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading with an id, for a table of contents."""

    level: int
    id: str
    title: str


@dataclass(frozen=True, slots=True)
class Page:
    """A rendered page."""

    path: str
    """Where it lives, without suffix: "index", "articles/first-article", "actors/index"."""
    title: str
    html: str
    """One raw HTML block: a single ``<div class="onrecord">``."""
    description: str
    headings: tuple[Heading, ...]
    anchors: frozenset[str]
    """Every id on it."""
    links: tuple[Link, ...]
    """Every place on the site that it links to, in page order."""
    in_nav: bool
    """Whether it stands in the navigation. Only the home page and the indexes do: MkDocs prints the navigation on every page, so that one
    of all pages would be larger than the pages."""
    meta: Meta | None = None
    """What the article says of itself, on the page that is a copy of it; None on other pages."""
    about: CorpusActor | None = None
    """The actor, on the page that is about one; None on other pages."""
    parts: tuple[Node, ...] = ()
    """What an article quotes and claims, in the terms of schema.org, on the page that is a copy of it."""
    repeats: bool = False
    """Whether it only lists again what other pages list, in another order or a selection. A search index can leave it out."""


_SECTIONS = (
    Section("index", (draft_home,), HOME, "Home"),
    Section("articles", (draft_articles, draft_article_index)),
    Section("actors", (draft_actors, draft_gone_actors, draft_actor_index), ACTORS, "Actors"),
    Section("quotes", (draft_quote_index,), QUOTES, "Quotes"),
    Section("claims", (draft_claim_index,), CLAIMS, "Claims"),
    Section("relations", (draft_relations,), RELATIONS, "Relations"),
    Section("timeline", (draft_timeline,), TIMELINE, "Timeline"),
    Section("sourcing", (draft_audit,), AUDIT, "Sourcing"),
    Section("method", (draft_method,), METHOD, "Method"),
    Section("downloads", (draft_downloads,), DOWNLOADS, "Downloads"),
)
_FOR_REVIEW = Section("review", (draft_review,), REVIEW, "Review")


class Pages:
    """The pages of a site. Each is rendered when it is asked for, and none is kept."""

    def __init__(self, site: Site, *, env: Environment, urls: Urls, sections: Sequence[Section] = ()) -> None:
        self.corpus = site.corpus
        self.sections = sections or (*_SECTIONS, *([_FOR_REVIEW] if site.for_review else []))
        self._site = site
        self._marks = LinkMarks(urls)
        self._env = self._with_links(env)
        self._template = cache(self._env.get_template)  # Jinja goes by way of two caches and the loader's names, for each page
        self._outline = outline if getattr(env, "overrides", ()) else outline_of_shipped
        self._indexes = {section.index: section.title for section in self.sections if section.index}
        self._lookups = {section.folder: PathLookup(self._drafts(section)) for section in self.sections}

    def __iter__(self) -> Iterator[Page]:
        """Every page, the home page first."""
        return map(self.make, self.drafts())

    def drafts(self) -> Iterator[PagePlan]:
        """The plans of all pages, the home page first."""
        return chain.from_iterable(map(self._drafts, self.sections))

    def find(self, path: str) -> PagePlan | None:
        """The plan of the page with this path; None if there will be no such page. Only plans of its section are made, and kept."""
        lookup = self._lookups.get(path.partition("/")[0])
        return lookup.find(path) if lookup else None

    def title(self, path: str) -> str | None:
        """The title of the page with this path; None if there will be no such page. The title of an index is known without a plan."""
        if path in self._indexes:
            return self._indexes[path]
        draft = self.find(path)
        return draft.title if draft else None

    def make(self, draft: PagePlan) -> Page:
        """The rendered page, with all that a site builder has to know of it. Raises :class:`onrecord.errors.OptionsError` for a template of
        the user's that cannot be rendered."""
        body = draft.body()
        try:
            rendered = self._template(draft.template).render(view=body.view, title=draft.title)
        except TemplateError as error:
            raise template_error(error, self._env) from error
        html, links = self._marks.put_in(_one_block(rendered), start=draft.path)
        anchors, headings = self._outline(html)
        return Page(
            path=draft.path,
            title=draft.title,
            html=html,
            description=body.description,
            headings=headings,
            anchors=anchors,
            links=links,
            in_nav=draft.path in self._indexes,
            meta=draft.meta,
            about=draft.about,
            parts=body.parts,
            repeats=draft.repeats,
        )

    def _with_links(self, env: Environment) -> Environment:
        """The environment with the names that every template can use: ``href``, ``asset`` and ``row``."""
        own = environment_of_site(env, {"href": self._marks.mark, "asset": self._marks.mark})
        own.globals["row"] = Rows(own)
        return own

    def _drafts(self, section: Section) -> Iterator[PagePlan]:
        return chain.from_iterable(maker(self._site) for maker in section.makers)


def render_pages(
    corpus: Corpus,
    *,
    env: Environment,
    urls: Urls,
    figures: Figures | None = None,
    title: str = "",
    for_review: bool = False,
    suggest: str = "",
    sizes: Mapping[str, int] = MappingProxyType({}),
    old: OldAddresses = NOTHING_OLD,
    others: Mapping[str, tuple[Elsewhere, ...]] = MappingProxyType({}),
    sections: Sequence[Section] = (),
    memory: Memory = NO_MEMORY,
) -> Pages:
    """The pages of the site of a corpus.

    ``figures`` say how often quotes are right: by default those that we
    ship for the reader that made the most of the reports. ``title`` is what the site is called, and ``suggest`` where its readers send
    corrections. With ``for_review`` the site has the review queue, which is for
    editors only. ``sizes`` are the bytes of the files of findings that are written already, by path; a file that is not among them is made
    to find out its size, for the list of downloads. ``old`` are published addresses that no page has any more. Where the site is one of
    several of an archive, ``others`` are its actors' pages on the other sites. ``sections`` replace the usual pages, as for the front page
    of such an archive. ``memory`` holds what was made for the same site before, as under ``mkdocs serve``.
    """
    site = Site(
        corpus=corpus,
        figures=figures or figures_of((report.provenance for report in corpus.reports), load_figures()),
        title=title,
        for_review=for_review,
        suggest=suggest,
        sizes=sizes,
        old=old,
        others=others,
        memory=memory,
    )
    return Pages(site, env=env, urls=urls, sections=sections)


# Python-Markdown passes a block of HTML on as it is up to the first blank line, and takes indented lines for code.
def _one_block(html: str) -> str:
    return "\n".join(filter(None, map(_STRIPPED, html.split("\n"))))


_STRIPPED = methodcaller("strip", " \t")


# Comments, scripts and styles are skipped whole, for an "id=" in them is no attribute. Quoted values of attributes are skipped, too: a
# title may hold "<a id=x>". The possessive quantifiers (*+, ++) never go back, so that hostile text costs no more than any other.
_WITH_ID = re.compile(
    r"""<!--.*?-->|<(?:script|style)\b.*?</(?:script|style)\s*>"""
    r"""|<(?P<name>[a-z][a-z0-9]*+)(?:[^<>"'\s]++|\s++(?!id\s*=)|"[^"]*"|'[^']*')*+\s++id\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""",
    re.I | re.S,
)
_REST = re.compile(r"""(?:[^<>"']++|"[^"]*"|'[^']*')*+>""")
_ANY_TAG = re.compile("<[^>]*>")


def outline(html: str) -> tuple[frozenset[str], tuple[Heading, ...]]:
    """All ids on a page, and its headings that have one. Found by regular expressions, because parsing takes longer than rendering."""
    ids, headings = set(), []
    for tag in _WITH_ID.finditer(html):
        found = tag[2] or tag[3] or tag[4]
        if not found:
            continue
        ids.add(id := _plain(found))
        name = tag["name"].lower()
        if name in _HEADINGS and (rest := _REST.match(html, tag.end())):
            headings.append(_heading(html, tag["name"], id, rest.end()))
    return frozenset(ids), tuple(headings)


_SHIPPED_ID = re.compile(' id="([^"]++)"')


def outline_of_shipped(html: str) -> tuple[frozenset[str], tuple[Heading, ...]]:
    """What :func:`outline` finds on a page that only shipped templates have printed, in a quarter of the time. They write every id alike,
    and neither < nor > outside of tags."""
    ids, headings = set(), []
    passed = 0
    for found in _SHIPPED_ID.finditer(html):
        tag = html.rfind("<", passed, found.start())
        passed, before = found.end(), passed
        if tag < 0 or html.rfind(">", before, found.start()) > tag:
            continue  # words of an entry for corrections.yml, in which quotation marks stand as they are
        ids.add(id := _plain(found[1]))
        name = html[tag + 1 : tag + 3]
        if name in _HEADINGS:
            headings.append(_heading(html, name, id, html.find(">", passed) + 1))
    return frozenset(ids), tuple(headings)


def _plain(value: str) -> str:
    """The value of an attribute without its entities."""
    return unescape(value) if "&" in value else value


def _heading(html: str, name: str, id: str, start: int) -> Heading:
    """The heading with this tag name, whose words begin at ``start``."""
    title = _ANY_TAG.sub("", html[start : html.find(f"</{name}", start)])
    return Heading(int(name[1]), id, " ".join(unescape(title).split()))


_HEADINGS = frozenset(f"h{level}" for level in range(1, 7))
