"""What a Range header asks for: RFC 9110 as a truth table."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.ranges import RangeNotSatisfiable, asked_range, byte_range

SIZE = 1000
ETAG, DATE = '"abc"', "Sun, 22 Nov 2026 10:00:00 GMT"


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("", None),
        ("bytes=0-99", (0, 99)),
        ("bytes=0-0", (0, 0)),
        ("bytes=999-999", (999, 999)),
        ("bytes=0-", (0, 999)),
        ("bytes=990-", (990, 999)),
        ("bytes=990-5000", (990, 999)),
        ("bytes=-10", (990, 999)),
        ("bytes=-5000", (0, 999)),
        ("bytes=0-" + "9" * 5000, (0, 999)),
        ("bytes=-" + "9" * 5000, (0, 999)),
        ("bytes=" + "0" * 5000 + "7-9", (7, 9)),
        ("BYTES=0-99", (0, 99)),
        (" bytes = 0-99 ", (0, 99)),
        ("bytes=5-2", None),
        ("bytes=0-1,5-9", None),
        ("bytes=0-0,0-0,0-0,0-0", None),
        ("bytes=0-99,", None),
        ("items=0-1", None),
        ("bytes", None),
        ("bytes=", None),
        ("bytes=-", None),
        ("bytes=--5", None),
        ("bytes=a-b", None),
        ("bytes=0x1-5", None),
        ("bytes=١-٢", None),
        ("bytes=0 - 99", None),
    ],
)
def test_range_header(header, expected):
    assert byte_range(header, SIZE) == expected


@pytest.mark.parametrize(
    ("header", "size"),
    [
        ("bytes=1000-", 1000),
        ("bytes=1000-1001", 1000),
        ("bytes=-0", 1000),
        ("bytes=" + "9" * 5000 + "-", 1000),
        ("bytes=0-", 0),
        ("bytes=-5", 0),
    ],
)
def test_range_outside_the_file(header, size):
    with pytest.raises(RangeNotSatisfiable):
        byte_range(header, size)


@given(st.text(st.characters(codec="latin-1"), max_size=40), st.integers(0, 50))
def test_any_header_is_a_range_inside_the_file_or_none(text, size):
    for header in (text, f"bytes={text}"):
        try:
            found = byte_range(header, size)
        except RangeNotSatisfiable:
            continue
        assert found is None or 0 <= found[0] <= found[1] < size


@pytest.mark.parametrize(
    ("method", "if_range", "expected"),
    [
        ("GET", None, (0, 9)),
        ("GET", ETAG, (0, 9)),
        ("GET", DATE, (0, 9)),
        ("GET", f"W/{ETAG}", None),
        ("GET", '"other"', None),
        ("GET", "Sun, 22 Nov 2026 11:00:00 GMT", None),
        ("HEAD", None, None),
    ],
)
def test_a_range_counts_for_get_and_the_same_file(rf, method, if_range, expected):
    headers = {"range": "bytes=0-9"} | ({"if-range": if_range} if if_range else {})
    request = rf.generic(method, "/", headers=headers)
    assert asked_range(request, SIZE, ETAG, DATE) == expected
