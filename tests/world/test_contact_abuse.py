"""What programs and people with bad plans try with the contact form, and what they get."""

import re
import uuid
from collections.abc import Iterator
from datetime import timedelta
from email import message_from_bytes, policy
from typing import Any

import pytest
from django.core import signing
from django.core.cache import cache
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from kleinverzet.accounts import traps
from kleinverzet.world import messages, sending
from kleinverzet.world.contact_forms import AppointmentForm, ContactForm
from kleinverzet.world.messages import Message
from kleinverzet.world.practice import Practice
from tests.world import writers
from tests.world.writers import ADDRESS, CONTACT, SENT, TEXT, WHOLE, browser, text_of, write

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("site")]

NOT_SENT = "Je bericht is nog niet verstuurd"


@pytest.fixture(autouse=True)
def _nothing_remembered() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


def press_again(client: Any, answer: Any) -> Any:
    """Send what stands on a page that came back, as it stands there."""
    return client.post(CONTACT, writers.fields_of(answer))


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"stamp": "fresh"}, "dat ging heel snel"),
        ({"stamp": "old"}, "deze pagina stond lang open"),
        ({"stamp": ""}, "deze pagina stond lang open"),
        ({"stamp": "x:y"}, "deze pagina stond lang open"),
        ({"website": "https://spam.example"}, "Er stond iets in een veld dat je niet ziet"),
    ],
)
def test_who_is_caught_gets_all_back_with_a_word_and_the_second_press_counts(
    fields: dict[str, str], said: str
) -> None:
    ages = {"fresh": timedelta(seconds=1), "old": timedelta(days=1, seconds=2)}
    if (which := fields.get("stamp", "")) in ages:
        fields = {"stamp": writers.stamp(ages[which])}
    client = browser()
    answer = write(client, **fields)
    assert answer.status_code == 422
    assert NOT_SENT in text_of(answer)
    assert said in text_of(answer)
    assert not Message.objects.exists()
    back = writers.fields_of(answer)
    assert {name: back[name] for name in WHOLE} == WHOLE
    assert back["website"] == ""
    assert press_again(client, answer)["Location"] == SENT
    assert messages.read(Message.objects.get()).text == TEXT


def test_a_second_press_counts_also_where_the_browser_fills_the_trap_again() -> None:
    client = browser()
    back = writers.fields_of(write(client, website="pippa.example"))
    assert client.post(CONTACT, back | {"website": "pippa.example"})["Location"] == SENT


def test_a_page_that_is_read_as_slowly_as_one_likes_today_is_fine() -> None:
    assert write(browser(), stamp=writers.stamp(timedelta(hours=23)))["Location"] == SENT


def test_the_second_press_ages_too() -> None:
    now = timezone.now()
    old = traps.again(None, now - timedelta(days=2)).signed
    assert write(browser(), stamp=old).status_code == 422


def test_a_stamp_cannot_be_made_by_anybody_else() -> None:
    said = [uuid.uuid4().hex, int(timezone.now().timestamp()) - 60, 1]
    forged = signing.Signer(key="another key", salt="kleinverzet.world.contact").sign_object(said)
    elsewhere = signing.Signer(salt="another place").sign_object(said)
    odd = signing.Signer(salt="kleinverzet.world.contact").sign_object({"form": "x"})
    for stamp in (forged, elsewhere, odd):
        assert write(browser(), stamp=stamp).status_code == 422
    assert not Message.objects.exists()


def test_the_trap_is_hidden_from_people_and_from_screen_readers() -> None:
    page = browser().get(CONTACT).content.decode()
    assert re.search(r'class="write__trap" aria-hidden="true"', page)
    assert re.search(r'name="website" tabindex="-1" autocomplete="off"', page)


def test_after_ten_from_one_address_the_form_comes_back_with_other_ways() -> None:
    for _message in range(10):
        assert write(browser())["Location"] == SENT
    answer = write(browser(), copy="on")
    assert answer.status_code == 429
    assert NOT_SENT in text_of(answer)
    faults = answer.content.decode().partition("write__faults")[2].partition("</div>")[0]
    practice = Practice.load()
    assert f'href="tel:{practice.dial}"' in faults
    assert f'href="mailto:{practice.email}"' in faults
    back = writers.fields_of(answer)
    assert {name: back[name] for name in WHOLE} == WHOLE
    assert back["copy"] == "on"
    assert Message.objects.filter(is_copy=False).count() == 10


def test_somebody_else_can_still_write_then() -> None:
    for _message in range(11):
        write(browser())
    assert write(browser(REMOTE_ADDR="192.0.2.7"))["Location"] == SENT


def test_what_is_not_sent_does_not_count() -> None:
    for _press in range(15):
        assert write(browser(), text="").status_code == 422
    assert write(browser())["Location"] == SENT


def test_an_address_gets_few_copies_a_day_whoever_asks() -> None:
    for number in range(3):
        elsewhere = browser(REMOTE_ADDR=f"192.0.2.{number}")
        assert write(elsewhere, copy="on", email=ADDRESS.upper())["Location"] == SENT
    answer = write(browser(), copy="on")
    assert answer.status_code == 429
    page = answer.content.decode()
    assert re.search(r'<p class="fault" id="copy-fault">[^<]*Haal het vinkje weg', page)
    assert Message.objects.filter(is_copy=True).count() == 3
    assert Message.objects.filter(is_copy=False).count() == 3
    client, back = browser(), writers.fields_of(answer)
    del back["copy"]
    assert client.post(CONTACT, back)["Location"] == SENT


