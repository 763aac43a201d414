"""Where the feed of a series stands, and the identity that follows from it."""

from __future__ import annotations

import re
import uuid

FEED = "feed.xml"
"""Under the page of a series."""

PODCAST_NAMESPACE = uuid.UUID("ead4c236-bf58-58c6-a2c6-a6b28d128cb6")


def podcast_guid(feed_url: str) -> str:
    """Return the podcast:guid of a feed: UUIDv5 of its address (Podcasting 2.0).

    The scheme and the slashes at the end do not count.
    """
    bare = re.sub(r"^[a-z][a-z0-9+.-]*://", "", feed_url, flags=re.IGNORECASE).rstrip("/")
    return str(uuid.uuid5(PODCAST_NAMESPACE, bare))
