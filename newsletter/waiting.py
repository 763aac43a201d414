"""Editions that wait for an editor: told on the home of the CMS, and once by mail.

An edition waits when its moment passed while nothing was sending, when sending was held by
the machine, or when it is in doubt who got it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Count, F, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import ngettext

from wagtail.admin.ui.components import Component
from wagtail.users.models import UserProfile

from core.mail import Address, send
from newsletter.enums import DeliveryState, EditionState
from newsletter.models import Delivery, Edition
from newsletter.permissions import user_can_send

TEMPLATE = "edition_waits"


@dataclass(frozen=True, slots=True)
class Waiting:
    """An edition, where to decide about it, and why in one sentence."""

    edition: Edition
    url: str
    sentence: str


def held() -> QuerySet[Edition]:
    """Return the editions that the machine does not send on without an editor."""
    paused_by_itself = Q(state=EditionState.PAUSED) & ~Q(reason="")
    return Edition.objects.filter(Q(state=EditionState.LATE) | paused_by_itself)


def waiting_for(user: Any) -> list[Waiting]:
    """Return what this person can decide about."""
    doubtful = Delivery.objects.filter(state=DeliveryState.IN_DOUBT).order_by()
    in_doubt = dict(doubtful.values_list("edition").annotate(Count("pk")))
    numbers = {*in_doubt, *held().values_list("pk", flat=True)}
    return [
        Waiting(edition, _url(edition), _sentence(edition, in_doubt.get(edition.pk, 0)))
        for edition in Edition.objects.filter(pk__in=numbers)
        if user_can_send(user, edition)
    ]


def _sentence(edition: Edition, in_doubt: int) -> str:
    if edition.reason:
        return edition.reason
    return ngettext(
        "%(n)s person may have got it or not. Choose what to do.",
        "%(n)s people may have got it or not. Choose what to do for each.",
        in_doubt,
    ) % {"n": in_doubt}


def _url(edition: Edition) -> str:
    return reverse("newsletter_admin:edition", args=[edition.pk])


def ask_editors(now: dt.datetime | None = None) -> None:
    """Mail who approved an edition that is held, once each time that it is."""
    anew = Q(asked_at=None)
    anew |= Q(state=EditionState.LATE, asked_at__lt=F("scheduled_at"))
    anew |= Q(state=EditionState.PAUSED, asked_at__lt=F("active_at"))
    for edition in held().filter(anew).select_related("approved_by"):
        with transaction.atomic():
            if held().filter(anew, pk=edition.pk).update(asked_at=now or timezone.now()):
                _mail(edition)


def _mail(edition: Edition) -> None:
    editor = edition.approved_by
    if editor is None or not editor.is_active or not editor.email:
        return
    profile = UserProfile.objects.filter(user=editor).first()
    language = profile.preferred_language if profile else ""
    send(
        to=Address(editor.email, editor.get_full_name()),
        template=TEMPLATE,
        context={
            "title": edition.title,
            "is_late": edition.state == EditionState.LATE,
            "url": settings.BASE_URL + _url(edition),
        },
        language=language if language in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE,
    )


class WaitingPanel(Component):
    """The editions that wait, on the home of the CMS; nothing when none does."""

    name = "newsletter_waiting"
    template_name = "newsletter/admin/waiting.html"
    order = 110

    def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
        """Name the rows."""
        request = parent_context["request"] if parent_context else None
        return {"rows": waiting_for(request.user) if request else []}
