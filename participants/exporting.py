"""A list of people as a file for a spreadsheet that runs nothing of it."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from participants.consent import mailable
from participants.enums import Purpose, State
from participants.models import Participant
from participants.purposes import OFFERED

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%")


def cell(text: str) -> str:
    """Return a text that a spreadsheet shows and never runs.

    What begins like a formula gets an apostrophe before it, as OWASP advises.
    """
    return f"'{text}" if text.lstrip().startswith(_FORMULA) else text


class _Line:
    """A file of one line, so that a list of any length needs the memory of a row."""

    def write(self, text: str) -> str:
        """Hand on what the writer made."""
        return text


def as_csv(people: QuerySet[Participant]) -> Iterator[str]:
    """Return the lines of a CSV file (RFC 4180), with the mark by which Excel knows UTF-8.

    The words are chosen now, in the language of who asks; the lines are made as they are read.
    """
    gets = {purpose: set(mailable(purpose).values_list("pk", flat=True)) for purpose in OFFERED}
    states = {value: str(label) for value, label in State.choices}
    return _lines(people, _headings(), gets, states, _("yes"))


def _lines(
    people: QuerySet[Participant],
    headings: list[str],
    gets: Mapping[Purpose, set[int]],
    states: Mapping[str, str],
    yes: str,
) -> Iterator[str]:
    writer = csv.writer(_Line())
    yield "\ufeff" + writer.writerow(headings)
    for person in people.iterator(chunk_size=500):
        own = [cell(person.address), cell(person.name), person.language, states[person.state]]
        told = [yes if person.pk in who else "" for who in gets.values()]
        yield writer.writerow([*own, person.created_at.date().isoformat(), *told])


def _headings() -> list[str]:
    own = [_("e-mail address"), _("name"), _("language"), _("state"), _("known since")]
    return [*own, *(str(one.label) for one in OFFERED)]
