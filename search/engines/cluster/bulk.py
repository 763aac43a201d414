"""Writing many documents: in requests of bounded size, and slower when the cluster says so."""

from __future__ import annotations

import random
import time
from collections.abc import Iterable, Iterator
from typing import Any

from search.engines.base import SearchUnavailable
from search.engines.cluster.connection import Connection, Refused, TooBusy, line

MOST_BYTES = 4_000_000
MOST_ACTIONS = 500
MOST_TRIES = 8
_FIRST_PAUSE, _LONGEST_PAUSE = 0.25, 15.0
_TOO_BUSY, _ABSENT = 429, 404

Action = tuple[bytes, ...]
"""The lines of one action: what to do, and for all but a deletion the document."""


def index_action(index: str, key: str, document: dict[str, Any], *, alias: bool = True) -> Action:
    """Return the action that stores a document, in place of one with the same key."""
    return line({"index": _target(index, key, alias)}), line(document)


def create_action(index: str, key: str, document: dict[str, Any]) -> Action:
    """Return the action that stores a document, and fails when the key is taken."""
    return line({"create": _target(index, key, True)}), line(document)


def delete_action(index: str, key: str) -> Action:
    """Return the action that takes a document out."""
    return (line({"delete": {"_index": index, "_id": key}}),)


def _target(index: str, key: str, alias: bool) -> dict[str, Any]:
    # A name that is no alias would make the cluster invent an index of its own.
    return {"_index": index, "_id": key, "require_alias": alias}


def send(connection: Connection, actions: Iterable[Action], *, refresh: bool = False) -> None:
    """Send actions in requests of bounded size. Raises when one of them is refused for good."""
    for batch in _batches(actions):
        _send_batch(connection, batch, refresh)


def _batches(actions: Iterable[Action]) -> Iterator[list[Action]]:
    batch: list[Action] = []
    size = 0
    for action in actions:
        length = sum(map(len, action))
        if batch and (size + length > MOST_BYTES or len(batch) == MOST_ACTIONS):
            yield batch
            batch, size = [], 0
        batch.append(action)
        size += length
    if batch:
        yield batch


def _send_batch(connection: Connection, batch: list[Action], refresh: bool) -> None:
    params = {"refresh": "true"} if refresh else {}
    for attempt in range(MOST_TRIES):
        if attempt:
            _pause(attempt)
        try:
            answer = connection.bulk((part for action in batch for part in action), **params)
        except TooBusy:
            continue
        batch = [action for action, item in _failed(batch, answer) if _may_retry(item)]
        if not batch:
            return
    raise TooBusy("The search cluster stayed too busy to take in documents.")


def _failed(batch: list[Action], answer: Any) -> list[tuple[Action, dict[str, Any]]]:
    if not answer["errors"]:
        return []
    results = (next(iter(item.items())) for item in answer["items"])
    return [
        (action, result)
        for action, (verb, result) in zip(batch, results, strict=True)
        if result["status"] >= 300 and not (verb == "delete" and result["status"] == _ABSENT)
    ]


def _may_retry(result: dict[str, Any]) -> bool:
    """Say whether an action failed for lack of room. Raises for what will never work."""
    if result["status"] == _TOO_BUSY:
        return True
    error = result.get("error", {})
    reason = f"{error.get('type')}: {error.get('reason')}"
    if error.get("type") == "index_not_found_exception":
        raise SearchUnavailable("There is no search index yet.")
    raise Refused(result["status"], f"{result['_id']}: {reason}"[:300])


def _pause(attempt: int) -> None:
    longest = min(_LONGEST_PAUSE, _FIRST_PAUSE * 2**attempt)
    time.sleep(longest * random.uniform(0.5, 1.0))  # noqa: S311 - spreading, not secrecy
