"""Dates as bibliographies have them: a year, a month, a day, a period, or words. Pure."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from dataclasses import dataclass
from typing import Any

from kenniskamer.bibliography.text import as_text, clean

DATE_CHARACTERS = 60
FIRST_YEAR, LAST_YEAR = 1400, 2200
"""Years a study can have; others are words."""

Parts = tuple[int, ...]
"""Year, then month and day where they are known."""

_MONTHS = (
    "jan januari january januar janvier", "feb februari february februar fevrier février",
    "mrt maart mar march märz mars", "apr april avril", "mei may mai", "jun juni june juin",
    "jul juli july juillet", "aug augustus august aout août",
    "sep sept september septembre", "okt oktober oct october octobre",
    "nov november novembre", "dec dez december dezember decembre décembre",
)  # fmt: skip
MONTHS = {name: number for number, names in enumerate(_MONTHS, 1) for name in names.split()}

YEAR = r"[12]\d{3}"
ISO = re.compile(rf"({YEAR})(?:[-/.](\d\d?)(?:[-/.](\d\d?)(?:[T ].*)?)?)?[-/ ]*")
YEAR_LAST = re.compile(rf"(\d\d?)[-/.](\d\d?)[-/.]({YEAR})")
PERIOD = re.compile(rf"({YEAR}[\d-]*)\s*(?:/|--?|–|—|\.\.)\s*({YEAR}[\d-]*)")
SHORT_PERIOD = re.compile(rf"({YEAR})\s*(?:/|--?|–|—)\s*(\d\d)")
RIS_OTHER = re.compile(rf"({YEAR})/(\d\d?)?/(\d\d?)?/(.+)")
WORD = re.compile(r"[^\W\d_]+|\d+")


@dataclass(frozen=True, slots=True)
class Issued:
    """When something was published. `end` only for a period; `literal` when only words say it."""

    start: Parts = ()
    end: Parts = ()
    literal: str = ""

    def __bool__(self) -> bool:
        return bool(self.start or self.literal)

    @property
    def year(self) -> int | None:
        """The year it came out, or began to."""
        return self.start[0] if self.start else None

    @property
    def iso(self) -> str:
        """The date as ISO 8601 has it: 2019, 2019-05, 2019-05-03, 2019/2021; else the words."""
        return "/".join(_iso(parts) for parts in (self.start, self.end) if parts) or self.literal

    def as_csl(self) -> dict[str, Any]:
        """Return the date as a CSL-JSON date variable."""
        if self.literal:
            return {"literal": self.literal}
        return {"date-parts": [list(parts) for parts in (self.start, self.end) if parts]}


def issued(start: Parts, end: Parts = ()) -> Issued:
    """Return a date or a period, without the parts that do not exist in a calendar."""
    start, end = _real(start), _real(end)
    return Issued(start, end if start and end > start else ())


def parse(text: object) -> Issued:
    """Read a date however it is written in Dutch, English, German or French.

    What names no year stays as words: “in druk”.
    """
    said = clean(text, DATE_CHARACTERS).strip("[](){}., ")
    if not said:
        return Issued()
    return _exact(said) or _loose(said) or Issued(literal=said)


def from_csl(value: Any) -> Issued:
    """Return a CSL-JSON date variable as a date."""
    if not isinstance(value, dict):
        return parse(value)
    rows = value.get("date-parts")
    parts = [_numbers(row) for row in rows[:2]] if isinstance(rows, list) else []
    found = issued(*parts) if parts else Issued()
    return found or parse(value.get("raw") or value.get("literal"))


def _exact(said: str) -> Issued | None:
    """Read what is written by a rule; None when it is not."""
    if match := RIS_OTHER.fullmatch(said):
        return _exact(match[4]) or issued(tuple(int(part) for part in match.groups()[:3] if part))
    if match := ISO.fullmatch(said):
        parts = tuple(int(part) for part in match.groups() if part)
        # 2019-20 is a period of two years: there is no month 20.
        if len(parts) != 2 or parts[1] <= 12:
            return issued(parts)
    if match := YEAR_LAST.fullmatch(said):
        day, month, year = (int(part) for part in match.groups())
        return issued((year, day, month) if month > 12 else (year, month, day))
    return _period(said)


def _period(said: str) -> Issued | None:
    if match := SHORT_PERIOD.fullmatch(said):
        return issued((int(match[1]),), (int(match[1][:2] + match[2]),))
    if match := PERIOD.fullmatch(said):
        start, end = (ISO.fullmatch(part) for part in match.groups())
        if start and end:
            return issued(*(tuple(int(part) for part in half.groups() if part)
                            for half in (start, end)))  # fmt: skip
    return None


def _loose(said: str) -> Issued | None:
    """Find year, month and day among words: 3 mei 2019, May 3, 2019, Spring 2019."""
    words = [word.casefold() for word in WORD.findall(said)]
    years = [int(word) for word in words if re.fullmatch(YEAR, word)]
    if not years:
        return None
    months = [MONTHS[word] for word in words if word in MONTHS]
    days = [int(word) for word in words if len(word) < 3 and word.isdigit() and word.isascii()]
    return issued((years[0], *months[:1], *(days[:1] if months and len(days) == 1 else ())))


def _real(parts: Parts) -> Parts:
    """Keep year, month and day as far as they exist."""
    if not parts or not FIRST_YEAR <= parts[0] <= LAST_YEAR:
        return ()
    if len(parts) < 2 or not 1 <= parts[1] <= 12:
        return parts[:1]
    if len(parts) < 3 or not 1 <= parts[2] <= calendar.monthrange(parts[0], parts[1])[1]:
        return parts[:2]
    return parts[:3]


def _numbers(row: Any) -> Parts:
    """Read the date parts of CSL-JSON, which writers give as numbers or as text."""
    found: list[int] = []
    for part in row[:3] if isinstance(row, list) else ():
        text = as_text(part).strip() if isinstance(part, str | int | float) else ""
        if not re.fullmatch(r"[0-9]{1,4}", text):
            break
        found.append(int(text))
    return tuple(found)


def _iso(parts: Parts) -> str:
    return "-".join(f"{part:02d}" for part in parts)


def as_date(parts: Parts) -> dt.date:
    """Return year, month and day as a date."""
    year, month, day = parts
    return dt.date(year, month, day)
