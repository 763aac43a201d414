"""`make bench`: every measurement this machine can do, as tables.

Larger data sets are used when a folder with them is given: `HUB_BENCH_DATA`, or
`../shared/data` beside the project. Without one, the demo content is measured.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[1]
DATA = Path(os.environ.get("HUB_BENCH_DATA", PROJECT.parent / "shared" / "data"))


def run(title: str, *command: str) -> int:
    """Run one measurement under a heading."""
    print(f"\n## {title}\n", flush=True)
    return subprocess.run([sys.executable, *command], cwd=PROJECT, check=False).returncode


def main() -> int:
    """Run them all; the exit code is that of the worst."""
    codes = []
    subprocess.run(
        [sys.executable, "manage.py", "migrate", "--verbosity", "0"], cwd=PROJECT, check=True
    )
    subprocess.run(
        [sys.executable, "manage.py", "collectstatic", "--noinput", "--verbosity", "0"],
        cwd=PROJECT,
        check=True,
    )
    subprocess.run(
        [sys.executable, "manage.py", "demo"], cwd=PROJECT, check=True, stdout=subprocess.DEVNULL
    )
    codes.append(run("Requests", "-m", "benchmarks.load"))
    codes.append(run("A growing library", "-m", "benchmarks.library"))
    codes.append(run("Uploads", "-m", "benchmarks.uploads"))
    codes.append(run("Citations", "-m", "benchmarks.citations"))
    codes.append(run("Building a release", "-m", "benchmarks.toolkit"))
    codes.append(run("A flood of sign-ups", "-m", "benchmarks.signup_flood"))
    codes.append(run("Who may be mailed", "-m", "benchmarks.mailable"))
    codes.append(run("Delivery", "benchmarks/delivery.py", "--recipients", "2000"))
    killing = ("--recipients", "1000", "--workers", "2", "--kills", "20")
    codes.append(run("Killed senders", "benchmarks/delivery.py", *killing))
    codes.append(run("Servers that fail", "benchmarks/delivery_faults.py", "--recipients", "300"))
    codes.append(run("Links in mails", "benchmarks/delivery_links.py", "--tokens", "200"))
    codes.append(run("Downloads", "-m", "benchmarks.download"))
    codes.append(run("The feed of a podcast", "-m", "benchmarks.podcast_feed"))
    codes.append(run("Serving recordings and large files", "-m", "benchmarks.serving"))
    codes.append(run("Suggestions while typing", "-m", "benchmarks.suggest"))
    search = DATA / "search"
    if search.is_dir():
        texts = ("--docs", str(search / "docs.jsonl"), "--stock", "10000")
        codes.append(run("As the library grows", "benchmarks/search_curve.py", *texts))
        codes.append(
            run(
                "Search",
                "benchmarks/search_quality.py",
                "--docs",
                str(search / "docs.jsonl"),
                "--queries",
                str(search / "queries.jsonl"),
                "--qrels",
                str(search / "qrels.tsv"),
            )
        )
        codes.append(
            run(
                "Compounds",
                "benchmarks/compounds.py",
                "--docs",
                str(search / "docs.jsonl"),
                "--pairs",
                str(search / "compounds.jsonl"),
            )
        )
    if (DATA / "bib").is_dir():
        codes.append(
            run("References", "benchmarks/references.py", str(DATA / "bib"), "--drafts", "200")
        )
    if (DATA / "pdf" / "real").is_dir():
        real = str(DATA / "pdf" / "real")
        codes.append(run("Suggestions", "benchmarks/suggestions.py", real))
    media = Path(os.environ.get("HUB_DATA_DIR", "var"))
    pdfs = DATA / "pdf" if (DATA / "pdf").is_dir() else PROJECT / media / "media" / "documents"
    codes.append(run("Ingest", "benchmarks/ingest.py", str(pdfs)))
    return max(codes)


if __name__ == "__main__":
    sys.exit(main())
