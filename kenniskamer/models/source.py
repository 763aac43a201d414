"""A stored PDF of a study, what was read from it, and how far the reading is."""

from __future__ import annotations

from collections.abc import Iterator

from django.db import models
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from core.contracts import CardImage, SearchPassage
from kenniskamer import tesseract
from kenniskamer.enums import ADVICE, UNDER_WAY, SourceState


def cover_path(source_file: SourceFile, filename: str) -> str:
    """Return where a cover is stored: under the hash of the file it shows."""
    return f"covers/{source_file.sha256[:2]}/{filename}"


class SourceFile(models.Model):
    """A PDF that is read in the background.

    The row is the truth about that work: whoever reads it holds `claim` until
    `lease_until` and writes nothing without it. A waiting row is woken again
    after `lease_until`.
    """

    # Not a OneToOneField: the CMS warns before a document in use is deleted, and it
    # only knows the uses it finds through foreign keys.
    document = models.ForeignKey(
        "core.HubDocument",
        on_delete=models.PROTECT,
        related_name="source_files",
        verbose_name=_("document"),
    )
    sha256 = models.CharField("SHA-256", max_length=64, db_index=True, editable=False)
    state = models.CharField(
        _("state"), max_length=12, choices=SourceState.choices, default=SourceState.WAITING
    )
    pages_done = models.PositiveIntegerField(_("pages read"), default=0)
    page_count = models.PositiveIntegerField(_("pages"), default=0)
    pages_with_text = models.PositiveIntegerField(_("pages with text"), default=0)
    pages_recognised = models.PositiveIntegerField(_("pages recognised from pictures"), default=0)
    lost_characters = models.PositiveIntegerField(_("unreadable characters"), default=0)
    language = models.CharField(_("language"), max_length=3, blank=True)
    tagged = models.BooleanField(_("tagged for accessibility"), default=False)
    outline = models.JSONField(_("outline"), default=list, blank=True)
    metadata = models.JSONField(_("metadata"), default=dict, blank=True)
    suggestions = models.JSONField(_("suggestions"), default=list, blank=True)
    cover = models.ImageField(
        _("cover"),
        upload_to=cover_path,
        blank=True,
        width_field="cover_width",
        height_field="cover_height",
    )
    cover_width = models.PositiveIntegerField(null=True, blank=True, editable=False)
    cover_height = models.PositiveIntegerField(null=True, blank=True, editable=False)
    error = models.CharField(_("technical cause"), max_length=400, blank=True)
    wants_draft = models.BooleanField(_("make a draft when read"), default=False)
    attempts = models.PositiveSmallIntegerField(default=0, editable=False)
    claim = models.CharField(max_length=32, blank=True, editable=False)
    lease_until = models.DateTimeField(null=True, blank=True, editable=False)
    created_at = models.DateTimeField(_("added"), auto_now_add=True)
    read_at = models.DateTimeField(_("read"), null=True, blank=True)

    class Meta:
        verbose_name = _("source file")
        verbose_name_plural = _("source files")
        ordering = ["-created_at", "-pk"]
        indexes = [models.Index(fields=["state", "lease_until"])]
        constraints = [
            models.UniqueConstraint(fields=["document"], name="one_source_file_per_document")
        ]

    def __str__(self) -> str:
        return self.document.title

    @property
    def is_under_way(self) -> bool:
        """Say whether something will still happen by itself."""
        return self.state in UNDER_WAY

    @property
    def has_failed(self) -> bool:
        """Say whether nothing of the file could be read."""
        nothing = not self.page_count or (
            self.state == SourceState.TOO_LARGE and not self.pages_done
        )
        return not self.is_under_way and nothing

    @property
    def is_partly_read(self) -> bool:
        """Say whether a limit was reached after some pages."""
        return self.state == SourceState.TOO_LARGE and 0 < self.pages_done < self.page_count

    @property
    def progress(self) -> str:
        """How far the reading is, for people."""
        if self.state == SourceState.READING and self.page_count:
            return gettext("page %(done)d of %(total)d") % {
                "done": self.pages_done,
                "total": self.page_count,
            }
        return ""

    @property
    def advice(self) -> str:
        """What the editor can do next."""
        if self.is_partly_read:
            return gettext(
                "Only the first %(done)d of %(total)d pages could be read within the limits; "
                "the rest cannot be found. Split the file and add the parts."
            ) % {"done": self.pages_done, "total": self.page_count}
        if self.state == SourceState.NO_TEXT and tesseract.is_available():
            return gettext(
                "The pages are pictures, and text recognition (OCR) found no words on them. Title "
                "and summary can be found."
            )
        if self.state == SourceState.READY and self.pages_recognised:
            return ngettext(
                "The text of %(count)d page was recognised from a picture (OCR) and may hold "
                "mistakes. Check the draft and write the summary.",
                "The text of %(count)d pages was recognised from pictures (OCR) and may hold "
                "mistakes. Check the draft and write the summary.",
                self.pages_recognised,
            ) % {"count": self.pages_recognised}
        return str(ADVICE[SourceState(self.state)])

    @property
    def cover_image(self) -> CardImage | None:
        """The cover, with its size; None when none could be drawn."""
        if not self.cover or not self.cover_width or not self.cover_height:
            return None
        return CardImage(self.cover.url, self.cover_width, self.cover_height)

    def page_url(self, number: int) -> str:
        """Return the address that opens the PDF at a page (RFC 8118)."""
        return f"{self.document.url}#page={number}"

    def search_passages(self) -> Iterator[SearchPassage]:
        """Yield the pages that have text."""
        for page in self.pages.exclude(text="").iterator(chunk_size=50):
            yield SearchPassage(
                locator=f"{self.document_id}.{page.number}",
                label=page.reader_label,
                text=page.text,
                language=page.language or self.language,
                url=self.page_url(page.number),
            )


class SourcePage(models.Model):
    """One page of a source file. `number` counts from 1; `label` is what is printed."""

    source_file = models.ForeignKey(SourceFile, on_delete=models.CASCADE, related_name="pages")
    number = models.PositiveIntegerField(_("number"))
    label = models.CharField(_("printed number"), max_length=20, blank=True)
    text = models.TextField(_("text"), blank=True)
    language = models.CharField(_("language"), max_length=3, blank=True)
    lost_characters = models.PositiveIntegerField(_("unreadable characters"), default=0)
    recognised = models.BooleanField(_("recognised from a picture"), default=False)

    class Meta:
        verbose_name = _("page of a source file")
        verbose_name_plural = _("pages of source files")
        ordering = ["source_file", "number"]
        constraints = [
            models.UniqueConstraint(fields=["source_file", "number"], name="one_page_per_number")
        ]

    def __str__(self) -> str:
        return f"{self.source_file_id}, {self.reader_label}"

    @property
    def reader_label(self) -> str:
        """How a reader finds the page: the printed number, and the PDF's when it differs."""
        number = str(self.number)
        if not self.label or self.label == number:
            return gettext("p. %(number)s") % {"number": number}
        return gettext("p. %(label)s (PDF page %(number)s)") % {
            "label": self.label,
            "number": number,
        }
