"""A scratch site: its settings, its tables, and as many people as are asked for."""

from __future__ import annotations

import os
import sys
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
DOMAIN = "hub.example.org"
OURS = ".example.org"
"""Every invented address ends so; a database with others in it is not touched."""

PART = 10_000
DOMAINS = 997


def environment(data: Path, database: str, smtp: str) -> dict[str, str]:
    """Return the settings of one machine of the scratch site, beside those of this process."""
    data.mkdir(parents=True, exist_ok=True)
    given = {
        "DJANGO_SETTINGS_MODULE": "hub.settings.development",
        "HUB_DATA_DIR": str(data),
        "DATABASE_URL": database,
        "EMAIL_URL": f"smtp://{smtp}",
        "BASE_URL": f"https://{DOMAIN}",
        "LOG_LEVEL": "ERROR",
        "BOUNCE_ADDRESS": f"bounces@{DOMAIN}",
        "SECRET_KEY": "only-for-measuring-" * 3,
        "PEOPLE_KEY": "only-for-measuring-too-" * 3,
    }
    return {"NEWSLETTER_RETRY_SECONDS": "1", **os.environ, **given}


def set_up(settings: dict[str, str]) -> None:
    """Make this process part of the scratch site, with its tables and a sender identity."""
    os.environ |= settings
    sys.path.insert(0, str(PROJECT))
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    from wagtail.models import Site

    from core.models import SiteSettings
    from newsletter.delivery import guard

    SiteSettings.objects.update_or_create(
        site=Site.objects.get(is_default_site=True),
        defaults={
            "organisation": "Netwerk Draagvlak",
            "sender_name": "Netwerk Draagvlak",
            "sender_address": f"nieuws@{DOMAIN}",
        },
    )
    refuse_a_real_one()
    guard.admit()


def refuse_a_real_one() -> None:
    """End the program when the database holds anybody who was not invented here."""
    from participants.models import Participant

    if Participant.objects.exclude(address="").exclude(address__endswith=OURS).exists():
        raise SystemExit("This database holds real people. Give an empty one.")


def forget_everybody() -> None:
    """Empty the tables that sending writes, so that the next run begins anew."""
    from newsletter.models import Delivery, Edition, FrozenMail, Pace
    from participants.models import Consent, Participant, Suppression

    for model in (Delivery, FrozenMail, Edition, Pace, Consent, Suppression, Participant):
        rows = model._default_manager.all()
        rows._raw_delete(rows.db)


def make_people(number: int) -> None:
    """Have so many confirmed participants; some have no name, some read English."""
    from django.utils import timezone

    from participants.enums import Method, Purpose, State
    from participants.models import Consent, Participant

    now = timezone.now()
    for start in range(Participant.objects.count(), number, PART):
        addresses = [
            (at, f"u{at}@d{at % DOMAINS}{OURS}") for at in range(start, min(start + PART, number))
        ]
        rows = Participant.objects.bulk_create(
            Participant(
                address=address,
                address_key=address,
                name=f"Zoë {at}" if at % 3 else "",
                language="en" if at % 5 == 0 else "nl",
                state=State.ACTIVE,
                confirmed_at=now,
            )
            for at, address in addresses
        )
        Consent.objects.bulk_create(
            Consent(
                participant=row, purpose=Purpose.NEWSLETTER, given=True, method=Method.CONFIRMED
            )
            for row in rows
        )
