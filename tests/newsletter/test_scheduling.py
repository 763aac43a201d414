"""A wall time in Amsterdam becomes the right moment, also when the clock changes."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsletter.desk_forms import ScheduleForm
from newsletter.scheduling import ZONE, NoSuchTimeError, TwiceError, moment_of
from tests.newsletter.clock import clock_change, next_year


@pytest.mark.parametrize(
    ("wall", "second", "utc"),
    [
        ("2026-01-15 09:00", None, "2026-01-15 08:00"),
        ("2026-07-15 09:00", None, "2026-07-15 07:00"),
        ("2026-03-29 01:59", None, "2026-03-29 00:59"),
        ("2026-03-29 03:00", None, "2026-03-29 01:00"),
        ("2026-10-25 01:59", None, "2026-10-24 23:59"),
        ("2026-10-25 02:30", False, "2026-10-25 00:30"),
        ("2026-10-25 02:30", True, "2026-10-25 01:30"),
        ("2026-10-25 03:00", None, "2026-10-25 02:00"),
    ],
)
def test_the_moment_at_which_the_clock_shows_it(wall, second, utc):
    moment = moment_of(dt.datetime.fromisoformat(wall), second=second)
    assert moment == dt.datetime.fromisoformat(f"{utc}+00:00")


@pytest.mark.parametrize("wall", ["2026-03-29 02:00", "2026-03-29 02:59", "2027-03-28 02:30"])
@pytest.mark.parametrize("second", [None, False, True])
def test_a_time_the_clock_skips_is_refused(wall, second):
    with pytest.raises(NoSuchTimeError):
        moment_of(dt.datetime.fromisoformat(wall), second=second)


@pytest.mark.parametrize("wall", ["2026-10-25 02:00", "2026-10-25 02:59"])
def test_a_time_that_comes_twice_asks_which(wall):
    with pytest.raises(TwiceError):
        moment_of(dt.datetime.fromisoformat(wall))


@given(st.datetimes(dt.datetime(2025, 1, 1), dt.datetime(2035, 1, 1)), st.booleans())
def test_the_clock_shows_what_was_asked(wall, second):
    try:
        moment = moment_of(wall, second=second)
    except NoSuchTimeError:
        return
    assert moment.astimezone(ZONE).replace(tzinfo=None, fold=0) == wall


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"day": clock_change(3), "time": "02:30"}, "time"),
        ({"day": clock_change(10), "time": "02:30"}, "which"),
        ({"day": "2020-01-01", "time": "09:00"}, "day"),
        ({"day": "0001-01-01", "time": "00:00"}, "day"),
        ({"day": "9999-12-31", "time": "23:59"}, "day"),
        ({"day": "onzin", "time": "09:00"}, "day"),
        ({"day": next_year(1, 1), "time": "25:00"}, "time"),
        ({}, "day"),
    ],
)
def test_the_form_says_what_is_wrong_where(values, field):
    form = ScheduleForm(values)
    assert not form.is_valid()
    assert field in form.errors


def test_the_form_takes_the_hour_that_was_meant():
    day = clock_change(10)
    form = ScheduleForm({"day": day, "time": "02:30", "which": "second"})
    assert form.is_valid(), form.errors
    moment = dt.datetime.combine(day, dt.time(1, 30), dt.UTC)
    assert form.cleaned_data["moment"] == moment


def test_which_of_two_is_asked_only_when_it_must_be():
    assert ScheduleForm()["which"].is_hidden
    form = ScheduleForm({"day": clock_change(10), "time": "02:30"})
    assert not form.is_valid()
    assert not form["which"].is_hidden
    assert "wintertijd" in str(form["which"])
