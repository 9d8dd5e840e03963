"""Settings from the environment: typed, and a bad one stops the program with its name."""

from pathlib import Path

import pytest

from kleinverzet import environment
from kleinverzet.environment import Environment


@pytest.fixture(autouse=True)
def _nothing_set(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in Environment.model_fields:
        monkeypatch.delenv(f"{environment.PREFIX}{name.upper()}", raising=False)


def _read(monkeypatch: pytest.MonkeyPatch, **values: str) -> Environment:
    for name, value in values.items():
        monkeypatch.setenv(f"{environment.PREFIX}{name.upper()}", value)
    # Past the cache, so that no other test sees these values.
    return environment.read.__wrapped__()


@pytest.mark.parametrize(
    ("name", "value", "remedy"),
    [
        ("origin", "ftp://x", "https://example.org"),
        ("origin", "localhost:8000", "https://example.org"),
        ("origin", "https://", "https://example.org"),
        ("origin", "https://example.org/cirkel/", "without a path"),
        ("origin", "https://example.org/?a=b", "without a path"),
        ("origin", "http://example.org:99999", "Port out of range"),
        ("origin", "http://[::1", "Invalid IPv6 URL"),
        ("database", "mysql://a/b", "postgresql://"),
        ("database", "data.sqlite3", "leave it empty"),
        ("debug", "perhaps", "valid boolean"),
        ("frames", "school.example", "scheme and the host"),
        ("frames", "https://school.example/page", "scheme and the host"),
        ("frames", "https://*.example", "scheme and the host"),
        ("frames", "https://a.example;script-src *", "scheme and the host"),
    ],
)
def test_a_bad_value_stops_the_program_and_names_its_variable(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, remedy: str
) -> None:
    with pytest.raises(SystemExit) as ended:
        _read(monkeypatch, **{name: value})
    said = str(ended.value)
    assert said.startswith(f"KLEINVERZET_{name.upper()}: ")
    assert remedy in said
    assert str(Environment.model_fields[name].description) in said
    assert "\n" not in said


def test_all_bad_values_are_named_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(SystemExit) as ended:
        _read(monkeypatch, origin="x", debug="x", database="x")
    names = [line.partition(":")[0] for line in str(ended.value).splitlines()]
    assert names == ["KLEINVERZET_DATABASE", "KLEINVERZET_ORIGIN", "KLEINVERZET_DEBUG"]


def test_a_value_is_never_repeated_since_it_may_hold_a_password(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with pytest.raises(SystemExit) as ended:
        _read(monkeypatch, database="mysql://someone:secret@host/base")
    assert "secret" not in str(ended.value)


def test_an_empty_value_is_no_value(monkeypatch: pytest.MonkeyPatch) -> None:
    env = _read(monkeypatch, data="", origin="", hosts="", database="")
    assert env == _read(monkeypatch)
    assert env.data.name == "var"


def test_folders_are_whole_paths(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    assert _read(monkeypatch, data="mine").data == tmp_path / "mine"
    assert _read(monkeypatch, data="~/mine").data == Path.home() / "mine"


@pytest.mark.parametrize(
    ("origin", "host"),
    [
        ("https://verzet.example/", "verzet.example"),
        ("http://verzet.example:8000", "verzet.example"),
        ("http://[fd00::1]:8000", "[fd00::1]"),
    ],
)
def test_the_address_that_people_use_may_be_asked_for(
    monkeypatch: pytest.MonkeyPatch, origin: str, host: str
) -> None:
    env = _read(monkeypatch, origin=origin, hosts="a.example, b.example,")
    assert {host, "a.example", "b.example", "localhost"} <= set(env.allowed_hosts)
    assert env.origin == origin.rstrip("/")
    assert env.https is origin.startswith("https")


def test_sites_for_frames_are_read_with_commas_between_them(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    read = _read(monkeypatch, frames=" https://a.example , http://localhost:8055/,")
    assert read.frames == ("https://a.example", "http://localhost:8055")
