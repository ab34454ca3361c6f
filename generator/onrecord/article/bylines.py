"""Who wrote an article, as its page prints it: names without their titles and places, in whatever element the page marks them; news
agencies, which write what others publish; and the lines of a text that only name its author, or tell of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise, takewhile
from typing import TYPE_CHECKING

from onrecord.article.layout import Marking, with_furniture
from onrecord.article.markup import plain_line
from onrecord.model import Block
from onrecord.text.addresses import is_web_address
from onrecord.text.typography import letters_of

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_ACCOUNTS = (
    "admin",
    "administrator",
    "anonymous",
    "author",
    "default",
    "editor",
    "guest",
    "none",
    "null",
    "root",
    "staff",
    "undefined",
    "unknown",
    "user",
    "webmaster",
)
"""Names of accounts that systems give by default, and words that stand for no name."""
_LONGEST_NAME = 200
_BY = re.compile(r"^(?:(?:article|posted|published|report|reported|story|submitted|text|words|written)\s+)?by\b[\s:]*", re.IGNORECASE)
_CREDITED = re.compile(r"(?<!\s)\s+[|•·–—]\s+.*|(?<!\s)\s*[|•·]\s*$")
"""What follows a name: the paper, a date."""
_PLACE = re.compile(
    r"\s+in\s+[A-ZÀ-Þ][\w.'’-]*(?:\s[A-ZÀ-Þ][\w.'’-]*){0,3}(?:,\s(?:(?:[A-Z]\.){2,}|[A-Z][a-z]{2,4}\.))?(?=\s*(?:$|[,;]|\band\b))"
)
"""Where somebody wrote: "Ann Lee in Paris and Tom Lake in London"."""
# Titles as the Standard Occupational Classification gives them (27-3023 reporters and journalists, 27-3041 editors, 27-3043 writers,
# 27-4021 photographers), and the ranks and desks before them.
_TITLE = (
    r"(?:writer|reporter|correspondent|editor|columnist|photographer|photojournalist|journalist|producer|critic|contributor|bureau chief"
    r"|commentator|analyst|intern)s?"
)
_RANK = (
    r"(?:staff|senior|junior|chief|special|assistant|associate|deputy|managing|executive|contributing|freelance|investigative|national"
    r"|foreign|political|politics|business|economics|sports?|crime|courts?|news|health|science|education|culture|arts|features|city|local"
    r"|data|digital|multimedia|video|night|weekend)"
)
_IS_TITLE = re.compile(
    rf"(?:the |our |a )?(?:[\w'’&.-]+ ){{0,5}}{_TITLE}(?: (?:at|for|of|in) .+)?|(?:[\w'’&.-]+ ){{0,3}}staff|special to .+", re.IGNORECASE
)
_TITLE_AFTER = re.compile(rf"(?: {_RANK})* {_TITLE}$| (?:for|of the|special to) .+$", re.IGNORECASE)
_NAME_WORD = r"(?:[A-ZÀ-Þ][\w.'’-]*|de|da|di|del|della|der|den|la|le|van|von|bin|al|and|&)"
_CAPITAL_WORDS = re.compile(rf"{_NAME_WORD}(?:,? {_NAME_WORD}){{0,11}}")


def credited(written: str) -> str:
    """The names in a byline as it is printed after "By", each once; empty for what is no name: an address, the name of an account.

    >>> credited("By Ann Lee in Paris and Tom Lake, Senior Reporters"), credited("By Staff Reporter")
    ('Ann Lee and Tom Lake', 'Staff Reporter')
    """
    line = _CREDITED.sub("", _BY.sub("", plain_line(written))).strip(" ,;-–—|")
    if is_web_address(line) or "@" in line or letters_of(line) in _ACCOUNTS or len(line) > _LONGEST_NAME or not letters_of(line):
        return ""
    parts = [part.strip() for part in re.split(r"\s*[,;]\s*(?:and\s+|&\s*)?", _PLACE.sub("", line))]
    # A byline begins with a name, so that a title there follows one: "Ann Lee Staff Writer".
    names = [_untitled(part) for at, part in enumerate(parts) if part and (at == 0 or not _IS_TITLE.fullmatch(part))]
    return joined(names) or line


def joined(names: Iterable[str]) -> str:
    """Names as one line, each once."""
    found: dict[str, str] = {}
    for name in filter(None, names):
        found.setdefault(letters_of(name), name)
    return ", ".join(found.values())


def _untitled(name: str) -> str:
    """A name without the title that follows it; a name has two words."""
    short = _TITLE_AFTER.sub("", name)
    return short if len(short.split()) > 1 else name


def is_account(name: str) -> bool:
    """Whether a name may be that of an account rather than of a person: it is one word without capitals, as logins are."""
    return (len(name.split()) == 1 and name == name.lower() and name.isascii()) or re.fullmatch(r"[\w.]+-\w", name) is not None


def share_names(one: str, other: str) -> bool:
    """Whether two bylines have a word of three letters or more in common, as one person's names in full and in short have."""
    words, others = (set(re.findall(r"\w{3,}", text.casefold())) for text in (one, other))
    return not words.isdisjoint(others)


