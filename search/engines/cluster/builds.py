"""The builds of the index: making one, finding the one in use, and swapping.

A build is two indexes with one name behind two aliases, swapped in one step. Readers
follow the aliases, so they keep the old build until the new one is whole.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from search.engines.base import SearchUnavailable, SearchUnreachable
from search.engines.cluster.connection import Connection, Refused
from search.engines.cluster.mapping import (
    DOCUMENTS,
    VERSION,
    WORDS,
    alias,
    build_name,
    template,
    words_template,
)

_ABSENT = 404
_PARTS = (DOCUMENTS, WORDS)


@dataclass(frozen=True, slots=True)
class Build:
    """One build, by the names of its two indexes."""

    prefix: str
    name: str

    @property
    def documents(self) -> str:
        """Return the index of documents."""
        return build_name(self.prefix, DOCUMENTS, self.name)

    @property
    def words(self) -> str:
        """Return the index of words and changes."""
        return build_name(self.prefix, WORDS, self.name)


class Builds:
    """All builds of one site in a cluster."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._prefix = connection.address.prefix

    def current(self) -> Build:
        """Return the build in use. Raises SearchUnavailable when there is none."""
        name = alias(self._prefix, WORDS)
        try:
            found = self._connection.read("GET", f"/_alias/{name}")
        except Refused as error:
            if error.status == _ABSENT:
                raise SearchUnavailable("There is no search index yet.") from error
            raise
        index = next(iter(found))
        return Build(self._prefix, index.removeprefix(f"{name}-"))

    def current_or_none(self) -> Build | None:
        """Return the build in use, None when there is none. Raises SearchUnreachable."""
        try:
            return self.current()
        except SearchUnreachable:
            raise
        except SearchUnavailable:
            return None

    def create(self) -> Build:
        """Make the indexes of a new build, not yet in use and not yet refreshed."""
        self._put_templates()
        build = Build(self._prefix, uuid.uuid4().hex[:12])
        # Nobody reads it before the swap; making it readable every second costs time.
        unread = {"settings": {"index": {"refresh_interval": "-1"}}}
        self._connection.write("PUT", f"/{build.documents}", unread)
        self._connection.write("PUT", f"/{build.words}", {})
        return build

    def swap_in(self, build: Build) -> None:
        """Let everybody use a build from now on, and remove all others of this version."""
        from_template = {"index": {"refresh_interval": None}}
        self._connection.write("PUT", f"/{build.documents}/_settings", from_template)
        self._connection.write("POST", f"/{build.documents},{build.words}/_refresh")
        actions = [self._action("add", part, build) for part in _PARTS]
        if old := self.current_or_none():
            actions += [self._action("remove", part, old) for part in _PARTS]
        self._connection.write("POST", "/_aliases", {"actions": actions})
        self.sweep(build)

    def sweep(self, keep: Build | None) -> None:
        """Remove what replaced and killed rebuilds left, of this version and before."""
        kept = {keep.documents, keep.words} if keep else set()
        pattern = ",".join(f"{self._prefix}-{part}-v*" for part in _PARTS)
        found = self._connection.write("GET", f"/{pattern}/_settings", allow_no_indices=True)
        for index in found:
            version = index.removeprefix(self._prefix).split("-v", 1)[1].split("-")[0]
            if index not in kept and version.isdigit() and int(version) <= VERSION:
                self.remove(index)

    def remove_all(self) -> None:
        """Remove all indexes and templates of this site and version, and its locks."""
        self.sweep(None)
        self.remove(f"{self._prefix}-locks")
        for part in _PARTS:
            path = f"/_index_template/{alias(self._prefix, part)}"
            try:
                self._connection.write("DELETE", path)
            except Refused as error:
                if error.status != _ABSENT:
                    raise

    def discard(self, build: Build) -> None:
        """Remove a build that did not come into use."""
        for index in (build.documents, build.words):
            self.remove(index)

    def remove(self, index: str) -> None:
        """Remove an index; one that is not there is no error."""
        self._connection.write("DELETE", f"/{index}", ignore_unavailable=True)

    def _action(self, verb: str, part: str, build: Build) -> dict[str, dict[str, str]]:
        index = build_name(self._prefix, part, build.name)
        return {verb: {"index": index, "alias": alias(self._prefix, part)}}

    def _put_templates(self) -> None:
        for part, body in (
            (DOCUMENTS, template(self._prefix)),
            (WORDS, words_template(self._prefix)),
        ):
            name = alias(self._prefix, part)
            self._connection.write("PUT", f"/_index_template/{name}", body)
