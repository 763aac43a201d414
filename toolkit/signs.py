"""Signs that no font of the typesetter has, found while a release is composed.

PDF/UA-1 forbids to leave a sign out, so a release that holds one cannot be built.
"""

from __future__ import annotations

import logging
import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from django.utils.translation import gettext as _

from core import sandbox
from core.sandbox import Ending, Limits
from toolkit.content import Content, Part
from toolkit.marking import words_of
from toolkit.passages import text_of

logger = logging.getLogger(__name__)

USUAL = re.compile(r"[\s!-~\u00a0-\u017f\u2010-\u2015\u2018-\u201e\u2020-\u2022\u2026\u20ac]*")
"""What every text in Dutch and English is made of; the fonts have all of it."""

LIMITS = Limits(
    cpu_seconds=20, memory_bytes=3 << 30, wall_seconds=60, file_bytes=1 << 20, open_files=64
)
MOST_SIGNS = 10


def sentences(content: Content) -> list[str]:
    """Return a sentence for each part with signs that cannot be printed."""
    places = [("", _frame(content))]
    places += [
        (part["title"], _part(part))
        for chapter in content.get("chapters", ())
        for part in chapter["parts"]
    ]
    strange = {word for _title, text in places for word in _strange(text)}
    missing = unprintable(frozenset(strange)) if strange else ()
    return [
        _sentence(title, found)
        for title, text in places
        if (found := [sign for sign in missing if sign in text])
    ]


@lru_cache(maxsize=64)
def unprintable(words: frozenset[str]) -> tuple[str, ...]:
    """Return the signs in these words that no font has; () too when that cannot be found out."""
    outcome = sandbox.run(
        "toolkit.builder.child:missing_signs", {"words": sorted(words)}, limits=LIMITS
    )
    if outcome.ending is not Ending.OK:
        logger.warning("Signs could not be tried: %s %s", outcome.ending, outcome.error)
        return ()
    return tuple(outcome.value)


def named(sign: str) -> str:
    """Return a sign as people can see it; one that shows nothing by its number."""
    shown = [
        letter if unicodedata.category(letter)[0] in "LNPS" else f"U+{ord(letter):04X}"
        for letter in sign
    ]
    return "".join(shown)


def _sentence(title: str, found: list[str]) -> str:
    signs = " ".join(named(sign) for sign in found[:MOST_SIGNS])
    signs += " …" if len(found) > MOST_SIGNS else ""
    if not title:
        return _(
            "In the titles, the introductions or what is new stand signs that cannot be "
            "printed: %(signs)s. Write them in words."
        ) % {"signs": signs}
    return _(
        "The part “%(part)s” holds signs that cannot be printed: %(signs)s. Write them in words."
    ) % {"part": title, "signs": signs}


def _frame(content: Content) -> str:
    chapters = content.get("chapters", ())
    pieces = [
        *(content[name] for name in ("toolkit", "title", "lead")),
        words_of(content["notes"]),
        *(f"{chapter['title']} {words_of(chapter['intro'])}" for chapter in chapters),
    ]
    return " ".join(pieces)


def _part(part: Part) -> str:
    links = " ".join(f"{link['label']} {link['url']}" for link in part["links"])
    return f"{text_of(part)} {links}"


def _strange(text: str) -> Iterator[str]:
    """Yield the words that hold more than the usual letters and signs."""
    if not USUAL.fullmatch(text):
        yield from (word for word in text.split() if not USUAL.fullmatch(word))
