"""The desk: who may do what, and every button in every state ends in a sentence."""

import datetime as dt

from django.contrib.auth.models import Group, Permission
from django.urls import reverse
from django.utils import timezone

import pytest

from core.models import Letter
from newsletter.enums import DeliveryState, EditionState
from newsletter.models import Delivery, Edition, EditionPage
from newsletter.trial import MOST_ADDRESSES
from participants.models import Act, Participant
from tests.newsletter.clock import clock_change, next_year
from tests.newsletter.editions import as_sent, make_edition, make_newsletters, write
from tests.research import make_research

pytestmark = pytest.mark.django_db


@pytest.fixture
def tree(site_tree):
    make_newsletters(site_tree)
    make_research(site_tree.library, "Studie")
    return site_tree


@pytest.fixture
def boss_client(client, editor):
    client.force_login(editor)
    return client


def act(client, edition, action, **values):
    address = reverse("newsletter_admin:act", args=[edition.pk])
    return client.post(address, {"action": action, **values}, follow=True)


def desk(edition):
    return reverse("newsletter_admin:edition", args=[edition.pk])


def state(edition):
    return Edition.objects.get(pk=edition.pk).state


def test_nobody_comes_in_without_rights(client, tree, django_user_model):
    edition = make_edition()
    nobody = django_user_model.objects.create_user("niemand")
    nobody.groups.add(Group.objects.get_or_create(name="Leeg")[0])
    addresses = [
        reverse("newsletter_admin:desk"),
        reverse("newsletter_admin:new"),
        desk(edition),
        reverse("newsletter_admin:look", args=[edition.pk, "nl", "mail"]),
        reverse("newsletter_admin:recipients", args=[edition.pk]),
        reverse("newsletter_admin:recipients_csv", args=[edition.pk]),
        reverse("newsletter_admin:figures_csv", args=[edition.pk]),
    ]
    for who in (None, nobody):
        if who:
            client.force_login(who)
        for address in addresses:
            assert client.get(address).status_code in (302, 403), address


def test_the_way_from_nothing_to_scheduled(boss_client, tree):
    page = boss_client.get(reverse("newsletter_admin:new")).content.decode()
    assert "Studie" in page
    response = boss_client.post(reverse("newsletter_admin:new"))
    edition = Edition.objects.get()
    assert response.status_code == 302
    english = EditionPage.objects.get(locale__language_code="en")
    write(english, subject="In English", preview_text="With this")
    dutch = EditionPage.objects.get(locale__language_code="nl")
    write(dutch, subject="In het Nederlands", preview_text="Met dit")
    assert "Alle controles zijn goed" in boss_client.get(desk(edition)).content.decode()
    act(boss_client, edition, "approve")
    assert state(edition) == EditionState.APPROVED
    assert (
        edition.mails.get(language="nl").sha256 in boss_client.get(desk(edition)).content.decode()
    )
    day = next_year(6, 1)
    act(boss_client, edition, "schedule", day=day, time="09:00")
    moment = Edition.objects.get().scheduled_at
    assert moment == dt.datetime.combine(day, dt.time(7), dt.UTC)
    act(boss_client, edition, "cancel")
    assert state(edition) == EditionState.APPROVED
    act(boss_client, edition, "take_back")
    assert state(edition) == EditionState.DRAFT


def test_a_time_that_is_wrong_is_said_beside_the_field(boss_client, tree):
    edition = make_edition()
    act(boss_client, edition, "approve")
    response = act(boss_client, edition, "schedule", day=clock_change(3), time="02:30")
    assert response.status_code == 422
    assert "bestaat niet" in response.content.decode()
    assert state(edition) == EditionState.APPROVED


ACTIONS = (
    "approve", "take_back", "send", "cancel", "pause", "resume", "stop",
    "add_latest", "put_back", "take_over", "consider_sent", "send_again",
)  # fmt: skip


def test_every_button_in_every_state_is_answered(boss_client, tree):
    edition = make_edition()
    address = reverse("newsletter_admin:act", args=[edition.pk])
    for where in EditionState.values:
        for action in ACTIONS:
            Edition.objects.filter(pk=edition.pk).update(state=where)
            assert boss_client.post(address, {"action": action}).status_code == 302, (where, action)
    assert boss_client.post(address, {"action": "onzin"}).status_code in (302, 403)


def test_an_editor_composes_and_tests_but_does_not_approve(client, member, tree):
    member.groups.set(Group.objects.filter(name="Editors"))
    page = tree.home.get_children().get(title="Nieuwsbrief")
    for group in member.groups.all():
        group.page_permissions.get_or_create(
            page=page, permission=_permission("add_page"), defaults={}
        )
        group.page_permissions.get_or_create(
            page=page, permission=_permission("change_page"), defaults={}
        )
    edition = make_edition()
    assert client.get(desk(edition)).status_code == 200
    act(client, edition, "test", addresses="a@example.org", language="nl")
    assert Letter.objects.count() == 1
    address = reverse("newsletter_admin:act", args=[edition.pk])
    client.post(address, {"action": "approve"})
    assert state(edition) == EditionState.DRAFT


