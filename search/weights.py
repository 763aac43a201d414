"""What counts how much when rows and documents are scored: the same for every engine.

A row is a document's own text or one of its passages. Words are weighed with BM25, with the
usual K1 and B, among the rows of their language. What the words of a question count beside
one another stands with the plan (`search.plan`, `search.thesaurus`, `search.translation`).
All were chosen on the half `tune` of the measured questions; see benchmarks/RESULTS.md.
"""

from __future__ import annotations

from collections.abc import Mapping

FIELDS: Mapping[str, float] = {"title": 2.0, "summary": 4 / 3, "body": 1.0, "parts": 2 / 3}
"""What a word counts by where it stands; `parts` are those of compounds. All are thirds, for
engines that can only repeat a word."""

PHRASE = 1.0
"""What a phrase in quotation marks adds where it stands."""

HOLDS_ALL = 1.15
"""A document that holds all words of the question, in one language, is multiplied by it."""

SECOND_PART = 0.25
"""What a document's own row adds to its better passage, or the passage to the better row."""

FURTHER_PASSAGES = 0.05
"""What each further passage that is shown adds."""

K1, B = 1.2, 0.75
"""Of BM25: how soon repeating a word stops counting, and how much a long text weighs less."""
