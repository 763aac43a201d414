"""The words of an episode, cue by cue."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from podcasts.cues import Cue, from_rows


class Transcript(models.Model):
    """What is said in an episode. `cues` are the rows of `podcasts.cues.as_rows`.

    `checked` says that somebody listened along; `estimated` that the times were made from
    the length of the recording, because the file had none.
    """

    episode = models.OneToOneField(
        "podcasts.EpisodePage", on_delete=models.CASCADE, related_name="transcript"
    )
    language = models.CharField(_("language"), max_length=12, blank=True)
    cues = models.JSONField(default=list)
    cue_count = models.PositiveIntegerField(default=0)
    source_name = models.CharField(_("file name"), max_length=255, blank=True)
    checked = models.BooleanField(_("checked by somebody who listened along"), default=False)
    estimated = models.BooleanField(_("times are estimated"), default=False)
    changed_at = models.DateTimeField(_("changed"), auto_now=True)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        verbose_name = _("transcript")
        verbose_name_plural = _("transcripts")

    def __str__(self) -> str:
        return str(self.episode)

    @cached_property
    def cue_list(self) -> tuple[Cue, ...]:
        """The cues in the order in which they are heard."""
        return from_rows(self.cues)
