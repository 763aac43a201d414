"""Taking letters from the outbox to the mail server, once each unless a machine dies.

A letter is claimed with a lease before the server is spoken to. A worker that dies halfway
may have been heard: then the letter goes out again, since a confirmation that comes twice
harms nobody and one that never comes does. A letter marked `only_once` is in doubt then, and
stays whole where it is until somebody decides (`core.mail_doubt`). (Editions are sent by the
newsletter, which decides that way too.)
"""

from __future__ import annotations

import datetime as dt
import logging
import smtplib
from contextlib import suppress
from typing import Any

from django.core.mail import EmailMultiAlternatives, get_connection
from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from anymail.exceptions import AnymailError
from django_tasks import task

from core.mail_provider import Fate, dress, fate, is_provider, status_of
from core.mail_sender import Address, sender
from core.models import Letter, LetterState

logger = logging.getLogger(__name__)

LEASE = dt.timedelta(minutes=5)

WAITS = [dt.timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 180, 360, 720, 720, 1440)]
"""How long to wait after each failed attempt; after the last the letter is given up."""

STALE = dt.timedelta(days=4)
"""An older letter is not sent any more: its links are old, or the database was restored."""

CALL_LOST = dt.timedelta(seconds=30)
"""A letter that has been due for longer than this is asked for again."""

KEPT = dt.timedelta(days=90)
"""How long the emptied row of a letter stays, and one in doubt about which nobody decides."""

ACCEPTABLE = (smtplib.SMTPException, OSError, AnymailError, ValueError)


@task()
def send_letter(letter_id: int) -> None:
    """Send one letter, unless somebody else does or it is not due."""
    letter = claim(letter_id)
    if letter:
        attempt(letter)


def wake(letter: Letter) -> None:
    """Ask for a letter to be sent, once it is stored for certain."""
    transaction.on_commit(lambda: send_letter.enqueue(letter.pk))


def wake_overdue() -> None:
    """Take up letters whose call was lost, that wait for another attempt, or whose sender died."""
    now = timezone.now()
    waiting = Q(state=LetterState.QUEUED, due_at__lt=now - CALL_LOST)
    abandoned = Q(state=LetterState.SENDING, lease_until__lt=now)
    for letter in Letter.objects.filter(abandoned, only_once=True):
        doubt(letter, "no answer")
    overdue = Letter.objects.filter(waiting | abandoned).order_by()
    for pk in overdue.values_list("pk", flat=True)[:200]:
        if overdue.filter(pk=pk).update(state=LetterState.QUEUED, due_at=now, lease_until=None):
            send_letter.enqueue(pk)
    old = Letter.objects.filter(ended_at__lt=now - KEPT)
    if old.exists():
        old.delete()


def claim(letter_id: int) -> Letter | None:
    """Take a letter that is due and that nobody is sending."""
    now = timezone.now()
    due = Letter.objects.filter(pk=letter_id, state=LetterState.QUEUED, due_at__lte=now)
    taken = due.order_by().update(
        state=LetterState.SENDING, lease_until=now + LEASE, attempts=F("attempts") + 1
    )
    return Letter.objects.get(pk=letter_id) if taken else None


def attempt(letter: Letter) -> None:
    """Give a claimed letter to the mail server, and write down what came of it."""
    if timezone.now() - letter.wanted_at > STALE:
        end(letter, LetterState.FAILED, "too old")
        return
    connection = get_connection()
    was_offered = False
    try:
        connection.open()
        was_offered = True
        message_of(letter, connection).send()
    except ACCEPTABLE as error:
        code, final = judge(error)
        logger.warning("Letter %s (%s) was not sent: %s", letter.key, letter.template, code)
        if letter.only_once and was_offered and may_have_been_taken(error):
            doubt(letter, code)
        elif final or letter.attempts > len(WAITS):
            end(letter, LetterState.FAILED, code)
        else:
            put_off(letter, code)
        return
    finally:
        with suppress(*ACCEPTABLE):  # what was said of the letter stands, whatever goodbye gives
            connection.close()
    end(letter, LetterState.SENT)


