"""An import of a feed: what was given, how far it is, and what became of each item."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class ImportState(models.TextChoices):
    """How far an import is."""

    WAITING = "waiting", _("Waiting")
    WORKING = "working", _("Under way")
    DONE = "done", _("Ready")
    FAILED = "failed", _("Failed")


UNDER_WAY = (ImportState.WAITING, ImportState.WORKING)


class FeedImport(models.Model):
    """One import into a series. Done again it brings in only what is new.

    `feed` is the XML of a file that was handed in; empty when it is fetched from `address`.
    `verdicts` are rows of title, kind (new, known, refused) and reason.
    """

    podcast = models.ForeignKey(
        "podcasts.PodcastPage", on_delete=models.CASCADE, related_name="imports"
    )
    address = models.URLField(_("address of the feed"), max_length=1000, blank=True)
    name = models.CharField(_("file name"), max_length=255, blank=True)
    feed = models.TextField(blank=True, editable=False)
    publish = models.BooleanField(_("publish at once"), default=True)
    fetch_audio = models.BooleanField(_("fetch the recordings"), default=True)
    state = models.CharField(
        _("state"), max_length=8, choices=ImportState.choices, default=ImportState.WAITING
    )
    total = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    verdicts = models.JSONField(default=list)
    identity_kept = models.BooleanField(default=False)
    error = models.CharField(_("what went wrong"), max_length=400, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    lease_until = models.DateTimeField(null=True, blank=True)
    asked_at = models.DateTimeField(auto_now_add=True)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        verbose_name = _("import of a feed")
        verbose_name_plural = _("imports of feeds")
        ordering = ["-asked_at", "-pk"]

    def __str__(self) -> str:
        return self.address or self.name

    @property
    def is_under_way(self) -> bool:
        """Say whether something will still happen by itself."""
        return self.state in UNDER_WAY

    def counts(self) -> dict[str, int]:
        """Return how many items there are of each verdict."""
        kinds = [verdict["kind"] for verdict in self.verdicts]
        return {kind: kinds.count(kind) for kind in ("new", "known", "refused")}

    @property
    def refused(self) -> list[dict[str, Any]]:
        """The items that were not brought in, with the reason."""
        return [verdict for verdict in self.verdicts if verdict["kind"] == "refused"]
