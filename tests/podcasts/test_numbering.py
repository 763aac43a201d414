"""Which season and number the next episode gets: a truth table."""

import pytest

from podcasts.numbering import Place, suggest

TABLE = [
    ("nothing yet", [], (None, 1)),
    ("one without a season", [(None, 1)], (None, 2)),
    ("a hole is not filled", [(None, 1), (None, 5)], (None, 6)),
    ("the last season goes on", [(1, 8), (2, 3)], (2, 4)),
    ("order does not matter", [(2, 3), (1, 8), (2, 1)], (2, 4)),
    ("earlier ones had no season", [(None, 30), (1, 2)], (1, 3)),
    ("a series without numbers", [(None, None), (None, None)], (None, None)),
    ("seasons without numbers", [(3, None)], (3, None)),
    ("a season that has begun without a number", [(1, 4), (2, None)], (2, None)),
    ("a trailer does not count", [(None, 1), (None, 9, "trailer")], (None, 2)),
    ("a trailer of a new season does not begin it", [(1, 4), (2, None, "trailer")], (1, 5)),
    ("a bonus does not count", [(1, 4), (1, 40, "bonus")], (1, 5)),
    ("only a trailer", [(None, None, "trailer")], (None, 1)),
]


@pytest.mark.parametrize(
    ("there", "next_place"), [row[1:] for row in TABLE], ids=[r[0] for r in TABLE]
)
def test_the_next_place(there, next_place):
    found = suggest(Place(*place) for place in there)
    assert (found.season, found.number) == next_place
