"""What tests of ripple share."""

from pathlib import Path

import pytest

from tests.ripple.asking import Asking


@pytest.fixture
def ask(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Asking:
    """Ask the command ripple."""
    return Asking(tmp_path, capsys)
