"""Language of a file and of its pages."""

from __future__ import annotations

import pytest

from kenniskamer import language
from tests.kenniskamer.pdfs import ENGLISH, NEDERLANDS


@pytest.mark.parametrize(
    ("text", "code"),
    [(NEDERLANDS, "nl"), (ENGLISH, "en"), ("", ""), ("12 34 " * 50, ""), ("Potato 0\n" * 30, "")],
)
def test_a_text(text, code):
    assert language.of_text(text) == code


def test_a_long_page_in_another_language_does_not_decide():
    pages = [NEDERLANDS * 3, NEDERLANDS * 3, ENGLISH * 200, "Tabel 4"]
    assert language.of_pages(pages) == ("nl", ["nl", "nl", "en", "nl"])


def test_short_pages_decide_together():
    assert language.of_pages([NEDERLANDS[:150], NEDERLANDS[150:]]) == ("nl", ["nl", "nl"])


def test_no_pages_have_no_language():
    assert language.of_pages([]) == ("", [])
