"""Somebody writes to the practice, or asks for an appointment, from the form on the site."""

import re
from collections.abc import Iterator

import pytest
from django.core.cache import cache
from django.utils import timezone

from kleinverzet.world import messages
from kleinverzet.world.contact_forms import LONGEST
from kleinverzet.world.messages import Message
from kleinverzet.world.practice import Practice
from tests.world import writers
from tests.world.writers import ADDRESS, APPOINTMENT, CONTACT, SENT, TEXT, browser, text_of, write

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("site")]


@pytest.fixture(autouse=True)
def _nothing_remembered() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


def the_message() -> messages.Written:
    return messages.read(Message.objects.get())


def test_the_page_sets_the_proof_and_is_no_kept_copy() -> None:
    answer = browser().get(CONTACT)
    assert answer.status_code == 200
    assert "csrf" in answer.cookies
    assert answer["Cache-Control"] == "private, no-cache"
    assert not getattr(answer, "is_public", False)


def test_without_the_proof_nothing_is_taken_and_nothing_lost() -> None:
    strict = browser(enforce_csrf_checks=True)
    fields = {"stamp": writers.stamp(), **writers.WHOLE}
    answer = strict.post(CONTACT, fields, headers={"origin": "http://localhost"})
    assert answer.status_code == 403
    assert TEXT in text_of(answer)
    assert not Message.objects.exists()


def test_a_message_is_kept_and_the_next_page_says_what_happens() -> None:
    client = browser()
    answer = write(client)
    assert (answer.status_code, answer["Location"]) == (302, SENT)
    written = the_message()
    assert (written.text, written.email, written.name) == (TEXT, ADDRESS, "Pippa Pluis")
    page = text_of(client.get(SENT))
    assert "Je bericht ligt klaar" in page
    assert Practice.load().who_answers in page


def test_the_next_page_claims_nothing_to_who_sent_nothing() -> None:
    assert "Je bericht ligt klaar" not in text_of(browser().get(SENT))
    faker = browser()
    faker.cookies["sent"] = "1"
    assert "Je bericht ligt klaar" not in text_of(faker.get(SENT))


def test_the_cookie_of_the_next_page_says_nothing_and_goes_nowhere_else() -> None:
    answer = write(browser())
    cookie = answer.cookies["sent"]
    assert cookie["path"] == SENT
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert not cookie["max-age"]
    assert re.fullmatch(r"1:[\w-]+:[\w-]+", cookie.value)


def test_a_phone_number_alone_is_a_way_to_answer() -> None:
    write(browser(), email="", phone="06 12 34 56 78, na vieren", name="")
    assert the_message().phone == "06 12 34 56 78, na vieren"


@pytest.mark.parametrize(
    ("fields", "name", "said"),
    [
        ({"text": "  \n "}, "text", "Hier staat nog niets."),
        ({"email": ""}, "email", "Vul een e-mailadres of een telefoonnummer in."),
        ({"email": "", "phone": "0612345678", "copy": "on"}, "email", "Daar gaat de kopie heen."),
        ({"email": "pippa"}, "email", "Dit lijkt geen e-mailadres."),
        ({"phone": "bel maar"}, "phone", "Dit lijkt geen telefoonnummer."),
        ({"name": "x" * 121}, "name", "Kort het in tot 120 tekens."),
    ],
)
def test_a_fault_stands_at_its_field_and_in_a_list_that_leads_there(
    fields: dict[str, str], name: str, said: str
) -> None:
    answer = write(browser(), **fields)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert re.search(rf'<p class="fault" id="{name}-fault">[^<]*{re.escape(said)}', page)
    assert re.search(rf'<a href="#{name}">[^<]*{re.escape(said)}', page)
    assert re.search(rf'id="{name}"[^>]*aria-invalid="true"', page)
    assert not Message.objects.exists()


def test_what_was_typed_stays_when_something_is_wrong() -> None:
    typed = {
        "text": "Eerste regel.\n\n<b>&amp; 'tweede'",
        "name": 'Pippa "P" <Pluis>',
        "email": "pippa@",
        "phone": "1",
        "copy": "on",
        "mode": "home",
        "town": "Bussum",
        "other_town": "of Weesp",
    }
    back = writers.fields_of(write(browser(), APPOINTMENT, **typed))
    assert {name: back[name] for name in typed} == typed


def test_a_text_that_is_too_long_is_told_by_how_much_and_kept_in_its_field() -> None:
    text = "é" * (LONGEST + 1234)
    answer = write(browser(), text=text)
    assert answer.status_code == 422
    assert "Dit is 1.234 tekens te lang: er passen er 5.000 in." in text_of(answer)
    assert writers.fields_of(answer)["text"] == text
    english = write(browser(), "/en/contact/", text=text)
    assert "1,234" in text_of(english)


