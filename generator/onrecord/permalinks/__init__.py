"""Addresses that live: ids made from words, and the lock file of those that were published.

A link that leads to other words than it did puts words into the wrong mouth. So an address stays with its words, or it leads to nothing
and says so.
"""
