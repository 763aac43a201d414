"""Every verb, every argument and every error of OAI-PMH 2.0, by GET and by POST."""

import datetime as dt

from django.http import QueryDict

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.models import Theme
from kenniskamer.models import HarvestRecord
from kenniskamer.oai import listing
from kenniskamer.oai.arguments import read
from kenniskamer.oai.errors import OaiError
from kenniskamer.oai.repository import identifier_of
from kenniskamer.oai.tokens import Position, make_token, read_token
from tests.kenniskamer.oai.harvester import NAMES, Harvester
from tests.research import make_research, make_source

LIST = {"verb": "ListIdentifiers", "metadataPrefix": "oai_dc"}


@pytest.fixture(params=[False, True], ids=["get", "post"])
def harvester(request, client, site_tree):
    return Harvester(client, post=request.param)


@pytest.fixture
def study(site_tree):
    return make_research(
        site_tree.library,
        theme=site_tree.theme,
        source=make_source("Rapport", ("Een.",)),
        original_title="Support & <acceptance>",
        original_language="en",
        doi="10.1234/abc",
        licence="CC-BY-4.0",
    )


def test_says_who_it_is(harvester, study, settings):
    settings.BASE_URL = "https://hub.example.org"
    answer = harvester.ask(verb="Identify")
    assert answer.findtext(".//oai:baseURL", namespaces=NAMES) == "https://hub.example.org/oai"
    assert answer.findtext(".//oai:deletedRecord", namespaces=NAMES) == "persistent"
    assert answer.findtext(".//oai:adminEmail", namespaces=NAMES) == "webmaster@hub.example.org"
    assert answer.findtext(".//id:repositoryIdentifier", namespaces=NAMES) == "hub.example.org"
    earliest = answer.findtext(".//oai:earliestDatestamp", namespaces=NAMES)
    assert earliest == f"{HarvestRecord.objects.get().changed_at:%Y-%m-%dT%H:%M:%SZ}"


def test_an_empty_library_and_a_nameless_host_are_no_error(harvester):
    Theme.objects.all().delete()
    assert harvester.code(verb="Identify") == ""
    assert harvester.code(**LIST) == "noRecordsMatch"
    assert harvester.code(verb="ListSets") == "noSetHierarchy"


def test_gives_a_record_in_dublin_core(harvester, study):
    answer = harvester.ask(
        verb="GetRecord", identifier=identifier_of(study.translation_key), metadataPrefix="oai_dc"
    )
    said = {
        name: [node.text for node in answer.iterfind(f".//dc:{name}", NAMES)]
        for name in ("title", "creator", "identifier", "language", "rights", "subject", "format")
    }
    assert said["title"] == ["Support & <acceptance>", "Draagvlak voor opvang"]
    assert said["creator"] == ["Jansen, A."]
    assert f"http://localhost:8000/id/{study.translation_key}" in said["identifier"]
    assert "https://doi.org/10.1234/abc" in said["identifier"]
    assert said["language"] == ["en"]
    assert said["rights"] == ["https://creativecommons.org/licenses/by/4.0/"]
    assert said["subject"] == ["Draagvlak"]
    assert said["format"] == ["application/pdf"]
    assert [node.text for node in answer.iterfind(".//oai:setSpec", NAMES)] == ["draagvlak"]


def test_names_its_formats_and_sets(harvester, study):
    assert harvester.texts("oai:metadataPrefix", verb="ListMetadataFormats") == ["oai_dc"]
    identifier = identifier_of(study.translation_key)
    assert harvester.code(verb="ListMetadataFormats", identifier=identifier) == ""
    assert harvester.texts("oai:setSpec", verb="ListSets") == ["draagvlak"]
    assert harvester.texts("oai:setName", verb="ListSets") == ["Draagvlak"]


