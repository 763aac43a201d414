"""Asking DNS."""

from __future__ import annotations

import dns.exception
import dns.resolver

from newsletter.sender.checking import LookupFailed

SECONDS = 5.0


def ask_dns(name: str, kind: str) -> list[str]:
    """Return the records of a name. Raises LookupFailed."""
    try:
        answer = dns.resolver.resolve(name, kind, lifetime=SECONDS)
    except (dns.resolver.NXDOMAIN, dns.resolver.NoAnswer):
        return []
    except dns.exception.DNSException as error:
        raise LookupFailed(name) from error
    if kind != "TXT":
        return [row.to_text() for row in answer]
    return [b"".join(row.strings).decode("utf-8", "replace") for row in answer]
