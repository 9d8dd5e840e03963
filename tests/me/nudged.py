"""Reflections that the cast keeps, for tests that begin after that."""

from datetime import UTC, datetime

from allauth.account.models import EmailAddress
from django.utils import timezone

from kleinverzet.me import reflections
from kleinverzet.me.circle import Answers
from kleinverzet.me.models import Reflection
from tests.cast import Person as Cast
from tests.owners import Owner

ADDRESS = "pippa@pond.example"
# A Wednesday afternoon in winter, far from anybody's quiet hours.
NOW = datetime(2026, 11, 25, 14, 0, tzinfo=UTC)


def keep(owner: Owner, who: Cast) -> Reflection:
    """Keep a circle full of somebody's own words."""
    answers = Answers(
        tension=int(who.tension["tension"]),
        setting=who.tension["setting"],
        yes=str(who.who["yes"]),
        words=who.situation["words"],
        beside=who.act["beside"],
        act="own",
        own="Ik stuur die foto niet door.",
        when="iemand die foto stuurt",
        then="ik stuur hem niet door",
    )
    return reflections.keep(keys=owner.keys, answers=answers, now=timezone.now())


def words_of(who: Cast) -> list[str]:
    """Give every word of theirs that may be found nowhere outside their vault."""
    return [*who.words, "stuur die foto", "iemand die foto stuurt", "niet door", who.name]


def confirm_address(owner: Owner, address: str = ADDRESS) -> str:
    """Let somebody have an address that they confirmed."""
    EmailAddress.objects.create(user=owner.person, email=address, verified=True, primary=True)
    return address
