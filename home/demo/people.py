"""The editor of the demo, and what an editor may do."""

from __future__ import annotations

import secrets
from pathlib import Path

from django.conf import settings
from django.contrib.auth.models import Group
from django.db import transaction

from core.groups import GROUPS
from core.models import User
from participants import permissions as participants

USERNAME, READER = "redactie", "meelezer"
PASSWORD_FILE = "editor-password.txt"  # noqa: S105 - the name of a file


def editor() -> User:
    """Return the editor of the demo, made with all an editor needs when not there yet."""
    return _person(USERNAME)


def second_reader() -> User:
    """Return the one who looks at what the editor offers; signs in with the same password."""
    return _person(READER)


@transaction.atomic
def _person(name: str) -> User:
    user, is_new = User.objects.get_or_create(
        username=name,
        defaults={"email": f"{name}@onmigration.example", "first_name": name.capitalize()},
    )
    if is_new:
        user.set_password(chosen_password() or stored_password())
        user.save()
        keeps_people = [participants.GROUP] if name == USERNAME else []
        user.groups.set(Group.objects.filter(name__in=[*GROUPS, *keeps_people]))
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
