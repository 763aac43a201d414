"""One contract for every page type, those of tomorrow included."""

from django.apps import apps
from django.test import RequestFactory
from django.urls import reverse

from wagtail.admin.panels import TitleFieldPanel
from wagtail.models import Page
from wagtail.test.utils.form_data import nested_form_data, querydict_from_html
from wagtail_localize.fields import get_translatable_fields

import pytest

from core.contracts import Card, SearchDocument
from core.models import BasePage
from home.models import FaqAnswerPage, FaqPage, HomePage, StandardPage
from kenniskamer.models import KenniskamerPage, RelatedResearch, ResearchPage
from newsletter.models import EditionPage, NewsletterPage
from podcasts.models import Chapter, EpisodeMention, EpisodePage, EpisodePerson, PodcastPage
from search.indexing import process_pending
from tests.conftest import published
from tests.newsletter.editions import as_sent, make_edition, make_newsletters
from tests.podcasts.episodes import make_episode, make_podcast, make_transcript
from tests.research import BODY, make_research, make_source
from tests.toolkit.releases import make_release, make_toolkit, release_now
from toolkit.models import ReleasePage, ToolkitPage

PAGE_TYPES = [model for model in apps.get_models() if issubclass(model, Page) and model is not Page]
# Database queries for an anonymous visitor, uncached, on a full page of that type.
MOST_QUERIES = {
    HomePage: 18,
    StandardPage: 15,
    FaqPage: 15,
    FaqAnswerPage: 15,
    KenniskamerPage: 22,
    ResearchPage: 15,
    ToolkitPage: 15,
    ReleasePage: 15,
    PodcastPage: 15,
    EpisodePage: 15,
    NewsletterPage: 15,
    EditionPage: 15,
}


@pytest.fixture
def examples(site_tree):
    """One full page of each type."""
    standard = StandardPage(title="Over ons", slug="over", lead="Wie wij zijn.", body=BODY)
    site_tree.home.add_child(instance=standard)
    answer = FaqAnswerPage(title="Wat kost het?", slug="kosten", answer="<p>Niets.</p>")
    site_tree.faq.add_child(instance=answer)
    for title in ("Wie kan meedoen?", "Wat is het niet?"):
        site_tree.faq.add_child(instance=FaqAnswerPage(title=title, answer="<p>Ja.</p>"))
    for name in ("Privacy", "Colofon"):
        site_tree.home.add_child(instance=StandardPage(title=name))
    for number in range(4):
        make_research(site_tree.library, f"Buur {number}", theme=site_tree.theme)
    research = make_research(
        site_tree.library,
        theme=site_tree.theme,
        source=make_source("Rapport", ("Bladzijde een.", "Bladzijde twee.")),
        question="<p>Vraag</p>",
        practice="<p>Praktijk</p>",
        limits="<p>Grenzen</p>",
        doi="10.1234/abc",
    )
    for other in ResearchPage.objects.filter(title__startswith="Buur"):
        RelatedResearch.objects.create(page=research, research=other)
    toolkit = make_toolkit(site_tree.home)
    newsletter = make_newsletters(site_tree)[0]
    edition = as_sent(make_edition()).pages.get(locale=site_tree.nl)
    podcast = make_podcast(site_tree.home)
    for number in (1, 2, 3):
        make_episode(podcast, f"Eerder {number}", number=number)
    episode = make_episode(
        podcast,
        number=4,
        chapters=[Chapter(start=0, title="Begin"), Chapter(start=60_000, title="Vervolg")],
        people=[EpisodePerson(name="Noor de Wit", role="host")],
        mentions=[EpisodeMention(subject=research, start=33_000)],
    )
    make_transcript(episode)
    return {
        PodcastPage: podcast,
        EpisodePage: episode,
        ToolkitPage: toolkit,
        ReleasePage: release_now(make_release(toolkit)).page.specific,
        NewsletterPage: newsletter,
        EditionPage: edition,
        HomePage: site_tree.home,
        KenniskamerPage: site_tree.library,
        FaqPage: site_tree.faq,
        StandardPage: published(standard),
        FaqAnswerPage: published(answer),
        ResearchPage: research,
    }


