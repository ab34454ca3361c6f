"""Names for files and folders that every file system, web server and site builder accepts, and addresses that are safe to link to."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from functools import lru_cache
from urllib.parse import urlsplit

LONGEST_ID = 200
"""The most bytes of an id in UTF-8. File systems allow names of 255 bytes, and a suffix has to fit in."""
_ROOM = 20
"""How many of these bytes are left for a number that tells articles of one name apart: ``vote-2``."""

# Windows takes these for devices, whatever suffix follows and in any case (Microsoft, "Naming Files, Paths, and Namespaces").
_DEVICES = frozenset(["con", "prn", "aux", "nul", *(f"{port}{number}" for port in ("com", "lpt") for number in "123456789¹²³")])
# Names that site builders take for the index of a folder.
_INDEXES = ("index", "readme")
# Files and folders of the program beside the folders of articles, below downloads/ and in an export: no article may have such a name.
_OURS = ("index.html", "tables", "corpus.json", "corpus.schema.json", "report.schema.json")
_DIGITS = 10  # of a hash: enough that two long names of one archive never share them


def page_name(name: str) -> str:
    """The name for a page. Where Windows would take it for a device or a site builder for an index, an underscore is added; names that end
    in underscores already get one more, so that no two names become the same.

    >>> page_name("ann"), page_name("con"), page_name("con_"), page_name("Aux.1")
    ('ann', 'con_', 'con__', 'Aux_.1')
    """
    stem, dot, rest = name.partition(".")
    bare = stem.rstrip("_").lower()
    return f"{stem}_{dot}{rest}" if bare in _DEVICES or (not dot and bare in _INDEXES) else name


def shortened(name: str, longest: int = LONGEST_ID - _ROOM) -> str:
    """The name; one of more than ``longest`` bytes is cut and gets a few digits of its hash, so that two long names stay different.

    >>> shortened("a" * 20, 16), shortened("short", 16)
    ('aaaaa-42492da062', 'short')
    """
    whole = name.encode(errors="surrogatepass")
    if len(whole) <= longest:
        return name
    mark = hashlib.sha256(whole).hexdigest()[:_DIGITS]
    return f"{whole[: longest - _DIGITS - 1].decode(errors='ignore').rstrip('.~-')}-{mark}"


def is_id(name: str) -> bool:
    """Whether the name can be an article's id: the name of its page and of its folder of files.

    >>> [is_id(name) for name in ("vote-2", "GUM_news.b", "../vote", "con.x", "vote.", "")]
    [True, True, False, False, False, False]
    """
    return (
        re.fullmatch(r"\w[\w.~-]*", name) is not None
        and not name.endswith(".")
        and name.casefold() not in _OURS
        and page_name(name) == name
        and len(name.encode(errors="surrogatepass")) <= LONGEST_ID
        and unicodedata.is_normalized("NFC", name)
    )


def safe_id(name: str) -> str:
    """An id for an article, made of a name: the name itself where it can be an id, else what is left without forbidden characters.

    >>> safe_id("2017/08/31 What now?"), safe_id("_draft"), safe_id("con.x")
    ('2017-08-31-What-now', 'draft', 'article-con.x')
    """
    # Jekyll, and so GitHub Pages from a branch, does not publish files whose names begin with an underscore.
    name = unicodedata.normalize("NFC", name)
    if not is_id(name) or name.startswith("_"):
        name = re.sub(r"[^\w.~-]+", "-", name).strip(".~-").lstrip("_.~-") or "article"
    name = shortened(name)
    return name if is_id(name) else f"article-{name}"


@lru_cache(maxsize=1 << 15)
def slugify(name: str, *, left_out: str = "'’ʼ") -> str:
    """The name in small letters and digits with hyphens, fit for an address: "actor" where nothing else is there. Letters without an ASCII
    base stay as they are, and what is ``left_out`` parts no words.

    >>> slugify("Zoë Núñez-O’Hara"), slugify("Иван Петров"), slugify("U.S. Navy", left_out="."), slugify("…")
    ('zoe-nunez-ohara', 'иван-петров', 'us-navy', 'actor')

    For names that we give. :func:`safe_id` is for those that users gave, which stay as they are where they can.
    """
    # Small letters again after NFKD, which makes plain capitals of letterlike signs.
    letters = unicodedata.normalize("NFKD", name.casefold()).casefold()
    plain = "".join(one for one in letters if not unicodedata.combining(one) and one not in left_out)
    # NFC again, so that what only NFKD takes apart (Hangul, say) is written as everybody writes it.
    return re.sub(r"[\W_]+", "-", unicodedata.normalize("NFC", plain)).strip("-") or "actor"


def same_name(name: str) -> str:
    """A key that is the same for two names that some file system cannot tell apart: they differ in case, or in how accents are encoded.

    >>> same_name("E\\u0301T\\u00c9") == same_name("\\u00e9te\\u0301")
    True
    """
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())


def is_web_address(address: str) -> bool:
    """Whether it is an absolute http or https address with a host."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname) and not re.search(r"[\s<>\"\x00-\x20\x7f]", address)


def safe_href(address: str, *, mail: bool = True) -> str:
    """The address of a link if it is http, https, mailto or relative; otherwise empty, as for ``javascript:``.

    Browsers ignore blanks and control characters in a scheme ("java script:"), so that they are removed before it is looked at.
    """
    address = re.sub(r"[\x00-\x20\x7f]", "", address)
    scheme = re.match(r"([^/?#]*?):", address)
    if scheme is None:
        return address
    allowed = ("http", "https", "mailto") if mail else ("http", "https")
    return address if scheme[1].lower() in allowed else ""
