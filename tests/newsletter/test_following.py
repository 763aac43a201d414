import datetime as dt
import re

from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone

import pytest

from core import signed_links
from core.models import Letter
from newsletter.alerts import links
from newsletter.alerts.forgetting import forget
from newsletter.alerts.subjects import LONGEST, read_subject
from newsletter.following import asking, views
from newsletter.models import Alert, Follow
from participants import standing
from participants.consent import given, mailable, withdraw
from participants.enums import Method, Purpose, State
from participants.joining import forget_unconfirmed
from participants.models import Consent, Participant
from search.indexing import process_pending
from tests.newsletter.follows import DAY, MONDAY, make_follow, make_person

pytestmark = pytest.mark.django_db

FORM = "/nl/volgen/?q=wantrouwen&theme=draagvlak"


@pytest.fixture(autouse=True)
def sends_at_once(django_capture_on_commit_callbacks, request):
    """Let letters leave, as they do when their transaction is stored."""
    with django_capture_on_commit_callbacks(execute=True):
        yield


def filled_in(**values):
    long_ago = timezone.now() - dt.timedelta(minutes=1)
    return {
        "form_token": signed_links.make("form:follow", "/nl/volgen/", at=long_ago),
        "leave_empty": "",
        "name": "Noor",
        "address": "noor@voorbeeld.example",
        "frequency": "daily",
        "agree": "on",
        **values,
    }


def ask(client, url=FORM, **values):
    return client.post(url, filled_in(**values))


def link(letter=None):
    letter = letter or Letter.objects.latest("pk")
    return re.search(r"http://localhost:8000(\S+/bevestigen/\S+)", letter.text)[1]


def test_the_form_says_what_is_followed_and_sets_no_cookie(client, site_tree):
    page = client.get(FORM)
    assert page.status_code == 200
    text = page.content.decode()
    assert "“wantrouwen” (Draagvlak)" in text
    assert "agree" in text
    assert not page.cookies
    assert not re.search(r'name="agree"[^>]*checked', text)


TOO_MANY = "".join(f"&year={year}" for year in range(1000, 1000 + LONGEST))


@pytest.mark.parametrize(
    ("query", "status", "said"),
    [
        ("", 200, "Kies een thema"),
        ("?q=", 404, "bestaat hier niet"),
        ("?q=-niet", 404, "bestaat hier niet"),
        ("?theme=bestaatniet", 404, "bestaat hier niet"),
        ("?year=2020", 404, "bestaat hier niet"),
        (f"?q=b{TOO_MANY}", 404, "te veel woorden of filters"),
        ("?q=b&in=7", 404, "Zoeken in één onderzoek"),
    ],
)
def test_nothing_to_follow_says_why_and_shows_the_way(client, site_tree, query, status, said):
    page = client.get(f"/nl/volgen/{query}")
    assert page.status_code == status
    text = page.content.decode()
    assert said in text
    assert reverse("search") in text
    assert 'href="/nl/volgen/?theme=draagvlak"' in text


def test_from_asking_to_following(client, site_tree):
    assert ask(client).url == "/nl/volgen/gevraagd/"
    person = Participant.objects.get()
    assert person.state == State.PENDING
    assert not given(person)
    address = link()
    for _again in range(2):
        page = client.get(address)
        assert page.status_code == 200
        assert page["Referrer-Policy"] == "no-referrer"
        assert not Follow.objects.active().exists()
        assert not Consent.objects.exists()
    assert "Bevestigd" in client.post(address).content.decode()
    follow = Follow.objects.active().get()
    assert (follow.query, follow.frequency, follow.language) == (
        "q=wantrouwen&theme=draagvlak",
        "daily",
        "nl",
    )
    fact = Consent.objects.get()
    assert (fact.purpose, fact.given, fact.method) == ("alerts", True, "confirmed")
    assert fact.text.text == "Stuur mij een mail als er iets nieuws is over wat ik hier volg."
    assert fact.asked_at
    person.refresh_from_db()
    assert person.state == State.ACTIVE
    assert "Al bevestigd" in client.get(address).content.decode()
    assert "Al bevestigd" in client.post(address).content.decode()
    assert Consent.objects.count() == 1


