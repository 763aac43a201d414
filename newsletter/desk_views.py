"""The desk of the newsletter: editions, and for each the way from draft to sent."""

from __future__ import annotations

import math
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from newsletter import desk_actions
from newsletter.approving import EditionError
from newsletter.checking import check, drafts_of, mark_of
from newsletter.collecting import grouped, since, told_between
from newsletter.composing import begin, left_out, open_edition
from newsletter.delivery.control import WrongStateError
from newsletter.delivery.figures import figures
from newsletter.delivery.forecast import forecast
from newsletter.delivery.progress import progress
from newsletter.desk_forms import ScheduleForm, TestForm
from newsletter.enums import DeliveryState, EditionState
from newsletter.models import Edition, EditionPage, NewsletterPage
from newsletter.outside import rounds
from newsletter.permissions import user_can_compose, user_can_send
from newsletter.scheduling import shown
from newsletter.sender.looking import is_wrong
from newsletter.standing import WAITING, is_open, is_out
from newsletter.taking_over import differs
from participants.permissions import user_can_manage_people

WATCHED = (EditionState.SCHEDULED, EditionState.SENDING)
"""In these the screen asks again every few seconds."""
BEFORE_SENDING = (EditionState.APPROVED, EditionState.SCHEDULED, EditionState.LATE)
"""In these the screen says who would get it."""
CHECKED_PARTS = ("checks", "approve")
"""Parts of the screen that change while links are looked at."""
MOST_IN_DOUBT = 200


def _guard(request: HttpRequest) -> None:
    if not user_can_compose(request.user):
        raise PermissionDenied


@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    """Show all editions, the newest first."""
    _guard(request)
    sent = Count("deliveries", filter=Q(deliveries__state=DeliveryState.SENT))
    editions = Edition.objects.filter(pages__isnull=False).distinct().order_by("-created_at")
    context = {
        "editions": editions.annotate(sent=sent)[:200],
        "open": open_edition(),
        "newsletters": NewsletterPage.objects.exists(),
        "sender_is_wrong": is_wrong(),
    }
    return render(request, "newsletter/admin/desk.html", context)


def new(request: HttpRequest) -> HttpResponse:
    """Show what is new since the last edition; begin one when the editor says so."""
    _guard(request)
    if request.method == "POST":
        edition = begin(user=request.user)
        page = next(iter(drafts_of(edition)), None)
        if page is not None:
            return redirect("wagtailadmin_pages:edit", page.pk)
        messages.error(request, _("There is no newsletter page yet. Add one under the home page."))
        return redirect("newsletter_admin:desk")
    start, now = since(), timezone.now()
    news = told_between(start, now)
    context = {
        "since": start,
        "groups": grouped(news, settings.LANGUAGE_CODE),
        "language": settings.LANGUAGE_CODE,
        "number": len(news),
        "open": open_edition(),
    }
    return render(request, "newsletter/admin/new.html", context)


@require_safe
def edition(request: HttpRequest, edition_id: int) -> HttpResponse:
    """Show where an edition stands, and what can be done now."""
    found = _edition(request, edition_id)
    if request.GET.get("part") == "state":
        return render(request, "newsletter/admin/state.html", state_context(request, found))
    if (part := request.GET.get("part")) in CHECKED_PARTS:
        if not is_open(found):
            raise Http404("It was approved meanwhile.")
        return render(request, f"newsletter/admin/{part}.html", checks_context(request, found))
    return render(request, "newsletter/admin/edition.html", _context(request, found))


