"""What tests of sending share: people, an approved edition, a sink, and a sender."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from benchmarks.mail_sink import Sink
from newsletter import scheduling, wire
from newsletter.delivery import strikes, worker
from newsletter.delivery.worker import Worker
from newsletter.enums import EditionState
from newsletter.models import Delivery, Edition, FrozenMail
from participants.consent import give
from participants.enums import Method, Purpose
from participants.models import Participant

HTML = (
    f"<!doctype html><html><body><p>{wire.GREETING},</p>\n"
    f'<p><a href="{wire.UNSUBSCRIBE_URL}">Uit</a> <a href="{wire.MINE_URL}">Uw gegevens</a></p>'
    "</body></html>\n"
)
TEXT = f"{wire.GREETING},\n\nUit: {wire.UNSUBSCRIBE_URL}\nUw gegevens: {wire.MINE_URL}\n"


def person(address: str, name: str = "Ana", language: str = "nl", **values: Any) -> Participant:
    """Return somebody who agreed to the newsletter."""
    made = Participant.objects.create(address=address, name=name, language=language, **values)
    give(made, Purpose.NEWSLETTER, method=Method.CONFIRMED)
    return made


def people(number: int) -> list[Participant]:
    """Return so many of them."""
    return [person(f"u{at}@example.org", f"Naam {at}") for at in range(number)]


def approved(languages: tuple[str, ...] = ("nl", "en"), **values: Any) -> Edition:
    """Return an edition that may be sent."""
    edition = Edition.objects.create(title="November", state=EditionState.APPROVED, **values)
    for language in languages:
        FrozenMail.objects.create(
            edition=edition, language=language, subject=f"Nieuws {language}", html=HTML, text=TEXT
        )
    return edition


def scheduled(**values: Any) -> Edition:
    """Return an edition that is due."""
    edition = approved(**values)
    scheduling.send_now(edition_id=edition.pk)
    return edition


def states(edition: Edition) -> dict[str, int]:
    """Count deliveries by state."""
    found: dict[str, int] = {}
    for state in Delivery.objects.filter(edition=edition).values_list("state", flat=True):
        found[state] = found.get(state, 0) + 1
    return found


def send(connections: int = 2) -> Worker:
    """Run a sender until nothing is left."""
    made = Worker(connections)
    made.run(until_done=True)
    return made


@pytest.fixture
def quick(settings: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Any) -> None:
    """Look after things often, and wait shortly."""
    monkeypatch.setattr(worker, "CHORES_SECONDS", 0.03)
    monkeypatch.setattr(worker, "CLAIM_SECONDS", 0.01)
    settings.NEWSLETTER_RETRY_SECONDS = 0.02
    settings.DATA_DIR = tmp_path


def hold_shortly(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let no server that says no hold a sender up for long, however often it says so."""
    monkeypatch.setattr(strikes, "FIRST_SECONDS", 0.02)
    monkeypatch.setattr(strikes, "LONGEST_SECONDS", 0.1)


@pytest.fixture
def sink(settings: Any, quick: None) -> Iterator[Sink]:
    """Listen on this machine, and let mail go there."""
    made = Sink().start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", made.port
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
    settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
    yield made
    made.stop()