# --- news agencies -------------------------------------------------------------------------------------------------

# The members of MINDS International and of the European Alliance of News Agencies that write in English, the agencies of the United States,
# Canada, Australia, India and Japan, and the services that distribute releases.
_AGENCIES = frozenset(
    map(
        letters_of,
        [
            "Reuters",
            "Thomson Reuters",
            "Associated Press",
            "AP",
            "AP News",
            "AFP",
            "Agence France-Presse",
            "PA",
            "PA Media",
            "PA News Agency",
            "Press Association",
            "UPI",
            "United Press International",
            "dpa",
            "Deutsche Presse-Agentur",
            "EFE",
            "ANSA",
            "TASS",
            "Interfax",
            "Xinhua",
            "Kyodo News",
            "Jiji Press",
            "Yonhap",
            "Yonhap News Agency",
            "PTI",
            "Press Trust of India",
            "ANI",
            "IANS",
            "AAP",
            "Australian Associated Press",
            "Canadian Press",
            "Bernama",
            "Anadolu Agency",
            "Tribune News Service",
            "Tribune Content Agency",
            "PR Newswire",
            "Business Wire",
            "GlobeNewswire",
            "EIN Presswire",
        ],
    )
)


def is_agency(name: str) -> bool:
    """Whether a name is a news agency's, whose articles others publish."""
    return letters_of(re.sub(r"^the\s+", "", name, flags=re.IGNORECASE)) in _AGENCIES


def is_own_site(name: str, host: str) -> bool:
    """Whether a site may be that of an agency itself: its address has the agency's name, or its first letters."""
    words = re.sub(r"^the\s+", "", name, flags=re.IGNORECASE)
    initials = "".join(word[0] for word in words.split())
    return any(len(one) > 1 and one in letters_of(host) for one in (letters_of(words), letters_of(initials)))


# --- in the page itself --------------------------------------------------------------------------------------------

_NAMED_AUTHOR = frozenset(
    [("author", "name"), ("byline", "name"), ("byline", "author"), ("post", "author"), ("by", "author"), ("fn", "author")]
)
_ELSEWHERE = re.compile(r"comment|related|sidebar|widget|recirc|promo|trending|popular|recommend|more-stor", re.IGNORECASE)
"""Classes and ids of parts of a page that name authors and times of other things."""
_PROFILE = re.compile(
    r"/(?:authors?|by|staff|profiles?|contributors?|journalists?|reporters?|writers?|columnists?|correspondents?)/[^/]", re.IGNORECASE
)
_FIRST_PARAGRAPH = 80
"""So many characters make a paragraph of prose: what stands before the first is the head of the article."""


@dataclass(frozen=True, slots=True)
class SeenByline:
    """The byline that a reader sees on a page."""

    names: str = ""
    printed: bool = False
    """Whether it stands there after the word "By"."""


