"""The engine for several machines: documents in, ranked works with their best passages out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice

from core.contracts import SearchDocument
from search.engines.base import (
    Completions,
    Engine,
    Progress,
    Reload,
    Results,
    SearchRequest,
    SearchUnreachable,
)
from search.engines.cluster.address import Address
from search.engines.cluster.answers import Asker
from search.engines.cluster.builds import Builds
from search.engines.cluster.connection import Connection, Refused
from search.engines.cluster.entries import document_of
from search.engines.cluster.mapping import DOCUMENTS, alias
from search.engines.cluster.rebuilding import Rebuild
from search.engines.cluster.suggestions import similar, titles_with
from search.engines.cluster.words import FollowedVocabulary
from search.engines.cluster.writing import Writer

_BATCH = 50
_KEYS_AT_ONCE = 1_000


class ClusterEngine(Engine):
    """An index in an Elasticsearch 8/9 or OpenSearch 2/3 cluster."""

    def __init__(self, address: Address) -> None:
        self._connection = Connection(address)
        self._builds = Builds(self._connection)
        self._words = FollowedVocabulary(self._connection, self._builds)
        self._writer = Writer(self._connection, self._builds, self._words)
        self._documents = alias(address.prefix, DOCUMENTS)

    def put(self, documents: Iterable[SearchDocument]) -> int:
        """Add documents, replacing those with the same key."""
        count = 0
        remaining = iter(documents)
        while batch := list(islice(remaining, _BATCH)):
            self._writer.change({document.key: document for document in batch})
            count += len(batch)
        return count

    def delete(self, keys: Iterable[str]) -> None:
        """Take documents out."""
        self._writer.change(dict.fromkeys(keys))

    def rebuild(
        self, documents: Iterable[SearchDocument], reload: Reload, progress: Progress | None = None
    ) -> int:
        """Build a fresh index beside the live one and swap."""
        count = Rebuild(self._connection, self._builds, reload, progress).run(documents)
        self._words.get(now=True)
        return count

    def count(self) -> int:
        """Return the number of documents."""
        return int(self._connection.read("GET", f"/{self._documents}/_count")["count"])

    def search(self, request: SearchRequest) -> Results:
        """Answer a request; once more when the index was swapped meanwhile."""
        try:
            return self._search(request)
        except SearchUnreachable:
            raise
        except Refused:
            return self._search(request)

    def frequency(self, term: str, language: str) -> int:
        """Return how often a term is used in texts of a language."""
        return self._words.get().frequency(term, language)

    def similar(self, word: str, language: str) -> list[tuple[str, int]]:
        """Return words that differ little from a word, and how often each is used."""
        return similar(self._connection, self._documents, self._words.get(), word, language)

    def complete(self, beginnings: Sequence[str], language: str, limit: int) -> Completions:
        """Return titles and words that go on from what was typed."""
        return Completions(
            titles_with(self._connection, self._documents, beginnings, language, limit),
            self._words.get().beginning(beginnings[-1], language, limit),
        )

    def keys(self) -> Iterator[str]:
        """Yield the keys of all documents."""
        after: list[int] = []
        while True:
            body = {
                "size": _KEYS_AT_ONCE,
                "sort": [{"placed": "asc"}],
                "_source": False,
                **({"search_after": after} if after else {}),
            }
            found = self._connection.write("POST", f"/{self._documents}/_search", body)
            hits = found["hits"]["hits"]
            yield from (hit["_id"] for hit in hits)
            if len(hits) < _KEYS_AT_ONCE:
                return
            after = hits[-1]["sort"]

    def stored(self, keys: Sequence[str]) -> Mapping[str, SearchDocument]:
        """Return the documents that stand under some keys."""
        if not keys:
            return {}
        answer = self._connection.write(
            "POST",
            f"/{self._documents}/_mget",
            {"ids": list(keys)},
            _source_excludes="words",
        )
        return {
            found["_id"]: document_of(found["_id"], found["_source"])
            for found in answer["docs"]
            if found.get("found")
        }

    def remove(self) -> None:
        """Remove everything this site has in the cluster."""
        self._builds.remove_all()

    def _search(self, request: SearchRequest) -> Results:
        tally = self._words.get().tally
        return Asker(self._connection, self._documents, request, tally).results()
