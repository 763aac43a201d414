"""A study as a record, and a record as a study.

Facts that have a field in the form of a study stand in that field, where an editor
can mend them. The rest of an imported record waits in `ResearchPage.reference` and
comes out again as long as no field says otherwise.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext as _

from core.plain_text import until
from kenniskamer.bibliography import dates, names
from kenniskamer.bibliography.dates import Issued
from kenniskamer.bibliography.kinds import kind_of, type_of
from kenniskamer.bibliography.licences import licence
from kenniskamer.bibliography.names import Name
from kenniskamer.bibliography.record import Record, from_csl
from kenniskamer.choices import OriginalLanguage, StudyKind
from kenniskamer.identifiers import isbn_in
from kenniskamer.models.parts import ResearchAuthor

if TYPE_CHECKING:
    from kenniskamer.models import ResearchPage

TITLE_CHARACTERS = 255

FIELDS = {
    "publisher": "publisher",
    "place": "publisher-place",
    "container_title": "container-title",
    "volume": "volume",
    "issue": "issue",
    "page_range": "page",
    "report_number": "number",
    "doi": "DOI",
    "source_url": "URL",
}
"""Fields of a study that hold a value of a record as it is."""

KEPT = (
    "id", "type", "genre", "language", "license", "ISBN", "ISSN", "collection-title",
    "abstract", "keyword", "note",
)  # fmt: skip
"""What a study keeps of a record beside its fields."""

LANGUAGE_CODES = {
    "dutch": "nl", "nederlands": "nl", "nld": "nl", "dut": "nl",
    "english": "en", "engels": "en", "eng": "en",
    "german": "de", "duits": "de", "deutsch": "de", "ger": "de", "deu": "de", "ngerman": "de",
    "french": "fr", "frans": "fr", "français": "fr", "fre": "fr", "fra": "fr",
    "spanish": "es", "spaans": "es", "español": "es", "spa": "es",
}  # fmt: skip


def record_of(page: ResearchPage) -> Record:
    """Return the bibliographic record of a study. Its authors should be loaded."""
    kept = page.reference if isinstance(page.reference, dict) else {}
    values: dict[str, Any] = {csl: getattr(page, field) for field, csl in FIELDS.items()}
    values |= {key: kept[key] for key in KEPT if key in kept}
    values["URL"] = page.source_url or kept.get("URL")
    values["type"], values["genre"] = _type(page, values)
    values["id"] = kept.get("id") or f"onderzoek-{page.pk}"
    values["title"] = page.original_title or page.title
    values["author"] = [name_of(author).as_csl() for author in page.author_list]
    values["editor"] = [names.from_inverted(line).as_csl() for line in page.editors.splitlines()]
    values["issued"] = issued_of(page).as_csl()
    values["language"] = _agreed(
        kept.get("language"), page.original_language, original_language, OriginalLanguage.OTHER
    )
    values["license"] = _agreed(kept.get("license"), page.licence, licence)
    values["ISBN"] = _agreed(kept.get("ISBN"), page.isbn, first_isbn)
    return from_csl(values)


def name_of(author: ResearchAuthor) -> Name:
    """Return an author as a name; one without given names is an organisation."""
    if not author.given_names:
        return names.organisation(author.family_name)
    family, _comma, suffix = author.family_name.partition(",")
    return names.person(family, author.given_names, suffix=suffix)


def issued_of(page: ResearchPage) -> Issued:
    """Return when the original came out, as far as is known."""
    if page.date_text:
        return dates.parse(page.date_text)
    if page.published_on:
        day = page.published_on
        return dates.issued((day.year, day.month, day.day))
    return dates.issued((page.published_year,)) if page.published_year else Issued()


def fill(page: ResearchPage, record: Record) -> None:
    """Put a record into the fields of a study that is not stored yet."""
    values = record.as_csl()
    for field, csl in FIELDS.items():
        setattr(page, field, values.get(csl, ""))
    page.title = draft_title(record)
    page.source_url = record.url if _is_address(record.url) else ""
    page.original_title = record.title
    page.study_kind = kind_of(record)
    page.authors = [
        ResearchAuthor(
            family_name=family_name_of(name),
            given_names=name.given,
        )
        for name in record.authors
    ]
    page.editors = "\n".join(names.to_inverted(name) for name in record.editors)
    page.original_language = original_language(record.language)
    page.licence = licence(record.licence)
    page.isbn = first_isbn(record.isbn)
    kept = [*KEPT, "URL"] if record.url and not page.source_url else KEPT
    page.reference = {key: values[key] for key in kept if key in values}
    _fill_date(page, record.issued)


def family_name_of(name: Name) -> str:
    """Return a name as the form has it: “King, Jr.” with the suffix, or an organisation."""
    parts = (name.full_family, name.suffix)
    return ", ".join(part for part in parts if part)[: names.FAMILY_CHARACTERS]


def _is_address(url: str) -> bool:
    """Say whether the form takes an address; records hold others too."""
    try:
        URLValidator(schemes=["http", "https"])(url)
    except ValidationError:
        return False
    return True


def _fill_date(page: ResearchPage, issued: Issued) -> None:
    page.published_year = issued.year
    if len(issued.start) == 3 and not issued.end:
        page.published_on = dates.as_date(issued.start)
    elif len(issued.start) != 1 or issued.end:
        page.date_text = issued.iso


def draft_title(record: Record) -> str:
    """Return what a draft is called: the title, or what comes nearest to one."""
    nearest = (record.title, record.container, record.abstract, record.note, record.doi, record.url)
    return until(next((text for text in nearest if text), _("Without a title")), TITLE_CHARACTERS)


def original_language(language: str) -> str:
    """Return the choice of the form for a language as records name it."""
    word = language.casefold().strip()
    code = LANGUAGE_CODES.get(word, word[:2] if re.match(r"[a-z]{2}(?:[-_]|$)", word) else "")
    if code in OriginalLanguage.values:
        return code
    return OriginalLanguage.OTHER.value if word else ""


def first_isbn(text: str) -> str:
    """Return the first ISBN of a record whose check digit is right, without hyphens."""
    return isbn_in(text)


def _type(page: ResearchPage, kept: dict[str, Any]) -> tuple[str, str]:
    """Return type and genre: those imported, unless an editor chose another kind."""
    known = from_csl({"type": kept.get("type"), "genre": kept.get("genre")})
    kind = StudyKind(page.study_kind)
    if "type" in kept and kind_of(known) == kind:
        return known.type, known.genre
    return type_of(kind, in_journal=bool(page.container_title))


def _agreed(kept: Any, chosen: str, choice: Any, vague: str = "") -> str:
    """Return the imported words while they mean what the form says, else what the form says."""
    if isinstance(kept, str) and choice(kept) == chosen:
        return kept
    return "" if chosen == vague else chosen
