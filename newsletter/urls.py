"""Addresses of the newsletter that are no pages of the CMS, under each language."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from newsletter import unsubscribe_views

unsubscribing = [
    path("<str:token>/", unsubscribe_views.unsubscribe, name="unsubscribe"),
    path(_("<str:token>/undo/"), unsubscribe_views.undo, name="unsubscribe_undo"),
]
