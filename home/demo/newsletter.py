"""The newsletter of the demo: one edition as if sent, to nobody, and one to go on with."""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from core.models import User
from home.demo import markup, records
from home.demo.texts import FOLDER, LANGUAGES, typographic
from home.demo.tree import HOME
from newsletter import approving, composing
from newsletter.enums import EditionState
from newsletter.models import Edition, EditionPage, NewsletterPage
from newsletter.publishing import publish_pages

KEY, SENT = "newsletter", "edition-sent"
NINE = dt.time(9, 0)


def texts() -> dict[str, Any]:
    """Read the texts of the newsletter."""
    values = tomllib.loads((FOLDER / "newsletter.toml").read_text(encoding="utf-8"))
    printed: dict[str, Any] = typographic(values)
    return printed


@transaction.atomic
def build(editor: User, values: Mapping[str, Any] | None = None) -> int:
    """Make what is missing, and return how many editions were made."""
    values = values or texts()
    for language in LANGUAGES:
        _add_newsletter(values[language], language, values["sent"]["on"], editor)
    first = records.page_of("page", KEY, LANGUAGES[0])
    if first is None or records.is_made("edition", SENT, LANGUAGES[0]) or Edition.objects.exists():
        return 0
    records.remember(first, "edition", SENT, LANGUAGES[0], editor)
    _send_to_nobody(values["sent"], editor)
    composing.begin(user=editor)
    return 2


def _add_newsletter(words: Mapping[str, str], language: str, added: dt.date, editor: User) -> None:
    home = records.page_of("page", HOME, language)
    if home is None or records.is_made("page", KEY, language):
        return
    page = NewsletterPage(
        title=words["title"], slug=words["slug"], lead=words["lead"], show_in_menus=True
    )
    # Wagtail turns the list into a stream; the stubs only know the field itself.
    page.body = markup.stream(words["body"])  # type: ignore[assignment]
    records.add(page, home, kind="page", key=KEY, language=language, added=added, editor=editor)
    records.publish(page, editor)


def _send_to_nobody(sent: Mapping[str, Any], editor: User) -> None:
    """Compose and approve an edition of some time ago, and let it have gone out."""
    edition = composing.begin(user=editor, at=_at(sent["until"]), start=_at(sent["from"]))
    for page in EditionPage.objects.filter(edition=edition):
        draft = page.get_latest_revision_as_object()
        words = sent[draft.language]
        intro = {
            "type": "text",
            "id": str(records.identity("edition intro")),
            "value": markup.html(words["intro"]),
        }
        draft.subject, draft.preview_text = words["subject"], words["preview"]
        draft.body = [intro, *draft.body.raw_data]
        draft.first_published_at = _at(sent["on"])
        draft.save_revision(user=editor, log_action=True)
    try:
        approving.approve(edition_id=edition.pk, user=editor)
    except approving.EditionError:
        return  # nothing in it, or an editor changed what it needs: it stays a draft
    edition.refresh_from_db()
    edition.state = EditionState.SENT
    edition.started_at = edition.queued_at = edition.finished_at = _at(sent["on"])
    edition.save()
    publish_pages(edition)


def _at(day: dt.date) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, NINE))
