"""People at the desk: who may, the list, one person, and taking a list out."""

from __future__ import annotations

import csv
import io
from typing import Any
from urllib.parse import parse_qs, quote, urlsplit

from django.apps import apps
from django.contrib.auth.models import Group
from django.core import mail as outbox
from django.urls import reverse

from wagtail.models import ReferenceIndex

import pytest

from core.spreadsheet import cell
from participants import suppression
from participants.consent import given
from participants.desk.finding import hidden, words_in
from participants.enums import Method, Purpose, State
from participants.mine import pause
from participants.models import Act, Consent, Note, Participant
from participants.permissions import GROUP, make_group
from participants.standing import record_hard_bounce
from tests.participants.people import make_participant

pytestmark = pytest.mark.django_db

PLACES = ["list", "list_results", "add", "export", "log", "log_results"]


@pytest.fixture
def keeper(member: Any) -> Any:
    """Someone in Wagtail's two groups and in the group that sees addresses; signed in."""
    make_group()
    member.groups.add(Group.objects.get(name=GROUP))
    return member


@pytest.fixture
def person(site_tree: Any) -> Participant:
    return make_participant("anna@example.org", Purpose.NEWSLETTER)


def at(person: Participant, name: str = "person", *more: Any) -> str:
    return reverse(f"participants_admin:{name}", args=[person.key, *more])


def every_page(person: Participant) -> list[str]:
    note = Note.objects.create(participant=person, text="Belde.")
    pages = [reverse(f"participants_admin:{name}") for name in PLACES]
    return [*pages, at(person), at(person, "erase"), at(person, "note", note.pk)]


def test_an_editor_without_the_group_sees_nobody(
    person: Participant, member: Any, client: Any
) -> None:
    for page in every_page(person):
        for method in (client.get, client.post):
            response = method(page)
            assert response.status_code in (302, 403)
            assert response.status_code == 403 or response["Location"] == reverse(
                "wagtailadmin_home"
            )
            assert b"anna@" not in response.content
    home = client.get(reverse("wagtailadmin_home")).content.decode()
    assert reverse("participants_admin:list") not in home
    person.refresh_from_db()
    assert person.state == State.ACTIVE


def test_who_is_not_signed_in_is_asked_to(person: Participant, client: Any) -> None:
    for page in every_page(person):
        response = client.get(page)
        assert response.status_code == 302
        assert "/admin/login/" in response["Location"]


def test_the_group_sees_everything(person: Participant, keeper: Any, client: Any) -> None:
    for page in every_page(person):
        assert client.get(page).status_code == 200
    home = client.get(reverse("wagtailadmin_home")).content.decode()
    assert reverse("participants_admin:list") in home


def test_the_group_alone_opens_the_desk(person: Participant, site_tree: Any, client: Any, django_user_model: Any) -> None:  # fmt: skip
    make_group()
    user = django_user_model.objects.create_user("beheer", "b@example.org", "geheim-genoeg")
    user.groups.add(Group.objects.get(name=GROUP))
    client.force_login(user)
    assert client.get(reverse("participants_admin:list")).status_code == 200


def test_nobody_is_found_by_other_ways(
    person: Participant, site_tree: Any, editor: Any, client: Any
) -> None:
    """No chooser, no search, no list of uses: a theme does not lead to who chose it."""
    person.topics.add(site_tree.theme)
    Note.objects.create(participant=person, text="Belde.", author=editor)
    models = apps.get_app_config("participants").get_models()
    assert not [model for model in models if ReferenceIndex.model_is_indexable(model)]
    client.force_login(editor)
    pages = [
        reverse("wagtailsnippets_core_theme:usage", args=[site_tree.theme.pk]),
        reverse("wagtailsnippets_core_theme:edit", args=[site_tree.theme.pk]),
        reverse("wagtailadmin_reports:site_history"),
        reverse("wagtailadmin_pages:search") + "?q=anna",
    ]
    for page in pages:
        response = client.get(page)
        assert response.status_code == 200
        assert "anna@" not in response.content.decode().replace("?q=anna", "").lower()


def shown(client: Any, words: str = "", **query: str) -> set[str]:
    """Look for words as the form does, and read the list it leads to."""
    asked = client.post(reverse("participants_admin:list", query=query), {"words": words})
    found = urlsplit(asked["Location"]).query
    assert not words or words.lower() not in found.lower()
    html = client.get(f"{reverse('participants_admin:list_results')}?{found}").content.decode()
    return {one.address for one in Participant.objects.exclude(address="") if one.address in html}


