"""Reading: one reader at a time, everything stored at once, nothing stuck."""

from __future__ import annotations

import datetime as dt
import io

from django.core.files.base import ContentFile
from django.utils import timezone

import pytest

from core import recovery
from kenniskamer import reading, tasks
from kenniskamer.enums import SourceState
from kenniskamer.extraction import CAPS, Extraction, Page
from kenniskamer.intake import delete, page_of, receive
from kenniskamer.models import ResearchPage, SourceFile
from tests.kenniskamer import pdfs
from tests.research import make_research, make_source

pytestmark = pytest.mark.django_db


def waiting(data=None, name="draagvlak.pdf", **options):
    data = pdfs.report() if data is None else data
    return receive(io.BytesIO(data), name, in_background=False, **options).source_file


def extraction(*texts, state=SourceState.READY):
    pages = tuple(Page(str(n), text, "nl", 0) for n, text in enumerate(texts, start=1))
    return Extraction(state, page_count=len(pages), pages=pages, language="nl")


def expire(source):
    SourceFile.objects.filter(pk=source.pk).update(
        lease_until=timezone.now() - dt.timedelta(seconds=1)
    )


def state_of(source):
    return SourceFile.objects.get(pk=source.pk).state


def test_reading_stores_pages_cover_and_draft(site_tree, editor):
    source = reading.read(waiting(user=editor).pk)

    assert source.state == SourceState.READY
    assert (source.page_count, source.pages_with_text, source.language) == (3, 3, "nl")
    assert [page.number for page in source.pages.all()] == [1, 2, 3]
    assert source.cover_image.width == 400
    assert source.cover.name.endswith(f"{source.sha256}.webp")
    draft = page_of(source)
    assert draft.title == "Draagvlak in de wijk"
    assert draft.get_parent().specific == site_tree.library
    assert (draft.live, draft.original_language, draft.owner) == (False, "", editor)
    assert draft.published_year is None
    assert draft.get_latest_revision().as_object().sources.get().source_file == source


def test_reading_again_makes_no_second_draft_and_replaces_the_pages(site_tree):
    source = reading.read(waiting().pk)
    tasks.begin_again(source)
    reading.read(source.pk)

    assert ResearchPage.objects.count() == 1
    assert source.pages.count() == 3
    assert source.cover.storage.exists(source.cover.name)


def test_a_file_without_text_still_gets_a_draft(site_tree):
    source = reading.read(waiting(pdfs.scanned(), "gescand_rapport.pdf").pk)

    assert source.state == SourceState.NO_TEXT
    assert page_of(source).title == "Gescand rapport"


@pytest.mark.parametrize(
    ("data", "state"),
    [
        (pdfs.truncated(), SourceState.BROKEN),
        (pdfs.encrypted(pdfs.report(), "geheim"), SourceState.PASSWORD),
        (pdfs.bomb(), SourceState.TOO_LARGE),
    ],
)
def test_a_file_that_cannot_be_read_leaves_no_draft(site_tree, data, state):
    source = reading.read(waiting(data).pk)

    assert source.state == state
    assert source.has_failed
    assert source.advice
    assert not source.is_under_way
    assert page_of(source) is None


def test_a_title_without_letters_for_an_address_gets_one(site_tree):
    source = reading.read(waiting(pdfs.scanned(), "研究.pdf").pk)
    assert page_of(source).slug.startswith("onderzoek-")


def test_no_library_means_no_draft_but_the_text_is_kept(db):
    source = reading.read(waiting().pk)
    assert (source.state, page_of(source)) == (SourceState.READY, None)


def test_a_stored_file_that_is_gone_is_broken(site_tree):
    source = waiting()
    source.document.file.storage.delete(source.document.file.name)
    assert reading.read(source.pk).state == SourceState.BROKEN


def test_two_readers_never_have_the_same_file(site_tree):
    source = waiting()

    assert reading.take(source.pk)
    assert reading.take(source.pk) == ""
    assert reading.read(source.pk) is None


