"""Measure whether parts of compounds are found, and accidental letters are not.

    python benchmarks/compounds.py --docs D.jsonl --pairs P.jsonl [--json]

Pairs are lines `{"id", "label", "query", "doc"}`: with label 1 the document holds the question
only as a part of a compound, with label 0 only as letters that happen to stand in a word.
Found is the share of the first that are found, false that of the second. A fixed hash of the
id puts each pair in one of two halves; what there is to choose was chosen on the half `tune`.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import zlib
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.search_quality import ENGINES, _index, _lines
from search.engines.base import Engine, SearchRequest
from search.plan import plan
from search.query import parse

EVERYTHING = 100_000
HALVES = ("tune", "test")


def main() -> int:
    """Index, ask, print a line per half."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--docs", type=Path, required=True)
    parser.add_argument("--pairs", type=Path, required=True)
    parser.add_argument("--engine", choices=sorted(ENGINES), default="sqlite")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        engine = ENGINES[options.engine](Path(folder))
        _index(engine, options.docs, "nl")
        results = [(pair, is_found(engine, pair)) for pair in _lines(options.pairs)]
    figures = {half: shares([r for r in results if half_of(r[0]) == half]) for half in HALVES}
    figures["all"] = shares(results)
    if options.json:
        print(json.dumps(figures))
    else:
        for half, row in figures.items():
            print(f"{half:<6}" + "".join(f"{name} {value:<8}" for name, value in row.items()))
    return 0


def half_of(pair: dict[str, Any]) -> str:
    """Return the half a pair belongs to."""
    return HALVES[zlib.crc32(pair["id"].encode()) & 1]


def is_found(engine: Engine, pair: dict[str, Any]) -> bool:
    """Say whether the document of a pair is among everything its question finds."""
    request = SearchRequest(plan(parse(pair["query"]), "nl", engine), page_size=EVERYTHING)
    return any(hit.key == pair["doc"] for hit in engine.search(request).hits)


def shares(results: list[tuple[dict[str, Any], bool]]) -> dict[str, float]:
    """Return the shares of right and of accidental pairs that were found."""
    right = [found for pair, found in results if pair["label"]]
    wrong = [found for pair, found in results if not pair["label"]]
    return {
        "found": round(sum(right) / max(1, len(right)), 3),
        "of": len(right),
        "false": round(sum(wrong) / max(1, len(wrong)), 3),
        "of_false": len(wrong),
    }


if __name__ == "__main__":
    sys.exit(main())
