"""The catalogue of small acts as pages: all of them, or those of one place, quiet or out loud.

The acts are content, and no table holds them. Everyone may read them, and nobody sees who did:
what somebody looks for stands in no form and needs no account.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from kleinverzet import environment
from kleinverzet.accounts.access import open_to_all
from kleinverzet.catalogue import shelves
from kleinverzet.catalogue.shapes import Act, ActWords
from kleinverzet.world import copies, frame, heads

SETTINGS = {
    "school": _("School"),
    "study": _("Studie"),
    "work": _("Werk"),
    "home": _("Thuis"),
    "friends": _("Vrienden"),
    "online": _("Online"),
    "care": _("Zorg"),
}
MODES = {"quiet": _("Stil"), "active": _("Hardop")}
# From quiet to active, in the circle's own words.
FORMS = {
    "ask": (_("Vragen"), _("Een vraag maakt ruimte, en je hoeft nog niets te vinden.")),
    "pause": (_("Pauze nemen"), _("Even weg, even adem, en dan pas verder.")),
    "postpone": (_("Uitstellen"), _("Je antwoord mag later komen.")),
    "do_differently": (_("Anders doen"), _("Je doet iets net anders, en zegt er niets over.")),
    "support": (_("Iemand steunen"), _("Je laat een ander niet alleen staan.")),
    "voice": (_("Uitspreken"), _("Je zegt wat jij ziet of vindt.")),
    "contest": (_("Tegenspreken"), _("Je zegt nee, of vraagt waarom het zo is.")),
    "propose": (_("Voorstellen"), _("Je zegt hoe het ook zou kunnen.")),
}
_WHERE = {
    "school": _("Kleine daden op school"),
    "study": _("Kleine daden bij je studie"),
    "work": _("Kleine daden op je werk"),
    "home": _("Kleine daden thuis"),
    "friends": _("Kleine daden met vrienden"),
    "online": _("Kleine daden online"),
    "care": _("Kleine daden in de zorg"),
}


class _Code:
    """A part of an address that is another word in each language."""

    regex = "[a-z-]+"
    words: ClassVar[dict[str, tuple[str, str]]]

    def to_python(self, word: str) -> str:
        """Give the code that a word stands for in the language in use.

        Raises:
            ValueError: If it is no such word.
        """
        found = [code for code in self.words if self.to_url(code) == word]
        if not found:
            raise ValueError(word)
        return found[0]

    def to_url(self, code: str) -> str:
        """Give the word for a code in the language in use."""
        return self.words[code][get_language() == "en"]


class SettingCode(_Code):
    """Where: a setting of the catalogue."""

    words = {
        "school": ("school", "school"),
        "study": ("studie", "study"),
        "work": ("werk", "work"),
        "home": ("thuis", "home"),
        "friends": ("vrienden", "friends"),
        "online": ("online", "online"),
        "care": ("zorg", "care"),
    }


class ModeCode(_Code):
    """Quiet or out loud."""

    words = {"quiet": ("stil", "quiet"), "active": ("hardop", "out-loud")}


@dataclass(frozen=True, slots=True)
class Shown:
    """An act with its words in the language in use."""

    id: str
    words: ActWords


@dataclass(frozen=True, slots=True)
class Group:
    """Acts of one form, the lightest first."""

    code: str
    name: str
    what: str
    acts: tuple[Shown, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """A narrower or wider list that one can go to."""

    name: str
    address: str
    is_here: bool


@open_to_all
@require_safe
def page(request: HttpRequest, setting: str = "", mode: str = "") -> HttpResponse:
    """Show the acts of a place and a mode; all of them where neither is asked for."""
    groups = grouped(setting, mode)
    title = _WHERE.get(setting, _("Kleine daden"))
    head = heads.plain(request.path, str(title), str(_LEAD), drawing="method")
    return copies.mark(
        render(
            request,
            "world/acts.html",
            {
                **frame.plain(request.path),
                "head": head,
                "title": title,
                "groups": groups,
                "count": sum(len(group.acts) for group in groups),
                "settings": _settings(setting, mode),
                "modes": _modes(setting, mode),
            },
        )
    )


_LEAD = _("Wat je kunt doen als er iets schuurt: van stil tot hardop, met wat je kunt zeggen.")


def grouped(setting: str = "", mode: str = "") -> list[Group]:
    """Give the acts of a place and a mode by their form, from quiet to active.

    Args:
        setting: A setting of the catalogue; empty for all.
        mode: "quiet" or "active"; empty for both.
    """
    wanted = [
        act
        for act in shelves.read(environment.read().content).acts.values()
        if (not setting or setting in act.settings) and (not mode or mode == act.mode)
    ]
    groups = [_group(code, (act for act in wanted if act.form == code)) for code in FORMS]
    return [group for group in groups if group.acts]


def addresses() -> list[str]:
    """Give the address of every list in the language in use, for the sitemap."""
    return [_address(setting, mode) for setting in ("", *SETTINGS) for mode in ("", *MODES)]


def _group(code: str, acts: Iterable[Act]) -> Group:
    name, what = FORMS[code]
    lightest_first = sorted(acts, key=lambda act: (act.courage, act.id))
    return Group(
        code, str(name), str(what), tuple(Shown(act.id, _words(act)) for act in lightest_first)
    )


def _words(act: Act) -> ActWords:
    return act.en if get_language() == "en" else act.nl


def _settings(setting: str, mode: str) -> list[Choice]:
    return [
        Choice(str(name), _address(code, mode), code == setting)
        for code, name in {"": _("Overal"), **SETTINGS}.items()
    ]


def _modes(setting: str, mode: str) -> list[Choice]:
    return [
        Choice(str(name), _address(setting, code), code == mode)
        for code, name in {"": _("Alles"), **MODES}.items()
    ]


def _address(setting: str, mode: str) -> str:
    wanted = {"setting": setting, "mode": mode}
    return reverse("world:acts", kwargs={name: code for name, code in wanted.items() if code})
