"""Queries and time per page as the library grows, beside a page that asks the database nothing.

    python -m benchmarks.library [--sizes 50,500,5000] [--rounds 5] [--json]

Makes a site of its own in a temporary folder, with synthetic studies: three authors, two
themes, one file and a row on the worklist each, and a search index. Every page is asked
in this process, through all middleware, in turns with the reference (`/robots.txt`).
"""

from __future__ import annotations

import argparse
import atexit
import datetime as dt
import itertools
import json
import os
import shutil
import statistics
import tempfile
import time
import uuid

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hub.settings.development")
FOLDER = os.environ["HUB_DATA_DIR"] = tempfile.mkdtemp(prefix="hub-library-")
atexit.register(shutil.rmtree, FOLDER, ignore_errors=True)
os.environ["LOG_LEVEL"] = "ERROR"
django.setup()

from django.contrib.auth import get_user_model
from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.translation import override

from wagtail.models import Locale, Page, Site

from core.models import HubDocument, PageTheme, Theme
from home.models import HomePage
from kenniskamer.choices import EvidenceStrength, StudyKind
from kenniskamer.enums import SourceState
from kenniskamer.models import (
    DeskEntry,
    KenniskamerPage,
    ResearchAuthor,
    ResearchPage,
    ResearchSource,
    SourceFile,
)
from search import indexing

REFERENCE = "/robots.txt"
THEMES = 20
AT_ONCE = 20
"""Rows of a study in one statement: SQLite bounds the values of one."""
WORDS = [
    "steun",
    "opvang",
    "buurt",
    "contact",
    "gesprek",
    "toon",
    "getallen",
    "grip",
    "kansen",
    "school",
    "werk",
    "taal",
]
PAGES = {
    "home": "/nl/",
    "library": "/nl/kenniskamer/",
    "library, filtered": "/nl/kenniskamer/?theme=thema-1&theme=thema-2&year=2020&kind=report",
    "library, last page": "/nl/kenniskamer/?page=99999",
    "study, first view": "/nl/kenniskamer/studie-7/",
    "study": "/nl/kenniskamer/studie-7/",
    "figures": "/nl/kenniskamer/cijfers/",
    "feed": "/nl/kenniskamer/feed/atom/",
    "feed of a theme": "/nl/kenniskamer/feed/atom/?theme=thema-1",
    "worklist": "/admin/kenniskamer/worklist/",
}
FIRST = "study, first view"
"""Asked with an empty cache each time, so that neighbours are looked up anew."""


def build_site() -> KenniskamerPage:
    """Make an empty library with its themes and an editor."""
    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    locale = Locale.objects.get_or_create(language_code="nl")[0]
    Site.objects.all().delete()
    root = Page.get_first_root_node()
    home = root.add_child(instance=HomePage(title="Hub", slug="hub", locale=locale))
    Site.objects.create(hostname="localhost", root_page=home, is_default_site=True)
    library = home.add_child(
        instance=KenniskamerPage(title="Kenniskamer", slug="kenniskamer", locale=locale)
    )
    for number in range(THEMES):
        Theme.objects.create(label=f"Thema {number}", slug=f"thema-{number}", locale=locale)
    get_user_model().objects.create_superuser("redactie", "redactie@example.org", "geheim-genoeg")
    return KenniskamerPage.objects.get(pk=library.pk)


def add_studies(library: KenniskamerPage, first: int, last: int) -> None:
    """Add studies `first` up to `last` in a few statements."""
    pages = [study(library, number) for number in range(first, last)]
    # The rows of the tree, then those of the study: `bulk_create` cannot do both at once.
    columns = [field.attname for field in Page._meta.concrete_fields if field.attname != "id"]
    rows = Page.objects.bulk_create(
        [Page(**{name: getattr(page, name) for name in columns}) for page in pages], 500
    )
    for page, row in zip(pages, rows, strict=True):
        page.pk = page.page_ptr_id = row.pk
    fields = ResearchPage._meta.local_concrete_fields
    for start in range(0, len(pages), AT_ONCE):
        batch = pages[start : start + AT_ONCE]
        ResearchPage._base_manager._insert(batch, fields=fields, using="default", raw=True)
    Page.objects.filter(pk=library.pk).update(numchild=last)
    add_parts(pages)


