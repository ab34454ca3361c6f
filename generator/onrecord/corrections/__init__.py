"""The editor's ``corrections.yml``: decisions about what the program found, applied only where the words that they rest on still stand.

Nothing here knows a similarity. A sentence stands, or it does not.
"""
