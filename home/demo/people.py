"""The editor of the demo, and what an editor may do."""

from __future__ import annotations

import secrets
from pathlib import Path

from django.conf import settings
from django.contrib.auth.models import Group, Permission
from django.db import transaction
from django.db.models import Q

from wagtail.models import Collection, GroupCollectionPermission

from core.models import User

USERNAME = "redactie"
PASSWORD_FILE = "editor-password.txt"  # noqa: S105 - the name of a file
GROUPS = ("Editors", "Moderators")
ON_FILES = ("add", "change", "choose")
FILE_MODELS = ("hubdocument", "hubimage")
BEYOND_PAGES = (
    Q(content_type__app_label="core", content_type__model="theme")
    | Q(content_type__app_label="core", codename="change_sitesettings")
    | Q(content_type__app_label="wagtail_localize", codename="submit_translation")
    | Q(content_type__app_label="wagtailadmin", codename="access_admin")
)


@transaction.atomic
def editor() -> User:
    """Return the editor of the demo, made with all an editor needs when not there yet."""
    user, is_new = User.objects.get_or_create(
        username=USERNAME,
        defaults={"email": "redactie@onmigration.example", "first_name": "Redactie"},
    )
    if is_new:
        user.set_password(chosen_password() or stored_password())
        user.save()
        user.groups.set(_groups())
    elif chosen_password() and not user.check_password(chosen_password()):
        user.set_password(chosen_password())
        user.save()
    return user


def login() -> str:
    """Return how to sign in, in one line; a password the editor chose is not known."""
    user = User.objects.filter(username=USERNAME).first()
    if user is None:
        return "no demo editor"
    known = chosen_password() or stored_password()
    return f"{USERNAME} / {known if user.check_password(known) else '(the password you chose)'}"


def chosen_password() -> str:
    """Return the password given in the environment; "" when none is given."""
    return str(settings.EDITOR_PASSWORD)


def stored_password() -> str:
    """Return the password in the data folder; made at the first call."""
    path = Path(settings.DATA_DIR) / PASSWORD_FILE
    path.touch(mode=0o600)
    if not (password := path.read_text(encoding="ascii").strip()):
        password = secrets.token_urlsafe(12)
        path.write_text(password + "\n", encoding="ascii")
    return password


def _groups() -> list[Group]:
    """Return Wagtail's two groups, allowed on our own files, themes and translations."""
    groups = [Group.objects.get_or_create(name=name)[0] for name in GROUPS]
    root = Collection.get_first_root_node()
    on_files = Permission.objects.filter(
        codename__in=[f"{verb}_{model}" for verb in ON_FILES for model in FILE_MODELS]
    )
    for group in groups:
        group.permissions.add(*Permission.objects.filter(BEYOND_PAGES))
        for permission in on_files:
            GroupCollectionPermission.objects.get_or_create(
                group=group, collection=root, permission=permission
            )
    return groups
