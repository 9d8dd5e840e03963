"""An appointment as who planned it finds it: behind the link in their mail, and nowhere else.

The link of the first mail also opens what they wrote; later links change the appointment and show
no word of it. A look changes nothing, for mail scanners look at every link.
"""

import json
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache

from kleinverzet.accounts.access import open_to_all, signed_form
from kleinverzet.coach import invitation, links, plan_words, retention, video
from kleinverzet.coach.models import Booking, Link
from kleinverzet.coach.words import Words, for_visitor
from kleinverzet.ui import errors
from kleinverzet.world import offers

GONE = 410
State = Booking.State


@dataclass(frozen=True, slots=True)
class Answer:
    """A question of the practice, and what was answered."""

    asked: str
    said: str


@dataclass(frozen=True, slots=True)
class Held:
    """What a link opens.

    Attributes:
        token: As it stands in the address.
        booking: The appointment, as it is now.
        words: What they wrote; none where this link does not open it, or it was erased.
    """

    token: str
    booking: Booking
    words: Words | None

    @property
    def is_ahead(self) -> bool:
        """Whether it can still be moved and called off."""
        is_live = self.booking.state in {State.BOOKED, State.HELD}
        return is_live and self.booking.starts_at > timezone.now()

    @property
    def sentence(self) -> str:
        """What is planned, in a sentence."""
        return plan_words.of_booking(self.booking, offers.practice_town())

    @property
    def elsewhere(self) -> str:
        """The same by the visitor's own clock; empty where that says the same."""
        return plan_words.elsewhere(self.booking.starts_at, self.booking.zone)

    @property
    def held_until(self) -> str:
        """Until when a parent or guardian can say yes; empty where nobody is asked."""
        until = self.booking.held_until
        return plan_words.until(until) if until and self.booking.state == State.HELD else ""

    @property
    def answers(self) -> list[Answer]:
        """What was answered to the practice's own questions, in the order they were asked."""
        if self.words is None:
            return []
        language = "en" if get_language() == "en" else "nl"
        asked = plan_words.questions(self.booking.kind)
        given = self.words.answers
        return [Answer(getattr(q, language).ask, given[q.id]) for q in asked if given.get(q.id)]

    def address(self, name: str, **more: Any) -> str:
        """Give where a page behind this link is."""
        return reverse(f"coach:{name}", kwargs={"token": self.token, **more})


def find(token: str) -> Held | None:
    """Give what a link opens; None where there is no such link."""
    link = links.find(token, Link.Opens.MANAGE, Link.Opens.CHANGE)
    if link is None:
        return None
    shows = link.opens == Link.Opens.MANAGE
    return Held(token, link.booking, for_visitor(link.booking, token) if shows else None)


@open_to_all
@never_cache
@signed_form
def page(request: HttpRequest, token: str) -> HttpResponse:
    """Show what is planned."""
    if request.method not in {"GET", "HEAD"}:
        return errors.not_allowed(request, "GET, HEAD")
    held = find(token)
    return closed(request) if held is None else show(request, held)


@open_to_all
@never_cache
@signed_form
def calendar_file(request: HttpRequest, token: str) -> HttpResponse:
    """Give the appointment for somebody's own calendar."""
    held = find(token)
    if held is None or not held.is_ahead:
        return closed(request)
    answer = HttpResponse(
        invitation.file(held.booking), content_type="text/calendar; charset=utf-8"
    )
    answer["Content-Disposition"] = 'attachment; filename="afspraak.ics"'
    return _private(answer)


@open_to_all
@never_cache
@signed_form
def take_along(request: HttpRequest, token: str) -> HttpResponse:
    """Give everything that is kept of an appointment, as a file."""
    held = find(token)
    if held is None:
        return closed(request)
    told = json.dumps(retention.export(held.booking, token), ensure_ascii=False, indent=2)
    answer = HttpResponse(told, content_type="application/json")
    answer["Content-Disposition"] = 'attachment; filename="klein-verzet-afspraak.json"'
    return _private(answer)


def show(
    request: HttpRequest, held: Held, *, status: int = 200, template: str = "coach/managed.html",
    **more: Any,
) -> HttpResponse:  # fmt: skip
    """Show a page about an appointment."""
    context = {
        "held": held,
        "booking": held.booking,
        "video": video.address(held.booking) if held.is_ahead else "",
        "reach": offers.reach(),
        "whom": plan_words.WHOM.get(held.words.whom, "") if held.words else "",
        **more,
    }
    return _private(render(request, template, context, status=status))


def closed(request: HttpRequest) -> HttpResponse:
    """Say the same of a link that was never made and of one whose appointment is gone."""
    context = {"reach": offers.reach(), "stands": "gone"}
    return _private(render(request, "coach/link_gone.html", context, status=404))


def erased(request: HttpRequest) -> HttpResponse:
    """Say that nothing is left."""
    context = {"reach": offers.reach(), "stands": "erased"}
    return _private(render(request, "coach/link_gone.html", context))


def _private(answer: HttpResponse) -> HttpResponse:
    answer["X-Robots-Tag"] = "noindex, nofollow"
    return answer
