"""What readers see of a release: its contents, each part, its files. All from what is frozen."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.core.files.storage import default_storage
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.utils.functional import cached_property
from django.utils.translation import gettext

from wagtail.url_routing import RouteResult

from core.contracts import SearchPassage
from core.plain_text import rich_text, until
from toolkit import described, feeds, files
from toolkit.addresses import compare_url
from toolkit.content import parts_of
from toolkit.difference import Difference, compare
from toolkit.enums import FileKind
from toolkit.freezing import FreezingError, Frozen
from toolkit.models.release import Release
from toolkit.parts_shown import ON_ONE_PAGE, ShownPart, chapters_shown
from toolkit.passages import passages_of
from toolkit.shelf import Shelf

if TYPE_CHECKING:
    from core.models import BasePage as _Base
else:
    _Base = object


SHEETS = (FileKind.SHEET_PDF, FileKind.SHEET_DOCX)


class PublicRelease(_Base):
    """A release to read on the web. Nothing of it changes but the notices above it."""

    announced_as = "released"

    def announcement_note(self) -> str:
        """Say in the change log what is new."""
        return until(rich_text(self.notes), 255)

    @cached_property
    def out(self) -> Release | None:
        """The release as it came out; None while it is composed."""
        standing: Release | None = self.standing
        return standing if standing and standing.is_public else None

    def route(self, request: HttpRequest, path_components: list[str]) -> RouteResult:
        """Know the addresses of the parts and the files."""
        if path_components and self.live and self.out:
            return RouteResult(self, kwargs={"below": "/".join(path_components)})
        return super().route(request, path_components)

    def serve(
        self, request: HttpRequest, *args: Any, below: str = "", **kwargs: Any
    ) -> HttpResponseBase:
        """Answer with the release, a part of it or a file of it."""
        if "." in below:
            return files.answer(request, self._must_be_out(), self.url or "", below)
        if below:
            return self._serve_part(request, below)
        response: HttpResponseBase = super().serve(request, *args, **kwargs)
        return response

    def _must_be_out(self) -> Release:
        """Return the release. Raises Http404 while it is composed."""
        if self.out is None:
            raise Http404("This release is not out.")
        return self.out

    def _serve_part(self, request: HttpRequest, slug: str) -> HttpResponseBase:
        context = self.get_context(request)
        parts = [part for chapter in context["chapters"] for part in chapter.parts]
        place = next((n for n, shown in enumerate(parts) if shown.part["slug"] == slug), None)
        if place is None:
            raise Http404("There is no such part in this release.")
        shown = parts[place]
        context |= {
            "shown": shown,
            "before": parts[place - 1] if place else None,
            "after": parts[place + 1] if place + 1 < len(parts) else None,
            "part_crumbs": [*context["crumbs"], self],
            "sheets": self._must_be_out().files.filter(part=shown.part["id"], kind__in=SHEETS),
            "picture_url": picture_url(shown.part["picture"]),
            "below": self._below(shown),
            "now": part_now(shown, context["since"], context["newest"]),
        }
        return TemplateResponse(request, "toolkit/part.html", context)

    def _below(self, shown: ShownPart) -> dict[str, str]:
        """Return the end of the address of a part, in each language that has it."""
        others = Release.objects.public().filter(page__translation_key=self.translation_key)
        found = {self.language: f"{shown.part['slug']}/"}
        for other in others.exclude(page=self.pk).only("content"):
            slugs = (p["slug"] for p in parts_of(other.content) if p["id"] == shown.part["id"])
            if slug := next(slugs, ""):
                found[other.content["language"]] = f"{slug}/"
        return found

    @cached_property
    def content(self) -> dict[str, Any]:
        """What was frozen; {} while it is composed."""
        return dict(self.out.content) if self.out else {}

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Name the contents, the files, and where this release stands among the others."""
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        if self.out is None:
            return context | self._as_draft()
        shelf = Shelf(self.get_parent())
        own = shelf.find(self.version) if self.out else None
        newest = shelf.newest
        is_old = bool(own and newest and own is not newest)
        since = compare(self.content, newest.release.content) if is_old and newest else None
        context |= {
            "content": self.content,
            "chapters": chapters_shown(self.content, self.url or ""),
            "own": own,
            "newest": newest if is_old else None,
            "since": since,
            "compare": compare_url(shelf.url, own.number, newest.number)
            if is_old and own and newest
            else "",
            "citation": described.citation(self, request),
            "feeds": feeds.links_of(shelf.url),
        }
        if own:
            before = shelf.before(own)
            context["compare_before"] = (
                compare_url(shelf.url, before.number, own.number) if before else ""
            )
            context["tags"] = described.tags(self, own, request)
            context["jsonld"] = described.jsonld(self, own, before, request)
        return context

    def _as_draft(self) -> dict[str, Any]:
        """Name what readers would see: for the preview, with all parts on one page."""
        try:
            frozen: Frozen = self.frozen
        except FreezingError as error:
            return {"trouble": str(error)}
        chapters = chapters_shown(frozen.content, ON_ONE_PAGE)
        parts = [shown for chapter in chapters for shown in chapter.parts]
        urls = frozen.picture_urls
        return {
            "content": frozen.content,
            "chapters": chapters,
            "drafted": [
                (shown, urls.get((shown.part["picture"] or {}).get("sha256", ""), ""))
                for shown in parts
            ],
        }

    # --- Search ---------------------------------------------------------------

    @property
    def card_lead(self) -> str:
        """The lead, or what is new."""
        return until(self.lead or rich_text(self.notes), 220)

    def card_facts(self) -> Sequence[str]:
        """Return the version."""
        return [gettext("Version %(number)s") % {"number": self.version}]

    def search_year(self) -> int | None:
        """Return the year in which it came out."""
        return self.released_on.year

    def search_body(self) -> str:
        """What is new."""
        return rich_text(self.notes)

    def search_passages(self) -> Iterator[SearchPassage]:
        """Yield the parts of the newest release; those of older ones say the same twice."""
        if self.out and is_newest(self):
            yield from passages_of(self.content, self.url or "")


def is_newest(page: Any) -> bool:
    """Say whether readers are sent to this release for the newest."""
    newest = Release.objects.child_of(page.get_parent()).usable().newest_first()
    return bool(newest.values_list("page_id", flat=True).first() == page.pk)


def picture_url(picture: dict[str, Any] | None) -> str:
    """Return where the picture of a part stands, "" for a part without one."""
    if not picture:
        return ""
    sha256 = picture["sha256"]
    return default_storage.url(f"toolkit/pictures/{sha256[:2]}/{sha256}.{picture['format']}")


@dataclass(frozen=True, slots=True)
class PartNow:
    """How a part of an old release stands in the newest; `url` is "" when it is gone."""

    is_gone: bool
    is_changed: bool
    is_moved: bool
    url: str


def part_now(shown: ShownPart, since: Difference | None, newest: Any) -> PartNow | None:
    """Compare one part with the newest release; None when this is the newest."""
    if since is None or newest is None:
        return None
    key = shown.part["id"]
    now = next((part for part in parts_of(newest.release.content) if part["id"] == key), None)
    return PartNow(
        is_gone=now is None,
        is_changed=any(change.new.part["id"] == key for change in since.changed),
        is_moved=any(move.new.part["id"] == key for move in since.moved),
        url=f"{newest.url}{now['slug']}/" if now else "",
    )
