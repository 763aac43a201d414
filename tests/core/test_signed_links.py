import base64
import datetime as dt
import random
import re
import secrets

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core import signed_links
from core.signed_links import make, open_token, read

NOW = dt.datetime(2026, 11, 22, 12, tzinfo=dt.UTC)
WEEK = dt.timedelta(days=7)


@pytest.mark.parametrize(
    ("age", "max_age", "counts"),
    [
        (dt.timedelta(0), WEEK, True),
        (WEEK, WEEK, True),
        (WEEK + dt.timedelta(seconds=1), WEEK, False),
        (dt.timedelta(days=3650), None, True),
    ],
)
def test_a_token_counts_as_long_as_its_reader_says(age, max_age, counts):
    token = make("confirm", "abc", at=NOW - age)
    assert read("confirm", token, max_age=max_age, at=NOW) == ("abc" if counts else None)


@pytest.mark.parametrize(
    ("made_for", "read_for", "nonce_then", "nonce_now", "counts"),
    [
        ("confirm", "confirm", "", None, True),
        ("confirm", "unsubscribe", "", None, False),
        ("mine", "mine", "3", "3", True),
        ("mine", "mine", "3", "4", False),
        ("mine", "mine", "", "0", False),
        ("a", "a\0b", "b", "", False),
    ],
)
def test_a_token_is_for_one_purpose_and_one_count(
    made_for, read_for, nonce_then, nonce_now, counts
):
    token = make(made_for, "abc", nonce=nonce_then)
    nonce = None if nonce_now is None else lambda subject: nonce_now
    assert (read(read_for, token, nonce=nonce) == "abc") is counts


def test_a_subject_that_is_gone_has_no_links():
    assert read("mine", make("mine", "abc", nonce="0"), nonce=lambda subject: None) is None


def test_a_key_of_before_still_opens_and_a_strange_one_does_not(settings):
    token = make("confirm", "abc")
    settings.PEOPLE_KEYS = ["new" * 20, *settings.PEOPLE_KEYS]
    assert read("confirm", token) == "abc"
    settings.PEOPLE_KEYS = ["new" * 20]
    assert read("confirm", token) is None


def test_ten_thousand_random_tokens_open_nothing():
    true = make("confirm", secrets.token_hex(16))
    chance = random.Random(8058)
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    for number in range(10_000):
        if number % 2:
            token = "".join(chance.choices(letters, k=len(true)))
        else:  # one letter of a true one changed
            place = chance.randrange(len(true))
            token = true[:place] + chance.choice(letters) + true[place + 1 :]
            if token == true:
                continue
        assert open_token("confirm", token) is None


@given(st.text(max_size=80), st.text(max_size=20))
def test_a_token_is_one_word_that_fits_in_an_address(subject, purpose):
    try:
        subject.encode()
        purpose.encode()
    except UnicodeEncodeError:
        return
    token = make(purpose, subject)
    assert re.fullmatch(r"[A-Za-z0-9_-]+", token)
    assert read(purpose, token) == subject
    opened = open_token(purpose, token)
    assert opened
    assert dt.datetime.now(dt.UTC) - opened.made_at < dt.timedelta(minutes=1)


@given(st.one_of(st.text(), st.binary().map(lambda raw: base64.urlsafe_b64encode(raw).decode())))
def test_anything_else_opens_nothing(text):
    assert open_token("confirm", text) is None


@pytest.mark.parametrize("length", [signed_links.LONGEST + 1, 1_000_000])
def test_an_endless_token_is_not_read(length):
    assert open_token("confirm", "A" * length) is None
