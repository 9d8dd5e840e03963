"""How much may be sent to an address: a form's worth, but for the few that take a file.

`settings.LARGE_BODIES` names those few. The server asks before it reads a body, and the middleware
before anything in the program does.
"""

from django.conf import settings
from django.urls import Resolver404, resolve
from django.utils.translation import get_language_from_path, override


def fits(length: int, path: str) -> bool:
    """Tell whether a body of some length may be sent to an address.

    Args:
        length: In bytes, as its sender says.
        path: The address without host and query.
    """
    return length <= (settings.DATA_UPLOAD_MAX_MEMORY_SIZE or 0) or length <= _large(path)


def _large(path: str) -> int:
    """Give how much a file sent to an address may hold; 0 where none is expected."""
    # Addresses are found in their own language, whatever language is in use.
    with override(get_language_from_path(path) or settings.LANGUAGE_CODE):
        try:
            name = resolve(path).view_name
        except Resolver404:
            return 0
    most: int = settings.LARGE_BODIES.get(name, 0)
    return most
