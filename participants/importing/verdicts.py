"""What each row of a list is to us: new, known, left earlier, double, invalid or nameless."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.core.exceptions import ValidationError

from participants import suppression
from participants.addresses import LONGEST, address_key, clean_address
from participants.importing.columns import Person
from participants.models.importing import Verdict
from participants.models.participant import LONGEST_NAME, Participant

AT_ONCE = 500
"""Addresses that are looked for in one query."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """One person of a list. `first_line` is where a double stood first."""

    person: Person
    verdict: Verdict
    key: str = ""
    first_line: int | None = None

    @property
    def address(self) -> str:
        """The address as it will be kept; an invalid one as it was, cut where none is that long."""
        written = self.person.address
        return clean_address(written) if self.key else written[:LONGEST]

    @property
    def name(self) -> str:
        """The name, as long as we keep."""
        return self.person.name[:LONGEST_NAME]


def judged(people: Sequence[Person]) -> list[Judgement]:
    """Return a verdict on every person of a list, in its order."""
    keys = [_key(person.address) for person in people]
    addresses = {key for key in keys if key}
    known, left = known_keys(addresses), set(suppression.reasons(addresses))
    first: dict[str, int] = {}
    found = []
    for person, key in zip(people, keys, strict=True):
        found.append(_judge(person, key, first, known, left))
        first.setdefault(key, person.line)
    return found


def why_invalid(address: str) -> str:
    """Return in one sentence what is wrong with an address, "" when nothing is."""
    try:
        clean_address(address)
    except ValidationError as error:
        return str(error.messages[0])
    return ""


def known_keys(keys: set[str]) -> set[str]:
    """Return which of these addresses somebody here has."""
    return {
        key
        for part in in_parts(sorted(keys))
        for key in Participant.objects.filter(address_key__in=part).values_list(
            "address_key", flat=True
        )
        if key
    }


def in_parts(keys: Sequence[str]) -> Iterator[Sequence[str]]:
    """Yield as many at a time as one query takes."""
    for start in range(0, len(keys), AT_ONCE):
        yield keys[start : start + AT_ONCE]


def _key(address: str) -> str:
    try:
        return address_key(clean_address(address))
    except ValidationError:
        return ""


def _judge(
    person: Person, key: str, first: dict[str, int], known: set[str], left: set[str]
) -> Judgement:
    if not key:
        return Judgement(person, Verdict.INVALID)
    if key in first:
        return Judgement(person, Verdict.DOUBLE, key, first[key])
    if key in left:
        return Judgement(person, Verdict.SUPPRESSED, key)
    if key in known:
        return Judgement(person, Verdict.KNOWN, key)
    return Judgement(person, Verdict.NEW if person.name else Verdict.UNNAMED, key)
