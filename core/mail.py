"""One way to write to one person: text and HTML from a template, put in the outbox.

A letter is a row in the transaction of what it tells, so that both happen or neither; a
task wakes the sender, and the recovery sweep finds what a lost call left behind.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation

import css_inline

from core import mail_sending
from core.mail_sender import Address, Sender, one_line, sender
from core.mail_transport import Transport, transport
from core.models import Letter

__all__ = ["Address", "Sender", "Transport", "render", "send", "sender", "transport"]

# Rules in @media and for dark mode cannot be inlined; they stay in a style element.
_inliner = css_inline.CSSInliner(
    keep_at_rules=True, load_remote_stylesheets=False, remove_inlined_selectors=True
)


@dataclass(frozen=True, slots=True)
class Rendered:
    """A mail as it will be read."""

    subject: str
    text: str
    html: str


def render(template: str, context: Mapping[str, Any], language: str) -> Rendered:
    """Render `mail/<template>.txt` (with a block `subject`) and `mail/<template>.html`."""
    with translation.override(language):
        values = {
            "sender": sender(),
            "site_url": settings.BASE_URL,
            "language": language,
            **context,
        }
        path = f"mail/{template}"
        subject = render_to_string(f"{path}.txt", {**values, "part": "subject"})
        text = render_to_string(f"{path}.txt", {**values, "part": "body"})
        html = render_to_string(f"{path}.html", {**values, "subject": one_line(subject)})
    return Rendered(one_line(subject)[:255], _tidy(text), _inliner.inline(html))


def send(
    *,
    to: Address,
    template: str,
    context: Mapping[str, Any],
    language: str,
    headers: Mapping[str, str] | None = None,
    return_address: str = "",
    only_once: bool = False,
    about: uuid.UUID | None = None,
) -> Letter:
    """Put a letter in the outbox, to leave as soon as this transaction is stored.

    `return_address` is the envelope sender, where reports of failure go. With `only_once` a
    letter that the server may have taken, without our hearing so, is not sent again. `about`
    is the key of a person whose letter this is although it may go to another address.
    """
    rendered = render(template, {**context, "name": to.name}, language)
    letter = Letter.objects.create(
        template=template,
        language=language,
        to_address=to.address,
        to_name=one_line(to.name)[:120],
        subject=rendered.subject,
        text=rendered.text,
        html=rendered.html,
        headers=dict(headers or {}),
        return_address=return_address,
        only_once=only_once,
        about=about,
    )
    mail_sending.wake(letter)
    return letter


def _tidy(text: str) -> str:
    """Return plain text without the blank lines that template tags leave behind."""
    # The space after two dashes is part of the sign before a signature (RFC 3676 4.3).
    lines = [line if line == "-- " else line.rstrip() for line in text.strip().splitlines()]
    kept = [line for at, line in enumerate(lines) if line or (at and lines[at - 1])]
    return "\n".join(kept) + "\n"
