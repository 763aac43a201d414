"""The podcasts in the CMS: the desk, the recordings, and what is said after publishing."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest
from django.urls import URLPattern, URLResolver, include, path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.models import Page

from core.menu import DeskItem
from podcasts import admin_urls
from podcasts.audio_admin import AudioChooser, AudioViewSet
from podcasts.gaps import gaps_of
from podcasts.models import EpisodePage
from podcasts.permissions import user_can_make_episodes

hooks.register("register_admin_viewset", lambda: AudioChooser("podcast_audio_chooser"))
hooks.register("register_admin_viewset", lambda: AudioViewSet("recordings"))


@hooks.register("register_admin_urls")
def register_desk() -> list[URLPattern | URLResolver]:
    """Add the addresses of the desk."""
    return [path("podcasts/", include(admin_urls))]


@hooks.register("register_admin_menu_item")
def register_menu_item() -> MenuItem:
    """Put the podcasts in the menu."""
    url = reverse("podcasts_admin:desk")
    return DeskItem(
        gettext_lazy("Podcasts"),
        url,
        to=user_can_make_episodes,
        name="podcasts",
        icon_name="media",
        order=116,
    )


@hooks.register("register_reports_menu_item")
def register_listeners() -> MenuItem:
    """Put the listeners under the reports."""
    return DeskItem(
        gettext_lazy("Listeners of the podcasts"),
        reverse("podcasts_admin:listeners"),
        to=user_can_make_episodes,
        name="podcast-listeners",
        icon_name="media",
        order=1010,
    )


@hooks.register("after_publish_page")
def say_what_is_missing(request: HttpRequest, page: Page) -> None:
    """Tell who published an episode what others miss, and what a new recording changes."""
    if not isinstance(page, EpisodePage):
        return
    uses = list(page.audio_uses.select_related("audio")[:2])
    if len(uses) == 2 and uses[0].since == page.last_published_at:
        text = _(
            "Listeners now get the new recording (%(new)s instead of %(old)s). For apps it is the "
            "same episode; the old address keeps working."
        )
        messages.info(request, text % {"new": uses[0].audio.length, "old": uses[1].audio.length})
    if any(gap.code == "transcript" for gap in gaps_of(page)):
        text = _("“%(title)s” is public, but has no transcript.") % {"title": page.title}
        url = reverse("podcasts_admin:transcript", args=[page.pk])
        link = format_html('<a href="{}">{}</a>', url, _("Add the transcript"))
        messages.warning(request, format_html("{} {}", text, link))
