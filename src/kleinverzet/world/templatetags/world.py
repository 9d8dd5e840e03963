"""What the templates of the public site ask for: drawings, places, and what is read most.

It reads only what is public, and keeps nothing.
"""

import re
from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from kleinverzet.world import drawings, targets, walks
from kleinverzet.world.articles import Article

register = template.Library()

NOTHING = mark_safe("")
_BEFORE_UNIT = re.compile(r"(?<=\d) (?=%)")


@register.simple_tag
def drawing(name: str) -> SafeString:
    """Give a drawing of the house as SVG; nothing where there is none of that name."""
    file = drawings.template(name)
    return render_to_string(file) if file else NOTHING


@register.simple_tag
def ring_figure(name: str) -> SafeString:
    """Give the figure that stands with a step of the method, as SVG."""
    return render_to_string(f"world/rings/{name}.svg") if name in walks.FIGURES else NOTHING


@register.simple_tag
def walk(body: Any) -> list[walks.Stretch]:
    """Cut a page into steps with a figure of their own, and what stands between them."""
    return walks.stretches(body)


@register.simple_tag
def place(key: str) -> str:
    """Give the address of a place in the language in use; empty where there is no such page."""
    return targets.address(key)


@register.simple_tag
def topic_address(article: Article) -> str:
    """Give the address of the list of articles on the same topic; empty where it has none."""
    from kleinverzet.world import listing

    shelf = article.get_parent().specific
    if article.topic is None or not isinstance(shelf, listing.ArticleIndex) or not shelf.url:
        return ""
    return f"{shelf.url}{shelf.words.topic}/{article.topic.slug}/"


@register.simple_tag
def most_read(count: int = 5) -> Sequence[Article]:
    """Give the articles that are read most."""
    from kleinverzet.world import reads

    return reads.most_read(count)


@register.simple_tag
def mail_link(title: str, address: str) -> str:
    """Give the address that opens a mail to nobody yet, with a page in it."""
    return f"mailto:?subject={quote(title)}&body={quote(address)}"


@register.simple_tag
def whatsapp_link(title: str, address: str) -> str:
    """Give the address that passes a page on through WhatsApp."""
    return f"https://wa.me/?text={quote(f'{title} {address}')}"


@register.filter
def bound(text: str) -> str:
    """Keep a number and its per cent sign on one line."""
    return _BEFORE_UNIT.sub("\u00a0", str(text))
