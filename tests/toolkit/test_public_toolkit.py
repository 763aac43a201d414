"""What readers see of a toolkit: its states, its addresses, its releases, its comparison."""

from __future__ import annotations

import hashlib
import json
import re
import xml.etree.ElementTree as ET
from typing import Any

from django.test import Client

from wagtail.models import PageViewRestriction
from wagtail.signals import page_published

import pytest

from core.feeds import FORMS
from core.models import Announcement, AnnouncementKind
from search.indexing import process_pending
from tests.toolkit.public import add_file, chapter, make_public, part
from tests.toolkit.releases import editors, make_release, make_toolkit, release_now
from toolkit import releasing
from toolkit.enums import FileKind, NoticeKind, ReleaseState
from toolkit.models import Release, ReleasePage

pytestmark = pytest.mark.django_db


@pytest.fixture
def kit(site_tree: Any) -> Any:
    return make_toolkit(site_tree.home)


@pytest.fixture
def two(kit: Any) -> Any:
    """Version 1.0 and 1.1: one part added, one removed, one moved, one changed."""
    make_public(
        kit, "1.0", chapter("een", part("a"), part("b"), part("c")), chapter("twee", part("d"))
    )
    changed = part("a", title="Deel a, herzien")
    make_public(
        kit, "1.1", chapter("een", changed, part("e")), chapter("twee", part("d"), part("b"))
    )
    return kit


def html(client: Client, url: str, **query: Any) -> str:
    response = client.get(url, query)
    assert response.status_code == 200, url
    return " ".join(response.content.decode().split())


# --- The page ---------------------------------------------------------------


def test_without_a_release(client: Client, kit: Any) -> None:
    assert "De eerste uitgave komt eraan" in html(client, kit.url)
    assert client.get(f"{kit.url}laatste/").headers["Location"] == kit.url
    assert client.get(f"{kit.url}laatste/toolkit.pdf").status_code == 404
    assert "De eerste uitgave komt eraan" in html(client, f"{kit.url}vergelijken/")


def test_a_draft_is_nobodys_business(client: Client, kit: Any) -> None:
    make_release(kit, "1.0")
    assert "De eerste uitgave komt eraan" in html(client, kit.url)
    for address in ("1.0/", "1.0/rondje-vragen/", "1.0/toolkit.pdf"):
        assert client.get(kit.url + address).status_code == 404


def test_one_release(client: Client, kit: Any) -> None:
    make_public(kit, "1.0")
    page = html(client, kit.url)
    assert "Versie 1.0" in page
    assert "Eerdere uitgaven" not in page
    for name in ("toolkit-1.0.pdf", "toolkit-1.0.zip"):
        assert f'href="{kit.url}1.0/{name}" download' in page
    sums = re.findall(r">([0-9a-f]{64})<", page)
    assert sums[0] == hashlib.sha256(b"%PDF-1.7 1.0" * 400).hexdigest()
    assert f'href="{kit.url}1.0/rondje/"' in page
    assert page.index("toolkit-1.0.pdf") < page.index("rondje/")


def test_earlier_releases_stand_below_the_newest_by_number(client: Client, kit: Any) -> None:
    for version in ("1.9", "1.10", "1.2"):
        make_public(kit, version)
    page = html(client, kit.url)
    heads = re.findall(r"<h[23][^>]*><a href=\"[^\"]*\">Versie ([0-9.]+)</a>", page)
    assert heads == ["1.10", "1.9", "1.2"]
    assert client.get(f"{kit.url}laatste/").headers["Location"] == f"{kit.url}1.10/"


def test_a_newer_release_in_another_language_is_named(
    client: Client, kit: Any, site_tree: Any
) -> None:
    make_public(kit, "1.0")
    english = kit.copy_for_translation(site_tree.en)
    english.save_revision().publish()
    page = html(client, english.get_url())
    assert "Version 1.0 is not here in this language yet." in page
    assert f'href="{kit.url}1.0/"' in page
    make_public(english, "1.0")
    assert "not here in this language" not in html(client, english.get_url())
    assert client.get("/en/toolkit/latest/toolkit.pdf").headers["Location"].startswith("/en/")


