"""One click for an editor who read a study again."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kenniskamer.models import ResearchPage
from kenniskamer.review import check


@require_POST
def checked(request: HttpRequest, page_id: int) -> HttpResponse:
    """Say that a study was read again today. Its date is public, so publishers only."""
    page = get_object_or_404(ResearchPage, pk=page_id, live=True)
    if not page.permissions_for_user(request.user).can_publish():
        raise PermissionDenied
    check(page=page, user=request.user, on=timezone.localdate())
    messages.success(request, _("“%(title)s” is checked as of today.") % {"title": page.title})
    return redirect("kenniskamer_admin:worklist")