def test_the_list_is_searched_and_narrowed(keeper: Any, client: Any) -> None:
    make_participant("anna@example.org", Purpose.NEWSLETTER)
    bea = make_participant("bea@example.org", Purpose.ALERTS, name="Bea", language="en")
    cor = make_participant("cor@example.org", Purpose.NEWSLETTER, name="Cor")
    make_participant("dirk@example.org", name="Dirk")
    record_hard_bounce(cor)
    pause(bea, 2)
    assert shown(client) == {f"{name}@example.org" for name in ("anna", "bea", "cor", "dirk")}
    assert shown(client, words="BEA@") == {"bea@example.org"}
    assert shown(client, words="dirk") == {"dirk@example.org"}
    assert shown(client, words="niemand") == set()
    assert shown(client, state="pending") == {"dirk@example.org"}
    assert shown(client, state="bounced") == {"cor@example.org"}
    assert shown(client, gets="newsletter") == {"anna@example.org"}
    assert shown(client, language="en") == {"bea@example.org"}
    assert shown(client, paused="yes") == {"bea@example.org"}
    assert shown(client, words="bea", state="bounced") == set()


def test_the_list_stays_flat(keeper: Any, client: Any, django_assert_max_num_queries: Any) -> None:
    for number in range(30):
        make_participant(f"a{number}@example.org")
    client.get(reverse("participants_admin:list"))
    with django_assert_max_num_queries(30):
        client.get(reverse("participants_admin:list"))


def test_the_page_says_why_somebody_gets_no_mail(
    person: Participant, keeper: Any, client: Any
) -> None:
    html = client.get(at(person)).content.decode()
    assert "Deze persoon heeft hier niet om gevraagd." in html or "niet om" in html
    pause(person, 3)
    html = client.get(at(person)).content.decode()
    assert html.count("w-status--critical") == 2
    assert "anna@example.org" in html


def test_a_note_is_added_changed_and_thrown_away(
    person: Participant, keeper: Any, client: Any
) -> None:
    client.post(at(person), {"act": "note", "text": "Belde over Almere."})
    note = Note.objects.get()
    assert (note.author, note.participant) == (keeper, person)
    assert "Belde over Almere." in client.get(at(person)).content.decode()
    client.post(at(person, "note", note.pk), {"text": "Belde twee keer."})
    note.refresh_from_db()
    assert note.text == "Belde twee keer."
    assert client.post(at(person), {"act": "note", "text": " "}).status_code == 200
    assert client.post(at(person), {"act": "note", "text": "x" * 2001}).status_code == 200
    assert Note.objects.count() == 1
    other = make_participant("bea@example.org")
    assert client.get(at(other, "note", note.pk)).status_code == 404
    client.post(at(person, "note", note.pk), {"text": "x", "discard": "1"})
    assert not Note.objects.exists()


def test_an_editor_signs_somebody_off_on_request(
    person: Participant, keeper: Any, client: Any
) -> None:
    values = {"act": "sign_off", "purposes": ["newsletter"]}
    assert client.post(at(person), values).status_code == 200
    assert given(person) == {Purpose.NEWSLETTER}
    client.post(at(person), {**values, "how": "phone"})
    person.refresh_from_db()
    assert (person.state, given(person)) == (State.UNSUBSCRIBED, set())
    fact = Consent.objects.filter(participant=person).order_by("pk").last()
    assert fact is not None and (fact.given, fact.method) == (False, Method.EDITOR)
    act = Act.objects.get()
    assert (act.kind, act.user, act.count, act.remark) == ("signed_off", keeper, 1, "per telefoon")


def test_an_editor_erases_on_request(person: Participant, keeper: Any, client: Any) -> None:
    page = at(person, "erase")
    assert client.post(page).status_code == 200
    person.refresh_from_db()
    assert person.state == State.ACTIVE
    assert client.post(page, {"how": "mail"}).status_code == 302
    person.refresh_from_db()
    assert (person.state, person.address) == (State.ERASED, "")
    assert client.get(at(person)).status_code == 404
    act = Act.objects.get()
    assert (act.kind, act.user, act.remark) == ("erased", keeper, "per mail")
    assert "anna" not in client.get(reverse("participants_admin:log")).content.decode()


def test_the_link_is_mailed_by_an_editor(person: Participant, keeper: Any, client: Any, django_capture_on_commit_callbacks: Any) -> None:  # fmt: skip
    with django_capture_on_commit_callbacks(execute=True):
        client.post(at(person), {"act": "link"})
    assert outbox.outbox[0].to == ["Anna de Boer <anna@example.org>"]


ADDED = {
    "address": "Nieuw@Example.org",
    "name": "Noor",
    "language": "nl",
    "purposes": ["newsletter"],
    "proof_source": "Getekende lijst, Almere",
    "proof_date": "2026-10-01",
    "proof_text": "Ja, mail mij de nieuwsbrief.",
}


