"""Where a page is used."""

import pytest

from core.backlinks import used_by
from home.models import FaqAnswerPage, StandardPage
from kenniskamer.models import RelatedResearch
from tests.conftest import published
from tests.research import make_research


@pytest.fixture
def study(site_tree):
    return make_research(site_tree.library)


def link_to(page):
    return f'<p><a linktype="page" id="{page.pk}">Lees dit</a></p>'


def use(site_tree, study):
    """A page and an answer that link to a study, both public."""
    page = StandardPage(title="Over ons", body=[("paragraph", link_to(study))])
    site_tree.home.add_child(instance=page)
    answer = FaqAnswerPage(title="Wat helpt?", answer=link_to(study))
    site_tree.faq.add_child(instance=answer)
    return published(page), published(answer)


def test_pages_that_link_are_found_by_kind_in_one_query(
    site_tree, study, django_assert_num_queries
):
    use(site_tree, study)
    used_by(study)  # content types are known
    with django_assert_num_queries(1):
        uses = used_by(study)
    assert [[page.title for page in use.pages] for use in uses] == [["Over ons"], ["Wat helpt?"]]


def test_what_is_not_public_is_left_out(site_tree, study):
    page, answer = use(site_tree, study)
    page.unpublish()
    draft = StandardPage(title="Concept", body=[("paragraph", link_to(study))], live=False)
    site_tree.home.add_child(instance=draft)
    assert [page.title for use in used_by(study) for page in use.pages] == ["Wat helpt?"]


def test_standing_beside_is_no_use_but_a_link_in_the_text_is(site_tree, study):
    other = make_research(site_tree.library, "Buur")
    RelatedResearch.objects.create(page=other, research=study)
    published(other)
    assert used_by(study, leave_out="related_research") == []
    make_research(site_tree.library, "Bouwt voort", findings=link_to(study))
    titles = [
        page.title for use in used_by(study, leave_out="related_research") for page in use.pages
    ]
    assert titles == ["Bouwt voort"]


def test_the_study_shows_it(client, site_tree, study):
    use(site_tree, study)
    html = client.get(study.url).content.decode()
    assert "Gebruikt in" in html
    assert "Wat helpt?" in html