def test_every_page_type_has_an_example_and_a_limit(examples):
    assert set(PAGE_TYPES) == set(examples) == set(MOST_QUERIES)


@pytest.mark.parametrize("model", PAGE_TYPES)
def test_declares_where_it_stands(model):
    assert issubclass(model, BasePage)
    assert "parent_page_types" in vars(model)
    assert "subpage_types" in vars(model)
    for child in model.allowed_subpage_models():
        assert model in child.allowed_parent_page_models()
    assert model.allowed_parent_page_models()


@pytest.mark.parametrize("model", PAGE_TYPES)
def test_is_shown_to_visitors_within_its_limit_of_queries(
    model, examples, client, django_assert_max_num_queries
):
    page = examples[model]
    process_pending()
    client.get(page.url)  # what is the same for all pages is warm
    with django_assert_max_num_queries(MOST_QUERIES[model]):
        response = client.get(page.url)
    assert response.status_code == 200
    html = response.content.decode()
    assert html.count("<h1") == 1
    assert f'<html lang="{page.language}"' in html
    assert f'<link rel="canonical" href="http://localhost:8000{page.url}">' in html
    assert "style=" not in html
    assert "<script>" not in html


def panels_in(panel):
    """Every panel of a form, those inside others too."""
    for child in getattr(panel, "children", ()):
        yield child
        yield from panels_in(child)


@pytest.mark.parametrize("model", PAGE_TYPES)
def test_the_address_of_a_new_page_follows_its_title(model):
    form = model.get_edit_handler()
    if "slug" in form.get_form_class().base_fields:
        assert any(isinstance(panel, TitleFieldPanel) for panel in panels_in(form))


def test_there_is_one_home_page_for_each_language(examples):
    assert not HomePage.can_create_at(Page.get_first_root_node())


@pytest.mark.parametrize("model", [model for model in PAGE_TYPES if model is not HomePage])
def test_can_be_added_by_an_editor(model, examples, client, editor, site_tree):
    parents = {
        ResearchPage: site_tree.library,
        FaqAnswerPage: site_tree.faq,
        ReleasePage: examples[ToolkitPage],
        EpisodePage: examples[PodcastPage],
    }
    parent = parents.get(model, site_tree.home)
    client.force_login(editor)
    address = reverse(
        "wagtailadmin_pages:add", args=[model._meta.app_label, model._meta.model_name, parent.pk]
    )
    response = client.get(f"{address}?empty")
    if model in (KenniskamerPage, FaqPage, ToolkitPage, NewsletterPage, EditionPage):
        assert response.status_code in (302, 403)  # there is one, or it begins in another way
        return
    assert response.status_code == 200
    values = querydict_from_html(response.content.decode(), form_id="page-edit-form").dict()
    values |= {"title": "Nieuw", "slug": "nieuw", "action-publish": "1", **EXTRA.get(model, {})}
    if model is EpisodePage:
        values["audio"] = examples[EpisodePage].audio_id
    if model is ReleasePage:
        del values["action-publish"]
    response = client.post(address, values)
    assert response.status_code == 302, errors_of(response)
    # A release comes out by releasing it, and in no other way.
    assert model.objects.get(title="Nieuw").live is (model is not ReleasePage)


EXTRA = {
    FaqAnswerPage: {"answer": '{"blocks": [{"text": "Ja.", "type": "unstyled"}], "entityMap": {}}'},
    StandardPage: nested_form_data({"body": {"count": "0"}}) | {"body-count": "0"},
    ReleasePage: nested_form_data({"chapters": {"count": "0"}})
    | {"chapters-count": "0", "version": "9.9"},
    PodcastPage: nested_form_data({"body": {"count": "0"}})
    | {"body-count": "0", "author": "De redactie"},
    EpisodePage: {"notes-count": "0"},
}


def errors_of(response):
    form = response.context and response.context.get("form")
    return form.errors if form else response.content[:500]


