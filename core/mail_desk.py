"""Mail in the CMS: what is in doubt, what waits, what failed, and what lies in the folder.

What is in doubt is shown by name, and decided about here. The folder holds personal links and addresses: only who may see those of participants sees it.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST
from django.views.generic import TemplateView

from wagtail.admin.ui.components import Component
from wagtail.admin.views.generic import WagtailAdminTemplateMixin

from core import mail_doubt
from core.mail_reading import ReadMail, read_head, read_mail
from core.mail_transport import transport
from core.models import Letter, LetterState

NEWEST = 100
"""Mails of the folder and letters that failed, on the page."""


@dataclass(frozen=True, slots=True)
class StoredMail:
    """One file of the folder, as its line in the list."""

    name: str
    at: dt.datetime
    to: str
    subject: str


def user_can_read_mail(user: Any) -> bool:
    """Say whether this user may read mail that was written to others."""
    return bool(user.is_active and user.has_perm("core.view_letter"))


class _Desk(WagtailAdminTemplateMixin, TemplateView):
    header_icon = "mail"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Let in who may read mail."""
        if not user_can_read_mail(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)


class MailView(_Desk):
    """What waits and what failed; where mail stays in a folder also that mail."""

    template_name = "core/admin/mail.html"
    page_title = _("Mail")

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Name this page."""
        return [*self.breadcrumbs_items, {"url": "", "label": _("Mail")}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Name the counts and the lists."""
        rows = dict(Letter.objects.order_by().values_list("state").annotate(Count("pk")))
        way = transport()
        doubtful = Letter.objects.in_doubt().order_by("ended_at", "pk")
        return super().get_context_data(
            counts=[(state.label, rows.get(state.value, 0)) for state in LetterState],
            way=way,
            in_doubt=doubtful[:NEWEST],
            troubled=Letter.objects.filter(state=LetterState.FAILED)[:NEWEST],
            put_off=Letter.objects.filter(state=LetterState.QUEUED, attempts__gt=0)[:NEWEST],
            mails=newest(way.folder) if way.folder else [],
            **kwargs,
        )


@require_POST
def decide(request: HttpRequest) -> HttpResponse:
    """Do what somebody chose for letters in doubt, and say so."""
    if not user_can_read_mail(request.user):
        raise PermissionDenied
    chosen = [int(pk) for pk in request.POST.getlist("letter") if pk.isdecimal() and len(pk) < 19]
    if "send_again" in request.POST:
        number = mail_doubt.send_again(chosen, request.user)
        text = ngettext("%(n)s mail is sent again.", "%(n)s mails are sent again.", number)
    else:
        number = mail_doubt.consider_sent(chosen, request.user)
        text = ngettext("%(n)s mail is left as it is.", "%(n)s mails are left as they are.", number)
    if number:
        messages.success(request, text % {"n": number})
    else:
        messages.warning(request, _("Nothing was chosen, or somebody else decided already."))
    return redirect("mail_desk")


class DoubtPanel(Component):
    """On the home of the CMS: that mail is in doubt, for who may decide about it."""

    name = "mail_in_doubt"
    template_name = "core/admin/mail_doubt.html"
    order = 120

    def __init__(self, number: int) -> None:
        self.number = number

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        """Name how many."""
        return {"number": self.number}


class ReadMailView(_Desk):
    """One mail of the folder: its head, its text, and how it looks."""

    template_name = "core/admin/mail_read.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Take the mail apart."""
        return super().get_context_data(mail=self._mail, **kwargs)

    def get_page_title(self) -> str:
        """Return the subject."""
        return self._mail.subject

    @cached_property
    def _mail(self) -> ReadMail:
        return read_mail(file_of(self.kwargs["name"]))

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Lead back to the list."""
        back = {"url": reverse("mail_desk"), "label": _("Mail")}
        return [*self.breadcrumbs_items, back, {"url": "", "label": self.get_page_title()}]


def raw(request: HttpRequest, name: str) -> HttpResponse:
    """Give a mail as it is, for a mail program."""
    if not user_can_read_mail(request.user):
        raise PermissionDenied
    response = HttpResponse(file_of(name).read_bytes(), content_type="message/rfc822")
    response["Content-Disposition"] = f'attachment; filename="{name}.eml"'
    return response


def newest(folder: Path) -> list[StoredMail]:
    """Return the newest mails of a folder; names sort by time."""
    files = sorted(folder.glob("*.eml"), reverse=True)[:NEWEST]
    return [_line(file) for file in files]


def file_of(name: str) -> Path:
    """Return the file of a mail. The name comes from an address: a slug, so never a path."""
    folder = transport().folder
    path = folder / f"{name}.eml" if folder else None
    if path is None or not path.is_file():
        raise Http404
    return path


def _line(path: Path) -> StoredMail:
    head = read_head(path)
    at = dt.datetime.fromtimestamp(path.stat().st_mtime, timezone.get_current_timezone())
    return StoredMail(path.stem, at, head.get("to", ""), head.get("subject", ""))
