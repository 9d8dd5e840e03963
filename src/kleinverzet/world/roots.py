"""Where the site's pages begin, kept for as long as an edition is out.

Wagtail keeps it for an hour in the memory of each process, and tells no other process when a site
or the address of a front page changes. From that it makes the address of every page.
"""

from typing import Any

from django.core.cache.backends.dummy import DummyCache
from wagtail.models import Site, sites

from kleinverzet.world import current

Paths = list[Any]


class _Roots:
    """The paths of one edition; of another one they are read anew."""

    def __init__(self) -> None:
        self._read = Site.get_site_root_paths
        self._kept: tuple[int, Paths] = (-1, [])

    def __call__(self) -> Paths:
        try:
            number = current.edition() if current.is_settled() else None
        except Exception:
            number = None
        if number is None:
            return self._read()
        kept_under, paths = self._kept
        if kept_under != number:
            paths = self._read()
            self._kept = (number, paths)
        return paths


def keep_by_edition() -> None:
    """Let Wagtail ask here instead of its own cache."""
    if not isinstance(Site.get_site_root_paths, _Roots):
        sites.cache = DummyCache("", {})
        Site.get_site_root_paths = _Roots()
