"""Following a search in a real browser: ask, confirm, hear what is new, stop."""

import datetime as dt
import re

from django.core import mail as outbox
from django.utils import timezone

import pytest
from playwright.sync_api import expect

from newsletter.alerts import morning
from newsletter.models import Follow
from search.indexing import process_pending
from tests.newsletter.follows import DAY, publish

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.xdist_group("browser"),
]


def path_in(message, word):
    """Return the path of the link in a mail that holds a word."""
    return re.search(rf"http://localhost:8000(/\S*/{word}/\S+)", message.body)[1]


def test_from_a_search_to_the_mail_and_out_again(site_tree, tab):
    process_pending()
    main = tab.locator("main")
    tab.goto("/nl/zoeken/?q=wantrouwen")
    tab.get_by_role("link", name="Volg per mail").click()
    expect(main).to_contain_text("“wantrouwen”", use_inner_text=True)
    main.get_by_label("Naam").fill("Noor")
    main.get_by_label("E-mailadres").fill("noor@voorbeeld.example")
    main.get_by_label("Hooguit één keer per dag").check()
    main.get_by_label(re.compile("Stuur mij een mail")).check()
    tab.wait_for_timeout(2100)  # the form wants to be read first
    main.get_by_role("button", name="Stuur mij een link").click()
    tab.get_by_role("heading", name="Kijk in uw mail").wait_for()

    (asked,) = outbox.outbox
    tab.goto(path_in(asked, "bevestigen"))
    assert not Follow.objects.active().exists()
    main.get_by_role("button", name="Ja, dit wil ik volgen").click()
    tab.get_by_role("heading", name="Bevestigd").wait_for()

    publish(site_tree, "Opvang in de buurt", timezone.now())
    tomorrow = timezone.localdate() + DAY
    at = timezone.make_aware(dt.datetime.combine(tomorrow, dt.time(7, 30)))
    assert morning.send_due(at) == 1
    alert = outbox.outbox[-1]
    assert "Opvang in de buurt" in alert.body
    assert "p. 2: Een koffietafel neemt wantrouwen weg." in alert.body

    tab.goto(path_in(alert, "beheren"))
    tab.set_viewport_size({"width": 320, "height": 800})
    assert tab.locator("select").evaluate("one => one.getBoundingClientRect().right") <= 320 - 16
    main.get_by_label("Hoe vaak?").select_option("weekly")
    main.get_by_role("button", name="Bewaar dit").click()
    tab.get_by_text("Uw wijziging is bewaard.").wait_for()
    assert Follow.objects.get().frequency == "weekly"

    tab.goto(path_in(alert, "stoppen"))
    assert Follow.objects.active().exists()
    main.get_by_role("button", name="Stop met volgen").click()
    tab.get_by_role("heading", name="Gestopt").wait_for()
    assert not Follow.objects.active().exists()
    assert morning.send_due(at + DAY) == 0
    assert not tab.context.cookies()
    assert not tab.complaints
