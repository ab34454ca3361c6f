"""Who said what, and where the article says so."""

__version__ = "0.1.0"
