"""Where the public pages of the program lie, in both languages.

The Dutch addresses come from the content, and the English ones from the pages themselves: each
names the same page in the other language in its head.
"""

import re
import sys
from collections.abc import Sequence
from urllib.parse import urlsplit

import yaml

from bench import walking
from bench.running import ROOT
from bench.walking import Request

ARTICLE = "small-resistance"
ACTS = "/daden/"
_ALTERNATE = re.compile(r'<link rel="alternate" hreflang="([a-z]+)" href="([^"]+)">')


def public(port: int, names: Sequence[str], languages: Sequence[str]) -> list[tuple[str, Request]]:
    """Give the request for each page in each language, and warm each page up by asking for it.

    Args:
        port: Where the program listens, on loopback.
        names: `home`, `article`, `acts`, or the name of a file in `content/pages`.
        languages: Which of `nl` and `en`.
    """
    found = []
    for name in names:
        dutch = Request(name, "GET", _in_dutch(name))
        page = walking.read(port, dutch).decode()
        alternates = {match[1]: urlsplit(match[2]).path for match in _ALTERNATE.finditer(page)}
        for language in languages:
            if language not in alternates:
                sys.exit(f"{dutch.path} ({name}) does not name its page in {language!r}.")
            request = Request(name, "GET", alternates[language])
            walking.read(port, request)
            found.append((language, request))
    return found


def _in_dutch(name: str) -> str:
    match name:
        case "home":
            return walking.HOME["nl"]
        case "acts":
            return ACTS
        case "article":
            return f"/{_slug('pages/articles')}/{_slug(f'articles/{ARTICLE}')}/"
        case _:
            return f"/{_slug(f'pages/{name}')}/"


def _slug(file: str) -> str:
    text = (ROOT / "content" / f"{file}.yaml").read_text(encoding="utf-8")
    return str(yaml.safe_load(text)["nl"]["slug"])
