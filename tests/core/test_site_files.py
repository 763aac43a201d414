import datetime as dt
from xml.etree import ElementTree

from core.models import SiteSettings
from tests.conftest import published
from tests.research import make_research

NAMESPACE = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}


def test_robots_names_the_sitemap_and_keeps_machines_out_of_the_cms(client, site_tree):
    lines = client.get("/robots.txt").content.decode().splitlines()
    assert "Disallow: /admin/" in lines
    assert "Sitemap: http://localhost:8000/sitemap.xml" in lines


def test_security_txt_follows_rfc_9116(client, site_tree):
    site = site_tree.home.get_site()
    SiteSettings.objects.create(site=site, security_contact="mailto:veilig@example.org")
    fields = dict(
        line.split(": ", 1)
        for line in client.get("/.well-known/security.txt").content.decode().splitlines()
    )
    assert fields["Contact"] == "mailto:veilig@example.org"
    expires = dt.datetime.fromisoformat(fields["Expires"])
    assert dt.timedelta(0) < expires - dt.datetime.now(dt.UTC) < dt.timedelta(days=365)


def test_sitemap_lists_live_public_pages_in_both_languages(client, site_tree):
    page = make_research(site_tree.library)
    english = page.copy_for_translation(site_tree.en)
    english.slug = "support"
    published(english)
    make_research(site_tree.library, "Concept", live=False)
    root = ElementTree.fromstring(client.get("/sitemap.xml").content)
    addresses = {loc.text for loc in root.findall("s:url/s:loc", NAMESPACE)}
    assert f"http://localhost:8000{page.url}" in addresses
    assert "http://localhost:8000/en/research/support/" in addresses
    assert not [address for address in addresses if "concept" in address]
    assert len(addresses) == len(root.findall("s:url", NAMESPACE))


def test_favicon(client):
    assert client.get("/favicon.ico").status_code == 301
