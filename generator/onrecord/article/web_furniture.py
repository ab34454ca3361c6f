"""The furniture of a web page: what stands around and between the paragraphs of its article and is none of them. Captions, credits,
bylines, the headline and the standfirst, pointers to other stories, prompts and forms are known by their elements and their classes.

Whatever is known is marked in the page itself, with characters around each of its texts, before the article is looked for in it. So its
blocks are known however the page is taken apart and put together, and no block is mistaken for a caption because it has the same words.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain, pairwise
from typing import TYPE_CHECKING

from onrecord.article.layout import UNSIGNED, set_posts
from onrecord.text.quotation_marks import POST
from onrecord.text.typography import letters_of

if TYPE_CHECKING:
    from lxml.html import HtmlElement

FURNITURE = (
    "headline",
    "standfirst",
    "caption",
    "credit",
    "byline",
    "time of publication",
    "biography",
    "related stories",
    "newsletter",
    "share prompt",
    "web poll",
    "comments",
    "advertisement",
    UNSIGNED,
    POST,
)
"""The kinds, each with a mark of its own."""

# Variation selectors have no look of their own, and those from 231 on are in no sequence of the Ideographic Variation Database, so that
# no text has them. trafilatura drops other characters without a look.
_FIRST = 0xE01D6
_BEGIN = {kind: chr(_FIRST + at) for at, kind in enumerate(FURNITURE)}
_KIND = {mark: kind for kind, mark in _BEGIN.items()}
_END = "\U000e01ee"
BLANK = "\U000e01ef"
"""Stands for a blank between two inline elements, which trafilatura loses."""
_MARKS = "".join([*_KIND, _END, BLANK])
_NO_MARKS = dict.fromkeys(map(ord, _MARKS))
_RUNS = re.compile(rf"([{''.join(_KIND)}{_END}])")


@dataclass(frozen=True, slots=True)
class Names:
    """What the class or the id of an element says of its content. Words are parts of names: ``photo-credit`` and ``photoCredit`` have
    two."""

    words: frozenset[str]
    """One of these words is enough."""
    pairs: frozenset[tuple[str, str]] = field(default_factory=frozenset)
    """One of these words right after the other is enough."""

    def are_in(self, words: list[str]) -> bool:
        return not self.words.isdisjoint(words) or any(pair in self.pairs for pair in pairwise(words))


def _names(words: str, pairs: str = "") -> Names:
    two = (pair.split("-") for pair in pairs.split())
    return Names(frozenset(words.split()), frozenset((one, other) for one, other in two))


# Words of schema.org, of the microformats hentry and hcard, of the class names that WordPress's and AMP's documentation give, and of those
# that Readability's patterns for unlikely candidates share with them.
NAMES: Mapping[str, Names] = {
    "caption": _names("caption captions figcaption"),
    "credit": _names("credit credits photocredit", "photo-by image-source"),
    "standfirst": _names("standfirst dek subtitle subheadline subhed strapline", "sub-title sub-headline article-summary"),
    "biography": _names("biography", "author-bio about-author author-box author-info author-about bio-box authors-bio"),
    "byline": _names("byline bylines", "author-name by-author"),
    "time of publication": _names("dateline timestamp", "publish-date published-date pub-date publication-date"),
    "related stories": _names(
        "related recirc recirculation recommended recommendations trending outbrain taboola readmore promo",
        "read-more most-read most-popular more-stories also-read see-also read-next read-also",
    ),
    "newsletter": _names("newsletter newsletters signup subscribe subscription optin mailchimp", "sign-up opt-in"),
    "share prompt": _names("share sharing sharebar addthis sharethis", "social-links follow-us"),
    "web poll": _names("poll polls quiz"),
    "comments": _names("disqus", "comment-list comments-area comments-section"),
    "advertisement": _names("advert advertisement advertorial adsbygoogle sponsored", "ad-slot ad-container ad-unit"),
}
_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+")
_LONGEST = {"caption": 2_000, "credit": 300, "standfirst": 600, "byline": 200, "time of publication": 150, "biography": 1_500}
"""The most characters of some kinds. A longer element with such a name holds more than its name says."""
_SERIES = 5
"""How many pictures make a series, in which captions may be all the text."""
_SHARE = 4
"""An element with this part or more of the page's words is no furniture but the page, whatever its class says."""
_WHOLE = ("html", "body", "main", "article", "h1")
"""Elements whose classes say what kind of page it is."""
_UNSEEN = ("script", "style", "template", "noscript", "head")
_PROSE = ("p", "li", "dd", "blockquote", "td", "h2", "h3", "h4")
_INLINE = frozenset(["a", "abbr", "b", "cite", "code", "em", "font", "i", "q", "s", "small", "span", "strong", "sub", "sup", "time", "u"])


