"""How Wagtail's desk looks to whoever writes here: what they need, in plain words, and no more."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.api.views import PagesAdminAPIViewSet
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component
from wagtail.admin.widgets.button import Button
from wagtail.api.v2.router import WagtailAPIRouter
from wagtail.models import Page

from kleinverzet.world import desk_widgets, targets
from kleinverzet.world.pages import HomePage

# What stands in the menu, by name: two of Wagtail's own, and ours.
MENU = {"explorer", "images", "practice", "towns", "topics", "redirects", "history"}
PANELS = {"first_steps", "recent_edits"}

desk_widgets.take_the_scripts_out()


class FirstSteps(Component):
    """What somebody who opens the desk most likely comes for."""

    name = "first_steps"
    template_name = "world/desk/first_steps.html"
    order = 100

    def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
        """Give the addresses of the first steps; empty where there is nothing to step to."""
        articles = targets.page("articles")
        return {
            "articles": articles and reverse("wagtailadmin_explore", args=[articles.pk]),
            "new_article": articles
            and reverse("wagtailadmin_pages:add", args=["world", "article", articles.pk]),
            "practice": reverse("wagtailsettings:edit", args=["world", "practice"]),
        }


@hooks.register("register_admin_menu_item")
def practice() -> MenuItem:
    """Put the practice in the menu itself, where its phone number is looked for."""
    address = reverse("wagtailsettings:edit", args=["world", "practice"])
    return MenuItem(_("Praktijk"), address, name="practice", icon_name="home", order=150)


@hooks.register("register_admin_menu_item")
def towns() -> MenuItem:
    """Put the towns in the menu."""
    address = reverse("wagtailsnippets_world_town:list")
    return MenuItem(_("Plaatsen"), address, name="towns", icon_name="globe", order=400)


@hooks.register("register_admin_menu_item")
def topics() -> MenuItem:
    """Put the topics of articles in the menu."""
    address = reverse("wagtailsnippets_world_topic:list")
    return MenuItem(_("Onderwerpen"), address, name="topics", icon_name="tag", order=410)


@hooks.register("register_admin_menu_item")
def redirects() -> MenuItem:
    """Put old addresses in the menu."""
    address = reverse("wagtailredirects:index")
    return MenuItem(_("Oude adressen"), address, name="redirects", icon_name="redirect", order=420)


@hooks.register("register_admin_menu_item")
def history() -> MenuItem:
    """Put in the menu what was changed, when and by whom."""
    address = reverse("wagtailadmin_reports:site_history")
    return MenuItem(
        _("Wat er veranderd is"), address, name="history", icon_name="history", order=430
    )


@hooks.register("register_page_header_buttons")
def changes(page: Page, user: Any, view_name: str, next_url: str | None = None) -> Iterator[Button]:
    """Lead from a page to what was changed: since it went out, or since its first version."""
    if page.latest_revision_id:
        since = "live" if page.live and page.has_unpublished_changes else "earliest"
        address = reverse("wagtailadmin_pages:revisions_compare", args=[page.pk, since, "latest"])
        yield Button(gettext("Wat is er veranderd?"), address, icon_name="history", priority=66)


@hooks.register("construct_admin_api")
def name_documents(router: WagtailAPIRouter) -> None:
    """Give the desk the name of documents, which it asks for; there are none, and it is shut."""
    router.register_endpoint("documents", PagesAdminAPIViewSet)


@hooks.register("insert_global_admin_js")
def begin_choosers() -> SafeString:
    """Bring the script that begins the choosers."""
    return format_html('<script type="module" src="{}"></script>', static("world/desk/choosers.js"))


@hooks.register("construct_main_menu", order=1000)
def keep_what_is_needed(request: HttpRequest, items: list[MenuItem]) -> None:
    """Leave out what nobody needs here, also what a later version of Wagtail adds."""
    items[:] = [item for item in items if item.name in MENU]


@hooks.register("construct_homepage_panels", order=1000)
def begin_with_first_steps(request: HttpRequest, panels: list[Component]) -> None:
    """Let the desk open with what one comes for."""
    panels[:] = [FirstSteps(), *(panel for panel in panels if panel.name in PANELS)]


@hooks.register("construct_homepage_summary_items", order=1000)
def count_nothing(request: HttpRequest, items: list[Any]) -> None:
    """Show no counts: they tell an editor nothing."""
    items.clear()


@hooks.register("before_delete_page")
@hooks.register("before_unpublish_page")
def keep_the_front_page(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Refuse to take the front page away: nothing of the site would be found any more."""
    if not issubclass(page.specific_class or Page, HomePage):
        return None
    messages.error(request, gettext("De voorpagina blijft staan: zonder haar is er geen site."))
    return redirect("wagtailadmin_pages:edit", page.pk)


@hooks.register("before_bulk_action")
def keep_the_front_page_among_many(
    request: HttpRequest, action: str, objects: list[Any], bulk_action: Any
) -> HttpResponse | None:
    """Refuse the same for many pages at once."""
    fronts = [one for one in objects if isinstance(one, Page)] if action != "publish" else []
    for page in fronts:
        if answer := keep_the_front_page(request, page):
            return answer
    return None
