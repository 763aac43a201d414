"""The one address of OAI-PMH: arguments in, XML out."""

from __future__ import annotations

from collections.abc import Mapping

from django.conf import settings
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils import timezone, translation
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from lxml import etree

from core.models import SiteSettings
from kenniskamer.oai.answers import VERBS
from kenniskamer.oai.arguments import Arguments, read
from kenniskamer.oai.elements import OAI, add, moment, root
from kenniskamer.oai.errors import OaiError
from kenniskamer.oai.repository import base_url

SCHEMA = "http://www.openarchives.org/OAI/2.0/OAI-PMH.xsd"
# Errors after which the answer does not repeat what was asked (§3.6).
_UNREADABLE = frozenset({"badVerb", "badArgument"})


# A harvester has no session and changes nothing, so its POST needs no token.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def oai(request: HttpRequest) -> HttpResponse:
    """Answer a harvester. An error of the protocol is an answer too, with status 200."""
    query = request.POST if request.method == "POST" else request.GET
    document = root("OAI-PMH", OAI, SCHEMA)
    add(document, "responseDate", moment(timezone.now()))
    with translation.override(settings.LANGUAGE_CODE):
        _fill(document, query, SiteSettings.for_request(request))
    body = etree.tostring(document, xml_declaration=True, encoding="UTF-8")
    return HttpResponse(body, content_type="text/xml; charset=utf-8")


def _fill(document: etree._Element, query: QueryDict, site: SiteSettings) -> None:
    """Add what was asked and the answer to it, or what was wrong with it."""
    asked: Mapping[str, str] = {}
    try:
        arguments = read(query)
        asked = arguments.given
        answer = _answer(arguments, site)
    except OaiError as error:
        asked = asked or _readable(error, query)
        add(document, "request", base_url(), asked)
        add(document, "error", error.message, {"code": error.code})
    else:
        add(document, "request", base_url(), asked)
        document.append(answer)


def _answer(arguments: Arguments, site: SiteSettings) -> etree._Element:
    answer = etree.Element(f"{{{OAI}}}{arguments.verb}", nsmap={None: OAI})
    VERBS[arguments.verb](arguments, answer, site)
    return answer


def _readable(error: OaiError, query: QueryDict) -> Mapping[str, str]:
    """Return the arguments an error may repeat."""
    if error.code in _UNREADABLE:
        return {}
    return {name: str(query[name]) for name in query}