def test_one_visitor_cannot_send_copies_to_many() -> None:
    for number in range(5):
        write(browser(), copy="on", email=f"somebody{number}@pond.example")
    answer = write(browser(), copy="on", email="another@pond.example")
    assert answer.status_code == 429
    assert Message.objects.filter(is_copy=True).count() == 5


def test_no_address_of_a_visitor_is_written_down() -> None:
    write(browser(REMOTE_ADDR="198.51.100.23"))
    message = Message.objects.get()
    assert "198.51.100" not in str(messages.read(message))
    assert {field.name for field in Message._meta.fields} == {
        "id", "is_copy", "sealed", "made_at", "try_at", "tries"
    }  # fmt: skip


@pytest.mark.parametrize(
    "email",
    [
        "a@b.example\r\nBcc: c@d.example",
        "a@b.example\nBcc: c@d.example",
        "a@b.example\x0bBcc: c@d.example",
        "a@b.example\u2028Bcc: c@d.example",
        '"a\x0bBcc: c"@b.example',
        '"a, c"@b.example',
        "a@b.example, c@d.example",
        "A <a@b.example>",
        "a@[127.0.0.1]",
        "a@" + "ü" * 62 + ".example",
        "\x00@b.example",
    ],
)
def test_an_address_that_is_more_than_one_is_refused(email: str) -> None:
    answer = write(browser(), email=email)
    assert answer.status_code == 422
    assert "Dit lijkt geen e-mailadres." in text_of(answer)
    assert not Message.objects.exists()


HOSTILE = st.text(
    st.sampled_from("\r\n\x0b\x0c\x1c\x85\u2028\u2029\x00 \t,;:<>\"'@.aBcc") | st.characters(),
    max_size=60,
)
LIKE_AN_ADDRESS = (
    st.builds("{}{}@{}{}".format, HOSTILE, st.just("a"), st.just("b.example"), HOSTILE)
    | st.emails()
)
EXPECTED = [
    "Content-Type", "MIME-Version", "Content-Transfer-Encoding", "Subject", "From", "To",
    "Reply-To", "Date", "Message-ID", "Auto-Submitted",
]  # fmt: skip


@given(
    text=HOSTILE,
    name=HOSTILE,
    email=LIKE_AN_ADDRESS,
    phone=HOSTILE,
    town=HOSTILE,
    is_copy=st.booleans(),
)
def test_no_field_can_add_to_the_head_of_a_mail(
    text: str, name: str, email: str, phone: str, town: str, is_copy: bool
) -> None:
    data = {
        "text": text + "x", "name": name, "email": email, "phone": phone, "other_town": town,
    }  # fmt: skip
    form = AppointmentForm(data)
    if not form.is_valid():
        # Whatever a field refuses, the others are taken: let them try to harm anyway.
        form = AppointmentForm({**data, "email": ADDRESS, "phone": ""})
        if not form.is_valid():
            return
    written = form.written()
    message = Message(id=uuid.uuid4(), is_copy=is_copy)
    message.sealed = messages.sealed(written, message)
    mail = sending._mail_of(message)
    sent = message_from_bytes(mail.message().as_bytes(), policy=policy.default)
    assert sorted(sent.keys()) == sorted(EXPECTED)
    assert len(sent["To"].addresses) == len(sent["Reply-To"].addresses) == 1
    practice = Practice.load().email
    assert [mail.to, mail.reply_to] == [[written.email], [practice]][:: 1 if is_copy else -1]
    assert mail.recipients() == mail.to
    assert mail.subject in {"Bericht via de site", "Kopie van je bericht"}
    for line in (written.name, written.phone, written.town, written.email):
        assert len(line.splitlines()) <= 1


@given(text=st.text(max_size=200))
def test_a_text_is_taken_whatever_its_signs_and_what_people_see_stays(text: str) -> None:
    form = ContactForm({"text": text, "email": ADDRESS})
    form.is_valid()
    seen = "".join(text.split())
    kept = "".join(form.cleaned_data.get("text", "").split())
    assert kept == "".join(sign for sign in seen if not _is_control(sign))


def _is_control(sign: str) -> bool:
    return ord(sign) < 32 or 127 <= ord(sign) < 160


def test_a_text_cannot_look_like_what_the_site_says() -> None:
    forged = "Hoi\n\nE-mail: boef@kwaad.example\n-- \nDe site"
    written = messages.Written(text=forged, language="nl", email=ADDRESS)
    message = Message(id=uuid.uuid4(), is_copy=False)
    message.sealed = messages.sealed(written, message)
    body = sending._mail_of(message).body
    # What the site says comes first and says where the text begins; nothing of ours follows it.
    said, _between, text = str(body).partition("zoals het geschreven is.")
    assert f"E-mail: {ADDRESS}" in said
    assert "boef" not in said
    assert text.strip() == forged
