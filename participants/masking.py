"""Showing an address so that its owner knows it and nobody else learns it."""

from __future__ import annotations


def masked(address: str) -> str:
    """Return an address with only its first letter before the @: `j•••@example.org`.

    The number of dots says nothing about how long it is.
    """
    local, at, domain = address.rpartition("@")
    return f"{local[:1]}•••{at}{domain}"
