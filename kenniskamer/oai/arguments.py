"""Reading the arguments of a request, strictly (OAI-PMH 2.0 §3.1, §4)."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass

from django.http import QueryDict

from kenniskamer.oai.errors import OaiError
from kenniskamer.oai.tokens import Position, read_token

_REQUIRED: Mapping[str, frozenset[str]] = {
    "Identify": frozenset(),
    "ListMetadataFormats": frozenset(),
    "ListSets": frozenset(),
    "GetRecord": frozenset({"identifier", "metadataPrefix"}),
    "ListIdentifiers": frozenset({"metadataPrefix"}),
    "ListRecords": frozenset({"metadataPrefix"}),
}
_OPTIONAL: Mapping[str, frozenset[str]] = {
    "ListMetadataFormats": frozenset({"identifier"}),
    "ListIdentifiers": frozenset({"from", "until", "set"}),
    "ListRecords": frozenset({"from", "until", "set"}),
}
# These take a resumption token, and then nothing else.
_RESUMABLE = frozenset({"ListIdentifiers", "ListRecords", "ListSets"})
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}\Z")
_SECOND = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z\Z")
_SET = re.compile(r"[A-Za-z0-9\-_.!~*'()]+(:[A-Za-z0-9\-_.!~*'()]+)*\Z")
_PREFIX = re.compile(r"[A-Za-z0-9\-_.!~*'()]+\Z")


@dataclass(frozen=True, slots=True)
class Arguments:
    """A request that follows the rules. `given` is what was asked, for the answer to repeat."""

    verb: str
    given: Mapping[str, str]
    identifier: str = ""
    prefix: str = ""
    since: dt.datetime | None = None
    until: dt.datetime | None = None
    set_slug: str = ""
    position: Position | None = None


def read(query: QueryDict) -> Arguments:
    """Read a request.

    Raises OaiError with badVerb, badArgument or badResumptionToken.
    """
    verb = _verb(query)
    given = {name: str(query[name]) for name in query if name != "verb"}
    _check_names(verb, query, given)
    if "resumptionToken" in given:
        return _resumed(verb, given)
    if "metadataPrefix" in given and not _PREFIX.match(given["metadataPrefix"]):
        raise OaiError("badArgument", "metadataPrefix has characters that no format has.")
    since, until = _bounds(given)
    return Arguments(
        verb,
        {"verb": verb, **given},
        identifier=given.get("identifier", ""),
        prefix=given.get("metadataPrefix", ""),
        since=since,
        until=until,
        set_slug=_set(given),
    )


def _verb(query: QueryDict) -> str:
    verbs = query.getlist("verb")
    if len(verbs) != 1 or verbs[0] not in _REQUIRED:
        raise OaiError("badVerb", f"Give one verb, one of: {', '.join(_REQUIRED)}.")
    return verbs[0]


def _check_names(verb: str, query: QueryDict, given: Mapping[str, str]) -> None:
    """Refuse what is repeated, unknown or missing."""
    for name in given:
        if len(query.getlist(name)) > 1:
            raise OaiError("badArgument", "An argument is given more than once.")
    if "resumptionToken" in given and verb in _RESUMABLE:
        if len(given) > 1:
            raise OaiError("badArgument", "resumptionToken goes with no other argument.")
        return
    required, optional = _REQUIRED[verb], _OPTIONAL.get(verb, frozenset())
    if given.keys() - required - optional:
        known = ", ".join(sorted(required | optional)) or "no arguments"
        raise OaiError("badArgument", f"{verb} takes {known}.")
    if missing := required - given.keys():
        raise OaiError("badArgument", f"{verb} needs {', '.join(sorted(missing))}.")


def _resumed(verb: str, given: Mapping[str, str]) -> Arguments:
    if verb == "ListSets":
        raise OaiError("badResumptionToken", "The list of sets is given whole; it has no token.")
    position = read_token(verb, given["resumptionToken"])
    return Arguments(
        verb,
        {"verb": verb, **given},
        prefix=position.prefix,
        since=position.since,
        until=position.until,
        set_slug=position.set_slug,
        position=position,
    )


def _bounds(given: Mapping[str, str]) -> tuple[dt.datetime | None, dt.datetime | None]:
    """Read `from` and `until`; a day means the whole of it, in UTC."""
    since, until = given.get("from"), given.get("until")
    if since is not None and until is not None and len(since) != len(until):
        raise OaiError("badArgument", "from and until must have the same granularity.")
    first = _moment(since, dt.time.min) if since is not None else None
    last = _moment(until, dt.time(23, 59, 59)) if until is not None else None
    if first and last and first > last:
        raise OaiError("badArgument", "from is later than until.")
    return first, last


def _moment(text: str, of_day: dt.time) -> dt.datetime:
    try:
        if _DAY.match(text):
            return dt.datetime.combine(dt.date.fromisoformat(text), of_day, tzinfo=dt.UTC)
        if _SECOND.match(text):
            return dt.datetime.strptime(text, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=dt.UTC)
    except ValueError:
        pass
    raise OaiError("badArgument", "A date is YYYY-MM-DD or YYYY-MM-DDThh:mm:ssZ.")


def _set(given: Mapping[str, str]) -> str:
    slug = given.get("set", "")
    if "set" in given and not _SET.match(slug):
        raise OaiError("badArgument", "set has characters that no set has.")
    return slug