# --- Addresses --------------------------------------------------------------


@pytest.mark.parametrize(
    ("rest", "end"),
    [
        ("", "1.1/"),
        ("toolkit.pdf", "1.1/toolkit.pdf"),
        ("toolkit.zip", "1.1/toolkit.zip"),
        ("e/", "1.1/e/"),
    ],
)
def test_latest_leads_on_and_is_never_kept(client: Client, two: Any, rest: str, end: str) -> None:
    response = client.get(f"{two.url}laatste/{rest}")
    assert (response.status_code, response.headers["Location"]) == (302, two.url + end)
    assert response.headers["Cache-Control"] == "no-cache"
    assert client.get(two.url + end, follow=True).status_code == 200


def test_a_file_by_its_plain_name(client: Client, two: Any) -> None:
    response = client.get(f"{two.url}1.0/toolkit.pdf", follow=True)
    assert response.redirect_chain[-1] == (f"{two.url}1.0/toolkit-1.0.pdf", 302)
    assert b"".join(response.streaming_content) == b"%PDF-1.7 1.0" * 400


@pytest.mark.parametrize(
    "address",
    ["3.0/", "1.0.0/", "01.0/", "1.0/nee/", "1.0/nee.pdf", "1.0/..%2fx.pdf", "1.0/a/b/", "latest/"],
)
def test_what_does_not_exist(client: Client, two: Any, address: str) -> None:
    assert client.get(two.url + address).status_code == 404


def test_files_come_in_ranges_and_only_when_they_changed(client: Client, two: Any) -> None:
    url = f"{two.url}1.1/toolkit-1.1.pdf"
    whole = client.get(url)
    assert whole.headers["Content-Type"] == "application/pdf"
    assert whole.headers["Accept-Ranges"] == "bytes"
    part = client.get(url, headers={"range": "bytes=0-4"})
    assert (part.status_code, b"".join(part.streaming_content)) == (206, b"%PDF-")
    again = client.get(url, headers={"if-none-match": whole.headers["ETag"]})
    assert again.status_code == 304
    assert client.get(url, headers={"range": "bytes=999999-"}).status_code == 416
    assert client.head(url).status_code == 200


def test_a_missing_file_is_not_found(client: Client, two: Any) -> None:
    file = Release.objects.get(page__version="1.0").files.get(kind=FileKind.ZIP)
    file.file.storage.delete(file.file.name)
    assert client.get(f"{two.url}1.0/{file.filename}").status_code == 404


def test_a_private_toolkit_keeps_its_files(client: Client, two: Any) -> None:
    PageViewRestriction.objects.create(page=two, restriction_type=PageViewRestriction.LOGIN)
    for address in ("", "1.0/", "1.0/a/", "1.0/toolkit-1.0.pdf"):
        response = client.get(two.url + address)
        assert response.status_code == 302
        assert "login" in response.headers["Location"]


# --- A release and its parts ------------------------------------------------


def test_an_old_release_says_what_changed_since(client: Client, two: Any) -> None:
    page = html(client, f"{two.url}1.0/")
    assert "U leest versie 1.0. De nieuwste is versie 1.1." in page
    assert "1 onderdeel toegevoegd, 1 vervallen, 1 verplaatst, 1 gewijzigd." in page
    assert f'href="{two.url}vergelijken/?from=1.0&amp;to=1.1"' in page
    assert '<meta name="robots" content="noindex">' in page
    assert "U leest versie" not in html(client, f"{two.url}1.1/")


@pytest.mark.parametrize(
    ("slug", "said", "linked"),
    [
        ("a", "Dit onderdeel is sindsdien gewijzigd.", True),
        ("b", "op een andere plaats", True),
        ("c", "Dit onderdeel staat niet meer in de nieuwste versie.", False),
        ("d", "Dit onderdeel is in de nieuwste versie hetzelfde.", True),
    ],
)
def test_an_old_part_says_how_it_stands_now(
    client: Client, two: Any, slug: str, said: str, linked: bool
) -> None:
    page = html(client, f"{two.url}1.0/{slug}/")
    assert said in page
    assert (f'href="{two.url}1.1/{slug}/"' in page) == linked


