"""E-mail addresses: what is one, which two are the same, and how mail is sent to it.

The part before the @ is kept as typed and may hold ASCII only, since few servers take
more (RFC 6531). The domain may hold any letters; on the wire it is IDNA 2008 (RFC 5891).
"""

from __future__ import annotations

import unicodedata

from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator
from django.utils.translation import gettext_lazy as _

import idna

LONGEST = 254
"""Octets an address may have on the wire (RFC 5321 as amended by erratum 1690)."""

_MESSAGE = _("This is not an e-mail address. It looks like name@example.org.")
# Without a list of exceptions: a mailbox on our own machine is nobody's to sign up.
_valid = EmailValidator(message=_MESSAGE, allowlist=[])


def clean_address(text: str) -> str:
    """Return an address as its owner typed it, without stray spaces.

    Raises ValidationError with one clear sentence when mail cannot be sent to it.
    """
    address = unicodedata.normalize("NFC", text.strip().removeprefix("mailto:"))
    if any(unicodedata.category(character)[0] in "CZ" for character in address):
        raise ValidationError(_MESSAGE)
    if len(_on_the_wire(address)) > LONGEST:
        raise ValidationError(_("This address is too long: mail knows at most 254 characters."))
    if address.endswith("]"):  # a number instead of a domain (RFC 5321 4.1.3) is a machine
        raise ValidationError(_MESSAGE)
    _valid(_on_the_wire(address))
    return address


def wire_address(address: str) -> str:
    """Return the form of an address that mail servers take: its domain in ASCII."""
    return _on_the_wire(address)


def address_key(address: str) -> str:
    """Return what two spellings of one address have in common: no capitals, ASCII domain.

    Servers may tell capitals apart before the @ (RFC 5321 2.4); none of note does, and
    people do not.
    """
    return _on_the_wire(address.strip()).lower()


def _on_the_wire(address: str) -> str:
    local, _at, domain = address.rpartition("@")
    try:
        ascii_domain = idna.encode(domain, uts46=True).decode("ascii")
    except idna.IDNAError as error:
        if domain.isascii():  # left to the validator: quoted parts, literals, plain mistakes
            return address
        raise ValidationError(_MESSAGE) from error
    return f"{local}@{ascii_domain}"
