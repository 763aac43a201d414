"""The number of queries of a page does not depend on how many studies there are."""

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

import pytest

from tests.research import make_research, make_source


def count(client, address):
    """Ask twice; count the second, when what is the same for all pages is warm."""
    client.get(address)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
        return len(queries)


@pytest.fixture
def addresses(site_tree):
    study = make_research(site_tree.library, "Studie", theme=site_tree.theme)
    library = site_tree.library.url
    return {
        "home": "/nl/",
        "library": library,
        "filtered": f"{library}?theme=draagvlak&year=2020",
        "study": study.url,
        "figures": f"{library}cijfers/",
        "feed": f"{library}feed/atom/",
        "worklist": reverse("kenniskamer_admin:worklist"),
    }


def add(site_tree, first, last):
    for number in range(first, last):
        make_research(
            site_tree.library,
            f"Studie {number}",
            theme=site_tree.theme,
            source=make_source(f"Rapport {number}", ("Tekst.",)),
            review_by="2020-01-01",
        )


def test_queries_do_not_grow_with_the_library(site_tree, addresses, client, editor):
    client.force_login(editor)
    add(site_tree, 0, 6)
    few = {name: count(client, address) for name, address in addresses.items()}
    add(site_tree, 6, 18)
    many = {name: count(client, address) for name, address in addresses.items()}
    assert many == few
