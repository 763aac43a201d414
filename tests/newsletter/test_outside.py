"""Links to other sites: what they answer, how politely they are asked, and what editors read."""

import datetime as dt
import socket
import ssl

from django.urls import reverse
from django.utils import timezone

import pytest

from core import open_internet
from newsletter import desk_views
from newsletter.approving import EditionError, approve
from newsletter.checking import check
from newsletter.enums import EditionState, LinkVerdict
from newsletter.models import Edition, EditionPage, LinkRound, OutsideLink
from newsletter.outside import asking, rounds
from newsletter.outside.asking import ask
from newsletter.outside.politeness import ask_all
from tests.newsletter.editions import boss, make_edition, make_newsletters, write
from tests.newsletter.other_sites import other_site
from tests.research import make_research


@pytest.fixture
def site(settings):
    settings.FETCH_PRIVATE = settings.LOOK_OUTSIDE = True
    with other_site() as (address, kind):
        yield address, kind


@pytest.mark.parametrize(
    ("path", "verdict", "status", "moved"),
    [
        ("/", LinkVerdict.ALIVE, 200, ""),
        ("/met spatie/é?a=b&c=d#hier", LinkVerdict.ALIVE, 200, ""),
        ("/gone", LinkVerdict.GONE, 404, ""),
        ("/over", LinkVerdict.GONE, 410, ""),
        ("/login", LinkVerdict.HIDDEN, 401, ""),
        ("/closed", LinkVerdict.HIDDEN, 403, ""),
        ("/busy", LinkVerdict.HIDDEN, 429, ""),
        ("/broken", LinkVerdict.SILENT, 503, ""),
        ("/moved", LinkVerdict.MOVED, 200, "/"),
        ("/moved-twice", LinkVerdict.MOVED, 200, "/"),
        ("/for-now", LinkVerdict.ALIVE, 200, ""),
        ("/for-now-then-good", LinkVerdict.ALIVE, 200, ""),
        ("/slash", LinkVerdict.ALIVE, 200, ""),
        ("/round", LinkVerdict.ENDLESS, 302, ""),
        ("/to-gone", LinkVerdict.GONE, 404, ""),
        ("/nowhere", LinkVerdict.NO_ADDRESS, 0, ""),
        ("/bare", LinkVerdict.ALIVE, 302, ""),
        ("/no-head", LinkVerdict.ALIVE, 200, ""),
        ("/hangs-up", LinkVerdict.ALIVE, 200, ""),
    ],
)
def test_what_a_site_answers(site, path, verdict, status, moved):
    address, _kind = site
    found = ask(address + path)
    expected = address + moved if moved else ""
    assert (found.verdict, found.status, found.moved_to) == (verdict, status, expected)


def _raises(error):
    def connect(*args, **kwargs):
        raise error

    return connect


@pytest.mark.parametrize(
    ("error", "verdict"),
    [
        (open_internet.NoSuchNameError(), LinkVerdict.NO_NAME),
        (open_internet.NameSilentError(), LinkVerdict.SILENT),
        (open_internet.NotPublicError(), LinkVerdict.INSIDE),
        (open_internet.NotAnAddressError(), LinkVerdict.NO_ADDRESS),
        (ssl.SSLCertVerificationError(), LinkVerdict.UNSAFE),
        (ssl.SSLError(), LinkVerdict.SILENT),
        (TimeoutError(), LinkVerdict.SILENT),
        (ConnectionRefusedError(), LinkVerdict.SILENT),
    ],
)
def test_why_there_is_no_answer(monkeypatch, error, verdict):
    monkeypatch.setattr(asking, "connect_to", _raises(error))
    assert ask("https://example.org/").verdict == verdict


def test_who_asks_says_so_and_follows_nobody(site, settings):
    address, kind = site
    ask(f"{address}/moved")
    for _method, _path, headers in kind.asked:
        assert settings.BASE_URL in headers["User-Agent"]
        assert "HubLinkCheck" in headers["User-Agent"]
        assert not {"Cookie", "Authorization", "Referer"} & set(headers)
    assert [method for method, *_rest in kind.asked] == ["HEAD", "HEAD"]


