"""The questions of a period, added up, for the desk."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.db.models import Case, Count, F, Q, QuerySet, Sum, Value, When

from search.counting import normalised
from search.models import AskedQuestion

PERIODS = (7, 30, 90)
"""Days, today included."""

USUAL_PERIOD = 30


class Show(StrEnum):
    """Which questions are listed."""

    ASKED = "asked"
    MISSED = "missed"


@dataclass(frozen=True, slots=True)
class Choice:
    """What an editor wants to see: the words and the language may be empty."""

    show: Show = Show.ASKED
    days: int = USUAL_PERIOD
    language: str = ""
    words: str = ""


def read_choice(parameters: Any, languages: Iterable[str]) -> Choice:
    """Read what an address asks for; what we do not know falls back."""
    days, language = parameters.get("days", ""), parameters.get("lang", "")
    return Choice(
        Show.MISSED if parameters.get("show") == Show.MISSED else Show.ASKED,
        next((period for period in PERIODS if str(period) == days), USUAL_PERIOD),
        language if language in tuple(languages) else "",
        normalised(parameters.get("q", ""))[:100],
    )


def questions(choice: Choice, today: dt.date) -> QuerySet[Any, Any]:
    """Return the questions of a choice with their counts.

    Most asked first; of what was missed, first what had no result at all. `ignored` counts
    the answers with results when nothing was ever opened from them. `open` counts the days
    that no editor has dealt with.
    """
    rows = AskedQuestion.objects.filter(day__gt=today - dt.timedelta(choice.days), day__lte=today)
    if choice.language:
        rows = rows.filter(language=choice.language)
    if choice.words:
        rows = rows.filter(text__contains=choice.words)
    if choice.show is Show.MISSED:
        rows = rows.filter(handled=False)
    found = (
        rows.values("text", "language")
        .annotate(
            asked=Sum("asked"),
            missed=Sum("missed"),
            chosen=Sum("chosen"),
            open=Count("pk", filter=Q(handled=False)),
        )
        .annotate(ignored=Case(When(chosen=0, then=F("asked") - F("missed")), default=Value(0)))
    )
    if choice.show is Show.MISSED:
        missed = found.filter(Q(missed__gt=0) | Q(ignored__gt=0))
        return missed.order_by("-missed", "-ignored", "text", "language")
    return found.order_by("-asked", "text", "language")


def set_handled(texts: Iterable[str], *, handled: bool = True, language: str = "") -> int:
    """Say of questions, in one language or all, that they are dealt with, or not after all."""
    same = AskedQuestion.objects.filter(text__in={normalised(text) for text in texts})
    if language:
        same = same.filter(language=language)
    return same.update(handled=handled)
