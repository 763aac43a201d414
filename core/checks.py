"""System checks that hold the rules of the house and say how to mend a breach."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.core.checks import CheckMessage, Error, Warning, register
from django.db import DatabaseError

from wagtail.models import Page

from core.mail_transport import transport
from core.models import BasePage, SiteSettings


def pages_are_base_pages(**kwargs: Any) -> list[CheckMessage]:
    """Every page type of ours stands on BasePage and says where it may stand."""
    errors: list[CheckMessage] = []
    for model in apps.get_models():
        if not issubclass(model, Page) or model is Page:
            continue
        if not issubclass(model, BasePage):
            errors.append(
                Error(
                    f"{model.__name__} is a page that does not inherit from BasePage.",
                    hint="Inherit from core.models.BasePage.",
                    obj=model,
                    id="core.E001",
                )
            )
        for attribute in ("parent_page_types", "subpage_types"):
            if attribute not in vars(model):
                errors.append(
                    Error(
                        f"{model.__name__} does not declare {attribute}.",
                        hint=f"Add {attribute} to the class, an empty list when there are none.",
                        obj=model,
                        id="core.E002",
                    )
                )
    return errors


def mail_leaves(**kwargs: Any) -> list[CheckMessage]:
    """On a public site mail is sent, by somebody who can be answered. For `check --deploy`."""
    found: list[CheckMessage] = []
    if transport().kind == "folder":
        found.append(
            Warning(
                "Mail is not sent: it stays in a folder on this machine.",
                hint="Set EMAIL_URL (docs/settings.md).",
                id="core.W001",
            )
        )
    try:
        named = SiteSettings.objects.exclude(sender_address="").exclude(postal_address="")
        complete = named.exists()
    except DatabaseError:  # before the first `migrate`
        return found
    if not complete:
        found.append(
            Warning(
                "Mail does not say who sends it.",
                hint="Fill in sender address and postal address under Settings, Site settings.",
                id="core.W002",
            )
        )
    return found


def register_checks() -> None:
    """Add the checks to Django's."""
    register(pages_are_base_pages)
    register(mail_leaves, deploy=True)