def test_a_redirect_into_our_own_network_is_not_followed(site, settings, monkeypatch):
    address, _kind = site
    checked = open_internet.checked_addresses

    def strict_after_the_first(host, port):
        settings.FETCH_PRIVATE = host == "127.0.0.1"
        return checked(host, port)

    monkeypatch.setattr(open_internet, "checked_addresses", strict_after_the_first)
    assert ask(f"{address}/inside").verdict == LinkVerdict.INSIDE


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/",
        "http://localhost/",
        "http://10.1.2.3/",
        "http://169.254.169.254/",
        "http://[::1]/",
        "http://[fe80::1]/",
        "http://[::ffff:127.0.0.1]/",
        "http://[2002:7f00:1::]/",
        "http://[64:ff9b::7f00:1]/",
        "http://[64:ff9b::10.0.0.5]/",
        "http://0.0.0.0/",
        "http://2130706433/",
        "http://192.0.2.1:8080/",
    ],
)
def test_our_own_network_is_never_reached(monkeypatch, url):
    monkeypatch.setattr(open_internet.socket, "create_connection", pytest.fail)
    assert ask(url).verdict in (LinkVerdict.INSIDE, LinkVerdict.NO_NAME)


def test_a_connection_goes_to_the_address_that_was_checked(monkeypatch):
    gone_to = []
    answers = iter(["93.184.216.34", "10.0.0.5"])

    def look_up(host, port, **kwargs):
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (next(answers), port))]

    def refuse(address, timeout):
        gone_to.append(address)
        raise ConnectionRefusedError

    monkeypatch.setattr(open_internet.socket, "getaddrinfo", look_up)
    monkeypatch.setattr(open_internet.socket, "create_connection", refuse)
    assert ask("http://example.org/").verdict == LinkVerdict.SILENT
    assert gone_to == [("93.184.216.34", 80)]


def test_a_server_that_drips_is_hung_up_on(site, monkeypatch):
    monkeypatch.setattr(asking, "ALL_SECONDS", 0.05)
    with other_site(pause=0.5) as (address, _kind):
        assert ask(address).verdict == LinkVerdict.SILENT


def test_a_host_is_asked_once_at_a_time_and_an_address_once(site):
    with other_site(pause=0.01) as (address, kind):
        urls = [f"{address}/{number}" for number in range(6)] + [f"{address}/1#deel"]
        found = dict(ask_all(urls))
    assert set(found) == set(urls)
    assert kind.most == 1
    assert len(kind.asked) == 6


# --- In an edition ------------------------------------------------------------


@pytest.fixture
def edition(db, site_tree, site):
    make_newsletters(site_tree)
    make_research(site_tree.library, "Studie", theme=site_tree.theme)
    return make_edition()


def link_to(edition, *urls, language="nl"):
    page = EditionPage.objects.get(edition=edition, locale__language_code=language)
    body = list(page.get_latest_revision_as_object().body.raw_data)
    text = "".join(f'<p><a href="{url}">hier</a></p>' for url in urls)
    return write(page, body=[*body, {"type": "text", "value": text}])


def said(edition, *, blocking):
    found = [one for checked in check(edition) for one in checked.findings]
    return [one.text for one in found if one.blocks == blocking and "http://127" in one.text]


def test_the_worker_sees_by_itself_what_changed(edition, site):
    address, kind = site
    assert rounds.is_due(edition)
    rounds.wake_due()
    assert not rounds.is_due(edition)
    assert kind.asked == []
    link_to(edition, f"{address}/gone", f"{address}/closed")
    assert rounds.is_due(edition)
    rounds.wake_due()
    assert {row.verdict for row in edition.outside_links.all()} == {"gone", "hidden"}
    asked = len(kind.asked)
    link_to(edition, f"{address}/moved", language="en")
    rounds.wake_due()
    assert {path for _method, path, _headers in kind.asked[asked:]} == {"/moved", "/"}
    rounds.wake_due()
    assert len(kind.asked) == asked + 2


def test_links_that_left_the_edition_are_forgotten(edition, site):
    address, _kind = site
    link_to(edition, f"{address}/gone")
    rounds.wake_due()
    page = EditionPage.objects.get(edition=edition, locale__language_code="nl")
    write(page, body=list(page.get_latest_revision_as_object().body.raw_data)[:2])
    rounds.wake_due()
    assert not edition.outside_links.exists()


@pytest.mark.django_db
def test_a_dead_link_stops_until_an_editor_keeps_it(edition, site, client):
    address, _kind = site
    link_to(edition, f"{address}/gone")
    rounds.wake_due()
    assert said(edition, blocking=True) == [
        f"Deze link is dood: {address}/gone. Bestaat niet meer (404)."
    ]
    with pytest.raises(EditionError):
        approve(edition_id=edition.pk, user=boss())
    client.force_login(boss())
    link = OutsideLink.objects.get()
    act = reverse("newsletter_admin:act", args=[edition.pk])
    client.post(act, {"action": "keep_link", "link": link.pk})
    link.refresh_from_db()
    assert link.kept_by == boss()
    assert said(edition, blocking=True) == []
    client.post(act, {"action": "check_links"})
    assert OutsideLink.objects.get().kept_at is not None
    assert approve(edition_id=edition.pk, user=boss()).state == EditionState.APPROVED


