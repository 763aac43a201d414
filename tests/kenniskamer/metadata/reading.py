"""Reading a page as a reference manager does."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from urllib.parse import parse_qs

LINK = re.compile(r'<([^>]*)>; rel="([^"]*)"(?:; type="([^"]*)")?')


class Head(HTMLParser):
    """Collects meta tags, COinS and JSON-LD of a page."""

    def __init__(self, html):
        super().__init__()
        self.tags, self.coins, self.scripts = [], [], []
        self._in_data = False
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        if tag == "meta" and attrs.get("name", "").startswith("citation_"):
            self.tags.append((attrs["name"], attrs["content"]))
        if attrs.get("class") == "Z3988":
            self.coins.append(parse_qs(attrs["title"], strict_parsing=True))
        self._in_data = tag == "script" and attrs.get("type") == "application/ld+json"

    def handle_endtag(self, tag):
        self._in_data = False

    def handle_data(self, data):
        if self._in_data:
            self.scripts.append(json.loads(data))

    def all(self, name):
        """The contents of every tag of a name."""
        return [content for tag, content in self.tags if tag == name]

    def one(self, name):
        """The content of the only tag of a name, "" when there is none."""
        found = self.all(name)
        assert len(found) < 2, found
        return found[0] if found else ""


def links(response):
    """The Link header as (relation, address, type)."""
    return [(relation, url, kind) for url, relation, kind in LINK.findall(response.get("Link", ""))]