def seen_byline(page: HtmlElement) -> SeenByline:
    """The names in the first element that is marked as the author's; where none is, those of links to authors above the text."""
    elements = elements_of_article(page)
    title = next((at for at, one in enumerate(elements) if one.tag == "h1"), 0)
    below = list(takewhile(lambda one: one.tag != "p" or len(one.text_content().strip()) < _FIRST_PARAGRAPH, elements[title:]))
    groups: dict[HtmlElement | None, list[HtmlElement]] = {}
    for element in elements:
        if _marks_author(element) and _seen_name(element):
            groups.setdefault(element.getparent(), []).append(element)
    first = next(iter(groups.values()), [])
    if not first:
        return SeenByline(joined(map(_seen_name, _linked_authors(below))))
    printed = any(_BY.match(" ".join(one.text_content().split())) for one in first)
    names = [_seen_name(one) for one in first]
    # "About Ann Lee" beside "Ann Lee" is nobody else.
    return SeenByline(joined(name for name in names if not any(other != name and other in name for other in names)), printed)


def _linked_authors(elements: Iterable[HtmlElement]) -> list[HtmlElement]:
    """The links to authors in the one line that begins with "By"; several such lines are those of other stories."""
    links = [one for one in elements if one.tag == "a" and _PROFILE.search(one.get("href", "")) and one.getparent() is not None]
    lines = {one.getparent() for one in links if _BY.match(" ".join(one.getparent().text_content().split())[:_LONGEST_NAME])}
    return [one for one in links if one.getparent() in lines] if len(lines) == 1 else []


def elements_of_article(page: HtmlElement) -> Sequence[HtmlElement]:
    """The elements of the page without those that belong to other things. What the headline is in is the article, whatever it is called."""
    kept: list[HtmlElement] = []
    todo = [page]
    above = {page, *(one for head in page.iter("h1", "body", "main", "article") for one in (head, *head.iterancestors()))}
    while todo:
        element = todo.pop()
        if not isinstance(element.tag, str) or element.tag in ("aside", "nav", "script", "style", "form"):
            continue
        names = f"{element.get('class')} {element.get('id')}"
        if element not in above and _ELSEWHERE.search(names):
            continue
        # The foot of an article is its own: many systems print the author there.
        is_foot = element not in above and (element.tag == "footer" or "footer" in names)
        if is_foot and not any(map(_is_entry, element.iterancestors())):
            continue
        kept.append(element)
        todo.extend(reversed(element))
    return kept


def _is_entry(element: HtmlElement) -> bool:
    """Whether an element is an article by its tag, by the microformats hentry and h-entry, or by schema.org."""
    if element.tag == "article" or not {"hentry", "h-entry"}.isdisjoint(str(element.get("class", "")).split()):
        return True
    return str(element.get("itemtype", "")).endswith(("Article", "Posting"))


def _marks_author(element: HtmlElement) -> bool:
    if "author" in element.get("rel", "").split() or element.get("itemprop") == "author":
        return True
    if element.tag == "address":  # HTML's element for how to reach the author; it may also hold where the paper is
        text = " ".join(element.text_content().split())
        return _BY.match(text) is not None or any(_PROFILE.search(link.get("href", "")) for link in element.iter("a"))
    words = re.findall(r"[A-Za-z]+", f"{element.get('class') or ''}".lower())
    return "byline" in words or "author" in words or not _NAMED_AUTHOR.isdisjoint(pairwise(words))


def _seen_name(element: HtmlElement) -> str:
    """The name in such an element. The element may also hold a time, or links beside the name: then what it marks as the name, if
    anything."""
    texts = (" ".join(one.text_content().split()) for one in (element, *_names_within(element)))
    names = (credited(text) for text in texts if len(text) <= _LONGEST_NAME)
    return next((name for name in names if _CAPITAL_WORDS.fullmatch(name)), "")