def without_marks(html: str) -> str:
    """The page without characters that have a meaning here."""
    return html.translate(_NO_MARKS)


def mark_furniture(page: HtmlElement, titles: Iterable[str] = ()) -> dict[str, str]:
    """Marks the texts of a parsed page's furniture, and the blanks and the times that would be lost. Returned are the addresses of the
    posts in it; see :func:`onrecord.article.layout.set_posts`.

    ``titles`` are the titles that the page states, by which its headline is known.
    """
    posts, addresses = set_posts(page)
    _keep_tables(page)
    _part_at_breaks(page)
    _keep_paragraphs(page)
    _keep_times(page)
    _keep_blanks(page)
    _keep_captions(page)
    lengths = _lengths(page)
    found = _found(page, lengths, {letters_of(title) for title in titles} - {""})
    if _is_picture_series(page, lengths, found):
        found = {element: kind for element, kind in found.items() if kind != "caption"}
    for element, kind in chain(found.items(), posts.items()):
        _mark(element, kind)
    return addresses


def _found(page: HtmlElement, lengths: Mapping[HtmlElement, int], titles: set[str]) -> dict[HtmlElement, str]:
    """The outermost elements that are furniture, with their kinds."""
    found: dict[HtmlElement, str] = {}
    most = lengths.get(page, 0) // _SHARE
    todo = [page]
    while todo:
        element = todo.pop()
        if not isinstance(element.tag, str) or element.tag in _UNSEEN:
            continue
        if lengths.get(element) and (kind := _kind(element, lengths[element], most, titles)):
            found[element] = kind
        else:
            todo.extend(element)
    return found


def _is_picture_series(page: HtmlElement, lengths: Mapping[HtmlElement, int], found: Mapping[HtmlElement, str]) -> bool:
    """Whether a page tells its story in captions, so that these are the article."""
    captions = [element for element, kind in found.items() if kind == "caption"]
    if len(captions) < _SERIES:
        return False
    inside = {one for element in found for one in element.iter("p")}
    prose = sum(lengths.get(one, 0) for one in page.iter("p") if one not in inside)
    return sum(lengths[element] for element in captions) > prose


def _kind(element: HtmlElement, length: int, most: int, titles: set[str]) -> str:
    """The kind of furniture that an element of so many characters is; empty where it is none."""
    if element.tag in ("h1", "h2") and letters_of(element.text_content()) in titles:
        return "headline"
    if length >= most or element.tag in _WHOLE:
        return ""
    return next((kind for kind in _kinds_named(element) if length <= _LONGEST.get(kind, length) and _bears_out(element, kind)), "")


def _kinds_named(element: HtmlElement) -> Iterator[str]:
    if element.tag == "figcaption":
        yield "caption"
    if element.tag == "aside":
        yield "related stories"
    if element.get("rel") == "author" or element.get("itemprop") == "author":
        yield "byline"
    words = [word.lower() for word in _WORD.findall(f"{element.get('class', '')} | {element.get('id', '')}")]
    yield from (kind for kind, names in NAMES.items() if words and names.are_in(words))


