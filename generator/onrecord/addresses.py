"""Which addresses an article may bring into a page."""

from __future__ import annotations

import re
from urllib.parse import urlsplit


def is_web_address(address: str) -> bool:
    """Whether it is an absolute http or https address with a host."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname) and not re.search(r"[\s<>\"\x00-\x20\x7f]", address)


def safe_href(address: str, *, mail: bool = True) -> str:
    """The address of a link where it is http, https, mailto or relative; otherwise nothing.

    Browsers skip blanks and control characters in a scheme, so they are taken out before it is judged.
    """
    address = re.sub(r"[\x00-\x20\x7f]", "", address)
    scheme = re.match(r"([^/?#]*?):", address)
    if scheme is None:
        return address
    allowed = ("http", "https", "mailto") if mail else ("http", "https")
    return address if scheme[1].lower() in allowed else ""
