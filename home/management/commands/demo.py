"""`manage.py demo`: a small site worth reading, and an editor to sign in with."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import translation

from wagtail.models import Page

from home.demo import newsletter, participants, people, podcasts, studies, toolkit, tree
from home.demo.texts import library
from search.checking import differences
from search.engines.base import SearchUnavailable
from search.indexing import process_pending
from search.waiting import ask


@contextmanager
def quietly(name: str) -> Iterator[None]:
    """Leave out the log's line for each page; the command tells how far it is."""
    logger = logging.getLogger(name)
    level = logger.level
    logger.setLevel(logging.WARNING)
    try:
        yield
    finally:
        logger.setLevel(level)


def mend() -> None:
    """Set right what an earlier version left: counts in the tree, stale documents in the index.

    While search is away its updates wait for the worker.
    """
    Page.fix_tree()
    process_pending()
    try:
        ask(difference.key for difference in differences())
    except SearchUnavailable:
        return
    process_pending()


class Command(BaseCommand):
    """Load the demo. What was made before is left as it is, changed or deleted."""

    help = "Load the demo content; what is there already stays as it is."

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the options."""
        parser.add_argument(
            "--login", action="store_true", help="Only print how the demo's editor signs in."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Load, or print the login."""
        if not options["login"]:
            with translation.override("nl"), quietly("wagtail"):
                self.load()
        if options["login"] or options["verbosity"]:
            self.stdout.write(f"Sign in with: {people.login()}")

    def load(self) -> None:
        """Make what is missing and bring the search index up to date."""
        if tree.is_taken():
            self.stdout.write("This site has a front page of its own; the demo is not loaded.")
            return
        texts, editor = library(), people.editor()
        if made := tree.build(texts, editor):
            self.stdout.write(f"Demo: {made} pages with {len(texts.themes)} themes.")
        self._load_studies()
        if made := toolkit.build(people.editor(), people.second_reader()):
            self.stdout.write(f"Demo: {made} releases of the toolkit.")
        if made := podcasts.build(people.editor()):
            self.stdout.write(f"Demo: {made} episodes of the podcast.")
        if made := newsletter.build(people.editor()):
            self.stdout.write(f"Demo: {made} editions of the newsletter.")
        if made := participants.build():
            self.stdout.write(f"Demo: {made} invented participants.")
        mend()
        self.stdout.write("Demo: ready.")

    def _load_studies(self) -> None:
        texts, editor = library(), people.editor()
        waiting = [study for study in texts.studies if studies.missing(study)]
        for number, study in enumerate(waiting, start=1):
            studies.build(study, texts, editor)
            title = study.summaries["nl"]["title"]
            self.stdout.write(f"Demo: study {number} of {len(waiting)}: {title}")