def test_what_is_read_is_not_taken_again(site_tree):
    assert reading.take(make_source().pk) == ""
    assert reading.take(10**6) == ""


def test_a_file_whose_reader_is_gone_can_be_taken(site_tree):
    source = waiting()
    first = reading.take(source.pk)
    expire(source)
    second = reading.take(source.pk)

    assert second not in ("", first)
    with pytest.raises(reading.ClaimLost):
        reading.store(source, first, extraction("te laat"), None)
    assert source.pages.count() == 0


def test_old_pages_stay_until_the_new_ones_are_stored(site_tree, monkeypatch):
    source = make_source(pages=("oud",))
    SourceFile.objects.filter(pk=source.pk).update(state=SourceState.WAITING)

    def die(*args, **options):
        raise KeyboardInterrupt

    monkeypatch.setattr(reading, "extract", die)
    with pytest.raises(KeyboardInterrupt):
        reading.read(source.pk)
    assert [page.text for page in source.pages.all()] == ["oud"]
    assert state_of(source) == SourceState.READING


def test_storing_is_all_or_nothing(site_tree, monkeypatch):
    source = make_source(pages=("oud",))
    SourceFile.objects.filter(pk=source.pk).update(state=SourceState.WAITING, wants_draft=True)
    claim = reading.take(source.pk)

    def fail(source):
        raise RuntimeError

    monkeypatch.setattr(reading, "make_draft", fail)
    with pytest.raises(RuntimeError):
        reading.store(source, claim, extraction("nieuw"), None)
    assert [page.text for page in source.pages.all()] == ["oud"]
    assert state_of(source) == SourceState.READING


def test_progress_is_shown_and_a_lost_claim_ends_the_reading(site_tree):
    source = waiting()
    claim = reading.take(source.pk)
    hold = reading.Hold(source.pk, claim, None)
    hold.page(0, 7)
    source.refresh_from_db()
    assert (source.pages_done, source.page_count) == (0, 7)
    assert source.progress

    SourceFile.objects.filter(pk=source.pk).update(claim="iemand anders")
    with pytest.raises(reading.ClaimLost):
        hold.page(0, 7)


def test_keeping_a_claim_moves_its_end(site_tree, monkeypatch):
    source = waiting()
    hold = reading.Hold(source.pk, reading.take(source.pk), None)
    expire(source)
    monkeypatch.setattr(reading, "RENEW_SECONDS", 0)
    hold.keep()
    assert SourceFile.objects.get(pk=source.pk).lease_until > timezone.now()


def test_only_live_pages_with_the_file_are_indexed_again(site_tree, monkeypatch):
    asked = []
    source = make_source(pages=("oud",))
    live = make_research(site_tree.library, "Levend", source=source)
    make_research(site_tree.library, "Concept", source=source, live=False)
    make_research(site_tree.library, "Ander")
    monkeypatch.setattr(reading, "request_update", asked.append)
    SourceFile.objects.filter(pk=source.pk).update(state=SourceState.WAITING)
    claim = reading.take(source.pk)

    reading.store(source, claim, extraction("nieuw"), None)

    assert [page.pk for page in asked] == [live.pk]


def test_a_replaced_document_is_read_again(site_tree, django_capture_on_commit_callbacks):
    source = reading.read(waiting().pk)
    document = source.document
    with django_capture_on_commit_callbacks(execute=True):
        document.file = ContentFile(pdfs.report(texts=("Een nieuwe tekst.",)), name="nieuw.pdf")
        document.full_clean(exclude=["uploaded_by_user"])
        document.save()

    source.refresh_from_db()
    assert source.sha256 == document.sha256
    assert (source.state, source.page_count) == (SourceState.READY, 1)
    assert "nieuwe tekst" in source.pages.get().text


def test_a_cover_goes_with_its_file(site_tree, django_capture_on_commit_callbacks):
    source = reading.read(waiting(wants_draft=False).pk)
    cover = source.cover
    with django_capture_on_commit_callbacks(execute=True):
        delete(source)
    assert not cover.storage.exists(cover.name)


