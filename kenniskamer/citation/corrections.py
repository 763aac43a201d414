"""What citeproc-py and the styles need around them: input put right, output mended.

Every rule here says which handbook asks for it or what went wrong. What the
processor leaves out of CSL is mended in `processor`.
"""

from __future__ import annotations

import re
from typing import Any

from kenniskamer.bibliography.record import Record
from kenniskamer.bibliography.study import original_language
from kenniskamer.citation.processor import ITALIC, UPRIGHT

ID = "study"
_MARKS = str.maketrans("", "", ITALIC + UPRIGHT)
_UNKNOWN_LANGUAGE = "und"
_DUTCH_MONTHS = [
    "januari",
    "februari",
    "maart",
    "april",
    "mei",
    "juni",
    "juli",
    "augustus",
    "september",
    "oktober",
    "november",
    "december",
]
_NLM_DATE = re.compile(r"\b(\d{4})(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)\.?(\d\d?)?\b")
_STOP_AFTER_MARK = re.compile(rf"([?!])([{UPRIGHT}”’]*)\.(?= |$)")
_EDITOR_LABELS = {"en": ("ed", "eds"), "nl": ("red", "red")}


def prepared(record: Record, style: str, language: str) -> dict[str, Any]:
    """Return a record as the item a style needs, without characters that we use as marks."""
    item = _unmarked({**record.as_csl(), "id": ID})
    # Title case is for English only; of an unknown language the title stays as it is.
    item["language"] = original_language(record.language) or _UNKNOWN_LANGUAGE
    if style == "apa" and item.get("author") == [{"literal": item.get("publisher")}]:
        # APA 7, 9.29: a publisher that is also the author is not given again.
        del item["publisher"]
    if _is_edited_book(record, style):
        # citeproc-py gives these editors as "W. Donsbach, M. W. Traugott".
        item["author"] = item.pop("editor")
    return item


def _unmarked(value: Any) -> Any:
    if isinstance(value, str):
        return value.translate(_MARKS)
    if isinstance(value, dict):
        return {key: _unmarked(part) for key, part in value.items()}
    return [_unmarked(part) for part in value] if isinstance(value, list) else value


def _is_edited_book(record: Record, style: str) -> bool:
    return style == "chicago" and not record.authors and bool(record.editors)


def corrected(marked: str, record: Record, style: str, language: str) -> str:
    """Return a citation after mending what came out wrong."""
    text = _BY_STYLE[style](marked, record, language)
    if language == "nl":
        text = _dutch_date(text, record)
    # No full stop after a title that ends with a mark of its own (Chicago 18, 6.131).
    return _STOP_AFTER_MARK.sub(r"\1\2", text).strip()


def _apa(text: str, record: Record, language: str) -> str:
    # APA 7, 9.16: no date of retrieval, so no word for it either.
    return re.sub(r"(?:Retrieved|Geraadpleegd) (?=https?://)", "", text)


def _chicago(text: str, record: Record, language: str) -> str:
    if _is_edited_book(record, "chicago"):
        text = _with_editors(text, record, language)
    if language == "en":
        # American full stops and commas stand inside quotation marks (Chicago 18, 6.9).
        text = re.sub(r"”([.,])", r"\1”", text)
        text = re.sub(r"([?!])[.,]”", r"\1”", text)
    return text


def _with_editors(text: str, record: Record, language: str) -> str:
    """Put the label behind editors that stand where authors would."""
    label = _EDITOR_LABELS.get(language, _EDITOR_LABELS["en"])[len(record.editors) > 1]
    head, stop, rest = text.partition(". ")
    while stop and not re.match(r"(?:\d{4}|n\.d\.|z\.d\.)", rest):
        more, stop, rest = rest.partition(". ")
        head = f"{head}. {more}"
    return f"{head}, {label}. {rest}" if stop else text


def _harvard(text: str, record: Record, language: str) -> str:
    # The style takes an article without a volume for a preprint; it only may be one.
    return text if "preprint" in record.genre.casefold() else text.replace(" [Preprint]", "")


def _vancouver(text: str, record: Record, language: str) -> str:
    # One reference needs no number; citeproc-py sets no spaces in a date.
    text = _NLM_DATE.sub(lambda match: " ".join(filter(None, match.groups())), text)
    return re.sub(r"^1\.\s*", "", text)


_BY_STYLE = {"apa": _apa, "chicago": _chicago, "harvard": _harvard, "vancouver": _vancouver}


def _dutch_date(text: str, record: Record) -> str:
    """Put the day before the month, where the style has the American order."""
    start = record.issued.start
    if len(start) < 3:
        return text
    month, day = _DUTCH_MONTHS[start[1] - 1], start[2]
    return re.sub(rf"\b{month} {day}\b", f"{day} {month}", text)
