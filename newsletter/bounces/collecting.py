"""Reading the mailbox from time to time: every report once, everything else left alone."""

from __future__ import annotations

import datetime as dt
import hashlib
import logging
from collections.abc import Iterator
from dataclasses import dataclass

from django.conf import settings
from django.core.cache import cache
from django.utils import timezone

from django_tasks import task

from newsletter.bounces.consequences import forget_settled
from newsletter.bounces.mailboxes import Mailbox, MailboxUnusableError, opened
from newsletter.bounces.receiving import Outcome, receive
from newsletter.models import Bounce, BounceSource, SeenMail

logger = logging.getLogger(__name__)

MOST_AT_ONCE = 500
EVERY = dt.timedelta(minutes=5)
_ASKED = "newsletter.bounces.asked"


@dataclass(slots=True)
class Collected:
    """What one reading of a mailbox came to, in numbers of mails."""

    read: int = 0
    left: int = 0
    known: int = 0
    answers: int = 0


def collect(address: str) -> Collected:
    """Read what is new in a mailbox. Raises MailboxUnusableError."""
    found = Collected()
    key = hashlib.sha256(address.encode()).hexdigest()
    with opened(address) as box:
        for name in _new_names(box, key):
            outcome = receive(box.fetch(name), source=BounceSource.MAILBOX)
            if outcome in (Outcome.LEFT, Outcome.ANSWER):
                found.left += outcome == Outcome.LEFT
                found.answers += outcome == Outcome.ANSWER
                SeenMail.objects.get_or_create(mailbox=key, name=_short(name))
            else:
                found.read += outcome == Outcome.READ
                found.known += outcome == Outcome.KNOWN
                # First a note, then out of the way: where that fails it is not read again.
                SeenMail.objects.get_or_create(mailbox=key, name=_short(name))
                box.put_aside(name)
    return found


def _new_names(box: Mailbox, key: str) -> Iterator[str]:
    """Yield what was not looked at yet; forget what is no longer there."""
    names = {_short(name): name for name in box.names()}
    seen = set(SeenMail.objects.filter(mailbox=key).values_list("name", flat=True))
    gone = list(seen - set(names))
    for start in range(0, len(gone), MOST_AT_ONCE):
        part = gone[start : start + MOST_AT_ONCE]
        SeenMail.objects.filter(mailbox=key, name__in=part).delete()
    yield from [name for short, name in names.items() if short not in seen][:MOST_AT_ONCE]


def _short(name: str) -> str:
    return hashlib.sha256(name.encode("utf-8", "surrogateescape")).hexdigest()


@task()
def collect_now() -> None:
    """Read the mailbox of the settings; one that cannot be read is tried again later."""
    try:
        collect(settings.BOUNCES_URL)
    except MailboxUnusableError as error:
        logger.warning("%s", error)


def collect_now_and_then() -> None:
    """Ask for the mailbox to be read when that was some minutes ago, and forget what is over."""
    if not cache.add(_ASKED, True, EVERY.total_seconds()):
        return
    now = timezone.now()
    Bounce.objects.with_old_mail(now).update(raw=None)
    forget_settled(now)
    if settings.BOUNCES_URL:
        collect_now.enqueue()
