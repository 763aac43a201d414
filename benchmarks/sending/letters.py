"""One of every mail that the hub sends, in both languages, in a folder of a scratch site."""

from __future__ import annotations

import datetime as dt
import email
import email.policy
import re
from email.message import EmailMessage
from pathlib import Path
from typing import Any

from benchmarks.sending.site import PROJECT

LANGUAGES = ("nl", "en")
LONG = dt.timedelta(days=300)
ADDRESS = re.compile(r"https?://[^\s\"<>]+")


def templates() -> set[str]:
    """Return the names of the mails that are written to one person."""
    names = {path.stem for path in (PROJECT / "templates" / "mail").glob("*.txt")}
    return names - {"base"}


def person(name: str, language: str) -> Any:
    """Return somebody who agreed to everything."""
    from participants.consent import give
    from participants.enums import Method, Purpose
    from participants.models import Participant

    made = Participant.objects.create(
        address=f"{name}-{language}@people.example.org", name="Noor", language=language
    )
    for purpose in Purpose:
        give(made, purpose, method=Method.CONFIRMED)
    return Participant.objects.get(pk=made.pk)


def write_letters(language: str) -> None:
    """Have the rooms write every kind of letter to invented people."""
    from participants import joining, mine_address, mine_link
    from participants.enums import Purpose
    from participants.models import JoinRequest, NewAddress

    known = person("known", language)
    asked = {"name": "Noor", "language": language, "purposes": [Purpose.NEWSLETTER]}
    for name in ("new", "confirming"):
        joining.ask(address=f"{name}-{language}@people.example.org", form_address="/nl/", **asked)
    joining.ask(address=known.address, form_address="/nl/", **asked)
    for row in JoinRequest.objects.filter(taken_up_at=None):
        joining.take_up(row.pk)
    joining.confirm(JoinRequest.objects.get(address=f"confirming-{language}@people.example.org"))
    mine_link.mail_link(known.address, language)
    mine_address.ask_new_address(known, f"later-{language}@people.example.org")
    mover = person("mover", language)
    mine_address.ask_new_address(mover, f"moved-{language}@people.example.org")
    mine_address.confirm(NewAddress.objects.get(participant=mover))
    follow(language)


def follow(language: str) -> None:
    """Ask to follow something, and have who follows it told that, and what is new in it."""
    from django.utils import timezone

    from newsletter.alerts.subjects import Subject
    from newsletter.following import asking
    from newsletter.models import Follow
    from newsletter.models.follow import Frequency

    subject = Subject("q=draagvlak" if language == "nl" else "q=support", language)
    address = f"asks-{language}@people.example.org"
    asking.ask(asking.Wish(subject, address, "Noor", Frequency.DAILY, "/nl/"))
    follower = person("follows", language)
    Follow.objects.create(
        participant=follower,
        query=subject.query,
        language=language,
        frequency=Frequency.DAILY,
        confirmed_at=timezone.now() - LONG,
    )
    asking.ask(asking.Wish(subject, follower.address, "Noor", Frequency.DAILY, "/nl/"))


def hold(edition: Any) -> None:
    """Have the machine hold an edition, and ask who approved it in every language."""
    from wagtail.users.models import UserProfile

    from newsletter import waiting
    from newsletter.enums import EditionState
    from newsletter.models import Edition

    row = Edition.objects.filter(pk=edition.pk)
    editor = row.get().approved_by
    for language in LANGUAGES:
        UserProfile.objects.update_or_create(user=editor, defaults={"preferred_language": language})
        row.update(state=EditionState.PAUSED, reason="The server refuses it all.", asked_at=None)
        waiting.ask_editors()
    row.update(state=EditionState.SENT, reason="")


def write_alerts() -> None:
    """Make the alerts of this morning, whatever the time is now."""
    from django.utils import timezone

    from newsletter.alerts import calendar, morning

    morning.send_due(calendar.local_hour(timezone.localdate()) + dt.timedelta(minutes=1))


def send_letters() -> set[str]:
    """Put every letter in the folder; return which templates went out in every language."""
    from core import mail_sending
    from core.models import Letter

    for pk in Letter.objects.values_list("pk", flat=True):
        letter = mail_sending.claim(pk)
        if letter:
            mail_sending.attempt(letter)
    sent = {(row.template, row.language) for row in Letter.objects.filter(state="sent")}
    return {name for name, _language in sent if all((name, one) in sent for one in LANGUAGES)}


def approve_edition() -> Any:
    """Approve an edition of everything the demo has, and let it be due."""
    from django.utils import timezone

    from core.models import User
    from newsletter import approving, composing, scheduling
    from newsletter.models import Edition, EditionPage

    editor = User.objects.create_superuser("editor", "editor@people.example.org")
    composing_now = composing.open_edition()
    if composing_now is None or not composing_now.pages.exists():
        composing_now = composing.begin(user=editor, start=timezone.now() - LONG)
    edition = Edition.objects.get(pk=composing_now.pk)
    for page in EditionPage.objects.filter(edition=edition):
        draft = page.get_latest_revision_as_object()
        draft.subject = f"Nieuws in het {draft.language}"
        draft.preview_text = f"Wat er nieuw is, {draft.language}"
        draft.save_revision(user=editor)
    approving.approve(edition_id=edition.pk, user=editor)
    scheduling.send_now(edition_id=edition.pk)
    return edition


def mails(folder: Path) -> list[EmailMessage]:
    """Read every mail of a folder."""
    parse = email.message_from_bytes
    found = (path.read_bytes() for path in sorted(folder.glob("*.eml")))
    return [parse(raw, policy=email.policy.default) for raw in found]  # type: ignore[misc]


def links(message: EmailMessage) -> set[str]:
    """Return every address in the parts of a mail and in its List-Unsubscribe."""
    texts = [str(message.get("List-Unsubscribe", "")).replace("\n", "")]
    for kind in ("plain", "html"):
        part = message.get_body((kind,))
        texts.append(part.get_content() if part else "")
    found = {url.replace("&amp;", "&") for text in texts for url in ADDRESS.findall(text)}
    return {url.rstrip(".,;)") for url in found}
