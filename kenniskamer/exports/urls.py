"""Addresses of references that go out: of one study for good, of lists per language."""

from django.urls import re_path

from kenniskamer.exports import views

FORMAT = r"(?P<extension>ris|bib|json|csv)"
KEY = r"(?P<key>[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})"

permanent = [re_path(rf"^{KEY}\.{FORMAT}$", views.study, name="export_study")]

lists = [
    re_path(rf"^onderzoek\.{FORMAT}$", views.library, name="export_library"),
    re_path(rf"^gevonden\.{FORMAT}$", views.found, name="export_found"),
]
