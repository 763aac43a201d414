"""Files that the web server in front gives out: what it is told, and what still is ours."""

from __future__ import annotations

from typing import Any

import pytest

from core.download_counts import begins
from tests.core.test_downloads import body
from tests.research import make_document


@pytest.fixture
def document(site_tree: Any, settings: Any) -> Any:
    settings.FILES_BY = "nginx"
    return make_document("Rapport met spatie", b"%PDF-1.7 inhoud")


@pytest.mark.parametrize("headers", [{}, {"range": "bytes=0-4"}, {"if-none-match": '"nginx"'}])
def test_nginx_gets_the_place_of_the_file_and_no_bytes(
    document: Any, client: Any, headers: dict[str, str]
) -> None:
    response = client.get(document.url, headers=headers)
    assert response.status_code == 200
    assert response["X-Accel-Redirect"] == f"/stored-files/{document.file.name}"
    assert body(response) == b""
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"].startswith("inline; filename=")
    assert "max-age=3600" in response["Cache-Control"]


def test_what_the_reader_has_from_us_is_still_known(document: Any, client: Any) -> None:
    response = client.get(document.url, headers={"if-none-match": f'"{document.sha256}"'})
    assert response.status_code == 304
    assert not response.has_header("X-Accel-Redirect")


def test_who_may_not_see_it_is_not_led_to_it(document: Any, client: Any) -> None:
    assert not client.get(f"{document.url}x").has_header("X-Accel-Redirect")


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        ({}, True),
        ({"range": "bytes=0-9"}, True),
        ({"range": "bytes=10-19"}, False),
        ({"if-none-match": '"nginx"'}, False),
    ],
)
def test_a_download_counts_from_its_first_byte(
    document: Any, client: Any, rf: Any, headers: dict[str, str], expected: bool
) -> None:
    response = client.get(document.url, headers=headers)
    assert begins(rf.get("/", headers=headers), response) is expected
