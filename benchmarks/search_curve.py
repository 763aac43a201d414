"""Measure speed, size and memory of search as the library grows: the curve, not one point.

    python benchmarks/search_curve.py [--docs D.jsonl] [--sizes 10000,50000,200000]
        [--engines sqlite,http://localhost:9200/bench] [--stock 10000]

Sizes count passages (pages of PDFs), twenty to a study, made from the sentences of a file or
of the demo (benchmarks.corpus). Each engine and size is measured in a process of its own: the
index is built, then 60 questions of each kind are asked, from typed text to ten hits with
their counts per filter. `--stock` adds Wagtail's own database search over so many passages,
each a page of its own with its text in one search field, and asks it fewer questions: it
is far slower.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.request import urlopen

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks import corpus
from search.asking import ask
from search.engines.base import Engine, SearchRequest
from search.plan import Plan
from search.query import parse

MEGABYTE = 1 << 20
STOCK_QUESTIONS = 5


def main() -> None:
    """Measure every engine at every size, each in a child of its own."""
    options = _options()
    if options.child:
        print(json.dumps(measure(options.child[0], int(options.child[1]), options.docs)))
        return
    jobs = [(engine, size) for engine in options.engines for size in options.sizes]
    jobs += [("stock", options.stock)] if options.stock else []
    found = [_in_child(engine, size, options.docs) for engine, size in jobs]
    print(table(found))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--docs", type=Path, help="JSON lines with `text`; else the demo")
    parser.add_argument("--sizes", type=_numbers, default=[10_000, 50_000, 200_000])
    parser.add_argument("--engines", type=lambda text: text.split(","), default=["sqlite"])
    parser.add_argument("--stock", type=int, default=0)
    parser.add_argument("--child", nargs=2, help=argparse.SUPPRESS)
    return parser.parse_args()


def _numbers(text: str) -> list[int]:
    return [int(number) for number in text.split(",")]


def _in_child(engine: str, size: int, docs: Path | None) -> dict[str, Any]:
    print(f"{engine}, {size} passages …", file=sys.stderr, flush=True)
    command = [sys.executable, __file__, "--child", engine, str(size)]
    command += ["--docs", str(docs)] if docs else []
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def measure(name: str, passages: int, docs: Path | None) -> dict[str, Any]:
    """Build one index, ask it everything, and return the figures."""
    library = corpus.read(docs)
    with tempfile.TemporaryDirectory() as folder:
        if name == "stock":
            return _stock(library, passages, Path(folder))
        engine = _engine(name, Path(folder))
        started = time.perf_counter()
        documents = engine.rebuild(library.documents(passages), lambda key: None)
        built = time.perf_counter() - started
        request = SearchRequest(Plan(), language="nl")
        figures = {
            "engine": "SQLite FTS5" if name == "sqlite" else "cluster",
            "passages": passages,
            "documents": documents,
            "passages_per_s": passages / built,
            "megabytes": _bytes(name, Path(folder)) / MEGABYTE,
            "memory": _peak() / MEGABYTE,
            "kinds": _ask(library.questions(), lambda text: ask(engine, parse(text), request)),
        }
        if name != "sqlite":
            engine.remove()  # type: ignore[attr-defined]  # only a cluster outlives its folder
        return figures


def _engine(name: str, folder: Path) -> Engine:
    if name == "sqlite":
        from search.engines.sqlite_fts import SqliteEngine

        return SqliteEngine(folder / "search.sqlite3")
    from search.engines import engine_at

    return engine_at(name)


def _bytes(name: str, folder: Path) -> int:
    """Return the size of the index; of a cluster's it says so itself."""
    if name == "sqlite":
        return _folder_bytes(folder)
    node, _, prefix = name.rpartition("/")
    with urlopen(f"{node}/{prefix}*/_stats/store", timeout=30) as answer:
        size: int = json.load(answer)["_all"]["primaries"]["store"]["size_in_bytes"]
    return size


def _folder_bytes(folder: Path) -> int:
    return sum(file.stat().st_size for file in folder.iterdir() if not file.is_symlink())


def _peak() -> int:
    """Return the most memory this process has held, in bytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def _ask(
    questions: dict[str, list[str]], search: Callable[[str], Any]
) -> dict[str, dict[str, float]]:
    return {kind: _times(texts, search) for kind, texts in questions.items()}


def _times(texts: list[str], search: Callable[[str], Any]) -> dict[str, float]:
    seconds = []
    for text in texts:
        started = time.perf_counter()
        search(text)
        seconds.append(time.perf_counter() - started)
    ordered = sorted(seconds)
    return {
        str(percent): 1000 * ordered[max(0, math.ceil(len(ordered) * percent / 100) - 1)]
        for percent in (50, 95)
    }


def _stock(library: corpus.Corpus, passages: int, folder: Path) -> dict[str, Any]:
    """Measure Wagtail's own search on SQLite, over pages with the same passages."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "hub.settings.test"
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connections

    from wagtail.models import Page, Site
    from wagtail.search import index

    Page.search_fields = [*Page.search_fields, index.SearchField("search_description")]
    path = folder / "stock.sqlite3"
    connections["default"].settings_dict["NAME"] = str(path)
    call_command("migrate", verbosity=0)
    home = Site.objects.get(is_default_site=True).root_page
    Page.objects.bulk_create(_pages(library, passages, home), batch_size=500)
    size = _folder_bytes(folder)
    started = time.perf_counter()
    call_command("update_index", verbosity=0)
    built = time.perf_counter() - started
    few = {kind: texts[:STOCK_QUESTIONS] for kind, texts in library.questions().items()}
    return {
        "engine": "Wagtail on SQLite",
        "passages": passages,
        "documents": passages,
        "passages_per_s": passages / built,
        "megabytes": (_folder_bytes(folder) - size) / MEGABYTE,
        "memory": _peak() / MEGABYTE,
        "kinds": _ask(few, lambda text: list(Page.objects.search(text)[:10])),
    }


def _pages(library: corpus.Corpus, passages: int, home: Any) -> Iterator[Any]:
    from wagtail.models import Page

    number = 100
    for document in library.documents(passages):
        for passage in document.passages:
            number += 1
            yield Page(
                title=document.title,
                slug=f"p{number}",
                search_description=passage.text,
                path=home._get_path(home.path, home.depth + 1, number),
                depth=home.depth + 1,
                url_path=f"{home.url_path}p{number}/",
                locale=home.locale,
                content_type=home.cached_content_type,
            )


def table(found: list[dict[str, Any]]) -> str:
    """Return the figures as two Markdown tables: building, and asking."""
    kinds = list(found[0]["kinds"])
    lines = [
        "| engine | passages | passages/s to build | index MB | bytes a passage | most memory MB |",
        "|---|---|---|---|---|---|",
    ]
    for one in found:
        lines.append(
            f"| {one['engine']} | {one['passages']} | {one['passages_per_s']:.0f} | "
            f"{one['megabytes']:.0f} | {one['megabytes'] * MEGABYTE / one['passages']:.0f} | "
            f"{one['memory']:.0f} |"
        )
    head = " | ".join(f"{kind} p50 / p95" for kind in kinds)
    lines += ["", f"| engine | passages | {head} |", "|---|---" + "|---" * len(kinds) + "|"]
    for one in found:
        cells = (one["kinds"].get(kind) for kind in kinds)
        times = " | ".join(f"{cell['50']:.1f} / {cell['95']:.1f}" if cell else "" for cell in cells)
        lines.append(f"| {one['engine']} | {one['passages']} | {times} |")
    return "\n".join(lines)


if __name__ == "__main__":
    main()
