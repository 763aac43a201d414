"""A recording: stored once under the SHA-256 of its bytes, and never changed."""

from __future__ import annotations

from pathlib import PurePath
from typing import Any

from django.core.files.storage import Storage, storages
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wagtail.admin.panels import FieldPanel

from core.filetypes import CONTENT_TYPES
from podcasts import timecodes
from podcasts.enums import AudioState


def recordings() -> Storage:
    """Return where recordings are kept: the media folder, or the store an operator named."""
    return storages["audio"]


def audio_path(audio: AudioFile, filename: str) -> str:
    """Return where a recording is stored: by its hash, so that a name never clashes."""
    return f"podcasts/{audio.sha256[:2]}/{audio.sha256}{PurePath(filename).suffix.lower()}"


class AudioFile(models.Model):
    """One recording. Other bytes are another row with another address.

    `found` is what the file says about itself (`podcasts.probing`): title, chapters,
    whether it holds a picture. A row that is not stored here yet (`source_url`) plays
    from its old address until it was fetched.
    """

    title = models.CharField(_("title"), max_length=255, help_text=_("How you find it back."))
    file = models.FileField(
        _("file"), storage=recordings, upload_to=audio_path, max_length=200, blank=True
    )
    name = models.CharField(_("file name"), max_length=255, editable=False)
    sha256 = models.CharField("SHA-256", max_length=64, blank=True, editable=False)
    file_size = models.PositiveBigIntegerField(_("size in bytes"), default=0, editable=False)
    duration = models.PositiveIntegerField(_("length in milliseconds"), default=0, editable=False)
    bit_rate = models.PositiveIntegerField(_("bits per second"), default=0, editable=False)
    sample_rate = models.PositiveIntegerField(_("samples per second"), default=0, editable=False)
    channels = models.PositiveSmallIntegerField(_("channels"), default=0, editable=False)
    found = models.JSONField(default=dict, blank=True, editable=False)
    made_from = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="+", editable=False
    )
    """The recording this is a copy of, with chapters written into it."""
    stored_at = models.DateTimeField(_("added"), default=timezone.now, editable=False)

    source_url = models.URLField(_("old address"), max_length=1000, blank=True, editable=False)
    state = models.CharField(
        _("state"),
        max_length=12,
        choices=AudioState.choices,
        default=AudioState.READY,
        editable=False,
    )
    bytes_done = models.PositiveBigIntegerField(default=0, editable=False)
    error = models.CharField(_("what went wrong"), max_length=400, blank=True, editable=False)
    attempts = models.PositiveSmallIntegerField(default=0, editable=False)
    claim = models.CharField(max_length=32, blank=True, editable=False)
    lease_until = models.DateTimeField(null=True, blank=True, editable=False)

    panels = [FieldPanel("title")]

    class Meta:
        verbose_name = _("recording")
        verbose_name_plural = _("recordings")
        ordering = ["-stored_at", "-pk"]
        indexes = [models.Index(fields=["state", "lease_until"])]
        constraints = [
            models.UniqueConstraint(
                fields=["sha256"], condition=~models.Q(sha256=""), name="one_recording_per_hash"
            ),
            models.CheckConstraint(
                condition=~models.Q(sha256="") | ~models.Q(source_url=""),
                name="a_recording_is_here_or_elsewhere",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.length})" if self.duration else self.title

    @property
    def is_here(self) -> bool:
        """Say whether its bytes are stored here."""
        return bool(self.sha256)

    @property
    def filename(self) -> str:
        """The name a listener sees when saving it."""
        return self.name

    @property
    def content_type(self) -> str:
        """The media type (RFC 9110): audio/mpeg or audio/mp4."""
        return CONTENT_TYPES.get(PurePath(self.name).suffix.lower().lstrip("."), "audio/mpeg")

    @property
    def url(self) -> str:
        """The address of these bytes, for ever; the old address until they are here."""
        if not self.is_here:
            return self.source_url
        return reverse("podcast_audio", args=[self.sha256[:32], self.name])

    @property
    def length(self) -> str:
        """The length for people: "12:34"."""
        return timecodes.short(self.duration)

    @property
    def uses_label(self) -> str:
        """The episodes it belongs to, for lists of editors."""
        return ", ".join(episode.title for episode in self.episodes.all())

    @property
    def found_chapters(self) -> list[dict[str, Any]]:
        """The chapters that stand in the file: start in milliseconds, title, url."""
        return list(self.found.get("chapters", ()))