@pytest.mark.parametrize("model", PAGE_TYPES)
def test_can_be_edited_and_previewed(model, examples, client, editor):
    page = examples[model]
    client.force_login(editor)
    response = client.get(reverse("wagtailadmin_pages:edit", args=[page.pk]))
    assert response.status_code == 200
    request = page.make_preview_request(original_request=None)
    assert request.status_code == 200


def test_a_translated_study_stays_within_its_limit(
    examples, site_tree, client, django_assert_max_num_queries
):
    page = examples[ResearchPage]
    for study in [*ResearchPage.objects.filter(title__startswith="Buur"), page]:
        english = study.copy_for_translation(site_tree.en)
        english.title = f"EN {study.title}"
        english = published(english)
    process_pending()
    client.get(english.url)
    with django_assert_max_num_queries(MOST_QUERIES[ResearchPage]):
        html = client.get(english.url).content.decode()
    assert "EN Buur 0" in html
    assert "Public support" in html


@pytest.mark.parametrize("model", PAGE_TYPES)
def test_has_a_card_in_its_own_language(model, examples):
    card = examples[model].card
    assert isinstance(card, Card)
    assert card.title
    assert card.url.startswith("/nl/")
    assert Card.from_json(card.as_json()) == card


@pytest.mark.parametrize("model", PAGE_TYPES)
def test_gives_search_a_whole_document(model, examples):
    page = examples[model]
    document = page.search_document()
    assert isinstance(document, SearchDocument)
    assert document.title == page.title
    locators = [passage.locator for passage in document.passages]
    assert len(locators) == len(set(locators))
    for passage in document.passages:
        assert passage.text.strip()
        assert passage.url.startswith("/")


@pytest.mark.parametrize("model", PAGE_TYPES)
def test_can_be_translated(model, examples, site_tree):
    page = examples[model]
    names = {field.field_name for field in get_translatable_fields(model)}
    assert {"title", "lead"} <= names
    other = page.get_translation_or_none(site_tree.en)
    if other is None:
        other = page.copy_for_translation(site_tree.en, copy_parents=True)
    assert other.locale == site_tree.en
    assert other.translation_key == page.translation_key


def test_an_empty_page_of_each_kind_is_no_error(client, site_tree):
    bare = ResearchPage(title="Kaal", slug="kaal")
    site_tree.library.add_child(instance=bare)
    empty = StandardPage(title="Leeg", slug="leeg")
    site_tree.home.add_child(instance=empty)
    for page in (bare, empty, site_tree.faq, site_tree.library_en, site_tree.home_en):
        assert client.get(page.url).status_code == 200, page.url


@pytest.mark.parametrize(
    "query",
    [
        "?kind=rommel",
        "?year=%00",
        "?year=99999999999",
        "?theme=%00",
        "?page=nul",
        "?page=-3",
        "?page=9999",
        "?sort=onzin",
        "?year=" + "1" * 5000,
        "?theme=" + "x" * 5000,
        "?language='\"",
    ],
)
def test_the_library_answers_any_query(client, examples, query):
    assert client.get(examples[KenniskamerPage].url + query).status_code == 200


def test_filters_combine_and_can_be_removed(examples, site_tree):
    library = examples[KenniskamerPage]
    make_research(site_tree.library, "Ander jaar", published_year=1999, study_kind="book")
    request = RequestFactory().get("/?theme=draagvlak&year=2020&kind=report")
    context = library.get_context(request)
    assert context["total"] == 5
    assert [chip.url for chip in context["chips"]] == [
        "?year=2020&kind=report",
        "?theme=draagvlak&year=2020",
        "?theme=draagvlak&kind=report",
    ]
    years = {v.value: v.count for f in context["facets"] if f.name == "year" for v in f.values}
    assert years == {"2020": 5}  # a filter does not limit its own counts; the others do
    everything = library.get_context(RequestFactory().get("/"))
    years = {v.value: v.count for f in everything["facets"] if f.name == "year" for v in f.values}
    assert years == {"2020": 5, "1999": 1}
