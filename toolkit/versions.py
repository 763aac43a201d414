"""Version numbers: two or three numbers, sorted as numbers. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import total_ordering

MOST = 9999
"""The largest value of one number; four digits hold a year as well."""

_FORM = re.compile(r"(0|[1-9][0-9]{0,3})\.(0|[1-9][0-9]{0,3})(?:\.(0|[1-9][0-9]{0,3}))?")


class VersionError(ValueError):
    """A text is not a version number."""


@total_ordering
@dataclass(frozen=True, slots=True, eq=False)
class Version:
    """A version number as people write it: 1.0, 1.10, 2.0.1.

    2.0 and 2.0.0 are the same version, written in two ways.
    """

    major: int
    minor: int
    patch: int | None = None

    @classmethod
    def parse(cls, text: str) -> Version:
        """Read "1.0" or "2.0.1". Raises VersionError for anything else."""
        found = _FORM.fullmatch(text.strip())
        if not found:
            raise VersionError(f"{text[:20]!r} is not a version number such as 1.0 or 2.0.1.")
        major, minor, patch = found.groups()
        return cls(int(major), int(minor), None if patch is None else int(patch))

    @property
    def numbers(self) -> tuple[int, int, int]:
        """The three numbers that decide the order."""
        return self.major, self.minor, self.patch or 0

    @property
    def next_minor(self) -> Version:
        """The number that is proposed for the release after this one."""
        if self.minor < MOST:
            return Version(self.major, self.minor + 1)
        return Version(self.major + 1, 0)

    def __str__(self) -> str:
        shown = [self.major, self.minor] + ([] if self.patch is None else [self.patch])
        return ".".join(map(str, shown))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Version) and self.numbers == other.numbers

    def __lt__(self, other: object) -> bool:
        if not isinstance(other, Version):
            return NotImplemented
        return self.numbers < other.numbers

    def __hash__(self) -> int:
        return hash(self.numbers)
