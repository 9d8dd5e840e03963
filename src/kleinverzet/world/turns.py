"""What turns the edition: every change to what the public sees, and nothing else.

Wagtail announces its changes by signals and in no other way, so these are heard here, once. A
draft, a comment, a line in the history and a number of reads change nothing that the public sees.
"""

from typing import Any

from django.apps import apps
from django.db.models import Model
from django.db.models.signals import m2m_changed, post_delete, post_save
from wagtail.images import get_image_model
from wagtail.models import Locale, Page, PageViewRestriction, Site
from wagtail.signals import page_published, page_slug_changed, page_unpublished, post_page_move

from kleinverzet.world import edition

# What saving a draft, locking a page or planning one writes to the row of a page.
BEHIND_THE_DESK = frozenset(
    {
        "draft_title", "expire_at", "expired", "go_live_at", "has_unpublished_changes",
        "latest_revision", "latest_revision_created_at", "locked", "locked_at", "locked_by",
        "owner", "wagtail_admin_comments",
    }
)  # fmt: skip
TABLES = ("Town", "Region", "Topic", "Practice", "Place")


def listen() -> None:
    """Hear of every change from now on; hearing twice of one does no harm."""
    for announced in (page_published, page_unpublished, page_slug_changed, post_page_move):
        announced.connect(_turn, dispatch_uid="edition")
    for model in apps.get_models():
        if issubclass(model, Page):
            post_save.connect(_turn_for_page, sender=model, dispatch_uid="edition")
            post_delete.connect(_turn_for_page, sender=model, dispatch_uid="edition")
    for model in _tables():
        post_save.connect(_turn, sender=model, dispatch_uid="edition")
        post_delete.connect(_turn, sender=model, dispatch_uid="edition")
    m2m_changed.connect(_turn, sender=PageViewRestriction.groups.through, dispatch_uid="edition")


def _tables() -> list[type[Model]]:
    ours = [apps.get_model("world", name) for name in TABLES]
    redirect = apps.get_model("wagtailredirects", "Redirect")
    return [*ours, redirect, Site, Locale, get_image_model(), PageViewRestriction]


def _turn(**_announced: Any) -> None:
    edition.turn()


def _turn_for_page(
    instance: Page, update_fields: frozenset[str] | None = None, **_announced: Any
) -> None:
    """Turn for a page that the public sees; one that it no longer sees is announced apart."""
    if instance.live and not (update_fields and BEHIND_THE_DESK.issuperset(update_fields)):
        edition.turn()
