"""An editor's way in a real browser: new edition, look, test, approve, send, watch, archive."""

from django.core.management import call_command

import pytest
from playwright.sync_api import expect

from core.mail_folder import FolderBackend
from core.models import Letter
from newsletter.models import Delivery, Edition, EditionPage
from participants.consent import give
from participants.enums import Method, Purpose
from participants.models import Participant
from tests.hub.test_end_to_end import sign_in
from tests.newsletter.editions import make_newsletters
from tests.research import make_research

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.xdist_group("browser"),
]


@pytest.fixture
def mail_folder(settings, tmp_path):
    """Let mail be files."""
    settings.DATA_DIR = tmp_path
    settings.MAIL_FOLDER = tmp_path / "mail"
    settings.EMAIL_BACKEND = f"{FolderBackend.__module__}.{FolderBackend.__name__}"
    return settings.MAIL_FOLDER


def write_words(tab, page):
    """Give the page in the form a subject and a preview text, and save the draft."""
    tab.goto(f"/admin/pages/{page.pk}/edit/")
    tab.fill("#id_subject", f"Luisteren helpt ({page.language})")
    tab.fill("#id_preview_text", f"Eén nieuwe studie ({page.language})")
    with tab.expect_navigation():
        tab.locator("#page-edit-form").evaluate("form => form.submit()")


def test_from_new_edition_to_archive(site_tree, editor, tab, mail_folder):
    make_newsletters(site_tree)
    make_research(site_tree.library, "Luisteren zonder oordeel")
    person = Participant.objects.create(address="ana@example.org", name="Ana", language="nl")
    give(person, Purpose.NEWSLETTER, method=Method.CONFIRMED)
    sign_in(tab)

    tab.goto("/admin/newsletter/")
    tab.get_by_role("link", name="Nieuwe editie").first.click()
    tab.get_by_text("Luisteren zonder oordeel").first.wait_for()
    tab.get_by_role("button", name="Begin deze editie").click()
    tab.wait_for_url("**/edit/")
    for page in EditionPage.objects.order_by("-locale__language_code"):
        write_words(tab, page)

    edition = Edition.objects.get()
    desk = f"/admin/newsletter/{edition.pk}/"
    tab.goto(desk)
    expect(tab.get_by_text("Alle controles zijn goed.")).to_have_count(2)
    tab.get_by_role("link", name="Mail, breed").first.click()
    tab.get_by_role("link", name="Luisteren zonder oordeel").wait_for()
    tab.goto(desk)
    tab.fill("#id_addresses", "collega@example.org")
    tab.get_by_role("button", name="Verstuur een test").click()
    tab.get_by_text("2 testmails zijn onderweg").wait_for()
    assert Letter.objects.filter(template="newsletter_test").count() == 2

    tab.get_by_role("button", name="Goedkeuren").click()
    tab.get_by_role("button", name="Verzend nu").click()
    tab.get_by_text("De editie gaat nu de deur uit").wait_for()
    page = EditionPage.objects.get(edition=edition, locale__language_code="nl")
    assert tab.request.get(page.url).status == 404
    call_command("deliver", "--connections=1", "--until-done")

    tab.goto(desk)
    expect(tab.get_by_text("100%")).to_be_visible()
    assert Delivery.objects.get().state == "sent"
    tab.get_by_role("link", name="Wie de editie kreeg, één voor één").click()
    tab.get_by_text("ana@example.org").wait_for()
    complaints = [text for text in tab.complaints if "404" not in text]
    assert complaints == []

    tab.context.clear_cookies()
    tab.goto(page.get_parent().url)
    tab.get_by_role("link", name=page.content.title).click()
    tab.get_by_role("link", name="Luisteren zonder oordeel").wait_for()
    assert any(b"Luisteren helpt" in file.read_bytes() for file in mail_folder.rglob("*.eml"))