def _bears_out(element: HtmlElement, kind: str) -> bool:
    """Whether an element has what a thing of this kind has: an article may be about a poll, or quote somebody in an aside."""
    if kind == "web poll":
        return element.find(".//input") is not None or element.find(".//button") is not None
    if kind in ("related stories", "share prompt"):
        return element.find(".//a") is not None or element.tag == "a"
    return True


def _mark(element: HtmlElement, kind: str) -> None:
    """Puts marks around each text in an element."""
    for one in element.iter():
        if not isinstance(one.tag, str) or one.tag in _UNSEEN:
            continue
        if (one.text or "").strip():
            one.text = f"{_BEGIN[kind]}{one.text}{_END}"
        if one is not element and (one.tail or "").strip():
            one.tail = f"{_BEGIN[kind]}{one.tail}{_END}"
    if kind in ("caption", "credit"):
        # trafilatura drops some elements for their names; these stay in the copy of the article.
        for name in ("class", "id"):
            element.attrib.pop(name, None)
    if element.tag == "figcaption":
        element.tag = "p"


def _lengths(page: HtmlElement) -> dict[HtmlElement, int]:
    """How many characters of text each element has."""
    lengths: Counter[HtmlElement] = Counter()
    for element in reversed(list(page.iter())):
        if isinstance(element.tag, str) and element.tag not in _UNSEEN:
            lengths[element] += len((element.text or "").strip())
        parent = element.getparent()
        if parent is not None:
            lengths[parent] += lengths[element] + len((element.tail or "").strip())
    return dict(lengths)


def _keep_tables(page: HtmlElement) -> None:
    """Makes boxes of tables that only lay out the page. By the HTML standard (Techniques for distinguishing layout tables) those are
    none that have a caption, a head or scope; and data stand in cells, not in paragraphs and headings within cells."""
    for table in list(page.iter("table")):
        if any(table.find(f".//{tag}") is not None for tag in ("caption", "th", "thead")):
            continue
        if any(cell.find(f"{tag}") is not None for cell in table.iter("td") for tag in ("p", "h1", "h2", "h3", "table", "div")):
            for one in table.iter("table", "tbody", "tr", "td"):
                one.tag = "div"


_SENTENCE_END = re.compile(r"[.!?…][\"'”’»)\]]{0,4}\Z")
_SHORTEST_SENTENCE = 12
"""Characters of a text that ends as a sentence does and is one."""
_LINKED = 0.5
"""A paragraph of which links are a larger part than this may be navigation."""


def _keep_paragraphs(page: HtmlElement) -> None:
    """Makes paragraphs of boxes that are no more than that, with those like them beside, and sections of boxes around a single one:
    trafilatura takes a short box with a link in it for navigation."""
    linked = {next((one for one in link.iterancestors() if one.tag not in _INLINE), link): link for link in page.iter("a")}
    boxes = [one for one in linked if one.tag in ("div", "p") and _is_linked_prose(one)]
    alike = {(box.getparent(), box.get("class")) for box in boxes if box.tag == "div"}
    for parent in dict.fromkeys(parent for parent, _ in alike if parent is not None):
        for one in parent.iterchildren("div"):
            one.tag = "p" if (parent, one.get("class")) in alike and _is_inline(one) else "div"
    for box in boxes:
        _keep_boxes_around(box)


def _is_linked_prose(box: HtmlElement) -> bool:
    """Whether a box with a link in it ends as a sentence does, and is not mostly links."""
    if not _is_inline(box):
        return False
    words = box.text_content().strip()
    ends = len(words) >= _SHORTEST_SENTENCE and _SENTENCE_END.search(words[-8:]) is not None
    return ends and sum(len(one.text_content()) for one in box.iter("a")) < len(words) * _LINKED


def _is_inline(box: HtmlElement) -> bool:
    return all(not isinstance(child.tag, str) or child.tag in _INLINE or child.tag == "br" for child in box)


def _keep_boxes_around(box: HtmlElement) -> None:
    for above in box.iterancestors():
        if above.tag != "div" or len(above) != 1 or (above.text or "").strip() or (above[0].tail or "").strip():
            return
        above.tag = "section"


