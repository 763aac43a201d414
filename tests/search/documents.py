"""Small documents for tests of search."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from core.contracts import SearchDocument, SearchPassage
from search.engines.base import Engine, Filters, Results, SearchRequest
from search.plan import plan
from search.query import parse


def document(key: str, title: str, body: str = "", **values: Any) -> SearchDocument:
    """Make a document; its passages may be given as texts."""
    language = values.get("language", "nl")
    passages = values.pop("passages", ())
    return SearchDocument(
        **{
            "key": key,
            "work": key,
            "kind": "research",
            "language": language,
            "title": title,
            "url": f"/{language}/{key}/",
            "body": body,
            "passages": tuple(
                SearchPassage(str(number), f"p. {number}", text, language, f"/{key}#page={number}")
                for number, text in enumerate(passages, start=1)
            ),
            **values,
        }
    )


def ask(engine: Engine, question: str, language: str = "nl", **values: Any) -> Results:
    """Ask a question, with a thesaurus when it is given."""
    thesaurus = values.pop("thesaurus", None)
    filters = values.pop("filters", Filters())
    made = plan(parse(question), language, engine, thesaurus)
    return engine.search(SearchRequest(made, filters, language=language, **values))


def keys(results: Results) -> list[str]:
    """Return the keys of the hits, best first."""
    return [hit.key for hit in results.hits]


def library() -> Iterable[SearchDocument]:
    """Six documents: two translations of one work, and facets of every sort."""
    return [
        document(
            "steun-nl",
            "Draagvlak voor opvang",
            "Wat Nederlanders vinden van opvang in de buurt.",
            work="steun",
            themes=("draagvlak", "opvang"),
            year=2020,
            date=dt.date(2020, 5, 1),
            passages=(
                "Niets bijzonders.",
                "De gemeente opent een azc.",
                "Vluchtelingen wonen hier.",
            ),
        ),
        document(
            "steun-en",
            "Public support for reception",
            "What people think of reception nearby.",
            work="steun",
            language="en",
            themes=("draagvlak", "opvang"),
            year=2020,
            date=dt.date(2020, 5, 1),
        ),
        document(
            "frame",
            "Framing in de media",
            "Kranten kiezen woorden. Draagvlak hangt daarvan af.",
            themes=("framing",),
            year=2018,
            date=dt.date(2018, 1, 1),
        ),
        document(
            "vraag",
            "Wat kost deelname?",
            "Deelname aan de groep is gratis.",
            kind="answer",
            date=dt.date(2024, 1, 1),
        ),
        document(
            "over",
            "Over ons",
            "Wij zoeken met bewoners en gemeenten naar draagvlak.",
            kind="page",
            date=dt.date(2023, 1, 1),
        ),
        document(
            "narratives",
            "Narratives and refugees",
            "Stories about refugees shift support.",
            language="en",
            themes=("framing",),
            year=2018,
            date=dt.date(2019, 1, 1),
        ),
    ]
