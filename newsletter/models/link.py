"""The links of an edition to other sites: what those said, and when they were asked."""

from __future__ import annotations

import hashlib
from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext as _

from newsletter.enums import DEAD, LinkVerdict
from newsletter.models.edition import Edition


class LinkRound(models.Model):
    """How far the links of an edition have been looked at."""

    edition = models.OneToOneField(Edition, on_delete=models.CASCADE, related_name="link_round")
    mark = models.CharField(max_length=64, blank=True)
    """Stands for the drafts whose links were looked at; see `newsletter.outside.rounds`."""
    looked_at = models.DateTimeField(null=True, blank=True)
    """When the last round began that came to its end."""
    asked_at = models.DateTimeField(null=True, blank=True)
    """When an editor asked for everything to be looked at again."""
    busy_until = models.DateTimeField(null=True, blank=True)
    """Until when a worker has it; past that the worker is taken for dead."""

    def __str__(self) -> str:
        return str(self.edition)


class OutsideLink(models.Model):
    """One address outside our site, as it was found the last time."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="outside_links")
    url = models.TextField()
    key = models.CharField(max_length=64, editable=False)
    """SHA-256 of the address, which may be longer than an index takes."""
    verdict = models.CharField(max_length=10, choices=LinkVerdict.choices)
    status = models.PositiveSmallIntegerField(default=0)
    """The last status (RFC 9110), 0 when there was no answer."""
    moved_to = models.TextField(blank=True)
    looked_at = models.DateTimeField()
    kept_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    kept_at = models.DateTimeField(null=True, blank=True)
    """When an editor said that a dead link stays."""

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["edition", "key"], name="one_row_per_outside_link")
        ]

    def __str__(self) -> str:
        return self.url

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Store with the key of the address."""
        self.key = hashlib.sha256(self.url.encode()).hexdigest()
        super().save(*args, **kwargs)

    @property
    def is_alive(self) -> bool:
        """Say whether there is nothing to tell about it."""
        return self.verdict == LinkVerdict.ALIVE

    @property
    def is_dead(self) -> bool:
        """Say whether it leads nowhere, for certain, and no editor said that it stays."""
        return self.verdict in DEAD and self.kept_at is None

    @property
    def label(self) -> str:
        """What is known of it, in words for editors."""
        if self.verdict == LinkVerdict.MOVED:
            return _("Moved to %(url)s") % {"url": self.moved_to}
        words = str(LinkVerdict(self.verdict).label)
        if self.verdict == LinkVerdict.SILENT and self.status:
            words = _("Answers with an error")
        if not self.is_alive and self.status:
            words = f"{words} ({self.status})"
        return words