@require_POST
def act(request: HttpRequest, edition_id: int) -> HttpResponse:
    """Do what a button says. What is not possible any more is told in a sentence."""
    found = _edition(request, edition_id)
    name = request.POST.get("action", "")
    form = _form_for(name, request)
    if form is not None and not form.is_valid():
        context = _context(request, found) | {f"{name}_form": form}
        return render(request, "newsletter/admin/edition.html", context, status=422)
    if name not in desk_actions.ACTS:
        raise PermissionDenied
    if name in desk_actions.ABOUT_PEOPLE and not user_can_manage_people(request.user):
        raise PermissionDenied
    if name not in desk_actions.FOR_COMPOSERS and not user_can_send(request.user, found):
        raise PermissionDenied
    try:
        values = form.cleaned_data if form is not None else request.POST.dict()
        messages.success(request, desk_actions.ACTS[name](request, found, values))
    except (EditionError, WrongStateError) as error:
        messages.error(request, str(error))
    return redirect("newsletter_admin:edition", found.pk)


def _form_for(name: str, request: HttpRequest) -> ScheduleForm | TestForm | None:
    forms: dict[str, type[ScheduleForm] | type[TestForm]] = {
        "schedule": ScheduleForm,
        "test": TestForm,
    }
    return forms[name](request.POST) if name in forms else None


def _edition(request: HttpRequest, edition_id: int) -> Edition:
    _guard(request)
    return get_object_or_404(Edition.objects.select_related("approved_by"), pk=edition_id)


def state_context(request: HttpRequest, found: Edition) -> dict[str, Any]:
    """Return what the part of the screen that refreshes itself shows."""
    sending = sending_context(request, found) if is_out(found) else {}
    return sending | {
        "edition": found,
        "state": EditionState(found.state),
        "busy": found.state in WATCHED,
        "may_send": user_can_send(request.user, found),
        "is_open": is_open(found),
        "is_waiting": found.state in WAITING,
        "is_out": is_out(found),
        "scheduled": shown(found.scheduled_at),
        "forecast": forecast(found) if found.state in BEFORE_SENDING else None,
        "schedule_form": ScheduleForm(),
        "pages": EditionPage.objects.filter(edition=found).select_related("locale"),
    }


def sending_context(request: HttpRequest, found: Edition) -> dict[str, Any]:
    """Return how far sending is; addresses only for who may see people."""
    now = progress(found)
    may_see = user_can_manage_people(request.user)
    doubtful = found.deliveries.in_doubt() if may_see else found.deliveries.none()
    return {
        "progress": now,
        "figures": figures(found, now),
        "minutes": None if now.left is None else math.ceil(now.left.total_seconds() / 60),
        "may_see_people": may_see,
        "in_doubt": doubtful[:MOST_IN_DOUBT],
    }


def checks_context(request: HttpRequest, found: Edition) -> dict[str, Any]:
    """Return what was found in each language, and how far the looking at links is."""
    # Both before the drafts and links are read: what changes meanwhile is then seen as a change,
    # and a round that ends meanwhile is asked after once more.
    seen = mark_of(found)
    looking = settings.LOOK_OUTSIDE and rounds.is_due(found)
    overdue = looking and rounds.is_overdue(found)
    checked = check(found)
    return {
        "edition": found,
        "seen": seen,
        "checked": checked,
        "ready": bool(checked) and not any(one.blocking for one in checked),
        "may_send": user_can_send(request.user, found),
        "has_outside": any(one.outside for one in checked),
        "may_look": settings.LOOK_OUTSIDE,
        "looking": looking,
        "overdue": overdue,
        "busy": looking and not overdue,
        "looked_at": getattr(getattr(found, "link_round", None), "looked_at", None),
    }


def _context(request: HttpRequest, found: Edition) -> dict[str, Any]:
    context = state_context(request, found)
    context |= {
        "mails": found.mails.all(),
        "test_form": TestForm(initial={"addresses": getattr(request.user, "email", "")}),
    }
    return context | _composing_context(request, found) if context["is_open"] else context


def _composing_context(request: HttpRequest, found: Edition) -> dict[str, Any]:
    context = checks_context(request, found)
    bodies = [list(one.page.body.raw_data) for one in context["checked"]]
    return context | {
        "left_out": left_out(found),
        "language": settings.LANGUAGE_CODE,
        "differs": any(differs(bodies[0], body) for body in bodies[1:]),
        "others": bodies[1:],
    }
