"""What `world/head.html` asks for: the head of the page that is being made."""

from typing import Any

from django import template
from django.template.context import RequestContext

from kleinverzet.world import heads

register = template.Library()


@register.simple_tag(takes_context=True)
def head_of_page(context: RequestContext) -> heads.Head | None:
    """Give the head that a view made, else that of the page; none for a page such as a 404."""
    made: Any = context.get("head")
    if made is not None or "head" in context:
        return made
    page, request = context.get("page"), context.get("request")
    return heads.of(page, request.path) if page and request else None
