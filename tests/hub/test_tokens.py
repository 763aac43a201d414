"""Every address with a token in it: the true one opens it, and nothing that looks like it."""

from __future__ import annotations

import random

from django.apps import apps
from django.core import serializers
from django.urls import reverse

import pytest

from benchmarks.sending import tokens

GUESSES = 8


def everything():
    """Return every row of everything the hub keeps of people and mail."""
    models = [
        model
        for app in ("core", "participants", "newsletter")
        for model in apps.get_app_config(app).get_models()
    ]
    return [serializers.serialize("json", model._base_manager.order_by("pk")) for model in models]


@pytest.mark.django_db
def test_only_true_tokens_open_an_address(client, site_tree):
    true = tokens.true_tokens()
    assert set(true) == tokens.names(), "say in benchmarks/sending/tokens.py what opens it"
    picked = random.Random(6)
    before = everything()
    for name, token in true.items():
        for guess in tokens.guesses(token, GUESSES, picked):
            address = reverse(name, args=[guess])
            assert client.get(address).status_code >= 400, address
            assert client.post(address, {"a": "b"}).status_code >= 400, address
    assert everything() == before
    for name, token in true.items():
        address = reverse(name, args=[token])
        opened = client.get(address).status_code
        if opened == 405:
            opened = client.post(address).status_code
        assert opened < 400, name
