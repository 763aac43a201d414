"""A list of people as a file for a spreadsheet that runs nothing of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from core.spreadsheet import csv_lines
from participants.consent import mailable
from participants.enums import Purpose, State
from participants.models import Participant
from participants.purposes import OFFERED


def as_csv(people: QuerySet[Participant]) -> Iterator[str]:
    """Return the lines of a CSV file.

    The words are chosen now, in the language of who asks; the lines are made as they are read.
    """
    gets = {purpose: set(mailable(purpose).values_list("pk", flat=True)) for purpose in OFFERED}
    states = {value: str(label) for value, label in State.choices}
    return csv_lines(_rows(people, _headings(), gets, states, _("yes")))


def _rows(
    people: QuerySet[Participant],
    headings: list[str],
    gets: Mapping[Purpose, set[int]],
    states: Mapping[str, str],
    yes: str,
) -> Iterator[list[str]]:
    yield headings
    for person in people.iterator(chunk_size=500):
        own = [person.address, person.name, person.language, states[person.state]]
        told = [yes if person.pk in who else "" for who in gets.values()]
        yield [*own, person.created_at.date().isoformat(), *told]


def _headings() -> list[str]:
    own = [_("e-mail address"), _("name"), _("language"), _("state"), _("known since")]
    return [*own, *(str(one.label) for one in OFFERED)]
