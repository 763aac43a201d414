"""One contract: tags, JSON-LD, COinS, links and Dublin Core say the same of a study."""

from html import escape

import pytest

from kenniskamer.bibliography.formats import read
from kenniskamer.bibliography.study import record_of
from kenniskamer.choices import StudyKind
from kenniskamer.metadata.described import Described
from kenniskamer.metadata.kinds import in_book, in_journal
from kenniskamer.models import ResearchAuthor
from kenniskamer.oai.dublin_core import oai_dc
from kenniskamer.oai.elements import DC
from tests.kenniskamer.metadata.reading import Head, links
from tests.research import make_research, make_source

FULL = {
    "original_title": "“Support” & <acceptance>: what's next?",
    "publisher": "Sociaal en Cultureel Planbureau",
    "place": "Den Haag",
    "container_title": "Tijdschrift & Zo",
    "volume": "12",
    "issue": "3",
    "page_range": "207-23",
    "report_number": "2020-7",
    "editors": "Vries, Piet de\nInstituut voor Voorbeelden",
    "original_language": "en",
    "doi": "10.1234/abc",
    "isbn": "9780306406157",
    "source_url": "https://example.org/a?b=c&d=é",
    "licence": "CC-BY-4.0",
}
CASES = [
    *((kind, FULL) for kind in StudyKind),
    *((kind, {"published_year": None}) for kind in StudyKind),
]


@pytest.fixture(params=CASES, ids=lambda case: f"{case[0]}-{'full' if case[1] is FULL else 'bare'}")
def study(request, site_tree):
    kind, values = request.param
    full = values is FULL
    source = make_source("Rapport", ("Een.",)) if full else None
    page = make_research(
        site_tree.library, study_kind=kind, source=source, theme=site_tree.theme, **values
    )
    if full:
        ResearchAuthor.objects.create(
            page=page,
            family_name="van der Berg",
            given_names="Maria",
            orcid="0000-0002-1825-0097",
            sort_order=2,
        )
        ResearchAuthor.objects.create(page=page, family_name="Raad & Daad", sort_order=3)
    return page


def test_all_forms_say_the_same(client, study):
    response = client.get(study.url)
    head = Head(response.content.decode())
    record = record_of(study)
    (graph,), names = head.scripts, [name.inverted for name in record.authors]
    coin = Described(study).page.card.coins
    (coin,) = Head(f'<span class="Z3988" title="{coin.replace("&", "&amp;")}"></span>').coins

    # Title and authors.
    assert head.one("citation_title") == graph["name"] == record.title
    assert head.all("citation_author") == names
    assert [author["name"] for author in graph["author"]] == [n.reading for n in record.authors]
    title_key = "rft.title" if study.study_kind == "thesis" else "rft.btitle"
    if "rft.atitle" in coin:
        title_key = "rft.atitle"
    assert coin[title_key] == [record.title]
    assert coin["rft.au"] == [name.inverted for name in record.authors if not name.literal]

    # Year, language, identifiers.
    year = str(study.published_year or "")
    assert head.one("citation_publication_date")[:4] == year
    assert graph.get("datePublished", "")[:4] == coin.get("rft.date", [""])[0][:4] == year
    assert head.one("citation_language") == graph.get("inLanguage", "") == study.original_language
    assert head.one("citation_doi") == study.doi
    assert ("info:doi/" + study.doi in coin["rft_id"]) == bool(study.doi)
    assert head.one("citation_isbn") == study.isbn
    values = {item["propertyID"]: item["value"] for item in graph["identifier"]}
    assert (values.get("DOI", ""), values.get("ISBN", "")) == (study.doi, study.isbn)
    assert values["URL"] in coin["rft_id"]

    # What it is part of.
    assert head.one("citation_journal_title") == (record.container if in_journal(record) else "")
    assert head.one("citation_inbook_title") == (record.container if in_book(record) else "")
    whole = graph.get("isPartOf", {})
    while "isPartOf" in whole:
        whole = whole["isPartOf"]
    in_whole = in_journal(record) or in_book(record)
    assert whole.get("name", "") == (record.container if in_whole else "")
    assert head.one("citation_firstpage") == graph.get("pageStart", "")
    assert head.one("citation_lastpage") == graph.get("pageEnd", "")

    # The file, in the page, the graph and the header.
    pdfs = [f"http://localhost:8000{source.source_file.document.url}" for source in study.files]
    assert head.all("citation_pdf_url") == pdfs
    assert [file["contentUrl"] for file in graph.get("encoding", [])] == pdfs
    found = links(response)
    assert [url for relation, url, _kind in found if relation == "item"] == pdfs
    assert [url for relation, url, _kind in found if relation == "cite-as"] == [
        graph.get("sameAs") or graph["@id"]
    ]
    assert ("type", f"https://schema.org/{graph['@type']}", "") in found
    assert [url for relation, url, _kind in found if relation == "license"] == (
        [graph["license"]] if "license" in graph else []
    )

    # Dublin Core, at the address the header gives too.
    core, *exports = [url for relation, url, _kind in found if relation == "describedby"]
    answer = client.get(core.removeprefix("http://localhost:8000")).content.decode()
    assert escape(record.title, quote=False) in answer
    # The references that go out, read back.
    assert [url.rpartition(".")[2] for url in exports] == ["ris", "bib", "json"]
    for url in exports:
        content = client.get(url.removeprefix("http://localhost:8000")).content
        (out,) = [row.record for row in read(content)]
        assert (out.title, out.authors, out.issued) == (record.title, record.authors, record.issued)
        assert (out.doi, out.isbn, out.container) == (record.doi, record.isbn, record.container)
    core = oai_dc([study])
    assert [node.text for node in core.iter(f"{{{DC}}}creator")] == names
    assert record.title in [node.text for node in core.iter(f"{{{DC}}}title")]
    assert [node.text for node in core.iter(f"{{{DC}}}date")] == ([year] if year else [])


KINDS = [
    ("report", "Report", "citation_technical_report_institution", "report"),
    ("article", "ScholarlyArticle", "citation_journal_title", "article"),
    ("book", "Book", "citation_publisher", "book"),
    ("chapter", "Chapter", "citation_inbook_title", "bookitem"),
    ("thesis", "Thesis", "citation_dissertation_institution", None),
    ("paper", "Report", "citation_technical_report_institution", "report"),
    ("other", "CreativeWork", "citation_publisher", "unknown"),
]


@pytest.mark.parametrize(("kind", "schema", "tag", "genre"), KINDS)
def test_each_kind_is_recognised(client, site_tree, kind, schema, tag, genre):
    page = make_research(site_tree.library, study_kind=kind, **FULL)
    head = Head(client.get(page.url).content.decode())
    assert head.scripts[0]["@type"] == schema
    assert head.all(tag)
    (coin,) = Head(client.get(site_tree.library.url).content.decode()).coins
    assert coin.get("rft.genre", [None]) == [genre]
    assert coin["ctx_ver"] == ["Z39.88-2004"]
    assert coin["rft_val_fmt"][0].startswith("info:ofi/fmt:kev:mtx:")
