import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.versions import Version, VersionError

NUMBER = st.integers(0, 9999)


@pytest.mark.parametrize(
    ("lower", "higher"),
    [
        ("1.0", "1.1"),
        ("1.9", "1.10"),
        ("1.10", "2.0"),
        ("2.0", "2.0.1"),
        ("2.0.9", "2.0.10"),
        ("2.0.10", "2.1"),
        ("0.9", "0.10.0"),
        ("9.99", "10.0"),
        ("2022.4", "2023.1"),
    ],
)
def test_order(lower, higher):
    assert Version.parse(lower) < Version.parse(higher)
    assert not Version.parse(higher) < Version.parse(lower)
    assert Version.parse(lower) != Version.parse(higher)


def test_a_third_zero_changes_nothing():
    assert Version.parse("2.0") == Version.parse("2.0.0")
    assert hash(Version.parse("2.0")) == hash(Version.parse("2.0.0"))
    assert str(Version.parse("2.0.0")) == "2.0.0"


@pytest.mark.parametrize(
    "text",
    ["", "1", "1.", ".1", "1.2.3.4", "v1.0", "1.0-beta", "1,0", "01.0", "1.01", "1.-1", "-1.0",
     "1. 0", "١.٠", "1.0\n2", "99999.0", "1..0", "1e3.0"],
)  # fmt: skip
def test_what_is_no_version(text):
    with pytest.raises(VersionError, match="not a version number"):
        Version.parse(text)


@pytest.mark.parametrize(
    ("version", "after"), [("1.0", "1.1"), ("1.9", "1.10"), ("2.0.3", "2.1"), ("1.9999", "2.0")]
)
def test_the_next(version, after):
    assert str(Version.parse(version).next_minor) == after


@given(st.lists(st.tuples(NUMBER, NUMBER, st.none() | NUMBER)))
def test_sorted_as_numbers(rows):
    versions = sorted(Version(*row) for row in rows)
    assert [v.numbers for v in versions] == sorted((a, b, c or 0) for a, b, c in rows)
    assert [Version.parse(str(version)) for version in versions] == versions