def _permission(codename):
    return Permission.objects.get(codename=codename, content_type__app_label="wagtailcore")


def test_a_test_mail_says_so_and_holds_no_placeholder(boss_client, tree):
    edition = make_edition()
    act(boss_client, edition, "test", addresses="a@example.org, b@example.org", language="")
    letters = list(Letter.objects.order_by("pk"))
    assert [letter.language for letter in letters] == ["nl", "nl", "en", "en"]
    for letter in letters:
        assert letter.template == "newsletter_test"
    assert not Delivery.objects.exists()


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "geen adres",
        "a@example.org b",
        ",".join(f"a{n}@example.org" for n in range(MOST_ADDRESSES + 1)),
    ],
)
def test_addresses_that_are_none_are_refused(boss_client, tree, typed):
    response = act(boss_client, make_edition(), "test", addresses=typed)
    assert response.status_code == 422
    assert not Letter.objects.exists()


@pytest.mark.parametrize("mode", ["mail", "narrow", "text"])
@pytest.mark.parametrize("approved", [False, True])
def test_every_way_to_look_at_a_mail(boss_client, tree, mode, approved):
    edition = make_edition()
    if approved:
        act(boss_client, edition, "approve")
    response = boss_client.get(reverse("newsletter_admin:look", args=[edition.pk, "nl", mode]))
    html = response.content.decode()
    assert response.status_code == 200
    assert "Studie" in html
    assert "@@" not in html
    assert "script" not in response.headers["Content-Security-Policy"] or mode == "text"


def test_other_ways_to_look_are_not_found(boss_client, tree):
    edition = make_edition()
    for language, mode in (("de", "mail"), ("nl", "onzin")):
        address = reverse("newsletter_admin:look", args=[edition.pk, language, mode])
        assert boss_client.get(address).status_code == 404


@pytest.mark.parametrize("mode", ["", "mail", "narrow", "text"])
def test_the_preview_of_the_form_has_every_mode(tree, mode):
    page = make_edition().pages.first()
    assert page.make_preview_request(preview_mode=mode).status_code == 200


@pytest.fixture
def delivered(tree):
    edition = as_sent(make_edition())
    person = Participant.objects.create(
        address="=cmd@example.org", address_key="=cmd@example.org", name="Ana", language="nl"
    )
    Delivery.objects.create(
        edition=edition,
        participant=person,
        mail=edition.mails.get(language="nl"),
        address=person.address,
        state=DeliveryState.IN_DOUBT,
        attempted_at=timezone.now(),
    )
    return edition


def test_what_is_in_doubt_is_named_and_chosen(boss_client, delivered):
    assert "=cmd@example.org" in boss_client.get(desk(delivered)).content.decode()
    act(boss_client, delivered, "consider_sent")
    row = Delivery.objects.get()
    assert row.state == DeliveryState.IN_DOUBT
    act(boss_client, delivered, "consider_sent", delivery=row.pk)
    row.refresh_from_db()
    assert row.state == DeliveryState.SENT


def test_addresses_are_for_who_may_see_people(client, member, delivered):
    html = client.get(desk(delivered)).content.decode()
    assert "=cmd@example.org" not in html
    row = Delivery.objects.get()
    act(client, delivered, "consider_sent", delivery=row.pk)
    row.refresh_from_db()
    assert row.state == DeliveryState.IN_DOUBT


def test_the_list_narrows_and_goes_along_as_csv(boss_client, delivered):
    address = reverse("newsletter_admin:recipients", args=[delivered.pk])
    found = boss_client.post(address, {"words": "cmd@", "state": "in_doubt"})
    assert "cmd" not in found["Location"]
    assert "=cmd@example.org" in boss_client.get(found["Location"]).content.decode()
    gone = boss_client.post(address, {"words": "niemand"})["Location"]
    assert "=cmd@example.org" not in boss_client.get(gone).content.decode()
    assert "=cmd@example.org" not in boss_client.get(f"{address}?state=sent").content.decode()
    file = reverse("newsletter_admin:recipients_csv", args=[delivered.pk])
    assert boss_client.get(file).status_code == 405
    response = boss_client.post(file)
    act = Act.objects.get(kind="export")
    assert (act.count, act.remark) == (1, delivered.title)
    text = b"".join(response.streaming_content).decode()
    assert "'=cmd@example.org" in text
