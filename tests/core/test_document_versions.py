"""Replacing a file keeps its address, and keeps the earlier file."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.urls import reverse

from wagtail.models import Collection, CollectionViewRestriction

import pytest

from core.models import DocumentVersion, HubDocument

OLD, NEW, NEWEST = b"%PDF-1.7 old", b"%PDF-1.7 new", b"%PDF-1.7 newest"


@pytest.fixture
def document(site_tree):
    return put(HubDocument(title="Rapport"), OLD, "rapport.pdf")


def put(document: HubDocument, data: bytes, name: str = "ander.pdf") -> HubDocument:
    document.file = ContentFile(data, name=name)
    document.full_clean(exclude=["uploaded_by_user"])
    document.save()
    return HubDocument.objects.get(pk=document.pk)


def content(response) -> bytes:
    return b"".join(response.streaming_content)


def test_the_address_stays_and_gives_the_new_file(client, document):
    address = document.url
    document = put(document, NEW)

    assert (document.url, document.version) == (address, 2)
    assert content(client.get(address)) == NEW


def test_the_earlier_file_has_an_address_of_its_own(client, document):
    document = put(put(document, NEW), NEWEST)
    versions = list(document.versions.all())

    assert [version.number for version in versions] == [2, 1]
    assert [content(client.get(version.url)) for version in versions] == [NEW, OLD]
    response = client.get(versions[1].url)
    assert response["X-Robots-Tag"] == "noindex"
    assert response["Link"] == f'<{document.url}>; rel="latest-version"'
    assert response["ETag"] == f'"{versions[1].sha256}"'
    partial = client.get(versions[1].url, headers={"range": "bytes=-3"})
    assert (partial.status_code, content(partial)) == (206, b"old")


@pytest.mark.parametrize("change", [{"number": 9}, {"filename": "x.pdf"}, {"document_id": 9999}])
def test_other_addresses_are_not_found(client, document, change):
    put(document, NEW)
    right = {"document_id": document.pk, "number": 1, "filename": document.filename}
    assert client.get(reverse("document_version", kwargs=right)).status_code == 200
    assert client.get(reverse("document_version", kwargs={**right, **change})).status_code == 404


def test_who_may_not_see_the_document_sees_no_version(client, document):
    document = put(document, NEW)
    closed = Collection.get_first_root_node().add_child(name="Besloten")
    CollectionViewRestriction.objects.create(
        collection=closed, restriction_type=CollectionViewRestriction.LOGIN
    )
    document.collection = closed
    document.save()
    assert client.get(document.versions.get().url).status_code == 302


def test_the_same_file_is_no_new_version(document):
    with pytest.raises(ValidationError) as caught:
        put(document, OLD)
    assert "file" in caught.value.message_dict
    assert not DocumentVersion.objects.exists()


def test_changing_the_title_makes_no_version(document):
    document.title = "Ander"
    document.save()
    assert not DocumentVersion.objects.exists()


def test_the_form_of_the_cms_keeps_the_earlier_file(client, editor, document):
    client.force_login(editor)
    form = {"title": document.title, "collection": document.collection_id, "tags": ""}
    file = ContentFile(NEW, name="nieuw.pdf")
    response = client.post(reverse("wagtaildocs:edit", args=[document.pk]), {**form, "file": file})

    assert response.status_code == 302
    document.refresh_from_db()
    assert content(client.get(document.url)) == NEW
    assert content(client.get(document.versions.get().url)) == OLD


def test_files_leave_with_their_document(document, django_capture_on_commit_callbacks):
    document = put(document, NEW)
    earlier = document.versions.get().file
    storage, name = earlier.storage, earlier.name
    assert storage.exists(name)
    with django_capture_on_commit_callbacks(execute=True):
        document.delete()
    assert not storage.exists(name)
