"""Figures of the library: they agree with its list and lead to it."""

import re

from django.http import QueryDict
from django.utils import translation

import pytest

from kenniskamer.figures import YEARS, charts
from kenniskamer.models import KenniskamerPage
from tests.research import make_research


@pytest.fixture
def library(site_tree):
    for number, year in enumerate((2024, 2024, 2021, 1990, 1985)):
        make_research(
            site_tree.library,
            f"Studie {number}",
            published_year=year,
            theme=site_tree.theme if number < 3 else None,
        )
    make_research(site_tree.library, "Zonder jaar", published_year=None)
    return KenniskamerPage.objects.get(pk=site_tree.library.pk)


def test_years_run_on_and_what_is_old_stands_together(library):
    with translation.override("nl"):
        years, themes = charts(library, 6)
    assert [bar.label for bar in years.bars[:4]] == ["2024", "2023", "2022", "2021"]
    assert [bar.count for bar in years.bars[:4]] == [2, 0, 0, 1]
    assert len(years.bars) == YEARS + 1
    assert (years.bars[-1].label, years.bars[-1].count) == ("1990 en eerder", 2)
    assert years.missing == "Zonder jaar: 1."
    assert [(bar.label, bar.count, bar.percent) for bar in themes.bars] == [("Draagvlak", 3, 100)]


def test_every_bar_leads_to_as_many_studies_as_it_says(library):
    for chart in charts(library, 6):
        for bar in chart.bars:
            if bar.count:
                query = QueryDict(bar.url.partition("?")[2])
                assert library.studies_for(query).count() == bar.count, bar
            else:
                assert bar.url == ""


def test_the_page_draws_them_with_a_table_behind(client, library):
    html = client.get(f"{library.url}cijfers/").content.decode()
    assert '<link rel="canonical" href="http://localhost:8000/nl/onderzoek/cijfers/">' in html
    assert 'hreflang="en" href="http://localhost:8000/en/research/figures/"' in html
    assert 'aria-label="2024: 2 onderzoeken"' in html
    assert len(re.findall(r"<table>", html)) == html.count("<figure") == 2
    assert "style=" not in html
    assert 'href="/nl/onderzoek/cijfers/"' in client.get(library.url).content.decode()


def test_an_empty_library_says_so(client, site_tree):
    html = client.get(f"{site_tree.library_en.url}figures/").content.decode()
    assert "<figure" not in html
    assert "The first studies are on their way" in html


def test_the_label_is_explained_in_both_languages(client, site_tree):
    html = client.get(f"{site_tree.library.url}bewijslabel/").content.decode()
    assert html.count("<h1") == 1
    assert html.count("<dt>") == 16
    assert 'href="http://localhost:8000/en/research/evidence-label/"' in html
    assert client.get(f"{site_tree.library_en.url}evidence-label/").status_code == 200
    assert client.get(f"{site_tree.library.url}onzin/").status_code == 404
