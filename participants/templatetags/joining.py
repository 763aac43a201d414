"""The sign-up form at the foot of every page."""

from __future__ import annotations

from typing import Any

from django import template

from participants.forms import JoinForm

register = template.Library()

PAGES_OF_JOINING = ("join", "join_sent", "join_done", "join_confirm")


@register.simple_tag(takes_context=True)
def foot_join_form(context: dict[str, Any]) -> JoinForm | None:
    """Return the form for the foot of a page.

    None where signing up is the subject itself, where the page shows the form itself
    (`join_form`), and where a person's token stands in the address: a sign-up keeps the
    address of the page it came from.
    """
    if "join_form" in context:
        return None
    request = context.get("request")
    match = getattr(request, "resolver_match", None)
    if not request or (match and (match.url_name in PAGES_OF_JOINING or "token" in match.kwargs)):
        return None
    return JoinForm(page=request.path, auto_id="foot-%s")
