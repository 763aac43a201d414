"""The desk where releases are offered, approved, followed and, when it must be, withdrawn."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from toolkit import building, releasing, translating
from toolkit.copying import begin_next, last_release
from toolkit.desk_page import desk_frame, frame
from toolkit.enums import OPEN, REPEATABLE, NoticeKind, ReleaseState
from toolkit.forms import NoticeForm
from toolkit.freezing import FreezingError
from toolkit.missing import what_is_missing
from toolkit.models import Release, ReleasePage, ToolkitPage
from toolkit.permissions import user_can_begin, user_can_compose, user_can_release
from toolkit.releasing import ReleaseError, may_approve


@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    """Show every toolkit with its releases, the highest number first."""
    toolkits = [
        (toolkit, ReleasePage.objects.child_of(toolkit).order_by("-major", "-minor", "-patch"))
        for toolkit in ToolkitPage.objects.select_related("locale")
        if user_can_begin(request.user, toolkit)
    ]
    return render(request, "toolkit/admin/desk.html", {"toolkits": toolkits, **desk_frame()})


@require_safe
def standing(request: HttpRequest, page_id: int) -> HttpResponse:
    """Show where one release stands, and what can be done now."""
    page = _page(request, page_id)
    if request.GET.get("part") == "state":
        return render(request, "toolkit/admin/state.html", _context(request, page))
    context = _context(request, page) | frame(page.title, "upload")
    return render(request, "toolkit/admin/standing.html", context)


@require_POST
def act(request: HttpRequest, page_id: int) -> HttpResponseRedirect:
    """Do what a button says. What is not possible any more is told in a sentence."""
    page = _page(request, page_id)
    name = request.POST.get("action", "")
    done = ACTS.get(name)
    if done is None:
        raise PermissionDenied
    if name not in FOR_COMPOSERS and not user_can_release(request.user, page):
        raise PermissionDenied
    try:
        messages.success(request, done(request, page))
    except ReleaseError as error:
        messages.error(request, str(error))
    return redirect("toolkit_admin:standing", page.pk)


@require_safe
def preview(request: HttpRequest, page_id: int) -> HttpResponse:
    """Show a draft as the PDF it would become."""
    page = _page(request, page_id)
    release = page.standing
    if release and release.is_public and release.pdf:
        with release.pdf.file.open("rb") as file:
            return _pdf(file.read(), page)
    try:
        data, error = building.preview(page.get_latest_revision_as_object())
    except FreezingError as problem:
        data, error = b"", str(problem)
    if not data:
        messages.error(request, error)
        return redirect("toolkit_admin:standing", page.pk)
    return _pdf(data, page)


def new(request: HttpRequest, toolkit_id: int) -> HttpResponse:
    """Begin the next release as a copy of the last one, when the editor says so."""
    toolkit = get_object_or_404(ToolkitPage, pk=toolkit_id)
    if not user_can_begin(request.user, toolkit):
        raise PermissionDenied
    last, source = last_release(toolkit), translating.to_translate(toolkit)
    if request.method == "POST":
        if "translate" in request.POST and source and (last is None or last.is_released):
            page = translating.begin_translation(source=source, toolkit=toolkit, user=request.user)
        else:
            page = begin_next(toolkit=toolkit, user=request.user)
        return redirect("wagtailadmin_pages:edit", page.pk)
    title = f"{_('New release')}: {toolkit.title} ({toolkit.locale})"
    context = {"last": last, "source": source, **frame(title, "plus")}
    return render(request, "toolkit/admin/new.html", context)


def _page(request: HttpRequest, page_id: int) -> ReleasePage:
    page = get_object_or_404(ReleasePage, pk=page_id)
    if not user_can_compose(request.user, page):
        raise PermissionDenied
    return page


def _release(page: ReleasePage) -> Release:
    release = page.standing
    if release is None:
        raise ReleaseError(_("This release was not offered yet."))
    return release


def _pdf(data: bytes, page: ReleasePage) -> HttpResponse:
    response = HttpResponse(data, content_type="application/pdf")
    response.headers["Content-Disposition"] = f'inline; filename="toolkit-{page.slug}.pdf"'
    response.headers["Cache-Control"] = "no-store"
    return response


def _context(request: HttpRequest, page: ReleasePage) -> dict[str, Any]:
    release = page.standing
    state = ReleaseState(page.state)
    draft = page.get_latest_revision_as_object()
    is_open = state in OPEN
    return {
        "page": page,
        "release": release,
        "state": state,
        "is_open": is_open,
        "missing": what_is_missing(draft) if is_open else [],
        "busy": state == ReleaseState.BUILDING,
        "asked": state == ReleaseState.ASKED,
        "may_release": user_can_release(request.user, page),
        "is_second": bool(release and may_approve(release, request.user)),
        "repeatable": bool(release and state in REPEATABLE and releasing.is_unchanged(release)),
        "notice_form": NoticeForm(release=release) if release and release.is_public else None,
        "files": release.files.exclude(kind="picture") if release else [],
        "is_translation": is_open and translating.translation_of(page) is not None,
        "untranslated": translating.still_to_translate(page) if is_open else "",
        "edit_url": reverse("wagtailadmin_pages:edit", args=[page.pk]),
    }


def _translate(request: HttpRequest, page: ReleasePage) -> str:
    if page.state not in OPEN:
        raise ReleaseError(_("This release was offered already."))
    translating.take_over(page=page, user=request.user)
    return _("What was translated stands in the draft now.")


def _offer(request: HttpRequest, page: ReleasePage) -> str:
    if page.state in OPEN:
        translating.take_over(page=page, user=request.user)
        page.refresh_from_db()
    releasing.offer(page=page, user=request.user)
    return _("Offered. Somebody else has to look and release it.")


def _take_back(request: HttpRequest, page: ReleasePage) -> str:
    releasing.take_back(release_id=_release(page).pk, user=request.user)
    return _("You can edit it again.")


def _approve(request: HttpRequest, page: ReleasePage) -> str:
    releasing.approve(release_id=_release(page).pk, user=request.user)
    return _("The content is frozen, and the files are being built.")


def _stop(request: HttpRequest, page: ReleasePage) -> str:
    releasing.stop(release_id=_release(page).pk)
    return _("Stopped. Nothing of it is public.")


def _repeat(request: HttpRequest, page: ReleasePage) -> str:
    releasing.repeat(release_id=_release(page).pk)
    return _("The files are being built again.")


def _notice(request: HttpRequest, page: ReleasePage) -> str:
    release = _release(page)
    form = NoticeForm(request.POST, release=release)
    if not form.is_valid():
        raise ReleaseError(" ".join(str(error) for row in form.errors.values() for error in row))
    values = form.cleaned_data
    releasing.give_notice(release_id=release.pk, user=request.user, **values)
    if values["kind"] == NoticeKind.WITHDRAWN:
        return _("Withdrawn. Readers see why; its files stay where they are.")
    return _("Readers of this release now see where it is corrected.")


ACTS: dict[str, Callable[[HttpRequest, ReleasePage], str]] = {
    "translate": _translate,
    "offer": _offer,
    "take_back": _take_back,
    "approve": _approve,
    "stop": _stop,
    "repeat": _repeat,
    "notice": _notice,
}
FOR_COMPOSERS = ("translate", "offer", "take_back")
