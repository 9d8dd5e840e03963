"""How long an open vault stays open, for the page that watches it."""

from django import template

from kleinverzet.vault import session

register = template.Library()


@register.simple_tag
def seconds_left() -> int:
    """Give the seconds after which the vault may be shut, if nothing is asked of it until then.

    A visit is written down once a minute, so that much may have passed already.
    """
    return int((session.IDLE - session.NOTED).total_seconds())
