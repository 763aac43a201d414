"""Measure a morning of alerts: many people who follow few and many things.

    python -m benchmarks.alerts [--people 5000] [--searches 200] [--studies 300] [--kills 0]

A scratch data folder gets a library of studies, of which a tenth is new, and people who
each follow one of the searches. Printed: how long making the mails takes, how many
searches were asked, how many queries went to the database per mail, how much memory it
took, and a second run, which must make none. With `--kills` the morning is first begun
and killed (SIGKILL) that many times, at random moments; then everybody must have one mail.
"""

from __future__ import annotations

import argparse
import datetime as dt
import os
import random
import resource
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

WORDS = [
    "draagvlak",
    "wantrouwen",
    "opvang",
    "ontmoeting",
    "framing",
    "cijfers",
    "buurt",
    "taal",
    "werk",
    "school",
]


def set_up(folder: str) -> None:
    """Prepare Django with a database of its own."""
    os.environ["HUB_DATA_DIR"] = folder
    os.environ["DJANGO_SETTINGS_MODULE"] = "hub.settings.test"
    os.environ["DATABASE_URL"] = ""
    import django
    from django.conf import settings
    from django.core.management import call_command

    settings.DATABASES["default"]["NAME"] = os.path.join(folder, "bench.sqlite3")
    # The tests give each process a folder of its own; here all of them work in one.
    settings.DATA_DIR = Path(folder)
    settings.SEARCH_INDEX_PATH = Path(folder, "search.sqlite3")
    django.setup()
    call_command("migrate", verbosity=0)


def build(people: int, searches: int, studies: int, now: dt.datetime) -> None:
    """Make the library and those who follow it."""
    from newsletter.models import Follow
    from participants.enums import State
    from participants.models import Consent, Participant

    make_library(studies, now)
    rows = Participant.objects.bulk_create(
        Participant(
            address=f"p{number}@voorbeeld.example",
            address_key=f"p{number}@voorbeeld.example",
            state=State.ACTIVE,
        )
        for number in range(people)
    )
    Consent.objects.bulk_create(
        Consent(participant=row, purpose="alerts", given=True, method="confirmed") for row in rows
    )
    made = []
    for number, row in enumerate(rows):
        follow = Follow(participant=row, query=f"q={question(number % searches)}", language="nl")
        follow.frequency, follow.confirmed_at = "daily", now - dt.timedelta(days=30)
        follow.digest = follow.subject.digest
        made.append(follow)
    Follow.objects.bulk_create(made)


