"""Licences, by name or by address, as the choice of the form. Pure."""

from __future__ import annotations

import re

from kenniskamer.choices import Licence

CREATIVE_COMMONS = re.compile(
    r"(?:licen[sc]es/|\bcc[ -]?)(by(?:-nc)?(?:-(?:sa|nd))?)(?:[/ -]([34])[.]0)?\b", re.IGNORECASE
)


def licence(text: str) -> str:
    """Return the choice of the form for a licence, given by name or by address."""
    if text in Licence.values:
        return text
    if match := CREATIVE_COMMONS.search(text):
        code = f"CC-{match[1].upper()}-{match[2] or 4}.0"
        return code if code in Licence.values else ""
    if re.search(r"\bcc[ -]?0\b|publicdomain/zero", text, re.IGNORECASE):
        return Licence.CC0.value
    reserved = re.search(r"all rights reserved|alle rechten voorbehouden", text, re.IGNORECASE)
    return Licence.COPYRIGHT.value if reserved else ""
