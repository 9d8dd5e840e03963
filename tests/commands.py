"""The commands for whoever runs the program, each in a process of its own, and what they say."""

import json
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests import running
from tests.cast import OTTO, PIPPA, WILMA

Env = Mapping[str, str]
NOTHING: Env = {}

BEFORE = """
import json, sys
from kleinverzet import environment, preparing
preparing.prepare(environment.read(), say=lambda line: None)
"""
# People with entries, somebody who is signed in with an open vault, and a recovery code.
LIVE = """
from django.test import Client
from django.utils import timezone
from kleinverzet.me.models import Nudge, Reflection
from kleinverzet.vault import rows, slots
from tests.owners import make_owner, signed_in
said = json.loads(sys.argv[1])
codes = {}
for name, words in said.items():
    owner = make_owner(name=name, passphrase=f"de lange wachtzin van {name}")
    for text in words:
        row = rows.add(Reflection(), {"words": text}, owner.keys)
    codes[name] = slots.give_code(owner.person, owner.keys)
    signed_in(Client(), owner)
print(json.dumps(codes))
"""
OPEN = """
from kleinverzet.accounts.models import Person
from kleinverzet.me.models import Reflection
from kleinverzet.vault import rows, slots
def opened(person):
    keys = slots.open_with_passphrase(person, f"de lange wachtzin van {person.name}")
    mine = Reflection.objects.filter(person=person).order_by("kept_at")
    return [row.payload["words"] for row in rows.read_all(mine, keys)]
print(json.dumps({person.name: opened(person) for person in Person.objects.all()}))
"""
ENTRIES = {person.name: [*person.words] for person in (PIPPA, WILMA, OTTO)}


@dataclass(frozen=True)
class Answer:
    """How a command ended, and what it said."""

    code: int
    said: str
    complained: str

    @property
    def refusal(self) -> str:
        """The one line that it was refused with."""
        assert self.code == 1, self
        assert self.complained.count("\n") == 1, self.complained
        assert self.complained.startswith("kleinverzet: "), self.complained
        return self.complained


def run(
    *words: str | Path, data: Path, env: Env = NOTHING, limit: Callable[[], None] | None = None
) -> Answer:
    """Give the command `kleinverzet` with these words, on a data folder."""
    return _run(["-m", "kleinverzet", *words, "--data", data], data, env, limit)


def script(text: str, data: Path, *words: str, env: Env = NOTHING) -> Any:
    """Run Python beside the program, which is prepared first; give what it printed as JSON."""
    answer = _run(["-c", BEFORE + text, *words], data, env)
    assert answer.code == 0, answer.complained
    return json.loads(answer.said or "null")


def live(data: Path, env: Env = NOTHING) -> dict[str, str]:
    """Let the cast live in a new data folder; give their recovery codes by name."""
    data.mkdir(mode=0o700)
    codes: dict[str, str] = script(LIVE, data, json.dumps(ENTRIES), env=env)
    return codes


def opened(data: Path, env: Env = NOTHING) -> dict[str, list[str]]:
    """Open everybody's vault with their passphrase; give their entries by name."""
    entries: dict[str, list[str]] = script(OPEN, data, env=env)
    return entries


def _run(
    words: list[str | Path], data: Path, env: Env, limit: Callable[[], None] | None = None
) -> Answer:
    around = running.surroundings(
        PYTHONPATH=f"{running.ROOT / 'src'}:{running.ROOT}", KLEINVERZET_DATA=str(data), **env
    )
    ended = subprocess.run(
        [sys.executable, *words],
        cwd=data.parent,
        env=around,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
        preexec_fn=limit,
    )
    return Answer(ended.returncode, ended.stdout, ended.stderr)
