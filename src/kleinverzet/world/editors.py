"""Who may work at the editors' desk under /beheer/, and what they may do there.

An editor is a person with an account like any other, in one group; being one opens no vault.
"""

from typing import Any

from django.contrib.auth.models import Group, Permission
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page

from kleinverzet.accounts.models import Person

GROUP = "Redactie"
PAGES = ("add_page", "change_page", "publish_page", "bulk_delete_page", "lock_page", "unlock_page")
IMAGES = ("add_image", "change_image", "choose_image", "delete_image")
# Of our own tables and of Wagtail's redirects: all that an editor may add, change and delete.
TABLES = (("world", "town"), ("world", "topic"), ("wagtailredirects", "redirect"))


def found() -> Group:
    """Give the group, with everything that it may do."""
    group = Group.objects.get_or_create(name=GROUP)[0]
    _allow(group)
    return group


def appoint(person: Person) -> None:
    """Let somebody in at the editors' desk."""
    person.groups.add(found())


def dismiss(person: Person) -> None:
    """Let somebody in no longer."""
    person.groups.remove(*Group.objects.filter(name=GROUP))


def is_editor(person: Any) -> bool:
    """Say whether somebody who is signed in, or nobody, works at the desk."""
    return bool(
        person.is_authenticated and person.is_active and person.groups.filter(name=GROUP).exists()
    )


def _allow(group: Group) -> None:
    root = Page.get_first_root_node()
    for permission in Permission.objects.filter(
        content_type__app_label="wagtailcore", codename__in=PAGES
    ):
        GroupPagePermission.objects.get_or_create(group=group, page=root, permission=permission)
    collection = Collection.get_first_root_node() or Collection.add_root(name="Root")
    for permission in Permission.objects.filter(
        content_type__app_label="wagtailimages", codename__in=IMAGES
    ):
        GroupCollectionPermission.objects.get_or_create(
            group=group, collection=collection, permission=permission
        )
    group.permissions.add(*_permissions())


def _permissions() -> list[Permission]:
    wanted = [
        ("wagtailadmin", "access_admin"),
        ("world", "change_practice"),
        ("simple_translation", "submit_translation"),
    ]
    wanted += [
        (app, f"{verb}_{model}")
        for app, model in TABLES
        for verb in ("add", "change", "delete", "view")
    ]
    found = [
        Permission.objects.filter(content_type__app_label=app, codename=codename).first()
        for app, codename in wanted
    ]
    return [permission for permission in found if permission]