def study(library: KenniskamerPage, number: int) -> ResearchPage:
    """Return one study, not stored yet."""
    moment = timezone.now() - dt.timedelta(hours=number)
    words = [WORDS[(number * step) % len(WORDS)] for step in (1, 5, 7)]
    return ResearchPage(
        title=f"Studie {number} over {' en '.join(words)}",
        draft_title=f"Studie {number}",
        slug=f"studie-{number}",
        path=f"{library.path}{Page._int2str(number + 1).rjust(Page.steplen, '0')}",
        depth=library.depth + 1,
        url_path=f"{library.url_path}studie-{number}/",
        translation_key=uuid.uuid4(),
        locale=library.locale,
        content_type=ContentType.objects.get_for_model(ResearchPage),
        live=True,
        first_published_at=moment,
        last_published_at=moment,
        lead=f"Wat {words[0]} met {words[1]} te maken heeft, en wat dat betekent.",
        findings=f"<p>{' '.join(WORDS)} {number}.</p>",
        published_year=1990 + number % 36,
        study_kind=StudyKind.values[number % 5],
        evidence_strength=EvidenceStrength.values[number % 4],
        evidence_checked_on=timezone.localdate(),
    )


def add_parts(pages: list[ResearchPage]) -> None:
    """Give studies their authors, themes, files and rows on the worklist."""
    themes = list(Theme.objects.order_by("pk"))
    ResearchAuthor.objects.bulk_create(
        ResearchAuthor(page=page, family_name=f"Auteur {number}")
        for page in pages
        for number in range(3)
    )
    PageTheme.objects.bulk_create(
        PageTheme(page_id=page.pk, theme=themes[(page.pk * step) % THEMES], sort_order=step)
        for page in pages
        for step in (1, 7)
    )
    documents = HubDocument.objects.bulk_create(
        HubDocument(title=page.title, file=f"documents/{page.pk}.pdf", sha256=f"{page.pk:064d}")
        for page in pages
    )
    sources = SourceFile.objects.bulk_create(
        SourceFile(document=row, sha256=row.sha256, state=SourceState.READY, page_count=9)
        for row in documents
    )
    ResearchSource.objects.bulk_create(
        ResearchSource(page=page, source_file=source)
        for page, source in zip(pages, sources, strict=True)
    )
    DeskEntry.objects.bulk_create(
        DeskEntry(page=page, title=page.title, searchable=page.title.lower()) for page in pages
    )
    # Every tenth waits for an editor, so that the worklist grows along.
    waiting = [page.pk for page in pages if page.pk % 10 == 0]
    ResearchPage.objects.filter(pk__in=waiting).update(review_by=timezone.localdate())


def ask(client: Client, address: str, *, cold: bool) -> tuple[int, float]:
    """Ask for a page. Returns its queries and CPU milliseconds."""
    if cold:
        cache.clear()
        client.get("/nl/kenniskamer/studie-8/")  # warms all but the neighbours
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(address)
        count = len(queries)  # the next request empties the log
    if answer.status_code != 200:
        raise SystemExit(f"{address} answered {answer.status_code}.")
    if cold:
        cache.clear()
        client.get("/nl/kenniskamer/studie-8/")
    start = time.process_time()
    client.get(address)
    return count, (time.process_time() - start) * 1000


def measure(rounds: int) -> dict[str, tuple[int, float]]:
    """Ask for every page in turns. Returns queries and median CPU ms by name."""
    client = Client(headers={"host": "localhost"})
    editor = Client(headers={"host": "localhost"})
    editor.force_login(get_user_model().objects.get())
    found: dict[str, list[tuple[int, float]]] = {"reference": []}
    for number in range(rounds + 1):
        for name, address in {**PAGES, "reference": REFERENCE}.items():
            who = editor if address.startswith("/admin/") else client
            row = ask(who, address, cold=name == FIRST)
            if number:  # the first round warms up
                found.setdefault(name, []).append(row)
    return {
        name: (max(row[0] for row in rows), statistics.median(row[1] for row in rows))
        for name, rows in found.items()
    }


def main() -> None:
    """Read the options, measure at each size, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", default="50,500,5000")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    sizes = [int(size) for size in options.sizes.split(",")]
    figures = {}
    with override("nl"):
        library = build_site()
        for before, size in itertools.pairwise([0, *sizes]):
            add_studies(library, before, size)
            indexing.rebuild()
            figures[size] = measure(options.rounds)
    if options.json:
        print(json.dumps(figures))
        return
    print("| page |", " | ".join(f"queries at {n:,} | CPU ms" for n in sizes), "|")
    print("| --- |", " | ".join("--- | ---" for _n in sizes), "|")
    for name in [*PAGES, "reference"]:
        cells = (f"{figures[n][name][0]} | {figures[n][name][1]:.1f}" for n in sizes)
        print(f"| {name} |", " | ".join(cells), "|")


if __name__ == "__main__":
    main()
