"""Who said what, and where the article says so.

The public names are those of ``__all__``. Each is imported when it is asked for, since spaCy alone takes a second to import; their types
are in ``__init__.pyi``.
"""

__version__ = "0.1.0"

_HOMES = {
    "Pipeline": "onrecord.library.pipeline",
    "analyse": "onrecord.library.pipeline",
    "load": "onrecord.library.pipeline",
    "read": "onrecord.library.pipeline",
    "build": "onrecord.library.pipeline",
    "ActorView": "onrecord.library.views",
    "ClaimView": "onrecord.library.views",
    "MentionView": "onrecord.library.views",
    "QuoteView": "onrecord.library.views",
    "RelationView": "onrecord.library.views",
    "ReportView": "onrecord.library.views",
    "OnrecordError": "onrecord.errors",
}
"""The module of each public name."""

__all__ = ["__version__", *_HOMES]


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module 'onrecord' has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
