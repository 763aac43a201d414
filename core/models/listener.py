"""Who listened today, in a form that says nothing tomorrow."""

from __future__ import annotations

from django.db import models


class DaySalt(models.Model):
    """The salt of one day, shared by all processes. Deleted when the day is over."""

    day = models.DateField(unique=True)
    salt = models.CharField(max_length=64)

    def __str__(self) -> str:
        return self.day.isoformat()


class Listener(models.Model):
    """One listener to one recording on one day, by a salted hash; deleted with the day.

    `asked` is how many bytes they asked for so far, `is_counted` whether that was enough.
    """

    visitor = models.CharField(max_length=64, unique=True)
    day = models.DateField(db_index=True)
    asked = models.PositiveBigIntegerField(default=0)
    is_counted = models.BooleanField(default=False)

    def __str__(self) -> str:
        return self.day.isoformat()
