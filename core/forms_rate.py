"""How often a public form may be sent from one range of network addresses.

Counted in rows that all processes share, by keyed hash: no address is stored. A range is
what one home, office or hoster has (IPv4 /24, IPv6 /48), so that a flood from one place is
slowed while everybody else goes on.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.http import HttpRequest
from django.utils import timezone

from core.client_address import client_address, network
from core.models import FormCount

V4_BITS, V6_BITS = 24, 48
UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Limit:
    """At most so many posts of one form from one range in one window."""

    form: str
    most: int
    window: dt.timedelta

    def spend(self, request: HttpRequest, at: dt.datetime | None = None) -> int:
        """Count one post; return the seconds to wait, 0 when it may go on."""
        return self.spend_on(client_range(request), at)

    def spend_on(self, who: str, at: dt.datetime | None = None) -> int:
        """Count one post that concerns somebody, by a keyed hash of who that is."""
        now = at or timezone.now()
        until = self._until(now)
        key = {"form": self.form, "range_hash": _hash(who, until), "until": until}
        row = FormCount.objects.filter(**key)
        with transaction.atomic():
            if not row.update(count=F("count") + 1):
                FormCount.objects.bulk_create([FormCount(**key)], ignore_conflicts=True)
                row.update(count=F("count") + 1)
            count = row.values_list("count", flat=True).get()
        return 0 if count <= self.most else max(int((until - now).total_seconds()), 1)

    def _until(self, now: dt.datetime) -> dt.datetime:
        seconds = int(self.window.total_seconds())
        end = (int(now.timestamp()) // seconds + 1) * seconds
        return dt.datetime.fromtimestamp(end, dt.UTC)


def client_range(request: HttpRequest) -> str:
    """Return the range a request comes from."""
    address = client_address(request)
    return network(address, V4_BITS, V6_BITS) if address else UNKNOWN


def _hash(who: str, until: dt.datetime) -> str:
    message = f"{who}|{until.isoformat()}".encode()
    key = b"range:" + settings.PEOPLE_KEYS[0].encode()
    return hmac.new(key, message, hashlib.sha256).hexdigest()[:32]


def forget_old(at: dt.datetime | None = None) -> None:
    """Delete the counts of windows that are over."""
    over = FormCount.objects.filter(until__lt=at or timezone.now())
    if over.exists():
        over.delete()
