"""Measure what PDFs say about themselves: how often title, year, DOI and language are right.

    python benchmarks/suggestions.py DIRECTORY [--truth benchmarks/suggestions_truth.tsv] [--show]

Each PDF of the directory that the truth names (by SHA-256) is read as in the hub. For each
field: how many files have it, in how many the first suggestion is right, in how many any of
them is, and how often something wrong came first. Of a few files, judged by one person.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import re
import sys
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from kenniskamer import extraction

FIELDS = {"title": "title", "year": "published_year", "doi": "doi", "language": "language"}
TRUTH = Path(__file__).with_name("suggestions_truth.tsv")


def words(text: str) -> str:
    """Return a value without case, signs and spaces."""
    return "".join(re.findall(r"\w+", text.casefold()))


def is_right(field: str, said: str, true: str) -> bool:
    """Compare; a title may go on with its subtitle, or leave it out."""
    one, other = words(said), words(true)
    if field == "title":
        shorter, longer = sorted((one, other), key=len)
        return longer.startswith(shorter) and len(shorter) >= 8
    return one == other


def offered(found: extraction.Extraction) -> dict[str, list[str]]:
    """Return the usable values for each field, in the order an editor sees them."""
    values: dict[str, list[str]] = {field: [] for field in FIELDS.values()}
    values["language"] = [found.language] if found.language else []
    for suggestion in found.suggestions:
        if suggestion["certainty"] != "rejected" and suggestion["field"] in values:
            values[suggestion["field"]].append(suggestion["value"])
    return values


def measure(
    paths: Iterable[Path], truth: Mapping[str, Mapping[str, str]], show: bool
) -> Counter[str]:
    """Count per field: known, first right, any right, first wrong."""
    counted: Counter[str] = Counter()
    for path in sorted(paths):
        row = truth.get(hashlib.sha256(path.read_bytes()).hexdigest())
        if row is None:
            continue
        counted["files"] += 1
        values = offered(extraction.extract(path.resolve()))
        for name, field in FIELDS.items():
            if not row[name]:
                continue
            right = [is_right(name, said, row[name]) for said in values[field]]
            counted[f"{name} known"] += 1
            counted[f"{name} first"] += right[:1] == [True]
            counted[f"{name} any"] += any(right)
            counted[f"{name} wrong"] += right[:1] == [False]
            if show and right[:1] != [True]:
                print(f"{path.name[:50]}: {name} is {row[name]!r}, offered {values[field]}")
    return counted


def main() -> int:
    """Measure one directory."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("directory", type=Path)
    parser.add_argument("--truth", type=Path, default=TRUTH)
    parser.add_argument("--show", action="store_true", help="Show what was not right.")
    options = parser.parse_args()
    with options.truth.open(encoding="utf-8") as file:
        truth = {row["sha256"]: row for row in csv.DictReader(file, delimiter="\t")}
    counted = measure(options.directory.glob("**/*.pdf"), truth, options.show)
    print(f"{counted['files']} files\n")
    print("| field | known | first right | any right | first wrong |")
    print("| --- | --- | --- | --- | --- |")
    for name in FIELDS:
        cells = (counted[f"{name} {column}"] for column in ("known", "first", "any", "wrong"))
        print(f"| {name} | {' | '.join(map(str, cells))} |")
    return 0 if counted["files"] else 1


if __name__ == "__main__":
    sys.exit(main())
