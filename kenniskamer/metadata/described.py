"""What every form of metadata says about a study, gathered once."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from django.conf import settings

from core.licences import licence_url
from kenniskamer.bibliography.names import Name
from kenniskamer.bibliography.record import Record
from kenniskamer.bibliography.study import name_of, record_of
from kenniskamer.choices import OriginalLanguage
from kenniskamer.permanent import permanent_url

if TYPE_CHECKING:
    from kenniskamer.models import ResearchPage


@dataclass(frozen=True, slots=True)
class Attached:
    """A PDF of a study: its full address, its title, bytes, pages, language and hash."""

    url: str
    title: str
    size: int
    pages: int
    language: str
    sha256: str
    media_type: str
    added: dt.date


def described(page: ResearchPage) -> Described:
    """Return what is said about a study; worked out once for each page in memory."""
    if "_described" not in page.__dict__:
        page.__dict__["_described"] = Described(page)
    return page.__dict__["_described"]


class Described:
    """A study with its record, its addresses and its files.

    `record` is about the original; the page is our summary of it.
    """

    def __init__(self, page: ResearchPage) -> None:
        self.page = page

    @cached_property
    def record(self) -> Record:
        """The bibliographic record of the original."""
        return record_of(self.page)

    @cached_property
    def people(self) -> list[tuple[Name, str]]:
        """The authors in order, each with the ORCID iD or ""."""
        found = ((name_of(author), author.orcid) for author in self.page.author_list)
        return [(name, orcid) for name, orcid in found if name]

    @cached_property
    def url(self) -> str:
        """The address of our page."""
        return settings.BASE_URL + (self.page.url or "")

    @cached_property
    def permanent(self) -> str:
        """The address that never changes."""
        return permanent_url(self.page.translation_key)

    @property
    def doi_url(self) -> str:
        """The address that resolves the DOI, "" without one."""
        return f"https://doi.org/{self.record.doi}" if self.record.doi else ""

    @property
    def language(self) -> str:
        """The language of the original (ISO 639-1), "" when it is not known or another."""
        code = self.page.original_language
        return "" if code == OriginalLanguage.OTHER else code

    @property
    def licence_url(self) -> str:
        """Where the licence of the original is written down, "" when there is none."""
        return licence_url(self.page.licence)

    @property
    def date(self) -> str:
        """When the original came out, as far as is known: 2019, 2019-05 or 2019-05-03."""
        start = self.record.issued.start
        return "-".join(f"{part:02d}" for part in start)

    @cached_property
    def files(self) -> list[Attached]:
        """The files a visitor can open, in order."""
        return [
            Attached(
                url=settings.BASE_URL + source.source_file.document.url,
                title=source.title or source.source_file.document.title,
                size=source.source_file.document.file_size or 0,
                pages=source.source_file.page_count or 0,
                language=source.source_file.language,
                sha256=source.source_file.document.sha256,
                media_type=source.source_file.document.content_type,
                added=source.source_file.document.created_at.date(),
            )
            for source in self.page.files
        ]