def _names_within(element: HtmlElement) -> Iterator[HtmlElement]:
    """The elements within one that mark a name: by schema.org, hCard, or as a link to the author."""
    for one in element.iter():
        if one is element or not isinstance(one.tag, str):
            continue
        if one.get("itemprop") == "name" or "fn" in (one.get("class") or "").split() or _PROFILE.search(one.get("href", "")):
            yield one


# --- lines about the author -------------------------------------------------------------------------------------------

_LONGEST_BYLINE = 160
_LONGEST_NOTE = 800
_FIRST = 8
"""How many leaves at the beginning are looked at for a byline."""
_LAST = 4
"""How many leaves at the end are looked at for a note: one for each author, hardly more."""
# What such notes say, in the present tense: what somebody is, does, and how to reach them.
_IS = (
    r"(?:(?:is|are|was|were) (?:a|an|the|our|[\w’']+['’]s|based|also|currently|chief|senior|co-)"
    r"|writes|covers|reports|edits|teaches|lives|works|hosts|leads|joined|can be|may be"
    r"|has (?:been|written|covered|reported|worked))"
)
_AFTER_NAME = re.compile(rf"(?:,[^.?!]{{2,80}},)?\s+{_IS}\b|['’]s (?:latest |new |first |most recent )?(?:book|novel|column|work)\b")
_CONTACT = re.compile(r"(?:have a (?:tip|story)[^.?!]*\?\s*)?(?:(?:you can )?(?:contact|e-?mail|reach|follow)\s+)?", re.IGNORECASE)
_ADDRESS = re.compile(r"@\w|\btwitter\b|\be-?mail\b", re.IGNORECASE)
# Words beside names in a byline: by whom, when.
_AROUND = re.compile(
    r"\b(?:by|written|posted|published|reported|updated|staff|and|on|at|[ap]\.?m|(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*"
    r"|(?:mon|tues?|wed(?:nes)?|thur?s?|fri|sat(?:ur)?|sun)(?:day)?|[a-z]{2,4}t|utc|gmt)\b|\d+",
    re.IGNORECASE,
)


def mark_author_lines(text: str, blocks: Iterable[Block], byline: str) -> tuple[Block, ...]:
    """The same blocks, with the lines marked that only name the authors of a ``byline``, or tell of them."""
    marked = tuple(blocks)
    names = [name for name in re.split(r",\s*|\s+(?:and|&)\s+|\s*;\s*", byline) if len(name.split()) > 1]
    if not byline or not marked:
        return marked
    leaves = [leaf for block in marked for leaf in block.leaves() if leaf.kind in ("paragraph", "heading") and not leaf.boilerplate]
    found: dict[int, Marking] = {leaf.start: ("strict", "byline") for leaf in leaves[:_FIRST] if _is_byline(leaf.span.of(text), byline)}
    return with_furniture(marked, found | {leaf.start: ("strict", "biography") for leaf in _notes(text, leaves, names)})


def _is_byline(words: str, byline: str) -> bool:
    """Whether a line has the names of the byline, and besides them nothing but the words that go with them."""
    if len(words) > _LONGEST_BYLINE or byline.casefold() not in words.casefold():
        return False
    at = words.casefold().find(byline.casefold())
    return not any(map(str.isalpha, _AROUND.sub("", f"{words[:at]} {words[at + len(byline) :]}")))


def _notes(text: str, leaves: Sequence[Block], names: Sequence[str]) -> list[Block]:
    """The notes at the end, which nothing but other notes follows."""
    found: list[Block] = []
    for leaf in reversed(leaves[-_LAST:] if len(leaves) > 1 else []):
        if not _is_note(leaf.span.of(text), names):
            break
        found.append(leaf)
    return found if len(found) < len(leaves) else []


def _is_note(words: str, names: Sequence[str]) -> bool:
    if len(words) > _LONGEST_NOTE:
        return False
    rest = words[len(begins[0]) :] if (begins := _CONTACT.match(words)) else words
    for name in names:
        if rest.startswith(name):
            after = rest[len(name) :]
            return bool(_AFTER_NAME.match(after)) or bool(begins and begins[0] and _ADDRESS.search(after))
    return False
