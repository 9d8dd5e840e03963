"""Nothing that was confirmed is lost and nothing is half-written, however hard the end comes."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.running import ROOT, surroundings

ROUNDS = 100


@pytest.mark.slow
def test_a_hundred_kills_lose_nothing_that_was_confirmed(tmp_path: Path) -> None:
    env = surroundings(PYTHONPATH=f"{ROOT / 'src'}:{ROOT}", KLEINVERZET_DATA=str(tmp_path))
    done = subprocess.run(
        [sys.executable, "-m", "tests.killing", str(ROUNDS)],
        cwd=ROOT, env=env, capture_output=True, text=True, timeout=300, check=True,
    )  # fmt: skip
    seen = json.loads(done.stdout)
    told = f"seed {seen['seed']}"
    assert len(seen["confirmed"]) > ROUNDS, told
    assert set(seen["confirmed"]) <= set(seen["opens"]), told
    assert not seen["broken"], told
    assert seen["integrity"] == "ok", told
