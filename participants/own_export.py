"""What this room holds about a person, as JSON values: docs/own-data.md names every key."""

from __future__ import annotations

from typing import Any

from core.personal_data import moment
from participants import own_rows
from participants.models import Consent, ImportRow, JoinRequest, Note, Participant, Pause


def everything(row: Participant) -> dict[str, Any]:
    """Return all of it."""
    waiting = own_rows.new_address(row)
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
        "last_failed_delivery": moment(row.last_soft_bounce_at),
        "topics": [theme.slug for theme in row.topics.all()],
        "new_address": {"address": waiting.address, "asked_at": moment(waiting.asked_at)}
        if waiting
        else None,
        "consents": [_consent(fact) for fact in own_rows.consents(row)],
        "pauses": [_pause(one) for one in own_rows.pauses(row)],
        "notes": [_note(note) for note in row.notes.all()],
        "sign_ups": [_sign_up(one) for one in own_rows.requests(row)],
        "imports": [_import(one) for one in own_rows.imports(row).select_related("batch")],
        "mails_waiting": [
            {"subject": one.subject, "written": moment(one.created_at), "text": one.text}
            for one in own_rows.mails(row)
        ],
    }


def _consent(fact: Consent) -> dict[str, Any]:
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


def _pause(one: Pause) -> dict[str, Any]:
    return {"at": moment(one.at), "no_mail_until": moment(one.until)}


def _note(note: Note) -> dict[str, Any]:
    return {"written": moment(note.written_at), "text": note.text}


def _sign_up(one: JoinRequest) -> dict[str, Any]:
    return {
        "asked_at": moment(one.asked_at),
        "address": one.address,
        "name": one.name,
        "language": one.language,
        "form": one.form_address,
        "texts": one.texts,
        "mailed": moment(one.mailed_at),
        "confirmed": moment(one.confirmed_at),
    }


def _import(one: ImportRow) -> dict[str, Any]:
    return {
        "handed_in": moment(one.batch.created_at),
        "line": one.line,
        "address": one.address,
        "name": one.name,
        "language": one.language,
        "verdict": one.verdict,
        "brought_in": one.participant_id is not None,
    }
