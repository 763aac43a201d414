"""Counting listeners: who counts, how often, and what is left of it the day after."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Iterator
from typing import Any

from django.db import connection
from django.utils import timezone

import pytest

from core import listeners
from core.download_counts import totals
from core.listeners import count_listening, forget_yesterday, waiting
from core.models import DaySalt, Listener

SIZE, ENOUGH = 1000, 400
GOOGLE = "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)"
ETAG, DATE = '"abc"', "Sun, 22 Nov 2026 10:00:00 GMT"
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nothing_waits() -> Iterator[None]:
    waiting.take()
    listeners._salt.cache_clear()
    yield
    waiting.take()
    listeners._salt.cache_clear()


@pytest.fixture
def ask(rf: Any) -> Any:
    """Let somebody ask for the recording; counts are written at once."""

    def asking(method: str = "GET", *, at: str = "203.0.113.5", app: str = "App", **headers: str):
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        request = rf.generic(method, "/", REMOTE_ADDR=at, headers={"user-agent": app, **named})
        values = {"file": "a", "size": SIZE, "enough": ENOUGH, "etag": ETAG, "last_modified": DATE}
        count_listening(request, **values)
        waiting.write_waiting()

    return asking


def counted() -> int:
    return totals(["a"]).get("a", 0)


@pytest.mark.parametrize(
    ("asked", "count"),
    [
        ({}, 1),
        ({"range": "bytes=0-"}, 1),
        ({"range": "bytes=0-399"}, 1),
        ({"range": "bytes=600-"}, 1),
        ({"range": "bytes=-400"}, 1),
        ({"range": "bytes=0-99,200-299"}, 1),
        ({"range": "bytes=0-1"}, 0),
        ({"range": "bytes=0-398"}, 0),
        ({"range": "bytes=601-"}, 0),
        ({"range": "bytes=1000-"}, 0),
        ({"range": "bytes=0-1", "if_range": '"other"'}, 1),
        ({"if_none_match": ETAG}, 0),
        ({"if_modified_since": DATE}, 0),
        ({"method": "HEAD"}, 0),
        ({"app": GOOGLE}, 0),
        ({"app": " "}, 0),
        ({"sec_purpose": "prefetch"}, 0),
    ],
)
def test_who_counts(ask: Any, asked: dict[str, str], count: int) -> None:
    ask(**asked)
    assert counted() == count


def test_one_listener_counts_once_however_they_ask(ask: Any) -> None:
    for range_ in ("bytes=0-1", "bytes=0-99", "bytes=100-399", "bytes=400-", "bytes=0-"):
        ask(range=range_)
    assert counted() == 1
    ask(at="203.0.113.6")
    ask(app="Other app")
    assert counted() == 3


def test_a_house_with_ipv6_is_one_address(ask: Any) -> None:
    ask(at="2001:db8:1:2::5")
    ask(at="2001:db8:1:2:aaaa::6")
    assert counted() == 1
    ask(at="2001:db8:1:3::5")
    assert counted() == 2


def test_nothing_about_who_is_kept_and_nothing_at_all_after_the_day(
    ask: Any, monkeypatch: Any
) -> None:
    ask()
    row = Listener.objects.get()
    assert "203.0.113.5" not in row.visitor and len(row.visitor) == 64
    tomorrow = timezone.localdate() + dt.timedelta(days=1)
    monkeypatch.setattr(timezone, "localdate", lambda: tomorrow)
    ask()
    assert counted() == 2
    assert len({row.visitor for row in Listener.objects.all()}) == 2
    forget_yesterday()
    assert [row.day for row in Listener.objects.all()] == [tomorrow]
    assert [row.day for row in DaySalt.objects.all()] == [tomorrow]
    assert counted() == 2


@pytest.mark.django_db(transaction=True)
def test_many_processes_count_one_listener_once(rf: Any) -> None:
    today = timezone.localdate()
    rows = {listeners.Key("v" * 64, today, "a", ENOUGH): {"asked": ENOUGH}}

    def write() -> None:
        listeners.write(rows)  # type: ignore[arg-type]
        connection.close()

    threads = [threading.Thread(target=write) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert counted() == 1