def test_one_is_added_with_proof_and_without_mail(keeper: Any, client: Any, django_capture_on_commit_callbacks: Any) -> None:  # fmt: skip
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("participants_admin:add"), ADDED)
    person = Participant.objects.get()
    assert (person.address, person.state) == ("Nieuw@Example.org", State.ACTIVE)
    fact = Consent.objects.get()
    assert fact.proof == "Getekende lijst, Almere, 2026-10-01"
    assert fact.text is not None and fact.text.text == "Ja, mail mij de nieuwsbrief."
    assert not outbox.outbox
    assert Act.objects.get().kind == "added"


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"address": "ANNA@example.org"}, "al bekend"),
        ({"address": "weg@example.org"}, "eerder weg"),
        ({"address": "x"}, "geen e-mailadres"),
        ({"name": ""}, "verplicht"),
        ({"purposes": []}, "verplicht"),
        ({"proof_source": ""}, "verplicht"),
        ({"proof_text": ""}, "verplicht"),
        ({"proof_date": "2999-01-01"}, "moet nog komen"),
    ],
)
def test_nobody_is_added_without_proof_or_against_their_will(person: Participant, keeper: Any, client: Any, change: Any, says: str) -> None:  # fmt: skip
    suppression.suppress("weg@example.org", State.ERASED)
    response = client.post(reverse("participants_admin:add"), {**ADDED, **change})
    assert response.status_code == 200
    assert says in response.content.decode()
    assert Participant.objects.count() == 1


def exported(client: Any, **query: str) -> list[list[str]]:
    address = reverse("participants_admin:export", query=query)
    response = client.post(address)
    assert "attachment" in response["Content-Disposition"]
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline="")))


def test_the_export_holds_the_list_and_is_logged(
    person: Participant, keeper: Any, client: Any
) -> None:
    make_participant("bea@example.org", name='=HYPERLINK("x")', language="en")
    page = client.get(reverse("participants_admin:export"))
    assert "2 personen" in page.content.decode()
    assert not Act.objects.exists()
    rows = exported(client)
    assert [row[0] for row in rows[1:]] == ["anna@example.org", "bea@example.org"]
    assert rows[2][1] == '\'=HYPERLINK("x")'
    assert rows[1][5:] == ["ja", ""]
    assert len(exported(client, find=hidden("ANNA@"))) == 2
    assert [(act.kind, act.count, act.user) for act in Act.objects.order_by("pk")] == [
        ("export", 2, keeper),
        ("export", 1, keeper),
    ]
    assert "redactie" not in client.get(reverse("participants_admin:log")).content.decode()


def test_nothing_is_exported_in_other_ways(person: Participant, keeper: Any, client: Any) -> None:
    for kind in ("csv", "xlsx"):
        response = client.get(reverse("participants_admin:list"), {"export": kind})
        body = b"".join(response.streaming_content) if response.streaming else response.content
        assert response["Content-Type"].startswith("text/html") or b"anna@" not in body


@pytest.mark.parametrize(
    ("text", "safe"),
    [
        ("Anna", "Anna"),
        ("=1+1", "'=1+1"),
        ("+31", "'+31"),
        ("-x", "'-x"),
        ("@x", "'@x"),
        ("  =1", "'  =1"),
        ("\t=1", "'\t=1"),
        ("", ""),
    ],
)
def test_a_spreadsheet_runs_nothing(text: str, safe: str) -> None:
    assert cell(text) == safe


@pytest.mark.parametrize("token", ["", "x", "é", "cut", "gAAAAA" * 40])
def test_words_that_are_not_ours_are_no_words(token: str) -> None:
    token = hidden("anna")[:-3] if token == "cut" else token
    assert words_in({"find": token}) == ""


def test_words_are_read_by_this_site_only(settings: Any) -> None:
    token = hidden("Zoë de Boer")
    assert words_in({"find": token}) == "Zoë de Boer"
    settings.SECRET_KEY = "another" * 10
    assert words_in({"find": token}) == ""


def test_words_stay_while_filters_sort_and_pages_change(keeper: Any, client: Any) -> None:
    for number in range(60):
        make_participant(f"vis{number}@example.org")
    page = client.post(
        reverse("participants_admin:list", query={"state": "pending"}), {"words": "vis"}
    )
    html = client.get(page["Location"]).content.decode()
    token = parse_qs(urlsplit(page["Location"]).query)["find"][0]
    assert f'<input type="hidden" name="find" value="{token}"' in html
    assert html.count(f"find={quote(token)}") >= 3, "pages, columns to sort by, and the export"
    assert 'value="vis"' in html
