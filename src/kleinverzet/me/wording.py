"""The circle's words for its codes, in the reader's language."""

from typing import Literal

from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from kleinverzet.catalogue.shapes import Act, ActWords, Value, ValueWords
from kleinverzet.me.choice import Reach, Reason, Why

TENSIONS = {
    1: (_("Kriebel"), _("Je merkt iets op. Meer is het nog niet.")),
    2: (_("Schuurt"), _("Het blijft hangen, ook als je iets anders doet.")),
    3: (_("Knelt"), _("Je voelt het in je buik, je borst of je keel.")),
    4: (_("Bonkt"), _("Je kunt aan weinig anders denken.")),
    5: (_("Te veel"), _("Het loopt over. Bel dan liever iemand: de nummers staan bovenaan.")),
}
SETTINGS = {
    "school": _("School"),
    "study": _("Studie"),
    "work": _("Werk"),
    "home": _("Thuis"),
    "friends": _("Vrienden"),
    "online": _("Online"),
    "care": _("Zorg"),
    "elsewhere": _("Ergens anders"),
}
PRESSERS = {
    "above": _("Iemand boven mij"),
    "beside": _("Iemand naast mij"),
    "group": _("Een groep"),
    "close": _("Iemand dichtbij"),
    "self": _("Ikzelf"),
}
PRESSURES = {
    "asked": _("Iemand vraagt het"),
    "told": _("Het is een opdracht"),
    "everyone": _("Iedereen doet het"),
    "unspoken": _("Niemand zegt het"),
}
# How an act looks beforehand, for whoever keeps it.
HARD = {
    1: _("Makkelijk"),
    2: _("Best te doen"),
    3: _("Het kan"),
    4: _("Spannend"),
    5: _("Heel spannend"),
}
SAFE = {"yes": _("Ja"), "no": _("Nee"), "unsure": _("Weet ik niet")}
HELPS = {"yes": _("Ja"), "no": _("Nee"), "maybe": _("Misschien")}
GROUPS = {
    "me": _("Mijn eigen grond"),
    "others": _("Met anderen"),
    "doing": _("Hoe ik dingen doe"),
    "wider": _("Wat groter is dan ik"),
}
REACHES = {
    Reach.EASIER: _("Lichter"),
    Reach.FITTING: _("Past hierbij"),
    Reach.FURTHER: _("Een stap verder"),
}
# In a sentence, so in lower case.
SITUATION_SETTINGS = {
    "school": _("op school"),
    "study": _("bij mijn studie"),
    "work": _("op het werk"),
    "home": _("thuis"),
    "friends": _("met vrienden"),
    "online": _("online"),
    "care": _("in de zorg"),
    "elsewhere": _("ergens anders"),
}
SITUATION_SAFE = {
    "yes": _("veilig genoeg"),
    "no": _("niet veilig"),
    "unsure": _("misschien niet veilig"),
}


def language() -> Literal["nl", "en"]:
    """Give the reader's language, as content names it."""
    return "en" if get_language() == "en" else "nl"


def act_words(act: Act) -> ActWords:
    """Give an act in the reader's language."""
    return act.en if language() == "en" else act.nl


def value_words(value: Value) -> ValueWords:
    """Give a value in the reader's language."""
    return value.en if language() == "en" else value.nl


def reason_words(reason: Reason, value: str = "") -> str:
    """Say why an act is offered.

    Args:
        reason: The reason and the answer that it rests on.
        value: The value's name in the reader's language, where the reason is a value.
    """
    match reason.why:
        case Why.UNSAFE:
            return gettext("Zonder strijd, want je zei dat het hier niet veilig is.")
        case Why.OVERFLOWING:
            return gettext("Stil, want het is nu te veel.")
        case Why.UNSURE:
            return gettext("Stil, want je weet niet of het hier veilig is.")
        case Why.VALUE:
            return gettext("Je koos %(value)s. Daar past dit bij.") % {"value": value}
        case Why.FUTILE:
            return gettext("Je zei dat het nu niet zou helpen. Dit kun je toch doen, voor jezelf.")
        case Why.HELPS:
            return gettext("Je zei dat het zou helpen als jij iets doet.")
        case Why.PRESSURE:
            return str(_PRESSURE_REASONS[reason.answer])
        case Why.PRESSER:
            return str(_PRESSER_REASONS[reason.answer])
        case Why.SETTING:
            return str(_SETTING_REASONS[reason.answer])
        case Why.SMALL:
            return gettext("Klein, en het kan bijna altijd.")


_PRESSURE_REASONS = {
    "asked": _("Je werd iets gevraagd. Dan mag je antwoord ook iets anders zijn dan ja."),
    "told": _("Het werd je opgedragen. Dit kan ook dan."),
    "everyone": _("Iedereen doet het. Dit kun jij doen."),
    "unspoken": _("Niemand zegt het hardop. Dit maakt het kleiner of zichtbaar."),
}
_PRESSER_REASONS = {
    "above": _("Past bij iemand die iets over je te zeggen heeft."),
    "beside": _("Past bij iemand die naast je staat."),
    "group": _("Past bij een groep."),
    "close": _("Past bij iemand die dicht bij je staat."),
    "self": _("Past als je jezelf onder druk zet."),
}
_SETTING_REASONS = {
    "school": _("Past bij school."),
    "study": _("Past bij je studie."),
    "work": _("Past bij je werk."),
    "home": _("Past bij thuis."),
    "friends": _("Past bij vrienden."),
    "online": _("Past bij online."),
    "care": _("Past bij de zorg."),
}
