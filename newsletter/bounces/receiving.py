"""Taking in one mail that came back: what it says, about whom, and what follows.

Who a report is about is proved by our own signed envelope address (VERP) and by nothing
else. A report counts once, however often and by whichever way it comes.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from email import policy
from email.parser import BytesHeaderParser
from enum import StrEnum

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from core.mail import sender
from newsletter import unsubscribing
from newsletter.alerts.stopping import stop_by_mail
from newsletter.bounces import dsn, replies
from newsletter.bounces.consequences import apply
from newsletter.bounces.proof import Mailed, mailed_by
from newsletter.models import Bounce, BounceKind, BounceSource, Edition, Reply
from newsletter.models.bounce import RAW_BYTES


class Outcome(StrEnum):
    """What became of a mail."""

    READ = "read"
    KNOWN = "known already"
    ANSWER = "counted as an answer, and left for people"
    LEFT = "left alone: no report about mail of ours"


def receive(
    raw: bytes,
    *,
    source: BounceSource,
    envelope_to: str = "",
    at: dt.datetime | None = None,
) -> Outcome:
    """Take in one mail. `envelope_to` is the address a mail server handed it over for."""
    digest = hashlib.sha256(raw).hexdigest()
    if Bounce.objects.filter(digest=digest).exists():
        return Outcome.KNOWN
    moment = at or timezone.now()
    report = dsn.read(raw, envelope_to)
    if report.kind == dsn.Kind.OTHER:
        signed_off = _sign_off(raw, digest, source, moment)
        return Outcome.READ if signed_off else _count_answer(raw)
    places = report.returned_to if report.kind == dsn.Kind.COMPLAINT else ()
    mailed = mailed_by([*places, *report.sent_to])
    if mailed is None:
        return Outcome.LEFT
    return _store(raw, digest, source, moment, report, mailed)


def _store(
    raw: bytes,
    digest: str,
    source: BounceSource,
    moment: dt.datetime,
    report: dsn.Report,
    mailed: Mailed,
) -> Outcome:
    """Write a report down together with what follows from it."""
    with transaction.atomic():
        bounce, made = Bounce.objects.get_or_create(
            digest=digest,
            defaults={
                "kind": report.kind.value,
                "source": source,
                "received_at": moment,
                "participant": mailed.person,
                "delivery": mailed.delivery,
                "alert": mailed.alert,
                "status": report.status,
                # Of somebody who was erased meanwhile only that it came back.
                "diagnostic": report.diagnostic if mailed.person else "",
                "raw": raw[:RAW_BYTES] if mailed.person else None,
            },
        )
        if made:
            apply(bounce, mailed)
    return Outcome.READ if made else Outcome.KNOWN


def _sign_off(raw: bytes, digest: str, source: BounceSource, moment: dt.datetime) -> bool:
    """Act on a mail to the address of List-Unsubscribe, which holds a token in its subject."""
    mail = BytesHeaderParser(policy=policy.compat32).parsebytes(raw[:RAW_BYTES])
    subject = replies.subject_of(mail)
    with transaction.atomic():
        if not (unsubscribing.leave_by_mail(subject) or stop_by_mail(subject)):
            return False
        Bounce.objects.get_or_create(
            digest=digest,
            defaults={
                "kind": BounceKind.UNSUBSCRIBE,
                "source": source,
                "received_at": moment,
            },
        )
    return True


def _count_answer(raw: bytes) -> Outcome:
    """Count what a reader wrote back, once. The mail itself stays where people read it."""
    who = sender()
    ours = {who.address, who.reply_to, settings.BOUNCE_ADDRESS} - {""}
    number = replies.answered(raw, frozenset(address.lower() for address in ours))
    edition = Edition.objects.filter(deliveries=number).first() if number else None
    if edition is None:
        return Outcome.LEFT
    Reply.objects.get_or_create(digest=replies.digest(raw), defaults={"edition": edition})
    return Outcome.ANSWER
