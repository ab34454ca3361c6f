"""The words of fragments of HTML, as mails and entries of feeds have them. Whole pages are read in :mod:`onrecord.article.web_page`."""

from __future__ import annotations

from html import unescape

from onrecord.article.flat_page import PageReader

_BLOCKS = frozenset(
    ["p", "div", "br", "tr", "li", "h1", "h2", "h3", "h4", "h5", "h6", "table", "ul", "ol", "blockquote", "figure", "section", "hr"]
)
_UNSEEN = ("script", "style", "head", "template", "figcaption")


def text_of_html(markup: str) -> str:
    """The words of a fragment of HTML, its blocks as paragraphs with a blank line between them.

    >>> text_of_html("<p>Ships &amp; <b>boats</b>.</p><div>More.</div>")
    'Ships & boats.\\n\\nMore.'
    """
    return "\n\n".join(filter(None, (" ".join(part.split()) for part in _Words(markup).paragraphs)))


class _Words(PageReader):
    """Collects the words of each block."""

    def __init__(self, markup: str) -> None:
        super().__init__()
        self._parts: list[list[str]] = [[]]
        self._inside = ""
        tags = markup.rfind(">") + 1
        self.read(markup[:tags])
        self.handle_data(unescape(markup[tags:]))

    @property
    def paragraphs(self) -> list[str]:
        return ["".join(part) for part in self._parts]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _UNSEEN:
            self._inside = self._inside or tag
        elif tag in _BLOCKS:
            self._parts.append([])

    def handle_endtag(self, tag: str) -> None:
        if tag == self._inside:
            self._inside = ""
        elif tag in _BLOCKS:
            self._parts.append([])

    def handle_data(self, data: str) -> None:
        if not self._inside:
            self._parts[-1].append(data)
