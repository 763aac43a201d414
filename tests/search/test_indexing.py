"""What pages do to the index."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.utils import timezone

from wagtail.models import PageViewRestriction

import pytest

from kenniskamer.models import ResearchSource
from search import indexing, outbox, waiting
from search.engines import get_engine
from search.engines.base import SearchUnreachable
from search.indexing import READING, STORING, process_pending, rebuild
from search.keys import key_of
from search.models import IndexRequest
from search.outbox import request_update, wake_overdue
from search.waiting import SUSPECT
from tests.conftest import published
from tests.research import make_research, make_source
from tests.search.documents import ask, keys

pytestmark = pytest.mark.django_db


class Away:
    """An engine out of reach; when `ready`, it goes away during the first update."""

    ready = False

    def is_ready(self) -> bool:
        if not self.ready:
            raise SearchUnreachable("The search cluster does not answer.")
        return True

    def put(self, documents: Any) -> int:
        raise SearchUnreachable("The search cluster does not answer.")


def break_page(monkeypatch: pytest.MonkeyPatch, broken: Any) -> None:
    """Let one page fail when it is read for search."""
    read = type(broken).search_document

    def failing(self: Any) -> Any:
        if self.pk == broken.pk:
            raise ValueError("no text")
        return read(self)

    monkeypatch.setattr(type(broken), "search_document", failing)


def found(question: str) -> list[str]:
    process_pending()
    return keys(ask(get_engine(), question))


@pytest.fixture
def study(site_tree: Any) -> Iterator[Any]:
    page = make_research(site_tree.library, "Zeldzaam onderzoek", theme=site_tree.theme)
    process_pending()
    yield page


def test_publishing_makes_a_page_found(study: Any) -> None:
    assert found("zeldzaam") == [key_of(study.pk)]
    assert not IndexRequest.objects.exists()


def test_a_draft_is_not_found(site_tree: Any) -> None:
    make_research(site_tree.library, "Zeldzaam onderzoek", live=False)
    assert found("zeldzaam") == []


def test_a_new_version_replaces_the_old(study: Any) -> None:
    study.title = "Bijzonder onderzoek"
    published(study)
    assert found("zeldzaam") == []
    assert found("bijzonder") == [key_of(study.pk)]


def test_unpublishing_takes_it_out(study: Any) -> None:
    study.unpublish()
    assert found("zeldzaam") == []


def test_deleting_takes_it_out(study: Any) -> None:
    study.delete()
    assert found("zeldzaam") == []


def test_deleting_a_parent_takes_its_pages_out(study: Any, site_tree: Any) -> None:
    site_tree.library.refresh_from_db()
    site_tree.library.delete()
    assert found("zeldzaam") == []


def test_another_slug_gives_the_whole_branch_new_addresses(
    study: Any, site_tree: Any, django_capture_on_commit_callbacks: Any
) -> None:
    library = published(site_tree.library)
    library.slug = "bibliotheek"
    with django_capture_on_commit_callbacks(execute=True):
        published(library)
    assert "/bibliotheek/" in ask(get_engine(), "zeldzaam").hits[0].url


def test_moving_a_page_gives_a_new_address(study: Any, site_tree: Any) -> None:
    study.move(site_tree.library_en, pos="last-child")
    process_pending()
    assert "/research/" in ask(get_engine(), "zeldzaam").hits[0].url


@pytest.mark.parametrize("above", [False, True])
def test_a_page_that_becomes_private_goes_out_and_comes_back(
    study: Any, site_tree: Any, above: bool
) -> None:
    page = site_tree.library if above else study
    restriction = PageViewRestriction.objects.create(page=page, restriction_type="login")
    assert found("zeldzaam") == []
    restriction.delete()
    assert found("zeldzaam") == [key_of(study.pk)]


def test_a_translation_is_one_work(study: Any, site_tree: Any) -> None:
    english = study.copy_for_translation(site_tree.en)
    english.title = "Zeldzaam research"
    english = published(english)
    process_pending()
    assert keys(ask(get_engine(), "zeldzaam", "en")) == [key_of(english.pk)]
    assert keys(ask(get_engine(), "zeldzaam", "nl")) == [key_of(study.pk)]


def test_a_replaced_source_file_is_read_again(study: Any, site_tree: Any) -> None:
    source = make_source("Rapport", ("Over kwartelkoningen.",))
    ResearchSource.objects.create(page=study, source_file=source)
    request_update(study)
    process_pending()
    hit = ask(get_engine(), "kwartelkoningen").hits[0]
    assert hit.passages[0].url.endswith("#page=1")


def test_a_theme_with_another_slug_reaches_its_pages(study: Any, site_tree: Any) -> None:
    process_pending()
    site_tree.theme.slug = "steun"
    site_tree.theme.save()
    process_pending()
    assert ask(get_engine(), "zeldzaam").facets["theme"] == {"steun": 1}


def test_a_theme_finds_its_pages_by_its_name(study: Any, site_tree: Any) -> None:
    site_tree.theme.label = "Zelfredzaamheid"
    site_tree.theme.save()
    assert found("zelfredzaamheid") == [key_of(study.pk)]


def test_a_missing_index_is_built_whole(study: Any) -> None:
    make = get_engine()
    make.close()
    indexing.get_engine()._storage.path.unlink()
    assert not make.is_ready()
    assert found("zeldzaam") == [key_of(study.pk)]


def test_rebuilding_counts_and_shows_progress(study: Any) -> None:
    seen: list[tuple[str, int, int]] = []
    count = rebuild(lambda *step: seen.append(step))
    reading = [step for step in seen if step[0] == READING]
    assert len(reading) == count
    assert reading[-1] == (READING, count, count)
    assert seen[-1] == (STORING, count, count)


def test_a_page_that_cannot_be_read_does_not_stop_the_others(
    study: Any, site_tree: Any, monkeypatch: pytest.MonkeyPatch, caplog: Any
) -> None:
    broken = make_research(site_tree.library, "Kapot onderzoek")
    process_pending()
    break_page(monkeypatch, broken)
    rebuild()
    assert found("onderzoek zeldzaam")[0] == key_of(study.pk)
    assert "cannot be read" in caplog.text
    assert IndexRequest.objects.get().key == key_of(broken.pk)


class TestRequests:
    """The rows that wait, and workers that die."""

    def test_a_busy_worker_is_left_alone(self, study: Any) -> None:
        IndexRequest.objects.create(
            key="page:1", taken_until=timezone.now() + dt.timedelta(minutes=1)
        )
        request_update(study)
        assert process_pending() == 0
        assert IndexRequest.objects.count() == 2

    def test_what_a_dead_worker_took_is_taken_up(self, study: Any) -> None:
        past = timezone.now() - dt.timedelta(minutes=1)
        IndexRequest.objects.create(key=key_of(study.pk), taken_until=past, attempts=1)
        assert process_pending() == 1
        assert not IndexRequest.objects.exists()

    def test_what_keeps_killing_workers_is_taken_alone_and_last(self, study: Any) -> None:
        past = timezone.now() - dt.timedelta(minutes=1)
        IndexRequest.objects.create(key="page:1", taken_until=past, attempts=SUSPECT)
        request_update(study)
        first, second = waiting.take(), None
        waiting.forget(first)
        second = waiting.take()
        assert [[row.key for row in rows] for rows in (first, second)] == [
            [key_of(study.pk)],
            ["page:1"],
        ]
        waiting.put_off(second[0])
        assert waiting.take() == []
        assert IndexRequest.objects.get().attempts == SUSPECT + 1

    def test_a_page_that_cannot_be_read_waits_and_holds_up_no_other(
        self, study: Any, site_tree: Any, monkeypatch: pytest.MonkeyPatch, caplog: Any
    ) -> None:
        other = make_research(site_tree.library, "Kapot onderzoek")
        process_pending()
        break_page(monkeypatch, other)
        other.title, study.title = "Kapotter onderzoek", "Bijzonder onderzoek"
        published(other)
        published(study)
        assert found("bijzonder") == [key_of(study.pk)]
        row = IndexRequest.objects.filter(key=key_of(other.pk)).latest("pk")
        assert row.attempts == 1
        assert row.not_before and row.not_before > timezone.now()
        assert found("kapot") == [key_of(other.pk)]  # as it was when it could be read
        monkeypatch.undo()
        IndexRequest.objects.update(not_before=timezone.now())
        assert found("kapotter") == [key_of(other.pk)]
        assert not IndexRequest.objects.exists()

    @pytest.mark.parametrize(
        ("attempts", "seconds"), [(1, 10), (2, 20), (3, 40), (8, 1280), (10, 3600), (900, 3600)]
    )
    def test_attempts_lie_further_and_further_apart(self, attempts: int, seconds: int) -> None:
        assert waiting.pause(attempts) == dt.timedelta(seconds=seconds)

    def test_while_the_engine_is_away_everything_waits(
        self, study: Any, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        away = Away()
        monkeypatch.setattr(indexing, "get_engine", lambda: away)
        study.title = "Bijzonder onderzoek"
        published(study)
        assert process_pending() == 0
        away.ready = True
        assert process_pending() == 0
        rows = IndexRequest.objects.filter(key=key_of(study.pk))
        assert {(row.attempts, row.taken_until, row.not_before) for row in rows} == {
            (0, None, None)
        }
        monkeypatch.undo()
        assert found("bijzonder") == [key_of(study.pk)]

    def test_the_sweep_wakes_nobody_while_the_engine_is_away(
        self, study: Any, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        calls: list[int] = []
        monkeypatch.setattr(outbox, "wake", lambda: calls.append(1))
        monkeypatch.setattr(outbox, "get_engine", Away)
        request_update(study)
        IndexRequest.objects.update(asked_at=timezone.now() - dt.timedelta(minutes=1))
        wake_overdue()
        assert not calls

    @pytest.mark.parametrize(("age", "woken"), [(0, False), (60, True)])
    def test_the_sweep_wakes_what_waits_too_long(
        self, study: Any, monkeypatch: pytest.MonkeyPatch, age: int, woken: bool
    ) -> None:
        calls: list[int] = []
        monkeypatch.setattr(outbox, "wake", lambda: calls.append(1))
        request_update(study)
        asked = timezone.now() - dt.timedelta(seconds=age)
        IndexRequest.objects.update(asked_at=asked)
        wake_overdue()
        assert bool(calls) is woken

    def test_publishing_wakes_the_task_after_the_transaction(
        self, site_tree: Any, django_capture_on_commit_callbacks: Any
    ) -> None:
        with django_capture_on_commit_callbacks(execute=True):
            page = make_research(site_tree.library, "Zeldzaam onderzoek")
        assert keys(ask(get_engine(), "zeldzaam")) == [key_of(page.pk)]
