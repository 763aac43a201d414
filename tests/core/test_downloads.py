from django.core.files.base import ContentFile

from wagtail.models import Collection, CollectionViewRestriction

import pytest

from core.models import HubDocument
from tests.research import make_document


def body(response):
    return b"".join(response.streaming_content) if response.streaming else response.content


@pytest.fixture
def document(site_tree):
    return make_document("Rapport", b"%PDF-1.7 " + bytes(range(256)) * 40)


def test_a_document_is_served_whole_with_safe_headers(client, document):
    response = client.get(document.url, headers={"accept-encoding": "gzip"})
    content = body(response)
    document.file.open("rb")
    assert content == document.file.read()
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Length"] == str(len(content))
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["ETag"] == f'"{document.sha256}"'
    assert response["Accept-Ranges"] == "bytes"
    assert "default-src 'none'" in response["Content-Security-Policy"]
    assert response["Content-Disposition"] == 'inline; filename="rapport.pdf"'
    assert not response.has_header("Content-Encoding")
    assert not response.cookies


def test_ranges_and_conditions(client, document):
    whole = body(client.get(document.url))
    part = client.get(document.url, headers={"range": "bytes=100-199"})
    assert part.status_code == 206
    assert body(part) == whole[100:200]
    assert part["Content-Range"] == f"bytes 100-199/{len(whole)}"
    assert part["Content-Length"] == "100"
    assert client.get(document.url, headers={"range": "bytes=999999-"}).status_code == 416
    etag = f'"{document.sha256}"'
    assert client.get(document.url, headers={"if-none-match": f'W/"x", {etag}'}).status_code == 304
    stale = client.get(document.url, headers={"range": "bytes=0-9", "if-range": '"other"'})
    assert stale.status_code == 200
    fresh = client.get(document.url, headers={"range": "bytes=0-9", "if-range": etag})
    assert fresh.status_code == 206


def test_head_gives_headers_only(client, document):
    response = client.head(document.url)
    assert response.status_code == 200
    assert int(response["Content-Length"]) == document.file_size
    assert body(response) == b""


def test_writing_to_a_document_address_is_refused(client, document):
    assert client.post(document.url).status_code == 405


def test_a_wrong_name_is_not_found(client, document):
    assert client.get(document.url.replace("rapport", "anders")).status_code == 404


def test_only_pdf_and_text_open_in_the_browser(client, site_tree):
    document = HubDocument(title="Tabel")
    document.file = ContentFile(b"a;b\n<script>alert(1)</script>", name="tabel.csv")
    document.save()
    response = client.get(document.url)
    assert response["Content-Disposition"].startswith("attachment")
    assert response["Content-Type"] == "text/csv"
    assert "sandbox" in response["Content-Security-Policy"]


def test_a_private_collection_asks_for_a_login(client, document):
    collection = Collection.get_first_root_node().add_child(name="Intern")
    CollectionViewRestriction.objects.create(collection=collection, restriction_type="login")
    HubDocument.objects.filter(pk=document.pk).update(collection=collection)
    response = client.get(document.url)
    assert response.status_code == 302
    assert "login" in response["Location"]


def test_a_document_is_stored_once(site_tree):
    first = make_document("Rapport", b"%PDF-1.7 zelfde")
    again = HubDocument(title="Nog eens")
    first.file.open("rb")
    again.file = ContentFile(first.file.read(), name="kopie.pdf")
    with pytest.raises(Exception, match="Rapport"):
        again.full_clean(exclude=["uploaded_by_user"])
    assert first.sha256 in first.file.name


@pytest.mark.parametrize(
    "path",
    [
        "/media/documents/ab/abc.pdf",
        "/media/images/../documents/a.pdf",
        "/media/images/%2e%2e/%2e%2e/etc/passwd.png",
        "/media/images/missing.png",
        "/media/images/pagina.html",
        "/media/covers/",
    ],
)
def test_media_gives_out_pictures_only(client, site_tree, path):
    assert client.get(path).status_code == 404


def test_media_gives_out_a_picture(client, site_tree, settings):
    folder = settings.MEDIA_ROOT / "covers" / "ab"
    folder.mkdir(parents=True)
    (folder / "x.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    response = client.get("/media/covers/ab/x.png")
    assert response.status_code == 200
    assert response["Content-Type"] == "image/png"
    assert "max-age" in response["Cache-Control"]
