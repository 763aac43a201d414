"""Find a known page: index the pages of a folder of PDFs, ask, and write a run file.

    python benchmarks/knownitem.py --pdfs DIR --queries Q.jsonl --out RUN
        [--half tune|test|all] [--no-thesaurus] [--engine sqlite|URL]

Each page is a document in the language that was detected on it. Questions are lines
`{"id", "text", "lang"}`; the run has lines `question <tab> file <tab> page <tab> rank`, the
best fifty pages, so that documents can be ranked too. A question is answered as on the site:
spelling mended where the match is sure, compounds split, and, unless switched off, with the
thesaurus and themes of the demo. A half is that of benchmarks.halves.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ["DJANGO_SETTINGS_MODULE"] = "hub.settings.test"

import django

django.setup()

from benchmarks.engines import add_engine_option, scratch_engine
from benchmarks.halves import ALL, HALVES, is_in
from core.contracts import SearchDocument
from home.demo.texts import library
from kenniskamer.extraction import extract
from search.asking import ask
from search.engines.base import Engine, SearchRequest
from search.plan import Plan
from search.query import parse
from search.thesaurus import Entry, Thesaurus

LANGUAGES = ("nl", "en")
DEPTH = 50
"""Pages written per question."""


def main() -> int:
    """Read, index, ask, write."""
    options = _options()
    thesaurus = None if options.no_thesaurus else demo_thesaurus()
    with scratch_engine(options.engine) as engine:
        count = engine.rebuild(pages(options.pdfs), lambda key: None)
        print(f"{count} pages", file=sys.stderr)
        with options.out.open("w", encoding="utf-8") as run:
            for question in _questions(options.queries, options.half):
                for rank, key in enumerate(found(engine, question, thesaurus), start=1):
                    name, _, number = key.rpartition("#")
                    run.write(f"{question['id']}\t{name}\t{number}\t{rank}\n")
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    for name in ("pdfs", "queries", "out"):
        parser.add_argument(f"--{name}", type=Path, required=True)
    add_engine_option(parser)
    parser.add_argument("--half", choices=HALVES, default=ALL)
    parser.add_argument("--no-thesaurus", action="store_true")
    return parser.parse_args()


def _questions(path: Path, half: str) -> list[dict[str, str]]:
    lines = path.read_text(encoding="utf-8").splitlines()
    questions = [json.loads(line) for line in lines if line.strip()]
    return [question for question in questions if is_in(question["text"], half)]


def pages(folder: Path) -> Iterator[SearchDocument]:
    """Read every page of every PDF in a folder, through the hub's own sandbox."""
    for path in sorted(folder.glob("*.pdf")):
        read = extract(path)
        for number, page in enumerate(read.pages, start=1):
            key = f"{path.name}#{number}"
            yield SearchDocument(
                key=key,
                work=key,
                kind="page",
                language=page.language or read.language or "nl",
                title="",
                url="",
                body=page.text,
            )


def found(engine: Engine, question: dict[str, str], thesaurus: Thesaurus | None) -> list[str]:
    """Return the keys of the pages found, best first."""
    language = question.get("lang", "nl")
    request = SearchRequest(Plan(), language=language, page_size=DEPTH)
    asked = ask(engine, parse(question["text"]), request, thesaurus)
    return [hit.key for hit in asked.results.hits]


def demo_thesaurus() -> Thesaurus:
    """Build the thesaurus the demo loads, from its texts and without a database."""
    texts, thesaurus = library(), Thesaurus()
    for row in texts.thesaurus:
        entries = [Entry(language, word) for language in LANGUAGES for word in row.words[language]]
        thesaurus.add(entries, entries)
    for theme in texts.themes:
        names = [Entry(language, theme.texts[language]["label"]) for language in LANGUAGES]
        words = [
            Entry(language, word)
            for language in LANGUAGES
            for word in theme.texts[language]["other_words"]
        ]
        thesaurus.add([*names, *words], names)
    return thesaurus


if __name__ == "__main__":
    sys.exit(main())
