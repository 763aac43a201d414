"""What this room itself holds about a person: who they are, what they agreed to, notes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from core import mail_folder, mail_sending
from core.contracts import Person, PersonalData, PersonalSection
from core.models.theme import theme_labels
from participants import own_export, own_rows
from participants.importing.forgetting import forget_person
from participants.models import (
    Consent,
    ImportRow,
    JoinRequest,
    NewAddress,
    Note,
    Participant,
    Pause,
)


class OwnData(PersonalData):
    """The part of `participants` on the own page, in an export, and in an erasure."""

    name = "participants"

    def describe(self, person: Person) -> Iterable[PersonalSection]:
        """Tell who somebody is to us."""
        row = Participant.objects.get(pk=person.pk)
        yield PersonalSection(_("Who you are to us"), tuple(_who(row)))
        if facts := tuple(_fact(fact) for fact in own_rows.consents(row)):
            yield PersonalSection(
                _("What you agreed to"),
                facts,
                _("We keep this as proof, also for a time after you left."),
            )
        if pauses := tuple(_pause(one) for one in own_rows.pauses(row)):
            yield PersonalSection(_("When you wanted no mail"), pauses)
        if asked := tuple(_asked(one) for one in own_rows.requests(row)):
            yield PersonalSection(
                _("Sign-ups"), asked, _("We keep a sign-up for some weeks at most.")
            )
        lists = own_rows.imports(row).select_related("batch")
        if rows := tuple(_imported(one) for one in lists):
            yield PersonalSection(
                _("Lists you stood on"), rows, _("We keep the rows of a list for 30 days.")
            )
        if notes := tuple((day(note.written_at), note.text) for note in row.notes.all()):
            yield PersonalSection(_("Notes of the editors"), notes)

    def export(self, person: Person) -> Any:
        """Give everything, also what only machines use."""
        return own_export.everything(Participant.objects.get(pk=person.pk))

    def erase(self, person: Person) -> None:
        """Delete what stands beside the row of a person; that row empties itself."""
        row = Participant.objects.get(pk=person.pk)
        Note.objects.filter(participant=row).delete()
        NewAddress.objects.filter(participant=row).delete()
        own_rows.requests(row).delete()
        mail_sending.withdraw(own_rows.mails(row), "erased")
        if row.address:
            mail_folder.forget(row.wire_address)
        forget_person(row)


def day(value: dt.datetime) -> str:
    """Show the day of a moment as people write it."""
    return date_format(timezone.localtime(value), "j F Y")


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
    if waiting := own_rows.new_address(row):
        yield _("New address that waits for your confirmation"), waiting.address


def _fact(fact: Consent) -> tuple[str, str]:
    said = _("agreed") if fact.given else _("ended")
    parts = [f"{fact.get_purpose_display()}: {said}", fact.get_method_display(), fact.proof]
    if fact.text:
        parts.append(f"“{fact.text.text}”")
    return day(fact.at), " · ".join(part for part in parts if part)


def _pause(one: Pause) -> tuple[str, str]:
    until = _("no mail until %(date)s") % {"date": day(one.until)} if one.until else ""
    return day(one.at), until or _("mail again")


def _asked(one: JoinRequest) -> tuple[str, str]:
    return day(one.asked_at), " · ".join([one.address, one.name, *one.texts.values()])


def _imported(one: ImportRow) -> tuple[str, str]:
    return day(one.batch.created_at), " · ".join(filter(None, [one.address, one.name]))
