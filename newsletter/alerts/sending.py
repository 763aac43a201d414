"""One person's mail: made once, with what it tells, in one transaction."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.utils import timezone

from core import mail
from newsletter.alerts import links
from newsletter.alerts.finding import Found
from newsletter.alerts.telling import Memory, memory_of, remember
from newsletter.bounces.proof import alert_return_address, return_mailbox
from newsletter.models import Alert, Follow
from participants.consent import mailable
from participants.enums import Purpose
from participants.models import Participant
from participants.transitions import locked

MOST_SHOWN = 10
"""Pieces of news that are shown per followed thing; the rest is one link."""


@dataclass(frozen=True, slots=True)
class Group:
    """The news about one followed thing from a moment on; `url` shows all of it."""

    follow: Follow
    since: dt.datetime
    found: Sequence[Found]
    label: str
    url: str

    @property
    def shown(self) -> Sequence[Found]:
        """What of it stands in the mail."""
        return self.found[:MOST_SHOWN]

    @property
    def more(self) -> int:
        """How much more there is than is shown."""
        return max(0, len(self.found) - MOST_SHOWN)

    @property
    def stop_url(self) -> str:
        """Where following this is stopped."""
        return links.stop_url(self.follow, self.follow.participant.language)


def tell(
    person: Participant, follows: Sequence[Follow], groups: Sequence[Group], now: dt.datetime
) -> bool:
    """Mail one person what they were not told yet, if anything; say whether a mail was made.

    The row of the person is held meanwhile, so that a second worker waits and then finds
    everything told.
    """
    with locked(person) as row:
        day = timezone.localdate(now)
        if not _may_be_mailed(row) or row.alerts.filter(day=day).exists():
            return False
        memory = memory_of(row.pk, now)
        waiting = {g.follow.pk: memory.waiting_since(g.found, g.since) for g in groups}
        left = _left(memory, groups)
        for follow in follows:
            since = waiting.get(follow.pk)
            Follow.objects.filter(pk=follow.pk).update(considered_at=now, waiting_since=since)
        if not left:
            return False
        alert = Alert.objects.create(participant=row, day=day, made_at=now, address=row.address)
        alert.follows.set([group.follow for group in left])
        remember(row.pk, [one for group in left for one in group.found], now)
        _send(row, alert, left)
    return True


def _may_be_mailed(row: Participant) -> bool:
    return mailable(Purpose.ALERTS).filter(pk=row.pk).exists()


def _left(memory: Memory, groups: Sequence[Group]) -> list[Group]:
    """Return what is news for this person, each piece under one followed thing only."""
    pairs = ((group, memory.fresh(group.found, group.since)) for group in groups)
    return [replace(group, found=fresh) for group, fresh in pairs if fresh]


def _send(row: Participant, alert: Alert, groups: Sequence[Group]) -> None:
    """Put the mail in the outbox, in this transaction."""
    token = links.stop_all_token(alert)
    stop, mailbox = links.stop_all_url(token, row.language), return_mailbox()
    mail.send(
        to=mail.Address(row.wire_address, row.name),
        template="alert",
        language=row.language,
        context={
            "groups": groups,
            "total": sum(len(group.found) for group in groups),
            "manage_url": links.manage_url(row),
            "stop_url": stop,
        },
        headers={
            "List-Id": f"<alerts.{mail.sender().domain}>",
            "List-Unsubscribe": f"<{stop}>, <mailto:{mailbox}?subject=stop%20{token}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        },
        return_address=alert_return_address(alert.pk, mailbox),
        only_once=True,
    )
