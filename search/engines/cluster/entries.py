"""From a document to what the cluster stores of it, and back."""

from __future__ import annotations

import datetime as dt
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain, count
from typing import Any

from core.contracts import SearchDocument, SearchPassage
from search.analysis import forms, known_language, terms
from search.compounds import LANGUAGE as COMPOUNDING
from search.compounds import Splitter, part_terms
from search.engines.base import MOST_PASSAGES
from search.engines.cluster.mapping import AGAIN, COPIES
from search.engines.cluster.tally import Tally, countable

_serial = count(time.time_ns() // 1000)


@dataclass(frozen=True, slots=True)
class Row:
    """A text that can be found: of the document itself, or of one of its passages."""

    language: str
    texts: tuple[str, ...]
    """Title, summary and body; a passage has a body only."""
    shown: Mapping[str, str] | None = None
    written: tuple[list[str], ...] = field(default=(), compare=False)


def rows_of(document: SearchDocument) -> list[Row]:
    """Return the rows of a document, its own first."""
    own = (document.title, document.summary, document.body)
    rows = [_row(document.language, own, None)]
    for passage in document.passages[:MOST_PASSAGES]:
        language = passage.language or document.language
        shown = {
            "locator": passage.locator,
            "label": storable(passage.label),
            "text": storable(passage.text),
            "language": language,
            "url": passage.url,
        }
        rows.append(_row(language, ("", "", passage.text), shown))
    return rows


def _row(language: str, texts: tuple[str, ...], shown: Mapping[str, str] | None) -> Row:
    return Row(language, texts, shown, tuple(forms(text) for text in texts))


def count_words(rows: Iterable[Row]) -> Tally:
    """Return how often rows use each word."""
    tally = Tally()
    for row in rows:
        forms = tally.forms.setdefault(known_language(row.language), Counter())
        forms.update(countable(chain.from_iterable(row.written)))
    return tally


def entry(
    document: SearchDocument, rows: Sequence[Row], splitter: Splitter
) -> tuple[dict[str, Any], Tally]:
    """Return what is stored of a document, and what it adds to the vocabulary."""
    tally = count_words(rows)
    stored_rows = [_stored_row(row, splitter, tally) for row in rows]
    stored = {
        "work": document.work,
        "kind": document.kind,
        "language": document.language,
        "themes": list(document.themes),
        "year": document.year,
        "date": document.date.isoformat() if document.date else None,
        "placed": next(_serial),
        "heading": heading(document, splitter),
        "shown": {
            "title": storable(document.title),
            "url": document.url,
            "summary": storable(document.summary),
            "body": storable(document.body),
            "card": document.card,
        },
        "words": tally.packed(),
        "rows": stored_rows,
    }
    return stored, tally


def heading(document: SearchDocument, splitter: Splitter) -> dict[str, Any]:
    """Return the words of a title, for what somebody is still typing."""
    written = forms(document.title)
    parts: list[str] = []
    if known_language(document.language) == COMPOUNDING:
        parts = [part.text for form in written for part in splitter.parts(form)]
    return {
        "words": " ".join(written),
        "parts": " ".join(dict.fromkeys(parts)),
        "start": written[0] if written else "",
        "length": len(written),
    }


def _stored_row(row: Row, splitter: Splitter, tally: Tally) -> dict[str, Any]:
    tag = known_language(row.language)
    whole = [terms(text, tag) for text in row.texts]
    once = dict.fromkeys(chain.from_iterable(whole))
    parts = part_terms(chain.from_iterable(row.written), splitter) if tag == COMPOUNDING else []
    tally.add_row(tag, {*once, *parts})
    stored: dict[str, Any] = {
        "own": row.shown is None,
        f"terms_{tag}": list(_repeated(whole, parts)),
        f"whole_{tag}": " ".join(once),
        f"exact_{tag}": [" ".join(found) for found in row.written if found],
    }
    if row.shown is not None:
        stored["shown"] = dict(row.shown)
    return stored


def _repeated(whole: Iterable[list[str]], parts: Iterable[str]) -> Iterator[str]:
    """Yield each text with its terms as often as they count, and the parts by themselves.

    Between the values of a list the cluster leaves room that no phrase crosses.
    """
    for place, found in zip(("title", "summary", "body"), whole, strict=True):
        if found:
            yield " ".join(_copies(term, place) for term in found)
    for part in parts:
        yield _copies(part, "parts")


def _copies(term: str, place: str) -> str:
    return AGAIN.join([term] * COPIES[place])


def document_of(key: str, stored: Mapping[str, Any]) -> SearchDocument:
    """Return the document that was stored."""
    shown = stored["shown"]
    passages = (row["shown"] for row in stored.get("rows", ()) if not row["own"])
    return SearchDocument(
        key=key,
        work=stored["work"],
        kind=stored["kind"],
        language=stored["language"],
        title=shown["title"],
        url=shown["url"],
        summary=shown["summary"],
        body=shown["body"],
        themes=tuple(stored["themes"]),
        year=stored["year"],
        date=dt.date.fromisoformat(stored["date"]) if stored["date"] else None,
        card=shown["card"],
        passages=tuple(SearchPassage(**passage) for passage in passages),
    )


def storable(text: str) -> str:
    """Replace lone surrogates, which JSON cannot carry, keeping every offset."""
    return text.encode("utf-8", "replace").decode("utf-8")
