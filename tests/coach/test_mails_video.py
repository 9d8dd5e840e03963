"""Where one talks online: set as a pattern, and refused with a remedy where it is wrong."""

import uuid

import pytest

from kleinverzet import environment
from kleinverzet.coach import video
from kleinverzet.coach.models import Booking, Mode
from kleinverzet.environment import Environment

VARIABLE = "KLEINVERZET_VIDEO"


def read(monkeypatch: pytest.MonkeyPatch, pattern: str) -> Environment:
    monkeypatch.setenv(VARIABLE, pattern)
    # Past the cache, so that no other test sees this value.
    return environment.read.__wrapped__()


@pytest.mark.parametrize(
    "pattern",
    [
        "https://meet.pond.example/{room}",
        "https://meet.pond.example:8443/practice/{room}#config.a=true",
        "https://meet.pond.example/?room={room}&lang=nl",
        "http://localhost:8080/{room}",
        "",
    ],
)
def test_a_pattern_is_taken_as_it_is(monkeypatch: pytest.MonkeyPatch, pattern: str) -> None:
    assert read(monkeypatch, pattern).video == pattern


@pytest.mark.parametrize(
    "pattern",
    [
        "https://meet.pond.example/",
        "https://meet.pond.example/room",
        "https://{room}.pond.example/",
        "https://meet.pond.example/{room}/{room}",
        "https://{room}.pond.example/{room}",
        "http://meet.pond.example/{room}",
        "http://localhost.pond.example/{room}",
        "ftp://meet.pond.example/{room}",
        "https:///{room}",
        "meet.pond.example/{room}",
        "https://meet.pond.example/{room} ",
        "https://meet.pond.example/a b/{room}",
        "https://meet.pond.example/{room}\r\nBCC:x",
        "https://meet.pond.example/é/{room}",
        "https://[::1/{room}",
        "javascript:alert(1)//{room}",
    ],
)
def test_another_is_refused_by_name_and_with_a_remedy(
    monkeypatch: pytest.MonkeyPatch, pattern: str
) -> None:
    with pytest.raises(SystemExit) as ended:
        read(monkeypatch, pattern)
    said = str(ended.value)
    assert said.startswith(f"{VARIABLE}: ")
    assert "https://meet.example.org/{room}" in said
    assert "\n" not in said


def test_a_room_is_its_appointments_own(monkeypatch: pytest.MonkeyPatch) -> None:
    known = read(monkeypatch, "https://meet.pond.example/{room}")
    monkeypatch.setattr(environment, "read", lambda: known)
    one, other = (Booking(id=uuid.uuid4(), mode=Mode.ONLINE) for _ in range(2))
    assert video.address(one) == video.address(Booking(id=one.pk, mode=Mode.ONLINE))
    assert video.address(one) != video.address(other)
    assert one.pk.hex not in video.address(one)
    for mode in (Mode.HOME, Mode.PRACTICE):
        assert video.address(Booking(id=one.pk, mode=mode)) == ""
