"""The ground floor in the CMS: mail."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _

from wagtail import hooks
from wagtail.admin.menu import MenuItem

from core import mail_desk
from core.menu import DeskItem
from core.models import Letter


@hooks.register("register_admin_urls")
def register_mail() -> list[URLPattern]:
    """Add the addresses of mail."""
    return [
        path("mail/", mail_desk.MailView.as_view(), name="mail_desk"),
        path("mail/in-doubt/", mail_desk.decide, name="mail_decide"),
        path("mail/<slug:name>/", mail_desk.ReadMailView.as_view(), name="mail_read"),
        path("mail/<slug:name>.eml", mail_desk.raw, name="mail_raw"),
    ]


@hooks.register("register_reports_menu_item")
def register_mail_item() -> MenuItem:
    """Put mail under the reports."""
    return DeskItem(
        _("Mail"),
        reverse("mail_desk"),
        to=mail_desk.user_can_read_mail,
        name="mail",
        icon_name="mail",
        order=1100,
    )


@hooks.register("construct_homepage_panels")
def tell_of_doubt(request: HttpRequest, panels: list[Any]) -> None:
    """Say on the home of the CMS that somebody has to decide about mail in doubt."""
    if mail_desk.user_can_read_mail(request.user):
        number = Letter.objects.in_doubt().count()
        if number:
            panels.append(mail_desk.DoubtPanel(number))
