"""Podcasts."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PodcastsConfig(AppConfig):
    """Series, episodes, transcripts, and the feeds apps listen to."""

    name = "podcasts"
    verbose_name = _("Podcasts")

    def ready(self) -> None:
        """Follow what is published."""
        from wagtail.models import ReferenceIndex

        from core import backlinks, recovery
        from podcasts import audio_following, mentions
        from podcasts.importing import tasks
        from podcasts.models import AudioUse

        # Before a recording is deleted the CMS then knows that it was public.
        ReferenceIndex.register_model(AudioUse)
        backlinks.register_places(mentions.minutes_of)
        recovery.register(tasks.wake_overdue)
        audio_following.connect()
