import datetime as dt
import random
import re
import string
from types import SimpleNamespace
from urllib.parse import urlsplit

from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation

import pytest

from core import signed_links
from core.models import FormCount, Letter, SiteSettings
from participants import joining, mine, purposes, standing
from participants.consent import give, given, withdraw_all
from participants.enums import Method, Purpose, State
from participants.forms import JoinForm
from participants.links import mine_url
from participants.models import Consent, JoinRequest, Participant, Suppression
from participants.purposes import text_of
from tests.newsletter.editions import make_newsletter
from tests.participants.people import make_participant

pytestmark = pytest.mark.django_db

PAGE = "/nl/aanmelden/"
FILLED_IN = {"name": "Anna de Boer", "address": "Anna@Example.org", "newsletter": "on"}


@pytest.fixture
def sign_up(client, site_tree, django_capture_on_commit_callbacks):
    """Open a page, wait, fill in its form and send it; then let the letters leave."""

    def do(address="anna@example.org", page=PAGE, wait=10, ip="192.0.2.1", **fields):
        html = client.get(page).content.decode()
        token = re.search(r'name="form_token" value="([^"]+)"', html)[1]
        opened = signed_links.open_token(joining_guard(), token)
        older = opened.made_at - dt.timedelta(seconds=wait)
        token = signed_links.make(joining_guard(), opened.subject, at=older)
        data = {**FILLED_IN, "form_token": token, "address": address, **fields}
        with django_capture_on_commit_callbacks(execute=True):
            return client.post(
                PAGE, {k: v for k, v in data.items() if v is not None}, REMOTE_ADDR=ip
            )

    return do


def joining_guard():
    return f"form:{JoinForm().guard}"


def link_in(message):
    return re.search(r"http://localhost:8000(\S+/)\n", message.body)[1]


def press(client, url, capture):
    with capture(execute=True):
        return client.post(url)


def test_from_a_name_to_a_welcome(client, sign_up, django_capture_on_commit_callbacks, site_tree):
    site = SiteSettings.for_site(site_tree.home.get_site())
    site.community_invite = "https://community.example/uitnodiging"
    site.save()
    response = sign_up("Anna@Example.org", page="/nl/", alerts="on")
    assert (response.status_code, response["Location"]) == (303, f"{PAGE}verstuurd/")
    person = Participant.objects.get()
    assert person.state == State.PENDING
    assert not Consent.objects.exists()
    (confirm_mail,) = mail.outbox
    assert confirm_mail.to == ["Anna@example.org"]
    assert "community.example" not in str(confirm_mail.message())
    link = link_in(confirm_mail)

    page = client.get(link)
    assert page.status_code == 200
    assert "Ja, meld mij aan" in page.content.decode()
    assert not Consent.objects.exists()

    response = press(client, link, django_capture_on_commit_callbacks)
    assert response["Location"] == f"{PAGE}klaar/"
    person.refresh_from_db()
    assert (person.state, person.name) == (State.ACTIVE, "Anna de Boer")
    assert given(person) == {Purpose.NEWSLETTER, Purpose.ALERTS}
    fact = Consent.objects.get(purpose="newsletter")
    assert (fact.method, fact.form_address) == (Method.CONFIRMED, "/nl/")
    assert fact.asked_at < fact.at
    assert fact.text.text == text_of(Purpose.NEWSLETTER, "nl")
    assert (fact.text.version, fact.text.language) == (1, "nl")
    welcome = mail.outbox[1]
    assert "https://community.example/uitnodiging" in welcome.body
    assert "https://community.example/uitnodiging" in welcome.alternatives[0].content
    assert client.get(link_in(welcome)).status_code == 200

    again = client.get(link).content.decode()
    assert "Al bevestigd" in again
    assert press(client, link, django_capture_on_commit_callbacks).status_code == 200
    assert len(mail.outbox) == 2
    assert Consent.objects.count() == 2


def test_what_is_not_ticked_is_not_agreed_to(client, sign_up, django_capture_on_commit_callbacks):
    sign_up(newsletter=None, alerts="on")
    press(client, link_in(mail.outbox[0]), django_capture_on_commit_callbacks)
    assert given(Participant.objects.get()) == {Purpose.ALERTS}


