"""Measure suggestions while typing, at several sizes, beside a plain scan of the titles.

    python -m benchmarks.suggest [--sizes 1000,10000] [--rounds 3]

Titles are made of Dutch and English words with a fixed seed. Every beginning of some words
and questions, from two letters on, is asked of `/api/v1/suggest` through all middleware; the
reference asks the same database for the pages whose title holds the text (`LIKE`), which is
what a site without an index does. Both are asked in turns. Times are wall milliseconds.
"""

from __future__ import annotations

import argparse
import os
import random
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator

os.environ["DJANGO_SETTINGS_MODULE"] = "hub.settings.test"

import django

django.setup()

from django.core.management import call_command
from django.db import connections
from django.test import Client

from wagtail.models import Locale, Page, Site

from core.contracts import SearchDocument
from home.models import StandardPage
from search import suggest_api
from search.engines import get_engine
from search.keys import key_of
from search.pace import Pace

NOUNS = """
draagvlak opvang migratie asiel steun buurt gemeente beleid onderzoek houding inburgering
vluchteling arbeid integratie samenleving polarisatie framing verhaal ontmoeting vertrouwen media
publiek mening campagne effect meting taal school werk wonen jongeren ouderen vrijwilliger
"""
ENGLISH = """
support reception migration asylum policy attitudes framing polarisation contact trust
media public opinion community integration labour housing evidence campaign stories
"""
TYPED = [
    "draagvlak voor opvang",
    "migratiebeleid",
    "public support",
    "steun in de buurt",
    "wie ontmoet",
]
ENOUGH_AT_ONCE = 1_000_000


def main() -> None:
    """Read the options, measure each size, print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", default="1000,10000")
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    suggest_api.pace = Pace(ENOUGH_AT_ONCE, ENOUGH_AT_ONCE)
    print("| documents | questions | suggest p50 | p95 | most | title scan p50 | p95 |")
    print("| --- | --- | --- | --- | --- | --- | --- |")
    with tempfile.TemporaryDirectory() as folder:
        connections["default"].settings_dict["NAME"] = f"{folder}/hub.sqlite3"
        call_command("migrate", verbosity=0)
        home = Site.objects.get(is_default_site=True).root_page
        Locale.objects.get_or_create(language_code="en")
        for size in sorted(int(size) for size in options.sizes.split(",")):
            grow(home, size)
            print(row(size, options.rounds))


def grow(home: Page, size: int) -> None:
    """Store pages up to a number, and build the index of them."""
    have = Page.objects.filter(depth=home.depth + 1).count()
    maker = random.Random(have)
    pages = [page(home, number, title(maker)) for number in range(have, size)]
    Page.objects.bulk_create(pages, batch_size=500)
    stored = Page.objects.filter(depth=home.depth + 1).values_list("pk", "title")
    documents = (
        SearchDocument(key_of(pk), str(pk), "page", "nl", text, f"/{pk}/", body=text * 3)
        for pk, text in stored.iterator()
    )
    get_engine().rebuild(documents, lambda key: None)


def page(home: Page, number: int, text: str) -> Page:
    """Make a page under the home page without asking the database for its place."""
    path = home._get_path(home.path, home.depth + 1, number + 100)
    return Page(
        title=text,
        slug=f"p{number}",
        path=path,
        depth=home.depth + 1,
        url_path=f"{home.url_path}p{number}/",
        locale=home.locale,
        content_type=StandardPage().cached_content_type,
    )


def title(maker: random.Random) -> str:
    """Make a title: words, and now and then a compound."""
    words = maker.choices(
        (NOUNS if maker.random() < 0.8 else ENGLISH).split(), k=maker.randint(3, 8)
    )
    if maker.random() < 0.4:
        words.append("".join(maker.choices(NOUNS.split(), k=2)))
    return " ".join([*words, str(maker.randint(1990, 2026))]).capitalize()


def row(size: int, rounds: int) -> str:
    """Ask everything in turns and return a row of the table."""
    client = Client()
    ours: list[float] = []
    scans: list[float] = []
    for text in [*beginnings()] * rounds:
        ours.append(timed(client.get, "/api/v1/suggest", {"q": text, "lang": "nl"}))
        scans.append(timed(scan, text))
    figures = [statistics.median(ours), ninetyfifth(ours), max(ours)]
    figures += [statistics.median(scans), ninetyfifth(scans)]
    return f"| {size} | {len(ours)} | " + " | ".join(f"{ms:.1f}" for ms in figures) + " |"


def scan(text: str) -> list[tuple[int, str]]:
    """Return ten live pages whose title holds a text: the reference."""
    found = Page.objects.live().filter(title__icontains=text)
    return list(found.values_list("pk", "title")[:10])


def beginnings() -> Iterator[str]:
    """Yield what a reader has typed after each key."""
    for text in TYPED:
        for end in range(2, len(text) + 1):
            yield text[:end]


def timed(ask: Callable[..., object], *values: object) -> float:
    """Return how many milliseconds a question takes."""
    start = time.perf_counter()
    ask(*values)
    return (time.perf_counter() - start) * 1000


def ninetyfifth(values: list[float]) -> float:
    """Return the value that 95 of 100 stay under."""
    return statistics.quantiles(values, n=20)[-1]


if __name__ == "__main__":
    main()
