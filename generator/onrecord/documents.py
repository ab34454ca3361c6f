"""Words for what somebody says something in: a report, a statement, a tweet."""

from __future__ import annotations

DOCUMENTS = frozenset(
    [
        "ad",
        "address",
        "advertisement",
        "announcement",
        "article",
        "blog",
        "book",
        "brief",
        "column",
        "comment",
        "communiqué",
        "declaration",
        "editorial",
        "email",
        "e-mail",
        "essay",
        "filing",
        "interview",
        "lawsuit",
        "letter",
        "memo",
        "memoir",
        "memorandum",
        "message",
        "note",
        "op-ed",
        "petition",
        "post",
        "release",
        "remark",
        "report",
        "speech",
        "statement",
        "testimony",
        "text",
        "tweet",
        "video",
    ]
)
"""Lower case, singular: hyponyms of "message", "document" and "address" in WordNet 3.1."""
