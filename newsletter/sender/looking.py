"""Looking at DNS in the worker, once a day and when an editor asks; the row keeps what it said."""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict

from django.conf import settings
from django.db.models import Q
from django.utils import timezone

from django_tasks import task

from core.mail import sender, transport
from newsletter.models import SenderCheck
from newsletter.sender import asking
from newsletter.sender.checking import SELECTORS, Finding, Level, check

EVERY = dt.timedelta(days=1)
LEASE = dt.timedelta(minutes=5)


def looked_at_now(domain: str) -> list[Finding]:
    """Return what DNS says about a domain at this moment. Takes seconds, for it asks around."""
    return check(
        domain,
        lookup=asking.ask_dns,
        bounces=settings.BOUNCE_ADDRESS.rpartition("@")[2],
        selectors=settings.DKIM_SELECTORS or SELECTORS,
    )


def last_check() -> SenderCheck | None:
    """Return the last look at the domain that sends now, None when there was none."""
    return SenderCheck.objects.filter(domain=sender().domain, looked_at__isnull=False).first()


def findings_of(row: SenderCheck) -> list[Finding]:
    """Return what was found."""
    return [Finding(**{**values, "level": Level(values["level"])}) for values in row.findings]


def is_wrong() -> bool:
    """Say whether the last look found something that keeps mail from arriving.

    Mail that stays in a folder, as in development, arrives nowhere anyway.
    """
    row = last_check() if transport().folder is None else None
    return row is not None and any(one.level == Level.WRONG for one in findings_of(row))


def is_due() -> bool:
    """Say whether the domain that sends was not looked at for a day, or an editor asked."""
    row = SenderCheck.objects.filter(domain=sender().domain).first()
    if row is None or row.looked_at is None:
        return True
    asked = row.asked_at is not None and row.asked_at > row.looked_at
    return asked or row.looked_at < timezone.now() - EVERY


def ask_again() -> None:
    """Have DNS looked at again, by the next worker that has time."""
    row, _made = SenderCheck.objects.get_or_create(domain=sender().domain)
    SenderCheck.objects.filter(pk=row.pk).update(asked_at=timezone.now())
    wake_due()


def wake_due() -> None:
    """Wake a look that is due, unless a worker has it already."""
    if not settings.LOOK_OUTSIDE or not is_due():
        return
    now = timezone.now()
    row, _made = SenderCheck.objects.get_or_create(domain=sender().domain)
    free = SenderCheck.objects.filter(Q(busy_until=None) | Q(busy_until__lt=now), pk=row.pk)
    if free.update(busy_until=now + LEASE):
        look.enqueue()


@task()
def look() -> None:
    """Look at DNS, keep what it says, and forget the domains that sent before."""
    if not settings.LOOK_OUTSIDE:
        return
    domain, began = sender().domain, timezone.now()
    values = [asdict(one) for one in looked_at_now(domain)]
    kept = {"findings": values, "looked_at": began, "busy_until": None}
    SenderCheck.objects.update_or_create(domain=domain, defaults=kept)
    SenderCheck.objects.exclude(domain=domain).delete()