def test_the_longest_text_fits_whatever_its_letters() -> None:
    for sign in ("a", "é", "😀"):
        answer = write(browser(), text=sign * LONGEST)
        assert answer.status_code == 302


def test_lines_count_alike_however_a_browser_ends_them() -> None:
    assert write(browser(), text="\r\n".join(["x"] * 2500)).status_code == 302
    assert the_message().text.count("\n") == 2499


def test_a_message_of_five_megabytes_gets_a_clear_answer() -> None:
    answer = write(browser(), text="x" * 5_000_000)
    assert answer.status_code == 413
    assert "kort het in" in text_of(answer)
    assert not Message.objects.exists()


def test_an_appointment_says_how_and_where() -> None:
    write(browser(), APPOINTMENT, mode="home", town="Bussum", other_town="")
    written = the_message()
    assert (written.is_appointment, written.mode, written.town) == (True, "home", "Bussum")


def test_an_appointment_can_be_anywhere_and_may_leave_all_that_open() -> None:
    write(browser(), APPOINTMENT, town="", other_town="Weesp")
    assert the_message().town == "Weesp"
    Message.objects.all().delete()
    write(browser(), APPOINTMENT)
    written = the_message()
    assert (written.is_appointment, written.mode, written.town) == (True, "", "")


def test_a_town_that_is_gone_from_the_list_is_not_lost() -> None:
    back = writers.fields_of(write(browser(), APPOINTMENT, town="Ankeveen", text=""))
    assert back["town"] == "Ankeveen"


def test_a_way_to_talk_that_does_not_exist_is_refused() -> None:
    answer = write(browser(), APPOINTMENT, mode="telepathie")
    assert answer.status_code == 422
    assert "Kies een van deze drie, of niets." in text_of(answer)


def test_every_town_of_the_list_can_be_chosen() -> None:
    page = browser().get(APPOINTMENT).content.decode()
    assert page.count("<optgroup") >= 2
    for town in ("Hilversum", "Loosdrecht", "Utrecht", "Amersfoort", "Bilthoven"):
        assert f'<option value="{town}">{town}</option>' in page


def test_nothing_of_the_form_can_be_put_in_an_address() -> None:
    plain = writers.fields_of(browser().get(APPOINTMENT))
    linked = writers.fields_of(browser().get(APPOINTMENT + "?mode=online&hoe=online&text=hoi"))
    assert linked["mode"] == plain["mode"] == ""
    assert linked["text"] == ""


def test_the_page_says_above_the_form_that_nobody_watches_and_whom_to_call() -> None:
    for path in (CONTACT, APPOINTMENT):
        page = browser().get(path).content.decode()
        above = page[: page.index('<form class="write__form')]
        calm = above[above.index("write__calm") :]
        assert "Niemand kijkt dag en nacht in deze mailbox." in calm
        assert 'href="tel:112"' in calm
        assert 'href="tel:113"' in calm


def test_fields_say_what_a_browser_may_fill_in() -> None:
    page = browser().get(APPOINTMENT).content.decode()
    for name, meant in (("name", "name"), ("email", "email"), ("phone", "tel")):
        assert re.search(rf'name="{name}" autocomplete="{meant}"', page)


@pytest.mark.parametrize("method", ["put", "delete", "patch"])
def test_other_ways_of_asking_are_refused(method: str) -> None:
    answer = getattr(browser(), method)(CONTACT)
    assert answer.status_code == 405
    assert not Message.objects.exists()


def test_pressing_twice_keeps_once_and_says_the_same() -> None:
    fields = {"stamp": writers.stamp(), **writers.WHOLE}
    client = browser()
    answers = [client.post(CONTACT, fields) for _press in range(2)]
    assert [answer["Location"] for answer in answers] == [SENT, SENT]
    assert Message.objects.count() == 1
    # Also where the first one was handed over in between.
    Message.objects.all().delete()
    assert client.post(CONTACT, fields)["Location"] == SENT
    assert not Message.objects.exists()


def test_going_back_and_writing_something_else_is_another_message() -> None:
    fields = {"stamp": writers.stamp(), **writers.WHOLE}
    client = browser()
    client.post(CONTACT, fields)
    client.post(CONTACT, fields | {"text": "Nog iets: woensdag kan niet."})
    assert Message.objects.count() == 2


def test_a_copy_waits_beside_the_message() -> None:
    write(browser(), copy="on")
    assert sorted(Message.objects.values_list("is_copy", flat=True)) == [False, True]


def test_a_message_has_its_time() -> None:
    write(browser())
    made_at = Message.objects.get().made_at
    assert abs((timezone.now() - made_at).total_seconds()) < 60
