"""Measure whether parts of compounds are found, and accidental letters are not.

    python benchmarks/compounds.py --docs D.jsonl --pairs P.jsonl [--half tune|test|all]
        [--engine sqlite|URL] [--json]

Pairs are lines `{"id", "label", "query", "doc"}`: with label 1 the document holds the question
only as a part of a compound, with label 0 only as letters that happen to stand in a word.
Found is the share of the first that are found, false that of the second. A row per half
(benchmarks.halves, by question and compound), or only the half that is asked for.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.engines import add_engine_option, scratch_engine
from benchmarks.halves import ALL, HALVES, is_in
from benchmarks.search_quality import _index, _lines
from search.engines.base import Engine, SearchRequest
from search.plan import plan
from search.query import parse

EVERYTHING = 100_000


def main() -> int:
    """Index, ask, print a line per half."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--docs", type=Path, required=True)
    parser.add_argument("--pairs", type=Path, required=True)
    add_engine_option(parser)
    parser.add_argument("--half", choices=HALVES, default=ALL)
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    options = parser.parse_args()
    with scratch_engine(options.engine) as engine:
        _index(engine, options.docs, "nl")
        results = [(pair, is_found(engine, pair)) for pair in _lines(options.pairs)]
    halves = HALVES if options.half == ALL else (options.half,)
    figures = {half: shares([r for r in results if is_in(asked(r[0]), half)]) for half in halves}
    if options.json:
        print(json.dumps(figures))
    else:
        for half, row in figures.items():
            print(f"{half:<6}" + "".join(f"{name} {value:<8}" for name, value in row.items()))
    return 0


def asked(pair: dict[str, Any]) -> str:
    """Return what decides to which half a pair belongs."""
    return f"{pair['query']} {pair['compound']}"


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
