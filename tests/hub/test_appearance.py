"""Pages as they look on paper, in forced colours, and with a full menu."""

from __future__ import annotations

from wagtail.models import Site

import pytest
from playwright.sync_api import expect

from core.models import SiteSettings
from home.models import FaqAnswerPage, StandardPage
from tests.conftest import published
from tests.research import make_research, make_source

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.xdist_group("browser"),
]

DRAWN = """(element, part) => {
  const style = getComputedStyle(element, part);
  return parseFloat(style.borderTopWidth) > 2 && style.borderTopColor !== "rgba(0, 0, 0, 0)";
}"""


def test_paper_shows_what_a_click_would_show(site_tree, tab):
    answer = FaqAnswerPage(title="Wat kost het?", slug="kosten", answer="<p>Niets, gratis.</p>")
    published(site_tree.faq.add_child(instance=answer))
    published(make_research(site_tree.library, source=make_source()))
    tab.goto("/nl/vragen/")
    expect(tab.get_by_text("Niets, gratis.")).to_be_hidden()
    tab.emulate_media(media="print")
    expect(tab.get_by_text("Niets, gratis.")).to_be_visible()
    tab.goto("/nl/onderzoek/cijfers/")
    expect(tab.locator(".chart table").first).to_be_visible()
    expect(tab.locator(".chart__bars").first).to_be_hidden()


def test_ink_on_paper_is_black(site_tree, tab):
    study = published(make_research(site_tree.library, source=make_source()))
    tab.goto(study.url)
    tab.emulate_media(media="print")
    button = tab.locator(".file .button").first
    look = "e => [getComputedStyle(e).color, getComputedStyle(e).backgroundColor]"
    assert button.evaluate(look) == ["rgb(0, 0, 0)", "rgba(0, 0, 0, 0)"]
    expect(tab.locator(".site-foot .languages")).to_be_hidden()


def test_the_path_is_drawn_in_forced_colours(site_tree, tab):
    study = published(make_research(site_tree.library, source=make_source()))
    tab.emulate_media(forced_colors="active")
    tab.goto(study.url)
    assert tab.locator(".page-head__trail").evaluate(DRAWN, "::after")


def test_a_menu_of_five_stands_on_one_line(site_tree, tab):
    site = Site.objects.get(is_default_site=True)
    SiteSettings.objects.update_or_create(site=site, defaults={"organisation": "Het netwerk samen"})
    for title in ("Toolkit", "In het midden", "Nieuwsbrief"):
        page = StandardPage(title=title, show_in_menus=True)
        published(site_tree.home.add_child(instance=page))
    tab.set_viewport_size({"width": 1280, "height": 800})
    tab.goto("/nl/onderzoek/")
    items = tab.locator(".nav-wide li")
    tops = items.evaluate_all("all => all.map(e => e.getBoundingClientRect().top)")
    assert len(tops) == 5
    assert len(set(tops)) == 1
