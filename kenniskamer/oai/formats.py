"""The metadata formats we give."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from lxml import etree

from kenniskamer.models import ResearchPage
from kenniskamer.oai.dublin_core import oai_dc
from kenniskamer.oai.elements import OAI_DC


@dataclass(frozen=True, slots=True)
class Format:
    """One format: its names, and how the versions of a work are written in it."""

    prefix: str
    schema: str
    namespace: str
    build: Callable[[Sequence[ResearchPage]], etree._Element]


FORMATS: Mapping[str, Format] = {
    form.prefix: form
    for form in (
        Format("oai_dc", "http://www.openarchives.org/OAI/2.0/oai_dc.xsd", OAI_DC, oai_dc),
    )
}
