"""From a form at the foot of a page to a welcome, as a visitor and a mail program do it."""

import datetime as dt
import email
import email.policy
import re
from pathlib import Path
from urllib.parse import urlsplit

from django.apps import apps
from django.core import serializers
from django.core.management import call_command

import pytest
from playwright.sync_api import expect

from core.models import Letter, SiteSettings
from newsletter.alerts.morning import send_due
from newsletter.alerts.subjects import Subject
from newsletter.approving import approve
from newsletter.following import asking
from newsletter.models import Delivery, Edition
from newsletter.models.follow import Frequency
from newsletter.scheduling import send_now
from newsletter.waiting import ask_editors
from participants import joining, mine_address
from participants.enums import Purpose, State
from participants.mine_address import ask_new_address
from participants.mine_link import mail_link
from participants.models import JoinRequest, NewAddress, Participant
from tests.newsletter.editions import boss, make_edition, make_newsletters
from tests.newsletter.follows import DAY, MONDAY, make_follow, make_person, publish
from tests.participants.people import make_participant
from tests.research import make_research

INVITE = "https://community.example/uitnodiging"


@pytest.fixture
def folder(settings, tmp_path):
    """Mail in a folder, as in development."""
    settings.EMAIL_BACKEND = "core.mail_folder.FolderBackend"
    settings.MAIL_FOLDER = tmp_path / "mail"
    return settings.MAIL_FOLDER


def letters(folder):
    files = sorted(folder.glob("*.eml"))
    return [email.message_from_bytes(f.read_bytes(), policy=email.policy.default) for f in files]


def text_of(message):
    return message.get_body(("plain",)).get_content()


def addresses_in(message):
    """Return the paths of our own pages that a mail links to, in its parts and headers."""
    html = message.get_body(("html",)).get_content()
    headers = " ".join(str(value) for value in message.values())
    found = re.findall(r"https?://[^\s\"<>]+", f"{text_of(message)} {html} {headers}")
    return {urlsplit(url).path or "/" for url in found if url.startswith("http://localhost:8000")}


@pytest.fixture
def plain_tab(browser, live_server):
    """A tab without JavaScript, and without cookies."""
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    yield context.new_page()
    context.close()


def heading(tab):
    return expect(tab.get_by_role("heading", level=1))


def path_in(message, part):
    (path,) = (path for path in addresses_in(message) if part in path)
    return path


def sign_up_at_the_foot(tab):
    """Forget the box at first."""
    tab.goto("/nl/")
    form = tab.locator(".site-foot form.join")
    form.get_by_label("Uw naam").fill("Noor Jansen")
    form.get_by_label("Uw e-mailadres").fill("noor@example.org")
    tab.wait_for_timeout(1100)
    form.get_by_role("button", name="Aanmelden").click()
    expect(tab.get_by_text("Vink aan wat u wilt ontvangen.")).to_be_visible()
    form = tab.locator("main form.join")
    expect(form.get_by_label("Uw naam")).to_have_value("Noor Jansen")
    form.get_by_label("nieuwsbrief").check()
    form.get_by_role("button", name="Aanmelden").click()
    heading(tab).to_have_text("Kijk in uw mail")


def confirm_and_be_welcomed(tab, folder):
    """Press the button; return the address of the own page."""
    (confirmation,) = letters(folder)
    assert INVITE not in str(confirmation)
    link = path_in(confirmation, "bevestigen")
    tab.goto(link)
    tab.get_by_role("button", name="Ja, meld mij aan").click()
    heading(tab).to_have_text("U bent aangemeld")
    assert Participant.objects.get().state == State.ACTIVE
    tab.goto(link)
    heading(tab).to_have_text("Al bevestigd")
    welcome = letters(folder)[1]
    assert INVITE in text_of(welcome)
    return path_in(welcome, "mijn")


def send_an_edition(site_tree):
    make_newsletters(site_tree)
    make_research(site_tree.library, "Luisteren zonder oordeel")
    edition = make_edition()
    approve(edition_id=edition.pk, user=boss())
    send_now(edition_id=edition.pk)
    call_command("deliver", "--connections=1", "--until-done")


