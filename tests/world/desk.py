"""The editors' desk for tests: every address of it, and somebody who works there."""

import re
from collections.abc import Iterator
from typing import Any

from django.test import Client
from django.urls import URLResolver, get_resolver

from kleinverzet.world import editors
from tests.owners import Owner, make_owner, signed_in

DESK = "beheer/"
# Something that fits what an address asks for.
FITTING = {
    "int": "1",
    "str": "1",
    "slug": "page",
    "uuid": "3f2b8c1e-9d1b-4b5e-8a55-0d6f3c1b2a77",
    "path": "1",
}
# What some addresses ask for by name.
NAMED = {
    "app_label": "wagtailcore",
    "model_name": "page",
    "action": "publish",
    "action_name": "publish",
    "content_type_app_name": "world",
    "content_type_model_name": "textpage",
    "app_name": "world",
    "filter_spec": "width-100",
}
# Wagtail's last address answers whatever is left.
LAST = "^.*/$"


def addresses() -> Iterator[tuple[str, str]]:
    """Give every address of the desk with its whole name, those of included patterns too."""
    for pattern in get_resolver().url_patterns:
        if str(pattern.pattern) == DESK:
            yield from _walk(pattern, f"/{DESK}", "")


def make_editor(name: str = "Petra Plons", language: str = "nl") -> Owner:
    """Make somebody who works at the desk."""
    owner = make_owner(name)
    owner.person.language = language
    owner.person.save()
    editors.appoint(owner.person)
    return owner


def at_the_desk(owner: Owner | None = None) -> Client:
    """Give a client in which an editor is signed in."""
    return signed_in(Client(SERVER_NAME="localhost"), owner or make_editor(), vault_open=False)


def _walk(resolver: Any, before: str, space: str) -> Iterator[tuple[str, str]]:
    for pattern in resolver.url_patterns:
        said = str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            yield from _walk(pattern, before + _filled(said), inner)
        elif said == LAST:
            yield f"{before}nowhere/at/all/", f"{space}{pattern.name or ''}"
        else:
            yield before + _filled(said), f"{space}{pattern.name or ''}"


def _filled(pattern: str) -> str:
    if "(?P" in pattern:  # the one that compares two versions
        return re.sub(r"\(\?P<\w+>[^)]*\)", "1", pattern).strip("^$").replace("\\.", ".")
    return re.sub(r"<(?:(\w+):)?(\w+)>", _fit, pattern.strip("^$"))


def _fit(asked: re.Match[str]) -> str:
    return NAMED.get(asked[2], FITTING[asked[1] or "str"])
