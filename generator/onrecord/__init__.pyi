"""The types of the public names; ``tests/library/test_surface.py`` holds that they are those of ``__init__.py``."""

from onrecord.errors import OnrecordError as OnrecordError
from onrecord.library.pipeline import Pipeline as Pipeline
from onrecord.library.pipeline import analyse as analyse
from onrecord.library.pipeline import load as load
from onrecord.library.pipeline import read as read
from onrecord.library.sites import build as build
from onrecord.library.views import ActorView as ActorView
from onrecord.library.views import ClaimView as ClaimView
from onrecord.library.views import MentionView as MentionView
from onrecord.library.views import QuoteView as QuoteView
from onrecord.library.views import RelationView as RelationView
from onrecord.library.views import ReportView as ReportView

__version__: str