PAGES = [PAGE, "/nl/", "/en/", "/en/sign-up/", "/nl/nieuwsbrief/"]


@pytest.mark.parametrize("page", PAGES)
def test_a_page_that_shows_the_form_is_the_same_for_everybody(client, site_tree, page):
    make_newsletter(site_tree.home)
    response = client.get(page)
    assert response.content.count(b'name="form_token"') == 1
    assert response.cookies == {}
    assert response["Cache-Control"].startswith("public")
    assert "checked" not in re.findall(r"<input[^>]*checkbox[^>]*>", response.content.decode())
    later = client.get(page, headers={"If-None-Match": response["ETag"]})
    assert later.status_code == 304


def test_a_form_is_small_in_markup_and_whole(client, site_tree):
    html = client.get("/nl/").content.decode()
    assert html.count('name="form_token"') == 1
    assert client.get(PAGE).content.decode().count('name="form_token"') == 1


KNOWN = ["pending", "active", "unsubscribed", "bounced", "complained", "erased"]


@pytest.mark.parametrize("state", KNOWN)
def test_the_answer_is_the_same_for_every_address(client, sign_up, state):
    person = make_participant()
    if state != "pending":
        make_active(person)
    if state not in ("pending", "active"):
        move = {
            "unsubscribed": lambda: withdraw(person),
            "bounced": lambda: standing.record_hard_bounce(person),
            "complained": lambda: standing.record_complaint(person),
            "erased": lambda: standing.erase(person),
        }
        move[state]()
    before = JoinRequest.objects.count()
    known = sign_up("anna@example.org")
    unknown = sign_up("nieuw@example.org")
    assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])
    assert known.content == unknown.content
    assert JoinRequest.objects.count() == before + 2
    subjects = [message.subject for message in mail.outbox]
    assert ("al aangemeld" in subjects[0]) is (state == "active")
    assert "Bevestig" in subjects[1]


def make_active(person):
    give(person, Purpose.NEWSLETTER, method=Method.CONFIRMED)


def withdraw(person):
    withdraw_all(person, method=Method.LINK)


def test_the_web_request_does_the_same_work_for_every_address(client, sign_up, monkeypatch):
    monkeypatch.setattr(joining, "take_up_request", SimpleNamespace(enqueue=lambda pk: None))
    make_active(make_participant())
    sign_up("warm@example.org", page="/nl/aanmelden/")
    counts = []
    for address in ("anna@example.org", "nieuw@example.org"):
        token = signed_links.make(joining_guard(), "/", at=timezone.now() - dt.timedelta(seconds=9))
        data = {**FILLED_IN, "address": address, "form_token": token}

        with CaptureQueriesContext(
            connection,
        ) as queries:
            client.post(PAGE, data, REMOTE_ADDR="192.0.2.1")
        counts.append([re.sub(r"'[^']*'|\d+", "?", q["sql"]) for q in queries])
    assert counts[0] == counts[1]


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"address": "geen adres"}, "Dit is geen e-mailadres"),
        ({"address": "a@example.org\r\nBcc: b@example.org"}, "Dit is geen e-mailadres"),
        ({"address": "a" * 250 + "@example.org"}, "Dit adres is te lang"),
        ({"address": ""}, "Vul uw e-mailadres in"),
        ({"name": ""}, "Vul uw naam in"),
        ({"name": "x" * 81}, "Deze naam is te lang"),
        ({"name": "Win nu! https://spam.example"}, "Schrijf alleen uw naam"),
        ({"newsletter": None}, "Vink aan wat u wilt ontvangen"),
        ({"leave_empty": "x"}, "Laat dit veld leeg"),
        ({"wait": 0}, "Dat ging erg snel"),
        ({"wait": 60 * 60 * 24 * 3}, "Dit formulier stond lang open"),
    ],
)
def test_a_form_with_a_mistake_comes_back_filled_in(sign_up, fields, sentence):
    response = sign_up(**fields)
    html = response.content.decode()
    assert response.status_code == 200
    assert sentence in html
    assert not JoinRequest.objects.exists()
    assert not mail.outbox
    if "name" not in fields:
        assert 'value="Anna de Boer"' in html
    if fields.get("newsletter", "on"):
        assert re.search(r'name="newsletter"[^>]*checked', html)