WRONG = [
    ({}, "badVerb"),
    ({"verb": "Steal"}, "badVerb"),
    ({"verb": ["Identify", "Identify"]}, "badVerb"),
    ({"verb": "Identify", "set": "a"}, "badArgument"),
    ({"verb": "Identify", "\x00": "\x00"}, "badArgument"),
    ({"verb": "GetRecord"}, "badArgument"),
    ({"verb": "GetRecord", "identifier": "x"}, "badArgument"),
    ({"verb": "GetRecord", "identifier": "x", "metadataPrefix": "oai_dc"}, "idDoesNotExist"),
    ({"verb": "GetRecord", "identifier": "\x00 ￾", "metadataPrefix": "oai_dc"}, "idDoesNotExist"),
    (
        {
            "verb": "GetRecord",
            "identifier": "oai:localhost:00000000-0000-0000-0000-000000000000",
            "metadataPrefix": "oai_dc",
        },
        "idDoesNotExist",
    ),
    ({"verb": "ListMetadataFormats", "identifier": "oai:elsewhere:1"}, "idDoesNotExist"),
    ({"verb": "ListMetadataFormats", "identifier": ""}, "idDoesNotExist"),
    ({"verb": "ListRecords"}, "badArgument"),
    ({"verb": "ListRecords", "metadataPrefix": "marc21"}, "cannotDisseminateFormat"),
    ({"verb": "ListRecords", "metadataPrefix": "a b"}, "badArgument"),
    (LIST | {"metadataPrefix": ["oai_dc", "oai_dc"]}, "badArgument"),
    (LIST | {"from": "yesterday"}, "badArgument"),
    (LIST | {"from": "2020-02-30"}, "badArgument"),
    (LIST | {"from": "0000-01-01"}, "badArgument"),
    (LIST | {"from": ""}, "badArgument"),
    (LIST | {"from": "2020-01-01T00:00:00+01:00"}, "badArgument"),
    (LIST | {"from": "2020-01-01\n"}, "badArgument"),
    (LIST | {"from": "２020-01-01"}, "badArgument"),
    (LIST | {"from": "2020-01-01", "until": "2020-01-01T00:00:00Z"}, "badArgument"),
    (LIST | {"from": "2020-01-02", "until": "2020-01-01"}, "badArgument"),
    (LIST | {"until": "1999-12-31"}, "noRecordsMatch"),
    (LIST | {"from": "9999-12-31", "until": "9999-12-31"}, "noRecordsMatch"),
    (LIST | {"from": "0001-01-01", "until": "0001-01-01"}, "noRecordsMatch"),
    (LIST | {"set": "unknown"}, "noRecordsMatch"),
    (LIST | {"set": ""}, "badArgument"),
    (LIST | {"set": "a b"}, "badArgument"),
    (LIST | {"set": "\x00"}, "badArgument"),
    (LIST | {"resumptionToken": "x"}, "badArgument"),
    ({"verb": "ListRecords", "resumptionToken": "x"}, "badResumptionToken"),
    ({"verb": "ListRecords", "resumptionToken": ""}, "badResumptionToken"),
    ({"verb": "ListRecords", "resumptionToken": "a:b:c\x00é"}, "badResumptionToken"),
    ({"verb": "ListRecords", "resumptionToken": "x" * 100_000}, "badResumptionToken"),
    ({"verb": "ListSets", "resumptionToken": "x"}, "badResumptionToken"),
    ({"verb": "GetRecord", "resumptionToken": "x"}, "badArgument"),
]


def test_names_what_is_wrong(harvester, study):
    for arguments, code in WRONG:
        assert harvester.code(**arguments) == code, arguments


def test_repeats_what_was_asked_only_when_it_could_be_read(harvester, study):
    def asked(**arguments):
        return dict(harvester.ask(**arguments).find("oai:request", NAMES).attrib)

    assert asked(verb="ListRecords", metadataPrefix="marc21") == {
        "verb": "ListRecords",
        "metadataPrefix": "marc21",
    }
    assert asked(verb="ListRecords", set="a b") == {}
    assert asked(verb="Steal") == {}


def test_takes_get_and_post_only(client, site_tree):
    for method in (client.put, client.delete, client.patch, client.options):
        assert method("/oai").status_code == 405


def test_a_post_needs_no_token_of_a_form(site_tree, study):
    from django.test import Client

    strict = Client(enforce_csrf_checks=True)
    assert Harvester(strict, post=True).code(verb="Identify") == ""


