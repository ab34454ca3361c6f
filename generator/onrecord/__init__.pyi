"""The types of the public names; ``tests/library/test_surface.py`` holds that they are those of ``__init__.py``."""

from onrecord.errors import OnrecordError
from onrecord.library.pipeline import Pipeline, analyse, build, load, read
from onrecord.library.views import ActorView, ClaimView, MentionView, QuoteView, RelationView, ReportView

__version__: str
__all__ = [
    "ActorView",
    "ClaimView",
    "MentionView",
    "OnrecordError",
    "Pipeline",
    "QuoteView",
    "RelationView",
    "ReportView",
    "__version__",
    "analyse",
    "build",
    "load",
    "read",
]

def __dir__() -> list[str]: ...
