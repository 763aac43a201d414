"""Measure how well and how fast an engine finds, on judged questions.

    python benchmarks/search_quality.py --docs D.jsonl --queries Q.jsonl --qrels R.tsv
        [--half tune|test|all] [--engine sqlite|URL] [--json]

Documents are lines `{"id", "title", "text"}`, questions `{"id", "text"}`, judgements
`question-id <tab> document-id <tab> grade` under a header line. Everything is fed straight
into an engine of its own; a question is timed from typed text to ten hits with
their counts per filter, misspelt words mended as on the site. MRR, nDCG and recall are taken
over the first ten. A row per half (benchmarks.halves), or only the half that is asked for.
"""

from __future__ import annotations

import argparse
import json
import math
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.engines import add_engine_option, scratch_engine
from benchmarks.halves import ALL, HALVES, is_in
from core.contracts import SearchDocument
from search.asking import ask
from search.engines.base import Engine, SearchRequest
from search.plan import Plan
from search.query import parse

TOP = 10
Grades = dict[str, dict[str, int]]


def main() -> int:
    """Index, ask, score, print."""
    options = _options()
    with scratch_engine(options.engine) as engine:
        speed = {"docs_per_s": _index(engine, options.docs, options.language)}
        questions = [q for q in _lines(options.queries) if is_in(q["text"], options.half)]
        asked = _ask(engine, questions, _grades(options.qrels), options.language)
    for half in HALVES if options.half == ALL else (options.half,):
        rows = [row for row in asked if is_in(str(row["text"]), half)]
        _show(half, speed | _averages(rows), as_json=options.json)
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    for name in ("docs", "queries", "qrels"):
        parser.add_argument(f"--{name}", type=Path, required=True)
    add_engine_option(parser)
    parser.add_argument("--language", default="nl", help="language of documents and questions")
    parser.add_argument("--half", choices=HALVES, default=ALL)
    parser.add_argument("--json", action="store_true", help="print a JSON object per half")
    return parser.parse_args()


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as file:
        for line in file:
            if line.strip():
                yield json.loads(line)


def _grades(path: Path) -> Grades:
    grades: Grades = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        question, document, grade = line.split("\t")
        if grade.lstrip("-").isdigit() and int(grade) > 0:
            grades.setdefault(question, {})[document] = int(grade)
    return grades


def _index(engine: Engine, path: Path, language: str) -> float:
    started = time.perf_counter()
    count = engine.rebuild((_document(line, language) for line in _lines(path)), lambda key: None)
    return count / (time.perf_counter() - started)


def _document(line: dict[str, Any], language: str) -> SearchDocument:
    return SearchDocument(
        key=str(line["id"]),
        work=str(line["id"]),
        kind="document",
        language=line.get("language", language),
        title=line.get("title") or "",
        url="",
        body=line["text"],
    )


def _ask(
    engine: Engine, questions: list[dict[str, Any]], grades: Grades, language: str
) -> list[dict[str, Any]]:
    """Return per question its text, its scores, and the seconds it took."""
    request = SearchRequest(Plan(), language=language)
    rows = []
    for question in questions:
        started = time.perf_counter()
        results = ask(engine, parse(question["text"]), request).results
        seconds = time.perf_counter() - started
        scores = _scores([hit.key for hit in results.hits], grades.get(str(question["id"]), {}))
        rows.append({"text": question["text"], "seconds": seconds, **scores})
    return rows


def _averages(rows: list[dict[str, Any]]) -> dict[str, float]:
    count = max(1, len(rows))
    names = ("mrr10", "ndcg10", "recall10", "zero_rate")
    figures = {name: sum(row[name] for row in rows) / count for name in names}
    seconds = [row["seconds"] for row in rows]
    speed = {"p50_ms": _percentile(seconds, 50), "p95_ms": _percentile(seconds, 95)}
    return figures | speed | {"questions": len(rows)}


def _scores(found: list[str], grades: dict[str, int]) -> dict[str, float]:
    gains = [2 ** grades.get(key, 0) - 1 for key in found]
    ideal = sorted((2**grade - 1 for grade in grades.values()), reverse=True)[:TOP]
    return {
        "mrr10": next((1 / place for place, gain in enumerate(gains, start=1) if gain), 0.0),
        "ndcg10": _discounted(gains) / _discounted(ideal) if ideal else 0.0,
        "recall10": sum(gain > 0 for gain in gains) / len(grades) if grades else 0.0,
        "zero_rate": float(not found),
    }


def _discounted(gains: list[int]) -> float:
    return sum(gain / math.log2(place + 1) for place, gain in enumerate(gains, start=1))


def _percentile(seconds: list[float], percent: int) -> float:
    """Return a percentile in milliseconds (nearest rank)."""
    ordered = sorted(seconds) or [0.0]
    return 1000 * ordered[max(0, math.ceil(len(ordered) * percent / 100) - 1)]


def _show(half: str, figures: dict[str, float], *, as_json: bool) -> None:
    names = (
        "questions", "mrr10", "ndcg10", "recall10", "zero_rate", "p50_ms", "p95_ms", "docs_per_s",
    )  # fmt: skip
    if as_json:
        print(json.dumps({"half": half} | {name: round(figures[name], 4) for name in names}))
        return
    print(half)
    for name in names:
        print(f"  {name:<12}{figures[name]:>12.4f}")


if __name__ == "__main__":
    sys.exit(main())
