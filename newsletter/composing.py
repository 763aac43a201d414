"""Beginning an edition: one page per language, filled with what is new since the last."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable, Iterator
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone, translation
from django.utils.dates import MONTHS
from django.utils.text import slugify
from django.utils.translation import gettext as _

from wagtail.models import Page

from core.plain_text import until
from newsletter.blocks import News
from newsletter.collecting import Told, grouped, since, told_between
from newsletter.enums import EditionState
from newsletter.models import Edition, EditionPage, NewsletterPage
from newsletter.models.edition_page import PREVIEW_LENGTH
from newsletter.reading import page_ids

Row = dict[str, Any]


def open_edition() -> Edition | None:
    """Return the edition that is being composed, if there is one."""
    drafts = Edition.objects.filter(state=EditionState.DRAFT, pages__isnull=False)
    return drafts.order_by("-pk").first()


@transaction.atomic
def begin(*, user: Any, at: dt.datetime | None = None, start: dt.datetime | None = None) -> Edition:
    """Return the edition that is being composed, or begin one in every language.

    The newsletter's pages are locked meanwhile: two editors who begin at once get the same
    edition. News goes in that was announced since the last edition's cutoff, or `start`, up
    to `at`.
    """
    newsletters = list(NewsletterPage.objects.select_for_update().order_by("locale_id", "pk"))
    if (found := open_edition()) is not None:
        return found
    now = at or timezone.now()
    edition = Edition.objects.create(title=_title(now, settings.LANGUAGE_CODE), cutoff=now)
    news = told_between(start or since(edition), now)
    for newsletter in newsletters:
        _add_page(newsletter, edition, news, now, user)
    return edition


@transaction.atomic
def add_latest(*, edition: Edition, user: Any, at: dt.datetime | None = None) -> int:
    """Put what was announced since this edition was begun at its end; return how many works."""
    edition = Edition.objects.select_for_update().get(pk=edition.pk, state=EditionState.DRAFT)
    now = at or timezone.now()
    news = told_between(edition.cutoff or since(edition), now)
    edition.cutoff = now
    edition.save(update_fields=["cutoff"])
    put_back(edition=edition, news=news, user=user)
    return len(news)


@transaction.atomic
def put_back(*, edition: Edition, news: Iterable[Told], user: Any) -> None:
    """Put news into the edition in every language, under its own heading where that is there."""
    news = list(news)
    for page in EditionPage.objects.filter(edition=edition) if news else ():
        draft = page.get_latest_revision_as_object()
        draft.body = merged(list(draft.body.raw_data), news, draft.language)
        draft.save_revision(user=user, log_action=True)


def left_out(edition: Edition) -> list[Told]:
    """Return the news of this edition's time that stands in none of its pages."""
    news = told_between(since(edition), edition.cutoff or timezone.now())
    used = used_works(edition)
    return [one for one in news if one.work not in used]


def used_works(edition: Edition) -> set[uuid.UUID]:
    """Return the works this edition tells about, in any language."""
    numbers = [
        pk
        for page in EditionPage.objects.filter(edition=edition)
        for pk in page_ids(page.get_latest_revision_as_object())
    ]
    return set(Page.objects.filter(pk__in=numbers).values_list("translation_key", flat=True))


def prefilled(news: Iterable[Told], language: str) -> list[Row]:
    """Return the body of a new edition in a language: headings with their news."""
    return [
        row
        for heading, rows in grouped(news, language)
        for row in (_heading(heading, rows[0]), *(item_row(one, language) for one in rows))
    ]


def merged(body: list[Row], news: Iterable[Told], language: str) -> list[Row]:
    """Return a body with news added: after the last item under the same heading, or at the end."""
    here = {row["id"] for row in body}
    for heading, rows in grouped(news, language):
        items = [row for one in rows if (row := item_row(one, language))["id"] not in here]
        place = _end_of(body, heading)
        if place is None:
            body = [*body, _heading(heading, rows[0]), *items]
        else:
            body = [*body[:place], *items, *body[place:]]
    return body


def item_row(one: Told, language: str) -> Row:
    """Return a piece of news as a block; its id is the same in every language."""
    page = one.page_in(language)
    value = {
        "page": page.pk,
        "news": one.news,
        "lead": "" if one.note else until(one.card_in(language).lead, 600),
        "note": until(one.note, 255) if one.note else "",
        "picture": one.news == News.NEW,
    }
    return {"type": "item", "id": _id(f"item {one.news} {one.work}"), "value": value}


def _heading(text: str, first: Told) -> Row:
    group = first.kind if first.news == News.NEW else "mended"
    return {"type": "heading", "id": _id(f"heading {group}"), "value": text}


def _end_of(body: list[Row], heading: str) -> int | None:
    """Return the place after what stands under a heading, None when it is not there."""
    starts = [
        n for n, row in enumerate(body) if row["type"] == "heading" and row["value"] == heading
    ]
    if not starts:
        return None
    following = (n for n in range(starts[0] + 1, len(body)) if body[n]["type"] != "item")
    return next(following, len(body))


def _id(name: str) -> str:
    return str(uuid.uuid5(uuid.NAMESPACE_OID, f"edition {name}"))


def _add_page(
    newsletter: NewsletterPage, edition: Edition, news: list[Told], now: dt.datetime, user: Any
) -> None:
    language = newsletter.language
    title = _title(now, language)
    page = EditionPage(
        title=title,
        slug=_free_slug(newsletter, _month(now, language)),
        subject=title,
        preview_text=_preview(news, language),
        edition=edition,
        translation_key=edition.translation_key,
        locale=newsletter.locale,
        owner=user,
        live=False,
    )
    # Wagtail turns the list into a stream; the stubs only know the field itself.
    page.body = prefilled(news, language)  # type: ignore[assignment]
    newsletter.add_child(instance=page)
    page.save_revision(user=user, log_action=True)


def _title(now: dt.datetime, language: str) -> str:
    with translation.override(language):
        return _("Newsletter %(month)s") % {"month": _month(now, language)}


def _month(now: dt.datetime, language: str) -> str:
    day = timezone.localtime(now)
    with translation.override(language):
        return f"{MONTHS[day.month]} {day.year}"


def _preview(news: list[Told], language: str) -> str:
    titles: Iterator[str] = (one.page_in(language).title for one in news if one.news == News.NEW)
    return until(" · ".join(titles), PREVIEW_LENGTH)


def _free_slug(parent: Page, wanted: str) -> str:
    slug = base = slugify(wanted)
    number = 1
    while not Page._slug_is_available(slug, parent):
        number += 1
        slug = f"{base}-{number}"
    return slug
