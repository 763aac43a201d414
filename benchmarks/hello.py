"""The reference for `load.py`: one line of text behind the hub's own middleware."""

from django.http import HttpRequest, HttpResponse
from django.urls import path


def hello(request: HttpRequest) -> HttpResponse:
    """Answer."""
    return HttpResponse("Hello, world")


urlpatterns = [path("hello/", hello)]
