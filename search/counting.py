"""Counting what visitors ask. Counts only: nothing that leads to a person.

Of a question, `asked`, `missed` and `chosen` are counted; `core.count_buffer` says how they wait.
"""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections import Counter
from collections.abc import Mapping

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.db.models.functions import Least
from django.utils import timezone

from core.count_buffer import CountBuffer
from search.models import AskedQuestion
from search.models.asked import LONGEST_QUESTION
from search.personal import looks_personal
from search.query import QUOTES, clean

Key = tuple[str, str, dt.date]
waiting: CountBuffer[Key] = CountBuffer(
    "questions", "SEARCH_COUNTS_SECONDS", lambda rows: write(rows)
)


def normalised(text: str) -> str:
    """Return a question as it is counted: in small letters, without spaces and end marks."""
    plain = unicodedata.normalize("NFKC", clean(text)).translate(QUOTES).lower()
    shown = "".join(char for char in plain if unicodedata.category(char) != "Cf")
    return " ".join(shown.split()).strip(" ?!.,;:")


def countable(text: str) -> str:
    """Return a question as it is counted, "" when it is not: too long, or of a person."""
    if not settings.SEARCH_COUNTS_DAYS or looks_personal(text):
        return ""
    counted = normalised(text)
    return counted if len(counted) <= LONGEST_QUESTION else ""


def count_asked(text: str, language: str, *, missed: bool) -> bool:
    """Count one answered question; return whether it was one we count."""
    counted = countable(text)
    if counted:
        key = (counted, language, timezone.localdate())
        waiting.add(key, {"asked": 1, "missed": int(missed)})
    return bool(counted)


def count_chosen(text: str, language: str) -> None:
    """Count that something was opened from an answer of today."""
    if counted := countable(text):
        waiting.add((counted, language, timezone.localdate()), {"chosen": 1})


def write(rows: Mapping[Key, Counter[str]]) -> None:
    """Add counts to the database, all or none.

    Rows are taken in a fixed order, so that two processes never wait for each other. What
    was opened is only added to a question that was asked, and never more often than that.
    """
    with transaction.atomic():
        AskedQuestion.objects.bulk_create(
            [
                AskedQuestion(text=text, language=language, day=day)
                for (text, language, day), counts in sorted(rows.items())
                if counts["asked"]
            ],
            ignore_conflicts=True,
        )
        for (text, language, day), counts in sorted(rows.items()):
            AskedQuestion.objects.filter(text=text, language=language, day=day).update(
                asked=F("asked") + counts["asked"],
                missed=F("missed") + counts["missed"],
                chosen=Least(F("chosen") + counts["chosen"], F("asked") + counts["asked"]),
            )