def test_a_text_that_changed_meanwhile_is_shown_before_it_is_agreed_to(
    sign_up, monkeypatch, client, site_tree
):
    token = signed_links.make(joining_guard(), "/", at=timezone.now() - dt.timedelta(minutes=1))
    monkeypatch.setitem(purposes._TEXTS, Purpose.NEWSLETTER, "Iets heel anders.")
    html = client.post(PAGE, {**FILLED_IN, "form_token": token}).content.decode()
    assert "Iets heel anders." in html
    assert not JoinRequest.objects.exists()


@pytest.mark.usefixtures("one_window")
def test_a_flood_from_one_range_does_not_block_another(sign_up):
    answers = [sign_up(f"a{n}@example.org", ip=f"192.0.2.{n}").status_code for n in range(30)]
    assert answers == [303] * 20 + [429] * 10
    slowed = sign_up("laat@example.org", ip="192.0.2.99")
    assert int(slowed["Retry-After"]) > 0
    assert 'value="laat@example.org"' in slowed.content.decode()
    assert sign_up("elders@example.org", ip="198.51.100.7").status_code == 303
    assert Letter.objects.count() == 21
    assert FormCount.objects.count() == 2


def test_one_address_bears_three_mails_a_day_whoever_asks(sign_up):
    for number in range(6):
        assert sign_up("anna@example.org", ip=f"10.{number}.0.1").status_code == 303
        hour_ago = timezone.now() - dt.timedelta(hours=1)
        JoinRequest.objects.exclude(mailed_at=None).update(mailed_at=hour_ago)
    assert len(mail.outbox) == 3
    make_active(Participant.objects.get())
    sign_up("anna@example.org")
    assert len(mail.outbox) == 3


def test_a_button_pressed_twice_gives_one_mail_and_another_wish_its_own(sign_up):
    sign_up("anna@example.org")
    assert sign_up("Anna@EXAMPLE.org").status_code == 303
    assert len(mail.outbox) == 1
    sign_up("anna@example.org", alerts="on")
    assert len(mail.outbox) == 2
    assert Participant.objects.count() == 1


def test_the_confirmation_carries_no_word_of_a_stranger(sign_up):
    sign_up("slachtoffer@example.org", name="Bel nu nul zes voor een prijs")
    assert "prijs" not in str(mail.outbox[0].message())
    assert "prijs" not in mail.outbox[0].alternatives[0].content


def test_an_old_link_offers_a_new_mail(client, sign_up, django_capture_on_commit_callbacks):
    sign_up()
    row = JoinRequest.objects.get()
    past = timezone.now() - dt.timedelta(days=8)
    JoinRequest.objects.update(asked_at=past, mailed_at=past)
    old = f"{PAGE}bevestigen/{joining.token_of(row, past)}/"
    html = client.get(old).content.decode()
    assert "Mail mij een nieuwe link" in html
    assert press(client, old, django_capture_on_commit_callbacks)["Location"].endswith("verstuurd/")
    assert not Consent.objects.exists()
    joining.forget_unconfirmed(past + dt.timedelta(days=15))
    press(client, link_in(mail.outbox[1]), django_capture_on_commit_callbacks)
    assert given(Participant.objects.get()) == {Purpose.NEWSLETTER}


def test_who_never_confirms_is_forgotten_and_nobody_else(sign_up, settings):
    sign_up("nooit@example.org")
    mine.pause(Participant.objects.get(), 1)
    active = make_participant("ja@example.org", "newsletter")
    later = timezone.now() + dt.timedelta(days=settings.HUB_FORGET_UNCONFIRMED_DAYS, minutes=1)
    joining.forget_unconfirmed(later - dt.timedelta(days=1))
    assert Participant.objects.count() == 2
    joining.forget_unconfirmed(later)
    assert list(Participant.objects.all()) == [active]
    assert not JoinRequest.objects.exists()
    assert not Suppression.objects.exists()


