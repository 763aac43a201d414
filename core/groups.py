"""What editors and moderators may do with our own models.

Wagtail gives its two groups rights on pages, and on its own image and document models
only. The first `migrate` adds ours; what an administrator changes later stays.
"""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import Group, Permission
from django.db.models import Q

from wagtail.models import Collection, GroupCollectionPermission

GROUPS = ("Editors", "Moderators")
BEYOND_PAGES = (
    Q(content_type__app_label="core", content_type__model="theme")
    | Q(content_type__app_label="core", codename="change_sitesettings")
    | Q(
        content_type__app_label="search",
        content_type__model__in=("synonymset", "promotion", "askedquestion"),
    )
    | Q(content_type__app_label="toolkit", content_type__model="keptpart")
    | Q(content_type__app_label="podcasts", content_type__model="audiofile")
    | Q(content_type__app_label="wagtail_localize", codename="submit_translation")
    | Q(content_type__app_label="wagtailadmin", codename="access_admin")
)
APPS = ("core", "search", "toolkit", "podcasts", "wagtail_localize", "wagtailadmin")
ON_FILES = [
    f"{verb}_{model}"
    for verb in ("add", "change", "choose")
    for model in ("hubdocument", "hubimage")
]


def equip_groups(**kwargs: Any) -> None:
    """Give Wagtail's groups rights on files, themes, synonyms, settings and translation, once."""
    root = Collection.get_first_root_node()
    permissions = Permission.objects.filter(BEYOND_PAGES)
    apps_ready = permissions.values("content_type__app_label").distinct().count()
    if not root or apps_ready < len(APPS):  # `migrate` makes permissions one app at a time
        return
    for group in Group.objects.filter(name__in=GROUPS):
        if group.permissions.filter(content_type__app_label="core").exists():
            continue
        group.permissions.add(*permissions)
        for permission in Permission.objects.filter(codename__in=ON_FILES):
            GroupCollectionPermission.objects.get_or_create(
                group=group, collection=root, permission=permission
            )