def test_the_answer_is_the_same_for_who_is_known(client, site_tree):
    make_follow(make_person(), "q=wantrouwen&theme=draagvlak", "weekly", asked_at=MONDAY)
    known = ask(client)
    new = client.post(FORM, filled_in(address="nieuw@voorbeeld.example"))
    assert (known.status_code, known.url) == (new.status_code, new.url)
    assert Letter.objects.count() == 2
    client.post(link(Letter.objects.order_by("pk")[0]))
    follow = Follow.objects.get(participant__address="noor@voorbeeld.example")
    assert follow.frequency == "daily"
    assert follow.confirmed_at == MONDAY - 30 * DAY


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"agree": ""}, "Zet een vinkje"),
        ({"address": "geen adres"}, "e-mailadres"),
        ({"name": ""}, "verplicht"),
        ({"frequency": "hourly"}, "hourly"),
        ({"leave_empty": "x"}, "Laat dit veld leeg"),
        ({"form_token": "onzin"}, "formulier"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_sent(client, site_tree, values, said):
    page = ask(client, **values)
    assert page.status_code == 422
    assert said in page.content.decode()
    assert not Letter.objects.exists()
    assert not Participant.objects.exists()


@pytest.mark.usefixtures("one_window")
def test_a_flood_from_one_network_is_slowed(client, site_tree, monkeypatch):
    for number in range(views.LIMIT.most):
        ask(client, url=f"{FORM}&year={2000 + number}")
    page = ask(client)
    assert page.status_code == 429
    assert int(page["Retry-After"]) > 0
    assert client.post(FORM, filled_in(), REMOTE_ADDR="198.51.100.7").status_code == 302


@pytest.mark.usefixtures("one_window")
def test_one_address_gets_few_mails_whoever_asks(client, site_tree):
    for number in range(10):
        ask(client, url=f"/nl/volgen/?q=vraag{number}")
    ask(client, url="/nl/volgen/?q=vraag1")
    assert Letter.objects.count() == asking.LIMITS[False].most


def test_asking_for_one_thing_all_day_brings_a_stranger_few_mails(site_tree):
    for hour in range(20):
        asking.ask(wish(), at=timezone.now() + dt.timedelta(minutes=15 * hour))
    # The window of a day may turn in between.
    assert Letter.objects.count() <= 2 * asking.LIMITS[False].most


def wish(query="q=wantrouwen", address="noor@voorbeeld.example", name="Noor"):
    return asking.Wish(
        read_subject(dict_of(query), "nl"), address, name, asking.Frequency.DAILY, "/nl/volgen/"
    )


@pytest.mark.parametrize(
    ("query", "name", "absent"),
    [
        ("q=Koop+nu+op+goedkoop.example", "Noor", "goedkoop"),
        ("q=https://kwaad.example/x", "Noor", "kwaad"),
        ("q=" + "woord+" * 30, "Noor", "woord woord"),
        ("q=wantrouwen", "Koop nu op kwaad.example", "kwaad"),
    ],
)
def test_a_mail_to_a_stranger_carries_no_message_of_another(site_tree, query, name, absent):
    asking.ask(wish(query, name=name))
    letter = Letter.objects.get()
    for part in (letter.subject, letter.text, letter.html, letter.to_name):
        assert absent not in part
    assert link(letter)


def test_html_in_a_question_stays_text(client, site_tree):
    url = "/nl/volgen/?q=%3Cscript%3Ealert(1)%3C/script%3E+%3Cb%3Evet"
    assert "<script>alert(1)" not in client.get(url).content.decode()
    assert ask(client, url).status_code == 302
    letter = Letter.objects.get()
    assert "<script>" not in letter.html
    assert "<b>vet" not in letter.html
    assert "<script>alert(1)" not in client.get(link()).content.decode()


def test_who_follows_it_already_is_told_so_and_nothing_changes(client, site_tree):
    person = make_person()
    make_follow(person, "q=wantrouwen&theme=draagvlak", "daily")
    answer = ask(client)
    assert answer.url == "/nl/volgen/gevraagd/"
    letter = Letter.objects.get()
    assert letter.subject == "U volgt dit al"
    assert "/volgen/beheren/" in letter.text
    assert "/bevestigen/" not in letter.text


def test_who_follows_too_much_is_told_what_to_do(client, site_tree, monkeypatch):
    monkeypatch.setattr(asking, "MOST_FOLLOWED", 2)
    person = make_person()
    one, _other = make_follow(person, "q=een"), make_follow(person, "q=twee")
    assert ask(client).url == "/nl/volgen/gevraagd/"
    letter = Letter.objects.get()
    assert "U volgt al 2 onderwerpen, en meer kan niet. Stop met iets" in letter.text
    assert Follow.objects.count() == 2
    Follow.objects.filter(pk=one.pk).update(stopped_at=timezone.now())
    ask(client)
    assert "/bevestigen/" in Letter.objects.latest("pk").text


@pytest.mark.parametrize("how", ["unsubscribed", "bounced", "complained", "erased"])
def test_who_left_is_asked_to_confirm_like_anybody(client, site_tree, how):
    person = make_person()
    if how == "unsubscribed":
        withdraw(person, Purpose.ALERTS, method=Method.OWN_PAGE)
    elif how == "bounced":
        standing.record_hard_bounce(person)
    elif how == "complained":
        standing.record_complaint(person)
    else:
        standing.erase(person)
    assert ask(client).url == "/nl/volgen/gevraagd/"
    assert not Follow.objects.active().exists()
    assert not mailable(Purpose.ALERTS).exists()
    client.post(link())
    assert Follow.objects.active().count() == 1
    assert mailable(Purpose.ALERTS).get().address == "noor@voorbeeld.example"
    assert not mailable(Purpose.NEWSLETTER).exists()


def test_what_was_followed_before_leaving_stays_stopped(client, site_tree):
    person = make_person()
    make_follow(person, "q=vroeger")
    withdraw(person, Purpose.ALERTS, method=Method.OWN_PAGE)
    address = links.manage_url(person).removeprefix("http://localhost:8000")
    assert "U hebt mail over wat u volgt beëindigd" in client.get(address).content.decode()
    ask(client)
    client.post(link())
    assert Follow.objects.active().get().query == "q=wantrouwen&theme=draagvlak"


def test_who_never_confirmed_is_kept_while_a_link_works(client, site_tree):
    ask(client)
    Participant.objects.update(created_at=timezone.now() - 13 * DAY)
    Follow.objects.update(asked_at=timezone.now() - 13 * DAY)
    ask(client)
    forget_unconfirmed(timezone.now() + 6 * DAY)
    assert client.post(link()).status_code == 200
    assert Follow.objects.active().count() == 1


def test_everything_stops_at_once_on_the_own_list(client, site_tree):
    person = make_person()
    make_follow(person), make_follow(person, "theme=draagvlak")
    address = links.manage_url(person).removeprefix("http://localhost:8000")
    assert "Stop met alles volgen" in client.get(address).content.decode()
    client.post(address, {"stop_all": "1"})
    assert not Follow.objects.active().exists()
    assert not given(person)


@pytest.mark.parametrize(
    ("token", "status"),
    [("onzin", 410), ("", 404), ("A" * 66, 410), ("A" * 3000, 410)],
)
@pytest.mark.parametrize("page", ["bevestigen", "stoppen", "alles-stoppen", "beheren"])
def test_a_wrong_token_opens_nothing(client, site_tree, page, token, status):
    assert client.get(f"/nl/volgen/{page}/{token}/").status_code == (status if token else 404)


def test_a_link_to_confirm_ends_after_a_week(client, site_tree):
    wish = asking.Wish(
        read_subject(dict_of("q=x"), "nl"),
        "a@b.example",
        "A",
        asking.Frequency.DAILY,
        "/nl/volgen/",
    )
    asking.ask(wish, at=timezone.now() - 8 * DAY)
    assert client.get(link()).status_code == 410


def dict_of(query):
    return QueryDict(query)


@pytest.mark.parametrize(
    ("asked", "kept"),
    [
        ("q=b&theme=draagvlak&page=3&sort=date", "q=b&theme=draagvlak"),
        ("theme=draagvlak&q=b", "q=b&theme=draagvlak"),
        ("q=++b++c++&utm_source=x", "q=b+c"),
        ("q=b&kind=bestaatniet&year=20x0&lang=xx", "q=b"),
        ("q=b&year=2021&year=2020&lang=nl", "q=b&year=2020&year=2021&lang=nl"),
        ("theme=draagvlak&year=2020", "theme=draagvlak"),
        ("q=b&exact=1", "q=b&exact=1"),
    ],
)
def test_one_search_is_one_subject(site_tree, asked, kept):
    subject = read_subject(dict_of(asked), "nl")
    assert sorted(subject.query.split("&")) == sorted(kept.split("&"))
    assert read_subject(dict_of(subject.query), "nl") == subject


def test_a_search_that_is_too_long_cannot_be_followed(site_tree):
    years = "&".join(f"year={year}" for year in range(1000, 1000 + LONGEST))
    assert read_subject(dict_of(f"q=b&{years}"), "nl") is None


def one_alert(person, *follows):
    alert = Alert.objects.create(participant=person, day=dt.date(2026, 11, 2))
    alert.follows.set(follows)
    return links.stop_all_url(links.stop_all_token(alert), "nl").removeprefix(
        "http://localhost:8000"
    )


def test_one_click_stops_what_the_mail_was_about(client, site_tree):
    person = make_person()
    first, second = make_follow(person), make_follow(person, "q=anders")
    address = one_alert(person, first)
    assert client.get(address).status_code == 200
    assert client.head(address).status_code == 200
    assert Follow.objects.active().count() == 2
    page = client.post(address, {"List-Unsubscribe": "One-Click"})
    assert page.status_code == 200
    assert not page.cookies
    assert Follow.objects.active().get() == second
    assert Purpose.ALERTS in given(person)
    assert client.post(one_alert_for(second), "rommel", content_type="text/x").status_code == 200
    assert not given(person)
    assert Consent.objects.first().method == Method.LINK


def one_alert_for(follow):
    return links.stop_url(follow, "nl").removeprefix("http://localhost:8000")


def test_a_mail_from_years_ago_still_stops_what_was_followed_then(client, site_tree):
    now = timezone.now()
    person, other = make_person(), make_person("jo@voorbeeld.example")
    then = make_follow(person, confirmed_at=now - DAY)
    later = make_follow(person, "q=anders", confirmed_at=now + DAY)
    theirs = make_follow(other, confirmed_at=now - DAY)
    address = one_alert(person, then)
    forget(now + 3 * 365 * DAY)
    assert not Alert.objects.exists()
    page = client.get(address).content.decode()
    assert "wantrouwen" in page and "anders" not in page
    for _again in range(2):
        assert client.post(address, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert set(Follow.objects.active()) == {later, theirs}
    assert Purpose.ALERTS in given(person)


def test_a_link_to_stop_what_is_forgotten_leads_to_the_own_page(client, site_tree):
    follow = make_follow(make_person())
    address = one_alert_for(follow)
    client.post(address)
    forget(timezone.now() + 15 * DAY)
    page = client.get(address)
    assert page.status_code == 410
    assert f'href="{reverse("mine_link")}"' in page.content.decode()


def test_stopping_twice_is_harmless(client, site_tree):
    follow = make_follow(make_person())
    for _again in range(2):
        assert "Gestopt" in client.post(one_alert_for(follow)).content.decode()
    assert Consent.objects.filter(given=False).count() == 1


def test_changing_and_stopping_on_the_own_list(client, site_tree):
    person = make_person()
    follow, other = make_follow(person), make_follow(person, "theme=draagvlak")
    address = links.manage_url(person).removeprefix("http://localhost:8000")
    page = client.get(address).content.decode()
    assert "“wantrouwen”" in page and "Draagvlak" in page
    client.post(address, {"follow": follow.key, "frequency": "weekly"})
    client.post(address, {"follow": other.key, "stop": "1"})
    client.post(address, {"follow": other.key, "frequency": "daily"})
    assert client.post(address, {"follow": "onzin"}).status_code == 404
    follow.refresh_from_db()
    assert follow.frequency == "weekly"
    assert list(Follow.objects.active()) == [follow]
    person.link_number += 1
    person.save()
    page = client.get(address)
    assert page.status_code == 410
    assert f'href="{reverse("mine_link")}"' in page.content.decode()


def test_nobody_manages_what_another_follows(client, site_tree):
    mine, theirs = make_follow(make_person()), make_follow(make_person("jo@voorbeeld.example"))
    address = links.manage_url(mine.participant).removeprefix("http://localhost:8000")
    client.post(address, {"follow": theirs.key, "stop": "1"})
    assert Follow.objects.active().count() == 2


def test_an_erased_person_has_no_links_left(client, site_tree):
    person = make_person()
    address = one_alert_for(make_follow(person))
    standing.erase(person)
    assert client.post(address).status_code == 410


def test_search_and_library_offer_it(client, site_tree):
    process_pending()
    page = client.get("/nl/zoeken/?q=wantrouwen&sort=date").content.decode()
    assert 'href="/nl/volgen/?q=wantrouwen"' in page
    library = client.get(f"{site_tree.library.url}?theme=draagvlak&sort=year").content.decode()
    assert 'href="/nl/volgen/?theme=draagvlak"' in library
    assert "/volgen/" not in client.get(site_tree.library.url).content.decode()
