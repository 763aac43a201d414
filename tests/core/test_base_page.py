import datetime as dt

from django.utils import timezone

from wagtail.models import PageViewRestriction

import pytest

from core.contracts import Badge, Card, CardImage
from core.models import Announcement, AnnouncementKind, PageTheme, Theme
from core.models.base import attach_themes, localized_themes
from core.plain_text import rich_text, until
from kenniskamer.models import ResearchPage
from tests.conftest import published
from tests.research import make_research, make_source


def test_a_card_survives_the_way_through_json():
    card = Card(
        kind="research",
        kind_label="Onderzoek",
        title="Titel",
        url="/nl/x/",
        date=dt.date(2024, 2, 29),
        image=CardImage("/media/x.png", 10, 20, "alt"),
        badges=(Badge("Sterk", "evidence-strong"),),
        facts=("a", "b"),
    )
    assert Card.from_json(card.as_json()) == card


def test_search_document_holds_sections_and_pdf_pages(site_tree):
    source = make_source("Rapport", ("Eerste bladzijde.", "Tweede bladzijde."))
    page = make_research(site_tree.library, theme=site_tree.theme, source=source)
    document = page.search_document()
    assert document.key == f"page:{page.pk}"
    assert document.themes == ("draagvlak",)
    assert document.year == 2020
    assert document.language == "nl"
    locators = [passage.locator for passage in document.passages]
    assert len(set(locators)) == len(locators)
    urls = [passage.url for passage in document.passages]
    assert f"{source.document.url}#page=2" in urls
    assert document.card["title"] == page.title


def test_a_translation_shares_the_work_and_shows_themes_in_its_own_language(site_tree):
    page = make_research(site_tree.library, theme=site_tree.theme)
    english = page.copy_for_translation(site_tree.en, copy_parents=True)
    english.title = "Support for reception"
    english = published(english)
    assert english.search_document().work == page.search_document().work
    assert english.search_document().key != page.search_document().key
    assert [theme.label for theme in english.themes] == ["Public support"]
    document = english.search_document()
    assert document.themes == ("draagvlak",)
    assert document.body.endswith("Themes: Public support.")
    assert english.card.kind_label == "Research"


def test_many_pages_get_their_themes_in_two_queries(site_tree, django_assert_num_queries):
    other = Theme.objects.create(label="Framing", slug="framing", locale=site_tree.nl)
    for number in range(5):
        page = make_research(site_tree.library, f"Studie {number}", theme=other)
        page.page_themes.update(sort_order=1)
        PageTheme.objects.create(page=page, theme=site_tree.theme, sort_order=2)
    pages = list(ResearchPage.objects.all())
    with django_assert_num_queries(2):
        attach_themes(pages)
        assert {tuple(t.slug for t in page.themes) for page in pages} == {("framing", "draagvlak")}


def test_localized_themes_keep_the_editors_order(site_tree):
    other = Theme.objects.create(label="Aandacht", slug="aandacht", locale=site_tree.nl)
    chosen = [site_tree.theme.pk, other.pk]
    found = localized_themes(chosen, site_tree.en.pk)
    assert [theme.label for theme in found] == ["Public support", "Aandacht"]
    assert [t.label for t in localized_themes(chosen[::-1], site_tree.nl.pk)] == [
        "Aandacht",
        "Draagvlak",
    ]


def test_a_page_announces_itself_once(site_tree):
    page = make_research(site_tree.library)
    page.title = "Beter"
    published(page)
    line = Announcement.objects.get(page=page)
    assert line.kind == AnnouncementKind.NEW
    page.unpublish()
    assert not Announcement.objects.public().filter(page=page).exists()
    published(page)
    assert Announcement.objects.filter(page=page).count() == 1
    assert Announcement.objects.since(timezone.now()).count() == 0


def test_drafts_and_plain_pages_announce_nothing(site_tree):
    make_research(site_tree.library, live=False)
    published(site_tree.home)
    assert not Announcement.objects.exists()


@pytest.mark.parametrize(
    ("text", "length", "expected"),
    [
        ("kort", 10, "kort"),
        ("een twee drie vier", 10, "een twee…"),
        ("een, twee drie", 6, "een…"),
        ("regel\n\n  tweede", 40, "regel tweede"),
    ],
)
def test_until(text, length, expected):
    assert until(text, length) == expected
    assert len(until(text, length)) <= length


def test_rich_text_gives_words_only():
    assert rich_text("<p>Een <b>woord</b></p><p>en &amp; meer</p>").split() == [
        "Een",
        "woord",
        "en",
        "&",
        "meer",
    ]


def test_a_restriction_holds_for_the_page_what_is_under_it_and_its_aliases(client, site_tree):
    page = make_research(site_tree.library)
    alias = page.create_alias(parent=site_tree.library_en, update_locale=site_tree.en)
    again = alias.create_alias(parent=site_tree.library, update_slug="nog-eens")
    urls = [page.url, alias.url, again.url]
    assert [client.get(url).status_code for url in urls] == [200, 200, 200]
    PageViewRestriction.objects.create(page=page, restriction_type="login")
    assert [client.get(url).status_code for url in urls] == [302, 302, 302]
    PageViewRestriction.objects.all().delete()
    PageViewRestriction.objects.create(page=site_tree.library, restriction_type="login")
    assert client.get(page.url).status_code == 302
    assert client.get(site_tree.library_en.url).status_code == 200
