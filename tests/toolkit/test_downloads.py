"""Counting downloads: what counts, what never does, and the chart for editors."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.db import DatabaseError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

import pytest

from core import download_counts
from core.download_charts import DAYS, bars
from core.download_counts import waiting
from core.models import DownloadCount
from tests.toolkit.public import make_public
from tests.toolkit.releases import make_toolkit
from toolkit.files import count_key
from toolkit.models import ReleaseFile

pytestmark = pytest.mark.django_db

PDF = "/nl/toolkit/1.0/toolkit-1.0.pdf"
GOOGLE = "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)"


@pytest.fixture(autouse=True)
def release(site_tree: Any) -> Iterator[Any]:
    waiting.take()
    yield make_public(make_toolkit(site_tree.home), "1.0")
    waiting.take()


def counted() -> dict[str, int]:
    waiting.write_waiting()
    rows = DownloadCount.objects.all()
    assert {row.day for row in rows} <= {timezone.localdate()}
    return {row.file: row.count for row in rows}


def test_each_file_has_its_own_count(client: Client) -> None:
    for address in (PDF, PDF, PDF.replace("pdf", "zip")):
        client.get(address)
    keys = {file.kind: count_key(file) for file in ReleaseFile.objects.all()}
    assert counted() == {keys["pdf"]: 2, keys["zip"]: 1}
    client.get(PDF)
    assert counted()[keys["pdf"]] == 3


@pytest.mark.parametrize(
    ("headers", "count"),
    [
        ({}, 1),
        ({"range": "bytes=0-9"}, 1),
        ({"range": "bytes=10-19"}, 0),
        ({"range": "bytes=999999-"}, 0),
        ({"if-none-match": "*"}, 0),
        ({"user-agent": GOOGLE}, 0),
        ({"sec-purpose": "prefetch"}, 0),
    ],
)
def test_what_counts(client: Client, headers: dict[str, str], count: int) -> None:
    client.get(PDF, headers=headers)
    assert sum(counted().values()) == count


def test_looking_and_missing_do_not_count(client: Client) -> None:
    client.head(PDF)
    client.get("/nl/toolkit/1.0/nee.pdf")
    client.get("/nl/toolkit/laatste/toolkit.pdf")
    assert counted() == {}


def test_a_locked_database_only_delays_counts(client: Client, monkeypatch: Any) -> None:
    def locked(rows: Any) -> None:
        raise DatabaseError

    client.get(PDF)
    with monkeypatch.context() as patched:
        patched.setattr(download_counts, "write", locked)
        assert counted() == {}
    assert sum(counted().values()) == 1


def test_bars() -> None:
    today = dt.date(2026, 11, 22)
    drawn = bars({today: 120, today - dt.timedelta(1): 1, today - dt.timedelta(DAYS): 9}, today)
    assert len(drawn) == DAYS
    assert [(bar.day.day, bar.count, bar.height, bar.top) for bar in drawn[-3:]] == [
        (20, 0, 0, 60),
        (21, 1, 1, 59),
        (22, 120, 60, 0),
    ]


def test_editors_see_the_counts_and_others_do_not(client: Client, editor: Any) -> None:
    address = reverse("toolkit_admin:downloads")
    assert client.get(address).status_code == 302
    for _turn in range(3):
        client.get(PDF)
    waiting.write_waiting()
    client.force_login(editor)
    page = client.get(address).content.decode()
    assert "toolkit-1.0.pdf" in page
    assert page.count('role="img"') == 1
    assert "<td>3</td>" in page
