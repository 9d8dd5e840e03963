"""Processes that plan at the same moment: exactly one gets the time, on either database."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import psycopg
import pytest

from tests.running import ROOT, surroundings

ROUNDS, PROCESSES = 6, 6
EVERY_ROUND = {"1": ROUNDS}


@pytest.fixture
def arena(pytestconfig: pytest.Config, tmp_path: Path) -> Iterator[dict[str, str]]:
    """Give a database of its own, of the kind that this run is about."""
    env = surroundings(PYTHONPATH=f"{ROOT / 'src'}:{ROOT}", KLEINVERZET_DATA=str(tmp_path))
    if not pytestconfig.option.postgresql:
        yield env
        return
    address, name = os.environ["KLEINVERZET_DATABASE"], f"race_{uuid4().hex}"
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
        yield env | {"KLEINVERZET_DATABASE": f"{address.rpartition('/')[0]}/{name}"}
        connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def race(env: dict[str, str], *without: str) -> dict[str, Any]:
    """Race on a new database; give what was seen of each kind of round."""
    command = [sys.executable, "-m", "tests.coach.racing", "--rounds", str(ROUNDS)]
    command += ["--processes", str(PROCESSES), "--without", *without]
    done = subprocess.run(
        command, cwd=ROOT, env=env, stdout=subprocess.PIPE, timeout=280, check=True
    )
    seen: dict[str, Any] = json.loads(done.stdout)
    return seen


@pytest.mark.slow
def test_whoever_plans_at_once_only_one_gets_the_time(arena: dict[str, str]) -> None:
    seen = race(arena)
    for kind in ("overlap", "gap", "form"):
        assert seen[kind]["rounds_by_accepted"] == EVERY_ROUND, kind
        assert seen[kind]["errors"] == {}, kind


@pytest.mark.slow
def test_the_race_sees_that_nothing_guards(arena: dict[str, str]) -> None:
    seen = race(arena, "lock", "second-look", "constraint")
    for kind in ("overlap", "gap"):
        assert seen[kind]["rounds_by_accepted"] != EVERY_ROUND, kind