class TestRecovery:
    """What a worker that died leaves behind is taken up by the next sweep."""

    def test_the_sweep_calls_it(self):
        assert tasks.wake_overdue in recovery._sweepers

    @pytest.mark.parametrize("state", [SourceState.WAITING, SourceState.READING])
    def test_overdue_files_are_read(self, site_tree, state):
        source = waiting()
        if state == SourceState.READING:
            reading.take(source.pk)
        expire(source)
        tasks.wake_overdue()
        assert state_of(source) == SourceState.READY

    def test_a_file_that_is_being_read_is_left_alone(self, site_tree):
        source = waiting()
        claim = reading.take(source.pk)
        tasks.wake_overdue()

        row = SourceFile.objects.get(pk=source.pk)
        assert (row.state, row.claim, row.attempts) == (SourceState.READING, claim, 1)

    def test_a_waiting_file_is_not_woken_over_and_over(self, site_tree, monkeypatch):
        calls = []
        monkeypatch.setattr(reading, "read", calls.append)
        source = waiting()
        expire(source)
        tasks.wake_overdue()
        tasks.wake_overdue()
        assert calls == [source.pk]

    def test_after_three_interrupted_attempts_it_says_so(self, site_tree):
        source = waiting()
        for _ in range(tasks.MOST_ATTEMPTS):
            reading.Hold(source.pk, reading.take(source.pk), None)._write(
                pages_done=2, page_count=7
            )
            expire(source)
        tasks.wake_overdue()

        row = SourceFile.objects.get(pk=source.pk)
        assert (row.state, row.error) == (SourceState.TOO_LARGE, tasks.INTERRUPTED)
        assert row.has_failed
        assert not row.is_partly_read

    def test_trying_again_starts_from_nothing(self, site_tree, django_capture_on_commit_callbacks):
        source = waiting()
        SourceFile.objects.filter(pk=source.pk).update(
            state=SourceState.TOO_LARGE, attempts=3, error="oud"
        )
        source.refresh_from_db()
        with django_capture_on_commit_callbacks(execute=True):
            tasks.begin_again(source)

        row = SourceFile.objects.get(pk=source.pk)
        assert (row.state, row.attempts, row.error) == (SourceState.READY, 0, "")


def test_two_files_with_one_long_title_get_addresses_of_their_own(site_tree):
    title = "Een lange titel over draagvlak " * 5
    for text in ("Eerste tekst.", "Tweede tekst."):
        reading.read(waiting(pdfs.report(title, (text,))).pk)

    slugs = [page.slug for page in ResearchPage.objects.order_by("pk")]
    assert len(set(slugs)) == 2
    assert all(len(slug) <= 90 for slug in slugs)


PARTS = [
    # state, pages done, pages, has failed, partly read
    (SourceState.WAITING, 0, 0, False, False),
    (SourceState.READING, 2, 7, False, False),
    (SourceState.READY, 7, 7, False, False),
    (SourceState.NO_TEXT, 7, 7, False, False),
    (SourceState.PASSWORD, 0, 0, True, False),
    (SourceState.BROKEN, 0, 0, True, False),
    (SourceState.TOO_LARGE, 0, 0, True, False),
    (SourceState.TOO_LARGE, 0, 7, True, False),
    (SourceState.TOO_LARGE, 3, 7, False, True),
]


@pytest.mark.parametrize(("state", "done", "total", "failed", "partly"), PARTS)
def test_what_is_left_of_a_file(state, done, total, failed, partly):
    source = SourceFile(state=state, pages_done=done, page_count=total)
    assert (source.has_failed, source.is_partly_read) == (failed, partly)


def test_the_first_part_of_a_long_file_gets_a_draft(site_tree, monkeypatch):
    monkeypatch.setitem(CAPS, "pages", 2)
    source = reading.read(waiting().pk)

    assert source.is_partly_read
    assert source.pages.count() == 2
    assert "2" in source.advice
    assert page_of(source)