@settings(max_examples=200)
@given(
    st.dictionaries(
        st.sampled_from(
            ["verb", "identifier", "metadataPrefix", "from", "until", "set", "resumptionToken", "x"]
        ),
        st.one_of(
            st.sampled_from(["ListRecords", "GetRecord", "oai_dc", "2020-01-01", "draagvlak"]),
            st.text(max_size=40),
        ),
    )
)
def test_any_request_is_read_or_refused(arguments):
    query = QueryDict(mutable=True)
    query.update(arguments)
    try:
        assert read(query).verb in arguments["verb"]
    except OaiError as error:
        assert error.code.startswith("bad")


@given(
    st.datetimes(dt.datetime(1970, 1, 2), dt.datetime(2200, 1, 1)),
    st.integers(0, 2**40),
    st.sampled_from(["", "draagvlak"]),
)
def test_a_token_brings_back_its_place(moment, number, slug):
    at = moment.replace(microsecond=0, tzinfo=dt.UTC)
    position = Position("oai_dc", None, at, slug, at, number, number)
    token = make_token("ListRecords", position)
    assert read_token("ListRecords", token) == position
    with pytest.raises(OaiError):
        read_token("ListIdentifiers", token)
    with pytest.raises(OaiError):
        read_token("ListRecords", token[:-1] + ("A" if token[-1] != "A" else "B"))


def stored(count, at):
    return HarvestRecord.objects.bulk_create(
        HarvestRecord(key=f"00000000-0000-4000-8000-{number:012d}", changed_at=at, is_deleted=True)
        for number in range(count)
    )


def test_tokens_lead_through_the_whole_list(client, site_tree, monkeypatch):
    monkeypatch.setattr(listing, "PER_PAGE", 3)
    for count in (1, 3, 4, 6, 7, 20):
        HarvestRecord.objects.all().delete()
        stored(count, dt.datetime(2026, 1, 1, tzinfo=dt.UTC))
        found = Harvester(client).harvest()
        assert len(found) == len(set(found)) == count


def test_what_changes_while_it_is_harvested_is_not_lost(client, site_tree, monkeypatch):
    monkeypatch.setattr(listing, "PER_PAGE", 3)
    rows = stored(9, dt.datetime(2026, 1, 1, tzinfo=dt.UTC))
    harvester = Harvester(client)
    first = harvester.ask(**LIST)
    token = first.findtext(".//oai:resumptionToken", namespaces=NAMES)
    later = dt.datetime(2026, 2, 1, tzinfo=dt.UTC)
    HarvestRecord.objects.filter(pk__in=[rows[0].pk, rows[5].pk]).update(changed_at=later)
    rest = []
    while token:
        answer = harvester.ask(verb="ListIdentifiers", resumptionToken=token)
        rest += [node.text for node in answer.iterfind(".//oai:identifier", NAMES)]
        token = answer.findtext(".//oai:resumptionToken", namespaces=NAMES)
    seen = [node.text for node in first.iterfind(".//oai:identifier", NAMES)] + rest
    assert {identifier_of(row.key) for row in rows} == set(seen)
    assert rest[-2:] == [identifier_of(rows[0].key), identifier_of(rows[5].key)]


def test_bounds_are_included(client, site_tree):
    stored(1, dt.datetime(2026, 1, 1, 23, 59, 59, tzinfo=dt.UTC))
    harvester = Harvester(client)
    for since, until, found in [
        ("2026-01-01", "2026-01-01", 1),
        ("2026-01-01T23:59:59Z", "2026-01-01T23:59:59Z", 1),
        ("2026-01-02", None, 0),
        (None, "2026-01-01T23:59:58Z", 0),
        ("2025-12-31", None, 1),
    ]:
        bounds = {"from": since, "until": until}
        asked = LIST | {key: value for key, value in bounds.items() if value}
        assert (harvester.code(**asked) == "") == bool(found), asked


def test_a_page_takes_the_same_queries_however_long(
    client, site_tree, django_assert_max_num_queries
):
    for number in range(2):
        make_research(site_tree.library, f"Kort {number}", theme=site_tree.theme)
    harvester = Harvester(client)
    asked = {"verb": "ListRecords", "metadataPrefix": "oai_dc"}
    harvester.ask(**asked)
    with django_assert_max_num_queries(14) as few:
        harvester.ask(**asked)
    for number in range(8):
        make_research(
            site_tree.library,
            f"Lang {number}",
            theme=site_tree.theme,
            source=make_source(f"Rapport {number}"),
        )
    with django_assert_max_num_queries(len(few) + 1):
        harvester.ask(**asked)