@pytest.mark.parametrize("path", ["/closed", "/moved", "/broken", "/round"])
def test_what_is_not_certain_only_warns(edition, site, path):
    address, _kind = site
    link_to(edition, address + path)
    rounds.wake_due()
    assert said(edition, blocking=True) == []
    assert [text for text in said(edition, blocking=False) if address + path in text]


def test_the_button_looks_again_at_everything(edition, site, client):
    address, kind = site
    link_to(edition, f"{address}/")
    rounds.wake_due()
    client.force_login(boss())
    before, asked = OutsideLink.objects.get().looked_at, len(kind.asked)
    act = reverse("newsletter_admin:act", args=[edition.pk])
    html = client.post(act, {"action": "check_links"}, follow=True).content.decode()
    assert "Controleer de links opnieuw" in html
    assert OutsideLink.objects.get().looked_at > before
    assert len(kind.asked) > asked


@pytest.mark.parametrize("link", ["", "0", "x", "9" * 40])
def test_a_link_that_is_not_there_is_said(edition, client, link):
    client.force_login(boss())
    act = reverse("newsletter_admin:act", args=[edition.pk])
    html = client.post(act, {"action": "keep_link", "link": link}, follow=True).content.decode()
    assert "niet meer in de editie" in html


def test_where_there_is_no_way_out_the_check_says_so(edition, site, settings, client):
    address, kind = site
    settings.LOOK_OUTSIDE = False
    link_to(edition, f"{address}/gone")
    rounds.wake_due()
    client.force_login(boss())
    act = reverse("newsletter_admin:act", args=[edition.pk])
    client.post(act, {"action": "check_links"})
    html = client.get(reverse("newsletter_admin:edition", args=[edition.pk])).content.decode()
    assert "op deze installatie niet gecontroleerd" in html
    assert not OutsideLink.objects.exists()
    assert kind.asked == []
    assert said(edition, blocking=True) == []


def test_a_worker_that_is_down_is_told_and_stops_nobody(edition, site, client):
    address, _kind = site
    link_to(edition, f"{address}/gone")
    client.force_login(boss())
    desk = reverse("newsletter_admin:edition", args=[edition.pk])
    assert "worden nu gecontroleerd" in client.get(desk).content.decode()
    long_ago = timezone.now() - dt.timedelta(hours=1)
    EditionPage.objects.update(latest_revision_created_at=long_ago)
    assert "of de worker draait" in client.get(desk).content.decode()
    assert approve(edition_id=edition.pk, user=boss()).state == EditionState.APPROVED


def test_a_round_that_died_is_taken_up_when_its_lease_ended(edition, site):
    address, _kind = site
    link_to(edition, f"{address}/")
    now = timezone.now()
    LinkRound.objects.create(edition=edition, busy_until=now + rounds.LEASE)
    rounds.wake_due()
    assert not OutsideLink.objects.exists()
    LinkRound.objects.update(busy_until=now - dt.timedelta(seconds=1))
    rounds.wake_due()
    assert OutsideLink.objects.count() == 1


def test_a_round_that_ends_while_the_screen_is_made_is_asked_after_once_more(
    edition, site, client, monkeypatch
):
    address, _kind = site
    link_to(edition, f"{address}/gone")
    client.force_login(boss())

    def check_then_end(found):
        checked = check(found)
        rounds.wake_due()
        return checked

    monkeypatch.setattr(desk_views, "check", check_then_end)
    part = reverse("newsletter_admin:edition", args=[edition.pk]) + "?part=checks"
    html = client.get(part).content.decode()
    assert "Deze link is dood" not in html
    assert 'data-busy="true"' in html


def test_looking_at_the_desk_asks_nobody(edition, site, client):
    address, kind = site
    link_to(edition, f"{address}/gone")
    client.force_login(boss())
    desk = reverse("newsletter_admin:edition", args=[edition.pk])
    for part in ("", "?part=checks", "?part=approve"):
        assert client.get(desk + part).status_code == 200
    assert kind.asked == []
    assert not LinkRound.objects.exists()
    Edition.objects.update(state=EditionState.APPROVED)
    assert client.get(f"{desk}?part=checks").status_code == 404
