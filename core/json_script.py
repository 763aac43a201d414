"""JSON that may stand inside a script element: descriptions for search engines (JSON-LD 1.1)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

# Characters that could end the script element, or that old parsers take for line ends.
_UNSAFE = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}


def as_script(values: Mapping[str, Any]) -> str:
    """Return values as JSON that cannot end its script element, whatever texts are in it."""
    return json.dumps(values, ensure_ascii=False).translate(_UNSAFE)
