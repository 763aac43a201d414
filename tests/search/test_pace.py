"""A bound on how often something may be asked."""

from __future__ import annotations

from search.pace import Pace


class Clock:
    """A clock that stands still until it is moved."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_a_burst_passes_and_then_a_steady_stream() -> None:
    clock = Clock()
    pace = Pace(per_second=2, burst=3, clock=clock)
    assert [pace.allows() for _ in range(4)] == [True, True, True, False]
    clock.now = 0.4
    assert not pace.allows()
    clock.now = 0.5
    assert pace.allows()
    assert not pace.allows()


def test_rest_saves_up_no_more_than_a_burst() -> None:
    clock = Clock()
    pace = Pace(per_second=2, burst=3, clock=clock)
    clock.now = 1000
    assert [pace.allows() for _ in range(5)] == [True, True, True, False, False]
