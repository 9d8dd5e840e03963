"""Asks the command `ripple` in this process, and hears what it says."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from ripple import command

GRANOVETTER = "\n".join(map(str, range(100)))
ONE_MORE_CAREFUL = GRANOVETTER.replace("\n1\n", "\n2\n", 1)
TRIANGLE_AND_TAIL = "source,target\nanna,bas\nbas,cato\ncato,anna\ncato,dirk\n"
WAITS = "anna,1\nbas,0\ncato,2\ndirk,never\n"


@dataclass(frozen=True)
class Asked:
    """How the command ended, and what it said."""

    code: int
    said: str
    complained: str


@dataclass(frozen=True)
class Asking:
    """Asks, with a folder for files."""

    folder: Path
    capture: pytest.CaptureFixture[str]

    def write(self, name: str, text: str) -> str:
        """Write a file; give its path."""
        path = self.folder / name
        path.write_text(text, encoding="utf-8")
        return str(path)

    def of(self, *words: str) -> Asked:
        """Give the command these words."""
        try:
            code = command.main(words)
        except SystemExit as left:
            code = int(left.code or 0)
        heard = self.capture.readouterr()
        return Asked(code, heard.out, heard.err)

    def text(self, *words: str) -> str:
        """Give what it prints; it may not complain."""
        asked = self.of(*words)
        assert (asked.code, asked.complained) == (0, "")
        return asked.said

    def told(self, *words: str) -> Any:
        """Give what it tells as JSON."""
        return json.loads(self.text(*words, "--json"))

    def refusal(self, *words: str) -> str:
        """Give the one line that it refuses with."""
        asked = self.of(*words)
        assert (asked.code, asked.said) == (2, "")
        assert asked.complained.startswith("ripple")
        assert asked.complained.count("\n") == 1
        return asked.complained
