"""System checks that hold the rules of the house and say how to mend a breach."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.core.checks import CheckMessage, Error, register

from wagtail.models import Page

from core.models import BasePage


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


def register_checks() -> None:
    """Add the checks to Django's."""
    register(pages_are_base_pages)
