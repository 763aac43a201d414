"""The addresses of the results page and its feeds; the language and the word stand before them."""

from django.urls import path

from search.feeds import search_feed
from search.views import search_page

urlpatterns = [
    path("", search_page, name="search"),
    path("feed/<str:form>/", search_feed, name="search_feed"),
]