def test_a_part_with_everything(client: Client, two: Any) -> None:
    release = Release.objects.get(page__version="1.1")
    add_file(release, FileKind.SHEET_PDF, "deel-e.pdf", b"%PDF-e", part="e")
    page = html(client, f"{two.url}1.1/e/")
    for text in (
        "<h1>Deel e</h1>",
        "30 minuten",
        "Tekst van e.",
        'alt="Een muur"',
        "<li>Twee</li>",
    ):
        assert text in page
    assert f'href="{two.url}1.1/deel-e.pdf"' in page
    assert f'href="{two.url}1.1/a/" rel="prev"' in page
    assert f'href="{two.url}1.1/d/" rel="next"' in page
    assert f'<link rel="canonical" href="http://localhost:8000{two.url}1.1/e/">' in page


def test_a_part_in_the_other_language(client: Client, two: Any, site_tree: Any) -> None:
    english = two.copy_for_translation(site_tree.en)
    english.save_revision().publish()
    dutch = ReleasePage.objects.get(version="1.1")
    other = make_public(english, "1.1", chapter("one", part("e", slug="part-e")))
    ReleasePage.objects.filter(pk=other.pk).update(translation_key=dutch.translation_key)
    page = html(client, f"{two.url}1.1/e/")
    assert 'hreflang="en" href="http://localhost:8000/en/toolkit/1.1/part-e/"' in page


@pytest.mark.parametrize("kind", list(NoticeKind))
def test_notices_stand_above_what_they_are_about(client: Client, two: Any, kind: str) -> None:
    later = Release.objects.get(page__version="1.1")
    withdrawn = kind == NoticeKind.WITHDRAWN
    Release.objects.filter(page__version="1.0").update(
        notice_kind=kind,
        notice_reason="Een cijfer klopt niet.",
        corrected_in=None if withdrawn else later,
        state=ReleaseState.WITHDRAWN if withdrawn else ReleaseState.RELEASED,
    )
    for address in ("1.0/", "1.0/a/"):
        page = html(client, two.url + address)
        assert "Een cijfer klopt niet." in page
        said = "Versie 1.0 is ingetrokken." if withdrawn else "verbeterd is in versie 1.1"
        assert said in page
    assert ("Ingetrokken" in html(client, two.url)) == withdrawn


def test_all_withdrawn(client: Client, two: Any) -> None:
    Release.objects.update(state=ReleaseState.WITHDRAWN, notice_kind="withdrawn")
    page = html(client, two.url)
    assert "De laatste uitgave is ingetrokken." in page
    assert client.get(f"{two.url}laatste/toolkit.pdf").status_code == 404
    assert client.get(f"{two.url}1.1/toolkit-1.1.pdf").status_code == 200
    assert "Versie 1.1 is ingetrokken." in html(client, f"{two.url}1.1/")


# --- Comparing --------------------------------------------------------------


def test_the_comparison(client: Client, two: Any) -> None:
    page = html(client, f"{two.url}vergelijken/", **{"from": "1.0", "to": "1.1"})
    for head in ("Toegevoegd (1)", "Vervallen (1)", "Verplaatst (1)", "Gewijzigd (1)"):
        assert head in page
    assert '<ins><span class="diff__sign">[+</span>, herzien<span' in page
    assert '<option value="1.0" selected>' in page


def test_the_comparison_the_other_way(client: Client, two: Any) -> None:
    page = html(client, f"{two.url}vergelijken/", **{"from": "1.1", "to": "1.0"})
    assert '<del><span class="diff__sign">[−</span>, herzien<span' in page


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({}, "Van versie 1.0 naar 1.1"),
        ({"from": "9.9"}, "Er is hier geen versie 9.9."),
        ({"from": "9.9", "to": "<b>"}, "Er is hier geen versie 9.9 of &lt;b&gt;."),
        ({"from": "1.1", "to": "1.1"}, "één en dezelfde versie"),
        ({"from": "1.0.0", "to": "\x00"}, "Van versie 1.0 naar 1.1"),
    ],
)
def test_what_may_be_asked(client: Client, two: Any, asked: dict[str, str], said: str) -> None:
    assert said in html(client, f"{two.url}vergelijken/", **asked)


