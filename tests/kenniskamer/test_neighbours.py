"""Studies beside a study: chosen, or close by theme and text."""

import pytest

from kenniskamer import neighbours
from kenniskamer.models import RelatedResearch, ResearchPage
from kenniskamer.neighbours import CLOSEST, score
from search import indexing
from search.engines.base import SearchUnavailable
from tests.conftest import published
from tests.research import make_research


def titles(page):
    return [study.title for study in ResearchPage.objects.get(pk=page.pk).related]


@pytest.mark.parametrize(
    ("shared", "by_text", "best"),
    [
        ({1: 1.0, 2: 0.5}, [], [1, 2]),
        ({1: 1.0, 2: 0.5}, [2], [2, 1]),
        ({}, [5, 6, 7, 8, 9], [5, 6, 7]),  # without a theme only the clearest
        ({9: 0.25}, [5, 6, 7, 8, 9], [5, 6, 9, 7]),
        ({}, [], []),
    ],
)
def test_themes_and_text_add_up(shared, by_text, best):
    scores = score(shared, by_text)
    assert sorted(scores, key=lambda pk: -scores[pk]) == best


def test_the_same_theme_comes_before_nothing_in_common(site_tree):
    page = make_research(site_tree.library, "Eerste", theme=site_tree.theme)
    make_research(site_tree.library, "Zelfde thema", theme=site_tree.theme)
    make_research(site_tree.library, "Iets heel anders")
    assert titles(page) == ["Zelfde thema"]


def test_text_finds_neighbours_without_a_theme(site_tree):
    page = make_research(site_tree.library, "Contact op de werkvloer", lead="Collega's.")
    make_research(site_tree.library, "Werkvloer en contact", lead="Samen werken.")
    make_research(site_tree.library, "Belastingen", lead="Over geld.", findings="<p>Geld.</p>")
    indexing.process_pending()
    assert titles(page) == ["Werkvloer en contact"]


def test_what_an_editor_chose_comes_first_in_that_order(site_tree):
    page = make_research(site_tree.library, "Eerste", theme=site_tree.theme)
    make_research(site_tree.library, "Zelfde thema", theme=site_tree.theme)
    for title in ("Gekozen een", "Gekozen twee"):
        chosen = make_research(site_tree.library, title)
        RelatedResearch.objects.create(page=page, research=chosen)
    assert titles(page) == ["Gekozen een", "Gekozen twee", "Zelfde thema"]


def test_there_are_never_more_than_fit_unless_chosen(site_tree):
    page = make_research(site_tree.library, "Eerste", theme=site_tree.theme)
    for number in range(CLOSEST + 3):
        make_research(site_tree.library, f"Buur {number}", theme=site_tree.theme)
    assert len(titles(page)) == CLOSEST


def test_withdrawn_unpublished_and_other_languages_stay_away(site_tree):
    page = make_research(site_tree.library, "Eerste", theme=site_tree.theme)
    hidden = make_research(site_tree.library, "Weg", theme=site_tree.theme)
    hidden.unpublish()
    ResearchPage.objects.filter(
        pk=make_research(site_tree.library, "Ingetrokken", theme=site_tree.theme).pk
    ).update(withdrawn=True)
    published(page.copy_for_translation(site_tree.en))
    assert titles(page) == []


def test_what_is_worked_out_without_search_is_not_kept(site_tree, monkeypatch):
    page = make_research(site_tree.library, "Contact op de werkvloer", theme=site_tree.theme)
    make_research(site_tree.library, "Zelfde thema", theme=site_tree.theme)
    make_research(site_tree.library, "Werkvloer en contact")
    indexing.process_pending()

    def away():
        raise SearchUnavailable("away")

    with monkeypatch.context() as patched:
        patched.setattr(neighbours, "plan", lambda *_: away())
        assert titles(page) == ["Zelfde thema"]
    assert sorted(titles(page)) == ["Werkvloer en contact", "Zelfde thema"]
    monkeypatch.setattr(neighbours, "plan", lambda *_: away())
    assert sorted(titles(page)) == ["Werkvloer en contact", "Zelfde thema"]
