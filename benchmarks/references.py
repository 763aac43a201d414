"""Measure references: records per CPU second in and out, beside plain parsers in the same run.

    python benchmarks/references.py DIRECTORY [--drafts N [--studies N]] [--json]

*plain* is what the library gives without our work: rispy, bibtexparser with its LaTeX decoding,
json. *hub* makes records of it: names, dates, identifiers, cleaned text, flaws with their line.
*sandboxed* adds the child process with its limits. With `--drafts` so many records of the files
become drafts in the database of `HUB_DATA_DIR`, which is rolled back at the end; it needs a library.
"""

from __future__ import annotations

import argparse
import json
import logging
import os
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hub.settings.development")

import bibtexparser
import rispy
from bibtexparser.middlewares import LatexDecodingMiddleware

from kenniskamer.bibliography.decoding import Format, decoded, format_of
from kenniskamer.bibliography.formats import EXPORTS, read
from kenniskamer.bibliography.reading import Found
from kenniskamer.bibliography.sandboxed import read as read_sandboxed

ROUNDS = 3


def plain(content: bytes) -> int:
    """Read with the parser alone and return how many entries it gives."""
    text = decoded(content)
    form = format_of(text)
    if form == Format.BIBTEX:
        library = bibtexparser.parse_string(text, append_middleware=[LatexDecodingMiddleware()])
        return len(library.entries)
    if form == Format.RIS:
        return len(rispy.loads(text))
    if form == Format.WOS:
        return len(rispy.loads(text, implementation=rispy.WokParser))
    return len(json.loads(text))


def seconds(work: Callable[[], Any], clock: Callable[[], float] = time.process_time) -> float:
    """Return the least time of some rounds."""
    found = []
    for _round in range(ROUNDS):
        started = clock()
        work()
        found.append(clock() - started)
    return min(found)


def measure(path: Path) -> dict[str, Any]:
    """Read and write one file in all ways."""
    content = path.read_bytes()
    found = list(read(content))
    records = [one.record for one in found if one.record]
    row: dict[str, Any] = {
        "file": path.name,
        "records": len(found),
        "read": len(records),
        "flaws": dict(Counter(flaw.value for one in found for flaw in one.flaws)),
        "plain_records": plain(content),
        "plain": seconds(lambda: plain(content)),
        "hub": seconds(lambda: list(read(content))),
        # The child's time is not ours: by the clock on the wall, its start included.
        "sandboxed_wall": seconds(lambda: read_sandboxed(content), time.perf_counter),
    }
    for extension, export in EXPORTS.items():
        row[f"write_{extension}"] = seconds(lambda write=export.write: write(records))
    return row


def fill_library(number: int) -> None:
    """Add made-up studies until there are so many. Only what duplicates are looked for in."""
    from wagtail.models import Page

    from kenniskamer.drafts import library
    from kenniskamer.models import ResearchAuthor, ResearchPage

    parent = library()
    here = ResearchPage.objects.count()
    template = ResearchPage.objects.child_of(parent).order_by("-path").first()
    last = Page._str2int(template.path[-Page.steplen :])
    base = template.path[: -Page.steplen]
    for extra in range(1, number - here + 1):
        page = Page(
            title=f"Onderzoek {extra} naar draagvlak",
            slug=f"benchmark-{extra}",
            path=base + Page._int2str(last + extra).rjust(Page.steplen, "0"),
            depth=template.depth,
            content_type=template.content_type,
            locale=template.locale,
            url_path=f"{parent.url_path}benchmark-{extra}/",
        )
        page.save_base(raw=True)
        study = ResearchPage(page_ptr=page, published_year=1990 + extra % 35,
                             doi=f"10.5555/{extra}" if extra % 2 else "")  # fmt: skip
        study.__dict__.update({k: v for k, v in page.__dict__.items() if k != "_state"})
        study.save_base(raw=True)
        ResearchAuthor(page=study, family_name=f"Auteur{extra % 900}", given_names="A.").save()


def drafts(paths: Iterable[Path], most: int, studies: int) -> dict[str, Any]:
    """Judge and import records as drafts into a library of a size, then roll everything back."""
    import django

    django.setup()
    from django.db import transaction

    from kenniskamer.models import ResearchPage
    from kenniskamer.references import actions
    from kenniskamer.references.verdicts import judged

    some: list[Found] = []
    for path in paths:
        some += [one for one in read(path.read_bytes()) if one.record]
    content = json.dumps([one.record.as_csl() for one in some[:most] if one.record]).encode()
    with transaction.atomic():
        fill_library(studies)
        batch = actions.hand_in([("benchmark.json", content)])
        started = time.perf_counter()
        actions.read(batch)
        verdicts = time.perf_counter() - started
        started = time.perf_counter()
        actions.begin(batch)
        actions.bring_in(batch)
        made = batch.rows.exclude(page=None).count()
        row = {
            "records": min(most, len(some)),
            "read_and_judged": verdicts,
            "drafts": made,
            "drafts_seconds": time.perf_counter() - started,
            "studies": ResearchPage.objects.count(),
        }
        started = time.perf_counter()
        again = judged(some[:most])
        row["judged_again"] = time.perf_counter() - started
        row["verdicts"] = dict(Counter(one.verdict.value for one in again))
        transaction.set_rollback(True)
    return row


def table(rows: list[dict[str, Any]]) -> str:
    """Return the measurements as Markdown, a row for each format."""
    sums: dict[str, Counter[str]] = defaultdict(Counter)
    for row in rows:
        extension = Path(row["file"]).suffix[1:]
        sums[extension].update({key: value for key, value in row.items()
                                if isinstance(value, int | float)})  # fmt: skip
    lines = [
        "| format | records | read | plain rec/s | hub rec/s | ratio | sandboxed rec/s (wall) "
        "| out: RIS | BibTeX | CSL-JSON | CSV |",
        "|---|---|---|---|---|---|---|---|---|---|---|",
    ]
    for extension, total in sorted(sums.items()):
        count = total["records"]
        cells = [extension, count, f"{100 * total['read'] / count:.1f} %",
                 f"{total['plain_records'] / total['plain']:,.0f}",
                 f"{count / total['hub']:,.0f}", f"{total['plain'] / total['hub']:.2f}",
                 f"{count / total['sandboxed_wall']:,.0f}",
                 *(f"{total['read'] / total[f'write_{name}']:,.0f}" for name in EXPORTS)]  # fmt: skip
        lines.append("| " + " | ".join(map(str, cells)) + " |")
    return "\n".join(lines)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("directory", type=Path)
    parser.add_argument("--drafts", type=int, default=0)
    parser.add_argument("--studies", type=int, default=0, help="size of the library for --drafts")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    logging.disable()
    paths = sorted(
        path for path in options.directory.iterdir() if path.suffix in (".ris", ".bib", ".json")
    )
    rows = [measure(path) for path in paths]
    made = drafts(paths, options.drafts, options.studies) if options.drafts else None
    if options.json:
        print(json.dumps({"files": rows, "drafts": made}, indent=2))
        return
    print(table(rows))
    for row in rows:
        if row["flaws"]:
            print(f"- {row['file']}: {row['flaws']}")
    if made:
        print(f"- drafts: {made}")


if __name__ == "__main__":
    main()
