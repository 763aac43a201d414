"""A release: where it stands, and what it is once it came out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.filetypes import CONTENT_TYPES
from toolkit.enums import PUBLIC, FileKind, NoticeKind, ReleaseState
from toolkit.versions import Version

if TYPE_CHECKING:
    from wagtail.models import Page


class ReleaseQuerySet(models.QuerySet["Release"]):
    """Releases in the words of the room."""

    def child_of(self, page: Page) -> ReleaseQuerySet:
        """The releases whose pages stand under a page."""
        return self.filter(page__path__startswith=page.path, page__depth=page.depth + 1)

    def public(self) -> ReleaseQuerySet:
        """What came out, withdrawn or not, and is public now."""
        return self.filter(state__in=PUBLIC, page__live=True)

    def usable(self) -> ReleaseQuerySet:
        """What came out and was not withdrawn."""
        return self.public().filter(state=ReleaseState.RELEASED)

    def public_or_building(self) -> ReleaseQuerySet:
        """What is out or about to be, whether its page is public or not."""
        return self.filter(state__in=(*PUBLIC, ReleaseState.BUILDING))

    def forget_drafts(self, above: Page) -> None:
        """Drop what was noted about releases at or under a page that never came out."""
        drafts = self.filter(page__path__startswith=above.path).exclude(state__in=PUBLIC)
        ReleaseFile.objects.filter(release__in=drafts).delete()
        drafts.delete()

    def newest_first(self) -> ReleaseQuerySet:
        """By version number, the highest first."""
        return self.order_by("-page__major", "-page__minor", "-page__patch")


def stored_path(row: ReleaseFile, filename: str) -> str:
    """Return where a file of a release is stored: under its hash.

    Pictures have a folder of their own, from which the site shows them.
    """
    folder = "toolkit/pictures" if row.kind == FileKind.PICTURE else "toolkit/files"
    suffix = filename.rpartition(".")[2].lower()
    return f"{folder}/{row.sha256[:2]}/{row.sha256}.{suffix}"


class Release(models.Model):
    """One numbered release in one language: the row is the truth about it.

    `content` is the frozen content; its form is told in `toolkit.content`. Once
    the state is public, content and files never change again.
    """

    page = models.OneToOneField(
        "toolkit.ReleasePage", on_delete=models.PROTECT, related_name="release"
    )
    state = models.CharField(
        _("state"),
        max_length=12,
        choices=ReleaseState.choices,
        default=ReleaseState.COMPOSING,
    )
    revision = models.ForeignKey(
        "wagtailcore.Revision", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    asked_at = models.DateTimeField(null=True, blank=True)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    approved_at = models.DateTimeField(null=True, blank=True)

    content = models.JSONField(default=dict, editable=False)
    content_sha256 = models.CharField(max_length=64, blank=True, editable=False)
    released_at = models.DateTimeField(_("released"), null=True, blank=True)

    done = models.PositiveIntegerField(default=0, editable=False)
    total = models.PositiveIntegerField(default=0, editable=False)
    error = models.CharField(_("what went wrong"), max_length=500, blank=True)
    claim = models.CharField(max_length=32, blank=True, editable=False)
    lease_until = models.DateTimeField(null=True, blank=True, editable=False)
    attempts = models.PositiveSmallIntegerField(default=0, editable=False)

    notice_kind = models.CharField(
        _("notice"), max_length=12, choices=NoticeKind.choices, blank=True
    )
    notice_reason = models.TextField(_("reason"), blank=True)
    notice_at = models.DateTimeField(null=True, blank=True)
    corrected_in = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="corrects"
    )

    objects = ReleaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("release")
        verbose_name_plural = _("releases")
        indexes = [models.Index(fields=["state", "lease_until"])]

    def __str__(self) -> str:
        return str(self.page)

    @property
    def is_public(self) -> bool:
        """Say whether this came out; from then on it never changes."""
        return self.state in PUBLIC

    @property
    def version(self) -> Version:
        """The number of this release."""
        return Version.parse(self.content.get("version") or self.page.version)

    def picture_urls(self) -> dict[str, str]:
        """Return the address of each picture by its SHA-256."""
        return {row.sha256: row.file.url for row in self.files.filter(kind=FileKind.PICTURE)}

    @property
    def pdf(self) -> ReleaseFile | None:
        """The whole release as PDF."""
        return self.files.filter(kind=FileKind.PDF).first()

    @property
    def zip(self) -> ReleaseFile | None:
        """Everything in one ZIP."""
        return self.files.filter(kind=FileKind.ZIP).first()


class ReleaseFile(models.Model):
    """A file of a release. Stored under its hash, never replaced."""

    release = models.ForeignKey(Release, on_delete=models.PROTECT, related_name="files")
    kind = models.CharField(_("kind"), max_length=12, choices=FileKind.choices)
    part = models.CharField(max_length=36, blank=True)
    """The id of the part it shows; empty for the whole release."""
    filename = models.CharField(_("file name"), max_length=255)
    language = models.CharField(_("language"), max_length=3)
    file = models.FileField(_("file"), upload_to=stored_path, max_length=200)
    sha256 = models.CharField("SHA-256", max_length=64)
    file_size = models.PositiveBigIntegerField(_("size in bytes"))
    stored_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("file of a release")
        verbose_name_plural = _("files of a release")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["release", "filename"], name="one_file_per_name_in_a_release"
            )
        ]

    def __str__(self) -> str:
        return self.filename

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Store once: a row that exists is never written again."""
        if self.pk:
            raise TypeError("A file of a release never changes.")
        super().save(*args, **kwargs)

    @property
    def content_type(self) -> str:
        """The media type (RFC 9110)."""
        suffix = self.filename.rpartition(".")[2].lower()
        return CONTENT_TYPES.get(suffix, "application/octet-stream")
