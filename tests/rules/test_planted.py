"""Proof that the laws hold: each violation, planted in a copy of the house, is caught by name.

What catches it is the command that `./check` runs, in a process of its own. It is not enough that a
command fails: the law that is meant has to fail, and its message has to name what was planted.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.rules import (
    house,
    plants,
    plants_in_models,
    plants_in_text,
    plants_in_translations,
    plants_in_views,
)
from tests.rules.plants import Plant

pytestmark = pytest.mark.slow

COPIED = ("src", "content", "tests/rules")
# Some of what these hold is planted against, below; the rest needs no house around it.
KEPT_WHILE_RUNNING = ("test_writes_nothing.py", "test_only_shows.py", "test_signed_form.py")
LAWS = [
    *plants_in_models.RELATIONS,
    *plants_in_models.PERSONAL_DATA,
    *plants_in_views.VIEWS,
    *plants_in_text.TEMPLATES,
    *plants_in_text.DOORS,
    *plants_in_text.CODE,
    *plants_in_translations.TRANSLATIONS,
]


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the house, without what is made from it."""
    target = tmp_path / "house"
    made = shutil.ignore_patterns("__pycache__", "*.pyc", "*.mo")
    for folder in COPIED:
        shutil.copytree(house.ROOT / folder, target / folder, ignore=made)
    for pattern in ("pyproject.toml", "manage.py", "tests/*.py"):
        for file in house.ROOT.glob(pattern):
            shutil.copy2(file, target / file.relative_to(house.ROOT))
    return target


def test_every_planted_import_breaks_its_contract(copy: Path, subtests: pytest.Subtests) -> None:
    _plant(copy, *plants.CONTRACTS)
    answer = _lint_imports(copy)
    assert answer.returncode == 1, answer.stdout
    for plant in plants.CONTRACTS:
        with subtests.test(f"{plant.law}: {plant.named}"):
            assert f"{_contract(plant.law)} BROKEN" in answer.stdout
            assert plant.named in answer.stdout


@pytest.mark.parametrize("module", sorted({plant.module for plant in LAWS}))
def test_every_planted_violation_breaks_its_law(
    copy: Path, subtests: pytest.Subtests, module: str
) -> None:
    planted = [plant for plant in LAWS if plant.module == module]
    _plant(copy, *planted)
    answer = _pytest(copy, f"tests/rules/{module}")
    assert answer.returncode == pytest.ExitCode.TESTS_FAILED, answer.stdout
    for plant in planted:
        with subtests.test(f"{plant.law}: {plant.named}"):
            assert f"FAILED tests/rules/{plant.law}" in answer.stdout
            assert plant.named in answer.stdout


def test_a_house_in_which_nothing_was_planted_passes(copy: Path) -> None:
    _passes(copy)


def test_what_is_allowed_passes(copy: Path) -> None:
    _write(copy, plants_in_text.ALLOWED)
    _passes(copy)


def test_every_law_has_something_planted_against_it() -> None:
    planted = {plant.law for plant in LAWS}
    laws = {
        f"{path.name}::{line.removeprefix('def ').partition('(')[0]}"
        for path in sorted((house.ROOT / "tests" / "rules").glob("test_*.py"))
        if path.name not in {"test_planted.py", *KEPT_WHILE_RUNNING}
        for line in path.read_text(encoding="utf-8").splitlines()
        if line.startswith("def test_")
    }
    assert laws <= planted


def _passes(copy: Path) -> None:
    for answer in (_lint_imports(copy), _pytest(copy, "tests/rules", "-m", "not slow")):
        assert answer.returncode == 0, answer.stdout


def _plant(copy: Path, *planted: Plant) -> None:
    for plant in planted:
        _write(copy, {plant.at: plant.text, **plant.also})


def _write(copy: Path, texts: Mapping[str, str]) -> None:
    """Write texts into new files, or below what stands in those that are there."""
    for name, text in texts.items():
        path = copy / name
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("a", encoding="utf-8") as file:
            file.write(f"\n{text}" if path.stat().st_size else text)


def _contract(law: str) -> str:
    """Give a contract's name, by which the linter calls it."""
    names = {told["id"]: str(told["name"]) for told in house.project("importlinter")["contracts"]}
    return names[law]


def _lint_imports(copy: Path) -> subprocess.CompletedProcess[str]:
    return _run(copy, [str(Path(sys.executable).with_name("lint-imports"))])


def _pytest(copy: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return _run(copy, [sys.executable, "-m", "pytest", *arguments, "-q", "-p", "no:cacheprovider"])


def _run(copy: Path, command: list[str]) -> subprocess.CompletedProcess[str]:
    """Run a command in the copy, with nothing of the surroundings that could lead out of it."""
    environment = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(copy / "src"),
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTHONUTF8": "1",
        "COLUMNS": "400",
        "KLEINVERZET_DATA": str(copy.parent / "data"),
    }
    return subprocess.run(
        command,
        cwd=copy,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )
