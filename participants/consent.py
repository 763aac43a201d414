"""Giving and withdrawing consent, and who may be mailed, now or at any past moment."""

from __future__ import annotations

import datetime as dt
import hashlib

from django.db.models import OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext

from participants import pausing, suppression
from participants.enums import ADMITTING, Method, Purpose, State
from participants.models.consent import Consent, ConsentQuerySet, ConsentText
from participants.models.participant import Participant, ParticipantQuerySet
from participants.models.pause import Pause
from participants.transitions import locked, move


class ConsentError(Exception):
    """A consent that cannot count: given in a way that does not suit the person's state."""


def stored_text(purpose: Purpose, language: str, text: str) -> ConsentText:
    """Return the row of a text that was shown; a text seen for the first time gets a version."""
    digest = hashlib.sha256(text.encode()).hexdigest()
    versions = ConsentText.objects.filter(purpose=purpose, language=language)
    known = versions.filter(sha256=digest).first()
    if known:
        return known
    newest = versions.order_by("-version").values_list("version", flat=True).first()
    row, _made = ConsentText.objects.get_or_create(
        purpose=purpose,
        language=language,
        sha256=digest,
        defaults={"text": text, "version": (newest or 0) + 1},
    )
    return row


def give(
    participant: Participant,
    purpose: Purpose,
    *,
    method: Method,
    text: ConsentText | None = None,
    asked_at: dt.datetime | None = None,
    form_address: str = "",
    proof: str = "",
    at: dt.datetime | None = None,
) -> Consent:
    """Write that a person agrees to mail for a purpose; admits them where the method may.

    Returns the standing consent when there is one already. Raises ConsentError when this
    method does not count for somebody in this state (see `ADMITTING`).
    """
    moment = at or timezone.now()
    with locked(participant) as row:
        standing = _newest(row, purpose).first()
        if standing and standing.given:
            return standing
        _may_admit(row, method)
        if row.state != State.ACTIVE:
            # Who comes back asks for mail: silence from before they left must not swallow it.
            pausing.set_pause(row, None, moment)
            move(row, State.ACTIVE, moment)
        return Consent.objects.create(
            participant=row,
            purpose=purpose,
            given=True,
            at=moment,
            method=method,
            text=text,
            asked_at=asked_at,
            form_address=form_address[:255],
            proof=proof[:255],
        )


def _may_admit(row: Participant, method: Method) -> None:
    if method not in ADMITTING[State(row.state)]:
        raise ConsentError(f"A consent by {method} does not count for somebody who is {row.state}.")
    if method == Method.IMPORT and suppression.reason(row.address):
        raise ConsentError("This address left earlier; only its owner can sign it up again.")


def withdraw(
    participant: Participant, purpose: Purpose, *, method: Method, at: dt.datetime | None = None
) -> Consent | None:
    """Write that a person does not agree any more; None when they did not agree.

    Who agrees to nothing any more is unsubscribed.
    """
    moment = at or timezone.now()
    with locked(participant) as row:
        fact = end(row, purpose, method, moment)
        if fact and not given(row):
            move(row, State.UNSUBSCRIBED, moment)
        return fact


def withdraw_all(
    participant: Participant, *, method: Method, at: dt.datetime | None = None
) -> list[Consent]:
    """Withdraw every consent that stands."""
    return [
        fact
        for purpose in sorted(given(participant))
        if (fact := withdraw(participant, purpose, method=method, at=at))
    ]


def end(row: Participant, purpose: Purpose, method: Method, moment: dt.datetime) -> Consent | None:
    """Write the end of one consent of a locked row, without judging its state."""
    standing = _newest(row, purpose).first()
    if not standing or not standing.given:
        return None
    return Consent.objects.create(
        participant=row, purpose=purpose, given=False, at=moment, method=method
    )


def _newest(row: Participant, purpose: Purpose) -> ConsentQuerySet:
    return Consent.objects.filter(participant=row, purpose=purpose).newest_first()


def given(participant: Participant, at: dt.datetime | None = None) -> set[Purpose]:
    """Return what a person agrees to, now or at a past moment."""
    facts = Consent.objects.filter(participant=participant).order_by("pk")
    if at is not None:
        facts = facts.filter(at__lte=at)
    newest = dict(facts.values_list("purpose", "given"))
    return {Purpose(purpose) for purpose, yes in newest.items() if yes}


def mailable(purpose: Purpose, at: dt.datetime | None = None) -> QuerySet[Participant]:
    """Return who may be mailed for a purpose, now or at a past moment.

    The past is told from facts alone, whatever became of people since: every way out (a
    bounce, a complaint, erasing) ends their consents, and a pause is a fact too. The present
    is read from what the row of a person repeats of those facts, so the two agree.
    """
    if at is None:
        people: ParticipantQuerySet = Participant.objects.all()
        return _agreed(people.active().not_paused(timezone.now()), purpose)
    pauses = Pause.objects.filter(participant=OuterRef("pk"), at__lte=at).order_by("-pk")
    until = Coalesce(Subquery(pauses.values("until")[:1]), Value(at))
    return agreeing(purpose, at).alias(quiet_until=until).filter(quiet_until__lte=at)


def agreeing(purpose: Purpose, at: dt.datetime) -> QuerySet[Participant]:
    """Return who had agreed at a moment, also those who had asked for silence for a while."""
    return _agreed(Participant.objects.all(), purpose, Q(at__lte=at))


def _agreed(
    people: QuerySet[Participant], purpose: Purpose, then: Q | None = None
) -> QuerySet[Participant]:
    facts = Consent.objects.filter(then or Q(), participant=OuterRef("pk"), purpose=purpose)
    newest = facts.order_by("-pk").values("given")[:1]
    return people.alias(newest_consent=Subquery(newest)).filter(newest_consent=True)


def why_not(
    participant: Participant, purpose: Purpose, at: dt.datetime | None = None
) -> str | None:
    """Return in one sentence why a person gets no mail for a purpose; None when they do."""
    moment = at or timezone.now()
    reasons = {
        State.PENDING: gettext("The address has not been confirmed yet."),
        State.UNSUBSCRIBED: gettext("This person signed off."),
        State.BOUNCED: gettext("Mail to this address does not arrive."),
        State.COMPLAINED: gettext("This person marked our mail as spam."),
        State.ERASED: gettext("Everything about this person was erased."),
    }
    if participant.state in reasons:
        return reasons[State(participant.state)]
    if purpose not in given(participant):
        return gettext("This person did not ask for this.")
    if participant.paused_until and participant.is_paused(moment):
        until = date_format(timezone.localdate(participant.paused_until), "j F Y")
        return gettext("This person wants no mail until %(date)s.") % {"date": until}
    return None
