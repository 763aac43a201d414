"""Somebody about whom every room holds something, made the way it comes about in real life."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.contrib.auth.models import Group
from django.urls import reverse
from django.utils import timezone

from newsletter.bounces import left_alone
from newsletter.bounces.mailboxes import keep_in_maildir
from newsletter.bounces.proof import alert_return_address
from newsletter.bounces.receiving import receive
from newsletter.models import Alert, BounceSource, Delivery, Edition, Told
from newsletter.wire_addresses import return_address
from participants import joining, mine_address
from participants.enums import Purpose
from participants.importing import actions
from participants.mine import pause
from participants.mine_link import mail_link
from participants.models import Note, Participant
from participants.models.importing import ImportState, PeopleImport
from participants.permissions import GROUP, make_group
from tests.newsletter.follows import make_follow
from tests.newsletter.reports import VERP, WHO, dsn, failed

NAME = "Wilhelmina Quistorius"
ADDRESS = "Mina.Quistorius@Zeldzaam.example"
WANTED = "wq-anders@elders.example"
TRACES = ("quistorius", "wilhelmina", "zeldzaam", "wq-anders")
"""What says who this is, in small letters."""

LIST = f"Naam;E-mail\nNoor;noor@klas.example\n{NAME};{ADDRESS}\nOdd;Q <{ADDRESS}>\nBea;bea@x.nl\n"


def sign_up() -> Participant:
    """Sign up and confirm, with all letters that follow waiting."""
    row = joining.ask(
        address=ADDRESS,
        name=NAME,
        language="nl",
        purposes=[Purpose.NEWSLETTER, Purpose.ALERTS],
        form_address="/nl/",
    )
    joining.take_up(row.pk)
    row.refresh_from_db()
    person = joining.confirm(row)
    assert person is not None
    return person


def make_import(state: str, content: str = LIST, judged: bool = False) -> PeopleImport:
    """Hand in a list with the person in it."""
    batch = PeopleImport.objects.create(
        name="lijst.csv",
        content=content.encode("utf-16"),
        language="nl",
        purposes=["newsletter"],
        proof_source="Getekende lijst",
        proof_date=dt.date(2026, 9, 30),
        proof_text="Ja, mail mij.",
        state=ImportState.JUDGING if judged else state,
        roles=["name", "address"],
    )
    if judged:
        actions.judge(batch)
        PeopleImport.objects.filter(pk=batch.pk).update(state=state)
    return batch


def deliver(person: Participant, title: str, state: str, **values: Any) -> Delivery:
    """Make an edition and its row for a person."""
    edition = Edition.objects.create(title=title, state="sent")
    values = {"address": ADDRESS, "domain": "zeldzaam.example", **values}
    return Delivery.objects.create(edition=edition, participant=person, state=state, **values)


def comes_back(to: str) -> None:
    """Take in a report about a full mailbox that names the person."""
    raw = dsn(failed("5.2.2", f"552 5.2.2 <{WHO}> Mailbox full"))
    raw = raw.replace(VERP.encode(), to.encode()).replace(WHO.encode(), ADDRESS.encode())
    receive(raw, source=BounceSource.PIPE)


def fill_newsletter(person: Participant) -> None:
    """Let editions and alerts go out, and come back."""
    now = timezone.now()
    reply = f"250 2.1.5 <{ADDRESS}> ok"
    sent = deliver(person, "Oktober", "sent", sent_at=now, attempted_at=now, reply=reply)
    deliver(person, "November", "temporary", retry_at=now, reply=f"450 4.2.2 <{ADDRESS}> later")
    follow = make_follow(person, query="q=quistorius", confirmed_at=now)
    alert = Alert.objects.create(participant=person, day=now.date(), address=ADDRESS)
    alert.follows.add(follow)
    Told.objects.create(participant=person, item="new:1")
    comes_back(return_address(sent.pk, "bounces@nieuws.example.org"))
    comes_back(alert_return_address(alert.pk, "bounces@nieuws.example.org"))


def writes_back() -> None:
    """Let the person answer to the return address, which a mail server hands over."""
    raw = f"From: {NAME} <{ADDRESS}>\nTo: bounces@example.org\nSubject: Re: nieuws\n\nDank.\n"
    keep_in_maildir(raw.encode(), left_alone.folder())


def fill_desk(person: Participant, user: Any, client: Any) -> None:
    """Let an editor look the person up, write about them, mail their link and take a list out."""
    make_group()
    user.groups.add(Group.objects.get(name=GROUP))
    client.force_login(user)
    page = reverse("participants_admin:person", args=[person.key])
    client.post(page, {"act": "note", "text": f"{NAME} belde vanaf {ADDRESS}."})
    client.post(page, {"act": "link"})
    client.post(reverse("participants_admin:list"), {"words": ADDRESS})
    client.post(reverse("participants_admin:export"))


def make_everything(user: Any, client: Any) -> Participant:
    """Make somebody about whom everything is held that can be held."""
    person = sign_up()
    Note.objects.create(participant=person, text=f"Gesproken met {NAME}.", author=user)
    mail_link(ADDRESS, "nl")
    pause(person, 2)
    mine_address.ask_new_address(person, WANTED)
    for state in (ImportState.COLUMNS, ImportState.BROKEN_OFF):
        make_import(state)
    make_import(ImportState.READY, judged=True)
    make_import(ImportState.READY, LIST.replace(ADDRESS, ADDRESS.upper()), judged=True)
    fill_newsletter(person)
    writes_back()
    fill_desk(person, user, client)
    person.refresh_from_db()
    return person
