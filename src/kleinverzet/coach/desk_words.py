"""How the desk says times, days and ways to talk, in the language in use."""

from datetime import date

from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from kleinverzet.coach.hours import Span
from kleinverzet.coach.models import Mode

MODES = {
    Mode.ONLINE: _("Online"),
    Mode.HOME: _("Bij mensen thuis"),
    Mode.PRACTICE: _("Op de praktijk"),
}
WEEKDAYS = (
    _("maandag"), _("dinsdag"), _("woensdag"), _("donderdag"), _("vrijdag"), _("zaterdag"),
    _("zondag"),
)  # fmt: skip


def minute(of_day: int) -> str:
    """Say minutes after midnight: 09.30, in English 09:30."""
    sign = ":" if get_language() == "en" else "."
    return f"{of_day // 60:02}{sign}{of_day % 60:02}"


def span(one: Span) -> str:
    """Say from when to when."""
    return f"{minute(one.starts)}–{minute(one.ends)}"


def modes(one: Span) -> str:
    """Say in which ways, with the towns of visits."""
    return ", ".join(_mode(one, mode) for mode in one.modes)


def day(one: date) -> str:
    """Say a date with its day of the week: dinsdag 8 december."""
    return date_format(one, "l j F")


def _mode(one: Span, mode: str) -> str:
    told = str(MODES[Mode(mode)]).lower()
    return f"{told} ({', '.join(one.places)})" if mode == Mode.HOME and one.places else told
