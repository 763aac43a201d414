"""Which recordings an episode has had in public, so that old addresses keep working."""

from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class AudioUse(models.Model):
    """An episode was public with this recording since a moment. Never changed."""

    episode = models.ForeignKey(
        "podcasts.EpisodePage", on_delete=models.CASCADE, related_name="audio_uses"
    )
    audio = models.ForeignKey("podcasts.AudioFile", on_delete=models.PROTECT, related_name="uses")
    since = models.DateTimeField(_("since"), default=timezone.now)

    class Meta:
        # PROTECT: what was public is never deleted while its episode exists.
        verbose_name = _("recording of an episode")
        verbose_name_plural = _("recordings of an episode")
        ordering = ["-since", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["episode", "audio"], name="one_use_per_recording")
        ]

    def __str__(self) -> str:
        return f"{self.episode_id}, {self.audio_id}"
