"""The area under the ROC curve, with ties counted half, and the mean over groups."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby


def auc(scores: Sequence[float], labels: Sequence[bool]) -> float | None:
    """Return how often a positive ranks above a negative (a tie is half); None where one of the classes is missing."""
    positives = sum(labels)
    negatives = len(labels) - positives
    if not positives or not negatives:
        return None
    below, area = 0, 0.0
    ordered = sorted(range(len(scores)), key=scores.__getitem__)
    for _, tied in groupby(ordered, key=scores.__getitem__):
        members = [labels[index] for index in tied]
        true = sum(members)
        false = len(members) - true
        area += true * (below + false / 2)
        below += false
    return area / (positives * negatives)
