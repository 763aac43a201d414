"""Sample data for every component, in each of its states.

The style page shows them and a test renders them, so a component without a
sample here does not pass. Each module holds those of one kind, as `ROWS`.
"""

from __future__ import annotations

from home.samples import (
    cards,
    finding,
    forms,
    frame,
    listening,
    newsletter,
    podcasts,
    stream,
    studies,
    toolkit,
)
from home.samples.sample import FOLDER, Sample

__all__ = ["FOLDER", "SAMPLES", "Sample"]

KINDS = (frame, cards, studies, finding, toolkit, podcasts, listening, newsletter, forms, stream)

SAMPLES: tuple[Sample, ...] = tuple(Sample(*row) for kind in KINDS for row in kind.ROWS)
