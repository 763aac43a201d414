"""The words around the content of a release, in its language, for those who set it."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from wagtail.models import Site

from core.licences import licence_url
from core.models import SiteSettings
from toolkit.content import Content
from toolkit.enums import ToolkitLicence
from toolkit.kinds import KINDS


def words_for(page: Any, content: Content) -> dict[str, str]:
    """Return the words for the files of a release."""
    licence = ToolkitLicence(content["licence"])
    with translation.override(content["language"]):
        day = dt.date.fromisoformat(content["date"])
        return {
            "author": _author(),
            "version": _("Version %(number)s") % {"number": content["version"]},
            "date": date_format(day, "j F Y"),
            "contents": _("Contents"),
            "news": _("What is new"),
            "reference": _("Reference"),
            "licence": _("You may use this under"),
            "licence_name": str(licence.label),
            "licence_url": licence_url(licence),
            "licence_studies": _("The studies that are cited have licences of their own."),
            "address": _("This release on the web:"),
            "url": page.full_url or settings.BASE_URL,
            **{f"kind_{name}": str(kind.label) for name, kind in KINDS.items()},
        }


def _author() -> str:
    """Return who publishes the toolkit."""
    site = Site.objects.filter(is_default_site=True).first()
    named = SiteSettings.objects.filter(site=site).first() if site else None
    return str(named.organisation) if named else settings.WAGTAIL_SITE_NAME
