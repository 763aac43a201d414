"""Files that a list can be taken away as, offered by whoever knows how to make them.

A lower floor that shows a list (search) does not know what is in it. An upper floor
registers a function that gives links for the address of that list.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.http import QueryDict


@dataclass(frozen=True, slots=True)
class ExportLink:
    """A file to download: what people call the format, and where it is."""

    label: str
    url: str


Offer = Callable[[QueryDict], list[ExportLink]]

_offers: list[Offer] = []


def register(offer: Offer) -> Offer:
    """Add a function that gives the links for the results of a search."""
    if offer not in _offers:
        _offers.append(offer)
    return offer


def links(query: QueryDict) -> list[ExportLink]:
    """Return all links for the results of a search."""
    return [link for offer in _offers for link in offer(query)]
