"""CSL-JSON in and out: one list of items. A broken item does not take the others along. Pure."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from kenniskamer.bibliography.reading import (
    MOST_RECORD_CHARACTERS,
    Flaw,
    Found,
    readable,
    unreadable,
)
from kenniskamer.bibliography.record import Record

DECODER = json.JSONDecoder(strict=False)
BETWEEN = re.compile(r"[\s,\]\[]*")
NEXT_ITEM = re.compile(r"\}\s*,?\s*(?=\{)|\n(?=\s{0,8}\{)")
LISTS = ("items", "references", "data")
"""Under which name some programs put the list."""


def read(text: str) -> Iterator[Found]:
    """Yield every item of a CSL-JSON file: a list, one item, or an item a line."""
    text = text.lstrip("\ufeff")
    place, line, counted = 0, 1, 0
    while True:
        place = _next(text, place)
        if place >= len(text):
            return
        line, counted = line + text.count("\n", counted, place), place
        item, end = _decode(text, place)
        raw = text[place : min(end, place + 600)]
        if end - place > MOST_RECORD_CHARACTERS and not _list_in(item):
            yield unreadable(line, Flaw.TOO_LARGE, raw)
        else:
            yield from _read_item(line, item, raw)
        place = end


def write(records: Iterable[Record]) -> str:
    """Return records as a CSL-JSON file."""
    return json.dumps([record.as_csl() for record in records], ensure_ascii=False, indent=2) + "\n"


def _next(text: str, place: int) -> int:
    match = BETWEEN.match(text, place)
    return match.end() if match else place


def _decode(text: str, place: int) -> tuple[Any, int]:
    """Return the value that begins here and its end; a ValueError in place of a broken one."""
    try:
        return DECODER.raw_decode(text, place)
    except (ValueError, RecursionError) as error:
        found = NEXT_ITEM.search(text, place + 1)
        return ValueError(_cause(error)), found.end() if found else len(text)


def _cause(error: Exception) -> str:
    """Return what the parser says of it; "" where that is about Python and not about the file."""
    return error.msg if isinstance(error, json.JSONDecodeError) else ""


def _read_item(line: int, item: Any, raw: str) -> Iterator[Found]:
    if isinstance(item, ValueError):
        yield unreadable(line, Flaw.SYNTAX, raw, str(item))
    elif inner := _list_in(item):
        for one in inner:
            yield from _read_item(line, one, str(one)[:600])
    elif isinstance(item, dict):
        yield readable(line, _values(item), raw)
    else:
        yield unreadable(line, Flaw.NOT_AN_OBJECT, raw)


def _list_in(item: Any) -> list[Any]:
    """Return the list some programs put inside an object; empty when there is none."""
    if isinstance(item, dict) and "type" not in item and "title" not in item:
        return next((item[name] for name in LISTS if isinstance(item.get(name), list)), [])
    return []


def _values(item: Mapping[str, Any]) -> dict[str, Any]:
    """Return an item with what programs give under another name than the standard has."""
    keywords = item.get("keyword") or item.get("keywords") or item.get("tags")
    container = item.get("container-title")
    return {
        **item,
        "id": item.get("id") or item.get("citation-key"),
        "keyword": keywords,
        # Crossref gives titles as lists of one.
        "title": _one(item.get("title")),
        "container-title": _one(container),
        "ISSN": _one(item.get("ISSN"), "; "),
        "ISBN": _one(item.get("ISBN"), "; "),
        "editor": item.get("editor") or item.get("container-author"),
        "issued": item.get("issued") or item.get("published"),
    }


def _one(value: Any, mark: str = ": ") -> Any:
    """Return a list of texts as one text; anything else as it is."""
    if isinstance(value, list):
        return mark.join(part for part in value[:20] if isinstance(part, str))
    return value
