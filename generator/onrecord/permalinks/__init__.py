"""Permanent addresses of quotes, claims, relations and actors: ids made from words, and the lock file of addresses that were published.

A published link must never come to lead to other words than it did: that would put words into the wrong mouth. So an address stays with
its words for as long as they are in the text; after that it leads to nothing, and the page says so.
"""
