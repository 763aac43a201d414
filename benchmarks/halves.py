"""Two halves of a set of questions: one to choose weights on, one that was not looked at.

The SHA-256 of what was asked decides, so that a question stays in its half whatever is
added to a file or left out of it.
"""

from __future__ import annotations

import hashlib

TUNE, TEST, ALL = "tune", "test", "all"
HALVES = (TUNE, TEST, ALL)


def half_of(text: str) -> str:
    """Return the half of a question: `tune` when the last bit of its hash is 0."""
    return (TUNE, TEST)[hashlib.sha256(text.encode()).digest()[-1] & 1]


def is_in(text: str, half: str) -> bool:
    """Say whether a question belongs to a half; everything belongs to `all`."""
    return half in (ALL, half_of(text))
