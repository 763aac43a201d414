"""Measure reading PDFs: pages per CPU second, memory of the child, and how files end.

    python benchmarks/ingest.py FILES_OR_DIRECTORIES… [--json]

Each file goes through the same sandboxed children as in the hub (text with pdfium and pypdf,
cover with pdfium), and through pdftotext under the same limits where that is installed. CPU
seconds count the whole child, its start included; memory is the largest resident size of any
child. Each directory is a row of its own.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import shutil
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from core import sandbox
from core.sandbox_child import peak_memory
from kenniskamer import cover, extraction

MEGABYTE = 1 << 20
PDFTOTEXT = shutil.which("pdftotext")


@dataclass(frozen=True, slots=True)
class Measurement:
    """One file: CPU in seconds, memory in bytes."""

    file: str
    state: str
    pages: int
    cpu: float
    memory: int
    cover: str
    cover_cpu: float
    cover_memory: int
    pdftotext: str = ""
    pdftotext_cpu: float = 0.0
    pdftotext_memory: int = 0


def measure(path: Path) -> Measurement:
    """Read one file in all three ways."""
    found = extraction.extract(path.resolve())
    drawn = sandbox.run(cover.DRAW, {"path": str(path.resolve())}, limits=cover.LIMITS)
    return Measurement(
        file=path.name,
        state=found.state.value,
        pages=len(found.pages),
        cpu=found.cpu_seconds,
        memory=found.peak_memory,
        cover=drawn.ending.value,
        cover_cpu=drawn.cpu_seconds,
        cover_memory=drawn.peak_memory,
        **(pdftotext(path) if PDFTOTEXT else {}),
    )


def pdftotext(path: Path) -> dict[str, Any]:
    """Run poppler's pdftotext under the limits our own child has."""

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_CPU, (extraction.CAREFUL.cpu_seconds,) * 2)
        resource.setrlimit(resource.RLIMIT_AS, (extraction.CAREFUL.memory_bytes,) * 2)

    process = subprocess.Popen(
        [PDFTOTEXT, str(path), os.devnull],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        preexec_fn=limit,  # no threads here
    )
    peak = 0
    # Watched from outside: the kernel's own figure also counts us, at the fork.
    while os.waitid(os.P_PID, process.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is None:
        peak = max(peak, peak_memory(process.pid))
        time.sleep(0.002)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    return {
        "pdftotext": "ok" if process.returncode == 0 else f"exit {process.returncode}",
        "pdftotext_cpu": usage.ru_utime + usage.ru_stime,
        "pdftotext_memory": peak,
    }


def summary(name: str, rows: Sequence[Measurement]) -> dict[str, Any]:
    """Add up one set."""
    read = [row for row in rows if row.pages]
    pages = sum(row.pages for row in read)
    result = {
        "set": name,
        "files": len(rows),
        "pages": pages,
        "states": dict(Counter(row.state for row in rows)),
        "pages_per_cpu_second": per_second(pages, sum(row.cpu for row in read)),
        "most_cpu_seconds": round(max(row.cpu for row in rows), 1),
        "peak_megabytes": max(row.memory for row in rows) // MEGABYTE,
        "covers": dict(Counter(row.cover for row in rows)),
        "cover_peak_megabytes": max(row.cover_memory for row in rows) // MEGABYTE,
    }
    if PDFTOTEXT:
        cpu = sum(row.pdftotext_cpu for row in read)
        result["pdftotext"] = {
            "pages_per_cpu_second": per_second(pages, cpu),
            "most_cpu_seconds": round(max(row.pdftotext_cpu for row in rows), 1),
            "peak_megabytes": max(row.pdftotext_memory for row in rows) // MEGABYTE,
            "endings": dict(Counter(row.pdftotext for row in rows)),
        }
    return result


def per_second(pages: int, seconds: float) -> float:
    """Return pages per CPU second, 0 when nothing was read."""
    return round(pages / seconds, 1) if seconds else 0.0


def table(summaries: Iterable[dict[str, Any]]) -> str:
    """Return the summaries as a Markdown table."""
    lines = [
        "| set | reader | files | pages | pages per CPU s | most CPU s | peak MB | endings |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for one in summaries:
        head = f"| {one['set']}"
        lines.append(
            f"{head} | hub (pdfium + pypdf) | {one['files']} | {one['pages']} | "
            f"{one['pages_per_cpu_second']} | {one['most_cpu_seconds']} | "
            f"{one['peak_megabytes']} | {words(one['states'])} |"
        )
        lines.append(
            f"{head} | hub cover (pdfium) | {one['files']} | | | | "
            f"{one['cover_peak_megabytes']} | {words(one['covers'])} |"
        )
        other = one.get("pdftotext")
        if other:
            lines.append(
                f"{head} | pdftotext | {one['files']} | {one['pages']} | "
                f"{other['pages_per_cpu_second']} | {other['most_cpu_seconds']} | "
                f"{other['peak_megabytes']} | {words(other['endings'])} |"
            )
    return "\n".join(lines)


def words(counts: dict[str, int]) -> str:
    """Return counts, the largest first."""
    ranked = sorted(counts.items(), key=lambda item: -item[1])
    return ", ".join(f"{count} {name}" for name, count in ranked)


def sets(arguments: Sequence[Path]) -> dict[str, list[Path]]:
    """Return the files to measure: one set for each directory that holds any."""
    found: dict[str, list[Path]] = {}
    for path in arguments:
        for file in sorted(path.rglob("*.pdf")) if path.is_dir() else [path]:
            found.setdefault(file.resolve().parent.name, []).append(file)
    return found


def main() -> None:
    """Measure what the command line names."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("paths", nargs="+", type=Path)
    parser.add_argument("--json", action="store_true", help="One JSON object with every file.")
    options = parser.parse_args()
    measured = {}
    for name, paths in sets(options.paths).items():
        measured[name] = []
        for number, path in enumerate(paths, start=1):
            print(f"\r{name} {number}/{len(paths)}", end="", file=sys.stderr, flush=True)
            measured[name].append(measure(path))
        print(file=sys.stderr)
    summaries = [summary(name, rows) for name, rows in measured.items()]
    if options.json:
        files = {name: [asdict(row) for row in rows] for name, rows in measured.items()}
        print(json.dumps({"sets": summaries, "files": files}))
    else:
        print(table(summaries))


if __name__ == "__main__":
    main()
