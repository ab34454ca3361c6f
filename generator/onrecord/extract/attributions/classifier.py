"""The trained classifier: linear models over named features, kept as plain data.

``data/classifier.json`` holds weights and nothing else; ``data/MODEL_CARD.md`` beside it says what it was trained on, how well it does, and
where it fails. ``onrecord train`` makes it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path

import msgspec

from onrecord.errors import ModelError

CLASSIFIER = Path(__file__).parents[1] / "data" / "classifier.json"

GENERAL = ""
"""The key of the weights that hold whatever the keys of an item are."""


class Linear(msgspec.Struct, frozen=True):
    """A logistic regression. A feature has a weight of its own, and one more for each key (a frame) that it stands under."""

    intercept: float
    weights: Mapping[str, Mapping[str, float]]
    """By key, then by feature; :data:`GENERAL` is every item's key."""
    offset: float = 0.0
    """The weight of a number that the item brings along."""

    def logit(self, keys: Iterable[str], features: Sequence[str], number: float = 0.0) -> float:
        """The log of the odds; features without a weight count nothing."""
        total = self.intercept + self.offset * number
        for key in (GENERAL, *keys):
            if key in self.weights:
                weight = self.weights[key].get
                total += sum([weight(name, 0.0) for name in features])
        return total


class Classifier(msgspec.Struct, frozen=True):
    """All that training learns."""

    lemmas: frozenset[str]
    """The lemmas that may be cues."""
    conventions: frozenset[str]
    """Frames that training has too few of; they have the rate of their convention."""
    draft: Linear
    context: Linear
    source: Linear
    quoted: float
    """From this score on a draft with quotation marks is believed."""
    unquoted: float
    """The same for one without."""


@cache
def load_classifier(path: Path = CLASSIFIER) -> Classifier:
    """A classifier from its file, read once in a process. Raises :class:`ModelError` when the file is missing or is none."""
    try:
        return msgspec.json.decode(path.read_bytes(), type=Classifier)
    except OSError as error:
        raise ModelError(
            f"{path}: cannot be read ({error.strerror}); train one with onrecord train, or set attribution to rules"
        ) from error
    except msgspec.MsgspecError as error:
        raise ModelError(f"{path}: no classifier of attributions ({error}); train one with onrecord train") from error
