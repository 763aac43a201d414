"""The CMS as an editor meets it."""

import io
import re

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from wagtail.models import Site

import pytest
from PIL import Image

from core.models import HubDocument, HubImage, SiteSettings, Theme
from tests.research import make_research

HOSTILE = ['"', '""', "\x00", "a\x00b", "%", "*", "(", "AND", "-", "C++", "'; --", "😀", "x" * 3000]


@pytest.mark.parametrize(
    "name",
    [
        "wagtailadmin_home",
        "wagtailadmin_explore_root",
        "wagtaildocs:index",
        "wagtaildocs:add_multiple",
        "wagtailimages:index",
        "wagtailimages:add_multiple",
        "wagtailsnippets_core_theme:list",
        "wagtailsnippets_core_theme:add",
        "kenniskamer_admin:add",
        "kenniskamer_admin:worklist",
    ],
)
def test_an_editor_reaches_every_desk(member, client, name):
    assert client.get(reverse(name)).status_code == 200


def test_an_editor_is_no_administrator(member, client):
    assert client.get(reverse("wagtailusers_users:index")).status_code in (302, 403)


@pytest.mark.parametrize("words", HOSTILE)
@pytest.mark.parametrize(
    "name",
    [
        "wagtailadmin_pages:search",
        "wagtaildocs:index",
        "wagtailimages:index",
        "wagtailadmin_choose_page_search",
    ],
)
def test_any_search_in_the_cms_is_answered(editor, site_tree, client, name, words):
    make_research(site_tree.library)
    client.force_login(editor)
    assert client.get(reverse(name), {"q": words}).status_code == 200


def test_search_in_the_cms_finds_a_page(editor, site_tree, client):
    make_research(site_tree.library, "Vergezicht")
    client.force_login(editor)
    html = client.get(reverse("wagtailadmin_pages:search"), {"q": "vergezicht"}).content.decode()
    assert "Vergezicht" in html


def upload(client, name, content):
    return client.post(
        reverse("wagtaildocs:add_multiple"),
        {"title": "Rapport", "files[]": SimpleUploadedFile(name, content), "collection": ""},
        HTTP_X_REQUESTED_WITH="XMLHttpRequest",
    ).json()


def test_documents_are_checked_when_they_are_uploaded(member, client):
    assert upload(client, "rapport.pdf", b"%PDF-1.7 een")["success"]
    assert not upload(client, "kopie.pdf", b"%PDF-1.7 een")["success"]
    assert not upload(client, "pagina.html", b"<html>")["success"]
    assert not upload(client, "vermomd.pdf", b"<html>")["success"]
    assert HubDocument.objects.count() == 1


def test_pictures_that_can_run_code_are_refused(member, client):
    svg = SimpleUploadedFile("x.svg", b'<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>')
    client.post(reverse("wagtailimages:add"), {"title": "x", "file": svg})
    assert not HubImage.objects.exists()
    file = io.BytesIO()
    Image.new("RGB", (20, 20)).save(file, "PNG")
    png = SimpleUploadedFile("x.png", file.getvalue(), "image/png")
    client.post(reverse("wagtailimages:add"), {"title": "x", "file": png})
    assert HubImage.objects.count() == 1


def test_a_theme_is_made_in_the_cms(member, client, site_tree):
    response = client.post(
        reverse("wagtailsnippets_core_theme:add"),
        {"label": "Framing", "slug": "framing", "other_words": "kader\n\n frame ", "locale": "nl"},
    )
    assert response.status_code == 302
    assert Theme.objects.get(slug="framing").words == ["kader", "frame"]


def heading(client) -> str:
    html = client.get(reverse("wagtailadmin_home")).content.decode()
    return re.search(r"<h1[^>]*>(.*?)</h1>", html, re.DOTALL)[1].strip()


def test_the_dashboard_bears_the_name_of_the_organisation(editor, site_tree, client):
    client.force_login(editor)
    site = Site.objects.get(is_default_site=True)
    SiteSettings.objects.update_or_create(site=site, defaults={"organisation": "Samen & Zo"})
    assert heading(client) == "Samen &amp; Zo"


def test_the_dashboard_has_a_name_before_there_is_a_site(editor, site_tree, client, settings):
    Site.objects.all().delete()
    client.force_login(editor)
    assert heading(client) == settings.WAGTAIL_SITE_NAME
