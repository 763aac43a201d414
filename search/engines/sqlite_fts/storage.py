"""The index file: who reads it, who writes it, and how a new one takes its place.

`path` is a symbolic link to the file in use. A rebuild writes a new file beside
it and replaces the link in one step, so that SQLite's own side files (`-wal`,
`-shm`), which carry the name of the real file, never meet those of another.
Readers see the new link at their next question. Writers take a lock file.
"""

from __future__ import annotations

import fcntl
import os
import sqlite3
import threading
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from search.engines.base import SearchUnavailable
from search.engines.sqlite_fts.schema import create, open_existing

_SIDE_FILES = ("", "-wal", "-shm", "-journal")


@dataclass
class _Reader(threading.local):
    """The connection of one thread, and which file it belongs to."""

    connection: sqlite3.Connection | None = None
    opened: tuple[int, int] | None = None


class Storage:
    """The index file at `path`."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._reader = _Reader()

    def reader(self) -> sqlite3.Connection:
        """Return this thread's connection to the file in use, or raise SearchUnavailable."""
        state = self._reader
        present = self._present()
        if state.connection is None or state.opened != present:
            self.close()
            state.connection = open_existing(self._real(), read_only=True)
            state.opened = present
        return state.connection

    def close(self) -> None:
        """Close this thread's connection."""
        if self._reader.connection is not None:
            self._reader.connection.close()
        self._reader.connection = self._reader.opened = None

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """Give a connection in a transaction, alone among writers. Makes a missing file."""
        with self._locked("lock"):
            if not self.path.exists():
                self._swap_in(self._new_file())
            connection = open_existing(self._real(), read_only=False)
            try:
                with _transaction(connection):
                    yield connection
            finally:
                connection.close()

    @contextmanager
    def rebuilding(self) -> Iterator[Draft]:
        """Give a draft of a new index. One rebuild at a time; a second one waits."""
        with self._locked("rebuild"):
            with self._locked("lock"):
                self._sweep()
            draft = Draft(self)
            try:
                yield draft
            finally:
                draft.discard()

    def _new_file(self) -> Path:
        path = self._beside(uuid.uuid4().hex[:12])
        create(path).close()
        return path

    def _beside(self, mark: str) -> Path:
        return self.path.with_name(f"{self.path.stem}-{mark}{self.path.suffix}")

    def _swap_in(self, path: Path) -> None:
        old = self._real() if self.path.exists() else None
        link = path.with_name(f"{path.name}.link")
        link.symlink_to(path.name)
        os.replace(link, self.path)
        if old is not None and old.name != self.path.name:
            _unlink(old)

    def _sweep(self) -> None:
        """Remove what rebuilds that were killed left behind."""
        in_use = self._real().name
        for path in self.path.parent.glob(f"{self.path.stem}-*{self.path.suffix}*"):
            if not path.name.startswith(in_use):
                path.unlink(missing_ok=True)

    def _real(self) -> Path:
        return self.path.resolve()

    def _present(self) -> tuple[int, int]:
        try:
            found = os.stat(self.path)
        except OSError as error:
            raise SearchUnavailable("There is no search index yet.") from error
        return found.st_dev, found.st_ino

    @contextmanager
    def _locked(self, name: str) -> Iterator[None]:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with open(self.path.with_name(f"{self.path.name}.{name}"), "wb") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)  # released when the file closes, or its owner dies
            yield


class Draft:
    """A new index that is being written and not yet in use."""

    def __init__(self, storage: Storage) -> None:
        self._storage = storage
        self._path: Path | None = storage._new_file()
        self.connection = open_existing(self._path, read_only=False)
        self.connection.execute("PRAGMA synchronous = OFF")  # nobody reads it before the swap
        self._since, self._build = self._mark()

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """Write a batch."""
        with _transaction(self.connection):
            yield self.connection

    @contextmanager
    def finishing(self) -> Iterator[set[str]]:
        """Give the keys that changed meanwhile, with writers held up; then swap."""
        with self._storage._locked("lock"):
            yield self._changed()
            self.connection.close()  # the last one to close moves the -wal into the file
            if self._path is not None:
                _flush(self._path)
                self._storage._swap_in(self._path)
                self._path = None

    def discard(self) -> None:
        """Remove the draft when it was not swapped in."""
        if self._path is not None:
            self.connection.close()
            _unlink(self._path)

    def _mark(self) -> tuple[int, str]:
        """Return the number of the newest change in the live index, and its build."""
        try:
            live = self._storage.reader()
            number = live.execute("SELECT coalesce(max(number), 0) FROM changes").fetchone()[0]
            return number, live.execute("SELECT value FROM about").fetchone()[0]
        except (SearchUnavailable, sqlite3.Error):
            return 0, ""

    def _changed(self) -> set[str]:
        number, build = self._mark()
        since = self._since if build == self._build else 0
        if number <= since:
            return set()
        live = self._storage.reader()
        return {
            row[0] for row in live.execute("SELECT key FROM changes WHERE number > ?", (since,))
        }


@contextmanager
def _transaction(connection: sqlite3.Connection) -> Iterator[None]:
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")


def _flush(path: Path) -> None:
    with open(path, "rb") as file:
        os.fsync(file.fileno())


def _unlink(path: Path) -> None:
    for ending in _SIDE_FILES:
        path.with_name(path.name + ending).unlink(missing_ok=True)
