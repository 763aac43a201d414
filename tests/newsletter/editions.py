"""Newsletters and editions for tests."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.contrib.auth import get_user_model
from django.utils import timezone

from wagtail.models import Page

from core.models import SiteSettings
from newsletter.approving import approve
from newsletter.composing import begin
from newsletter.enums import EditionState
from newsletter.models import Edition, EditionPage, NewsletterPage
from newsletter.publishing import publish_pages


def make_newsletter(home: Page, title: str = "Nieuwsbrief") -> NewsletterPage:
    """Publish a newsletter under a home page."""
    page = NewsletterPage(title=title, slug="nieuwsbrief", lead="Elke maand.", locale=home.locale)
    home.add_child(instance=page)
    page.save_revision().publish()
    return NewsletterPage.objects.get(pk=page.pk)


def make_newsletters(site_tree: Any) -> tuple[NewsletterPage, NewsletterPage]:
    """Publish the newsletter in both languages, and say who sends it."""
    dutch = make_newsletter(site_tree.home)
    english = dutch.copy_for_translation(site_tree.en)
    english.title = "Newsletter"
    english.save_revision().publish()
    site = site_tree.home.get_site()
    SiteSettings.objects.update_or_create(
        site=site,
        defaults={
            "organisation": "OnMigration",
            "sender_address": "redactie@example.org",
            "postal_address": "Straat 1\n1234 AB Utrecht",
        },
    )
    return dutch, NewsletterPage.objects.get(pk=english.pk)


def boss() -> Any:
    """Someone who may do everything."""
    users = get_user_model().objects
    return users.filter(username="baas").first() or users.create_superuser("baas", "b@example.org")


def write(page: EditionPage, **values: Any) -> EditionPage:
    """Change a draft as an editor does in the form."""
    draft = page.get_latest_revision_as_object()
    for name, value in values.items():
        setattr(draft, name, value)
    draft.save_revision(user=boss())
    return draft


def make_edition(start: dt.datetime | None = None) -> Edition:
    """Begin an edition with what is new, ready to be approved."""
    edition = begin(user=boss(), start=start)
    for page in edition.pages.select_related("locale"):
        write(page, subject=f"Onderwerp {page.language}", preview_text=f"Daarin {page.language}")
    return edition


def as_sent(edition: Edition) -> Edition:
    """Approve an edition and let it have gone out to nobody."""
    approve(edition_id=edition.pk, user=boss())
    edition = Edition.objects.get(pk=edition.pk)
    edition.state, edition.started_at = EditionState.SENT, timezone.now()
    edition.finished_at = edition.started_at
    edition.save()
    publish_pages(edition)
    return edition
