"""Giving out a file of 200 MB: ours beside Django's plain file response, in one process.

python -m benchmarks.download [MEGABYTES]

Each answer is read to its end as a server would, in turns, three times; the best counts.
Memory is what the process grew by at most while it read.
"""

from __future__ import annotations

import os
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hub.settings.test")
TURNS = 3


def peak_mb() -> float:
    """Return the most memory this process held so far, in MB (Linux counts in kB)."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000


def read(make: Callable[[], Any]) -> tuple[int, float]:
    """Read an answer to its end: bytes and seconds."""
    started = time.perf_counter()
    answer = make()
    size = sum(len(piece) for piece in answer.streaming_content)
    answer.close()
    return size, time.perf_counter() - started


def main(megabytes: int) -> None:
    """Print the table."""
    import django

    django.setup()
    from django.core.files import File
    from django.http import FileResponse
    from django.test import RequestFactory
    from django.utils import timezone

    from core.downloads import file_response

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "toolkit.zip"
        with path.open("wb") as file:
            for _piece in range(megabytes):
                file.write(os.urandom(1_000_000))
        whole = RequestFactory().get("/")
        ranged = RequestFactory().get("/", headers={"range": "bytes=1-"})

        def ours(request: Any) -> Any:
            stored = SimpleNamespace(
                file=File(path.open("rb"), name=str(path)),
                filename=path.name,
                content_type="application/zip",
                sha256="0" * 64,
                file_size=path.stat().st_size,
                stored_at=timezone.now(),
            )
            return file_response(request, stored)

        ways: dict[str, Callable[[], Any]] = {
            "plain FileResponse": lambda: FileResponse(path.open("rb")),
            "ours, whole": lambda: ours(whole),
            "ours, a range": lambda: ours(ranged),
        }
        print("| answer | MB | MB/s | memory grew by |\n| --- | --- | --- | --- |")
        for name, make in ways.items():
            before = peak_mb()
            runs = [read(make) for _turn in range(TURNS)]
            size, seconds = min(runs, key=lambda run: run[1])
            grew = peak_mb() - before
            print(f"| {name} | {size / 1e6:.0f} | {size / 1e6 / seconds:,.0f} | {grew:.1f} MB |")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 200)
