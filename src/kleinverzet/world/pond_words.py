"""What the pond says: each step in a sentence, and what the whole of it means.

Numbers up to twenty are written out, as one would say them.
"""

from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from kleinverzet.world.pond import Kind, Pond, Step
from kleinverzet.world.pond_knobs import SCALE, Change
from kleinverzet.world.pond_year import Years

NUMBERS = (
    _("nul"), _("één"), _("twee"), _("drie"), _("vier"), _("vijf"), _("zes"), _("zeven"),
    _("acht"), _("negen"), _("tien"), _("elf"), _("twaalf"), _("dertien"), _("veertien"),
    _("vijftien"), _("zestien"), _("zeventien"), _("achttien"), _("negentien"), _("twintig"),
)  # fmt: skip

# Two years are about the same where they differ by less than this part of the people.
ABOUT = 20


def number(amount: int) -> str:
    """Write a number, in letters where it is small."""
    return str(NUMBERS[amount]) if amount < len(NUMBERS) else str(amount)


def opening(amount: int) -> str:
    """Write a number as a sentence begins with it."""
    word = number(amount)
    # Dutch writes its accents on the second letter too, and a capital without.
    return "E" + word[1:] if word.startswith("é") else word[:1].upper() + word[1:]


def said(pond: Pond, at: int) -> str:
    """Say what happens at a step."""
    step = pond.steps[at]
    is_last = at == len(pond.steps) - 1
    match step.kind:
        case Kind.ALONE:
            return _alone(step.speaking)
        case Kind.BEGIN:
            return _begin(step.speaking, pond.knobs.people)
        case Kind.STONE:
            return _stone(pond, step)
        case Kind.TOGETHER:
            return _together(step.speaking)
        case Kind.RIPPLE:
            return _end(pond) if is_last else _ripple(pond, at)


def label(pond: Pond, at: int) -> str:
    """Name a step in a word or two; most have a number only."""
    kind = pond.steps[at].kind
    if kind is Kind.ALONE:
        return gettext("Vanzelf")
    if kind is Kind.BEGIN:
        return gettext("Begin")
    if kind is Kind.STONE:
        count = len(pond.stones)
        return ngettext("Eén erbij", "%(count)s erbij", count) % {"count": count}
    if at < len(pond.steps) - 1:
        return ""
    if pond.stones:
        return gettext("Samen") if pond.steps[at].speaking == pond.together else ""
    return gettext("Vanzelf")


def waits(count: int | None) -> str:
    """Name people by for how many others they wait."""
    if count is None:
        return gettext("Zegt niets, wat er ook gebeurt")
    if count == 0:
        return gettext("Begint zelf")
    return ngettext("Wacht op %(count)s ander", "Wacht op %(count)s anderen", count) % {
        "count": count
    }


def chosen(count: int) -> str:
    """Name somebody who begins, by for how many others they would wait."""
    return ngettext(
        "Iemand die op %(count)s ander wacht", "Iemand die op %(count)s anderen wacht", count
    ) % {"count": number(count)}


def as_few(count: int) -> str:
    """Name as many as it takes."""
    return gettext("Zo weinig mensen als nodig: %(count)s") % {"count": number(count)}


def gap(pond: Pond) -> str:
    """Say how many would and how few are heard: why it is silent though most would speak."""
    if pond.together == pond.alone:
        return ""
    would = ngettext(
        "%(count)s van de %(people)s wil het zeggen.",
        "%(count)s van de %(people)s willen het zeggen.",
        pond.together,
    ) % {"count": opening(pond.together), "people": number(pond.knobs.people)}
    heard = (
        gettext("Toch hoor je er maar %(count)s.") % {"count": number(pond.alone)}
        if pond.alone
        else gettext("Toch hoor je niemand.")
    )
    return f"{would} {heard}"


def turn(pond: Pond) -> str:
    """Say with how many it stops, with how many it no longer does, and what lies between."""
    if pond.enough:
        stops = (
            ngettext("Met %(count)s mens stopt het.", "Met %(count)s mensen stopt het.", pond.alone)
            % {"count": number(pond.alone)}
            if pond.alone
            else gettext("Zonder iemand die begint, blijft het stil.")
        )
        on = gettext("Met %(count)s niet meer.") % {"count": number(pond.alone + pond.enough)}
        between = ngettext(
            "Het verschil is één persoon.", "Het verschil is %(count)s mensen.", pond.enough
        ) % {"count": number(pond.enough)}
        return f"{stops} {on} {between}"
    if not any(group.waits for group in pond.groups):
        return gettext("Hier wacht niemand op een ander. Een steen verandert er niets.")
    if pond.alone == pond.knobs.people - pond.knobs.never:
        return gettext("Deze vijver heeft geen steen nodig: hier gaat het vanzelf.")
    return gettext(
        "Ook samen komt het hier niet verder. De anderen wachten op meer mensen dan er ooit iets "
        "zeggen."
    )