def test_a_lost_call_is_taken_up_once(sign_up, monkeypatch):
    monkeypatch.setattr(joining, "take_up_request", SimpleNamespace(enqueue=lambda pk: None))
    sign_up()
    joining.take_up_overdue()
    assert not Letter.objects.exists()
    JoinRequest.objects.update(asked_at=timezone.now() - dt.timedelta(minutes=1))
    joining.take_up_overdue()
    joining.take_up_overdue()
    assert Letter.objects.count() == 1


def test_ten_thousand_random_tokens_confirm_nothing(client, sign_up):
    sign_up()
    token = joining.token_of(JoinRequest.objects.get(), timezone.now())
    chance = random.Random(58)
    letters = string.ascii_letters + string.digits + "-_"
    for _number in range(10_000):
        guess = "".join(chance.choices(letters, k=len(token)))
        assert joining.read_link(guess) == (joining.Link.UNKNOWN, None)
    response = client.post(f"{PAGE}bevestigen/{guess}/")
    assert response.status_code == 410
    assert not Consent.objects.exists()


def test_the_token_of_a_confirmation_opens_nothing_else(client, sign_up):
    sign_up()
    token = joining.token_of(JoinRequest.objects.get(), timezone.now())
    assert client.get(f"/nl/mijn/{token}/").status_code == 404


def test_pages_with_a_token_are_kept_by_nobody(client, sign_up):
    sign_up()
    response = client.get(link_in(mail.outbox[0]))
    assert "no-store" in response["Cache-Control"]
    assert response["Referrer-Policy"] == "no-referrer"
    assert "noindex" in response.content.decode()


def test_a_page_with_a_token_in_its_address_has_no_form_at_its_foot(client, site_tree):
    person = make_participant("anna@example.org", "newsletter")
    html = client.get(urlsplit(mine_url(person)).path).content.decode()
    assert "<footer" in html
    assert "form_token" not in html


def test_a_name_may_be_in_any_letters(client, sign_up, django_capture_on_commit_callbacks):
    sign_up(name="  Nguyễn   Văn  Ánh ")
    press(client, link_in(mail.outbox[0]), django_capture_on_commit_callbacks)
    assert Participant.objects.get().name == "Nguyễn Văn Ánh"


def test_english_people_get_english_mail(client, sign_up, site_tree):
    with translation.override("en"):
        guard = joining_guard()
    token = signed_links.make(guard, "/en/", at=timezone.now() - dt.timedelta(seconds=9))
    client.post("/en/sign-up/", {**FILLED_IN, "form_token": token})
    row = JoinRequest.objects.get()
    joining.take_up(row.pk)
    letter = Letter.objects.get()
    assert letter.subject.startswith("Confirm that you sign up")
    assert 'lang="en"' in letter.html
    assert "/en/sign-up/confirm/" in letter.text


def test_a_box_that_is_new_to_who_is_signed_up_is_confirmed_and_counts(
    client, sign_up, django_capture_on_commit_callbacks
):
    person = make_participant("anna@example.org", "alerts", language="en")
    response = sign_up("anna@example.org", name="Iemand Anders", newsletter="on")
    assert response["Location"].endswith("verstuurd/")
    (message,) = mail.outbox
    assert "Bevestig" in message.subject
    assert "niets: er verandert niets" in message.body
    press(client, link_in(message), django_capture_on_commit_callbacks)
    assert given(person) == {Purpose.NEWSLETTER, Purpose.ALERTS}
    person.refresh_from_db()
    assert (person.name, person.language) == ("Anna de Boer", "en")
    assert "From now on you get" in mail.outbox[1].body


def test_who_has_all_that_was_ticked_gets_an_answer_in_the_language_of_the_form(sign_up):
    person = make_participant("anna@example.org", "newsletter", language="en")
    mine.pause(person, 2)
    sign_up("ANNA@example.org", newsletter="on")
    (message,) = mail.outbox
    assert "U bent al aangemeld" in message.subject
    assert "tot" in re.search("U vroeg ons om (.*) niets te sturen", message.body)[1]
    assert "/nl/mijn/" in message.body


def test_logs_hold_no_address(sign_up, caplog):
    caplog.set_level("DEBUG")
    sign_up("geheim@example.org")
    sign_up("fout@@example.org")
    assert "geheim@" not in caplog.text
    assert "fout@@" not in caplog.text
