"""Asking after many addresses: a few at a time, and each host once at a time."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor, as_completed
from urllib.parse import urldefrag

from newsletter.outside.asking import Answer, ask

AT_ONCE = 4


class Turns:
    """A lock for each host."""

    def __init__(self) -> None:
        self._own = threading.Lock()
        self._hosts: dict[str, threading.Lock] = {}

    def of(self, host: str) -> threading.Lock:
        """Return the turn of a host; whoever holds it is the only one there."""
        with self._own:
            return self._hosts.setdefault(host.lower(), threading.Lock())


def ask_all(urls: Iterable[str]) -> Iterator[tuple[str, Answer]]:
    """Yield each address with what was answered, in the order in which answers come.

    What follows # is the reader's own, so addresses that differ in it are asked after once.
    """
    same: dict[str, list[str]] = {}
    for url in dict.fromkeys(urls):
        same.setdefault(urldefrag(url).url, []).append(url)
    turns = Turns()
    with ThreadPoolExecutor(AT_ONCE) as threads:
        asked = {threads.submit(ask, bare, turns.of): bare for bare in same}
        for done in as_completed(asked):
            for url in same[asked[done]]:
                yield url, done.result()
