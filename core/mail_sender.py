"""Who writes our mail, and how a person is named in a header."""

from __future__ import annotations

from dataclasses import dataclass
from email.utils import formataddr
from urllib.parse import urlsplit

from django.conf import settings

from wagtail.models import Site

from core.models import SiteSettings


@dataclass(frozen=True, slots=True)
class Address:
    """Whom to write to: an address as mail servers take it, and a name or ""."""

    address: str
    name: str = ""

    @property
    def header(self) -> str:
        """The To header; a name in other letters is encoded (RFC 2047)."""
        return formataddr((one_line(self.name), self.address))


@dataclass(frozen=True, slots=True)
class Sender:
    """Who writes, as every mail must say (Telecommunicatiewet 11.7): name, address, post."""

    name: str
    address: str
    reply_to: str
    organisation: str
    postal_address: str
    domain: str

    @property
    def header(self) -> str:
        """The From header, a display name in ASCII or RFC 2047."""
        return formataddr((self.name, self.address))


def sender() -> Sender:
    """Return who writes, from the settings of the site."""
    site = Site.objects.filter(is_default_site=True).first()
    found = SiteSettings.for_site(site) if site else SiteSettings()
    host = urlsplit(settings.BASE_URL).hostname or "localhost"
    address = found.sender_address or f"noreply@{host}"
    return Sender(
        name=one_line(found.sender_name or found.organisation),
        address=address,
        reply_to=found.contact_address if found.contact_address != address else "",
        organisation=found.organisation,
        postal_address=found.postal_address,
        domain=address.rpartition("@")[2],
    )


def one_line(text: str) -> str:
    """Return text for a header: no line breaks, one space where there were more."""
    return " ".join(text.split())
