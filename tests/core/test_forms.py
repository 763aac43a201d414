import datetime as dt

from django.test import RequestFactory
from django.utils import timezone

import pytest

from core import forms_rate, signed_links
from core.forms import FASTEST, LONGEST, GuardedForm
from core.forms_rate import Limit, client_range
from core.models import FormCount

SECOND = dt.timedelta(seconds=1)


class PlainForm(GuardedForm):
    guard = "plain"


def token(age, guard="plain"):
    return signed_links.make(f"form:{guard}", "/nl/vragen/", at=timezone.now() - age)


MINUTE = dt.timedelta(minutes=1)


@pytest.mark.parametrize(
    ("age", "guard", "extra", "codes"),
    [
        (MINUTE, "plain", {}, []),
        (FASTEST + SECOND, "plain", {}, []),
        (dt.timedelta(0), "plain", {}, ["fast"]),
        (LONGEST + SECOND, "plain", {}, ["old"]),
        (MINUTE, "other", {}, ["old"]),
        (MINUTE, "plain", {"form_token": "onzin"}, ["old"]),
        (MINUTE, "plain", {"form_token": ""}, ["old"]),
        (MINUTE, "plain", {"leave_empty": "spam"}, ["robot"]),
        (MINUTE, "plain", {"leave_empty": " "}, ["robot"]),
    ],
)
def test_what_no_person_sends_is_refused_with_a_sentence(age, guard, extra, codes):
    form = PlainForm({"form_token": token(age, guard), **extra})
    assert form.is_valid() is not bool(codes)
    assert [error.code for error in form.non_field_errors().as_data()] == codes


def test_a_refused_form_shows_a_token_with_which_it_can_be_sent():
    young = token(dt.timedelta(0))
    assert PlainForm({"form_token": young}).token == young  # its time goes on
    for bad in ("onzin", token(LONGEST + SECOND)):
        again = PlainForm({"form_token": bad}).token
        assert again != bad
        assert signed_links.read("form:plain", again) is not None
    assert PlainForm({"form_token": young}).page == "/nl/vragen/"
    assert PlainForm(page="/nl/").token


def request(address, **headers):
    return RequestFactory().post("/", REMOTE_ADDR=address, headers=headers)


@pytest.mark.parametrize(
    ("address", "forwarded", "trusted", "network"),
    [
        ("192.0.2.77", "", False, "192.0.2.0/24"),
        ("2001:db8:1:2::9", "", False, "2001:db8:1::/48"),
        ("::ffff:192.0.2.77", "", False, "192.0.2.0/24"),
        ("127.0.0.1", "198.51.100.4", False, "127.0.0.0/24"),
        ("127.0.0.1", "198.51.100.4", True, "198.51.100.0/24"),
        ("127.0.0.1", "203.0.113.9, 198.51.100.4", True, "198.51.100.0/24"),
        ("127.0.0.1", "rommel", True, "unknown"),
        ("", "", False, "unknown"),
    ],
)
def test_a_range_is_what_one_place_has(settings, address, forwarded, trusted, network):
    settings.TRUSTED_PROXY = trusted
    headers = {"X-Forwarded-For": forwarded} if forwarded else {}
    assert client_range(request(address, **headers)) == network


@pytest.mark.django_db
def test_a_flood_from_one_range_is_slowed_and_nobody_else():
    limit = Limit("join", most=5, window=dt.timedelta(minutes=10))
    now = dt.datetime(2026, 11, 22, 12, 3, tzinfo=dt.UTC)
    waits = [limit.spend(request(f"192.0.2.{number}"), now) for number in range(1, 200)]
    assert waits[:5] == [0] * 5
    assert set(waits[5:]) == {7 * 60}
    assert limit.spend(request("198.51.100.1"), now) == 0
    assert Limit("other", 5, limit.window).spend(request("192.0.2.1"), now) == 0
    assert limit.spend(request("192.0.2.1"), now + limit.window) == 0


@pytest.mark.django_db
def test_counts_hold_no_address_and_are_gone_after_their_window():
    limit = Limit("join", most=5, window=dt.timedelta(minutes=10))
    now = timezone.now()
    limit.spend(request("192.0.2.1"), now)
    limit.spend(request("192.0.2.1"), now + limit.window)
    first, second = FormCount.objects.order_by("until")
    assert first.range_hash != second.range_hash
    assert "192" not in str(first)
    forms_rate.forget_old(first.until + SECOND)
    assert list(FormCount.objects.all()) == [second]
