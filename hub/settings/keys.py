"""A signing key that is made once and kept in the data folder."""

from __future__ import annotations

import os
import secrets
from pathlib import Path


def stored_key(path: Path) -> str:
    """Return the key kept at `path`, made on first use, readable by its owner only."""
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text(encoding="ascii").strip()
    with os.fdopen(handle, "w", encoding="ascii") as file:
        key = secrets.token_urlsafe(50)
        file.write(key + "\n")
    return key
