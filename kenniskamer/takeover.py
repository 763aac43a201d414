"""Taking offers over into a new draft of a study. The live page stays as it is."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.core.exceptions import ValidationError

from core.models import PageTheme
from kenniskamer.identifiers import clean_doi, clean_isbn
from kenniskamer.models import ResearchAuthor, ResearchPage
from kenniskamer.offers import TARGETS, Offer
from kenniskamer.suggestions import names_of

FAMILY_CHARACTERS, GIVEN_CHARACTERS = 160, 120
Take = Callable[[ResearchPage, str], None]


def take_over(page: ResearchPage, target: str, value: str, user: Any) -> None:
    """Put one offer into a new draft.

    Raises ValidationError when the value does not fit the field.
    """
    _put(page, target, value)
    page.save_revision(user=user, log_action=True)


def take_all(page: ResearchPage, offers: Iterable[Offer], user: Any) -> list[str]:
    """Put offers into the fields that are still empty; return the names of those fields.

    Nothing an editor filled in is replaced. An offer that does not fit is left out.
    """
    taken = []
    for offer in offers:
        for target in offer.targets:
            if is_empty(page, target) or target == "theme":
                try:
                    _put(page, target, offer.value)
                except ValidationError:
                    continue
                taken.append(str(TARGETS[target]))
    if taken:
        page.save_revision(user=user, log_action=True)
    return list(dict.fromkeys(taken))


def is_empty(page: ResearchPage, target: str) -> bool:
    """Say whether a field of a draft has nothing of an editor in it yet."""
    if target == "authors":
        return not page.authors.exists()
    if target == "study_kind":
        # Every study has a kind; the one it is made with is nobody's choice.
        return bool(page.study_kind == ResearchPage._meta.get_field("study_kind").default)
    return target not in ("theme", "subtitle", "title") and not getattr(page, target)


def _put(page: ResearchPage, target: str, value: str) -> None:
    if target in _SPECIAL:
        _SPECIAL[target](page, value)
        return
    try:
        cleaned: Any = _CLEANERS.get(target, str)(value)
    except ValueError as error:
        raise ValidationError(str(error)) from error
    before = getattr(page, target)
    setattr(page, target, cleaned)
    others = [field.name for field in page._meta.fields if field.name != target]
    try:
        page.clean_fields(exclude=others)
    except ValidationError:
        setattr(page, target, before)
        raise


def _append_subtitle(page: ResearchPage, value: str) -> None:
    if value.casefold() not in page.title.casefold():
        page.title = f"{page.title}: {value}"[:255]


def _add_authors(page: ResearchPage, value: str) -> None:
    """Add the authors who are not there yet, behind those who are."""
    known = {author.full_name.casefold() for author in page.authors.all()}
    for place, name in enumerate(names_of(value), start=len(known)):
        author = ResearchAuthor(
            family_name=name.full_family[:FAMILY_CHARACTERS],
            given_names=name.given[:GIVEN_CHARACTERS],
            sort_order=place,
        )
        if author.full_name.casefold() not in known:
            page.authors.add(author)


def _add_theme(page: ResearchPage, value: str) -> None:
    rows = list(page.page_themes.all())
    if int(value) not in {row.theme_id for row in rows}:
        page.page_themes.add(PageTheme(theme_id=int(value), sort_order=len(rows)))


_SPECIAL: dict[str, Take] = {
    "subtitle": _append_subtitle,
    "authors": _add_authors,
    "theme": _add_theme,
}
_CLEANERS: dict[str, Callable[[str], Any]] = {
    "published_year": int,
    "doi": clean_doi,
    "isbn": clean_isbn,
}
