"""What happens to a list of people: handed in, judged, decided on, brought in."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone

from core.batches import LEASE, hold
from participants.acts import note_act
from participants.admitting import Proof, admit
from participants.enums import Purpose
from participants.importing.columns import Person, people
from participants.importing.sheet import read_sheet
from participants.importing.verdicts import judged
from participants.joining_mail import send_welcome
from participants.models import Participant
from participants.models.act import ActKind
from participants.models.importing import ImportRow, ImportState, PeopleImport, Verdict

KEPT = dt.timedelta(days=30)
"""How long the rows of an import stay, with their addresses; its counts stay longer."""

AT_ONCE = 200
"""People who come in together: more hold the database too long, fewer take longer."""


def judge(batch: PeopleImport) -> None:
    """Give every row of a list its verdict. May be repeated."""
    hold(batch)
    found = judged(people(read_sheet(bytes(batch.content or b"")), batch.roles))
    rows = [
        ImportRow(
            batch=batch,
            line=one.person.line,
            address=one.address,
            address_key=one.key,
            name=one.name,
            language=one.person.language,
            verdict=one.verdict,
            first_line=one.first_line,
        )
        for one in found
    ]
    with transaction.atomic():
        held = PeopleImport.objects.select_for_update().get(pk=batch.pk)
        if held.state == ImportState.JUDGING:  # else another was faster
            held.rows.all().delete()
            ImportRow.objects.bulk_create(rows, batch_size=500)
            held.state, held.lease_until, held.attempts = ImportState.READY, None, 0
            held.save(update_fields=["state", "lease_until", "attempts"])
    batch.refresh_from_db()


def choose_columns(batch: PeopleImport, roles: Sequence[str]) -> bool:
    """Keep what each column is, and put the list in line; False when it is further already."""
    return bool(
        PeopleImport.objects.filter(
            pk=batch.pk, state__in=[ImportState.COLUMNS, ImportState.READY]
        ).update(state=ImportState.JUDGING, roles=list(roles), lease_until=timezone.now() + LEASE)
    )


def begin(batch: PeopleImport, *, takes_unnamed: bool, welcomes: bool = False) -> bool:
    """Put an import in line for its people; False when that has happened already."""
    return bool(
        PeopleImport.objects.filter(pk=batch.pk, state=ImportState.READY).update(
            state=ImportState.IMPORTING,
            takes_unnamed=takes_unnamed,
            welcomes=welcomes,
            lease_until=timezone.now() + LEASE,
            attempts=0,
        )
    )


def wanted(*, takes_unnamed: bool) -> list[Verdict]:
    """Return the verdicts with which a row comes in."""
    return [Verdict.NEW, Verdict.UNNAMED] if takes_unnamed else [Verdict.NEW]


def bring_in(batch: PeopleImport) -> None:
    """Bring in everybody who may come; who is in already is left as they are."""
    verdicts = wanted(takes_unnamed=batch.takes_unnamed)
    waiting = batch.rows.filter(verdict__in=verdicts, participant=None)
    while rows := list(waiting[:AT_ONCE]):
        with transaction.atomic():
            hold(batch)
            _bring_in_rows(batch, rows)
    _finish(batch)


def _bring_in_rows(batch: PeopleImport, rows: Sequence[ImportRow]) -> None:
    """Bring in some people, but not who came or left since the list was judged."""
    now = judged([Person(row.line, row.address, row.name, row.language) for row in rows])
    for row, judgement in zip(rows, now, strict=True):
        if judgement.verdict in (Verdict.NEW, Verdict.UNNAMED):
            row.participant = join(batch, row)
        else:
            row.verdict = judgement.verdict
    ImportRow.objects.bulk_update(rows, ["verdict", "participant"])


def join(batch: PeopleImport, row: ImportRow) -> Participant:
    """Make one participant with the consents that the list proves."""
    person = Participant.objects.create(
        address=row.address, name=row.name, language=row.language or batch.language
    )
    admit(person, [Purpose(name) for name in batch.purposes], proof_of(batch))
    if batch.welcomes:
        send_welcome(person)
    return person


def proof_of(batch: PeopleImport) -> Proof:
    """Return what an editor said about the consent of everybody on a list."""
    return Proof(batch.proof_source, batch.proof_date, batch.proof_text)


def _finish(batch: PeopleImport) -> None:
    """Close an import once: its file goes, its count and a line in the log stay."""
    count = batch.rows.exclude(participant=None).count()
    with transaction.atomic():
        closed = PeopleImport.objects.filter(pk=batch.pk, state=ImportState.IMPORTING).update(
            state=ImportState.DONE, imported=count, content=None, lease_until=None
        )
        if closed:
            note_act(ActKind.IMPORT, user=batch.user, count=count, remark=str(proof_of(batch)))
    batch.refresh_from_db()


def forget_old(now: dt.datetime | None = None) -> None:
    """Let go of addresses that an import left behind: all of one that was never finished."""
    old = PeopleImport.objects.filter(created_at__lt=(now or timezone.now()) - KEPT)
    unfinished = old.filter(state__in=[ImportState.COLUMNS, ImportState.READY])
    closed = old.filter(state__in=[ImportState.DONE, ImportState.BROKEN_OFF])
    rows = ImportRow.objects.filter(batch__in=closed)
    # Asked before writing: on SQLite even a deletion of nothing takes the database for itself.
    for some in (unfinished, rows):
        if some.exists():
            some.delete()
    if closed.exclude(content=None).exists():
        closed.update(content=None)
