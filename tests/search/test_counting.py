"""Counting questions: what counts, what never does, and that nothing waits for it."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings as hub
from django.db import DatabaseError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

import pytest

from core import count_buffer
from search import chosen, counting, forgetting
from search.counting import count_asked, count_chosen, normalised, waiting
from search.indexing import process_pending
from search.models import AskedQuestion
from search.pace import Pace
from tests.research import make_research

pytestmark = pytest.mark.django_db

NL, EN, CHOSEN = "/nl/zoeken/", "/en/search/", "/api/v1/search/chosen"
TODAY = dt.date(2026, 11, 22)


@pytest.fixture(autouse=True)
def nothing_waits() -> Iterator[None]:
    waiting.take()
    yield
    waiting.take()


@pytest.fixture
def library(site_tree: Any) -> None:
    for number in range(12):
        make_research(site_tree.library, f"Kwartelkoningen {number}")
    process_pending()


def counted() -> dict[str, tuple[int, int, int]]:
    waiting.write_waiting()
    rows = AskedQuestion.objects.all()
    return {f"{row.language} {row.text}": (row.asked, row.missed, row.chosen) for row in rows}


@pytest.mark.usefixtures("one_day")
def test_a_question_is_counted_by_language_and_day(client: Client, library: None) -> None:
    for question in ("kwartelkoning", " Kwartelkoning? ", "xylofoon"):
        client.get(NL, {"q": question})
    client.get(EN, {"q": "kwartelkoning"})
    assert counted() == {
        "nl kwartelkoning": (2, 0, 0),
        "nl xylofoon": (1, 1, 0),
        "en kwartelkoning": (1, 0, 0),
    }
    assert {row.day for row in AskedQuestion.objects.all()} == {timezone.localdate()}


@pytest.mark.parametrize(
    "parameters",
    [
        {"page": "2"},
        {"page": "1"},
        {"year": "2020"},
        {"kind": "research"},
        {"theme": "nope"},
        {"sort": "date"},
        {"exact": "1"},
        {"q": ""},
        {"q": "-alleen"},
        {"q": "jan@example.nl"},
        {"q": "06-12345678"},
        {"q": "kwartelkoning" * 9},
    ],
)
def test_what_is_no_question_by_itself_is_not_counted(
    client: Client, library: None, parameters: dict[str, str]
) -> None:
    page = client.get(NL, {"q": "kwartelkoning", **parameters})
    assert page.status_code == 200
    assert counted() == {}
    assert "data-chosen" not in page.content.decode()


@pytest.mark.parametrize(
    "headers",
    [
        {"user-agent": "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)"},
        {"user-agent": "Mozilla/5.0 (compatible; bingbot/2.0)"},
        {"user-agent": "facebookexternalhit/1.1"},
        {"sec-purpose": "prefetch;prerender"},
        {"purpose": "prefetch"},
        {"x-moz": "prefetch"},
    ],
)
def test_crawlers_and_browsers_that_fetch_ahead_are_not_counted(
    client: Client, library: None, headers: dict[str, str]
) -> None:
    client.get(NL, {"q": "kwartelkoning"}, headers=headers)
    assert counted() == {}


@pytest.mark.parametrize(
    "agent",
    [
        "",
        "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/140.0 Safari/537.36",
        "Mozilla/5.0 (Linux; Android 11; CUBOT NOTE 20) AppleWebKit/537.36",
    ],
)
def test_readers_are_counted(client: Client, library: None, agent: str) -> None:
    client.get(NL, {"q": "kwartelkoning"}, headers={"user-agent": agent})
    assert counted() == {"nl kwartelkoning": (1, 0, 0)}


def test_asking_for_headers_and_the_api_count_nothing(client: Client, library: None) -> None:
    client.head(NL, {"q": "kwartelkoning"})
    client.get("/api/v1/search", {"q": "kwartelkoning"})
    assert counted() == {}


def test_counting_can_be_switched_off(client: Client, library: None, settings: Any) -> None:
    settings.SEARCH_COUNTS_DAYS = 0
    page = client.get(NL, {"q": "kwartelkoning"})
    assert counted() == {}
    assert "search-chosen" not in page.content.decode()


def test_a_page_never_waits_for_the_count(client: Client, library: None) -> None:
    client.get(NL, {"q": "kwartelkoning"})
    with CaptureQueriesContext(connection) as queries:
        client.get(NL, {"q": "kwartelkoning"})
    assert not [q for q in queries if "askedquestion" in q["sql"].lower()]


def test_nothing_of_the_visitor_is_set_or_kept(client: Client, library: None) -> None:
    answer = client.get(NL, {"q": "kwartelkoning"})
    told = client.post(CHOSEN, {"q": "kwartelkoning", "lang": "nl"})
    assert not answer.cookies
    assert not told.cookies
    fields = {field.name for field in AskedQuestion._meta.get_fields()}
    assert fields == {"id", "text", "language", "day", "asked", "missed", "chosen", "handled"}


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Draagvlak  VOOR opvang?! ", "draagvlak voor opvang"),
        ("“gevoel van grip”", '"gevoel van grip"'),
        ("co\u00adördinatie", "coördinatie"),
        ("ﬁets\u200b", "fiets"),
        ("\x00a\ud800b", "a b"),
        ("?!", ""),
    ],
)
def test_normalised(typed: str, kept: str) -> None:
    assert normalised(typed) == kept


def test_what_was_opened_is_counted_once_for_each_time_it_was_asked() -> None:
    count_chosen("draagvlak", "nl")
    assert counted() == {}
    count_asked("draagvlak", "nl", missed=False)
    for _ in range(5):
        count_chosen("draagvlak", "nl")
    assert counted() == {"nl draagvlak": (1, 0, 1)}
    count_chosen("draagvlak", "en")
    count_chosen("jan@example.nl", "nl")
    assert counted() == {"nl draagvlak": (1, 0, 1)}


@pytest.mark.parametrize(
    ("data", "headers", "status"),
    [
        ({"q": "draagvlak", "lang": "nl"}, {}, 204),
        ({"q": "draagvlak", "lang": "nl"}, {"sec-fetch-site": "same-origin"}, 204),
        ({"q": "draagvlak", "lang": "nl"}, {"sec-fetch-site": "cross-site"}, 403),
        ({"q": "jan@example.nl", "lang": "nl"}, {}, 204),
        ({"q": "draagvlak", "lang": "xx"}, {}, 400),
        ({"q": "", "lang": "nl"}, {}, 400),
        ({}, {}, 400),
        ({"q": "x" * 3000, "lang": "nl"}, {}, 413),
    ],
)
def test_the_address_that_hears_of_it(
    data: dict[str, str], headers: dict[str, str], status: int
) -> None:
    client = Client(enforce_csrf_checks=True)
    body = "&".join(f"{name}={value}" for name, value in data.items())
    form = "application/x-www-form-urlencoded"
    answer = client.post(CHOSEN, body, content_type=form, headers=headers)
    assert answer.status_code == status
    assert client.get(CHOSEN).status_code == 405


def test_there_is_a_limit_for_everybody_together(client: Client, monkeypatch: Any) -> None:
    monkeypatch.setattr(chosen, "pace", Pace(per_second=0, burst=2))
    form = "application/x-www-form-urlencoded"
    codes = [client.post(CHOSEN, "q=a&lang=nl", form).status_code for _ in range(3)]
    assert codes == [204, 204, 429]


def test_a_locked_database_only_delays_counts(monkeypatch: Any) -> None:
    count_asked("draagvlak", "nl", missed=True)

    def locked(rows: Any) -> None:
        raise DatabaseError("database is locked")

    with monkeypatch.context() as patch:
        patch.setattr(counting, "write", locked)
        waiting.write_waiting()
    count_asked("draagvlak", "nl", missed=False)
    assert counted() == {"nl draagvlak": (2, 1, 0)}


def test_memory_is_bounded(monkeypatch: Any) -> None:
    monkeypatch.setattr(count_buffer, "MOST_WAITING", 2)
    for word in ("een", "twee", "drie", "een"):
        count_asked(word, "nl", missed=False)
    assert counted() == {"nl een": (2, 0, 0), "nl twee": (1, 0, 0)}


def test_old_counts_are_forgotten_and_rare_ones_sooner(settings: Any) -> None:
    settings.SEARCH_COUNTS_DAYS = 100
    for text, days, asked in (
        ("oud", 101, 9),
        ("net niet", 100, 9),
        ("zelden", 31, 2),
        ("zelden, pas", 30, 2),
        ("vaker", 40, 1),
        ("vaker", 2, 2),
    ):
        day = TODAY - dt.timedelta(days)
        AskedQuestion.objects.create(text=text, language="nl", day=day, asked=asked)
    assert forgetting.forget_old(TODAY) == 2
    left = set(AskedQuestion.objects.values_list("text", flat=True))
    assert left == {"net niet", "zelden, pas", "vaker"}


def test_the_worker_forgets_once_an_hour(monkeypatch: Any) -> None:
    days: list[dt.date] = []
    monkeypatch.setattr(forgetting, "_next", 0.0)
    monkeypatch.setattr(forgetting, "forget_old", days.append)
    forgetting.forget_now_and_then()
    forgetting.forget_now_and_then()
    assert len(days) == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("one_day")
def test_many_at_once_lose_no_count() -> None:
    """Threads that count and threads that write, as the workers of a server do."""
    count_asked("steun", "nl", missed=False)
    waiting.write_waiting()

    def ask() -> None:
        for turn in range(40):
            count_asked("steun", "nl", missed=turn % 2 == 0)
            if turn % 10 == 0:
                waiting.write_in_background()
        waiting.write_in_background()

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert counted() == {"nl steun": (161, 80, 0)}


@pytest.mark.django_db(transaction=True)
def test_counts_are_written_by_themselves(settings: Any) -> None:
    settings.SEARCH_COUNTS_SECONDS = 0.01
    count_asked("steun", "nl", missed=False)
    timer = waiting.timer
    assert timer is not None
    timer.join()
    assert AskedQuestion.objects.get().asked == 1


def test_the_script_is_small() -> None:
    script = Path(hub.PROJECT_DIR) / "static/js/search-chosen.js"
    assert script.stat().st_size < 1_500
