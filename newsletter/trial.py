"""A test mail: the edition as it would arrive, to addresses an editor types."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from wagtail.log_actions import log

from core import mail_sending
from core.models import Letter
from newsletter.checking import drafts_of
from newsletter.framing import example_frame
from newsletter.models import Edition
from newsletter.rendering import as_html, as_text

MOST_ADDRESSES = 10
TESTED = "newsletter.test"
TEMPLATE = "newsletter_test"


@transaction.atomic
def send_test(*, edition: Edition, addresses: Iterable[str], language: str, user: Any) -> int:
    """Put a test mail in the outbox for each address, in one language or ("") in all.

    Its subject says that it is a test, its personal links lead to the home page, and it
    counts as no delivery. Returns how many mails that are.
    """
    number = 0
    for page in drafts_of(edition):
        if language not in ("", page.language):
            continue
        content, frame = page.content, example_frame(page.language)
        for address in addresses:
            letter = Letter.objects.create(
                template=TEMPLATE,
                language=page.language,
                to_address=address,
                subject=_("[Test] %(subject)s") % {"subject": content.subject or content.title},
                text=as_text(content, frame),
                html=as_html(content, frame),
            )
            mail_sending.wake(letter)
            number += 1
        log(page, TESTED, user=user)
    return number