def test_one_release_has_nothing_to_be_compared_with(client: Client, kit: Any) -> None:
    make_public(kit, "1.0")
    assert "Er is tot nu toe één uitgave" in html(client, f"{kit.url}vergelijken/")


# --- Feeds, change log, machines --------------------------------------------


@pytest.mark.parametrize("form", FORMS)
def test_feeds(client: Client, two: Any, form: str) -> None:
    Release.objects.filter(page__version="1.0").update(
        state=ReleaseState.WITHDRAWN, notice_kind="withdrawn", notice_reason="Fout."
    )
    response = client.get(f"{two.url}feed/{form}/")
    assert response.status_code == 200
    if form == "json":
        items = json.loads(response.content)["items"]
        assert len(items) == len({item["id"] for item in items}) == 3
        assert items[0]["url"].startswith("http://localhost:8000/nl/toolkit/1.")
    else:
        root = ET.fromstring(response.content)
        found = [el.text for el in root.iter() if el.tag.endswith("title")]
        assert {"Toolkit 1.0", "Toolkit 1.1", "Ingetrokken: Toolkit 1.0"} <= set(found)


def test_a_release_enters_the_change_log_once_as_released(two: Any) -> None:
    page = ReleasePage.objects.get(version="1.1")
    for _turn in range(2):
        page_published.send(sender=ReleasePage, instance=page, revision=None)
    told = Announcement.objects.get(page_id=page.pk)
    assert (told.kind, told.note) == (AnnouncementKind.RELEASED, "Alles is nieuw.")


def test_what_machines_read(client: Client, two: Any) -> None:
    page = html(client, f"{two.url}1.1/")
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', page)
    assert found
    data = json.loads(found[1])
    assert data["version"] == "1.1"
    assert data["isBasedOn"] == "http://localhost:8000/nl/toolkit/1.0/"
    assert data["encoding"][0]["contentUrl"].endswith("/1.1/toolkit-1.1.pdf")
    assert data["license"] == "https://creativecommons.org/licenses/by/4.0/"
    assert '<meta name="citation_title" content="Toolkit 1.1">' in page
    assert "/nl/toolkit/1.1/toolkit-1.1.pdf" in page


def test_search_gets_the_parts_of_the_newest(two: Any) -> None:
    new, old = (ReleasePage.objects.get(version=version) for version in ("1.1", "1.0"))
    passages = new.search_document().passages
    assert [passage.label for passage in passages] == [
        "Deel a, herzien", "Deel e", "Deel d", "Deel b",
    ]  # fmt: skip
    assert passages[1].url == f"{two.url}1.1/e/"
    assert "Tekst van e." in passages[1].text
    assert old.search_document().passages == ()


# --- From composing on ------------------------------------------------------


def test_a_preview_shows_all_parts_on_one_page(client: Client, kit: Any) -> None:
    draft = make_release(kit, "1.0")
    response = draft.make_preview_request(preview_mode="")
    page = " ".join(response.content.decode().split())
    for text in ("Luisteren", "Rondje vragen", "Stel een vraag.", 'href="#rondje-vragen"'):
        assert text in page


def test_what_comes_out_is_found_and_what_is_withdrawn_is_not(kit: Any) -> None:
    first = release_now(make_release(kit, "1.0"))
    second = release_now(make_release(kit, "1.1"))
    told = Announcement.objects.filter(kind=AnnouncementKind.RELEASED)
    assert {row.page_id for row in told} == {first.page_id, second.page_id}
    assert found(kit) == {"/nl/toolkit/1.1/luisteren/"}
    releasing.give_notice(
        release_id=second.pk, kind=NoticeKind.WITHDRAWN, reason="Fout.", user=editors()[0]
    )
    assert found(kit) == {"/nl/toolkit/1.0/luisteren/"}


def found(kit: Any) -> set[str]:
    """The passages that are found for what the parts say."""
    process_pending()
    page = Client().get("/nl/zoeken/", {"q": "luisteren"}).content.decode()
    return set(re.findall(r'href="(/nl/toolkit/1\.[01]/luisteren/)', page))
