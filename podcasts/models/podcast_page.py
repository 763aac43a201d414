"""A series: what it is, for people and for the apps that list it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail_localize.fields import SynchronizedField

from core.blocks import BodyBlock
from core.contracts import CardImage
from core.fields import BodyField
from core.licences import licence_url
from core.models import BasePage
from core.querysets import visible
from podcasts import categories
from podcasts.addresses import FEED, podcast_guid
from podcasts.artwork import check_artwork
from podcasts.enums import EpisodeType, Frequency, Licence, SeriesType
from podcasts.models.episode_page import EpisodePage
from podcasts.public_podcast import PublicPodcast
from podcasts.querysets import EpisodeQuerySet


class PodcastPage(PublicPodcast, BasePage):
    """A series of episodes, and the feed that brings them to apps."""

    parent_page_types = ["home.HomePage"]
    subpage_types = ["podcasts.EpisodePage"]

    search_kind = "podcast"
    search_kind_label = _("Podcast")
    show_in_menus_default = True

    artwork = models.ForeignKey(
        "core.HubImage",
        verbose_name=_("picture of the series"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Square, 1400 to 3000 pixels, JPEG or PNG. Apps show it small too."),
    )
    author = models.CharField(
        _("maker"), max_length=120, help_text=_("The person or organisation listeners see.")
    )
    owner_name = models.CharField(_("name of the owner"), max_length=120, blank=True)
    owner_email = models.EmailField(
        _("address of the owner"),
        blank=True,
        help_text=_(
            "Apps send a code to this address to see that the series is yours. It stands in the "
            "feed, so everybody can read it: give one that is not somebody's own."
        ),
    )
    category = models.CharField(
        _("category"),
        max_length=60,
        choices=categories.CHOICES,
        default="Society & Culture",
        help_text=_("From the list of Apple, which other apps use too."),
    )
    second_category = models.CharField(
        _("second category"), max_length=60, choices=categories.CHOICES, blank=True
    )
    spoken_language = models.CharField(
        _("language that is spoken"),
        max_length=12,
        blank=True,
        help_text=_("A code such as nl, en or fr. Empty: the language of this page."),
    )
    series_type = models.CharField(
        _("type"), max_length=8, choices=SeriesType.choices, default=SeriesType.EPISODIC
    )
    explicit = models.BooleanField(
        _("not for children"),
        default=False,
        help_text=_("Strong language or content that is not meant for children."),
    )
    licence = models.CharField(
        _("licence"), max_length=20, choices=Licence.choices, blank=True, default=Licence.RESERVED
    )
    funding_url = models.URLField(_("where people can give"), max_length=500, blank=True)
    funding_label = models.CharField(
        _("words of that link"), max_length=80, blank=True, help_text=_("Support this series")
    )
    frequency = models.CharField(
        _("how often"),
        max_length=40,
        choices=Frequency.choices,
        blank=True,
        default=Frequency.UNKNOWN,
    )
    is_complete = models.BooleanField(
        _("complete"),
        default=False,
        help_text=_("No more episodes will come. Apps then stop asking."),
    )
    locked_feed = models.BooleanField(
        _("locked"),
        default=True,
        help_text=_("Other hosts may not take the series over. Untick it to move it elsewhere."),
    )
    moved_to = models.URLField(
        _("new address of the feed"),
        max_length=500,
        blank=True,
        help_text=_("Only when the series goes on elsewhere: apps then follow it there."),
    )
    verification = models.CharField(
        _("proof for another service"),
        max_length=400,
        blank=True,
        help_text=_("A text that a directory asks you to put in the feed (podcast:txt)."),
    )
    guid = models.CharField("podcast:guid", max_length=36, blank=True, editable=False)
    body = BodyField(BodyBlock(), blank=True, verbose_name=_("text"))

    override_translatable_fields = [
        SynchronizedField("spoken_language"),
        SynchronizedField("verification"),
    ]
    exclude_fields_in_copy = ["guid"]

    content_panels = [
        *BasePage.content_panels,
        FieldPanel("artwork"),
        FieldPanel("body"),
        BasePage.themes_panel,
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("author"), FieldPanel("spoken_language")]),
                FieldRowPanel([FieldPanel("category"), FieldPanel("second_category")]),
                FieldPanel("series_type"),
                FieldRowPanel([FieldPanel("frequency"), FieldPanel("is_complete")]),
                FieldRowPanel([FieldPanel("licence"), FieldPanel("explicit")]),
            ],
            heading=_("For the lists of apps"),
        ),
        InlinePanel("apps", heading=_("Apps where it can be heard"), label=_("App")),
        MultiFieldPanel(
            [FieldRowPanel([FieldPanel("funding_url"), FieldPanel("funding_label")])],
            heading=_("Support"),
        ),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("owner_name"), FieldPanel("owner_email")]),
                FieldPanel("locked_feed"),
                FieldPanel("verification"),
                FieldPanel("moved_to"),
            ],
            heading=_("Ownership of the feed"),
        ),
    ]

    class Meta:
        verbose_name = _("podcast")
        verbose_name_plural = _("podcasts")

    # --- Checks ---------------------------------------------------------------

    def clean(self) -> None:
        """Check the picture, the categories, and what belongs together."""
        super().clean()
        errors: dict[str, Any] = {}
        if self.artwork_id and self.artwork:
            try:
                check_artwork(self.artwork)
            except ValidationError as error:
                errors["artwork"] = error
        if self.second_category and self.second_category == self.category:
            errors["second_category"] = ValidationError(
                _("This is the first category. Choose another one, or none.")
            )
        if self.funding_label and not self.funding_url:
            errors["funding_url"] = ValidationError(_("Give the address these words lead to."))
        if errors:
            raise ValidationError(errors)

    # --- Identity -------------------------------------------------------------

    @property
    def feed_url(self) -> str:
        """The address of the feed, with scheme and host."""
        return f"{self.full_url or ''}{FEED}"

    @property
    def feed_guid(self) -> str:
        """The podcast:guid: the one that is kept, or before publication what it will be."""
        return self.guid or podcast_guid(self.feed_url)

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep the identity from the first publication on, whatever the address becomes."""
        super().save(*args, **kwargs)
        if self.live and not self.guid and self.full_url:
            self.guid = podcast_guid(self.feed_url)
            type(self).objects.filter(pk=self.pk).update(guid=self.guid)

    def with_content_json(self, content: Mapping[str, Any]) -> PodcastPage:
        """Return a revision as a page; its identity is that of the series, not of a revision."""
        page: PodcastPage = super().with_content_json(content)
        page.guid = self.guid
        return page

    # --- Words for apps -------------------------------------------------------

    @property
    def audio_language(self) -> str:
        """The language that is spoken, as a BCP 47 code."""
        return self.spoken_language or self.language

    @property
    def category_paths(self) -> list[tuple[str, ...]]:
        """Apple's names of the categories: each one alone, or a parent and its child."""
        chosen = (self.category, self.second_category)
        return [found for name in chosen if (found := categories.parts(name))]

    @property
    def licence_url(self) -> str:
        """The text of the licence, "" when all rights are reserved."""
        return licence_url(self.licence)

    def episodes(self) -> EpisodeQuerySet:
        """The episodes a visitor may hear, newest first."""
        return visible(EpisodePage.objects.child_of(self)).newest()

    def trailers(self) -> EpisodeQuerySet:
        """The trailers a visitor may hear, newest first."""
        return self.episodes().filter(episode_type=EpisodeType.TRAILER)

    @cached_property
    def episode_count(self) -> int:
        """How many episodes a visitor may hear."""
        return self.episodes().count()

    # --- Card -----------------------------------------------------------------

    def card_facts(self) -> Sequence[str]:
        """Return who made it, and how many episodes there are."""
        count = self.episode_count
        told = ngettext("%(count)d episode", "%(count)d episodes", count) % {"count": count}
        return [fact for fact in (self.author, told if count else "") if fact]

    def card_image(self) -> CardImage | None:
        """Return the picture of the series, small."""
        if not self.artwork:
            return None
        small = self.artwork.get_rendition("fill-320x320|format-webp")
        return CardImage(small.url, small.width, small.height)

    def search_summary(self) -> str:
        """The lead, and who made it."""
        return "\n".join(part for part in (super().search_summary(), self.author) if part)
