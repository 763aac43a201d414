"""What Google Scholar, Zotero, search and a screen reader would miss of a study.

These are warnings with their remedy, for a study as it stands in the editor. They never
keep anybody from publishing: what would break a page, its form refuses.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext as _

from core.plain_text import rich_text
from kenniskamer.enums import SourceState

if TYPE_CHECKING:
    from kenniskamer.models import ResearchPage, SourceFile

SCHOLAR_BYTES = 5_000_000
"""Google Scholar's inclusion guidelines: larger files may be left out of its index."""
SUMMARY = ("question", "findings", "practice", "limits")


@dataclass(frozen=True, slots=True)
class Gap:
    """One thing that is missed: what (`text`), and where to mend it (`fix`, `url`).

    `code` names it for machines; `url` is an anchor in the form or an
    address in the CMS, "" where there is none.
    """

    code: str
    text: str
    fix: str
    url: str


def gaps_of(page: ResearchPage) -> list[Gap]:
    """Return what others would miss, in the order of the form."""
    return [*_of_text(page), *_of_files(page), *_of_record(page), *_of_access(page)]


def _of_text(page: ResearchPage) -> Iterator[Gap]:
    if not page.lead.strip() and not any(rich_text(getattr(page, name)) for name in SUMMARY):
        yield Gap(
            "summary",
            _("There is no summary: a reader sees only the record, and lists show only a title."),
            _("Write at least “In short”"),
            "#id_lead",
        )
    elif not page.lead.strip():
        yield Gap(
            "lead",
            _("“In short” is empty: lists, search engines and messengers show no line of text."),
            _("Write one or two sentences"),
            "#id_lead",
        )
    if not page.page_themes.all():
        yield Gap(
            "themes",
            _("It has no theme, so nobody finds it by theme and no theme feed brings it."),
            _("Choose a theme"),
            "#id_page_themes-OPEN_MODAL",
        )


def _of_record(page: ResearchPage) -> Iterator[Gap]:
    if not page.authors.all():
        yield Gap(
            "authors",
            _("It has no author: Google Scholar leaves it out, and Zotero cites it by title."),
            _("Add the authors; an organisation is an author too"),
            "#id_authors-ADD",
        )
    if not page.original_language:
        yield Gap(
            "original_language",
            _(
                "The language of the original is not known, so it cannot be filtered or cited by it."
            ),
            _("Choose the language"),
            "#id_original_language",
        )
    if not page.published_year:
        yield Gap(
            "published_year",
            _("It has no year: Google Scholar leaves it out, and citations say “n.d.”."),
            _("Fill in the year"),
            "#id_published_year",
        )


def _of_files(page: ResearchPage) -> Iterator[Gap]:
    sources = [row for row in page.sources.all() if row.source_file_id]
    if not sources and not page.source_url and not page.doi:
        yield Gap(
            "original",
            _("There is no file, DOI or address: nobody can get to the study itself."),
            _("Add the PDF, or the address of the original"),
            "#id_sources-ADD",
        )
    for row in sources:
        yield from _of_file(row.source_file)


def _of_file(source: SourceFile) -> Iterator[Gap]:
    document = source.document
    if not document.file.storage.exists(document.file.name or ""):
        text = _("“%(title)s” is not on the server any more: readers get an error.")
        yield _to_replace("file_missing", text, source)
        return
    if _is_private(document):
        text = _("“%(title)s” asks for a login: Google Scholar and Zotero cannot open it.")
        yield Gap(
            "file_private",
            text % {"title": str(source)},
            _("Move it to a collection that is open to all"),
            reverse("wagtaildocs:edit", args=[document.pk]),
        )
    if source.has_failed:
        text = _("“%(title)s” could not be read, so search does not know what it says.")
        yield _to_replace("file_unread", text, source)
    elif not source.is_under_way:
        yield from _of_what_was_read(source)


def _of_what_was_read(source: SourceFile) -> Iterator[Gap]:
    if source.state == SourceState.NO_TEXT:
        text = _(
            "“%(title)s” is pictures of pages: neither search nor a screen reader can read it."
        )
        yield _to_replace("file_scan", text, source)
    elif not source.tagged:
        text = _("“%(title)s” is not tagged: a screen reader has to guess headings and order.")
        yield Gap(
            "file_untagged",
            text % {"title": str(source)},
            _("Ask the makers for a tagged PDF; make sure that our summary says what matters"),
            "#id_lead",
        )
    if (source.document.file_size or 0) > SCHOLAR_BYTES:
        text = _("“%(title)s” is larger than 5 MB: Google Scholar may leave it out.")
        yield _to_replace("file_large", text, source)


def _to_replace(code: str, text: str, source: SourceFile) -> Gap:
    """Return a gap that another file mends. `text` has room for the title."""
    url = reverse("kenniskamer_admin:replace", args=[source.pk])
    return Gap(code, text % {"title": str(source)}, _("Replace the file"), url)


def _of_access(page: ResearchPage) -> Iterator[Gap]:
    if page.pk and page.get_view_restrictions().exists():
        yield Gap(
            "private",
            _("The page asks for a login, so only who has one can find and cite it."),
            _("See who may look, in the status panel."),
            "",
        )
    if page.share_image_id and page.share_image and not page.share_image.description.strip():
        yield Gap(
            "share_image",
            _("The image when shared has no description: who cannot see it misses it."),
            _("Describe the image"),
            reverse("wagtailimages:edit", args=[page.share_image_id]),
        )


def _is_private(document: Any) -> bool:
    return bool(document.collection.get_view_restrictions().exists())
