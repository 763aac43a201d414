"""The forms of metadata by themselves: what is hostile, absent or too long."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kenniskamer.metadata.pages import first_and_last
from kenniskamer.metadata.signposting import link
from kenniskamer.models import ResearchAuthor, ResearchSource
from tests.conftest import published
from tests.kenniskamer.metadata.reading import Head, links
from tests.research import make_document, make_research, make_source

EVIL = "</script><script>alert(1)</script>\"'><b>&amp;\u2028"


@pytest.mark.parametrize(
    ("pages", "found"),
    [
        ("207-223", ("207", "223")),
        ("207-23", ("207", "223")),
        ("e12-e19", ("e12", "e19")),
        ("99-101", ("99", "101")),
        ("7", ("7", "")),
        ("", ("", "")),
        ("7, 9-12", ("", "")),
        ("7-9-12", ("", "")),
    ],
)
def test_first_and_last_page(pages, found):
    assert first_and_last(pages) == found


@given(st.text())
def test_an_address_cannot_end_its_link(target):
    header = link(target, "item")
    assert header.isascii()
    assert header.isprintable()
    assert header.count("<") == header.count(">") == 1
    assert header.endswith('>; rel="item"')


def test_hostile_text_stays_text(client, site_tree):
    page = make_research(
        site_tree.library,
        "Titel",
        original_title=EVIL,
        publisher=EVIL,
        lead=EVIL,
        editors=EVIL,
        source_url="https://example.org/%0d%0aSet-Cookie:a=b",
    )
    ResearchAuthor.objects.create(page=page, family_name=EVIL, given_names=EVIL)
    response = client.get(page.url)
    html = response.content.decode()
    assert "<script>alert" not in html
    assert "alert(1)</b>" not in html
    head = Head(html)
    assert len(head.scripts) == 1
    assert head.scripts[0]["subjectOf"]["description"].startswith("</script>")
    assert client.get(site_tree.library.url).status_code == 200


def test_a_study_with_hundreds_of_authors_has_a_short_header(client, site_tree):
    page = make_research(site_tree.library)
    ResearchAuthor.objects.bulk_create(
        ResearchAuthor(
            page=page, family_name=f"N{number}", given_names="A.", orcid="0000-0002-1825-0097"
        )
        for number in range(250)
    )
    response = client.get(page.url)
    assert len(response["Link"]) < 4000
    assert len(Head(response.content.decode()).all("citation_author")) == 251
    assert len(page.card.coins) < 4000


def test_a_pdf_leads_back_to_its_study(client, site_tree):
    source = make_source("Rapport", ("Een.",))
    document = source.document.url
    assert links(client.get(document)) == []
    page = make_research(site_tree.library, source=source)
    expected = [("collection", f"http://localhost:8000{page.url}", "text/html")]
    assert links(client.get(document)) == expected
    english = published(page.copy_for_translation(site_tree.en))
    assert links(client.get(document)) == expected
    assert links(client.get(document, headers={"range": "bytes=0-3"})) == []
    other = make_research(site_tree.library, "Ander")
    ResearchSource.objects.create(page=other, source_file=source)
    assert links(client.get(document)) == []
    page.unpublish()
    english.unpublish()
    other.unpublish()
    assert links(client.get(document)) == []
    assert links(client.get(make_document("Los").url)) == []


def test_only_studies_speak_of_citing(client, site_tree):
    for page in (site_tree.home, site_tree.library, site_tree.faq):
        response = client.get(page.url)
        assert links(response) == []
        assert not Head(response.content.decode()).tags


def test_search_results_can_be_taken_over(client, site_tree):
    from search.indexing import rebuild

    make_research(site_tree.library, "Draagvlak voor opvang", doi="10.1234/abc")
    rebuild()
    (coin,) = Head(client.get("/nl/zoeken/?q=draagvlak").content.decode()).coins
    assert "info:doi/10.1234/abc" in coin["rft_id"]
