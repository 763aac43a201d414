"""What stands around the news: who sends it, why, and the way out."""

from __future__ import annotations

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from wagtail.models import Site

from core.models import SiteSettings
from newsletter import wire
from newsletter.rendering import Frame


def frame_with(language: str, *, greeting: str, unsubscribe: str, mine: str) -> Frame:
    """Return the frame of a mail in one language, with what is a person's own."""
    site = Site.objects.filter(is_default_site=True).first()
    about = SiteSettings.for_site(site) if site else SiteSettings()
    with translation.override(language):
        why = _("You get this mail because you signed up for the newsletter of %(organisation)s.")
    return Frame(
        organisation=about.organisation,
        home=f"{settings.BASE_URL}/{language}/",
        why=why % {"organisation": about.organisation},
        unsubscribe=unsubscribe,
        mine=mine,
        greeting=greeting,
        postal=tuple(line.strip() for line in about.postal_address.splitlines() if line.strip()),
    )


def frozen_frame(language: str) -> Frame:
    """Return the frame of what is frozen: a placeholder for everything that is personal."""
    return frame_with(
        language,
        greeting=f"{wire.GREETING},",
        unsubscribe=wire.UNSUBSCRIBE_URL,
        mine=wire.MINE_URL,
    )


def example_frame(language: str) -> Frame:
    """Return a frame for previews and tests: its personal links lead to the home page."""
    home = f"{settings.BASE_URL}/{language}/"
    greeting = f"{wire.greetings(language)[1]},"
    return frame_with(language, greeting=greeting, unsubscribe=home, mine=home)
