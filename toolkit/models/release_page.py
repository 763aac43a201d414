"""The page of one release: composed in the CMS, frozen when it comes out."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.fields import RichTextField
from wagtail.models import Page
from wagtail_localize.fields import SynchronizedField

from core.fields import BodyField
from core.models import BasePage
from toolkit.blocks import RICH, ChaptersBlock
from toolkit.enums import ToolkitLicence
from toolkit.models.release import Release
from toolkit.versions import Version, VersionError


def check_version(text: str) -> None:
    """Refuse what is not a version number. Raises ValidationError."""
    try:
        Version.parse(text)
    except VersionError as error:
        raise ValidationError(
            _("Write two or three numbers with dots between them: 1.0 or 2.0.1.")
        ) from error


class ReleasePage(BasePage):
    """One numbered release of the toolkit, in one language.

    While it is composed it is a draft like any page. Only `toolkit.releasing`
    publishes it; after that nothing about it can be edited.
    """

    parent_page_types = ["toolkit.ToolkitPage"]
    subpage_types: list[str] = []

    search_kind = "release"
    search_kind_label = _("Release of the toolkit")

    version = models.CharField(
        _("version"),
        max_length=14,
        validators=[check_version],
        help_text=_("Two or three numbers: 1.0, 1.1, 2.0.1. It is part of the address."),
    )
    major = models.PositiveSmallIntegerField(default=0, editable=False)
    minor = models.PositiveSmallIntegerField(default=0, editable=False)
    patch = models.PositiveSmallIntegerField(default=0, editable=False)
    released_on = models.DateField(
        _("date"), default=timezone.localdate, help_text=_("Printed on every page.")
    )
    licence = models.CharField(
        _("licence"),
        max_length=20,
        choices=ToolkitLicence.choices,
        default=ToolkitLicence.CC_BY,
    )
    notes = RichTextField(
        _("what is new"),
        blank=True,
        features=RICH,
        help_text=_("In plain words, for people who have the version before."),
    )
    chapters = BodyField(ChaptersBlock(), blank=True, verbose_name=_("chapters"))

    override_translatable_fields = [
        SynchronizedField("version"),
        SynchronizedField("licence"),
        SynchronizedField("released_on"),
        SynchronizedField("slug"),
    ]

    content_panels = [
        FieldPanel("title"),
        MultiFieldPanel(
            [
                FieldRowPanel(
                    [FieldPanel("version"), FieldPanel("released_on"), FieldPanel("licence")]
                ),
                FieldPanel("lead"),
                FieldPanel("notes"),
            ],
            heading=_("This release"),
        ),
        FieldPanel("chapters"),
        BasePage.themes_panel,
    ]
    promote_panels = [FieldPanel("search_description"), FieldPanel("share_image")]

    class Meta:
        verbose_name = _("release of the toolkit")
        verbose_name_plural = _("releases of the toolkit")

    def full_clean(self, *args: Any, **kwargs: Any) -> None:
        """Derive what follows from the number: its parts, and the slug."""
        try:
            number = Version.parse(self.version)
        except VersionError:
            number = Version(0, 0)  # the field says what is wrong
        self.major, self.minor, self.patch = number.numbers
        self.slug = "-".join(map(str, number.numbers))
        super().full_clean(*args, **kwargs)

    def clean(self) -> None:
        """Refuse a number that another release of this toolkit has."""
        super().clean()
        parent = self.get_parent() if self.path else None
        if parent and not Page._slug_is_available(self.slug, parent, self):
            raise ValidationError({"version": _("There is already a release with this number.")})

    def set_url_path(self, parent: Page | None) -> str:
        """Let the address end in the number as people write it: /toolkit/1.0/."""
        if parent is None:
            return str(super().set_url_path(parent))
        self.url_path = f"{parent.url_path}{self.version}/"
        return self.url_path

    @cached_property
    def standing(self) -> Release | None:
        """Where this release stands; None when it was never offered for release."""
        return Release.objects.filter(page_id=self.pk).first() if self.pk else None

    @property
    def is_released(self) -> bool:
        """Say whether this came out; from then on it never changes."""
        return bool(self.standing and self.standing.is_public)
