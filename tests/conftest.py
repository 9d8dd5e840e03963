"""What all tests share: a data folder of their own, one of two real databases, and no network.

Everything is set before Django reads its settings, so that no test ever touches `var/`. The process
that starts the run prepares; xdist's workers find it all in their environment.
"""

import os
import shutil
import signal
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import hypothesis
import pytest

from tests import postgresql

hypothesis.settings.register_profile("house", deadline=None, derandomize="CI" in os.environ)
hypothesis.settings.register_profile("fast", deadline=None, max_examples=25)
hypothesis.settings.load_profile("house")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--postgresql", action="store_true", help="run on a real PostgreSQL 18 instead of SQLite"
    )


def pytest_configure(config: pytest.Config) -> None:
    if config.option.help:
        return
    if not _is_worker(config):
        _make_surroundings(config)
    import django
    from django.conf import settings

    if not config.option.postgresql:
        # A file, as in real use: a database in memory has no write-ahead log.
        settings.DATABASES["default"].setdefault("TEST", {})["NAME"] = str(
            _data() / "tests.sqlite3"
        )
    django.setup()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """On PostgreSQL run what speaks to a database; the rest is the same on both."""
    if config.option.postgresql:
        speaks = [item for item in items if _speaks_to_a_database(item)]
        config.hook.pytest_deselected(items=[item for item in items if item not in set(speaks)])
        items[:] = speaks


def _speaks_to_a_database(item: pytest.Item) -> bool:
    # Whoever asks for the configuration asks which database this is.
    asks_for = {"db", "transactional_db", "pytestconfig"}
    fixtures = set(getattr(item, "fixturenames", ()))
    return "django_db" in item.keywords or bool(asks_for & fixtures)


def pytest_sessionstart(session: pytest.Session) -> None:
    if not _is_worker(session.config):
        from django.core.management import call_command

        call_command("collectstatic", interactive=False, verbosity=0)


def pytest_report_header(config: pytest.Config) -> str:
    name = "PostgreSQL" if config.option.postgresql else "SQLite"
    return f"database: {name}, data: {_data()}"


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    # What `./check` found before would scroll out of sight; pytest's own last line stays last.
    if failed := os.environ.get("CHECK_FAILED"):
        terminalreporter.section("failed before these tests", red=True)
        terminalreporter.line(failed)


def _is_worker(config: pytest.Config) -> bool:
    return hasattr(config, "workerinput")


def _data() -> Path:
    return Path(os.environ["KLEINVERZET_DATA"])


def _make_surroundings(config: pytest.Config) -> None:
    if "DJANGO_SETTINGS_MODULE" in os.environ:
        # Django would have read it by now, with whatever data folder was at hand.
        raise pytest.UsageError("unset DJANGO_SETTINGS_MODULE: the tests know their own settings")
    os.environ["DJANGO_SETTINGS_MODULE"] = "kleinverzet.settings"
    # A run that is told to end cleans up as it does after Ctrl+C.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    for name in [name for name in os.environ if name.startswith("KLEINVERZET_")]:
        if name != "KLEINVERZET_CHROMIUM":
            del os.environ[name]
    folder = tempfile.mkdtemp(prefix="kleinverzet-tests-")
    config.add_cleanup(lambda: shutil.rmtree(folder))
    os.environ["KLEINVERZET_DATA"] = folder
    if config.option.postgresql:
        server = postgresql.start()
        config.add_cleanup(server.stop)
        os.environ["KLEINVERZET_DATABASE"] = server.address
    from kleinverzet import preparing

    preparing.compile_translations()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> None:
    """Let the database of the tests have the site's first pages, as after a first start."""
    with django_db_blocker.unblock():
        _found_the_site()


@pytest.fixture
def site(db: None) -> None:
    """Make sure that the site is there: a test that commits clears every table after itself."""
    _found_the_site()


def _found_the_site() -> None:
    from kleinverzet import environment
    from kleinverzet.world import founding

    founding.found(environment.read().content)


@pytest.fixture(autouse=True)
def _dutch() -> Iterator[None]:
    """Let every test begin in Dutch, whatever the one before it asked for."""
    from django.utils import translation

    with translation.override("nl"):
        yield


@pytest.fixture(autouse=True)
def _cheap_passphrases(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a passphrase cost a fraction of what it costs in real use, except where that is tested.

    Tests marked `full_cost` keep the real cost and its floor.
    """
    if "full_cost" in request.keywords:
        return
    from kleinverzet.vault import derivation

    cheap = derivation.Cost(memory=8 * derivation.MIB, passes=1)
    monkeypatch.setattr(derivation, "COST", cheap)
    monkeypatch.setattr(derivation, "FLOOR", cheap)
