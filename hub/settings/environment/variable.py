"""What is known of one environment variable."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Variable:
    """One environment variable: its default as text and how it is read."""

    name: str
    default: str
    read: Callable[[str], Any]
    meaning: str