def _part_at_breaks(page: HtmlElement) -> None:
    """Makes paragraphs of what two line breaks or more part in a box."""
    for parent in {br.getparent(): True for br in page.iter("br") if _is_second(br)}:
        if parent is not None and parent.tag in ("div", "td", "section", "article", "p", "center"):
            _set_paragraphs(parent)


def _is_second(br: HtmlElement) -> bool:
    """Whether an element is a line break right after another one."""
    before = br.getprevious()
    return br.tag == "br" and before is not None and before.tag == "br" and not (before.tail or "").strip()


def _set_paragraphs(parent: HtmlElement) -> None:
    # What stands in the flow of the words goes into the paragraph that is begun; any other element parts paragraphs, and stays itself.
    children, parts = list(parent), [_paragraph_of(parent, parent.text)]
    kept = set(children)
    breaks = {br for br in children if br.tag == "br" and (_is_second(br) or (br.getnext() is not None and _is_second(br.getnext())))}
    for child in children:
        tail, child.tail = child.tail, None
        if child in breaks:
            parts.append(_paragraph_of(parent, tail))
        elif not isinstance(child.tag, str) or child.tag in _INLINE or child.tag in ("br", "img"):
            parts[-1].append(child)
            child.tail = tail
        else:
            parts.extend((child, _paragraph_of(parent, tail)))
    parent.text, parent.tag = None, "div" if parent.tag == "p" else parent.tag
    parent[:] = [part for part in parts if part in kept or len(part) or (part.text or "").strip()]


def _paragraph_of(parent: HtmlElement, text: str | None) -> HtmlElement:
    paragraph = parent.makeelement("p")
    paragraph.text = text
    return paragraph


def _keep_times(page: HtmlElement) -> None:
    """Makes spans of times within prose, of which trafilatura drops the words."""
    letters: dict[HtmlElement, str] = {}
    for time in list(page.iter("time")):
        parent = next((one for one in time.iterancestors() if one.tag not in _INLINE), None)
        if parent is None or parent.tag not in _PROSE:
            continue
        if parent not in letters:
            letters[parent] = letters_of(parent.text_content())
        if letters[parent] != letters_of(time.text_content()):
            time.tag = "span"


def _keep_captions(page: HtmlElement) -> None:
    """Makes boxes of figures that have a caption, since trafilatura drops figures whole."""
    for figure in list(page.iter("figure")):
        if figure.find(".//figcaption") is not None:
            figure.tag = "div"


def _keep_blanks(page: HtmlElement) -> None:
    """Marks blanks between inline elements, at their edges, and alone in one."""
    for element in [one for one in page.iter() if one.tag in _INLINE]:
        following, parent = element.getnext(), element.getparent()
        is_between = following is not None and following.tag in _INLINE
        is_last = following is None and parent is not None and parent.tag in _INLINE
        if element.tail and not element.tail.strip() and (is_between or is_last):
            element.tail = f" {BLANK} "
        if element.text and not element.text.strip():
            if len(element):
                element.text = f" {BLANK} "
            else:
                element.tail = f" {BLANK} {element.tail or ''}"
                element.drop_tree()


@dataclass(slots=True)
class Runs:
    """Takes the marks out of the texts of one block, and counts whose letters they are."""

    letters: Counter[str] = field(default_factory=Counter)
    """How many letters of each kind of furniture there are; under an empty name those of the article."""
    _kind: str = ""

    def read(self, text: str) -> str:
        """The text without marks."""
        kept = []
        for part in _RUNS.split(text):
            if part in _KIND:
                self._kind = _KIND[part]
            elif part == _END:
                self._kind = ""
            else:
                self.letters[self._kind] += sum(map(str.isalnum, part))
                kept.append(part.replace(BLANK, " "))
        return "".join(kept)

    def furniture(self) -> str:
        """The kind of furniture that the whole block is; empty where any of it is of the article."""
        found = +self.letters
        return "" if "" in found or not found else found.most_common(1)[0][0]