def message_of(letter: Letter, connection: Any = None) -> EmailMultiAlternatives:
    """Return the message of a letter, with the headers of mail that no person typed (RFC 3834)."""
    who = sender()
    by_provider = is_provider(connection)
    message = EmailMultiAlternatives(
        subject=letter.subject,
        body=letter.text,
        from_email=who.header if by_provider else letter.return_address or who.header,
        connection=connection,
        to=[Address(letter.to_address, letter.to_name).header],
        reply_to=[who.reply_to] if who.reply_to else None,
        headers={
            # A From of its own beside the envelope is something that few providers take.
            **({} if by_provider else {"From": who.header}),
            "Auto-Submitted": "auto-generated",
            "Content-Language": letter.language,
            "Message-ID": f"<{letter.key.hex}@{who.domain}>",
            **letter.headers,
        },
    )
    message.attach_alternative(letter.html, "text/html")
    if by_provider:
        dress(message, connection, letter.return_address)
    return message


def judge(error: Exception) -> tuple[str, bool]:
    """Return the code of an error, and whether trying again is useless.

    Only what the server says of this very recipient or message is final (5xx); a refused
    sender or login is our own mistake, mended by an operator while the letter waits.
    """
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        code = next(iter(error.recipients.values()))[0]
        return str(code), code >= 500
    if isinstance(error, smtplib.SMTPDataError):
        return str(error.smtp_code), error.smtp_code >= 500
    if isinstance(error, smtplib.SMTPResponseException):
        return f"{type(error).__name__} {error.smtp_code}", False
    if isinstance(error, AnymailError):
        found = fate(error)
        final = found in (Fate.NO_SUCH_PERSON, Fate.REFUSED)
        return f"{type(error).__name__} {status_of(error) or ''}".strip(), final
    final = isinstance(error, ValueError)
    return type(error).__name__, final and not isinstance(error, OSError)


def may_have_been_taken(error: Exception) -> bool:
    """Say whether the server may have the letter although we heard an error: a lost answer.

    What the server itself said in answer, or what never left us, is no doubt.
    """
    if isinstance(error, smtplib.SMTPServerDisconnected):
        return True
    if isinstance(error, AnymailError):
        return fate(error) == Fate.UNKNOWN
    return not isinstance(error, smtplib.SMTPException | ValueError)


def put_off(letter: Letter, code: str) -> None:
    """Let a letter wait for its next attempt."""
    # Not one that was withdrawn meanwhile: what was emptied stays empty.
    Letter.objects.filter(pk=letter.pk, state=LetterState.SENDING).update(
        state=LetterState.QUEUED,
        due_at=timezone.now() + WAITS[letter.attempts - 1],
        lease_until=None,
        error=code,
    )


def withdraw(letters: QuerySet[Letter], code: str) -> None:
    """Send these letters no more, and empty them; also one that is just being sent."""
    for letter in letters:
        end(letter, LetterState.FAILED, code)


def doubt(letter: Letter, code: str) -> None:
    """Hold a letter that the server may have taken, whole, for somebody to decide about."""
    Letter.objects.filter(pk=letter.pk, state=LetterState.SENDING).update(
        state=LetterState.IN_DOUBT, error=code, ended_at=timezone.now(), lease_until=None
    )
    letter.refresh_from_db()


def end(letter: Letter, state: LetterState, code: str = "") -> None:
    """Close a letter, and empty all that is about the person."""
    letter.state, letter.error, letter.ended_at = state, code, timezone.now()
    letter.lease_until = None
    letter.to_address = letter.to_name = letter.subject = letter.text = letter.html = ""
    letter.headers, letter.about = {}, None
    letter.return_address = ""
    letter.save()
