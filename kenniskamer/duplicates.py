"""Studies that may be the same: by file, DOI, ISBN, or title with year and first author.

A study, a record and a file each have keys; two that share a key may be the same
work. Keys are compared as text that was made alike first, so that capitals, accents,
hyphens and particles make no difference. What is compared is what is stored: words in
an unpublished revision count once they are in the study itself.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from enum import StrEnum
from typing import Any, NamedTuple

from django.db.models import QuerySet

from kenniskamer.bibliography.record import Record
from kenniskamer.bibliography.study import draft_title, name_of
from kenniskamer.identifiers import doi_in, isbn_in
from kenniskamer.models import ResearchAuthor, ResearchPage, ResearchSource

SHORTEST_TITLE = 4
"""Letters a title needs before it can tell one work from another."""

NO_YEAR = "0000"

AT_ONCE = 500
"""Values in one query: databases limit how many there may be."""


class Sign(StrEnum):
    """What two studies have in common, the surest first."""

    FILE = "file"
    DOI = "doi"
    ISBN = "isbn"
    WORK = "work"


class Key(NamedTuple):
    """One thing to know a work by."""

    sign: Sign
    value: str


class _Row(NamedTuple):
    pk: int
    work: str
    title: str
    original_title: str
    year: int | None
    doi: str
    isbn: str


def keys_of_record(record: Record) -> frozenset[Key]:
    """Return what a bibliographic record can be known by."""
    author = (record.authors or record.editors)[:1]
    surname = author[0].family or author[0].literal if author else ""
    return _keys(record.doi, record.isbn, [draft_title(record)], record.issued.year, surname)


def keys_of_page(page: ResearchPage) -> frozenset[Key]:
    """Return what a study can be known by, its files too."""
    files = {Key(Sign.FILE, source.source_file.sha256) for source in page.files}
    name = name_of(page.author_list[0]) if page.author_list else None
    surname = name.family or name.literal if name else ""
    titles = [page.title, page.original_title]
    return _keys(page.doi, page.isbn, titles, page.published_year, surname) | files


def find(keys: Iterable[Key]) -> dict[Key, list[int]]:
    """Return the studies that have these keys, oldest first, one for all its translations.

    The number of queries depends on how many keys there are, never on the library.
    """
    wanted = set(keys)
    found: dict[Key, list[int]] = defaultdict(list)
    seen: set[tuple[Key, str]] = set()
    for row, key in sorted(_candidates(wanted)):
        if key in wanted and (key, row.work) not in seen:
            seen.add((key, row.work))
            found[key].append(row.pk)
    return dict(found)


def groups() -> list[tuple[Key, list[int]]]:
    """Return every key that several studies of the library share, with those studies."""
    everywhere: dict[Key, dict[str, int]] = defaultdict(dict)
    pages = ResearchPage.objects.all()
    for row, key in sorted([*_by_facts(pages), *_by_file(ResearchSource.objects.all())]):
        everywhere[key].setdefault(row.work, row.pk)
    return [(key, sorted(pages.values())) for key, pages in sorted(everywhere.items())
            if len(pages) > 1]  # fmt: skip


def normalised(text: str) -> str:
    """Return text as it is compared: small letters and digits, without accents."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return " ".join(re.findall(r"\w+", "".join(s for s in plain if not unicodedata.combining(s))))


def _keys(
    doi: str, isbn: str, titles: Iterable[str], year: int | None, surname: str
) -> frozenset[Key]:
    keys = {Key(Sign.DOI, doi_in(doi)), Key(Sign.ISBN, _isbn_13(isbn_in(isbn)))}
    for title in titles:
        words = normalised(title)
        if len(words) >= SHORTEST_TITLE:
            # Without a year or an author only a record that lacks it too is the same.
            keys.add(Key(Sign.WORK, f"{year or NO_YEAR} {normalised(surname)}: {words}"))
    return frozenset(key for key in keys if key.value)


def _isbn_13(isbn: str) -> str:
    """Return an ISBN in its form of 13 digits, in which an old and a new one are the same."""
    if len(isbn) != 10:
        return isbn
    digits = f"978{isbn[:9]}"
    total = sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(digits))
    return f"{digits}{-total % 10}"


def _candidates(wanted: Collection[Key]) -> Iterator[tuple[_Row, Key]]:
    """Yield studies that may have one of these keys, with the keys they really have."""
    values: dict[Sign, set[str]] = defaultdict(set)
    for key in wanted:
        values[key.sign].add(key.value)
    isbns = {form for isbn in values[Sign.ISBN] for form in (isbn, _isbn_10(isbn)) if form}
    years = {work[:4] for work in values[Sign.WORK]}
    for lookup, some in (
        ("doi__in", values[Sign.DOI]),
        ("isbn__in", isbns),
        ("published_year__in", years - {NO_YEAR}),
    ):
        for part in _parts(some):
            yield from _by_facts(ResearchPage.objects.filter(**{lookup: part}))
    if NO_YEAR in years:
        yield from _by_facts(ResearchPage.objects.filter(published_year=None))
    for part in _parts(values[Sign.FILE]):
        yield from _by_file(ResearchSource.objects.filter(source_file__sha256__in=part))


def _isbn_10(isbn: str) -> str:
    if not isbn.startswith("978"):
        return ""
    total = sum(int(digit) * weight for digit, weight in zip(isbn[3:12], range(10, 1, -1),
                                                             strict=True))  # fmt: skip
    rest = -total % 11
    return isbn[3:12] + ("X" if rest == 10 else str(rest))


def _by_facts(pages: QuerySet[Any]) -> Iterator[tuple[_Row, Key]]:
    fields = ("pk", "translation_key", "title", "original_title", "published_year", "doi", "isbn")
    authors: dict[int, str] = {}
    first = ResearchAuthor.objects.filter(page__in=pages).order_by("page_id", "sort_order", "pk")
    for author in first.iterator(chunk_size=2000):
        authors.setdefault(author.page_id, _surname(author))
    for pk, work, *facts in pages.order_by().values_list(*fields):
        row = _Row(pk, str(work), *facts)
        titles = [row.title, row.original_title]
        for key in _keys(row.doi, row.isbn, titles, row.year, authors.get(pk, "")):
            yield row, key


def _by_file(sources: QuerySet[ResearchSource]) -> Iterator[tuple[_Row, Key]]:
    rows = sources.values_list("page_id", "page__translation_key", "source_file__sha256")
    for pk, work, sha256 in rows:
        yield _Row(pk, str(work), "", "", None, "", ""), Key(Sign.FILE, sha256)


def _surname(author: ResearchAuthor) -> str:
    name = name_of(author)
    return name.family or name.literal


def _parts(values: Collection[Any]) -> Iterator[list[Any]]:
    ordered = sorted(values)
    for start in range(0, len(ordered), AT_ONCE):
        yield ordered[start : start + AT_ONCE]
