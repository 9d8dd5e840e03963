"""How much may be sent to an address: a form's worth, but at the desk and where a file is taken.

`settings.LARGE_BODIES` names those few, and `settings.DESK` is where editors send whole pages. The
server asks before it reads a body, and the middleware before anything in the program does.
"""

from django.conf import settings
from django.http import QueryDict
from django.urls import Resolver404, resolve
from django.utils.translation import get_language_from_path, override


def fits(length: int, path: str) -> bool:
    """Tell whether a body of some length may be sent to an address.

    Args:
        length: In bytes, as its sender says.
        path: The address without host and query.
    """
    return (
        length <= settings.FORM_BYTES
        or (is_of_the_desk(path) and length <= (settings.DATA_UPLOAD_MAX_MEMORY_SIZE or 0))
        or length <= _large(path)
    )


def is_of_the_desk(path: str) -> bool:
    """Tell whether an address is one where editors work."""
    return path.startswith(settings.DESK)


def is_a_form(sent: QueryDict) -> bool:
    """Tell whether what was sent has no more fields and no more text than a form of ours."""
    fields = [(name, value) for name, values in sent.lists() for value in values]
    size = sum(len(name) + len(value) for name, value in fields if isinstance(value, str))
    return len(fields) <= settings.FORM_FIELDS and size <= settings.FORM_BYTES


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
