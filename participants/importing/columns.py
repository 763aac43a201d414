"""What each column of a list is: guessed from its name and its cells, decided by the editor."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from participants.importing.sheet import Sheet, SheetRow

SHOWN = 3
"""Examples of a column that an editor sees."""

LOOKED_AT = 200


class Role(TextChoices):
    """What a column holds."""

    ADDRESS = "address", _("E-mail address")
    NAME = "name", _("Name")
    FIRST = "first", _("First name")
    INFIX = "infix", _("Infix (van, de)")
    LAST = "last", _("Surname")
    LANGUAGE = "language", _("Language")


_WORDS = {
    Role.ADDRESS: "email e-mail mail mailadres emailadres e-mailadres e-mailaddress emailaddress "
    "primaryemail contactemail",
    Role.NAME: "naam name volledigenaam fullname weergavenaam displayname contactpersoon",
    Role.FIRST: "voornaam firstname givenname roepnaam",
    Role.INFIX: "tussenvoegsel tussenvoegsels infix prefix",
    Role.LAST: "achternaam lastname surname familyname familienaam",
    Role.LANGUAGE: "taal language lang voorkeurstaal taalcode locale",
}
_ROLE_OF = {word: role for role, words in _WORDS.items() for word in words.split()}
_LANGUAGES = {
    "nl": "nl nld dut nederlands dutch nl-nl nl_nl nl-be",
    "en": "en eng engels english en-gb en_gb en-us en_us",
}
_LANGUAGE_OF = {word: code for code, words in _LANGUAGES.items() for word in words.split()}


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its place from 0, its name, some of its cells, and the guess."""

    place: int
    name: str
    examples: tuple[str, ...]
    role: str


@dataclass(frozen=True, slots=True)
class Person:
    """What one row says about somebody. `language` is "" when it says nothing we know."""

    line: int
    address: str
    name: str
    language: str


def has_header(sheet: Sheet) -> bool:
    """Say whether the first row names the columns: then none of it is an address."""
    return bool(sheet.rows) and not any("@" in cell for cell in sheet.rows[0].cells)


def body(sheet: Sheet) -> Sequence[SheetRow]:
    """Return the rows that are about people."""
    return sheet.rows[1:] if has_header(sheet) else sheet.rows


def columns(sheet: Sheet) -> list[Column]:
    """Return every column with what it probably is; no role is guessed twice."""
    names = sheet.rows[0].cells if has_header(sheet) else ()
    looked_at = body(sheet)[:LOOKED_AT]
    found, taken = [], set[str]()
    for place in range(sheet.width):
        cells = [row.cells[place] for row in looked_at if place < len(row.cells)]
        name = names[place] if place < len(names) else ""
        role = guess(name, cells)
        role = "" if role in taken else role
        taken.add(role)
        examples = tuple(dict.fromkeys(cell for cell in cells if cell))[:SHOWN]
        found.append(Column(place, name, examples, role))
    return found


def guess(name: str, cells: Sequence[str]) -> str:
    """Return the role a column probably has, "" for none."""
    plain = unicodedata.normalize("NFKC", name).casefold()
    word = "".join(plain.replace("_", " ").split()).strip(":*")
    if word in _ROLE_OF:
        return _ROLE_OF[word].value
    filled = [cell for cell in cells if cell]
    if filled and sum("@" in cell for cell in filled) * 2 > len(filled):
        return Role.ADDRESS.value
    return ""


def people(sheet: Sheet, roles: Sequence[str]) -> list[Person]:
    """Return what every row says, by the role of each column."""
    return [_person(row, roles) for row in body(sheet)]


def _person(row: SheetRow, roles: Sequence[str]) -> Person:
    said: dict[str, str] = {}
    for role, cell in zip(roles, row.cells, strict=False):
        if role and cell:
            said.setdefault(role, cell)
    parts = (said.get(role, "") for role in (Role.FIRST, Role.INFIX, Role.LAST))
    name = said.get(Role.NAME) or " ".join(part for part in parts if part)
    language = _LANGUAGE_OF.get(said.get(Role.LANGUAGE, "").casefold(), "")
    return Person(row.line, said.get(Role.ADDRESS, ""), name, language)
