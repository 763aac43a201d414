"""A bound on how often something may be asked, without knowing who asks."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable


class Pace:
    """Lets `burst` requests through at once and `per_second` in the long run.

    It counts all requests of this process together and keeps nothing about anybody. The
    clock gives seconds and never goes back.
    """

    def __init__(
        self, per_second: float, burst: int, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._per_second, self._burst, self._clock = per_second, burst, clock
        self._left, self._at = float(burst), clock()
        self._lock = threading.Lock()

    def allows(self) -> bool:
        """Say whether one more may pass now, and count it when it does."""
        with self._lock:
            now = self._clock()
            gained = (now - self._at) * self._per_second
            self._left, self._at = min(self._burst, self._left + gained), now
            if self._left < 1:
                return False
            self._left -= 1
            return True