def question(number: int) -> str:
    """Return one of many searches, each of two words and a part of the library's own."""
    first, second = WORDS[number % len(WORDS)], WORDS[(number // len(WORDS)) % len(WORDS)]
    return f"{first}+{second}+nummer{number}"


def make_library(studies: int, now: dt.datetime) -> None:
    """Publish studies, the first tenth of them this night."""
    from wagtail.models import Locale, Page, Site

    from core.models import Announcement
    from home.models import HomePage
    from kenniskamer.models import KenniskamerPage, ResearchPage
    from search.indexing import process_pending

    nl = Locale.objects.get_or_create(language_code="nl")[0]
    root = Page.get_first_root_node()
    Site.objects.all().delete()
    for child in root.get_children():
        child.delete()
    root = Page.objects.get(pk=root.pk)
    home = root.add_child(instance=HomePage(title="Hub", slug="home", locale=nl))
    Site.objects.create(hostname="localhost", root_page=home, is_default_site=True)
    parent = home.add_child(instance=KenniskamerPage(title="Onderzoek", slug="onderzoek"))
    for number in range(studies):
        text = f"<p>Over {WORDS[number % len(WORDS)]} en {WORDS[(number * 7) % len(WORDS)]}.</p>"
        page = ResearchPage(title=f"Stuk {number}", slug=f"stuk-{number}", lead="Kort.", locale=nl)
        page.findings, page.published_year = text, 2020
        parent.add_child(instance=page)
        page.save_revision().publish()
        at = now - dt.timedelta(hours=1 if number < studies // 10 else 24 * 90)
        Page.objects.filter(pk=page.pk).update(first_published_at=at)
        Announcement.objects.filter(page=page).update(at=at)
    process_pending()


def measure(now: dt.datetime) -> dict[str, Any]:
    """Run the morning twice."""
    from django.db import connection

    from newsletter.alerts import morning

    asked, queries = [], []

    def count(execute: Any, sql: str, *rest: Any) -> Any:
        queries.append(None)
        return execute(sql, *rest)

    before = memory()
    find = morning.find
    morning.find = lambda subject, news: asked.append(subject) or find(subject, news)
    began = time.perf_counter()
    with connection.execute_wrapper(count):
        mails = morning.send_due(now)
    took = time.perf_counter() - began
    began = time.perf_counter()
    again = morning.send_due(now)
    return {
        "mails": mails,
        "seconds": took,
        "asked": len(asked),
        "queries": len(queries),
        "megabytes": memory() - before,
        "again": again,
        "again_seconds": time.perf_counter() - began,
    }


def memory() -> float:
    """Return the most memory this process ever held, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def kill_often(folder: str, kills: int, people: int, now: dt.datetime) -> None:
    """Begin the morning in a process of its own and kill it while it works, so many times."""
    from newsletter.models import Alert

    command = [sys.executable, "-m", "benchmarks.alerts", "--go-on", folder, now.isoformat()]
    for _kill in range(kills):
        enough = Alert.objects.count() + random.randint(1, max(people // (2 * kills), 1))
        child = subprocess.Popen(command)
        while Alert.objects.count() < enough and child.poll() is None:
            time.sleep(random.uniform(0, 0.05))
        child.send_signal(signal.SIGKILL)
        child.wait()


def go_on(folder: str, moment: str) -> None:
    """Be one of the processes that are killed."""
    set_up(folder)
    from newsletter.alerts import morning

    morning.send_due(dt.datetime.fromisoformat(moment))


def verdict() -> str:
    """Say how many people there are, how many were told, and how many letters were made.

    A person has one row a morning, made with the letter: three equal numbers are one each.
    """
    from core.models import Letter
    from newsletter.models import Alert
    from participants.models import Participant

    letters = Letter.objects.filter(template="alert").count()
    return f"{Participant.objects.count()} people, {Alert.objects.count()} told, {letters} letters"


def main() -> None:
    """Measure and print one row."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--people", type=int, default=5000)
    parser.add_argument("--searches", type=int, default=200)
    parser.add_argument("--studies", type=int, default=300)
    parser.add_argument("--kills", type=int, default=0)
    parser.add_argument("--go-on", nargs=2, metavar=("FOLDER", "MOMENT"), help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.go_on:
        go_on(*options.go_on)
        return
    with tempfile.TemporaryDirectory() as folder:
        set_up(folder)
        from django.utils import timezone

        today = timezone.localtime().replace(hour=8, minute=0, second=0, microsecond=0)
        build(options.people, options.searches, options.studies, today)
        kill_often(folder, options.kills, options.people, today)
        found = measure(today)
        print(f"After {options.kills} kills: {verdict()}.")
    print(
        "| people | searches asked | mails | seconds | mails/s | queries per mail | memory, MB |"
        " second run |"
    )
    print("| --- | --- | --- | --- | --- | --- | --- | --- |")
    per = found["queries"] / max(found["mails"], 1)
    print(
        f"| {options.people:,} | {found['asked']} | {found['mails']:,} | {found['seconds']:.1f} |"
        f" {found['mails'] / found['seconds']:.0f} | {per:.1f} |"
        f" {found['megabytes']:.0f} |"
        f" {found['again']} mails, {found['again_seconds']:.2f} s |"
    )


if __name__ == "__main__":
    main()
