"""What a search engine is to the rest of the hub.

An engine stores documents as terms of `search.analysis` and answers plans of
`search.plan`. It knows documents only as `SearchDocument`; the same contract
tests run over every engine.
"""

from __future__ import annotations

import datetime as dt
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from core.contracts import SearchDocument
from search.plan import Plan

Sort = Literal["relevance", "date"]
FACETS = ("kind", "theme", "year", "language")
PASSAGES_PER_HIT = 3

Reload = Callable[[str], SearchDocument | None]
"""Read a document again by its key; None when it may no longer be found."""


Progress = Callable[[int, int], None]
"""Called with the number of documents done and the number there are."""

MOST_PASSAGES = (1 << 16) - 1
"""Passages of one document that are stored; the rest of a longer one is left out."""


class SearchUnavailable(Exception):
    """Questions cannot be answered: the index is missing, broken or of another version.

    Building it anew helps, unless the engine is out of reach.
    """


class SearchUnreachable(SearchUnavailable):
    """The server of the engine does not answer now; all we can do is wait."""


@dataclass(frozen=True, slots=True)
class Filters:
    """What a reader narrowed the results to. Empty means: no limit."""

    kind: tuple[str, ...] = ()
    theme: tuple[str, ...] = ()
    year: tuple[int, ...] = ()
    language: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        """Whether anything is narrowed."""
        return bool(self.kind or self.theme or self.year or self.language)


@dataclass(frozen=True, slots=True)
class SearchRequest:
    """One page of results that somebody asks for.

    `language` is the reader's own: of a work with translations that one is shown.
    `kind_weights` multiplies the score of a kind (1.0 when not named).
    `page` counts from 1. `within` names a work, to search in its documents only, all their
    passages alike; `passages` is how many places a hit brings at most.
    """

    plan: Plan
    filters: Filters = Filters()
    sort: Sort = "relevance"
    page: int = 1
    page_size: int = 10
    language: str = ""
    kind_weights: Mapping[str, float] = field(default_factory=dict)
    within: str = ""
    passages: int = PASSAGES_PER_HIT


@dataclass(frozen=True, slots=True)
class PassageHit:
    """A place inside a document that matched."""

    locator: str
    label: str
    text: str
    language: str
    url: str
    score: float


@dataclass(frozen=True, slots=True)
class Hit:
    """A work that matched, shown as one of its documents, best passages first."""

    key: str
    work: str
    kind: str
    language: str
    title: str
    url: str
    score: float
    summary: str = ""
    body: str = ""
    themes: tuple[str, ...] = ()
    year: int | None = None
    date: dt.date | None = None
    card: Mapping[str, Any] | None = None
    passages: tuple[PassageHit, ...] = ()


@dataclass(frozen=True, slots=True)
class Results:
    """One page of hits, the number of all works found, and what they could be narrowed to.

    `facets` counts works per value of each of FACETS. The choice made within a
    facet does not limit the counts of that facet itself. `page` is the page that
    was given, which is the last one when a later one was asked for.
    """

    hits: Sequence[Hit] = ()
    total: int = 0
    page: int = 1
    pages: int = 1
    facets: Mapping[str, Mapping[Any, int]] = field(default_factory=lambda: {f: {} for f in FACETS})


@dataclass(frozen=True, slots=True)
class TitleMatch:
    """A document whose title holds what somebody is typing."""

    key: str
    work: str
    kind: str
    language: str
    title: str
    url: str


@dataclass(frozen=True, slots=True)
class Completions:
    """What somebody may be about to ask for: titles, and (word, language) of the vocabulary."""

    titles: Sequence[TitleMatch] = ()
    words: Sequence[tuple[str, str]] = ()


class Engine(ABC):
    """Stores documents and finds them."""

    @abstractmethod
    def put(self, documents: Iterable[SearchDocument]) -> int:
        """Add documents, replacing those with the same key. Return how many."""
        raise NotImplementedError

    @abstractmethod
    def delete(self, keys: Iterable[str]) -> None:
        """Take documents out. Unknown keys are no error."""
        raise NotImplementedError

    @abstractmethod
    def rebuild(
        self, documents: Iterable[SearchDocument], reload: Reload, progress: Progress | None = None
    ) -> int:
        """Build a fresh index beside the live one and swap. Return how many documents.

        Readers keep the old index until the swap. What `put` and `delete` changed
        while the documents were read is read again with `reload`. All documents are
        read first; `progress` then follows how they are stored.
        """
        raise NotImplementedError

    @abstractmethod
    def search(self, request: SearchRequest) -> Results:
        """Answer a request. Raises SearchUnavailable when there is no usable index."""
        raise NotImplementedError

    @abstractmethod
    def count(self) -> int:
        """Return the number of documents. Raises SearchUnavailable."""
        raise NotImplementedError

    @abstractmethod
    def frequency(self, term: str, language: str) -> int:
        """Return how often a term is used in texts of a language. Raises SearchUnavailable.

        A Dutch piece that only stands inside compounds, but in many, counts once.
        """
        raise NotImplementedError

    @abstractmethod
    def similar(self, word: str, language: str) -> list[tuple[str, int]]:
        """Return words that look like a word, and how often each is used, in any order."""
        raise NotImplementedError

    @abstractmethod
    def complete(self, beginnings: Sequence[str], language: str, limit: int) -> Completions:
        """Return what may be meant by words of which the last is still being typed.

        `beginnings` are folded words (`search.analysis.forms`), at least one.

        `titles` are the documents in whose title each beginning begins a word, or a part
        of a Dutch compound (`Splitter.parts`), whatever the order; at most `limit`, of each
        work only the first. First those in `language`, then titles whose first word begins
        with the first of the beginnings, then whole words before parts and short titles
        before long ones.

        `words` are the words of all texts that go on where the last beginning ends: at most
        `limit`, no stop words, of each stem only the most used, and none of the stem that the
        beginning itself has. First those in `language`, then the most used.

        Raises SearchUnavailable.
        """
        raise NotImplementedError

    @abstractmethod
    def keys(self) -> Iterator[str]:
        """Yield the keys of all documents. Raises SearchUnavailable."""
        raise NotImplementedError

    @abstractmethod
    def stored(self, keys: Sequence[str]) -> Mapping[str, SearchDocument]:
        """Return the documents under some keys as they are stored. Raises SearchUnavailable."""
        raise NotImplementedError

    def is_ready(self) -> bool:
        """Say whether questions can be answered now.

        Raises SearchUnreachable when that cannot be known.
        """
        try:
            self.count()
        except SearchUnreachable:
            raise
        except SearchUnavailable:
            return False
        return True
