"""A mail server of our own as a process, what it wrote down, and postfix's sender beside it."""

from __future__ import annotations

import contextlib
import dataclasses
import json
import os
import socket
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from benchmarks.mail_sink import Faults
from benchmarks.sending.edition import write_one
from benchmarks.sending.site import PROJECT

SOURCE_CONNECTIONS = 10
MOST_OF_REFERENCE = 5000


def free_port() -> int:
    """Return a port that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextlib.contextmanager
def own_server(address: str, spool: Path, faults: Faults | None = None) -> Iterator[Path]:
    """Run a server of ours at an address; give the file it writes."""
    asked = json.dumps(dataclasses.asdict(faults or Faults()))
    server = subprocess.Popen(
        [sys.executable, "-m", "benchmarks.mail_sink", address, str(spool), asked],
        cwd=PROJECT,
        stdout=subprocess.PIPE,
    )
    try:
        assert server.stdout is not None
        if not server.stdout.readline():
            raise SystemExit(f"Nothing can listen at {address}.")
        yield spool
    finally:
        server.terminate()
        server.wait(20)


def happened(spool: Path, edition: int = 0) -> dict[str, Counter[str]]:
    """Return per event how often it happened to whom; taken mail of one edition only."""
    found: dict[str, Counter[str]] = {}
    mark = f"e{edition}." if edition else ""
    for line in spool.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        if row["event"] not in ("taken", "lost") or row["id"].startswith(mark):
            found.setdefault(row["event"], Counter())[row["to"]] += 1
    return found


def reference(source: str, number: int, smtp: str, folder: Path) -> float:
    """Return the mails a second of smtp-source with a mail of the same size."""
    mail = folder / "reference.eml"
    write_one(mail)
    library = str(Path(source).resolve().parents[1] / "lib" / "postfix")
    number = min(number, MOST_OF_REFERENCE)
    began = time.monotonic()
    subprocess.run(
        [
            source, "-d", "-s", str(SOURCE_CONNECTIONS), "-m", str(number), "-N",
            "-f", "nieuws@hub.example.org", "-t", "u@example.org", "-F", str(mail), smtp,
        ],
        check=True,
        env={**os.environ, "LD_LIBRARY_PATH": library},
    )  # fmt: skip
    return number / (time.monotonic() - began)
