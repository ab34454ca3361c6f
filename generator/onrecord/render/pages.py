"""Every page and file of a report site, from a corpus.

A page's HTML is one block: no blank line, no line that begins with a space, no brace, so that it comes through unchanged wherever
Markdown or another builder's templates would read it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

from jinja2 import Environment

from onrecord.figures import PUBLISHED, Figures, load_figures
from onrecord.model import Corpus, CorpusActor, Meta
from onrecord.render.actor_index import draft_actor_index
from onrecord.render.actor_page import draft_actors
from onrecord.render.article_index import draft_article_index
from onrecord.render.article_page import draft_articles
from onrecord.render.audit import draft_audit
from onrecord.render.claim_index import draft_claim_index
from onrecord.render.closing_pages import draft_downloads, draft_method
from onrecord.render.draft import Draft, Site, survey
from onrecord.render.home import draft_home
from onrecord.render.linked_data import Node
from onrecord.render.links import Link, Urls
from onrecord.render.quote_index import draft_quote_index
from onrecord.render.relation_index import draft_relations
from onrecord.render.timeline import draft_timeline


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
    """Only the home page and the indexes are: a nav of every page costs more than the pages."""
    meta: Meta | None = None
    """What the article says of itself, on the page that is a copy of it."""
    about: CorpusActor | None = None
    """The actor, on the page that is about one."""
    parts: tuple[Node, ...] = ()
    """What an article quotes and claims, in the terms of schema.org, on the page that is a copy of it."""


_DRAFTS: tuple[Callable[[Site], Iterator[Draft]], ...] = (
    draft_home,
    draft_article_index,
    draft_articles,
    draft_actor_index,
    draft_actors,
    draft_quote_index,
    draft_claim_index,
    draft_relations,
    draft_timeline,
    draft_audit,
    draft_method,
    draft_downloads,
)


def render_pages(corpus: Corpus, *, env: Environment, urls: Urls, figures: Figures | None = None) -> Iterator[Page]:
    """Every page of the site, the home page first. ``figures`` say how often quotes are right: by default those that we ship."""
    site = survey(corpus, figures or load_figures()[PUBLISHED])
    for drafts in _DRAFTS:
        for draft in drafts(site):
            yield render_page(draft, env=env, urls=urls)


def render_page(draft: Draft, *, env: Environment, urls: Urls) -> Page:
    """One page, with all that a site builder has to know of it."""
    links: dict[Link, None] = {}

    def href(link: Link) -> str:
        links[link] = None
        return urls.to(link, start=draft.path)

    def asset(path: str) -> str:
        return urls.to_asset(path, start=draft.path)

    html = _one_block(env.get_template(draft.template).render(view=draft.view, title=draft.title, href=href, asset=asset))
    outline = _Outline()
    outline.feed(html)
    outline.close()
    return Page(
        path=draft.path,
        title=draft.title,
        html=html,
        description=draft.description,
        headings=tuple(outline.headings),
        anchors=frozenset(outline.ids),
        links=tuple(links),
        in_nav=draft.in_nav,
        meta=draft.meta,
        about=draft.about,
        parts=draft.parts,
    )


def _one_block(html: str) -> str:
    lines = (line.strip(" \t") for line in html.split("\n"))
    return "\n".join(line for line in lines if line)


@dataclass
class _Outline(HTMLParser):
    """The ids and the headings of a page."""

    ids: list[str] = field(default_factory=list)
    headings: list[Heading] = field(default_factory=list)
    _open: tuple[int, str] | None = None
    _title: str = ""

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        name = dict(attrs).get("id")
        if name:
            self.ids.append(name)
        if name and len(tag) == 2 and tag[0] == "h" and tag[1] in "123456":
            self._open, self._title = (int(tag[1]), name), ""

    def handle_data(self, data: str) -> None:
        self._title += data

    def handle_endtag(self, tag: str) -> None:
        if self._open and tag == f"h{self._open[0]}":
            self.headings.append(Heading(*self._open, " ".join(self._title.split())))
            self._open = None
