"""What the indexes of a cluster look like.

Two indexes of one build stand side by side, each behind an alias that says which build is
in use: `documents`, and `words`, which holds the vocabulary and the journal of changes.

A document holds its own text and each of its passages as *rows*: nested documents with the
terms of `search.analysis`, ready made, in one field per language. How rare a word is, and
how long a text, are so counted among all rows of that language. Lucene has no weight per
place in one field; a term of the title is therefore written more often than one of the
body: `draagvlak|draagvlak` is taken apart into two at one and the same place, which makes the
text no longer and keeps its order. `whole` are the terms without the parts of compounds, `exact` the plain folded words.
"""

from __future__ import annotations

from typing import Any

from search.analysis import ANALYSIS_VERSION, LANGUAGES, OTHER
from search.weights import FIELDS, K1, B

SCHEMA_VERSION = 1
"""Raise it when the same document would be stored otherwise, also when `search.weights` gives
other copies."""

VERSION = SCHEMA_VERSION * 1000 + ANALYSIS_VERSION

TAGS = (*LANGUAGES, OTHER)
DOCUMENTS, WORDS = "documents", "words"

COPIES_OF_BODY = 3
COPIES = {place: round(weight * COPIES_OF_BODY) for place, weight in FIELDS.items()}
"""How often a term of each place is written: its weight, in whole numbers."""

# BM25 divides by K1 * (1 - B + B * length / mean). Copies count as uses of a term, and in the
# mean of the lengths, but not in the length of the text itself. These two values make up for
# both: a text of three copies gets what one of single words gets from the usual K1 and B.
_REPEATED_K1 = K1 * COPIES_OF_BODY * (1 - B + B * COPIES_OF_BODY)
_REPEATED_B = K1 * COPIES_OF_BODY * B * COPIES_OF_BODY / _REPEATED_K1

PLAIN_FACTOR = (1 + _REPEATED_K1) / (1 + K1)
"""How much less a word counts, in a text of usual length, where it is written once."""

AGAIN = "|"
"""Stands between the copies of a term; no term holds it."""

_ANALYSIS = {
    "tokenizer": {"spaces": {"type": "whitespace", "max_token_length": 4_000}},
    "filter": {
        "copies": {
            "type": "pattern_capture",
            "preserve_original": False,
            "patterns": [f"([^{AGAIN}]+)"],
        }
    },
    "analyzer": {"copies": {"type": "custom", "tokenizer": "spaces", "filter": ["copies"]}},
}

FACET_FIELDS = {"kind": "kind", "theme": "themes", "year": "year", "language": "language"}


def template(prefix: str) -> dict[str, Any]:
    """Return the index template of the documents of this version."""
    return {
        "index_patterns": [f"{build_name(prefix, DOCUMENTS, '*')}"],
        "version": VERSION,
        "priority": 500,
        "template": {"settings": _document_settings(), "mappings": _document_mapping()},
    }


def words_template(prefix: str) -> dict[str, Any]:
    """Return the index template of the words of this version."""
    mapping = {
        "dynamic": False,
        "properties": {
            "number": {"type": "long"},
            "key": {"type": "keyword"},
            "data": {"type": "binary"},
        },
    }
    return {
        "index_patterns": [f"{build_name(prefix, WORDS, '*')}"],
        "version": VERSION,
        "priority": 500,
        "template": {"settings": {"index": _shared_settings()}, "mappings": mapping},
    }


def alias(prefix: str, part: str) -> str:
    """Return the name under which a part of the index is read and written."""
    return f"{prefix}-{part}-v{VERSION}"


def build_name(prefix: str, part: str, build: str) -> str:
    """Return the name of one build of a part; it begins as the alias does."""
    return f"{alias(prefix, part)}-{build}"


def _shared_settings() -> dict[str, Any]:
    # One shard: rarity is counted over the whole library, and answers come from one place.
    return {"number_of_shards": 1, "auto_expand_replicas": "0-1"}


def _document_settings() -> dict[str, Any]:
    repeated = {"type": "BM25", "k1": _REPEATED_K1, "b": _REPEATED_B}
    return {
        "index": {
            **_shared_settings(),
            "max_result_window": 100_000,
            "max_inner_result_window": 100,
            "mapping": {"nested_objects": {"limit": 100_000}, "total_fields": {"limit": 200}},
            "similarity": {"repeated": repeated},
            "analysis": _ANALYSIS,
        }
    }


def _document_mapping() -> dict[str, Any]:
    kept = {"type": "object", "enabled": False}
    keyword = {"type": "keyword"}
    return {
        "dynamic": False,
        "_meta": {"schema": SCHEMA_VERSION, "analysis": ANALYSIS_VERSION},
        "_source": {"excludes": [f"rows.{kind}_*" for kind in ("terms", "whole", "exact")]},
        "properties": {
            "work": keyword,
            "kind": keyword,
            "language": keyword,
            "themes": keyword,
            "year": {"type": "integer"},
            "date": {"type": "date", "format": "strict_date"},
            "placed": {"type": "long"},
            "shown": kept,
            "heading": {"properties": _heading_mapping()},
            "words": {"type": "binary"},
            "rows": {"type": "nested", "properties": _row_mapping()},
        },
    }


def _heading_mapping() -> dict[str, Any]:
    plain = {"type": "text", "analyzer": "whitespace", "norms": False, "index_options": "docs"}
    return {
        "words": plain,
        "parts": plain,
        "start": {"type": "keyword"},
        "length": {"type": "integer"},
    }


def _row_mapping() -> dict[str, Any]:
    text = {"type": "text", "analyzer": "whitespace"}
    fields: dict[str, Any] = {
        "own": {"type": "boolean"},
        "shown": {"type": "object", "enabled": False},
    }
    for tag in TAGS:
        fields[f"terms_{tag}"] = {
            "type": "text",
            "analyzer": "copies",
            "search_analyzer": "whitespace",
            "similarity": "repeated",
        }
        fields[f"whole_{tag}"] = {**text, "norms": False, "index_options": "docs"}
        fields[f"exact_{tag}"] = {**text, "similarity": "repeated"}
    return fields
