"""The blocks of pages of text: those of every room, and what only the front door may show."""

from __future__ import annotations

from core.blocks import BodyBlock
from participants.blocks import JoinBlock


class PageBodyBlock(BodyBlock):
    """Running text, with a sign-up form where an editor wants one."""

    join = JoinBlock()
