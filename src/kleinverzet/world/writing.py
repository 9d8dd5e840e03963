"""From the blocks of `content/` to those of a page: Markdown becomes what an editor would make."""

from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import urlsplit

from django.urls import reverse
from markdown_it import MarkdownIt
from markdown_it.token import Token

from kleinverzet.world import ways

# Gives the id of the page that is meant by a name, or nothing where there is none.
Find = Callable[[str], int | None]


class Unknown(ValueError):
    """A link of the content leads to something that is not there; the text names it."""


_markdown = MarkdownIt("commonmark", {"html": False})


def blocks(body: Iterable[dict[str, Any]], find: Find) -> list[tuple[str, Any]]:
    """Give what a StreamField takes for the blocks of a file."""
    return [_block(name, value, find) for one in body for name, value in one.items()]


def rich(text: str, find: Find) -> str:
    """Give rich text for Markdown; `[…](goes:circle)` becomes a link to that target."""
    tokens = _markdown.parse(text)
    for token in tokens:
        for inner in token.children or ():
            if inner.type == "link_open":
                _lead(inner, find)
    html: str = _markdown.renderer.render(tokens, _markdown.options, {})
    return html


def _block(name: str, value: Any, find: Find) -> tuple[str, Any]:
    match name:
        case "text" | "source":
            return name, rich(value, find)
        case "question":
            return name, {**value, "answer": rich(value["answer"], find)}
        case "step":
            return name, {**value, "text": rich(value["text"], find)}
        case "practice" | "towns" | "data_table":
            return name, None
        case _:
            return name, value


def _lead(token: Token, find: Find) -> None:
    """Let a link lead where it means to."""
    address = urlsplit(str(token.attrGet("href")))
    if address.scheme != "goes":
        return
    page = find(address.path)
    if page is not None:
        token.attrs = {"linktype": "page", "id": str(page)}
    elif address.path in ways.PROGRAM:
        token.attrs = {"href": reverse(ways.PROGRAM[address.path])}
    else:
        raise Unknown(f"a link goes to {address.path}, and there is no such page")
