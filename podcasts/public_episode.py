"""What listeners see of an episode, and the addresses under it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.urls import Resolver404

from wagtail.url_routing import RouteResult

from podcasts import described, feeds, formats
from podcasts.answers import for_apps
from podcasts.chapters import JSON_TYPE
from podcasts.formats import CHAPTERS, FILES, WORDS
from podcasts.shown import has_words, neighbours, shown_chapters, shown_mentions, sound_of, turns_of

if TYPE_CHECKING:
    from core.models import BasePage as _Base
else:
    _Base = object


class PublicEpisode(_Base):
    """An episode with its player, its words, and what it talks about."""

    def get_route_paths(self) -> list[str]:
        """Return what leads on when the address of the episode changes."""
        return [*super().get_route_paths(), f"/{WORDS}/", *(f"/{name}" for name in FILES)]

    def resolve_subpage(self, path: str) -> None:
        """Accept the addresses that redirects may lead to. Raises Resolver404 for others."""
        if path.strip("/") not in (WORDS, *FILES):
            raise Resolver404(path)

    def route(self, request: HttpRequest, path_components: list[str]) -> RouteResult:
        """Know the addresses of the transcript and of the files for apps."""
        place = "/".join(path_components)
        if self.live and place in (WORDS, *FILES):
            return RouteResult(self, kwargs={"place": place})
        return super().route(request, path_components)

    def serve(
        self, request: HttpRequest, *args: Any, place: str = "", **kwargs: Any
    ) -> HttpResponseBase:
        """Answer with the episode, its transcript, or a file for apps."""
        if place == WORDS:
            return self._serve_words(request)
        if place == CHAPTERS:
            return self._serve_chapters()
        if place:
            return self._serve_transcript(place)
        response: HttpResponseBase = super().serve(request, *args, **kwargs)
        return response

    def _spoken(self) -> Any:
        """Return the transcript. Raises Http404 when there is none."""
        episode: Any = self
        if not episode.spoken or not episode.spoken.cue_list:
            raise Http404("This episode has no transcript.")
        return episode.spoken

    def _serve_words(self, request: HttpRequest) -> HttpResponseBase:
        spoken = self._spoken()
        context: dict[str, Any] = super().get_context(request)
        url = self.url or ""
        context |= {
            "turns": turns_of(spoken.cue_list, url),
            "words_language": spoken.language or self.language,
            "words_files": described.transcript_links(url),
            "words_crumbs": [*context["crumbs"], self],
            "below": {self.language: f"{WORDS}/"},
        }
        return TemplateResponse(request, "podcasts/transcript.html", context)

    def _serve_transcript(self, name: str) -> HttpResponse:
        spoken = self._spoken()
        text, kind = formats.transcript(self, name.removeprefix(f"{WORDS}."))
        return for_apps(text, f"{kind}; charset=utf-8", spoken.changed_at)

    def _serve_chapters(self) -> HttpResponse:
        episode: Any = self
        if not episode.chapters.exists():
            raise Http404("This episode has no chapters.")
        return for_apps(formats.chapters(episode), JSON_TYPE, self.last_published_at)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Name the player, the words and what belongs to the episode."""
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        episode: Any = self
        podcast = self.get_parent().specific
        url = self.url or ""
        sound = sound_of(episode, podcast, asked=request.GET.get("t", ""))
        in_words, people = has_words(episode), list(episode.people.all())
        context |= {
            "podcast": podcast,
            "sound": sound,
            "chapters": shown_chapters(episode, url),
            "people": people,
            "mentions": shown_mentions(episode, url),
            "words_url": f"{url}{WORDS}/" if in_words else "",
            "words_files": described.transcript_links(url) if in_words else [],
            "feeds": feeds.links_of(podcast),
            "citation": described.citation(episode, podcast, people),
            "jsonld": described.episode_jsonld(episode, podcast, has_words=in_words),
        }
        context["earlier"], context["later"] = neighbours(episode, podcast)
        return context
