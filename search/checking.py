"""Comparing the index with the pages: what is missing, stale or superfluous, and why."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, replace
from itertools import islice
from typing import Any, Literal

from core.contracts import SearchDocument, SearchPassage
from search.engines import get_engine
from search.engines.base import MOST_PASSAGES
from search.reading import read_all

Kind = Literal["missing", "stale", "superfluous", "unreadable"]

_BATCH = 50
_PLAIN = tuple(field.name for field in fields(SearchDocument) if field.name != "passages")


@dataclass(frozen=True, slots=True)
class Difference:
    """A document of which the index does not hold what its page says.

    `what` names the parts that differ, for a stale document. An unreadable one cannot be
    compared: its page gives an error when it is read.
    """

    key: str
    kind: Kind
    what: tuple[str, ...] = ()


def differences() -> Iterator[Difference]:
    """Compare every document. Raises SearchUnavailable when there is no usable index."""
    left = set(get_engine().keys())
    pages = read_all()
    while batch := dict(islice(pages, _BATCH)):
        left -= batch.keys()
        yield from _compared(batch)
    for key in sorted(left):
        yield Difference(key, "superfluous")


def _compared(batch: Mapping[str, SearchDocument | None]) -> Iterator[Difference]:
    stored = get_engine().stored(list(batch))
    for key, document in batch.items():
        if document is None:
            yield Difference(key, "unreadable")
        elif key not in stored:
            yield Difference(key, "missing")
        elif what := differing(as_stored(document), as_stored(stored[key])):
            yield Difference(key, "stale", what)


def as_stored(document: SearchDocument) -> SearchDocument:
    """Return a document as an engine gives it back: cut off, and as JSON can hold it."""
    values = {name: _storable(getattr(document, name)) for name in _PLAIN}
    passages = tuple(
        _passage(passage, document.language) for passage in document.passages[:MOST_PASSAGES]
    )
    themes = tuple(document.themes)
    return replace(document, **(values | {"themes": themes, "passages": passages}))


def differing(expected: SearchDocument, stored: SearchDocument) -> tuple[str, ...]:
    """Return what differs between two documents, in words."""
    found = [name for name in _PLAIN if getattr(expected, name) != getattr(stored, name)]
    return (*found, *_passages(expected, stored))


def _passages(expected: SearchDocument, stored: SearchDocument) -> Iterator[str]:
    if expected.passages == stored.passages:
        return
    wanted = {passage.locator: passage for passage in expected.passages}
    there = {passage.locator: passage for passage in stored.passages}
    changed = [name for name in wanted.keys() & there.keys() if wanted[name] != there[name]]
    for count, word in (
        (len(wanted.keys() - there.keys()), "missing"),
        (len(changed), "changed"),
        (len(there.keys() - wanted.keys()), "superfluous"),
    ):
        if count:
            yield f"{count} passages {word}"
    if wanted == there:
        yield "order of passages"


def _passage(passage: SearchPassage, language: str) -> SearchPassage:
    return replace(
        passage,
        label=_storable(passage.label),
        text=_storable(passage.text),
        language=passage.language or language,
    )


def _storable(value: Any) -> Any:
    """Return texts as they can be stored, and the values of a card as JSON gives them back."""
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode("utf-8")
    if isinstance(value, Mapping):
        return json.loads(json.dumps(value))
    return value
