"""Every page and file of a report site, from a corpus.

A page's HTML is one block: no blank line, no line that begins with a space, no brace, so that it comes through unchanged wherever
Markdown or another builder's templates would read it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import unescape
from types import MappingProxyType

from jinja2 import Environment

from onrecord.figures import PUBLISHED, Figures, load_figures
from onrecord.model import Corpus, CorpusActor, Meta
from onrecord.permalinks.old_links import NOTHING_OLD, OldAddresses
from onrecord.render.actor_index import draft_actor_index
from onrecord.render.actor_page import draft_actors
from onrecord.render.article_index import draft_article_index
from onrecord.render.article_page import draft_articles
from onrecord.render.audit import draft_audit
from onrecord.render.claim_index import draft_claim_index
from onrecord.render.closing_pages import draft_downloads, draft_method
from onrecord.render.draft import Draft, Elsewhere, Site, survey
from onrecord.render.gone_actors import draft_gone_actors
from onrecord.render.home import draft_home
from onrecord.render.linked_data import Node
from onrecord.render.links import Link, Urls
from onrecord.render.places import Places, Rows
from onrecord.render.quote_index import draft_quote_index
from onrecord.render.relation_index import draft_relations
from onrecord.render.review_queue import draft_review
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
    repeats: bool = False
    """Whether it only sorts again what other pages list, so that a search need not look here."""


_DRAFTS: tuple[Callable[[Site], Iterator[Draft]], ...] = (
    draft_home,
    draft_article_index,
    draft_articles,
    draft_actor_index,
    draft_actors,
    draft_gone_actors,
    draft_quote_index,
    draft_claim_index,
    draft_relations,
    draft_timeline,
    draft_audit,
    draft_method,
    draft_downloads,
    draft_review,
)


def render_pages(
    corpus: Corpus,
    *,
    env: Environment,
    urls: Urls,
    figures: Figures | None = None,
    for_review: bool = False,
    sizes: Mapping[str, int] = MappingProxyType({}),
    old: OldAddresses = NOTHING_OLD,
    others: Mapping[str, tuple[Elsewhere, ...]] = MappingProxyType({}),
    makers: Sequence[Callable[[Site], Iterator[Draft]]] = (),
) -> Iterator[Page]:
    """Every page of the site, the home page first; none is kept. ``figures`` say how often quotes are right: by default those we ship.

    Made ``for_review``, it has the review queue, which is for editors and for nobody else. ``sizes`` are bytes of the files that are
    written already, by path; others are made to find out theirs. Addresses that are ``old`` are on it too. Where the site is one of an
    archive's, ``others`` are its actors' pages on the rest; ``makers`` make other pages than those of a site.
    """
    site = survey(corpus, figures or load_figures()[PUBLISHED], for_review=for_review, sizes=sizes, old=old, others=others)
    places = Places(urls)
    everywhere: dict[str, object] = {"href": places.mark, "asset": places.mark}
    everywhere["row"] = Rows(env, dict(everywhere))
    for drafts in makers or _DRAFTS:
        for draft in drafts(site):
            yield _render_page(draft, env, places, everywhere)


def _render_page(draft: Draft, env: Environment, places: Places, everywhere: Mapping[str, object]) -> Page:
    """One page, with all that a site builder has to know of it."""
    rendered = env.get_template(draft.template).render(view=draft.view, title=draft.title, **everywhere)
    html, links = places.put_in(_one_block(rendered), start=draft.path)
    anchors, headings = outline(html)
    return Page(
        path=draft.path,
        title=draft.title,
        html=html,
        description=draft.description,
        headings=headings,
        anchors=anchors,
        links=links,
        in_nav=draft.in_nav,
        meta=draft.meta,
        about=draft.about,
        parts=draft.parts,
        repeats=draft.repeats,
    )


def _one_block(html: str) -> str:
    lines = (line.strip(" \t") for line in html.split("\n"))
    return "\n".join(line for line in lines if line)


# Comments, scripts and styles are skipped whole; what stands in quotation marks in a tag is its attribute's value, whatever it holds.
_TAG = re.compile(
    r"""<!--.*?-->|<(?:script|style)\b.*?</(?:script|style)\s*>|<(?P<name>[a-z][a-z0-9]*+)(?P<rest>(?:[^<>"']++|"[^"]*"|'[^']*')*+)>""",
    re.I | re.S,
)
_ID = re.compile(r"""(?:^|\s)id\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))|"[^"]*"|'[^']*'""", re.I)
_ANY_TAG = re.compile("<[^>]*>")


def outline(html: str) -> tuple[frozenset[str], tuple[Heading, ...]]:
    """The ids of a page, and its headings that have one. By regular expressions: a parser takes longer than the template did."""
    ids, headings = set(), []
    for tag in _TAG.finditer(html):
        rest = tag["rest"]
        if not rest or "id" not in rest.lower():
            continue
        found = next((value for one in _ID.finditer(rest) if (value := one[1] or one[2] or one[3])), None)
        if found is None:
            continue
        id = unescape(found)
        ids.add(id)
        name = tag["name"].lower()
        if name in _HEADINGS:
            title = _ANY_TAG.sub("", html[tag.end() : html.find(f"</{tag['name']}", tag.end())])
            headings.append(Heading(int(name[1]), id, " ".join(unescape(title).split())))
    return frozenset(ids), tuple(headings)


_HEADINGS = frozenset(f"h{level}" for level in range(1, 7))
