"""What DNS said about the domain of the sender, the last time."""

from __future__ import annotations

from django.db import models


class SenderCheck(models.Model):
    """One domain; there is one row, of the domain that sends now."""

    domain = models.CharField(max_length=253, unique=True)
    findings = models.JSONField(default=list)
    """Plain values of `newsletter.sender.checking.Finding`."""
    looked_at = models.DateTimeField(null=True)
    asked_at = models.DateTimeField(null=True)
    """When an editor asked for it."""
    busy_until = models.DateTimeField(null=True)
    """Until when a worker has it; past that the worker is taken for dead."""

    def __str__(self) -> str:
        return self.domain
