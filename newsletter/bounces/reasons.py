"""Whether a refusal is about the address itself, for good.

Hard are the codes of RFC 3463 that say there is no such mailbox or domain. Everything that
may pass, or that is about us (our text, our reputation, our own address), is soft: a person
is never struck off because a filter did not like an edition.
"""

from __future__ import annotations

import re

HARD_CODES = frozenset(
    {
        "5.1.0",  # other address status, given with a permanent refusal of the address
        "5.1.1",  # bad destination mailbox
        "5.1.2",  # bad destination system
        "5.1.3",  # bad syntax of the mailbox
        "5.1.6",  # the mailbox has moved, and left no address
        "5.1.10",  # the domain takes no mail: null MX (RFC 7505); Exchange: recipient not found
        "5.2.1",  # the mailbox is disabled
        "5.4.4",  # no route: the domain does not exist
    }
)
TELLS_NOTHING = frozenset({"", "5.0.0", "5.5.0", "5.3.0", "5.4.1"})
"""Codes that servers use for anything; then their words decide. 5.4.1 is Exchange Online for an
unknown recipient, and elsewhere for a host that did not answer."""

HARD_WORDS = re.compile(
    r"""user\ (?:is\ )?unknown | unknown\ (?:user|recipient|local[ -]part|mailbox|address)
    | no\ such\ (?:user|recipient|mailbox|person|address|account|domain) | no\ mailbox
    | (?:user|mailbox|account|recipient|address|email)\b[^.]{0,40}?
      (?:does\ not\ exist|doesn'?t\ exist|not\ found|is\ disabled|has\ been\ disabled|invalid
      |is\ inactive|no\ longer)
    | (?:invalid|bad|nonexistent|non-existent|undeliverable)\ (?:recipient|mailbox|address|user)
    | recipient\ address\ rejected:\ access\ denied
    | (?:doesn'?t|does\ not)\ have\ an?\ \S+\ account | account\ that\ you\ tried\ to\ reach
    | host\ (?:or\ domain\ name\ )?not\ found | domain\ (?:does\ not\ exist|not\ found)
    | unrouteable\ address | onbekende?\ (?:gebruiker|ontvanger) | bestaat\ niet
    | (?:empf.nger|benutzer)\ unbekannt | utilisateur\ inconnu""",
    re.IGNORECASE | re.VERBOSE,
)
MAY_PASS = re.compile(
    r"over ?quota|quota exceeded|mailbox (?:is )?full|insufficient (?:system )?storage"
    r"|spam|blocked|block ?list|blacklist|reputation|policy|greylist|try again|temporar|dmarc"
    r"|\bspf\b|too (?:many|large|big)|rate limit|at a rate|relay(?:ing)? (?:access )?denied",
    re.IGNORECASE,
)


def is_hard(status: str, said: str) -> bool:
    """Say whether a failure is about the address for good.

    `status` is an enhanced code or ""; `said` what the server wrote.
    """
    if status.startswith("4") or (not status and re.match(r"4\d\d\b", said.strip())):
        return False
    if status in HARD_CODES:
        return not (status in ("5.1.0", "5.2.1") and MAY_PASS.search(said))
    if status not in TELLS_NOTHING:
        return False
    return bool(HARD_WORDS.search(said)) and not MAY_PASS.search(said)
