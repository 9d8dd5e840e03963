"""From the link in a nudge: saying how it went, with the vault shut and no name on the page."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from kleinverzet.me import nudges, nudging, reflections, rhythm
from kleinverzet.me.ladder import Outcome
from kleinverzet.me.models import Nudge
from kleinverzet.vault.models import Letter
from tests.cast import OTTO, PIPPA
from tests.me.nudged import confirm_address, keep, words_of
from tests.owners import Owner, make_owner, signed_in

pytestmark = pytest.mark.django_db

CHIPS = {
    "did": "Gedaan",
    "partly": "Deels",
    "not_yet": "Nog niet",
    "no_chance": "Geen kans gehad",
    "chose_not": "Zelf gekozen om het niet te doen",
    "unsafe": "Het voelde niet veilig",
}
NOTICED = "Mijn stem trilde, en Bas Kwast keek me aan."


@pytest.fixture(autouse=True)
def _nobody_came_before() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def pippa() -> Owner:
    owner = make_owner()
    confirm_address(owner)
    return owner


@pytest.fixture
def nudge(pippa: Owner) -> Nudge:
    return plan(pippa, PIPPA)


@pytest.fixture
def link(nudge: Nudge, mailoutbox: list[Any]) -> str:
    """The path in the mail."""
    nudging.send(nudge.pk, nudge.due_at)
    (found,) = [word for word in mailoutbox[0].body.split() if "/seintje/" in word]
    return str(found).removeprefix("http://localhost:8000")


def plan(owner: Owner, who: Any) -> Nudge:
    return nudges.plan(
        reflection=keep(owner, who),
        due_at=timezone.now() + timedelta(days=3),
        channel="mail",
        zone="Europe/Amsterdam",
        language="nl",
    )


def everything() -> list[Any]:
    return [list(Nudge.objects.values()), list(Letter.objects.values())]


def said(owner: Owner) -> list[Any]:
    """Open the vault and give the check-ins that lie there."""
    reflections.take_in_letters(owner.keys)
    return [
        one for kept in reflections.every(owner.keys) if kept.story for one in kept.story.check_ins
    ]


def test_looking_changes_nothing(link: str) -> None:
    before = everything()
    answer = Client().get(link)
    assert answer.status_code == 200
    assert "no-store" in answer["Cache-Control"]
    assert everything() == before


def test_the_page_asks_and_tells_nothing_of_what_it_is_about(link: str) -> None:
    page = Client().get(link).content.decode()
    assert not [words for words in words_of(PIPPA) if words.casefold() in page.casefold()]
    assert "Wat is er gebeurd?" in page
    assert all(words in page for words in CHIPS.values())
    assert all(words in page for words in ("Kriebel", "Schuurt", "Knelt", "Bonkt", "Te veel"))


@pytest.mark.parametrize("outcome", CHIPS)
def test_what_happened_is_found_in_the_vault(link: str, pippa: Owner, outcome: str) -> None:
    sent = {"outcome": outcome, "tension": "2", "noticed": NOTICED}
    answer = Client().post(link, sent)
    assert answer.status_code == 200
    assert "Dank je." in answer.content.decode()
    (check_in,) = said(pippa)
    assert check_in.outcome is Outcome(outcome)
    assert (check_in.tension, check_in.noticed) == (2, NOTICED)


def test_only_what_happened_has_to_be_said(link: str, pippa: Owner) -> None:
    Client().post(link, {"outcome": "partly"})
    (check_in,) = said(pippa)
    assert (check_in.tension, check_in.noticed) == (0, "")


def test_it_is_sealed_at_once(link: str) -> None:
    Client().post(link, {"outcome": "did", "noticed": NOTICED})
    letter = Letter.objects.get()
    assert NOTICED.encode() not in bytes(letter.sealed)
    assert b"did" not in bytes(letter.sealed)


def test_whoever_changes_their_mind_answers_again(link: str, pippa: Owner) -> None:
    Client().post(link, {"outcome": "not_yet"})
    Client().post(link, {"outcome": "did"})
    assert [one.outcome for one in said(pippa)] == [Outcome.NOT_YET, Outcome.DID]


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({}, "Kies wat er het dichtst bij komt."),
        ({"outcome": "flown"}, "Dit antwoord kennen we niet."),
        ({"outcome": "did", "tension": "9"}, "Dit antwoord kennen we niet."),
        ({"outcome": "did", "noticed": "x" * 501}, "Dit is te lang"),
    ],
    ids=["nothing", "unknown outcome", "unknown tension", "too long"],
)
def test_what_cannot_be_understood_stays_with_a_word_beside_it(
    link: str, wrong: dict[str, str], words: str
) -> None:
    answer = Client().post(link, wrong | {"noticed": wrong.get("noticed", NOTICED)})
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert (wrong.get("noticed") or NOTICED) in answer.content.decode()
    assert not Letter.objects.exists()


def test_who_felt_unsafe_sees_whom_they_can_call(link: str) -> None:
    page = Client().post(link, {"outcome": "unsafe"}).content.decode()
    assert 'class="lines"' in page
    assert "vertrouwenspersoon" in page.partition("<footer")[0]
    assert 'class="lines"' not in Client().post(link, {"outcome": "did"}).content.decode()


def test_words_that_sound_acute_open_the_calm_panel(link: str, pippa: Owner) -> None:
    page = Client().post(link, {"outcome": "did", "noticed": "Ik wil dood."}).content.decode()
    assert 'class="calm ' in page
    assert page.count('class="lines"') == 1
    assert said(pippa)[0].noticed == "Ik wil dood."


@pytest.mark.parametrize("by", ["hour", "morning", "week"])
def test_it_can_be_put_off_from_there(link: str, pippa: Owner, by: str) -> None:
    answer = Client().post(link, {"snooze": by})
    assert "Je krijgt weer een seintje op" in answer.content.decode()
    (told,) = nudges.coming(pippa.person)
    assert told.nudge.due_at > timezone.now()
    assert told.nudge.channel == "mail"
    assert not Letter.objects.exists()


def test_mail_can_be_stopped_from_there(link: str, pippa: Owner) -> None:
    rhythm.change(pippa.person, by_mail=True)
    other = plan(pippa, OTTO)
    assert "Er komt geen mail meer." in Client().post(link, {"stop": "on"}).content.decode()
    other.refresh_from_db()
    assert other.channel == Nudge.Channel.FEED
    assert not rhythm.of(pippa.person).by_mail


def test_a_link_works_for_a_month(link: str, nudge: Nudge) -> None:
    Nudge.objects.update(settled_at=timezone.now() - timedelta(days=29))
    assert Client().get(link).status_code == 200
    Nudge.objects.update(settled_at=timezone.now() - timedelta(days=30))
    assert Client().get(link).status_code == 404


def test_a_link_that_is_closed_says_the_same_whatever_the_reason(link: str, pippa: Owner) -> None:
    unknown = Client().get("/seintje/somebody-made-this-up/")
    Nudge.objects.update(settled_at=timezone.now() - timedelta(days=31))
    expired = Client().get(link)
    pippa.person.delete()
    gone = Client().post(link, {"outcome": "did"})
    assert unknown.status_code == expired.status_code == gone.status_code == 404
    bodies = {
        answer.content.replace(token.encode(), b"")
        for token, answer in (("somebody-made-this-up", unknown), (link.split("/")[-2], expired))
    }
    assert len(bodies) == 1


def test_a_calendars_address_opens_no_answer(pippa: Owner) -> None:
    token = rhythm.renew_feed(pippa.person)
    assert Client().get(f"/seintje/{token}/").status_code == 404


def test_a_form_from_elsewhere_is_refused(link: str) -> None:
    elsewhere = Client(enforce_csrf_checks=True)
    assert elsewhere.post(link, {"outcome": "did"}).status_code == 403
    assert not Letter.objects.exists()


def test_nobody_can_try_for_ever(link: str) -> None:
    client = Client()
    answers = [client.post("/seintje/guess/", {"outcome": "did"}).status_code for _ in range(31)]
    assert answers == [404] * 30 + [429]
    assert client.get(link).status_code == 200


@pytest.mark.parametrize("how", ["put", "delete", "patch"])
def test_other_ways_of_asking_get_a_clear_word(link: str, how: str) -> None:
    answer = getattr(Client(), how)(link)
    assert answer.status_code == 405
    assert answer["Allow"] == "GET, HEAD, POST"


def test_it_works_for_who_is_signed_in_too(link: str, pippa: Owner) -> None:
    client = signed_in(Client(), pippa)
    client.post(link, {"outcome": "did"})
    assert "Gedaan" in client.get("/mijn/").content.decode()
