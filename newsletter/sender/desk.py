"""The page about the sender in the CMS: what DNS lacks, and what to do."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from core.mail import sender
from newsletter.permissions import user_can_compose
from newsletter.sender import looking
from newsletter.sender.checking import Level


def _guard(request: HttpRequest) -> None:
    if not user_can_compose(request.user):
        raise PermissionDenied


@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """Show the last look at the domain of the sender; the part that is being looked at alone."""
    _guard(request)
    part = "found" if request.GET.get("part") == "found" else "sender"
    return render(request, f"newsletter/admin/{part}.html", _context())


@require_POST
def again(request: HttpRequest) -> HttpResponse:
    """Have it looked at again."""
    _guard(request)
    looking.ask_again()
    return redirect("newsletter_admin:sender")


def _context() -> dict[str, Any]:
    row = looking.last_check()
    found = looking.findings_of(row) if row else []
    order = (Level.WRONG, Level.ADVICE, Level.GOOD)
    return {
        "address": sender().address,
        "domain": sender().domain,
        "looked_at": row and row.looked_at,
        "findings": sorted(found, key=lambda one: order.index(one.level)),
        "may_look": settings.LOOK_OUTSIDE,
        "busy": settings.LOOK_OUTSIDE and looking.is_due(),
    }