@pytest.mark.browser
@pytest.mark.xdist_group("browser")
@pytest.mark.django_db(transaction=True)
def test_from_signing_up_to_erasing_without_javascript(
    plain_tab, site_tree, folder, settings, tmp_path, monkeypatch
):
    monkeypatch.setattr("core.forms.FASTEST", dt.timedelta(0))
    settings.DATA_DIR = tmp_path
    site = SiteSettings.for_site(site_tree.home.get_site())
    site.community_invite = INVITE
    site.save()
    tab = plain_tab
    sign_up_at_the_foot(tab)
    own = confirm_and_be_welcomed(tab, folder)

    send_an_edition(site_tree)
    edition = letters(folder)[2]
    tab.goto(path_in(edition, "nieuwsbrief/"))
    expect(tab.get_by_role("link", name="Luisteren zonder oordeel")).to_be_visible()

    tab.goto(own)
    expect(tab.locator("main").get_by_label("Naam")).to_have_value("Noor Jansen")
    tab.get_by_role("button", name="Stuur mij even niets").click()
    tab.get_by_role("button", name="Stuur mij weer mail").click()
    expect(tab.get_by_text("U krijgt onze mail weer.")).to_be_visible()

    tab.goto(path_in(edition, "uitschrijven"))
    tab.get_by_role("button", name="Uitschrijven").click()
    heading(tab).to_have_text("U bent uitgeschreven")
    assert Participant.objects.get().state == State.UNSUBSCRIBED

    tab.goto(own)
    tab.get_by_role("link", name="Alles wissen…").click()
    tab.get_by_role("button", name="Wis nu alles").click()
    heading(tab).to_have_text("Alles is gewist")
    assert Participant.objects.get().state == State.ERASED
    assert tab.context.cookies() == []


def everything():
    """Return every row of everything the hub keeps of people and mail."""
    models = [
        model
        for app in ("core", "participants", "newsletter")
        for model in apps.get_app_config(app).get_models()
    ]
    return [serializers.serialize("json", model._base_manager.order_by("pk")) for model in models]


def write_every_letter(site_tree, language, capture):
    """Let every mail that the hub knows of go out, in one language."""
    ask = {"name": "Noor", "language": language, "purposes": [Purpose.NEWSLETTER]}
    known = make_participant("anna@example.org", "newsletter", language=language)
    with capture(execute=True):
        for name in ("noor", "anna", "jan"):
            joining.ask(address=f"{name}@example.org", form_address="/nl/", **ask)
        mail_link(known.address, language)
        ask_new_address(known, "anna@voorbeeld.example")
    with capture(execute=True):
        joining.confirm(JoinRequest.objects.get(address="jan@example.org"))
        mine_address.confirm(NewAddress.objects.get())
        subject = Subject("q=wantrouwen", language)
        wish = asking.Wish(subject, "piet@example.org", "Piet", Frequency.DAILY, "/nl/")
        asking.ask(wish)
        follower = make_person(language=language)
        make_follow(follower, language=language)
        followed = Subject("q=wantrouwen", language)
        asking.ask(asking.Wish(followed, follower.address, "Noor", Frequency.DAILY, "/nl/"))
        publish(site_tree, "Opvang in de buurt", MONDAY - dt.timedelta(hours=1))
        assert send_due(MONDAY) == 1
    make_newsletters(site_tree)
    edition = make_edition(start=MONDAY - DAY)
    approve(edition_id=edition.pk, user=boss())
    with capture(execute=True):
        send_now(edition_id=edition.pk)
        call_command("deliver", "--connections=1", "--until-done")
        Edition.objects.update(state="paused", reason="De mailserver weigert alles.")
        ask_editors()


TEMPLATES = Path(__file__).resolve().parents[2] / "templates" / "mail"


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["nl", "en"])
def test_following_every_link_of_every_letter_changes_nothing(
    client, site_tree, folder, language, django_capture_on_commit_callbacks, settings, tmp_path
):
    settings.DATA_DIR = tmp_path
    write_every_letter(site_tree, language, django_capture_on_commit_callbacks)
    templates = {path.stem for path in TEMPLATES.glob("*.txt")} - {"base"}
    assert set(Letter.objects.values_list("template", flat=True)) == templates
    assert Delivery.objects.filter(state="sent").count() == 2
    paths = {path for message in letters(folder) for path in addresses_in(message)}
    assert len(paths) >= 15
    before = everything()
    for path in sorted(paths):
        for fetch in (client.head, client.get, client.options):
            response = fetch(path)
            assert response.status_code in (200, 301, 302, 404, 405), path
            assert response.cookies == {} or path == "/"
    assert everything() == before
