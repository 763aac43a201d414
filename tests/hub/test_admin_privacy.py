"""An editor outside the group meets nobody's name or address, wherever they look in the CMS."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.urls import NoReverseMatch, URLResolver, get_resolver, reverse

from wagtail.log_actions import log

import pytest

from newsletter.models import Bounce, Delivery, Edition
from participants.models import Note, Participant
from participants.models.importing import PeopleImport
from tests.hub.everything import NAME, TRACES, make_everything

pytestmark = pytest.mark.django_db

NOT_LOOKED_AT = {
    "wagtailadmin_error_test",  # raises
    "wagtailadmin_logout",
    "wagtailadmin_sprite",
    "wagtailadmin_javascript_catalog",
}


@pytest.fixture
def person(member: Any, client: Any, django_capture_on_commit_callbacks: Any) -> Participant:
    with django_capture_on_commit_callbacks(execute=True):
        found = make_everything(member, client)
    member.groups.filter(name="Deelnemersbeheer").delete()
    client.force_login(type(member).objects.get(pk=member.pk))
    return found


def names_under(resolver: URLResolver, namespace: str = "") -> Iterator[str]:
    """Yield the name of every address below a resolver."""
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from names_under(pattern, inner)
        elif pattern.name:
            yield f"{namespace}{pattern.name}"


def addresses() -> list[str]:
    """Return every page of the CMS whose address needs nothing filled in."""
    admin = next(
        pattern
        for pattern in get_resolver().url_patterns
        if isinstance(pattern, URLResolver) and str(pattern.pattern) == "admin/"
    )
    found = set()
    for name in names_under(admin):
        if name not in NOT_LOOKED_AT:
            try:
                found.add(reverse(name))
            except NoReverseMatch:  # it is about one thing
                continue
    return sorted(found)


def about_one_thing(person: Participant) -> list[str]:
    edition, note = Delivery.objects.get(state="sent").edition, Note.objects.first()
    assert note
    key, list_of = person.key, PeopleImport.objects.first()
    assert list_of
    return [
        reverse("participants_admin:person", args=[key]),
        reverse("participants_admin:erase", args=[key]),
        reverse("participants_admin:note", args=[key, note.pk]),
        reverse("participants_admin:import_rows", args=[list_of.pk]),
        reverse("participants_admin:import_columns", args=[list_of.pk]),
        reverse("newsletter_admin:edition", args=[edition.pk]),
        reverse("newsletter_admin:recipients", args=[edition.pk]),
        reverse("newsletter_admin:recipients_csv", args=[edition.pk]),
        reverse("bounces_admin:bounce", args=[Bounce.objects.filter(raw__isnull=False)[0].pk]),
    ]


def body_of(response: Any) -> str:
    raw = b"".join(response.streaming_content) if response.streaming else response.content
    return raw.decode("utf-8", "replace").lower()


def test_no_page_of_the_desk_tells_who(person: Participant, site_tree: Any, client: Any) -> None:
    """Lists, reports, choosers, search, history and single pages: all are opened."""
    log(site_tree.home, "newsletter.export", user=None)
    opened = addresses()
    assert len(opened) > 80
    asked = [f"{page}?q=quistori" for page in opened if "search" in page or "choose" in page]
    client.raise_request_exception = False  # a page that breaks may tell as well
    met, answers = {}, dict[str, int]()
    for page in [*opened, *asked, *about_one_thing(person)]:
        of_ours = "/participants/" in page or "recipients" in page
        for method in ("get", "post") if of_ours else ("get",):
            response = getattr(client, method)(page)
            answers[page] = response.status_code
            text = body_of(response)
            if found := [trace for trace in TRACES if trace in text]:
                met[page] = found
    assert met == {}
    assert 200 in answers.values()
    assert [page for page, code in answers.items() if code == 500] == []
    assert Edition.objects.filter(deliveries__participant=person).exists()
    person.refresh_from_db()
    assert person.name == NAME
