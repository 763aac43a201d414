"""A new version of a PDF: the address stays, the text is read anew, and the change is told."""

from __future__ import annotations

import io
from html import unescape

from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.translation import override

from wagtail.users.models import UserProfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kenniskamer import reading
from kenniskamer.comparison import Difference, compare
from kenniskamer.enums import SourceState
from kenniskamer.intake import IntakeStatus, receive
from kenniskamer.models import SourceChange
from kenniskamer.models.source_change import in_ranges
from kenniskamer.replacing import replace
from tests.kenniskamer import pdfs

ONE, TWO, THREE = pdfs.NEDERLANDS, "Het tweede deel.", "Het derde deel."

DIFFERENCES = [
    ("the same", "abc", "abc", Difference()),
    ("one changed", "abc", "axc", Difference(changed=[2])),
    ("one added in front", "abc", "xabc", Difference(added=[1])),
    ("one removed", "abc", "ac", Difference(removed=[2])),
    ("changed and added", "abc", "axyc", Difference(changed=[2], added=[3])),
    ("changed and removed", "abcd", "axd", Difference(changed=[2], removed=[3])),
    ("from nothing", "", "ab", Difference(added=[1, 2])),
    ("all other", "ab", "xy", Difference(changed=[1, 2])),
]


@pytest.mark.parametrize(
    ("name", "old", "new", "found"), DIFFERENCES, ids=[r[0] for r in DIFFERENCES]
)
def test_what_differs(name, old, new, found):
    assert compare(list(old), list(new)) == found


def test_spaces_and_line_ends_do_not_count():
    assert compare(["een  twee\ndrie"], ["een twee drie"]) == Difference()


@given(st.lists(st.sampled_from("abcd")), st.lists(st.sampled_from("abcd")))
def test_the_numbers_add_up(old, new):
    found = compare(old, new)
    assert len(old) - len(found.removed) + len(found.added) == len(new)
    assert not set(found.changed) & set(found.added)
    assert set(found.changed + found.added) <= set(range(1, len(new) + 1))


@pytest.mark.parametrize(
    ("numbers", "text"),
    [([], ""), ([3], "3"), ([1, 2, 3], "1–3"), ([7, 1, 2], "1–2, 7"), (range(1, 60, 2), None)],
)
def test_page_numbers_in_words(numbers, text):
    said = in_ranges(numbers)
    assert said == text if text is not None else said.endswith(", …") and len(said) < 60


@pytest.fixture
def source(site_tree):
    file = io.BytesIO(pdfs.report(texts=(ONE, TWO)))
    found = receive(file, "rapport.pdf", in_background=False).source_file
    return reading.read(found.pk)


def test_a_new_version_is_read_and_the_change_told(
    client, editor, source, django_capture_on_commit_callbacks
):
    address = source.document.url
    client.force_login(editor)
    new = io.BytesIO(pdfs.report(texts=(ONE, "Een ander tweede deel.", THREE)))
    new.name = "rapport-herzien.pdf"
    url = reverse("kenniskamer_admin:replace", args=[source.pk])
    with django_capture_on_commit_callbacks(execute=True):
        response = client.post(url, {"file": new, "reason": "Tabel 2 was onjuist."})
    assert response.status_code == 302

    source.refresh_from_db()
    assert source.document.url == address
    assert (source.state, source.page_count) == (SourceState.READY, 3)
    version = source.document.versions.get()
    assert (version.replaced_by, version.reason) == (editor, "Tabel 2 was onjuist.")
    change = version.source_change
    assert (change.changed, change.added, change.removed) == ([2], [3], [])
    page = unescape(client.get(url).content.decode())
    assert "Tabel 2 was onjuist." in page
    with override("nl"):
        assert all(sentence in page for sentence in change.sentences)


BAD = [
    ("no file", None, "Choose the new PDF."),
    ("empty", b"", "empty"),
    ("no PDF", b"<html>", "not a PDF"),
    ("the same", pdfs.report(texts=(ONE, TWO)), "here now"),
]


@pytest.mark.parametrize(("name", "data", "sentence"), BAD, ids=[row[0] for row in BAD])
def test_a_bad_file_changes_nothing(client, editor, source, name, data, sentence):
    UserProfile.objects.create(user=editor, preferred_language="en")
    client.force_login(editor)
    form = {"reason": "Omdat het moet."}
    if data is not None:
        form["file"] = io.BytesIO(data)
        form["file"].name = "nieuw.pdf"
    response = client.post(reverse("kenniskamer_admin:replace", args=[source.pk]), form)

    assert response.status_code == 200
    assert sentence in response.content.decode()
    assert "Omdat het moet." in response.content.decode()
    source.refresh_from_db()
    assert (source.state, source.document.version) == (SourceState.READY, 1)


def test_a_file_of_another_study_is_refused(source):
    other = pdfs.report(texts=(TWO,))
    receive(io.BytesIO(other), "ander.pdf", in_background=False)
    with pytest.raises(ValidationError, match=r"already here|staat er al"):
        replace(source, io.BytesIO(other), "ander.pdf", user=None, reason="")


def test_an_earlier_file_is_recognised_when_it_comes_in_again(source, editor):
    replace(source, io.BytesIO(pdfs.report(texts=(THREE,))), "nieuw.pdf", user=editor, reason="")
    again = receive(io.BytesIO(pdfs.report(texts=(ONE, TWO))), "oud.pdf", in_background=False)
    assert (again.status, again.source_file) == (IntakeStatus.DUPLICATE, source)


def test_a_broken_new_file_keeps_the_note_of_nothing(
    source, editor, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        replace(source, io.BytesIO(pdfs.truncated()), "kapot.pdf", user=editor, reason="")
    source.refresh_from_db()
    assert source.state == SourceState.BROKEN
    assert not SourceChange.objects.exists()


def test_who_may_not_add_research_may_not_replace(client, source, django_user_model):
    client.force_login(django_user_model.objects.create_user("lezer", "lezer@example.org", "x"))
    response = client.get(reverse("kenniskamer_admin:replace", args=[source.pk]))
    assert response.status_code in (302, 403)
