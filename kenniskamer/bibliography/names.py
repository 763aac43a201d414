"""Names of people and organisations, with the particles Dutch names begin with. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from kenniskamer.bibliography.text import clean

FAMILY_CHARACTERS = 160
GIVEN_CHARACTERS = 120
SUFFIX_CHARACTERS = 20

PARTICLES = frozenset([
    "aan", "af", "al", "bij", "da", "dal", "dall", "das", "de", "degli", "dei", "del", "dela",
    "della", "den", "der", "des", "di", "do", "dos", "du", "e", "el", "het", "i", "in", "la",
    "las", "le", "li", "lo", "los", "op", "onder", "over", "ten", "ter", "te", "tho", "thoe",
    "tot", "uit", "van", "vanden", "vander", "vom", "von", "voor", "y", "zu", "zum", "zur",
    "'t", "'s", "d'", "l'", "’t", "’s", "‘t", "‘s", "`t", "`s",
])  # fmt: skip
"""Words that go before a family name; when they trail the given names, they moved there."""

SUFFIX = re.compile(r"(?:jr|sr|jnr|snr|[ivx]{2,4}|iv|ph\.?d|md)\.?", re.IGNORECASE)
INITIALS_FIRST = re.compile(r"(?:[^\W\d_]\.[\s-]?){1,5}(?P<family>[^\W\d_][\w'’-]+)")
OTHERS = re.compile(r"(?:et\.? al\.?|and others|others|e\.?a\.?)", re.IGNORECASE)


LOOSE_ENDS = " ,;&"
"""What lists of names leave behind at either end of one."""


@dataclass(frozen=True, slots=True)
class Name:
    """A person (`family` with `given`) or, in `literal`, an organisation or a single name.

    The words are those of CSL: `particle` is its non-dropping particle. Made by
    `person` or `organisation`, which put every way to write a name in one form.
    """

    family: str = ""
    given: str = ""
    particle: str = ""
    suffix: str = ""
    literal: str = ""

    def __bool__(self) -> bool:
        return bool(self.family or self.literal)

    @property
    def full_family(self) -> str:
        """The family name with its particle, or the organisation."""
        return self.literal or f"{self.particle} {self.family}".strip()

    @property
    def inverted(self) -> str:
        """Family name first, as lists and RIS have it: van der Berg, Anna, Jr."""
        return ", ".join(part for part in (self.full_family, self.given, self.suffix) if part)

    @property
    def reading(self) -> str:
        """The name as it is said: Anna van der Berg Jr."""
        return " ".join(part for part in (self.given, self.full_family, self.suffix) if part)

    def as_csl(self) -> dict[str, str]:
        """Return the name as a CSL-JSON name variable."""
        if self.literal:
            return {"literal": self.literal}
        values = {
            "family": self.family,
            "given": self.given,
            "non-dropping-particle": self.particle,
            "suffix": self.suffix,
        }
        return {key: value for key, value in values.items() if value}


def person(family: str, given: str = "", particle: str = "", suffix: str = "") -> Name:
    """Return a person in the one form a name has here; without given names a literal."""
    family = _no_commas(f"{particle} {family}", FAMILY_CHARACTERS)
    given, moved = _trailing_particles(_no_commas(given, GIVEN_CHARACTERS))
    family = clean(f"{moved} {family}", FAMILY_CHARACTERS)
    suffix = _no_commas(suffix, SUFFIX_CHARACTERS)
    if not family or not given:
        return organisation(" ".join(part for part in (given, family, suffix) if part))
    particle, family = _leading_particle(family)
    return Name(family=family, given=given, particle=particle, suffix=suffix)


def organisation(text: object) -> Name:
    """Return an organisation, or a person known by one name."""
    name = re.sub(r",(?:\s*,)+", ",", clean(text, FAMILY_CHARACTERS)).strip(LOOSE_ENDS)
    return Name() if OTHERS.fullmatch(name) else Name(literal=name)


def from_csl(value: Any) -> Name:
    """Return a CSL-JSON name variable as a name; an empty one when it holds none."""
    if isinstance(value, str):
        return from_inverted(value)
    if not isinstance(value, dict):
        return Name()
    text = {key: clean(part, FAMILY_CHARACTERS) for key, part in value.items()}
    if text.get("literal") and not text.get("family"):
        return organisation(text["literal"])
    particles = f"{text.get('dropping-particle', '')} {text.get('non-dropping-particle', '')}"
    return person(
        text.get("family", ""), text.get("given", ""), particles.strip(), text.get("suffix", "")
    )


def from_inverted(text: str) -> Name:
    """Read “van der Berg, Anna, Jr.”, and an organisation where no comma stands.

    A doubled or a last comma says that it is an organisation with commas in its
    name, as EndNote writes it.
    """
    text = clean(text, FAMILY_CHARACTERS + GIVEN_CHARACTERS + SUFFIX_CHARACTERS).strip(";& ")
    if ",," in text or text.endswith(","):
        return organisation(text)
    parts = [part.strip() for part in text.split(",")]
    if len(parts) == 1:
        return from_reading(text) if INITIALS_FIRST.fullmatch(text) else organisation(text)
    if len(parts) > 2 and SUFFIX.fullmatch(parts[1]):
        # BibTeX puts the suffix in the middle.
        parts[1], parts[2] = parts[2], parts[1]
    return person(parts[0], parts[1], suffix=" ".join(parts[2:]))


def from_reading(text: str) -> Name:
    """Read “Anna van der Berg Jr.”: the last word is the family name, with its particles."""
    words = text.split()
    suffix = words.pop() if len(words) > 2 and SUFFIX.fullmatch(words[-1]) else ""
    if len(words) < 2:
        return organisation(text)
    start = len(words) - 1
    while start > 1 and words[start - 1].lower() in PARTICLES and words[start - 1][:1].islower():
        start -= 1
    return person(" ".join(words[start:]), " ".join(words[:start]), suffix=suffix)


def to_inverted(name: Name) -> str:
    """Write a name so that `from_inverted` reads it back."""
    if not name.literal:
        return name.inverted
    if from_inverted(name.literal) == name:
        return name.literal
    if "," in name.literal:
        return name.literal.replace(",", ",,", 1)
    return f"{name.literal},"


def _no_commas(text: object, limit: int) -> str:
    return clean(clean(text, limit).replace(",", " ").strip(LOOSE_ENDS), limit)


def _leading_particle(family: str) -> tuple[str, str]:
    """Split the words in lower case off the front; the last word always is the name."""
    words = family.split()
    count = 0
    while count < len(words) - 1 and _is_particle(words[count]):
        count += 1
    return " ".join(words[:count]), " ".join(words[count:])


def _is_particle(word: str) -> bool:
    return word in PARTICLES or (word.islower() and word.isalpha())


def _trailing_particles(given: str) -> tuple[str, str]:
    """Split particles off the end: libraries write “Berg, Anna van der”."""
    words = given.split()
    count = len(words)
    while count > 1 and words[count - 1] in PARTICLES:
        count -= 1
    return " ".join(words[:count]), " ".join(words[count:])