def changed(change: Change) -> str:
    """Say what became of a value that did not fit."""
    if change.low == change.high:
        return gettext("We maakten er %(value)s van: er is niemand meer over.") % {
            "value": change.value
        }
    return gettext("We maakten er %(value)s van. Hier kan het van %(low)s tot en met %(high)s.") % {
        "value": change.value,
        "low": change.low,
        "high": change.high,
    }


def who_leaves(leaves: int) -> str:
    """Say how many leave of those who were not heard."""
    if leaves == SCALE[1]:
        return gettext("Daarna gaat die persoon weg")
    return ngettext(
        "%(count)s op de vijf gaat daarna weg", "%(count)s op de vijf gaan daarna weg", leaves
    ) % {"count": opening(leaves)}


def who_stays(leaves: int) -> str:
    """Say what the other year is: the one in which nobody leaves."""
    if leaves == SCALE[1]:
        return gettext("Of die blijft, en zegt het toch")
    return gettext("Of iedereen blijft, en zegt het toch")


def left(count: int) -> str:
    """Say how many left in the year."""
    if not count:
        return gettext("Niemand ging weg.")
    return ngettext("Eén iemand ging weg.", "%(count)s mensen gingen weg.", count) % {
        "count": opening(count)
    }


def voiced(count: int) -> str:
    """Say how often somebody stayed and spoke although too few did."""
    if not count:
        return gettext("Niemand hoefde de eerste te zijn.")
    return ngettext(
        "Eén keer zei iemand het als eerste, en bleef.",
        "%(count)s keer zei iemand het als eerste, en bleef.",
        count,
    ) % {"count": opening(count)}


def lesson(years: Years, people: int) -> str:
    """Say what the two years have in common, or what lies between them."""
    leaving = years.leaving
    if leaving.voiced and (leaving.speaking - leaving.quarters[0]) * ABOUT > people:
        return gettext(
            "Het hoeft niet iedereen te zijn. Wie blijft en het zegt, krijgt hier bijval."
        )
    between = years.staying.speaking - leaving.speaking
    if abs(between) * ABOUT <= people:
        return gettext("Hier zeggen ongeveer evenveel mensen het, of iemand nu weggaat of blijft.")
    if between < 0:
        return gettext("Hier helpt het juist als er nieuwe mensen komen.")
    return gettext("Wie weggaat, neemt een stem mee. Wie nieuw is, kijkt eerst om zich heen.")


def _alone(count: int) -> str:
    if not count:
        return gettext("Niemand zegt het. Iedereen wacht op een ander.")
    return ngettext(
        "Eén iemand zegt het. De rest wacht.", "%(count)s mensen zeggen het. De rest wacht.", count
    ) % {"count": opening(count)}


def _begin(count: int, people: int) -> str:
    if count == people:
        return gettext("Iedereen zegt het meteen. Niemand wacht.")
    if not count:
        return gettext("Niemand zegt het.")
    return ngettext("Eén iemand begint zelf.", "%(count)s mensen beginnen zelf.", count) % {
        "count": opening(count)
    }


def _stone(pond: Pond, step: Step) -> str:
    count = len(pond.stones)
    spoken = ngettext("Eén iemand zegt het toch.", "%(count)s mensen zeggen het toch.", count) % {
        "count": opening(count)
    }
    total = number(step.speaking)
    if step.speaking == pond.after and pond.after < pond.together:
        stays = gettext("Daar blijft het bij: de rest wacht op meer.")
        return f"{spoken} {stays}"
    if step.speaking == count:
        return spoken
    now = gettext("Nu zijn het er %(count)s.") % {"count": total}
    return f"{spoken} {now}"


def _ripple(pond: Pond, at: int) -> str:
    step = pond.steps[at]
    if pond.steps[at - 1].kind is Kind.RIPPLE:
        return gettext("En wie op %(count)s wachtte.") % {"count": number(step.waited)}
    return ngettext(
        "Wie op %(count)s ander wachtte, durft nu ook.",
        "Wie op %(count)s anderen wachtte, durft nu ook.",
        step.waited,
    ) % {"count": number(step.waited)}


def _end(pond: Pond) -> str:
    if pond.after < pond.together:
        return gettext("Daar stopt het. De rest wacht op meer.")
    silent = pond.knobs.people - pond.after
    if not silent:
        return gettext("Nu zegt iedereen het.")
    stays = ngettext(
        "Eén iemand blijft stil, en dat mag.", "%(count)s mensen blijven stil, en dat mag.", silent
    ) % {"count": opening(silent)}
    # Two numbers in figures, with nothing but a full stop between them, would read as one.
    speak = opening(pond.after) + "."
    if pond.after >= len(NUMBERS):
        speak = gettext("%(count)s mensen zeggen het.") % {"count": pond.after}
    return f"{speak} {stays}"


def _together(count: int) -> str:
    return ngettext(
        "Als iedereen het van elkaar wist, zei %(count)s mens het.",
        "Als iedereen het van elkaar wist, zeiden %(count)s mensen het.",
        count,
    ) % {"count": number(count)}
