"""Where a page is used: the public pages that link to it, grouped by kind.

A room can add at which places of its pages: the minutes of an episode.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from django.contrib.contenttypes.models import ContentType
from django.db.models import BigIntegerField, Case, QuerySet, When
from django.db.models.functions import Cast

from wagtail.models import Page, ReferenceIndex

from core.querysets import visible

MOST = 100
"""Uses that are shown; a page that is linked from everywhere says so with these."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where inside a page another is used: a name for readers, and the end of an address."""

    label: str
    fragment: str


@dataclass(frozen=True, slots=True)
class Uses:
    """The pages of one kind that use a page; some say at which places, by their id."""

    label: str
    pages: list[Page]
    places: Mapping[int, Sequence[Place]] = field(default_factory=dict)

    @property
    def rows(self) -> list[tuple[Page, Sequence[Place]]]:
        """The pages, each with its places."""
        return [(page, self.places.get(page.pk, ())) for page in self.pages]


PlacesOf = Callable[[Page, Sequence[Page]], Mapping[int, Sequence[Place]]]
_places: list[PlacesOf] = []


def register_places(places_of: PlacesOf) -> None:
    """Let a room say where inside its pages a page is used.

    The function gets the page and the pages that use it, and returns places by page id.
    It asks the database nothing when none of the pages is its own.
    """
    if places_of not in _places:
        _places.append(places_of)


def used_by(page: Page, *, leave_out: str = "") -> list[Uses]:
    """Return the public pages that refer to a page, in one query and one for each room's places.

    Every page class of every room is found, because the CMS keeps a list of
    references in fields, blocks and rich text. `leave_out` names a relation whose
    references say something else than use.
    """
    found = visible(Page.objects.filter(pk__in=_referring(page, leave_out))).exclude(pk=page.pk)
    rows = list(found.order_by("title")[:MOST])
    groups: dict[str, list[Page]] = {}
    for row in rows:
        groups.setdefault(_kind(row), []).append(row)
    places = _places_in(page, rows)
    return [Uses(label, groups[label], places) for label in sorted(groups)]


def _places_in(page: Page, users: Sequence[Page]) -> dict[int, Sequence[Place]]:
    found: dict[int, Sequence[Place]] = {}
    for places_of in _places:
        found.update(places_of(page, users))
    return found


def _referring(page: Page, leave_out: str) -> QuerySet[ReferenceIndex]:
    pages = ContentType.objects.get_for_model(Page)
    references = ReferenceIndex.get_references_to(page).filter(base_content_type=pages)
    if leave_out:
        references = references.exclude(model_path__startswith=f"{leave_out}.")
    # The ids of other models may be no numbers; the condition keeps them from the cast.
    number = Case(
        When(base_content_type=pages, then=Cast("object_id", BigIntegerField())), default=None
    )
    return references.annotate(referring=number).values("referring")


def _kind(page: Page) -> str:
    model = page.cached_content_type.model_class() or Page
    return str(getattr(model, "search_kind_label", "") or model._meta.verbose_name)
