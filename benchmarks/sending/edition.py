"""An edition to measure with: about 25 kB of HTML and 4 kB of text, in two languages."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

LANGUAGES = ("nl", "en")
SUBJECTS = {"nl": "Nieuwsbrief november: één jaar", "en": "Newsletter November"}
WORDS = (  # noqa: SIM905
    "onderzoek netwerk kennis gemeente beleid nieuwe resultaten bijeenkomst verslag praktijk "
    "samenwerking financiële maatschappelijke coördinatie één evaluatie rapport deelnemers"
).split()
STYLE = "font-family:Arial,sans-serif;font-size:16px;line-height:24px;margin:0 0 16px 0"


def _words(picked: random.Random, number: int) -> str:
    return "\n".join(" ".join(picked.choices(WORDS, k=10)) for _line in range(number // 10))


def mail(language: str) -> dict[str, str]:
    """Return subject, HTML and text; the same ones every time."""
    from newsletter import wire

    picked = random.Random(7)
    items = "\n".join(
        f'<h2 style="{STYLE}"><a href="https://hub.example.org/{language}/onderzoek/{at}/">'
        f'{_words(picked, 10)}</a></h2>\n<p style="{STYLE}">{_words(picked, 130)}</p>\n'
        f'<p style="{STYLE}">{_words(picked, 120)}</p>'
        for at in range(8)
    )
    html = (
        f'<!doctype html>\n<html lang="{language}"><head><meta charset="utf-8"><title>Nieuws</title>'
        f'</head>\n<body><p style="{STYLE}">{wire.GREETING},</p>\n{items}\n'
        f'<p><a href="{wire.UNSUBSCRIBE_URL}">Uitschrijven</a>\n'
        f'<a href="{wire.MINE_URL}">Uw gegevens</a></p></body></html>\n'
    )
    paragraphs = (
        f"{wire.GREETING},",
        *(_words(picked, 50) for _item in range(8)),
        f"Uitschrijven: {wire.UNSUBSCRIBE_URL}",
        f"Uw gegevens: {wire.MINE_URL}",
    )
    return {"subject": SUBJECTS[language], "html": html, "text": "\n\n".join(paragraphs) + "\n"}


def make_edition() -> Any:
    """Return an approved edition."""
    from newsletter.enums import EditionState
    from newsletter.models import Edition, FrozenMail

    edition = Edition.objects.create(title="November", state=EditionState.APPROVED)
    for language in LANGUAGES:
        FrozenMail.objects.create(edition=edition, language=language, **mail(language))
    return edition


def write_one(path: Path) -> None:
    """Write one mail of it as a file for smtp-source, which ends lines itself."""
    from newsletter import wire
    from newsletter.wire_headers import Envelope, SenderIdentity

    sender = SenderIdentity("Netwerk", "nieuws@hub.example.org", "hub.example.org")
    text = wire.MailText("nl", **mail("nl"))
    prepared = wire.prepare(text, sender, edition=0, allow_8bit=True)
    address = "https://hub.example.org/nl/uitschrijven/" + "x" * 66 + "/"
    envelope = Envelope("x@example.org", "reference@hub.example.org", address, "mailto:x@y.nl")
    message = prepared.message(envelope, wire.Personal("Zoë", address, address))
    path.write_bytes(message.replace(b"\r\n", b"\n"))
