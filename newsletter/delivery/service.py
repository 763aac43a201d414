"""Handing editions to a provider over its HTTP interface, as django-anymail speaks it.

The same rules hold as for SMTP, where a request stands for the message and its last dot:
what was answered with a refusal was not taken; what got no answer, or one that says
nothing, may have been, and is in doubt.
"""

from __future__ import annotations

import email
import email.policy
import logging
from email.headerregistry import Address
from email.message import EmailMessage

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.mail import EmailMultiAlternatives, get_connection
from django.utils import translation
from django.utils.translation import gettext as _

from anymail.backends.base_requests import AnymailRequestsBackend

from core.mail_provider import Fate, carries, dress, fate, status_of, words_of
from newsletter.bounces.dsn import without_addresses
from newsletter.delivery.conversation import CannotConnectError
from newsletter.delivery.outcomes import Answer, Stage

logger = logging.getLogger(__name__)

NEEDED = {"extra_headers", "reply_to"}
"""Without these an edition has no List-Unsubscribe, or no address to answer to."""

_NOT_CARRIED = {"subject", "from", "to", "reply-to", "date", "mime-version", "content-type"}
"""Headers that have a place of their own in every interface, or that it makes itself."""


class Service:
    """One session with a provider, which keeps its connection open."""

    takes_8bit = True
    is_open = True

    def __init__(self, backend: AnymailRequestsBackend) -> None:
        self._backend = backend
        self._backend.open()
        self._backend.session.max_redirects = 0  # a mail is offered at one address only
        self.handed_over = 0

    def hand_over(self, sender: str, recipient: str, message: bytes, *, is_8bit: bool) -> Answer:
        """Offer one message to the provider and return what it made of it."""
        self.handed_over += 1
        mail = message_of(message)
        dress(mail, self._backend, sender)
        try:
            self._backend.send_messages([mail])
        except Exception as error:  # noqa: BLE001 (whatever a provider's code stumbles on, is in doubt)
            logger.info("A provider did not take a mail: %s", type(error).__name__)
            return answer_to(error, self._backend.esp_name)
        return _taken(mail, self._backend.esp_name)

    def quit(self) -> None:
        """Close the connection."""
        self._backend.close()


def open_service() -> Service:
    """Open the provider of the settings. Raises CannotConnectError with a clear sentence."""
    if trouble := unfit():
        raise CannotConnectError(Answer(Stage.GREETING, 0, trouble))
    return Service(get_connection())


def unfit() -> str:
    """Say in a sentence why editions cannot go by the mail backend of the settings, or ""."""
    with translation.override(settings.LANGUAGE_CODE):
        try:
            backend = get_connection()
        except (ImproperlyConfigured, ImportError) as error:
            return _("EMAIL_URL cannot be used: %(why)s") % {"why": _one_line(error)}
        if not isinstance(backend, AnymailRequestsBackend):
            return _(
                "Editions go over SMTP, or through a provider that django-anymail reaches over"
                " HTTP: give EMAIL_URL the SMTP address of the provider."
            )
        if NEEDED - carries(backend):
            return _(
                "%(provider)s does not take the header by which people unsubscribe: give"
                " EMAIL_URL the SMTP address of the provider."
            ) % {"provider": backend.esp_name}
    return ""


def message_of(message: bytes) -> EmailMultiAlternatives:
    """Return a message as Django knows it: the same headers and both parts."""
    found = email.message_from_bytes(message, policy=email.policy.default)
    assert isinstance(found, EmailMessage)  # noqa: S101 (what this policy makes)
    made = EmailMultiAlternatives(
        subject=str(found["Subject"]),
        body=_text(found, "plain"),
        from_email=_mailbox(found, "From"),
        to=[_mailbox(found, "To")],
        reply_to=[_mailbox(found, "Reply-To")] if found["Reply-To"] else None,
        headers={
            name: " ".join(str(value).split())
            for name, value in found.items()
            if name.lower() not in _NOT_CARRIED
        },
    )
    made.attach_alternative(_text(found, "html"), "text/html")
    return made


def answer_to(error: Exception, provider: str) -> Answer:
    """Return an error as the answer that SMTP would have given at that point."""
    code, said = status_of(error), without_addresses(words_of(error))[:150]
    about = fate(error)
    told = f"{provider}: {said}" if said else provider
    with translation.override(settings.LANGUAGE_CODE):
        if about == Fate.NO_SUCH_PERSON:
            return Answer(Stage.RECIPIENT, 550, f"5.1.1 {told}")
        if about == Fate.REFUSED:
            # 5.6.0 says that it is not about the address, whatever numbers are in the words.
            said = said or without_addresses(_one_line(error))
            return Answer(Stage.DATA, 554, f"5.6.0 {provider}: {said} ({code or '-'})")
        if about == Fate.UNREACHED:
            name = {"provider": provider}
            return Answer(Stage.GREETING, 0, _("%(provider)s cannot be reached.") % name)
        if about == Fate.ABOUT_US and code in (425, 429):
            slower = _("asks us to send more slowly")
            return Answer(Stage.GREETING, code, f"{provider} {slower}.")
        if about == Fate.ABOUT_US:
            refuses = _("refuses this site; check EMAIL_URL and the account")
            return Answer(Stage.GREETING, code, f"{provider} {refuses}. {said}".strip())
    why = f"{code} {said}".strip() if code else type(error).__name__
    return Answer(Stage.MESSAGE, 0, f"{provider}: {why}")


def _taken(mail: EmailMultiAlternatives, provider: str) -> Answer:
    """Return what the provider answered for the one recipient, where it did not fail."""
    status = getattr(mail, "anymail_status", None)
    found = status.status if status else None
    if found and found <= {"sent", "queued"}:
        return Answer(Stage.MESSAGE, 250, f"2.0.0 {provider}: {', '.join(sorted(found))}")
    if found and found <= {"invalid", "rejected"}:
        return Answer(Stage.RECIPIENT, 550, f"5.1.1 {provider}: {', '.join(sorted(found))}")
    if found == {"failed"}:
        return Answer(Stage.MESSAGE, 554, f"5.6.0 {provider}: failed")
    return Answer(Stage.MESSAGE, 0, f"{provider}: no answer about this recipient")


def _mailbox(found: EmailMessage, name: str) -> str:
    """Return the one address of a header, its name in any letters."""
    one: Address = found[name].addresses[0]
    return str(one)


def _text(found: EmailMessage, kind: str) -> str:
    part = found.get_body((kind,))
    return str(part.get_content()).replace("\r\n", "\n") if part is not None else ""


def _one_line(error: Exception) -> str:
    return " ".join(str(error).split())[:200]
