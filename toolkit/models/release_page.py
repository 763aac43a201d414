"""The page of one release: composed in the CMS, frozen when it comes out."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.fields import RichTextField
from wagtail.models import Page
from wagtail_localize.fields import SynchronizedField

from core.fields import BodyField
from core.models import BasePage
from toolkit.blocks import RICH, ChaptersBlock
from toolkit.enums import OPEN, PUBLIC, ReleaseState, ToolkitLicence
from toolkit.freezing import Frozen, freeze
from toolkit.models.release import Release
from toolkit.panels import StandingPanel
from toolkit.public_release import PublicRelease
from toolkit.standing import NotReleasedError, ReleasedError, ReleaseLock, ReleasePermissions
from toolkit.versions import Version, VersionError


def check_version(text: str) -> None:
    """Refuse what is not a version number. Raises ValidationError."""
    try:
        Version.parse(text)
    except VersionError as error:
        raise ValidationError(
            _("Write two or three numbers with dots between them: 1.0 or 2.0.1.")
        ) from error


def slug_of(version: Version) -> str:
    """Return the slug of a release: slugs hold no dots."""
    return "-".join(map(str, version.numbers))


TAKEN = _("There is already a release with this number.")


def _about_version(error: ValidationError) -> ValidationError:
    """Return an error about the slug as one about the number it was made from."""
    if "slug" not in getattr(error, "error_dict", {}):
        return error
    return ValidationError({"version": TAKEN})


class ReleaseForm(WagtailAdminPageForm):
    """The form of a release. A new page has no place yet: its number is checked here."""

    def clean(self) -> dict[str, Any]:
        """Refuse a number that is in use."""
        cleaned: dict[str, Any] = super().clean()
        if not self.instance.path and "version" in cleaned:
            slug = slug_of(Version.parse(cleaned["version"]))
            if not Page._slug_is_available(slug, self.parent_page):
                self.add_error("version", TAKEN)
        return cleaned


class ReleasePage(PublicRelease, BasePage):
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
        StandingPanel(heading=_("Where it stands")),
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

    base_form_class = ReleaseForm
    has_workflow = False  # releasing asks a second pair of eyes of its own

    class Meta:
        verbose_name = _("release of the toolkit")
        verbose_name_plural = _("releases of the toolkit")

    def full_clean(self, *args: Any, **kwargs: Any) -> None:
        """Derive what follows from the number before everything is checked."""
        self._derive()
        super().full_clean(*args, **kwargs)

    def clean(self) -> None:
        """Refuse a number that another release of this toolkit has."""
        try:
            super().clean()
        except ValidationError as error:
            raise _about_version(error) from error

    def minimal_clean(self) -> None:
        """Check of a draft only what its address needs. Raises ValidationError."""
        self.version = self._meta.get_field("version").clean(self.version, self)
        self._derive()
        try:
            super().minimal_clean()
        except ValidationError as error:
            raise _about_version(error) from error

    def _derive(self) -> None:
        """Set the three numbers, and the slug they make."""
        try:
            number = Version.parse(self.version)
        except VersionError:
            number = Version(0, 0)  # the field says what is wrong
        self.major, self.minor, self.patch = number.numbers
        self.slug = slug_of(number)

    def set_url_path(self, parent: Page | None) -> str:
        """Let the address end in the number as people write it: /toolkit/1.0/."""
        if parent is None:
            return str(super().set_url_path(parent))
        self.url_path = f"{parent.url_path}{self.version}/"
        return self.url_path

    @property
    def number(self) -> Version:
        """The version as a number that can be compared."""
        return Version.parse(self.version)

    # --- Standing -------------------------------------------------------------

    @property
    def standing(self) -> Release | None:
        """Where this release stands; None when it was never offered for release."""
        return Release.objects.filter(page_id=self.pk).first() if self.pk else None

    @property
    def state(self) -> str:
        """The state of this release."""
        standing = self.standing
        return standing.state if standing else ReleaseState.COMPOSING

    @property
    def state_label(self) -> str:
        """The state in words."""
        return str(ReleaseState(self.state).label)

    @property
    def is_released(self) -> bool:
        """Say whether this came out; from then on it never changes."""
        return self.state in PUBLIC

    def get_lock(self) -> Any:
        """Lock the form while the release is offered or built, and for ever after it is out."""
        state = self.state
        return super().get_lock() if state in OPEN else ReleaseLock(self, state)

    def permissions_for_user(self, user: Any) -> ReleasePermissions:
        """Return what this user may do with this release."""
        return ReleasePermissions(user, self)

    # --- Writing --------------------------------------------------------------

    def save_revision(self, *args: Any, **kwargs: Any) -> Any:
        """Save a draft. Raises ReleasedError once the release is out."""
        if self.is_released:
            raise ReleasedError(f"Release {self.version} is out and never changes.")
        return super().save_revision(*args, **kwargs)

    def publish(self, revision: Any, *args: Any, **kwargs: Any) -> None:
        """Publish, as the last step of releasing. Raises NotReleasedError otherwise."""
        if not self.is_released:
            raise NotReleasedError("A release is published by releasing it.")
        super().publish(revision, *args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> Any:
        """Delete a draft with what was noted about its release; what came out is protected."""
        Release.objects.forget_drafts(self)
        return super().delete(*args, **kwargs)

    # --- Reading --------------------------------------------------------------

    @cached_property
    def frozen(self) -> Frozen:
        """What readers get: frozen for ever when it is out, and as it is now before that.

        Raises FreezingError when a draft holds a part that cannot be frozen.
        """
        standing = self.standing
        if standing and standing.is_public:
            return Frozen(standing.content, picture_urls=standing.picture_urls())
        return freeze(self)
