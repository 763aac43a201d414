"""Measure how well and how fast an engine finds, on judged questions.

    python benchmarks/search_quality.py --docs D.jsonl --queries Q.jsonl --qrels R.tsv [--json]

Documents are lines `{"id", "title", "text"}`, questions `{"id", "text"}`, judgements
`question-id <tab> document-id <tab> grade` under a header line. Everything is fed straight
into the engine, in a temporary folder; a question is timed from typed text to ten hits with
their counts per filter. MRR, nDCG and recall are taken over the first ten.
"""

from __future__ import annotations

import argparse
import json
import math
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from core.contracts import SearchDocument
from search.engines.base import Engine, SearchRequest
from search.engines.sqlite_fts import SqliteEngine
from search.plan import plan
from search.query import parse

ENGINES = {"sqlite": lambda folder: SqliteEngine(folder / "search.sqlite3")}
TOP = 10
Grades = dict[str, dict[str, int]]


def main() -> int:
    """Index, ask, score, print."""
    options = _options()
    with tempfile.TemporaryDirectory() as folder:
        engine = ENGINES[options.engine](Path(folder))
        figures = {"docs_per_s": _index(engine, options.docs, options.language)}
        questions = list(_lines(options.queries))
        figures |= _ask(engine, questions, _grades(options.qrels), options.language)
    _show(figures, as_json=options.json)
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    for name in ("docs", "queries", "qrels"):
        parser.add_argument(f"--{name}", type=Path, required=True)
    parser.add_argument("--engine", choices=sorted(ENGINES), default="sqlite")
    parser.add_argument("--language", default="nl", help="language of documents and questions")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
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
) -> dict[str, float]:
    sums = {"mrr10": 0.0, "ndcg10": 0.0, "recall10": 0.0, "zero_rate": 0.0}
    seconds = []
    for question in questions:
        started = time.perf_counter()
        request = SearchRequest(plan(parse(question["text"]), language, engine), language=language)
        results = engine.search(request)
        seconds.append(time.perf_counter() - started)
        found = [hit.key for hit in results.hits]
        for name, value in _scores(found, grades.get(str(question["id"]), {})).items():
            sums[name] += value
    count = max(1, len(questions))
    figures = {name: total / count for name, total in sums.items()}
    return figures | {"p50_ms": _percentile(seconds, 50), "p95_ms": _percentile(seconds, 95)}


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


def _show(figures: dict[str, float], *, as_json: bool) -> None:
    names = ("mrr10", "ndcg10", "recall10", "zero_rate", "p50_ms", "p95_ms", "docs_per_s")
    if as_json:
        print(json.dumps({name: round(figures[name], 4) for name in names}))
        return
    for name in names:
        print(f"{name:<12}{figures[name]:>12.4f}")


if __name__ == "__main__":
    sys.exit(main())
