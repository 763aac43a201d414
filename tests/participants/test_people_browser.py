"""A person's own page and the editors' desk for people, in a real browser."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from django.core import mail as outbox

import pytest
from axe_playwright_python.sync_playwright import Axe

from participants.consent import withdraw_all
from participants.enums import Method, Purpose, State
from participants.models import Participant
from tests.participants.people import make_participant

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.xdist_group("browser"),
]

TAGS = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]}}


def faults(tab: Any, context: str = "main") -> list[Any]:
    found = Axe().run(tab, context=context, options=TAGS).response["violations"]
    return [(one["id"], [node["html"][:120] for node in one["nodes"]]) for one in found]


def test_from_asking_the_link_to_erasing_everything(site_tree: Any, tab: Any) -> None:
    person = make_participant("anna@example.org", Purpose.NEWSLETTER)
    tab.goto("/nl/")
    tab.get_by_role("link", name=re.compile("^Mijn ")).click()
    tab.locator("main [name=address]").fill("anna@example.org")
    tab.wait_for_timeout(2100)  # quicker is a robot
    tab.get_by_role("button", name="Mail mij de link").click()
    tab.get_by_text("onderweg").wait_for()
    path = re.search(r"http://localhost:8000(/nl/mijn/\S+)", outbox.outbox[0].body)
    assert path
    tab.set_viewport_size({"width": 320, "height": 700})
    tab.goto(path[1])
    assert tab.evaluate("document.documentElement.scrollWidth") <= 320
    assert faults(tab) == []
    tab.fill("#details-name", "Anna Bakker")
    tab.get_by_role("button", name="Bewaar mijn gegevens").click()
    tab.get_by_text("Uw gegevens zijn veranderd.").wait_for()
    tab.select_option("[name=months]", "3")
    tab.get_by_role("button", name="Stuur mij even niets").click()
    tab.get_by_role("button", name="Stuur mij weer mail").wait_for()
    with tab.expect_download() as given:
        tab.get_by_role("link", name="Download alles").click()
    held = json.loads(Path(given.value.path()).read_text(encoding="utf-8"))
    assert held["participants"]["name"] == "Anna Bakker"
    tab.get_by_role("link", name="Alles wissen…").click()
    tab.get_by_role("button", name="Wis nu alles").wait_for()
    tab.wait_for_load_state()
    assert faults(tab) == []
    tab.get_by_role("button", name="Wis nu alles").click()
    tab.get_by_role("heading", name="Alles is gewist").wait_for()
    person.refresh_from_db()
    assert (person.state, person.address) == (State.ERASED, "")
    tab.goto(path[1])
    tab.get_by_role("heading", name="Deze link werkt niet meer").wait_for()
    assert tab.context.cookies() == []
    assert [one for one in tab.complaints if "404" not in one] == []


EXCEL = (
    "Naam;E-mail;Taal\r\n"
    "Zoë Klaver;noor@example.org;en\r\n"
    "Weg;weg@example.org;nl\r\n"
    "Hier;hier@example.org;nl\r\n"
    "Dubbel; NOOR@example.org ;nl\r\n"
    ";naamloos@example.org;nl\r\n"
    "Kapot;geen adres;nl\r\n"
).encode("cp1252")
"""As Excel saves it in the Netherlands."""


def sign_in(tab: Any, live_server: Any, client: Any, user: Any) -> None:
    client.force_login(user)
    cookie = client.cookies["sessionid"].value
    tab.context.add_cookies([{"name": "sessionid", "value": cookie, "url": live_server.url}])


def look_for(tab: Any, words: str) -> None:
    tab.goto("/admin/participants/")
    tab.get_by_label("Zoek op naam of adres").fill(words)
    tab.locator(".people__find button").click()
    tab.wait_for_url("**find=**")
    assert words not in tab.url


def test_from_the_list_to_a_note_an_import_an_export_and_its_log(site_tree: Any, tab: Any, live_server: Any, editor: Any, client: Any) -> None:  # fmt: skip
    left = make_participant("weg@example.org", Purpose.NEWSLETTER)
    make_participant("hier@example.org", Purpose.NEWSLETTER)
    withdraw_all(left, method=Method.ONE_CLICK)
    sign_in(tab, live_server, client, editor)
    look_for(tab, "weg@")
    assert tab.get_by_role("link", name="hier@example.org").count() == 0
    assert faults(tab, "#main .people__find") == []
    tab.get_by_role("link", name="weg@example.org").click()
    tab.get_by_text("Deze persoon heeft zich afgemeld").first.wait_for()
    tab.get_by_label("Notitie over deze persoon").fill("Belde: wil weer mail.")
    tab.get_by_role("button", name="Voeg de notitie toe").click()
    tab.locator(".people__note", has_text="Belde: wil weer mail.").wait_for()
    tab.wait_for_load_state()
    assert faults(tab, "#main .people") == []

    tab.goto("/admin/participants/import/")
    list_of = {"name": "lijst.csv", "mimeType": "text/csv", "buffer": EXCEL}
    tab.set_input_files("[name=upload]", list_of)
    tab.check("[name=purposes][value=newsletter]")
    tab.fill("[name=proof_source]", "Getekende lijst")
    tab.fill("[name=proof_text]", "Ja, mail mij.")
    tab.fill("[name=proof_date]", "2026-09-30")
    # By key: the calendar of the date opens a moment after the field, over the button.
    tab.get_by_role("button", name="Bekijk de lijst").press("Enter")
    tab.get_by_text("Zoë Klaver").wait_for()
    tab.get_by_role("button", name="Kijk de lijst na").click()
    for verdict in ("Nieuw", "Eerder weggegaan", "Al aanwezig", "Zonder naam"):
        tab.get_by_role("link", name=f"{verdict} (1)").wait_for()
    tab.wait_for_load_state()
    assert faults(tab, "#main .people") == []
    assert Participant.objects.count() == 2
    tab.get_by_role("button", name="Neem hen op").click()
    tab.get_by_text("Klaar", exact=True).wait_for()
    tab.go_back()
    tab.reload()
    assert tab.get_by_role("button", name="Neem hen op").count() == 0
    assert not outbox.outbox
    noor = Participant.objects.get(address="noor@example.org")
    assert (noor.name, noor.language, noor.state) == ("Zoë Klaver", "en", State.ACTIVE)

    look_for(tab, "noor")
    tab.goto(tab.url.replace("/participants/?", "/participants/export/?"))
    tab.get_by_text("1 persoon").wait_for()
    with tab.expect_download() as given:
        tab.get_by_role("button", name="Download CSV").click()
    assert "noor" not in given.value.suggested_filename
    assert "Zoë Klaver" in Path(given.value.path()).read_text(encoding="utf-8-sig")
    tab.goto("/admin/participants/log/")
    rows = tab.locator("#listing-results tbody tr")
    assert "Lijst uitgevoerd" in rows.nth(0).inner_text()
    assert "redactie" in rows.nth(0).inner_text()
    assert tab.complaints == []
