"""The page that explains every word of the evidence label."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import TextChoices
from django.http import HttpRequest
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from core.languages import in_each_language
from core.models import BasePage
from kenniskamer.choices import MEANINGS, EvidenceKind, EvidenceStrength, EvidenceTransfer

ADDRESS = gettext_noop("evidence-label")


@dataclass(frozen=True, slots=True)
class Word:
    """A word of the label: its value, how it reads, what it means."""

    value: str
    label: str
    meaning: str


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the label, the question it answers, and its words."""

    name: str
    title: str
    question: str
    words: list[Word]


def address(library_url: str) -> str:
    """Return the address of this page under a library, in the active language."""
    return f"{library_url}{_(ADDRESS)}/"


def parts() -> list[Part]:
    """Return the whole label, in the order in which a study shows it."""
    return [
        Part("strength", _("Strength"), _("How far can one lean on it?"), _words(EvidenceStrength)),
        Part("kind", _("Method"), _("How does the study know what it says?"), _words(EvidenceKind)),
        Part(
            "transfer", _("Reach"), _("Does it hold in the Netherlands?"), _words(EvidenceTransfer)
        ),
    ]


def answer(library: Any, request: HttpRequest) -> TemplateResponse:
    """Answer with the page."""
    context = BasePage.get_context(library, request)
    context |= {
        "parts": parts(),
        "crumbs": [*context["crumbs"], library],
        "below": {code: f"{word}/" for code, word in in_each_language(ADDRESS).items()},
    }
    return TemplateResponse(request, "kenniskamer/evidence.html", context)


def _words(choices: type[TextChoices]) -> list[Word]:
    return [Word(word.value, str(word.label), str(MEANINGS[word])) for word in choices]
