"""What a link in a mail is about: a person, and the row of the mail."""

from __future__ import annotations

import base64
import binascii
import uuid
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Named:
    """A person by their key, and the number of a row of theirs."""

    person: uuid.UUID
    number: int


def subject_of(person: uuid.UUID, number: int) -> str:
    """Return the two as the subject of a token: 24 characters or a few more.

    Short enough for a token that stands on one line of a quoted-printable mail.
    """
    short = base64.urlsafe_b64encode(person.bytes).rstrip(b"=").decode("ascii")
    return f"{short}.{number}"


def named_in(subject: str) -> Named | None:
    """Return what such a subject names; None when it is of another form."""
    short, _dot, number = subject.rpartition(".")
    try:
        return Named(uuid.UUID(bytes=base64.urlsafe_b64decode(short + "==")), int(number))
    except (binascii.Error, ValueError):
        return None
