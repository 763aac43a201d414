"""The texts of the demo, read from the files beside this module.

The files are ours and tested, so a missing fact is a KeyError and not a message.
"""

from __future__ import annotations

import datetime as dt
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "content"
LANGUAGES = ("nl", "en")
SECTIONS = ("in_short", "question", "findings", "practice", "limits")


@dataclass(frozen=True, slots=True)
class Section:
    """A page of a companion: a heading and its text."""

    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Part:
    """Pages that belong together; without a title they stand by themselves."""

    title: str
    sections: tuple[Section, ...]


@dataclass(frozen=True, slots=True)
class Guide:
    """A document of more than twenty pages, in parts."""

    title: str
    subtitle: str
    author: str
    language: str
    date: dt.date
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Study:
    """A study: facts that hold in every language, and a summary in some of them.

    `authors` are "Family, Given" for people and a plain name for organisations.
    """

    key: str
    kind: str
    year: int
    published_on: dt.date | None
    language: str
    original_title: str
    authors: tuple[str, ...]
    publisher: str
    place: str
    container: str
    volume: str
    issue: str
    pages: str
    number: str
    doi: str
    licence: str
    themes: tuple[str, ...]
    added: dt.date
    evidence: Mapping[str, Any]
    summaries: Mapping[str, Mapping[str, str]]
    reading: tuple[Section, ...]
    guide: str


@dataclass(frozen=True, slots=True)
class Page:
    """A page or an answer: its texts per language, and whether it is in the menu."""

    key: str
    texts: Mapping[str, Mapping[str, str]]
    menu: bool = False
    themes: tuple[str, ...] = ()
    checked: dt.date | None = None


@dataclass(frozen=True, slots=True)
class ThemeText:
    """A theme: its slug, and label, other words and description per language."""

    slug: str
    texts: Mapping[str, Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Synonyms:
    """Words that mean the same, per language; `key` is the first of them."""

    key: str
    words: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Library:
    """Everything the demo loads."""

    themes: tuple[ThemeText, ...]
    pages: Mapping[str, Page]
    questions: Page
    answers: tuple[Page, ...]
    studies: tuple[Study, ...]
    guides: Mapping[str, Guide]
    thesaurus: tuple[Synonyms, ...]


@cache
def library() -> Library:
    """Read all files once."""
    questions = _toml(FOLDER / "faq.toml")
    studies = [_study(_toml(path)) for path in sorted(FOLDER.glob("research/*.toml"))]
    pages = [_page(_toml(path)) for path in sorted(FOLDER.glob("pages/*.toml"))]
    return Library(
        themes=tuple(
            ThemeText(values["slug"], _texts(values))
            for values in _toml(FOLDER / "themes.toml")["theme"]
        ),
        pages={page.key: page for page in pages},
        questions=Page(questions["nl"]["slug"], _texts(questions), menu=True),
        answers=tuple(_page(values) for values in questions["answer"]),
        studies=tuple(sorted(studies, key=lambda study: (study.added, study.key))),
        guides={path.stem: _guide(_toml(path)) for path in FOLDER.glob("guides/*.toml")},
        thesaurus=tuple(
            Synonyms(row["nl"][0], {language: tuple(row[language]) for language in LANGUAGES})
            for rows in _toml(FOLDER / "thesaurus.toml").values()
            for row in rows
        ),
    )


def typographic(value: Any) -> Any:
    """Return values with the quotation marks and apostrophes a printer uses."""
    if isinstance(value, str):
        return re.sub(r"(^|[\s(])'", r"\1‘", value).replace("'", "’")
    if isinstance(value, dict):
        return {key: typographic(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [typographic(inner) for inner in value]
    return value


def _toml(path: Path) -> dict[str, Any]:
    values: dict[str, Any] = typographic(tomllib.loads(path.read_text(encoding="utf-8")))
    return values


def _texts(values: Mapping[str, Any]) -> dict[str, Any]:
    return {language: values[language] for language in LANGUAGES if language in values}


def _page(values: Mapping[str, Any]) -> Page:
    return Page(
        key=values["key"],
        texts=_texts(values),
        menu=values.get("menu", False),
        themes=tuple(values.get("themes", ())),
        checked=values.get("checked"),
    )


def _study(values: Mapping[str, Any]) -> Study:
    published_on = values.get("published_on")
    return Study(
        key=values["slug"],
        kind=values["kind"],
        year=values["year"],
        published_on=published_on,
        language=values["language"],
        original_title=values["original_title"],
        authors=tuple(values["authors"]),
        publisher=values.get("publisher", ""),
        place=values.get("place", ""),
        container=values.get("container", ""),
        volume=values.get("volume", ""),
        issue=values.get("issue", ""),
        pages=values.get("pages", ""),
        number=values.get("number", ""),
        doi=values.get("doi", ""),
        licence=values.get("licence", ""),
        themes=tuple(values["themes"]),
        added=values["added"],
        evidence=values["evidence"],
        summaries=_texts(values),
        reading=tuple(Section(page["title"], page["body"]) for page in values.get("reading", ())),
        guide=values.get("guide", ""),
    )


def _guide(values: Mapping[str, Any]) -> Guide:
    pieces = re.split(r"^(#{1,2}) (.+)$", values["text"], flags=re.MULTILINE)[1:]
    parts: list[tuple[str, list[Section]]] = []
    for signs, title, text in zip(pieces[::3], pieces[1::3], pieces[2::3], strict=True):
        if signs == "#":
            parts.append((title, []))
        else:
            parts[-1][1].append(Section(title, text))
    return Guide(
        title=values["title"],
        subtitle=values["subtitle"],
        author=values["author"],
        language=values["language"],
        date=values["date"],
        parts=tuple(Part(title, tuple(sections)) for title, sections in parts),
    )
