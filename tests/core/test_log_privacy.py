"""Logs, and what is kept of tasks that failed, name nobody."""

from __future__ import annotations

import datetime as dt
import logging
import uuid
from typing import Any

from django.conf import settings as configured
from django.db import IntegrityError

import pytest
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from core import mail_sending, signed_links
from core.log_privacy import CleanFormatter, clean
from core.models import Letter

# Of a moment that stands still: it is in the name of a test, and each process collects its own.
MOMENT = dt.datetime(2026, 3, 1, tzinfo=dt.UTC)
TOKEN = signed_links.make("mine", uuid.UUID(int=7).hex, nonce="0", at=MOMENT)


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Key (address_key)=(noor@example.org) already exists.", "Key (address_key)=(…@…) already exists."),
        ("550 5.1.1 <jan.de-boer+x@bücher.example>: unknown", "550 5.1.1 <…@…>: unknown"),
        ("[SQL: 'o'neil@x.co.uk']", "[SQL: 'o'…@…']"),
        (f"Not Found: /nl/mijn/{TOKEN}/", "Not Found: /nl/mijn/…/"),
        ("smtp://user:secret@mail.example.org:587", "smtp://user:…@…:587"),
        ("Delivery 12 has an address that cannot be used", "Delivery 12 has an address that cannot be used"),
        ("  @property", "  @property"),
        ("sha256 " + "ab12" * 16, "sha256 " + "ab12" * 16),
    ],
)  # fmt: skip
def test_what_is_taken_out(text: str, left: str) -> None:
    assert clean(text) == left


def test_tracebacks_are_cleaned_too() -> None:
    try:
        raise ValueError("noor@example.org is there already")
    except ValueError as error:
        record = logging.LogRecord(
            "x", 40, __file__, 1, "%s fails", ("jan@x.nl",), (type(error), error, None)
        )
    text = CleanFormatter("{message}", style="{").format(record)
    assert "ValueError: …@… is there already" in text
    assert "…@… fails" in text


def test_it_is_how_the_site_writes() -> None:
    assert configured.LOGGING["formatters"]["line"]["()"] == "core.log_privacy.CleanFormatter"
    assert {handler["formatter"] for handler in configured.LOGGING["handlers"].values()} == {"line"}


@pytest.mark.django_db
@pytest.mark.parametrize("breaks", [True, False])
def test_a_task_that_failed_keeps_no_address(settings: Any, monkeypatch: Any, breaks: bool) -> None:
    """Tried with the very worker: it tells of the two endings in two ways."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

    def attempt(letter: Any) -> None:
        if breaks:
            raise IntegrityError("Key (address_key)=(noor@example.org) already exists.")

    monkeypatch.setattr(mail_sending, "attempt", attempt)
    letter = Letter.objects.create(template="x", language="nl", to_address="noor@example.org")
    row = DBTaskResult.objects.get(pk=mail_sending.send_letter.enqueue(letter.pk).id)
    worker = Worker(
        queue_names=["default"],
        excluded_queue_names=[],
        interval=0,
        batch=True,
        backend_name="default",
        startup_delay=False,
        max_tasks=1,
        worker_id="here",
    )
    row.claim("here")
    worker.run_task(row)
    row.refresh_from_db()
    assert row.status == ("FAILED" if breaks else "SUCCESSFUL")
    assert ("(address_key)=(…@…)" in row.traceback) is breaks
    assert "noor" not in row.traceback
