"""An episode: a recording, what it is about, and the words that are said in it."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    InlinePanel,
    MultiFieldPanel,
    TitleFieldPanel,
)
from wagtail.models import PageManager

from core.contracts import SearchPassage
from core.fields import BodyField
from core.models import BasePage
from core.plain_text import stream_text
from podcasts.artwork import check_artwork
from podcasts.blocks import NotesBlock
from podcasts.enums import EpisodeType
from podcasts.models.parts import refuse_after_end
from podcasts.models.transcript import Transcript
from podcasts.page_forms import NO_AUDIO, EpisodeForm
from podcasts.panels import RecordingPanel
from podcasts.passages import passages_of
from podcasts.public_episode import PublicEpisode
from podcasts.querysets import EpisodeQuerySet


def new_guid() -> str:
    """Return the identity of a new episode. It never changes, whatever its address becomes."""
    return str(uuid.uuid4())


class EpisodePage(PublicEpisode, BasePage):
    """One episode of a series."""

    parent_page_types = ["podcasts.PodcastPage"]
    subpage_types: list[str] = []

    search_kind = "episode"
    search_kind_label = _("Episode")
    answers_questions = False

    audio = models.ForeignKey(
        "podcasts.AudioFile",
        verbose_name=_("recording"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="episodes",
        error_messages={"blank": NO_AUDIO, "null": NO_AUDIO},
    )
    season = models.PositiveSmallIntegerField(_("season"), null=True, blank=True)
    number = models.PositiveSmallIntegerField(
        _("number"), null=True, blank=True, help_text=_("Its place in the season.")
    )
    episode_type = models.CharField(
        _("type"), max_length=8, choices=EpisodeType.choices, default=EpisodeType.FULL
    )
    explicit = models.BooleanField(
        _("not for children"),
        default=False,
        help_text=_("Only needed when this episode differs from the series."),
    )
    picture = models.ForeignKey(
        "core.HubImage",
        verbose_name=_("picture of the episode"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Square, 1400 to 3000 pixels. Empty: the picture of the series."),
    )
    notes = BodyField(NotesBlock(), blank=True, verbose_name=_("show notes"))
    guid = models.CharField("guid", max_length=500, default=new_guid, editable=False)

    base_form_class = EpisodeForm
    exclude_fields_in_copy = ["guid"]
    objects = PageManager.from_queryset(EpisodeQuerySet)()

    content_panels = [
        TitleFieldPanel("title"),
        FieldPanel("audio"),
        RecordingPanel(heading=_("The recording, and what is missing")),
        FieldRowPanel([FieldPanel("season"), FieldPanel("number"), FieldPanel("episode_type")]),
        FieldPanel("lead"),
        FieldPanel("notes"),
        InlinePanel("people", heading=_("People"), label=_("Person")),
        InlinePanel("chapters", heading=_("Chapters"), label=_("Chapter")),
        InlinePanel(
            "mentions",
            heading=_("Studies and releases it talks about"),
            label=_("Study or release"),
            help_text=_(
                "Readers of the study see that it is discussed here, and from which minute."
            ),
        ),
        BasePage.themes_panel,
        MultiFieldPanel([FieldPanel("picture"), FieldPanel("explicit")], heading=_("For apps")),
    ]

    class Meta:
        verbose_name = _("episode")
        verbose_name_plural = _("episodes")

    # --- Checks ---------------------------------------------------------------

    def clean(self) -> None:
        """Check the picture, and that nothing begins after the end."""
        super().clean()
        errors: dict[str, Any] = {}
        if self.picture_id and self.picture:
            try:
                check_artwork(self.picture)
            except ValidationError as error:
                errors["picture"] = error
        if self.number == 0:
            errors["number"] = ValidationError(_("Numbers begin at 1. Leave it empty for none."))
        if errors:
            raise ValidationError(errors)
        if self.audio_id and self.audio:
            refuse_after_end([*self.chapters.all(), *self.mentions.all()], self.audio.duration)

    def with_content_json(self, content: Mapping[str, Any]) -> EpisodePage:
        """Return a revision as a page; its identity is that of the episode, not of a revision."""
        page: EpisodePage = super().with_content_json(content)
        page.guid = self.guid
        return page

    # --- What is said ---------------------------------------------------------

    @cached_property
    def spoken(self) -> Transcript | None:
        """The transcript: its own, or else that of a translation with the same recording."""
        try:
            return self.transcript
        except ObjectDoesNotExist:
            pass
        twins = type(self).objects.filter(
            translation_key=self.translation_key, audio_id=self.audio_id, audio__isnull=False
        )
        return Transcript.objects.filter(episode__in=twins.exclude(pk=self.pk)).first()

    # --- Card and search ------------------------------------------------------

    @property
    def place(self) -> str:
        """Its season and number for readers: "Season 2, episode 5", "" without a number."""
        if self.number is None:
            return ""
        if self.season is None:
            return gettext("Episode %(number)d") % {"number": self.number}
        return gettext("Season %(season)d, episode %(number)d") % {
            "season": self.season,
            "number": self.number,
        }

    @property
    def length(self) -> str:
        """How long it takes, for people: "12:34", "" when that is not known."""
        return self.audio.length if self.audio and self.audio.duration else ""

    def card_facts(self) -> Sequence[str]:
        """Return its place in the series and its length."""
        kind = "" if self.episode_type == EpisodeType.FULL else self.get_episode_type_display()
        return [fact for fact in (str(kind), self.place, self.length) if fact]

    def search_year(self) -> int | None:
        """The year in which it came out."""
        return self.first_published_at.year if self.first_published_at else None

    def search_body(self) -> str:
        """The show notes, the chapters and the people."""
        chapters = ", ".join(chapter.title for chapter in self.chapters.all())
        people = ", ".join(person.name for person in self.people.all())
        return "\n\n".join(part for part in (stream_text(self.notes), chapters, people) if part)

    def search_passages(self) -> Iterator[SearchPassage]:
        """Yield what is said, in passages of about a minute."""
        spoken = self.spoken
        if spoken:
            language = spoken.language or self.language
            yield from passages_of(spoken.cue_list, self.url or "", language)
