"""Who speaks, where a file only writes "Name: words"."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from podcasts.cues import Cue

PREFIX = re.compile(r"^(?:>>\s*)?\[?([^\W\d_][\w.'’\- ]{0,39}?)\]?\s*:\s+(?=\S)")
PARTICLES = frozenset(
    [
        "van",
        "de",
        "der",
        "den",
        "ter",
        "ten",
        "het",
        "’t",
        "'t",
        "von",
        "of",
        "el",
        "al",
        "da",
        "di",
        "le",
        "la",
    ]
)
NO_NAMES = frozenset(
    [
        "kortom",
        "dus",
        "maar",
        "want",
        "tip",
        "nb",
        "ps",
        "let",
        "conclusie",
        "voorbeeld",
        "bijvoorbeeld",
        "namelijk",
        "samengevat",
        "note",
        "so",
        "thus",
        "example",
        "summary",
        "namely",
        "remember",
        "first",
        "second",
    ]
)
MOST_WORDS = 4


def split_name(text: str) -> tuple[str, str]:
    """Return the name before a colon and the words behind it; "" where no name stands."""
    match = PREFIX.match(text)
    if match and _is_name(match[1]):
        return match[1].strip(), text[match.end() :]
    return "", text


def _is_name(text: str) -> bool:
    words = text.split()
    if not 0 < len(words) <= MOST_WORDS or words[0].casefold() in NO_NAMES:
        return False
    return all(
        word[0].isupper() or word[0].isdigit() or word.casefold() in PARTICLES for word in words
    )


def with_speakers(cues: Sequence[Cue]) -> list[Cue]:
    """Take names out of the words, where the file writes them before a colon.

    It does when its first cue begins so, or when a name comes back.
    """
    if any(cue.speaker for cue in cues):
        return list(cues)
    names = [split_name(cue.text) for cue in cues]
    counted = Counter(name for name, _words in names if name)
    if not counted or not (names[0][0] or max(counted.values()) > 1):
        return list(cues)
    return [
        replace(cue, speaker=name, text=words) if name else cue
        for cue, (name, words) in zip(cues, names, strict=True)
    ]
