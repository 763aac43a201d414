"""What this room itself holds about a person: who they are, what they agreed to, notes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from core import mail_sending
from core.contracts import Person, PersonalData, PersonalSection
from core.models import Letter, LetterState
from core.models.theme import theme_labels
from participants.models import Consent, ImportRow, NewAddress, Note, Participant
from participants.models.join_request import JoinRequest


class OwnData(PersonalData):
    """The part of `participants` on the own page, in an export, and in an erasure."""

    name = "participants"

    def describe(self, person: Person) -> Iterable[PersonalSection]:
        """Tell who somebody is to us."""
        row = Participant.objects.get(pk=person.pk)
        yield PersonalSection(_("Who you are to us"), tuple(_who(row)))
        if facts := tuple(_fact(fact) for fact in _consents(row)):
            yield PersonalSection(
                _("What you agreed to"),
                facts,
                _("We keep this as proof, also for a time after you left."),
            )
        if asked := tuple(_asked(one) for one in _requests(row)):
            yield PersonalSection(
                _("Sign-ups"), asked, _("We keep a sign-up for some weeks at most.")
            )
        if notes := tuple((day(note.written_at), note.text) for note in row.notes.all()):
            yield PersonalSection(_("Notes of the editors"), notes)

    def export(self, person: Person) -> Any:
        """Give everything, also what only machines use."""
        row = Participant.objects.get(pk=person.pk)
        return {
            "key": str(row.key),
            "address": row.address,
            "name": row.name,
            "language": row.language,
            "state": row.state,
            "first_seen": moment(row.created_at),
            "confirmed": moment(row.confirmed_at),
            "no_mail_until": moment(row.paused_until),
            "failed_deliveries_in_a_row": row.soft_bounces,
            "topics": [theme.slug for theme in row.topics.all()],
            "new_address": _waiting(row),
            "consents": [_consent_values(fact) for fact in _consents(row)],
            "notes": [
                {"written": moment(note.written_at), "text": note.text} for note in row.notes.all()
            ],
            "sign_ups": [_request_values(one) for one in _requests(row)],
            "imports": _imports(row),
            "mails_waiting": [
                {"subject": one.subject, "written": moment(one.created_at)} for one in _mails(row)
            ],
        }

    def erase(self, person: Person) -> None:
        """Delete what stands beside the row of a person; that row empties itself."""
        row = Participant.objects.get(pk=person.pk)
        Note.objects.filter(participant=row).delete()
        NewAddress.objects.filter(participant=row).delete()
        _requests(row).delete()
        for letter in _mails(row):
            mail_sending.end(letter, LetterState.FAILED, "erased")
        rows = ImportRow.objects.filter(participant=row)
        if row.address_key:
            rows |= ImportRow.objects.filter(address_key=row.address_key)
        rows.update(address="", address_key="", name="")


def day(value: dt.datetime) -> str:
    """Show the day of a moment as people write it."""
    return date_format(timezone.localtime(value), "j F Y")


def moment(value: dt.datetime | None) -> str | None:
    """Give a moment to machines (ISO 8601)."""
    return value.isoformat() if value else None


def _who(row: Participant) -> Iterable[tuple[str, str]]:
    yield _("Address"), row.address
    yield _("Name"), row.name or _("not given")
    yield _("Language"), row.get_language_display()
    labels = theme_labels(row.language)
    chosen = [labels.get(theme.slug, theme.label) for theme in row.topics.all()]
    yield _("Topics"), ", ".join(sorted(chosen)) or _("everything")
    yield _("Known since"), day(row.created_at)
    yield _("State"), row.get_state_display()
    if row.is_paused() and row.paused_until:
        yield _("No mail until"), day(row.paused_until)
    if waiting := _waiting(row):
        yield _("New address that waits for your confirmation"), waiting


def _consents(row: Participant) -> Iterable[Consent]:
    return Consent.objects.filter(participant=row).select_related("text").order_by("pk")


def _fact(fact: Consent) -> tuple[str, str]:
    said = _("agreed") if fact.given else _("ended")
    parts = [f"{fact.get_purpose_display()}: {said}", fact.get_method_display(), fact.proof]
    if fact.text:
        parts.append(f"“{fact.text.text}”")
    return day(fact.at), " · ".join(part for part in parts if part)


def _consent_values(fact: Consent) -> dict[str, Any]:
    return {
        "purpose": fact.purpose,
        "given": fact.given,
        "at": moment(fact.at),
        "asked_at": moment(fact.asked_at),
        "method": fact.method,
        "form": fact.form_address,
        "proof": fact.proof,
        "text": fact.text.text if fact.text else None,
        "text_version": fact.text.version if fact.text else None,
        "text_sha256": fact.text.sha256 if fact.text else None,
    }


def _requests(row: Participant) -> QuerySet[JoinRequest]:
    same = Q(participant=row)
    if row.address_key:
        same |= Q(address_key=row.address_key)
    return JoinRequest.objects.filter(same)


def _asked(one: JoinRequest) -> tuple[str, str]:
    return day(one.asked_at), " · ".join([one.address, one.name, *one.texts.values()])


def _request_values(one: JoinRequest) -> dict[str, Any]:
    return {
        "asked_at": moment(one.asked_at),
        "address": one.address,
        "name": one.name,
        "form": one.form_address,
        "texts": one.texts,
        "confirmed": moment(one.confirmed_at),
    }


def _mails(row: Participant) -> QuerySet[Letter]:
    """Return the mails to somebody that wait to leave or are in doubt; others name nobody."""
    return Letter.objects.naming(row.wire_address) if row.address else Letter.objects.none()


def _waiting(row: Participant) -> str | None:
    return NewAddress.objects.filter(participant=row).values_list("address", flat=True).first()


def _imports(row: Participant) -> list[dict[str, Any]]:
    rows = ImportRow.objects.filter(address_key=row.address_key).select_related("batch")
    return [{"handed_in": moment(one.batch.created_at), "line": one.line} for one in rows]
