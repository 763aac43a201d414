"""The form of an episode: its number is suggested, and is only used once."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.models import Page

from podcasts.enums import EpisodeType
from podcasts.numbering import Place, suggest

NO_AUDIO = _("Choose the recording first: an episode without sound cannot be published.")


class EpisodeForm(WagtailAdminPageForm):
    """Suggests season and number; says in a sentence what keeps it from being published."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "audio" in self.fields:
            self.fields["audio"].error_messages["required"] = NO_AUDIO
        if not self.instance.pk and not self.is_bound:
            place = suggest(Place(*row) for row in self._places())
            self.initial.update(season=place.season, number=place.number)

    def _siblings(self) -> Any:
        model = type(self.instance)
        if self.parent_page is None:
            return model.objects.none()
        return model.objects.child_of(self.parent_page).exclude(pk=self.instance.pk)

    def _places(self) -> Any:
        return self._siblings().values_list("season", "number", "episode_type")

    def clean(self) -> dict[str, Any]:
        """Refuse a number that another episode of the season has."""
        cleaned: dict[str, Any] = super().clean()
        number = cleaned.get("number")
        if number and cleaned.get("episode_type") == EpisodeType.FULL:
            same = self._siblings().filter(
                season=cleaned.get("season"), number=number, episode_type=EpisodeType.FULL
            )
            twin: Page | None = same.first()
            if twin:
                text = _("“%(title)s” already has this number.") % {"title": twin.title}
                self.add_error("number", text)
        return cleaned
