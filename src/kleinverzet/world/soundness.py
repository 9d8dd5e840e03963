"""What a page needs before everyone can read it: words for every picture, headings in their order.

A draft may lack both; nobody but its editors sees it.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.html import strip_tags
from django.utils.translation import gettext

_HEADING = re.compile(r"<(h[23])\b[^>]*>(.*?)</\1>", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Fault:
    """What a field lacks, in words for whoever writes the page."""

    field: str
    said: str


def faults(page: Any) -> Iterator[Fault]:
    """Give what keeps a page from being published; `page` is one, or what a form says of it."""
    if _said(page, "image") and not str(_said(page, "image_alt") or "").strip():
        yield Fault(
            "image_alt",
            gettext(
                "Schrijf in een paar woorden wat er op de foto staat, voor wie hem niet ziet. "
                "Daarna kan het artikel op de site."
            ),
        )
    if heading := _stray(_said(page, "body") or ()):
        yield Fault(
            "body",
            gettext(
                "De kleine kop ‘%(heading)s’ staat voor de eerste gewone kop. Maak er een gewone "
                "kop van, of zet er een boven."
            )
            % {"heading": heading},
        )


def need(page: Any) -> None:
    """Refuse a page that is out, or about to be, and is not ready for it.

    Raises:
        ValidationError: With what to do, at each field.
    """
    if page.live and not getattr(page, "is_only_drafted", False):
        found = {fault.field: fault.said for fault in faults(page)}
        if found:
            raise ValidationError(found)


def _said(page: Any, name: str) -> Any:
    return page.get(name) if isinstance(page, dict) else getattr(page, name, None)


def _stray(body: Iterable[Any]) -> str:
    """Give the first small heading that no heading stands above; empty where there is none."""
    for block in body:
        if block.block_type == "text":
            level, words = _first_heading(str(getattr(block.value, "source", block.value)))
            if level:
                return words if level == "h3" else ""
        elif block.block_type not in {"first", "quote", "source", "picture", "drawing", "lines"}:
            return ""  # a block with a heading of its own
    return ""


def _first_heading(html: str) -> tuple[str, str]:
    found = _HEADING.search(html)
    return (found[1], strip_tags(found[2]).strip()) if found else ("", "")
