"""Compare the two readers of PDF text: do pdfium and pypdf find the same words?

    python benchmarks/readers.py FILES_OR_DIRECTORIES…

Each file is read twice in the sandbox of the hub, with and without pdfium. Agreement is
the F1 of the two bags of lower-case words, after the hub's own clean-up; CPU seconds count
the whole child. Files that either cannot read are counted, not compared.
"""

from __future__ import annotations

import argparse
import re
import statistics
import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.ingest import per_second, sets
from core.sandbox import Ending
from kenniskamer import extraction

WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Comparison:
    """One file; `agreement` is from 0 to 1, CPU in seconds."""

    agreement: float
    pages: int
    pdfium_cpu: float
    pypdf_cpu: float


def compare(path: Path) -> Comparison | None:
    """Read one file with both; None when one of them finds no words."""
    bags, cpu, pages = [], [], 0
    for pdfium in (True, False):
        outcome = extraction.run_child(path.resolve(), extraction.CAREFUL, pdfium=pdfium)
        if outcome.ending is not Ending.OK:
            return None
        texts = [page["text"] for page in outcome.value["pages"]]
        pages = len(texts)
        bags.append(Counter(WORD.findall(" ".join(texts).lower())))
        cpu.append(outcome.cpu_seconds)
    if not all(bags):
        return None
    return Comparison(agreement(*bags), pages, *cpu)


def agreement(one: Counter[str], other: Counter[str]) -> float:
    """Return the F1 of two bags of words, neither of them empty."""
    return 2 * (one & other).total() / (one.total() + other.total())


def row(name: str, paths: list[Path]) -> str:
    """Measure one set and return its line of the table."""
    compared = [found for path in paths if (found := compare(path))]
    if not compared:
        return f"| {name} | {len(paths)} | 0 | | | | | |"
    scores = [one.agreement for one in compared]
    pages = sum(one.pages for one in compared)
    return (
        f"| {name} | {len(paths)} | {len(compared)} | {statistics.median(scores):.4f} | "
        f"{min(scores):.4f} | {sum(score >= 0.99 for score in scores)} | "
        f"{per_second(pages, sum(one.pdfium_cpu for one in compared))} | "
        f"{per_second(pages, sum(one.pypdf_cpu for one in compared))} |"
    )


def main() -> None:
    """Compare what the command line names."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("paths", nargs="+", type=Path)
    options = parser.parse_args()
    print("| set | files | compared | median | least | ≥ 0.99 | pages per CPU s | pypdf alone |")
    print("|---|---|---|---|---|---|---|---|")
    for name, paths in sets(options.paths).items():
        print(row(name, paths))


if __name__ == "__main__":
    main()
