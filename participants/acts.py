"""Writing down what is done with people's data, without writing down whose."""

from __future__ import annotations

from typing import Any

from participants.models.act import Act, ActKind


def note_act(kind: ActKind, *, user: Any = None, count: int = 1, remark: str = "") -> Act:
    """Add a line to the log. The remark holds no name and no address."""
    return Act.objects.create(kind=kind, user=user, count=count, remark=remark[:255])
