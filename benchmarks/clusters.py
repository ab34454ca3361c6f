"""How well mentions are put together: MUC, B3 and CEAFe, and their mean, the CoNLL score.

Pradhan et al., "Scoring Coreference Partitions of Predicted Mentions: A Reference Implementation" (ACL 2014). A cluster is a set of
places; clusters of one mention count.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass

import numpy as np
from scipy.optimize import linear_sum_assignment

from onrecord.reports.figures import Score, share

Cluster = Set[Hashable]


@dataclass(frozen=True, slots=True)
class ClusterScores:
    """Between 0 and 1."""

    mentions: float
    """F of finding the mentions at all."""
    muc: float
    b3: float
    ceafe: float

    @property
    def conll(self) -> float:
        return (self.muc + self.b3 + self.ceafe) / 3


def score_clusters(gold: Sequence[Cluster], shown: Sequence[Cluster]) -> ClusterScores:
    """The measures of what is shown against the gold clusters. No place may be in two clusters of one side."""
    of_gold, of_shown = _index(gold), _index(shown)
    both = len(of_gold.keys() & of_shown.keys())
    return ClusterScores(
        Score(share(both, len(of_shown)), share(both, len(of_gold))).f,
        Score(_links(shown, of_gold), _links(gold, of_shown)).f,
        Score(_purity(shown, of_shown, gold, of_gold), _purity(gold, of_gold, shown, of_shown)).f,
        _ceafe(gold, shown, of_shown),
    )


def _index(clusters: Iterable[Cluster]) -> dict[Hashable, int]:
    return {place: number for number, cluster in enumerate(clusters) for place in cluster}


def _links(clusters: Iterable[Cluster], other: Mapping[Hashable, int]) -> float:
    """How many of the links that hold the clusters together the other side has too."""
    kept = all_ = 0
    for cluster in clusters:
        parts = len({other[place] for place in cluster if place in other}) + sum(place not in other for place in cluster)
        kept += len(cluster) - parts
        all_ += len(cluster) - 1
    return share(kept, all_)


def _purity(clusters: Sequence[Cluster], own: Mapping[Hashable, int], others: Sequence[Cluster], other: Mapping[Hashable, int]) -> float:
    """For a place, the mean part of its cluster that the other side has in the same cluster."""
    parts = (len(clusters[own[place]] & others[other[place]]) / len(clusters[own[place]]) for place in own if place in other)
    return sum(parts) / max(1, len(own))


def _ceafe(gold: Sequence[Cluster], shown: Sequence[Cluster], of_shown: Mapping[Hashable, int]) -> float:
    """F of the best pairing of clusters one to one, each pair worth the F of its places."""
    worth = np.zeros((len(gold), max(1, len(shown))))
    for i, cluster in enumerate(gold):
        for j in {of_shown[place] for place in cluster if place in of_shown}:
            worth[i, j] = 2 * len(cluster & shown[j]) / (len(cluster) + len(shown[j]))
    rows, columns = linear_sum_assignment(-worth)
    total = float(worth[rows, columns].sum())
    return Score(total / max(1, len(shown)), total / max(1, len(gold))).f
