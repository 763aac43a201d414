"""From a delivery in hand to an envelope and a message."""

from __future__ import annotations

import functools
import threading
from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from core.mail import sender
from core.mail_sender import Sender
from newsletter import unsubscribing, wire, wire_addresses
from newsletter.delivery.claiming import Job
from newsletter.delivery.dialogue import as_given
from newsletter.models import FrozenMail
from newsletter.wire_headers import Envelope, SenderIdentity
from participants.links import mine_token

_SLOT = "TOKEN"
"""Stands in for a token while the address around it is found."""


@dataclass(frozen=True, slots=True)
class Ready:
    """A message to hand over."""

    sender: str
    recipient: str
    message: bytes
    is_8bit: bool
    has_dots: bool = True
    """Whether lines may begin with a dot."""

    @property
    def given(self) -> bytes:
        """The message as DATA takes it (`dialogue.as_given`)."""
        return as_given(self.message, has_dots=self.has_dots)


class Desk:
    """What is the same for many mails, made once: prepared mails, addresses of pages.

    Reads the database in `load` only, which the ledger's thread calls; `ready` may be
    called from any thread.
    """

    def __init__(self) -> None:
        self._sender = sender()
        self._return_to = settings.BOUNCE_ADDRESS or self._sender.address
        self._mails: dict[int, FrozenMail] = {}
        self._prepared: dict[tuple[int, bool, frozenset[str]], wire.Prepared] = {}
        self._preparing = threading.Lock()

    def load(self, mails: set[int]) -> None:
        """Get approved mails that are not here yet, and let go of the others."""
        if mails - self._mails.keys():
            self._mails = FrozenMail.objects.in_bulk(mails)
            self._prepared = {}

    def ready(self, job: Job, *, takes_8bit: bool) -> Ready:
        """Return the message of one person."""
        prepared = self._prepare(job, takes_8bit=takes_8bit)
        person, language = job.person, job.person.language
        token = unsubscribing.token(person.key, job.delivery)
        personal = wire.Personal(
            name=person.name,
            unsubscribe_url=page_address("unsubscribe", language, token),
            mine_url=page_address("mine", language, mine_token(person)),
        )
        envelope = Envelope(
            recipient=job.recipient,
            message_id=wire_addresses.message_id(job.edition, job.delivery),
            unsubscribe_url=personal.unsubscribe_url,
            unsubscribe_mail=wire_addresses.unsubscribe_mail(self._return_to, token),
        )
        return Ready(
            sender=wire_addresses.return_address(job.delivery, self._return_to),
            recipient=job.recipient,
            message=prepared.message(envelope, personal),
            is_8bit=prepared.is_8bit,
            has_dots=prepared.has_dots,
        )

    def _prepare(self, job: Job, *, takes_8bit: bool) -> wire.Prepared:
        key = (job.mail, takes_8bit, job.left_out)
        found = self._prepared.get(key)
        if found:
            return found
        with self._preparing:
            mail = self._mails[job.mail]
            body = job.shorter or mail
            text = wire.MailText(mail.language, mail.subject, body.html, body.text)
            made = wire.prepare(
                text, _identity(self._sender), edition=job.edition, allow_8bit=takes_8bit
            )
            self._prepared[key] = made
        return made


@functools.lru_cache(maxsize=16)
def _around(name: str, language: str, base: str) -> tuple[str, str]:
    with translation.override(language):
        before, _slot, after = reverse(name, args=[_SLOT]).partition(_SLOT)
    return base + before, after


def page_address(name: str, language: str, token: str) -> str:
    """Return the whole address of a page that a token opens, in a language."""
    before, after = _around(name, language, settings.BASE_URL)
    return before + token + after


def _identity(found: Sender) -> SenderIdentity:
    return SenderIdentity(found.name, found.address, wire_addresses.host(), found.reply_to)
