"""Who is sending, how fast that may go, and where this site sends from."""

from __future__ import annotations

import uuid

from django.db import models


class Sender(models.Model):
    """A running `manage.py deliver`. It writes `seen_at` every few seconds.

    One that was not seen for a while is taken for dead, and what it had in hand is
    released: what was claimed goes back, what was being handed over is in doubt.
    """

    key = models.CharField(max_length=32, unique=True)
    name = models.CharField(max_length=80)
    """Host, process id and start time, as `core.recovery.worker_name` gives them."""
    connections = models.PositiveSmallIntegerField()
    started_at = models.DateTimeField()
    seen_at = models.DateTimeField()
    rate = models.FloatField(default=0)
    """Mails a second, over the last few seconds."""
    trouble = models.CharField(max_length=300, blank=True)
    """Why it cannot send now, for people; empty when it can."""

    def __str__(self) -> str:
        return self.name


class Pace(models.Model):
    """What may be sent at this moment, to everybody or to one domain. Shared by all senders.

    A bucket fills with time and every mail takes one from it. While `held_until` lies
    ahead nothing is taken: the server asked us to slow down.
    """

    name = models.CharField(max_length=253, unique=True)
    """A domain, or "*" for all mail together."""
    tokens = models.FloatField()
    filled_at = models.DateTimeField()
    held_until = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.name


class Installation(models.Model):
    """Where this database sends from. There is one row; `newsletter.delivery.guard` explains."""

    key = models.UUIDField(default=uuid.uuid4)
    site = models.CharField(max_length=200)
    """The host name of the site that sends."""
    step = models.PositiveBigIntegerField(default=0)
    """Counts up while sending; a restored copy is behind what the data folder remembers."""

    def __str__(self) -> str:
        return self.site
