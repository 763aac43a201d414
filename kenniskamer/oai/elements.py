"""Building the XML of an answer, valid whatever text comes in."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping

from lxml import etree

OAI = "http://www.openarchives.org/OAI/2.0/"
OAI_DC = "http://www.openarchives.org/OAI/2.0/oai_dc/"
OAI_IDENTIFIER = "http://www.openarchives.org/OAI/2.0/oai-identifier"
DC = "http://purl.org/dc/elements/1.1/"
XSI = "http://www.w3.org/2001/XMLSchema-instance"
XML = "http://www.w3.org/XML/1998/namespace"

# What XML 1.0 §2.2 does not allow, not even escaped.
_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def clean(text: object) -> str:
    """Return text without the characters that XML 1.0 cannot hold."""
    return _FORBIDDEN.sub("", str(text))


def add(
    parent: etree._Element,
    name: str,
    text: object = "",
    attributes: Mapping[str, str] | None = None,
    namespace: str = OAI,
) -> etree._Element:
    """Append an element with text and attributes, both cleaned; return it."""
    element = etree.SubElement(parent, f"{{{namespace}}}{name}")
    for key, value in (attributes or {}).items():
        element.set(key, clean(value))
    if text:
        element.text = clean(text)
    return element


def root(name: str, namespace: str, schema: str, prefix: str | None = None) -> etree._Element:
    """Start a document, or a part with a schema of its own."""
    element = etree.Element(f"{{{namespace}}}{name}", nsmap={prefix: namespace, "xsi": XSI})
    element.set(f"{{{XSI}}}schemaLocation", f"{namespace} {schema}")
    return element


def moment(value: dt.datetime) -> str:
    """Write a moment as UTCdatetime in whole seconds."""
    return f"{value.astimezone(dt.UTC):%Y-%m-%dT%H:%M:%SZ}"
