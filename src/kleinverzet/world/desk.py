"""Addresses of the editors' desk, under /beheer/: Wagtail's own, each behind our own door.

What editors need is named here; every other address of Wagtail is shut, also one that a later
version brings. Shut are above all its ways in (a login, a password, an invitation): who edits has
an account of this house, with a vault and a second step.
"""

from collections.abc import Iterable

from django.urls import URLPattern, URLResolver, include, path
from wagtail.admin import urls as wagtail_urls

from kleinverzet.world import desk_door

# Whole families of addresses, by the namespace that Wagtail gives them.
FAMILIES = (
    "wagtailadmin_editing_sessions:",
    "wagtailadmin_pages:",
    "wagtailimages:",
    "wagtailimages_chooser:",
    "wagtailredirects:",
    "wagtailsettings:",
    "wagtailsnippetchoosers_world_topic:",
    "wagtailsnippetchoosers_world_town:",
    "wagtailsnippets_world_topic:",
    "wagtailsnippets_world_town:",
)
OPEN = {
    "simple_translation:submit_page_translation",
    "wagtail_bulk_action",
    "wagtailadmin_api:pages:detail",
    "wagtailadmin_api:pages:listing",
    "wagtailadmin_block_preview",
    "wagtailadmin_choose_page",
    "wagtailadmin_choose_page_anchor_link",
    "wagtailadmin_choose_page_child",
    "wagtailadmin_choose_page_chosen_multiple",
    "wagtailadmin_choose_page_email_link",
    "wagtailadmin_choose_page_external_link",
    "wagtailadmin_choose_page_phone_link",
    "wagtailadmin_choose_page_search",
    "wagtailadmin_dismissibles",
    "wagtailadmin_explore",
    "wagtailadmin_explore_results",
    "wagtailadmin_explore_root",
    "wagtailadmin_home",
    "wagtailadmin_javascript_catalog",
    "wagtailadmin_reports:site_history",
    "wagtailadmin_reports:site_history_results",
    "wagtailadmin_sprite",
    "wagtailadmin_tag_autocomplete",
    "wagtailadmin_tag_model_autocomplete",
}
# Of these families: work that passes from desk to desk, pages behind a password, files that would
# not come in by the one form for pictures, and addresses made for pictures of any size.
SHUT = {
    "wagtailadmin_pages:collect_workflow_action_data",
    "wagtailadmin_pages:confirm_workflow_cancellation",
    "wagtailadmin_pages:set_privacy",
    "wagtailadmin_pages:workflow_action",
    "wagtailadmin_pages:workflow_history",
    "wagtailadmin_pages:workflow_history_detail",
    "wagtailadmin_pages:workflow_preview",
    "wagtailimages:create_multiple_from_uploaded_image",
    "wagtailimages:delete_upload_multiple",
    "wagtailimages:preview",
    "wagtailimages:url_generator",
    "wagtailimages:url_generator_output",
    "wagtailredirects:process_import",
    "wagtailredirects:start_import",
}
# Shown in a frame, beside the form that they are a preview of.
FRAMED = {
    "wagtailadmin_block_preview",
    "wagtailadmin_pages:preview_on_add",
    "wagtailadmin_pages:preview_on_edit",
}
# Wagtail asks for these by name; here they lead to the house's own.
ELSEWHERE = {"wagtailadmin_account": "accounts_safety", "wagtailadmin_logout": "account_logout"}


def is_open(name: str) -> bool:
    """Say whether editors come at an address of Wagtail, by its whole name."""
    return name in OPEN or (name.startswith(FAMILIES) and name not in SHUT)


def _put_behind_the_door(patterns: Iterable[URLPattern | URLResolver], space: str = "") -> None:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            _put_behind_the_door(pattern.url_patterns, inner)
            continue
        name = f"{space}{pattern.name or ''}"
        if name in ELSEWHERE:
            pattern.callback = desk_door.leading_to(ELSEWHERE[name])
        elif is_open(name):
            pattern.callback = desk_door.behind(pattern.callback, is_framed=name in FRAMED)
        else:
            pattern.callback = desk_door.shut


_put_behind_the_door(wagtail_urls.urlpatterns)
urlpatterns = [path("", include(wagtail_urls))]
