"""The addresses for machines."""

from django.urls import path

from search.api import search_api
from search.suggest_api import suggest_api

urlpatterns = [
    path("search", search_api, name="search_api"),
    path("suggest", suggest_api, name="suggest_api"),
]
