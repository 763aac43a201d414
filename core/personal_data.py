"""The rooms that hold something about people, so that one page shows and erases it all."""

from __future__ import annotations

import datetime as dt

from core.contracts import PersonalData

_rooms: dict[str, PersonalData] = {}


def register(room: PersonalData) -> PersonalData:
    """Add what a room holds about people. Call from the room's `AppConfig.ready`."""
    _rooms[room.name] = room
    return room


def registered() -> list[PersonalData]:
    """Return every room that holds something, in the order of their names."""
    return [_rooms[name] for name in sorted(_rooms)]


def moment(value: dt.datetime | None) -> str | None:
    """Give a moment to machines (ISO 8601), as exports of every room do."""
    return value.isoformat() if value else None
