"""A harvester that believes nothing: every answer is checked against the schema."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from lxml import etree

from kenniskamer.oai.elements import DC, OAI, OAI_DC, OAI_IDENTIFIER

NAMES = {"oai": OAI, "oai_dc": OAI_DC, "dc": DC, "id": OAI_IDENTIFIER}


@lru_cache
def schema():
    """The schema of an answer."""
    return etree.XMLSchema(etree.parse(str(Path(__file__).with_name("oai-pmh.xsd"))))


class Harvester:
    """Asks with GET, or with POST, and keeps the last answer."""

    def __init__(self, client, post=False):
        self.client, self.post = client, post

    def ask(self, **arguments):
        """Return the answer to a request, after checking its form. `since` stands for `from`."""
        if "since" in arguments:
            arguments["from"] = arguments.pop("since")
        send = self.client.post if self.post else self.client.get
        return self.read(send("/oai", arguments))

    def read(self, response):
        """Return a response as XML."""
        assert response.status_code == 200
        assert response["Content-Type"] == "text/xml; charset=utf-8"
        answer = etree.fromstring(response.content)
        schema().assertValid(answer)
        return answer

    def code(self, **arguments):
        """Return the code of the error that a request gives, "" when it gives none."""
        return "".join(self.ask(**arguments).xpath("//oai:error/@code", namespaces=NAMES))

    def texts(self, path, **arguments):
        """Return the texts of the elements that a path names."""
        return [node.text for node in self.ask(**arguments).iterfind(f".//{path}", NAMES)]

    def harvest(self, verb="ListIdentifiers", **arguments):
        """Follow the tokens to the end; return identifiers with "deleted" or "", in order."""
        found, asked = [], {"verb": verb, "metadataPrefix": "oai_dc", **arguments}
        while True:
            answer = self.ask(**asked)
            for header in answer.iterfind(".//oai:header", NAMES):
                found.append(
                    (header.findtext("oai:identifier", namespaces=NAMES), header.get("status", ""))
                )
            token = answer.findtext(".//oai:resumptionToken", namespaces=NAMES)
            if not token:
                return found
            asked = {"verb": verb, "resumptionToken": token}
