"""The form of a frozen release: plain JSON values that need no database to be read.

    {
      "format": 1,
      "toolkit": "Toolkit", "title": …, "lead": …, "version": "1.1", "language": "nl",
      "date": "2026-11-22", "licence": "CC-BY-4.0", "notes": html,
      "chapters": [{"id": …, "slug": …, "title": …, "intro": html, "parts": [Part, …]}, …]
    }

A Part:

    {
      "id": …, "slug": …, "kind": "exercise", "title": …,
      "facts": [{"name": "time", "label": "Tijd", "value": "30 minuten"}, …],
      "fields": [{"name": "body", "label": "Wat het is", "html": …}, …],
      "citation": "" or one reference as plain text,
      "links": [{"label": …, "url": …}, …],
      "picture": null or {"sha256", "format", "width", "height", "alt"}
    }

`id` stays the same from release to release; `slug` is unique within a release and
holds for its addresses. All html is the few elements of `toolkit.richtext`, with
absolute addresses. `sha256` of a picture names a `ReleaseFile` of kind `picture`.
"""

from __future__ import annotations

from typing import Any

FORMAT = 1

Content = dict[str, Any]
Part = dict[str, Any]


def parts_of(content: Content) -> list[Part]:
    """Return all parts in the order in which they are read."""
    return [part for chapter in content.get("chapters", ()) for part in chapter["parts"]]
