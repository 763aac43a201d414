"""The addresses of search for machines and scripts."""

from django.urls import path

from search.api import search_api
from search.chosen import something_chosen
from search.suggest_api import suggest_api

urlpatterns = [
    path("search", search_api, name="search_api"),
    path("search/chosen", something_chosen, name="search_chosen"),
    path("suggest", suggest_api, name="suggest_api"),
]
