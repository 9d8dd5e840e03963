"""Who reads: a person, as far as a program says of itself, or a robot or a look ahead.

Nothing of it is kept: the answer is used once, in the moment itself.
"""

from collections.abc import Mapping
from typing import Any

# What programs that are no browser call themselves, or put beside it: most name an address.
WORDS = (
    "bot", "crawl", "spider", "http:", "https:", "slurp", "preview", "headless", "lighthouse",
    "monitor", "scanner", "fetch", "archiv", "facebookexternalhit", "validator", "python", "curl",
    "wget", "java/", "go-http", "feed",
)  # fmt: skip
# A make of telephones whose name would be taken for a robot's.
TELEPHONES = "cubot"
LOOKS_AHEAD = ("HTTP_SEC_PURPOSE", "HTTP_PURPOSE", "HTTP_X_PURPOSE", "HTTP_X_MOZ")


def is_reader(environ: Mapping[str, Any]) -> bool:
    """Tell whether it looks as though a person asks for a page, and is about to see it."""
    if any(name in environ for name in LOOKS_AHEAD) and _looks_ahead(environ):
        return False
    agent = str(environ.get("HTTP_USER_AGENT") or "").lower().replace(TELEPHONES, "")
    # Every browser begins so, ever since the first one did.
    if not agent.startswith(("mozilla/", "opera/")):
        return False
    return not any(word in agent for word in WORDS)


def _looks_ahead(environ: Mapping[str, Any]) -> bool:
    said = " ".join(str(environ.get(name) or "") for name in LOOKS_AHEAD).lower()
    return any(word in said for word in ("prefetch", "prerender", "preview"))
