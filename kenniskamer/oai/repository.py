"""Who we are to a harvester: our address, our identifiers, what we promise."""

from __future__ import annotations

import re
from urllib.parse import urlencode, urlsplit
from uuid import UUID

from django.conf import settings
from django.db.models import Min
from django.utils import timezone

from lxml import etree

from core.models import SiteSettings
from kenniskamer.models import HarvestRecord
from kenniskamer.oai.elements import OAI_IDENTIFIER, add, moment, root

# Names that the guideline for identifiers allows; "localhost" is none.
_DOMAIN = re.compile(r"[a-zA-Z][a-zA-Z0-9-]*(\.[a-zA-Z][a-zA-Z0-9-]*)+\Z")
_ADDRESS = re.compile(r"\S+@(\S+\.)+\S+\Z")
_IDENTIFIER_SCHEMA = "http://www.openarchives.org/OAI/2.0/oai-identifier.xsd"


def base_url() -> str:
    """Return the address harvesters are given."""
    return f"{settings.BASE_URL}/oai"


def host() -> str:
    """Return the name that stands in our identifiers."""
    return urlsplit(settings.BASE_URL).hostname or "localhost"


def identifier_of(key: UUID) -> str:
    """Return the identifier of a work (oai-identifier guideline 2.0)."""
    return f"oai:{host()}:{key}"


def key_of(identifier: str) -> UUID | None:
    """Return the key in one of our identifiers; None for any other text."""
    prefix, _, key = identifier.rpartition(":")
    if prefix != f"oai:{host()}":
        return None
    try:
        found = UUID(key)
    except ValueError:
        return None
    return found if str(found) == key else None


def record_url(key: UUID) -> str:
    """Return the address of a work's record in Dublin Core."""
    asked = {"verb": "GetRecord", "metadataPrefix": "oai_dc", "identifier": identifier_of(key)}
    return f"{base_url()}?{urlencode(asked)}"


def identify(answer: etree._Element, site: SiteSettings) -> None:
    """Say who we are (OAI-PMH 2.0 §4.2)."""
    earliest = HarvestRecord.objects.aggregate(first=Min("changed_at"))["first"]
    add(answer, "repositoryName", site.organisation)
    add(answer, "baseURL", base_url())
    add(answer, "protocolVersion", "2.0")
    add(answer, "adminEmail", _address(site))
    add(answer, "earliestDatestamp", moment(earliest or timezone.now()))
    add(answer, "deletedRecord", "persistent")
    add(answer, "granularity", "YYYY-MM-DDThh:mm:ssZ")
    add(answer, "compression", "gzip")
    if _DOMAIN.match(host()):
        add(answer, "description").append(_identifiers())


def _address(site: SiteSettings) -> str:
    """Return an address of the form the protocol asks for, also when the site gives none."""
    if _ADDRESS.match(site.contact_address):
        return site.contact_address
    return f"webmaster@{host()}" if "." in host() else f"webmaster@{host()}.invalid"


def _identifiers() -> etree._Element:
    """Say how our identifiers are made."""
    part = root("oai-identifier", OAI_IDENTIFIER, _IDENTIFIER_SCHEMA)
    for name, text in (
        ("scheme", "oai"),
        ("repositoryIdentifier", host()),
        ("delimiter", ":"),
        ("sampleIdentifier", identifier_of(UUID(int=0))),
    ):
        add(part, name, text, namespace=OAI_IDENTIFIER)
    return part
