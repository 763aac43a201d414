"""What DNS says about our mail: SPF, DKIM, DMARC and where replies and reports go.

Gmail, Yahoo and Microsoft refuse or hide mail of domains that lack these. What only the mail
server knows (whether it signs, and with which selector) is asked for or guessed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from newsletter.sender import words

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
    """One thing about the domain: what it is about, how good, and which (`newsletter.sender.words`).

    It is kept as plain values, so that everybody reads it in their own language.
    """

    about: str
    level: Level
    code: str
    values: Mapping[str, str] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """What was found, in one sentence."""
        return str(words.FOUND[self.code]) % self.values

    @property
    def advice(self) -> str:
        """What to do about it, "" when nothing has to be done."""
        return str(words.TO_DO.get(self.code, "")) % self.values


Said = Iterator[tuple[Level, str, dict[str, str]]]


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
            found += [Finding(about, level, code, values) for level, code, values in step]
        except LookupFailed:
            found.append(Finding(about, Level.ADVICE, "silent"))
    return found


def _spf(domain: str, lookup: Lookup) -> Said:
    """Check who may send for the domain of the envelope (RFC 7208)."""
    records = [text for text in lookup(domain, "TXT") if _is_spf(text)]
    here = {"domain": domain}
    if len(records) != 1:
        yield Level.WRONG, "spf_many" if records else "spf_none", here
        return
    record = records[0].lower()
    if _lookups(domain, lookup, set()) > MOST_LOOKUPS:
        yield Level.WRONG, "spf_long", here
    elif re.search(r"(?<!\S)\+?all\b", record):
        yield Level.WRONG, "spf_everybody", here
    elif "all" not in record and "redirect=" not in record:
        yield Level.ADVICE, "spf_open", here
    else:
        yield Level.GOOD, "spf_good", {"record": records[0]}


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
                yield Level.GOOD, "dkim_good", {"selector": selector}
                return
    yield Level.WRONG, "dkim_none", {"domain": domain}


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
        yield Level.WRONG, "dmarc_none", {"domain": domain}
    elif len(records) > 1 or not policy:
        yield Level.WRONG, "dmarc_unusable", {"domain": domain}
    else:
        yield Level.GOOD, "dmarc_good", {"policy": policy[1]}
    if parent(bounces) != parent(domain):
        yield Level.ADVICE, "dmarc_elsewhere", {"bounces": bounces, "domain": domain}


def parent(domain: str) -> str:
    """Return the last two labels of a domain, by which it is compared with another."""
    return ".".join(domain.lower().rstrip(".").split(".")[-2:])


def _mx(domain: str, bounces: str, lookup: Lookup) -> Said:
    """Check that replies and reports have somewhere to go."""
    for name in dict.fromkeys((domain, bounces)):
        if lookup(name, "MX") or lookup(name, "A"):
            yield Level.GOOD, "mx_good", {"domain": name}
        else:
            yield Level.WRONG, "mx_none", {"domain": name}
