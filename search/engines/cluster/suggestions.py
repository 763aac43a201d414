"""Words that look like a word, from the cluster's own spelling dictionary."""

from __future__ import annotations

from search.analysis import term_of
from search.engines.cluster.connection import Connection
from search.engines.cluster.mapping import TAGS
from search.engines.cluster.tally import Tally, countable

MOST_SIMILAR = 60
MOST_MISTAKES = 2
"""As many as the cluster can look for, and as the page will ever suggest."""


def similar(
    connection: Connection, index: str, tally: Tally, word: str, language: str
) -> list[tuple[str, int]]:
    """Return the words nearest to a word, and in how many rows each stands."""
    if language not in TAGS or not countable([word]):
        return []
    term = {
        "field": f"rows.exact_{language}",
        "suggest_mode": "always",
        "max_edits": MOST_MISTAKES,
        "prefix_length": 0,
        "min_word_length": 3,
        "size": MOST_SIMILAR,
        "max_term_freq": 1_000_000_000,
    }
    body = {"size": 0, "suggest": {"similar": {"text": word, "term": term}}}
    answer = connection.read("POST", f"/{index}/_search", body)
    return [
        (option["text"], option["freq"])
        for found in answer["suggest"]["similar"]
        for option in found["options"]
        if _is_used(option["text"], tally, language)
    ]


def _is_used(word: str, tally: Tally, language: str) -> bool:
    """Say whether a word is still there: the dictionary forgets deleted texts late."""
    return bool(countable([word])) and tally.uses_of(term_of(word, language), language) > 0
