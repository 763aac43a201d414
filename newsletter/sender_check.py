"""What DNS says about our mail: SPF, DKIM, DMARC and where replies and reports go.

Gmail, Yahoo and Microsoft refuse or hide mail of domains that lack these. What only the mail
server knows (whether it signs, and with which selector) is asked for or guessed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext as _

Lookup = Callable[[str, str], list[str]]
"""Returns the records of a name and type ("TXT", "MX", "A"), none when there are none.

Raises LookupFailed when that cannot be known now.
"""

SELECTORS = ("default", "mail", "dkim", "s1", "s2", "k1", "k2", "selector1", "selector2", "google")
"""Names under which many mail servers keep their DKIM key."""

MOST_LOOKUPS = 10
"""More lookups than this make an SPF record worthless (RFC 7208 §4.6.4)."""


class LookupFailed(Exception):
    """DNS does not answer now."""


class Level(StrEnum):
    """How good a finding is."""

    GOOD = "good"
    ADVICE = "advice"
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing about the domain: what it is about, how good, and what to do."""

    about: str
    level: Level
    text: str


Said = Iterator[tuple[Level, str]]


def check(
    domain: str, *, lookup: Lookup, bounces: str = "", selectors: Sequence[str] = SELECTORS
) -> list[Finding]:
    """Return what DNS says about a domain that sends. `bounces` is that of returned mail."""
    found: list[Finding] = []
    bounces = bounces or domain
    steps: dict[str, Said] = {
        "SPF": _spf(bounces, lookup),
        "DKIM": _dkim(domain, lookup, selectors),
        "DMARC": _dmarc(domain, bounces, lookup),
        "MX": _mx(domain, bounces, lookup),
    }
    for about, step in steps.items():
        try:
            found += [Finding(about, level, text) for level, text in step]
        except LookupFailed:
            text = _("DNS did not answer. Try again later.")
            found.append(Finding(about, Level.ADVICE, text))
    return found


def _spf(domain: str, lookup: Lookup) -> Said:
    """Check who may send for the domain of the envelope (RFC 7208)."""
    records = [text for text in lookup(domain, "TXT") if _is_spf(text)]
    if not records:
        text = _("%(domain)s has no SPF record. Add a TXT record that names your mail server.")
        yield Level.WRONG, text % {"domain": domain}
        return
    if len(records) > 1:
        text = _("%(domain)s has more than one SPF record, so none counts. Keep one.")
        yield Level.WRONG, text % {"domain": domain}
        return
    record = records[0].lower()
    if _lookups(domain, lookup, set()) > MOST_LOOKUPS:
        text = _(
            "The SPF record of %(domain)s asks for more than ten others, so it does not count."
        )
        yield Level.WRONG, text % {"domain": domain}
    elif re.search(r"(?<!\S)\+?all\b", record):
        text = _("The SPF record of %(domain)s lets everybody send. End it with “~all” or “-all”.")
        yield Level.WRONG, text % {"domain": domain}
    elif "all" not in record and "redirect=" not in record:
        yield Level.ADVICE, _("The SPF record has no end. End it with “~all” or “-all”.")
    else:
        yield Level.GOOD, _("There is one SPF record: %(record)s") % {"record": records[0]}


def _is_spf(text: str) -> bool:
    return text.lower() == "v=spf1" or text.lower().startswith("v=spf1 ")


def _lookups(domain: str, lookup: Lookup, seen: set[str]) -> int:
    """Return how many lookups an SPF record takes; stops counting when it is too many."""
    if domain in seen or len(seen) > MOST_LOOKUPS:
        return 0
    seen.add(domain)
    record = next((text for text in lookup(domain, "TXT") if _is_spf(text)), "")
    total = 0
    for term in record.lower().split()[1:]:
        name = term.lstrip("+-~?")
        if re.match(r"(a|mx|ptr|exists)\b", name):
            total += 1
        elif match := re.match(r"(?:include:|redirect=)(\S+)", name):
            total += 1 + _lookups(match[1], lookup, seen)
    return total


def _dkim(domain: str, lookup: Lookup, selectors: Sequence[str]) -> Said:
    """Look for a key that signs mail (RFC 6376)."""
    for selector in selectors:
        for record in lookup(f"{selector}._domainkey.{domain}", "TXT"):
            key = re.search(r"(?:^|;)\s*p=([^;]*)", record)
            if key and key[1].strip():
                text = _("There is a DKIM key under the selector “%(selector)s”.")
                yield Level.GOOD, text % {"selector": selector}
                return
    text = _("No DKIM key was found. Let your mail server sign, and give its selector: --selector.")
    yield Level.WRONG, text


def _dmarc(domain: str, bounces: str, lookup: Lookup) -> Said:
    """Check what others do with mail that is not ours (RFC 7489)."""
    records = [
        text
        for text in lookup(f"_dmarc.{domain}", "TXT") or lookup(f"_dmarc.{parent(domain)}", "TXT")
        if text.lower().replace(" ", "").startswith("v=dmarc1")
    ]
    policy = (
        re.search(r"\bp\s*=\s*(none|quarantine|reject)\b", records[0].lower()) if records else None
    )
    if not records:
        text = _("%(domain)s has no DMARC record. Add a TXT record at _dmarc: v=DMARC1; p=none")
        yield Level.WRONG, text % {"domain": domain}
    elif len(records) > 1 or not policy:
        yield Level.WRONG, _("The DMARC record cannot be used: keep one, with p=none or stricter.")
    else:
        yield Level.GOOD, _("DMARC asks for p=%(policy)s.") % {"policy": policy[1]}
    if parent(bounces) != parent(domain):
        text = _(
            "Returned mail goes to another domain (%(bounces)s), so SPF does not count for DMARC."
        )
        yield Level.ADVICE, text % {"bounces": bounces}


def parent(domain: str) -> str:
    """Return the last two labels of a domain, by which it is compared with another."""
    return ".".join(domain.lower().rstrip(".").split(".")[-2:])


def _mx(domain: str, bounces: str, lookup: Lookup) -> Said:
    """Check that replies and reports have somewhere to go."""
    for name in dict.fromkeys((domain, bounces)):
        if lookup(name, "MX") or lookup(name, "A"):
            yield Level.GOOD, _("%(domain)s takes mail.") % {"domain": name}
        else:
            text = _("%(domain)s takes no mail: it has no MX record. Replies and reports are lost.")
            yield Level.WRONG, text % {"domain": name}
