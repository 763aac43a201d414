"""Words that look like a word, from the cluster's own spelling dictionary, and titles."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from search.engines.base import TitleMatch
from search.engines.cluster.connection import Connection
from search.engines.cluster.mapping import TAGS
from search.engines.cluster.tally import countable
from search.engines.cluster.vocabulary import Vocabulary

MOST_SIMILAR = 60
MOST_MISTAKES = 2
"""As many as the cluster can look for, and as the page will ever suggest."""

# What orders titles: each step weighs more than all below it together.
_OWN_LANGUAGE, _AT_THE_START, _WORD, _PART = 8.0, 4.0, 1.0, 0.4


def similar(
    connection: Connection, index: str, words: Vocabulary, word: str, language: str
) -> list[tuple[str, int]]:
    """Return the words nearest to a word, and how often each is used."""
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
    options = (
        option["text"] for found in answer["suggest"]["similar"] for option in found["options"]
    )
    # The dictionary forgets deleted texts late; our counts do not.
    counts = ((option, words.count_of(option, language)) for option in options)
    return [(option, count) for option, count in counts if count]


def titles_with(
    connection: Connection, index: str, beginnings: Sequence[str], language: str, limit: int
) -> list[TitleMatch]:
    """Return the documents in whose title each beginning begins a word or a part of one."""
    share = 1.0 / len(beginnings)
    preferred = [
        _worth({"term": {"language": language}}, _OWN_LANGUAGE),
        _worth({"prefix": {"heading.start": beginnings[0]}}, _AT_THE_START),
    ]
    body = {
        "query": {"bool": {"must": [_begins(b, share) for b in beginnings], "should": preferred}},
        "collapse": {"field": "work"},
        "sort": ["_score", {"heading.length": "asc"}, {"placed": "asc"}],
        "size": limit,
        "_source": ["work", "kind", "language", "shown.title", "shown.url"],
    }
    answer = connection.read("POST", f"/{index}/_search", body)
    return [_title(hit["_id"], hit["_source"]) for hit in answer["hits"]["hits"]]


def _begins(beginning: str, share: float) -> dict[str, Any]:
    word = _worth({"prefix": {"heading.words": beginning}}, _WORD * share)
    part = _worth({"prefix": {"heading.parts": beginning}}, _PART * share)
    return {"dis_max": {"queries": [word, part]}}


def _worth(query: dict[str, Any], worth: float) -> dict[str, Any]:
    return {"constant_score": {"filter": query, "boost": worth}}


def _title(key: str, found: dict[str, Any]) -> TitleMatch:
    shown = found["shown"]
    return TitleMatch(
        key, found["work"], found["kind"], found["language"], shown["title"], shown["url"]
    )
