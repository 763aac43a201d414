"""The box on the page of a study: without script, with script, in both languages."""

import re

import pytest
from playwright.sync_api import expect

from kenniskamer.models import ResearchPage
from kenniskamer.models.versions import ResearchNotice
from tests.conftest import published
from tests.research import make_research

FOLDS = re.compile(r'<details class="cite__style" name="cite"( open)?>')


@pytest.fixture
def study(site_tree):
    return make_research(
        site_tree.library,
        original_title="Steun & <tegenstand>",
        publisher="Voorbeeldpers",
        study_kind="book",
        original_language="nl",
    )


def test_reads_without_script(client, study):
    html = client.get(study.url).content.decode()
    assert FOLDS.findall(html) == [" open", "", "", ""]
    assert "Jansen, A. (2020). <i>Steun &amp; &lt;tegenstand&gt;</i>. Voorbeeldpers." in html
    assert f"http://localhost:8000/id/{study.translation_key}" in html
    assert html.count("data-copy-from=") == 4
    assert html.count('hidden>Kopieer<span class="visually-hidden">') == 4


def test_speaks_the_language_of_the_page(client, study, site_tree):
    study.published_year = None
    study.save_revision().publish()
    english = published(study.copy_for_translation(site_tree.en))
    assert "(z.d.)" in client.get(study.url).content.decode()
    assert "(n.d.)" in client.get(english.url).content.decode()


def test_an_earlier_version_is_not_offered_for_citing(client, study):
    draft = ResearchPage.objects.get(pk=study.pk).get_latest_revision_as_object()
    draft.notices.add(ResearchNotice(reason="Er stond iets anders."))
    draft.save_revision().publish()
    assert 'name="cite"' in client.get(study.url).content.decode()
    response = client.get(f"{study.url}versie/1/")
    assert response.status_code == 200
    assert 'name="cite"' not in response.content.decode()
    assert "citation_title" not in response.content.decode()
    assert "Link" not in response.headers


@pytest.mark.browser
@pytest.mark.xdist_group("browser")
def test_copies_a_reference_and_opens_one_style_at_a_time(tab, study):
    tab.context.grant_permissions(["clipboard-read", "clipboard-write"])
    tab.goto(study.url)
    button = tab.locator("details[name=cite][open] button")
    button.click()
    expect(button).to_have_text("Gekopieerd")
    copied = tab.evaluate("navigator.clipboard.readText()")
    assert copied == "Jansen, A. (2020). Steun & <tegenstand>. Voorbeeldpers."
    tab.locator("summary", has_text="Harvard").focus()
    tab.keyboard.press("Enter")
    expect(tab.locator("details[name=cite][open] summary")).to_have_text(["Harvard"])
    expect(tab.locator("details[name=cite][open]")).to_contain_text(
        "Jansen, A. (2020) Steun & <tegenstand>. Voorbeeldpers.", use_inner_text=True
    )
    graph = tab.evaluate(
        "JSON.parse(document.querySelector('script[type=\"application/ld+json\"]').textContent)"
    )
    assert graph["name"] == "Steun & <tegenstand>"
    assert not tab.complaints
