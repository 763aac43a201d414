"""The title and the subtitle: from the properties of the file and its largest type. Pure."""

from __future__ import annotations

import re
import statistics
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

from kenniskamer.suggestions.model import VALUE_CHARACTERS as TITLE_CHARACTERS
from kenniskamer.suggestions.model import WORD, Suggestion, TypeRun

FILE_NAME = re.compile(r"\.(docx?|odt|rtf|indd|qxd|qxp|pdf|tex|dvi|pptx?|xlsx?|ps|eps)\b", re.I)
NO_TITLE = re.compile(
    r"^\W*(microsoft (word|powerpoint|excel)|untitled|naamloos|titelloos|document\s*\d*$|stramien|"
    r"template|sjabloon|layout|opmaak|binnenwerk|omslag|print|scan|slide|dia|presentatie\W*$|"
    r"presentation\W*$|powerpoint|title\W*$|titel\W*$|tldr|draft\W*$|concept\W*$|book\W*$)",
    re.I,
)
NAMES = re.compile(
    r"(?:[A-Z][\w.'’-]*|van|de|der|den|en|and|&|,|;)(?:\s+(?:[A-Z][\w.'’-]*,?|van|de|der|den|en|and|&)){1,12}"
)
"""Words with capitals only: people or an institution rather than a subtitle."""

SUBTITLE_CHARACTERS = 150

INSTITUTION = re.compile(
    r"(?:[\w-]+ ){0,3}(?:council|commission|committee|parliament|assembly|university|institute|"
    r"ministry|nations|union|universiteit|instituut|raad|commissie|ministerie|stichting)"
    r"(?: (?:of|for|van|voor) [\w ]{1,40})?",
    re.I,
)
"""The name of who publishes often stands in the largest letters."""

BROKEN_LINE = re.compile(r"(?<=[a-z])- (?=[a-z])|(?<=[A-Z])- (?=[A-Z])")


def best_title(suggestions: Iterable[Mapping[str, Any]]) -> str:
    """Return the title to begin a draft with, "" when the file offers none."""
    for suggestion in suggestions:
        if suggestion["field"] == "title" and suggestion["certainty"] != "rejected":
            return str(suggestion["value"])
    return ""


def title_from_file_name(filename: str) -> str:
    """Return a file name as an editor would write it: without extension and underscores."""
    stem = re.sub(r"\.pdf$", "", filename, flags=re.I)
    words = re.sub(r"[\s_+]+|%20", " ", stem).strip(" .-")
    return words[:1].upper() + words[1:TITLE_CHARACTERS]


def junk_reason(title: str, pages: Sequence[str]) -> str:
    """Say why an embedded title cannot be one, "" when it can.

    The reasons are `file_name`, `template`, `too_short` and `not_on_pages`.
    """
    if FILE_NAME.search(title) or (" " not in title and re.search(r"[_\d]", title)):
        return "file_name"
    if NO_TITLE.search(title):
        return "template"
    words = {word.lower() for word in WORD.findall(title)}
    letters = sum(sign.isalpha() for sign in title)
    if len(words) < 2 or letters < len(title) / 2:
        return "too_short"
    known = {word.lower() for text in pages[:3] for word in WORD.findall(text)}
    if len(known) >= 30 and len(words & known) < 0.6 * len(words):
        return "not_on_pages"
    return ""


def titles(
    metadata: Mapping[str, Any],
    pages: Sequence[str],
    type_runs: Mapping[int, Sequence[TypeRun]],
) -> Iterator[Suggestion]:
    seen: set[str] = set()
    rejected = []
    for name in ("title", "xmp_title"):
        title = " ".join(str(metadata.get(name, "")).split())[:TITLE_CHARACTERS]
        if not title or title.casefold() in seen:
            continue
        seen.add(title.casefold())
        reason = junk_reason(title, pages)
        if reason:
            rejected.append(Suggestion("title", title, "metadata", "rejected", reason=reason))
        else:
            yield Suggestion("title", title, "metadata", "medium")
    # The second page only counts when the first is a picture or a half-title.
    in_type = ((number, _titles_in_type(type_runs[number])) for number in sorted(type_runs))
    number, found = next(((number, found) for number, found in in_type if found), (0, []))
    for title, certainty in found:
        if title.casefold() not in seen:
            yield Suggestion("title", title, "type", certainty, page=number)
    if found:
        yield from _subtitles(type_runs[number], number, found[0][0])
    yield from rejected


def _titles_in_type(runs: Sequence[TypeRun]) -> list[tuple[str, str]]:
    """Return what stands in the largest type on a page, as (title, certainty)."""
    weighed = sorted(run.size for run in runs for _ in range(min(len(run.text.split()), 20)))
    if not weighed:
        return []
    body, largest = statistics.median(weighed), weighed[-1]
    scored = []
    for size, text in _blocks(runs):
        if size >= min(1.2 * body, largest) and _could_be_title(text):
            # Large counts, and so does being more than the name of an institution.
            score = size * min(len(text.split()), 8) ** 0.35
            if INSTITUTION.fullmatch(text):
                score /= 2
            scored.append((score, text, "medium" if size >= 1.4 * body else "low"))
    scored.sort(key=lambda entry: -entry[0])
    return [(text, certainty) for _, text, certainty in scored[:2]]


def _subtitles(runs: Sequence[TypeRun], number: int, title: str) -> Iterator[Suggestion]:
    """Yield the piece right below a title when it is smaller, and larger than the text."""
    blocks = list(_blocks(runs))
    sizes = [run.size for run in runs for _ in range(min(len(run.text.split()), 20))]
    place = next((at for at, (_, text) in enumerate(blocks) if text == title), len(blocks))
    for size, text in blocks[place + 1 : place + 2]:
        fits = statistics.median(sizes) < size < blocks[place][0]
        clean = len(text) <= SUBTITLE_CHARACTERS and not re.search(r"\w\.\w+/|^No\.|://", text)
        if fits and clean and _could_be_title(text) and not NAMES.fullmatch(text):
            yield Suggestion("subtitle", text, "type", "medium", page=number)


def _blocks(runs: Sequence[TypeRun]) -> Iterator[tuple[float, str]]:
    """Join neighbouring pieces of one size; a piece printed twice (a shadow) counts once."""
    for size, group in groupby(runs, key=lambda run: round(run.size)):
        pieces = [piece for piece, _ in groupby(run.text for run in group)]
        text = BROKEN_LINE.sub("", " ".join(" ".join(pieces).split()))
        yield size, text.strip(" *∗†‡|-–")


def _could_be_title(text: str) -> bool:
    words = text.split()
    letters = sum(sign.isalpha() for sign in text)
    single = sum(len(word) == 1 for word in words)
    return (
        8 <= len(text) <= TITLE_CHARACTERS
        and len(words) >= 2
        and any(len(word) >= 4 for word in WORD.findall(text))
        and letters >= 0.6 * len(text)
        and single <= len(words) / 3
    )
