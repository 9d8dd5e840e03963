"""How a name is spelled, so that the same name is the same letters on every keyboard."""

import unicodedata


def spelled(name: str) -> str:
    """Give a name in one spelling of its accents, with single blanks."""
    return " ".join(unicodedata.normalize("NFC", name).split())
