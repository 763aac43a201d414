"""Work on a batch of rows in steps: woken by a task, held by a lease, given up after some tries.

Rooms that take in lists work this way. The row of a batch has `state`, `attempts` and
`lease_until`; each step does what one state waits for, may be repeated, and ends the lease.
A wake-up call that is lost or doubled costs nothing.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import models, transaction
from django.db.models import F
from django.utils import timezone

LEASE = dt.timedelta(minutes=5)
"""How long work may be silent before it is taken up by another."""

MOST_ATTEMPTS = 3
"""After so many interruptions work stops, and a person decides."""


@dataclass(frozen=True, slots=True)
class Steps:
    """The batches of one model: `acts` by the state that waits for them.

    `tired` is the state of a batch whose work was interrupted too often; `call` the task that
    calls `work` with the key of a batch (told as a function: it is made after this).
    """

    model: type[models.Model]
    acts: Mapping[str, Callable[[Any], None]]
    tired: str
    call: Callable[[], Any]

    def work(self, pk: int) -> None:
        """Do what a batch waits for, unless that is not needed any more."""
        # Counted when it is tried, not when it is woken: waiting in a long line is no failure.
        rows = self.model._default_manager.filter(pk=pk)
        rows.filter(state__in=self.acts).update(attempts=F("attempts") + 1)
        batch: Any = rows.first()
        if batch and batch.state in self.acts:
            self.acts[batch.state](batch)

    def wake(self, batch: models.Model) -> None:
        """Ask for a batch to be worked on, once it is stored for certain."""
        transaction.on_commit(lambda: self.call().enqueue(batch.pk))

    def wake_overdue(self) -> None:
        """Take up batches whose worker is gone or whose wake-up call was lost."""
        now = timezone.now()
        rows = self.model._default_manager
        batch: Any
        for batch in rows.filter(state__in=self.acts, lease_until__lt=now):
            same = rows.filter(pk=batch.pk, lease_until=batch.lease_until)
            if batch.attempts >= MOST_ATTEMPTS:
                same.update(state=self.tired, lease_until=None)
            elif same.update(lease_until=now + LEASE):
                self.call().enqueue(batch.pk)


def hold(batch: models.Model) -> None:
    """Say that the work on a batch goes on."""
    rows = type(batch)._default_manager.filter(pk=batch.pk)
    rows.update(lease_until=timezone.now() + LEASE)
