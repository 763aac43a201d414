"""What can be wrong with a request (OAI-PMH 2.0 §3.6)."""

from __future__ import annotations


class OaiError(Exception):
    """An answer that is an error: a code of the protocol, and a sentence for people."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
