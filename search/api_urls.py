"""The address of the search API."""

from django.urls import path

from search.api import search_api

urlpatterns = [path("", search_api, name="search_api")]
