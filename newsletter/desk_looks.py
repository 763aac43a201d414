"""Looking at an edition: what was approved to the letter, or the draft as it is now."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from newsletter import wire
from newsletter.archive import mail_response
from newsletter.checking import drafts_of
from newsletter.framing import example_frame
from newsletter.models import Edition
from newsletter.permissions import user_can_compose
from newsletter.rendering import as_html, as_text

MODES = ("mail", "narrow", "text")


@require_safe
def look(request: HttpRequest, edition_id: int, language: str, mode: str) -> HttpResponseBase:
    """Show the mail of one language: wide, in the width of a phone, or as plain text."""
    if not user_can_compose(request.user):
        raise PermissionDenied
    if mode not in MODES:
        raise Http404("There is no such way to look at a mail.")
    edition = get_object_or_404(Edition, pk=edition_id)
    html, text = _parts(edition, language)
    if mode == "text":
        return HttpResponse(text, content_type="text/plain; charset=utf-8")
    return mail_response(request, html, narrow=mode == "narrow")


def _parts(edition: Edition, language: str) -> tuple[str, str]:
    """Return HTML and text with an example of what is personal."""
    mail = edition.mails.filter(language=language).first()
    frame = example_frame(language)
    if mail is not None:
        examples = {
            f"{wire.GREETING},": frame.greeting,
            wire.UNSUBSCRIBE_URL: frame.unsubscribe,
            wire.MINE_URL: frame.mine,
        }
        html, text = mail.html, mail.text
        for placeholder, example in examples.items():
            html, text = html.replace(placeholder, example), text.replace(placeholder, example)
        return html, text
    page = next((one for one in drafts_of(edition) if one.language == language), None)
    if page is None:
        raise Http404("There is no edition in this language.")
    return as_html(page.content, frame), as_text(page.content, frame)
